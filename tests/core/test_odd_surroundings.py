"""Odd surroundings: output that cannot be written, closed streams, encodings without letters, endless files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from iop_tui.screening.model.answers import Unknown
from tests import program
from tests.core.small import SMALL
from tests.shipped import PEOPLE
from tests.terminal.terminal import Terminal

ANSWERS = "help_with: [alcohol]\ndrinks: 9\nnight_support: not_sure\nthoughts: never\n"


def run(*arguments: str | Path, env: Mapping[str, str] | None = None, **how: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "iop_tui", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **how}
    return subprocess.run(command, check=False, timeout=60, env={**os.environ, **(env or {})}, **streams)


def shell(line: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in which `iop` is the program and $1 … are the arguments."""
    whole = f'iop() {{ "{sys.executable}" -m iop_tui "$@"; }}; {line}'
    command = ["bash", "-c", whole, "bash", *map(str, arguments)]
    return subprocess.run(command, check=False, timeout=60, capture_output=True)


def one_line(done: subprocess.CompletedProcess[bytes], status: int = 2) -> str:
    assert done.returncode == status, done.stderr
    assert not done.stdout
    assert done.stderr.count(b"\n") == 1, done.stderr
    assert b"Traceback" not in done.stderr
    return done.stderr.decode()


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.yaml"
    path.write_text(ANSWERS)
    return path


def spelt(command: str, answers: Path) -> list[str | Path]:
    """The arguments of a command that has something to print soon."""
    assess: list[str | Path] = ["assess", answers, "--questions", SMALL]
    known: dict[str, list[str | Path]] = {
        "assess": assess,
        "json": [*assess, "--json"],
        "check": ["check", SMALL],
    }
    return known.get(command, [command])


@pytest.mark.parametrize("command", ["assess", "json", "check", "--help", "--version"])
def test_output_that_cannot_be_written_is_a_line(answers: Path, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*spelt(command, answers), stdout=full)
    assert "cannot be written: No space left" in one_line(done, 74)


@pytest.mark.parametrize("command", ["assess", "check", "--help"])
def test_a_reader_that_goes_away_is_no_failure(answers: Path, command: str) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = run(*spelt(command, answers), stdout=theirs)
    finally:
        os.close(theirs)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["assess", "nothere"], ["--nonsense"]])
def test_an_error_never_goes_to_standard_output(arguments: list[str]) -> None:
    done = shell('iop "$@" 2>&-', *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert shell('iop "$@" 2>/dev/full', *arguments).returncode == 2


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_letters_that_the_output_cannot_hold(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.yaml"
    # Of somebody who answered everything: what is left open takes long to go through.
    path.write_text(json.dumps(next(person for person in PEOPLE if not {*Unknown} & {*person.values()})))
    env = {"PYTHONIOENCODING": encoding}
    done = run("assess", path, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"WHICH CARE SHOULD I ASK ABOUT FIRST?" in done.stdout
    done = run("assess", path, "--json", env=env)
    assert json.loads(done.stdout) == json.loads(program.run("assess", path, "--json").stdout)


def test_a_c_locale(answers: Path) -> None:
    env = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = run("assess", answers, "--questions", SMALL, env=env)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_name_that_is_no_text_is_shown_as_well_as_can_be() -> None:
    done = shell("iop check $'\\xff'")
    assert done.returncode == 1
    assert b"there is no such directory" in done.stdout
    assert done.stderr == b""


@pytest.fixture
def ascii_wizard(tmp_path: Path) -> Iterator[Terminal]:
    env = {"PATH": os.defpath, "HOME": str(tmp_path), "TERM": "xterm-256color", "PYTHONIOENCODING": "ascii"}
    root = Path(__file__).parent.parent.parent
    command = (sys.executable, "-m", "iop_tui")
    terminal = Terminal(command, cwd=tmp_path, env={**env, "PYTHONPATH": str(root)}, size=(80, 24))
    yield terminal
    terminal.close()


def test_the_wizard_draws_every_letter_whatever_the_encoding(ascii_wizard: Terminal) -> None:
    ascii_wizard.wait("Start the questions")
    assert b"\\u" not in ascii_wizard.sent
    assert any(byte > 127 for byte in ascii_wizard.sent)


def test_a_name_that_is_too_long_is_a_line(answers: Path) -> None:
    assert "name too long" in one_line(run("assess", answers, "--questions", "x" * 300))
    done = run("check", "x" * 300)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"name too long" in done.stdout


def test_a_named_pipe_and_a_device_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a file" in one_line(run("assess", tmp_path / "pipe"))
    assert "not a file" in one_line(run("assess", "/dev/zero"))
    assert "it is a directory" in one_line(run("assess", tmp_path))


@pytest.mark.parametrize(
    "line",
    [
        'iop assess /dev/stdin --questions "$2" < "$1"',
        'cat "$1" | iop assess /dev/stdin --questions "$2"',
        '(sleep 0.5; cat "$1") | iop assess /dev/stdin --questions "$2"',
        'iop assess <(cat "$1") --questions "$2"',
    ],
)
def test_standard_input_and_what_a_shell_passes_are_read(answers: Path, line: str) -> None:
    done = shell(line, answers, SMALL)
    assert done.returncode == 0, done.stderr
    assert b"Care to ask about: Intensive outpatient (IOP)\n" in done.stdout


def test_standard_input_without_an_end_is_refused() -> None:
    done = shell("cat /dev/zero | iop assess /dev/stdin")
    assert "larger than 1 MB" in one_line(done)


def test_very_many_control_characters_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\0" * 900_000)
    before = time.process_time()
    told = program.run("assess", path)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert "U+0000" in told.stderr
    path.write_bytes(b"\0\n" * 400_000)
    assert program.run("assess", path).stderr.count("\n") == 20
    path.write_bytes(b'- "\\e"\n' * 1000)
    assert program.run("assess", path).stderr.count("\n") == 20
    assert time.process_time() - before < 10
