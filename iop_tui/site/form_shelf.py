"""The forms that a site file names: whether their files are there, and read when somebody wants them.

Nothing of forms is imported before that.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from iop_tui.site.settings import FormFile, Site

if TYPE_CHECKING:
    from iop_tui.forms.model.form import Form

_LONGEST = 50 * 2**20
"""Bytes of a file that are read: the reader refuses far smaller ones, with a sentence."""
_PUT_IT_THERE = "put the file there, or take the line out of the site file"


class ShelvedForm(Struct, frozen=True):
    """A form of the site file. Without `form`, `wrong` says why, each as `file:line: problem; remedy`."""

    file: FormFile
    form: Form | None
    wrong: tuple[str, ...] = ()


def unreachable(site: Site) -> tuple[str, ...]:
    """What is wrong with the files of the forms, without reading them: `file:line: problem; remedy`."""
    return tuple(said for each in site.forms if (said := _why_unreachable(each)))


class FormShelf:
    """Reads the forms, and again those whose files were changed."""

    def __init__(self, site: Site) -> None:
        self._files = site.forms
        self._read: dict[Path, tuple[tuple[int, int, int], ShelvedForm]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether the site file names no forms."""
        return not self._files

    def forms(self) -> tuple[ShelvedForm, ...]:
        """All forms, as their files are now."""
        return tuple(map(self._form, self._files))

    def _form(self, file: FormFile) -> ShelvedForm:
        try:
            status = file.path.stat()
        except (OSError, ValueError):
            return _read(file)
        state = (status.st_ino, status.st_size, status.st_mtime_ns)
        known = self._read.get(file.path)
        if known is None or known[0] != state:
            known = self._read[file.path] = (state, _read(file))
        return known[1]


def _read(file: FormFile) -> ShelvedForm:
    from iop_tui.forms.model.findings import FormRefused
    from iop_tui.forms.reading.read_form import read_form

    if wrong := _why_unreachable(file):
        return ShelvedForm(file, None, (wrong,))
    try:
        with file.path.open("rb") as opened:
            data = opened.read(_LONGEST)
    except (OSError, ValueError) as failure:
        return ShelvedForm(file, None, (_unreadable(file, failure),))
    try:
        return ShelvedForm(file, read_form(data, str(file.path)))
    except FormRefused as refused:
        said = (f"{refused.file}:{each.line}: {each.message}; {each.remedy}" for each in refused.findings)
        return ShelvedForm(file, None, tuple(line.rstrip("; ") for line in said))


def _why_unreachable(file: FormFile) -> str:
    try:
        mode = file.path.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "is a folder" if stat.S_ISDIR(mode) else "is no file"
            return f"{file.where}: forms: {file.path} {what}; name the file of a form"
        handle = os.open(file.path, os.O_RDONLY | os.O_NONBLOCK)
    except (OSError, ValueError) as failure:
        return _unreadable(file, failure)
    os.close(handle)
    return ""


def _unreadable(file: FormFile, failure: OSError | ValueError) -> str:
    why = failure.strerror or str(failure) if isinstance(failure, OSError) else str(failure)
    return f"{file.where}: forms: {file.path} cannot be read: {why}; {_PUT_IT_THERE}"
