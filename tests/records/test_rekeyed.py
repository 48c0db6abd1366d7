"""Another passphrase: everything is under it, nothing is under the old one, and nobody who works meanwhile loses."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from iop_tui.records.errors import Damaged, Rekeyed, WeakPassphrase, WrongPassphrase
from tests.records.conftest import Open
from tests.records.made import OTHER, SECRET, a_call, card_of, noted


def test_the_new_passphrase_opens_everything_and_the_old_one_nothing(
    opened: Open, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iop_tui.records.rekey._AT_ONCE", 20)
    records = opened(url)
    calls = [a_call(f"note {number}") for number in range(45)]
    for call in calls:
        records.save(call, card_of(call), 0)
    records.change_passphrase(OTHER)
    assert {card.id for card in records.cards()} == {call.id for call in calls}
    with pytest.raises(WrongPassphrase):
        opened(url, SECRET)
    again = opened(url, OTHER)
    assert again.read(calls[7].id).call == calls[7]
    assert again.verify() == ()


def test_a_weak_one_changes_nothing(opened: Open, url: str) -> None:
    records = opened(url)
    with pytest.raises(WeakPassphrase):
        records.change_passphrase("short")
    opened(url, SECRET)


def test_a_colleague_with_the_old_one_is_told_and_loses_nothing(opened: Open, url: str) -> None:
    ada, ben = opened(url, by="ada"), opened(url, by="ben")
    call = a_call()
    version = ben.save(call, card_of(call), 0)
    ben.cards()
    ada.change_passphrase(OTHER)
    late, fresh = noted(call, "typed meanwhile"), a_call("begun meanwhile")
    for attempt in (
        lambda: ben.save(late, card_of(late), version),
        lambda: ben.save(fresh, card_of(fresh), 0),
        lambda: ben.read(call.id),
        lambda: ben.delete(call.id),
        lambda: ben.exporting(call.id, "pdf", version),
        lambda: ben.change_passphrase("yet another passphrase"),
        ben.cards,
        ben.verify,
    ):
        with pytest.raises(Rekeyed, match="new passphrase"):
            attempt()
    again = opened(url, OTHER, by="ben")
    again.save(late, card_of(late), version)
    again.save(fresh, card_of(fresh), 0)
    assert ada.read(call.id).call.note == "typed meanwhile"
    assert ada.verify() == ()


def test_a_damaged_call_stops_the_change_and_is_named(opened: Open, file_url: str, tmp_path: Path) -> None:
    records = opened(file_url)
    calls = [a_call() for _ in range(3)]
    for call in calls:
        records.save(call, card_of(call), 0)
    with sqlite3.connect(tmp_path / "data" / "records.db") as connection:
        connection.execute("UPDATE iop_calls SET contents = zeroblob(2000) WHERE id = ?", (calls[1].id,))
    connection.close()
    with pytest.raises(Damaged, match=calls[1].id[:8]):
        records.change_passphrase(OTHER)
    assert records.read(calls[0].id).call == calls[0]
    records.delete(calls[1].id)
    records.change_passphrase(OTHER)
    assert records.verify() == ()
