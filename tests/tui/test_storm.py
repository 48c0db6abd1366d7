"""Keys, clicks and sizes faster than any person: nothing fails or hangs, no answer lands on a question not seen."""

from __future__ import annotations

import asyncio
import random

import pytest

from iop_tui.screening.question_types import refusal
from iop_tui.tui.choices import Choice, Choices
from tests.app_driver import send, typed
from tests.shipped import SHIPPED
from tests.tui.pilot import person

KEYS = [
    *"1234567890cnsbwhg",
    "space",
    "enter",
    "down",
    "up",
    "left",
    "right",
    "escape",
    "backspace",
    "tab",
    "shift+tab",
]
MORE = ["ctrl+c", "pagedown", "pageup", "home", "end", "f1"]
SIZES = [(50, 15), (60, 20), (80, 24), (120, 40)]


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(2, 12))])
async def test_a_storm_of_keys_clicks_and_sizes_does_no_harm(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # no secret
    async with person(SHIPPED) as someone:
        for _ in range(40):
            if not someone.app.is_running:
                break  # the dice chose to leave
            for _ in range(dice.randint(1, 25)):
                send(someone.app, typed(dice.choice(KEYS + MORE)))
            move = dice.random()
            if move < 0.3:
                await asyncio.sleep(0)
            elif move < 0.7:
                await someone.pause()
            elif move < 0.85:
                await someone.resize(*dice.choice(SIZES))
            else:
                await someone.click_at(dice.randint(0, 49), dice.randint(0, 14))
        assert someone.app.exit_status() == 0
        for question_id, answer in someone.app.interview.answers.items():
            assert refusal(SHIPPED.question(question_id), answer) is None


async def test_two_keys_at_once_answer_only_the_question_that_was_seen() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.press_at_once("1", "1")
        assert dict(someone.app.interview.answers) in ({"who_for": "self"}, {"who_for": "self", "age_group": "adult"})


async def test_help_asked_for_twice_at_once_opens_once() -> None:
    async with person(SHIPPED) as someone:
        await someone.press_at_once("h", "h", "h")
        await someone.press("left", "left")
        assert someone.page() == "WelcomePage"


async def test_enter_is_not_lost_while_the_same_choices_are_laid_out_for_another_width() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1")
        choices = someone.app.screen.query_one(Choices)
        choices.action_select()
        choices.offer(choices.offered, at="self")
        await someone.pause()
        assert dict(someone.app.interview.answers) == {"who_for": "self"}


async def test_enter_meant_for_other_choices_does_nothing() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1", "down")
        choices = someone.app.screen.query_one(Choices)
        choices.action_select()
        choices.offer([Choice("self", "Another question's answer", "1")], at="self")
        await someone.pause()
        assert dict(someone.app.interview.answers) == {}
