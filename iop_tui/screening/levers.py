"""The search behind `nearest`: the fewest different answers with which the level is a higher, or a lower one.

It looks for ways of one different answer, then two, and so on. At each sheet of answers tried, something stands in the
way of what is looked for: a rule that holds still, rules that do not hold yet, an answer that cannot be given, an alarm
that would come or go. Whatever way there is from here must make one of the moves that `turning` finds for it, so these
moves, and no others, are tried. That is complete: nothing is sampled.

To go up, one answer sheet stands for all: a completion in which no rule for more care holds. A way makes one of them
hold there, too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from iop_tui.screening.answers import Answer, Known, Unknown, refusal
from iop_tui.screening.conditions import Facts, hangs_on, truth
from iop_tui.screening.kinds import Level
from iop_tui.screening.logic import Condition, InRange, Is, Not, Score
from iop_tui.screening.model import Alarm, Need, Question, Screening
from iop_tui.screening.possible import Possible
from iop_tui.screening.through import through
from iop_tui.screening.turning import Move, Turning

Way = frozenset[tuple[str, Known]]
Sheet = dict[str, Known]


class Found(Struct, frozen=True):
    """The ways with the fewest different answers, each with the level it leads to.

    `whole` where they are all; else the search was stopped, and it is only proven that fewer than `size` do not do.
    """

    ways: Mapping[Way, Level]
    size: int
    whole: bool


class _Filled(Struct, frozen=True):
    """A completion: an answer to every question, where the sheet of answers has none."""

    number: int
    answers: Mapping[str, Answer]


class _Stopped(Exception):
    """The budget is spent."""


class Levers:
    """The ways that one sheet of answers has to other levels. `budget` is the number of sheets tried in a direction."""

    def __init__(self, screening: Screening, answers: Mapping[str, Answer], budget: int) -> None:
        self._screening = screening
        self._budget = self._left = budget
        self._sheet: Sheet = {
            screening.question(name).id: answer for name, answer in answers.items() if not isinstance(answer, Unknown)
        }
        facts = Facts(screening, self._sheet)
        self._standing = {alarm.id for alarm in screening.alarms if truth(alarm.when, facts) is True}
        self.stopped = any(alarm.id in self._standing for alarm in screening.alarms if alarm.urgency == "now")
        """Whether there is no level, because of an alarm."""
        self.level = self._level({})
        self._touching = _alarms_by_question(screening)
        self._alarming = functools.cache(self._is_alarm_answer)
        self._barred = {name for name, answer in self._sheet.items() if self._alarming(name, answer)}
        self._ways: dict[Way, Level] = {}
        self._seen: set[object] = set()
        self._cut = False
        self._any_answers = {question.id: _any_answer(question) for question in screening.questions}
        self._fillings = 0
        self._rising = _rising(screening)

    def fewest(self, *, upward: bool) -> Found:
        """The ways up, or down, with the fewest different answers."""
        self._left = self._budget
        self._upward = upward
        least = self.level.rank + 1 if upward else self.level.rank
        self._rules = [need for need in self._screening.needs if need.at_least and need.at_least.rank >= least]
        for size in range(1, len(self._screening.questions) + 1):
            self._ways, self._seen, self._cut = {}, set(), False
            try:
                self._from({}, size, None)
            except _Stopped:
                return Found(self._ways, size, whole=False)
            if self._ways or not self._cut:
                return Found(self._ways, size, whole=True)
        return Found({}, len(self._screening.questions), whole=True)

    # ---- the search ----

    def _from(self, changed: Sheet, left: int, filled: _Filled | None) -> None:
        """Every way that has these answers, and at most so many others. `filled` is the completion looked at last."""
        if not self._first_time(("from", frozenset(changed.items()))):
            return
        facts = Facts(self._screening, {**self._sheet, **changed})
        for moves in self._mends(changed, facts):
            self._try(moves, changed, left, filled)
            return
        if self._upward:
            self._up(changed, left, facts, filled)
        else:
            self._down(changed, left, facts)

    def _down(self, changed: Sheet, left: int, facts: Facts) -> None:
        turning = Turning(self._screening, facts, {**self._sheet, **changed}, total=False)
        holding = [turning.moves(need.when, True) for need in self._rules if truth(need.when, facts) is True]
        usable = [[move for move in moves if self._may(move, changed)] for moves in holding]
        if usable:
            if self._too_many(usable, changed, left):
                return
            self._try(sorted(usable, key=len)[0], changed, left)
        elif self._level(changed).rank >= self.level.rank:
            # No rule holds, but whatever the open answers are, one would.
            self._try(self._all_moves((need.when for need in self._rules), turning), changed, left)
        else:
            self._arrived(changed, left, facts)

    def _too_many(self, usable: Iterable[list[Move]], changed: Sheet, left: int) -> bool:
        """Whether rules that have no question in common ask for more different answers than are left."""
        taken: set[str] = set()
        wanted = 0
        for moves in sorted(usable, key=len):
            if not moves:
                return True
            names = {name for name, _then in moves}
            if not names & changed.keys() and not names & taken:
                taken |= names
                wanted += 1
        if wanted > left:
            self._cut = True
        return wanted > left

    def _up(self, changed: Sheet, left: int, facts: Facts, filled: _Filled | None) -> None:
        known = {**self._sheet, **changed}
        turning = Turning(self._screening, facts, known, total=False)
        if any(truth(need.when, facts) is True for need in self._rules):
            self._arrived(changed, left, facts)
            return
        if filled is None or not self._mild(filled, changed):
            conditions = [need.when for need in self._rules]
            mild = Possible(self._screening).avoiding(conditions, known)
            if mild is None and self._level(changed).rank > self.level.rank:
                self._arrived(changed, left, facts)
                return
            if mild is None:
                self._try(self._all_moves(conditions, turning), changed, left)
                return
            self._fillings += 1
            filled = _Filled(self._fillings, {**self._any_answers, **mild})
        for need in self._rules:
            self._towards(need, filled, changed, left)

    def _mild(self, filled: _Filled, changed: Sheet) -> bool:
        """Whether no rule for more care holds in a completion."""
        facts = Facts(self._screening, {**filled.answers, **self._sheet, **changed})
        return not any(truth(need.when, facts) for need in self._rules)

    def _towards(self, need: Need, filled: _Filled, changed: Sheet, left: int) -> None:
        """Every way with which a rule holds, everything open being filled in like this."""
        if not self._first_time((need.id, filled.number, frozenset(changed.items()))):
            return
        facts = Facts(self._screening, {**filled.answers, **self._sheet, **changed})
        if truth(need.when, facts) is True:
            self._from(changed, left, filled)
            return
        turning = Turning(self._screening, facts, {**self._sheet, **changed}, total=True)
        for following, rest in self._after(turning.moves(need.when, False), changed, left):
            self._towards(need, filled, following, rest)

    def _arrived(self, changed: Sheet, left: int, facts: Facts) -> None:
        """The level is another one: a way, unless an alarm stands against it."""
        for moves in self._against(changed, facts):
            self._try(moves, changed, left)
            return
        self._ways[frozenset(changed.items())] = self._level(changed)

    def _try(self, moves: Iterable[Move], changed: Sheet, left: int, filled: _Filled | None = None) -> None:
        for following, rest in self._after(moves, changed, left):
            self._from(following, rest, filled)

    def _after(self, moves: Iterable[Move], changed: Sheet, left: int) -> Iterator[tuple[Sheet, int]]:
        """The sheets after each of the moves that may be made, with how many further questions may be changed."""
        for name, then in moves:
            if not self._may((name, then), changed):
                continue
            if name not in changed and left == 0:
                self._cut = True
                continue
            yield {**changed, name: then}, left - (name not in changed)

    def _may(self, move: Move, changed: Sheet) -> bool:
        name, then = move
        if name in self._barred or self._sheet.get(name) == then:
            return False
        if not isinstance(then, tuple):
            return name not in changed and not self._alarming(name, then)
        if name in changed and not self._moved(name, changed[name]) < self._moved(name, then):
            return False
        # Options of several are moved one by one, and none is moved back. One that raises an alarm by itself is no
        # lever: it would raise it together with any others, too.
        added = self._moved(name, then) & {*then}
        return not (name in self._rising and any(self._alarming(name, (option,)) for option in added))

    def _moved(self, name: str, then: Known) -> set[str]:
        """The options in which an answer differs from the present one."""
        now = self._sheet.get(name)
        return {*(now if isinstance(now, tuple) else ())} ^ {*(then if isinstance(then, tuple) else ())}

    def _first_time(self, state: object) -> bool:
        if state in self._seen:
            return False
        self._seen.add(state)
        self._left -= 1
        if self._left < 0:
            raise _Stopped
        return True

    def _all_moves(self, conditions: Iterable[Condition], turning: Turning) -> Iterator[Move]:
        """Every move of every question that the conditions hang on."""
        found = sorted(frozenset().union(*(hangs_on(self._screening, condition) for condition in conditions)))
        for index in found:
            yield from turning.any_moves(self._screening.questions[index])

    # ---- what stands against a way ----

    def _mends(self, changed: Sheet, facts: Facts) -> Iterator[Iterable[Move]]:
        """Moves away from an answer of several options that cannot be given."""
        turning = Turning(self._screening, facts, changed, total=False)
        for name, then in changed.items():
            question = self._screening.question(name)
            if isinstance(then, tuple) and refusal(question, then):
                yield turning.mend(question, then)

    def _against(self, changed: Sheet, facts: Facts) -> Iterator[Iterable[Move]]:
        """Moves away from an alarm answer, or from alarms that would come or go."""
        known = {**self._sheet, **changed}
        turning = Turning(self._screening, facts, known, total=False)
        for name, then in changed.items():
            if isinstance(then, tuple) and self._alarming(name, then):
                yield turning.any_moves(self._screening.question(name))
        touched = {alarm.id: alarm for name in changed for alarm in self._touching.get(name, ())}
        for alarm in touched.values():
            stands = truth(alarm.when, facts) is True
            part = through(alarm.when, changed.keys())
            if alarm.id in self._standing:
                if not stands:
                    fallen = Possible(self._screening).avoiding((alarm.when,), known)
                    yield self._moves_in(fallen, alarm.when, changed, held=False)
            elif stands:
                yield turning.moves(alarm.when, True)
            elif part is not None and (danger := Possible(self._screening).holding(part, known)) is not None:
                yield self._moves_in(danger, part, changed, held=True)

    def _moves_in(
        self, completion: Mapping[str, Answer] | None, condition: Condition, changed: Sheet, *, held: bool
    ) -> Iterable[Move]:
        """Moves that turn a condition in a completion: every way that turns it in all of them makes one of these."""
        known = {**self._sheet, **changed}
        facts = Facts(self._screening, {**self._any_answers, **(completion or {}), **known})
        if completion is not None and truth(condition, facts) is held:
            return Turning(self._screening, facts, known, total=True).moves(condition, held)
        # There is no such completion, or the search for one was stopped: then every move is tried.
        facts = Facts(self._screening, known)
        return self._all_moves((condition,), Turning(self._screening, facts, known, total=False))

    def _is_alarm_answer(self, name: str, answer: Known) -> bool:
        """Whether an alarm holds, or may, through this answer, the others being as they are."""
        known = {**self._sheet, name: answer}
        parts = (through(alarm.when, {name}) for alarm in self._touching.get(name, ()))
        return any(part is not None and Possible(self._screening).holds(part, known) for part in parts)

    # ---- reading sheets ----

    def _live(self, sheet: Mapping[str, Known]) -> dict[str, Answer]:
        return Facts(self._screening, sheet).live()

    def _level(self, changed: Sheet) -> Level:
        return Possible(self._screening).least(self._live({**self._sheet, **changed}))


@functools.lru_cache(maxsize=4)
def _alarms_by_question(screening: Screening) -> Mapping[str, tuple[Alarm, ...]]:
    """The alarms that hang on each question, by its id."""
    found: dict[str, list[Alarm]] = {}
    for alarm in screening.alarms:
        for index in hangs_on(screening, alarm.when):
            found.setdefault(screening.questions[index].id, []).append(alarm)
    return {name: tuple(alarms) for name, alarms in found.items()}


@functools.lru_cache(maxsize=4)
def _rising(screening: Screening) -> frozenset[str]:
    """The questions of which more options chosen can only bring alarms, and never take one away: no `not` on the way to
    an alarm hangs on them.
    """
    gates = [question.show_if for question in screening.questions if question.show_if is not None]
    falling: set[int] = set()
    todo: list[Condition] = [*gates, *(alarm.when for alarm in screening.alarms)]
    while todo:
        condition = todo.pop()
        if isinstance(condition, Not):
            falling |= hangs_on(screening, condition.of)
        elif not isinstance(condition, (Is, InRange, Score)):
            todo.extend(condition.of)
    return frozenset(question.id for index, question in enumerate(screening.questions) if index not in falling)


def _any_answer(question: Question) -> Known:
    if question.kind == "number":
        return question.lowest or 0
    first = next((option.id for option in question.options if option.alone), question.options[0].id)
    return (first,) if question.kind == "several" else first
