"""The counselor's app: the records, one call at a time, and the pages that show it."""

from __future__ import annotations

import asyncio
import gc
import importlib
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import Screen

from iop_tui.call.work import begin_call, resumed
from iop_tui.counselor import autosave
from iop_tui.counselor.call_session import OneCall, SaveReported
from iop_tui.counselor.messages import CallChosen, ConflictResolved, LeftDesk, ShowsWork, Unlocked
from iop_tui.counselor.open_call import OpenCall
from iop_tui.counselor.pages.call_deleted import CallDeletedPage
from iop_tui.counselor.pages.desk import Desk
from iop_tui.counselor.pages.passphrase import LockPage
from iop_tui.counselor.pages.passphrase_changed import LeaveUnsavedPage, PassphraseChangedPage
from iop_tui.counselor.pages.records_replaced import RecordsReplacedPage
from iop_tui.records.trouble import Rekeyed, Replaced, Trouble
from iop_tui.screening.assess import assess
from iop_tui.screening.english import plural
from iop_tui.screening.kinds import ENGLISH
from iop_tui.screening.model import Screening
from iop_tui.screening.voice import told_of_other
from iop_tui.site.model import Site
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.feet import DISPLAY, KeyHint
from iop_tui.tui.page import Overlay

if TYPE_CHECKING:
    from iop_tui.records.store import Records
    from iop_tui.tui.host import AnyPage

PATIENCE = 1.5
"""Seconds to wait for a save that is under way before it is said that something is not saved."""
LAST = 8.0
"""Seconds at most for the last save, once the screen is gone."""
DEAF = 0.4
"""Seconds in which nothing counts that is typed or clicked on a page that came by itself."""
_TURN = 0.0005
"""Seconds for which one thread may keep the others waiting."""
_PAGES = ("calls", "protocol", "jump", "notes", "explanation", "what_if", "judgment", "finish", "conflict")


