"""A directory in memory, where there is one: what waits for a disk there waits for nothing."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108  # a directory of our own in it, as in the usual place
_NEEDED = 2 << 30
"""Bytes: a server with a database for each test takes less than half of it, and there may be one in each worker."""


@contextlib.contextmanager
def in_memory(prefix: str = "iop-") -> Iterator[Path | None]:
    """A directory that is gone afterwards; None where there is no memory to spare, as in most containers."""
    if not _MEMORY.is_dir() or shutil.disk_usage(_MEMORY).free < _NEEDED:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix=prefix, dir=_MEMORY, ignore_cleanup_errors=True) as room:
        yield Path(room)
