"""The audit tells what happened, and nothing else: the line and the act stand or fall together."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import Connection

from iop_tui.__main__ import main
from iop_tui.call.operations import begin_call
from iop_tui.call.record import Call
from iop_tui.cli_support.exit_status import BAD_INPUT, CANNOT_WRITE, DONE
from iop_tui.commands import records as command
from iop_tui.commands.records import Access
from iop_tui.export.formats import Format
from iop_tui.export.report import Report
from iop_tui.platform.private_file import create
from iop_tui.records import audit_ledger, database
from iop_tui.records.database import Database
from iop_tui.records.errors import CannotWrite, RecordsError
from iop_tui.records.store import Records
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.records.conftest import Open
from tests.records.made import NOW, OTHER, SECRET, a_call, card_of, noted


@pytest.fixture
def file(opened: Open, file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Records:
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret").touch(0o600)
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    return opened(file_url)


@pytest.fixture
def call(file: Records) -> Call:
    begun = begin_call(load(shipped()), by="ada", now=NOW, call_id="a" * 32).call
    file.save(begun, card_of(begun), 0)
    return begun


@pytest.fixture
def access(file_url: str, tmp_path: Path) -> Access:
    return Access(file_url, tmp_path / "secret")


def of_export(records: Records) -> list[tuple[str, int | None]]:
    """What the audit says of exports: what, and of which version."""
    return [(entry.what, entry.version) for entry in records.audit() if "export" in entry.what]


BEGUN = ("call export begun: text", 1)
WHOLE = [BEGUN, ("call exported: text", 1)]


def fail(trouble: Exception) -> Callable[..., NoReturn]:
    def failing(*_arguments: object, **_more: object) -> NoReturn:
        raise trouble

    return failing


def to_program(monkeypatch: pytest.MonkeyPatch, access: Access, *arguments: str) -> object:
    """Run the command line in this process; its exit status."""
    records = ["--records", str(access.url), "--passphrase-file", str(access.passphrase_file)]
    monkeypatch.setattr(sys, "argv", ["iop-tui", "records", *records, *arguments])
    monkeypatch.setattr("iop_tui.cli_support.crash.quiet_hooks", lambda: None)
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


# ---- exports ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("call")
def test_an_export_that_is_on_the_disk_has_both_lines(access: Access, file: Records, tmp_path: Path) -> None:
    on_disk: list[bool] = []
    told = Records.exported

    def exported(records: Records, call_id: str, what: str, version: int) -> None:
        on_disk.append((tmp_path / "note").stat().st_size > 100)
        told(records, call_id, what, version)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Records, "exported", exported)
        assert command.export(access, "a", "text", str(tmp_path / "note")) == DONE
    assert on_disk == [True]
    assert of_export(file) == WHOLE


def there_already(_patched: pytest.MonkeyPatch, path: Path) -> str:
    path.write_text("of somebody else")
    return "There is already a file"


def disk_full(patched: pytest.MonkeyPatch, _path: Path) -> str:
    patched.setattr("iop_tui.platform.private_file.os.fsync", fail(OSError(errno.ENOSPC, "No space left on device")))
    return "the disk is full"


def no_directory(_patched: pytest.MonkeyPatch, path: Path) -> str:
    path.parent.rmdir()
    return "there is no such folder"


def read_only(_patched: pytest.MonkeyPatch, path: Path) -> str:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    path.parent.chmod(0o500)
    return "you may not write there"


@pytest.mark.parametrize("trouble", [there_already, disk_full, no_directory, read_only])
@pytest.mark.usefixtures("call")
def test_an_export_that_fails_is_not_called_exported(
    trouble: Callable[[pytest.MonkeyPatch, Path], str],
    access: Access,
    file: Records,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "out" / "note"
    path.parent.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        says = trouble(patched, path)
        assert command.export(access, "a", "text", str(path)) == CANNOT_WRITE
    assert says in capfd.readouterr().err
    assert of_export(file) == [BEGUN]
    left = path.read_text() if path.exists() else None
    assert left == ("of somebody else" if trouble is there_already else None)


@pytest.mark.usefixtures("call")
def test_a_file_that_the_audit_cannot_be_told_of_is_taken_away(
    access: Access,
    file: Records,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody holds the records from the moment at which the file is written."""
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, "busy_timeout = 50"))
    other = sqlite3.connect(tmp_path / "data" / "records.db", isolation_level=None)

    def created(path: Path, data: bytes) -> None:
        create(path, data)
        other.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr("iop_tui.export.files.create", created)
    assert command.export(access, "a", "text", str(tmp_path / "note")) == BAD_INPUT
    other.execute("ROLLBACK")
    other.close()
    assert "Another program is busy" in capfd.readouterr().err
    assert not (tmp_path / "note").exists()
    assert of_export(file) == [BEGUN]


@pytest.mark.usefixtures("call")
def test_a_file_that_can_neither_be_told_of_nor_taken_away_is_named(
    access: Access, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_arguments: object) -> NoReturn:
        monkeypatch.setattr(Path, "unlink", fail(PermissionError(errno.EPERM, "no")))
        raise CannotWrite("The disk is full.")

    monkeypatch.setattr(Records, "exported", held)
    assert command.export(access, "a", "text", str(tmp_path / "note")) == CANNOT_WRITE
    monkeypatch.undo()
    said = capfd.readouterr().err
    assert str(tmp_path / "note") in said
    assert "could not be taken away" in said


