"""Driving the wizard of whoever writes the questions: edit its files, and have it look at them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.format.file_watch import Watch
from iop_tui.tui.live_reload import LiveReloadWizard
from tests.app_driver import running
from tests.tui.pilot import Person


class Author(Person):
    """Someone in front of the wizard who writes its files."""

    directory: Path

    async def looked(self) -> None:
        """Until the wizard has looked twice: once to see a change, once to see that it is over."""
        for _ in range(2):
            self.app.call_later(self.wizard.look)
            await self.pause()

    @property
    def wizard(self) -> LiveReloadWizard:
        assert isinstance(self.app, LiveReloadWizard)
        return self.app

    async def edits(self, name: str, old: str, new: str) -> None:
        """Replace some words in a file, and wait until it was looked at."""
        path = self.directory / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        await self.looked()

    async def breaks(self, name: str = "safety.yaml") -> None:
        """Something that no screening has, on the first line."""
        path = self.directory / name
        path.write_text("colour: red\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
        await self.looked()
        assert self.page() == "ProblemsPage"

    async def mends(self, name: str = "safety.yaml") -> None:
        """And away with it."""
        await self.edits(name, "colour: red\n", "")


@asynccontextmanager
async def an_author(directory: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Author]:
    """Someone at the first page. Nothing is looked at but when a test says so."""
    app = LiveReloadWizard(Watch(directory, lambda: load_sound(directory)), every=3600.0)
    someone = Author(app)
    someone.directory = directory
    async with running(someone, size):
        yield someone
