"""Where the wizard cannot work, or its questions cannot be used, it says so in plain lines and does not start."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import pytest

from iop_tui.screening.load import shipped
from tests.terminal.bytes_out import ENTER, words_in
from tests.terminal.conftest import WIZARD, Start

pytestmark = pytest.mark.terminal


def lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.strip()]


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_no_terminal(start: Start, tmp_path: Path, stream: str) -> None:
    path = tmp_path / "elsewhere"
    path.touch()
    with path.open("r+b") as elsewhere:
        streams: dict[str, IO[bytes]] = {stream: elsewhere}
        terminal = start(stdin=streams.get("stdin"), stdout=streams.get("stdout"), stderr=streams.get("stderr"))
        assert terminal.ended() == 2
    said, kept = words_in(terminal.sent), path.read_text(encoding="utf-8")
    error, other = (kept, said) if stream == "stderr" else (said, kept)
    assert len(lines(error)) == 1, error
    name = {"stdin": "input", "stdout": "output", "stderr": "error"}[stream]
    assert f"standard {name} is not a terminal" in error
    assert other == ""
    assert ENTER not in terminal.sent


@pytest.mark.parametrize("name", ["dumb", None], ids=["TERM=dumb", "no TERM"])
def test_a_terminal_that_cannot_show_pages(start: Start, tmp_path: Path, name: str | None) -> None:
    path = tmp_path / "stdout"
    terminal = start(env={"TERM": name})
    assert terminal.ended() == 2
    assert len(lines(words_in(terminal.sent))) == 1
    assert f"TERM={name or 'not set'}" in words_in(terminal.sent)
    assert b"\x1b" not in terminal.sent
    with path.open("w+b") as elsewhere:
        # What is said, is said on standard error.
        terminal = start(env={"TERM": name}, command=[sys.executable, "-c", PIPED], stdout=elsewhere)
        assert terminal.ended() == 2
    assert path.read_bytes() == b""


# The wizard with its standard output on the terminal, and nothing of what it writes there kept apart from its errors,
# would hide which of the two it used: here standard output is a terminal of its own.
PIPED = """
import os, subprocess, sys
ours, theirs = os.openpty()
status = subprocess.run([sys.executable, "-m", "iop_tui"], stdout=theirs).returncode
os.set_blocking(ours, False)
try:
    os.write(1, os.read(ours, 1000))
except BlockingIOError:
    pass
sys.exit(status)
"""


def test_questions_with_problems_are_told_line_by_line(start: Start, rooms: dict[str, Path]) -> None:
    broken = rooms["cwd"] / "broken"
    broken.mkdir()
    for path in sorted(shipped().glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        text = text.replace("{suicide_thoughts: [plan, attempt]}", "{suicide_thoughts: [plam]}")
        text = text.replace("page: medical\n", "page: medicall\n")
        (broken / path.name).write_text(text, encoding="utf-8")
    terminal = start(command=[*WIZARD, "--questions", "broken"])
    assert terminal.ended() == 2
    told = lines(words_in(terminal.sent))
    assert any(line.startswith("broken/safety.yaml:") and "'plam'" in line for line in told)
    assert any(line.startswith("broken/safety.yaml:") and "'medicall'" in line for line in told)
    assert all(line.startswith("broken/") for line in told)
    assert b"\x1b" not in terminal.sent
    assert "broken/safety.yaml:" in terminal.text


def test_questions_that_are_not_there(start: Start) -> None:
    terminal = start(command=[*WIZARD, "--questions", "nowhere"])
    assert terminal.ended() == 2
    assert len(lines(words_in(terminal.sent))) == 1
    assert "nowhere" in terminal.text
    assert b"\x1b" not in terminal.sent
