"""Guards against input that was meant for the page before: a page that opens unprompted ignores the first keys."""

from __future__ import annotations

from textual.message_pump import MessagePump

from iop_tui.tui.clock import Time

INPUT_GUARD = 0.4
"""Seconds during which input is ignored after a page opened unprompted: a digit that was meant as an answer must not
become a decision, or a step that was taken.
"""


class InputGuard:
    """Closed from before such a page opens until a moment after it is shown. Several periods may overlap."""

    def __init__(self) -> None:
        self._closed = 0

    @property
    def is_closed(self) -> bool:
        """Whether input is ignored."""
        return self._closed > 0

    def close(self) -> None:
        """Ignore input from now on."""
        self._closed += 1

    def open_soon(self, owner: MessagePump, time: Time) -> None:
        """Accept input again in a moment. `owner` runs the timer: the app, or the page that was opened."""
        time.after(owner, INPUT_GUARD, self._open)

    def _open(self) -> None:
        self._closed -= 1
