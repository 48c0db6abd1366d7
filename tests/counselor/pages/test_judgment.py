"""The counselor's judgment: beside the program's result, with a reason where it is another."""

from __future__ import annotations

from datetime import timedelta

from iop_tui.call.operations import judged
from iop_tui.call.record import Judgment
from iop_tui.counselor.pages.judgment import JudgmentPage
from iop_tui.tui.choices import Choices
from tests.counselor.pages.around import BEGAN, Someone, call, someone

WORK = call({"who_for": "self", "suicide_thoughts": "often"})


async def opened(counselor: Someone) -> None:
    await counselor.open(JudgmentPage(counselor.work, counselor.app.assessment))


async def test_agreeing_takes_two_keys_and_is_recorded_with_who_when_and_the_level() -> None:
    async with someone(WORK) as counselor:
        level = counselor.app.assessment.level
        await opened(counselor)
        await counselor.press("1", "enter")
        assert counselor.page() == "Empty"
        assert counselor.work.call.judgments == (Judgment(True, counselor.app.now(), "ana", level),)


async def test_another_level_needs_a_reason_and_is_recorded_beside() -> None:
    async with someone(WORK) as counselor:
        program = counselor.app.assessment.level
        await opened(counselor)
        await counselor.press("3", "enter")
        assert "This needs a reason" in counselor.reads()
        assert not counselor.work.call.judgments
        await counselor.type("4 h of sleep, alone")
        await counselor.press("enter")
        (judgment,) = counselor.work.call.judgments
        assert not judgment.agrees
        assert judgment.level not in (None, program)
        assert judgment.reason == "4 h of sleep, alone"
        assert counselor.app.assessment.level == program


async def test_nothing_is_recorded_before_a_choice() -> None:
    async with someone(WORK) as counselor:
        await opened(counselor)
        await counselor.press("tab")
        await counselor.type("because")
        await counselor.press("enter")
        assert "Choose first" in counselor.reads()
        await counselor.press("escape")
        assert counselor.page() == "Empty"
        assert counselor.work.call.judgments == ()


async def test_earlier_judgments_are_shown_and_stay() -> None:
    work = judged(WORK, Judgment(False, BEGAN, "ben", "inpatient", "He whispered."))
    async with someone(work) as counselor:
        await opened(counselor)
        assert "ben" in counselor.reads()
        assert "He whispered." in counselor.reads()
        counselor.app.moment = BEGAN + timedelta(hours=1)
        await counselor.press("1", "enter")
        assert [judgment.by for judgment in counselor.work.call.judgments] == ["ben", "ana"]


async def test_none_of_the_four_levels_is_a_judgment_too_with_its_reason() -> None:
    async with someone(WORK) as counselor:
        await opened(counselor)
        foot = " ".join(str(foot.render()) for foot in counselor.app.screen.query("FooterKey"))
        assert f"1-{1 + len(WORK.screening.levels)} " in foot
        await counselor.press("5", "enter")
        assert "This needs a reason" in counselor.reads()
        await counselor.type("needs a doctor first")
        await counselor.press("enter")
        assert counselor.work.call.judgments == (
            Judgment(False, counselor.app.now(), "ana", None, "needs a doctor first"),
        )
        await opened(counselor)
        assert "none of the levels. needs a doctor first" in counselor.reads()


async def test_while_an_alarm_stops_everything_a_counselor_can_agree_or_name_any_level() -> None:
    work = call({"suicide_attempts": "recent"})
    async with someone(work) as counselor:
        await opened(counselor)
        offered = counselor.app.screen.query_one(Choices).offered
        assert len(offered) == 2 + len(WORK.screening.levels)
        await counselor.press("1", "enter")
        (judgment,) = counselor.work.call.judgments
        assert judgment.agrees
        assert judgment.level is None


async def test_it_works_by_the_mouse() -> None:
    async with someone(WORK, (120, 40)) as counselor:
        await opened(counselor)
        await counselor.click_on(Choices, (10, 0))
        foot = next(foot for foot in counselor.app.screen.query("FooterKey") if "Record" in str(foot.render()))
        await counselor.click_on(foot)
        assert len(counselor.work.call.judgments) == 1
