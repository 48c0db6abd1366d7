"""PIN checks for staff, with delays after wrong tries that carry over to later visits."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from iop_tui.kiosk.boot_clock import now
from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe
from iop_tui.site.pin import is_right, wait_after


class PinAttempts(Struct, frozen=True):
    """Wrong tries in a row, and when the last was made (`clock.now`)."""

    count: int = 0
    at: float = 0.0

    def and_one(self, at: float) -> PinAttempts:
        """Count one more try."""
        return PinAttempts(self.count + 1, at)

    def wait(self, at: float) -> float:
        """Seconds until the next try is allowed."""
        return max(0.0, self.at + wait_after(self.count) - at) if self.count else 0.0


class Lock:
    """Checks PINs against the site's hash, and reports each try to the supervisor before its result is known."""

    def __init__(self, pin: str, tries: PinAttempts, channel: HeartbeatPipe, clock: Callable[[], float] = now) -> None:
        self._pin = pin
        self._tries = tries
        self._channel = channel
        self._clock = clock

    @property
    def wait(self) -> float:
        """Seconds until the next try is allowed."""
        return self._tries.wait(self._clock())

    def opens(self, pin: str) -> bool:
        """Whether a PIN is right. During a delay no PIN is."""
        if self.wait > 0:
            return False
        self._tries = self._tries.and_one(self._clock())
        self._channel.send(HeartbeatMessage.TRIED)
        if not is_right(pin, self._pin):
            return False
        self._channel.send(HeartbeatMessage.RIGHT)
        self._tries = PinAttempts()
        return True
