"""The crisis page: a dangerous answer stops the questions and says who to call."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.screening.language import _
from iop_tui.screening.model import Alarm, Screening
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import PassedOn, StartedOver, WentBack
from iop_tui.tui.page import BACK, HELP, LEAVE, READ_ON, Head, Page
from iop_tui.tui.people import phone_lines


class CrisisPage(Page):
    """What to do, who to call. An alarm `now` has no way on but help, a correction, or leaving."""

    HINTS = (BACK, READ_ON, HELP, LEAVE)

    def __init__(self, screening: Screening, alarm: Alarm) -> None:
        super().__init__()
        self._screening = screening
        self._alarm = alarm

    def body(self) -> ComposeResult:
        """The page's words, large; its lines; the ways on."""
        page = self._screening.pages[self._alarm.page]
        words: list[Block] = [Paragraph(text, mark="· ") for text in page.do]
        lines = [self._screening.phone_lines[name] for name in page.lines]
        with Vertical(classes="body"):
            yield Prose([Paragraph(page.title)], id="title")
            yield Prose([Paragraph(self._alarm.because, "$muted")], id="because")
            with VerticalScroll(id="words", can_focus=False):
                yield Prose([*words, GAP, *phone_lines(lines, about=False)])
            yield Choices(self._choices())

    def on_mount(self) -> None:
        """What comes first, at the head."""
        self.query_one(Head).show(_("Your safety comes first"))

    def _choices(self) -> list[Choice]:
        mistake = Choice("change", _("That answer was a mistake: change it"), "2" if self._today else "1")
        if self._today:
            return [Choice("on", _("I have read this: go on with the questions"), "1"), mistake]
        return [mistake, Choice("over", _("Erase my answers and start over"), "2")]

    @property
    def _today(self) -> bool:
        return self._alarm.urgency == "today"

    def choose(self, choice: str) -> None:
        """Go on, put the answer right, or erase everything."""
        if choice == "on":
            self.post_message(PassedOn(self))
        elif choice == "over":
            self.post_message(StartedOver(self))
        else:
            self.action_back()

    def on_key(self, event: events.Key) -> None:
        """In a small window the words scroll: Down reads on before it moves to the choices, Up goes back."""
        words, choices = self.query_one("#words", VerticalScroll), self.query_one(Choices)
        at_top = choices.highlighted in (None, 0)
        if event.key in ("down", "pagedown") and words.scroll_y < words.max_scroll_y:
            words.scroll_down()
        elif event.key in ("up", "pageup") and at_top and words.scroll_y > 0:
            words.scroll_up()
        else:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()

    def action_back(self) -> None:
        """To the answer that raised the alarm."""
        self.post_message(WentBack(self))
