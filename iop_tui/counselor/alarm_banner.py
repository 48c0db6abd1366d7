"""The alarm banner: one line on top of every page while an alarm of the call is active."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events
from textual.app import App, RenderResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from iop_tui.call.form_alarm import known_alarms
from iop_tui.call.operations import CallState
from iop_tui.counselor.alarms import CallAlarm, last_cleared
from iop_tui.counselor.pages.passphrase import PassphrasePage
from iop_tui.counselor.pages.passphrase_changed import PassphraseChangedPage
from iop_tui.screening.english import counted
from iop_tui.screening.model.definition import Alarm
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import Site


def banner_text(alarms: Sequence[CallAlarm], work: CallState, site: Site) -> str:
    """The most urgent alarm in a line, with the steps done. If none is active, the urgent one that was cleared last: a
    changed answer does not undo what was said. Empty if there was none.
    """
    if not alarms:
        return _cleared_text(work, site)
    first = alarms[0]
    alarm = first.alarm
    parts = ["DANGER" if alarm.urgency == "now" else "Today", *_title_and_steps(alarm, work, site)]
    if not first.certain:
        parts.insert(1, "perhaps")
    pages = len({each.alarm.page for each in alarms})
    if pages > 1:
        parts.append(f"and {pages - 1} more")
    return " · ".join(parts)


def _cleared_text(work: CallState, site: Site) -> str:
    alarm = last_cleared(work)
    return "" if alarm is None else " · ".join(["Was danger", *_title_and_steps(alarm, work, site)])


def _title_and_steps(alarm: Alarm, work: CallState, site: Site) -> list[str]:
    steps = steps_for(site, work.screening, alarm.page, today=alarm.urgency == "today")
    # Alarms of one page have one list of steps.
    pages = {other.id: other.page for other in known_alarms(work.screening)}
    ticked = {tick.step for tick in work.call.ticks if pages.get(tick.alarm) == alarm.page}
    done = "{done} of {all} done".format(done=len(ticked & set(steps)), all=counted(len(steps), "step"))
    return [work.interview.wording.pages[alarm.page].title, done]


class AlarmBanner:
    """Shows the line on every page of an app, on later pages too. `calm`: the alarms are not urgent."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.text = ""
        self._calm = False

    def start(self) -> None:
        """Follow every page that opens. Call once the app is mounted."""
        self._app.screen_change_signal.subscribe(self._app, self._update, immediate=True)

    def show(self, text: str, *, calm: bool) -> None:
        """Show this text on all pages; an empty one removes the line."""
        if (text, calm) != (self.text, self._calm):
            self.text, self._calm = text, calm
            for page in self._app.screen_stack:
                self._update(page)

    def _update(self, page: Screen[Any]) -> None:
        lines = page.query(BannerLine)
        # Before the passphrase nothing of a call is shown. If it was changed during a call, one was typed before.
        is_locked = isinstance(page, PassphrasePage) and not isinstance(page, PassphraseChangedPage)
        if not self.text or is_locked:
            lines.remove()
        elif lines:
            lines.first().show(self.text, calm=self._calm)
        else:
            page.mount(BannerLine(self.text, calm=self._calm))


KEY = " · P"
"""The key that opens the protocol, at the end of the line."""


class BannerLine(Widget):
    """The line on one page. A click opens the protocol, as its key does."""

    class Clicked(Message):
        """The line was clicked."""

    def __init__(self, text: str, *, calm: bool) -> None:
        super().__init__(classes="-calm" if calm else "")
        self._text = text

    def show(self, text: str, *, calm: bool) -> None:
        """Show another text."""
        self.set_class(calm, "-calm")
        if text != self._text:
            self._text = text
            self.refresh()

    def render(self) -> RenderResult:
        """The text, truncated before its key, which stays."""
        width = self.content_size.width
        return Content(self._text).truncate(max(1, width - len(KEY)), ellipsis=True) + KEY

    def on_click(self, event: events.Click) -> None:
        """Open the protocol."""
        event.stop()
        self.post_message(self.Clicked())
