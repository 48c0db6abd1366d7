"""Who to call after an answer about thoughts of suicide, or after a question about them was left open, where the
screening has no page for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.counselor.pages.form_pages import FormOverlay
from iop_tui.screening.model.content import PhoneLine
from iop_tui.tui.base_screen import HELP, READ_ON_IF, KeyHint
from iop_tui.tui.blocks import GAP, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Acknowledged, WentBack
from iop_tui.tui.phone_blocks import phone_lines
from iop_tui.tui.prompt_screen import PromptScreen

_ABOUT = "The answer speaks of thoughts of death or of self-harm. Stay on the line, and follow your clinic's steps."
_UNSAID = (
    "This question about safety was left open. That is all right. Tell the caller who they can talk to, day or night, "
    "and follow your clinic's steps."
)


class LinesOverDesk(FormOverlay, PromptScreen):
    """What the answer says, the lines, and the way on or back."""

    HINTS: ClassVar[Sequence[KeyHint]] = (KeyHint("Esc", "To the forms", "close_form", "Forms"), READ_ON_IF, HELP)

    def __init__(self, lines: Sequence[PhoneLine], *, unsaid: bool = False) -> None:
        """`unsaid` says that the question was left open."""
        super().__init__()
        self._lines, self._unsaid = lines, unsaid

    def body(self) -> ComposeResult:
        """The lines, and two choices."""
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                about = _UNSAID if self._unsaid else _ABOUT
                yield Prose([Paragraph(about, "bold"), GAP, *phone_lines(self._lines)])
            change = "Go back to that question" if self._unsaid else "Change the answer"
            yield Choices([Choice("on", "Go on with the form", "1"), Choice("change", change, "2")])

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title("Safety today" if self._unsaid else "Danger now")

    def choose(self, choice: str) -> None:
        """Go on, or change the answer."""
        self.post_message(Acknowledged(self)) if choice == "on" else self.action_back()

    def action_back(self) -> None:
        """To the answer that led here."""
        self.post_message(WentBack(self))
