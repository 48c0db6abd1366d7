"""Check that the file at a path is still the one that SQLite has open: SQLite does not notice that it was renamed,
replaced or deleted, and keeps writing into the file that it opened.
"""

from __future__ import annotations

import contextlib
import os

from iop_tui.records.errors import Replaced

_COMPANIONS = ("-wal", "-shm")
"""Suffixes of SQLite's companion files: the write-ahead log, and the shared memory."""
Identity = tuple[int, int]
"""A file's identity, whatever its name: device and inode."""


class FileIdentity:
    """The identity of a file and its companions as they were opened. A check costs three calls of stat."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._beside = tuple(path + ending for ending in _COMPANIONS)
        self._file: Identity | None = None
        self._companions: dict[str, Identity] = {}
        self._open = 0
        self._written = 0
        self.is_touched = False
        """Whether the main file was written since it was last read: by a checkpoint of SQLite, or by a backup that was
        copied over it. Only its contents can tell which.
        """

    def opened(self) -> None:
        """Count another connection to it."""
        self._open += 1
        if self._file is None:
            self._file = _identity(self.path)

    def closed(self) -> None:
        """Count a closed connection. With the last one SQLite removes the companions."""
        self._open -= 1
        if self._open <= 0:
            self._companions.clear()

    def let_go(self) -> bool:
        """If the file is no longer at the path, remove our companions that are still there: SQLite would apply them to
        whichever file is there now or later. Returns whether it is gone.
        """
        if self._file is None or _identity(self.path) == self._file:
            return False
        for path, known in self._companions.items():
            if _identity(path) == known:
                with contextlib.suppress(OSError):
                    os.unlink(path)  # noqa: PTH108  # the same
        return True

    def check(self) -> None:
        """Raises Replaced if another file is there, or none."""
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
        # A link in the file's place counts as another file, whatever its target.
        return os.stat(path, follow_symlinks=False)  # noqa: PTH116  # a Path would cost more than the look itself
    except OSError:
        return None
