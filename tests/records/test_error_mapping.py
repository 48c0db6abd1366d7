"""What fails outside of the program: a full disk, a file that can only be read, somebody who does not let go."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from iop_tui.records import database
from iop_tui.records.errors import Busy, CannotWrite, RecordsError
from iop_tui.records.store import Records
from tests.records.conftest import Open
from tests.records.made import NOW, SECRET, a_call, card_of, noted

ROOT = Path(__file__).parent.parent.parent
_UNTIL_FULL = """
import resource, sys
from iop_tui.records import envelope, open_records
from iop_tui.records.errors import RecordsError
from tests.records.made import SECRET, a_call, card_of
envelope._COST = 16
records = open_records(sys.argv[1], SECRET, by="ada", create=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
while True:
    call = a_call(answers=40)
    try:
        records.save(call, card_of(call), 0)
    except RecordsError as trouble:
        print(type(trouble).__name__, trouble)
        break
    print(call.id, flush=True)
"""


def extra_pragma(monkeypatch: pytest.MonkeyPatch, pragma: str) -> None:
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, pragma))


def save_until_it_fails(records: Records) -> None:
    for _ in range(100):
        call = a_call()
        records.save(call, card_of(call), 0)


def test_a_full_disk_is_told_and_what_was_saved_is_whole(opened: Open, file_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _UNTIL_FULL, file_url], capture_output=True, text=True, check=True, cwd=ROOT, timeout=60
    )
    *saved, last = done.stdout.splitlines()
    assert saved
    assert last.startswith("CannotWrite")
    assert "what was saved before is whole" in last
    assert done.stderr == ""
    records = opened(file_url)
    assert {card.id for card in records.cards()} == set(saved)
    assert records.verify() == ()


def test_a_disk_without_room_for_more_pages_is_told(
    opened: Open, file_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(file_url).close()
    extra_pragma(monkeypatch, "max_page_count = 12")
    records = opened(file_url)
    with pytest.raises(CannotWrite, match="disk is full"):
        save_until_it_fails(records)
    assert len(records.cards()) > 0


def test_records_that_can_only_be_read_are_told(opened: Open, file_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(file_url).close()
    extra_pragma(monkeypatch, "query_only = ON")
    with pytest.raises(CannotWrite, match="can only be read"):
        opened(file_url)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_without_permission_is_told(opened: Open, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o500)
    with pytest.raises(CannotWrite, match="Permission denied"):
        opened(f"sqlite:///{closed}/data/records.db")


def test_somebody_who_does_not_let_go_is_told_and_the_next_save_works(
    opened: Open, file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra_pragma(monkeypatch, "busy_timeout = 50")
    records = opened(file_url)
    call = a_call()
    version = records.save(call, card_of(call), 0)
    other = sqlite3.connect(tmp_path / "data" / "records.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="try again"):
        records.save(noted(call, "more"), card_of(call), version)
    assert records.cards()[0].id == call.id
    other.execute("ROLLBACK")
    other.close()
    assert records.save(noted(call, "more"), card_of(call), version) == version + 1


def test_somebody_who_lets_go_in_time_is_waited_for(opened: Open, file_url: str, tmp_path: Path) -> None:
    records = opened(file_url)
    other = sqlite3.connect(tmp_path / "data" / "records.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.2, lambda: other.execute("ROLLBACK"))
    timer.start()
    call = a_call()
    assert records.save(call, card_of(call), 0) == 1
    timer.join()
    other.close()


@pytest.mark.parametrize("package", ["sqlalchemy", "cryptography"])
def test_a_missing_package_names_the_extra(package: str) -> None:
    code = f"""
import sys
sys.modules[{package!r}] = None
from iop_tui.records import default_url, exists, open_records, required
from iop_tui.records.errors import RecordsError
default_url()
for attempt in (lambda: exists(None), lambda: required("/x"), lambda: open_records(None, "x", by="x", create=False)):
    try:
        attempt()
    except RecordsError as trouble:
        print(trouble)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.count("pip install 'iop-tui[counselor]'") == 3


def test_a_missing_driver_names_the_extra() -> None:
    code = """
import sys
sys.modules["psycopg"] = None
from iop_tui.records import exists
from iop_tui.records.errors import RecordsError
try:
    exists("postgresql://ada@127.0.0.1/x")
except RecordsError as trouble:
    print(trouble)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "postgresql" in done.stdout
    assert "pip install" in done.stdout


def test_nothing_of_a_call_is_in_the_clear(opened: Open, file_url: str, tmp_path: Path) -> None:
    records = opened(file_url)
    call = noted(a_call(), "sleeps in the car")
    records.save(call, card_of(call, state="call_back"), 0)
    held = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    for word in (
        b"sleeps",
        b"Do you feel safe",
        b"question_0",
        b"call_back",
        b"level-of-care",
        b'iop"',
        SECRET.encode(),
    ):
        assert word not in held
    assert NOW.isoformat()[:16].encode() not in held
    assert b"ada" in held


def test_what_is_deleted_or_replaced_is_gone_from_the_files(opened: Open, file_url: str, tmp_path: Path) -> None:
    records = opened(file_url)
    calls = [a_call(answers=60) for _ in range(8)]
    for call in calls:
        records.save(call, card_of(call), 0)
    path = tmp_path / "data" / "records.db"
    with sqlite3.connect(path) as connection:
        boxes = dict(connection.execute("SELECT id, contents FROM iop_calls").fetchall())
        cards = dict(connection.execute("SELECT id, card FROM iop_calls").fetchall())
    connection.close()

    def stands(box: bytes) -> bool:
        """Whether any piece of it stands in any of the files: a page may hold only a part."""
        held = b"".join(file.read_bytes() for file in path.parent.iterdir())
        return any(box[start : start + 32] in held for start in range(0, len(box) - 32, 32))

    assert all(stands(box) for box in boxes.values())
    records.delete(calls[0].id)
    assert not stands(boxes[calls[0].id])
    assert not stands(cards[calls[0].id])
    assert stands(boxes[calls[1].id])
    records.save(noted(calls[1], "replaced"), card_of(calls[1]), 1)
    records.close()
    assert not stands(boxes[calls[1].id])
    again = opened(file_url)
    again.change_passphrase("an entirely new passphrase")
    assert not any(stands(box) for box in boxes.values())


def test_no_trouble_carries_what_caused_it(opened: Open, file_url: str, tmp_path: Path) -> None:
    """A traceback that somebody prints has no rows in it."""
    records = opened(file_url)
    call = a_call("sleeps in the car")
    records.save(call, card_of(call), 0)
    with sqlite3.connect(tmp_path / "data" / "records.db") as connection:
        connection.execute("DROP TABLE iop_audit")
    connection.close()
    with pytest.raises(RecordsError) as told:
        records.save(noted(call, "more"), card_of(call), 1)
    assert told.value.__suppress_context__


def test_a_save_waits_for_the_disk(opened: Open, url: str) -> None:
    """No test can cut the power: it asks the database what it was told to do."""
    wanted = {"synchronous": 2, "fullfsync": 1, "secure_delete": 1, "journal_mode": "wal"}
    if not url.startswith("sqlite"):
        wanted = {"synchronous_commit": "on", "fsync": "on"}
    ask = "PRAGMA" if url.startswith("sqlite") else "SHOW"
    with opened(url)._database.writing() as connection:
        assert {name: connection.exec_driver_sql(f"{ask} {name}").scalar() for name in wanted} == wanted
