"""Driving the wizard without a terminal: start it, answer by keys, read what is on the page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from iop_tui.screening.answers import Answer, Unknown
from iop_tui.screening.interview import Alarmed, Reviewing, Unsaid
from iop_tui.screening.load import load, shipped
from iop_tui.screening.model import Question, Screening
from iop_tui.tui.app import Wizard
from tests.core.small import small

SMALL = small()
SHIPPED = load(shipped())
KEYS = "1234567890"


class Person:
    """Someone in front of the wizard."""

    def __init__(self, app: Wizard, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, each answered before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    def sees(self) -> str:
        """The page, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def page(self) -> str:
        """The kind of page that is shown."""
        return type(self.app.screen).__name__

    async def answer(self, answers: Mapping[str, Answer]) -> None:
        """Answer by keys until the questions end or an alarm stops them. A question without an answer is skipped."""
        while not isinstance(step := self.app.interview.step, Reviewing):
            if isinstance(step, Alarmed) and step.alarm.urgency == "now":
                return
            if isinstance(step, (Alarmed, Unsaid)):
                await self.press("1")
            else:
                await self.press(*keys_for(step.question, answers.get(step.question.id, Unknown.SKIPPED)))


def keys_for(question: Question, answer: Answer) -> list[str]:
    """The keys that give an answer."""
    if isinstance(answer, Unknown):
        return ["n" if answer is Unknown.NOT_SURE else "s"]
    if isinstance(answer, int):
        return [*str(answer), "c"]
    ids = [option.id for option in question.options]
    if isinstance(answer, str):
        return [KEYS[ids.index(answer)]]
    return [*(KEYS[ids.index(option)] for option in answer), "c"]


@asynccontextmanager
async def person(screening: Screening = SMALL, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """Someone at the welcome page."""
    app = Wizard(screening.manifest, lambda: screening)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Person(app, pilot)
