"""`iop-tui basis`: print the evidence of a screening as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.cli_support.refusals import refuse_all
from iop_tui.commands.evidence_page import basis_page
from iop_tui.review.attach import with_reviews
from iop_tui.screening.authoring.evidence import load_basis
from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Report, Unusable
from iop_tui.screening.shipped import shipped


def run(directory: Path | None) -> int:
    """Print the page; the exit status."""
    place, report = directory or shipped(), Report()
    try:
        screening = with_reviews(load(place))
        basis = load_basis(place, screening, report)
        report.close()
    except Unusable as unusable:
        return refuse_all(unusable)
    click.echo(basis_page(screening, basis), nl=False)
    return DONE
