"""The records as a counselor meets them: saved, listed, searched, changed by two at once, deleted. On both kinds."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from iop_tui.records import exists
from iop_tui.records.errors import Deleted, Missing, Overwritten, RecordsError, WeakPassphrase, WrongPassphrase
from iop_tui.records.store import Records
from tests.records.conftest import Open
from tests.records.made import NOW, OTHER, SECRET, a_call, card_of, noted


def test_what_was_saved_is_there_after_opening_again(opened: Open, url: str) -> None:
    call = a_call("sleeps in the car")
    assert not exists(url)
    version = opened(url).save(call, card_of(call), 0)
    assert exists(url)
    stored = opened(url, by="ben", create=False).read(call.id)
    assert (stored.call, stored.version, stored.by) == (call, version, "ada")


def test_a_wrong_passphrase_opens_nothing(opened: Open, url: str) -> None:
    opened(url)
    with pytest.raises(WrongPassphrase, match="not the passphrase"):
        opened(url, OTHER, create=False)


def test_nothing_is_made_unless_asked_for(opened: Open, url: str) -> None:
    with pytest.raises(Missing, match="no records"):
        opened(url, create=False)
    with pytest.raises(WeakPassphrase, match="12 characters"):
        opened(url, "short", create=True)
    assert not exists(url)


def test_each_save_is_a_version_over_the_last(records: Records) -> None:
    call = a_call()
    version = records.save(call, card_of(call), 0)
    for number in range(5):
        call = noted(call, f"note {number}")
        version = records.save(call, card_of(call), version)
    assert records.read(call.id).call.note == "note 4"
    assert records.verify() == ()


def test_who_saves_second_is_told_and_shown_both(opened: Open, url: str) -> None:
    ada, ben = opened(url, by="ada"), opened(url, by="ben")
    call = a_call("first")
    version = ada.save(call, card_of(call), 0)
    theirs = noted(call, "of ben")
    ben.save(theirs, card_of(theirs), ben.read(call.id).version)
    mine = noted(call, "of ada")
    with pytest.raises(Overwritten, match="ben saved this call") as told:
        ada.save(mine, card_of(mine), version)
    assert told.value.theirs.call.note == "of ben"
    shown = ada.audit()[-1]
    assert (shown.who, shown.what, shown.version) == ("ada", "call opened", 2)
    assert ada.read(call.id).call.note == "of ben"
    ada.save(mine, card_of(mine), told.value.theirs.version)
    assert ben.read(call.id).call.note == "of ada"


def test_a_call_that_is_begun_twice_is_not_overwritten(opened: Open, url: str) -> None:
    ada, ben = opened(url, by="ada"), opened(url, by="ben")
    call = a_call("of ada")
    ada.save(call, card_of(call), 0)
    with pytest.raises(Overwritten):
        ben.save(noted(call, "of ben"), card_of(call), 0)
    assert ada.read(call.id).call.note == "of ada"


def test_a_save_whose_answer_was_lost_can_be_made_again(records: Records) -> None:
    call = a_call()
    assert records.save(call, card_of(call), 0) == records.save(call, card_of(call), 0) == 1
    again = noted(call, "more")
    assert records.save(again, card_of(again), 1) == records.save(again, card_of(again), 1) == 2
    assert records.verify() == ()


def test_a_deleted_call_does_not_come_back(opened: Open, url: str) -> None:
    ada, ben = opened(url, by="ada"), opened(url, by="ben")
    call = a_call()
    version = ada.save(call, card_of(call), 0)
    assert len(ada.cards()) == 1
    ben.delete(call.id)
    for attempt in (
        lambda: ada.save(noted(call, "late"), card_of(call), version),
        lambda: ada.save(noted(call, "late"), card_of(call), 0),
        lambda: ada.read(call.id),
        lambda: ada.delete(call.id),
        lambda: ada.exporting(call.id, "pdf", version),
    ):
        with pytest.raises(Deleted):
            attempt()
    assert ada.cards() == ()
    assert ada.verify() == ()


def test_the_list_has_the_newest_first_and_follows_what_others_do(opened: Open, url: str) -> None:
    ada, ben = opened(url), opened(url)
    calls = [a_call(f"call {number}") for number in range(4)]
    for number, call in enumerate(calls):
        ada.save(call, card_of(call, changed=NOW + timedelta(minutes=number)), 0)
    assert [card.id for card in ben.cards()] == [call.id for call in reversed(calls)]
    ada.save(calls[0], card_of(calls[0], changed=NOW + timedelta(hours=1), words="a new word"), 1)
    ada.delete(calls[1].id)
    fifth = a_call("fifth")
    ada.save(fifth, card_of(fifth, changed=NOW - timedelta(hours=1)), 0)
    assert [card.id for card in ben.cards()] == [call.id for call in (calls[0], calls[3], calls[2], fifth)]
    assert [card.id for card in ben.find("NEW")] == [calls[0].id]


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("josé", True), ("JOSE car", True), ("car jos", True), ("jose bus", False), ("", True), ("car\njose", True)],
)
def test_a_search_wants_all_words_and_ignores_case_and_accents(records: Records, words: str, is_found: bool) -> None:
    call = a_call("José sleeps in the car")
    records.save(call, card_of(call), 0)
    assert bool(records.find(words)) is is_found


def test_each_thing_done_leaves_a_line_without_contents(opened: Open, url: str) -> None:
    records = opened(url, by="ada\x1b[31m")
    call = a_call("secret words")
    records.save(call, card_of(call), 0)
    records.save(noted(call, "more secret"), card_of(call), 1)
    records.read(call.id)
    records.exporting(call.id, "pdf", 2)
    records.exported(call.id, "pdf", 2)
    records.change_passphrase(OTHER)
    records.delete(call.id)
    lines = [(entry.what, entry.version) for entry in records.audit()]
    assert sorted(lines, key=str) == sorted(
        [
            ("records made", None), ("records opened", None), ("call saved", 1), ("call begun", 1), ("call saved", 2),
            ("call opened", 2), ("call export begun: pdf", 2), ("call exported: pdf", 2), ("passphrase changed", None),
            ("call deleted", 2),
        ], key=str,
    )  # fmt: skip
    assert {entry.who for entry in records.audit()} == {"ada?[31m"}
    assert "secret" not in repr(records.audit())
    with pytest.raises(ValueError, match="a form of export"):
        records.exporting(call.id, "what the caller said", 2)


def test_twenty_who_save_at_once_lose_nothing(opened: Open, url: str) -> None:
    every = [opened(url, by=f"counselor {number}") for number in range(20)]
    shared = a_call("shared")
    every[0].save(shared, card_of(shared), 0)
    start = threading.Barrier(len(every))

    def work(records: Records) -> tuple[str, int]:
        call = a_call()
        start.wait(30)
        version = records.save(call, card_of(call), 0)
        for number in range(5):
            call = noted(call, str(number))
            version = records.save(call, card_of(call), version)
        mine = 0
        for number in range(3):
            seen = records.read(shared.id)
            try:
                records.save(noted(shared, f"{records._by} {number}"), card_of(shared), seen.version)
                mine += 1
            except Overwritten:
                continue
        return call.id, mine

    with ThreadPoolExecutor(len(every)) as pool:
        done = list(pool.map(work, every))
    assert {every[1].read(call).call.note for call, _mine in done} == {"4"}
    assert every[2].read(shared.id).version == 1 + sum(mine for _call, mine in done)
    assert every[3].verify() == ()


def test_one_records_serves_many_threads(records: Records) -> None:
    def work(number: int) -> int:
        call = a_call(f"number {number}")
        version = records.save(call, card_of(call), 0)
        records.cards()
        return len(records.find(f"number {number}")) and version

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(24)))
    assert len(records.cards()) == 24


@pytest.mark.parametrize(
    "address",
    [
        "",
        "postgresql:clinic:hunter2@host/x",
        "clinic:hunter2@host/x",
        "host=clinic password=hunter2",
        "mysql://root:hunter2@host/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "http://[",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(opened: Open, address: str) -> None:
    with pytest.raises(RecordsError, match="postgresql\\+psycopg://") as told:
        opened(address)
    assert "hunter2" not in str(told.value)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(
    "typed", ["{room}/data/records.db", "data/records.db", "./data/records.db", "~/data/records.db"]
)
def test_a_file_can_be_named_by_its_path_alone(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    call = a_call()
    opened(typed.format(room=tmp_path)).save(call, card_of(call), 0)
    assert opened(f"sqlite:///{tmp_path}/data/records.db", create=False).read(call.id).call == call
