"""The one call that is on the desk: changed, shown on every page, saved; and its dangers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from iop_tui.call.work import Work
from iop_tui.counselor import autosave
from iop_tui.counselor.alarm_banner import Banner, fallen, told
from iop_tui.counselor.idle_lock import Covered
from iop_tui.counselor.messages import CallChanged, ShowsWork
from iop_tui.counselor.open_call import OpenCall
from iop_tui.counselor.pages.desk import Desk
from iop_tui.records.trouble import Trouble
from iop_tui.screening.assess import Assessment, assess
from iop_tui.screening.interview import Interview, Unsaid, begin
from iop_tui.screening.model import Alarm, Screening
from iop_tui.screening.possible import Stopped
from iop_tui.site.model import Site
from iop_tui.tui.timing import Wait

if TYPE_CHECKING:
    from iop_tui.records.again import Again
    from iop_tui.records.store import Records

THINKS_AFTER = 0.7
"""Seconds without a change until it is worked out what is open and would matter: not while keys are typed."""
SETTLES = 5.0
"""Seconds in which a call must be saved that is to be given out."""


class SaveReported(Message):
    """What saving says, from its thread."""

    def __init__(self, call: OpenCall, state: autosave.SaveState) -> None:
        super().__init__()
        self.call = call
        self.state = state


class OneCall(Covered):
    """An app with a call, or none. A call is changed by `do` alone, which shows it everywhere; a moment later, once the
    question is painted, come the result and the saving.
    """

    pauses: Sequence[float] = autosave.PAUSES
    """Seconds between tries to save."""

    def __init__(
        self,
        screening: Screening,
        site: Site,
        open_records: Callable[[str], Records],
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(screening, self._open_anew, monotonic)
        self._open_at_address = open_records
        self.site = site
        self.now = clock
        """The moment, in UTC."""
        self._records: Records | None = None
        self._is_elsewhere = False
        """Whether they are others than those that the program was begun with."""
        self._call: OpenCall | None = None
        self._following = False
        """Whether the result is on its way."""
        self._pressed = 0
        """What was pressed so far. Only that it changes counts."""
        self._pause: Wait | None = None
        """Runs while nobody types, until what is open is looked at."""

    # ---- what pages may read ----

    @property
    def records(self) -> Records:
        """The open records. Raises RuntimeError before the passphrase was right."""
        if self._records is None:
            raise RuntimeError("the records are not open yet")
        return self._records

    @property
    def work(self) -> Work | None:
        """The call on the desk."""
        return self._call.work if self._call is not None else None

    @property
    def interview(self) -> Interview:
        """The interview of the call on the desk; an empty one where there is no call."""
        return self._call.work.interview if self._call is not None else begin(self.screening)

    @property
    def assessment(self) -> Assessment:
        """What the rules say of the call on the desk."""
        return self._call.assessment if self._call is not None else assess(self.screening, {})

    @property
    def saved(self) -> autosave.SaveState:
        """Whether the call on the desk is in the records."""
        return self._call.state if self._call is not None else autosave.Saved()

    def _open_anew(self, passphrase: str) -> Records:
        """In a thread: the records with this passphrase; those that are open, where they are not the ones that whoever
        began the program named, or where others lie there by now. Raises Trouble.
        """
        if self._records is None:
            return self._open_at_address(passphrase)
        if self._is_elsewhere or self._records.replaced is not None:
            from iop_tui.records.again import opened_anew

            return opened_anew(self._records, passphrase)
        return self._open_at_address(passphrase)

    async def continue_in(self, found: Again, before: Path | None) -> None:
        """Go on in other records, which were at `before` until now. Raises Trouble."""
        self._records = found.records
        self._is_elsewhere = self._is_elsewhere or found.records.path != before
        if self._call is not None:
            is_known = found.copy is not None and found.copy == found.records.path
            await asyncio.to_thread(self._call.go_on, found.records, SETTLES, is_known=is_known)
            self._follow()

    def _opened_call(self, work: Work, version: int) -> OpenCall:
        return OpenCall(work, version, self.records, self._saving_said, self.now, self.pauses)

    def _keep(self, call: OpenCall | None) -> None:
        """This is the call on the desk now, or there is none."""
        if self._call is not None:
            self._call.put_away()
        self._call = call
        self._show_banner()

    # ---- changing the call ----

    @on(CallChanged)
    def _did(self, event: CallChanged) -> None:
        event.stop()
        self.do(event.change)

    def do(self, change: Callable[[Work], Work]) -> None:
        """Change the call, show it everywhere, and save it. Where an alarm comes to stand, its protocol opens."""
        call = self._call
        if call is None:
            return
        raised = call.do(change)
        self._show_banner()
        for page in self.screen_stack:
            if isinstance(page, ShowsWork):
                page.show_work(call.work)
        if raised:
            self.show_protocol(raised[0].alarm)
        if not self._following:
            self._following = True
            self._show_saved()
            self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        """Let the result and the records follow the last changes."""
        self._following = False
        call = self._call
        if call is None:
            return
        self._show_result(call)
        call.follow()
        self._show_saved()
        self._think_later(call)

    def _think_later(self, call: OpenCall) -> None:
        if self._pause is not None:
            self._pause.stop()
        if not call.is_known_in_full:
            self._pause = self.time.after(self, THINKS_AFTER, lambda: self._think(call))

    def _think(self, call: OpenCall) -> None:
        self.run_worker(self._work_out_in_full(call))

    async def _work_out_in_full(self, call: OpenCall) -> None:
        """What is open and would matter takes a search: it is made in a thread, while the caller talks. The next key
        stops it at once, so that no key waits for it.
        """
        interview, pressed = call.work.interview, self._pressed

        def stop() -> bool:
            return self._pressed != pressed

        try:
            found = await asyncio.to_thread(assess, interview.screening, interview.answers, stop=stop)
        except Stopped:
            if call is self._call:
                self._think_later(call)
            return
        call.learn(interview, found)
        if call is self._call and call.is_known_in_full:
            self._show_result(call)

    def heard_at_once(self, event: Message) -> None:
        """Count what is pressed, in the thread that reads it."""
        self._pressed += 1

    def _show_result(self, call: OpenCall) -> None:
        for page in self.screen_stack:
            if isinstance(page, Desk):
                page.show_result(call.work, call.in_short, call.open_matters)

    # ---- saving ----

    def _saving_said(self, call: OpenCall, state: autosave.SaveState) -> None:
        """In the thread that saves."""
        self.post_message(SaveReported(call, state))

    async def as_saved(self) -> tuple[Work, int]:
        """The call on the desk, and its version in the records: what is given out is what is saved. Raises Trouble
        where it could not be saved in a few seconds.
        """
        call = self._call
        if call is None:
            raise RuntimeError("there is no call on the desk")
        work = call.work
        call.keep_even_unchanged()
        call.follow()
        if not await asyncio.to_thread(call.settle, SETTLES):
            raise Trouble(f"Nothing was written: the last of this call is not saved. {call.why}".strip())
        return work, call.version

    def _show_saved(self) -> None:
        for page in self.screen_stack:
            if isinstance(page, Desk):
                page.show_saved(self.saved)

    # ---- danger ----

    def action_protocol(self) -> None:
        """The steps for the most urgent alarm, over every page."""
        if self._call is None:
            return
        if self._call.dangers:
            self.show_protocol(self._call.dangers[0].alarm)
        elif fallen(self._call.work) is not None:
            self.show_protocol(None)

    def show_protocol(self, about: Alarm | Unsaid | None) -> None:
        """Lay a protocol over everything, and hold the desk until it is there. None: the alarms that stood before."""
        for page in self.screen_stack:
            if isinstance(page, Desk):
                page.hold()
        self.call_later(self._lay_protocol, about)

    async def _lay_protocol(self, about: Alarm | Unsaid | None) -> None:
        from iop_tui.counselor.pages.passphrase import LockPage
        from iop_tui.counselor.pages.protocol import ProtocolPage

        if self._call is not None and not isinstance(self.screen, (ProtocolPage, LockPage)):
            await self.push_screen(ProtocolPage(self._call.work, about, self.site))

    @on(Banner.Clicked)
    def _banner_clicked(self, event: Banner.Clicked) -> None:
        event.stop()
        self.action_protocol()

    def _show_banner(self) -> None:
        call = self._call
        words = told(call.dangers, call.work, self.site) if call is not None else ""
        urgent = call is not None and any(danger.alarm.urgency == "now" for danger in call.dangers)
        self.show_on_top(words, calm=not urgent)
