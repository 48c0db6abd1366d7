"""Jump: typing narrows, the arrows choose, Enter goes there."""

from __future__ import annotations

import pytest

from iop_tui.counselor.pages.jump import JumpPage
from iop_tui.tui.choices import Choices
from iop_tui.tui.fields import Line
from tests.counselor.pages.around import Someone, call, someone
from tests.shipped import SHIPPED

NOT_PREGNANT = (SHIPPED.question("body").options[-1].id,)


async def opened(counselor: Someone) -> None:
    await counselor.open(JumpPage(counselor.work))


async def test_three_letters_and_enter_lead_from_a_word_of_the_caller_to_the_question() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("car")
        assert "I stay in a shelter, a car or outside" in counselor.reads()
        await counselor.press("enter")
        assert counselor.page() == "Empty"
        assert counselor.work.call.at == "living"


async def test_letters_that_are_keys_elsewhere_are_only_letters_here() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("hgqb 1?")
        assert counselor.page() == "JumpPage"
        assert "hgqb 1?" in counselor.reads()
        assert "Nothing has these letters." in counselor.reads()
        await counselor.press("escape", "escape")
        assert counselor.page() == "Empty"


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_after_letters_that_nothing_has_the_field_is_empty_and_that_is_said(key: str) -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("qqq")
        await counselor.press(key)
        assert counselor.page() == "JumpPage"
        assert counselor.app.screen.query_one(Line).value == ""
        assert "Nothing has “qqq”. The field is empty again." in counselor.reads()
        await counselor.type("car")
        assert "The field is empty again." not in counselor.reads()
        await counselor.press("escape")
        assert counselor.page() == "Empty"


async def test_the_arrows_choose_among_what_was_found() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("night")
        offered = [choice for choice in counselor.app.screen.query_one(Choices).offered if ":" not in choice.id]
        await counselor.press("down", "up", "end", "enter")
        assert counselor.work.call.at is not None
        at = SHIPPED.question(counselor.work.call.at)
        assert at.ask == offered[0].text


async def test_a_click_goes_there() -> None:
    async with someone(call(), (120, 40)) as counselor:
        await opened(counselor)
        await counselor.type("night")
        await counselor.click_on(Choices, (10, 0))
        assert counselor.page() == "Empty"
        assert counselor.work.call.at == "last_use"


async def test_a_question_that_is_not_asked_is_shown_last_and_said_to_be_so() -> None:
    work = call({"body": NOT_PREGNANT})
    async with someone(work) as counselor:
        await opened(counselor)
        await counselor.type("midwife")
        assert "(not asked with these answers)" in counselor.reads()
        assert counselor.reads().count("›") == 1, "a line that goes on has one marker"
        before = counselor.work.call.at
        await counselor.press("enter")
        assert counselor.page() == "JumpPage"
        assert "This is not asked with the answers so far." in counselor.reads()
        assert counselor.work.call.at == before


async def test_a_section_leads_to_its_first_question_that_is_asked() -> None:
    section = SHIPPED.sections[-1]
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type(section.title)
        await counselor.press("enter")
        assert counselor.work.call.at in {question.id for question in section.questions}


async def test_every_question_can_be_gone_to_without_a_letter() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.press("down", "down", "enter")
        assert counselor.page() == "Empty"
        assert counselor.work.call.at == SHIPPED.questions[1].id
