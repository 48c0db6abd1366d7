"""Saving in a thread: the latest state, and never "saved" before it is."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.call.card import card_of
from iop_tui.call.operations import begin_call, noted_call
from iop_tui.call.record import Call, Card
from iop_tui.counselor.autosave import Autosave, CallDeleted, Conflict, Saved, SaveFailed, SaveState, Saving
from iop_tui.records.errors import Busy, Deleted, Overwritten, RecordsError
from iop_tui.records.stored import Stored
from iop_tui.screening.assessment.assess import assess
from tests.tui.pilot import SMALL

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
QUICK = (0.01,)


def state_of(note: str) -> tuple[Call, Card]:
    work = noted_call(begin_call(SMALL, by="Ana", now=NOW, call_id="one"), note, NOW)
    return work.call, card_of(work, assess(SMALL, {}))


class Slow:
    """Records whose saves wait for a word, and fail as they are told."""

    def __init__(self, *fails: Exception | None) -> None:
        self.fails = list(fails)
        self.notes: list[str] = []
        self.versions: list[int] = []
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Semaphore(0)

    def save(self, call: Call, _card: Card, version: int) -> int:
        self.begun.release()
        assert self.may_end.acquire(timeout=10)
        fails = self.fails.pop(0) if self.fails else None
        if fails is not None:
            raise fails
        self.notes.append(call.note)
        self.versions.append(version)
        return version + 1


class Told:
    """What the saver said, and a way to wait for the next word."""

    def __init__(self) -> None:
        self.states: list[SaveState] = []
        self._said = threading.Semaphore(0)
        self._heard = 0

    def __call__(self, state: SaveState) -> None:
        self.states.append(state)
        self._said.release()

    def next(self) -> SaveState:
        assert self._said.acquire(timeout=10)
        self._heard += 1
        return self.states[self._heard - 1]


def saver_of(records: Slow, version: int = 0) -> tuple[Autosave, Told]:
    told = Told()
    return Autosave(records, version, told, lambda: NOW, QUICK), told


def test_it_says_saved_only_once_the_records_have_it() -> None:
    records = Slow()
    saver, told = saver_of(records)
    saver.save_soon(*state_of("a"))
    assert records.begun.acquire(timeout=10)
    assert saver.state == Saving()
    records.may_end.release()
    assert told.next() == Saved(NOW)
    assert (records.notes, records.versions) == (["a"], [0])


def test_of_what_comes_during_a_save_only_the_latest_is_saved_and_nothing_is_called_saved_before() -> None:
    records = Slow()
    saver, told = saver_of(records)
    saver.save_soon(*state_of("a"))
    assert records.begun.acquire(timeout=10)
    for note in "bcd":
        saver.save_soon(*state_of(note))
    records.may_end.release()
    assert told.next() == Saving()
    records.may_end.release()
    assert told.next() == Saved(NOW)
    assert (records.notes, records.versions) == (["a", "d"], [0, 1])


def test_a_save_that_failed_is_tried_again_and_why_is_told() -> None:
    records = Slow(Busy(), Busy())
    saver, told = saver_of(records)
    saver.save_soon(*state_of("a"))
    records.may_end.release(3)
    assert told.next() == SaveFailed(str(Busy()))
    told.next()
    assert told.next() == Saved(NOW)
    assert records.notes == ["a"]


def test_what_came_after_a_failure_is_saved_in_its_place() -> None:
    records = Slow(Busy())
    saver, told = saver_of(records)
    saver.save_soon(*state_of("a"))
    assert records.begun.acquire(timeout=10)
    saver.save_soon(*state_of("b"))
    records.may_end.release(2)
    told.next()
    assert told.next() == Saved(NOW)
    assert records.notes == ["b"]


def test_a_fault_of_the_programs_own_is_told_and_does_not_end_the_saving() -> None:
    records = Slow(ValueError("secret"))
    saver, told = saver_of(records)
    saver.save_soon(*state_of("a"))
    records.may_end.release(2)
    state = told.next()
    assert isinstance(state, SaveFailed)
    assert "ValueError" in state.why
    assert "secret" not in state.why
    assert told.next() == Saved(NOW)


@pytest.mark.parametrize("fails", [Overwritten(Stored(state_of("t")[0], 5, NOW, "Bo")), Deleted("one")])
def test_nothing_is_saved_over_what_others_did_until_it_is_decided(fails: RecordsError) -> None:
    records = Slow(fails)
    saver, told = saver_of(records, 3)
    saver.save_soon(*state_of("a"))
    records.may_end.release(2)
    assert isinstance(told.next(), (Conflict, CallDeleted))
    saver.save_soon(*state_of("b"))
    assert not saver.wait_saved(0.1)
    assert records.notes == []
    saver.resume(5)
    assert told.next() == Saved(NOW)
    assert (records.notes, records.versions) == (["b"], [5])


def test_the_end_waits_for_the_last_save_but_not_for_ever() -> None:
    records = Slow()
    saver, _told = saver_of(records)
    saver.save_soon(*state_of("a"))
    began = time.monotonic()
    assert not saver.end(0.1)
    assert time.monotonic() - began < 5
    records.may_end.release()


def test_the_end_tries_at_once_what_waits_after_a_failure() -> None:
    records = Slow(Busy())
    told = Told()
    saver = Autosave(records, 0, told, lambda: NOW, (60.0,))
    saver.save_soon(*state_of("a"))
    records.may_end.release(2)
    assert isinstance(told.next(), SaveFailed)
    assert saver.end(10)
    assert records.notes == ["a"]


@given(st.lists(st.sampled_from(["put", "fail", "ok"]), max_size=30))
def test_whatever_happens_the_last_state_is_saved_at_the_end(events: list[str]) -> None:
    class Shaky:
        def __init__(self) -> None:
            self.notes: list[str] = []
            self.broken = False

        def save(self, call: Call, _card: Card, version: int) -> int:
            if self.broken:
                raise Busy
            assert version == len(self.notes)
            self.notes.append(call.note)
            return version + 1

    records, last = Shaky(), None
    early: list[str] = []

    def told(state: SaveState) -> None:
        if isinstance(state, Saved) and not records.notes:
            early.append("saved before anything was")

    saver = Autosave(records, 0, told, lambda: NOW, QUICK)
    for number, event in enumerate(events):
        if event == "put":
            last = str(number)
            saver.save_soon(*state_of(last))
        else:
            records.broken = event == "fail"
    records.broken = False
    assert saver.end(10)
    assert records.notes[-1:] == ([last] if last is not None else [])
    assert not early
