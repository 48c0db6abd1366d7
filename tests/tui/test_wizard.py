"""The wizard, as the person in front of it goes through it."""

from __future__ import annotations

import weakref

import pytest

from tests.shipped import CASES, SHIPPED
from tests.tui.pilot import CALM, SMALL, person


async def test_from_the_welcome_to_the_summary() -> None:
    async with person() as someone:
        assert "It is not a diagnosis." in someone.sees()
        await someone.press("enter")
        assert "Who is this for?" in someone.sees()
        await someone.answer(CALM)
        assert "Check your answers" in someone.sees()
        await someone.press("enter")
        assert "Care to ask about" in someone.sees()
        assert "Outpatient therapy" in someone.sees()


async def test_more_keys_are_one_key_away_and_work_on_the_page_below() -> None:
    async with person() as someone:
        await someone.press("1", "?")
        assert "D  Display" in someone.sees()
        await someone.press("d")
        assert someone.page() == "DisplayPage"
        await someone.press("left")
        assert someone.page() == "QuestionPage"
        await someone.press("?", "end", "enter")
        assert "Leave?" in someone.sees()


async def test_why_is_one_key_away_and_goes_again() -> None:
    async with person() as someone:
        await someone.press("1", "w")
        assert 'Why: So that we say "you" to the right person.' in someone.sees()
        await someone.press("w")
        assert "Why:" not in someone.sees()


@pytest.mark.parametrize("key", ["left", "backspace", "b", "escape"])
async def test_back_is_always_there_down_to_the_welcome(key: str) -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c")
        for question in ("What do you want help with?", "Who is this for?"):
            await someone.press(key)
            assert question in someone.sees()
        await someone.press(key)
        assert someone.page() == "WelcomePage"
        await someone.press("1")
        assert someone.app.interview.current_answer == "self"


async def test_a_notice_is_told_once_on_a_page_of_its_own() -> None:
    async with person() as someone:
        await someone.press("1", "2")
        assert someone.page() == "NoticePage"
        assert "Their own answers may differ." in someone.sees()
        await someone.press("enter")
        assert "What do they want help with?" in someone.sees()
        assert "Their own answers" not in someone.sees()
        await someone.press("left", "2")
        assert someone.page() == "QuestionPage", "it was told"


async def test_from_a_notice_one_goes_back_to_the_answer_that_raised_it() -> None:
    async with person() as someone:
        await someone.press("1", "2", "left")
        assert "› 2  Someone I care about" in someone.sees()
        await someone.press("1")
        assert "What do you want help with?" in someone.sees()


async def test_after_starting_over_a_notice_is_told_again() -> None:
    async with person() as someone:
        await someone.press("1", "2")
        await someone.app.start_over()
        await someone.press("1", "2")
        assert someone.page() == "NoticePage"


async def test_it_is_said_how_many_questions_are_left() -> None:
    async with person() as someone:
        await someone.press("1")
        assert "about 6 left" in someone.sees()
        await someone.press("1", "1", "c")
        assert "4 left" in someone.sees()
        assert "about" not in someone.lines()[0]


async def test_a_section_begins_with_its_own_words_on_its_first_question_only() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c")
        assert "First, your safety." in someone.sees()
        await someone.press("1")
        assert "First, your safety." not in someone.sees()


async def test_changing_an_answer_asks_what_is_new_and_comes_back_to_the_review() -> None:
    async with person() as someone:
        await someone.press("1")
        await someone.answer(CALM)
        await someone.press("down", "down", "enter")
        assert "What do you want help with?" in someone.sees()
        await someone.press("3", "c")
        assert "About how many drinks" in someone.sees()
        await someone.press("2", "c")
        assert someone.page() == "ReviewPage"
        assert "2 drinks" in someone.sees()


async def test_the_review_has_a_line_for_each_question_and_parts_several_answers_by_a_sign() -> None:
    async with person() as someone:
        await someone.press("1")
        await someone.answer({**CALM, "help_with": ("mood", "alcohol"), "drinks": 2})
        line = next(line for line in someone.lines() if "What do you want help with?" in line)
        assert line.endswith("Mood or worry · Alcohol")
        assert "Choose all" not in someone.sees()


async def test_the_review_says_in_a_few_words_what_each_answer_is_about() -> None:
    labels = [question.label for question in SHIPPED.questions]
    assert all(labels)
    assert len({*labels}) == len(labels)
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer(next(case.answers for case in CASES if case.id == "nurse_with_wine"))
        assert someone.page() == "ReviewPage"
        assert any(line.split() == ["Age", *line.split()[1:]] for line in someone.lines())
        assert "…" not in someone.sees()


async def test_back_from_the_summary_is_the_review_and_from_there_the_last_question() -> None:
    async with person() as someone:
        await someone.press("1")
        await someone.answer(CALM)
        await someone.press("enter", "left")
        assert someone.page() == "ReviewPage"
        await someone.press("left")
        assert "Is someone with you at night?" in someone.sees()


