"""Counterfactuals: the fewest different answers that would lead to a higher level, and to a lower one.

The level is the assessed one, with open questions at their mildest. A *change set* is a set of questions, each with an
answer that it does not have now, that leads to another level. It may answer open questions; all other answers stay, and
questions that it newly opens stay open. Answers that are hidden now count again once their question is shown.

An alarm answer is never part of a change set: none that raises an alarm or leaves one possible, and none because of
which one is active or possible now. The same alarms are active before and after. While an alarm `now` is active there
is no level, and so no counterfactual.
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
from iop_tui.screening.search.minimal_changes import ChangeSet, MinimalChanges

BUDGET = 6_000
"""Sheets of answers that may be tried in each direction: a second or so."""
LISTED = 12


class AnswerChange(Struct, frozen=True):
    """A question, the answer it has now (None: open, or unknown), and the one it would have."""

    question: Question
    now: Answer | None
    then: Known


class Counterfactual(Struct, frozen=True):
    """A level, and the smallest change sets that lead to it.

    Of change sets of the same questions, only the nearest answers on that side are listed.
    """

    level: Level
    change_sets: tuple[tuple[AnswerChange, ...], ...]
    unlisted: int = 0
    """The number of change sets that are not listed."""
    other_levels: tuple[Counterfactual, ...] = ()
    """Other levels in that direction with change sets of the same size, nearest first."""
    complete: bool = True
    """False if the search stopped before it found all of them. That none is smaller is proven even then."""


class Counterfactuals(Struct, frozen=True):
    """What would change the level, upward and downward; a sentence where nothing was found."""

    up: Counterfactual | None
    down: Counterfactual | None
    why_up: str = ""
    why_down: str = ""


def nearest(screening: Screening, answers: Mapping[str, Answer], *, budget: int = BUDGET) -> Counterfactuals:
    """What would change the level that these answers have, in the wording for the respondent. Raises KeyError for a
    question that does not exist.
    """
    search = MinimalChanges(screening, answers, budget)
    if search.stopped:
        why = "An active alarm comes before any level of care."
        return Counterfactuals(None, None, why, why)
    words = wording_for(screening, answers)
    up, why_up = _counterfactual(search, words, answers, upward=True)
    down, why_down = _counterfactual(search, words, answers, upward=False)
    return Counterfactuals(up, down, why_up, why_down)


def nearest_lower(
    screening: Screening, answers: Mapping[str, Answer], *, budget: int = BUDGET
) -> tuple[AnswerChange, Level] | None:
    """The one different answer that would lead to a lower level, and that level, among the questions whose answer can
    change; None where no single answer does. Of several, the one to the question asked first; of its answers the
    nearest. Where one chooses all that fit, options are only taken away: another one in their place, such as a tense
    home for a home that is not steady, is no way to less care. The screening must be in the wording for the respondent.
    """
    search = MinimalChanges(screening, answers, budget)
    if search.stopped or search.level == screening.least:
        return None
    found = search.fewest(upward=False, most=1)
    told = [
        change_set
        for change_set in found.change_sets
        if all(
            screening.question(name).can_change and _only_takes_away(screening.question(name), answers.get(name), then)
            for name, then in change_set
        )
    ]
    change_sets = [
        (pair, found.change_sets[change_set])
        for change_set in _nearest_of(told, screening, answers)
        for pair in change_set
    ]
    if not change_sets:
        return None
    position = screening.position
    (name, then), level = min(
        change_sets,
        key=lambda change_set: (
            position[change_set[0][0]],
            _distance(screening.question(change_set[0][0]), answers, change_set[0][1]),
        ),
    )
    return AnswerChange(screening.question(name), answers.get(name), then), level


def _only_takes_away(question: Question, now: Answer | None, then: Known) -> bool:
    if not isinstance(then, tuple):
        return True
    chosen = set(now) if isinstance(now, tuple) else set()
    return chosen.issuperset(then) or all(option.alone for option in question.options if option.id in then)


def _distance(question: Question, answers: Mapping[str, Answer], then: Known) -> tuple[int, ...]:
    now = answers.get(question.id)
    here = _place(question, None if isinstance(now, Unknown) else now)
    there = _place(question, then)
    return tuple(abs(one - neighbor) for one, neighbor in zip(here, there, strict=False))


def _counterfactual(
    search: MinimalChanges, words: Screening, answers: Mapping[str, Answer], *, upward: bool
) -> tuple[Counterfactual | None, str]:
    if upward and search.level == words.most:
        return None, "There is no higher level of care."
    if not upward and search.level == words.least:
        return None, "There is no lower level of care."
    found = search.fewest(upward=upward)
    by_level: dict[Level, list[ChangeSet]] = {}
    for change_set in _nearest_of(found.change_sets, words, answers):
        by_level.setdefault(found.change_sets[change_set], []).append(change_set)
    found_levels = [
        _listed(level, change_sets, words, answers, complete=found.complete)
        for level, change_sets in sorted(
            by_level.items(), key=lambda pair: abs(words.ranks[pair[0]] - words.ranks[search.level])
        )
    ]
    if found_levels:
        first, *others = found_levels
        return Counterfactual(first.level, first.change_sets, first.unlisted, tuple(others), first.complete), ""
    if found.complete:
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
    level: Level, change_sets: Iterable[ChangeSet], words: Screening, answers: Mapping[str, Answer], *, complete: bool
) -> Counterfactual:
    position = words.position
    pairs = [sorted(change_set, key=lambda pair: position[pair[0]]) for change_set in change_sets]
    pairs.sort(
        key=lambda change_set: [(position[name], _place(words.question(name), then)) for name, then in change_set]
    )
    listed = tuple(
        tuple(AnswerChange(words.question(name), answers.get(name), then) for name, then in change_set)
        for change_set in pairs[:LISTED]
    )
    return Counterfactual(level, listed, len(pairs) - len(listed), complete=complete)


def _nearest_of(change_sets: Iterable[ChangeSet], words: Screening, answers: Mapping[str, Answer]) -> list[ChangeSet]:
    """The change sets for which no other one of the same questions has nearer answers."""
    groups: dict[frozenset[str], list[dict[str, Known]]] = {}
    for change_set in change_sets:
        groups.setdefault(frozenset(name for name, then in change_set), []).append(dict(change_set))
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
    """Whether `near` is `far`, or lies between `now` and `far`. Options are ordered by need, least first."""
    if isinstance(near, tuple) and isinstance(far, tuple):
        here = set(now) if isinstance(now, tuple) else set()
        return here ^ {*near} <= here ^ {*far}
    before = None if isinstance(now, (tuple, Unknown)) else now
    start, middle, end = (_place(question, answer) for answer in (before, near, far))
    return start <= middle <= end or end <= middle <= start


def _place(question: Question, answer: Known | None) -> tuple[int, ...]:
    """The position of an answer in the order of answers; an open question comes before all of them."""
    return (-1,) if answer is None else type_of(question).place(question, answer)
