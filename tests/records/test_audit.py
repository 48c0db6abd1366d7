"""The audit: whatever is altered, removed or put in behind the program's back has a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_tui.call.record import Call
from iop_tui.records import open_records
from iop_tui.records.store import Records
from tests.records.conftest import Open
from tests.records.made import OTHER, SECRET, a_call, card_of

Tamper = Callable[[sqlite3.Connection, Call], object]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.db"


def saved(path: Path, *, changed: bool) -> Call:
    """A call with six saves, twice read, in records that were opened thrice, under the same passphrase or changed."""

    def opened() -> Records:
        return open_records(f"sqlite:///{path}", SECRET, by="ada", create=True)

    records = opened()
    call, other = a_call(), a_call()
    records.save(other, card_of(other), 0)
    for version in range(6):
        records.save(call, card_of(call), version)
    records.read(call.id)
    records.delete(other.id)
    if changed:
        records.change_passphrase(OTHER)
        records.change_passphrase(SECRET)
        records.save(call, card_of(call), 6)
    again = opened()
    again.read(call.id)
    records.close()
    again.close()
    last = opened()
    assert last.verify() == ()
    last.close()
    return call


_MADE: dict[str, tuple[Call, bytes]] = {}


@pytest.fixture(params=["the same passphrase", "changed since"])
def call(request: pytest.FixtureRequest, path: Path) -> Call:
    """A call in a file of records that nobody has open. The file is made once, and is a copy in each test."""
    if request.param not in _MADE:
        call = saved(path, changed=request.param == "changed since")
        _MADE[request.param] = call, path.read_bytes()
    else:
        call, written = _MADE[request.param]
        path.parent.mkdir(0o700)
        path.touch(0o600)
        path.write_bytes(written)
    return call


REST = "at, who, what, call, version, key_id, mac FROM iop_audit"
TAMPERED: dict[str, tuple[str, str]] = {
    "who, in the book": ("UPDATE iop_audit SET who = 'eve' WHERE chain = 'book' AND number = 3", "line 3 altered"),
    "when, in a call": ("UPDATE iop_audit SET at = '2020-01-01' WHERE chain = :id AND number = 2", "line 2"),
    "what": ("UPDATE iop_audit SET what = 'call opened' WHERE chain = 'book' AND what = 'call deleted'", "altered"),
    "which call": ("UPDATE iop_audit SET call = 'x' WHERE chain = 'book' AND number = 4", "line 4"),
    "the binding itself": ("UPDATE iop_audit SET mac = zeroblob(32) WHERE chain = :id AND number = 3", "line 3"),
    "a line of the wrong kind": ("UPDATE iop_audit SET mac = 'text' WHERE chain = :id AND number = 3", "damaged"),
    "removed inside the book": ("DELETE FROM iop_audit WHERE chain = 'book' AND number = 2", "line 2 removed"),
    "removed in the middle of a call": ("DELETE FROM iop_audit WHERE chain = :id AND number IN (2, 3)", "lines 2 to 3"),
    "the end of a call's chain": ("DELETE FROM iop_audit WHERE chain = :id AND number > 4", "cut off"),
    "a whole chain": ("DELETE FROM iop_audit WHERE chain = :id", "cut off"),
    "the end of the book": (
        "DELETE FROM iop_audit WHERE chain = 'book' AND number = (SELECT lines FROM iop_book)",
        "removed",
    ),
    "put in at the end": (
        f"INSERT INTO iop_audit SELECT chain, number + 1, {REST} WHERE chain = :id ORDER BY number DESC LIMIT 1",
        "put in",
    ),
    "a chain put in": (
        f"INSERT INTO iop_audit SELECT 'ffffffffffff', number, {REST} WHERE chain = :id",
        "ffffffff",
    ),
    "two lines swapped": (
        "UPDATE iop_audit SET number = CASE number WHEN 2 THEN 3003 WHEN 3 THEN 3002 ELSE number END WHERE chain = :id",
        "line",
    ),
    "the head": ("UPDATE iop_book SET lines = lines - 1", "head of the audit's book"),
    "the head's tag": ("UPDATE iop_book SET tag = zeroblob(32)", "head of the audit's book"),
    "the past keys": ("UPDATE iop_book SET sealed = zeroblob(1100)", "head of the audit"),
    "a call removed": ("DELETE FROM iop_calls WHERE id = :id", "removed without a trace"),
    "a call put in": (
        "INSERT INTO iop_calls SELECT 'ffffffffffff', version, key_id, card, contents FROM iop_calls WHERE id = :id",
        "ffffffff",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_tampered_with_is_named(opened: Open, file_url: str, call: Call, path: Path, what: str) -> None:
    statement, says = TAMPERED[what]
    with sqlite3.connect(path) as connection:
        done = connection.execute(statement, {"id": call.id} if ":id" in statement else {})
        assert done.rowcount
    connection.close()
    records = opened(file_url)
    assert any(says in problem for problem in records.verify()), records.verify()
    # What goes on afterwards does not make it whole again.
    another = a_call()
    records.save(another, card_of(another), 0)
    assert any(says in problem for problem in records.verify())


def test_a_cut_with_the_head_put_back_is_noticed_by_what_was_written_down(
    opened: Open, file_url: str, call: Call, path: Path
) -> None:
    old = path.read_bytes()
    records = opened(file_url)
    records.read(call.id)
    head = records.head()
    assert records.verify(head) == ()
    records.close()
    path.write_bytes(old)
    records = opened(file_url)
    assert records.verify() == ()
    assert any(head in problem for problem in records.verify(head))
    assert records.verify("nonsense") != ()


def test_a_head_that_was_written_down_stands_after_all_that_follows(opened: Open, file_url: str, call: Call) -> None:
    records = opened(file_url)
    head = records.head()
    records.change_passphrase(OTHER)
    records.save(call, card_of(call), records.read(call.id).version)
    assert records.verify(head) == ()


def test_a_call_put_back_with_its_chain_is_noticed_where_it_was_opened_since(
    opened: Open, file_url: str, call: Call, path: Path
) -> None:
    version = opened(file_url).read(call.id).version
    with sqlite3.connect(path) as connection:
        row = connection.execute("SELECT * FROM iop_calls WHERE id = ?", (call.id,)).fetchone()
    connection.close()
    records = opened(file_url)
    records.save(call, card_of(call), version)
    records.read(call.id)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM iop_calls WHERE id = ?", (call.id,))
        connection.execute("INSERT INTO iop_calls VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("DELETE FROM iop_audit WHERE chain = ? AND number > ?", (call.id, version))
    connection.close()
    assert any("put back" in problem for problem in records.verify())


def test_who_knows_an_old_passphrase_cannot_write_the_past_anew(opened: Open, file_url: str, path: Path) -> None:
    records: Records = opened(file_url)
    call = a_call()
    records.save(call, card_of(call), 0)
    old = records._keys
    records.change_passphrase(OTHER)
    with sqlite3.connect(path) as connection:
        from iop_tui.records import audit

        bare = audit.Line(call.id, 1, "2020-01-01T00:00:00+00:00", "eve", "call saved", call.id, 1, old.id)
        connection.execute(
            "UPDATE iop_audit SET at = ?, who = ?, mac = ? WHERE chain = ?",
            (bare.at, bare.who, audit.mac(old.audit, bare, b""), call.id),
        )
    connection.close()
    assert any("change 1 of the passphrase" in problem for problem in records.verify())


def test_another_passphrase_does_not_make_an_altered_head_whole(
    opened: Open, file_url: str, call: Call, path: Path
) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE iop_book SET tag = zeroblob(32)")
    connection.close()
    records = opened(file_url)
    records.change_passphrase(OTHER)
    records.read(call.id)
    assert any("head of the audit's book" in problem for problem in records.verify())
