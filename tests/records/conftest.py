"""Fixtures: records on SQLite and on PostgreSQL, with keys that cost little."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iop_tui.records import clocks, envelope, open_records
from iop_tui.records.store import Records
from tests.records.made import SECRET, Clock
from tests.records.room import in_memory
from tests.records.server import NoServerError, Server, running

Open = Callable[..., Records]


@pytest.fixture(autouse=True)
def _cheap_keys(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "costly" not in request.fixturenames:
        monkeypatch.setattr(envelope, "_COST", 1 << 4)


@pytest.fixture
def costly() -> None:
    """Keys as they are in earnest."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The machine's clock, as a test has it; right at first, as the server's is."""
    clock = Clock()
    monkeypatch.setattr(clocks, "utc_now", lambda: clock.now)
    return clock


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    try:
        with running() as server:
            yield server
    except NoServerError as why:
        pytest.skip(f"NOT TESTED with PostgreSQL: {why}")


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that may be ended."""
    try:
        with running() as server:
            yield server
    except NoServerError as why:
        pytest.skip(f"NOT TESTED with PostgreSQL: {why}")


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is room: each save waits for the disk, and no test can cut the power."""
    with in_memory() as room:
        yield room or tmp_path


@pytest.fixture
def file_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/records.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return str(request.getfixturevalue("file_url"))
    server: Server = request.getfixturevalue("server")
    return server.fresh()


@pytest.fixture
def opened() -> Iterator[Open]:
    every: list[Records] = []

    def open_them(url: str, passphrase: str = SECRET, *, by: str = "ada", create: bool = True) -> Records:
        records = open_records(url, passphrase, by=by, create=create)
        every.append(records)
        return records

    yield open_them
    for records in every:
        records._database.close()


@pytest.fixture
def records(opened: Open, url: str) -> Records:
    return opened(url)
