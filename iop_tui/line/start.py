"""From a screening to a conversation on the terminal, or in a pipe, and its exit status."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType
from typing import Protocol, TextIO

from iop_tui.line.console_io import Read, Write
from iop_tui.line.conversation import LineConversation
from iop_tui.line.pages import left
from iop_tui.line.wrapping import fitted
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH

DONE = 0
_SIGNALLED = 128
"""With the number of a signal: the exit status of what it ended, as shells have it."""
LONGEST = 4096
"""Bytes of a line that are looked at: no answer and no file name is longer."""


class _Ended(BaseException):
    """A signal ends the program. It is no Exception, so that no error handler catches it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Face(Protocol):
    """A conversation, line by line."""

    @property
    def saved(self) -> bool:
        """Whether the person saved a file."""

    def run(self) -> None:
        """Talk until the person leaves, or until no more input comes."""


def start(
    screening: Screening,
    *,
    language: str = ENGLISH,
    languages: Sequence[str] = (ENGLISH,),
    read: Read | None = None,
    write: Write | None = None,
    width: int | None = None,
) -> int:
    """Ask the questions of a screening, as it was written, until the person leaves; returns the exit status.

    `read` shows a prompt and waits for a line, None at the end of input; `write` takes a line with its end. Without
    them: standard input and output. Lines are wrapped at `width` cells, or at those of a terminal. Raises OSError if
    the output cannot be written for another reason than a closed reader.
    """
    use(language)
    streams = Streams(sys.stdin, sys.stdout, os.environ)
    write = write or streams.write
    width = width or streams.width
    face = LineConversation(screening, read or streams.read, write, languages=languages, width=width)
    return run(face, streams, write, signals=read is None)


def run(face: Face, streams: Streams, write: Write, *, signals: bool = True) -> int:
    """Run a face until the person leaves, or a signal ends it, which it handles if `signals`; the exit status. Raises
    OSError if the output cannot be written for another reason than a closed reader.
    """
    try:
        try:
            with _signals(wanted=signals):
                face.run()
        except KeyboardInterrupt:
            return _interrupted(write, face, signal.SIGINT)
        except _Ended as ended:
            if ended.number == signal.SIGHUP:
                streams.let_go()
                return _SIGNALLED + signal.SIGHUP
            return _interrupted(write, face, ended.number)
    except OSError as failure:
        if failure.errno not in (errno.EPIPE, errno.EIO):
            raise
        # The reader of a pipe, or the terminal, is gone: there is nobody to report it to.
        streams.let_go()
        return DONE if failure.errno == errno.EPIPE else _SIGNALLED + signal.SIGHUP
    return DONE


class Streams:
    """Lines from standard input, and lines to standard output in the letters of its encoding."""

    width: int | None = None
    """The cells of the terminal that shows the lines, which would break them within words; None where no line is to be
    broken: for a voice or a braille line, in a pipe, or where the terminal does not tell its width.
    """

    def __init__(
        self, source: TextIO | None, target: TextIO | None, environ: Mapping[str, str], *, longest: int = LONGEST
    ) -> None:
        """`longest` is how many bytes of a line are looked at."""
        self._longest = longest
        if target is not None and not environ.get("ACCESSIBLE"):
            with contextlib.suppress(OSError, ValueError):
                self.width = os.get_terminal_size(target.fileno()).columns or None
        self._source = source
        self._target = target
        self._encoding = encoding(target, environ)
        # A terminal shows the line end that was typed; in a pipe the prompt would run into what comes next.
        self._echoes = source is not None and source.isatty()

    def write(self, text: str) -> None:
        """Write at once."""
        if self._target is not None:
            self._target.write(fitted(text, self._encoding))
            self._target.flush()

    def read(self, prompt: str) -> str | None:
        """Show the prompt and wait for a line."""
        self.write(prompt if self._echoes else prompt.rstrip())
        raw = self._line()
        if not self._echoes or not raw.endswith(b"\n"):
            self.write("\n")
        if not raw:
            return None
        coding = getattr(self._source, "encoding", None) or "utf-8"
        return raw.decode(coding, errors="replace").rstrip("\r\n")

    def let_go(self) -> None:
        """Send to nowhere what is not written yet: Python would try once more while it ends, and complain."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (self._target, sys.stderr):
            with contextlib.suppress(OSError, ValueError, AttributeError):
                os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # none, or no file: there is nothing to let go
        os.close(nowhere)

    def _line(self) -> bytes:
        """A line with its end, cut where it is too long; empty at the end of input, or once the terminal is gone."""
        if self._source is None:
            return b""
        try:
            raw = self._source.buffer.readline(self._longest)
            part = raw
            while part and not part.endswith(b"\n") and len(part) == self._longest:
                part = self._source.buffer.readline(self._longest)
        except OSError as failure:
            if failure.errno != errno.EIO:
                raise
            return b""
        return raw if raw.endswith(b"\n") or len(raw) < self._longest else raw + b"\n"


def encoding(target: TextIO | None, environ: Mapping[str, str]) -> str:
    """The encoding whose letters the output can show.

    Python writes UTF-8 in the C locale, too; with that locale a terminal may show only ASCII.
    """
    names = [environ.get("LC_ALL"), environ.get("LC_CTYPE"), environ.get("LANG")]
    if names[2] in ("C", "POSIX") and names[1] in ("C.UTF-8", "C.utf8", "UTF-8"):
        names[1] = None  # set by Python itself, not by the person
    if next((name for name in names if name), "") in ("C", "POSIX"):
        return "ascii"
    return getattr(target, "encoding", None) or "utf-8"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _interrupted(write: Write, face: Face, number: int) -> int:
    write("\n")
    write(f"{left(saved=face.saved)}\n")
    return _SIGNALLED + number


@contextlib.contextmanager
def _signals(*, wanted: bool) -> Iterator[None]:
    """Handle the signals that ask for the end, and restore the handlers afterwards. An ignored signal stays ignored."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise _Ended(number)

    before = {}
    if wanted and threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
