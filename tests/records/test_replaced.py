"""The records at the address are others than those that are open: nothing is called saved, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iop_tui.cli_support.exit_status import CANNOT_WRITE
from iop_tui.commands import records as command
from iop_tui.commands.records import Access
from iop_tui.records import reopening
from iop_tui.records.errors import CannotWrite, Overwritten, Rekeyed, Replaced
from iop_tui.records.store import Records
from iop_tui.records.stored import ANOTHER
from tests.records.conftest import Open
from tests.records.made import OTHER, SECRET, Ages, a_call, card_of, copy_of, noted

NOW = datetime(2026, 11, 22, 14, 5, 33, tzinfo=UTC)
KEPT = "records-kept-20261122-140533.db"
Take = Callable[[Path, Path], None]


def renamed(file: Path, _older: Path) -> None:
    file.rename(file.with_name("records (conflicted copy).db"))


def renamed_for_an_older_one(file: Path, older: Path) -> None:
    renamed(file, older)
    older.rename(file)


def replaced(file: Path, older: Path) -> None:
    older.replace(file)


def replaced_with_its_companions(file: Path, older: Path) -> None:
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink()
    older.replace(file)


def deleted(file: Path, _older: Path) -> None:
    for each in file.parent.glob("records.db*"):
        each.unlink()


def deleted_alone(file: Path, _older: Path) -> None:
    file.unlink()


def log_deleted(file: Path, _older: Path) -> None:
    file.with_name(file.name + "-wal").unlink()


def memory_deleted(file: Path, _older: Path) -> None:
    file.with_name(file.name + "-shm").unlink()


def directory_renamed(file: Path, _older: Path) -> None:
    file.parent.rename(file.parent.with_name("elsewhere"))


def linked(file: Path, older: Path) -> None:
    renamed(file, older)
    file.symlink_to(file.with_name("records (conflicted copy).db"))


def restored_within(file: Path, older: Path) -> None:
    """`sqlite3 records.db ".restore backup.db"`: the same file, and what it holds is older."""
    with sqlite3.connect(older) as source, sqlite3.connect(file) as target:
        source.backup(target)
    source.close()
    target.close()


def copied_over(file: Path, older: Path) -> None:
    """`cp backup.db records.db`: the same file; SQLite has its pages in memory, and its log is empty."""
    with sqlite3.connect(file) as emptied:
        emptied.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    emptied.close()
    os.utime(file, ns=(1, 1))
    shutil.copyfile(older, file)


ALL = [
    renamed, renamed_for_an_older_one, replaced, replaced_with_its_companions, deleted, deleted_alone, log_deleted,
    memory_deleted, directory_renamed, linked, restored_within, copied_over,
]  # fmt: skip
OLDER = [renamed_for_an_older_one, replaced, replaced_with_its_companions, restored_within, copied_over]
"""After these an older copy lies at the address, in which the call has its first version."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "records.db"


@pytest.fixture
def older(file: Path) -> Path:
    return file.with_name("backup.db")


@pytest.fixture
def records(opened: Open, file_url: str, file: Path, older: Path) -> Records:
    """Records that are open, with a call in its second version; in the backup it has the first."""
    records = opened(file_url)
    call = a_call("first", name="a" * 32)
    records.save(call, card_of(call), 0)
    copy_of(file, older)
    records.save(noted(call, "second"), card_of(call), 1)
    return records


def at(file: Path, opened: Open) -> dict[str, str]:
    """What the records at a path hold: the note of each call."""
    there = opened(f"sqlite:///{file}", create=False)
    return {card.id: there._read(card.id).call.note for card in there.cards()}


@pytest.mark.parametrize("take", ALL, ids=lambda take: take.__name__)
def test_nothing_is_called_saved(records: Records, take: Take, file: Path, older: Path) -> None:
    take(file, older)
    call, fresh = a_call("third", name="a" * 32), a_call("fresh")
    for attempt in (
        lambda: records.save(call, card_of(call), 2),
        lambda: records.save(fresh, card_of(fresh), 0),
        lambda: records.exporting(call.id, "text", 2),
        lambda: records.delete(call.id),
        lambda: records.change_passphrase(OTHER),
        lambda: records.read(call.id),
    ):
        with pytest.raises(Replaced, match="syncs or restores"):
            attempt()


