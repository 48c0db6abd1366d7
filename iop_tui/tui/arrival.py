"""The marker of the card arrives at its step of the scale: the only thing that moves on any page.

It comes once for each person, down the margin of the scale, in less than half a second. All words stand there from the
first frame on, the own step is lit, and no key waits: whatever is pressed ends it. Nothing moves where somebody asked
for that or the line may be slow (`platform/motion.py`), in one-key use, and on a terminal that does not keep up.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump

from iop_tui.result.blocks import Section
from iop_tui.tui.clock import Time, Wait

NOWHERE = -1
"""The row of the marker before it has come."""
LONGEST = 0.45
"""Seconds in which it has arrived at the last step."""
STEP_AT_MOST = 0.15
"""Seconds from one step to the next."""


def own_step(section: Section) -> int | None:
    """The row of the level to ask about first on the scale of a card, from 0; None where no scale marks one."""
    return section.scale.own_row if section.scale else None


class Arrival:
    """One way of the marker, to the step `to`. `show` takes the row where it stands, and None once it has arrived."""

    def __init__(self, to: int, show: Callable[[int | None], object], *, keeps_up: Callable[[], bool]) -> None:
        """`keeps_up` says whether the terminal has taken all that was drawn."""
        self._to = to
        self._show = show
        self._keeps_up = keeps_up
        self._row = NOWHERE
        self._wait: Wait | None = None
        self._over = False
        self._step = min(STEP_AT_MOST, LONGEST / (to - NOWHERE))
        show(NOWHERE)

    def begin(self, time: Time, of: MessagePump) -> None:
        """Go step by step, as long as the page `of` is there. To be called once its first frame is drawn."""
        if self._over:
            return
        due = time.now() + self._step

        def go_on() -> None:
            self._row += 1
            late = time.now() > due + self._step
            if late or self._row >= self._to or not self._keeps_up():
                self.end()
            else:
                self._show(self._row)
                self.begin(time, of)

        self._wait = time.after(of, self._step, go_on)

    def end(self) -> None:
        """Be there at once."""
        if not self._over:
            self._over = True
            if self._wait is not None:
                self._wait.stop()
            self._show(None)
