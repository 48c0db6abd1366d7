"""Processes that need not import anything: forked from one that has imported it already.

Starting Python and importing Textual costs half a second of two cores' time, and is the same each time. Tests of what
happens at the start itself (variables of the environment, keys that come too early) start a new Python.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_PATIENCE = 30.0
_FORKED = Path(__file__).with_name("forked.py")
_TEXTUAL = ("textual.app", "textual.pilot", "textual.drivers.linux_driver", "textual.layouts.factory")
_CORE = ("iop_tui.cli", "iop_tui.commands", "iop_tui.screening", "iop_tui.site", "iop_tui.takeaway", "iop_tui.tui")
PAGES = (*_TEXTUAL, *_CORE, "iop_tui.kiosk")
"""What a wizard and a kiosk import, at their start or when a page needs it; of packages, all that is in them."""
DESK = (*PAGES, "iop_tui.call", "iop_tui.counselor", "iop_tui.records", "sqlalchemy.dialects.sqlite.pysqlite")
"""What a counselor's screen imports."""


class ForkServer:
    """A process that has imported some modules, and forks. To be closed."""

    def __init__(self, modules: Sequence[str], env: Mapping[str, str]) -> None:
        self._line, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.ended: dict[int, int] = {}
        """Exit status by process, of those that ended."""
        # Python looks once, when it starts, whether its streams are a terminal.
        master, slave = os.openpty()
        self._process = subprocess.Popen(
            [sys.executable, str(_FORKED), str(its.fileno()), *modules],
            stdin=slave,
            stdout=slave,
            env={**env},
            pass_fds=[its.fileno()],
            stderr=slave,
            start_new_session=True,
        )
        self._terminal = master
        its.close()
        os.close(slave)

    def start(
        self, words: Sequence[str], *, tty: str, cwd: Path, env: Mapping[str, str], streams: Sequence[int], ignored: str
    ) -> Forked:
        """A process that does what `python WORDS` does, as the leader of a session on that terminal."""
        wanted = {"words": list(words), "tty": tty, "cwd": str(cwd), "env": dict(env), "ignored": ignored}
        socket.send_fds(self._line, [json.dumps(wanted).encode()], list(streams))
        while True:
            said = self._heard(_PATIENCE)
            if said is None:
                raise TimeoutError(f"no process was forked; the server said: {os.read(self._terminal, 1 << 16)!r}")
            if "began" in said:
                return Forked(self, said["began"])

    def listen(self, timeout: float) -> None:
        """Hear who ended meanwhile."""
        while self._heard(timeout) is not None:
            timeout = 0

    def close(self) -> None:
        """End the server; what it forked stays."""
        self._line.close()
        try:
            self._process.wait(_PATIENCE)
        finally:
            self._process.kill()
            os.close(self._terminal)

    def _heard(self, timeout: float) -> Any:
        if not select.select([self._line], [], [], timeout)[0]:
            return None
        said = self._line.recv(4096)
        if not said:
            raise ChildProcessError(f"the fork server is gone; it said: {os.read(self._terminal, 1 << 16)!r}")
        told = json.loads(said)
        if "ended" in told:
            self.ended[told["ended"]] = told["status"]
        return told


class Forked:
    """A process of a fork server, with those methods of a Popen that tests need."""

    def __init__(self, server: ForkServer, pid: int) -> None:
        self._server, self.pid = server, pid

    @property
    def returncode(self) -> int | None:
        """The exit status, or minus the signal; None while it runs."""
        return self._server.ended.get(self.pid)

    def poll(self) -> int | None:
        """The same, looked at anew."""
        if self.returncode is None:
            self._server.listen(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end. Raises TimeoutExpired."""
        patience = _PATIENCE if timeout is None else timeout
        end = time.monotonic() + patience
        while (status := self.poll()) is None:
            left = end - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired("a forked process", patience)
            self._server.listen(left)
        return status

    def kill(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
