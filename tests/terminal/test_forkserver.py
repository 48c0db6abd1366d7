"""A program that is forked finds what one finds that is started, and ends as one ends."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.terminal.bytes_out import words_in
from tests.terminal.conftest import PYTHON, Start

LOOKS = """
import gc, os, signal, sys, threading

print(sys.argv, sys.path[0], __name__, os.getcwd())
print(sorted(os.environ.items()))
print(os.getsid(0) == os.getpgid(0) == os.getpid(), os.ttyname(0), os.ctermid(), os.tcgetpgrp(0) == os.getpid())
print([(stream.fileno(), stream.isatty(), stream.encoding, stream.errors, stream.line_buffering) for stream in
       (sys.stdin, sys.stdout, sys.stderr)])
print([(number, signal.getsignal(number)) for number in sorted(signal.valid_signals())])
print(signal.pthread_sigmask(signal.SIG_BLOCK, []), signal.set_wakeup_fd(-1))
print(sorted(int(name) for name in os.listdir("/proc/self/fd"))[:-1])
print(threading.active_count(), gc.isenabled(), os.umask(0))
"""
ENDS = {
    "of itself": ("print('said', end='')", 0),
    "with a status": ("import sys; sys.exit(7)", 7),
    "at once": ("import os; os._exit(8)", 8),
    "by a fault": ("raise ValueError", 1),
    "by a signal": (f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})", -signal.SIGKILL),
}


def said(start: Start, script: Path, *, fresh: bool, ignored: str = "") -> tuple[int, str]:
    """How a script ended, and what it wrote."""
    terminal = start(command=[PYTHON, str(script), "--word", "a b"], size=(200, 50), fresh=fresh, ignored=ignored)
    status = terminal.ended()
    return status, words_in(terminal.sent)


@pytest.mark.parametrize("ignored", ["", "HUP", "INT"])
def test_it_finds_the_same(start: Start, tmp_path: Path, ignored: str) -> None:
    script = tmp_path / "look.py"
    script.write_text(LOOKS, encoding="utf-8")
    forked, started = (said(start, script, fresh=fresh, ignored=ignored) for fresh in (False, True))
    tty, other = (text.split("/dev/pts/")[1].split()[0] for _status, text in (forked, started))
    assert forked[0] == started[0] == 0
    assert forked[1].replace(f"/dev/pts/{tty}", "TTY") == started[1].replace(f"/dev/pts/{other}", "TTY")


@pytest.mark.parametrize(("does", "status"), ENDS.values(), ids=ENDS.keys())
def test_it_ends_the_same(start: Start, tmp_path: Path, does: str, status: int) -> None:
    script = tmp_path / "end.py"
    script.write_text(does, encoding="utf-8")
    forked, started = (said(start, script, fresh=fresh) for fresh in (False, True))
    assert forked[0] == started[0] == status
    assert forked[1].splitlines()[-1:] == started[1].splitlines()[-1:]
