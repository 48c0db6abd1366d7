"""Where a kiosk cannot run, it says so in plain lines, draws nothing and leaves the terminal as it was."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import pytest

from iop_tui.site.pin import is_right
from tests.terminal.bytes_out import words_in
from tests.terminal.conftest import WIZARD, Start
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

KIOSK = (*WIZARD, "kiosk")


def refused(terminal: Terminal, status: int = 2) -> list[str]:
    """The lines that were said instead."""
    assert terminal.ended() == status
    assert b"\x1b" not in terminal.sent
    assert terminal.settings == terminal.before
    return [line for line in words_in(terminal.sent).splitlines() if line.strip()]


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_a_stream_that_is_no_terminal(start: Start, tmp_path: Path, stream: str) -> None:
    path = tmp_path / "elsewhere"
    path.touch()
    with path.open("r+b") as elsewhere:
        streams: dict[str, IO[bytes]] = {stream: elsewhere}
        terminal = start(command=KIOSK, stdin=streams.get("stdin"), stdout=streams.get("stdout"))
        [line] = refused(terminal)
    assert f"standard {stream[3:]}" in line
    assert "not a terminal" in line
    assert path.read_bytes() == b""


@pytest.mark.parametrize("name", ["dumb", None], ids=["TERM=dumb", "no TERM"])
def test_a_terminal_that_cannot_show_pages(start: Start, name: str | None) -> None:
    [line] = refused(start(command=KIOSK, env={"TERM": name}))
    assert f"TERM={name or 'not set'}" in line


def test_every_problem_of_a_site_file_is_told(start: Start, rooms: dict[str, Path]) -> None:
    (rooms["cwd"] / "site.yaml").write_text("clinic: 7\nclinics: Lakeside\ntimes: {idle: 5}\n", encoding="utf-8")
    lines = refused(start(command=[*KIOSK, "--site", "site.yaml"]))
    assert {line.split(" ")[0] for line in lines} >= {"site.yaml:2:", "site.yaml:3:"}
    assert all(line.startswith("site.yaml:") for line in lines)


def test_a_pin_that_was_written_as_it_is_is_not_repeated(start: Start, rooms: dict[str, Path]) -> None:
    (rooms["cwd"] / "site.yaml").write_text('staff: {pin: "864209"}\n', encoding="utf-8")
    [line] = refused(start(command=[*KIOSK, "--site", "site.yaml"]))
    assert line.startswith("site.yaml:1:")
    assert "--new-pin" in line
    assert "864209" not in line


@pytest.mark.parametrize("option", ["--site", "--questions"])
def test_a_file_that_is_not_there(start: Start, option: str) -> None:
    [line] = refused(start(command=[*KIOSK, option, "nowhere"]))
    assert "nowhere" in line


def test_problems_of_both_are_told_at_once(start: Start) -> None:
    lines = refused(start(command=[*KIOSK, "--site", "no-site.yaml", "--questions", "no-questions"]))
    assert sorted(line.partition(":")[0] for line in lines) == ["no-questions", "no-site.yaml"]


def test_two_things_at_once(start: Start) -> None:
    [line] = refused(start(command=[*KIOSK, "--check", "--new-pin"]))
    assert "--check" in line
    assert "--new-pin" in line


WITHOUT_SEGNO = """
import sys
sys.modules["segno"] = None
from iop_tui.cli import main
main()
"""


def test_a_code_without_what_draws_it(start: Start, tmp_path: Path) -> None:
    script, site = tmp_path / "kiosk.py", tmp_path / "site.yaml"
    script.write_text(WITHOUT_SEGNO, encoding="utf-8")
    site.write_text("qr: yes\n", encoding="utf-8")
    [line] = refused(start(command=[sys.executable, str(script), "kiosk", "--site", str(site)]))
    assert "pip install 'iop-tui[kiosk]'" in line


def ask_pin(start: Start, keys: Sequence[str]) -> Terminal:
    """Type PINs into `--new-pin`, each when it is asked for."""
    terminal = start(command=[*KIOSK, "--new-pin"], size=(200, 24))
    for asked, key in zip(("PIN, 4 to 12 digits:", "The same again:") * 2, keys, strict=False):
        count = words_in(terminal.sent).count(asked)
        terminal.wait_for(lambda asked=asked, count=count: words_in(terminal.sent).count(asked) > count, asked)  # type: ignore[misc]  # each waits for its own
        terminal.press(key + "\n")
    return terminal


def test_a_new_pin_is_not_shown_and_its_line_holds(start: Start) -> None:
    terminal = ask_pin(start, ["864209", "864209"])
    assert terminal.ended() == 0
    assert terminal.settings == terminal.before
    said = words_in(terminal.sent)
    assert "864209" not in said
    line = next(line for line in said.splitlines() if line.strip().startswith("pin:"))
    assert is_right("864209", line.split('"')[1])


def test_a_pin_typed_in_two_ways_is_asked_for_again(start: Start) -> None:
    terminal = ask_pin(start, ["864209", "111111", "4321", "4321"])
    assert terminal.ended() == 0
    said = words_in(terminal.sent)
    assert not [pin for pin in ("864209", "111111", "4321\r") if pin in said]


@pytest.mark.parametrize("pin", ["letters", "123", "1" * 13, "12 34"])
def test_a_pin_of_no_use(start: Start, pin: str) -> None:
    terminal = ask_pin(start, [pin, pin])
    assert terminal.ended() == 2
    said = words_in(terminal.sent)
    assert "4 to 12 digits" in said.splitlines()[-1]
    assert "scrypt" not in said
    assert terminal.settings == terminal.before
