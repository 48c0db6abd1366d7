"""Driving the counselor's screen with records in a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot

from iop_tui.counselor.app import Counselor
from iop_tui.records import envelope, open_records
from iop_tui.records.store import Records
from iop_tui.site.model import STANDARD, Site
from tests.records.made import SECRET
from tests.tui.pilot import SMALL

NOW = datetime(2026, 11, 22, 14, 5, 33, tzinfo=UTC)


class Desk:
    """A counselor, with records in a real file."""

    def __init__(self, app: Counselor, pilot: Pilot[None], file: Path, seconds: list[float]) -> None:
        self.app, self.pilot, self.file, self.seconds = app, pilot, file, seconds

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()

    async def passphrase(self, typed: str = SECRET) -> None:
        await self.press(*("space" if letter == " " else letter for letter in typed), "enter")

    async def until(self, what: Callable[[], bool]) -> None:
        for _ in range(1000):
            await self.pilot.pause(0.01)
            if what():
                return
        raise AssertionError(f"it did not come about; on the screen:\n{self.sees()}")

    async def until_on(self, page: str) -> None:
        """Until a page is there, and hears keys."""
        await self.until(lambda: type(self.app.screen).__name__ == page and not self.app.guard.is_closed)

    async def until_saved(self) -> None:
        await self.until(lambda: self.app.session.call is not None and self.app.session.call.is_saved)

    def sees(self) -> str:
        lines = (strip.text.rstrip() for strip in self.app.screen._compositor.render_strips())
        return " ".join(" ".join(lines).split())

    @property
    def given(self) -> dict[str, object]:
        """The answers on the desk."""
        assert self.app.work is not None
        return {name: given.answer for name, given in self.app.work.call.given.items()}

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
            return [{name: given.answer for name, given in call.given.items()} for call in calls]
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
    seconds = [0.0]

    def opened(passphrase: str) -> Records:
        return open_records(url, passphrase, by="Ana", create=False)

    app = Counselor(SMALL, site, opened, by="Ana", is_new=False, clock=clock, monotonic=lambda: seconds[0])
    async with app.run_test(size=(100, 30)) as pilot:
        yield Desk(app, pilot, file, seconds)
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
        await desk.passphrase()
        await desk.until_on("CallsPage")
        if calls:
            await desk.press("n")
            await desk.until_on("Desk")
            await desk.press("1")
            await desk.until(lambda: bool(desk.given))
            await desk.until_saved()
        yield desk
