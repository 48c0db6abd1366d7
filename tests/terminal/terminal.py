"""A program in a real pseudo-terminal: its keys, its mouse, its window, and what a person sees on it."""

from __future__ import annotations

import array
import contextlib
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import pyte

from tests.harness.processes import children
from tests.terminal.bytes_out import ENTER, LEAVE, TEXTUAL_RUNS
from tests.terminal.emulator import HistoryScreen, KeepingScreen, Screen, Stream
from tests.terminal.forkserver import Forked, ForkServer

PATIENCE = 20.0
"""Seconds to wait for something that should come at once: a loaded machine is slow, and is not wrong."""
LOOK = 0.01
"""Seconds between two looks at what no byte on the terminal tells of."""
END_OF_UPDATE = b"\x1b[1;1H"
"""What Textual 8.2.8 ends an update with where no field has the cursor."""
_PIECE = 0.1
"""Seconds after which no further piece of an update is expected, where it may end in another way."""
_MARK = b"\0"
"""A byte that no program writes."""
_ASLEEP = "STZ"
"""States of a thread, in proc(5), in which it neither runs nor waits for its turn."""
ASLEEP = 0.04
"""Seconds of sleep after which a program counts as idle: more than two of Textual's frames."""
UP, DOWN, LEFT, RIGHT = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
ENTER_KEY, TAB, CTRL_C, CTRL_Q, CTRL_U = "\r", "\t", "\x03", "\x11", "\x15"

# The leader of a session gets the terminal that it opens first as its own: from it come hang-up and changes of size.
# Signals are as a shell leaves them, whatever the process that runs the tests does with them.
_LAUNCH = """
import os, signal, sys
tty, ignored = sys.argv[1:3]
os.close(os.open(tty, os.O_RDWR))
for name in ("HUP", "INT", "QUIT", "TERM", "TSTP"):
    how = signal.SIG_IGN if name == ignored else signal.SIG_DFL
    signal.signal(getattr(signal, "SIG" + name), how)
os.execv(sys.argv[3], sys.argv[3:])
"""
# What pyte does not read: a soft reset, questions about modes, the keyboard protocol, titles and device strings; and
# what is left of a sequence whose middle was flushed, with more numbers than its letter takes. Terminals pass over
# those.
UNREAD = re.compile(
    rb"\x1b\[!p|\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
    rb"|\x1b\[\?[0-9;]*[A-IL-Zabd-gijkmo-z@`]"
    rb"|\x1b\[[0-9]*(?:;[0-9]*)+[A-GI-Za-egi-kn-qs-z@`]|\x1b\[[0-9]*(?:;[0-9]*){2,}[Hfr]"
)
_CUT_OFF = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?)?\Z")
SWITCH = re.compile(rb"(" + re.escape(ENTER) + rb"|" + re.escape(LEAVE) + rb")")


