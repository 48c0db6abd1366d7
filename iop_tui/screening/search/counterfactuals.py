"""What would change the level: the fewest different answers that would lead to a higher one, and to a lower one.

The level is the assessed one: with everything open at its mildest. A *way* is a set of questions, each with an answer
that it does not have now, after which the level is another. An open question may be among them; every other question
stays as it is, and what the different answers newly open stays open. Answers that are hidden now are used as soon as
the different ones bring their question back, as in every interview.

An alarm answer is never part of a way: no answer that raises an alarm, or leaves one possible, and none through which
one stands, or may, now. The same alarms stand before and after. While an alarm `now` stands there is no level, and so
no way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from iop_tui.screening.engine.third_person import wording_for
from iop_tui.screening.english import plural
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.question_types import type_of
from iop_tui.screening.search.minimal_changes import MinimalChanges, Way

BUDGET = 6_000
"""Sheets of answers that may be tried in each direction: a second or so."""
LISTED = 12


class AnswerChange(Struct, frozen=True):
    """A question, the answer it has now (None: open, or unknown), and the one it would have."""

    question: Question
    now: Answer | None
    then: Known


class Counterfactual(Struct, frozen=True):
    """A level, and the ways to it with the fewest different answers.

    Where nearer answers to the same questions lead to another level on that side already, farther ones are no ways of
    their own.
    """

    level: Level
    ways: tuple[tuple[AnswerChange, ...], ...]
    more: int = 0
    """Ways that are not listed."""
    beyond: tuple[Counterfactual, ...] = ()
    """Other levels on that side to which as few different answers lead, nearest first."""
    whole: bool = True
    """Whether all ways were found. If not, the search stopped: that no fewer answers would do is proven all the same.
    """


class Counterfactuals(Struct, frozen=True):
    """What would change the level, upward and downward; a sentence where nothing was found."""

    up: Counterfactual | None
    down: Counterfactual | None
    why_up: str = ""
    why_down: str = ""


def nearest(screening: Screening, answers: Mapping[str, Answer], *, budget: int = BUDGET) -> Counterfactuals:
    """What would change the level that these answers have, in the words for whoever gave them. Raises KeyError for a
    question that does not exist.
    """
    levers = MinimalChanges(screening, answers, budget)
    if levers.stopped:
        why = "An alarm stands that comes before any level of care."
        return Counterfactuals(None, None, why, why)
    words = wording_for(screening, answers)
    up, why_up = _turn(levers, words, answers, upward=True)
    down, why_down = _turn(levers, words, answers, upward=False)
    return Counterfactuals(up, down, why_up, why_down)


def nearest_lower(
    screening: Screening, answers: Mapping[str, Answer], *, budget: int = BUDGET
) -> tuple[AnswerChange, Level] | None:
    """The one different answer that would lead to a lower level, and that level, among the questions whose answer can
    change; None where no single answer does. Of several, the one to the question asked first; of its answers the
    nearest. The screening is in the words for whoever gave the answers.
    """
    levers = MinimalChanges(screening, answers, budget)
    if levers.stopped or levers.level == screening.least:
        return None
    found = levers.fewest(upward=False, most=1)
    near = _nearest_of(found.ways, screening, answers)
    ways = [(pair, found.ways[way]) for way in near for pair in way if screening.question(pair[0]).can_change]
    if not ways:
        return None
    position = screening.position
    (name, then), level = min(
        ways, key=lambda way: (position[way[0][0]], _distance(screening.question(way[0][0]), answers, way[0][1]))
    )
    return AnswerChange(screening.question(name), answers.get(name), then), level


def _distance(question: Question, answers: Mapping[str, Answer], then: Known) -> tuple[int, ...]:
    now = answers.get(question.id)
    here = _place(question, None if isinstance(now, Unknown) else now)
    there = _place(question, then)
    return tuple(abs(one - other) for one, other in zip(here, there, strict=False))


def _turn(
    levers: MinimalChanges, words: Screening, answers: Mapping[str, Answer], *, upward: bool
) -> tuple[Counterfactual | None, str]:
    if upward and levers.level == words.most:
        return None, "There is no higher level of care."
    if not upward and levers.level == words.least:
        return None, "There is no lower level of care."
    found = levers.fewest(upward=upward)
    by_level: dict[Level, list[Way]] = {}
    for way in _nearest_of(found.ways, words, answers):
        by_level.setdefault(found.ways[way], []).append(way)
    turns = [
        _listed(level, ways, words, answers, whole=found.whole)
        for level, ways in sorted(
            by_level.items(), key=lambda pair: abs(words.ranks[pair[0]] - words.ranks[levers.level])
        )
    ]
    if turns:
        first, *others = turns
        return Counterfactual(first.level, first.ways, first.more, tuple(others), first.whole), ""
    if found.whole:
        return None, (
            "No other answers would lead to a higher level, without an alarm answer among them."
            if upward
            else "No other answers would lead to a lower level, without an alarm answer among them."
        )
    if found.size <= 1:
        return None, "The search for other answers was stopped before it was done: nothing is known."
    said = plural(
        "At least {count} answer would have to be different. The search was stopped there.",
        "At least {count} answers would have to be different. The search was stopped there.",
        found.size,
    )
    return None, said.format(count=found.size)


def _listed(
    level: Level, ways: Iterable[Way], words: Screening, answers: Mapping[str, Answer], *, whole: bool
) -> Counterfactual:
    position = words.position
    pairs = [sorted(way, key=lambda pair: position[pair[0]]) for way in ways]
    pairs.sort(key=lambda way: [(position[name], _place(words.question(name), then)) for name, then in way])
    listed = tuple(
        tuple(AnswerChange(words.question(name), answers.get(name), then) for name, then in way)
        for way in pairs[:LISTED]
    )
    return Counterfactual(level, listed, len(pairs) - len(listed), whole=whole)


def _nearest_of(ways: Iterable[Way], words: Screening, answers: Mapping[str, Answer]) -> list[Way]:
    """Those of the ways to which no other one with the same questions is nearer."""
    groups: dict[frozenset[str], list[dict[str, Known]]] = {}
    for way in ways:
        groups.setdefault(frozenset(name for name, then in way), []).append(dict(way))
    kept = []
    for group in groups.values():
        for far in group:
            others = (near for near in group if near is not far)
            if not any(_no_farther(near, far, words, answers) for near in others):
                kept.append(frozenset(far.items()))
    return kept


def _no_farther(
    near: Mapping[str, Known], far: Mapping[str, Known], words: Screening, answers: Mapping[str, Answer]
) -> bool:
    return all(_between(words.question(name), answers.get(name), near[name], far[name]) for name in far)


def _between(question: Question, now: Answer | None, near: Known, far: Known) -> bool:
    """Whether an answer is the other, or lies on the way to it. Options stand least need first."""
    if isinstance(near, tuple) and isinstance(far, tuple):
        here = set(now) if isinstance(now, tuple) else set()
        return here ^ {*near} <= here ^ {*far}
    before = None if isinstance(now, (tuple, Unknown)) else now
    start, middle, end = (_place(question, answer) for answer in (before, near, far))
    return start <= middle <= end or end <= middle <= start


def _place(question: Question, answer: Known | None) -> tuple[int, ...]:
    """Where an answer stands among the others; an open one before all of them."""
    return (-1,) if answer is None else type_of(question).place(question, answer)
