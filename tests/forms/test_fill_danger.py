"""Questions of a form about suicide, line by line and on full pages: whom to call, and who to talk to."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.screening.shipped import sound
from tests.forms.faces import LOINC, SCALE, Talk, choice, filling, form_of, going_on, item

SIZES = ((80, 24), (60, 20), (120, 40))
YES_NO = item("smokes", "boolean", "Do you smoke?")
ASKED = choice("/44260-8", "Better off dead?", *SCALE, code=[{"system": LOINC, "code": "44260-8"}])


def test_thoughts_of_suicide_are_answered_with_the_lines_of_the_shipped_screening_before_the_form_goes_on() -> None:
    form = form_of(ASKED, YES_NO)
    page = sound().pages["suicide"]
    talk = Talk(form, "2")
    assert page.title in talk.last
    for name in page.lines:
        assert sound().phone_lines[name].reach in talk.last
    assert "Do you smoke?" not in talk.last
    assert "Do you smoke?" in Talk(form, "2", "next").last
    assert "Better off dead?" in Talk(form, "2", "back").last
    assert page.title not in Talk(form, "1").whole


def test_a_question_about_suicide_that_is_left_open_shows_once_who_to_talk_to() -> None:
    form = form_of(YES_NO, ASKED, item("n", "string", "And?"))
    page = sound().pages["unsaid"]
    talk = Talk(form, "yes", "skip")
    assert page.title in talk.last
    assert "Call or text 988" in talk.last
    assert "And?" not in talk.last
    assert "And?" in Talk(form, "yes", "skip", "next").last
    assert "Better off dead?" in Talk(form, "yes", "skip", "back").last
    # Once: whoever comes back and leaves it open again goes on.
    assert "And?" in Talk(form, "yes", "skip", "back", "skip").last
    # No other question has it.
    assert page.title not in Talk(form, "skip", "1", "skip").whole


def test_a_screening_without_that_page_has_its_lines_said() -> None:
    help_file = sound().help
    bare = replace(sound(), help=replace(help_file, pages=tuple(p for p in help_file.pages if p.id != "unsaid")))
    talk = Talk(form_of(ASKED, YES_NO), "skip", screening=bare)
    assert "You left a question about safety open." in talk.last
    assert all(bare.phone_lines[name].reach in talk.last for name in help_file.always)


def test_a_saved_answer_about_suicide_calls_for_the_lines_too() -> None:
    coding = {"system": "urn:example", "code": "several days"}
    begun = going_on(form_of(ASKED, YES_NO), {"linkId": "/44260-8", "answer": [{"valueCoding": coding}]})
    assert sound().pages["suicide"].title in Talk(begun).last
    assert "Do you smoke?" in Talk(begun, "next").last


def test_before_a_total_stands_who_to_call_where_an_answer_speaks_of_suicide() -> None:
    form = form_of(ASKED, YES_NO)
    brief = sound().pages["suicide"].brief or ""
    assert brief
    assert brief in Talk(form, "2", "next", "yes").last
    assert brief not in Talk(form, "1", "yes").last


# ---- on full pages ---------------------------------------------------------------------------------------------------


async def test_thoughts_of_suicide_show_the_lines_of_the_shipped_screening_first() -> None:
    page = sound().pages["suicide"]
    async with filling(form_of(ASKED, YES_NO)) as someone:
        await someone.press("enter", "space", "right")
        assert "Better off dead?" in someone.reads()  # nobody answers it by a key too many
        await someone.press("2")
        assert page.title in someone.reads()
        for name in page.lines:
            assert sound().phone_lines[name].reach in someone.reads()
        await someone.press("2")
        assert "Better off dead?" in someone.reads()
        await someone.press("3", "1")
        assert "Do you smoke?" in someone.reads()
        await someone.press("backspace", "1")
        assert "Do you smoke?" in someone.reads()


@pytest.mark.parametrize("size", SIZES)
async def test_full_pages_show_once_who_to_talk_to_where_it_is_left_open(
    size: tuple[int, int],
) -> None:
    page = sound().pages["unsaid"]
    async with filling(form_of(ASKED, YES_NO), size) as someone:
        await someone.press("s")
        assert page.title in someone.reads()
        assert "988" in someone.reads()
        await someone.press("2")
        assert "Better off dead?" in someone.reads()
        await someone.press("s")
        assert "Do you smoke?" in someone.reads()
        await someone.press("s")
        assert someone.page() == "FormReviewPage"


async def test_full_pages_say_who_to_call_before_a_total() -> None:
    brief = sound().pages["suicide"].brief or ""
    async with filling(form_of(ASKED)) as someone:
        await someone.press("2", "1")
        assert someone.page() == "FormReviewPage"
        assert brief in someone.reads()
        await someone.click("Several days")
        await someone.press("1")
        assert brief not in someone.reads()
