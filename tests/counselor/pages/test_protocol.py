"""An alarm during a call: its steps are ticked with their times, and the call can always go on."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.containers import VerticalScroll
from textual.widget import Widget

from iop_tui.call.work import Work, ticked
from iop_tui.counselor.danger import dangers
from iop_tui.counselor.pages.protocol import _DEAF, ProtocolPage
from iop_tui.screening.interview import Unsaid
from iop_tui.screening.model import Alarm
from iop_tui.site.model import STANDARD
from iop_tui.site.protocol import steps_for
from iop_tui.tui.choices import Choices
from tests.counselor.pages.around import BEGAN, SHIPPED, Someone, call, someone

DANGER = call({"who_for": "self", "danger_signs": ("chest_pain",)})
TWO = call({"who_for": "self", "danger_signs": ("chest_pain",), "suicide_thoughts": "often"})


def first(work: Work) -> Alarm:
    return dangers(work)[0].alarm


async def opened(counselor: Someone, work: Work) -> ProtocolPage:
    """The page once keys count."""
    page = ProtocolPage(work, first(work), counselor.app.site)
    await counselor.open(page)
    await asyncio.sleep(_DEAF)
    await counselor.pilot.pause()
    return page


def beside(counselor: Someone, widget: Widget) -> str:
    """What a widget shows, as one line of words."""
    region = widget.content_region
    lines = counselor.lines()[region.y : region.bottom]
    return " ".join(" ".join(line[region.x : region.right] for line in lines).split())


@pytest.mark.parametrize("size", [(80, 23), (120, 40)], ids=str)
async def test_the_clinics_steps_and_what_to_tell_the_caller_are_shown(size: tuple[int, int]) -> None:
    site = replace(STANDARD, protocols={"medical": ("Ring the red phone.", "Write down the address.")})
    async with someone(DANGER, size, site=site) as counselor:
        await opened(counselor, DANGER)
        seen = counselor.sees()
        for text in ("Ring the red phone.", "Write down the address.", "Tell the caller", "0 of 2 steps done"):
            assert text in seen
        assert SHIPPED.pages["medical"].title in seen
        words = counselor.app.screen.query_one("#words", VerticalScroll)
        told = ""
        for _page in range(4):
            told += " " + beside(counselor, words)
            await counselor.press("pagedown")
        for text in (*SHIPPED.pages["medical"].do, "Chest pain"):
            assert " ".join(text.split()) in told


async def test_a_digit_ticks_a_step_with_its_time_and_again_takes_it_back() -> None:
    async with someone(DANGER) as counselor:
        page = await opened(counselor, DANGER)
        counselor.app.moment = BEGAN + timedelta(minutes=12)
        await counselor.press("2")
        (tick,) = counselor.work.call.ticks
        assert (tick.alarm, tick.step, tick.by) == ("danger_signs_now", page.steps[1], "ana")
        assert tick.at == counselor.app.moment
        assert counselor.app.moment.astimezone().strftime("[%H:%M]") in counselor.sees()
        assert "1 of 6 steps done" in counselor.sees()
        await counselor.press("2")
        assert counselor.work.call.ticks == ()


@pytest.mark.parametrize("key", ["enter", "escape", "b", "c", "left"])
async def test_the_call_can_always_go_on(key: str) -> None:
    async with someone(DANGER) as counselor:
        await opened(counselor, DANGER)
        await counselor.press(key)
        assert counselor.page == "Empty"
        assert counselor.work.call.ticks == ()


async def test_keys_meant_for_the_next_question_tick_nothing_and_do_not_take_the_page_away() -> None:
    async with someone(DANGER) as counselor:
        await counselor.open(ProtocolPage(DANGER, first(DANGER), STANDARD))
        await counselor.press("1", "enter", "escape", "2")
        assert counselor.page == "ProtocolPage"
        assert counselor.work.call.ticks == ()


async def test_a_mistake_leads_to_the_answer_that_raised_it() -> None:
    async with someone(DANGER) as counselor:
        await opened(counselor, DANGER)
        await counselor.press("m")
        assert counselor.page == "Empty"
        assert counselor.work.call.at == "danger_signs"


async def test_every_alarm_that_stands_can_be_reached_in_turn() -> None:
    async with someone(TWO) as counselor:
        await opened(counselor, TWO)
        titles = [SHIPPED.pages[danger.alarm.page].title for danger in dangers(TWO)]
        assert len(titles) == 2
        heads = []
        for _each in titles:
            heads.append(next(line for line in counselor.lines()[2:] if line.strip()).strip())
            await counselor.press("1")
            await counselor.press("a")
        assert heads == titles
        assert {tick.alarm for tick in counselor.work.call.ticks} == {danger.alarm.id for danger in dangers(TWO)}


async def test_a_step_that_was_ticked_stays_though_the_clinic_words_it_otherwise_now() -> None:
    work = ticked(DANGER, first(DANGER).id, "Ring the old number.", "ben", BEGAN)
    async with someone(work) as counselor:
        page = await opened(counselor, work)
        assert page.steps == (*steps_for(STANDARD, "medical"), "Ring the old number.")
        await counselor.press("7")
        assert counselor.work.call.ticks == ()


async def test_an_answer_ahead_of_its_gate_shows_the_steps_and_says_that_it_does_not_count_yet() -> None:
    work = call({"pregnancy_signs": ("bleeding",)})
    async with someone(work) as counselor:
        assert not dangers(work)[0].certain
        await opened(counselor, work)
        assert "It counts once the questions before it are answered." in counselor.sees()


async def test_a_question_left_unsaid_shows_its_advice_and_leads_back_to_it() -> None:
    question = SHIPPED.question("voices")
    work = call({"who_for": "self"})
    async with someone(work) as counselor:
        await counselor.open(ProtocolPage(work, Unsaid(question, question.if_unsaid or ""), STANDARD))
        await asyncio.sleep(_DEAF)
        assert question.ask in counselor.sees()
        await counselor.press("m")
        assert counselor.work.call.at == "voices"


async def test_steps_are_ticked_by_the_mouse() -> None:
    async with someone(DANGER, (120, 40)) as counselor:
        await opened(counselor, DANGER)
        await counselor.pilot.click(Choices, offset=(20, 0))
        await counselor.pilot.pause()
        assert len(counselor.work.call.ticks) == 1
