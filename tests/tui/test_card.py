"""The card fits every window that shows pages, for every example person, in every language: pure layout, no app."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from iop_tui.result.blocks import ALWAYS, CallLine, CallLines, CareName, Entries, Entry, Section, Words
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.i18n.language import use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.tui.card import card_lines
from iop_tui.tui.linux_console import drawn
from tests.shipped import SHIPPED
from tests.tui.documents import CARD

LANGUAGES = ("en", "es")
ROOMS = {"60x20": (55, 16), "60x20, kiosk": (55, 15), "80x24": (75, 18), "80x24, kiosk": (75, 16)}
"""Cells and lines that a window leaves for the card: `test_result.py` compares them with the page."""
NEVER_CUT = ("IOP", "See a doctor.", "1-800-662-4357", "Not a diagnosis.")


def lines_of(section: Section, width: int, height: int) -> list[str]:
    return card_lines(section, width, height).plain.split("\n")


# ---- everybody's ----


def cards(language: str, people: Sequence[Case]) -> Iterator[tuple[str, Section]]:
    use(language)
    try:
        screening = in_language(SHIPPED, language) if language != "en" else SHIPPED
        for case in people:
            yield case.id, document(result_for(screening, case.answers)).sections[0]
    finally:
        use("en")


@pytest.fixture(scope="module", params=LANGUAGES)
def everybody(request: pytest.FixtureRequest, people: Sequence[Case]) -> Mapping[str, Section]:
    return dict(cards(request.param, people))


def lacking(section: Section, lines: list[str]) -> list[str]:
    """What is never to be cut and is not said: the care, what to do today in all its words or in its short ones, the
    disclaimer.
    """
    said = folded(" ".join(lines))
    return [ways[0] for ways in never_cut(section) if not any(way and folded(way) in said for way in ways)]


def folded(text: str) -> str:
    return " ".join(text.split())


def never_cut(section: Section) -> Iterator[tuple[str, ...]]:
    for block in section.blocks:
        if isinstance(block, CareName):
            yield (block.name,)
        elif isinstance(block, Entries) and block.numbered:
            for entry in block.entries:
                yield entry.text, entry.short
        elif isinstance(block, Words) and block is section.blocks[-1]:
            yield block.text, block.short


@pytest.mark.parametrize("room", ROOMS.values(), ids=ROOMS.keys())
def test_everybodys_card_fits_without_scrolling(everybody: Mapping[str, Section], room: tuple[int, int]) -> None:
    width, height = room
    too_long = []
    for name, section in everybody.items():
        if section.id != "card":
            continue
        lines = lines_of(section, width, height)
        assert all(cell_len(line) <= width for line in lines), name
        assert not lacking(section, lines), name
        if len(lines) > height:
            too_long.append((name, len(lines), "\n".join(lines)))
    assert len(everybody) > 100
    assert not too_long, (len(too_long), too_long[0][0], too_long[0][2])


@pytest.mark.parametrize("room", [(116, 34), (176, 44)], ids=["120x40", "200x50"])
def test_in_a_wide_window_nothing_is_cut(everybody: Mapping[str, Section], room: tuple[int, int]) -> None:
    width, height = room
    for name, section in everybody.items():
        lines = lines_of(section, width, height)
        assert len(lines) <= height or section.id == "danger", name
        assert all(cell_len(line) <= width for line in lines), name


# ---- what gives way ----


def test_what_gives_way_first() -> None:
    def kept(height: int) -> tuple[bool, int, bool, int, bool, bool]:
        """Letters, blank lines, the sentence that can be cut, reasons, the headings of the scale, what the care is."""
        text = card_lines(CARD, 75, height)
        lines = text.plain.split("\n")
        assert len(lines) <= height
        assert all(word in text.plain for word in NEVER_CUT)
        letters = any("reverse" in str(span.style) for span in text.spans)
        said = text.plain
        hinge, head, what = (words in said for words in ("could be enough", "Hours a week", "You come"))
        return letters, lines.count(""), hinge, said.count("Reason"), head, what

    rich = kept(24)
    assert rich == (True, rich[1], True, 3, True, True)
    plain = [kept(height) for height in range(24, 3, -1)]
    # Each thing that gives way stays away in every smaller window, one after the other.
    gone = [[how[part] for how in plain] for part in (0, 2, 3, 4, 5)]
    for one in gone:
        assert one == sorted(one, reverse=True)
    first_gone = [next(at for at, how in enumerate(one) if how < one[0]) for one in gone]
    assert first_gone == sorted(first_gone)
    assert plain[-1] == (False, 0, False, 0, False, False)


def test_at_most_three_reasons_in_any_room() -> None:
    assert "number 3" in card_lines(CARD, 176, 60).plain
    assert "number 4" not in card_lines(CARD, 176, 60).plain


def test_the_own_level_is_told_without_colour_and_on_a_linux_console() -> None:
    rows = {line.split()[0]: line for line in lines_of(CARD, 75, 19) if "home" in line or "there" in line}
    assert [line.split()[1] for line in lines_of(CARD, 75, 19) if line.startswith("›")] == ["IOP"]
    assert [line.split()[1] for line in lines_of(CARD, 75, 19) if line.startswith("?")] == ["PHP"]
    assert "█" in rows["›"]
    assert "█" not in rows["Inpatient"]
    for line in lines_of(CARD, 75, 19):
        drawn(line).encode("cp437")


def test_bars_are_as_long_as_the_hours() -> None:
    scale = [line for line in lines_of(CARD, 110, 19) if line.endswith(("1-8", "9-19", "20+", "night"))]
    bars = {line.strip("›? ").split()[0]: line.count("█") + line.count("▒") for line in scale}
    assert 0 < bars["Outpatient"] < bars["IOP"] <= bars["PHP"] < bars["Inpatient"] / 5


def test_a_wide_window_has_two_columns() -> None:
    lines = lines_of(CARD, 116, 34)
    assert any("You sleep" in line and "Why" in line for line in lines)
    assert not any("You sleep" in line and "Why" in line for line in lines_of(CARD, 110, 34))


def test_danger_names_one_number_large_where_there_is_room_that_to_call_first() -> None:
    calls = CallLines((CallLine("e", "Emergency", "Call 911", ""), CallLine("c", "Crisis", "Call or text 988", "")))
    do = Entries("", tuple(Entry(f"Do this {number}.", priority=ALWAYS) for number in range(5)))
    danger = Section("danger", "Get help now", (Words("Talk to someone now", "danger"), do, calls))
    large = card_lines(danger, 75, 19)
    other = CallLines((calls.lines[0], CallLine("c", "Helpline", "Call 1-800-662-4357", "")))
    alone = card_lines(replace(danger, blocks=(*danger.blocks[:2], other)), 75, 19)
    ink, ink_of_one = ([s for s in text.spans if "reverse" in str(s.style)] for text in (large, alone))
    assert len(ink) == len(ink_of_one) > 0
    small = card_lines(danger, 55, 8)
    assert not any("reverse" in str(span.style) for span in small.spans)
    for text in (large.plain, small.plain):
        assert all(f"Do this {number}." in text for number in range(5))
        assert text.index("Call 911") < text.index("Do this 0")


def test_nothing_that_is_never_cut_is_lost_where_even_the_plainest_has_no_room() -> None:
    long = replace(
        CARD, blocks=(*CARD.blocks[:4], Entries("Today", (Entry("word " * 200),), numbered=True), CARD.blocks[5])
    )
    text = card_lines(long, 55, 17).plain
    assert text.count("word") == 200
    assert "IOP" in text
    assert "Not a diagnosis." in text
