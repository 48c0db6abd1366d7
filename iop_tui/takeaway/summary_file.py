"""The summary in a file that only its owner can read."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

from iop_tui.platform.private_file import create, named
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import STANDARD, Site
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.text import as_text


def save(result: Result, typed: str, *, markdown: bool, site: Site = STANDARD) -> Path:
    """Write the document for a person, followed by the part for a clinician, and return the path; `.txt` or `.md` is
    added if the name has no ending.

    The file is new, and readable only by its owner; an existing file is never overwritten. Raises CannotSave.
    """
    path = named(typed)
    wanted = ".md" if markdown else ".txt"
    has_ending = path.suffix in (".md", ".txt")
    path = path.with_suffix(wanted) if has_ending else path.with_name(path.name + wanted)
    made = document(result, "clinician", site)
    create(path, (as_markdown(made) if markdown else as_text(made)).encode())
    return path


def offered() -> Path:
    """The name that a person may take, without its ending: of today, in the present directory."""
    today = date.today().isoformat()  # noqa: DTZ011  # the person's own calendar
    path = Path(_("care-summary-{day}").format(day=today))
    with contextlib.suppress(OSError):
        # The present directory may be gone; the name alone will do then, and saving says what is wrong.
        path = path.absolute()
    return path
