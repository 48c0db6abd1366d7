"""Notes on a question and on the call, and the caller reference."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, TextArea

from iop_tui.call.operations import noted_call, with_reference
from iop_tui.counselor import autosave
from iop_tui.counselor.host import CounselorPage
from iop_tui.counselor.messages import CallChanged
from iop_tui.tui.base_screen import KeyHint, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.clock import Wait
from iop_tui.tui.fields import Area, Line

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState

Change = Callable[["CallState"], "CallState"]
PAUSE = 0.25
"""Debounce in seconds until typed text goes into the record; typing on does not extend it."""
_LOOK = 0.25
"""Seconds between checks whether all is saved."""
_LONGEST = 200
"""Characters of a reference: it is shown in one line of a list."""
_DONE = KeyHint("Esc", "Done", "done")


class NoteOverlay(Overlay, CounselorPage):
    """The base of the pages of notes: text is saved after a short debounce, and all of it on leaving. A program that
    ends at once applies `changes` first.
    """

    HEADING = ""

    def __init__(self) -> None:
        super().__init__()
        self._timer: Wait | None = None
        self._watch: Wait | None = None
        self._on_its_way = False
        """Whether the app has yet to take what was typed."""

    def _show_saved(self) -> None:
        """Whether what was typed is in the records; check again until it is."""
        state = self.host.save_state
        all_told = self._timer is None and not self._on_its_way
        if isinstance(state, autosave.Saved) and all_told:
            said = "Saved" if state.at is not None else ""
        else:
            said = "Saving…" if isinstance(state, autosave.Saved | autosave.Saving) else "NOT SAVED"
            if self._watch is None:
                self._watch = self.host.time.after(self, _LOOK, self._look)
        self.show_title(self.HEADING, said)

    def _look(self) -> None:
        self._watch = None
        if self.is_attached:
            self._show_saved()

    def changes(self) -> list[Change]:
        """What was typed since the last time, as changes of the call."""
        raise NotImplementedError

    def soon(self) -> None:
        """Something was typed. A running timer is enough: typing without a pause is saved, too."""
        if self._timer is None:
            self._timer = self.host.time.after(self, PAUSE, self.flush)
            self._show_saved()

    def flush(self) -> None:
        """Put into the record what it does not have yet."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        changes = self.changes()
        for change in changes:
            self.post_message(CallChanged(self, change))
        if changes:
            # First this page hands them on, then the app takes them: only then it knows whether all is saved.
            self._on_its_way = True
            self.call_later(lambda: self.app.call_later(self._arrived))

    def _arrived(self) -> None:
        self._on_its_way = False
        if self.is_attached:
            self._show_saved()

    def pressed(self, character: str) -> bool:
        """Every character belongs to the note."""
        return False

    def field_key(self, key: str) -> bool:
        """Escape ends it, after the letters before it."""
        if key == "escape":
            self.action_done()
        return key == "escape"

    def action_done(self) -> None:
        """Back, with everything in the record."""
        self.flush()
        self.close()

    def action_back(self) -> None:
        """The same."""
        self.action_done()

    def action_leave(self) -> None:
        """What was typed is recorded before the app ends."""
        self.flush()
        super().action_leave()

    def on_screen_suspend(self) -> None:
        """What was typed is kept when another page opens over this one or closes it."""
        self.flush()


class NotePage(NoteOverlay):
    """One note. `then` turns what was typed into a change of the call."""

    HEADING = "Note on this question"
    HINTS = (_DONE, KeyHint("Enter", "New line", "nothing"))
    AUTO_FOCUS = "Area"

    def __init__(self, title: str, text: str, then: Callable[[str], Change]) -> None:
        super().__init__()
        self._title, self._told, self._then = title, text, then

    def body(self) -> ComposeResult:
        """What it is a note on, and the field."""
        with Vertical(classes="body", id="note"):
            yield Prose([Paragraph(self._title, "bold")], classes="gap")
            yield Area(self._told)

    def on_mount(self) -> None:
        """What this page is, and whether it is saved, at the head."""
        self._show_saved()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.soon()

    def changes(self) -> list[Change]:
        """The note as it is now, if it has changed."""
        text = self.query_one(Area).text
        if text == self._told:
            return []
        self._told = text
        return [self._then(text)]


class CallNotePage(NoteOverlay):
    """The note on the call, with the caller reference above it. Without a reference the cursor starts there, unless a
    note is meant (`to_note`).
    """

    HEADING = "Note on the call"
    HINTS = (
        _DONE,
        KeyHint("Tab", "Reference or note", "other"),
        KeyHint("Enter", "New line", "nothing"),
    )
    AUTO_FOCUS = "Area"

    def __init__(self, work: CallState, *, to_note: bool = False) -> None:
        super().__init__()
        self._note, self._reference = work.call.note, work.call.reference
        self._to_note = to_note

    def body(self) -> ComposeResult:
        """The reference and the note."""
        with Vertical(classes="body", id="note"):
            yield Prose([Paragraph("Caller reference", "bold")])
            yield Prose(
                [Paragraph("Whatever your clinic finds the caller again by. No name is needed.", "$muted")],
            )
            yield Line(self._reference, most=_LONGEST, id="reference")
            yield Prose([Paragraph("Note on the call", "bold")], classes="before")
            yield Area(self._note)

    def on_mount(self) -> None:
        """What this page is, and whether it is saved, at the head."""
        if not self._reference.strip() and not self._to_note:
            self.set_focus(self.query_one(Line))
        self._show_saved()

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.soon()

    @on(Input.Changed)
    def _changed_line(self, event: Input.Changed) -> None:
        event.stop()
        self.soon()

    def field_key(self, key: str) -> bool:
        """Tab goes to the other field; Enter and Down leave the reference, too."""
        leaves = ("tab", "shift+tab", "enter", "down") if self.focused is self.query_one(Line) else ("tab", "shift+tab")
        if key in leaves:
            self.action_other()
            return True
        return super().field_key(key)

    def action_other(self) -> None:
        """From the reference to the note, and back."""
        line = self.query_one(Line)
        self.set_focus(self.query_one(Area) if self.focused is line else line)

    def changes(self) -> list[Change]:
        """The note and the reference as they are now, if they have changed."""
        now = self.host.now()
        note, reference = self.query_one(Area).text, self.query_one(Line).value
        changes: list[Change] = []
        if note != self._note:
            self._note = note
            changes.append(lambda work: noted_call(work, note, now))
        if reference != self._reference:
            self._reference = reference
            changes.append(lambda work: with_reference(work, reference, now))
        return changes
