"""The save indicator: whether everything is in the records, in a word."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from iop_tui.counselor import autosave


def trouble_of(state: autosave.SaveState) -> str:
    """What is wrong with saving, as a sentence; empty if nothing is."""
    if isinstance(state, autosave.Conflict):
        return "NOT SAVED: somebody else changed this call. Q shows both."
    if isinstance(state, autosave.CallDeleted):
        return "NOT SAVED: somebody deleted this call. Q asks what to do."
    if isinstance(state, autosave.PassphraseChanged):
        return "NOT SAVED: the passphrase was changed. Q asks for the new one."
    if isinstance(state, autosave.RecordsReplaced):
        return "NOT SAVED: the records are not where they were. Q asks what to do."
    if isinstance(state, autosave.SaveFailed):
        return f"NOT SAVED: {state.why}"
    return ""


class SaveIndicator(Widget):
    """The word, at the head of the desk."""

    def __init__(self) -> None:
        super().__init__(id="save-indicator")
        self._words = ""
        self._is_wrong = False

    def show(self, state: autosave.SaveState) -> None:
        """Show this state. Nothing is shown before there is anything to save."""
        words = "NOT SAVED"
        if isinstance(state, autosave.Saved):
            words = "Saved" if state.at is not None else ""
        elif isinstance(state, autosave.Saving):
            words = "Saving…"
        if words != self._words:
            self._words, self._is_wrong = words, bool(trouble_of(state))
            self.refresh()

    def render(self) -> RenderResult:
        """The word."""
        return Content.styled(self._words, "bold" if self._is_wrong else "$muted")
