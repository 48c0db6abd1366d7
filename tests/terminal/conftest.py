"""Fixtures: the shipped screening and its example people, and a program started in empty directories."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Protocol

import pytest
from msgspec import Struct

import iop_tui
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from tests.shipped import CASES, SHIPPED
from tests.terminal import lobby
from tests.terminal.forkserver import DESK, PAGES, ForkServer
from tests.terminal.terminal import Terminal
from tests.terminal.walk import SMALL

PYTHON = sys.executable
WIZARD = (PYTHON, "-m", "iop_tui")
SHORT = (*WIZARD, "--questions", str(SMALL))
"""The wizard with few questions."""
USUAL = {
    "PATH": os.environ.get("PATH", os.defpath),
    "PYTHONPATH": str(Path(iop_tui.__file__).parent.parent),
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
    # What moves is over at a time that no test waits for.
    "NO_MOTION": "1",
}
_READ_LATE = frozenset({"TERM", "COLORTERM", "NO_COLOR", "NO_MOTION"})
"""Variables that are looked at when the first page is made; others are read by Python, and by what it imports."""


class Start(Protocol):
    """Starts a program in a terminal; without a command, the wizard. A variable that is None is not set.

    A program in Python is forked from a server that has imported it. Where it gets variables that are read at its
    start, or `fresh` is wished for, it is started as a person would start it.
    """

    def __call__(
        self,
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        command: Sequence[str] = WIZARD,
        cwd: Path | None = None,
        ignored: str = "",
        scroll_back: int = 0,
        alternate: bool = True,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
        fresh: bool = False,
    ) -> Terminal: ...


class Lobby(Struct, frozen=True):
    """A kiosk that runs: its terminal, what its staff can read, and the directories that it was given."""

    terminal: Terminal
    log: Path
    rooms: Mapping[str, Path]
    began: float

    @property
    def log_lines(self) -> list[str]:
        """What was told to staff."""
        return self.log.read_text(encoding="utf-8").splitlines()


class Open(Protocol):
    """Starts a kiosk with a small screening; `lines` of Python run first."""

    def __call__(self, *lines: str, site: str = lobby.SITE, alternate: bool = True) -> Lobby: ...


@pytest.fixture(scope="session")
def screening() -> Screening:
    return SHIPPED


@pytest.fixture(scope="session")
def small() -> Screening:
    return load(SMALL)


@pytest.fixture(scope="session")
def cases() -> tuple[Case, ...]:
    return CASES


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


class Forks:
    """The fork servers of a session, each begun when it is first needed."""

    def __init__(self) -> None:
        self._servers: dict[tuple[str, ...], ForkServer] = {}

    def of(self, modules: tuple[str, ...]) -> ForkServer:
        """The one that has imported these modules."""
        if modules not in self._servers:
            self._servers[modules] = ForkServer(modules, USUAL)
        return self._servers[modules]

    def close(self) -> None:
        for server in self._servers.values():
            server.close()


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    there = Forks()
    yield there
    there.close()


@pytest.fixture
def start(rooms: Mapping[str, Path], forks: Forks) -> Iterator[Start]:
    running: list[Terminal] = []

    def begin(
        *,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        command: Sequence[str] = WIZARD,
        cwd: Path | None = None,
        ignored: str = "",
        scroll_back: int = 0,
        alternate: bool = True,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
        fresh: bool = False,
    ) -> Terminal:
        usual = {**USUAL, "HOME": str(rooms["home"]), "TMPDIR": str(rooms["tmp"])}
        wanted = {name: value for name, value in {**usual, **(env or {})}.items() if value is not None}
        is_ours = command[0] == PYTHON and command[1] != "-c"
        is_new = fresh or not is_ours or not _READ_LATE.issuperset(env or {})
        terminal = Terminal(
            command,
            cwd=cwd or rooms["cwd"],
            env=wanted,
            size=size,
            ignored=ignored,
            scroll_back=scroll_back,
            alternate=alternate,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            forks=None if is_new else forks.of(DESK if "counselor" in command else PAGES),
        )
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.close()


@pytest.fixture
def kiosk(start: Start, rooms: Mapping[str, Path], tmp_path: Path) -> Open:
    def begin(*lines: str, site: str = lobby.SITE, alternate: bool = True) -> Lobby:
        """To be called once in a test."""
        file, log = tmp_path / "site.yaml", tmp_path / "log"
        file.write_text(site, encoding="utf-8")
        began = time.time()
        with log.open("wb") as error:
            command = lobby.patched(tmp_path, file, *lines, more=("--questions", str(lobby.QUESTIONS)))
            terminal = start(command=command, scroll_back=5000, alternate=alternate, stderr=error)
        return Lobby(terminal, log, rooms, began)

    return begin
