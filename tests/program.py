"""The program, run with arguments: in this process, or in one of its own."""

from __future__ import annotations

import gc
import io
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from iop_tui.__main__ import main


class Done(NamedTuple):
    """How a run ended, with the names of `subprocess.CompletedProcess`."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path) -> Done:
    """Run a command in this process, with streams that are no terminal.

    It begins where the installed program does, and costs none of the third of a second that a process takes to start.
    What the system sees needs `started`: signals, closed streams, encodings, limits.
    """
    out, err = io.BytesIO(), io.BytesIO()
    stdout, stderr = (io.TextIOWrapper(raw, encoding="utf-8", write_through=True) for raw in (out, err))
    collecting = gc.isenabled()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["iop-tui", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", stderr)
        with pytest.raises(SystemExit) as left:
            main()
    if collecting:
        gc.enable()
    status = left.value.code
    assert isinstance(status, int), status
    return Done(status, out.getvalue().decode(), err.getvalue().decode())


def started(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command as a shell does, in a process of its own."""
    command = [sys.executable, "-m", "iop_tui", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=text, check=False, timeout=60)
