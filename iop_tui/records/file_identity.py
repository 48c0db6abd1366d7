"""Whether the file at a path is the one that SQLite has open: whoever renames, replaces or deletes it is not noticed by
SQLite, which goes on writing into what it opened.
"""

from __future__ import annotations

import contextlib
import os

from iop_tui.records.errors import Replaced

_COMPANIONS = ("-wal", "-shm")
"""What SQLite has open beside the file: the log with the newest saves, and the memory that its users share."""
Identity = tuple[int, int]
"""Which file it is, whatever its name: device and inode."""


class FileIdentity:
    """The file at a path, and its companions, as they were opened. A check costs three looks at a directory."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._beside = tuple(path + ending for ending in _COMPANIONS)
        self._file: Identity | None = None
        self._companions: dict[str, Identity] = {}
        self._open = 0
        self._written = 0
        self.is_touched = False
        """Whether the file itself was written since it was looked at: by SQLite, as it empties its log, or by whoever
        copies a backup over it. Only a look into it can tell.
        """

    def opened(self) -> None:
        """SQLite has opened it once more."""
        self._open += 1
        if self._file is None:
            self._file = _identity(self.path)

    def closed(self) -> None:
        """One of the connections is closed. With the last one SQLite takes the companions away."""
        self._open -= 1
        if self._open <= 0:
            self._companions.clear()

    def let_go(self) -> bool:
        """Where the file is not at the path any more: take away our companions, if they are there still. SQLite would
        take them for those of the file that is there now, or comes there, and mix the two. Whether it is not there.
        """
        if self._file is None or _identity(self.path) == self._file:
            return False
        for path, known in self._companions.items():
            if _identity(path) == known:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108  # the same
        return True

    def check(self) -> None:
        """Raises Replaced where something else is there, or nothing."""
        if self._file is None:
            return
        written = _same(self.path, self._file)
        if written != self._written:
            self.is_touched, self._written = self.is_touched or self._written != 0, written
        for path in self._beside:
            known = self._companions.get(path)
            if known is not None:
                _same(path, known)
            elif self._open and (there := _identity(path)) is not None:
                self._companions[path] = there


def _same(path: str, known: Identity) -> int:
    """When it was written last, in nanoseconds."""
    found = _look(path)
    if found is None or (found.st_dev, found.st_ino) != known:
        raise Replaced("gone" if found is None else "other", path)
    return found.st_mtime_ns


def _identity(path: str) -> Identity | None:
    found = _look(path)
    return None if found is None else (found.st_dev, found.st_ino)


def _look(path: str) -> os.stat_result | None:
    try:
        # A link in the place of the file is another file, wherever it leads.
        return os.stat(path, follow_symlinks=False)  # noqa: PTH116  # a Path would cost more than the look itself
    except OSError:
        return None
