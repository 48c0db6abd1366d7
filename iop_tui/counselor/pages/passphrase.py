"""The passphrase: asked for to open the records, created with new ones, asked for again on the lock page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from iop_tui.counselor.messages import Unlocked
from iop_tui.records.errors import RecordsError, WeakPassphrase, WrongPassphrase
from iop_tui.records.passphrase import check_new
from iop_tui.tui.base_screen import LEAVE, KeyHint, Overlay, Page
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.fields import Line

if TYPE_CHECKING:
    from iop_tui.records.store import Records

_SLOWEST = 8.0
"""Seconds at most between two attempts."""
_OPEN = KeyHint("Enter", "Open", "try")
_QUIT = KeyHint("Ctrl+C", LEAVE.label, "leave")


def wait_after(tries: int) -> float:
    """Seconds to wait after so many wrong attempts in a row: none after the first, then 1, 2, 4, at most 8."""
    return 0.0 if tries < 2 else min(_SLOWEST, 2.0 ** min(tries - 2, 8))


class PassphrasePage(Page):
    """Asks for the passphrase, or twice for a new one. The records are opened in a thread: deriving the key is slow on
    purpose, and a database may be far away.
    """

    HINTS: ClassVar[Sequence[KeyHint]] = (_OPEN, _QUIT)
    AUTO_FOCUS = "#first"

    def __init__(self, open_records: Callable[[str], Records], is_new: bool) -> None:
        super().__init__()
        self._open_records = open_records
        self._is_new = is_new
        self._tries = 0
        self._busy = False
        self._first = ""
        """A new passphrase that was typed once."""
        self._again = ""
        """What Enter alone retries, if it was not the passphrase that was wrong."""

    def body(self) -> ComposeResult:
        """What is asked for, the field, and room for the outcome."""
        with Vertical(classes="body"):
            yield Prose(self.words(), id="asked", classes="gap")
            yield Prose(id="which")
            # One field for both times: what is typed after Enter can only be the second.
            yield Line(id="first", hidden=True, clears=True)
            yield Prose(id="came", classes="before")

    def words(self) -> list[Block]:
        """What is asked for."""
        if not self._is_new:
            return [
                Paragraph("Type the passphrase of the records, then press Enter.", "bold"),
                GAP,
                Paragraph("What you type is not shown. Nothing can be read without it."),
            ]
        return [
            Paragraph("There are no records here yet. Make a passphrase for them.", "bold"),
            GAP,
            Paragraph(
                "Take four or more words that do not belong together, or a long sentence that nobody would guess.",
                mark="· ",
            ),
            Paragraph("Do not use a name, a date, a line of a song, or a password of yours.", mark="· "),
            Paragraph("It is not stored anywhere. If it is lost, nobody can ever read the records.", mark="· "),
            Paragraph("Keep a copy on paper, in a locked place, away from this computer.", mark="· "),
        ]

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title("New records" if self._is_new else "Records")
        self._ask()

    def pressed(self, character: str) -> bool:
        """Every character belongs to the passphrase."""
        return False

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.too_small:
            self._typed(event.value)

    def action_try(self) -> None:
        """What Enter does."""
        if not self._busy:
            self.query_one(Line).submit()

    def _typed(self, passphrase: str) -> None:
        """Open the records with it; a new one must be typed twice and not be weak."""
        if self._busy:
            return
        passphrase = passphrase or self._again
        self._again = ""
        if not passphrase:
            self._say("Type the passphrase first.")
        elif not self._is_new:
            self._begin(passphrase)
        else:
            self._make(passphrase)

    def _make(self, passphrase: str) -> None:
        if self._first:
            first, self._first = self._first, ""
            if first == passphrase:
                self._begin(passphrase)
            else:
                self._say("The two are not the same. Type both again.")
        else:
            try:
                check_new(passphrase)
            except WeakPassphrase as weak:
                self._say(str(weak))
                return
            self._first = passphrase
            self._say("Good. Now type the same again.")
        self._ask()

    def _ask(self) -> None:
        """Which of the two is typed now."""
        asked = "The same again" if self._first else "Passphrase"
        self.query_one("#which", Prose).show([Paragraph(asked, "bold $key" if self._first else "$muted")])

    # ---- opening ----

    def _begin(self, passphrase: str) -> None:
        self._set_busy(True)
        self._say("Opening…")
        self.run_worker(self._open(passphrase), exclusive=True)

    async def _open(self, passphrase: str) -> None:
        try:
            records = await asyncio.to_thread(self._open_records, passphrase)
        except WrongPassphrase as wrong:
            self._tries += 1
            await self._slow_down(str(wrong))
        except RecordsError as trouble:
            self._again = passphrase
            self._set_busy(False)
            self._say(f"{trouble!s} Press Enter to try again.")
        else:
            self.post_message(Unlocked(self, records))

    async def _slow_down(self, said: str) -> None:
        seconds = round(wait_after(self._tries))
        while seconds > 0:
            self._say(f"{said} Next try in {seconds} s.")
            await asyncio.sleep(1.0)
            seconds -= 1
        self._set_busy(False)
        self._say(said)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        line = self.query_one(Line)
        line.disabled = busy
        if not busy:
            self._ask()
            self.set_focus(line)

    def _say(self, said: str) -> None:
        self.query_one("#came", Prose).show([Paragraph(said, "bold $key")])


class LockPage(PassphrasePage, Overlay):
    """The lock page of an unused screen. It shows nothing of any call, and only the passphrase closes it.

    It opens the records a second time: the app that closes the page closes one of the two.
    """

    HINTS: ClassVar[Sequence[KeyHint]] = (_OPEN, _QUIT)

    def __init__(self, open_records: Callable[[str], Records]) -> None:
        super().__init__(open_records, is_new=False)

    def words(self) -> list[Block]:
        """Why the screen is locked."""
        return [
            Paragraph("Nobody pressed a key for a while, so the call is covered.", "bold"),
            GAP,
            Paragraph("It is still open, and the time goes on. Type the passphrase to go on with it."),
        ]

    def action_back(self) -> None:
        """There is no way around it."""

    def action_help(self) -> None:
        """No page opens over it."""
