"""Is anybody still there? The warning, what closes it, and what follows where nothing does."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual import events

from iop_tui.kiosk.app import VISIT_OVER
from tests.app_driver import mouse
from tests.kiosk.pages.visitor import PAGES, SITE, SIZES, Visitor, every_page, to_question, visitor

LIMITS = {
    **dict.fromkeys(("LobbyWelcomePage", "QuestionPage", "ReviewPage", "ConfirmPage", "PinPage"), 90),
    **dict.fromkeys(("LobbyResultPage", "TakePage", "QrPage", "ComparePage", "HelpPage"), 180),
    **dict.fromkeys(("LobbyCrisisPage", "LobbyCrisisPage, today", "LobbyCrisisPage, unsaid"), 600),
    "ConfirmPage, help is here": 600,
}


async def test_the_warning_comes_after_the_limit_of_the_page_and_a_key_brings_the_page_back() -> None:
    async with visitor(pin="any") as someone:
        async for name in every_page(someone):
            await someone.wait(LIMITS[name] - 1)
            assert someone.page() == name.split(",")[0]
            await someone.wait(1)
            assert "Are you still there?" in someone.sees(), name
            await someone.press("f5")
            assert someone.page() == name.split(",")[0]
            assert someone.left == [], name


async def test_after_the_warning_comes_the_end() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.wait(90)
        assert "Are you still there?" in someone.sees()
        await someone.wait(29)
        assert someone.left == []
        await someone.wait(1)
        assert someone.left == [VISIT_OVER]


async def test_a_pin_page_over_the_first_page_is_watched_too() -> None:
    async with visitor(pin="any") as someone:
        await someone.press("ctrl+l", "ctrl+l", "ctrl+l", apart=0.2)
        assert someone.page() == "PinPage"
        await someone.wait(90)
        await someone.wait(30)
        assert someone.left == [VISIT_OVER]


async def test_the_first_page_is_not_watched() -> None:
    async with visitor(pin="any") as someone:
        await someone.wait(100_000)
        assert someone.page() == "AttractPage"
        await someone.press("ctrl+l", "ctrl+l", "ctrl+l", apart=0.2)
        await someone.press("escape")
        await someone.wait(100_000)
        assert someone.page() == "AttractPage"
        assert someone.left == []


async def test_any_key_but_hiding_closes_the_warning_and_does_nothing_else() -> None:
    async with visitor() as someone:
        await to_question(someone)
        for key in ("1", "enter", "s", "r", "h", "escape", "left", "tab", "f5", "ctrl+c"):
            await someone.wait(95)
            assert someone.page() == "WarningPage"
            await someone.press(key)
            assert someone.page() == "QuestionPage", key
            assert "Who is this for?" in someone.sees(), key
            assert len(someone.app.interview.answers) == 0, key
            assert someone.left == [], key
            await someone.wait(89)
            assert someone.page() == "QuestionPage", key
            await someone.press("down")


async def test_a_touch_closes_the_warning_and_answers_nothing() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.touch("Me")  # the first question; the next has its answers in the same place
        answered = dict(someone.app.interview.answers.items())
        asked = someone.sees()
        row = next(number for number, line in enumerate(asked.split("\n")) if "None of these" in line)
        await someone.wait(95)
        assert someone.page() == "WarningPage"
        await someone.click_at(8, row)
        assert someone.sees() == asked
        assert dict(someone.app.interview.answers.items()) == answered
        await someone.touch("None of these")  # and the touch after it is heard
        assert "[x] None of these" in someone.sees()


async def test_a_mouse_that_is_moved_does_not_close_the_warning() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.wait(95)
        await someone.point(mouse(events.MouseMove, 40, 10))
        assert someone.page() == "WarningPage"


WINDOWS = (*SIZES, (30, 8), (80, 14))


async def warned(someone: Visitor, size: tuple[int, int]) -> str:
    """What the warning says in a window of that size; a key takes it away again."""
    await someone.resize(*size)
    await someone.wait(605)
    assert someone.page() == "WarningPage"
    words = someone.reads()
    await someone.press("down")
    assert someone.page() != "WarningPage"
    return words


async def test_the_warning_says_all_in_every_window_and_nothing_of_the_page_beneath() -> None:
    async with visitor(site=replace(SITE, times=replace(SITE.times, idle=600))) as someone:
        await to_question(someone)
        for size in WINDOWS:
            words = await warned(someone, size)
            assert "Are you still there?" in words, size
            assert "Press any key, or touch the screen, to go on. Otherwise everything is erased." in words, size
            assert "Who is this for" not in words, size
            assert "Hide" not in words, size


@pytest.mark.parametrize("name", ["LobbyCrisisPage", "ConfirmPage, help is here"])
async def test_over_a_page_of_danger_the_warning_still_says_whom_to_call(name: str) -> None:
    async with visitor() as someone:
        await PAGES[name](someone)
        for size in WINDOWS:
            words = await warned(someone, size)
            assert "Go to the front desk now. If nobody is there, call 911." in words, size
            assert "Call 911 · Call or text 988" in words, size
            assert "Are you still there?" in words, size
            assert "Press any key, or touch the screen, to go on." in words, size
            assert size[1] < 12 or "Otherwise everything is erased. X erases it now." in words, size


async def test_where_nobody_is_in_danger_the_warning_says_nothing_of_it() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.wait(95)
        assert "911" not in someone.sees()


async def test_the_seconds_go_down() -> None:
    async with visitor(size=(30, 8)) as someone:
        await someone.press("enter")
        await someone.wait(95)
        assert "25" in someone.sees()
        await someone.wait(10)
        assert "15" in someone.sees()


async def test_after_the_machine_slept_the_next_key_erases() -> None:
    async with visitor() as someone:
        await to_question(someone)
        someone.time.moment += 3600  # no timer ran meanwhile
        await someone.press("1", apart=0)
        assert someone.left == [VISIT_OVER]
        assert len(someone.app.interview.answers) == 0


async def test_a_key_that_is_held_down_answers_one_question() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.press("1")
        await someone.press(*["1"] * 10, apart=0.03)
        assert len(someone.app.interview.answers) == 1


async def test_digits_of_a_number_may_be_alike() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.press("1", "3", "c")
        await someone.press("2", "2", apart=0.03)
        assert "[ 22 ] drinks" in someone.sees()


async def test_arrows_repeat() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.press("down", "down", "down", apart=0.03)
        await someone.press("enter")
        assert str(someone.app.interview.answers["who_for"]) not in ("self", "someone_else")


async def test_hiding_works_on_the_warning_too() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.wait(90)
        assert someone.page() == "WarningPage"
        await someone.press("x")
        assert someone.left == [VISIT_OVER]
