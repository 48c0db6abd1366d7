"""A form's questions about suicide within a call: the protocol, its page for a question left open, and the record."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from iop_tui.call.form_alarm import FORM_ALARM
from iop_tui.screening.model.definition import Screening
from tests.counselor.desk_pilot import at_desk
from tests.counselor.forms_pilot import DEAD, asked_about_death, site, the_form
from tests.shipped import SHIPPED


def without_page(name: str) -> Screening:
    """The shipped screening without one of its crisis pages."""
    pages = tuple(page for page in SHIPPED.help.pages if page.id != name)
    return replace(SHIPPED, help=replace(SHIPPED.help, pages=pages))


async def test_an_answer_about_suicide_opens_the_protocol_after_it_is_in_the_record(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("3")
        await at.until_on("ProtocolPage")
        assert [line.said for line in the_form(at).suicide] == ["Nearly every day"]
        assert "DANGER" in at.sees()
        await at.heard()
        await at.press("1")
        assert [tick.alarm for tick in at.work.call.ticks] == [FORM_ALARM]
        await at.press("c")
        await at.until_on("QuestionOverDesk")
        # The form went on under it, and the line stays.
        assert "Weight in kg?" in at.sees()
        assert "1 of 7 steps done" in at.sees()


async def test_a_mistaken_answer_about_suicide_is_put_right_in_the_form_and_the_record_says_so(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("2")
        await at.until_on("ProtocolPage")
        await at.heard()
        await at.press("m")
        await at.until_on("QuestionOverDesk")
        await at.until_sees(DEAD)
        await at.press("1")
        await at.until(lambda: not the_form(at).suicide)
        [event] = at.work.call.alarm_events
        assert event.cleared_at is not None
        assert "Was danger" in at.sees()


async def test_an_answer_that_says_more_opens_the_protocol_once_more_and_one_that_says_less_does_not(
    tmp_path: Path,
) -> None:
    async with at_desk(SHIPPED, (120, 40), site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("2")
        await at.until_on("ProtocolPage")
        await at.heard()
        await at.press("c")
        await at.until_sees("Weight in kg?")
        await at.press("tab", "left")
        await at.until_sees(DEAD)
        await at.press("3")
        await at.until_on("ProtocolPage")
        assert "Nearly every day" in at.sees()
        await at.heard()
        await at.press("c")
        await at.until_sees("Weight in kg?")
        await at.press("tab", "left")
        await at.until_sees(DEAD)
        await at.press("2")
        await at.until_sees("Weight in kg?")
        assert at.page() == "QuestionOverDesk"


async def test_a_question_about_suicide_that_is_left_open_shows_the_counselor_its_page_once(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("s")
        await at.until_on("ProtocolPage")
        seen = " ".join(at.sees().split())
        assert SHIPPED.pages["unsaid"].title in seen
        assert "988" in seen
        assert not at.work.call.alarm_events
        await at.heard()
        await at.press("m")
        await at.until_on("QuestionOverDesk")
        await at.until_sees(DEAD)
        await at.press("s")
        await at.until_sees("Weight in kg?")
        assert at.page() == "QuestionOverDesk"


async def test_without_that_page_the_lines_are_shown_for_a_question_left_open(tmp_path: Path) -> None:
    async with at_desk(without_page("unsaid"), site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("s")
        await at.until_on("LinesOverDesk")
        assert "988" in at.sees()
        assert "was left open" in at.sees()
        await at.press("2")
        await at.until_sees(DEAD)


async def test_keys_typed_ahead_answer_nothing_while_the_protocol_is_about_to_open(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press_at_once("3", "tab", "down", "enter", "1")
        await at.until_on("ProtocolPage")
        assert (the_form(at).answered, the_form(at).left) == (2, 2)
        assert not at.work.call.ticks


async def test_without_a_page_for_suicide_the_lines_are_shown_and_the_form_goes_on(tmp_path: Path) -> None:
    async with at_desk(without_page("suicide"), site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("2")
        await at.until_on("LinesOverDesk")
        assert [form.answered for form in at.work.call.forms] == [2]
        assert "988" in at.sees()
        await at.press("1")
        await at.until_sees("Weight in kg?")
        await at.press("tab", "left")
        await at.until_sees(DEAD)
