"""Report bad input on standard error, one line for each problem, with exit status 2."""

from __future__ import annotations

from pathlib import Path

from iop_tui.cli_support.exit_status import BAD_INPUT, CANNOT_WRITE
from iop_tui.platform import output
from iop_tui.screening.problems import Unusable


def refuse(sentence: str) -> int:
    """Print one problem as one line; the exit status."""
    # A line end can only come from the name of a file: it must not begin a line of its own.
    output.tell([f"iop-tui: {sentence}".replace("\n", "\N{REPLACEMENT CHARACTER}")])
    return BAD_INPUT


def refuse_all(unusable: Unusable) -> int:
    """Print every problem of unusable files; the exit status."""
    output.tell(map(str, unusable.problems))
    return BAD_INPUT


def cannot_write(failure: OSError) -> int:
    """Print that the output cannot be written; the exit status."""
    named = f" ({failure.filename})" if failure.filename else ""
    output.tell([f"iop-tui: the output cannot be written: {failure.strerror or failure}{named}"])
    return CANNOT_WRITE


def refuse_without_terminal(missing: str, questions: Path | None) -> int:
    """Print why no page can be shown; in the browser, if one is to show it. The exit status."""
    from iop_tui.cli_support.web_refusal import is_served, why_not

    return refuse(why_not(questions) if is_served() else missing)
