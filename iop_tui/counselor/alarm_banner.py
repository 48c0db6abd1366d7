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
from iop_tui.screening.english import counted
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
    """The most urgent one in a line, with the steps done. Where none stands, the last one that stopped everything and
    fell: what was said is not unsaid because an answer was changed. Empty where there was none.
    """
    if not found:
        return _fallen(work, site)
    first = found[0]
    alarm = first.alarm
    parts = ["DANGER" if alarm.urgency == "now" else "Today", *_in_words(alarm, work, site)]
    if not first.certain:
        parts.insert(1, "perhaps")
    pages = len({danger.alarm.page for danger in found})
    if pages > 1:
        parts.append(f"and {pages - 1} more")
    return " · ".join([*parts, "P"])


def fallen(work: Work) -> Alarm | None:
    """The alarm that stopped everything, fell last, and stands no more."""
    alarms = {alarm.id: alarm for alarm in work.screening.alarms if alarm.urgency == "now"}
    last = [raising.alarm for raising in work.call.raisings if raising.fell is not None and raising.alarm in alarms]
    return alarms[last[-1]] if last else None


def _fallen(work: Work, site: Site) -> str:
    alarm = fallen(work)
    return "" if alarm is None else " · ".join(["Was danger", *_in_words(alarm, work, site), "P"])


def _in_words(alarm: Alarm, work: Work, site: Site) -> list[str]:
    steps = steps_for(site, alarm.page, today=alarm.urgency == "today")
    # Alarms of one page have one list of steps.
    pages = {other.id: other.page for other in work.screening.alarms}
    ticked = {tick.step for tick in work.call.ticks if pages.get(tick.alarm) == alarm.page}
    done = "{done} of {all} done".format(done=len(ticked & set(steps)), all=counted(len(steps), "step"))
    return [work.interview.wording.pages[alarm.page].title, done]


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
