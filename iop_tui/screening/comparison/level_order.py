"""The levels of care of two versions in one order, to say who gets more and who gets less."""

from __future__ import annotations

from msgspec import Struct

from iop_tui.screening.comparison.joint import Side
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.proof import adapter
from iop_tui.screening.proof.encoder import World
from iop_tui.screening.proof.formula import FALSE, TRUE, Formula


class Reached(Struct, frozen=True):
    """Sheets on which everything is answered, and that get a level or more: by a need or a stop; by a need, whatever
    alarms are active; and possibly by a need, which is the same where this version can read every answer.
    """

    sure: Formula
    needed: Formula
    may_need: Formula


class LevelOrder:
    """All levels, least first, in the order of the new version; one that only the old version has stands behind the one
    that it stood behind there. A stop for an alarm ranks above all of them.
    """

    def __init__(self, old: Screening, new: Screening) -> None:
        levels = list(new.levels)
        before = 0
        for level in old.levels:
            if level in levels:
                before = levels.index(level) + 1
            else:
                levels.insert(before, level)
                before += 1
        self.levels = tuple(levels)
        self.ranks = {level: rank for rank, level in enumerate(levels)}
        self.stop = len(levels)

    def rank(self, level: Level | None) -> int:
        """The rank of a level; None is a stop."""
        return self.stop if level is None else self.ranks[level]

    def reached(self, side: Side, rank: int, world: World | None = None) -> Reached:
        """That a sheet on which everything is answered gets this level or more; of a world, without one `complete`."""
        make, world = side.encoder.formulas, world or side.complete
        stops = [world.holds(alarm.when) for alarm in side.screening.alarms if adapter.stops(alarm)]
        asking = [need for need in side.screening.needs if need.at_least and self.ranks[need.at_least] >= rank]
        needs = [world.holds(need.when) for need in asking]
        least = TRUE if rank <= self.ranks[side.screening.least] else FALSE
        needed = make.any([least, *(sure for sure, _ in needs)])
        return Reached(
            sure=make.either(needed, *(sure for sure, _ in stops)),
            needed=needed,
            may_need=make.any([least, *(may for _, may in needs)]) if side.unread else needed,
        )
