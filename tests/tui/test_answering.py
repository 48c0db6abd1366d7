"""A question answered by keys, arrows and clicks."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.screening.engine.interview import Reviewing
from iop_tui.screening.model.answers import Unknown
from iop_tui.tui.footer import FooterKey
from tests.tui.pilot import SMALL, person


async def test_the_cursor_stands_on_the_first_choice_and_nothing_is_answered_by_that() -> None:
    async with person() as someone:
        await someone.press("1")
        assert "› 1  Me" in someone.sees()
        assert len(someone.app.interview.answers) == 0
        await someone.press("enter")
        assert someone.app.interview.answers["who_for"] == "self"


async def test_enter_alone_ticks_no_box_and_says_what_is_missing() -> None:
    async with person() as someone:
        await someone.press("1", "1", "enter", "enter", "enter")
        assert "Choose at least one" in someone.sees()
        assert "[x]" not in someone.sees()
        assert "help_with" not in someone.app.interview.answers


async def test_enter_alone_answers_no_question_about_danger() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c")
        assert "› 1" in someone.sees()
        await someone.press("enter", "enter", "enter")
        assert "Press 1, 2 or 3. Or move with ↑ ↓, then press Enter." in someone.reads()
        assert "thoughts" not in someone.app.interview.answers
        await someone.press("down", "up", "enter")
        assert someone.app.interview.answers["thoughts"] == "never"


async def test_a_danger_answer_given_before_can_be_kept_with_enter() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c", "1", "left", "enter")
        assert someone.app.interview.answers["thoughts"] == "never"


async def test_a_wrong_key_is_answered_with_what_would_be_right() -> None:
    async with person() as someone:
        await someone.press("1")
        for wrong in ("7", "z", "c"):
            await someone.press(wrong)
            assert "Press 1 or 2." in someone.sees()
        await someone.press("1")
        assert "Press" not in someone.sees()
        await someone.press("9")
        assert "Press 1 to 3 to tick, then Enter." in someone.sees()
        await someone.press("2")
        assert "Press" not in someone.sees(), "it goes once it was heeded"
        assert len(someone.app.interview.answers) == 1


@pytest.mark.parametrize("key", ["w", "d", "h", "question_mark", "q"])
async def test_a_key_that_does_something_is_not_called_wrong(key: str) -> None:
    async with person() as someone:
        await someone.press("1", "?" if key == "question_mark" else key)
        assert "Press 1 or 2." not in someone.sees()


async def test_the_foot_says_how_to_answer() -> None:
    async with person() as someone:
        await someone.press("1")
        assert "↑ ↓ Enter Choose" in someone.sees()
        await someone.press("1")
        assert "Space Tick   Enter Continue" in someone.sees()
        await someone.press("3", "enter")
        assert "Enter Continue" in someone.sees()
        assert "Space Tick" not in someone.sees()
        named = [foot for foot in someone.app.screen.query(FooterKey) if foot.display]
        assert len(named) <= 5


async def test_arrows_and_enter_answer() -> None:
    async with person() as someone:
        await someone.press("1", "down", "enter")
        assert someone.app.interview.answers["who_for"] == "someone_else"


async def test_a_click_answers() -> None:
    async with person() as someone:
        await someone.press("1")
        row = next(n for n, line in enumerate(someone.sees().splitlines()) if "Someone I care about" in line)
        await someone.click_at(8, row)
        assert someone.app.interview.answers["who_for"] == "someone_else"


async def test_several_options_are_marked_and_the_one_that_stands_alone_puts_the_others_out() -> None:
    async with person() as someone:
        await someone.press("1", "1", "2", "3")
        assert "3  [x] Alcohol" in someone.sees()
        await someone.press("1")
        assert "1  [x] None of these" in someone.sees()
        assert "[x] Alcohol" not in someone.sees()
        await someone.press("3", "2", "2", "c")
        assert someone.app.interview.answers["help_with"] == ("alcohol",)


async def test_going_on_without_a_mark_says_what_is_missing() -> None:
    async with person() as someone:
        await someone.press("1", "1", "c")
        assert "Choose at least one" in someone.sees()
        assert "What do you want help with?" in someone.sees()


async def test_a_number_is_typed_mended_and_kept_in_its_bounds() -> None:
    async with person() as someone:
        await someone.press("1", "1", "3", "c")
        assert "Type a number" in someone.sees()
        # Read before anything is typed, the highest would look like what is usual.
        assert "60" not in someone.sees()
        await someone.press("c")
        assert "Type a number from 0 to 60" in someone.sees()
        await someone.press("7", "5")
        assert "[ 75 ] drinks" in someone.sees()
        assert "Up to 60. Please check the number." in someone.sees()
        await someone.press("enter")
        assert "drinks" not in someone.app.interview.answers
        await someone.press("backspace", "backspace", "backspace", "backspace")
        assert "About how many drinks" in someone.sees(), "Backspace does not leave the page"
        assert "Up to 60." not in someone.sees()
        await someone.press("1", "2", "enter")
        assert someone.app.interview.answers["drinks"] == 12


async def test_a_number_can_be_given_by_clicks_alone() -> None:
    async with person() as someone:
        await someone.press("1", "1", "3", "c")
        lines = someone.sees().splitlines()
        row = next(n for n, line in enumerate(lines) if "[ + ]" in line)
        for _ in range(3):
            await someone.click_at(lines[row].index("[ + ]") + 2, row)
        assert "[ 3 ] drinks" in someone.sees()


async def test_not_sure_and_rather_not_say_are_answers_of_every_question() -> None:
    async with person() as someone:
        await someone.press("1", "n", "s", "n", "1", "s", "n", "s")
        assert isinstance(someone.app.interview.step, Reviewing)
        assert set(someone.app.interview.answers.values()) == set(Unknown)


async def test_the_answer_given_before_is_under_the_cursor() -> None:
    async with person() as someone:
        await someone.press("1", "2", "left")
        assert "› 2  Someone I care about" in someone.sees()
        await someone.press("enter")
        assert "What do they want help with?" in someone.sees()
        assert someone.app.interview.answers["who_for"] == "someone_else"


async def test_a_number_below_the_lowest_is_not_taken() -> None:
    drinks = replace(SMALL.questions[2], lowest=5)
    about = replace(SMALL.sections[0], questions=(*SMALL.questions[:2], drinks))
    async with person(replace(SMALL, sections=(about, SMALL.sections[1]))) as someone:
        await someone.press("1", "1", "3", "c", "4", "c")
        assert "Type a number from 5 to 60" in someone.sees()
        assert "drinks" not in someone.app.interview.answers


async def test_an_option_may_be_called_continue() -> None:
    option = replace(SMALL.questions[1].options[1], id="continue")
    several = replace(
        SMALL.questions[1], options=(SMALL.questions[1].options[0], option, SMALL.questions[1].options[2])
    )
    about = replace(SMALL.sections[0], questions=(SMALL.questions[0], several, SMALL.questions[2]))
    async with person(replace(SMALL, sections=(about, SMALL.sections[1]))) as someone:
        await someone.press("1", "1", "2", "c")
        assert someone.app.interview.answers["help_with"] == ("continue",)


async def test_enter_after_a_number_goes_on_with_what_was_marked() -> None:
    async with person() as someone:
        await someone.press("1", "1", "2", "3", "enter")
        assert someone.app.interview.answers["help_with"] == ("mood", "alcohol")


async def test_space_ticks_and_unticks_what_arrows_moved_to_and_enter_goes_on() -> None:
    async with person() as someone:
        await someone.press("1", "1", "down", "space")
        assert "[x] Mood or worry" in someone.sees()
        await someone.press("space")
        assert "[ ] Mood or worry" in someone.sees()
        await someone.press("space", "down", "enter")
        assert someone.app.interview.answers["help_with"] == ("mood",)
