"""The alarms of a call, and the line that stays on top of every page while one stands."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from iop_tui.call.work import Work, possible_alarms, raised
from iop_tui.screening.language import _
from iop_tui.screening.model import Alarm
from iop_tui.site.model import Site
from iop_tui.site.protocol import steps_for


class Danger(Struct, frozen=True):
    """An alarm. It is not `certain` where an answer was put down ahead of the question on which it hangs."""

    alarm: Alarm
    certain: bool


def dangers(work: Work) -> tuple[Danger, ...]:
    """The alarms that stand and those that would, the most urgent first."""
    standing = raised(work)
    ids = {alarm.id for alarm in standing}
    found = [Danger(alarm, True) for alarm in standing]
    found += [Danger(alarm, False) for alarm in possible_alarms(work) if alarm.id not in ids]
    return tuple(sorted(found, key=lambda danger: (danger.alarm.urgency != "now", not danger.certain)))


def told(found: Sequence[Danger], work: Work, site: Site) -> str:
    """The most urgent one in a line, with the steps done; empty where there is none."""
    if not found:
        return ""
    first = found[0]
    alarm = first.alarm
    steps = steps_for(site, alarm.page, today=alarm.urgency == "today")
    done = len({tick.step for tick in work.call.ticks if tick.alarm == alarm.id} & set(steps))
    parts = [_("DANGER") if alarm.urgency == "now" else _("Today"), work.interview.wording.pages[alarm.page].title]
    if not first.certain:
        parts.insert(1, _("not sure yet"))
    parts.append(_("{done} of {all} steps done").format(done=done, all=len(steps)))
    if len(found) > 1:
        parts.append(_("and {more} more").format(more=len(found) - 1))
    return " · ".join([*parts, "P"])


class Banner(Widget):
    """The line. A click opens the protocol, as its key does."""

    class Clicked(Message):
        """The line was clicked."""

    def __init__(self, words: str, *, calm: bool) -> None:
        super().__init__(classes="-calm" if calm else "")
        self._words = words

    def show(self, words: str, *, calm: bool) -> None:
        """Show other words."""
        self.set_class(calm, "-calm")
        if words != self._words:
            self._words = words
            self.refresh()

    def render(self) -> RenderResult:
        """The words; the middle gives way where there is no room, the key never does."""
        width = self.content_size.width
        lead, end = self._words[: -len(" · P")], " · P"
        return Content(lead).truncate(max(1, width - len(end)), ellipsis=True) + end

    def on_click(self, event: events.Click) -> None:
        """Open the protocol."""
        event.stop()
        self.post_message(self.Clicked())
