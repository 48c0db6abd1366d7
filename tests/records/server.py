"""A PostgreSQL server of our own: started on loopback from the distribution's packages, and gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.records.room import in_memory

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin")


class NoServerError(Exception):
    """There is no PostgreSQL to start here; the message says why."""


def programs() -> Path:
    """The directory of `initdb` and `postgres`, of the newest version that is installed. Raises NoServerError."""
    found = [path for place in _PLACES for path in Path("/").glob(f"{place[1:]}/initdb")]
    named = shutil.which("initdb")
    if not found and named is None:
        raise NoServerError("PostgreSQL is not installed (Debian: apt install postgresql)")
    return (max(found, key=lambda path: path.parts[-3:]) if found else Path(str(named))).parent


class Server:
    """A server in a temporary directory. It refuses to run as root, so root runs it as somebody else."""

    def __init__(self, room: Path) -> None:
        self._bin, self._data, self._log = programs(), room / "data", room / "log"
        self._as = _somebody_else()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        if self._as:
            shutil.chown(room, self._as[-1])
        self._run([str(self._bin / "initdb"), "-D", str(self._data), "-U", "clinic", "-A", "trust", "-E", "UTF8"])
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres") -> str:
        """The address of a database of this server."""
        return f"postgresql+psycopg://clinic@127.0.0.1:{self.port}/{database}"

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"records_{time.monotonic_ns()}"
        self.psql(f"CREATE DATABASE {name}")
        return self.url(name)

    def psql(self, statement: str, database: str = "postgres") -> str:
        """What `psql` answers."""
        line = [str(self._bin / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "clinic", "-d", database]
        done = subprocess.run([*line, "-tAXqc", statement], capture_output=True, text=True, check=True, timeout=60)
        return done.stdout.strip()

    def start(self) -> None:
        """Start it, with its usual settings, and wait until it answers."""
        line = [str(self._bin / "postgres"), "-D", str(self._data), "-h", "127.0.0.1", "-p", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as, *line, "-k", str(self._data)], stdout=log, stderr=log, start_new_session=True
            )
        ready = [str(self._bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        end = time.monotonic() + 60
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > end:
                raise NoServerError(f"it did not start: {self._log.read_text(errors='replace')[-500:]}")
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """End it at once, as a failing machine would."""
        if self._process is not None:
            children = _children(self._pid)
            os.kill(self._pid, how)
            self._process.wait(60)
            self._process = None
            # After SIGKILL its children end by themselves; until then they hold on to its memory.
            end = time.monotonic() + 60
            while any(map(_runs, children)) and time.monotonic() < end:
                time.sleep(0.01)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """For a while it is there, and does not answer."""
        processes = [self._pid, *_children(self._pid)]
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)

    @property
    def _pid(self) -> int:
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def _run(self, line: Sequence[str]) -> None:
        done = subprocess.run([*self._as, *line], capture_output=True, text=True, check=False, timeout=120)
        if done.returncode:
            raise NoServerError(f"{Path(line[0]).name}: {done.stderr.strip()[-300:]}")


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A server that runs. Raises NoServerError."""
    with contextlib.ExitStack() as opened:
        room = opened.enter_context(in_memory("iop-pg-")) or Path(
            opened.enter_context(tempfile.TemporaryDirectory(prefix="iop-pg-", ignore_cleanup_errors=True))
        )
        room.chmod(0o755)
        server = Server(room)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _somebody_else() -> tuple[str, ...]:
    if os.geteuid():
        return ()
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            setpriv = shutil.which("setpriv")
            if setpriv is None:
                raise NoServerError("setpriv is needed to start PostgreSQL as root")
            return (setpriv, "--clear-groups", f"--regid={pwd.getpwnam(name).pw_gid}", "--reuid", name)
    raise NoServerError("there is no user to run PostgreSQL as")


def _runs(pid: int) -> bool:
    """Whether a process is there, and does not only wait for somebody to notice that it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
