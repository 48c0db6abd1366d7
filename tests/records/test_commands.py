"""`iop-tui records`, as a script meets it."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from iop_tui.call.operations import begin_call
from iop_tui.call.record import Call
from iop_tui.cli_support.exit_status import BAD_INPUT, CANNOT_WRITE, DONE, FAILED
from iop_tui.commands import records as command
from iop_tui.commands.records import Access
from iop_tui.export.formats import FORMATS
from iop_tui.records.errors import RecordsError
from iop_tui.records.store import Records
from tests.core.small import SMALL, small
from tests.records.conftest import Open
from tests.records.made import NOW, OTHER, SECRET, card_of, noted

Said = Callable[[], tuple[str, str]]


@pytest.fixture(autouse=True)
def guarded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was done to keep others out of the memory, without doing it to the tests' own process."""
    done: list[str] = []
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: done.append("closed"))
    return done


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def access(file_url: str, secret: Path) -> Access:
    return Access(file_url, secret, SMALL)


@pytest.fixture
def records(opened: Open, file_url: str) -> Records:
    return opened(file_url)


@pytest.fixture
def call(records: Records) -> Call:
    """A call that is saved, with an id that begins with a."""
    begun = begin_call(small(), by="ada", now=NOW, call_id="a" * 32, reference="case 7\x1b[31m").call
    begun = noted(begun, "sleeps in the car")
    records.save(begun, card_of(begun), 0)
    return begun


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Said:
    return lambda: tuple(capfd.readouterr())  # type: ignore[return-value]  # what was printed, and what was told


@pytest.mark.usefixtures("call")
def test_list_prints_a_line_for_each_call(access: Access, said: Said) -> None:
    assert command.list_calls(access, as_json=False, state=None, find=None) == DONE
    out, _err = said()
    assert out.startswith("aaaaaaaa  ")
    assert "case 7?[31m" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("state", "find", "count"), [("open", None, 1), ("finished", None, 0), (None, "CAR", 1), (None, "bus", 0)]
)
def test_list_chooses_by_state_and_words(
    access: Access, call: Call, said: Said, state: str | None, find: str | None, count: int
) -> None:
    assert command.list_calls(access, as_json=True, state=state, find=find) == DONE
    document = json.loads(said()[0])
    assert [card["id"] for card in document["calls"]] == [call.id] * count
    assert document["damaged"] == []


@pytest.mark.usefixtures("call")
def test_a_passphrase_file_that_others_can_read_is_refused(access: Access, secret: Path, said: Said) -> None:
    secret.chmod(0o644)
    assert command.list_calls(access, as_json=False, state=None, find=None) == BAD_INPUT
    out, err = said()
    assert out == ""
    assert "chmod 600" in err
    assert SECRET not in err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.usefixtures("call")
def test_a_passphrase_file_of_somebody_else_is_refused(access: Access, secret: Path, said: Said) -> None:
    os.chown(secret, 65534, 65534)
    assert command.list_calls(access, as_json=False, state=None, find=None) == BAD_INPUT
    assert "Others can read or change" in said()[1]


@pytest.mark.usefixtures("call", "said")
def test_a_passphrase_comes_through_a_descriptor(file_url: str) -> None:
    reader, writer = os.pipe()
    os.write(writer, f"{SECRET}\n".encode())
    os.close(writer)
    assert command.list_calls(Access(file_url, Path(f"/dev/fd/{reader}")), as_json=False, state=None, find=None) == DONE
    os.close(reader)


@pytest.mark.usefixtures("call")
def test_a_wrong_passphrase_is_one_line(access: Access, secret: Path, said: Said) -> None:
    secret.write_text(OTHER)
    assert command.list_calls(access, as_json=False, state=None, find=None) == BAD_INPUT
    out, err = said()
    assert (out, err.count("\n")) == ("", 1)
    assert "not the passphrase" in err


def test_nobody_is_asked_where_there_are_no_records(tmp_path: Path, said: Said) -> None:
    access = Access(f"sqlite:///{tmp_path}/none/records.db")
    assert command.list_calls(access, as_json=False, state=None, find=None) == BAD_INPUT
    assert "no records" in said()[1]
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("call")
def test_without_a_terminal_the_file_is_named(file_url: str, said: Said) -> None:
    assert command.list_calls(Access(file_url), as_json=False, state=None, find=None) == BAD_INPUT
    assert "--passphrase-file" in said()[1]


