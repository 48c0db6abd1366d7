"""How long a server is waited for. A server that hangs, or a network that swallows everything, gives no error."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import weakref
from collections.abc import Iterator
from typing import Any

USUAL, LONG = 15.0, 3600.0
"""Seconds: for what a counselor waits for, and for writing everything anew."""
_LOOK = 0.5
"""Seconds between two looks at what is waited for, while anything is."""


class Deadline:
    """Hangs up on a server that was waited for too long: whoever waits gets an error, as if the server had gone.

    One thread looks after all that is waited for. Nobody waits for it, and it sleeps while nothing is.
    """

    def __init__(self) -> None:
        self._lines: weakref.WeakSet[Any] = weakref.WeakSet()
        self._ends: dict[object, float] = {}
        self._wanted = threading.Event()
        self._watch: threading.Thread | None = None
        self._over = False

    def know(self, connection: Any) -> None:
        """A new connection of psycopg's."""
        self._lines.add(connection)

    @contextlib.contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """Whatever is done within it ends after so many seconds, and a moment more."""
        waiting = object()
        self._ends[waiting] = time.monotonic() + seconds
        if self._watch is None:
            self._watch = threading.Thread(target=self._look, name="records", daemon=True)
            self._watch.start()
        if not self._wanted.is_set():
            self._wanted.set()
        try:
            yield
        finally:
            del self._ends[waiting]

    def close(self) -> None:
        """Nothing is waited for any more."""
        self._over = True
        self._wanted.set()

    def _look(self) -> None:
        while not self._over:
            self._wanted.wait()
            time.sleep(_LOOK)
            # Cleared before the look: what begins after it sets it again.
            self._wanted.clear()
            ends = list(self._ends.values())
            if ends:
                self._wanted.set()
            if any(end < time.monotonic() for end in ends):
                self._hang_up()

    def _hang_up(self) -> None:
        for connection in list(self._lines):
            # One that is closed has no socket any more. Through a copy of the descriptor, as libpq owns the socket.
            with contextlib.suppress(Exception), socket.socket(fileno=os.dup(connection.pgconn.socket)) as line:
                line.shutdown(socket.SHUT_RDWR)