async def test_starting_over_erases_a_page_that_the_garbage_collector_was_not_to_look_at() -> None:
    async with person() as someone:
        await someone.press("1", "1")
        page = weakref.ref(someone.app.screen)
        someone.app.owns_process = True
        someone.app.tidy()
        try:
            await someone.app.start_over()
            await someone.wait(1)
            assert someone.page() == "WelcomePage"
            assert page() is None
        finally:
            someone.app.owns_process = False
            # Nothing is unfrozen: collections of later tests would look through all that this process loaded.


async def test_start_over_asks_first_and_then_erases() -> None:
    async with person() as someone:
        await someone.press("1")
        await someone.answer(CALM)
        await someone.press("enter", "n", "1")
        assert someone.page() == "ResultPage"
        await someone.press("n", "2")
        assert someone.page() == "WelcomePage"
        assert len(someone.app.interview.answers) == 0


async def test_the_comparison_can_be_read_without_answering_anything() -> None:
    async with person() as someone:
        await someone.press("2")
        assert "The kinds of care" in someone.sees()
        heads = next(line for line in someone.sees().splitlines() if "Outpatient" in line)
        assert [heads.index(name) for name in ("Outpatient", "IOP", "PHP", "Inpatient")] == sorted(
            heads.index(name) for name in ("Outpatient", "IOP", "PHP", "Inpatient")
        )
        await someone.press("left")
        assert someone.page() == "WelcomePage"


async def test_help_opens_from_every_page_with_one_key_and_comes_back() -> None:
    async with person() as someone:
        pages = []

        async def help_opens() -> None:
            page = someone.page()
            await someone.press("h")
            assert someone.page() == "HelpPage", page
            assert "Call or text 988" in someone.sees()
            await someone.press("h")
            assert someone.page() == page
            pages.append(page)

        await help_opens()
        await someone.press("2")
        await help_opens()
        await someone.press("left", "1")
        await help_opens()
        await someone.press("1", "1", "c", "3")
        await help_opens()
        await someone.press("1")
        await help_opens()
        await someone.press("left", "2", "1", "1", "1", "1")
        await help_opens()
        await someone.press("1")
        await help_opens()
        await someone.press("s")
        await help_opens()
        await someone.press("3", "q")
        await help_opens()
        assert pages == [
            "WelcomePage",
            "ComparePage",
            "QuestionPage",
            "CrisisPage",
            "CallPage",
            "ReviewPage",
            "ResultPage",
            "SavePage",
            "ConfirmPage",
        ]


@pytest.mark.parametrize("key", ["q", "ctrl+c", "ctrl+q"])
async def test_leaving_is_asked_first(key: str) -> None:
    async with person() as someone:
        await someone.press("1", "1", key)
        assert "Leave? We'll erase your answers." in someone.sees()
        await someone.press("enter")
        assert "What do you want help with?" in someone.sees()
        await someone.press(key, key, "2")
        assert not someone.app.is_running
        assert someone.app.exit_status() == 0


async def test_a_window_that_is_too_small_says_so_answers_nothing_and_loses_nothing() -> None:
    async with person() as someone:
        await someone.press("1", "2", "1")
        await someone.resize(50, 15)
        assert "Please make this window larger" in someone.sees()
        assert "It needs 60 columns and 20" in someone.reads()
        await someone.press("1", "2", "c", "n", "s", "enter", "left", "w", "h")
        assert len(someone.app.interview.answers) == 1
        await someone.resize(80, 24)
        assert "What do they want help with?" in someone.sees()
        assert someone.app.interview.answers["who_for"] == "someone_else"
        await someone.press("down", "up", "space")
        assert "[x] None of these" in someone.sees(), "arrows and Space work as before"


async def test_a_field_that_a_small_window_hid_is_typed_in_again() -> None:
    async with person() as someone:
        await someone.press("1")
        await someone.answer(CALM)
        await someone.press("enter", "s", "tab", "x")
        await someone.resize(50, 15)
        await someone.resize(40, 12)
        await someone.resize(80, 24)
        await someone.press("y")
        assert "xy" in someone.sees()


async def test_resizing_keeps_marks_numbers_and_the_cursor() -> None:
    async with person() as someone:
        await someone.press("1", "1", "2", "3")
        for size in ((60, 20), (50, 15), (140, 45), (80, 24)):
            await someone.resize(*size)
        assert "[x] Mood or worry" in someone.sees()
        assert "[x] Alcohol" in someone.sees()
        await someone.press("c", "1", "2")
        await someone.resize(100, 30)
        assert "[ 12 ] drinks" in someone.sees()


async def test_keys_pressed_faster_than_pages_change_answer_only_the_question_that_was_seen() -> None:
    async with person() as someone:
        await someone.press("1")
        await someone.press_at_once("1", "1", "c", "3", "1", "1", "1")
        assert dict(someone.app.interview.answers) == {"who_for": "self"}
        assert someone.app.is_running


async def test_many_visits_in_one_process_start_clean() -> None:
    async with person() as someone:
        for _ in range(3):
            await someone.press("1")
            await someone.answer({**CALM, "thoughts": "plan"})
            assert someone.page() == "CrisisPage"
            await someone.press("3", "2")
            assert someone.page() == "WelcomePage"
            assert dict(someone.app.interview.answers) == {}
            assert someone.app.interview.screening is SMALL
