"""Output to the standard streams, which may be closed, full or without a reader. Uses only the standard library."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def tell(lines: Iterable[str]) -> None:
    """Write lines to standard error. If it is closed or full they are dropped: the exit status remains."""
    stream: TextIO | None = sys.stderr
    if stream is None:  # print() would write to standard output instead
        return
    try:
        for line in lines:
            # The name of a file may hold what a terminal obeys.
            print(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", line), file=stream)
    except OSError:
        let_go(stream)


def let_go(stream: TextIO | None) -> None:
    """Discard what a stream has buffered: Python would try to write it again at exit, and print an error."""
    if stream is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
