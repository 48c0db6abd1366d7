"""The summary as one printed page.

What `lp` does with plain text, read in the source of its filter (`texttopdf.c` of OpenPrinting's cups-filters): ten
characters and six lines an inch, inside the margins of the printer. Without a printer's own margins these are a quarter
of an inch at the sides and half an inch above and below: 80 columns and 60 lines on US letter. `WIDTH` and `LINES` fit
on letter and on A4 (8.27 inches wide) with margins of up to half an inch at the sides and two thirds above and below.
CUPS declares the text as UTF-8 to this filter, whatever the locale, unless the command itself names another `charset`
(`scheduler/job.c` of OpenPrinting's cups): so the page is UTF-8, and accents and ñ are printed. The filter stops
printing at a character beyond the first 65,536, obeys control characters, and prints an accent that stands by itself
beside its letter: so there are none on the page. A printer that gets raw text knows ASCII only: so typographic signs
are written in ASCII. Letters are not: "años" without its tilde is another word. `page_encoding.py` does that only for
a printer that has no such letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence, Set
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.result.cut import cut
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.result.priorities import ALWAYS
from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import Site
from iop_tui.takeaway.text import Piece, list_title, pieces, wrapped

WIDTH = 72
LINES = 56
_TYPED = str.maketrans(
    {"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "…": "...", "›": ">"} | dict.fromkeys("–—−·•", "-")
)

T = TypeVar("T")


class _Placed(Struct, frozen=True):
    """A piece at its place. Heading and title are printed over the first piece under them that is kept."""

    piece: Piece
    place: tuple[int, int] = (0, 0)
    """The numbers of the section on the page and of the block in the section."""
    heading: Sequence[str] = ()
    """That of the section."""
    title: Sequence[str] = ()
    """That of the list."""


def as_page(result: Result, site: Site, *, day: str) -> str:
    """The page, at most `LINES` lines of at most `WIDTH` columns, a line end at the end. `day` is printed as it is.

    It is the person's document, cut by priority until it fits, and it says that more is on the screen. What has the
    priority `ALWAYS` is never cut: should it alone be longer, empty lines give way, and then a second page is printed.
    """
    placed = tuple(_placed(result, site, day))
    kept = {at for at, one in enumerate(placed) if one.piece.priority == ALWAYS}
    for priority in sorted({one.piece.priority for one in placed} - {ALWAYS}):
        full: set[tuple[int, int]] = set()
        for at, one in enumerate(placed):
            if one.piece.priority != priority:
                continue
            more = kept | {at}
            if one.place not in full and len(_printed(placed, more)) <= LINES:
                kept = more
            else:
                # What comes later in the same list matters less: it does not take the place of this one.
                full.add(one.place)
    return "\n".join(_on_one_page(_printed(placed, kept))) + "\n"


# ---- what is on the page, as it is read ------------------------------------------------------------------------------


def _placed(result: Result, site: Site, day: str) -> Iterator[_Placed]:
    # What a clinician checks is on the screen and in the file.
    made = cut(document(result, "clinician", site))
    sections = [section for section in made.sections if section.id != "clinician"]
    disclaimer = result.screening.manifest.disclaimer
    head = ", ".join(part for part in (site.clinic, day) if part)
    opening = Piece(_wrap(disclaimer.opening))
    yield _Placed(Piece((*_wrap(result.screening.manifest.title.upper()), *_wrap(head))))
    if result.level is not None:
        yield _Placed(opening, (1, 0))
    for number, section in enumerate(map(_as_typed, sections), 2):
        heading = _wrap(section.title.upper())
        for at, block in enumerate(section.blocks):
            title = list_title(block, WIDTH)
            yield from (_Placed(piece, (number, at), heading, title) for piece in pieces(block, WIDTH))
    if result.level is None:
        # Danger first, even before the sentence that opens every other page.
        yield _Placed(opening, (1, 0))
    yield _Placed(Piece((*_wrap(disclaimer.closing), *_wrap(made.made_with))))


# ---- fitting ---------------------------------------------------------------------------------------------------------


def _on_one_page(lines: Sequence[str]) -> list[str]:
    """The lines without as many of the empty ones, the last first, as would begin a second page."""
    left = len(lines) - LINES
    kept: list[str] = []
    for line in reversed(lines):
        if not line and left > 0:
            left -= 1
        else:
            kept.append(line)
    return kept[::-1]


def _printed(placed: Sequence[_Placed], kept: Set[int]) -> list[str]:
    """The lines of the pieces with these numbers. That something was cut is always said."""
    lines: list[str] = []
    *body, closing = (one for at, one in enumerate(placed) if at in kept)
    last = (-1, -1)
    for one in body:
        if one.place[0] != last[0]:
            lines += ["", *one.heading]
        if one.place != last:
            lines += one.title
        lines += one.piece.lines
        last = one.place
    more = ["", *_wrap(_("More is on the screen."))] if len(kept) < len(placed) else []
    return [*lines, *more, "", *closing.piece.lines][1:]


def _wrap(text: str) -> tuple[str, ...]:
    return tuple(wrapped(_as_typed(text), width=WIDTH))


def _as_typed(thing: T) -> T:
    """A block, or a part of one, whose texts could all be typed. Before lines are made of them: some get longer."""
    if isinstance(thing, str):
        return " ".join(typed(thing).split())  # type: ignore[return-value]  # stays a text
    if isinstance(thing, tuple):
        return tuple(map(_as_typed, thing))  # type: ignore[return-value]  # stays a tuple
    if isinstance(thing, Struct):
        return replace(thing, **{name: _as_typed(getattr(thing, name)) for name in thing.__struct_fields__})
    return thing


def typed(text: str) -> str:
    """A text as it could be typed: typographic signs in ASCII, each letter one sign with its accent, and nothing that a
    printer obeys or stops at.
    """
    composed = unicodedata.normalize("NFC", text)
    # Nearly every text is harmless: only one that is not is gone through letter by letter.
    if not composed.isprintable() or max(composed, default="") > "\uffff":
        letters = (sign if sign.isspace() or (sign.isprintable() and sign <= "\uffff") else "?" for sign in composed)
        composed = "".join(letters)
    return composed.translate(_TYPED)
