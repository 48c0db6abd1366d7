"""What the system says of a process: its children, its open files, its memory."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path


def children(pid: int) -> list[int]:
    """The processes that a process has now, those among them that ended and were not waited for."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def open_files(pid: int) -> int:
    """How many descriptors a process holds."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def cpu(pid: int) -> float:
    """CPU seconds of all threads of a process: clock_getcpuclockid(3), in ns; /proc/PID/stat counts in 10 ms."""
    return time.clock_gettime((~pid << 3) | 2)


def memory(pid: int) -> Mapping[str, float]:
    """MB by kind, as proc(5) names them in smaps_rollup: Rss, Pss, Private_Dirty, Shared_Dirty …"""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {
        name.rstrip(":"): int(kilobytes) * 1024 / 1e6 for name, kilobytes, _unit in (line.split() for line in lines)
    }


def in_memory(pid: int, words: list[bytes]) -> list[bytes]:
    """Those of the words that stand anywhere in memory which the process can write to. Raises PermissionError."""
    return sorted({word for piece in held_by(pid) for word in words if word in piece})


def held_by(pid: int) -> Iterator[bytes]:
    """What stands in memory which a process can write to, piece by piece. Raises PermissionError."""
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as held:
        for line in maps:
            place, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in place.split("-"))
            held.seek(start)
            try:
                yield held.read(end - start)
            except OSError:
                continue  # [vvar] and its like cannot be read
