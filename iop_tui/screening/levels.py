"""The levels of care that open questions leave possible: with everything open at its mildest, and at its worst."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from iop_tui.screening.kinds import Level
from iop_tui.screening.model import Need
from iop_tui.screening.possible import Goal, Possible
from iop_tui.screening.reading import Group, Sheet

ANY = (Level.OUTPATIENT, Level.INPATIENT)


class Levels:
    """What some needs ask for. On all sheets that are asked about, no other need may hold that asks for more care."""

    def __init__(self, possible: Possible, needs: Iterable[Need]) -> None:
        self.possible = possible
        self._needs = [(need.at_least, need.when) for need in needs if need.at_least is not None]
        self._goals: dict[tuple[bool, Level], Goal] = {}

    def between(self, sheet: Sheet, within: tuple[Level, Level] = ANY) -> tuple[Level, Level]:
        """The least level and the most. It is known that they lie `within` these."""
        sure, most = self._read(sheet, within)
        low = self._least(sheet, sure, most)
        for level in reversed(Level.between(low, most)):
            if level is low or self.possible.reached(self._goal(level, wanted=True), sheet) is not None:
                return low, level
        return low, low

    def least(self, sheet: Sheet) -> Level:
        """The level with everything open at its mildest."""
        return self._least(sheet, *self._read(sheet, ANY))

    def _read(self, sheet: Sheet, within: tuple[Level, Level]) -> tuple[Level, Level]:
        """The level of the needs that hold, and that of all that are not known to be out of question."""
        sure = most = within[0]
        for (level, _when), holds in zip(self._needs, self._all.read(sheet), strict=True):
            if holds is not False and level.rank > most.rank:
                most = level
            if holds is True and level.rank > sure.rank:
                sure = level
        return sure, min(most, within[1], key=_rank)

    @functools.cached_property
    def _all(self) -> Group:
        return self.possible.goal([when for _level, when in self._needs]).group

    def _least(self, sheet: Sheet, sure: Level, most: Level) -> Level:
        for level in Level.between(sure, most):
            if level is most or self.possible.reached(self._goal(level, wanted=False), sheet) is not None:
                return level
        return sure

    def _goal(self, level: Level, *, wanted: bool) -> Goal:
        """That a need for this level holds (wanted), or none above it does (not wanted)."""
        goal = self._goals.get((wanted, level))
        if goal is None:
            ours = [when for least, when in self._needs if (least is level if wanted else least.rank > level.rank)]
            goal = self._goals[wanted, level] = self.possible.goal(ours, wanted=wanted)
        return goal


def _rank(level: Level) -> int:
    return level.rank
