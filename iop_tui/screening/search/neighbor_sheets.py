"""Sheets that differ from one answer sheet in a few answers: the conditions that are true on each, and its level.

Only conditions that depend on the changed answers are evaluated again.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from msgspec import Struct

from iop_tui.screening.engine.evaluate import Facts, depends_on, named, truth
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Alarm, Need, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.search.causes import restricted_to
from iop_tui.screening.search.completions import Completions, Goal
from iop_tui.screening.search.level_range import LevelRange
from iop_tui.screening.search.sheet_batch import Sheet


class NeighborSheet(Struct, frozen=True, eq=False):
    """A sheet with some answers changed: all its answers, as values and as bits."""

    changed: Mapping[str, Known]
    answers: Mapping[str, Known]
    facts: Facts
    read: Sheet


class NeighborSheets:
    """One sheet of known answers, and its neighbors. Each search that these need has a budget of its own."""

    def __init__(self, screening: Screening, answers: Mapping[str, Known]) -> None:
        self._screening = screening
        self._answers = answers
        # Two of them: one for sheets as they are, and one for the answers that count for a level.
        self._possible, self._leveled = Completions(screening), Completions(screening)
        self._levels = LevelRange(self._leveled, screening.needs)
        self._behind = _behind(screening)
        self._touching = _alarms_by_question(screening)
        self._named = {alarm.id: frozenset(named(alarm.when)) for alarm in screening.alarms}
        self._parts: dict[tuple[str, frozenset[str]], Condition | None] = {}
        self._read = self._possible.sheet(answers)
        facts = Facts(screening, answers)
        self._live = facts.live()
        self._read_live = self._leveled.sheet(self._live)
        self.active_alarms = frozenset(alarm.id for alarm in screening.alarms if truth(alarm.when, facts) is True)
        """The ids of the alarms that are active on the original sheet."""

    def neighbor(self, changed: Mapping[str, Known]) -> NeighborSheet:
        """The sheet with these answers replaced."""
        answers = {**self._answers, **changed}
        read = self._possible.changed(self._read, answers, changed)
        return NeighborSheet(changed, answers, Facts(self._screening, answers), read)

    def read(self, answers: Mapping[str, Answer]) -> Sheet:
        """Answers in bits."""
        return self._possible.sheet(answers)

    def reread(self, sheet: Sheet, answers: Mapping[str, Answer], names: Iterable[str]) -> Sheet:
        """Answers in bits, where a sheet that was read has the same to all questions but these."""
        return self._possible.changed(sheet, answers, names)

    def level(self, neighbor: NeighborSheet) -> Level:
        """The level, with open questions at their mildest. Only answers to shown questions count."""
        live = dict(self._live)
        differing = []
        for name in {*neighbor.changed}.union(*(self._behind[name] for name in neighbor.changed)):
            asked = name in neighbor.answers and neighbor.facts.shown(name) is True
            if asked and live.get(name) != neighbor.answers[name]:
                live[name] = neighbor.answers[name]
                differing.append(name)
            elif not asked and name in live:
                del live[name]
                differing.append(name)
        return self._levels.least(self._leveled.renewed().changed(self._read_live, live, differing))

    def none_of(self, needs: Iterable[Need]) -> Goal:
        """The goal that none of these needs is true."""
        return self._possible.goal([need.when for need in needs], wanted=False)

    def completion(self, goal: Goal, neighbor: NeighborSheet) -> Mapping[str, Answer] | None:
        """A completion that reaches a goal."""
        found = self._possible.renewed().reached(goal, neighbor.read)
        return None if found is None else {**found.answers, **neighbor.answers}

    # ---- alarms ----

    def alarms_on(self, names: Iterable[str]) -> Iterable[Alarm]:
        """The alarms that depend on these questions, each once."""
        return {alarm.id: alarm for name in names for alarm in self._touching.get(name, ())}.values()

    def without(self, alarm: Alarm, neighbor: NeighborSheet) -> Mapping[str, Answer] | None:
        """A completion in which an alarm is not active."""
        return self.completion(self._possible.goal((alarm.when,), wanted=False), neighbor)

    def danger(self, alarm: Alarm, neighbor: NeighborSheet) -> tuple[Condition, Mapping[str, Answer]] | None:
        """The condition of an alarm restricted to the changed answers as its cause, and a completion in which it is
        true; None if there is none.
        """
        # What cannot be true at all cannot be true because of these answers.
        if not self._possible.goal((alarm.when,)).group.may_hold(neighbor.read):
            return None
        part = self._restricted(alarm, self._named[alarm.id].intersection(neighbor.changed))
        found = None if part is None else self.completion(self._possible.goal((part,)), neighbor)
        return None if part is None or found is None else (part, found)

    def is_alarm_answer(self, name: str, answer: Known) -> bool:
        """Whether this answer, with the others unchanged, makes an alarm active or possible."""
        neighbor = self.neighbor({name: answer})
        return any(self.danger(alarm, neighbor) is not None for alarm in self._touching.get(name, ()))

    def _restricted(self, alarm: Alarm, names: frozenset[str]) -> Condition | None:
        # Cached, so that the same object is searched for again: goals are known by identity.
        key = alarm.id, names
        if key not in self._parts:
            self._parts[key] = restricted_to(alarm.when, names)
        return self._parts[key]


@functools.lru_cache(maxsize=4)
def _alarms_by_question(screening: Screening) -> Mapping[str, tuple[Alarm, ...]]:
    """The alarms that depend on each question, by its id."""
    found: dict[str, list[Alarm]] = {}
    for alarm in screening.alarms:
        for index in depends_on(screening, alarm.when):
            found.setdefault(screening.questions[index].id, []).append(alarm)
    return {name: tuple(alarms) for name, alarms in found.items()}


@functools.lru_cache(maxsize=4)
def _behind(screening: Screening) -> Mapping[str, frozenset[str]]:
    """For each question, those whose gate depends on it, directly or not."""
    found: dict[str, set[str]] = {question.id: set() for question in screening.questions}
    for question in screening.questions:
        for index in depends_on(screening, question.show_if) if question.show_if is not None else ():
            found[screening.questions[index].id].add(question.id)
    return {name: frozenset(behind) for name, behind in found.items()}
