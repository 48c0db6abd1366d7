"""Notes: every letter reaches the record, and nothing reaches the clipboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iop_tui.call.operations import CallState, noted, with_reference
from iop_tui.counselor import autosave
from iop_tui.counselor.pages.notes import PAUSE, CallNotePage, NotePage
from iop_tui.tui.fields import Area
from tests.counselor.pages.around import BEGAN, Someone, call, someone


def on_living(text: str) -> Callable[[CallState], CallState]:
    return lambda work: noted(work, "living", text, BEGAN)


async def opened(counselor: Someone, text: str = "") -> None:
    await counselor.open(NotePage("Where do you live right now?", text, on_living))


async def test_a_note_of_several_lines_reaches_the_record() -> None:
    async with someone(call()) as counselor:
        await opened(counselor, "In a car.")
        await counselor.press("enter")
        await counselor.type("q h 1")
        await counselor.press("escape")
        assert counselor.page() == "Empty"
        assert counselor.work.call.notes == {"living": "In a car.\nq h 1"}


async def test_what_was_typed_reaches_the_record_after_a_pause_though_the_page_stays() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("abc")
        assert counselor.work.call.notes == {}
        await counselor.wait(PAUSE)
        assert counselor.work.call.notes == {"living": "abc"}
        assert counselor.page() == "NotePage"


async def test_a_page_that_comes_over_it_loses_nothing() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("abc")
        await counselor.open(CallNotePage(counselor.work))
        assert counselor.work.call.notes == {"living": "abc"}


async def test_who_leaves_by_ctrl_c_has_it_in_the_record_first() -> None:
    async with someone(call()) as counselor:
        await opened(counselor)
        await counselor.type("abc")
        await counselor.press("ctrl+c")
        assert counselor.page() == "ConfirmPage"
        assert counselor.work.call.notes == {"living": "abc"}


async def test_keys_that_come_together_are_taken_in_their_order() -> None:
    async with someone(call()) as counselor:
        await counselor.open(CallNotePage(counselor.work, to_note=True))
        await counselor.press_at_once("a", "b", "backspace", "c", "tab", "x", "left", "y", "enter", "d", "escape")
        assert counselor.work.call.note == "acd"
        assert counselor.work.call.reference == "yx"
        assert counselor.page() == "Empty"


async def test_looking_changes_nothing() -> None:
    async with someone(call()) as counselor:
        before = counselor.work
        await opened(counselor)
        await counselor.press("escape")
        await counselor.open(CallNotePage(counselor.work))
        await counselor.press("tab", "escape")
        assert counselor.work is before


async def test_saved_is_said_only_once_all_of_it_is() -> None:
    async with someone(call()) as counselor:
        counselor.app.save_state = autosave.Saved(BEGAN)
        await opened(counselor)
        assert "Saved" in counselor.lines()[0]
        await counselor.type("a")
        assert "Saving…" in counselor.lines()[0]
        counselor.app.save_state = autosave.SaveFailed("No room on the disk.")
        await counselor.wait(2 * PAUSE)
        assert "NOT SAVED" in counselor.lines()[0]
        counselor.app.save_state = autosave.Saved(BEGAN)
        await counselor.wait(2 * PAUSE)
        assert "NOT SAVED" not in counselor.lines()[0]
        assert "Saved" in counselor.lines()[0]


async def test_the_note_on_the_call_and_the_reference_are_on_one_page() -> None:
    async with someone(call()) as counselor:
        await counselor.open(CallNotePage(counselor.work))
        await counselor.type("folder 17")
        await counselor.press("enter")
        await counselor.type("calls from work.")
        await counselor.press("escape")
        assert counselor.work.call.note == "calls from work."
        assert counselor.work.call.reference == "folder 17"


async def test_with_a_reference_the_note_is_typed_first() -> None:
    async with someone(with_reference(call(), "folder 17", BEGAN)) as counselor:
        await counselor.open(CallNotePage(counselor.work))
        await counselor.type("at work")
        await counselor.press("escape")
        assert (counselor.work.call.note, counselor.work.call.reference) == ("at work", "folder 17")


@pytest.mark.parametrize("keys", [("ctrl+a", "ctrl+c"), ("ctrl+a", "ctrl+x"), ("shift+home", "ctrl+x"), ("ctrl+v",)])
async def test_nothing_is_copied_cut_or_pasted(keys: tuple[str, ...]) -> None:
    async with someone(call()) as counselor:
        copied: list[str] = []
        counselor.app.copy_to_clipboard = copied.append  # type: ignore[method-assign,assignment]  # what a copy would call
        await opened(counselor, "a caller's words")
        area = counselor.app.screen.query_one(Area)
        await counselor.press(*keys)
        assert copied == []
        assert area.text == "a caller's words"
