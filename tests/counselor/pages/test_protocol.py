"""An alarm during a call: its steps are ticked with their times, and the call can always go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from iop_tui.call.operations import CallState, answered, ticked
from iop_tui.counselor.alarms import call_alarms
from iop_tui.counselor.checklist import checklists
from iop_tui.counselor.input_guard import INPUT_GUARD
from iop_tui.counselor.pages.protocol import ProtocolPage
from iop_tui.screening.engine.interview import NotAnswered
from iop_tui.screening.model.definition import Alarm
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import STANDARD
from iop_tui.tui.choices import Choices
from tests.counselor.pages.around import BEGAN, Someone, call, someone
from tests.shipped import SHIPPED

DANGER = call({"who_for": "self", "danger_signs": ("chest_pain",)})
TWO = call({"who_for": "self", "danger_signs": ("chest_pain",), "suicide_thoughts": "often"})


def first(work: CallState) -> Alarm:
    return call_alarms(work)[0].alarm


async def opened(counselor: Someone, work: CallState) -> ProtocolPage:
    """The page once keys count."""
    page = ProtocolPage(work, first(work), counselor.app.site)
    await counselor.open(page)
    await counselor.wait(INPUT_GUARD)
    return page


def beside(counselor: Someone, widget: Widget) -> str:
    """What a widget shows, as one line of words."""
    region = widget.content_region
    sides = counselor.app.screen.query_one("#sides").content_region
    region = region.intersection(sides)
    lines = counselor.lines()[region.y : region.bottom]
    return " ".join(" ".join(line[region.x : region.right] for line in lines).split())


@pytest.mark.parametrize("size", [(80, 23), (120, 40)], ids=str)
async def test_the_clinics_steps_come_first_and_what_the_page_tells_after_them(size: tuple[int, int]) -> None:
    site = replace(STANDARD, protocols={"medical": ("Ring the red phone.", "Write down the address.")})
    async with someone(DANGER, size, site=site) as counselor:
        await opened(counselor, DANGER)
        seen = counselor.reads()
        for text in ("You do", "1 [ ] Ring the red phone.", "2 [ ] Write down the address.", "0 of 2 steps done"):
            assert text in seen
        assert SHIPPED.pages["medical"].title in seen
        words = counselor.app.screen.query_one("#words", VerticalScroll)
        doing = counselor.app.screen.query_one("#doing").region
        assert (doing.x, doing.y) < (words.region.x, words.region.y) or doing.bottom <= words.region.y
        # By itself, the last line of each view is enough: it moves on by less than a view.
        told = ""
        for _page in range(4):
            told += " " + beside(counselor, words)
            await counselor.press("pagedown")
        for text in (*SHIPPED.pages["medical"].do, "Chest pain", "alone with it"):
            assert " ".join(text.split()) in told


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
async def test_six_steps_of_two_lines_are_all_seen_with_their_numbers(size: tuple[int, int]) -> None:
    steps = tuple(f"Step {number} " + "of many words " * 7 + f"ends {number}" for number in range(1, 7))
    async with someone(DANGER, size, site=replace(STANDARD, protocol=steps)) as counselor:
        await opened(counselor, DANGER)
        await counselor.app.screen.mount(Static("The line of danger", id="line"))
        counselor.app.screen.query_one("#line").styles.dock = "top"
        await counselor.pause()
        for number in range(1, 7):
            assert f"{number} [ ] Step {number} " in counselor.reads()
            assert f"ends {number}" in counselor.reads()


async def test_an_arrow_brings_the_steps_back_into_sight() -> None:
    async with someone(DANGER) as counselor:
        await opened(counselor, DANGER)
        await counselor.press("pagedown")
        assert "You do" not in counselor.reads()
        await counselor.press("up")
        assert "You do" in counselor.reads()


async def test_a_digit_ticks_a_step_with_its_time_and_again_takes_it_back() -> None:
    async with someone(DANGER) as counselor:
        page = await opened(counselor, DANGER)
        counselor.app.moment = BEGAN + timedelta(minutes=12)
        await counselor.press("2")
        (tick,) = counselor.work.call.ticks
        assert (tick.alarm, tick.step, tick.by) == ("danger_signs_now", page.steps[1], "ana")
        assert tick.at == counselor.app.moment
        assert counselor.app.moment.astimezone().strftime("[%H:%M]") in counselor.reads()
        assert "1 of 6 steps done" in counselor.reads()
        await counselor.press("2")
        assert counselor.work.call.ticks == ()


@pytest.mark.parametrize("key", ["enter", "escape", "b", "c", "left"])
async def test_the_call_can_always_go_on(key: str) -> None:
    async with someone(DANGER) as counselor:
        await opened(counselor, DANGER)
        await counselor.press(key)
        assert counselor.page() == "Empty"
        assert counselor.work.call.ticks == ()


async def test_keys_meant_for_the_next_question_tick_nothing_and_do_not_take_the_page_away() -> None:
    async with someone(DANGER) as counselor:
        await counselor.open(ProtocolPage(DANGER, first(DANGER), STANDARD))
        await counselor.press("1", "enter", "escape", "2")
        assert counselor.page() == "ProtocolPage"
        assert counselor.work.call.ticks == ()


async def test_a_mistake_leads_to_the_answer_that_raised_it() -> None:
    async with someone(DANGER) as counselor:
        await opened(counselor, DANGER)
        await counselor.press("m")
        assert counselor.page() == "Empty"
        assert counselor.work.call.at == "danger_signs"


async def test_every_alarm_that_stands_can_be_reached_in_turn() -> None:
    async with someone(TWO) as counselor:
        await opened(counselor, TWO)
        titles = [SHIPPED.pages[danger.alarm.page].title for danger in call_alarms(TWO)]
        assert len(titles) == 2
        heads = []
        for _each in titles:
            heads.append(next(line for line in counselor.lines()[2:] if line.strip()).strip())
            await counselor.press("1")
            await counselor.press("a")
        assert heads == [f"{number} of 2 · {title}" for number, title in enumerate(titles, 1)]
        assert {tick.alarm for tick in counselor.work.call.ticks} == {danger.alarm.id for danger in call_alarms(TWO)}


SHARED = call({"who_for": "self", "suicide_thoughts": "often", "suicide_plan": "plan"})


async def test_alarms_with_one_page_share_its_steps_and_all_their_reasons_are_told() -> None:
    alarms = [danger.alarm for danger in call_alarms(SHARED) if danger.alarm.page == "suicide"]
    assert len(alarms) > 1
    async with someone(SHARED, (120, 60)) as counselor:
        await opened(counselor, SHARED)
        words = beside(counselor, counselor.app.screen.query_one("#words"))
        for alarm in alarms:
            assert " ".join(alarm.because.split()) in words
        await counselor.press("1")
        assert {tick.alarm for tick in counselor.work.call.ticks} == {alarm.id for alarm in alarms}
        assert f"1 of {len(steps_for(STANDARD, SHIPPED, 'suicide'))} steps done" in counselor.reads()
        await counselor.press("1")
        assert counselor.work.call.ticks == ()


def test_an_alarm_that_comes_later_finds_the_steps_of_its_page_ticked() -> None:
    now = next(danger.alarm for danger in call_alarms(SHARED) if danger.alarm.page == "suicide")
    step = steps_for(STANDARD, SHIPPED, "suicide")[0]
    for alarm in (danger.alarm for danger in call_alarms(SHARED) if danger.alarm.page == "suicide"):
        (each,) = (c for c in checklists(ticked(SHARED, alarm.id, step, "ana", BEGAN), STANDARD) if c.page == now.page)
        assert set(each.ticks) == {step}
        assert each.left == list(range(2, len(steps_for(STANDARD, SHIPPED, "suicide")) + 1))


async def test_a_note_is_typed_over_the_page_and_ticks_nothing() -> None:
    async with someone(DANGER) as counselor:
        await opened(counselor, DANGER)
        await counselor.press_at_once("y", "1")
        assert counselor.page() == "CallNotePage"
        await counselor.type("12 Oak Street")
        await counselor.press("escape")
        assert counselor.page() == "ProtocolPage"
        assert counselor.work.call.note == "12 Oak Street"
        assert counselor.work.call.ticks == ()
        await counselor.press("t")
        assert counselor.page() == "NotePage"
        await counselor.type("left arm")
        await counselor.press("escape", "1")
        assert counselor.work.call.notes == {"danger_signs": "left arm"}
        assert len(counselor.work.call.ticks) == 1


async def test_an_alarm_that_fell_is_shown_with_what_was_said_what_it_became_and_its_steps() -> None:
    step = steps_for(STANDARD, SHIPPED, "medical")[0]
    work = ticked(DANGER, first(DANGER).id, step, "ana", BEGAN + timedelta(minutes=3))
    work = answered(work, "danger_signs", ("none",), BEGAN + timedelta(minutes=5))
    assert not call_alarms(work)
    (raising,) = work.call.alarm_events
    async with someone(work, (120, 40)) as counselor:
        await counselor.open(ProtocolPage(work, None, STANDARD))
        await counselor.wait(INPUT_GUARD)
        seen = counselor.reads()
        assert "No alarm is active now" in seen
        assert "Cleared alarms" in seen
        rose, fell = (moment.astimezone().strftime("%H:%M") for moment in (raising.at, BEGAN + timedelta(minutes=5)))
        assert f"{rose} to {fell}" in seen
        words = beside(counselor, counselor.app.screen.query_one("#words"))
        for text in (raising.raised_by, raising.corrected_to, step):
            assert text
            assert " ".join(text.split()) in words
        await counselor.press("escape")
        assert counselor.page() == "Empty"


async def test_a_step_that_was_ticked_stays_though_the_clinic_words_it_otherwise_now() -> None:
    work = ticked(DANGER, first(DANGER).id, "Ring the old number.", "ben", BEGAN)
    async with someone(work) as counselor:
        page = await opened(counselor, work)
        assert page.steps == (*steps_for(STANDARD, SHIPPED, "medical"), "Ring the old number.")
        await counselor.press("7")
        assert counselor.work.call.ticks == ()


async def test_an_answer_ahead_of_its_gate_shows_the_steps_and_says_that_it_does_not_count_yet() -> None:
    work = call({"pregnancy_signs": ("bleeding",)})
    async with someone(work) as counselor:
        assert not call_alarms(work)[0].certain
        await opened(counselor, work)
        assert "It counts once the questions before it are answered." in counselor.reads()


async def test_a_question_left_unsaid_shows_its_advice_and_leads_back_to_it() -> None:
    question = SHIPPED.question("voices")
    work = call({"who_for": "self"})
    async with someone(work) as counselor:
        await counselor.open(ProtocolPage(work, NotAnswered(question, question.if_unsaid or ""), STANDARD))
        await counselor.wait(INPUT_GUARD)
        assert question.ask in counselor.reads()
        await counselor.press("m")
        assert counselor.work.call.at == "voices"


async def test_steps_are_ticked_by_the_mouse() -> None:
    async with someone(DANGER, (120, 40)) as counselor:
        await opened(counselor, DANGER)
        await counselor.click_on(Choices, (20, 0))
        assert len(counselor.work.call.ticks) == 1
