"""The screening that comes with the program and its example people, loaded once in each process that runs tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pytest

from iop_tui.result.build import result_for
from iop_tui.result.model import Result
from iop_tui.screening.assessment.cases import Case, load_cases
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped

SHIPPED = load(shipped())
CASES = load_cases(shipped(), SHIPPED, Report())
LEVELS = tuple(SHIPPED.levels)
PEOPLE = [case.answers for case in CASES]
_RESULTS: dict[SourceLocation, Result] = {}


@cache
def spanish() -> Screening:
    """The same screening, told in Spanish."""
    return in_language(SHIPPED, "es")


def result_of(case: Case) -> Result:
    """The result of an example person, in English."""
    if case.where not in _RESULTS:
        _RESULTS[case.where] = result_for(SHIPPED, case.answers)
    return _RESULTS[case.where]


def each_person(check: Callable[[Case], object], people: Iterable[Case] = CASES) -> None:
    """Check every one of these people. Fails with the name of each for whom the check fails, and with what it says."""
    people = tuple(people)
    assert people, "there is nobody to check"
    failed: list[str] = []
    for case in people:
        try:
            check(case)
        except Exception as failure:  # what no check expected is told of its person, too
            said = str(failure) if isinstance(failure, AssertionError) else f"{type(failure).__name__}: {failure}"
            failed.append(f"{case.id} ({case.where.file.rpartition('/')[2]}:{case.where.line}): {said}")
    if failed:
        pytest.fail(f"{len(failed)} of {len(people)} people:\n" + "\n".join(failed), pytrace=False)
