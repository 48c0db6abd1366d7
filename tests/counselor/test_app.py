"""The app around the desk: taking calls and leaving them, saving, two people on one call."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec.structs import replace

from iop_tui.call.operations import answered
from iop_tui.call.record import Card, OrphanedAnswer, RecordedAnswer
from iop_tui.counselor import save_recovery
from iop_tui.counselor.messages import ConflictResolved
from iop_tui.records.errors import Busy, Rekeyed
from iop_tui.tui.base_screen import Page
from tests.counselor.desk_pilot import START, At, Shelf, at_desk, opened


def saved_answers(shelf: Shelf) -> list[dict[str, object]]:
    return [{name: one.answer for name, one in call.answers.items()} for call, _card, _version in shelf.calls.values()]


async def test_every_answer_is_saved_as_it_goes() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        assert saved_answers(at.shelf) == [{"who_for": "self"}]
        await at.press("3", "c")
        await at.until(lambda: saved_answers(at.shelf) == [{"who_for": "self", "help_with": ("alcohol",)}])


async def test_a_call_that_was_only_looked_at_is_not_saved() -> None:
    async with at_desk() as at:
        await at.press("q")
        await at.until_on("CallsPage")
        assert at.shelf.tries == 0


async def test_the_screen_says_saved_only_once_it_is_and_the_call_goes_on_meanwhile() -> None:
    async with at_desk() as at:
        at.shelf.gate.clear()
        await at.press("1")
        assert "Saving…" in at.sees()
        await at.press("1", "c", "1")
        assert at.question == "low_mood"
        assert "Saved" not in at.sees()
        at.shelf.gate.set()
        await at.until_saved()
        assert len(saved_answers(at.shelf)[0]) == 3


async def test_what_is_wrong_with_saving_is_told_and_the_call_goes_on() -> None:
    async with at_desk(size=(120, 40)) as at:
        at.shelf.fails = Busy()
        await at.press("1")
        await at.until_sees("NOT SAVED: Another program is busy with these records")
        await at.press("1", "c")
        assert at.question == "thoughts"
        at.shelf.fails = None
        await at.until_saved()
        assert "NOT SAVED" not in at.sees()


async def test_leaving_with_something_unsaved_asks() -> None:
    async with at_desk() as at:
        at.shelf.fails = Busy()
        await at.press("1")
        await at.until_sees("NOT SAVED")
        await at.press("q")
        await at.wait(save_recovery.PATIENCE)
        assert "The last of this call is not saved." in at.reads()
        await at.heard()
        await at.press("1")
        assert at.page() == "Desk"
        at.shelf.fails = None
        await at.press("q")
        await at.until_on("CallsPage")
        assert saved_answers(at.shelf) == [{"who_for": "self"}]


async def test_the_end_of_a_call_leads_back_to_the_list_and_what_is_unsaved_is_asked_over_the_desk() -> None:
    async with at_desk() as at:
        at.shelf.fails = Busy()
        await at.press("1")
        await at.until_sees("NOT SAVED")
        await at.press("f", "5")
        await at.wait(save_recovery.PATIENCE)
        assert "The last of this call is not saved." in at.reads()
        await at.heard()
        await at.press("1")
        assert at.page() == "Desk"
        at.shelf.fails = None
        await at.press("f", "5")
        await at.until_on("CallsPage")
        assert saved_answers(at.shelf) == [{"who_for": "self"}]


async def test_keys_that_follow_the_one_that_leaves_a_call_answer_nothing() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        at.shelf.gate.clear()
        await at.press("1", "c")
        await at.press_at_once("q", "3", "2", "o")
        at.shelf.gate.set()
        await at.until_on("CallsPage")
        assert saved_answers(at.shelf) == [{"who_for": "self", "help_with": ("none",)}]


async def test_a_call_is_begun_once_however_often_the_key_is_pressed() -> None:
    async with opened() as at:
        await at.press_at_once("n", "n", "n")
        await at.until_on("Desk")
        await at.settle()
        await at.press("1")
        await at.until_saved()
        assert len(at.shelf.calls) == 1


async def test_a_call_is_taken_up_again_where_it_was_left() -> None:
    async with at_desk() as at:
        await at.press("1", "1", "c", "q")
        await at.until_on("CallsPage")
        await at.press("enter")
        await at.until_on("Desk")
        assert at.question == "thoughts"
        assert at.work.interview.answers["who_for"] == "self"
        assert len(at.work.call.segments) == 2
        assert "0 min (0 in all)" in at.sees()


async def test_answers_that_no_longer_fit_are_shown() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        gone = RecordedAnswer("x", START, "Do you [b]like[/] tea?", "Yes [/]")
        at.shelf.change_meanwhile(lambda call: replace(call, answers={**call.answers, "tea": gone}))
        await at.press("q")
        await at.until_on("CallsPage")
        await at.press("enter")
        await at.until_sees("Do you [b]like[/] tea?")
        assert "Yes [/]" in at.sees()
        await at.press("escape")
        assert [unfit.question for unfit in at.work.call.orphaned] == ["tea"]
        assert isinstance(at.work.call.orphaned[0], OrphanedAnswer)
        await at.press("x")
        assert "Do you [b]like[/] tea?" in at.sees()


# ---- two people on one call ----


async def overtaken(at: At) -> None:
    """Somebody else notes something on the call, and then an answer is given here."""
    await at.press("1")
    await at.until_saved()
    at.shelf.change_meanwhile(lambda call: replace(call, note="theirs"))
    await at.press("1", "c")
    await at.until_on("ConflictPage")
    await at.heard()


async def resolve(at: At, keep: Literal["mine", "theirs", "both"]) -> None:
    page = at.app.screen
    assert isinstance(page, Page)
    page.post_message(ConflictResolved(page, keep))
    await at.until_on("Desk")


async def test_nobody_overwrites_anybody_in_silence() -> None:
    async with at_desk() as at:
        await overtaken(at)
        [(call, _card, _version)] = at.shelf.calls.values()
        assert call.note == "theirs"
        assert "help_with" not in call.answers


async def test_mine_goes_over_theirs_where_it_was_decided_so() -> None:
    async with at_desk() as at:
        await overtaken(at)
        await resolve(at, "mine")
        await at.until_saved()
        [(call, _card, _version)] = at.shelf.calls.values()
        assert call.note == ""
        assert "help_with" in call.answers


async def test_theirs_comes_on_the_desk_where_it_was_decided_so() -> None:
    async with at_desk() as at:
        await overtaken(at)
        await resolve(at, "theirs")
        assert at.work.call.note == "theirs"
        assert "help_with" not in at.work.interview.answers
        await at.press("3", "c")
        await at.until_saved()
        [(call, _card, _version)] = at.shelf.calls.values()
        assert (call.note, call.answers["help_with"].answer) == ("theirs", ("alcohol",))


async def test_both_stay_where_it_was_decided_so() -> None:
    async with at_desk() as at:
        await overtaken(at)
        await resolve(at, "both")
        await at.until_saved()
        notes = {call.note: set(call.answers) for call, _card, _version in at.shelf.calls.values()}
        assert notes == {"theirs": {"who_for"}, "": {"who_for", "help_with"}}


async def test_a_call_that_somebody_deleted_can_be_saved_again() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        at.shelf.calls.clear()
        await at.press("1", "c")
        await at.until_on("CallDeletedPage")
        assert "Your answers are still here." in at.reads()
        await at.heard()
        await at.press("2")
        await at.until_saved()
        assert len(saved_answers(at.shelf)[0]) == 2


async def test_a_call_that_somebody_deleted_can_stay_deleted() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        at.shelf.calls.clear()
        await at.press("1", "c")
        await at.until_on("CallDeletedPage")
        await at.heard()
        await at.press("1")
        assert at.page() == "Desk"
        assert "NOT SAVED" in at.sees()
        await at.press("q")
        await at.wait(save_recovery.PATIENCE)
        assert at.page() == "CallDeletedPage"
        await at.heard()
        await at.press("3")
        await at.until_on("CallsPage")
    assert at.shelf.calls == {}


async def test_what_was_typed_as_an_answer_decides_nothing_on_a_page_that_comes_by_itself() -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        at.shelf.change_meanwhile(lambda call: replace(call, note="theirs"))
        await at.press("1", "c")
        await at.until_on("ConflictPage")
        await at.press("2", "3", "1", "enter")
        assert at.page() == "ConflictPage"
        [(call, _card, _version)] = at.shelf.calls.values()
        assert call.note == "theirs"
        await at.heard()
        await at.press("2")
        await at.until_on("Desk")


# ---- another passphrase ----


async def rekeyed(at: At) -> None:
    """Somebody changes the passphrase, and then an answer is given."""
    await at.press("1")
    await at.until_saved()
    at.shelf.fails = Rekeyed()
    await at.press("1", "c")
    await at.until_on("PassphraseChangedPage")
    await at.heard()


async def type_the_new_one(at: At) -> None:
    at.shelf.fails = None
    await at.press(*"another", "enter")


async def test_where_the_passphrase_was_changed_the_new_one_is_asked_for_and_all_is_saved() -> None:
    async with at_desk() as at:
        await rekeyed(at)
        assert "Somebody changed the passphrase" in at.sees()
        await type_the_new_one(at)
        await at.until_saved()
        assert at.page() == "Desk"
        assert at.shelf.opened == 2
        assert len(saved_answers(at.shelf)[0]) == 2
        await at.press("1")
        await at.until(lambda: len(saved_answers(at.shelf)[0]) == 3)


async def test_the_call_goes_on_without_the_new_passphrase_and_leaving_asks_for_it() -> None:
    async with at_desk() as at:
        await rekeyed(at)
        await at.press("escape", "1")
        assert at.question == "low_mood"
        assert "NOT SAVED: the passphrase was changed." in at.sees() or "NOT SAVED" in at.sees()
        await at.press("q")
        await at.wait(save_recovery.PATIENCE)
        assert "Type the new passphrase" in at.reads()
        await at.heard()
        await at.press("1")
        await at.until_on("PassphraseChangedPage")
        await at.heard()
        await type_the_new_one(at)
        await at.until_saved()
        assert len(saved_answers(at.shelf)[0]) == 3


async def test_leaving_without_the_new_passphrase_says_what_is_lost() -> None:
    async with at_desk() as at:
        await rekeyed(at)
        await at.press("escape", "ctrl+c", "2")
        await at.wait(save_recovery.PATIENCE)
        assert "Leave, and lose what is not saved" in at.reads()
        await at.heard()
        await at.press("2")
        await at.until(lambda: not at.app.is_running)
        assert at.app.finish().startswith("The last of the call could not be saved. The passphrase of these records")


async def test_a_danger_stays_on_top_while_the_new_passphrase_is_asked_for() -> None:
    async with at_desk() as at:
        await at.press("1", "1", "c")
        await at.until_saved()
        at.shelf.fails = Rekeyed()
        await at.press("3")
        await at.until_on("PassphraseChangedPage")
        assert at.sees().startswith("  DANGER")


async def test_the_list_asks_for_the_new_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk() as at:
        await at.press("1")
        await at.until_saved()
        cards = Shelf.cards

        def fails_once(_shelf: Shelf) -> tuple[Card, ...]:
            monkeypatch.setattr(Shelf, "cards", cards)
            raise Rekeyed

        monkeypatch.setattr(Shelf, "cards", fails_once)
        await at.press("q")
        await at.until_on("PassphraseChangedPage")
        await at.heard()
        await type_the_new_one(at)
        await at.until_on("CallsPage")


# ---- the end ----


async def test_what_came_last_is_saved_however_the_screen_goes() -> None:
    shelf = Shelf()
    async with at_desk(shelf=shelf) as at:
        at.app.change_call(lambda work: answered(work, "who_for", "self", START))
        at.app.end_by(15)
    assert saved_answers(shelf) == [{"who_for": "self"}]
    assert shelf.closed


async def test_what_could_not_be_saved_is_told_at_the_end() -> None:
    async with at_desk() as at:
        at.shelf.fails = Busy()
        at.app.change_call(lambda work: answered(work, "who_for", "self", START))
        at.last = 0.05
        assert at.app.finish(at.last) == f"The last of the call could not be saved. {Busy()}"
        at.shelf.fails = None


async def test_leaving_asks_and_erases_nothing() -> None:
    async with opened() as at:
        await at.press("q")
        assert "Every call stays in the records" in at.sees()
        await at.press("1")
        assert at.page() == "CallsPage"
