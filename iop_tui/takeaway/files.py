"""The summary in a file that only its owner can read."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from iop_tui.screening.language import _
from iop_tui.screening.summary import Summary
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.text import as_text

OWNER_ONLY = 0o600


class CannotSave(Exception):
    """Nothing was saved. The message is a sentence for the person."""


def save(summary: Summary, path: Path, *, markdown: bool) -> Path:
    """Write the summary and return the path written to; `.txt` or `.md` is added where the name has no ending.

    The file is made new, readable by its owner alone; one that exists is never written over. Raises CannotSave.
    """
    if not str(path).strip() or path.name in ("", ".", ".."):
        raise CannotSave(_("Type a name for the file."))
    try:
        path = path.expanduser()
    except RuntimeError as failure:
        raise CannotSave(_("There is no such home directory.")) from failure
    wanted = ".md" if markdown else ".txt"
    has_ending = path.suffix in (".md", ".txt")
    path = path.with_suffix(wanted) if has_ending else path.with_name(path.name + wanted)
    text = as_markdown(summary) if markdown else as_text(summary)
    part = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, OWNER_ONLY)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.link(part, path)
    except FileExistsError as failure:
        raise CannotSave(_("There is already a file {path}. Choose another name.").format(path=path)) from failure
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or _("the name cannot be used")
        raise CannotSave(_("The file could not be saved: {why}.").format(why=why)) from failure
    finally:
        _remove(part)
    return path.absolute()


def _remove(part: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        part.unlink(missing_ok=True)
