"""A new file that only its owner can read, whole on the disk or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from iop_tui.screening.i18n.language import _

OWNER_ONLY = 0o600


class CannotSave(Exception):
    """Nothing was saved. The message is a sentence for the person."""


def named(typed: str) -> Path:
    """The path that a person typed. Raises CannotSave where it names no file."""
    path = Path(typed.strip())
    if path.name in ("", ".", ".."):
        raise CannotSave(_("Type a name for the file."))
    try:
        path = path.expanduser()
    except RuntimeError as failure:
        raise CannotSave(_("There is no such home directory.")) from failure
    if typed.endswith("/"):
        raise CannotSave(_("{path} is a folder. Type a name for the file, too.").format(path=path))
    return path


def create(path: Path, data: bytes) -> None:
    """Make a new file, readable by its owner alone. When it returns, the file is on the disk, under its name. Raises
    CannotSave, and leaves nothing half written.
    """
    try:
        # O_EXCL: a file that is there is never written over, and no link is followed.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, OWNER_ONLY)
    except FileExistsError as failure:
        raise CannotSave(_("There is already a file {path}. Choose another name.").format(path=path)) from failure
    except (OSError, ValueError) as failure:
        raise CannotSave(_why(failure)) from failure
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
    except BaseException as failure:
        with contextlib.suppress(OSError):
            path.unlink()
        if isinstance(failure, OSError):
            raise CannotSave(_why(failure)) from failure
        raise
    _to_disk(path.parent)


def _to_disk(directory: Path) -> None:
    """A new name outlives a power cut only once its directory was written. Not every file system can be asked to."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(failure: Exception) -> str:
    # The system says it in English, whatever language the person reads.
    reasons = {
        errno.ENOENT: _("there is no such folder"),
        errno.ENOTDIR: _("there is no such folder"),
        errno.EACCES: _("you may not write there"),
        errno.EPERM: _("you may not write there"),
        errno.EROFS: _("you may not write there"),
        errno.ENOSPC: _("the disk is full"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    number = getattr(failure, "errno", None)
    why = reasons.get(number or 0) or getattr(failure, "strerror", None) or _("the name cannot be used")
    return _("The file could not be saved: {why}.").format(why=why)
