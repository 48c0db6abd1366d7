"""One switch: what is offered, in which order, how it is seen, and when a press counts."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.containers import VerticalScroll

from iop_tui.tui.base_screen import Page
from iop_tui.tui.footer import FooterKey
from iop_tui.tui.switch_scanning import GRACE, ONE_PRESS, Place, begun, onward, pressed
from tests.bounded import rounds
from tests.shipped import SHIPPED
from tests.stepped import Stepped
from tests.tui.hands import PACE, Mouse, is_read, with_switch
from tests.tui.pilot import SMALL, Person

# ---- what is offered, and in which order ----


async def test_a_page_offers_its_choices_then_its_keys_and_then_begins_again(time: Stepped) -> None:
    async with with_switch(time) as switch:
        assert await switch.all_offered() == [
            *(f"choice {name}" for name in ("start", "compare")),
            *(f"key {name}" for name in ("help", "display", "leave")),
        ]
        assert switch.offered == "choice start"
        await switch.choose("start")
        assert await switch.all_offered() == [
            *(f"choice {name}" for name in ("self", "someone_else", "not_sure", "skipped")),
            *(f"key {name}" for name in ("help", "why", "back", "more")),
        ]


async def test_what_is_offered_is_seen_by_a_sign_and_in_reverse(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        for sign, words in (("› 1  Me", "Me"), ("› 2  Someone I care about", "Someone I care about")):
            assert sign in switch.someone.sees()
            assert words in reversed_text(switch.someone)
            assert switch.someone.sees().count("›") == 1
            time.step(PACE)
            await switch.someone.pause()
        time.step(4 * PACE)
        await switch.someone.pause()
        assert "←›Back" in switch.someone.sees()
        assert reversed_text(switch.someone).strip() == "←›Back"
        assert switch.someone.sees().count("›") == 1


def reversed_text(someone: Person) -> str:
    strips = someone.strips()
    return "".join(seg.text for strip in strips for seg in strip if seg.style is not None and seg.style.reverse)


async def test_several_options_are_taken_and_taken_back_and_the_way_on_is_offered_after_them(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        await switch.choose("self")
        await switch.choose("mood")
        assert switch.offered == "choice mood"
        assert "[x] Mood or worry" in switch.someone.sees()
        time.step(PACE * 0.625)
        await switch.press()
        assert "[ ] Mood or worry" in switch.someone.sees()
        await switch.choose("alcohol")
        time.step(PACE)
        await switch.someone.pause()
        assert switch.offered == "choice to next question"
        time.step(PACE * 0.625)
        await switch.press()
        assert switch.someone.app.interview.answers["help_with"] == ("alcohol",)


async def test_a_number_is_given_digit_by_digit_and_only_those_that_fit_are_offered(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        for choice in ("self", "alcohol", "to next question"):
            await switch.choose(choice)
        offered = await switch.all_offered()
        assert offered[:11] == [*(f"digit {n}" for n in range(10)), "choice to next question"]
        await switch.take("digit 7")
        assert "[ 7 ] drinks" in switch.someone.sees()
        offered = await switch.all_offered()
        assert offered[:3] == ["choice to next question", "digit last", "choice not_sure"]
        await switch.take("digit last")
        await switch.take("digit 1")
        assert (await switch.all_offered())[:12] == [
            "choice to next question",
            *(f"digit {n}" for n in range(10)),
            "digit last",
        ]
        await switch.take("digit 2")
        await switch.choose("to next question")
        assert switch.someone.app.interview.answers["drinks"] == 12


async def test_a_number_that_is_missing_is_asked_for_where_it_is_seen(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        for choice in ("self", "alcohol", "to next question", "to next question"):
            await switch.choose(choice)
        assert "Type a number from 0 to 60" in switch.someone.sees()
        assert switch.offered == "digit 0"


async def test_text_that_goes_on_is_read_to_its_end_first_and_can_be_read_again(time: Stepped) -> None:
    async with with_switch(time, SHIPPED) as switch:
        await switch.choose("compare")
        scroll = switch.someone.app.screen.query_one("Scroll", VerticalScroll)
        for _ in rounds("the end of the page"):
            if is_read(switch.someone):
                break
            assert switch.offered == "key read_on"
            time.step(PACE * 0.625)
            await switch.press()
        assert switch.offered != "key read_on"
        assert scroll.max_scroll_y > 0
        await switch.take("read again")
        assert scroll.scroll_y == 0


async def test_leaving_offers_to_stay_first(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.do("leave")
        assert switch.offered == "choice no"
        time.step(PACE * 0.625)
        await switch.press()
        assert switch.someone.page() == "WelcomePage"


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_on_a_page_of_danger_the_lines_to_call_stay_in_sight(time: Stepped, size: tuple[int, int]) -> None:
    async with with_switch(time, SMALL, size) as switch:
        for choice in ("start", "self", "none", "to next question", "plan"):
            await switch.choose(choice)
        assert switch.someone.page() == "CrisisPage"
        for _ in range(12):
            assert "Call or text 988" in switch.someone.sees()
            time.step(PACE)
            await switch.someone.pause()


async def test_the_keys_at_the_foot_are_all_there_for_a_switch_in_the_smallest_window(time: Stepped) -> None:
    async with with_switch(time, SHIPPED, (60, 20)) as switch:
        await switch.choose("start")
        feet = [foot for foot in switch.someone.app.screen.query(FooterKey) if foot.display]
        assert {"back", "why", "help", "more"} <= {foot.hint.action for foot in feet}
        for foot in feet:
            said = (f"{foot.hint.key} {foot.hint.said(short=short)}" for short in (False, True))
            assert any(words in switch.someone.sees() for words in said)


# ---- when a press counts ----


async def test_a_press_just_after_a_page_came_is_ignored(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        for _ in range(5):
            time.step(PACE / 20)
            await switch.press()
        assert not switch.someone.app.interview.answers


async def test_a_key_that_is_held_counts_once(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        for _ in range(30):
            time.step(0.2)
            await switch.press()
        assert not switch.someone.app.interview.answers
        assert "Who is this for?" in switch.someone.sees()


async def test_a_press_just_after_a_change_means_what_was_offered_before(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        time.step(PACE + GRACE / 2)
        await switch.someone.pause()
        assert switch.offered == "choice someone_else"
        await switch.press()
        assert switch.someone.app.interview.answers["who_for"] == "self"


async def test_nothing_is_ever_over_however_long_nobody_presses(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        time.step(1_000 * PACE)
        await switch.choose("self")
        assert switch.someone.app.interview.answers["who_for"] == "self"


@pytest.mark.parametrize("key", ["space", "enter"])
async def test_both_keys_are_the_switch(time: Stepped, key: str) -> None:
    async with with_switch(time) as switch:
        time.step(PACE * 1.5)
        await switch.someone.press(key)
        assert switch.someone.page() == "ComparePage"


@pytest.mark.parametrize("at", [(0, 0), (10, 17), (40, 23), (70, 12)], ids=str)
async def test_a_click_anywhere_is_the_switch_and_nothing_else(time: Stepped, at: tuple[int, int]) -> None:
    async with with_switch(time) as switch:
        time.step(PACE * 1.5)
        await switch.someone.click_at(*at)
        assert switch.someone.page() == "ComparePage"


async def test_other_keys_still_work_and_the_switch_takes_what_arrows_moved_to(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.someone.press("1")
        assert "Who is this for?" in switch.someone.sees()
        time.step(PACE * 0.625)
        await switch.someone.press("down", "enter")
        assert switch.someone.app.interview.answers["who_for"] == "someone_else"
        await switch.someone.press("h")
        assert switch.someone.page() == "HelpPage"


async def test_in_a_window_that_is_too_small_nothing_is_taken(time: Stepped) -> None:
    async with with_switch(time) as switch:
        await switch.choose("start")
        await switch.someone.resize(50, 15)
        for _ in range(10):
            time.step(PACE * 0.5)
            await switch.press()
        assert not switch.someone.app.interview.answers
        await switch.someone.resize(80, 24)
        time.step(PACE)
        await switch.choose("self")
        assert switch.someone.app.interview.answers["who_for"] == "self"


async def test_it_is_turned_off_while_it_runs_and_the_mouse_is_a_mouse_again(time: Stepped) -> None:
    async with with_switch(time) as switch:
        switch.someone.app.pace = None
        page = switch.someone.app.screen
        assert isinstance(page, Page)
        page.follow_pace()
        await switch.someone.wait(60)
        assert switch.offered is None
        assert not time.waiting
        await Mouse(switch.someone).choose("compare")
        assert switch.someone.page() == "ComparePage"


def test_without_a_switch_nothing_of_it_is_loaded() -> None:
    program = """
