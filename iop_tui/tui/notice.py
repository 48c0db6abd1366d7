"""A notice that an answer triggers, shown once before the next question."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.base_screen import BACK, HELP, MORE, READ_ON_IF
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Acknowledged, WentBack
from iop_tui.tui.prompt_screen import PromptScreen


class NoticePage(PromptScreen):
    """Notices of a screening, by their ids, and one choice."""

    HINTS = (READ_ON_IF, HELP, BACK, MORE)

    def __init__(self, screening: Screening, ids: Sequence[str]) -> None:
        super().__init__()
        self._screening = screening
        self.ids = ids

    def body(self) -> ComposeResult:
        """The sentences, and one choice."""
        texts = [notice.text for notice in self._screening.manifest.notices if notice.id in self.ids]
        blocks: list[Block] = [block for text in texts for block in (Paragraph(text, "bold"), GAP)]
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(blocks)
            yield Choices([Choice("on", _("Continue"), "1")], at="on")

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Good to know"))

    def choose(self, _choice: str) -> None:
        """Go to the next question."""
        self.post_message(Acknowledged(self))

    def action_back(self) -> None:
        """Go to the last answer."""
        self.post_message(WentBack(self))
