"""The search behind `nearest`: the smallest change sets with which the level is higher, or lower.

It tries change sets of one answer, then of two, and so on. On each sheet tried there is an obstacle: a rule that is
still true, rules that are not true yet, an invalid answer, an alarm that would be raised or cleared. Every change set
from here contains one of the moves that `condition_flips.py` finds for the obstacle, so only these are tried. The
search is exhaustive: nothing is sampled.

Upward, one completion represents all of them: one in which no rule for more care is true. A change set makes such a
rule true in it as well.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from msgspec import Struct

from iop_tui.screening.engine.evaluate import Facts, depends_on, truth
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Need, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.question_types import refusal, type_of
from iop_tui.screening.search.condition_flips import ConditionFlips, Move
from iop_tui.screening.search.neighbor_sheets import NeighborSheet, NeighborSheets
from iop_tui.screening.search.sheet_batch import Sheet

ChangeSet = frozenset[tuple[str, Known]]
Changes = Mapping[str, Known]


class Found(Struct, frozen=True):
    """The smallest change sets, each with the level that it leads to.

    If not `complete` the search was stopped; it is then proven that none is smaller than `size`.
    """

    change_sets: Mapping[ChangeSet, Level]
    size: int
    complete: bool


class _Completion(Struct, frozen=True):
    """A completion of the sheet with some answers `changed`: an answer to every question, as values and as bits."""

    number: int
    answers: Mapping[str, Answer]
    read: Sheet
    changed: Set[str]


class _Stopped(Exception):
    """The budget is spent."""


class MinimalChanges:
    """Change sets from one sheet of answers to other levels. `budget` is the number of sheets tried in a direction."""

    def __init__(self, screening: Screening, answers: Mapping[str, Answer], budget: int) -> None:
        self._screening = screening
        self._rank = screening.ranks.__getitem__
        self._budget = self._left = budget
        self._sheet: Changes = {
            screening.question(name).id: answer for name, answer in answers.items() if not isinstance(answer, Unknown)
        }
        self._neighbors = NeighborSheets(screening, self._sheet)
        self.stopped = any(a.id in self._neighbors.active_alarms for a in screening.alarms if a.urgency == "now")
        """True if there is no level because of an alarm `now`."""
        self.level = self._neighbors.level(self._neighbors.neighbor({}))
        self._alarming = functools.cache(self._neighbors.is_alarm_answer)
        self._barred = {name for name, answer in self._sheet.items() if self._alarming(name, answer)}
        self._change_sets: dict[ChangeSet, Level] = {}
        self._seen: set[object] = set()
        self._cut = False
        self._any_answers = {question.id: type_of(question).any_answer(question) for question in screening.questions}
        self._completions: dict[ChangeSet, _Completion | None] = {}
        self._monotone = _monotone(screening)
        self._names: dict[int, frozenset[str]] = {}
        self._moves: dict[object, Sequence[Move] | None] = {}

    def fewest(self, *, upward: bool, most: int | None = None) -> Found:
        """The smallest change sets upward or downward, of at most `most` answers."""
        self._left = self._budget
        self._upward = upward
        least = self._rank(self.level) + 1 if upward else self._rank(self.level)
        self._rules = [need for need in self._screening.needs if need.at_least and self._rank(need.at_least) >= least]
        self._none = self._neighbors.none_of(self._rules)
        self._completions = {}
        self._moves = {}
        most = len(self._screening.questions) if most is None else most
        for size in range(1, most + 1):
            self._change_sets, self._seen, self._cut = {}, set(), False
            try:
                self._from({}, size, None)
            except _Stopped:
                return Found(self._change_sets, size, complete=False)
            if self._change_sets or not self._cut:
                return Found(self._change_sets, size, complete=True)
        return Found({}, most, complete=True)

    # ---- the search ----

    def _from(self, changed: Changes, left: int, completion: _Completion | None) -> None:
        """Try every change set with these answers and at most `left` others. `completion` is the last one used."""
        if not self._is_new(("from", frozenset(changed.items()))):
            return
        here = self._neighbors.neighbor(changed)
        for moves in self._repairs(here):
            self._try(moves, changed, left, completion)
            return
        if self._upward:
            self._up(here, left, completion)
        else:
            self._down(here, left)

    def _down(self, here: NeighborSheet, left: int) -> None:
        usable = [[move for move in moves if self._may(move, here.changed)] for moves in self._to_end(here)]
        if usable:
            if self._too_many(usable, here.changed, left):
                return
            self._try(sorted(usable, key=len)[0], here.changed, left)
        elif self._rank(self._neighbors.level(here)) >= self._rank(self.level):
            # No rule is true, but with every completion one would be.
            self._try(self._all_moves((need.when for need in self._rules), here), here.changed, left)
        else:
            self._reached_other_level(here, left)

    def _to_end(self, here: NeighborSheet) -> Iterator[Sequence[Move]]:
        """For each true rule, the moves of which one must be made to make it false."""
        for test in self._none.group.holding(here.read):
            condition = test.written
            ending = functools.partial(self._ending, condition, here)
            moves = self._remembered(condition, None, here.changed, ending)
            if moves is not None:
                yield moves

    def _ending(self, condition: Condition, here: NeighborSheet) -> Sequence[Move] | None:
        # In bits, more is known of an answer behind an open gate. It does not count before the gate is known.
        if truth(condition, here.facts) is not True:
            return None
        return tuple(self._flips(here).moves(condition, True))

    def _too_many(self, usable: Iterable[list[Move]], changed: Changes, left: int) -> bool:
        """Whether rules without a common question need more changes than are left."""
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

    def _up(self, here: NeighborSheet, left: int, completion: _Completion | None) -> None:
        if any(True for _moves in self._to_end(here)):
            self._reached_other_level(here, left)
            return
        if completion is None or not self._mild(completion, here):
            completion = self._completion(here)
            if completion is None and self._rank(self._neighbors.level(here)) > self._rank(self.level):
                self._reached_other_level(here, left)
                return
            if completion is None:
                self._try(self._all_moves((need.when for need in self._rules), here), here.changed, left)
                return
        for need in self._rules:
            self._towards(need, completion, here.changed, left)

    def _completion(self, here: NeighborSheet) -> _Completion | None:
        """A completion in which no rule for more care is true; the same one each time for the same answers."""
        key = frozenset(here.changed.items())
        if key not in self._completions:
            mild = self._neighbors.completion(self._none, here)
            answers = {**self._any_answers, **(mild or {})}
            made = _Completion(len(self._completions), answers, self._neighbors.read(answers), here.changed.keys())
            self._completions[key] = None if mild is None else made
        return self._completions[key]

    def _mild(self, completion: _Completion, here: NeighborSheet) -> bool:
        """Whether no rule for more care is true in a completion."""
        answers = {**completion.answers, **here.answers}
        return not self._none.group.holds_on(
            self._neighbors.reread(completion.read, answers, {*completion.changed, *here.changed})
        )

    def _towards(self, need: Need, completion: _Completion, changed: Changes, left: int) -> None:
        """Try every change set that makes a rule true in this completion."""
        if not self._is_new((need.id, completion.number, frozenset(changed.items()))):
            return
        if left == 0 and self._cut and not any(isinstance(then, tuple) for then in changed.values()):
            # No answer is left to change, and none of the changed ones has several options.
            if truth(need.when, Facts(self._screening, {**completion.answers, **self._sheet, **changed})) is True:
                self._from(changed, left, completion)
            return
        begin = functools.partial(self._beginning, need, completion, changed)
        moves = self._remembered(need.when, completion.number, changed, begin)
        if moves is None:
            self._from(changed, left, completion)
            return
        for following, rest in self._after(moves, changed, left):
            self._towards(need, completion, following, rest)

    def _beginning(self, need: Need, completion: _Completion, changed: Changes) -> Sequence[Move] | None:
        """The moves of which one must be made to make a rule true in a completion; None if it is true."""
        known = {**self._sheet, **changed}
        facts = Facts(self._screening, {**completion.answers, **known})
        if truth(need.when, facts) is True:
            return None
        return tuple(ConditionFlips(self._screening, facts, known, total=True).moves(need.when, False))

    def _remembered(
        self,
        condition: Condition,
        completion: int | None,
        changed: Changes,
        find: Callable[[], Sequence[Move] | None],
    ) -> Sequence[Move] | None:
        """The moves of a condition, cached by the answers that it depends on."""
        names = self._names.get(id(condition))
        if names is None:
            questions = self._screening.questions
            names = frozenset(questions[index].id for index in depends_on(self._screening, condition))
            self._names[id(condition)] = names
        key = id(condition), completion, frozenset(pair for pair in changed.items() if pair[0] in names)
        if key not in self._moves:
            self._moves[key] = find()
        return self._moves[key]

    def _reached_other_level(self, here: NeighborSheet, left: int) -> None:
        """The level is another one: record the change set, unless an alarm rules it out."""
        for moves in self._against(here):
            self._try(moves, here.changed, left)
            return
        self._change_sets[frozenset(here.changed.items())] = self._neighbors.level(here)

    def _try(self, moves: Iterable[Move], changed: Changes, left: int, completion: _Completion | None = None) -> None:
        for following, rest in self._after(moves, changed, left):
            self._from(following, rest, completion)

    def _after(self, moves: Iterable[Move], changed: Changes, left: int) -> Iterator[tuple[Changes, int]]:
        """The changes after each allowed move, with the number of further questions that may be changed."""
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
        # Options of several are changed one by one, and none is changed back. An option that raises an alarm by itself
        # is left out: it would raise it together with any others, too.
        added = self._moved(name, then) & {*then}
        return not (name in self._monotone and any(self._alarming(name, (option,)) for option in added))

    def _moved(self, name: str, then: Known) -> set[str]:
        """The options in which an answer differs from the present one."""
        now = self._sheet.get(name)
        return {*(now if isinstance(now, tuple) else ())} ^ {*(then if isinstance(then, tuple) else ())}

    def _is_new(self, state: object) -> bool:
        if state in self._seen:
            return False
        self._seen.add(state)
        self._left -= 1
        if self._left < 0:
            raise _Stopped
        return True

    def _flips(self, here: NeighborSheet) -> ConditionFlips:
        return ConditionFlips(self._screening, here.facts, here.answers, total=False)

    def _all_moves(self, conditions: Iterable[Condition], here: NeighborSheet) -> Iterator[Move]:
        """Every move of every question that the conditions depend on."""
        found = sorted(frozenset().union(*(depends_on(self._screening, condition) for condition in conditions)))
        flips = self._flips(here)
        for index in found:
            yield from flips.any_moves(self._screening.questions[index])

    # ---- what rules a change set out ----

    def _repairs(self, here: NeighborSheet) -> Iterator[Iterable[Move]]:
        """Moves away from an answer of several options that cannot be given."""
        for name, then in here.changed.items():
            question = self._screening.question(name)
            if isinstance(then, tuple) and refusal(question, then):
                yield ConditionFlips(self._screening, here.facts, here.changed, total=False).repairs(question, then)

    def _against(self, here: NeighborSheet) -> Iterator[Iterable[Move]]:
        """Moves away from an alarm answer, or from alarms that would come or go."""
        for name, then in here.changed.items():
            if isinstance(then, tuple) and self._alarming(name, then):
                yield self._flips(here).any_moves(self._screening.question(name))
        for alarm in self._neighbors.alarms_on(here.changed):
            stands = truth(alarm.when, here.facts) is True
            if alarm.id in self._neighbors.active_alarms:
                if not stands:
                    yield self._moves_in(self._neighbors.without(alarm, here), alarm.when, here, held=False)
            elif stands:
                yield self._flips(here).moves(alarm.when, True)
            elif (danger := self._neighbors.danger(alarm, here)) is not None:
                part, completion = danger
                yield self._moves_in(completion, part, here, held=True)

    def _moves_in(
        self, completion: Mapping[str, Answer] | None, condition: Condition, here: NeighborSheet, *, held: bool
    ) -> Iterable[Move]:
        """Moves that flip a condition in a completion: what flips it in all completions contains one of these."""
        facts = Facts(self._screening, {**self._any_answers, **(completion or {}), **here.answers})
        if completion is not None and truth(condition, facts) is held:
            return ConditionFlips(self._screening, facts, here.answers, total=True).moves(condition, held)
        # There is no such completion, or the search for one was stopped: then every move is tried.
        return self._all_moves((condition,), here)


@functools.lru_cache(maxsize=4)
def _monotone(screening: Screening) -> frozenset[str]:
    """The questions for which choosing more options can raise alarms but never clear one: no `not` in an alarm or gate
    depends on them.
    """
    gates = [question.show_if for question in screening.questions if question.show_if is not None]
    falling: set[int] = set()
    todo: list[Condition] = [*gates, *(alarm.when for alarm in screening.alarms)]
    while todo:
        condition = todo.pop()
        if isinstance(condition, Not):
            falling |= depends_on(screening, condition.of)
        elif not isinstance(condition, (Is, InRange, Score)):
            todo.extend(condition.of)
    return frozenset(question.id for index, question in enumerate(screening.questions) if index not in falling)
