"""The cases, their sheets, and what the program says of each sheet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from iop_tui.screening.assessment.answer_file import load_answers
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.model.definition import Screening

HERE = Path(__file__).parent


class PublishedCase(Struct, frozen=True, forbid_unknown_fields=True):
    """One published case. `levels` agree with what was decided; `alarm` is "now", "none" or "" where neither counts."""

    id: str
    set: str
    source: str
    decided_by: str
    levels: tuple[str, ...]
    facts: tuple[Mapping[str, str], ...]
    address: str = ""
    confidence: str = ""
    alarm: str = ""
    note: str = ""


class Outcome(Struct, frozen=True):
    """What the program says of one sheet: the level, None where an alarm stopped the questions, and its whole range."""

    case: PublishedCase
    level: str | None
    could_be: tuple[str, ...]
    alarms: tuple[str, ...]
    rules: tuple[str, ...]
    """The needs that decided the level."""

    @property
    def stopped(self) -> bool:
        """Whether an alarm stopped the questions."""
        return self.level is None


def published_cases(path: Path = HERE / "cases.yaml") -> tuple[PublishedCase, ...]:
    """The cases of a file. Raises msgspec.ValidationError where a key is unknown or missing."""
    return tuple(msgspec.yaml.decode(path.read_bytes(), type=dict[str, tuple[PublishedCase, ...]])["cases"])


def raters() -> tuple[str, ...]:
    """The names of the raters whose sheets there are, in the order of the alphabet."""
    return tuple(sorted(folder.name for folder in (HERE / "sheets").iterdir() if folder.is_dir()))


def outcome(screening: Screening, case: PublishedCase, rater: str) -> Outcome | None:
    """What the program says of a rater's sheet for a case; None where the rater wrote none. Raises Unusable for a sheet
    that does not fit the screening.
    """
    sheet = HERE / "sheets" / rater / f"{case.id}.yaml"
    if not sheet.exists():
        return None
    result = assess(screening, load_answers(sheet, screening), in_full=False)
    deciding = [r.need.id for r in result.reasons if r.need.at_least and r.need.at_least == result.level]
    return Outcome(
        case=case,
        level=result.level,
        could_be=result.could_be,
        alarms=tuple(raised.alarm.id for raised in result.alarms),
        rules=tuple(deciding),
    )
