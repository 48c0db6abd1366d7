"""The passphrase: hidden, made twice, wrong ones told, and never in the way of a screen that lives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

from iop_tui.counselor.messages import Unlocked
from iop_tui.counselor.pages.passphrase import LockPage, PassphrasePage, wait_after
from iop_tui.records.errors import Lost, WrongPassphrase
from iop_tui.records.store import Records
from iop_tui.tui.fields import Line
from tests.counselor.pages.around import Someone, call, someone

RIGHT = "copper violin tide nine"


def opener(told: list[str] | None = None) -> Callable[[str], Records]:
    """Opens with RIGHT alone."""

    def open_records(passphrase: str) -> Records:
        if told is not None:
            told.append(passphrase)
        if passphrase != RIGHT:
            raise WrongPassphrase
        return cast("Records", "the records")

    return open_records


async def test_the_right_passphrase_opens_the_records_and_is_shown_nowhere() -> None:
    async with someone() as counselor:
        await counselor.open(PassphrasePage(opener(), False))
        await counselor.type(RIGHT)
        assert "copper" not in counselor.reads()
        await counselor.press("enter")
        await counselor.settle()
        (unlocked,) = counselor.app.heard
        assert isinstance(unlocked, Unlocked)
        assert unlocked.records == cast("Records", "the records")
        assert counselor.app.screen.query_one("#first", Line).value == "", "it must not stay in a field"


async def test_a_wrong_passphrase_is_told_and_forgotten() -> None:
    async with someone() as counselor:
        await counselor.open(PassphrasePage(opener(), False))
        await counselor.type("wrong")
        await counselor.press("enter")
        await counselor.settle()
        assert str(WrongPassphrase()) in counselor.reads()
        assert counselor.app.heard == []
        await counselor.type(RIGHT)
        await counselor.press("enter")
        await counselor.settle()
        assert len(counselor.app.heard) == 1, "the wrong letters were still there"


def test_wrong_tries_slow_down_and_never_for_long() -> None:
    waits = [wait_after(tries) for tries in range(1, 40)]
    assert waits[0] == 0
    assert waits == sorted(waits)
    assert 1 <= waits[2] <= waits[-1] <= 10


async def test_a_lost_database_keeps_what_was_typed_so_that_enter_tries_again() -> None:
    tries = []

    def open_records(passphrase: str) -> Records:
        tries.append(passphrase)
        if len(tries) == 1:
            raise Lost("The database does not answer.")
        return cast("Records", "the records")

    async with someone() as counselor:
        await counselor.open(PassphrasePage(open_records, False))
        await counselor.type(RIGHT)
        await counselor.press("enter")
        await counselor.settle()
        assert "The database does not answer. Press Enter to try again." in counselor.reads()
        await counselor.press("enter")
        await counselor.settle()
        assert tries == [RIGHT, RIGHT]
        assert len(counselor.app.heard) == 1


async def test_the_screen_lives_while_the_key_is_derived() -> None:
    go_on = threading.Event()

    def open_records(_passphrase: str) -> Records:
        go_on.wait(10)
        return cast("Records", "the records")

    async with someone() as counselor:
        await counselor.open(PassphrasePage(open_records, False))
        await counselor.type("x")
        await counselor.press("enter")
        assert "Opening…" in counselor.reads()
        await counselor.press("enter")
        go_on.set()
        await counselor.settle()
        assert len(counselor.app.heard) == 1, "a second Enter opened them twice"


async def made(counselor: Someone, first: str, again: str) -> None:
    await counselor.type(first)
    await counselor.press("enter")
    await counselor.type(again)
    await counselor.press("enter")
    await counselor.settle()


async def test_a_new_passphrase_must_be_typed_twice_alike() -> None:
    told: list[str] = []
    async with someone() as counselor:
        await counselor.open(PassphrasePage(opener(told), True))
        assert "If it is lost, nobody can ever read the records." in counselor.reads()
        await made(counselor, RIGHT, "copper violin tide ten")
        assert "The two are not the same." in counselor.reads()
        assert told == []
        await made(counselor, RIGHT, RIGHT)
        assert told == [RIGHT]
        assert len(counselor.app.heard) == 1


async def test_a_new_passphrase_that_is_short_or_one_letter_is_refused_with_what_makes_a_good_one() -> None:
    told: list[str] = []
    async with someone() as counselor:
        await counselor.open(PassphrasePage(opener(told), True))
        for weak in ("short", "a" * 30):
            await counselor.type(weak)
            await counselor.press("enter")
            await counselor.settle()
            assert "words" in counselor.reads().split("Passphrase")[1]
        assert told == []


async def test_the_cover_shows_nothing_of_the_call_and_no_key_but_the_passphrase_takes_it_away() -> None:
    work = call({"who_for": "self", "help_with": ("alcohol",)})
    async with someone(work) as counselor:
        await counselor.open(LockPage(opener()))
        seen = counselor.reads()
        assert "Alcohol" not in seen
        for key in ("escape", "left", "backspace", "b", "h", "f1", "g", "tab", "enter"):
            await counselor.press(key)
            await counselor.settle()
            assert counselor.page() == "LockPage", key
        for line in counselor.app.screen.query(Line):
            line.value = ""
        await counselor.type(RIGHT)
        await counselor.press("enter")
        await counselor.settle()
        assert isinstance(counselor.app.heard[0], Unlocked)
