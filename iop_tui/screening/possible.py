"""What open questions leave possible: an exact search over all answers that could still be given.

A condition that is "not known" may be settled all the same: no answer may make it hold, or every answer may. This
module looks for one completion of the open questions, by depth-first search in the order of the questions. After each
answer tried, the three-valued reading of `conditions` cuts off what is decided, and only questions that undecided
conditions hang on are tried further, so the usual search is one descent. Each question stands for finitely many
answers: its options, the sets of them that conditions tell apart, or the numbers next to a bound.

The search is exact. It is bounded all the same, so that no screening can hang a kiosk. Past the bound it errs to more
care: what might hold is taken to hold, and what might not be avoided is taken not to be.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from iop_tui.screening.answers import Answer, Known
from iop_tui.screening.conditions import Facts, Truth, atoms, hangs_on, truth
from iop_tui.screening.kinds import Level
from iop_tui.screening.logic import Condition, InRange, Is, Score
from iop_tui.screening.model import Need, Question, Screening

BUDGET = 20_000


class Stopped(Exception):
    """A search was told to stop: what it was for is not wanted any more."""


class Possible:
    """What the open questions of one screening leave possible. Made for one assessment: all its searches share a bound.

    `budget` is the number of times that conditions may be read, each after one more answer tried. With `only`, no
    other questions are filled in: the rest stays open. `stop` is asked at each step; once it says so, the search raises
    Stopped.
    """

    def __init__(
        self,
        screening: Screening,
        budget: int = BUDGET,
        only: Set[str] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self._screening = screening
        self._stop = stop
        self._left = budget
        self._only = only
        self._hangs_on: dict[int, tuple[Condition, frozenset[int]]] = {}

    @property
    def exhausted(self) -> bool:
        """Whether the bound was reached: later answers err to more care."""
        return self._left <= 0

    def holds(self, condition: Condition, given: Mapping[str, Answer]) -> bool:
        """Whether some completion of `given` makes the condition hold. `given` has known answers; one that
        waits for its gate counts where that comes to hold.
        """
        return self.holding(condition, given) is not None

    def holding(self, condition: Condition, given: Mapping[str, Answer]) -> dict[str, Answer] | None:
        """Answers, `given` among them, with which the condition holds, whatever else is answered. Past the bound they
        may be any.
        """
        return self._search((condition,), given, wanted=True, mild=False)

    def avoids(self, conditions: Sequence[Condition], given: Mapping[str, Answer]) -> bool:
        """Whether some completion of `given` makes none of the conditions hold."""
        return self.avoiding(conditions, given) is not None

    def avoiding(self, conditions: Sequence[Condition], given: Mapping[str, Answer]) -> dict[str, Answer] | None:
        """Answers, `given` among them, with which none of the conditions hold, whatever else is answered."""
        return self._search(conditions, given, wanted=False, mild=True)

    def levels(self, given: Mapping[str, Answer]) -> tuple[Level, Level]:
        """The level with everything open at its mildest, and at its worst."""
        return self.levels_of(self._read(given), given)

    def least(self, given: Mapping[str, Answer]) -> Level:
        """The level with everything open at its mildest, alone."""
        sure, above = self._sure(self._read(given))
        return self._mildest(sure, above, given) if above else sure

    def levels_of(self, needs: Iterable[tuple[Need, Truth]], given: Mapping[str, Answer]) -> tuple[Level, Level]:
        """The same, where it is known which needs hold."""
        sure, above = self._sure(needs)
        if not above:
            return sure, sure
        return self._mildest(sure, above, given), self._worst(sure, above, given)

    def _read(self, given: Mapping[str, Answer]) -> list[tuple[Need, Truth]]:
        facts = Facts(self._screening, given)
        return [(need, truth(need.when, facts)) for need in self._screening.needs]

    def _sure(self, needs: Iterable[tuple[Need, Truth]]) -> tuple[Level, list[Need]]:
        """The level of the needs that hold, and the open needs above it."""
        sure, open_needs = Level.OUTPATIENT, []
        for need, holds in needs:
            if need.at_least is None:
                continue
            if holds is True and need.at_least.rank > sure.rank:
                sure = need.at_least
            elif holds is None:
                open_needs.append(need)
        return sure, [need for need in open_needs if _rank(need) > sure.rank]

    def _worst(self, sure: Level, above: Sequence[Need], given: Mapping[str, Answer]) -> Level:
        for need in sorted(above, key=_rank, reverse=True):
            if self.holds(need.when, given):
                return list(Level)[_rank(need)]
        return sure

    def _mildest(self, sure: Level, above: Sequence[Need], given: Mapping[str, Answer]) -> Level:
        for level in Level:
            if level.rank < sure.rank:
                continue
            conditions = [need.when for need in above if _rank(need) > level.rank]
            if self.avoids(conditions, given):
                return level
        raise AssertionError("to avoid nothing is always possible")

    def open_questions(self, conditions: Iterable[Condition], given: Mapping[str, Answer]) -> list[Question]:
        """The questions, without an answer, that the conditions or the gates before them name; in order."""
        questions = self._screening.questions
        found = frozenset().union(*map(self._positions, conditions))
        names = (questions[index] for index in sorted(found))
        return [q for q in names if q.id not in given and (self._only is None or q.id in self._only)]

    def _positions(self, condition: Condition) -> frozenset[int]:
        """The indexes of the questions that a condition hangs on, those behind a `show_if` included."""
        known = self._hangs_on.get(id(condition))
        if known is not None:
            return known[1]
        found = hangs_on(self._screening, condition)
        # Kept with its condition, so that no other condition can come to have its id.
        self._hangs_on[id(condition)] = (condition, found)
        return found

    def _search(
        self, conditions: Sequence[Condition], given: Mapping[str, Answer], *, wanted: bool, mild: bool
    ) -> dict[str, Answer] | None:
        """A completion in which one of the conditions holds (wanted) or none does (not wanted)."""
        mentions = self._mentions(conditions, given)
        domains: dict[str, tuple[Known, ...]] = {}
        trial: dict[str, Answer] = dict(given)

        # Each entry: a question that is being tried, its answers yet to try, and what was undecided before it.
        tried: list[tuple[Question, Iterator[Known], Sequence[Condition]]] = []
        while True:
            found = self._undecided(conditions, trial, wanted)
            if found is True:
                return trial
            if self.exhausted:
                return trial if wanted else None
            if isinstance(found, list):
                question = self._next(found, trial)
                if question is not None:
                    if question.id not in domains:
                        domains[question.id] = tuple(_representatives(question, mentions[question.id]))
                    domain = domains[question.id]
                    tried.append((question, iter(domain if mild else domain[::-1]), found))
            while tried:
                question, answers, conditions = tried[-1]
                answer = next(answers, None)
                if answer is not None:
                    trial[question.id] = answer
                    break
                trial.pop(question.id, None)
                tried.pop()
            else:
                return None

    def _undecided(
        self, conditions: Iterable[Condition], given: Mapping[str, Answer], wanted: bool
    ) -> bool | list[Condition]:
        """What the search looks for (True) or cannot be any more (False), or else the conditions not decided yet."""
        if self._stop is not None and self._stop():
            raise Stopped
        self._left -= 1
        facts = Facts(self._screening, given)
        undecided = []
        for condition in conditions:
            holds = truth(condition, facts)
            if holds is True:
                return wanted
            if holds is None:
                undecided.append(condition)
        return undecided or not wanted

    def _next(self, conditions: Iterable[Condition], given: Mapping[str, Answer]) -> Question | None:
        """The first open question that the conditions hang on and that is not hidden."""
        facts = Facts(self._screening, given)
        candidates = self.open_questions(conditions, given)
        return next((question for question in candidates if facts.shown(question.id) is not False), None)

    def _mentions(
        self, conditions: Iterable[Condition], given: Mapping[str, Answer]
    ) -> dict[str, list[Is | InRange | Score]]:
        """For each open question, what the conditions and gates ask of it: all that can tell its answers apart."""
        questions = self.open_questions(conditions, given)
        mentions: dict[str, list[Is | InRange | Score]] = {question.id: [] for question in questions}
        # An answer given ahead counts or not as the gate before it turns out: that gate tells answers apart, too.
        facts = Facts(self._screening, given)
        everything = (self._screening.questions[i] for i in frozenset().union(*map(self._positions, conditions)))
        waiting = (question for question in everything if question.id in given and facts.shown(question.id) is None)
        gates = (question.show_if for question in (*questions, *waiting) if question.show_if is not None)
        for condition in (*conditions, *gates):
            for atom in atoms(condition):
                for name in atom.questions if isinstance(atom, Score) else (atom.question,):
                    if name in mentions:
                        mentions[name].append(atom)
        return mentions


def probes(question: Question, conditions: Iterable[Condition]) -> tuple[Known, ...]:
    """Answers that show what a question can change: each option by itself, all together, the numbers next to a
    bound.
    """
    if question.kind == "number":
        return tuple(_representatives(question, [atom for condition in conditions for atom in atoms(condition)]))
    if question.kind == "one":
        return tuple(option.id for option in question.options)
    single = [(option.id,) for option in question.options]
    together = tuple(option.id for option in question.options if not option.alone)
    return (*single, together) if len(together) > 1 else tuple(single)


def _representatives(question: Question, mentions: Sequence[Is | InRange | Score]) -> Iterator[Known]:
    """Mildest first."""
    if question.kind == "number":
        yield from sorted(turning_points(question, mentions))
    elif question.kind == "one":
        yield from (option.id for option in question.options)
    else:
        yield from _subsets(question, mentions)


def _rank(need: Need) -> int:
    return need.at_least.rank if need.at_least else 0


def turning_points(question: Question, mentions: Iterable[Is | InRange | Score]) -> set[int]:
    """The answers to a number that these mentions of it can tell apart: the ends, and those beside a bound."""
    lowest, highest = question.lowest or 0, question.highest or 0
    points = {lowest, highest}
    for atom in mentions:
        if isinstance(atom, InRange) and atom.question == question.id:
            points.update(n + d for n in (atom.at_least, atom.at_most) if n is not None for d in (-1, 0, 1))
        elif isinstance(atom, Score) and question.id in atom.questions:
            points.update(range(lowest, min(highest, atom.at_least) + 1))
    return {point for point in points if lowest <= point <= highest}


def _subsets(question: Question, mentions: Iterable[Is | InRange | Score]) -> Iterator[tuple[str, ...]]:
    """Sets of options, smallest first: options that no condition tells apart stand for one another."""
    for option in question.options:
        if option.alone:
            yield (option.id,)
    groups: dict[object, list[str]] = {}
    atoms_here = list(mentions)
    scored = any(isinstance(atom, Score) for atom in atoms_here)
    for option in question.options:
        if not option.alone:
            told_apart = tuple(isinstance(atom, Is) and option.id in atom.options for atom in atoms_here)
            groups.setdefault((told_apart, option.id if scored and option.weight else 0), []).append(option.id)
    order = [option.id for option in question.options]
    kinds = list(groups.values())
    for size in range(1, len(kinds) + 1):
        for chosen in itertools.combinations(kinds, size):
            yield tuple(sorted((kind[0] for kind in chosen), key=order.index))
