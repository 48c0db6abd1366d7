"""Pages of danger in the wizard: when they come, what leads on from them, and whom they speak of."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.tui.block_font import large
from iop_tui.tui.crisis import CrisisPage
from tests.shipped import SHIPPED
from tests.tui.pilot import SMALL, Person, person


async def test_a_dangerous_answer_brings_the_crisis_page_next_and_nothing_else_until_it_is_changed() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c", "3")
        assert someone.page() == "CrisisPage"
        assert "Please talk to someone right now" in someone.sees()
        assert "Call or text 988" in someone.sees()
        assert "Outpatient" not in someone.sees()
        for key in ("enter", "right", "space", "n", "s", "c", "9"):
            await someone.press(key)
            assert someone.page() == "CrisisPage"
        await someone.press("2")
        assert "Do you think about ending your life?" in someone.sees()
        await someone.press("1")
        assert "How often is your mood low?" in someone.sees()


async def test_an_alarm_today_is_shown_and_lets_the_person_go_on() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c", "2")
        assert someone.page() == "CrisisPage"
        await someone.press("1")
        assert "How often is your mood low?" in someone.sees()


async def test_two_alarms_today_are_both_shown_however_fast_the_keys() -> None:
    safety = SMALL.sections[1]
    often, again = safety.alarms[1], replace(safety.alarms[1], id="again", because="Another reason.")
    both = replace(SMALL, sections=(SMALL.sections[0], replace(safety, alarms=(often, again))))
    async with person(both) as someone:
        await someone.press("1", "1", "1", "c", "2")
        assert often.because in someone.sees()
        await someone.press_at_once("1", "1")
        assert "Another reason." in someone.sees()
        await someone.press("1")
        assert "How often is your mood low?" in someone.sees()


async def test_starting_over_from_a_crisis_page_erases_everything() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c", "3", "3")
        # It stands beside a choice that keeps everything, so it asks; "keep" is under the cursor.
        assert someone.page() == "ConfirmPage"
        await someone.press("enter")
        assert (someone.page(), len(someone.app.interview.answers)) == ("CrisisPage", 3)
        await someone.press("3", "2")
        assert someone.page() == "WelcomePage"
        assert len(someone.app.interview.answers) == 0


async def test_a_question_about_danger_left_unsaid_brings_a_soft_page_once() -> None:
    async with person() as someone:
        await someone.press("1", "1", "1", "c", "s")
        assert someone.page() == "CrisisPage"
        assert "You do not have to say" in someone.sees()
        await someone.press("2")
        assert "Do you think about ending your life?" in someone.sees()
        await someone.press("n", "1")
        assert "How often is your mood low?" in someone.sees()


async def test_a_page_of_danger_for_another_does_not_speak_of_yours() -> None:
    async with person() as someone:
        await someone.press("1", "2", "1", "1", "c", "3")
        assert someone.page() == "CrisisPage"
        assert "Safety comes first" in someone.sees()
        assert "Your" not in someone.sees()


async def at_the_plan(someone: Person) -> None:
    """The page for somebody who has a plan to end their life."""
    question = SHIPPED.question("suicide_plan")
    plan = [option.id for option in question.options].index("plan") + 1
    passing = [option.id for option in SHIPPED.question("suicide_thoughts").options].index("passing") + 1
    await someone.press("1")
    for _ in range(12):
        asked = someone.app.interview.step.question.id  # type: ignore[union-attr]  # no alarm on the way
        if asked == question.id:
            break
        # Left unsaid, the signs of danger have a page of their own; "None of these" stands last, under 0.
        keys = {"danger_signs": ("0", "enter"), "suicide_thoughts": (str(passing),)}
        await someone.press(*keys.get(asked, ("s",)))
    await someone.press(str(plan))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_the_page_about_suicide_speaks_to_the_person(size: tuple[int, int]) -> None:
    async with person(SHIPPED, size) as someone:
        await at_the_plan(someone)
        assert someone.page() == "CrisisPage"
        assert "We are glad you told us." in someone.reads()
        assert "You have a plan" not in someone.reads()
        assert "Call or text 988" in someone.sees()
        rows = large(["988"], tall=size[1] >= 30)
        drawn = any("▀" in line or "▄" in line for line in someone.lines()) if size[1] < 30 else True
        assert rows
        assert drawn == (size[1] >= 24)
        choices = [line.strip()[:2].strip() for line in someone.lines()]
        assert {"1", "2", "3"} <= set(choices)
        seen = someone.reads()
        assert seen.index("I am with someone now") < seen.index("I pressed the wrong key")


async def test_what_happens_on_the_call_is_one_key_away() -> None:
    async with person(SHIPPED) as someone:
        await at_the_plan(someone)
        await someone.press("w")
        for text in SHIPPED.phone_lines["lifeline"].expect:
            assert text in someone.reads()
        await someone.press("left", "1")
        assert "Stay together" in someone.reads()
        assert "Call or text 988" in someone.sees()
        await someone.press("left")
        assert someone.page() == "CrisisPage"


@pytest.mark.parametrize("page", sorted(SHIPPED.pages))
async def test_company_never_takes_the_place_of_the_call(page: str) -> None:
    """With a chest pain and a friend nearby, nothing may say that the call can wait."""
    async with person(SHIPPED) as someone:
        await someone.app.push_screen(CrisisPage(SHIPPED, page, "", passable=False))
        await someone.press("1")
        assert "do what it says together, now" in someone.reads()
        assert "wait until" in someone.reads()
