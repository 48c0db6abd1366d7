"""Which example people get another result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.comparison.diff_model import PersonMove
from iop_tui.screening.comparison.joint import Joint, Sheet
from iop_tui.screening.comparison.level_order import LevelOrder
from iop_tui.screening.comparison.meaning import Meanings


class ExamplePerson(Struct, frozen=True):
    """An example person of one version or of both, with their joint sheet."""

    id: str
    of: Literal["both", "old", "new"]
    sheet: Sheet
    variant: bool


def example_people_of(joint: Joint, old: Sequence[Case], new: Sequence[Case]) -> tuple[ExamplePerson, ...]:
    """The example people of the new version, then those who are only in the old one. One with other answers there is
    somebody else.
    """
    found: dict[tuple[str, frozenset[tuple[str, object]]], ExamplePerson] = {}
    for case in new:
        sheet = joint.merged(case.answers, "new")
        found[case.id, frozenset(sheet.items())] = ExamplePerson(case.id, "new", sheet, case.variant)
    for case in old:
        sheet = joint.merged(case.answers, "old")
        key = case.id, frozenset(sheet.items())
        of: Literal["both", "old"] = "both" if key in found else "old"
        found[key] = ExamplePerson(case.id, of, sheet, case.variant)
    return tuple(found.values())


class Moved(Struct, frozen=True):
    """An example person with another result, with their joint sheet and the ranks of both levels."""

    told: PersonMove
    sheet: Sheet
    ranks: tuple[int, int]


def moved_people(people: Sequence[ExamplePerson], meanings: Meanings, order: LevelOrder) -> Iterator[Moved]:
    """Those with another result."""
    joint = meanings.joint
    for person in people:
        old, new = meanings.assessed(joint.old, person.sheet), meanings.assessed(joint.new, person.sheet)
        had, has = _compared(old), _compared(new)
        differs = tuple(part for part in had if had[part] != has[part])
        if differs:
            ranks = order.rank(old.level), order.rank(new.level)
            direction: Literal["more", "less", "same"]
            direction = "more" if ranks[1] > ranks[0] else "less" if ranks[1] < ranks[0] else "same"
            told = PersonMove(person.id, person.of, old.level, new.level, direction, differs, person.variant)
            yield Moved(told, person.sheet, ranks)


def _compared(got: Assessment) -> Mapping[str, object]:
    """The parts of a result that example people can pin down."""
    return {
        "level": got.level,
        "could_be": got.could_be,
        "cannot_tell": [rule.id for rule in got.cannot_tell],
        "alarms": sorted(raised.alarm.id for raised in got.alarms),
        "first_steps": sorted(got.first_steps),
        "possible_steps": sorted(got.possible_steps),
        "reasons": sorted(reason.need.id for reason in got.reasons),
        "fits": sorted(fitting.fit.id for fitting in got.fits),
    }
