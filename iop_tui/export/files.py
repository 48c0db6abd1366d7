"""An export in a file that only its owner can read."""

from __future__ import annotations

from pathlib import Path

from iop_tui.takeaway.files import CannotSave, create, named

__all__ = ["CannotSave", "write"]


def write(path: str, data: bytes) -> Path:
    """Write a file at the path as it was typed, and return the path written to.

    The file is made new, readable by its owner alone; one that exists is never written over. Raises CannotSave.
    """
    where = named(path)
    create(where, data)
    return where
