"""One-byte messages from the worker to the supervisor. They never carry answers."""

from __future__ import annotations

import contextlib
import enum
import os


class HeartbeatMessage(enum.Enum):
    """All messages."""

    PAINTED = b"w"
    """The first page is on the screen."""
    ALIVE = b"a"
    """A key was pressed, or the attract screen moved."""
    CRISIS = b"c"
    """The same, on a crisis page, which has a longer timeout."""
    TRIED = b"p"
    """A PIN is about to be checked: the try counts before its result is known."""
    RIGHT = b"r"
    """The PIN was right."""


class HeartbeatPipe:
    """The writing end of the pipe. Messages are dropped once the reader is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, message: HeartbeatMessage) -> None:
        """Send one message."""
        with contextlib.suppress(OSError):
            os.write(self._descriptor, message.value)


def read_messages(descriptor: int) -> tuple[HeartbeatMessage, ...] | None:
    """The messages since the last call; None if the writing end is closed. The descriptor must be non-blocking."""
    try:
        letters = os.read(descriptor, 4096)
    except BlockingIOError:
        return ()
    known = {message.value: message for message in HeartbeatMessage}
    said = (letters[place : place + 1] for place in range(len(letters)))
    return tuple(known[letter] for letter in said if letter in known) if letters else None
