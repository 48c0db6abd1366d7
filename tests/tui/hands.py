"""Three people in front of the wizard: one has a keyboard, one a mouse, one a single switch. Each can do the same."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from textual.widget import Widget

from iop_tui.screening.model.definition import Question, Screening
from iop_tui.tui.base_screen import Page
from iop_tui.tui.choices import Choices
from iop_tui.tui.footer import FooterKey
from iop_tui.tui.question import QuestionPage
from iop_tui.tui.step_button import StepButton
from iop_tui.tui.text_screen import Scroll
from tests.stepped import Stepped
from tests.tui.pilot import SMALL, Person, person

PACE = 2.0


class Hands(Protocol):
    """What a person can do with what they have."""

    someone: Person

    async def choose(self, choice: str) -> None:
        """Take a line of the page, by its id."""

    async def do(self, action: str) -> None:
        """Do what a key at the foot says."""

    async def number(self, question: Question, number: int) -> None:
        """Enter a number, and go on."""


class Keyboard:
    """Only keys: letters at the foot, arrows and Enter."""

    def __init__(self, someone: Person) -> None:
        self.someone = someone

    async def choose(self, choice: str) -> None:
        choices = self.someone.app.screen.query_one(Choices)
        await self.someone.press("home")
        for _ in range(len(choices.options)):
            under = choices.highlighted_option
            if under is not None and under.id == choice:
                break
            await self.someone.press("down")
        offered = next(line for line in choices.offered if line.id == choice)
        await self.someone.press("space" if offered.mark else "enter")

    async def do(self, action: str) -> None:
        keys = {hint.hint.action: hint.hint.key for hint in self.someone.app.screen.query(FooterKey)}
        named = {"←": "left", "→": "right", "↑ ↓": "space", "Space": "space", "Enter": "enter"}
        await self.someone.press("0" if action == "contents" else named.get(keys[action], keys[action].lower()))

    async def number(self, question: Question, number: int) -> None:
        await self.someone.press(*str(number), "enter")


class Mouse:
    """Only clicks: no key, and no wheel."""

    def __init__(self, someone: Person) -> None:
        self.someone = someone

    async def click_on(self, widget: Widget) -> None:
        assert widget.display, widget
        await self.someone.click_on(widget, (1, 0))

    async def choose(self, choice: str) -> None:
        choices = self.someone.app.screen.query_one(Choices)
        index = choices.get_option_index(choice)
        for _ in range(20):
            y = self.someone.row_of(choices, index)
            if 0 <= y < choices.size.height:
                break
            await self.do("read_on")
        await self.someone.click_on(choices, (4, y))

    async def do(self, action: str) -> None:
        foot = next(foot for foot in self.someone.app.screen.query(FooterKey) if foot.hint.action == action)
        await self.click_on(foot)

    async def number(self, question: Question, number: int) -> None:
        less, more = self.someone.app.screen.query(StepButton)
        for _ in range(max(1, question.lowest or 0), number + 1):
            await self.click_on(more)
        if number == 0:
            await self.click_on(less)
        await self.choose("to next question")


class Switch:
    """Only one key, and time."""

    def __init__(self, someone: Person) -> None:
        self.someone = someone
        self.time = someone.time

    @property
    def offered(self) -> str | None:
        page = self.someone.app.screen
        assert isinstance(page, Page)
        return page._scan.offered if page._scan is not None else None

    async def all_offered(self) -> Sequence[str]:
        """Everything that the page offers, from the top to the last."""
        names: list[str] = []
        while (name := self.offered) is not None and name not in names:
            names.append(name)
            self.time.step(PACE)
            await self.someone.pause()
        return names

    async def take(self, name: str) -> None:
        for _ in range(60):
            if self.offered == name:
                break
            self.time.step(PACE)
            await self.someone.pause()
        assert self.offered == name, self.someone.sees()
        self.time.step(PACE * 0.625)
        await self.press()

    async def press(self) -> None:
        await self.someone.press("space")

    async def choose(self, choice: str) -> None:
        page = self.someone.app.screen
        assert isinstance(page, Page)
        name = f"choice {choice}"
        if all(target.name != name for target in page.targets()):
            await self.take(f"choice {_part_of(page.query_one(Choices), choice)}")
        await self.take(name)

    async def do(self, action: str) -> None:
        await self.take(f"key {action}")

    async def number(self, question: Question, number: int) -> None:
        for digit in str(number):
            await self.take(f"digit {digit}")
        await self.take("choice to next question")


def _part_of(choices: Choices, choice: str) -> str:
    part = ""
    for one in choices.offered:
        part = one.id if one.heading else part
        if one.id == choice:
            return part
    raise AssertionError(choice)


def is_read(someone: Person) -> bool:
    """Whether the end of the text is in sight."""
    scroll = someone.app.screen.query_one(Scroll)
    return scroll.scroll_y >= scroll.max_scroll_y


def question_of(someone: Person) -> Question:
    page = someone.app.screen
    assert isinstance(page, QuestionPage), someone.sees()
    return page.question


@asynccontextmanager
async def with_switch(
    time: Stepped, screening: Screening = SMALL, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Switch]:
    """Somebody with one switch, at the welcome page."""
    async with person(screening, size, time) as someone:
        await turn_on(someone)
        yield Switch(someone)


async def turn_on(someone: Person) -> None:
    """Begin to offer things at PACE, as the Display page does."""
    page = someone.app.screen
    assert isinstance(page, Page)
    someone.app.pace = PACE
    page.follow_pace()
    await someone.pause()
