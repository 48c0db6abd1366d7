"""What is left in a real terminal, with real scroll-back: tmux can tell."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import iop_tui
from tests.harness.processes import children
from tests.terminal.lobby import ANSWER, INVITES, PRINTING, QUESTIONS, SITE, WELCOMES, patched
from tests.terminal.terminal import LOOK, PATIENCE

pytestmark = pytest.mark.terminal


class Tmux:
    """A tmux of its own, with one window that a kiosk runs in."""

    def __init__(self, program: str, socket: Path) -> None:
        self._command = (program, "-S", str(socket), "-f", "/dev/null")

    def do(self, *words: str) -> str:
        """A command of tmux; what it printed."""
        done = subprocess.run([*self._command, *words], check=True, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout

    @property
    def everything(self) -> str:
        """The screen, what was scrolled off it, and the other screen."""
        return self.do("capture-pane", "-p", "-S", "-", "-E", "-", ";", "capture-pane", "-p", "-q", "-a")

    def told(self, form: str) -> str:
        """What tmux knows of its window."""
        return self.do("display-message", "-p", form).strip()

    def press(self, *keys: str) -> None:
        """Keys, by their names."""
        self.do("send-keys", *keys)

    def wait(self, wanted: Callable[[str], bool], what: str) -> None:
        """Until something holds for everything that is in the window."""
        end = time.monotonic() + PATIENCE
        while not wanted(seen := self.everything):
            assert time.monotonic() < end, f"never came: {what}\n{seen}"
            time.sleep(LOOK)

    def wait_for(self, words: str) -> None:
        """Until words are there."""
        self.wait(lambda seen: words in " ".join(seen.split()), words)


@pytest.fixture
def tmux(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tmux]:
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("NOT TESTED: what is left in the scroll-back of tmux, because there is no tmux")
    site = tmp_path / "site.yaml"
    site.write_text(SITE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(iop_tui.__file__).parent.parent))
    with tempfile.TemporaryDirectory(prefix="iop-") as place:
        there = Tmux(program, Path(place) / "tmux")
        command = patched(tmp_path, site, PRINTING, more=("--questions", str(QUESTIONS)))
        # Somebody worked in this window before.
        lines = [
            sys.executable,
            "-c",
            f"print('earlier\\n' * 100); import os; os.execv({command[0]!r}, {list(command)!r})",
        ]
        there.do("new-session", "-d", "-x", "80", "-y", "24", *lines, ";", "set-option", "remain-on-exit", "on")
        yield there
        there.do("kill-server")


def visit(tmux: Tmux) -> int:
    """Somebody comes, and is at the review; their process."""
    tmux.wait_for(INVITES)
    tmux.press("Space")
    tmux.wait_for(WELCOMES)
    tmux.press("1")
    tmux.wait_for("How many coins do you have?")
    tmux.press(*ANSWER)
    tmux.wait_for(f"[ {ANSWER} ]")
    tmux.press("c")
    tmux.wait_for("I have a plan")
    tmux.press("1")
    tmux.wait_for("show my summary")
    assert ANSWER in tmux.everything
    (child,) = children(int(tmux.told("#{pane_pid}")))
    return child


def assert_greeted(tmux: Tmux) -> None:
    tmux.wait_for(INVITES)
    assert ANSWER not in tmux.everything
    assert "earlier" not in tmux.everything


def test_nothing_is_left_in_tmux(tmux: Tmux) -> None:
    visit(tmux)
    tmux.press("x")
    assert_greeted(tmux)
    os.kill(visit(tmux), signal.SIGKILL)
    assert_greeted(tmux)
    child = visit(tmux)
    tmux.press("h")
    tmux.wait(lambda seen: seen.count(ANSWER) > 50, "a long text")
    os.kill(child, signal.SIGKILL)
    assert_greeted(tmux)
    visit(tmux)
    os.kill(int(tmux.told("#{pane_pid}")), signal.SIGTERM)
    tmux.wait(lambda _seen: tmux.told("#{pane_dead}") == "1", "the kiosk's end")
    # tmux itself may say there that the program is over.
    assert tmux.everything.partition("Pane is dead")[0].strip() == ""
