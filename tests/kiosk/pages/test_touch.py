"""With a finger and no keyboard: all of every page can be read, the keys are at hand, and there is a way back."""

from __future__ import annotations

import pytest

from iop_tui.screening.assessment.answer_words import answered
from iop_tui.screening.engine.interview import Asking, Reviewing, begin
from iop_tui.screening.model.answers import Unknown
from iop_tui.tui.blocks import Prose
from iop_tui.tui.question import QuestionPage
from tests.bounded import rounds
from tests.kiosk.pages.visitor import (
    Visitor,
    to_comparison,
    to_help,
    to_result,
    visitor,
)
from tests.shipped import SHIPPED

SMALLEST = [(60, 20), (80, 24)]
LONG = {"ComparePage": to_comparison, "HelpPage": to_help, "LobbyResultPage": to_result}


def more(someone: Visitor) -> str:
    foot = someone.sees().split("\n")
    return next((words for words in ("↓ Read on", "↓ More") if any(words in row for row in foot[-2:])), "")


async def read_on(someone: Visitor) -> list[str]:
    """Every row that a finger brings into sight, until the page stands at its beginning again."""
    first, rows = someone.sees(), []
    for _turn in range(80):
        rows += someone.sees().split("\n")
        if not more(someone):
            return rows
        await someone.touch(more(someone))
        if someone.sees() == first:
            return rows
    raise AssertionError("it does not come round to its beginning")


@pytest.mark.parametrize("size", SMALLEST)
@pytest.mark.parametrize("name", LONG)
async def test_long_pages_are_read_by_touch_and_left_by_touch(name: str, size: tuple[int, int]) -> None:
    async with visitor(size=size) as someone:
        await LONG[name](someone)
        page = someone.app.screen
        seen = " ".join(" ".join(await read_on(someone)).split())
        texts = [text for prose in page.query(Prose) for text in prose.texts if text.strip()]
        assert all(text.split()[-1] in seen for text in texts)
        await someone.touch("← Back")
        assert someone.page() != name


@pytest.mark.parametrize("size", SMALLEST)
async def test_every_answer_of_a_long_review_is_reached(size: tuple[int, int]) -> None:
    interview = begin(SHIPPED)
    for _ in rounds("the review"):
        if isinstance(interview.step, Reviewing):
            break
        asks = isinstance(interview.step, Asking)
        interview = interview.answer(Unknown.NOT_SURE) if asks else interview.acknowledged()
    async with visitor(SHIPPED, size=size) as someone:
        await someone.app.follow(interview)
        await someone.pause()
        seen = " ".join(" ".join(await read_on(someone)).split())
        asked = [question for question, _answer in answered(SHIPPED, interview.answers)]
        assert len(asked) > 10
        assert all(question.label and question.label in seen for question in asked)


async def test_a_list_longer_than_the_window_is_reached_by_touch() -> None:
    async with visitor(SHIPPED, size=(60, 20)) as someone:
        await someone.press("enter", "1")
        await someone.app.follow(someone.app.interview.change("danger_signs"))
        await someone.pause()
        rows = await read_on(someone)
        page = someone.app.screen
        assert isinstance(page, QuestionPage)
        options = page.question.options
        assert page.question.id == "danger_signs"
        assert all(any(option.text.split()[-1] in row for row in rows) for option in options)
