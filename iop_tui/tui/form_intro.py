"""Before a form's first question: what the form is, whose it is, what did not fit of a saved response, and what cannot
be asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.forms.asking.told import Intro, intro, not_asked, unplaced
from iop_tui.screening.i18n.language import _
from iop_tui.tui.base_screen import BACK, HELP, MORE, READ_ON, READ_ON_IF, KeyHint, Overlay
from iop_tui.tui.blocks import Block, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.form_text import lines_of, shortened, spaced
from iop_tui.tui.messages import Began
from iop_tui.tui.prompt_screen import PromptScreen
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.forms.asking.form_interview import FormInterview
    from iop_tui.tui.host import AnyPage


class FormIntroPage(PromptScreen):
    """The form, before its first question."""

    HINTS: ClassVar[Sequence[KeyHint]] = (READ_ON_IF, HELP, MORE)

    def __init__(self, interview: FormInterview) -> None:
        super().__init__()
        self._interview = interview

    def body(self) -> ComposeResult:
        """The texts, and the way on."""
        said = self.said()
        blocks: list[Block] = [*spaced(said.unplaced, "$key"), *spaced(said.texts)]
        blocks += [*spaced(said.missing, "$key"), *spaced(said.rights, "$muted")]
        with Vertical(classes="body"):
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(blocks)
            choices = [Choice("on", _("Go on to the questions"), "1")]
            if said.unplaced:
                choices.append(Choice("unplaced", _("More about the saved answers"), "2"))
            if said.missing:
                choices.append(Choice("refused", _("Which questions, and why"), str(len(choices) + 1)))
            yield Choices(choices, at="on")

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(shortened(self._interview.form.title, self.app.size.width - 6))

    def said(self) -> Intro:
        """The parts of the page."""
        return intro(self._interview)

    def choose(self, choice: str) -> None:
        """Go on, or read more."""
        if choice == "on":
            self.post_message(Began(self))
        elif choice == "refused":
            self.open(lambda: refused_page(self._interview))
        else:
            self.open(lambda: ListPage(_("The saved answers"), unplaced(self._interview)))


class ListPage(TextPage, Overlay):
    """Sentences about a form, each by itself."""

    HINTS: ClassVar[Sequence[KeyHint]] = (BACK, READ_ON, HELP)
    GLOSSARY_IN_FOOTER = False

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        super().__init__()
        self._title, self._sentences = title, tuple(sentences)

    def again(self) -> AnyPage | None:
        """It is closed when the language changes."""
        return None

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(self._title)

    def blocks(self, width: int) -> Sequence[Block]:
        """The sentences."""
        return spaced(self._sentences, mark="· ") or lines_of(_("There is nothing to tell."))


def refused_page(interview: FormInterview) -> ListPage:
    """The questions that cannot be asked here, each with the reason."""
    return ListPage(_("Questions that cannot be asked here"), not_asked(interview))
