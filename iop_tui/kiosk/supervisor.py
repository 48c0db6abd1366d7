"""The supervisor: forks a worker for each visitor, and wipes the terminal after each. It never sees an answer."""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from msgspec import Struct

from iop_tui import CRASHED
from iop_tui.kiosk.app import STAFF_LEFT, VISIT_OVER
from iop_tui.kiosk.boot_clock import now
from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe, read_messages
from iop_tui.kiosk.log import Log
from iop_tui.kiosk.pin_lock import PinAttempts
from iop_tui.kiosk.reaper import Reaper
from iop_tui.kiosk.restart_policy import YOUNG, pause, silence
from iop_tui.kiosk.terminal_wipe import Terminal
from iop_tui.kiosk.worker import visit
from iop_tui.screening.i18n.language import N_, gettext_in
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site
from iop_tui.site.site_texts import site_in_language, staff_call

_NOT_AVAILABLE = N_("This screen is not available right now. We are sorry.")
_ENDING = (signal.SIGTERM, signal.SIGHUP)
_WAKING = (signal.SIGCHLD, signal.SIGWINCH, *_ENDING)


class VisitEnd(Struct, frozen=True):
    """The end of a visit: its exit status, or 128 + the signal; and whether the worker had started properly."""

    status: int
    began: bool


class Supervisor:
    """Serves one visitor after another on a terminal, until staff or a signal stop it."""

    def __init__(self, screening: Screening, site: Site, terminal: Terminal, log: Log) -> None:
        self._screening = screening
        self._site = site
        self._terminal = terminal
        self._log = log
        self._tries = PinAttempts()
        self._orphans = Reaper()
        self._ended_by: int | None = None
        self._woken = -1

    def run(self) -> int:
        """Serve; the exit status: 0 if staff stopped it, else 128 + the signal."""
        if threading.active_count() > 1:
            raise RuntimeError("a process with threads must not be forked")
        gc.collect()
        gc.freeze()
        with self._signals():
            try:
                return self._serve()
            finally:
                self._terminal.wipe()

    def _serve(self) -> int:
        failures, sorry = 0, False
        self._terminal.wipe()
        while not self._is_told_to_end() and self._terminal.is_there:
            ended = self._one_visit(sorry=sorry)
            # Before all else: nothing may leave the last page on the screen.
            self._terminal.wipe()
            self._orphans.take()
            if ended.status == STAFF_LEFT:
                return 0
            if self._is_told_to_end():
                break
            sorry = ended.status != VISIT_OVER
            failures = failures + 1 if sorry and not ended.began else 0
            wait = pause(failures)
            if sorry:
                follows = f"the next try is in {wait:g} s" if wait else "the next one begins"
                self._log.say(f"a visit ended with status {ended.status}; {follows}")
            if wait:
                self._not_available(wait)
        return 128 + (self._ended_by or signal.SIGHUP)

    # ---- one visit ----

    def _one_visit(self, *, sorry: bool) -> VisitEnd:
        (ears, mouth), (their_line, our_line) = os.pipe(), os.pipe()
        for end in (ears, mouth):
            os.set_blocking(end, False)
        born = now()
        try:
            child = os.fork()
        except OSError as failure:
            for end in (ears, mouth, their_line, our_line):
                os.close(end)
            self._log.say(f"no process can be started: {failure.strerror}")
            return VisitEnd(CRASHED, began=False)
        if child == 0:
            os.close(ears)
            os.close(our_line)
            visit(
                self._screening,
                self._site,
                self._terminal,
                self._log,
                HeartbeatPipe(mouth),
                their_line,
                tries=self._tries,
                sorry=sorry,
            )
        os.close(mouth)
        os.close(their_line)
        try:
            status = self._watch(child, ears)
        finally:
            os.close(ears)
            os.close(our_line)
        return VisitEnd(status, now() - born >= YOUNG)

    def _watch(self, child: int, ears: int) -> int:
        """Wait for the worker. One that is stopped, or sends no heartbeat for too long, is killed."""
        last, since, open_ears, killed = None, now(), [ears], False
        while True:
            left = None if killed else self._left(last, since)
            waits = [wait for wait in (left, self._orphans.wait) if wait is not None]
            ready, _write, _error = select.select([self._woken, *open_ears], [], [], min(waits, default=None))
            self._drain()
            self._orphans.tend()
            words = read_messages(ears) if ears in ready else ()
            if words is None:
                open_ears = []
            for word in words or ():
                self._note(word)
                if word not in (HeartbeatMessage.TRIED, HeartbeatMessage.RIGHT):
                    last = word
                since = now()
            gone, how = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
            if gone and not os.WIFSTOPPED(how):
                for word in (read_messages(ears) or ()) if open_ears else ():
                    self._note(word)
                return -code + 128 if (code := os.waitstatus_to_exitcode(how)) < 0 else code
            if not killed and (gone or self._is_told_to_end() or self._left(last, since) <= 0):
                os.kill(child, signal.SIGKILL)
                killed = True
                if not self._is_told_to_end():
                    self._log.say("a visit was stopped or did not answer; it was ended")

    def _left(self, last: HeartbeatMessage | None, since: float) -> float:
        return max(0.0, since + silence(last, self._site.times) - now())

    def _note(self, word: HeartbeatMessage) -> None:
        if word is HeartbeatMessage.TRIED:
            self._tries = self._tries.and_one(now())
        elif word is HeartbeatMessage.RIGHT:
            self._tries = PinAttempts()

    # ---- when no visit can begin ----

    def _not_available(self, seconds: float) -> None:
        """Show a calm notice, and wait before the next attempt."""
        until = now() + seconds
        self._terminal.hold()
        while self._ended_by is None and (left := until - now()) > 0:
            self._terminal.say(self._words())
            select.select([self._woken], [], [], left)
            self._drain()
            self._terminal.forget_keys()

    def _words(self) -> list[str]:
        """The notice in each language: none can be chosen here."""
        said: list[str] = []
        for code in self._site.languages:
            screening = in_language(self._screening, code)
            lines = (screening.phone_lines[name] for name in screening.help.always[:2])
            reach = " ".join(f"{line.name}: {line.reach}." for line in lines)
            said += [gettext_in(code, _NOT_AVAILABLE), staff_call(site_in_language(self._site, code), screening), reach]
        return said

    # ---- signals ----

    @contextlib.contextmanager
    def _signals(self) -> Iterator[None]:
        """Let every relevant signal interrupt the wait; restores the handlers afterwards."""
        self._woken, wake = os.pipe()
        for end in (self._woken, wake):
            os.set_blocking(end, False)
        handlers = {number: signal.signal(number, self._noted) for number in _WAKING}
        before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            os.close(wake)
            os.close(self._woken)

    def _noted(self, number: int, _frame: FrameType | None) -> None:
        if number in _ENDING:
            self._ended_by = number

    def _is_told_to_end(self) -> bool:
        return self._ended_by is not None

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._woken, 4096):
                pass