@pytest.mark.parametrize("take", [renamed, replaced, deleted, log_deleted], ids=lambda take: take.__name__)
def test_nothing_is_read_that_the_address_does_not_have(records: Records, take: Take, file: Path, older: Path) -> None:
    take(file, older)
    for attempt in (records.cards, lambda: records.find("first"), records.verify, records.head, records.audit):
        with pytest.raises(Replaced):
            attempt()
    with pytest.raises(Replaced):
        records.expire(Ages(open=1), NOW)
    assert records.replaced is not None


def test_a_save_during_which_the_file_went_is_not_called_saved(
    records: Records, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Records._line

    def slowly(*arguments: object) -> object:
        renamed(file, file)
        return line(*arguments)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Records, "_line", slowly)
    call = a_call("third", name="a" * 32)
    with pytest.raises(Replaced):
        records.save(call, card_of(call), 2)


def test_a_new_connection_goes_to_no_other_file(records: Records, file: Path, older: Path) -> None:
    """What works beside the rest has a connection of its own, which is opened by the path."""
    with records._database._begun(writes=False, seconds=1) as first:
        first.exec_driver_sql("SELECT 1")
        replaced(file, older)
        with pytest.raises(Replaced), records._database._begun(writes=False, seconds=1):
            pass


@pytest.mark.parametrize("take", ALL, ids=lambda take: take.__name__)
def test_closing_takes_nothing_away_from_who_has_the_file_there(
    records: Records, take: Take, file: Path, older: Path, opened: Open
) -> None:
    """SQLite deletes a log by its name as it closes: it may be the log of the file that lies there now."""
    take(file, older)
    # From the moment at which it is noticed the address belongs to who opens it next.
    with pytest.raises(Replaced):
        records.delete("a" * 32)
    there = None
    if take in (renamed_for_an_older_one, replaced, replaced_with_its_companions):
        there = opened(f"sqlite:///{file}", create=False)
        call = a_call("theirs")
        there.save(call, card_of(call), 0)
    records.close()
    if there is not None:
        assert there.replaced is None
        assert call.id in {card.id for card in there.cards()}
        assert there.verify() == ()


def test_a_file_that_only_has_another_name_is_whole_once_it_is_closed(
    records: Records, file: Path, older: Path, opened: Open
) -> None:
    renamed(file, older)
    records.close()
    moved = file.with_name("records (conflicted copy).db")
    assert at(moved, opened) == {"a" * 32: "second"}


def test_whoever_else_works_on_the_same_file_is_no_reason(opened: Open, file_url: str) -> None:
    """Others open, save, close, empty the log and change the passphrase; the log goes with the last of them."""
    ada = opened(file_url)
    call = a_call("first")
    version = ada.save(call, card_of(call), 0)
    for number in range(3):
        ben = opened(file_url, by="ben")
        other = a_call(f"of ben {number}")
        ben.save(other, card_of(other), 0)
        ben.close()
        version = ada.save(noted(call, str(number)), card_of(call), version)
        assert ada._database.forget()
        assert ada.read(call.id).version == version
    assert len(ada.cards()) == 4
    ada.close()
    assert len(opened(file_url).cards()) == 4


# ---- going on --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("take", [each for each in ALL if each not in (restored_within, copied_over)])
def test_all_that_was_open_goes_on_in_a_new_file(
    records: Records, take: Take, file: Path, older: Path, opened: Open
) -> None:
    take(file, older)
    found = reopening.in_new_file(records, NOW)
    is_back = take in (renamed, deleted, deleted_alone, directory_renamed)
    assert found.copy == (file if is_back else file.with_name(KEPT))
    assert found.copy.stat().st_mode & 0o777 == 0o600
    assert found.copy.stat().st_nlink == 1
    call = a_call("third", name="a" * 32)
    assert found.records.save(call, card_of(call), 2) == 3
    assert found.records.verify() == ()
    found.records.close()
    assert at(found.copy, opened) == {"a" * 32: "third"}