import asyncio, sys
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from iop_tui.tui.app import Wizard

async def main():
    screening = load(shipped())
    app = Wizard(screening.manifest, lambda: screening)
    async with app.run_test() as pilot:
        await pilot.press("1", "1")
        assert "iop_tui.tui.switch_scanning" not in sys.modules
        assert app.screen._scan is None

asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


NAMES = st.lists(st.text("abcdef", min_size=1, max_size=3), min_size=1, max_size=9, unique=True)


@given(NAMES, st.floats(0.5, 60))
def test_every_thing_is_offered_once_a_round(names: list[str], pace: float) -> None:
    place, seen = begun(names, 0.0), []
    for number in range(len(names)):
        seen.append(place.at)
        place = onward(place, names, (number + 1) * pace)
    assert seen == names
    assert place.at == names[0]


@given(NAMES, NAMES, st.data())
def test_what_is_not_there_any_more_gives_way_to_the_first(
    before: list[str], after: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from(before))
    place = onward(begun(before, 0.0, at), after, 1.0)
    assert place.at in after
    if at not in after:
        assert place.at == after[0]


@given(st.floats(0.5, 60), st.floats(0, 1))
def test_a_press_means_the_one_before_for_a_moment_and_then_what_is_offered(pace: float, part: float) -> None:
    now = 100 + part * pace
    meant, place = pressed(Place("new", "old", since=100.0, heard=0.0), now, pace)
    assert meant == ("old" if now - 100 < min(GRACE, pace / 3) else "new")
    assert place.heard == now


@given(st.floats(0.5, 60), st.lists(st.floats(0.01, 0.24), min_size=1, max_size=50))
def test_presses_in_a_row_are_one_press_however_many(pace: float, gaps: list[float]) -> None:
    place, now = Place("a", "b", since=0.0, heard=100.0), 100.0
    for gap in gaps:
        now += gap
        meant, place = pressed(place, now, pace)
        assert meant is None
    meant, _place = pressed(place, now + ONE_PRESS, pace)
    assert meant == "a"
