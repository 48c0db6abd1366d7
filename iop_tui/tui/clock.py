"""The clock behind an app's timers. It is passed in, so that tests step it instead of waiting."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from textual.message_pump import MessagePump


class Wait(Protocol):
    """A timer that can be stopped."""

    def stop(self) -> None:
        """Cancel it."""


class Time(Protocol):
    """The clock of an app and its pages."""

    def now(self) -> float:
        """Seconds since some moment in the past."""

    def after(self, of: MessagePump, seconds: float, do: Callable[[], object]) -> Wait:
        """Do something after a time, as long as its app or page exists."""


class RealTime:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since some moment in the past."""
        return monotonic()

    def after(self, of: MessagePump, seconds: float, do: Callable[[], object]) -> Wait:
        """By a timer of the app or page."""
        return of.set_timer(seconds, do)
