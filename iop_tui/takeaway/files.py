"""The summary in a file that only its owner can read."""

from __future__ import annotations

import contextlib
import errno
import os
from datetime import date
from pathlib import Path

from iop_tui.screening.language import _
from iop_tui.screening.summary import Summary
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.text import as_text

OWNER_ONLY = 0o600


class CannotSave(Exception):
    """Nothing was saved. The message is a sentence for the person."""


def save(summary: Summary, typed: str, *, markdown: bool) -> Path:
    """Write the summary and return the path written to; `.txt` or `.md` is added where the name has no ending.

    The file is made new, readable by its owner alone; one that exists is never written over. Raises CannotSave.
    """
    path = named(typed)
    wanted = ".md" if markdown else ".txt"
    has_ending = path.suffix in (".md", ".txt")
    path = path.with_suffix(wanted) if has_ending else path.with_name(path.name + wanted)
    create(path, (as_markdown(summary) if markdown else as_text(summary)).encode())
    return path


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


def offered() -> Path:
    """The name that a person may take, without its ending: of today, in the present directory."""
    today = date.today().isoformat()  # noqa: DTZ011  # the person's own calendar
    path = Path(_("care-summary-{day}").format(day=today))
    with contextlib.suppress(OSError):
        # The present directory may be gone; the name alone will do then, and saving says what is wrong.
        path = path.absolute()
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
