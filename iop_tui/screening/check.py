"""What is wrong with a screening: rules that can never fire, questions never asked, example people who get another
result, and what its authors would wish to be told.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from msgspec import Struct

from iop_tui.screening.cases import Case, load_cases, run_case
from iop_tui.screening.conditions import Facts
from iop_tui.screening.lint.fires import fires
from iop_tui.screening.load import load
from iop_tui.screening.model import Screening
from iop_tui.screening.problems import Problem, Report, Unusable


class Checked(Struct, frozen=True):
    """What a check found. `screening` is None where it could not be loaded; then no case ran."""

    screening: Screening | None
    problems: tuple[Problem, ...]
    """Errors: what makes a result wrong or unreachable."""
    warnings: tuple[Problem, ...] = ()
    """Matters of words, age and proof."""
    people: tuple[Case, ...] = ()
    """The example people."""

    @property
    def cases(self) -> int:
        """How many example people there are."""
        return len(self.people)


def load_sound(directory: Path) -> Screening:
    """The screening in a directory, every rule of which can fire. Raises Unusable with every problem found."""
    screening = load(directory)
    report = Report()
    fires(screening, report)
    report.close()
    return screening


def check(directory: Path, today: datetime.date | None = None) -> Checked:
    """Load a screening, look for every problem, run its example people. `today` is the day by which phone lines are
    old; without it, the day it is.
    """
    try:
        screening = load(directory)
    except Unusable as unusable:
        return Checked(None, unusable.problems)
    report = Report()
    cases = load_cases(directory, screening, report)
    _look(directory, screening, cases, today or _today(), report)
    found = sorted(set(report.problems))
    errors = tuple(problem for problem in found if problem.severity == "error")
    return Checked(screening, errors, tuple(problem for problem in found if problem.severity == "warning"), cases)


_A_FEW = 12
"""So many example people are looked at for what a condition can be, before it is searched for."""


def _today() -> datetime.date:
    """The day that it is here: to whoever wrote "checked today" in the evening, no other one counts."""
    return datetime.datetime.now(tz=datetime.UTC).astimezone().date()


def _look(directory: Path, screening: Screening, cases: tuple[Case, ...], today: datetime.date, report: Report) -> None:
    # Only who checks pays for these: a screening is also loaded to be asked.
    from iop_tui.screening.assess import assess
    from iop_tui.screening.basis import load_basis
    from iop_tui.screening.lint import people, reach, sources, telling
    from iop_tui.screening.lint.translations import translations

    all_read = not report.problems
    results = [assess(screening, case.answers, in_full=False) for case in cases]
    fires(screening, report, results, [Facts(screening, case.answers) for case in cases[:_A_FEW]])
    for case, got in zip(cases, results, strict=True):
        report.problems.extend(run_case(case, screening, got))
    reach.options(screening, report)
    reach.overruled(screening, results, report)
    if not any(problem.kind in ("never-fires", "always-fires") for problem in report.problems):
        reach.levels(screening, results, report)
    if all_read:
        # Somebody who could not be read may well be the one who shows a rule.
        people.without_case(screening, results, report)
    people.hidden_answers(cases, screening, report)
    sources.missing(screening, report)
    sources.stale(screening, today, report)
    telling.reading(screening, report)
    telling.doubtful(screening, report)
    translations(directory, screening, report)
    load_basis(directory, screening, report)
