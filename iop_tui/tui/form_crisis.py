"""Who to call, before a form goes on, where the screening has no page of its own for thoughts of suicide, or for a
question about them that is left open.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import PhoneLine
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF
from iop_tui.tui.blocks import GAP, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Acknowledged, WentBack
from iop_tui.tui.phone_blocks import phone_lines
from iop_tui.tui.prompt_screen import PromptScreen


class LinesPage(PromptScreen):
    """What to do in danger, the lines, and the way on or back."""

    HINTS = (BACK, READ_ON_IF, HELP, LEAVE)

    def __init__(self, because: str, danger: str, lines: Sequence[PhoneLine], change: str) -> None:
        """`because` says why it is shown, `danger` what to do in danger; `change` labels the way back."""
        super().__init__()
        self._because, self._danger, self._phone_lines, self._change = because, danger, lines, change

    def body(self) -> ComposeResult:
        """The lines, and two choices."""
        said = [
            Paragraph(self._because, "$muted"),
            Paragraph(self._danger, "bold"),
            GAP,
            *phone_lines(self._phone_lines),
        ]
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(said)
            yield Choices(
                [
                    Choice("on", _("I have read this: go on with the questions"), "1"),
                    Choice("change", self._change, "2"),
                ]
            )

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Safety comes first"))

    def choose(self, choice: str) -> None:
        """Go on, or back to the question."""
        self.post_message(Acknowledged(self)) if choice == "on" else self.action_back()

    def action_back(self) -> None:
        """To the question that led here."""
        self.post_message(WentBack(self))
