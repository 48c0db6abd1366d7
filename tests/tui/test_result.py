"""The result page: the card first, chapters behind it; by keys, by mouse, by one switch; at any size of the window."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from msgspec.structs import replace

from iop_tui.result.blocks import Document, Table
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.result.priorities import IF_ROOM
from iop_tui.screening.i18n.language import use
from iop_tui.tui.choices import Choices
from iop_tui.tui.compare import ComparePage
from iop_tui.tui.footer import FooterKey
from iop_tui.tui.result import ResultPage
from iop_tui.tui.sheet import Sheet
from iop_tui.tui.text_screen import Scroll
from tests.bounded import rounds
from tests.shipped import CASES, SHIPPED
from tests.stepped import Stepped
from tests.tui.documents import DOCUMENT, OFFER
from tests.tui.hands import Mouse, Switch, turn_on
from tests.tui.pilot import SMALL, Person, first_line, person
from tests.tui.test_card import ROOMS

NURSE = next(case for case in CASES if case.id == "nurse_with_wine")


@asynccontextmanager
async def reader(
    size: tuple[int, int] = (80, 24), document: Document = DOCUMENT, time: Stepped | None = None
) -> AsyncIterator[Person]:
    """Somebody at the card."""
    async with person(SMALL, size, time) as someone:
        await someone.app.stage(ResultPage(document))
        await someone.pause()
        yield someone


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_the_card_has_the_room_that_its_layout_is_tested_for(size: tuple[int, int], language: str) -> None:
    async with reader(size) as someone:
        use(language)
        await someone.app.stage(ResultPage(DOCUMENT, OFFER))
        await someone.pause()
        use("en")
        scroll = someone.app.screen.query_one(Scroll)
        assert scroll.max_scroll_y == 0
        sheet = someone.app.screen.query_one(Sheet)
        assert (sheet.content_size.width, scroll.content_size.height) == ROOMS[f"{size[0]}x{size[1]}"]
        assert "Not a diagnosis." in someone.sees()
        assert re.search(r"  A (If you like: |Si quiere: )?5 ", someone.sees())


async def test_arrows_go_through_all_pages_and_back() -> None:
    async with reader() as someone:
        there = [first_line(someone)]
        for _ in rounds("the card once more", 30):
            if "1 of 6" in there[-1] and len(there) > 1:
                break
            await someone.press("right")
            there.append(first_line(someone))
        assert [title for title in there if title.startswith("The kinds of care")][1].endswith("3 of 6, page 2 of 3")
        await someone.press("6")
        back = [first_line(someone)]
        for _ in rounds("the card", 30):
            if "1 of 6" in back[-1]:
                break
            await someone.press("left")
            back.append(first_line(someone))
        assert back == there[-2::-1]


async def test_numbers_go_to_a_chapter_and_others_do_nothing() -> None:
    async with reader() as someone:
        for number, title in enumerate(("Your result", "Why", "The kinds of care", "What to do", "Your first call"), 1):
            await someone.press(str(number))
            assert first_line(someone).startswith(title)
            assert f"{number} of 6" in first_line(someone)
        await someone.press("9")
        assert first_line(someone).startswith("Your first call")


async def test_enter_opens_the_answers_behind_a_reason_and_closes_them() -> None:
    async with reader() as someone:
        await someone.press("2")
        assert "How often?" not in someone.sees()
        await someone.press("enter")
        assert "How often? “Daily”" in someone.sees()
        await someone.press("down", "enter")
        assert "You live alone" in someone.sees()
        await someone.press("down", "enter")
        assert "How did you sleep? “Badly”" in someone.sees()
        await someone.press("enter")
        assert "How did you sleep?" not in someone.sees()
        await someone.press("right")
        assert "3 of 6" in first_line(someone)


async def test_no_page_edge_cuts_a_row_of_the_table_and_its_heads_stand_on_every_page() -> None:
    async with reader() as someone:
        await someone.press("3")
        rows = 0
        for _ in rounds("the next section", 30):
            if not first_line(someone).startswith("The kinds"):
                break
            lines = someone.lines()
            assert any(line.split() == ["Outpatient", "›", "IOP", "PHP", "Inpatient"] for line in lines)
            heads = [number for number, line in enumerate(lines) if line.strip().startswith("Row ")]
            rows += len(heads)
            assert all("second line" in " ".join(lines[number + 1 : number + 4]) for number in heads)
            await someone.press("right")
        assert rows == 12


async def test_the_table_is_as_wide_as_the_window() -> None:
    async with reader((180, 50)) as someone:
        await someone.press("3")
        assert max(len(line) for line in someone.lines()) > 160
        assert "page" not in first_line(someone)
        await someone.press("4")
        assert max(len(line) for line in someone.lines()[4:-2]) <= 104


@pytest.mark.parametrize("size", [(60, 20), (120, 40), (200, 50)], ids=str)
async def test_another_size_of_the_window_keeps_the_chapter_and_what_is_read(size: tuple[int, int]) -> None:
    async with reader() as someone:
        await someone.press("4", "right")
        first = next(line for line in someone.lines()[2:] if "Step" in line).strip()
        await someone.resize(*size)
        assert first_line(someone).startswith("What to do")
        assert first in someone.sees()
        await someone.resize(80, 24)
        assert first in someone.sees()


async def test_a_click_goes_on_and_opens_what_the_foot_has_no_room_for() -> None:
    async with reader() as someone:
        mouse = Mouse(someone)
        assert 4 <= len([foot for foot in someone.app.screen.query(FooterKey) if foot.display]) <= 5
        await mouse.do("next")
        assert "2 of 6" in first_line(someone)
        await someone.click("+ You drink daily")
        assert "“Daily”" in someone.sees()
        await mouse.do("contents")
        await someone.click("What to do")
        assert "4 of 6" in first_line(someone)
        await mouse.do("contents")
        await someone.click("Leave")
        assert "Leave? We'll erase your answers." in someone.sees()


async def test_one_switch_goes_through_the_chapters(time: Stepped) -> None:
    async with reader(time=time) as someone:
        await turn_on(someone)
        switch = Switch(someone)
        offered = await switch.all_offered()
        assert {"key next", "key contents", "key save", "key help", "key back", "key over", "key leave"} <= set(offered)
        await switch.do("next")
        assert "2 of 6" in first_line(someone)
        await switch.take("choice reason 0")
        assert "“Daily”" in someone.sees()
        await switch.do("next")
        assert "3 of 6" in first_line(someone)


@pytest.mark.parametrize("to_the_card", [("4", "home"), ("2", "left")], ids=str)
async def test_back_from_the_card_are_the_answers_however_one_came_to_it(to_the_card: Sequence[str]) -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer({})
        await someone.press("enter", *to_the_card)
        assert "1 of " in first_line(someone)
        await someone.press("left")
        assert someone.page() == "ReviewPage"


async def test_another_language_keeps_the_chapter_and_what_is_open() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer(NURSE.answers)
        await someone.press("enter", "2")
        for _ in rounds("reasons to open", 30):
            if someone.app.screen.query_one(Choices).offered:
                break
            await someone.press("right")
        number = first_line(someone)[-6:]
        before = first_line(someone)
        await someone.press("enter")
        opened = [choice.details for choice in someone.app.screen.query_one(Choices).offered if choice.details]
        await someone.press("l")
        try:
            assert first_line(someone) != before
            assert first_line(someone)[-6:].split()[0] == number.split()[0]
            again = [choice.details for choice in someone.app.screen.query_one(Choices).offered if choice.details]
            assert len(again) == len(opened) == 1
            assert again != opened
        finally:
            use("en")


async def test_the_comparison_from_the_result_has_the_own_column_lit() -> None:
    async with reader((100, 40)) as someone:
        await someone.press("c")
        assert isinstance(someone.app.screen, ComparePage)
        assert "› IOP" in someone.sees()
        assert "Ask about this" in someone.sees()
        await someone.press("left")
        assert someone.page() == "ResultPage"


async def test_no_page_of_the_comparison_has_nothing_but_the_key_for_more() -> None:
    async with reader((60, 20), document(result_for(SHIPPED, NURSE.answers))) as someone:
        await someone.press("3")
        for _ in rounds("the next section", 9):
            assert "Outpatient: " in someone.sees()
            await someone.press("right")
            if "4 of " in first_line(someone):
                break


async def test_a_table_that_has_no_room_on_one_page_is_shown_in_short() -> None:
    table = DOCUMENT.sections[2].blocks[0]
    assert isinstance(table, Table)
    rows = tuple(replace(row, priority=IF_ROOM if number > 3 else 0) for number, row in enumerate(table.rows))
    compare = replace(DOCUMENT.sections[2], blocks=(replace(table, rows=rows),))
    sections = (*DOCUMENT.sections[:2], compare, *DOCUMENT.sections[3:])
    async with reader(document=replace(DOCUMENT, sections=sections)) as someone:
        await someone.press("3")
        assert "Row 3" in someone.sees()
        assert "C shows more" in someone.sees()
        await someone.press("right")
        assert "4 of 6" in first_line(someone)
        await someone.resize(200, 70)
        await someone.press("3")
        assert "Row 11" in someone.sees()
        assert "C shows more" not in someone.sees()


async def test_the_kinds_of_care_are_told_apart_where_not_all_rows_have_room() -> None:
    async with reader(document=document(result_for(SHIPPED, NURSE.answers))) as someone:
        await someone.press("3")
        seen = someone.reads()
        for _ in range(4):
            await someone.press("right")
            if "3 of" not in first_line(someone):
                break
            seen += someone.reads()
        for row in SHIPPED.care.compare:
            assert (row.text in seen) == row.main, row.id
