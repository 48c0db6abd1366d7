"""The levels of care that open questions leave possible: with everything open at its mildest, and at its worst."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from iop_tui.screening.model.definition import Need
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.search.completions import Completions, Goal
from iop_tui.screening.search.sheet_batch import Group, Sheet


class LevelRange:
    """What some needs ask for. On all sheets that are asked about, no other need may hold that asks for more care."""

    def __init__(self, possible: Completions, needs: Iterable[Need]) -> None:
        self.possible = possible
        self._screening = possible.screening
        self._any = self._screening.least, self._screening.most
        self._needs = [(need.at_least, need.when) for need in needs if need.at_least is not None]
        self._goals: dict[tuple[bool, Level], Goal] = {}

    def between(self, sheet: Sheet, within: tuple[Level, Level] | None = None) -> tuple[Level, Level]:
        """The least level and the most. Where it is known that they lie `within` two levels, the search is shorter."""
        sure, most = self._read(sheet, within or self._any)
        low = self._least(sheet, sure, most)
        for level in reversed(self._screening.levels_between(low, most)):
            if level == low or self.possible.reached(self._goal(level, wanted=True), sheet) is not None:
                return low, level
        return low, low

    def least(self, sheet: Sheet) -> Level:
        """The level with everything open at its mildest."""
        return self._least(sheet, *self._read(sheet, self._any))

    def _read(self, sheet: Sheet, within: tuple[Level, Level]) -> tuple[Level, Level]:
        """The level of the needs that hold, and that of all that are not known to be out of question."""
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
        """That a need for this level holds (wanted), or none above it does (not wanted)."""
        goal = self._goals.get((wanted, level))
        if goal is None:
            rank = self._screening.ranks
            ours = [when for at, when in self._needs if (at == level if wanted else rank[at] > rank[level])]
            goal = self._goals[wanted, level] = self.possible.goal(ours, wanted=wanted)
        return goal
