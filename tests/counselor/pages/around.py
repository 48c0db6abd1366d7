"""The pages around the desk by themselves: over an empty page, with records that are only remembered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from iop_tui.call.operations import CallState, answered, begin_call
from iop_tui.call.record import Card
from iop_tui.counselor import autosave
from iop_tui.counselor.messages import CallChanged, CallChosen, ConflictResolved, FileWritten, LeftDesk, Unlocked
from iop_tui.records.errors import RecordsError
from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.engine.interview import Interview, begin
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import STANDARD, Site
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import Page
from tests.app_driver import AppDriver, running
from tests.shipped import SHIPPED

BEGAN = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)


class Empty(Page):
    """What lies under the page that is tested."""

    AUTO_FOCUS = ""

    def body(self) -> ComposeResult:
        yield Static("The desk", classes="body")


class Remembered:
    """Records in memory. `trouble` is raised by the next thing that is asked."""

    def __init__(self, cards: tuple[Card, ...] = (), damaged: tuple[str, ...] = ()) -> None:
        self.all = cards
        self.damaged = damaged
        self.told: list[tuple[str, str]] = []
        self.trouble: RecordsError | None = None

    def _raise(self) -> None:
        trouble, self.trouble = self.trouble, None
        if trouble is not None:
            raise trouble

    def cards(self) -> tuple[Card, ...]:
        self._raise()
        return self.all

    def find(self, words: str) -> tuple[Card, ...]:
        self._raise()
        wanted = words.lower().split()
        return tuple(c for c in self.all if all(word in f"{c.reference} {c.words}".lower() for word in wanted))

    def delete(self, call_id: str) -> None:
        self._raise()
        self.all = tuple(card for card in self.all if card.id != call_id)

    def exporting(self, call_id: str, what: str, version: int) -> None:
        self._raise()

    def exported(self, call_id: str, what: str, version: int) -> None:
        self.told.append((call_id, what))


class Around(Wizard):
    """As much of the counselor's app as its pages ask for."""

    CSS_PATH: ClassVar[list[str]] = [  # type: ignore[assignment]  # Textual takes both
        "../../../iop_tui/tui/app.tcss",
        "../../../iop_tui/counselor/pages/pages.tcss",
    ]

    def __init__(self, work: CallState | None, screening: Screening, records: Remembered, site: Site) -> None:
        super().__init__(screening.manifest, lambda: screening)
        self.work = work
        self.site = site
        self.by = "ana"
        self.records = records
        self.moment = BEGAN + timedelta(minutes=10)
        self.heard: list[Message] = []
        self._files: list[Path] = []
        self.save_state: autosave.SaveState = autosave.Saved()

    def now(self) -> datetime:
        return self.moment

    def first_page(self) -> Screen[None]:
        return Empty()

    async def as_saved(self) -> tuple[CallState, int]:
        assert self.work is not None
        return self.work, 1

    @property
    def interview(self) -> Interview:
        return self.work.interview if self.work is not None else begin(self.screening)

    @property
    def assessment(self) -> Assessment:
        return assess(self.screening, self.interview.answers)

    @on(CallChanged)
    def _did(self, event: CallChanged) -> None:
        assert self.work is not None
        self.work = event.change(self.work)

    def files_written(self, _call_id: str) -> Sequence[Path]:
        return self._files

    @on(FileWritten)
    def _written(self, event: FileWritten) -> None:
        self._files.append(event.path)

    @on(CallChosen)
    @on(LeftDesk)
    @on(ConflictResolved)
    @on(Unlocked)
    def _heard(self, event: Message) -> None:
        self.heard.append(event)


class Someone(AppDriver[Around]):
    """A counselor in front of a page."""

    @property
    def work(self) -> CallState:
        assert self.app.work is not None
        return self.app.work


def call(answers: Mapping[str, Answer] | None = None, screening: Screening = SHIPPED) -> CallState:
    """A call with these answers, one a minute."""
    work = begin_call(screening, by="ana", now=BEGAN)
    for number, (name, answer) in enumerate((answers or {}).items(), 1):
        work = answered(work, name, answer, BEGAN + timedelta(minutes=number))
    return work


@asynccontextmanager
async def someone(
    work: CallState | None = None,
    size: tuple[int, int] = (80, 24),
    *,
    screening: Screening = SHIPPED,
    records: Remembered | None = None,
    site: Site = STANDARD,
) -> AsyncIterator[Someone]:
    """A counselor over an empty page."""
    app = Around(work, screening, records or Remembered(), site)
    async with running(Someone(app), size) as counselor:
        yield counselor
