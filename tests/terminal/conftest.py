"""Fixtures: the shipped screening and its example people, and a program started in empty directories."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

import pytest

import iop_tui
from iop_tui.screening.cases import Case, load_cases
from iop_tui.screening.load import load, shipped
from iop_tui.screening.model import Screening
from iop_tui.screening.problems import Report
from tests.terminal.terminal import Terminal

WIZARD = (sys.executable, "-m", "iop_tui")


class Start(Protocol):
    """Starts a program in a terminal; without a command, the wizard. A variable that is None is not set."""

    def __call__(
        self,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        command: Sequence[str] = WIZARD,
        cwd: Path | None = None,
        ignored: str = "",
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
    ) -> Terminal: ...


@pytest.fixture(scope="session")
def screening() -> Screening:
    return load(shipped())


@pytest.fixture(scope="session")
def cases(screening: Screening) -> tuple[Case, ...]:
    report = Report()
    found = load_cases(shipped(), screening, report)
    report.close()
    return found


@pytest.fixture(scope="session")
def calm(cases: tuple[Case, ...]) -> Case:
    """A person whose answers raise no alarm, and who wants help with something."""
    return next(case for case in cases if case.expect.level == "iop" and not case.expect.alarms)


@pytest.fixture
def rooms() -> Iterator[Mapping[str, Path]]:
    """Three empty directories with short names: where the person is, their home, and the place for passing files."""
    with tempfile.TemporaryDirectory(prefix="iop-") as top:
        made = {name: Path(top).resolve() / name for name in ("cwd", "home", "tmp")}
        for path in made.values():
            path.mkdir()
        yield made


@pytest.fixture
def start(rooms: Mapping[str, Path]) -> Iterator[Start]:
    running: list[Terminal] = []

    def begin(
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        command: Sequence[str] = WIZARD,
        cwd: Path | None = None,
        ignored: str = "",
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
    ) -> Terminal:
        usual: dict[str, str | None] = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(Path(iop_tui.__file__).parent.parent),
            "HOME": str(rooms["home"]),
            "TMPDIR": str(rooms["tmp"]),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        wanted = {name: value for name, value in {**usual, **(env or {})}.items() if value is not None}
        terminal = Terminal(
            command,
            cwd=cwd or rooms["cwd"],
            env=wanted,
            size=size,
            ignored=ignored,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.close()
