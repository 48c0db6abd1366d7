"""The machine under check: its files, environment, programs and terminal."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

_PATIENCE = 5.0
"""The timeout for other programs, in seconds."""


class Answer(Struct, frozen=True):
    """The output of a program, on both streams, and its exit status."""

    status: int
    text: str


class Terminal(Struct, frozen=True):
    """The terminal of the kiosk: its device, an open descriptor, and its permissions."""

    device: str
    number: int
    mode: int
    owner: int
    columns: int
    rows: int


def asked(command: Sequence[str], environment: Mapping[str, str]) -> Answer | None:
    """Run a program; None if it cannot be started or does not end in five seconds."""
    try:
        done = subprocess.run(  # noqa: S603  # fixed programs that say how the machine is set up, without a shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**environment, "LC_ALL": "C"},
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    return Answer(done.returncode, done.stdout.decode("utf-8", "replace"))


class Machine(Struct, frozen=True):
    """The machine as the checks see it. `user` and `groups` are those that the kiosk runs as; `root` is where the files
    of the system begin.
    """

    environment: Mapping[str, str]
    user: int
    groups: frozenset[int]
    root: Path = Path("/")
    control: Callable[[int, int, Any], Any] = fcntl.ioctl
    ask: Callable[[Sequence[str], Mapping[str, str]], Answer | None] = asked

    def text(self, path: str) -> str | None:
        """A small file of the system, as "proc/swaps"; None if it is not there or may not be read."""
        try:
            return (self.root / path).read_text("utf-8", "replace")
        except OSError:
            return None

    def answer(self, *command: str) -> Answer | None:
        """Run a program; None also if it is not installed."""
        found = self.program(command[0])
        return self.ask((found, *command[1:]), self.environment) if found else None

    def program(self, name: str) -> str | None:
        """The path of a command that can be started."""
        return shutil.which(name, path=self.environment.get("PATH", os.defpath))


def this_machine() -> Machine:
    """The machine that the program runs on."""
    return Machine(dict(os.environ), os.geteuid(), frozenset((os.getegid(), *os.getgroups())))


@contextlib.contextmanager
def terminal_of(machine: Machine) -> Iterator[Terminal | None]:
    """The terminal of the standard streams, or else the one that the process was started from; None without any."""
    number = next((stream for stream in (0, 2, 1) if _is_terminal(stream)), None)
    if number is not None:
        yield _described(number, os.ttyname(number))
        return
    try:
        number = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        yield None
        return
    try:
        yield _described(number, controlling(machine.text("proc/self/stat") or ""))
    finally:
        os.close(number)


def controlling(stat: str) -> str:
    """The device of the controlling terminal, from /proc/self/stat: /dev/tty has a mode and an owner of its own, which
    say nothing.
    """
    rest = stat.rpartition(")")[2].split()
    if len(rest) < 5:
        return "/dev/tty"
    device = int(rest[4])
    major, minor = os.major(device), os.minor(device)
    # The numbers are Linux's (Documentation/admin-guide/devices.txt).
    if 136 <= major <= 143:
        return f"/dev/pts/{minor + 256 * (major - 136)}"
    if major == 4:
        return f"/dev/tty{minor}" if minor < 64 else f"/dev/ttyS{minor - 64}"
    return "/dev/tty"


def _is_terminal(stream: int) -> bool:
    try:
        os.ttyname(stream)
    except OSError:
        return False
    return True


def _described(number: int, device: str) -> Terminal:
    try:
        status = Path(device).stat()
    except OSError:
        status = os.fstat(number)
    try:
        size = os.get_terminal_size(number)
    except OSError:
        size = os.terminal_size((0, 0))
    return Terminal(device, number, status.st_mode, status.st_uid, size.columns, size.lines)
