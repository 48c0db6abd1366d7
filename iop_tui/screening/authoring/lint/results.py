"""The complete results of the example people: the assessment, and what a person would take away.

An exception on the way would also be raised for a person with these answers. It is reported as a problem of the example
person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Report

Writer = Callable[[Assessment, Mapping[str, Answer]], object]
"""Writes the result of these answers in one of the forms in which a person takes it away."""


def results(
    cases: Iterable[Case], screening: Screening, report: Report, writers: Sequence[Writer]
) -> list[tuple[Case, Assessment]]:
    """The example people with their assessments. People without one are left out, and each exception is reported."""
    made: list[tuple[Case, Assessment]] = []
    for case in cases:
        what = "assessment"
        try:
            assessment = assess(screening, case.answers)
            made.append((case, assessment))
            what = "text to take away"
            for write in writers:
                write(assessment, case.answers)
        except Exception as failure:
            _note(case, what, failure, report)
    return made


def _note(case: Case, what: str, failure: Exception, report: Report) -> None:
    why = " ".join(f"{type(failure).__name__}: {failure}".split())
    report.add(
        case.where,
        f"case {case.id!r}: the program fails to make the {what} ({why}); this is a fault of the program: report it "
        "with this example person, and let nobody answer these questions before it is mended",
        "no-result",
    )
