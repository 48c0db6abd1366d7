"""Where textual-serve or textual-web start the program, a browser shows in words why there are no pages."""

from __future__ import annotations

import subprocess
import sys

import pytest

from iop_tui.cli_support.exit_status import BAD_INPUT


def run(*words: str) -> subprocess.CompletedProcess[bytes]:
    """The program, between pipes."""
    command = [sys.executable, "-m", "iop_tui", *words]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)


def in_browser(done: subprocess.CompletedProcess[bytes]) -> str:
    """What a browser shows, by the protocol of textual-serve 1.1.3 (`app_service.py`): nothing without the prelude, and
    then the packets of data. A packet that says the app is over would lay a page over them.
    """
    prelude, _line, left = done.stdout.partition(b"\n")
    assert prelude == b"__GANGLION__"
    shown = b""
    while left:
        kind, size = left[:1], int.from_bytes(left[1:5], "big")
        assert kind == b"D"
        assert len(left) >= 5 + size
        shown, left = shown + left[5 : 5 + size], left[5 + size :]
    return shown.decode()


@pytest.fixture(autouse=True)
def _served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    monkeypatch.setenv("COLUMNS", "44")


@pytest.mark.parametrize(
    "words",
    [(), ("--line",), ("--questions", "questions", "--watch"), ("kiosk",), ("counselor", "--as", "ana")],
    ids=["wizard", "line by line", "watching", "kiosk", "counselor"],
)
def test_a_browser_is_told_why_there_are_no_pages(words: tuple[str, ...]) -> None:
    done = run(*words)
    shown = in_browser(done)
    assert " ".join(shown.split()) == (
        "This does not work in a web browser. Your answers would leave your computer. Start it in a terminal: iop-tui "
        "In danger right now? Call 911. Or tell someone near you."
    )
    assert max(map(len, shown.split("\r\n"))) < 44
    # Whoever runs the server is told, too.
    assert b"iop-tui: This does not work in a web browser." in done.stderr
    assert done.returncode == BAD_INPUT


def test_a_browser_is_told_in_the_language_that_was_asked_for() -> None:
    assert "Esto no funciona en un navegador web." in " ".join(in_browser(run("--language", "es")).split())


def test_a_pipe_without_a_browser_behind_it_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER")
    done = run()
    assert b"Start the questions" in done.stdout
    assert b"__GANGLION__" not in done.stdout
