"""The crisis page: a dangerous answer stops the questions and says who to call."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.screening.language import _
from iop_tui.screening.model import Alarm, Screening
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import PassedOn, StartedOver, WentBack
from iop_tui.tui.page import BACK, HELP, LEAVE, Head, Page
from iop_tui.tui.people import phone_lines


class CrisisPage(Page):
    """What to do, who to call. An alarm `now` has no way on but help, a correction, or leaving."""

    HINTS = (BACK, HELP, LEAVE)

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

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        if event.choice == "on":
            self.post_message(PassedOn())
        elif event.choice == "over":
            self.post_message(StartedOver())
        else:
            self.action_back()

    def action_back(self) -> None:
        """To the answer that raised the alarm."""
        self.post_message(WentBack())
