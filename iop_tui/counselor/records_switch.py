"""Switching to other records after the open ones were renamed, replaced, deleted or restored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from iop_tui.counselor.call_session import SAVE_TIMEOUT, CallSession
from iop_tui.counselor.pages.records_replaced import RecordsReplacedPage, RecordsSwitchedPage
from iop_tui.counselor.records_access import RecordsAccess
from iop_tui.records import reopening
from iop_tui.records.errors import RecordsError, Replaced
from iop_tui.records.reopening import Reopened
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import Overlay

if TYPE_CHECKING:
    from iop_tui.records.store import Records

Reopen = Callable[["Records", datetime], Reopened]


class RecordsSwitch:
    """Asks with which records to continue, and switches to them. `interrupt` shows a page unprompted, `report` says why
    a choice was not possible, with a way to retry.
    """

    def __init__(
        self,
        app: Wizard,
        session: CallSession,
        access: RecordsAccess,
        clock: Callable[[], datetime],
        *,
        interrupt: Callable[[Overlay], Awaitable[None]],
        report: Callable[[RecordsError, Callable[[], object]], Awaitable[object]],
    ) -> None:
        self._app = app
        self._session = session
        self._access = access
        self._clock = clock
        self._interrupt = interrupt
        self._report = report

    async def ask(self, why: Replaced, *, then: Callable[[], object], leave: Callable[[], object] | None) -> None:
        """Ask. `then` runs after the switch, `leave` if that is chosen."""
        records = self._access.records
        page = RecordsReplacedPage(
            why,
            path=records.path,
            is_there=reopening.is_there(records),
            with_those_there=self._start(reopening.with_those_there, then),
            in_new_file=self._start(reopening.in_new_file, then),
            leave=leave,
        )
        await self._interrupt(page)

    def _start(self, reopen: Reopen, then: Callable[[], object]) -> Callable[[], object]:
        return lambda: self._app.run_worker(self._switch(reopen, then), exclusive=True, group="stage")

    async def _switch(self, reopen: Reopen, then: Callable[[], object]) -> None:
        records = self._access.records
        before = records.path
        try:
            found = await asyncio.to_thread(reopen, records, self._clock())
            await self._continue_in(found, before)
        except RecordsError as trouble:
            await self._report(trouble, self._start(reopen, then))
            return
        if before is None:
            then()
        else:
            await self._interrupt(RecordsSwitchedPage(found, before, then))

    async def _continue_in(self, found: Reopened, before: Path | None) -> None:
        """Work with the records that were found; those until now were at `before`. Raises RecordsError."""
        self._access.switch_to(found.records, before)
        call = self._session.call
        if call is not None:
            is_known = found.copy is not None and found.copy == found.records.path
            await asyncio.to_thread(call.move_to, found.records, SAVE_TIMEOUT, is_known=is_known)
            self._session.update()
