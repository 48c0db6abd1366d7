"""What is said on the standard streams, which may be closed, full, or read by nobody. Standard library alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TextIO


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard error. Where it is closed or full nobody can be told: the exit status says enough."""
    stream: TextIO | None = sys.stderr
    if stream is None:  # print() would write to standard output instead
        return
    try:
        for line in lines:
            print(line, file=stream)
    except OSError:
        let_go(stream)


def let_go(stream: TextIO | None) -> None:
    """Send to nowhere what a stream still holds: Python would try to write it once more while it ends, and complain."""
    if stream is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
