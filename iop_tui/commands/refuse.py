"""How bad input is told: on standard error, a line for each problem, and exit status 2."""

from __future__ import annotations

import sys

from iop_tui.commands import BAD_INPUT
from iop_tui.screening.problems import Unusable


def refuse(sentence: str) -> int:
    """Say what is wrong in one line."""
    print(f"iop-tui: {sentence}", file=sys.stderr)
    return BAD_INPUT


def refuse_all(unusable: Unusable) -> int:
    """Name every problem of files that cannot be used."""
    for problem in unusable.problems:
        print(problem, file=sys.stderr)
    return BAD_INPUT
