"""The time that an app's waits run by. It comes from outside, so that tests step it instead of sitting it out."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Protocol

from textual.message_pump import MessagePump


class Wait(Protocol):
    """A time that runs and can be stopped."""

    def stop(self) -> None:
        """It is not waited for any more."""


class Time(Protocol):
    """What an app and its pages know of time."""

    def now(self) -> float:
        """Seconds since some moment in the past."""

    def after(self, of: MessagePump, seconds: float, do: Callable[[], object]) -> Wait:
        """Do something after a time, as long as the app or page that it is of is there."""


class RealTime:
    """The machine's."""

    def now(self) -> float:
        """Seconds since some moment in the past."""
        return monotonic()

    def after(self, of: MessagePump, seconds: float, do: Callable[[], object]) -> Wait:
        """By a timer of the app or page."""
        return of.set_timer(seconds, do)
