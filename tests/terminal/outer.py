"""Real terminals and multiplexers around the program, where they are installed: GNU screen, mosh, tmux, dtach, xterm.

Each runs a shell script in which the program is started, so that what stays after it can be seen. They are looked at
from outside, as a person sees them: in a pseudo-terminal of ours, or in a window of an X server that nobody sees.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.bytes_out import ENTER, LEAVE
from tests.terminal.conftest import USUAL
from tests.terminal.emulator import Screen, Stream
from tests.terminal.terminal import LOOK, PATIENCE, SWITCH, UNREAD, Terminal

ENDED = "its status was"
"""Said by the shell once the program is over, with its exit status."""


def program(name: str, what: str) -> str:
    """Where a program is; the test is skipped where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"NOT TESTED: {what}, because there is no {name}")
    return path


def shell(folder: Path, command: Sequence[str]) -> Path:
    """A script that runs a command, keeps the number of its process in `folder`/pid, and says how it ended."""
    script = folder / "inside.sh"
    inner = f"echo $$ >{folder}/pid; exec {shlex.join(command)}"
    script.write_text(f"#!/bin/sh\necho before\nsh -c {shlex.quote(inner)}\necho {ENDED} $?\nexec cat\n")
    script.chmod(0o755)
    return script


def environment(folder: Path, **more: str) -> Mapping[str, str]:
    """What a program in a new terminal finds."""
    return {**USUAL, "HOME": str(folder), "SHELL": "/bin/sh", **more}


def inside(folder: Path) -> int:
    """The process of the program."""
    return int((folder / "pid").read_text())


def ended(terminal: Terminal, status: int) -> None:
    """Until the shell says that the program ended, with this status."""
    terminal.wait(f"{ENDED} {status}")


@contextmanager
def in_screen(folder: Path, command: Sequence[str]) -> Iterator[Terminal]:
    """GNU screen with its default settings."""
    screen = program("screen", "what is left in GNU screen")
    sockets = folder / "sockets"
    sockets.mkdir(mode=0o700)
    env = environment(folder, SCREENDIR=str(sockets))
    with _terminal([screen, "-S", "there", str(shell(folder, command))], folder, env) as terminal:
        try:
            yield terminal
        finally:
            subprocess.run([screen, "-S", "there", "-X", "quit"], env=env, check=False, stdout=subprocess.DEVNULL)


def kept_by_screen(folder: Path) -> str:
    """All that can be scrolled back to in GNU screen, and what it shows."""
    file = folder / "hardcopy"
    env = environment(folder, SCREENDIR=str(folder / "sockets"))
    subprocess.run(["screen", "-S", "there", "-X", "hardcopy", "-h", str(file)], env=env, check=True)  # noqa: S607  # found before
    end = time.monotonic() + PATIENCE
    while not file.exists() or not file.read_bytes().endswith(b"\n"):
        assert time.monotonic() < end, "GNU screen wrote nothing"
        time.sleep(LOOK)
    said = file.read_text(encoding="utf-8", errors="replace")
    file.unlink()
    return said


