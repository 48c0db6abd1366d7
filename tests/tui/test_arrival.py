"""The marker of the card comes to its step once, and nobody waits for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import pytest

from iop_tui.platform.motion import may_move
from iop_tui.result.blocks import Document, Scale
from iop_tui.tui.arrival import LONGEST, Arrival, own_step
from iop_tui.tui.clock import RealTime
from iop_tui.tui.result import ResultPage
from tests.stepped import Stepped, Waiting
from tests.tui.documents import CARD, DOCUMENT
from tests.tui.pilot import CALM, SMALL, Person, person
from tests.tui.test_prefetch import settled

OWN = own_step(CARD) or 0


@asynccontextmanager
async def first_reader(size: tuple[int, int] = (80, 24)) -> AsyncIterator[Person]:
    """Somebody who sees their card for the first time, where things may move."""
    async with person(SMALL, size) as someone:
        someone.app.moves = True
        await show(someone, DOCUMENT)
        yield someone


async def show(someone: Person, document: Document) -> None:
    await someone.app.stage(ResultPage(document))
    await someone.pause()


def rows(someone: Person) -> list[str]:
    """The rows of the scale."""
    [scale] = [block for block in CARD.blocks if isinstance(block, Scale)]
    lines = [line.strip() for line in someone.lines()]
    return [
        next(line for line in lines if line.lstrip("›? ").startswith(level.short) and line.endswith(level.hours))
        for level in scale.levels
    ]


def marked(someone: Person) -> list[int]:
    return [row for row, line in enumerate(rows(someone)) if line.startswith("›")]


def frames(someone: Person) -> Iterator[float]:
    """The seconds until something moves, again and again."""
    while moves := waits(someone):
        yield moves[0].at - someone.time.moment


def waits(someone: Person) -> list[Waiting]:
    """What the card waits for."""
    return [wait for wait in someone.time.waiting if isinstance(wait.of, ResultPage)]


async def test_it_comes_down_the_scale_in_less_than_half_a_second() -> None:
    async with first_reader() as someone:
        began = someone.time.moment
        seen = [marked(someone)]
        for seconds in frames(someone):
            await someone.wait(seconds)
            seen.append(marked(someone))
        assert seen == [[], *([row] for row in range(OWN + 1))]
        assert 0 < someone.time.moment - began <= LONGEST < 0.5


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)], ids=str)
async def test_nothing_but_the_marker_moves(size: tuple[int, int]) -> None:
    async with first_reader(size) as someone:
        first = someone.sees()
        await someone.wait(LONGEST)
        last = someone.sees()
        assert first != last
        assert first.replace("›", " ").split() == last.replace("›", " ").split()
        at_rest = ResultPage(DOCUMENT)
        await someone.app.stage(at_rest)
        await someone.pause()
        assert someone.sees() == last


@pytest.mark.parametrize("key", ["z", "right", "h", "up"])
async def test_a_key_ends_it_and_does_what_it_does_at_rest(key: str) -> None:
    async with first_reader() as moving:
        await moving.press(key)
        assert not waits(moving)
        after = moving.sees()
    async with person() as still:
        await show(still, DOCUMENT)
        await still.press(key)
        assert still.sees() == after


async def test_it_comes_once_for_each_person() -> None:
    async with first_reader() as someone:
        await someone.wait(LONGEST)
        await show(someone, DOCUMENT)
        assert marked(someone) == [OWN]
        assert not waits(someone)
        await someone.app.start_over()
        await show(someone, DOCUMENT)
        assert marked(someone) == []


async def test_in_one_key_use_nothing_moves() -> None:
    async with person() as someone:
        someone.app.moves, someone.app.pace = True, 2.5
        await show(someone, DOCUMENT)
        assert marked(someone) == [OWN]


async def test_a_page_that_has_gone_is_not_waited_for() -> None:
    async with first_reader() as someone:
        await someone.app.start_over()
        await someone.wait(LONGEST)
        assert someone.page() == "WelcomePage"


class Line:
    """A terminal that takes so many pictures in time."""

    def __init__(self, takes: int) -> None:
        self.takes, self.shown = takes, list[int | None]()

    def show(self, row: int | None) -> None:
        self.shown.append(row)

    def keeps_up(self) -> bool:
        return len(self.shown) < self.takes


async def test_a_terminal_that_does_not_keep_up_sees_the_end_at_once() -> None:
    async with person() as someone:
        line, time = Line(takes=2), Stepped()
        Arrival(3, line.show, keeps_up=line.keeps_up).begin(time, someone.app)
        time.step(LONGEST)
        assert line.shown == [-1, 0, None]


async def test_a_machine_that_is_late_goes_to_the_end() -> None:
    async with person() as someone:
        line, time = Line(takes=9), Stepped()
        Arrival(3, line.show, keeps_up=line.keeps_up).begin(time, someone.app)
        # It is due, and what is due is done only much later.
        [due] = time.waiting
        time.moment += 1.0
        due.do()
        assert line.shown == [-1, None]


@pytest.mark.parametrize(
    ("environment", "moves"),
    [
        ({}, True),
        ({"NO_MOTION": "1"}, False),
        ({"NO_MOTION": ""}, True),
        ({"NO_COLOR": "1"}, False),
        ({"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}, False),
        ({"TEXTUAL_ANIMATIONS": "none"}, False),
        ({"TEXTUAL_ANIMATIONS": "BASIC"}, False),
        ({"TEXTUAL_ANIMATIONS": "full"}, True),
        ({"TEXTUAL_ANIMATIONS": "some"}, True),
    ],
)
def test_what_the_environment_asks_for(environment: Mapping[str, str], moves: bool) -> None:
    assert may_move(environment) is moves


def test_an_app_in_no_terminal_is_still() -> None:
    from iop_tui.tui.app import Wizard

    app = Wizard(SMALL.manifest, lambda: SMALL)
    assert not app.moves
    assert isinstance(app.time, RealTime)


async def test_it_waits_until_a_page_that_was_made_ahead_is_seen() -> None:
    async with person(SMALL) as someone:
        someone.app.moves = True
        await someone.press("1")
        await someone.answer(CALM)
        await settled(someone)
        assert not waits(someone)
        await someone.press("1")
        assert someone.page() == "ResultPage"
        assert waits(someone)
        await someone.wait(LONGEST)
        assert not waits(someone)
        await someone.press("left", "1")
        assert not waits(someone)
