"""PostgreSQL: a server that goes, hangs or refuses."""

from __future__ import annotations

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from iop_tui.records import database, deadlines, exists
from iop_tui.records.errors import BadAddress, Busy, Lost, Missing, NotAllowed, RecordsError
from tests.records.conftest import Open
from tests.records.made import a_call, card_of, noted
from tests.records.server import Server


@pytest.mark.parametrize("how", [signal.SIGQUIT, signal.SIGKILL])
def test_while_the_server_is_gone_there_is_a_sentence_and_then_the_next_save_works(
    opened: Open, own: Server, how: signal.Signals
) -> None:
    records = opened(own.url())
    call = a_call()
    version = records.save(call, card_of(call), 0)
    own.stop(how)
    for _ in range(2):
        with pytest.raises(Lost, match="does not answer"):
            records.save(noted(call, "more"), card_of(call), version)
    with pytest.raises(Lost):
        opened(own.url())
    own.start()
    assert records.save(noted(call, "more"), card_of(call), version) == version + 1
    assert records.read(call.id).call.note == "more"


def test_a_server_that_hangs_is_not_waited_for_for_ever(
    opened: Open, own: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The least that libpq takes: it is tried once to connect anew.
    monkeypatch.setitem(database._LINE, "connect_timeout", 2)
    records = opened(own.url())
    call = a_call()
    version = records.save(call, card_of(call), 0)
    monkeypatch.setattr(database, "USUAL", 0.3)
    with own.frozen():
        began = time.monotonic()
        with pytest.raises(Lost):
            records.save(noted(call, "more"), card_of(call), version)
        assert time.monotonic() - began < 15
    assert records.save(noted(call, "more"), card_of(call), version) == version + 1
    assert deadlines.USUAL <= 20


def test_somebody_who_holds_a_row_is_not_waited_for_for_ever(
    opened: Open, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_SETTINGS", (*database._SETTINGS, "lock_timeout = '200ms'"))
    url = server.fresh()
    records = opened(url)
    call = a_call()
    version = records.save(call, card_of(call), 0)
    with psycopg.connect(url.replace("+psycopg", "")) as other:
        other.execute("SELECT id FROM iop_calls FOR UPDATE")
        with pytest.raises(Busy):
            records.save(noted(call, "more"), card_of(call), version)
    other.close()
    assert records.save(noted(call, "more"), card_of(call), version) == version + 1


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("postgresql://clinic:hunter2@127.0.0.1:{port}/nowhere", Missing),
        ("postgresql+psycopg://nobody_here:hunter2@127.0.0.1:{port}/postgres", NotAllowed),
        ("postgresql://clinic:hunter2@127.0.0.1:1/postgres", Lost),
        ("postgresql://clinic:hunter2@host.invalid/postgres", Lost),
        ("postgresql+asyncpg://clinic:hunter2@127.0.0.1/postgres", BadAddress),
    ],
)
def test_no_password_is_in_any_sentence(server: Server, address: str, kind: type[RecordsError]) -> None:
    with pytest.raises(kind) as told:
        exists(address.format(port=server.port))
    assert "hunter2" not in str(told.value)


def test_a_user_without_rights_is_told(opened: Open, server: Server) -> None:
    url = server.fresh()
    opened(url)
    server.psql("DO $$BEGIN CREATE ROLE guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END$$")
    with pytest.raises(NotAllowed, match="Grant the rights"):
        opened(url.replace("clinic@", "guest@"), create=False)


def test_two_who_make_the_records_at_once_make_one(opened: Open, server: Server) -> None:
    url = server.fresh()
    with ThreadPoolExecutor(4) as pool:
        every = list(pool.map(lambda _: opened(url), range(4)))
    call = a_call()
    every[0].save(call, card_of(call), 0)
    assert [records.read(call.id).version for records in every] == [1] * 4
    assert every[0].verify() == ()


def test_settings_of_the_connection_can_stand_in_the_address(opened: Open, server: Server) -> None:
    opened(f"{server.fresh()}?sslmode=disable&connect_timeout=30")
    with pytest.raises(Lost):
        exists(f"{server.url()}?sslmode=verify-full")


def test_other_tables_of_the_database_are_left_alone(opened: Open, server: Server) -> None:
    url = server.fresh()
    name = url.rpartition("/")[2]
    server.psql("CREATE TABLE songs AS SELECT 1 AS one", name)
    opened(url)
    assert server.psql("SELECT one FROM songs", name) == "1"
    assert Path(url).name == name


def test_what_colleagues_save_meanwhile_does_not_look_like_tampering(opened: Open, server: Server) -> None:
    url = server.fresh()
    ada, ben = opened(url), opened(url)
    for call in [a_call() for _ in range(20)]:
        ada.save(call, card_of(call), 0)
    over = threading.Event()

    def work() -> int:
        count = 0
        while not over.is_set():
            call = a_call()
            ben.save(call, card_of(call), 0)
            ben.save(noted(call, "more"), card_of(call), 1)
            ben.delete(call.id)
            count += 1
        return count

    with ThreadPoolExecutor(2) as pool:
        workers = [pool.submit(work) for _ in range(2)]
        problems = [ada.verify() for _ in range(10)]
        over.set()
    assert all(worker.result() for worker in workers)
    assert problems == [()] * 10
