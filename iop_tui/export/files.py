"""An export in a file that only its owner can read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from iop_tui.platform.private_file import CannotSave, create, named

__all__ = ["CannotSave", "write"]


def write(path: str, data: bytes, then: Callable[[], object] = bool) -> Path:
    """Write a file at the path as it was typed, and return the path written to. `then` is done once the file is on the
    disk, and is what makes it count: where it raises, the file is taken away again.

    The file is made new, readable by its owner alone; one that exists is never written over. Raises CannotSave, and
    what `then` raises.
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
