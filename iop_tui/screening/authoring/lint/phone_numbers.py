"""Phone lines that the program's own sentences need, and inconsistent numbers."""

from __future__ import annotations

from iop_tui.screening.assessment.call_sentences import line_of
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report


def roles(screening: Screening, report: Report) -> None:
    """Report a missing emergency line, a line for staff without a number, and a number that a line's text does not
    contain.
    """
    if line_of(screening, "emergency") is None:
        message = "help.yaml: no line has 'role: emergency'; give it to the line that sends an ambulance"
        report.add(screening.help.where, message, "no-emergency")
    for line in screening.help.lines:
        about = f"line {line.id!r}"
        if line.role in ("emergency", "crisis") and line.number is None:
            report.warn(line.where, f"{about}: 'number' is missing; staff need it in an emergency", "no-number")
        if line.number is not None and line.number not in line.reach:
            message = f"{about}: 'number' is {line.number!r}, and 'reach' says {line.reach!r}; correct one of them"
            report.warn(line.where, message, "other-number")