@pytest.mark.parametrize("take", OLDER, ids=lambda take: take.__name__)
def test_it_goes_on_in_the_records_that_are_there_and_what_was_open_is_kept(
    records: Records, take: Take, file: Path, older: Path, opened: Open
) -> None:
    take(file, older)
    call = a_call("third", name="a" * 32)
    with pytest.raises(Replaced):
        records.save(call, card_of(call), 2)
    found = reopening.with_those_there(records, NOW)
    assert found.failed is None
    # Whatever is there is for a person to decide about.
    with pytest.raises(Overwritten) as told:
        found.records.save(call, card_of(call), ANOTHER)
    assert told.value.theirs.call.note == "first"
    assert found.records.save(call, card_of(call), told.value.theirs.version) == 2
    found.records.close()
    assert at(file, opened) == {call.id: "third"}
    if found.copy is not None:
        assert at(found.copy, opened) == {call.id: "second"}


def test_a_log_that_was_taken_away_is_written_into_the_file(
    records: Records, file: Path, older: Path, opened: Open
) -> None:
    log_deleted(file, older)
    found = reopening.with_those_there(records, NOW)
    assert found.records.version_of("a" * 32) == 2
    found.records.close()
    assert at(file, opened) == {"a" * 32: "second"}


def test_where_the_file_there_has_another_passphrase_it_goes_on_in_the_new_one(
    records: Records, file: Path, opened: Open, tmp_path: Path
) -> None:
    (tmp_path / "others").mkdir(0o700)
    opened(f"sqlite:///{tmp_path}/others/records.db", OTHER).close()
    renamed(file, file)
    (tmp_path / "others" / "records.db").rename(file)
    found = reopening.with_those_there(records, NOW)
    assert isinstance(found.failed, Rekeyed)
    assert found.records.version_of("a" * 32) == 2
    assert found.records.path == found.copy == file.with_name(KEPT)


def test_without_room_for_the_new_file_nothing_is_let_go_of(
    records: Records, file: Path, older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted(file, older)
    older.unlink(missing_ok=True)
    with monkeypatch.context() as full:
        import resource

        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
        try:
            with pytest.raises(CannotWrite, match="full"):
                reopening.in_new_file(records, NOW)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        del full
    assert list(file.parent.glob("records*")) == []
    assert reopening.in_new_file(records, NOW).records.version_of("a" * 32) == 2


def test_what_opens_in_place_of_others_is_asked_for_what_they_wrote(
    records: Records, file: Path, older: Path, opened: Open
) -> None:
    """As after a pause, when the passphrase was typed again."""
    same = opened(f"sqlite:///{file}", by="ada")
    same.remember(records)
    call = a_call("third", name="a" * 32)
    assert same.save(call, card_of(call), 2) == 3
    replaced_with_its_companions(file, older)
    other = opened(f"sqlite:///{file}", by="ada")
    other.remember(same)
    with pytest.raises(Replaced):
        other.save(call, card_of(call), 1)


def test_the_passphrase_can_be_asked_for_without_the_file(records: Records, file: Path, older: Path) -> None:
    deleted(file, older)
    assert records.is_opened_by(SECRET)
    assert not records.is_opened_by(OTHER)


# ---- the command -----------------------------------------------------------------------------------------------------


def test_a_command_during_which_the_file_went_says_so(
    records: Records, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    (tmp_path / "secret").touch(0o600)
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    named = command._named

    def slowly(there: Records, wanted: str) -> str:
        call = named(there, wanted)
        renamed(file, file)
        return call

    monkeypatch.setattr(command, "_named", slowly)
    access = Access(f"sqlite:///{file}", tmp_path / "secret")
    assert command.delete(access, "a", sure=True) == CANNOT_WRITE
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert f"The file {file} is not there any more" in err
    assert records.replaced is not None
