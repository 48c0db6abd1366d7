"""The first page: what this is, what it is not, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.firstpaint.hints import CHOOSE
from iop_tui.firstpaint.words import LANGUAGE, LEAVING, MARK, choices
from iop_tui.screening.i18n.language import _, own_name
from iop_tui.screening.model.definition import Manifest
from iop_tui.tui.base_screen import HELP, LEAVE, NORMAL_LINES, READ_ON_IF, KeyHint, PageHeader
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Began, LanguageChosen
from iop_tui.tui.prompt_screen import PromptScreen

BEGINNING = ("1", "enter", "space")
"""Keys that start the questions, as long as no other was pressed."""


class WelcomePage(PromptScreen):
    """What this is and what it is not; start, compare, who to call, leave."""

    LEAVING: ClassVar[str] = LEAVING
    DISPLAY_STAYS = True
    HINTS = (READ_ON_IF, KeyHint(*CHOOSE), HELP, LEAVE)

    def __init__(self, manifest: Manifest, languages: Sequence[str] = ()) -> None:
        """`languages` are the codes of the others to choose from."""
        super().__init__()
        self._manifest = manifest
        self._languages = languages

    def body(self) -> ComposeResult:
        """The words of the screening's own welcome, and choices."""
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(self.words(), classes="gap")
            lines = choices([(code, own_name(code)) for code in self._languages], _, self.LEAVING)
            yield Choices([Choice(*line, str(number)) for number, line in enumerate(lines, 1)], at="start")

    def words(self) -> Sequence[Block]:
        """What to know before the questions."""
        welcome = self._manifest.welcome
        points: list[Block] = [Paragraph(point, mark=MARK) for point in welcome.points]
        airy = self.app.size.height >= NORMAL_LINES
        return [Paragraph(welcome.lead, "bold"), *([GAP] if airy else []), *points]

    def on_resize(self, _event: events.Resize) -> None:
        """The words for the room that there is now."""
        for prose in self.query(Prose):
            prose.show(self.words())

    def on_mount(self) -> None:
        """The screening's title at the head."""
        self.query_one(PageHeader).show(self._manifest.title)

    def choose(self, choice: str) -> None:
        """Start, compare, who to call, another language, or leave."""
        if choice == "start":
            self.post_message(Began(self))
        elif choice == "compare":
            self.open(self.host.comparison_page)
        elif choice == "help":
            self.action_help()
        elif choice.startswith(LANGUAGE):
            self.post_message(LanguageChosen(self, choice.removeprefix(LANGUAGE)))
        else:
            self.action_leave()
