"""An empty chair: the screen is covered, and tells nothing until the passphrase is typed."""

from __future__ import annotations

from msgspec.structs import replace

from iop_tui.counselor.autosave import Conflict
from iop_tui.counselor.idle_lock import IDLE
from tests.counselor.desk_pilot import at_desk


async def test_a_screen_that_nobody_touches_is_covered_and_the_passphrase_uncovers_it() -> None:
    async with at_desk() as at:
        await at.press("y")
        await at.type_into("note", "note 4711")
        await at.wait(IDLE - 1)
        assert at.page() == "CallNotePage"
        await at.wait(2)
        assert at.page() == "LockPage"
        assert "4711" not in at.sees()
        await at.press("escape", "q", "p")
        assert at.page() == "LockPage"
        await at.press(*"secret", "enter")
        await at.until_on("CallNotePage")
        await at.press("escape")
        assert at.work.call.note == "note 4711"


async def test_the_cover_tells_nothing_of_a_danger() -> None:
    async with at_desk() as at:
        await at.press("1", "1", "c", "3")
        await at.past_protocol()
        assert "DANGER" in at.sees()
        await at.wait(IDLE + 1)
        assert "DANGER" not in at.sees()
        assert "life" not in at.sees()


async def test_nothing_of_a_call_comes_over_the_cover() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        at.shelf.change_meanwhile(lambda call: replace(call, note="theirs"))
        at.shelf.gate.clear()
        await at.press("1", "c")
        await at.wait(IDLE + 1)
        at.shelf.gate.set()
        await at.until(lambda: isinstance(at.app.save_state, Conflict))
        await at.pause()
        assert at.page() == "LockPage"
        await at.press(*"secret", "enter")
        await at.until_on("ConflictPage")


# ---- the display ----


async def test_one_key_use_is_not_offered_and_no_click_can_answer_for_the_caller() -> None:
    async with at_desk(size=(120, 40)) as at:
        await at.press("d")
        assert at.page() == "DisplayPage"
        assert "One-key use" not in at.sees()
        await at.press("escape")
        before = dict(at.work.call.answers)
        await at.click_at(2, 20)
        assert dict(at.work.call.answers) == before
