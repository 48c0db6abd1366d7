"""An export in a file that only its owner can read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from iop_tui.platform.private_file import CannotSave, create, named

__all__ = ["CannotSave", "write"]


def write(path: str, data: bytes, then: Callable[[], object] = bool) -> Path:
    """Write a file at the path that was typed, and return the path. `then` is called once the file is on the disk; if
    it raises, the file is removed.

    The file is new, and readable by its owner alone; an existing file is never overwritten. Raises CannotSave, and what
    `then` raises.
    """
    where = named(path)
    create(where, data)
    try:
        then()
    except BaseException:
        try:
            where.unlink()
        except OSError:
            said = "The file {path} is written. It could not be taken away, though the audit has no line that it is."
            raise CannotSave(said.format(path=where)) from None
        raise
    return where
