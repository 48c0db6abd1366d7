"""Watches a questions directory for changes, for live reload."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Unusable

State = frozenset[tuple[str, int, int, int]] | None
"""For each YAML file: name, inode, size in bytes, modification time in nanoseconds. None without a directory."""


class Watch:
    """Checks a directory on demand, some times a second.

    It compares names, sizes and times instead of using file system notifications: those need a library or a thread,
    differ between systems, and do not come at all from a shared folder or a container's mount. A check costs some
    microseconds for each file.
    """

    def __init__(self, directory: Path, load: Callable[[], Screening]) -> None:
        self._directory = directory
        self._load = load
        self._seen: State = None
        self._loaded: State = None

    def load(self) -> Screening | Unusable:
        """The content of the directory: a screening, or the problems."""
        # Before reading: a write during it is then seen as a change.
        self._seen = self._loaded = self._state()
        try:
            return self._load()
        except Unusable as unusable:
            return unusable

    def look(self) -> Screening | Unusable | None:
        """The content of the directory, if it differs from the last load and is stable; else None.

        An editor writes a file in pieces, or removes the old one before the new one comes: nothing is loaded until two
        checks see the same.
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
