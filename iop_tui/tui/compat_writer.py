"""What writes to the terminal beside the app. A private touch of Textual (`tests/tui/test_compat.py`)."""

from __future__ import annotations

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread


class PatientWriter(WriterThread):
    """What writes to the terminal beside the app, and never holds the app up.

    When the terminal is gone Textual's own ends with an error; its queue holds thirty pieces, and whoever writes the
    next one waits for ever (Textual 8.2.8): the window is closed, and the program stays.
    """

    def write(self, text: str) -> None:
        """Send a text. Where nobody takes it any more it is dropped."""
        if self.is_alive():
            super().write(text)

    def run(self) -> None:
        """Write what comes until the end of it, and throw it away once the terminal is gone."""
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


def mend_writer() -> None:
    """Have Textual's driver write through it."""
    linux_driver.WriterThread = PatientWriter  # type: ignore[attr-defined]  # not exported, but taken from there by name
