"""A visitor in front of the kiosk, without a terminal: the clock stands still until it is moved, and the process that
would end notes it instead.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from rich.segment import Segment

from iop_tui.kiosk.app import KioskWizard
from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe, read_messages
from iop_tui.kiosk.pin_lock import Lock, PinAttempts
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH, SourceLocation
from iop_tui.site.settings import LocalLine, Printer, Site, Staff, Times
from tests.app_driver import AppDriver, running
from tests.stepped import Stepped
from tests.tui.pilot import SMALL

AT = SourceLocation("site.yaml", 1)
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
STAFF_KEYS = ("ctrl+l", "ctrl+l", "ctrl+l")
BEGAN = 1000.0
"""The moment at which a visit begins."""


class Visitor(AppDriver[KioskWizard]):
    """Somebody in front of the kiosk."""

    def __init__(self, app: KioskWizard, time: Stepped, left: list[int], said: int) -> None:
        super().__init__(app, time)
        self.left = left
        self._said = said

    async def press(self, *keys: str, apart: float = KEYS_APART) -> None:
        """Press keys, so many seconds after each other."""
        for key in keys:
            if apart:
                await self.wait(apart)
            await super().press(key)

    async def touch(self, words: str) -> None:
        """Touch the first place where these words stand."""
        row, line = next((row, line) for row, line in enumerate(self.lines()) if words in line)
        await self.wait(KEYS_APART)
        await self.click_at(line.index(words) + 1, row)

    def lines(self) -> list[str]:
        """The screen, line by line; spaces in reverse video read as blocks."""
        return ["".join(map(_drawn, strip)).rstrip() for strip in self.strips()]

    def ended(self) -> list[int]:
        """The statuses with which the visit ended since the last time: here it goes on as if nothing were."""
        ended = [*self.left]
        self.left.clear()
        return ended

    def heartbeats(self) -> tuple[HeartbeatMessage, ...]:
        """What the parent was told since the last time."""
        return read_messages(self._said) or ()


def _drawn(segment: Segment) -> str:
    reverse = segment.style is not None and segment.style.reverse and segment.text.isspace()
    return "█" * len(segment.text) if reverse else segment.text


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
    time, left = Stepped(BEGAN), list[int]()

    def leave(status: int) -> None:
        # Here a process would end, and what comes after it would not come about.
        if not left:
            left.append(status)

    said, say = os.pipe()
    os.set_blocking(said, False)
    channel = HeartbeatPipe(say)
    lock = Lock(pin, PinAttempts(), channel, time.now) if pin else None
    app = KioskWizard(screening, site, channel, lock, leave, sorry=sorry, clock=time.now)
    try:
        async with running(Visitor(app, time, left, said), size) as someone:
            yield someone
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
    await someone.press(*STAFF_KEYS, apart=0.2)


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


_WALK: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("LobbyWelcomePage", ("enter",), ()),
    ("ComparePage", ("2",), ("left",)),
    ("QuestionPage", ("1",), ()),
    ("HelpPage", ("h",), ("left",)),
    ("ConfirmPage", ("r",), ("1",)),
    ("PinPage", STAFF_KEYS, ("escape",)),
    ("LobbyCrisisPage, unsaid", ("1", "1", "c", "s"), ("2",)),
    ("LobbyCrisisPage, today", ("2",), ("2",)),
    ("LobbyCrisisPage", ("3",), ()),
    ("ConfirmPage, help is here", ("1",), ("1", "2")),
    ("ReviewPage", ("1", "1", "1", "1"), ()),
    ("LobbyResultPage", ("enter",), ()),
    ("TakePage", ("t",), ()),
    ("QrPage", ("2",), ()),
)
"""Each page of PAGES, in an order of its own: the keys to it from the one before, and those that lead away from it."""
assert {name for name, _there, _back in _WALK} == PAGES.keys()


async def every_page(someone: Visitor) -> AsyncIterator[str]:
    """All pages of PAGES in one visit to a kiosk with a PIN, with the small screening; the name of each once it is
    shown. Whoever is called leaves each page as it was.
    """
    for name, there, back in _WALK:
        await someone.press(*there, apart=0.2 if there == STAFF_KEYS else KEYS_APART)
        assert someone.page() == name.split(",")[0], (name, someone.sees())
        yield name
        await someone.press(*back)
