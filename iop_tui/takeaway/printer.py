"""One page to the clinic's printer: a command that reads it, such as `lp`.

No shell is involved. The page is passed only by standard input, never by an argument, the environment or a file.
"""

from __future__ import annotations

import array
import asyncio
import contextlib
import errno
import fcntl
import os
import signal
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import PurePath

from iop_tui.screening.i18n.language import _, ngettext
from iop_tui.takeaway import cups_encoding
from iop_tui.takeaway.page_encoding import UTF_8, PageEncoding, encoded

_TURN = 0.02
"""Seconds between two looks at the command."""
_QUEUE_PATIENCE = 3.0
"""Seconds for CUPS to report the queue's encoding; without an answer the page is in ASCII."""
_SAID = 100
"""How many characters of a command's complaint are shown."""
_ENVIRONMENT = (
    *("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"),
    *("CUPS_SERVER", "CUPS_USER", "CUPS_ENCRYPTION", "IPP_PORT", "LPDEST", "PRINTER"),
)
"""What a print command needs to know of its surroundings: where it is, and which printer to take (man page `lp`)."""


async def print_page(
    command: Sequence[str], text: str, *, encoding: str | None = None, patience: float = 20.0
) -> str | None:
    """Give a page of text to a command. None when it took the page, else a sentence for the person.

    `encoding` is that of the bytes; without it a queue of CUPS gets what it prints, and any other command UTF-8.

    `patience` is in seconds; a command that takes longer is killed, with all that it started. So it is if this is
    cancelled.
    """
    name = PurePath(command[0]).name
    how = PageEncoding(encoding, encoding) if encoding else await _taken(command, text)
    why = await _printed(command, name, encoded(text, how), patience)
    if why is None:
        return None
    return _("The printer did not take the page: {why} Please ask staff. Your summary is still on the screen.").format(
        why=why
    )


async def _taken(command: Sequence[str], text: str) -> PageEncoding:
    """The encoding with which the queue prints all letters. It is queried for each page: staff may change its setup."""
    if text.isascii() or not cups_encoding.prints(command):
        return UTF_8
    answer = await asyncio.to_thread(_answer, cups_encoding.question(command))
    return cups_encoding.queue(command, answer).takes


def _answer(command: Sequence[str]) -> str:
    """A command's standard output; "" without an answer."""
    try:
        done = subprocess.run(  # noqa: S603  # lpoptions, beside the clinic's own lp
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_surroundings(), "LC_ALL": "C"},
            timeout=_QUEUE_PATIENCE,
            check=False,
            start_new_session=True,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace")


async def _printed(command: Sequence[str], name: str, page: bytes, patience: float) -> str | None:
    page_out, page_in = os.pipe()
    said_out, gettext_in = os.pipe()
    with contextlib.ExitStack() as opened:
        # The reading end stays open here too: what the command leaves unread can be counted, and is no broken pipe.
        for end in (page_out, said_out):
            opened.callback(os.close, end)
        for end in (page_in, said_out):
            os.set_blocking(end, False)
        feeding = opened.enter_context(os.fdopen(page_in, "wb", buffering=0))
        try:
            process = _started(command, page_out, gettext_in)
        except (OSError, ValueError) as failure:
            return _not_started(failure, name)
        finally:
            os.close(gettext_in)
        said = b""
        until = time.monotonic() + patience
        try:
            while (status := process.poll()) is None and time.monotonic() < until:
                if not feeding.closed:
                    page = page[_fed(page, feeding.fileno()) :]
                    if not page:
                        feeding.close()
                said = (said + _read(said_out))[: 4 * _SAID]
                await asyncio.sleep(_TURN)
        finally:
            _killed(process)
        if status is None:
            seconds = max(1, round(patience))
            late = ngettext("{name} did not answer in {n} second.", "{name} did not answer in {n} seconds.", seconds)
            return late.format(name=name, n=seconds)
        if status:
            return _failed(name, status, said + _read(said_out))
        if page or _unread(page_out):
            return _("{name} did not read all of it.").format(name=name)
        return None


def _started(command: Sequence[str], page: int, said: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # the clinic's own command, from its site file
        list(command),
        stdin=page,
        stdout=subprocess.DEVNULL,
        stderr=said,
        env=_surroundings(),
        # A group of its own: all that it starts can be ended with it, and no key of the terminal reaches it.
        start_new_session=True,
    )


def _surroundings() -> dict[str, str]:
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


def _killed(process: subprocess.Popen[bytes]) -> None:
    """End a command that still runs, and what it left running where it was still at work."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _fed(page: bytes, to: int) -> int:
    """Write as much as there is room for, and return how much that was."""
    try:
        return os.write(to, page)
    except BlockingIOError:
        return 0


def _read(end: int) -> bytes:
    """The command's output since; unread output would block it."""
    try:
        return os.read(end, 1 << 16)
    except BlockingIOError:
        return b""


def _unread(end: int) -> int:
    """How many bytes wait in a pipe."""
    waiting = array.array("i", [0])
    fcntl.ioctl(end, termios.FIONREAD, waiting)
    return waiting[0]


def _not_started(failure: Exception, name: str) -> str:
    number = getattr(failure, "errno", None)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return _("there is no program {name} here.").format(name=name)
    return _("{name} could not be started.").format(name=name)


def _failed(name: str, status: int, said: bytes) -> str:
    lines = said.decode(errors="replace").splitlines()
    first = next((plain for line in lines if (plain := "".join(filter(str.isprintable, line)).strip())), "")
    if first:
        return _("{name} says “{said}”.").format(name=name, said=first[:_SAID])
    return _("{name} stopped with the number {status}.").format(name=name, status=status)
