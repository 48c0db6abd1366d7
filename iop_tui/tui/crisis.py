"""The crisis page: a dangerous answer stops the questions, and the page says who to call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll

from iop_tui.screening.engine.interview import Alarmed, NotAnswered
from iop_tui.screening.i18n.language import N_, _
from iop_tui.screening.model import content
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON_IF, KeyHint, Overlay
from iop_tui.tui.block_letters import LargeWords
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose, lay_out
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.glossary_links import marked
from iop_tui.tui.linux_console import in_console
from iop_tui.tui.messages import Acknowledged, StartedOver, WentBack
from iop_tui.tui.phone_blocks import phone_lines
from iop_tui.tui.prompt_screen import PromptScreen
from iop_tui.tui.text_screen import TextPage

_SHORT = 4
"""The most digits of a number that is drawn large."""
_TALL = 30
"""Lines of a window in which it is drawn in whole blocks; console fonts lack the half ones."""
_BROAD, _FRAME, _AROUND = 80, 5, 12
"""Estimates that only decide what comes first: cells of the text at most, and of what is beside it; lines around it."""


class CrisisPage(PromptScreen):
    """What to do, and who to call. Without `passable` a person can only get help, correct the answer, or leave.

    `change` labels the way back to the question that led here.
    """

    HINTS = (BACK, READ_ON_IF, KeyHint("W", N_("What happens when I call"), "expect", N_("The call")), HELP, LEAVE)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("w,W", "expect", show=False)]

    def __init__(self, screening: Screening, page: str, because: str, *, passable: bool, change: str = "") -> None:
        super().__init__()
        self._screening = screening
        self._page = page
        self._because = because
        self._passable = passable
        self._change = change or _("I pressed the wrong key: change it")

    def _hints(self) -> Sequence[KeyHint]:
        return [hint for hint in super()._hints() if hint.action != "expect" or self.first_line.expect]

    @property
    def first_line(self) -> content.PhoneLine:
        """Who to call first."""
        return self._screening.phone_lines[self.shown.lines[0]]

    def body(self) -> ComposeResult:
        """Large words; the page's lines; the choices."""
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
        """The screening's sentence."""
        return self._screening.pages[self._page]

    def above(self) -> ComposeResult:
        """The number to call, large, during an alarm `now`."""
        number = self.first_line.number or ""
        if not self._passable and 0 < len(number) <= _SHORT:
            yield LargeWords([number], tall=_TALL, low=_TALL if in_console() else 24, id="call-number")

    def reason(self) -> Sequence[Block]:
        """The part under the title that does not scroll."""
        if self.shown.lead is not None and not self._passable:
            return [Paragraph(self.shown.lead, "bold")]
        return [Paragraph(self._because, "$muted")]

    def words(self) -> Sequence[Block]:
        """What to do and who to call. It scrolls if there is no room."""
        do: list[Block] = [Paragraph(text, mark="· ") for text in self.shown.do]
        lines = phone_lines([self._screening.phone_lines[name] for name in self.shown.lines], about=False)
        # If not all of it is visible at once, who to call comes first.
        width, room = min(self.app.size.width, _BROAD) - _FRAME, self.app.size.height - _AROUND
        if len(lay_out([*do, GAP, *lines], width).plain.split("\n")) > room:
            return [*lines, GAP, *do]
        return [*do, GAP, *lines]

    def on_resize(self, _event: events.Resize) -> None:
        """The large words that fit now."""
        for words in self.query("#words Prose").results(Prose):
            _because, said = marked(self.host.screening, self.reason(), self.words())
            words.show(said)
        self.query("#call-number").set(display=True)
        self.call_after_refresh(self._make_room)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Safety comes first"))
        self.call_after_refresh(self._make_room)

    def _make_room(self) -> None:
        """Leave the large number out if what to do would not be fully visible beside it: the number is in the text,
        too.
        """
        if self.query_one("#words", VerticalScroll).max_scroll_y:
            self.query("#call-number").set(display=False)

    def choices(self) -> Sequence[Choice]:
        """The choices."""
        mistake = Choice("change", self._change, "2")
        if self._passable:
            return [Choice("on", _("I have read this: go on with the questions"), "1"), mistake]
        with_someone = Choice("with someone", _("I am with someone now"), "1")
        return [with_someone, mistake, Choice("over", _("Erase my answers and start over"), "3")]

    def choose(self, choice: str) -> None:
        """Go on, correct the answer, or erase everything."""
        if choice == "on":
            self.post_message(Acknowledged(self))
        elif choice == "with someone":
            self.open(lambda: CallPage(_("You are with someone"), _together(), self._page_lines()))
        elif choice == "over":
            self.start_over()
        else:
            self.action_back()

    def action_expect(self) -> None:
        """What happens on the call."""
        line = self.first_line
        if line.expect:
            self.open(lambda: CallPage(line.reach, line.expect, [line]))

    def _page_lines(self) -> Sequence[content.PhoneLine]:
        return [self._screening.phone_lines[name] for name in self.shown.lines]

    def start_over(self) -> None:
        """Erase everything, after a confirmation: the choice is next to one that keeps everything."""
        self.open(lambda: self.host.start_over_page(lambda: self.post_message(StartedOver(self))))

    def action_back(self) -> None:
        """Go to the answer that led here."""
        self.post_message(WentBack(self))


def _together() -> Sequence[str]:
    """True on every page: company never stands in for the call, and may be the one who scares or is in danger."""
    return [
        _("That is good. Breathe out slowly. Stay together if you're both safe."),
        _("Go back to the page before this one, and do what it says together, now. Don't wait until it gets worse."),
    ]


class CallPage(TextPage, Overlay):
    """A few sentences about a call, or about being with someone, and who to call."""

    HINTS = (BACK, READ_ON_IF, HELP, LEAVE)

    def __init__(self, title: str, sentences: Sequence[str], lines: Sequence[content.PhoneLine]) -> None:
        super().__init__()
        self._title = title
        self._sentences = sentences
        self._phone_lines = lines

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(self._title)

    def blocks(self, width: int) -> Sequence[Block]:
        """The sentences, one under the other, and the lines."""
        said: list[Block] = [block for text in self._sentences for block in (Paragraph(text, mark="· "), GAP)]
        return [*said, *phone_lines(self._phone_lines, about=False)]


def page_of(step: Alarmed | NotAnswered, screening: Screening) -> CrisisPage:
    """The page for a crisis step."""
    if isinstance(step, Alarmed):
        alarm = step.alarm
        return CrisisPage(screening, alarm.page, alarm.because, passable=alarm.urgency == "today")
    said = _("You left a question about safety open. That is all right.")
    return CrisisPage(screening, step.page, said, passable=True, change=_("Go back to that question"))
