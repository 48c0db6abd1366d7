"""Whether the texts of the card have a one-line form."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report

REASON = 52
"""Characters of a reason that fit in one line of the card."""
DO = 60
"""Characters of a thing to do today that fit in one line of the card."""


def missing(screening: Screening, report: Report) -> None:
    """Report reasons and things to do that are too long for one line of the card and have no `brief`."""
    for where, about, name, most in _too_long(screening):
        message = (
            f"{about}: its {name!r} has more than {most} letters, too many for the card; write it shorter in 'brief'"
        )
        report.warn(where, message, "no-brief")


def _too_long(screening: Screening) -> Iterator[tuple[SourceLocation, str, str, int]]:
    for need in screening.needs:
        if need.at_least is not None and need.brief is None and len(need.because) > REASON:
            yield need.where, f"need {need.id!r}", "because", REASON
    for step in screening.care.first_steps:
        if step.brief is None and len(step.title) > DO:
            yield step.where, f"first step {step.id!r}", "title", DO
    for page in screening.help.pages:
        if page.brief is None and len(page.title) > DO:
            yield page.where, f"page {page.id!r}", "title", DO