@pytest.mark.parametrize("form", [known.id for known in FORMATS])
@pytest.mark.usefixtures("call")
def test_a_call_is_given_out_in_each_form_and_the_audit_says_so(
    access: Access, records: Records, said: Said, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"note.{form}"
    assert command.export(access, "aaa", form, str(path)) == DONE, said()
    assert path.stat().st_size > 100
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.what for entry in records.audit()][-1] == f"call exported: {form}"
    assert command.export(access, "aaa", form, str(path)) == CANNOT_WRITE
    assert "already" in said()[1]


def test_show_prints_the_note(access: Access, call: Call, said: Said) -> None:
    assert command.show(access, call.id) == DONE
    assert "sleeps in the car" in said()[0]


def test_a_pdf_is_not_printed_on_a_terminal(access: Access, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert command.export(access, "aaa", "pdf", None) == BAD_INPUT
    assert "--to FILE" in said()[1]


@pytest.mark.parametrize("wanted", ["b", "", "zz", "%"])
@pytest.mark.usefixtures("call")
def test_an_id_that_names_no_call_is_told(access: Access, said: Said, wanted: str) -> None:
    assert command.delete(access, wanted, sure=True) == BAD_INPUT
    assert "records list" in said()[1]


def test_an_id_that_names_two_calls_is_told(access: Access, records: Records, call: Call, said: Said) -> None:
    second = begin_call(small(), by="ada", now=NOW, call_id="aaab" + "0" * 28).call
    records.save(second, card_of(second), 0)
    assert command.delete(access, "aaa", sure=True) == BAD_INPUT
    assert "2 calls begin with aaa" in said()[1]
    assert command.delete(access, "aaab", sure=True) == DONE
    assert [card.id for card in records.cards()] == [call.id]


@pytest.mark.usefixtures("call")
def test_delete_asks_first(access: Access, records: Records, said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command.delete(access, "a", sure=False) == BAD_INPUT
    assert "--yes" in said()[1]
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(click, "confirm", lambda *_args, **_more: False)
    assert command.delete(access, "a", sure=False) == FAILED
    assert len(records.cards()) == 1
    monkeypatch.setattr(click, "confirm", lambda *_args, **_more: True)
    assert command.delete(access, "a", sure=False) == DONE
    assert records.cards() == ()


def test_the_passphrase_is_changed_from_a_file(
    access: Access, opened: Open, call: Call, tmp_path: Path, said: Said
) -> None:
    new = tmp_path / "new"
    new.touch(0o600)
    new.write_text("short")
    assert command.passphrase(access, new) == BAD_INPUT
    assert "12 characters" in said()[1]
    new.write_text(OTHER)
    assert command.passphrase(access, new) == DONE
    assert access.url is not None
    assert opened(access.url, OTHER, create=False).read(call.id).call == call


@pytest.mark.usefixtures("call")
def test_counts_are_hidden_where_they_are_small(access: Access, said: Said) -> None:
    assert command.stats(access, as_json=False, since=None, until=None, smallest=None) == DONE
    assert said()[0] == "fewer than 11 calls: nothing more is shown\n"
    assert command.stats(access, as_json=True, since="2026-01-01", until="2026-12-31", smallest=5) == DONE
    assert json.loads(said()[0])["calls"] is None
    for wrong in ({"smallest": 4}, {"since": "yesterday"}):
        options = {"since": None, "until": None, "smallest": None, **wrong}
        assert command.stats(access, as_json=False, **options) == BAD_INPUT  # type: ignore[arg-type]  # made wrong


def test_counts_are_of_the_days_that_were_asked_for(access: Access, records: Records, said: Said) -> None:
    for number in range(12):
        each = begin_call(small(), by="ada", now=NOW, call_id=f"{number:032}").call
        records.save(each, card_of(each, state="finished"), 0)
    day = NOW.astimezone().date().isoformat()
    assert command.stats(access, as_json=True, since=day, until=day, smallest=None) == DONE
    found = json.loads(said()[0])
    assert found["calls"] == 12
    assert found["ends_in"]["finished"] is None or found["ends_in"]["finished"] == 12
    assert command.stats(access, as_json=True, since="2020-01-01", until="2020-12-31", smallest=None) == DONE
    assert json.loads(said()[0])["calls"] is None


@pytest.mark.usefixtures("records", "call")
def test_the_audit_is_printed_checked_and_its_head_written_down(access: Access, said: Said, tmp_path: Path) -> None:
    assert command.audit(access, verify=False, head=True, since=None) == DONE
    head = said()[0].strip()
    assert command.audit(access, verify=True, head=False, since=head) == DONE
    assert "whole" in said()[1]
    assert command.audit(access, verify=False, head=False, since=None) == DONE
    assert "ada  call begun  call aaaaaaaa, version 1" in said()[0]
    import sqlite3

    with sqlite3.connect(tmp_path / "data" / "records.db") as connection:
        connection.execute("UPDATE iop_audit SET who = 'eve' WHERE number = 1 AND chain = 'book'")
    connection.close()
    assert command.audit(access, verify=True, head=False, since=None) == FAILED
    assert "line 1 altered" in said()[0]


@pytest.mark.usefixtures("call")
def test_every_trouble_is_told_in_one_line(access: Access, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    def fail(*_: object, **_more: object) -> Records:
        raise RecordsError("It did not work.")

    monkeypatch.setattr(command, "open_records", fail)
    assert command.show(access, "a") == BAD_INPUT
    assert said() == ("", "iop-tui: It did not work.\n")


@pytest.mark.usefixtures("call")
def test_a_list_for_programs_has_no_notes(access: Access, said: Said) -> None:
    assert command.list_calls(access, as_json=True, state=None, find="car") == DONE
    out, _err = said()
    assert json.loads(out)["calls"][0]["reference"].startswith("case 7")
    assert "sleeps" not in out


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://ada:hunter2@host/x", "address of the records"),
        ("postgresql://ada:hunter2@127.0.0.1:1/x", "does not answer"),
        ("/nowhere/records.db", "There are no records at /nowhere/records.db yet"),
        ("sqlite:////nowhere/records.db", "There are no records at /nowhere/records.db yet"),
    ],
)
def test_what_can_be_told_without_a_passphrase_is_told_before_it_is_asked_for(
    url: str, says: str, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_asked", lambda *_args, **_more: pytest.fail("asked for nothing"))
    assert command.list_calls(Access(url), as_json=False, state=None, find=None) == BAD_INPUT
    out, err = said()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err
    assert "hunter2" not in err


@pytest.mark.usefixtures("call")
def test_a_user_without_a_name_has_a_number(
    access: Access, records: Records, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", nameless)
    assert command.list_calls(access, as_json=False, state=None, find=None) == DONE
    assert said()[0]
    assert records.audit()[-1].who == f"user {os.getuid()}"


@pytest.mark.usefixtures("call")
def test_closed_streams_are_told(access: Access, monkeypatch: pytest.MonkeyPatch, said: Said) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert command.list_calls(Access(access.url), as_json=False, state=None, find=None) == BAD_INPUT
    assert command.delete(access, "a", sure=False) == BAD_INPUT
    monkeypatch.setattr(sys, "stdout", None)
    assert command.show(access, "a") == CANNOT_WRITE
    assert command.export(access, "a", "pdf", None) == CANNOT_WRITE
    err = said()[1]
    assert [word in err for word in ("--passphrase-file", "--yes", "--to FILE")] == [True] * 3


@pytest.mark.usefixtures("call")
def test_a_missing_package_for_pdf_is_told_and_the_audit_names_no_export(
    access: Access, records: Records, monkeypatch: pytest.MonkeyPatch, said: Said
) -> None:
    monkeypatch.delitem(sys.modules, "iop_tui.export.note_pdf", raising=False)
    monkeypatch.delitem(sys.modules, "iop_tui.export.footed_pdf", raising=False)
    monkeypatch.setitem(sys.modules, "fpdf", None)
    monkeypatch.setitem(sys.modules, "fpdf.enums", None)
    assert command.export(access, "a", "pdf", "-") == BAD_INPUT
    assert "pip install 'iop-tui[counselor]'" in said()[1]
    assert not any("exported" in entry.what for entry in records.audit())


@pytest.mark.usefixtures("call")
def test_damaged_calls_are_named_and_not_counted(access: Access, said: Said, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "data" / "records.db") as connection:
        connection.execute("UPDATE iop_calls SET card = zeroblob(2000)")
    connection.close()
    assert command.list_calls(access, as_json=False, state=None, find=None) == FAILED
    assert said()[0] == "aaaaaaaa  damaged: it cannot be read\n"
    assert command.stats(access, as_json=True, since=None, until=None, smallest=None) == FAILED
    assert "not counted" in said()[1]


def test_days_in_the_wrong_order_are_told(access: Access, said: Said) -> None:
    assert command.stats(access, as_json=True, since="2026-02-01", until="2026-01-01", smallest=None) == BAD_INPUT
    assert "--from" in said()[1]


@pytest.mark.usefixtures("call")
def test_no_other_program_may_look_into_the_memory_that_holds_the_key(
    access: Access, guarded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_path: Path) -> str:
        guarded.append("passphrase read")
        return SECRET

    monkeypatch.setattr(command, "from_file", read)
    assert command.list_calls(access, as_json=False, state=None, find=None) == DONE
    assert guarded == ["closed", "passphrase read"]
