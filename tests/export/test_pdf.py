"""The note as PDF: all of it there and selectable, every page saying what it is of, the same bytes again."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from pypdf import PdfReader

from iop_tui.call.record import Call
from iop_tui.export.note import note
from iop_tui.export.note_blocks import Field, Heading
from iop_tui.export.note_pdf import as_note_pdf
from iop_tui.export.report import Report
from iop_tui.export.safe_text import visible
from tests.export.calls import HOSTILE, a_call, calls, reported, squeezed, typed_in
from tests.profiles import examples
from tests.shipped import SHIPPED


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def headings(outline: list[Any]) -> list[str]:
    """The titles of an outline and of those inside it, in order."""
    return [name for each in outline for name in (headings(each) if isinstance(each, list) else [each.title])]


def long() -> Call:
    answers = {q.id: q.options[0].id for q in SHIPPED.questions if q.kind == "one" and q.show_if is None}
    notes = dict.fromkeys(answers, "One line of a long note. " * 40)
    return a_call(SHIPPED, answers, notes=notes, reference="Tues-14h {nb}")


@cache
def long_report() -> Report:
    return reported(long(), SHIPPED)


@cache
def long_pdf() -> bytes:
    return as_note_pdf(long_report())


def test_every_sentence_is_in_the_text_of_the_pages_in_order() -> None:
    report = long_report()
    body = squeezed("".join(text.rsplit("Tues-14h {nb}, level", 1)[0] for text in pages(long_pdf())))
    at = 0
    for block in note(report):
        said = f"{block.name}: {block.text}" if isinstance(block, Field) else block.text
        at = body.index(squeezed(said), at)


def test_every_page_says_which_call_and_screening_it_is_of_and_how_many_there_are() -> None:
    found = pages(long_pdf())
    assert len(found) > 3
    for number, text in enumerate(found, 1):
        version = SHIPPED.manifest.version
        assert f"Tues-14h {{nb}}, level-of-care {version}, page {number} of {len(found)}" in text


@pytest.mark.parametrize(("notice", "feet"), [("Part 2 applies.", True), ("Part 2\nprohibits use. " * 30, False)])
def test_a_notice_is_first_and_last_and_on_every_page_where_it_is_short(notice: str, feet: bool) -> None:
    found = pages(as_note_pdf(reported(long(), SHIPPED, notice=notice)))
    whole = squeezed(notice)
    bodies = [squeezed(text.rsplit("Tues-14h {nb}, level", 1)[0]) for text in found]
    assert all(body.endswith(whole) for body in bodies) is feet
    assert bodies[0].startswith(squeezed("Screening note") + whole)
    assert "".join(bodies).endswith(squeezed("Call 911, or call or text 988.") + whole * (2 if feet else 1))


def test_headings_are_in_the_outline() -> None:
    found = headings(PdfReader(io.BytesIO(long_pdf())).outline)
    assert found == [block.text for block in note(long_report()) if isinstance(block, Heading)]


def test_the_same_report_gives_the_same_bytes_and_names_no_machine_or_person() -> None:
    pdf = long_pdf()
    assert pdf == as_note_pdf(long_report())
    known = PdfReader(io.BytesIO(pdf)).metadata
    assert known is not None
    assert set(known) == {"/Title", "/Producer", "/CreationDate"}
    assert str(known["/CreationDate"]) == "D:20261121141500Z"


def test_a_page_is_us_letter() -> None:
    page = PdfReader(io.BytesIO(long_pdf())).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (612, 792)


@pytest.mark.parametrize("sign", ["中", "🦄", "\ue000"])
def test_a_letter_that_the_font_does_not_have_is_said_to_be_missing(sign: str) -> None:
    text = squeezed("".join(pages(as_note_pdf(reported(a_call(note=f"before {sign} after"))))))
    assert f"before[U+{ord(sign):04X}]after" in text
    missing = "A letter that this page cannot show is written as its Unicode number"
    assert (squeezed(missing) in text) is (sign != "\ue000")


def test_letters_that_the_font_has_are_shown_and_nothing_is_said_to_be_missing() -> None:
    text = "".join(pages(as_note_pdf(reported(a_call(note="Łódź, Ελλάδα, Київ, “café”")))))
    assert "Łódź, Ελλάδα, Київ, “café”" in text
    assert "cannot show" not in text


def test_nothing_typed_is_read_as_markup_or_lost() -> None:
    text = squeezed("".join(pages(as_note_pdf(reported(a_call(note="\n".join(HOSTILE)))))))
    for line in HOSTILE:
        if line.isascii():
            assert squeezed(visible(line)) in text


@examples(0.1)  # a fifth of a second each: fonts are cut to what is used
@given(calls())
def test_whatever_was_typed_is_on_the_pages(call: Call) -> None:
    # The last line of a page is its foot.
    body = squeezed("".join(text.rpartition("\n")[0] for text in pages(as_note_pdf(reported(call)))))
    for said in typed_in(call):
        if said.isascii():
            assert squeezed(visible(said)) in body
    assert body.endswith(squeezed("Talk with a licensed professional.")) or "[U+" in body
