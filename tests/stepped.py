"""A time that goes on when a test says so."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump

from tests.bounded import rounds

DUE = 100_000
"""Things that may be due in one step; more of them only where each asks for the next without any time between."""


class Waiting:
    """Something that is to be done at a moment, as long as the app or page that it is of is there."""

    def __init__(self, of: MessagePump, at: float, do: Callable[[], object]) -> None:
        self.of, self.at, self.do, self.stopped = of, at, do, False

    def stop(self) -> None:
        self.stopped = True


class Stepped:
    """Stands still until it is stepped. In place of `iop_tui.tui.clock.RealTime`."""

    def __init__(self, moment: float = 0.0) -> None:
        self.moment = moment
        self._waiting: list[Waiting] = []

    def now(self) -> float:
        return self.moment

    def after(self, of: MessagePump, seconds: float, do: Callable[[], object]) -> Waiting:
        self._waiting.append(Waiting(of, self.moment + seconds, do))
        return self._waiting[-1]

    @property
    def waiting(self) -> list[Waiting]:
        """What is still to be done, in the order in which it is due."""
        there = [one for one in self._waiting if not one.stopped and one.of.is_running]
        return sorted(there, key=lambda one: one.at)

    def step_to_next(self, end: float) -> bool:
        """Go on to what is due first and do it, or to the end where nothing is due until then; whether anything was."""
        due = [one for one in self.waiting if one.at <= end]
        self.moment = max(self.moment, due[0].at if due else end)
        if due:
            self._waiting.remove(due[0])
            due[0].do()
        return bool(due)

    def step(self, seconds: float) -> None:
        """Let so many seconds pass, and what is due in them be done."""
        end = self.moment + seconds
        for _ in rounds(f"the end of {seconds} s in which something is due again and again", DUE):
            if not self.step_to_next(end):
                break
