"""What a visit tells the process that watches over it: single letters, and never an answer."""

from __future__ import annotations

import contextlib
import enum
import os


class Word(enum.Enum):
    """All that can be said."""

    PAINTED = b"w"
    """The first page is on the screen."""
    ALIVE = b"a"
    """Somebody pressed a key, or the first page moved."""
    CRISIS = b"c"
    """The same, while a page of danger stands: it may stand for longer."""
    TRIED = b"p"
    """A PIN is about to be compared: it counts before its answer is known."""
    RIGHT = b"r"
    """The PIN was right."""


class HeartbeatPipe:
    """The writing end. Where nobody listens any more, nothing is said."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def say(self, word: Word) -> None:
        """One letter."""
        with contextlib.suppress(OSError):
            os.write(self._descriptor, word.value)


def heard(descriptor: int) -> tuple[Word, ...] | None:
    """What was said since the last time; None where the writing end is closed. The descriptor must not block."""
    try:
        letters = os.read(descriptor, 4096)
    except BlockingIOError:
        return ()
    known = {word.value: word for word in Word}
    said = (letters[place : place + 1] for place in range(len(letters)))
    return tuple(known[letter] for letter in said if letter in known) if letters else None
