"""The server behind `forkserver`: it has imported what a program needs, and forks a process for each one that is asked
for. Run as a script, with its socket and the modules to import.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iop_tui.screening.model.definition import Screening

_SIGNALS = ("HUP", "INT", "QUIT", "TERM", "TSTP")


def serve(line: socket.socket) -> Sequence[str]:
    """Fork for each request until nobody asks any more. Returns in each new process, with the words that start it."""
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    while True:
        ready, _write, _error = select.select([line.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_who_ended(line)
        if line.fileno() not in ready:
            continue
        said, streams, _flags, _from = socket.recv_fds(line, 1 << 16, 3)
        if not said:
            os._exit(0)
        wanted = json.loads(said)
        child = os.fork()
        if child == 0:
            signal.set_wakeup_fd(-1)
            for end in (woken, wake):
                os.close(end)
            line.close()
            return _become(wanted, streams)
        for stream in streams:
            os.close(stream)
        line.send(json.dumps({"began": child}).encode())


def _tell_who_ended(line: socket.socket) -> None:
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not child:
            return
        line.send(json.dumps({"ended": child, "status": os.waitstatus_to_exitcode(status)}).encode())


def _become(wanted: Any, streams: list[int]) -> Sequence[str]:
    """Take on all that a new process has from whoever starts it."""
    os.setsid()
    # The leader of a session gets the terminal that it opens first as its own.
    os.close(os.open(wanted["tty"], os.O_RDWR))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    for stream in streams:
        os.close(stream)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for name in _SIGNALS:
        usual = signal.default_int_handler if name == "INT" else signal.SIG_DFL
        signal.signal(getattr(signal, f"SIG{name}"), signal.SIG_IGN if name == wanted["ignored"] else usual)
    os.environ.clear()
    os.environ.update(wanted["env"])
    tempfile.tempdir = None
    os.chdir(wanted["cwd"])
    words: Sequence[str] = wanted["words"]
    return words


def load(name: str) -> None:
    """Import a module; of a package, all that is in it."""
    module = importlib.import_module(name)
    for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
        importlib.import_module(inner.name)


def parse_css() -> None:
    """Parse the style sheets of the pages that are imported, in the colours that a program begins with."""
    from iop_tui.tui.app import Wizard
    from tests.parsed_css import parse_all

    parse_all(Wizard(None, load_nothing))


def load_nothing() -> Screening:
    """No app runs in the server."""
    raise NotImplementedError


def run(words: Sequence[str]) -> None:
    """Do what `python WORDS` does, for a script or a module."""
    if words[0] == "-m":
        sys.argv[:] = words[1:]
        sys.path.insert(0, str(Path.cwd()))
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv[:] = words
        sys.path.insert(0, str(Path(words[0]).parent))
        runpy.run_path(words[0], run_name="__main__")


if __name__ == "__main__":
    # The folder of this file; each process has that of its own script instead.
    del sys.path[0]
    for name in sys.argv[2:]:
        load(name)
    parse_css()
    # What is imported stays: no collector need look at it, in no process.
    gc.collect()
    gc.freeze()
    run(serve(socket.socket(fileno=int(sys.argv[1]))))
