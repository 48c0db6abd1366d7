"""How bad input is told: on standard error, a line for each problem, and exit status 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from iop_tui.commands import BAD_INPUT, CANNOT_WRITE
from iop_tui.screening.problems import Unusable


def refuse(sentence: str) -> int:
    """Say what is wrong in one line."""
    _tell([f"iop-tui: {sentence}"])
    return BAD_INPUT


def refuse_all(unusable: Unusable) -> int:
    """Name every problem of files that cannot be used."""
    _tell(map(str, unusable.problems))
    return BAD_INPUT


def cannot_write(failure: OSError) -> int:
    """Say in one line that the output cannot be written; the exit status."""
    named = f" ({failure.filename})" if failure.filename else ""
    _tell([f"iop-tui: the output cannot be written: {failure.strerror or failure}{named}"])
    return CANNOT_WRITE


def let_go(stream: TextIO | None) -> None:
    """Send to nowhere what a stream still holds: Python would try to write it once more while it ends, and complain."""
    if stream is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _tell(lines: Iterable[str]) -> None:
    """Write lines to standard error. Where it is closed or full nobody can be told: the exit status says enough."""
    stream: TextIO | None = sys.stderr
    if stream is None:  # print() would write to standard output instead
        return
    try:
        for line in lines:
            print(line, file=stream)
    except OSError:
        let_go(stream)
