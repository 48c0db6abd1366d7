"""The processes of a machine, as far as /proc shows them to this user."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from iop_tui.kiosk.preflight.machine import Machine

End = Literal["terminal", "far end"]
_STAT = re.compile(r"(\d+) \((.*)\) \S (\d+) (\d+) ", re.DOTALL)


class Process(Struct, frozen=True):
    """A process, its parent, and its process group."""

    number: int
    name: str
    parent: int
    group: int


def process(machine: Machine, number: int | Literal["self"]) -> Process | None:
    """The process with a number; None if there is none."""
    found = _STAT.match(machine.text(f"proc/{number}/stat") or "")
    return Process(int(found[1]), found[2], int(found[3]), int(found[4])) if found else None


def lineage(machine: Machine) -> tuple[Process, ...]:
    """This process, its parent, its parent's parent, and so on."""
    found: list[Process] = []
    one = process(machine, "self")
    while one is not None and one.number not in {known.number for known in found}:
        found.append(one)
        one = process(machine, one.parent)
    return tuple(found)


def holders(machine: Machine, device: str) -> Iterator[tuple[Process, End]]:
    """The processes that have the terminal open, and those that have the other end of a pseudo-terminal, which sees all
    input and output. Only processes that this user may inspect.
    """
    index = device.removeprefix("/dev/pts/") if device.startswith("/dev/pts/") else None
    for folder in sorted(machine.root.glob("proc/[0-9]*")):
        ends = {end for link in _links(folder) if (end := _end(folder, link, device, index)) is not None}
        one = process(machine, int(folder.name)) if ends else None
        if one is not None:
            yield from ((one, end) for end in sorted(ends))


def _links(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple((folder / "fd").iterdir())
    except OSError:
        return ()


def _end(folder: Path, link: Path, device: str, index: str | None) -> End | None:
    try:
        target = str(link.readlink())
        if target == device:
            return "terminal"
        if index is None or not target.endswith("/ptmx"):
            return None
        # proc_pid_fdinfo(5) does not document this line; fs/proc and drivers/tty/pty.c of the kernel write it since
        # 4.14.
        about = (folder / "fdinfo" / link.name).read_text()
    except OSError:
        return None
    return "far end" if ["tty-index:", index] in [line.split() for line in about.splitlines()] else None
