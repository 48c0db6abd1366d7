"""The packet as PDF: short enough, all of it there and inside its pages, and the same bytes again."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from iop_tui.packet.packet_markdown import as_packet_markdown
from iop_tui.packet.packet_model import Blank, Entries, Entry, Heading, Packet, PageBreak, Remarks, Section, said
from iop_tui.packet.packet_pdf import as_packet_pdf
from iop_tui.packet.page_setting import Page, PageSetter, PlacedMark, PlacedText
from tests.export.calls import squeezed
from tests.packet.packets import every_line, packet, pages, pdf

WIDE, TALL, MARGIN, FOOT = 612.0, 792.0, 30.0, 36.0


def measure(text: str, _style: str) -> float:
    return 4.0 * len(text)


def set_on_pages(made: Packet) -> list[Page]:
    return PageSetter(WIDE, TALL, MARGIN, FOOT, measure).set(made.blocks)


def texts(page: Page) -> list[PlacedText]:
    return [placed for placed in page if isinstance(placed, PlacedText)]


def test_it_has_fewer_than_40_pages() -> None:
    assert len(pages()) < 40


def test_every_page_says_what_it_is_of_and_how_many_there_are() -> None:
    for number, text in enumerate(pages(), 1):
        assert f"{packet().about}, packet of 2026-11-30, page {number} of {len(pages())}" in text


def test_all_that_the_document_says_is_in_its_text() -> None:
    bodies = [squeezed(text.rsplit(packet().about, 1)[0]) for text in pages()]
    missing = [line.text for line in every_line(packet()) if not _is_in(squeezed(line.text), bodies)]
    assert missing == []


def _is_in(text: str, bodies: Sequence[str]) -> bool:
    """Whether the text is on a page, or begins on one and ends on the next."""
    if any(text in body for body in bodies):
        return True
    return any(
        text[:cut] in before and text[cut:] in after
        for before, after in itertools.pairwise(bodies)
        for cut in range(1, len(text))
    )


def test_headings_are_in_the_outline() -> None:
    def names(outline: list[Any]) -> list[str]:
        return [name for each in outline for name in (names(each) if isinstance(each, list) else [each.title])]

    found = names(PdfReader(io.BytesIO(pdf())).outline)
    assert found == [block.text for block in packet().blocks if isinstance(block, Heading)]


def test_the_same_packet_gives_the_same_bytes_with_the_day_that_it_states() -> None:
    assert as_packet_pdf(packet(), "test") == pdf()
    known = PdfReader(io.BytesIO(pdf())).metadata
    assert known is not None
    assert set(known) == {"/Title", "/Producer", "/CreationDate"}
    assert str(known["/CreationDate"]) == "D:20261130000000Z"


def test_no_text_leaves_its_page_or_runs_into_the_footer() -> None:
    for page in set_on_pages(packet("es")):
        for text in texts(page):
            size = text.size / 8.5 if text.size else 1.0
            assert text.x + measure(text.text.rstrip(), "") * size <= WIDE - MARGIN + 0.01, text.text
            assert MARGIN <= text.y <= TALL - FOOT


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    found = set_on_pages(packet("es"))
    for page in found:
        last = max((each.y for each in page if isinstance(each, PlacedMark)), default=0.0)
        below = [text for text in texts(page) if text.y > last and not text.size]
        assert below, "a heading is the last of its page"


def test_the_heads_of_a_table_are_repeated_where_it_goes_on() -> None:
    row = Entry("row", ((said("1"),), (said("word " * 400),)))
    table = Entries(("No.", "What"), (0.2, 0.8), (row,) * 8)
    found = set_on_pages(Packet("t", "a", "2026-11-30", (Section("s", (table,)),)))
    assert len(found) > 1
    assert all([text.text for text in texts(page)[:2]] == ["No.", "What"] for page in found)


def test_what_is_signed_is_not_divided() -> None:
    lines = tuple(said("A line of text.") for _each in range(60))
    form = (PageBreak(30), Heading("Sign"), Remarks(4), Blank("Name"), Blank("Date"))
    found = set_on_pages(Packet("t", "a", "2026-11-30", (Section("s", (*lines, *form)),)))
    assert [text.text for text in texts(found[-1])] == ["Sign", "Remarks:", "Name:", "Date:"]


@pytest.mark.parametrize("hostile", ["中文", "a\u202eb", "x" * 900, "**bold** <b>", "é" * 40])
def test_any_text_is_drawn_as_it_is_written(hostile: str) -> None:
    made = Packet("t", "a", "2026-11-30", (Section("s", (Heading(hostile), said(hostile), said("the end"))),))
    text = squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(as_packet_pdf(made, "test"))).pages))
    shown = {"中文": "[U+4E2D][U+6587]", "a\u202eb": "ab"}.get(hostile, hostile)
    assert squeezed(shown) in text
    assert "theend" in text


def test_the_markdown_says_the_same() -> None:
    from markdown_it import MarkdownIt

    for made in (packet(), packet("es")):
        tokens = MarkdownIt("commonmark").parse(as_packet_markdown(made))
        plain = squeezed(
            "".join(
                child.content
                for token in tokens
                for child in token.children or ()
                if child.type in ("text", "code_inline")
            )
        )
        missing = [line.text for line in every_line(made) if squeezed(line.text) not in plain]
        assert missing == []
        headings = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
        assert len(headings) == sum(isinstance(block, Heading) for block in made.blocks)
        remarks = sum(isinstance(block, Remarks) for block in made.blocks)
        assert as_packet_markdown(made).count("\nRemarks:\n") == remarks


def test_markup_in_a_text_is_no_markup() -> None:
    made = replace(packet(), sections=(Section("s", (said("*not* [a link](x) <b>"),)),))
    assert as_packet_markdown(made) == "\\*not\\* \\[a link\\](x) \\<b\\>\n"
