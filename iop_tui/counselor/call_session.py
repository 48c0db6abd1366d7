"""The call session: the one call on the desk, changed, shown on every page, and saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from textual.message import Message

from iop_tui.call.operations import CallState
from iop_tui.counselor import autosave
from iop_tui.counselor.alarm_banner import AlarmBanner, banner_text
from iop_tui.counselor.alarms import Subject, last_cleared
from iop_tui.counselor.background_assessment import BackgroundAssessment
from iop_tui.counselor.messages import Holds, ShowsSaved, ShowsWork
from iop_tui.counselor.open_call import OpenCall
from iop_tui.counselor.pages.desk import Desk
from iop_tui.counselor.pages.passphrase import LockPage
from iop_tui.records.errors import RecordsError
from iop_tui.site.settings import Site
from iop_tui.tui.app import Wizard

SAVE_TIMEOUT = 5.0
"""Seconds within which a call must be saved that is to be exported or moved."""


class SaveReported(Message):
    """A new save state, from the thread that saves."""

    def __init__(self, call: OpenCall) -> None:
        super().__init__()
        self.call = call


class CallSession:
    """Holds the open call, or none. A call is changed by `change` alone, which shows it on every page; a moment later,
    once the question is painted, the result and the saving follow.
    """

    pauses: Sequence[float] = autosave.PAUSES
    """Seconds between tries to save."""

    def __init__(self, app: Wizard, site: Site, clock: Callable[[], datetime]) -> None:
        self._app = app
        self._site = site
        self._clock = clock
        self.banner = AlarmBanner(app)
        self.background = BackgroundAssessment(app, lambda: self.call, self._show_result)
        self.call: OpenCall | None = None
        self._is_update_due = False
        """Whether the result and the saving of a change are still pending."""

    # ---- opening and closing ----

    def open(self, work: CallState, version: int, records: autosave.Store) -> OpenCall:
        """A call that saves into these records. It is not on the desk before `set_call`."""
        return OpenCall(work, version, records, self._report_save, self._clock, self.pauses)

    def set_call(self, call: OpenCall | None) -> None:
        """Set the call on the desk, or none. The one before is closed."""
        if self.call is not None:
            self.call.close()
        self.call = call
        self._show_banner()

    def replace(self, call: OpenCall) -> None:
        """Put a call on the desk and show it in place of the one before, on every page."""
        self.set_call(call)
        self._show_work(call)
        self.update()

    # ---- changing ----

    def change(self, change: Callable[[CallState], CallState]) -> None:
        """Change the call, show it on every page, and save it. Where an alarm becomes active, its protocol opens."""
        call = self.call
        if call is None:
            return
        raised = call.apply(change)
        self._show_banner()
        self._show_work(call)
        if raised:
            self.show_protocol(raised[0].alarm)
        if not self._is_update_due:
            self._is_update_due = True
            self.show_save_state()
            self._app.call_after_refresh(self.update)

    def update(self) -> None:
        """Show the result of the last changes, and save them."""
        self._is_update_due = False
        call = self.call
        if call is None:
            return
        self._show_result(call)
        call.save()
        self.show_save_state()
        self.background.schedule(call)

    # ---- showing ----

    def _desks(self) -> Iterator[Desk]:
        return (page for page in self._app.screen_stack if isinstance(page, Desk))

    def hold_desk(self) -> None:
        """Another page opens unprompted: until it is there, typed keys answer nothing on the desk, or in a form."""
        for page in self._app.screen_stack:
            if isinstance(page, Holds):
                page.hold()

    def _show_work(self, call: OpenCall) -> None:
        for page in self._app.screen_stack:
            if isinstance(page, ShowsWork):
                page.show_work(call.work)

    def _show_result(self, call: OpenCall) -> None:
        for desk in self._desks():
            desk.show_result(call.work, call.quick_assessment, call.open_matters)

    def show_save_state(self) -> None:
        """Show on the desk, and over it, whether the call is saved."""
        for page in self._app.screen_stack:
            if isinstance(page, ShowsSaved):
                page.show_saved(self.save_state)

    def _show_banner(self) -> None:
        call = self.call
        text = banner_text(call.alarms, call.work, self._site) if call is not None else ""
        urgent = call is not None and any(each.alarm.urgency == "now" for each in call.alarms)
        self.banner.show(text, calm=not urgent)

    # ---- saving ----

    @property
    def save_state(self) -> autosave.SaveState:
        """Whether the call on the desk is in the records."""
        return self.call.save_state if self.call is not None else autosave.Saved()

    def _report_save(self, call: OpenCall, _state: autosave.SaveState) -> None:
        """Called in the thread that saves."""
        self._app.post_message(SaveReported(call))

    async def as_saved(self) -> tuple[CallState, int]:
        """The call on the desk and its version in the records: an export writes exactly what is saved. Raises
        RecordsError if it could not be saved in a few seconds.
        """
        call = self.call
        if call is None:
            raise RuntimeError("there is no call on the desk")
        work = call.work
        call.save_even_unchanged()
        call.save()
        if not await asyncio.to_thread(call.wait_saved, SAVE_TIMEOUT):
            raise RecordsError(f"Nothing was written: the last of this call is not saved. {call.save_error}".strip())
        return work, call.version

    # ---- the protocol of an alarm ----

    def open_protocol(self) -> None:
        """Show the steps for the most urgent alarm, over every page; if all are cleared, what was done for those."""
        if self.call is None:
            return
        if self.call.alarms:
            self.show_protocol(self.call.alarms[0].alarm)
        elif last_cleared(self.call.work) is not None:
            self.show_protocol(None)

    def show_protocol(self, about: Subject) -> None:
        """Show a protocol over everything, and block the desk until it is there. None: the cleared alarms."""
        self.hold_desk()
        self._app.call_later(self._push_protocol, about)

    async def _push_protocol(self, about: Subject) -> None:
        from iop_tui.counselor.pages.protocol import ProtocolPage

        if self.call is not None and not isinstance(self._app.screen, (ProtocolPage, LockPage)):
            await self._app.push_screen(ProtocolPage(self.call.work, about, self._site))
