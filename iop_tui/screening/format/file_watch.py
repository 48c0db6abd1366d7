"""A questions directory that somebody is writing: what it holds now, each time that it has changed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Unusable

State = frozenset[tuple[str, int, int, int]] | None
"""Of each YAML file: name, file number, size in bytes, time of change in nanoseconds. None without a directory."""


class Watch:
    """Looks at a directory when it is asked to. It is asked some times a second.

    Names, sizes and times are compared, rather than notices of the system's taken: those need a library or a thread,
    differ from system to system, and do not come at all from a shared folder or a container's mount. A look costs some
    microseconds for each file.
    """

    def __init__(self, directory: Path, load: Callable[[], Screening]) -> None:
        self._directory = directory
        self._load = load
        self._seen: State = None
        self._loaded: State = None

    def load(self) -> Screening | Unusable:
        """What the directory holds now: a screening, or why it is none."""
        # Before reading: what is written meanwhile is then seen as a change.
        self._seen = self._loaded = self._state()
        try:
            return self._load()
        except Unusable as unusable:
            return unusable

    def look(self) -> Screening | Unusable | None:
        """What the directory holds now, if it is not what was loaded last and does not change any more; else None.

        An editor writes a file in pieces, or takes the old one away before the new one comes: nothing is loaded until
        two looks see the same.
        """
        before, self._seen = self._seen, self._state()
        return None if self._seen == self._loaded or self._seen != before else self.load()

    def _state(self) -> State:
        try:
            with os.scandir(self._directory) as entries:
                files = [_seen(entry) for entry in entries if entry.name.endswith(".yaml")]
        except OSError:
            return None
        with contextlib.suppress(OSError), os.scandir(self._directory / "locale") as entries:
            files += [_seen(entry) for entry in entries if entry.name.endswith(".po")]
        return frozenset(files)


def _seen(entry: os.DirEntry[str]) -> tuple[str, int, int, int]:
    try:
        stat = entry.stat()
    except OSError:  # it went while we looked, or is a link to nothing
        return (entry.name, 0, 0, 0)
    return (entry.name, stat.st_ino, stat.st_size, stat.st_mtime_ns)
