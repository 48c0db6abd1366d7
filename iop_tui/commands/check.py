"""`iop-tui check`: every problem of a screening, and its example people."""

from __future__ import annotations

from pathlib import Path

import click

from iop_tui.cli import DONE, FAILED
from iop_tui.screening.check import check
from iop_tui.screening.load import shipped


def run(directory: Path | None) -> int:
    """Print every problem, a line each, and a closing line with counts; the exit status."""
    found = check(directory or shipped())
    for problem in found.problems:
        click.echo(str(problem))
    problems = f"{len(found.problems)} problem{'' if len(found.problems) == 1 else 's'}"
    screening = found.screening
    if screening is None:
        click.echo(f"{problems}; the screening could not be loaded, and no case was run")
    else:
        rules = f"{len(screening.alarms)} alarms, {len(screening.needs)} needs, {len(screening.fits)} fits"
        click.echo(f"{problems}; {len(screening.questions)} questions, {rules}, {found.cases} cases")
    return FAILED if found.problems else DONE
