"""Renders the note as PDF on US letter: selectable text, an outline, and the call and screening on each page.

A letter that the font lacks is written as its code point, and the last page says so.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from fpdf.enums import Align, XPos, YPos

from iop_tui.export.footed_pdf import FootedPdf
from iop_tui.export.note import note
from iop_tui.export.note_blocks import Block, Field, Heading, Item
from iop_tui.export.report import Report
from iop_tui.export.safe_text import numbered, visible

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


def _written(report: Report, pages: int) -> FootedPdf:
    reference = visible(report.reference).replace("\n", " ")
    named = _short(reference) if reference else report.id

    def foot(page: int) -> str:
        return "{reference}, {screening}, page {page} of {pages}".format(
            reference=named, screening=f"{report.used.id} {report.used.version}", page=page, pages=pages
        )

    pdf = FootedPdf(_MARGIN, foot, " ".join(visible(report.notice).split()))
    pdf.alias_nb_pages("")
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


def _draw(pdf: FootedPdf, block: Block) -> None:
    if isinstance(block, Heading):
        size = _SIZES[block.depth]
        pdf.ln(size * (0.9 if block.depth else 0))
        if pdf.will_page_break(size * _LEADING * 3):
            pdf.add_page()
        said = pdf.drawn(visible(block.text), bold=True)
        pdf.start_section(said, level=max(0, block.depth - 1))
        pdf.set_font("dejavu", "B", size)
        _cell(pdf, said, 0, size)
    elif isinstance(block, Field):
        pdf.set_font("dejavu", "B", _SIZE)
        pdf.write(_LINE, pdf.drawn(f"{block.name}: ", bold=True))
        pdf.set_font("dejavu", size=_SIZE)
        pdf.write(_LINE, pdf.drawn(visible(block.text)))
        pdf.ln(_LINE)
    elif isinstance(block, Item):
        pdf.ln(_SIZE * (0.1 if block.depth else 0.35))
        pdf.set_font("dejavu", size=_SIZE)
        pdf.set_x(_MARGIN + block.depth * _INDENT)
        # The bullet is a cell of its own, so that wrapped lines are aligned under the first.
        pdf.cell(_INDENT, _LINE, "–" if block.depth else "•")
        _cell(pdf, pdf.drawn(visible(block.text)), (block.depth + 1) * _INDENT, _SIZE)
    else:
        _paragraph(pdf, block.text)


def _paragraph(pdf: FootedPdf, text: str) -> None:
    pdf.ln(_SIZE * 0.4)
    pdf.set_font("dejavu", size=_SIZE)
    _cell(pdf, pdf.drawn(visible(text)), 0, _SIZE)
    pdf.ln(_SIZE * 0.4)


def _cell(pdf: FootedPdf, text: str, indent: float, size: float) -> None:
    pdf.set_x(_MARGIN + indent)
    pdf.multi_cell(0, size * _LEADING, text, align=Align.L, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _lacking(pdf: FootedPdf, blocks: Iterable[Block]) -> bool:
    said = (visible(block.text) for block in blocks)
    return any(sign != "\n" and ord(sign) not in pdf.letters[False] for text in said for sign in text)
