"""The crisis page: a dangerous answer stops the questions and says who to call."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.screening.engine.interview import Alarmed, Unsaid
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model import content
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF, PageHeader
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose, lay_out
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.glossary_links import marked
from iop_tui.tui.messages import PassedOn, StartedOver, WentBack
from iop_tui.tui.phone_blocks import phone_lines
from iop_tui.tui.prompt_screen import PromptScreen

_BROAD, _FRAME, _AROUND = 80, 5, 12
"""Cells of the words at most, and of what stands beside them; lines of what stands around them: an estimate, which only
decides what comes first.
"""


class CrisisPage(PromptScreen):
    """What to do, who to call. Without `passable` there is no way on but help, a correction, or leaving.

    `change` names the way back to the question that led here.
    """

    HINTS = (BACK, READ_ON_IF, HELP, LEAVE)

    def __init__(self, screening: Screening, page: str, because: str, *, passable: bool, change: str = "") -> None:
        super().__init__()
        self._screening = screening
        self._page = page
        self._because = because
        self._passable = passable
        self._change = change or _("That answer was a mistake: change it")

    def body(self) -> ComposeResult:
        """The page's words, large; its lines; the ways on."""
        because, words = marked(self.host.screening, self.reason(), self.words())
        with Vertical(classes="body"):
            yield from self.above()
            yield Prose([Paragraph(self.shown.title)], id="title")
            yield Prose(because, id="because")
            with VerticalScroll(id="words", can_focus=False):
                yield Prose(words)
            yield Choices(self.choices())

    @property
    def shown(self) -> content.CrisisPage:
        """What the screening says."""
        return self._screening.pages[self._page]

    def above(self) -> ComposeResult:
        """What stands over the title."""
        yield from ()

    def reason(self) -> Sequence[Block]:
        """What stands still under the title."""
        return [Paragraph(self._because, "$muted")]

    def words(self) -> Sequence[Block]:
        """What to do and who to call. It scrolls where there is no room."""
        do: list[Block] = [Paragraph(text, mark="· ") for text in self.shown.do]
        lines = phone_lines([self._screening.phone_lines[name] for name in self.shown.lines], about=False)
        # Where not all of it is seen at once, who to call is seen first.
        width, room = min(self.app.size.width, _BROAD) - _FRAME, self.app.size.height - _AROUND
        if len(lay_out([*do, GAP, *lines], width).plain.split("\n")) > room:
            return [*lines, GAP, *do]
        return [*do, GAP, *lines]

    def on_resize(self, _event: events.Resize) -> None:
        """The words for the room that there is now."""
        for words in self.query("#words Prose").results(Prose):
            _because, said = marked(self.host.screening, self.reason(), self.words())
            words.show(said)

    def on_mount(self) -> None:
        """What comes first, at the head."""
        self.query_one(PageHeader).show(_("Safety comes first"))

    def choices(self) -> Sequence[Choice]:
        """The ways on."""
        mistake = Choice("change", self._change, "2" if self._passable else "1")
        if self._passable:
            return [Choice("on", _("I have read this: go on with the questions"), "1"), mistake]
        return [mistake, Choice("over", _("Erase my answers and start over"), "2")]

    def choose(self, choice: str) -> None:
        """Go on, put the answer right, or erase everything."""
        if choice == "on":
            self.post_message(PassedOn(self))
        elif choice == "over":
            self.start_over()
        else:
            self.action_back()

    def start_over(self) -> None:
        """Erase everything, after asking: it stands beside a choice that keeps all of it."""
        self.open(lambda: self.host.start_over_page(lambda: self.post_message(StartedOver(self))))

    def action_back(self) -> None:
        """To the answer that led here."""
        self.post_message(WentBack(self))


def page_of(step: Alarmed | Unsaid, screening: Screening) -> CrisisPage:
    """The page that a step of danger asks for."""
    if isinstance(step, Alarmed):
        alarm = step.alarm
        return CrisisPage(screening, alarm.page, alarm.because, passable=alarm.urgency == "today")
    said = _("You left a question about safety open. That is all right.")
    return CrisisPage(screening, step.page, said, passable=True, change=_("Go back to that question"))
