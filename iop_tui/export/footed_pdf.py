"""A PDF on US letter with a footer on each page that says what it is of; used by notes and by the review packet.

DejaVu Sans is included: the standard fonts of PDF have Latin-1 only, and a name, a note or a translation may contain
any letter. A letter that DejaVu lacks is written as its code point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import TTFFont

from iop_tui.export.safe_text import numbered

_FONTS = Path(__file__).parent / "fonts"


class FootedPdf(FPDF):
    """A document with a footer that identifies it. `foot` gives the footer of a page, by its number from 1; `margin` is
    in points; `notice` stands above it on each page, if it is short.
    """

    def __init__(self, margin: float, foot: Callable[[int], str], notice: str = "") -> None:
        super().__init__(unit="pt", format="letter")
        self._foot = foot
        self._notice = notice
        self._margin = margin
        self.set_margins(margin, margin, margin)
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
        """The footer: the notice, if it is short, and the page number and document."""
        self.set_y(-self._margin * 0.75)
        self.set_font("dejavu", size=7.5)
        room = self.w - 2 * self._margin
        notice = self.drawn(self._notice)
        # What does not fit in one line is only at the beginning and the end of the note.
        lines = [notice] if notice and self.get_string_width(notice) <= room - 2 * self.c_margin else []
        for said in (*lines, self.drawn(self._foot(self.page_no()))):
            self.multi_cell(room, 10, said, align=Align.C, max_line_height=10, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def drawn(self, text: str, *, bold: bool = False) -> str:
        """The text, with letters that the font lacks as code points."""
        has = self.letters[bold]
        return "".join(sign if sign == "\n" or ord(sign) in has else numbered(sign) for sign in text)
