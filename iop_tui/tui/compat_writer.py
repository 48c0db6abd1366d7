"""The writer thread beside the app. A private touch of Textual (`tests/tui/test_compat.py`)."""

from __future__ import annotations

import fcntl
import termios
from typing import Any

from textual.app import App
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread


class PatientWriter(WriterThread):
    """The writer thread, which never blocks the app.

    When the terminal is gone Textual's own ends with an error; its queue holds thirty pieces, and the next write blocks
    forever (Textual 8.2.8): the window is closed, and the process stays.
    """

    _given = _taken = 0
    """Pieces that were to be written, and that are."""

    @property
    def keeps_up(self) -> bool:
        """Whether all that was to be written is."""
        return self._taken == self._given

    def write(self, text: str) -> None:
        """Queue a text. If the terminal is gone it is dropped."""
        if self.is_alive():
            self._given += 1
            super().write(text)

    def run(self) -> None:
        """Write until the end of the queue, and discard once the terminal is gone."""
        there = True
        while True:
            text = self._queue.get()
            try:
                if there and text is not None:
                    self._file.write(text)
                if there and (text is None or self._queue.empty()):
                    self._file.flush()
            except OSError:
                there = False
            if text is None:
                return
            self._taken += 1


def keeps_up(app: App[Any]) -> bool:
    """Whether the terminal has taken all that an app wrote to it. A serial line says how much is still on its way; a
    pseudo-terminal says nothing of that, and holds the writer up once some thousand bytes wait in it.
    """
    # Private: the driver, and what writes beside it.
    driver = app._driver
    if not isinstance(driver, linux_driver.LinuxDriver):
        return True
    writer = driver._writer_thread
    if isinstance(writer, PatientWriter) and not writer.keeps_up:
        return False
    try:
        return not any(fcntl.ioctl(driver.fileno, termios.TIOCOUTQ, bytes(4)))
    except OSError:
        return True


def mend_writer() -> None:
    """Make Textual's driver use it."""
    linux_driver.WriterThread = PatientWriter  # type: ignore[attr-defined]  # not exported, but taken from there by name
