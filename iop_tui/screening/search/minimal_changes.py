"""The search behind `nearest`: the fewest different answers with which the level is a higher, or a lower one.

It looks for ways of one different answer, then two, and so on. At each sheet of answers tried, something stands in the
way of what is looked for: a rule that holds still, rules that do not hold yet, an answer that cannot be given, an alarm
that would come or go. Whatever way there is from here must make one of the moves that `condition_flips.py` finds for
it, so these moves, and no others, are tried. That is complete: nothing is sampled.

To go up, one answer sheet stands for all: a completion in which no rule for more care holds. A way makes one of them
hold there, too.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from iop_tui.screening.engine.evaluate import Facts, hangs_on, truth
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Need, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.question_types import refusal, type_of
from iop_tui.screening.search.condition_flips import ConditionFlips, Move
from iop_tui.screening.search.neighbor_sheets import NeighborSheets, Other
from iop_tui.screening.search.sheet_batch import Sheet

Way = frozenset[tuple[str, Known]]
Changes = Mapping[str, Known]


class Found(Struct, frozen=True):
    """The ways with the fewest different answers, each with the level it leads to.

    `whole` where they are all; else the search was stopped, and it is only proven that fewer than `size` do not do.
    """

    ways: Mapping[Way, Level]
    size: int
    whole: bool


class _Filled(Struct, frozen=True):
    """A completion of the sheet with some answers `changed`: an answer to every question, and what they say."""

    number: int
    answers: Mapping[str, Answer]
    read: Sheet
    changed: Set[str]


class _Stopped(Exception):
    """The budget is spent."""


class MinimalChanges:
    """The ways that one sheet of answers has to other levels. `budget` is the number of sheets tried in a direction."""

    def __init__(self, screening: Screening, answers: Mapping[str, Answer], budget: int) -> None:
        self._screening = screening
        self._rank = screening.ranks.__getitem__
        self._budget = self._left = budget
        self._sheet: Changes = {
            screening.question(name).id: answer for name, answer in answers.items() if not isinstance(answer, Unknown)
        }
        self._beside = NeighborSheets(screening, self._sheet)
        self.stopped = any(a.id in self._beside.standing for a in screening.alarms if a.urgency == "now")
        """Whether there is no level, because of an alarm."""
        self.level = self._beside.level(self._beside.other({}))
        self._alarming = functools.cache(self._beside.is_alarm_answer)
        self._barred = {name for name, answer in self._sheet.items() if self._alarming(name, answer)}
        self._ways: dict[Way, Level] = {}
        self._seen: set[object] = set()
        self._cut = False
        self._any_answers = {question.id: type_of(question).any_answer(question) for question in screening.questions}
        self._fillings: dict[Way, _Filled | None] = {}
        self._rising = _rising(screening)
        self._names: dict[int, frozenset[str]] = {}
        self._moves: dict[object, Sequence[Move] | None] = {}

    def fewest(self, *, upward: bool, most: int | None = None) -> Found:
        """The ways up, or down, with the fewest different answers; with `most`, no more of them than that."""
        self._left = self._budget
        self._upward = upward
        least = self._rank(self.level) + 1 if upward else self._rank(self.level)
        self._rules = [need for need in self._screening.needs if need.at_least and self._rank(need.at_least) >= least]
        self._none = self._beside.none_of(self._rules)
        self._fillings = {}
        self._moves = {}
        most = len(self._screening.questions) if most is None else most
        for size in range(1, most + 1):
            self._ways, self._seen, self._cut = {}, set(), False
            try:
                self._from({}, size, None)
            except _Stopped:
                return Found(self._ways, size, whole=False)
            if self._ways or not self._cut:
                return Found(self._ways, size, whole=True)
        return Found({}, most, whole=True)

    # ---- the search ----

    def _from(self, changed: Changes, left: int, filled: _Filled | None) -> None:
        """Every way that has these answers, and at most so many others. `filled` is the completion looked at last."""
        if not self._first_time(("from", frozenset(changed.items()))):
            return
        here = self._beside.other(changed)
        for moves in self._mends(here):
            self._try(moves, changed, left, filled)
            return
        if self._upward:
            self._up(here, left, filled)
        else:
            self._down(here, left)

    def _down(self, here: Other, left: int) -> None:
        usable = [[move for move in moves if self._may(move, here.changed)] for moves in self._holding(here)]
        if usable:
            if self._too_many(usable, here.changed, left):
                return
            self._try(sorted(usable, key=len)[0], here.changed, left)
        elif self._rank(self._beside.level(here)) >= self._rank(self.level):
            # No rule holds, but whatever the open answers are, one would.
            self._try(self._all_moves((need.when for need in self._rules), here), here.changed, left)
        else:
            self._arrived(here, left)

    def _holding(self, here: Other) -> Iterator[Sequence[Move]]:
        """For each rule that holds, the moves of which one must be made for it not to hold."""
        for test in self._none.group.holding(here.read):
            condition = test.written
            ending = functools.partial(self._ending, condition, here)
            moves = self._remembered(condition, None, here.changed, ending)
            if moves is not None:
                yield moves

    def _ending(self, condition: Condition, here: Other) -> Sequence[Move] | None:
        # In bits, more is known of an answer behind an open gate. It does not count before the gate is known.
        if truth(condition, here.facts) is not True:
            return None
        return tuple(self._turning(here).moves(condition, True))

    def _too_many(self, usable: Iterable[list[Move]], changed: Changes, left: int) -> bool:
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

    def _up(self, here: Other, left: int, filled: _Filled | None) -> None:
        if any(True for _moves in self._holding(here)):
            self._arrived(here, left)
            return
        if filled is None or not self._mild(filled, here):
            filled = self._filling(here)
            if filled is None and self._rank(self._beside.level(here)) > self._rank(self.level):
                self._arrived(here, left)
                return
            if filled is None:
                self._try(self._all_moves((need.when for need in self._rules), here), here.changed, left)
                return
        for need in self._rules:
            self._towards(need, filled, here.changed, left)

    def _filling(self, here: Other) -> _Filled | None:
        """A completion in which no rule for more care holds. Each time that one is looked for from the same answers, it
        is the same.
        """
        key = frozenset(here.changed.items())
        if key not in self._fillings:
            mild = self._beside.completion(self._none, here)
            answers = {**self._any_answers, **(mild or {})}
            made = _Filled(len(self._fillings), answers, self._beside.read(answers), here.changed.keys())
            self._fillings[key] = None if mild is None else made
        return self._fillings[key]

    def _mild(self, filled: _Filled, here: Other) -> bool:
        """Whether no rule for more care holds in a completion."""
        answers = {**filled.answers, **here.answers}
        return not self._none.group.holds_on(
            self._beside.reread(filled.read, answers, {*filled.changed, *here.changed})
        )

    def _towards(self, need: Need, filled: _Filled, changed: Changes, left: int) -> None:
        """Every way with which a rule holds, everything open being filled in like this."""
        if not self._first_time((need.id, filled.number, frozenset(changed.items()))):
            return
        if left == 0 and self._cut and not any(isinstance(then, tuple) for then in changed.values()):
            # No further answer may be changed, which is known, and none that is can be changed on.
            if truth(need.when, Facts(self._screening, {**filled.answers, **self._sheet, **changed})) is True:
                self._from(changed, left, filled)
            return
        begin = functools.partial(self._beginning, need, filled, changed)
        moves = self._remembered(need.when, filled.number, changed, begin)
        if moves is None:
            self._from(changed, left, filled)
            return
        for following, rest in self._after(moves, changed, left):
            self._towards(need, filled, following, rest)

    def _beginning(self, need: Need, filled: _Filled, changed: Changes) -> Sequence[Move] | None:
        """The moves of which one must be made for a rule to hold in a completion; None where it does."""
        known = {**self._sheet, **changed}
        facts = Facts(self._screening, {**filled.answers, **known})
        if truth(need.when, facts) is True:
            return None
        return tuple(ConditionFlips(self._screening, facts, known, total=True).moves(need.when, False))

    def _remembered(
        self,
        condition: Condition,
        filled: int | None,
        changed: Changes,
        find: Callable[[], Sequence[Move] | None],
    ) -> Sequence[Move] | None:
        """The moves of a condition, found once for the same answers to the questions that it hangs on."""
        names = self._names.get(id(condition))
        if names is None:
            questions = self._screening.questions
            names = frozenset(questions[index].id for index in hangs_on(self._screening, condition))
            self._names[id(condition)] = names
        key = id(condition), filled, frozenset(pair for pair in changed.items() if pair[0] in names)
        if key not in self._moves:
            self._moves[key] = find()
        return self._moves[key]

    def _arrived(self, here: Other, left: int) -> None:
        """The level is another one: a way, unless an alarm stands against it."""
        for moves in self._against(here):
            self._try(moves, here.changed, left)
            return
        self._ways[frozenset(here.changed.items())] = self._beside.level(here)

    def _try(self, moves: Iterable[Move], changed: Changes, left: int, filled: _Filled | None = None) -> None:
        for following, rest in self._after(moves, changed, left):
            self._from(following, rest, filled)

    def _after(self, moves: Iterable[Move], changed: Changes, left: int) -> Iterator[tuple[Changes, int]]:
        """The sheets after each of the moves that may be made, with how many further questions may be changed."""
        for name, then in moves:
            if not self._may((name, then), changed):
                continue
            if name not in changed and left == 0:
                self._cut = True
                continue
            yield {**changed, name: then}, left - (name not in changed)

    def _may(self, move: Move, changed: Changes) -> bool:
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

    def _turning(self, here: Other) -> ConditionFlips:
        return ConditionFlips(self._screening, here.facts, here.answers, total=False)

    def _all_moves(self, conditions: Iterable[Condition], here: Other) -> Iterator[Move]:
        """Every move of every question that the conditions hang on."""
        found = sorted(frozenset().union(*(hangs_on(self._screening, condition) for condition in conditions)))
        turning = self._turning(here)
        for index in found:
            yield from turning.any_moves(self._screening.questions[index])

    # ---- what stands against a way ----

    def _mends(self, here: Other) -> Iterator[Iterable[Move]]:
        """Moves away from an answer of several options that cannot be given."""
        for name, then in here.changed.items():
            question = self._screening.question(name)
            if isinstance(then, tuple) and refusal(question, then):
                yield ConditionFlips(self._screening, here.facts, here.changed, total=False).mend(question, then)

    def _against(self, here: Other) -> Iterator[Iterable[Move]]:
        """Moves away from an alarm answer, or from alarms that would come or go."""
        for name, then in here.changed.items():
            if isinstance(then, tuple) and self._alarming(name, then):
                yield self._turning(here).any_moves(self._screening.question(name))
        for alarm in self._beside.alarms_on(here.changed):
            stands = truth(alarm.when, here.facts) is True
            if alarm.id in self._beside.standing:
                if not stands:
                    yield self._moves_in(self._beside.without(alarm, here), alarm.when, here, held=False)
            elif stands:
                yield self._turning(here).moves(alarm.when, True)
            elif (danger := self._beside.danger(alarm, here)) is not None:
                part, completion = danger
                yield self._moves_in(completion, part, here, held=True)

    def _moves_in(
        self, completion: Mapping[str, Answer] | None, condition: Condition, here: Other, *, held: bool
    ) -> Iterable[Move]:
        """Moves that turn a condition in a completion: every way that turns it in all of them makes one of these."""
        facts = Facts(self._screening, {**self._any_answers, **(completion or {}), **here.answers})
        if completion is not None and truth(condition, facts) is held:
            return ConditionFlips(self._screening, facts, here.answers, total=True).moves(condition, held)
        # There is no such completion, or the search for one was stopped: then every move is tried.
        return self._all_moves((condition,), here)


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
