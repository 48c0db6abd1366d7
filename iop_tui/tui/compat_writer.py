"""The writer thread beside the app. A private touch of Textual (`tests/tui/test_compat.py`)."""

from __future__ import annotations

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread


class PatientWriter(WriterThread):
    """The writer thread, which never blocks the app.

    When the terminal is gone Textual's own ends with an error; its queue holds thirty pieces, and the next write blocks
    forever (Textual 8.2.8): the window is closed, and the process stays.
    """

    def write(self, text: str) -> None:
        """Queue a text. If the terminal is gone it is dropped."""
        if self.is_alive():
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


def mend_writer() -> None:
    """Make Textual's driver use it."""
    linux_driver.WriterThread = PatientWriter  # type: ignore[attr-defined]  # not exported, but taken from there by name
