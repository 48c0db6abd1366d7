"""Create a file that only its owner can read, complete on the disk or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from iop_tui.screening.i18n.language import _

OWNER_ONLY = 0o600
_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What file systems without links say."""


class CannotSave(Exception):
    """Nothing was saved. The message is a sentence for the person."""


class AlreadyThere(CannotSave):
    """There is a file of that name, and nobody said to replace it."""


def named(typed: str) -> Path:
    """The path from what was typed. Raises CannotSave where it names no file."""
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
    """Create a file that is readable by its owner alone. On return it is on the disk, under its name. Raises
    CannotSave, and then leaves no partial file.
    """
    try:
        # O_EXCL: an existing file is never overwritten, and no link is followed.
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


def put(path: Path, data: bytes, *, replace: bool = False) -> None:
    """The same in one step: whoever looks sees the whole file or none, even after a power cut. `replace` puts it in
    the place of a file that is there. Raises AlreadyThere, or CannotSave for another reason.
    """
    # Not longer than usual names: one that fits has room beside it.
    beside = path.with_name(f".{secrets.token_hex(8)}")
    try:
        is_folder = path.is_dir()
    except OSError as failure:
        raise CannotSave(_why(failure)) from failure
    if is_folder:
        raise CannotSave(_("{path} is a folder. Type a name for the file, too.").format(path=path))
    create(beside, data)
    try:
        if replace:
            beside.replace(path)
        else:
            # Unlike renaming, a link never replaces a file that has come meanwhile.
            os.link(beside, path)
    except FileExistsError as failure:
        raise AlreadyThere(_("There is already a file {path}. Choose another name.").format(path=path)) from failure
    except OSError as failure:
        if replace or failure.errno not in _NO_LINKS:
            raise CannotSave(_why(failure)) from failure
        create(path, data)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    _to_disk(path.parent)


def _to_disk(directory: Path) -> None:
    """Sync the directory: only then does a new name survive a power cut. Not every file system supports it."""
    with contextlib.suppress(OSError):
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _why(failure: Exception) -> str:
    # The system's message is English, whatever language the person reads.
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
