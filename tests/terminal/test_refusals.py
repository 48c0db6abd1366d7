"""Where the wizard cannot work, or its questions cannot be used, it says so in plain lines and does not start."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import pytest

from iop_tui.screening.shipped import shipped
from tests.terminal import walk
from tests.terminal.bytes_out import ENTER, words_in
from tests.terminal.conftest import WIZARD, Start

pytestmark = pytest.mark.terminal


def lines(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.strip()]


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_no_terminal_brings_lines_instead_of_pages(start: Start, tmp_path: Path, stream: str) -> None:
    path = tmp_path / "elsewhere"
    path.touch()
    with path.open("r+b") as elsewhere:
        streams: dict[str, IO[bytes]] = {stream: elsewhere}
        terminal = start(stdin=streams.get("stdin"), stdout=streams.get("stdout"), stderr=streams.get("stderr"))
        if stream != "stdin":
            terminal.press("quit\ryes\r")
        assert terminal.ended() == 0
    said, kept = words_in(terminal.sent), path.read_text(encoding="utf-8")
    assert "1. Start the questions" in (kept if stream == "stdout" else said)
    assert "\x1b" not in kept
    assert ENTER not in terminal.sent


@pytest.mark.parametrize(
    "env", [{"TERM": "dumb"}, {"TERM": None}, {"ACCESSIBLE": "1"}], ids=["TERM=dumb", "no TERM", "ACCESSIBLE"]
)
def test_a_terminal_that_cannot_show_pages_or_a_person_who_cannot_see_them_gets_lines(
    start: Start, env: dict[str, str | None]
) -> None:
    terminal = start(env=env)
    terminal.wait("5. Leave")
    terminal.press("quit\r")
    terminal.wait("Yes or no:")
    terminal.press("yes\r")
    assert terminal.ended() == 0
    assert b"\x1b" not in terminal.sent


def test_the_language_of_the_environment_is_spoken(start: Start) -> None:
    terminal = start(env={"LANG": "es_MX.UTF-8"})
    terminal.wait("Empezar las preguntas")
    terminal.press("1")
    terminal.wait("¿Por quién contesta?")
    terminal.press("l")
    terminal.wait("Who are you answering for?")
    assert walk.leave(terminal) == 0


def test_questions_with_problems_are_told_line_by_line(start: Start, rooms: dict[str, Path]) -> None:
    broken = rooms["cwd"] / "broken"
    broken.mkdir()
    for path in sorted(shipped().glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        text = text.replace("when: {suicide_thoughts: often}", "when: {suicide_thoughts: [plam]}")
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
