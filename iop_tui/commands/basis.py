"""`iop-tui basis`: what a screening rests on, as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.commands.refuse import refuse_all
from iop_tui.screening.basis import load_basis
from iop_tui.screening.load import load
from iop_tui.screening.problems import Report, Unusable
from iop_tui.screening.shipped import shipped
from iop_tui.takeaway.basis import basis_page


def run(directory: Path | None) -> int:
    """Print the page; the exit status."""
    place, report = directory or shipped(), Report()
    try:
        screening = load(place)
        basis = load_basis(place, screening, report)
        report.close()
    except Unusable as unusable:
        return refuse_all(unusable)
    click.echo(basis_page(screening, basis), nl=False)
    return DONE