class Counselor(OneCall):
    """The phone screen. `open_records` opens the records with a passphrase, and raises Trouble; `monotonic` counts the
    seconds in which nobody is there.
    """

    CSS_PATH: ClassVar[list[str]] = ["../tui/app.tcss", "pages/desk.tcss", "pages/pages.tcss"]  # type: ignore[assignment]  # Textual takes both
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p,P", "protocol", show=False)]

    def __init__(
        self,
        screening: Screening,
        site: Site,
        open_records: Callable[[str], Records],
        *,
        by: str,
        is_new: bool,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
    ) -> None:
        super().__init__(screening, site, open_records, clock, monotonic)
        self.by = by
        self._is_new = is_new
        self._leaving: Callable[[], object] | None = None
        """What is done once everything is saved."""
        self._deaf = 0
        """How many pages came by themselves just now."""

    # ---- beginning ----

    async def on_mount(self) -> None:
        """Let threads take short turns."""
        # Saving and searching run beside the screen. A key that comes meanwhile waits for this long at the most, not
        # for Python's usual 5 ms at every turn.
        sys.setswitchinterval(_TURN)

    ONE_KEY = False
    """A call is kept, and a click must not answer for the caller."""

    @property
    def languages(self) -> Sequence[str]:
        """Counselors work in English: what they read out, and their own pages, are not translated."""
        return (ENGLISH,)

    def feet(self, page: AnyPage, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        """Without the key for the display, which has no room beside a counselor's own. It works all the same."""
        return [hint for hint in hints if hint != DISPLAY]

    def first_page(self) -> Screen[None]:
        """The passphrase."""
        from iop_tui.counselor.pages.passphrase import PassphrasePage

        return PassphrasePage(self._open_records, self._is_new)

    def _get_ready(self) -> None:
        """Load the other pages while the passphrase is typed: a protocol must not wait for an import."""
        for page in _PAGES:
            importlib.import_module(f"iop_tui.counselor.pages.{page}")
        # What is worked out once for a screening takes its time, and somebody is typing.
        self.run_worker(asyncio.to_thread(self._work_out), group="ready")

    def _work_out(self) -> None:
        from iop_tui.screening.terms import found

        for words in (self.screening, told_of_other(self.screening)):
            found(words, "")
            assess(words, {}, in_full=False)
        self.tidy()

    @on(Unlocked)
    async def _unlocked(self, event: Unlocked) -> None:
        if self._records is None:
            self._records = event.records
            self.look_around()
            self.show_list(begins=True)
            return
        # Opened a second time, from under a cover or because the passphrase is another now: these have its keys.
        before, self._records = self._records, event.records
        await asyncio.to_thread(self._change_over, before, event.records)
        if self.screen is event.seen:
            await self.pop_screen()
            if isinstance(event.seen, PassphraseChangedPage):
                event.seen.then()
            elif self._call is not None and self._call.needs_decision:
                await self._ask_what_stays(self._call)

    def _change_over(self, before: Records, after: Records) -> None:
        if after is not before:
            after.remember(before)
        if self._call is not None:
            self._call.use(after, LAST)
        if after is not before:
            with suppress(Trouble):
                before.close()

    def show_list(self, *, begins: bool = False) -> None:
        """Show all calls. The records are asked in a thread; what is shown stays until they answer."""
        self.run_worker(self._show_list(begins=begins), exclusive=True, group="stage")

    async def _show_list(self, *, begins: bool) -> None:
        """At the beginning, what is older than the clinic keeps it is deleted first, and that is said."""
        from iop_tui.counselor.pages.calls import CallsPage

        said = ""
        try:
            if begins:
                expired, said = await asyncio.to_thread(self.records.expire, self.site.retention, self.now())
                if expired:
                    deleted = plural(
                        "{count} call was older than your clinic keeps calls, and was deleted.",
                        "{count} calls were older than your clinic keeps them, and were deleted.",
                        expired,
                    )
                    said = f"{deleted.format(count=expired)} {said}".strip()
            cards = await asyncio.to_thread(self.records.cards)
        except Trouble as trouble:
            await self._sorry(trouble, lambda: self.show_list(begins=begins))
            return
        self._keep(None)
        await self.stage(CallsPage(cards, said))
        self.call_after_refresh(self.tidy)

    async def _sorry(self, trouble: Trouble, again: Callable[[], object]) -> None:
        if isinstance(trouble, Rekeyed):
            await self.come_up(PassphraseChangedPage(self._open_records, again))
            return
        if isinstance(trouble, Replaced):
            await self.ask_where(trouble, again)
            return
        words = str(trouble)
        await self.come_up(ConfirmPage("The records", words, stay="Back", go="Try again", then=again))

    # ---- taking a call, and leaving it ----

    @on(CallChosen)
    def _took(self, event: CallChosen) -> None:
        # Pressed twice, a key is meant once.
        on_its_way = any(worker.group == "stage" and not worker.is_finished for worker in self.workers)
        if self.screen is event.seen and not on_its_way:
            self._take(event.call_id)

    def _take(self, call_id: str | None) -> None:
        self.run_worker(self._show_call(call_id), exclusive=True, group="stage")

    async def _show_call(self, call_id: str | None) -> None:
        """Put a call on the desk. It is saved from its first change on: one that was only looked at stays as it was."""
        if call_id is None:
            work, version = begin_call(self.screening, by=self.by, now=self.now()), 0
        else:
            try:
                stored = await asyncio.to_thread(self.records.read, call_id)
            except Trouble as trouble:
                await self._sorry(trouble, lambda: self._take(call_id))
                return
            work, version = resumed(stored.call, self.screening, by=self.by, now=self.now()), stored.version
        self._keep(self._opened_call(work, version))
        desk = Desk(work)
        await self.stage(desk)
        self._follow()
        if self.owns_process:
            self.call_after_refresh(gc.freeze)
        if work.call.unfit:
            desk.action_orphaned()

    @on(LeftDesk)
    def _left_desk(self, event: LeftDesk) -> None:
        if self.screen is event.seen:
            self._when_saved(self.show_list)

    def leave_page(self) -> Overlay:
        """Leave the program? Nothing is erased."""
        words = "Leave? Every call stays in the records, and can be gone on with later."
        then = self._leave
        return ConfirmPage("Leave", words, stay="Stay", go="Leave", then=then)

    def _leave(self) -> None:
        self._when_saved(self.exit)

    def _when_saved(self, then: Callable[[], object]) -> None:
        """Do something once everything is saved; where that takes too long, ask."""
        self._follow()
        call = self._call
        if call is None or call.is_saved:
            is_leaving = self._records is not None and then == self.exit
            replaced = self.records.replaced if is_leaving else None
            if replaced is None:
                then()
            else:
                self.call_later(self.ask_where, replaced, self.exit, self.exit)
            return
        self._leaving = then
        call.hurry()
        self.time.after(self, 0.01 if call.needs_decision else PATIENCE, lambda: self.call_later(self._ask_unsaved))

    async def _ask_unsaved(self) -> None:
        then, self._leaving = self._leaving, None
        if then is None or self._call is None:
            return
        state = self._call.state
        if isinstance(state, autosave.PassphraseChanged):
            await self.come_up(LeaveUnsavedPage(state.why, unlock=self._unlock, leave=then))
            return
        if isinstance(state, autosave.RecordsReplaced):
            await self.ask_where(state.replaced, then, then)
            return
        if self._call.needs_decision:
            await self._ask_what_stays(self._call)
            return
        why = state.why if isinstance(state, autosave.SaveFailed) else "The records are slow."
        words = "The last of this call is not saved. {why} While you stay, it is tried again and again."
        go = "Leave, and lose what is not saved"
        await self.come_up(ConfirmPage("Not saved", words.format(why=why), stay="Stay", go=go, then=then))

    def finish(self, seconds: float = LAST) -> str:
        """Save what is not saved yet, and close the records: for when the screen is gone, however that came about. What
        could not be saved, as a sentence; empty where all was. Takes at most so many seconds.
        """
        wrong = self._call.end(seconds) if self._call is not None else ""
        if self._records is not None and not wrong:
            replaced = self._records.replaced
            self._records.close()
            return str(replaced) if replaced is not None else ""
        return wrong

    def kept(self) -> str:
        """Where the program stops by a fault: `finish` still saves what it can."""
        return "What was saved stays in the records."

    # ---- saving ----

    @on(SaveReported)
    async def _save_said(self, event: SaveReported) -> None:
        if event.call is not self._call:
            return
        self._show_saved()
        if event.call.is_saved and self._leaving is not None:
            then, self._leaving = self._leaving, None
            then()
        elif event.call.needs_decision:
            await self._ask_what_stays(event.call)

    async def _ask_what_stays(self, call: OpenCall) -> None:
        """Somebody changed or deleted the call, or changed the passphrase: what is done is for people to decide."""
        from iop_tui.counselor.pages.conflict import ConflictPage

        asking = (LockPage, ConflictPage, CallDeletedPage, PassphraseChangedPage, LeaveUnsavedPage, RecordsReplacedPage)
        if any(isinstance(page, asking) for page in self.screen_stack):
            return
        state = call.state
        if isinstance(state, autosave.Conflict):
            await self.come_up(ConflictPage(call.work, state.overwritten.theirs))
        elif isinstance(state, autosave.CallDeleted):
            await self.come_up(CallDeletedPage(state.why, keep=self._save_as_new, drop=self._let_go))
        elif isinstance(state, autosave.PassphraseChanged):
            await self.come_up(PassphraseChangedPage(self._open_records, call.hurry))
        elif isinstance(state, autosave.RecordsReplaced):
            await self.ask_where(state.replaced)

    async def ask_where(
        self,
        why: Replaced,
        then: Callable[[], object] = bool,
        leave: Callable[[], object] | None = None,
    ) -> None:
        """The records at the address are others: ask with which to go on, and do `then` once that is done and all is
        saved; `leave` where somebody is leaving, and chooses that.
        """
        from iop_tui.counselor.records_switch import ask

        await ask(self, why, then=lambda: self._when_saved(then), sorry=self._sorry, leave=leave)

    def _unlock(self) -> None:
        if self._call is not None:
            self.call_later(self._ask_what_stays, self._call)

    def _let_go(self) -> None:
        """The call stays deleted."""
        self._keep(None)
        self.show_list()

    @on(ConflictResolved)
    async def _resolved(self, event: ConflictResolved) -> None:
        call = self._call
        if self.screen is not event.seen or call is None:
            return
        await self.pop_screen()
        state = call.state
        if not isinstance(state, autosave.Conflict):
            return
        theirs = state.overwritten.theirs
        if event.keep == "mine":
            call.save_over(theirs.version)
        elif event.keep == "both":
            self._save_as_new()
        else:
            work = resumed(theirs.call, self.screening, by=self.by, now=self.now())
            self._replace(self._opened_call(work, theirs.version))

    def _save_as_new(self) -> None:
        """What is on the desk becomes a call of its own."""
        if self._call is not None:
            fresh = begin_call(self.screening, by=self.by, now=self.now()).call.id
            work = self._call.work
            call = self._opened_call(replace(work, call=replace(work.call, id=fresh)), 0)
            call.is_behind = True
            self._replace(call)

    def _replace(self, call: OpenCall) -> None:
        self._keep(call)
        for page in self.screen_stack:
            if isinstance(page, ShowsWork):
                page.show_work(call.work)
        self._follow()

    # ---- pages that come by themselves ----

    async def come_up(self, page: Overlay) -> None:
        """Show a page that nobody asked for just now. What is typed until it is seen was meant for what was there
        before: a digit must not become a decision.
        """
        for shown in self.screen_stack:
            if isinstance(shown, Desk):
                shown.hold()
        self._deaf += 1
        await self.push_screen(page)
        self.time.after(self, DEAF, self._hear)

    def _hear(self) -> None:
        self._deaf -= 1

    def hears(self, event: events.Event) -> bool:
        """Nothing in the first moment of a page that came by itself."""
        return super().hears(event) and not self._deaf

    def bell(self) -> None:
        """No sound: the caller would hear it."""
