"""The questions after the result: offered on it, asked on request, left at any of them, and what they change."""

from __future__ import annotations

import pytest

from iop_tui.screening.engine.interview import Reviewing
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.choices import Choices
from tests.core.after_result import with_life
from tests.shipped import CASES, SHIPPED
from tests.stepped import Stepped
from tests.tui.pilot import CALM, Person, first_line, person

LIFE = with_life()
NURSE = next(case for case in CASES if case.id == "nurse_with_wine")
"""She works at night and has insurance: answers after the result change more than one chapter."""


async def at_result(someone: Person, screening: Screening = LIFE) -> None:
    await someone.press("1")
    await someone.answer(dict(NURSE.answers) if screening is SHIPPED else CALM)
    await someone.press("1")
    assert someone.page() == "ResultPage"


async def test_the_result_comes_before_the_rest_and_says_how_to_go_on() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        assert first_line(someone).startswith("Your result")
        assert "A If you like: 1 to 2 more questions" in someone.sees()
        await someone.press("a")
        assert someone.page() == "QuestionPage"
        assert "When do you work?" in someone.sees()
        assert "Now what your days look like." in someone.sees()
        assert "M My result" in someone.sees()


async def test_the_questions_before_the_result_know_no_way_to_it() -> None:
    async with person(LIFE) as someone:
        await someone.press("1")
        assert "My result" not in someone.sees()
        await someone.press("m")
        assert someone.page() == "QuestionPage"


@pytest.mark.parametrize("key", ["m", "left"])
async def test_who_has_enough_goes_back_to_the_result_and_can_go_on_again(key: str) -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        await someone.press("a", key)
        assert first_line(someone).startswith("Your result")
        await someone.press("a")
        assert "When do you work?" in someone.sees()


async def test_after_the_last_one_comes_what_it_changed_and_no_review() -> None:
    async with person(SHIPPED) as someone:
        await at_result(someone, SHIPPED)
        before = someone.app.result()
        await someone.press("a")
        await someone.answer(dict(NURSE.answers))
        assert someone.page() == "ResultPage"
        assert first_line(someone).startswith("Making it fit")
        assert "Your result is the same." in someone.sees()
        assert "So does page 5." in " ".join(someone.sees().split())
        assert someone.app.result().level == before.level
        assert "A Answer" not in someone.sees()
        await someone.press("5")
        assert "Your result is the same." not in someone.sees()
        assert first_line(someone).startswith("Your first call")
        await someone.press("6")
        assert "Your result is the same." not in someone.sees()


async def test_answers_that_change_nothing_lead_to_the_card() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        await someone.press("a", "3")
        assert first_line(someone).startswith("Your result")
        assert "A Answer" not in someone.sees()


async def test_back_from_the_result_checks_the_answers_and_those_after_it_only_once_they_are_given() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        await someone.press("left")
        assert isinstance(someone.app.interview.step, Reviewing)
        assert "When do you work?" not in someone.sees()
        await someone.press("1", "a", "3", "left")
        assert someone.page() == "ReviewPage"
        choices = someone.app.screen.query_one(Choices)
        assert [choice.label for choice in choices.offered][-1] == "When do you work?"
        # One that is changed there leads back there.
        await someone.press("end", "enter")
        assert "When do you work?" in someone.sees()
        await someone.press("1")
        assert someone.page() == "ReviewPage"
        await someone.press("1")
        assert "A If you like: 1 more question" in someone.sees()


async def test_an_answer_that_a_change_raises_an_alarm_with_stops_the_rest() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        await someone.press("left")
        await someone.app.follow(someone.app.interview.change("thoughts").answer("plan"))
        await someone.pause()
        assert someone.page() == "CrisisPage"
        await someone.press("a", "m")
        assert someone.page() == "CrisisPage"


async def test_the_key_stands_among_all_pages_too() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        await someone.press("0")
        assert "A  If you like: 1 to 2 more questions" in someone.sees()
        await someone.press("a")
        assert "When do you work?" in someone.sees()


async def test_it_is_said_of_the_other_person_where_somebody_answers_for_another() -> None:
    async with person(LIFE, (60, 20)) as someone:
        await someone.press("1")
        await someone.answer({**CALM, "who_for": "someone_else"})
        await someone.press("1")
        assert "A 1 to 2 more questions, so that it fits their life" in someone.sees()


async def test_it_is_said_in_full_again_once_the_window_has_the_room() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        for _turn in range(2):
            await someone.resize(60, 20)
            assert "A 1 to 2 more questions, so that it fits your life" in someone.sees()
            assert "Or stop here." not in someone.sees()
            await someone.resize(80, 24)
            assert "A If you like: 1 to 2 more questions, so that it fits your life." in someone.sees()


async def test_a_click_on_it_goes_on() -> None:
    async with person(LIFE) as someone:
        await at_result(someone)
        await someone.click("If you like: 1 to 2")
        assert "When do you work?" in someone.sees()


async def test_one_switch_is_offered_it_and_the_way_back() -> None:
    async with person(LIFE, time=Stepped()) as someone:
        await at_result(someone)
        someone.app.pace = 1.0
        someone.app.screen.follow_pace()  # type: ignore[attr-defined]
        await someone.pause()
        names = [target.name for target in someone.app.screen.targets()]  # type: ignore[attr-defined]
        assert names.count("key continue") == 1
        await someone.app.follow(someone.app.interview.continued())
        await someone.pause()
        assert "key result" in [target.name for target in someone.app.screen.targets()]  # type: ignore[attr-defined]


async def test_starting_over_forgets_the_result_that_was_seen() -> None:
    async with person(SHIPPED) as someone:
        await at_result(someone, SHIPPED)
        await someone.press("a", "m", "n", "2")
        assert someone.page() == "WelcomePage"
        assert someone.app._last_shown is None
