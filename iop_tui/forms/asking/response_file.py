"""The answers in a file: a QuestionnaireResponse, complete on the disk or not there at all, readable by its owner."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from iop_tui.forms.asking.form_interview import FormInterview
from iop_tui.forms.response.write import as_json, response
from iop_tui.platform.private_file import named, put

_ENDING = ".json"
_LONGEST = 40


def save(interview: FormInterview, typed: str, *, by: str, now: datetime, replace: bool = False) -> Path:
    """Write the answers, and return the path; `.json` is added where the name has no ending. An existing file is
    replaced only on request. Raises CannotSave, and AlreadyThere where it exists.
    """
    path = target(typed)
    put(path, as_json(response(interview.filling, now, by)).encode(), replace=replace)
    return path


def target(typed: str) -> Path:
    """The path that a typed name means. Raises CannotSave."""
    path = named(typed)
    return path if path.suffix else path.with_name(path.name + _ENDING)


def offered(interview: FormInterview, now: datetime) -> str:
    """A name for the file, from the form's name and the day."""
    form = interview.form
    words = re.sub(r"[^a-z0-9]+", "-", (form.name or form.title).casefold()).strip("-")[:_LONGEST].strip("-")
    return str(Path(f"{words or 'form'}-{now.date().isoformat()}{_ENDING}").absolute())
