"""Sources of statements, and their age."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report


def missing(screening: Screening, report: Report) -> None:
    """Report statements without a source."""
    for about, where, source in _told(screening):
        if source is None:
            report.warn(where, f"{about}: 'source' is missing; say where this comes from", "no-source")


def stale(screening: Screening, today: datetime.date, report: Report) -> None:
    """Report phone lines that were checked more than a year before `today`, or after it."""
    for line in screening.help.lines:
        checked = datetime.date.fromisoformat(line.checked)
        if checked > today:
            message = f"'checked' is {line.checked}, and today is {today}; write the day on which it was read"
            report.warn(line.where, f"line {line.id!r}: {message}", "stale-line")
        elif (today - checked).days > _YEAR:
            message = f"it was last checked on {line.checked}; read its source again, and write the new day"
            report.warn(line.where, f"line {line.id!r}: {message}", "stale-line")


_YEAR = 366
"""Days after which a phone line must be checked again."""


def _told(screening: Screening) -> Iterator[tuple[str, SourceLocation, str | None]]:
    care = screening.care
    yield from ((f"fit {fit.id!r}", fit.where, fit.source) for fit in screening.fits)
    yield from ((f"row {row.id!r}", row.where, row.source) for row in care.compare)
    yield from ((f"level {level.id!r}", level.where, level.source) for level in care.levels)
    yield from ((f"first step {step.id!r}", step.where, step.source) for step in care.first_steps)
    yield from ((f"advice {advice.id!r}", advice.where, advice.source) for advice in care.advice)
    yield from ((f"term {term.id!r}", term.where, term.source) for term in screening.glossary.terms)
