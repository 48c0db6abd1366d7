"""The first page: what this is, what it is not, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.screening.language import N_, _
from iop_tui.screening.model import Manifest
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Began
from iop_tui.tui.page import HELP, LEAVE, Head, KeyHint, Page


class WelcomePage(Page):
    """What this is and what it is not; start, compare, who to call, leave."""

    LEAVING: ClassVar[str] = N_("Leave")
    HINTS = (KeyHint("↑ ↓", N_("and Enter, or a number"), "nothing"), HELP, LEAVE)

    def __init__(self, manifest: Manifest) -> None:
        super().__init__()
        self._manifest = manifest

    def body(self) -> ComposeResult:
        """The words of the screening's own welcome, and four choices."""
        with Vertical(classes="body"):
            yield Prose(self.words(), classes="gap")
            yield Choices(
                [
                    Choice("start", _("Start the questions"), "1"),
                    Choice("compare", _("Just compare the four kinds of care"), "2"),
                    Choice("help", _("Who to call"), "3"),
                    Choice("leave", _(self.LEAVING), "4"),
                ],
                at="start",
            )

    def words(self) -> Sequence[Block]:
        """What to know before the questions."""
        welcome = self._manifest.welcome
        points: list[Block] = [Paragraph(point, mark="· ") for point in welcome.points]
        return [Paragraph(welcome.lead, "bold"), GAP, *points]

    def on_mount(self) -> None:
        """The screening's title at the head."""
        self.query_one(Head).show(self._manifest.title)

    def choose(self, choice: str) -> None:
        """Start, compare, who to call, or leave."""
        if choice == "start":
            self.post_message(Began(self))
        elif choice == "compare":
            self.open(self.wizard.comparison_page)
        elif choice == "help":
            self.action_help()
        else:
            self.action_leave()
