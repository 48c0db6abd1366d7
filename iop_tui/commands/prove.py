"""`iop-tui check --prove`: prove properties of all answer sheets of a screening, or print counterexamples."""

from __future__ import annotations

import importlib.util
import time

import click

from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.cli_support.refusals import refuse
from iop_tui.screening.authoring.checker import Checked
from iop_tui.screening.model.definition import Screening


def missing() -> int | None:
    """Refuse if the solver is not installed; the exit status then."""
    if importlib.util.find_spec("z3") is None:
        return refuse("proving needs the package z3-solver: pip install 'iop-tui[prove]'.")
    return None


def run(found: Checked, screening: Screening, *, seconds: float, strict: bool) -> int:
    """Print broken properties as YAML with counterexamples, and a final line with counts; the exit status."""
    from iop_tui.screening.proof.page import counts, page
    from iop_tui.screening.proof.promises import prove
    from iop_tui.screening.proof.verdict import Verdict

    began = time.monotonic()
    proofs = list(prove(screening, seconds))
    failing = sorted((*found.problems, *(found.warnings if strict else ())))
    for problem in failing:
        click.echo(f"# {problem}")
    for line in page(screening, proofs):
        click.echo(line)
    click.echo(f"# {counts(proofs, time.monotonic() - began)}")
    bad = {Verdict.BROKEN, Verdict.NOT_PROVED} if strict else {Verdict.BROKEN}
    return FAILED if failing or any(proof.verdict in bad for proof in proofs) else DONE
