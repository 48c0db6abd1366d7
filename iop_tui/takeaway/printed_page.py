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

from iop_tui.result.blocks import Section
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


class _Part(Struct, frozen=True):
    """A heading and the pieces under it; without a piece the heading is not printed."""

    heading: Sequence[str]
    pieces: Sequence[Piece]
    apart: bool = True
    """Whether an empty line comes before it."""


def as_page(result: Result, site: Site, *, day: str) -> str:
    """The page, at most `LINES` lines of at most `WIDTH` columns, a line end at the end. `day` is printed as it is.

    It is the person's document, cut by priority until it fits, and it says that more is on the screen. What has the
    priority `ALWAYS` is never cut: should it alone be longer, empty lines give way, and then a second page is printed.
    """
    parts = tuple(_parts(result, site, day))
    priorities = {
        (at, number): piece.priority for at, part in enumerate(parts) for number, piece in enumerate(part.pieces)
    }
    kept = {place for place, priority in priorities.items() if priority == ALWAYS}
    for priority in sorted({*priorities.values()} - {ALWAYS}):
        full: set[int] = set()
        for at, number in (place for place, its in priorities.items() if its == priority):
            more = kept | {(at, number)}
            if at not in full and len(_printed(parts, more)) <= LINES:
                kept = more
            else:
                # What comes later in the same list matters less: it does not take the place of this one.
                full.add(at)
    return "\n".join(_on_one_page(_printed(parts, kept))) + "\n"


# ---- what is on the page, as it is read ------------------------------------------------------------------------------


def _parts(result: Result, site: Site, day: str) -> Iterator[_Part]:
    # What a clinician checks is on the screen and in the file.
    made = cut(document(result, "clinician", site))
    sections = [section for section in made.sections if section.id != "clinician"]
    disclaimer = result.screening.manifest.disclaimer
    head = ", ".join(part for part in (site.clinic, day) if part)
    opening = _Part((), (Piece(_wrap(disclaimer.opening)),))
    yield _Part((), (Piece((*_wrap(result.screening.manifest.title.upper()), *_wrap(head))),))
    if result.level is not None:
        yield opening
    for section in sections:
        yield from _section(_as_typed(section))
    if result.level is None:
        # Danger first, even before the sentence that opens every other page.
        yield opening
    yield _Part((), (Piece((*_wrap(disclaimer.closing), *_wrap(made.made_with))),))


def _section(section: Section) -> Iterator[_Part]:
    heading = _wrap(section.title.upper())
    for number, block in enumerate(section.blocks):
        titles = (*(heading if number == 0 else ()), *list_title(block, WIDTH))
        yield _Part(titles, tuple(pieces(block, WIDTH)), number == 0)


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


def _printed(parts: Sequence[_Part], kept: Set[tuple[int, int]]) -> list[str]:
    """The lines of these pieces. That something was cut is always said."""
    lines: list[str] = []
    waiting: Sequence[str] = ()
    *body, closing = enumerate(parts)
    for at, part in body:
        pieces = [piece for number, piece in enumerate(part.pieces) if (at, number) in kept]
        if part.apart:
            waiting = ()
        if not pieces:
            # The heading of a section whose first block was cut stands before the next one.
            waiting = part.heading if part.apart else waiting
            continue
        lines += ["", *part.heading] if part.apart else ["", *waiting, *part.heading] if waiting else part.heading
        waiting = ()
        lines += [line for piece in pieces for line in piece.lines]
    if len(kept) < sum(len(part.pieces) for part in parts):
        lines += ["", *_wrap(_("More is on the screen."))]
    return [*lines, "", *(line for piece in closing[1].pieces for line in piece.lines)][1:]


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
