"""The call timer: minutes on the line, for counselors who must report them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.app import RenderResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from iop_tui.call.record import Call

_MINUTE = 60.0


def seconds_now(call: Call, now: datetime) -> float:
    """Seconds on this line: since the call began, or was last resumed."""
    return max(0.0, (now - call.segments[-1].began).total_seconds()) if call.segments else 0.0


def said(call: Call, now: datetime) -> str:
    """Minutes on the line; for a resumed call those of all its segments."""
    here = seconds_now(call, now)
    before = sum(max(0.0, (part.ended - part.began).total_seconds()) for part in call.segments[:-1])
    minutes = f"{int(here // _MINUTE)} min"
    if len(call.segments) < 2:
        return minutes
    return f"{minutes} ({int((before + here) // _MINUTE)} in all)"


class CallTimer(Widget):
    """Whole minutes: it wakes once a minute to draw them."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(id="call-timer")
        self._now = now
        self._call: Call | None = None
        self._said = ""
        self._timer: Timer | None = None

    def show(self, call: Call) -> None:
        """Show the time of this call."""
        began = self._call.segments[-1].began if self._call is not None and self._call.segments else None
        same = bool(call.segments) and call.segments[-1].began == began
        self._call = call
        if not same:
            self._tick()

    def _tick(self) -> None:
        if self._call is None:
            return
        now = self._now()
        words = said(self._call, now)
        if words != self._said:
            self._said = words
            self.refresh(layout=True)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_MINUTE - seconds_now(self._call, now) % _MINUTE + 0.05, self._tick)

    def get_content_width(self, container: object, viewport: object) -> int:
        """As wide as its words."""
        return len(self._said)

    def render(self) -> RenderResult:
        """The minutes."""
        return Content.styled(self._said, "bold")