class Terminal:
    """A program and the screen that it draws. To be closed: as a context, or by `close`."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        cwd: Path,
        env: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        ignored: str = "",
        scroll_back: int = 0,
        alternate: bool = True,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
        forks: ForkServer | None = None,
    ) -> None:
        """`scroll_back` is how many lines are kept that left the normal screen. `alternate` is whether there is another
        screen for full pages; without one the terminal is like GNU screen. `forks` is what has imported the program
        already, where that is not to be started anew.
        """
        self.sent = b""
        """Every byte that the program wrote to the terminal."""
        self.after_piece: Callable[[], None] = lambda: None
        """Called after each piece of what the program writes, as soon as it is on the screen."""
        keeping = HistoryScreen if alternate else KeepingScreen
        self.normal = keeping(*size, history=scroll_back) if scroll_back else Screen(*size)
        self.full = Screen(*size) if alternate else self.normal
        self._on(self.normal)
        self._kept, self._marked = b"", False
        self._master, self._slave = os.openpty()
        self._set_size(*size)
        self.before: list[object] = termios.tcgetattr(self._slave)
        """The settings of the terminal before the program started."""
        self._process: subprocess.Popen[bytes] | Forked
        tty = os.ttyname(self._slave)
        if forks is not None:
            streams = [stream.fileno() if stream else self._slave for stream in (stdin, stdout, stderr)]
            assert command[0] == sys.executable
            self._process = forks.start(command[1:], tty=tty, cwd=cwd, env=env, streams=streams, ignored=ignored)
        else:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _LAUNCH, tty, ignored, *command],
                cwd=cwd,
                env=env,
                stdin=stdin or self._slave,
                stdout=stdout or self._slave,
                stderr=stderr or self._slave,
                start_new_session=True,
            )
        self.pid = self._process.pid

    # ---- what a person sees ----

    @property
    def lines(self) -> list[str]:
        """The screen, line by line."""
        return [line.rstrip() for line in self._screen.rows]

    @property
    def cells(self) -> list[list[tuple[object, ...]]]:
        """The screen, cell by cell: all that can be seen of each. Nobody sees the colour or weight of an empty one."""
        rows = (self._screen.buffer[y] for y in range(self._screen.lines))
        return [[_seen(row[x]) for x in range(self._screen.columns)] for row in rows]

    @property
    def text(self) -> str:
        """The words on the screen, each line after the other, without the room between them."""
        return " ".join(" ".join(self._screen.rows).split())

    @property
    def scrolled_off(self) -> list[str]:
        """The lines that left the normal screen, as far as they are kept."""
        kept = self.normal.history.top if isinstance(self.normal, HistoryScreen) else ()
        return ["".join(line[column].data for column in sorted(line)).rstrip() for line in kept]

    @property
    def settings(self) -> list[object]:
        """The settings of the terminal now."""
        return termios.tcgetattr(self._slave)

    def wait(self, *wanted: str, gone: Sequence[str] = ()) -> None:
        """Until all that is wanted, and nothing of what should go, is on the screen."""

        def there() -> bool:
            seen = self.text
            return all(words in seen for words in wanted) and not any(words in seen for words in gone)

        self.wait_for(there, f"wanted {wanted}" + (f" and not {tuple(gone)}" if gone else ""))
        self._read_to_end_of_update()

    def _read_to_end_of_update(self) -> None:
        """Read an update of Textual's to its end. A busy machine brings it in pieces, and half of one page over half of
        another may have all that is wanted: a key would be pressed before the page is there. The page that comes before
        Textual is written at once, and is not waited for.
        """
        while TEXTUAL_RUNS in self.sent and self._screen is self.full and not self.sent.endswith(END_OF_UPDATE):
            if not self._pump(_PIECE):
                return

    def wait_running(self) -> None:
        """Until the first page is there, and Textual with it: the page may come first."""
        self.wait_for(lambda: TEXTUAL_RUNS in self.sent, "wanted Textual to start")
        self.until_idle()

    def wait_for(self, there: Callable[[], bool], what: str) -> None:
        """Until something holds for the screen, or for the program."""
        end = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > end:
                raise AssertionError(f"never came: {self._told(what)}")
            if not self._pump(LOOK) and self._process.poll() is not None and not self._pump(0.1) and not there():
                raise AssertionError(f"the program ended ({self._process.returncode}): {self._told(what)}")

    def read_until(self, there: Callable[[], bool], what: str) -> None:
        """Read what comes until something holds, though the program may be over: others may use its terminal still."""
        end = time.monotonic() + PATIENCE
        while not there():
            assert time.monotonic() < end, self._told(what)
            self._pump(LOOK)
        self.read_all()

    def watch(self, seconds: float) -> None:
        """Read what comes for so long. Only for tests that choose a moment: none may need one."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._pump(left)

    def until_idle(self, asleep: float = ASLEEP) -> None:
        """Until the program has done all that it had to do: it took every key, each of its threads sleeps and was not
        woken for a while, and all that it wrote was read. However busy the machine is, who waits for its turn does not
        sleep. What waits longer than that for its time is not waited for.
        """
        since, before = time.monotonic(), None
        end = since + PATIENCE
        while True:
            now, state = time.monotonic(), self._asleep()
            if self._pump(0) or state is None or state != before:
                since, before = now, state
            elif now - since > asleep and not self._untaken():
                return
            assert now < end, self._told("the program is never idle")
            self._pump(LOOK / 2)

    def find(self, words: str) -> tuple[int, int]:
        """Column and row, from 1, of the words on the screen."""
        for row, line in enumerate(self._screen.rows, 1):
            if words in line:
                return line.index(words) + 1, row
        raise AssertionError(f"not on the screen: {words!r}\n" + "\n".join(self.lines))

    def reversed_words(self) -> str:
        """What is shown in reverse video, or with the colours of most of the text exchanged."""
        rows = (self._screen.buffer[y] for y in range(self._screen.lines))
        cells = [row[x] for row in rows for x in range(self._screen.columns)]
        # An empty cell has a colour that nobody sees.
        ((usual, _count),) = Counter(cell.fg for cell in cells if cell.data != " ").most_common(1)
        return "".join(cell.data for cell in cells if cell.reverse or (cell.bg == usual and usual != "default"))

    # ---- what a person does ----

    def press(self, keys: str) -> None:
        """Keys, as the terminal sends them."""
        os.write(self._master, keys.encode())

    def type(self, data: bytes, patience: float = PATIENCE) -> None:
        """Bytes of any kind and number, at the speed at which the program takes them."""
        end = time.monotonic() + patience
        while data:
            assert time.monotonic() < end, "the program does not take what is typed"
            _ready, room, _error = select.select([], [self._master], [], 0.02)
            if room:
                data = data[os.write(self._master, data[:1024]) :]
            self._pump(0)

    def type_unread(self, keys: str) -> None:
        """Keys, while nothing of what they bring about is read: the terminal is as slow as can be. Until they are
        taken, and the program sleeps: it drew what it could.
        """
        os.write(self._master, keys.encode())
        end = time.monotonic() + PATIENCE
        before = None
        while time.monotonic() < end:
            state = self._asleep()
            if state is not None and state == before and not self._untaken():
                return
            before = state
            time.sleep(LOOK)

    def click(self, words: str) -> None:
        """A click on words, once they are on the screen and nothing moves: a page may come in more than one piece."""
        self.wait_for(lambda: any(words in line for line in self.lines), f"wanted {words!r} to click on")
        self.until_idle()
        column, row = self.find(words)
        self.press(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def write_over(self, words: str) -> None:
        """Somebody else writes on the terminal: a message to all users, the kernel, a program in the background."""
        os.write(self._slave, words.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Another size of the window."""
        for screen in {self.normal, self.full}:
            screen.resize(rows, columns)
        self._set_size(columns, rows)

    def signal(self, number: signal.Signals) -> None:
        """A signal to the program."""
        os.kill(self.pid, number)

    def until_read(self) -> None:
        """Until the program has taken every key that was pressed."""
        end = time.monotonic() + PATIENCE
        while self._untaken():
            assert time.monotonic() < end, self._told("the program never took the keys")
            self._pump(0.001)

    def until_stopped(self) -> None:
        """Until the program is stopped, as a shell stops one for a while, and all that it wrote before was read."""
        status = Path(f"/proc/{self.pid}/stat")
        self.wait_for(lambda: status.read_text().rpartition(")")[2].split()[0] == "T", "the program was never stopped")
        self.read_all()

    def read_all(self) -> None:
        """Read all that was written until now: what we write to the terminal ourselves comes after it."""
        while self._pump(0):
            pass
        if self._master < 0:
            return
        self._marked = False
        os.write(self._slave, _MARK)
        end = time.monotonic() + PATIENCE
        while not self._marked:
            assert time.monotonic() < end, self._told("the terminal lost what was written")
            self._pump(LOOK)

    def take_back_settings(self) -> None:
        """Give the terminal its settings of before, as a shell does for its own prompt."""
        termios.tcsetattr(self._slave, termios.TCSANOW, self.before)  # type: ignore[arg-type]  # as they were got

    def hang_up(self) -> None:
        """The window is closed: the line is cut."""
        os.close(self._slave)
        os.close(self._master)
        self._master = self._slave = -1

    def ended(self, patience: float = PATIENCE) -> int:
        """Wait for the end; the exit status, less than 0 where a signal killed the program."""
        end = time.monotonic() + patience
        while (status := self._process.poll()) is None:
            assert time.monotonic() < end, self._told("the program did not end")
            if self._master < 0:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(LOOK)
            else:
                self._pump(LOOK)
        self.read_all()
        return status

    def close(self) -> None:
        """End the program, if it still runs, and give the terminal back."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for handle in (self._master, self._slave):
            if handle >= 0:
                os.close(handle)
        self._master = self._slave = -1

    # ---- inside ----

    def _told(self, what: str) -> str:
        return f"{what}; the screen shows\n" + "\n".join(self.lines)

    def _untaken(self) -> int:
        """How many bytes were pressed that the program has not taken."""
        left = array.array("i", [1])
        fcntl.ioctl(self._slave, termios.FIONREAD, left)
        return left[0]

    def _asleep(self) -> Sequence[str] | None:
        """How often each thread of the program and of its children slept; None where one of them does not sleep."""
        threads: list[str] = []
        for process in (self.pid, *children(self.pid)):
            for thread in Path(f"/proc/{process}/task").glob("*/status"):
                try:
                    said = thread.read_text()
                except (FileNotFoundError, ProcessLookupError):
                    return None
                if said[said.index("\nState:\t") + 8] not in _ASLEEP:
                    return None
                threads.append(said[said.index("\nvoluntary_ctxt_switches:") :])
        return threads or None

    def _on(self, screen: Screen | HistoryScreen) -> None:
        self._screen, self._stream = screen, Stream(screen)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _pump(self, timeout: float) -> bool:
        """Read what there is; False where nothing came."""
        if self._master < 0 or not select.select([self._master], [], [], timeout)[0]:
            return False
        data = os.read(self._master, 1 << 16)
        if _MARK in data:
            self._marked, data = True, data.replace(_MARK, b"")
        self.sent += data
        data = self._kept + data
        cut = _CUT_OFF.search(data)
        at = cut.start() if cut else len(data)
        data, self._kept = data[:at], data[at:]
        for part in SWITCH.split(UNREAD.sub(b"", data)):
            if part == ENTER and self.full is not self.normal:
                self.full.reset()
                self._on(self.full)
            elif part == LEAVE:
                self._on(self.normal)
            elif part and part != ENTER:
                self._stream.feed(part)
        self.after_piece()
        return True


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    """What can be seen of a cell: the letter, its ground and its colour."""
    if cell.data == " ":
        return cell.data, cell.bg, cell.underscore, cell.reverse and cell.fg
    return tuple(cell)
