"""A server that was put back to what it was before: somebody restored a dump, or a snapshot of the machine."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from iop_tui.records import reopening
from iop_tui.records.errors import Deleted, Overwritten, Replaced
from iop_tui.records.stored import ANOTHER
from tests.records.conftest import Open
from tests.records.made import NOW, a_call, card_of, noted
from tests.records.server import Server, programs


def test_a_database_that_was_restored_from_a_dump_is_noticed(opened: Open, server: Server, tmp_path: Path) -> None:
    url = server.fresh()
    name = url.rpartition("/")[2]
    ada, idle = opened(url), opened(url, by="idle")
    call = a_call("first")
    ada.save(call, card_of(call), 0)
    connection = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "clinic"]
    dump = [str(programs() / "pg_dump"), *connection, "--clean", "--if-exists", "-f", str(tmp_path / "dump.sql"), name]
    subprocess.run(dump, check=True, timeout=60)
    ada.save(noted(call, "second"), card_of(call), 1)
    gone = a_call("begun after the dump")
    ada.save(gone, card_of(gone), 0)
    psql = [str(programs() / "psql"), *connection, "-q", "-d", name, "-f", str(tmp_path / "dump.sql")]
    subprocess.run(psql, check=True, timeout=60, stdout=subprocess.DEVNULL)

    third = noted(call, "third")
    for attempt in (
        lambda: ada.save(third, card_of(call), 2),
        lambda: ada.save(gone, card_of(gone), 1),
        lambda: ada.save(a_call(), card_of(call), 0),
        lambda: ada.delete(call.id),
        lambda: ada.read(call.id),
    ):
        with pytest.raises(Replaced, match="put back"):
            attempt()
    # Who has written nothing since has lost nothing.
    assert idle.read(call.id).call.note == "first"

    found = reopening.with_those_there(ada, NOW)
    assert (found.records, found.copy) == (ada, None)
    with pytest.raises(Overwritten) as told:
        ada.save(third, card_of(call), ANOTHER)
    assert ada.save(third, card_of(call), told.value.theirs.version) == 2
    with pytest.raises(Deleted):
        ada.save(gone, card_of(gone), 1)
    assert ada.save(gone, card_of(gone), 0) == 1
    assert ada.verify() == ()


def test_a_server_whose_disk_was_put_back_is_noticed(opened: Open, own: Server, tmp_path: Path) -> None:
    """A snapshot of the machine: everything is as it was, and no client is told."""
    records = opened(own.url())
    call = a_call("first")
    records.save(call, card_of(call), 0)
    own.stop(signal.SIGINT)
    shutil.copytree(own._data, tmp_path / "snapshot", symlinks=True)
    own.start()
    records.save(noted(call, "second"), card_of(call), 1)
    own.stop(signal.SIGINT)
    for each in own._data.iterdir():
        shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
    shutil.copytree(tmp_path / "snapshot", own._data, symlinks=True, dirs_exist_ok=True)
    if own._as:
        for each in (own._data, *own._data.rglob("*")):
            shutil.chown(each, own._as[-1])
    own.start()
    with pytest.raises(Replaced, match="put back"):
        records.save(noted(call, "third"), card_of(call), 2)
