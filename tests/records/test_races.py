"""Two who do different things to one call at the same moment, on both kinds: each is whole, and each is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest

from iop_tui.call.record import Call
from iop_tui.records import store
from iop_tui.records.envelope import Keys
from iop_tui.records.errors import Deleted, Rekeyed
from iop_tui.records.store import Records
from tests.records.conftest import Open
from tests.records.made import OTHER, a_call, card_of, noted

A_WHILE = 0.2
"""Seconds that somebody has to come in between, who should be kept waiting."""


@pytest.fixture
def call() -> Call:
    return a_call("first")


@pytest.fixture
def ada(opened: Open, url: str, call: Call) -> Records:
    records = opened(url, by="ada")
    records.save(call, card_of(call), 0)
    return records


@pytest.fixture
def ben(opened: Open, url: str, ada: Records) -> Records:  # noqa: ARG001  # who has made them before
    return opened(url, by="ben")


@pytest.fixture
def between() -> Iterator[Callable[[Callable[[], object]], Future[object]]]:
    """Begin something beside, and give it a while."""
    with ThreadPoolExecutor(1) as pool:

        def begin(what: Callable[[], object]) -> Future[object]:
            future = pool.submit(what)
            wait([future], A_WHILE)
            return future

        yield begin


Between = Callable[[Callable[[], object]], "Future[object]"]


def test_who_saves_in_the_middle_of_a_change_of_passphrase_is_told(
    ada: Records, ben: Records, call: Call, between: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves: list[Future[object]] = []
    unseal = Keys.unseal

    def unsealed(keys: Keys, kind: str, *arguments: object) -> bytes:
        if kind == "card" and not saves:
            late = noted(call, "late")
            saves.append(between(lambda: ben.save(late, card_of(late), 1)))
        return unseal(keys, kind, *arguments)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Keys, "unseal", unsealed)
    ada.change_passphrase(OTHER)
    with pytest.raises(Rekeyed):
        saves[0].result(30)
    assert ada.read(call.id).call == call
    assert ada.verify() == ()


def test_who_saves_in_the_middle_of_a_deletion_is_told(
    ada: Records, ben: Records, call: Call, between: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves: list[Future[object]] = []
    delete = store.delete  # type: ignore[attr-defined]  # what the store deletes rows with

    def deleted(table: object) -> object:
        saves.append(between(lambda: ben.save(noted(call, "late"), card_of(call), 1)))
        return delete(table)  # type: ignore[arg-type]  # as it came

    monkeypatch.setattr(store, "delete", deleted)
    ada.delete(call.id)
    with pytest.raises(Deleted):
        saves[0].result(30)
    assert ada.cards() == ()
    assert ada.verify() == ()
