"""Driving the counselor's screen without a terminal, with records that do what a test asks of them."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Literal, cast

from iop_tui.call.operations import CallState
from iop_tui.call.record import Call, Card
from iop_tui.counselor.app import LAST_SAVE_TIMEOUT, Counselor
from iop_tui.counselor.autosave import Saved
from iop_tui.counselor.input_guard import INPUT_GUARD
from iop_tui.counselor.messages import Unlocked
from iop_tui.counselor.pages.desk import Desk
from iop_tui.records.errors import Deleted, Overwritten, RecordsError
from iop_tui.records.store import Records
from iop_tui.records.stored import Ages, Stored
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import STANDARD, Site
from iop_tui.tui.base_screen import Page
from iop_tui.tui.fields import Area, Line
from tests.app_driver import AppDriver, running
from tests.shipped import SHIPPED
from tests.stepped import Stepped
from tests.tui.pilot import SMALL

__all__ = ["SHIPPED", "SMALL", "At", "Shelf", "at_desk", "at_passphrase", "opened"]

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


class Shelf:
    """Records in memory. `fails` is raised by the next saves; saves wait while `gate` is shut."""

    def __init__(self) -> None:
        self.calls: dict[str, tuple[Call, Card, int]] = {}
        self.fails: RecordsError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.tries = 0
        self.closed = False
        self.opened = 0
        """How often the records were opened."""
        self.damaged = ()
        self.replaced = None

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

    def expire(self, _ages: Ages, _now: datetime) -> tuple[int, str]:
        return 0, ""

    def close(self) -> None:
        self.closed = True


class At(AppDriver[Counselor]):
    """A counselor in front of the screen."""

    def __init__(self, app: Counselor, time: Stepped, shelf: Shelf) -> None:
        super().__init__(app, time)
        self.shelf = shelf
        self.last = LAST_SAVE_TIMEOUT
        """Seconds at most for what is saved at the end."""

    async def type_into(self, field: Literal["reference", "note"], text: str) -> None:
        """On the page of the call note, whichever of its fields comes first."""
        kind = Line if field == "reference" else Area
        if not isinstance(self.app.focused, kind):
            await self.press("tab")
        assert isinstance(self.app.focused, kind)
        await self.type(text)

    async def until_saved(self) -> None:
        """Until everything is in the records, and the screen says so."""
        await self.until(lambda: isinstance(self.app.save_state, Saved) and "Saved " in self.sees())

    @property
    def work(self) -> CallState:
        """The call on the desk."""
        assert self.app.work is not None
        return self.app.work

    @property
    def question(self) -> str:
        """The id of the question on the desk."""
        desk = next(page for page in self.app.screen_stack if isinstance(page, Desk))
        return desk.question.id

    async def heard(self) -> None:
        """A page that came by itself hears keys only after a moment."""
        await self.wait(INPUT_GUARD)

    async def past_protocol(self) -> None:
        """Go on from a protocol, once it hears keys."""
        assert self.page() == "ProtocolPage"
        await self.heard()
        await self.press("c")


@asynccontextmanager
async def at_passphrase(
    screening: Screening = SMALL,
    size: tuple[int, int] = (80, 24),
    shelf: Shelf | None = None,
    site: Site = STANDARD,
) -> AsyncIterator[At]:
    """A counselor who is asked for the passphrase."""
    records, time = shelf or Shelf(), Stepped()
    app = Counselor(screening, site, records.open, by="Ana", is_new=False, clock=lambda: START, monotonic=time.now)
    app.session.pauses = (0.01,)
    async with running(At(app, time, records), size) as at:
        yield at
        records.gate.set()
    app.finish(at.last)


@asynccontextmanager
async def opened(
    screening: Screening = SMALL,
    size: tuple[int, int] = (80, 24),
    shelf: Shelf | None = None,
    site: Site = STANDARD,
) -> AsyncIterator[At]:
    """A counselor at the list of calls. No passphrase is typed: the app gets what its page would have told."""
    async with at_passphrase(screening, size, shelf, site) as at:
        page = at.app.screen
        assert isinstance(page, Page)
        page.post_message(Unlocked(page, at.shelf.open("")))
        await at.until_on("CallsPage")
        yield at


@asynccontextmanager
async def at_desk(
    screening: Screening = SMALL,
    size: tuple[int, int] = (80, 24),
    shelf: Shelf | None = None,
    site: Site = STANDARD,
) -> AsyncIterator[At]:
    """A counselor with a new call."""
    async with opened(screening, size, shelf, site) as at:
        await at.press("n")
        await at.until_on("Desk")
        yield at
