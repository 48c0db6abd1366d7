"""A print service of our own: CUPS on loopback, in a temporary directory, with queues that print into files."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TEXT_ONLY = "drv:///cupsfilters.drv/textonly.ppd"
"""The driver "Generic Text-Only Printer" of cups-filters."""
_PARTS = (Path("/usr/lib/cups/daemon/cups-driverd"), Path("/usr/lib/cups/filter/texttotext"))
"""What makes a driver of a list, and the filter that this one names."""
_FILES = """
FileDevice Yes
ServerRoot {room}/root
CacheDir {room}/cache
StateDir {room}/state
RequestRoot {room}/spool
TempDir {room}/spool/tmp
AccessLog {room}/access
ErrorLog {room}/error
PageLog {room}/page
"""
_SETTINGS = """
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Allow all
</Limit>
</Policy>
"""


class NoServerError(Exception):
    """There is no CUPS to start here; the message says why."""


class Cups:
    """A print service that runs, at `address`, as CUPS_SERVER names it."""

    def __init__(self, room: Path) -> None:
        self._room = room
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        self.address = f"127.0.0.1:{port}"
        self.environment = {**os.environ, "CUPS_SERVER": self.address, "HOME": str(room), "LC_ALL": "C"}
        for name in ("root", "cache", "state", "spool/tmp"):
            (room / name).mkdir(parents=True)
        (room / "files.conf").write_text(_FILES.format(room=room))
        (room / "cupsd.conf").write_text(_SETTINGS.format(port=port))
        line = [_program("cupsd"), "-f", "-c", str(room / "cupsd.conf"), "-s", str(room / "files.conf")]
        with (room / "said").open("wb") as said:
            self._process = subprocess.Popen(line, stdout=said, stderr=said, start_new_session=True)
        try:
            self._until(lambda: "is running" in self.asked("lpstat", "-r"), "it did not start")
        except NoServerError:
            self.stop()
            raise

    def queue(self, name: str, *options: str) -> Path:
        """Set up a queue for a text-only printer; the file that it prints into."""
        paper = self._room / f"paper-{name}"
        told = self.asked("lpadmin", "-p", name, "-E", "-v", f"file://{paper}", "-m", TEXT_ONLY)
        for option in options:
            self.asked("lpadmin", "-p", name, "-o", option)
        assert "accepting requests" in self.asked("lpstat", "-a", name), told
        return paper

    def printed(self, paper: Path) -> bytes:
        """What came out for the last page, once no queue has work."""
        self._until(lambda: not self.asked("lpstat", "-W", "not-completed", "-o"), "it does not end its work")
        return paper.read_bytes()

    def asked(self, *command: str) -> str:
        """What a program of CUPS answers, on either of its streams."""
        line = [_program(command[0]), *command[1:]]
        done = subprocess.run(
            line, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=30
        )
        return done.stdout.decode(errors="replace")

    def stop(self) -> None:
        """End it, with the filters that it started."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _until(self, done: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + 30
        while not done():
            if self._process.poll() is not None or time.monotonic() > end:
                raise NoServerError(f"{otherwise}: {(self._room / 'said').read_text(errors='replace')[-300:]}")
            time.sleep(0.05)


@contextlib.contextmanager
def running() -> Iterator[Cups]:
    """A service that runs. Raises NoServerError."""
    for program in ("cupsd", "lp", "lpadmin", "lpoptions", "lpstat"):
        _program(program)
    for part in _PARTS:
        if not part.exists():
            raise NoServerError(f"{part} is not there (Debian: apt install cups)")
    with tempfile.TemporaryDirectory(prefix="iop-cups-", ignore_cleanup_errors=True) as room:
        # Filters run as another user, where the service runs as root.
        Path(room).chmod(0o755)
        cups = Cups(Path(room))
        try:
            yield cups
        finally:
            cups.stop()


def _program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
    if found is None:
        raise NoServerError(f"{name} is not installed (Debian: apt install cups)")
    return found
