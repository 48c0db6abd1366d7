"""Damaged, foreign, cut off and newer files: a sentence each, and what is whole can be read."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from iop_tui.call.record import Call
from iop_tui.records.errors import Damaged, Newer, RecordsError
from iop_tui.records.store import Records
from tests.records.conftest import Open
from tests.records.made import a_call, card_of

FLIPS = 50
"""For each seed: one byte in a thousand of the file."""


@pytest.fixture
def calls(opened: Open, file_url: str) -> list[Call]:
    """Twelve calls in a file that is closed."""
    records = opened(file_url)
    calls = [a_call(f"note {number}") for number in range(12)]
    for call in calls:
        records.save(call, card_of(call), 0)
    records.close()
    return calls


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.db"


def edit(path: Path, statement: str, *values: object) -> None:
    """Change the file behind the program's back."""
    with sqlite3.connect(path) as connection:
        connection.execute(statement, values)
    connection.close()


def look(records: Records, calls: list[Call]) -> int:
    """Everything that reads, each of which may only give what was saved or raise RecordsError; how many calls were
    whole.
    """
    whole = 0
    saved = {call.id: call for call in calls}
    for read in (records.cards, records.verify, records.audit, lambda: records.find("note")):
        try:
            given = read()
        except RecordsError:
            continue
        assert isinstance(given, tuple)
    for name, call in saved.items():
        try:
            assert records._read(name).call == call
            whole += 1
        except RecordsError:
            continue
    return whole


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 8))])
def test_a_flipped_bit_anywhere_is_a_sentence_and_never_other_contents(
    opened: Open, file_url: str, calls: list[Call], path: Path, seed: int
) -> None:
    good, chance = path.read_bytes(), random.Random(seed)  # noqa: S311  # the same flips each time
    refused = 0
    for _ in range(FLIPS):
        bad = bytearray(good)
        bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        path.write_bytes(bad)
        try:
            records = opened(file_url, create=False)
        except RecordsError:
            refused += 1
            continue
        look(records, calls)
        records._database.close()
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    assert refused < FLIPS, "the flips only ever hit what all needs"


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_told(
    opened: Open, file_url: str, calls: list[Call], path: Path, part: float
) -> None:
    os.truncate(path, int(path.stat().st_size * part))
    try:
        records = opened(file_url, create=False)
    except RecordsError:
        return
    assert look(records, calls) < len(calls) or part > 0.9


def test_what_is_no_database_is_told(opened: Open, file_url: str, tmp_path: Path, path: Path) -> None:
    (tmp_path / "data").mkdir(0o700)
    path.touch(0o600)
    path.write_bytes(b"Dear diary, " * 1000)
    for create in (True, False):
        with pytest.raises(Damaged, match="not records of iop-tui"):
            opened(file_url, create=create)
    assert path.read_bytes().startswith(b"Dear diary")


def test_another_programs_database_is_left_alone(opened: Open, file_url: str, tmp_path: Path, path: Path) -> None:
    (tmp_path / "data").mkdir(0o700)
    path.touch(0o600)
    edit(path, "CREATE TABLE songs (title TEXT)")
    with pytest.raises(Damaged, match="not records of iop-tui"):
        opened(file_url)


@pytest.mark.usefixtures("calls")
def test_records_of_a_newer_program_are_told(opened: Open, file_url: str, path: Path) -> None:
    edit(path, "UPDATE iop_book SET format = 2")
    with pytest.raises(Newer, match="newer version"):
        opened(file_url)


def test_one_damaged_call_leaves_the_others_readable(
    opened: Open, file_url: str, calls: list[Call], path: Path
) -> None:
    edit(path, "UPDATE iop_calls SET card = zeroblob(length(card)) WHERE id = ?", calls[0].id)
    edit(path, "UPDATE iop_calls SET contents = zeroblob(length(contents)) WHERE id = ?", calls[1].id)
    edit(path, "UPDATE iop_calls SET card = 'text', version = 'x' WHERE id = ?", calls[2].id)
    records = opened(file_url)
    assert len(records.cards()) == 10
    assert records.damaged == tuple(sorted(call.id for call in (calls[0], calls[2])))
    with pytest.raises(Damaged, match="The others are whole") as told:
        records.read(calls[1].id)
    assert told.value.call == calls[1].id
    assert records.read(calls[0].id).call == calls[0]
    assert records.read(calls[5].id).call == calls[5]
    named = " ".join(records.verify())
    assert all(call.id[:8] in named for call in calls[:3])


def test_a_damaged_page_leaves_the_calls_of_other_pages_readable(
    opened: Open, file_url: str, calls: list[Call], path: Path
) -> None:
    size, whole = 4096, path.read_bytes()
    leaf = next(
        start
        for start in range(0, len(whole), size)
        if whole[start] == 0x0D and sum(call.id.encode() in whole[start : start + size] for call in calls) == 1
    )
    with path.open("r+b") as file:
        file.seek(leaf)
        file.write(os.urandom(size))
    records = opened(file_url)
    readable = len(records.cards())
    assert 0 < readable < len(calls)
    assert readable + len(records.damaged) == len(calls)


def test_a_row_in_the_place_of_another_is_noticed(opened: Open, file_url: str, calls: list[Call], path: Path) -> None:
    one, other = calls[0].id, calls[1].id
    edit(
        path,
        "UPDATE iop_calls SET (card, contents) = (SELECT card, contents FROM iop_calls WHERE id = ?) WHERE id = ?",
        one,
        other,
    )
    records = opened(file_url)
    records.cards()
    assert records.damaged == (other,)
    with pytest.raises(Damaged):
        records.read(other)


def test_a_row_that_was_put_back_to_an_older_version_is_noticed(
    opened: Open, file_url: str, calls: list[Call], path: Path
) -> None:
    name = calls[0].id
    with sqlite3.connect(path) as connection:
        old = connection.execute("SELECT card, contents, version FROM iop_calls WHERE id = ?", (name,)).fetchone()
    connection.close()
    records = opened(file_url)
    records.save(calls[0], card_of(calls[0]), 1)
    records.close()
    edit(path, "UPDATE iop_calls SET card = ?, contents = ? WHERE id = ?", *old[:2], name)
    with pytest.raises(Damaged):
        opened(file_url).read(name)
    edit(path, "UPDATE iop_calls SET version = ? WHERE id = ?", old[2], name)
    records = opened(file_url)
    assert any(name[:8] in problem for problem in records.verify())


def test_a_damaged_call_that_is_deleted_leaves_a_whole_audit(
    opened: Open, file_url: str, calls: list[Call], path: Path
) -> None:
    edit(path, "UPDATE iop_calls SET version = 'x' WHERE id = ?", calls[0].id)
    records = opened(file_url)
    with pytest.raises(Damaged):
        records.exporting(calls[0].id, "pdf", 1)
    records.delete(calls[0].id)
    assert not any("lines of the audit are damaged" in problem for problem in records.verify())


def test_a_call_that_names_another_key_is_told_as_one_that_cannot_be_read(
    opened: Open, file_url: str, calls: list[Call], path: Path
) -> None:
    edit(path, "UPDATE iop_calls SET key_id = 'ffff' WHERE id = ?", calls[0].id)
    records = opened(file_url)
    with pytest.raises(Damaged) as told:
        records.read(calls[0].id)
    assert str(told.value) in records.verify()
