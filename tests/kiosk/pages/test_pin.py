"""The staff's way out."""

from __future__ import annotations

import pytest

from iop_tui.kiosk.app import STAFF_LEFT
from iop_tui.kiosk.heartbeat import HeartbeatMessage
from iop_tui.site.pin import hashed
from tests.kiosk.pages.visitor import SIZES, to_question, visitor

HASH = hashed("4711")
KEYS = ("ctrl+l", "ctrl+l", "ctrl+l")
WRONG = ("1", "2", "3", "4", "enter")


async def test_three_keys_and_the_pin_end_the_kiosk() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        await someone.press("4", "7", "1", "1", "enter")
        assert "What would you like to do?" in someone.sees()
        await someone.press("2")
        assert someone.left == [STAFF_LEFT]
        assert [word for word in someone.heartbeats() if word is not HeartbeatMessage.ALIVE][1:] == [
            HeartbeatMessage.TRIED,
            HeartbeatMessage.RIGHT,
        ]


async def test_it_goes_back_to_the_kiosk_where_that_is_chosen() -> None:
    async with visitor(pin=HASH) as someone:
        await to_question(someone)
        await someone.press(*KEYS, apart=0.2)
        await someone.press("4", "7", "1", "1", "enter", "enter")
        assert someone.page() == "QuestionPage"
        assert someone.left == []


async def test_after_staff_looked_in_any_key_begins_again() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        await someone.press("escape", "a")
        assert someone.page() == "LobbyWelcomePage"


async def test_without_a_pin_the_keys_do_nothing() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.press(*KEYS, apart=0.2)
        assert someone.page() == "QuestionPage"


async def test_digits_are_dots_and_can_be_taken_back() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        await someone.press("4", "7", "9")
        assert "* * *" in someone.sees()
        assert "479" not in someone.sees().replace(" ", "")
        await someone.press("backspace", "1", "1", "enter")
        assert "What would you like to do?" in someone.sees()


@pytest.mark.parametrize("size", SIZES)
async def test_it_can_be_typed_by_touch_alone(size: tuple[int, int]) -> None:
    async with visitor(pin=HASH, size=size) as someone:
        await someone.press(*KEYS, apart=0.2)
        for touched in ("[ 4 ]", "[ 9 ]", "[ Erase ]", "[ 7 ]", "[ 1 ]", "[ 1 ]", "[ Enter ]"):
            await someone.touch(touched)
        await someone.touch("End the kiosk")
        assert someone.left == [STAFF_LEFT]


async def test_a_short_pin_is_not_a_try() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        someone.heartbeats()
        await someone.press("4", "7", "enter")
        assert "A PIN has 4 to 12 digits." in someone.sees()
        assert HeartbeatMessage.TRIED not in someone.heartbeats()


async def test_no_more_than_twelve_digits_are_taken() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        await someone.press(*"1234512345123451")
        assert someone.sees().count("*") == 12


async def test_wrong_tries_wait_and_then_the_right_one_opens() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        await someone.press(*WRONG)
        assert "That was not the PIN. Please try again." in someone.sees()
        assert someone.heartbeats().count(HeartbeatMessage.TRIED) == 1
        await someone.press(*WRONG)
        await someone.press(*WRONG)
        assert "Next try in 5 s." in someone.sees()
        await someone.press("4", "7", "1", "1", "enter", apart=0.2)
        assert "What would you like to do?" not in someone.sees()
        await someone.wait(2)
        await someone.until_sees("Next try in 2 s.")
        await someone.wait(5)
        await someone.until_sees("Type the PIN, then press Enter.")
        await someone.press("4", "7", "1", "1", "enter")
        assert "What would you like to do?" in someone.sees()


async def test_what_was_typed_is_not_kept() -> None:
    async with visitor(pin=HASH) as someone:
        await someone.press(*KEYS, apart=0.2)
        await someone.press("4", "7", "1", "1", "enter")
        assert "4711" not in str(vars(someone.app.screen))
