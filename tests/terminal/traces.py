"""Where an answer could have been left: memory, terminal, files, environment."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.terminal.emulator import HistoryScreen, Screen
from tests.terminal.lobby import is_in_memory
from tests.terminal.terminal import Terminal

_SHARED = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108  # looked at, not written to
"""Where a program may pass files whatever it was told."""
_LARGEST = 1 << 20


def holds(pid: int, number: str) -> bool:
    """Whether a process has a number in its memory or its environment. The test is skipped where nobody may look."""
    try:
        return number.encode() in Path(f"/proc/{pid}/environ").read_bytes() or is_in_memory(pid, number)
    except PermissionError:
        pytest.skip("NOT TESTED: what is left in memory, because no process may look into another one here")


def shows(terminal: Terminal, words: str) -> list[str]:
    """On which screens words stand, and whether they can be scrolled back to."""
    places = {
        "the normal screen": _lines(terminal.normal),
        "the other screen": _lines(terminal.full),
        "the scroll-back": terminal.scrolled_off,
    }
    return [place for place, lines in places.items() if words in "\n".join(lines)]


def written(words: str, rooms: Iterable[Path], since: float) -> list[Path]:
    """The files that hold words: any in these directories, and those that were changed since then where all users may
    write.
    """
    ours = [path for room in rooms for path in room.rglob("*")]
    shared = [path for place in _SHARED if Path(place).is_dir() for path in Path(place).iterdir()]
    return [path for path in [*ours, *(path for path in shared if _is_new(path, since))] if _has(path, words)]


def open_files(pid: int) -> list[str]:
    """Every file that a process has open to write to, whether it still has a name or not."""
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            kind = os.stat(link).st_mode  # noqa: PTH116  # the file behind the link, even where its name is gone
            flags = int(Path(f"/proc/{pid}/fdinfo/{link.name}").read_text().split()[3], 8)
        except FileNotFoundError:
            continue
        if stat.S_ISREG(kind) and flags & os.O_ACCMODE != os.O_RDONLY:
            found.append(str(link.readlink()))
    return found


def files(rooms: Mapping[str, Path]) -> list[Path]:
    """Every file in the directories that a program was given."""
    return sorted(path for room in rooms.values() for path in room.rglob("*") if not path.is_dir())


def _lines(screen: Screen | HistoryScreen) -> list[str]:
    return list(screen.rows)


def _is_new(path: Path, since: float) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return found.st_mtime >= since and found.st_uid == os.geteuid() and found.st_size <= _LARGEST


def _has(path: Path, words: str) -> bool:
    try:
        return path.is_file() and words.encode() in path.read_bytes()
    except OSError:
        return False
