"""What a PO file holds: entries, its head, and what is set aside."""

from __future__ import annotations

import re

from msgspec import Struct

from iop_tui.screening.model.field_types import Where


class Entry(Struct, frozen=True):
    """One text and its translation, empty where there is none. `context` is the place of a screening's text; the
    program's own sentences have none. A `fuzzy` one was made for another wording, `previous`, and is not shown.
    `comments` are the translators' own.

    A sentence with a count has a `plural`, and in place of a translation `forms`, one for each form of the language.
    """

    where: Where
    context: str
    text: str
    translation: str
    fuzzy: bool = False
    previous: str = ""
    comments: tuple[str, ...] = ()
    plural: str = ""
    forms: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    """What else stands in `#,` and `#=`, such as `python-brace-format`."""
    previous_context: str = ""
    previous_plural: str = ""
    whole: bool = True

    @property
    def said(self) -> tuple[str, ...]:
        """The translation, or each of its forms."""
        return self.forms if self.plural else (self.translation,)

    @property
    def translated(self) -> bool:
        """Whether there are words in it, in every form."""
        return bool(self.said) and all(said.strip() for said in self.said)


class Aside(Struct, frozen=True):
    """An entry that is set aside (`#~`), as it stands in the file. Comments below the last entry have none."""

    written: str
    entry: Entry | None = None


class PoFile(Struct, frozen=True):
    """What a PO file holds. `head` is the translation of the empty text: lines of `Name: value`."""

    entries: tuple[Entry, ...] = ()
    head: str = ""
    head_line: int = 1
    head_written: str = ""
    """The head as it stands in the file, with the comments above it."""
    aside: tuple[Aside, ...] = ()

    def field(self, name: str) -> str:
        """A value of the head; empty where it has none."""
        found = re.search(rf"(?im)^{re.escape(name)}:(.*)$", self.head)
        return found[1].strip() if found else ""
