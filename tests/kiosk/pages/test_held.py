"""A key that is held down, by a bag on the keyboard say, is one touch: it does not say that somebody is there."""

from __future__ import annotations

import pytest

from iop_tui.kiosk.app import VISIT_OVER
from tests.kiosk.pages.visitor import Visitor, to_question, visitor

APART = 0.5


async def hold(someone: Visitor, key: str, seconds: float) -> None:
    for _ in range(round(seconds / APART)):
        await someone.press(key, apart=APART)


@pytest.mark.parametrize("key", ["space", "down", "pagedown"])
async def test_a_visit_ends_while_a_key_is_held_down(key: str) -> None:
    async with visitor() as someone:
        await to_question(someone)
        await someone.press(key)
        await hold(someone, key, 90)
        await someone.wait(0)
        assert "Are you still there?" in someone.sees()
        await hold(someone, key, 29)
        assert someone.left == []
        await hold(someone, key, 1)
        await someone.wait(0)
        assert VISIT_OVER in someone.left


async def test_the_same_key_after_a_pause_says_that_somebody_is_there() -> None:
    async with visitor() as someone:
        await to_question(someone)
        await hold(someone, "down", 89)
        await someone.press("down", apart=1.0)
        await someone.wait(89)
        assert someone.page() == "QuestionPage"
        await someone.wait(1)
        assert "Are you still there?" in someone.sees()
        await someone.press("down", apart=1.0)
        assert someone.page() == "QuestionPage"
