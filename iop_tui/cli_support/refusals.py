"""How bad input is told: on standard error, a line for each problem, and exit status 2."""

from __future__ import annotations

from pathlib import Path

from iop_tui.cli_support.exit_status import BAD_INPUT, CANNOT_WRITE
from iop_tui.platform import output
from iop_tui.screening.problems import Unusable


def refuse(sentence: str) -> int:
    """Say what is wrong in one line."""
    output.tell([f"iop-tui: {sentence}"])
    return BAD_INPUT


def refuse_all(unusable: Unusable) -> int:
    """Name every problem of files that cannot be used."""
    output.tell(map(str, unusable.problems))
    return BAD_INPUT


def cannot_write(failure: OSError) -> int:
    """Say in one line that the output cannot be written; the exit status."""
    named = f" ({failure.filename})" if failure.filename else ""
    output.tell([f"iop-tui: the output cannot be written: {failure.strerror or failure}{named}"])
    return CANNOT_WRITE


def refuse_without_terminal(missing: str, questions: Path | None) -> int:
    """Say why a page cannot be shown; in a web browser, where this was started to be shown in one. The exit status."""
    from iop_tui.cli_support.web_refusal import is_served, why_not

    return refuse(why_not(questions) if is_served() else missing)