@pytest.mark.parametrize("reader", ["goes away", "is full", "reads all"])
@pytest.mark.usefixtures("call")
def test_what_goes_to_a_pipe_is_called_exported_once_it_is_written(
    reader: str, access: Access, file: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = os.pipe()
    if reader == "goes away":
        os.close(ours)
    with Path("/dev/full").open("w") if reader == "is full" else os.fdopen(theirs, "w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        status = to_program(monkeypatch, access, "export", "a")
        monkeypatch.undo()
    assert status == {"goes away": DONE, "is full": CANNOT_WRITE, "reads all": DONE}[reader]
    assert of_export(file) == (WHOLE if reader == "reads all" else [BEGUN])


@pytest.mark.usefixtures("call")
def test_what_is_out_and_cannot_be_told_is_said(
    access: Access, file: Records, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Records, "exported", fail(CannotWrite("The disk is full.")))
    assert command.export(access, "a", "text", None) == CANNOT_WRITE
    out, err = capfd.readouterr()
    assert out
    assert "the call is out" in err
    assert of_export(file) == [BEGUN]


def test_the_line_names_the_version_that_went_out(
    access: Access, file: Records, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered = Format.rendered

    def slowly(form: Format, report: Report) -> bytes:
        file.save(noted(call, "saved meanwhile"), card_of(call), 1)
        return rendered(form, report)

    monkeypatch.setattr(Format, "rendered", slowly)
    assert command.export(access, "a", "text", str(tmp_path / "note")) == DONE
    assert "saved meanwhile" not in (tmp_path / "note").read_text()
    assert of_export(file) == WHOLE


def test_a_call_that_is_gone_is_not_given_out(opened: Open, url: str) -> None:
    ada, ben = opened(url), opened(url)
    call = a_call()
    version = ada.save(call, card_of(call), 0)
    ben.delete(call.id)
    with pytest.raises(RecordsError):
        ada.exporting(call.id, "text", version)
    assert of_export(ada) == []


# ---- what is done in the database ------------------------------------------------------------------------------------

ACTS: dict[str, Callable[[Records, Call], object]] = {
    "begin": lambda records, _call: records.save(fresh := a_call(), card_of(fresh), 0),
    "save": lambda records, call: records.save(noted(call, "more"), card_of(call), 1),
    "open": lambda records, call: records.read(call.id),
    "delete": lambda records, call: records.delete(call.id),
    "passphrase": lambda records, _call: records.change_passphrase(OTHER),
}


@pytest.mark.parametrize("act", ACTS)
def test_without_its_line_nothing_is_done(records: Records, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    call = a_call("as it was")
    records.save(call, card_of(call), 0)
    before = records.audit()
    # Of a save the line is in the call's own chain; of all others, in the book.
    monkeypatch.setattr(audit_ledger, "append", fail(CannotWrite("The disk is full.")))
    monkeypatch.setattr(Records, "_line", fail(CannotWrite("The disk is full.")))
    with pytest.raises(CannotWrite):
        ACTS[act](records, call)
    monkeypatch.undo()
    assert records.audit() == before
    assert records.read(call.id).call == call
    assert len(records.cards()) == 1
    assert records.verify() == ()


@pytest.mark.parametrize("act", ACTS)
def test_what_the_disk_did_not_take_is_not_remembered_as_written(
    records: Records, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last step of a transaction fails. The next one must not look for a line that never was."""
    call = a_call("as it was")
    records.save(call, card_of(call), 0)
    writing = Database.writing

    @contextlib.contextmanager
    def failing(database: Database, *, long: bool = False) -> Iterator[Connection]:
        with writing(database, long=long) as connection:
            yield connection
            raise CannotWrite("The disk is full.")

    monkeypatch.setattr(Database, "writing", failing)
    with pytest.raises(CannotWrite):
        ACTS[act](records, call)
    monkeypatch.undo()
    ACTS[act](records, call)
    assert records.verify() == ()


@pytest.mark.parametrize("act", ["delete", "passphrase"])
def test_what_is_done_is_not_called_undone_because_its_traces_stay(
    act: str,
    access: Access,
    file: Records,
    call: Call,
    opened: Open,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The log of SQLite cannot be emptied, as the disk is full. The call is gone all the same."""
    monkeypatch.setattr(Database, "forget", fail(CannotWrite("The disk is full.")))
    if act == "delete":
        assert command.delete(access, "a", sure=True) == DONE
        assert file.cards() == ()
    else:
        new = access.passphrase_file.with_name("new") if access.passphrase_file else Path()
        new.touch(0o600)
        new.write_text(OTHER)
        assert command.passphrase(access, new) == DONE
        monkeypatch.undo()
        assert call.id in {card.id for card in opened(str(access.url), OTHER).cards()}
    said = capfd.readouterr().err
    assert "deleted" in said if act == "delete" else "is changed" in said
    assert "still there, encrypted, in" in said
