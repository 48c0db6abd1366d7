"""The crisis page in a lobby: staff are near, and somebody may have to be found quickly."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from iop_tui.kiosk.messages import HelpCame
from iop_tui.screening.engine.interview import Alarmed, NotAnswered
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site
from iop_tui.site.site_texts import staff_call
from iop_tui.tui.base_screen import BACK, KeyHint, Overlay
from iop_tui.tui.block_letters import LargeWords
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.choices import Choice
from iop_tui.tui.confirm import ConfirmPage
from iop_tui.tui.crisis import CrisisPage
from iop_tui.tui.messages import WentBack
from iop_tui.tui.phone_blocks import phone_lines

URGENT = 2
"""The number of urgent lines of "who to call" that come before everything else on a crisis page."""


class LobbyCrisisPage(CrisisPage):
    """What to do, in the clinic's own words first. If the visitor cannot go on, it says so in large letters,
    and stays.
    """

    def __init__(
        self,
        screening: Screening,
        site: Site,
        page: str,
        because: str,
        *,
        passable: bool,
        change: str = "",
    ) -> None:
        super().__init__(screening, page, because, passable=passable, change=change)
        self._site = site
        self.set_class(not passable, "-loud")

    def _hints(self) -> Sequence[KeyHint]:
        return [hint for hint in super()._hints() if self._passable or hint is not BACK]

    def above(self) -> ComposeResult:
        """A few large words for the whole room, during an alarm `now`."""
        if not self._passable:
            yield LargeWords(self._site.staff.large, tall=30, low=22, id="large")

    def reason(self) -> Sequence[Block]:
        """How to find staff, and the clinic's own sentence. Answers are not shown: others will come."""
        own = self._site.crisis.get(self._page)
        said = [staff_call(self._site, self._screening), *([own] if own else [])]
        because = [Paragraph(self._because, "$muted")] if self._passable else []
        return [*because, *(Paragraph(text, "bold") for text in said)]

    def words(self) -> Sequence[Block]:
        """The most urgent lines, what to do, the clinic's lines, and the other lines of the page."""
        screening, page = self._screening, self.shown
        first = [name for name in page.lines if name in screening.help.always[:URGENT]]
        urgent = [screening.phone_lines[name] for name in first]
        others: list[PhoneLine] = [screening.phone_lines[name] for name in page.lines if name not in first]
        do: list[Block] = [Paragraph(text, mark="· ") for text in page.do]
        later = phone_lines([*self._site.lines, *others], about=False)
        return [*phone_lines(urgent, about=False), *do, *([GAP, *later] if later else [])]

    def choices(self) -> Sequence[Choice]:
        """Help is here, or it was a mistake; going on is not required."""
        if self._passable:
            return super().choices()
        return [
            Choice("help", _("Someone is with me now: erase my answers"), "1"),
            Choice("change", self._change, "2"),
        ]

    def choose(self, choice: str) -> None:
        """Ask whether somebody is there, or correct the answer."""
        if choice == "help":
            self.open(self._help_is_here)
        elif choice == "change":
            self.post_message(WentBack(self))
        else:
            super().choose(choice)

    def _help_is_here(self) -> Overlay:
        words = _("Is somebody with you? Then everything here is erased.")
        stay, go = _("Not yet: stay on this page"), _("Yes: erase everything")
        return ConfirmPage(_("Help is here"), words, stay=stay, go=go, then=lambda: self.post_message(HelpCame(self)))

    def action_back(self) -> None:
        """During an alarm `now`, a key that is often pressed by chance does not close the page."""
        if self._passable:
            super().action_back()


def lobby_page(step: Alarmed | NotAnswered, screening: Screening, site: Site) -> LobbyCrisisPage:
    """The page for a crisis step."""
    if isinstance(step, Alarmed):
        alarm = step.alarm
        return LobbyCrisisPage(screening, site, alarm.page, alarm.because, passable=alarm.urgency == "today")
    said = _("You left a question about safety open. That is all right.")
    return LobbyCrisisPage(screening, site, step.page, said, passable=True, change=_("Go back to that question"))
