"""Exact search over the completions of open answers: what could still become true or false.

A condition that is "not known" may be decided nonetheless: perhaps no answer can make it true, or every answer does.
The search looks for one completion of the open questions, depth first, always at the condition with the fewest of them.
After each answer the three-valued evaluation of the conditions prunes what is decided, and only questions that
undecided conditions depend on are branched on, so that a typical search is one descent. Each question has finitely many
representatives: its options, the sets of options that conditions distinguish, or the numbers next to a bound.

Most searches are avoided by reuse. A completion found for one answer sheet usually serves for a sheet that differs in
an answer or two: only conditions that depend on these are evaluated again. And if some answers have no completion, a
superset of them has none. So one `Completions` is shared for many similar sheets.

The search is exact, within a budget, so that no screening can hang a kiosk. Past the budget it errs towards more care:
what might be true counts as true, and what might be unavoidable counts as unavoidable.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from iop_tui.screening.engine.evaluate import Truth
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.search.answer_bits import Code
from iop_tui.screening.search.bit_tests import BitTest
from iop_tui.screening.search.sheet_batch import Group, Reader, Sheet, places_of

BUDGET = 20_000
_KEPT = 8
"""The most completions, and the most sheets without one, that are cached for each goal."""


class Stopped(Exception):
    """The search was cancelled."""


class Goal:
    """The goal of a search: a completion in which one of some conditions is true (`wanted`), or none is. Made by one
    `Completions`, which caches its findings in it.
    """

    def __init__(self, conditions: Sequence[BitTest], *, wanted: bool) -> None:
        self.group = Group(conditions)
        self.wanted = wanted
        self.found: tuple[tuple[Sequence[BitTest], int, Sheet], ...] = ()
        """Completions, each with the conditions that make it one, and the positions that those depend on."""
        self._impossible: list[Set[tuple[str, Answer]]] = []

    def impossible_on(self, sheet: Sheet) -> bool:
        """Whether it is known that no completion of a sheet reaches the goal."""
        given = sheet.answers.items()
        return any(less <= given for less in self._impossible)

    def never_on(self, sheet: Sheet) -> None:
        """Record that no completion of a sheet reaches the goal, and so none of a sheet with more answers."""
        if len(self._impossible) < _KEPT:
            self._impossible.append(sheet.answers.items())


class Completions:
    """What the open questions of one screening leave possible. Made for one assessment: all its searches share a
    budget.

    `budget` is the number of times that conditions may be read, each after one more answer tried. With `only`, other
    questions stay open. `stop` is called at each step; once it returns true, the search raises Stopped.
    """

    def __init__(
        self,
        screening: Screening,
        budget: int = BUDGET,
        only: Set[str] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> None:
        self.screening = screening
        self._stop = stop
        self._budget = self._left = budget
        self._only = only
        self._goals: dict[tuple[object, ...], Goal] = {}

    @property
    def exhausted(self) -> bool:
        """Whether the budget is spent: later results err towards more care."""
        return self._left <= 0

    def renewed(self) -> Completions:
        """A copy with all findings and a new budget, for one more assessment."""
        self._left = self._budget
        return self

    def limited_to(self, only: Set[str]) -> Completions:
        """The same search with a new budget, in which all questions but `only` these stay open."""
        return Completions(self.screening, self._budget, only, self._stop)

    # ---- one question after another ----

    def holds(self, condition: Condition, given: Mapping[str, Answer]) -> bool:
        """Whether some completion of `given` makes the condition true. `given` has known answers; an answer behind an
        unknown gate counts if that becomes true.
        """
        return self.holding(condition, given) is not None

    def holding(self, condition: Condition, given: Mapping[str, Answer]) -> dict[str, Answer] | None:
        """Answers, `given` among them, with which the condition is true whatever else is answered. Past the budget they
        may be any.
        """
        found = self.reached(self.goal((condition,)), self.sheet(given))
        return None if found is None else {**found.answers, **given}

    def avoids(self, conditions: Sequence[Condition], given: Mapping[str, Answer]) -> bool:
        """Whether some completion of `given` makes none of the conditions true."""
        return self.avoiding(conditions, given) is not None

    def avoiding(self, conditions: Sequence[Condition], given: Mapping[str, Answer]) -> dict[str, Answer] | None:
        """Answers, `given` among them, with which none of the conditions is true whatever else is answered."""
        found = self.reached(self.goal(conditions, wanted=False), self.sheet(given))
        return None if found is None else {**found.answers, **given}

    def open_questions(self, conditions: Sequence[Condition], given: Mapping[str, Answer]) -> list[Question]:
        """The unanswered questions that the conditions or their gates name, in order."""
        places = places_of(self._reader.test_of(condition) for condition in conditions) if conditions else 0
        named = (code.question for code in self._reader.encoding.at(places)) if places else ()
        return [q for q in named if q.id not in given and (self._only is None or q.id in self._only)]

    # ---- the same of many sheets ----

    def sheet(self, given: Mapping[str, Answer]) -> Sheet:
        """A sheet for several queries. Raises KeyError for an unknown question."""
        return self._reader.sheet(given)

    def counting(self, answers: Mapping[str, Answer]) -> Sheet:
        """The known answers that count for a result: those to shown questions."""
        return self._reader.counting(answers)

    def rules(self, sheet: Sheet) -> tuple[list[Truth], list[Truth], list[Truth]]:
        """The truth of each need, alarm and fit on a sheet as it is."""
        encoding = self._reader.encoding
        return sheet.read(encoding.needs), sheet.read(encoding.alarms), sheet.read(encoding.fits)

    def changed(self, sheet: Sheet, answers: Mapping[str, Answer], names: Iterable[str]) -> Sheet:
        """A sheet with these answers, derived from one that differs only in them."""
        changed = 0
        for name in names:
            changed |= 1 << self.screening.position[name]
        return self._reader.more(self._reader.current(sheet), answers, changed)

    def goal(self, conditions: Sequence[Condition], *, wanted: bool = True) -> Goal:
        """The goal that one of the conditions is true (wanted), or none is (not wanted)."""
        key = (wanted, *map(id, conditions))
        goal = self._goals.get(key)
        if goal is None:
            goal = self._goals[key] = Goal([self._reader.test_of(when) for when in conditions], wanted=wanted)
        return goal

    def reached(self, goal: Goal, sheet: Sheet) -> Sheet | None:
        """A completion that reaches the goal; it may change answers of the sheet on which no condition depends. Past
        the budget any if something is wanted, else none.
        """
        self._stop_if_cancelled()
        sheet = self._reader.current(sheet)
        if self._only is not None:
            # What may not be filled in on this sheet may have been filled in on another: the cache does not apply to
            # both.
            return self._looked_for(goal, sheet)
        if goal.impossible_on(sheet):
            return None
        return self._known(goal, sheet) or self._looked_for(goal, sheet)

    def answers(self, question: Question, condition: Condition) -> Iterator[Known]:
        """Representatives of the answers to a question, as far as a condition and its gates distinguish them; worst
        first.
        """
        test, encoding = self._reader.test_of(condition), self._reader.encoding
        distinguishing = test.bits
        for code in encoding.at(test.places):
            distinguishing |= code.gate.bits if code.gate is not None else 0
        return encoding.codes[encoding.position[question.id]].answers(distinguishing, worst_first=True)

    @functools.cached_property
    def _reader(self) -> Reader:
        # Made on the first search: most sheets leave nothing open.
        return Reader(self.screening)

    def _known(self, goal: Goal, sheet: Sheet) -> Sheet | None:
        """A completion that reaches the goal, from the cache; None if it has none."""
        for conditions, places, completion in goal.found:
            changed = self._reader.against(completion, sheet, places)
            if not changed:
                return completion
            other = self._reader.more(completion, {**completion.answers, **sheet.answers}, changed)
            read = (condition.holds(other.sure, other.maybe) for condition in conditions if condition.places & changed)
            if all(holds is goal.wanted for holds in read):
                return other
        return None

    def _looked_for(self, goal: Goal, sheet: Sheet) -> Sheet | None:
        """A completion that reaches the goal, by a new search. Past the budget any, if something is wanted."""
        for conditions, undecided in _condition_groups(goal, sheet):
            self._count()
            # No open question decides it: one condition is true (None), or none is (an empty list).
            done = (undecided is None) is goal.wanted
            found = self._search(undecided, sheet, goal.wanted) if undecided else sheet if done else None
            if found is not None:
                if not self.exhausted:
                    places = places_of(conditions)
                    goal.found = ((conditions, places, self._filled(found, places)), *goal.found[: _KEPT - 1])
                return found
        if not self.exhausted:
            goal.never_on(sheet)
        return None

    def _filled(self, found: Sheet, places: int) -> Sheet:
        """A completion with an answer to every question in these positions: the mildest, if any answer will do."""
        answers, changed = dict(found.answers), 0
        for code in self._reader.encoding.at(places):
            if code.question.id not in answers:
                answers[code.question.id] = next(code.answers(0))
                changed |= code.here
        return self._reader.more(found, answers, changed)

    # ---- the search ----

    def _search(self, undecided: Sequence[BitTest], sheet: Sheet, wanted: bool) -> Sheet | None:
        """A completion in which one of the conditions is true (wanted) or none is (not wanted)."""
        if self.exhausted:
            return sheet if wanted else None
        encoding, trial, sure, maybe = self._reader.encoding, dict(sheet.answers), sheet.sure, sheet.maybe
        distinguishing, fillable = self._distinguishing_bits(undecided, sheet)
        code = self._next(undecided, fillable, sure, maybe)
        # Each entry: a question, its remaining answers, and the state before it.
        tried: list[tuple[Code, Iterator[Known], Sequence[BitTest], int, int]] = []
        while True:
            if code is not None:
                tried.append((code, code.answers(distinguishing, worst_first=wanted), undecided, sure, maybe))
                fillable ^= code.here
            while tried:
                code, answers, before, sure, maybe = tried[-1]
                answer = next(answers, None)
                if answer is not None:
                    break
                del trial[code.question.id]
                fillable ^= code.here
                tried.pop()
            else:
                return None
            trial[code.question.id] = answer
            sure, maybe = encoding.reread(trial, code.here, sure, maybe)
            self._count()
            still = _still_undecided(before, code.here, sure, maybe)
            if not still and (still is None) is wanted:
                filled = sum(code.here for code, *_rest in tried)
                return Sheet(trial, sure, maybe, sheet.first or sheet, sheet.changed | filled)
            if self._left <= 0:
                return sheet if wanted else None
            undecided = still or []
            code = self._next(undecided, fillable, sure, maybe)

    def _count(self) -> None:
        self._stop_if_cancelled()
        self._left -= 1

    def _stop_if_cancelled(self) -> None:
        if self._stop is not None and self._stop():
            raise Stopped

    def _next(self, undecided: Sequence[BitTest], fillable: int, sure: int, maybe: int) -> Code | None:
        """The next question to fill in, of the condition with the fewest: there a contradiction is met soonest. None if
        all are hidden.
        """
        fewest = min((open_ for each in undecided if (open_ := each.places & fillable)), key=int.bit_count, default=0)
        return self._first_shown(fewest, sure, maybe) or self._first_shown(places_of(undecided) & fillable, sure, maybe)

    def _first_shown(self, places: int, sure: int, maybe: int) -> Code | None:
        """The first of these questions that is not hidden."""
        for code in self._reader.encoding.at(places):
            if code.gate is None or code.gate.test(maybe, sure):
                return code
        return None

    def _distinguishing_bits(self, conditions: Sequence[BitTest], sheet: Sheet) -> tuple[int, int]:
        """The relevant bits and the positions that may be filled in, for some conditions.

        Relevant are the atoms of the conditions, and of the gates of open questions. An answer given ahead counts or
        not depending on its gate, so that gate is relevant too.
        """
        bits = fillable = 0
        for condition in conditions:
            bits |= condition.bits
        for code in self._reader.encoding.at(places_of(conditions)):
            gate, name = code.gate, code.question.id
            if name not in sheet.answers and (self._only is None or name in self._only):
                fillable |= code.here
            if gate is not None and (fillable & code.here or gate.holds(sheet.sure, sheet.maybe) is None):
                bits |= gate.bits
        return bits, fillable


def _condition_groups(goal: Goal, sheet: Sheet) -> Iterator[tuple[Sequence[BitTest], Sequence[BitTest] | None]]:
    """The conditions to look at together, and those of them that are unknown on a sheet; None if one is true. If one is
    enough, each is looked at by itself.
    """
    if not goal.wanted:
        yield goal.group.conditions, goal.group.undecided(sheet)
        return
    for condition in goal.group.conditions:
        holds = condition.holds(sheet.sure, sheet.maybe)
        yield (condition,), None if holds else () if holds is False else (condition,)


def _still_undecided(conditions: Sequence[BitTest], changed: int, sure: int, maybe: int) -> list[BitTest] | None:
    """The conditions that are unknown after one more answer; None if one is true."""
    undecided = []
    for condition in conditions:
        if condition.places & changed:
            if condition.test(sure, maybe):
                return None
            if not condition.test(maybe, sure):
                continue
        undecided.append(condition)
    return undecided
