"""The counselor's screen in a real terminal: from a new passphrase to a finished call, and what is left on disk."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

import iop_tui
from tests.terminal.terminal import Terminal

WORDS = "copper violin tide nine"
pytestmark = pytest.mark.terminal


def counselor(home: Path) -> Terminal:
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(Path(iop_tui.__file__).parent.parent),
        "HOME": str(home),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
    records = f"sqlite:///{home / 'calls.db'}"
    command = [sys.executable, "-m", "iop_tui", "counselor", "--as", "ana", "--records", records]
    return Terminal(command, cwd=home, env=env, size=(120, 40))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


def test_a_call_is_kept_encrypted_and_found_again_by_the_passphrase_alone(home: Path) -> None:
    with closing(counselor(home)) as terminal:
        terminal.wait("Make a passphrase")
        terminal.press(WORDS + "\r")
        terminal.press(WORDS + "\r")
        terminal.wait("N begins a new one.")
        terminal.press("n")
        terminal.wait("To the list")
        terminal.press("y")
        terminal.wait("Caller reference")
        terminal.press("folder seventeen\r")
        terminal.press("whispers in a stairwell")
        terminal.wait("Saved")
        terminal.press("\x1b")
        terminal.wait("To the list")
        terminal.press("f")
        terminal.wait("Finish this call")
        terminal.press("1")
        terminal.wait("This call is finished.")
        terminal.press("5")
        terminal.wait("folder seventeen", "1 in all, 0 not finished")
        terminal.press("q")
        terminal.wait("Leave?")
        terminal.press("2")
        assert terminal.ended() == 0
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        for secret in (b"stairwell", b"seventeen", b"violin"):
            assert secret not in data, path.name
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name
    with closing(counselor(home)) as terminal:
        terminal.wait("Type the passphrase")
        terminal.press("not the passphrase\r")
        terminal.wait("This is not the passphrase")
        terminal.press(WORDS + "\r")
        terminal.wait("folder seventeen")
        assert WORDS.encode() not in terminal.sent
        terminal.press("/stairwell\r")
        terminal.wait("To the list")
