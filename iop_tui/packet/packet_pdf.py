"""Renders a packet as PDF on US letter: selectable text, an outline, and the screening's fingerprint on each page."""

from __future__ import annotations

import contextlib
import datetime
from functools import cache

from iop_tui.export.footed_pdf import FootedPdf
from iop_tui.export.safe_text import visible
from iop_tui.packet.packet_model import Packet, Style
from iop_tui.packet.page_setting import SIZES, Page, PageSetter, PlacedMark, PlacedRule, PlacedText

_MARGIN = 30.0
"""Points."""
_FOOT = 36.0
_NARROW = 84.0
"""The width of letters in percent: DejaVu Sans is wide, and lines this long are read more easily in fewer turns."""
_GRAYS: dict[Style, int] = {"plain": 0, "strong": 0, "small": 70, "ref": 100}
_LINE_GRAY = 150


def as_packet_pdf(packet: Packet, program: str) -> bytes:
    """The packet as PDF; `program` is the version that made it. The same packet gives the same bytes."""
    pages: list[Page] = []

    def foot(page: int) -> str:
        return f"{packet.about}, packet of {packet.day}, page {page} of {len(pages)}"

    with contextlib.closing(FootedPdf(_MARGIN, foot)) as pdf:
        pdf.alias_nb_pages("")
        pdf.set_auto_page_break(auto=False)
        pdf.set_stretching(_NARROW)
        pdf.set_title(visible(packet.title))
        pdf.set_producer(f"iop-tui {program}")
        pdf.set_lang("en-US")
        day = datetime.date.fromisoformat(packet.day)
        pdf.set_creation_date(datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC))

        @cache
        def measure(text: str, style: Style) -> float:
            pdf.set_font("dejavu", "B" if style == "strong" else "", SIZES[style])
            return pdf.get_string_width(_letters(pdf, text, style))

        pages += PageSetter(pdf.w, pdf.h, _MARGIN, _FOOT, measure).set(packet.blocks)
        for page in pages:
            _draw(pdf, page)
        return bytes(pdf.output())


# ---- inside ----------------------------------------------------------------------------------------------------------


def _draw(pdf: FootedPdf, page: Page) -> None:
    pdf.add_page()
    pdf.set_draw_color(_LINE_GRAY)
    for placed in page:
        if isinstance(placed, PlacedText):
            pdf.set_font("dejavu", "B" if placed.style == "strong" else "", placed.size or SIZES[placed.style])
            pdf.set_text_color(_GRAYS[placed.style])
            pdf.text(placed.x, placed.y, _letters(pdf, placed.text, placed.style))
        elif isinstance(placed, PlacedMark):
            pdf.set_y(placed.y)
            pdf.start_section(pdf.drawn(visible(placed.text), bold=True), level=max(0, placed.depth - 1))
        else:
            _rule(pdf, placed)
    pdf.set_text_color(0)


def _rule(pdf: FootedPdf, rule: PlacedRule) -> None:
    pdf.set_line_width(0.9 if rule.strong else 0.35)
    if rule.height:
        pdf.rect(rule.x, rule.y, rule.width, rule.height)
    else:
        pdf.line(rule.x, rule.y, rule.x + rule.width, rule.y)


def _letters(pdf: FootedPdf, text: str, style: Style) -> str:
    # Spaces at the end are kept: they part the runs of a line.
    after = " " * (len(text) - len(text.rstrip(" "))) if text.strip() else ""
    return pdf.drawn(f"{visible(text)}{after}" if after else visible(text) or text, bold=style == "strong")
