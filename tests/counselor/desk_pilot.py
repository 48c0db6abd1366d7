"""Driving the counselor's screen without a terminal, with records that do what a test asks of them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal, cast

from textual import events
from textual.pilot import Pilot

from iop_tui.call.model import Call, Card
from iop_tui.call.work import Work
from iop_tui.counselor.app import Counselor
from iop_tui.counselor.desk import Desk
from iop_tui.counselor.pages.fields import Area, Line
from iop_tui.records.model import Ages, Stored
from iop_tui.records.store import Records
from iop_tui.records.trouble import Deleted, Overwritten, Trouble
from iop_tui.screening.model import Screening
from iop_tui.site.model import STANDARD
from tests.tui.pilot import SHIPPED, SMALL

__all__ = ["SHIPPED", "SMALL", "At", "Shelf", "at_desk", "opened"]

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


class Shelf:
    """Records in memory. `fails` is raised by the next saves; saves wait while `gate` is shut."""

    def __init__(self) -> None:
        self.calls: dict[str, tuple[Call, Card, int]] = {}
        self.fails: Trouble | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.tries = 0
        self.closed = False
        self.opened = 0
        """How often the records were opened."""
        self.damaged = ()

    def open(self, _passphrase: str) -> Records:
        self.opened += 1
        return cast("Records", self)

    def cards(self) -> tuple[Card, ...]:
        return tuple(card for _call, card, _version in self.calls.values())

    def find(self, words: str) -> tuple[Card, ...]:
        return tuple(card for card in self.cards() if words in card.reference)

    def read(self, call_id: str) -> Stored:
        call, _card, version = self.calls[call_id]
        return Stored(call, version, START, "Bo")

    def save(self, call: Call, card: Card, version: int) -> int:
        self.tries += 1
        self.gate.wait(10)
        if self.fails is not None:
            raise self.fails
        there = self.calls.get(call.id)
        if there is None and version:
            raise Deleted(call.id)
        if there is not None and there[2] != version:
            raise Overwritten(self.read(call.id))
        self.calls[call.id] = (call, card, version + 1)
        return version + 1

    def change_meanwhile(self, change: Callable[[Call], Call]) -> None:
        """Somebody else saves the one call that is there."""
        [(call, card, version)] = self.calls.values()
        self.calls[call.id] = (change(call), card, version + 1)

    def expire(self, _ages: Ages, _now: datetime) -> int:
        return 0

    def close(self) -> None:
        self.closed = True


class At:
    """A counselor in front of the screen."""

    def __init__(self, app: Counselor, pilot: Pilot[None], shelf: Shelf, seconds: list[float]) -> None:
        self.app = app
        self.pilot = pilot
        self.shelf = shelf
        self.seconds = seconds
        """The moment for idling; tests set it."""

    async def press(self, *keys: str) -> None:
        """Press keys, each answered before the next."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type_at_once(self, keys: Iterable[str]) -> None:
        """Keys that come in one piece, as over a slow line."""
        for key in keys:
            self.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await self.pilot.pause()
        await self.pilot.pause()

    async def type_into(self, field: Literal["reference", "note"], text: str) -> None:
        """On the page of the call note, whichever of its fields comes first."""
        kind = Line if field == "reference" else Area
        if not isinstance(self.app.focused, kind):
            await self.press("tab")
        assert isinstance(self.app.focused, kind)
        await self.press(*text)

    async def click(self, text: str, *, nth: int = 0) -> None:
        """Click on the first letter of a text on the screen."""
        places = [
            (column, row) for row, line in enumerate(self.sees().splitlines()) if (column := line.find(text)) >= 0
        ]
        await self.pilot.click(offset=places[nth])
        await self.pilot.pause()

    async def wait_for(self, what: Callable[[], bool]) -> None:
        """Until something that a thread does has come about."""
        for _ in range(500):
            await self.pilot.pause(0.01)
            if what():
                return
        raise AssertionError(f"it did not come about; on the screen:\n{self.sees()}")

    async def wait_until_sees(self, text: str) -> None:
        """Until a text is on the screen."""
        await self.wait_for(lambda: text in self.sees())

    def sees(self) -> str:
        """The page, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def page(self) -> str:
        """The kind of page that is shown."""
        return type(self.app.screen).__name__

    @property
    def work(self) -> Work:
        """The call on the desk."""
        assert self.app.work is not None
        return self.app.work

    @property
    def question(self) -> str:
        """The id of the question on the desk."""
        desk = next(page for page in self.app.screen_stack if isinstance(page, Desk))
        return desk.question.id

    async def heard(self) -> None:
        """Until a page that came by itself hears keys."""
        await self.wait_for(lambda: not self.app._deaf)

    async def past_protocol(self) -> None:
        """Go on from a protocol, once it hears keys."""
        assert self.page() == "ProtocolPage"
        await self.wait_for(lambda: not getattr(self.app.screen, "_deaf", False))
        await self.press("c")


@asynccontextmanager
async def opened(
    screening: Screening = SMALL, size: tuple[int, int] = (80, 24), shelf: Shelf | None = None
) -> AsyncIterator[At]:
    """A counselor at the list of calls."""
    records, seconds = shelf or Shelf(), [0.0]
    app = Counselor(
        screening,
        STANDARD,
        records.open,
        by="Ana",
        is_new=False,
        clock=lambda: START,
        monotonic=lambda: seconds[0],
    )
    async with app.run_test(size=size) as pilot:
        at = At(app, pilot, records, seconds)
        await at.press(*"secret", "enter")
        await at.wait_for(lambda: at.page() == "CallsPage")
        yield at
        records.gate.set()
    app.finish()


@asynccontextmanager
async def at_desk(
    screening: Screening = SMALL, size: tuple[int, int] = (80, 24), shelf: Shelf | None = None
) -> AsyncIterator[At]:
    """A counselor with a new call."""
    async with opened(screening, size, shelf) as at:
        await at.press("n")
        await at.wait_for(lambda: at.page() == "Desk")
        await at.pilot.pause()
        yield at
