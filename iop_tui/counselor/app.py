"""The counselor's app: opens the records, shows the list of calls, and puts one call at a time on the desk.

It holds services, and its pages know it as a `Host`: the records (`RecordsAccess`), the call on the desk
(`CallSession`), what happens where it cannot be saved (`SaveRecovery`), the lock of an unused screen (`IdleLock`) and
the guard of pages that open unprompted (`InputGuard`).
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from iop_tui.call.operations import CallState, begin_call, resumed
from iop_tui.counselor import autosave
from iop_tui.counselor.alarm_banner import KEY, BannerLine
from iop_tui.counselor.alarms import Subject
from iop_tui.counselor.call_session import CallSession, SaveReported
from iop_tui.counselor.idle_lock import IdleLock
from iop_tui.counselor.input_guard import InputGuard
from iop_tui.counselor.late_pages import FORM_PAGES, PAGES, import_pages
from iop_tui.counselor.messages import (
    CallChanged,
    CallChosen,
    ConflictResolved,
    FileWritten,
    LeftDesk,
    RecordsMoved,
    Unlocked,
)
from iop_tui.counselor.opening_notes import said_on_opening
from iop_tui.counselor.pages.desk import Desk
from iop_tui.counselor.pages.passphrase_changed import PassphraseChangedPage
from iop_tui.counselor.records_access import RecordsAccess
from iop_tui.counselor.save_recovery import SaveRecovery
from iop_tui.records.errors import RecordsError
from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.engine.interview import Interview, begin
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.site.form_shelf import FormShelf, unreachable
from iop_tui.site.settings import Site
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import Overlay, Page
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.footer import DISPLAY, KeyHint

if TYPE_CHECKING:
    from iop_tui.counselor.host import Host
    from iop_tui.forms.model.places import Place
    from iop_tui.records.store import Records

LAST_SAVE_TIMEOUT = 8.0
"""Seconds at most for the last save, once the screen is gone."""
_SWITCH_INTERVAL = 0.0005
"""Seconds for which one thread may keep the others waiting."""


class Counselor(Wizard):
    """The phone screen. `open_records` opens the records with a passphrase, and raises RecordsError; `monotonic` counts
    the seconds in which nobody uses it.
    """

    CSS_PATH: ClassVar[list[str]] = [
        "../tui/app.tcss",
        "../tui/fields.tcss",
        "../tui/form.tcss",
        "pages/desk.tcss",
        "pages/pages.tcss",
    ]  # type: ignore[assignment]  # Textual takes both
    BINDINGS: ClassVar[list[BindingType]] = [Binding("p,P", "protocol", show=False)]
    ONE_KEY = False
    """A call is kept when an app ends, and a click must not answer for the caller."""

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
        super().__init__(screening.manifest, lambda: screening)
        self.by = by
        self.site = site
        self.now = clock
        self._is_new = is_new
        self._files: dict[str, list[Path]] = {}
        """Call -> the files that it was exported to. The records do not keep where files went."""
        self.form_shelf = FormShelf(site)
        self.form_drafts: dict[tuple[str, str], dict[Place, str]] = {}
        self.guard = InputGuard()
        self.access = RecordsAccess(open_records)
        self.idle_lock = IdleLock(self, self.access.open, monotonic)
        self.session = CallSession(self, site, clock)
        self.recovery = SaveRecovery(
            self,
            self.session,
            self.access,
            by=by,
            clock=clock,
            interrupt=self.interrupt,
            to_list=self.show_list,
        )

    # ---- what pages may ask ----

    @property
    def records(self) -> Records:
        """The open records. Raises RuntimeError before the passphrase was right."""
        return self.access.records

    @property
    def work(self) -> CallState | None:
        """The call on the desk."""
        return self.session.call.work if self.session.call is not None else None

    @property
    def interview(self) -> Interview:
        """The interview of the call on the desk; an empty one if there is no call."""
        return self.work.interview if self.work is not None else begin(self.screening)

    @property
    def assessment(self) -> Assessment:
        """The full result of the call on the desk."""
        return self.session.call.assessment if self.session.call is not None else assess(self.screening, {})

    @property
    def save_state(self) -> autosave.SaveState:
        """Whether the call on the desk is in the records."""
        return self.session.save_state

    async def as_saved(self) -> tuple[CallState, int]:
        """The saved call on the desk and its version. Raises RecordsError if it could not be saved."""
        return await self.session.as_saved()

    def files_written(self, call_id: str) -> Sequence[Path]:
        """The files that a call was exported to since the program started."""
        return tuple(self._files.get(call_id, ()))

    def change_call(self, change: Callable[[CallState], CallState]) -> None:
        """Change the call before this returns, show it on every page, and save it."""
        self.session.change(change)

    def show_protocol(self, about: Subject) -> None:
        """Show a protocol over everything."""
        self.session.show_protocol(about)

    def action_protocol(self) -> None:
        """Show the protocol of the most urgent alarm."""
        self.session.open_protocol()

    def to_form_answer(self) -> None:
        """Go to the answer in a form that raised an alarm last, or to the list of forms."""
        page = self.screen
        if isinstance(page, Desk):
            page.action_forms()
        elif (steps := getattr(page, "steps", None)) is not None:
            self.call_later(steps.to_warned)

    @property
    def languages(self) -> Sequence[str]:
        """Counselors work in English: what they read out and their own pages are not translated."""
        return (ENGLISH,)

    def footer_hints(self, page: Page, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        """Without the key for the display: the counselor's own keys leave no room. The key still works."""
        return [hint for hint in hints if hint != DISPLAY]

    def too_small_text(self) -> str:
        """The text of a window that is too small for a page; an alarm first."""
        words = self.session.banner.text
        return "\n\n".join(part for part in (words and words + KEY, super().too_small_text()) if part)

    # ---- starting ----

    async def on_mount(self) -> None:
        """Start the alarm banner, and let threads take short turns."""
        # Saving and searching run in threads. A key waits for them at most this long, not Python's usual 5 ms at every
        # switch.
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self.session.banner.start()

    def first_page(self) -> Screen[None]:
        """The passphrase."""
        from iop_tui.counselor.pages.passphrase import PassphrasePage

        return PassphrasePage(self.access.open, self._is_new)

    def _get_ready(self) -> None:
        """Import the other pages while the passphrase is typed: a protocol must not wait for an import."""
        import_pages(PAGES)
        # What is computed once for a screening takes time, and somebody is typing.
        self.run_worker(asyncio.to_thread(self._warm_up), group="ready")

    def _warm_up(self) -> None:
        from iop_tui.screening.assessment.glossary_terms import found

        for words in (self.screening, proxy_wording(self.screening)):
            found(words, "")
            assess(words, {}, in_full=False)
        if self.site.forms:
            import_pages(FORM_PAGES)
        self.tidy()

    @on(Unlocked)
    async def _unlocked(self, event: Unlocked) -> None:
        if not self.access.is_open:
            self.access.use(event.records)
            self.idle_lock.watch()
            self.show_list(begins=True)
            return
        # Opened again from the lock page or after a new passphrase: these records have the keys.
        before = self.records
        self.access.use(event.records)
        await asyncio.to_thread(self._hand_over, before, event.records)
        if self.screen is event.seen:
            await self.pop_screen()
            call = self.session.call
            if isinstance(event.seen, PassphraseChangedPage):
                event.seen.then()
            elif call is not None and call.needs_decision:
                await self.recovery.ask(call)

    def _hand_over(self, before: Records, after: Records) -> None:
        """In a thread: save into the records that were opened again, and close the others."""
        if after is not before:
            after.remember(before)
        if self.session.call is not None:
            self.session.call.use_records(after, LAST_SAVE_TIMEOUT)
        if after is not before:
            with suppress(RecordsError):
                before.close()

    # ---- the list of calls ----

    def show_list(self, *, begins: bool = False) -> None:
        """Show all calls. The records are read in a thread; the present page stays until they answer."""
        self.run_worker(self._show_list(begins=begins), exclusive=True, group="stage")

    async def _show_list(self, *, begins: bool) -> None:
        """At the start, calls that are older than the clinic keeps them are deleted first, and the list says so."""
        from iop_tui.counselor.pages.calls import CallsPage

        said = ""
        try:
            if begins:
                expired, kept = await asyncio.to_thread(self.records.expire, self.site.retention, self.now())
                said = said_on_opening(expired, kept, await asyncio.to_thread(unreachable, self.site))
            cards = await asyncio.to_thread(self.records.cards)
        except RecordsError as trouble:
            await self.recovery.report(trouble, lambda: self.show_list(begins=begins))
            return
        self.session.set_call(None)
        await self.stage(CallsPage(cards, said))
        self.call_after_refresh(self.tidy)

    @on(RecordsMoved)
    async def _records_moved(self, event: RecordsMoved) -> None:
        await self.recovery.ask_which_records(event.why, event.retry)

    # ---- opening a call, and leaving it ----

    @on(CallChosen)
    def _call_chosen(self, event: CallChosen) -> None:
        # A key that is pressed twice counts once.
        is_opening = any(worker.group == "stage" and not worker.is_finished for worker in self.workers)
        if self.screen is event.seen and not is_opening:
            self._open_call(event.call_id)

    def _open_call(self, call_id: str | None) -> None:
        self.run_worker(self._show_call(call_id), exclusive=True, group="stage")

    async def _show_call(self, call_id: str | None) -> None:
        """Put a call on the desk. It is saved from its first change on: viewing a call does not change it."""
        if call_id is None:
            work, version = begin_call(self.screening, by=self.by, now=self.now()), 0
        else:
            try:
                stored = await asyncio.to_thread(self.records.read, call_id)
            except RecordsError as trouble:
                await self.recovery.report(trouble, lambda: self._open_call(call_id))
                return
            work, version = resumed(stored.call, self.screening, by=self.by, now=self.now()), stored.version
        self.session.set_call(self.session.open(work, version, self.records))
        desk = Desk(work)
        await self.stage(desk)
        self.session.update()
        if self.owns_process:
            self.call_after_refresh(gc.freeze)
        if work.call.orphaned:
            desk.action_orphaned()

    @on(LeftDesk)
    async def _left_desk(self, event: LeftDesk) -> None:
        if self.screen is event.seen:
            # From a page over the desk: the question about leaving is asked over the desk.
            while isinstance(self.screen, Overlay):
                await self.pop_screen()
            self.recovery.when_saved(self.show_list)

    def leave_page(self) -> Overlay:
        """Leave the program? Nothing is erased."""
        words = "Leave? Every call stays in the records, and can be gone on with later."
        return ConfirmPage("Leave", words, stay="Stay", go="Leave", then=self._leave)

    def _leave(self) -> None:
        self.recovery.when_saved(self.exit)

    def finish(self, seconds: float = LAST_SAVE_TIMEOUT) -> str:
        """Save what is not saved yet and close the records, after the screen is gone for whatever reason. Returns what
        could not be saved as a sentence, else an empty one. Takes at most so many seconds.
        """
        wrong = self.session.call.finish(seconds) if self.session.call is not None else ""
        return wrong or self.access.close()

    def after_crash(self) -> str:
        """After a crash: `finish` still saves what it can."""
        return "What was saved stays in the records."

    # ---- messages about the call ----

    @on(CallChanged)
    def _call_changed(self, event: CallChanged) -> None:
        event.stop()
        self.session.change(event.change)

    @on(FileWritten)
    def _file_written(self, event: FileWritten) -> None:
        self._files.setdefault(event.call_id, []).append(event.path)

    @on(SaveReported)
    async def _save_reported(self, event: SaveReported) -> None:
        if event.call is self.session.call:
            self.session.show_save_state()
            await self.recovery.save_reported(event.call)

    @on(ConflictResolved)
    async def _conflict_resolved(self, event: ConflictResolved) -> None:
        if self.screen is event.seen and self.session.call is not None:
            await self.pop_screen()
            self.recovery.resolve(event)

    @on(BannerLine.Clicked)
    def _banner_clicked(self, event: BannerLine.Clicked) -> None:
        event.stop()
        self.action_protocol()

    # ---- input, and pages that open unprompted ----

    async def interrupt(self, page: Overlay) -> None:
        """Show a page unprompted. Input typed before it is visible was meant for the page before: a digit must not
        become a decision.
        """
        self.session.hold_desk()
        self.guard.close()
        await self.push_screen(page)
        self.guard.open_soon(self, self.time)

    def accepts_input(self, event: events.Event) -> bool:
        """Note that somebody is present; block input in the first moment of a page that opened unprompted."""
        self.idle_lock.note(event)
        return not self.guard.is_closed

    def on_input_read(self, event: Message) -> None:
        """Stop a search for the full result, in the thread that reads input."""
        self.session.background.note_input()

    def bell(self) -> None:
        """No sound: the caller would hear it."""


if TYPE_CHECKING:

    def _as_host(app: Counselor) -> Host:
        """Lets mypy check that the app has everything that its pages ask for."""
        return app
