"""The range of levels that open questions leave possible: with open answers at their mildest, and at their worst."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from iop_tui.screening.model.definition import Need
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.search.completions import Completions, Goal
from iop_tui.screening.search.sheet_batch import Group, Sheet


class LevelRange:
    """The levels of some needs. On all sheets queried no other need for more care may be true."""

    def __init__(self, possible: Completions, needs: Iterable[Need]) -> None:
        self.possible = possible
        self._screening = possible.screening
        self._any = self._screening.least, self._screening.most
        self._needs = [(need.at_least, need.when) for need in needs if need.at_least is not None]
        self._goals: dict[tuple[bool, Level], Goal] = {}

    def between(self, sheet: Sheet, within: tuple[Level, Level] | None = None) -> tuple[Level, Level]:
        """The least and the highest level. If they are known to be `within` two levels, the search is shorter."""
        sure, most = self._read(sheet, within or self._any)
        low = self._least(sheet, sure, most)
        for level in reversed(self._screening.levels_between(low, most)):
            if level == low or self.possible.reached(self._goal(level, wanted=True), sheet) is not None:
                return low, level
        return low, low

    def least(self, sheet: Sheet) -> Level:
        """The level with the open answers at their mildest."""
        return self._least(sheet, *self._read(sheet, self._any))

    def _read(self, sheet: Sheet, within: tuple[Level, Level]) -> tuple[Level, Level]:
        """The level of the needs that are true, and that of all that are not false."""
        ranks = self._screening.ranks
        sure = most = within[0]
        for (level, _when), holds in zip(self._needs, self._all.read(sheet), strict=True):
            if holds is not False and ranks[level] > ranks[most]:
                most = level
            if holds is True and ranks[level] > ranks[sure]:
                sure = level
        return sure, min(most, within[1], key=ranks.__getitem__)

    @functools.cached_property
    def _all(self) -> Group:
        return self.possible.goal([when for _level, when in self._needs]).group

    def _least(self, sheet: Sheet, sure: Level, most: Level) -> Level:
        for level in self._screening.levels_between(sure, most):
            if level == most or self.possible.reached(self._goal(level, wanted=False), sheet) is not None:
                return level
        return sure

    def _goal(self, level: Level, *, wanted: bool) -> Goal:
        """The goal that a need for this level is true (wanted), or none above it is (not wanted)."""
        goal = self._goals.get((wanted, level))
        if goal is None:
            rank = self._screening.ranks
            ours = [when for at, when in self._needs if (at == level if wanted else rank[at] > rank[level])]
            goal = self._goals[wanted, level] = self.possible.goal(ours, wanted=wanted)
        return goal
