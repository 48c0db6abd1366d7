"""Recovery from failed saves: the counselor decides, and nothing is lost meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec.structs import replace

from iop_tui.call.operations import begin_call, resumed
from iop_tui.counselor import autosave
from iop_tui.counselor.call_session import CallSession
from iop_tui.counselor.messages import ConflictResolved
from iop_tui.counselor.open_call import OpenCall
from iop_tui.counselor.pages.call_deleted import CallDeletedPage
from iop_tui.counselor.pages.passphrase import LockPage
from iop_tui.counselor.pages.passphrase_changed import LeaveUnsavedPage, PassphraseChangedPage
from iop_tui.counselor.pages.records_replaced import RecordsReplacedPage
from iop_tui.counselor.records_access import RecordsAccess
from iop_tui.counselor.records_switch import RecordsSwitch
from iop_tui.records.errors import RecordsError, Rekeyed, Replaced
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import Overlay
from iop_tui.tui.confirm import ConfirmPage

PATIENCE = 1.5
"""Seconds to wait for a save in progress before the counselor is warned that something is not saved."""


class SaveRecovery:
    """Opens the page for what went wrong with saving, and carries out what is decided on it. `interrupt` shows a page
    unprompted, `to_list` goes back to the list of calls.
    """

    def __init__(
        self,
        app: Wizard,
        session: CallSession,
        access: RecordsAccess,
        *,
        by: str,
        clock: Callable[[], datetime],
        interrupt: Callable[[Overlay], Awaitable[None]],
        to_list: Callable[[], object],
    ) -> None:
        self._app = app
        self._session = session
        self._access = access
        self._by = by
        self._clock = clock
        self._interrupt = interrupt
        self._to_list = to_list
        self._switch = RecordsSwitch(app, session, access, clock, interrupt=interrupt, report=self.report)
        self._when_saved: Callable[[], object] | None = None
        """Actions to run once everything is saved."""

    # ---- leaving ----

    def when_saved(self, then: Callable[[], object]) -> None:
        """Run an action once everything is saved; if that takes too long, ask."""
        self._session.update()
        call = self._session.call
        if call is None or call.is_saved:
            is_leaving = self._access.is_open and then == self._app.exit
            replaced = self._access.records.replaced if is_leaving else None
            if replaced is None:
                then()
            else:
                self._app.call_later(self.ask_which_records, replaced, self._app.exit, self._app.exit)
            return
        self._when_saved = then
        call.retry_now()
        pause = 0.01 if call.needs_decision else PATIENCE
        self._app.time.after(self._app, pause, lambda: self._app.call_later(self._ask_unsaved))

    async def _ask_unsaved(self) -> None:
        then, self._when_saved = self._when_saved, None
        call = self._session.call
        if then is None or call is None:
            return
        state = call.save_state
        if isinstance(state, autosave.PassphraseChanged):
            await self._interrupt(LeaveUnsavedPage(state.why, unlock=self._unlock, leave=then))
            return
        if isinstance(state, autosave.RecordsReplaced):
            await self.ask_which_records(state.replaced, then, then)
            return
        if call.needs_decision:
            await self.ask(call)
            return
        why = state.why if isinstance(state, autosave.SaveFailed) else "The records are slow."
        words = "The last of this call is not saved. {why} While you stay, it is tried again and again."
        go = "Leave, and lose what is not saved"
        await self._interrupt(ConfirmPage("Not saved", words.format(why=why), stay="Stay", go=go, then=then))

    def _unlock(self) -> None:
        if self._session.call is not None:
            self._app.call_later(self.ask, self._session.call)

    # ---- what saving reports ----

    async def save_reported(self, call: OpenCall) -> None:
        """The save state changed: run what waited for it, or ask."""
        if call.is_saved and self._when_saved is not None:
            then, self._when_saved = self._when_saved, None
            then()
        elif call.needs_decision:
            await self.ask(call)

    async def ask(self, call: OpenCall) -> None:
        """Show the page about what stops the saving, unless one is shown: the counselor decides."""
        from iop_tui.counselor.pages.conflict import ConflictPage

        pages = (LockPage, ConflictPage, CallDeletedPage, PassphraseChangedPage, LeaveUnsavedPage, RecordsReplacedPage)
        if any(isinstance(page, pages) for page in self._app.screen_stack):
            return
        state = call.save_state
        if isinstance(state, autosave.Conflict):
            await self._interrupt(ConflictPage(call.work, state.overwritten.theirs))
        elif isinstance(state, autosave.CallDeleted):
            await self._interrupt(CallDeletedPage(state.why, keep=self._save_as_new, drop=self._drop))
        elif isinstance(state, autosave.PassphraseChanged):
            await self._interrupt(PassphraseChangedPage(self._access.open, call.retry_now))
        elif isinstance(state, autosave.RecordsReplaced):
            await self.ask_which_records(state.replaced)

    async def ask_which_records(
        self,
        why: Replaced,
        then: Callable[[], object] = bool,
        leave: Callable[[], object] | None = None,
    ) -> None:
        """The records at the address are others: ask with which to continue, and run `then` once that is done and all
        is saved; `leave` if the counselor was leaving, and chooses that.
        """
        await self._switch.ask(why, then=lambda: self.when_saved(then), leave=leave)

    async def report(self, trouble: RecordsError, retry: Callable[[], object]) -> None:
        """Report what the records refused, and offer a retry."""
        if isinstance(trouble, Rekeyed):
            await self._interrupt(PassphraseChangedPage(self._access.open, retry))
            return
        if isinstance(trouble, Replaced):
            await self.ask_which_records(trouble, retry)
            return
        words = str(trouble)
        await self._interrupt(ConfirmPage("The records", words, stay="Back", go="Try again", then=retry))

    # ---- what was decided ----

    def _drop(self) -> None:
        """The call stays deleted."""
        self._session.set_call(None)
        self._to_list()

    def resolve(self, event: ConflictResolved) -> None:
        """Keep what was chosen of two versions of a call."""
        call = self._session.call
        state = call.save_state if call is not None else None
        if call is None or not isinstance(state, autosave.Conflict):
            return
        theirs = state.overwritten.theirs
        if event.keep == "mine":
            call.save_over(theirs.version)
        elif event.keep == "both":
            self._save_as_new()
        else:
            work = resumed(theirs.call, self._app.screening, by=self._by, now=self._clock())
            self._session.replace(self._session.open(work, theirs.version, self._access.records))

    def _save_as_new(self) -> None:
        """The call on the desk becomes a new call."""
        if self._session.call is not None:
            fresh = begin_call(self._app.screening, by=self._by, now=self._clock()).call.id
            work = self._session.call.work
            call = self._session.open(replace(work, call=replace(work.call, id=fresh)), 0, self._access.records)
            call.has_unsaved_change = True
            self._session.replace(call)
