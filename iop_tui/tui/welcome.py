"""The first page: what a person gets, and the choices. What this is not is one line, and a page behind a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from iop_tui.firstpaint.hints import CHOOSE
from iop_tui.firstpaint.words import ABOUT, LANGUAGE, MARK, about_line, choices
from iop_tui.screening.i18n.language import _, own_name
from iop_tui.screening.model.definition import Manifest
from iop_tui.tui.base_screen import HELP, LEAVE, NORMAL_LINES, READ_ON_IF, KeyHint
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import Began, LanguageChosen
from iop_tui.tui.prompt_screen import PromptScreen

BEGINNING = ("1", "enter", "space")
"""Keys that start the questions, as long as no other was pressed."""


class WelcomePage(PromptScreen):
    """What this is; start, compare, another language."""

    KEEPS_DISPLAY_HINT = True
    HINTS = (READ_ON_IF, KeyHint(*CHOOSE), KeyHint(*ABOUT), HELP, LEAVE)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("a,A", "about", show=False)]

    def __init__(self, manifest: Manifest, languages: Sequence[str], reviewed: Sequence[str]) -> None:
        """`languages` are the codes of the others to choose from; `reviewed` says who has reviewed the screening: in
        one line, then in full.
        """
        super().__init__()
        self._manifest = manifest
        self._languages = languages
        self._reviewed = reviewed

    def _hints(self) -> Sequence[KeyHint]:
        # The other languages stand among the choices.
        left_out = ("language",) if self._manifest.welcome.about is not None else ("language", "about")
        return [hint for hint in super()._hints() if hint.action not in left_out]

    def body(self) -> ComposeResult:
        """The words of the screening's own welcome, and choices."""
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(self.words(), classes="gap")
            lines = choices([(code, own_name(code)) for code in self._languages], _)
            yield Choices([Choice(*line, str(number)) for number, line in enumerate(lines, 1)], at="start")

    def words(self) -> Sequence[Block]:
        """What to know before the questions."""
        welcome = self._manifest.welcome
        blocks: list[Block] = [Paragraph(welcome.lead, "bold")]
        airy = self.app.size.height >= NORMAL_LINES
        for point in welcome.points:
            blocks += [GAP, Paragraph(point)] if airy else [Paragraph(point, mark=MARK)]
        return [*blocks, *self.limits()]

    def limits(self) -> Sequence[Block]:
        """The line on what this is not and who has reviewed it, and the key to the full text."""
        about = self._manifest.welcome.about
        gap = [GAP] if self.app.size.height >= NORMAL_LINES else []
        said = about_line(about.line if about is not None else "", self._reviewed[0], _)
        return [*gap, Paragraph(said, "$muted")]

    def action_about(self) -> None:
        """What this is not, and who reviewed it."""
        if (about := self._manifest.welcome.about) is not None:
            from iop_tui.tui.about import AboutPage

            self.open(lambda: AboutPage(about, self._reviewed))

    def on_resize(self, _event: events.Resize) -> None:
        """The text that fits now."""
        for prose in self.query(Prose):
            prose.show(self.words())

    def on_mount(self) -> None:
        """The screening's title in the header."""
        self.show_title(self._manifest.title)

    def choose(self, choice: str) -> None:
        """Start, compare, or another language."""
        if choice == "start":
            self.post_message(Began(self))
        elif choice == "compare":
            self.open(self.host.comparison_page)
        elif choice.startswith(LANGUAGE):
            self.post_message(LanguageChosen(self, choice.removeprefix(LANGUAGE)))
