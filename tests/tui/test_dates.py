"""A day, asked for by the wizard."""

from __future__ import annotations

from iop_tui.tui.choices import Choices
from tests.core.dated import TODAY, ago, written
from tests.tui.pilot import Person, person


async def at_question(someone: Person) -> None:
    someone.app.today = lambda: TODAY
    await someone.press("enter")
    assert "2025-03-01 to 2026-03-01" in someone.sees()


async def test_a_day_is_typed_and_answered() -> None:
    async with person(written()) as someone:
        await at_question(someone)
        await someone.press(*"2026022")
        assert "[ 2026-02-2  ]" in someone.sees()
        await someone.press("9")
        assert "[ 2026-02-2  ]" in someone.sees(), "there is no such day"
        await someone.press("2", "enter")
        assert someone.app.interview.answers["last_drink"] == ago(7)
        assert "Do you shake" in someone.sees()


async def test_half_a_day_is_no_answer() -> None:
    async with person(written()) as someone:
        await at_question(someone)
        await someone.press(*"202602", "c")
        assert "Type a day from 2025-03-01 to 2026-03-01" in " ".join(someone.sees().split())
        assert not someone.app.interview.answers
        await someone.press(*["backspace"] * 6, "-")
        assert "[ 2026-03-01 ]" in someone.sees(), "less than nothing typed is the last day"


async def test_the_review_tells_the_day_and_takes_another() -> None:
    async with person(written()) as someone:
        await at_question(someone)
        await someone.press(*"20260101", "c")
        assert someone.page() == "ReviewPage"
        assert "2026-01-01" in someone.sees()


async def test_with_one_switch_only_digits_that_fit_are_offered() -> None:
    async with person(written()) as someone:
        await at_question(someone)
        page = someone.app.screen
        someone.app.pace = 2.0
        targets = [target.name for target in page.answer_targets() if target.name.startswith("digit")]  # type: ignore[attr-defined]  # the question page
        assert targets == ["digit 2"]
        assert page.query_one(Choices)
