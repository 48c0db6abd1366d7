"""`iop-tui check`: every problem of a screening, and its example people."""

from __future__ import annotations

from pathlib import Path

import click

from iop_tui.commands import DONE, FAILED
from iop_tui.screening.check import check
from iop_tui.screening.load import shipped


def run(directory: Path | None) -> int:
    """Print every problem, a line each, and a closing line with counts; the exit status."""
    found = check(directory or shipped())
    for problem in found.problems:
        click.echo(str(problem))
    problems = _counted(len(found.problems), "problem")
    screening = found.screening
    if screening is None:
        click.echo(f"{problems}; the screening could not be loaded, and no case was run")
    else:
        counts = {
            "question": len(screening.questions),
            "alarm": len(screening.alarms),
            "need": len(screening.needs),
            "fit": len(screening.fits),
            "case": found.cases,
        }
        click.echo(f"{problems}; {', '.join(_counted(count, noun) for noun, count in counts.items())}")
    return FAILED if found.problems else DONE


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
