"""Driving the counselor's screen with records in a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iop_tui.counselor.app import Counselor
from iop_tui.counselor.input_guard import INPUT_GUARD
from iop_tui.counselor.messages import Unlocked
from iop_tui.records import envelope, open_records
from iop_tui.records.store import Records
from iop_tui.site.settings import STANDARD, Site
from iop_tui.tui.base_screen import Page
from tests.app_driver import AppDriver, running
from tests.records.made import SECRET
from tests.stepped import Stepped
from tests.tui.pilot import SMALL

NOW = datetime(2026, 11, 22, 14, 5, 33, tzinfo=UTC)


class Desk(AppDriver[Counselor]):
    """A counselor, with records in a real file."""

    def __init__(self, app: Counselor, time: Stepped, file: Path) -> None:
        super().__init__(app, time)
        self.file = file

    async def passphrase(self, typed: str = SECRET) -> None:
        """Type it, and Enter."""
        await self.press(*("space" if letter == " " else letter for letter in typed), "enter")

    async def until_on(self, page: str) -> None:
        """Until a page is there, and hears keys."""
        await super().until_on(page)
        if self.app.guard.is_closed:
            await self.wait(INPUT_GUARD)

    async def until_saved(self) -> None:
        """Until everything is in the file."""
        await self.until(lambda: self.app.session.call is not None and self.app.session.call.is_saved)

    async def away(self) -> None:
        """Nobody presses a key until the call is covered."""
        self.time.moment += 601
        await self.app.idle_lock.check()
        await self.until_on("LockPage")

    @property
    def given(self) -> dict[str, object]:
        """The answers on the desk."""
        assert self.app.work is not None
        return {name: given.answer for name, given in self.app.work.call.answers.items()}

    @property
    def marked(self) -> tuple[str, ...]:
        """The questions that are marked."""
        assert self.app.work is not None
        return self.app.work.call.marked

    def given_in(self, file: Path) -> list[dict[str, object]]:
        """The answers of the calls in a file."""
        records = open_records(f"sqlite:///{file}", SECRET, by="test", create=False)
        try:
            calls = [records.read(card.id).call for card in records.cards()]
            return [{name: given.answer for name, given in call.answers.items()} for call in calls]
        finally:
            records.close()


@asynccontextmanager
async def at_passphrase(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    site: Site = STANDARD,
    clock: Callable[[], datetime] = lambda: NOW,
) -> AsyncIterator[Desk]:
    """Before records that are there, whose passphrase is asked for."""
    monkeypatch.setattr(envelope, "_COST", 1 << 4)
    file = tmp_path / "data" / "records.db"
    url = f"sqlite:///{file}"
    if not file.exists():
        open_records(url, SECRET, by="Ana", create=True).close()
    time = Stepped()

    def opened(passphrase: str) -> Records:
        return open_records(url, passphrase, by="Ana", create=False)

    app = Counselor(SMALL, site, opened, by="Ana", is_new=False, clock=clock, monotonic=time.now)
    app.session.pauses = (0.01,)
    async with running(Desk(app, time, file), (100, 30)) as desk:
        yield desk
    app.finish()


@asynccontextmanager
async def at_desk(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    calls: bool = True,
    site: Site = STANDARD,
    clock: Callable[[], datetime] = lambda: NOW,
) -> AsyncIterator[Desk]:
    """At a call that has one answer, which is saved; without `calls` at the list."""
    async with at_passphrase(tmp_path, monkeypatch, site=site, clock=clock) as desk:
        # What its page would have told, without typing.
        page = desk.app.screen
        assert isinstance(page, Page)
        page.post_message(Unlocked(page, desk.app.access.open(SECRET)))
        await desk.until_on("CallsPage")
        if calls:
            await desk.press("n")
            await desk.until_on("Desk")
            await desk.press("1")
            await desk.until(lambda: bool(desk.given))
            await desk.until_saved()
        yield desk