@contextmanager
def in_mosh(folder: Path, command: Sequence[str]) -> Iterator[Terminal]:
    """A mosh server on this machine, and a client."""
    server, client = (program(name, "what is left in mosh") for name in ("mosh-server", "mosh-client"))
    env = environment(folder)
    begun = subprocess.run(
        [server, "new", "-i", "127.0.0.1", "-l", "LANG=C.UTF-8", "--", str(shell(folder, command))],
        env=env,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    _mosh, _connect, port, key = next(line for line in begun.stdout.splitlines() if "CONNECT" in line).split()
    with _terminal([client, "127.0.0.1", port], folder, {**env, "MOSH_KEY": key}) as terminal:
        yield terminal
        # Its own key for the end, which ends the server, too.
        terminal.press("\x1e.")
        terminal.ended()


@contextmanager
def in_tmux(folder: Path, command: Sequence[str]) -> Iterator[Terminal]:
    """A tmux of its own."""
    tmux = program("tmux", "what a real tmux passes on")
    socket = ["-S", str(folder / "tmux"), "-f", "/dev/null"]
    words = [tmux, *socket, "set", "-g", "status", "off", ";", "new-session", str(shell(folder, command))]
    env = environment(folder)
    with _terminal(words, folder, env) as terminal:
        try:
            yield terminal
        finally:
            subprocess.run([tmux, *socket, "kill-server"], env=env, check=False)


class Dtach:
    """A dtach of its own, to which terminals attach one after another."""

    def __init__(self, folder: Path, command: Sequence[str], redraw: str) -> None:
        self._dtach = program("dtach", "a page that somebody attaches to")
        self._folder, self._redraw = folder, redraw
        self._command = (str(folder / "dtach"), "-r", redraw, str(shell(folder, command)))

    @contextmanager
    def begun(self) -> Iterator[Terminal]:
        """The terminal in which it begins."""
        socket, *rest = self._command
        with _terminal([self._dtach, "-c", socket, *rest], self._folder, environment(self._folder)) as terminal:
            yield terminal

    @contextmanager
    def attached(self) -> Iterator[Terminal]:
        """Another terminal."""
        words = [self._dtach, "-a", self._command[0], "-r", self._redraw]
        with _terminal(words, self._folder, environment(self._folder)) as terminal:
            yield terminal

    def end(self) -> None:
        """End it, and with that what runs in it: its terminal is gone."""
        for place in Path("/proc").glob("[0-9]*"):
            try:
                words = (place / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if self._command[0].encode() in words[:3]:
                os.kill(int(place.name), signal.SIGTERM)


@contextmanager
def _terminal(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> Iterator[Terminal]:
    terminal = Terminal(command, cwd=folder, env=env, scroll_back=1000)
    try:
        yield terminal
    finally:
        terminal.close()


class Xterm:
    """An xterm in a window of an X server that nobody sees. What the program draws there is read from xterm's log."""

    def __init__(self, folder: Path, display: str, log: Path) -> None:
        self._folder, self._display, self._log = folder, display, log
        self._asked: list[bytes] = []

    @property
    def text(self) -> str:
        """The words on the screen."""
        return " ".join(" ".join(self.rows).split())

    @property
    def rows(self) -> list[str]:
        """The screen, line by line."""
        screen = Screen(80, 24)
        stream = Stream(screen)
        for part in SWITCH.split(UNREAD.sub(b"", self.log)):
            if part in (ENTER, LEAVE):
                screen.reset()
            elif part:
                stream.feed(part)
        return screen.rows

    @property
    def log(self) -> bytes:
        """All that the program wrote."""
        said = self._log.read_bytes() if self._log.exists() else b""
        for query in self._asked:
            said = said.replace(query, b"")
        return said

    def wait(self, *wanted: str) -> None:
        """Until words are there."""
        end = time.monotonic() + PATIENCE
        while not all(words in self.text for words in wanted):
            assert time.monotonic() < end, f"never came: {wanted}\n{self.text}"
            time.sleep(0.05)

    def settle(self, seconds: float = 0.5) -> str:
        """The words on the screen, once nothing has been written for so long."""
        size, since = -1, time.monotonic()
        while time.monotonic() - since < seconds:
            if len(self.log) != size:
                size, since = len(self.log), time.monotonic()
            time.sleep(0.05)
        return self.text

    def do(self, *words: str) -> None:
        """Keys and mouse, as xdotool has them."""
        env = {**os.environ, "DISPLAY": self._display}
        subprocess.run(["xdotool", *words], env=env, check=True, timeout=PATIENCE)  # noqa: S607  # found before

    def ask(self, query: bytes) -> None:
        """Have the terminal asked something; what it answers comes to the program like keys."""
        self._asked.append(query)
        with Path(f"/proc/{inside(self._folder)}/fd/0").resolve().open("wb", buffering=0) as tty:
            tty.write(query)


@contextmanager
def in_xterm(folder: Path, command: Sequence[str]) -> Iterator[Xterm]:
    """A real xterm that may be asked anything."""
    what = "what a real xterm sends"
    xvfb, xterm, _tool = (program(name, what) for name in ("Xvfb", "xterm", "xdotool"))
    read, write = os.pipe()
    options = ["-displayfd", str(write), "-screen", "0", "1024x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen([xvfb, *options], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read, encoding="ascii") as said:
        display = f":{said.readline().strip()}"
    log = folder / "log"
    words = [xterm, "-geometry", "80x24+0+0", "-fn", "fixed", "-u8", "-xrm", "*allowWindowOps: true"]
    words += ["-xrm", "*allowTcapOps: true", "-xrm", "*allowColorOps: true", "-l", "-lf", str(log)]
    env = environment(folder, DISPLAY=display)
    window = subprocess.Popen([*words, "-e", str(shell(folder, command))], env=env, cwd=folder)
    there = Xterm(folder, display, log)
    try:
        yield there
    finally:
        for process in (window, server):
            process.terminate()
            process.wait()
