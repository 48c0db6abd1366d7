"""Pages of danger in the wizard: when they come, what leads on from them, and whom they speak of."""

from __future__ import annotations

from msgspec.structs import replace

from tests.tui.pilot import SMALL, person


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
        await someone.press("1")
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
        await someone.press("1", "1", "1", "c", "3", "2")
        # It stands beside a choice that keeps everything, so it asks; "keep" is under the cursor.
        assert someone.page() == "ConfirmPage"
        await someone.press("enter")
        assert (someone.page(), len(someone.app.interview.answers)) == ("CrisisPage", 3)
        await someone.press("2", "2")
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
        await someone.press("1", "2", "1", "c", "3")
        assert someone.page() == "CrisisPage"
        assert "Safety comes first" in someone.sees()
        assert "Your" not in someone.sees()
