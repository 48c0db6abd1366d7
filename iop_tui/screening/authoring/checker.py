"""All checks of a screening: rules that can never be true, questions never asked, failing example people, and warnings
for its authors.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from iop_tui.screening.assessment.cases import Case, load_cases, run_case
from iop_tui.screening.authoring.lint.satisfiable import fires
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Problem, Report, Unusable
from iop_tui.screening.question_types import on_day

if TYPE_CHECKING:
    # Who only loads a screening does not need what writes a result down.
    from iop_tui.screening.authoring.lint.results import Writer


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


def check(directory: Path, today: datetime.date | None = None, writers: Sequence[Writer] = ()) -> Checked:
    """Load a screening, look for every problem, run its example people up to the result, and have `writers` write it
    down. `today` is the day by which phone lines are old, and from which days are counted; without it, the day it is.
    """
    try:
        screening = load(directory)
    except Unusable as unusable:
        return Checked(None, unusable.problems)
    report, day = Report(), today or local_today()
    screening = on_day(screening, day)
    cases = load_cases(directory, screening, report)
    _look(directory, screening, cases, day, writers, report)
    found = sorted(set(report.problems))
    errors = tuple(problem for problem in found if problem.severity == "error")
    return Checked(screening, errors, tuple(problem for problem in found if problem.severity == "warning"), cases)


_A_FEW = 12
"""So many example people are looked at for what a condition can be, before it is searched for."""


def _look(
    directory: Path,
    screening: Screening,
    cases: tuple[Case, ...],
    today: datetime.date,
    writers: Sequence[Writer],
    report: Report,
) -> None:
    # Only who checks pays for these: a screening is also loaded to be asked.
    from iop_tui.screening.authoring.evidence import load_basis
    from iop_tui.screening.authoring.lint import (
        briefs,
        case_coverage,
        danger_questions,
        phone_numbers,
        plain_language,
        practical_questions,
        sources,
        unreachable,
    )
    from iop_tui.screening.authoring.lint.results import results
    from iop_tui.screening.authoring.lint.translations import translations

    all_read = not report.problems
    made = results(cases, screening, report, writers)
    seen = [assessment for _case, assessment in made]
    fires(screening, report, seen, [Facts(screening, case.answers) for case in cases[:_A_FEW]])
    for case, assessment in made:
        report.problems.extend(run_case(case, screening, assessment))
    unreachable.options(screening, report)
    unreachable.overruled(screening, seen, report)
    if not any(problem.kind in ("never-fires", "always-fires") for problem in report.problems):
        unreachable.levels(screening, seen, report)
    unreachable.cannot_tell(screening, report)
    if all_read and len(made) == len(cases):
        # A person who could not be read, or got no result, may be the one who tests a rule.
        case_coverage.without_case(screening, seen, report)
    case_coverage.hidden_answers(cases, screening, report)
    danger_questions.without_alarm(screening, report)
    practical_questions.read_by_rules(screening, report)
    phone_numbers.roles(screening, report)
    sources.missing(screening, report)
    sources.stale(screening, today, report)
    plain_language.reading(screening, report)
    plain_language.doubtful(screening, report)
    briefs.missing(screening, report)
    translations(directory, screening, report)
    load_basis(directory, screening, report)
