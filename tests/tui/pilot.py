"""Driving the wizard without a terminal: start it, answer by keys, read what is on the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest
from rich.console import ConsoleRenderable
from textual.screen import Screen

from iop_tui.screening.engine.interview import Alarmed, NotAnswered, Reviewing, ShowingResult
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.app import Wizard
from tests.app_driver import AppDriver, running
from tests.bounded import rounds
from tests.core.after_result import CALM as CALM
from tests.core.small import small
from tests.harness.keys import keys_for
from tests.stepped import Stepped

SMALL = small()


def first_line(someone: AppDriver[Wizard]) -> str:
    """What a person reads first: the upper line of the page that is not empty."""
    return next(line.strip() for line in someone.lines() if line.strip())


class Person(AppDriver[Wizard]):
    """Someone in front of the wizard."""

    async def answer(self, answers: Mapping[str, Answer]) -> None:
        """Answer by keys until the review or the result, or until an alarm stops the questions. A question without an
        answer is skipped.
        """
        for _ in rounds("the review"):
            if isinstance(step := self.app.interview.step, (Reviewing, ShowingResult)):
                break
            if isinstance(step, Alarmed) and step.alarm.urgency == "now":
                return
            if isinstance(step, (Alarmed, NotAnswered)) or self.page() == "NoticePage":
                await self.press("1")
            else:
                await self.press(*keys_for(step.question, answers.get(step.question.id, Unknown.SKIPPED)))

    async def answer_whole(self, answers: Mapping[str, Answer]) -> None:
        """The same, past the result: all questions, and the result again."""
        await self.answer(answers)
        if isinstance(self.app.interview.step, Reviewing):
            await self.press("1")
        if isinstance(step := self.app.interview.step, ShowingResult) and step.more.most:
            await self.press("a")
            await self.answer(answers)


@asynccontextmanager
async def person(
    screening: Screening = SMALL, size: tuple[int, int] = (80, 24), time: Stepped | None = None
) -> AsyncIterator[Person]:
    """Someone at the welcome page."""
    app = Wizard(screening.manifest, lambda: screening)
    async with running(Person(app, time), size) as someone:
        yield someone


def drawings_of(app: Wizard, monkeypatch: pytest.MonkeyPatch) -> list[ConsoleRenderable]:
    """What the app draws from now on, drawing by drawing."""
    drawings: list[ConsoleRenderable] = []
    display = app._display

    def noted(screen: Screen[object], drawing: ConsoleRenderable | None) -> None:
        if drawing is not None:
            drawings.append(drawing)
        display(screen, drawing)

    monkeypatch.setattr(app, "_display", noted)
    return drawings
