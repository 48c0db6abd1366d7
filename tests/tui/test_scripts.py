"""Writing from right to left, wide and combined signs, and words without end: the layout holds on every page."""

from __future__ import annotations

import re
import unicodedata

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes
from textual.content import Content

from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.model.answers import Answer
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.text import as_text
from iop_tui.tui.blocks import Columns, Paragraph, Rule, lay_out
from iop_tui.tui.choices import Choices
from tests.tui.gallery import SCRIPTS, SCRIPTS_FILES, walked
from tests.tui.pilot import person

SIZES = [(60, 20), (80, 24), (120, 40)]
FAMILY, FLAG, HAND, THAI, STACKED = "👩‍👩‍👧‍👦", "🇵🇷", "👍🏿", "นี้", "Z͑ͫ̓"
LETTERS = "aשم中, 。·" + "".join((FAMILY, FLAG, HAND, THAI, STACKED))


def graphemes(words: str) -> list[str]:
    """What a person sees as one sign each; of a flag, its two letters, because rich counts them one by one."""
    lines = words.split("\n")
    return [line[start:end] for line in lines for start, end, _cells in split_graphemes(line)[0]]


SIGNS = set(graphemes("\n".join(file.read_text("utf-8") for file in sorted(SCRIPTS_FILES.glob("*.yaml")))))
"""Every sign that the sample has."""
JOINED = {sign for sign in SIGNS if len(sign) > 1}


def cut(words: str) -> set[str]:
    """Parts of signs that were cut: they stand by themselves, and do so nowhere in the sample."""
    return {sign for sign in graphemes(words) if sign not in SIGNS and any(sign in one for one in JOINED)}


@pytest.mark.parametrize("size", [*SIZES[:2], pytest.param(SIZES[2], marks=pytest.mark.thorough)], ids=str)
async def test_no_line_is_longer_than_the_window_and_no_sign_is_cut(size: tuple[int, int]) -> None:
    seen: set[str] = set()
    for name, page in (await walked(size)).items():
        for strip in page:
            assert cell_len(strip.text) == strip.cell_length == size[0], (name, strip.text)
            assert cut(strip.text) == set(), (name, strip.text)
            seen |= set(graphemes(strip.text))
    assert {FAMILY, HAND, THAI} <= seen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_every_question_can_be_read_to_its_last_sign(size: tuple[int, int]) -> None:
    async with person(SCRIPTS, size) as someone:
        await someone.press("1")
        question = SCRIPTS.questions[0]
        seen = ""
        choices = someone.app.screen.query_one(Choices)
        for _option in question.options:
            await someone.press("down")
            seen += someone.sees()
        assert choices.virtual_size.width <= choices.size.width
        for said in (question.ask, *(option.text for option in question.options)):
            assert _without_room(said) in _without_room(seen) or all(
                _without_room(part) in _without_room(seen) for part in said.split()
            ), said


def _without_room(words: str) -> str:
    return re.sub(r"\s|[─━›]", "", words)


async def test_what_stands_side_by_side_stays_under_its_head() -> None:
    async with person(SCRIPTS, (100, 40)) as someone:
        await someone.press("2")
        rows = [row for row in someone.sees().split("\n") if row.strip()]
        at = next(number for number, row in enumerate(rows) if "门诊" in row and "جزئي" in row)
        levels = SCRIPTS.care.levels
        columns = [cell_len(rows[at].partition(care.short)[0]) for care in levels]
        hours = next(row for row in rows if "1–2 小时" in row)
        assert [cell_len(hours.partition(care.compare["hours"])[0]) for care in levels] == columns


async def test_a_terminal_puts_every_sign_where_the_layout_put_it() -> None:
    """Textual and the terminal count cells alike, but for signs that are joined: about these terminals differ."""
    checked = 0
    for name, page in (await walked((80, 24))).items():
        for line in (strip.text.rstrip() for strip in page):
            if any(unicodedata.category(sign) in ("Mn", "Mc", "Cf", "Sk") for sign in line) or "🇵" in line:
                continue
            screen = pyte.Screen(100, 1)
            pyte.Stream(screen).feed(line)
            assert screen.cursor.x == cell_len(line), name
            checked += not line.isascii()
    assert checked > 100


words = st.lists(
    st.sampled_from([*graphemes(LETTERS), " ", " ", "Donaudampfschifffahrt"]), min_size=1, max_size=60
).map("".join)


@given(text=words, mark=st.sampled_from(["", "· ", "1. ", "中文中文: ", f"{FAMILY}: "]), indent=st.integers(0, 6))
def test_a_paragraph_keeps_to_its_width_and_keeps_every_sign(text: str, mark: str, indent: int) -> None:
    for width in (20, 37, 76):
        lines = lay_out([Paragraph(text, mark=mark, indent=indent)], width).plain.split("\n")
        assert all(cell_len(line) <= width for line in lines)
        assert "".join("".join(lines).split()) == "".join((mark + text).split())
        whole = set(graphemes(f"{mark} {text}"))
        assert {sign for line in lines for sign in graphemes(line)} <= whole | {" "}


@given(st.lists(words, min_size=4, max_size=4), st.sampled_from([0, 16]))
def test_columns_begin_in_the_same_cell_on_every_line(cells: list[str], label: int) -> None:
    width = 96
    block = Columns(tuple((cell, "") for cell in cells), label)
    lines = lay_out([block, Rule()], width).plain.split("\n")
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(sorted("".join("".join(lines[:-1]).split()))) == "".join(sorted("".join("".join(cells).split())))


def test_a_mark_in_wide_signs_is_counted_in_cells() -> None:
    lines = lay_out([Paragraph("one two three four five six seven", mark="部分住院: ")], 24).plain.split("\n")
    assert all(cell_len(line) <= 24 for line in lines)
    assert {len(line) - len(line.lstrip()) for line in lines[1:]} == {cell_len("部分住院: ")}


@pytest.mark.parametrize("sign", [FAMILY, HAND, THAI, STACKED])
def test_cutting_off_leaves_signs_whole(sign: str) -> None:
    for width in range(1, 12):
        left = Content(sign * 8).truncate(width, ellipsis=True)
        assert left.cell_length <= width
        assert set(graphemes(left.plain)) <= {sign, "…", " "}


def test_the_file_to_take_along_says_all_of_it() -> None:
    limit = "Not a diagnosis. A licensed professional decides with you."
    said = ("停止之前请先看医生", "您一天喝八杯或更多。", "👩🏽‍⚕️", limit)
    answers: dict[str, Answer] = {"who_for": "chinese", "help_with": ("mood", "alcohol"), "drinks": 12}
    told = document(result_for(SCRIPTS, {**answers, "thoughts": "never", "night_support": "nobody"}))
    for made in (as_text(told), as_markdown(told)):
        joined = _without_room(made.replace("\\", ""))
        assert all(_without_room(sentence) in joined for sentence in said)
        assert cut(made) == set()
