"""Deadlines for a database server: a server that hangs, or a network that drops everything, gives no error."""

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
"""Seconds: for what a counselor waits for, and for rewriting everything."""
_LOOK = 0.5
"""Seconds between checks, while anything is pending."""


class Deadline:
    """Shuts down the socket of a connection that is past its deadline, so that the waiting thread gets an error.

    One daemon thread watches all connections, and sleeps while nothing is pending.
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
        """A context with a deadline in seconds."""
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
        """Stop the thread."""
        self._over = True
        self._wanted.set()

    def _look(self) -> None:
        while not self._over:
            self._wanted.wait()
            time.sleep(_LOOK)
            # Cleared before the check: what begins after it sets it again.
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
