"""The content of a PO file: entries, the header, and obsolete entries."""

from __future__ import annotations

import re

from msgspec import Struct

from iop_tui.screening.model.field_types import SourceLocation


class Entry(Struct, frozen=True):
    """One text and its translation, empty if there is none. `context` is the path of a screening's text; the program's
    own sentences have none. A `fuzzy` translation was made for another wording, `previous`, and is not shown.
    `comments` are the translators'.

    A sentence with a count has a `plural`, and in place of a translation `forms`, one for each form of the language.
    """

    where: SourceLocation
    context: str
    text: str
    translation: str
    fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()
    plural: str = ""
    forms: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    """The other flags of `#,` and `#=`, such as `python-brace-format`."""
    previous_context: str = ""
    previous_plural: str = ""
    whole: bool = True

    @property
    def said(self) -> tuple[str, ...]:
        """The translation, or each of its forms."""
        return self.forms if self.plural else (self.translation,)

    @property
    def translated(self) -> bool:
        """Whether it is translated, in every form."""
        return bool(self.said) and all(said.strip() for said in self.said)


class ObsoleteEntry(Struct, frozen=True):
    """An obsolete entry (`#~`), verbatim. Comments below the last entry have no entry of their own."""

    written: str
    entry: Entry | None = None


class PoFile(Struct, frozen=True):
    """The content of a PO file. `head` is the header, the translation of the empty text: lines of `Name: value`."""

    entries: tuple[Entry, ...] = ()
    head: str = ""
    head_line: int = 1
    head_written: str = ""
    """The header verbatim, with the comments above it."""
    obsolete: tuple[ObsoleteEntry, ...] = ()

    def field(self, name: str) -> str:
        """A field of the header; empty if it is missing."""
        found = re.search(rf"(?im)^{re.escape(name)}:(.*)$", self.head)
        return found[1].strip() if found else ""
