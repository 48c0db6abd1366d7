"""A visitor in front of the kiosk, without a terminal: the clock stands still until it is moved, and the process that
would end notes it instead.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from textual import events
from textual.pilot import Pilot

from iop_tui.kiosk.app import KioskWizard
from iop_tui.kiosk.channel import Channel, Word, heard
from iop_tui.kiosk.lock import Lock, Tries
from iop_tui.screening.kinds import ENGLISH, Where
from iop_tui.screening.language import use
from iop_tui.screening.model import Screening
from iop_tui.site.model import LocalLine, Printer, Site, Staff, Times
from tests.tui.pilot import SMALL

AT = Where("site.yaml", 1)
SITE = Site(
    AT,
    clinic="Riverside Recovery",
    staff=Staff(AT, call="Go to the front desk now. If nobody is there, call 911."),
    phones=(LocalLine("Front desk", "Dial 0 on the wall phone", "2026-11-01", AT),),
    crisis={"suicide": "Maria at the front desk will sit with you."},
    times=Times(AT, idle=90, reading=180, warning=30, crisis=600),
    printer=Printer(AT, ("cat",), "at the front desk"),
    qr=True,
)
SIZES = ((80, 24), (120, 40), (60, 20))
KEYS_APART = 1.0


class Clock:
    """Seconds, as a test sets them."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def mouse(kind: type[events.MouseEvent], column: int, row: int) -> events.MouseEvent:
    """What a terminal tells of the left button, or of the pointer alone."""
    button = 0 if kind is events.MouseMove else 1
    return kind(None, column, row, 0, 0, button, False, False, False, screen_x=column, screen_y=row)


class Visitor:
    """Somebody in front of the kiosk."""

    def __init__(self, app: KioskWizard, pilot: Pilot[None], clock: Clock, left: list[int], said: int) -> None:
        self.app, self.pilot, self.clock, self.left = app, pilot, clock, left
        self._said = said

    async def press(self, *keys: str, apart: float = KEYS_APART) -> None:
        """Press keys, so many seconds after each other."""
        for key in keys:
            self.clock.seconds += apart
            await self.pilot.press(key)
            await self.pilot.pause()

    async def settled(self) -> None:
        """Wait until all is laid out: what scrolls is known only then, and the keys at the foot follow it."""
        for _turn in range(3):
            await self.pilot.pause()

    async def touch(self, words: str) -> None:
        """Touch the first place where these words stand."""
        rows = self.sees().split("\n")
        row = next(number for number, line in enumerate(rows) if words in line)
        self.clock.seconds += KEYS_APART
        await self.touch_at(rows[row].index(words) + 1, row)

    async def touch_at(self, column: int, row: int) -> None:
        """Touch a place and let go, as the terminal tells it: Textual's own pilot passes the app by."""
        for kind in (events.MouseDown, events.MouseUp):
            self.app.post_message(mouse(kind, column, row))
            await self.pilot.pause()
        # What was hidden is laid out once, and then again for the room that it has got.
        await self.pilot.pause()

    async def wait(self, seconds: float) -> None:
        """Nothing is touched for so long; then the app looks around, as its timer would have it do."""
        self.clock.seconds += seconds
        await self.app.look_around()
        await self.pilot.pause()

    async def until(self, words: str) -> None:
        """Wait until something is shown that takes its own time."""
        for _turn in range(500):
            await self.pilot.pause(0.01)
            if words in self.sees():
                return
        raise AssertionError(f"never saw {words!r}:\n{self.sees()}")

    def sees(self) -> str:
        """The page, line by line; spaces in reverse video read as blocks."""
        rows = []
        for strip in self.app.screen._compositor.render_strips():
            parts = (
                "█" * len(segment.text)
                if segment.style and segment.style.reverse and segment.text.isspace()
                else segment.text
                for segment in strip
            )
            rows.append("".join(parts).rstrip())
        return "\n".join(rows)

    def page(self) -> str:
        """The kind of page that is shown."""
        return type(self.app.screen).__name__

    def told(self) -> tuple[Word, ...]:
        """What the parent was told since the last time."""
        return heard(self._said) or ()


@asynccontextmanager
async def visitor(
    screening: Screening = SMALL,
    site: Site = SITE,
    *,
    size: tuple[int, int] = (80, 24),
    sorry: bool = False,
    pin: str | None = None,
) -> AsyncIterator[Visitor]:
    """Somebody before the inviting page."""
    clock, left = Clock(), list[int]()
    said, say = os.pipe()
    os.set_blocking(said, False)
    channel = Channel(say)
    lock = Lock(pin, Tries(), channel, clock) if pin else None
    app = KioskWizard(screening, site, channel, lock, left.append, sorry=sorry, clock=clock)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Visitor(app, pilot, clock, left, said)
    finally:
        # A real visit ends with its process, and its language with it.
        use(ENGLISH)
        os.close(say)
        os.close(said)


async def to_welcome(someone: Visitor) -> None:
    await someone.press("enter")


async def to_question(someone: Visitor) -> None:
    await someone.press("enter", "1")


async def to_crisis(someone: Visitor) -> None:
    await someone.press("enter", "1", "1", "1", "c", "3")


async def to_crisis_today(someone: Visitor) -> None:
    await someone.press("enter", "1", "1", "1", "c", "2")


async def to_unsaid(someone: Visitor) -> None:
    await someone.press("enter", "1", "1", "1", "c", "s")


async def to_review(someone: Visitor) -> None:
    await someone.press("enter", "1", "1", "1", "c", "1", "1", "1", "1")


async def to_result(someone: Visitor) -> None:
    await to_review(someone)
    await someone.press("enter")


async def to_taking(someone: Visitor) -> None:
    await to_result(someone)
    await someone.press("t")


async def to_code(someone: Visitor) -> None:
    await to_taking(someone)
    await someone.press("2")


async def to_help(someone: Visitor) -> None:
    await to_question(someone)
    await someone.press("h")


async def to_comparison(someone: Visitor) -> None:
    await someone.press("enter", "2")


async def to_starting_over(someone: Visitor) -> None:
    await to_question(someone)
    await someone.press("r")


async def to_help_is_here(someone: Visitor) -> None:
    await to_crisis(someone)
    await someone.press("1")


async def to_pin(someone: Visitor) -> None:
    await to_question(someone)
    await someone.press("ctrl+l", "ctrl+l", "ctrl+l", apart=0.2)


PAGES: dict[str, Callable[[Visitor], Awaitable[None]]] = {
    "LobbyWelcomePage": to_welcome,
    "QuestionPage": to_question,
    "LobbyCrisisPage": to_crisis,
    "LobbyCrisisPage, today": to_crisis_today,
    "LobbyCrisisPage, unsaid": to_unsaid,
    "ReviewPage": to_review,
    "LobbyResultPage": to_result,
    "TakePage": to_taking,
    "QrPage": to_code,
    "HelpPage": to_help,
    "ComparePage": to_comparison,
    "ConfirmPage": to_starting_over,
    "ConfirmPage, help is here": to_help_is_here,
    "PinPage": to_pin,
}
"""Every page between the inviting one and the end, and how one gets there in the small screening."""
