"""Renders the note as PDF on US letter: selectable text, an outline, and the call and screening on each page.

DejaVu Sans is included: the standard fonts of PDF have Latin-1 only, and a name or a note may contain any letter. A
letter that DejaVu lacks is written as its code point, and the last page says so.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from iop_tui.export.note import note
from iop_tui.export.note_blocks import Block, Field, Heading, Item
from iop_tui.export.report import Report
from iop_tui.export.safe_text import numbered, visible

_FONTS = Path(__file__).parent / "fonts"
_MARGIN = 54.0
"""Points: three quarters of an inch."""
_INDENT = 12.0
_SIZES = (15.0, 11.5, 9.5)
"""Points, for headings by their depth."""
_SIZE = 9.5
_LEADING = 1.35
"""The line height, as a multiple of the font size."""
_LINE = _SIZE * _LEADING


def as_note_pdf(report: Report) -> bytes:
    """Render the note as PDF. The same report gives the same bytes."""
    # Each page has the total. A placeholder for it could also occur in typed text, so pages are counted first.
    with contextlib.closing(_written(report, 0)) as once:
        pages = once.page
    with contextlib.closing(_written(report, pages)) as pdf:
        return bytes(pdf.output())


class _Note(FPDF):
    """A document with a footer that identifies it."""

    def __init__(self, foot: Callable[[int], str], notice: str) -> None:
        super().__init__(unit="pt", format="letter")
        self._foot = foot
        self._notice = notice
        self.add_font("dejavu", "", _FONTS / "DejaVuSans.ttf")
        self.add_font("dejavu", "B", _FONTS / "DejaVuSans-Bold.ttf")
        self._files = [font for font in self.fonts.values() if isinstance(font, TTFFont)]
        regular, bold = (frozenset(font.cmap) for font in self._files)
        self.letters: Mapping[bool, frozenset[int]] = {False: regular, True: bold}
        """The letters of the fonts; those of the bold one under True."""

    def close(self) -> None:
        """Close the files of the fonts."""
        for font in self._files:
            font.close()

    def footer(self) -> None:
        """The footer: the clinic's notice, if it is short, and the page number and document."""
        self.set_y(-_MARGIN * 0.75)
        self.set_font("dejavu", size=7.5)
        room = self.w - 2 * _MARGIN
        notice = _drawn(self, self._notice)
        # What does not fit in one line is only at the beginning and the end of the note.
        lines = [notice] if notice and self.get_string_width(notice) <= room - 2 * self.c_margin else []
        for said in (*lines, _drawn(self, self._foot(self.page_no()))):
            self.multi_cell(room, 10, said, align=Align.C, max_line_height=10, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _written(report: Report, pages: int) -> _Note:
    reference = visible(report.reference).replace("\n", " ")
    named = _short(reference) if reference else report.id

    def foot(page: int) -> str:
        return "{reference}, {screening}, page {page} of {pages}".format(
            reference=named, screening=f"{report.used.id} {report.used.version}", page=page, pages=pages
        )

    pdf = _Note(foot, " ".join(visible(report.notice).split()))
    pdf.alias_nb_pages("")
    pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.set_title("Screening note")
    pdf.set_producer(f"iop-tui {report.program}")
    pdf.set_lang("en-US")
    pdf.set_creation_date(report.ended)
    pdf.add_page()
    blocks = list(note(report))
    for block in blocks:
        _draw(pdf, block)
    if _lacking(pdf, blocks):
        said = (
            "A letter that this page cannot show is written as its Unicode number, like {example}. The plain text and "
            "the Markdown of this note have it."
        ).format(example=numbered("\u4e2d"))
        _paragraph(pdf, said)
    return pdf


def _short(reference: str) -> str:
    """A shortened reference for the footer; the first page has all of it."""
    return reference if len(reference) <= 60 else f"{reference[:59]}…"


def _draw(pdf: _Note, block: Block) -> None:
    if isinstance(block, Heading):
        size = _SIZES[block.depth]
        pdf.ln(size * (0.9 if block.depth else 0))
        if pdf.will_page_break(size * _LEADING * 3):
            pdf.add_page()
        said = _drawn(pdf, visible(block.text), bold=True)
        pdf.start_section(said, level=max(0, block.depth - 1))
        pdf.set_font("dejavu", "B", size)
        _cell(pdf, said, 0, size)
    elif isinstance(block, Field):
        pdf.set_font("dejavu", "B", _SIZE)
        pdf.write(_LINE, _drawn(pdf, f"{block.name}: ", bold=True))
        pdf.set_font("dejavu", size=_SIZE)
        pdf.write(_LINE, _drawn(pdf, visible(block.text)))
        pdf.ln(_LINE)
    elif isinstance(block, Item):
        pdf.ln(_SIZE * (0.1 if block.depth else 0.35))
        pdf.set_font("dejavu", size=_SIZE)
        pdf.set_x(_MARGIN + block.depth * _INDENT)
        # The bullet is a cell of its own, so that wrapped lines are aligned under the first.
        pdf.cell(_INDENT, _LINE, "–" if block.depth else "•")
        _cell(pdf, _drawn(pdf, visible(block.text)), (block.depth + 1) * _INDENT, _SIZE)
    else:
        _paragraph(pdf, block.text)


def _paragraph(pdf: _Note, text: str) -> None:
    pdf.ln(_SIZE * 0.4)
    pdf.set_font("dejavu", size=_SIZE)
    _cell(pdf, _drawn(pdf, visible(text)), 0, _SIZE)
    pdf.ln(_SIZE * 0.4)


def _cell(pdf: _Note, text: str, indent: float, size: float) -> None:
    pdf.set_x(_MARGIN + indent)
    pdf.multi_cell(0, size * _LEADING, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _drawn(pdf: _Note, text: str, *, bold: bool = False) -> str:
    """The text, with letters that the font lacks as code points."""
    has = pdf.letters[bold]
    return "".join(sign if sign == "\n" or ord(sign) in has else numbered(sign) for sign in text)


def _lacking(pdf: _Note, blocks: Iterable[Block]) -> bool:
    said = (visible(block.text) for block in blocks)
    return any(sign != "\n" and ord(sign) not in pdf.letters[False] for text in said for sign in text)
