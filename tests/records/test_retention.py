"""What is too old is deleted, and nothing because of one clock alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import click
import pytest

from iop_tui.call.record import Call, State
from iop_tui.cli_support.exit_status import BAD_INPUT, DONE, FAILED
from iop_tui.commands.expire import expire
from iop_tui.commands.records import Access
from iop_tui.records.audit import CLOCK, EXPIRED, EXPIRY, OPENED
from iop_tui.records.store import Records
from tests.records.conftest import Open
from tests.records.made import SECRET, Ages, Clock, a_call, card_of, noted

DAY, YEAR = timedelta(days=1), timedelta(days=365)
Said = Callable[[], tuple[str, str]]


def taken(records: Records, clock: Clock, *, state: State = "open") -> Call:
    """A call, taken now."""
    call = a_call(state)
    records.save(call, card_of(call, state=state, changed=clock.now), 0)
    return call


def used(records: Records, clock: Clock, days: int, *, step: timedelta = DAY) -> None:
    """The records are used once a day."""
    for _ in range(days):
        clock.now += step
        records.session.append(OPENED)


def ids(records: Records) -> set[str]:
    return {card.id for card in records.cards()}


def lines(records: Records, *whats: str) -> Sequence[str]:
    return [entry.what for entry in records.audit() if entry.what.startswith(whats)]


@pytest.fixture
def past(clock: Clock) -> Clock:
    """It is 60 days ago, for now."""
    clock.now -= 60 * DAY
    return clock


def test_old_calls_are_deleted_by_their_state_with_the_clocks_that_agreed(records: Records, past: Clock) -> None:
    old = {state: taken(records, past, state=state) for state in ("finished", "open", "call_back")}
    used(records, past, 2)
    young = {state: taken(records, past, state=state) for state in ("finished", "open", "call_back")}
    used(records, past, 58)
    assert records.expire(Ages(finished=59, call_back=57), past.now) == (3, "")
    assert ids(records) == {old["open"].id, young["open"].id, young["finished"].id}
    agreed = "clock, server and audit" if not records._database.is_file else "clock and audit"
    assert lines(records, "expiry", EXPIRED) == [EXPIRY.format(clocks=agreed), *[EXPIRED] * 3]
    assert records.expire(Ages(), past.now) == (0, "")
    assert records.verify() == ()


def test_a_call_that_is_saved_just_before_it_expires_stays(
    opened: Open, url: str, past: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, ben = opened(url), opened(url, by="ben")
    call = taken(ada, past)
    used(ada, past, 60)
    found = ada.expiring(Ages(open=30), past.now)
    assert list(found.due) == [call.id]
    ben.save(noted(call, "called again"), card_of(call, changed=past.now), 1)
    monkeypatch.setattr(ada, "expiring", lambda *_args, **_more: found)
    assert ada.expire(Ages(open=30), past.now)[0] == 0
    assert ada.read(call.id).call.note == "called again"
    # Nothing was deleted, and nothing says that anything was.
    assert lines(ada, "expiry") == []


# ---- a clock that is ahead -------------------------------------------------------------------------------------------


def test_a_clock_that_is_ahead_deletes_nothing_and_that_is_told(opened: Open, file_url: str, clock: Clock) -> None:
    with_all = opened(file_url)
    calls = {taken(with_all, clock).id for _ in range(3)}
    clock.now += 10 * YEAR
    for _ in range(3):
        # Each opening leaves lines that are as wrong as the clock.
        records = opened(file_url, by="laptop")
        count, said = records.expire(Ages(open=30), clock.now)
        assert count == 0
        assert "Kept, though by their own times they are older than your clinic keeps them: 3." in said
        assert "iop-tui records --site FILE expire" in said
    assert ids(records) == calls
    clock.now -= 10 * YEAR - DAY
    assert opened(file_url).expire(Ages(open=30), clock.now)[0] == 0
    assert ids(records) == calls


def test_a_person_who_vouches_for_the_clock_decides(opened: Open, file_url: str, clock: Clock) -> None:
    """Nobody used the records for a year, and the clock is right."""
    records = opened(file_url)
    calls = [taken(records, clock) for _ in range(3)]
    clock.now += YEAR
    later = taken(records, clock)
    assert records.expire(Ages(open=30), clock.now)[0] == 0
    assert records.expire(Ages(open=30), clock.now, is_sure=True) == (3, "")
    assert ids(records) == {later.id}
    told = lines(records, CLOCK, "expiry", EXPIRED)
    assert told == [CLOCK, EXPIRY.format(clocks="clock and a person's word"), *[EXPIRED] * len(calls)]
    # Not asked again for the same year.
    used(records, clock, 31)
    assert records.expire(Ages(open=30), clock.now) == (1, "")


def test_a_clock_that_the_server_contradicts_deletes_nothing_whoever_vouches_for_it(
    opened: Open, url: str, clock: Clock
) -> None:
    records = opened(url)
    if records._database.is_file:
        pytest.skip("a file has no clock of its own")
    calls = {taken(records, clock).id}
    clock.now += 10 * YEAR
    for is_sure in (False, True):
        count, said = records.expire(Ages(open=30), clock.now, is_sure=is_sure)
        assert count == 0
        assert f"This computer's clock says {clock.now:%Y-%m-%d %H:%M} UTC, and the database server's says" in said
    assert ids(records) == calls


def test_two_machines_with_different_clocks_on_one_server(opened: Open, url: str, past: Clock) -> None:
    """One laptop is ten years ahead all the time. What is old goes by the other one's clock, and nothing else."""
    right, ahead = opened(url, by="right"), opened(url, by="ahead")
    if right._database.is_file:
        pytest.skip("a file has no clock of its own")
    old = taken(right, past)
    past.now += 10 * YEAR
    of_laptop = taken(ahead, past)
    past.now -= 10 * YEAR
    for day in range(60):
        used(right, past, 1)
        past.now += 10 * YEAR
        used(ahead, past, 2, step=timedelta())
        if day == 58:
            young = taken(ahead, past)
            assert ahead.expire(Ages(open=30), past.now)[0] == 0
        past.now -= 10 * YEAR
    count, _said = right.expire(Ages(open=30), past.now)
    assert count == 2, _said
    assert ids(right) == {young.id}
    assert {old.id, of_laptop.id} == {entry.call for entry in right.audit() if entry.what == EXPIRED}


# ---- a clock that is behind ------------------------------------------------------------------------------------------


def test_a_call_of_a_clock_that_was_years_behind_is_kept_once_it_is_right(records: Records, past: Clock) -> None:
    before = taken(records, past)
    used(records, past, 59)
    past.now -= 10 * YEAR
    wrong = taken(records, past)
    past.now += 10 * YEAR
    used(records, past, 1)
    assert records.expire(Ages(open=30), past.now)[0] == 1
    assert ids(records) == {wrong.id}
    assert before.id not in ids(records)


def test_a_clock_that_is_behind_now_is_told_and_deletes_nothing(opened: Open, file_url: str, past: Clock) -> None:
    records = opened(file_url)
    old = taken(records, past)
    used(records, past, 60)
    last = past.now
    past.now -= 20 * YEAR
    later = opened(file_url)
    count, said = later.expire(Ages(open=30), past.now)
    assert count == 0
    assert f"{past.now:%Y-%m-%d %H:%M} UTC, but by the audit the records were used at {last:%Y-%m-%d %H:%M} UTC" in said
    assert ids(records) == {old.id}


# ---- how much at once ------------------------------------------------------------------------------------------------


def test_more_than_a_tenth_takes_a_person(records: Records, past: Clock) -> None:
    old = {taken(records, past).id for _ in range(6)}
    used(records, past, 60)
    young = {taken(records, past).id for _ in range(4)}
    count, said = records.expire(Ages(open=30), past.now)
    assert count == 0
    assert "Calls older than your clinic keeps them: 6 of 10." in said
    assert ids(records) == old | young
    assert records.expire(Ages(open=30), past.now, is_sure=True)[0] == 6
    assert ids(records) == young


# ---- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def access(file_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    (tmp_path / "secret").touch(0o600)
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    (tmp_path / "site.yaml").write_text("retention: {open: 30}\n")
    return Access(file_url, tmp_path / "secret", site=tmp_path / "site.yaml")


@pytest.fixture
def said(capfd: pytest.CaptureFixture[str]) -> Said:
    return lambda: tuple(capfd.readouterr())  # type: ignore[return-value]  # what was printed, and what was told


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person types who sits there; popped from the front."""
    typed: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: bool(typed))
    monkeypatch.setattr(click, "prompt", lambda *_args, **_more: typed.pop(0))
    return typed


def test_the_command_deletes_what_is_old(opened: Open, access: Access, past: Clock, said: Said) -> None:
    records = opened(str(access.url))
    taken(records, past)
    used(records, past, 60)
    assert expire(Access(access.url, access.passphrase_file), sure=False) == BAD_INPUT
    assert "--site FILE" in said()[1]
    assert expire(access, sure=False) == DONE
    assert said() == ("1 call deleted: older than the site file allows.\n", "")
    assert records.cards() == ()


@pytest.mark.usefixtures("answers")
def test_where_nobody_can_be_asked_what_is_in_doubt_is_kept(
    opened: Open, access: Access, clock: Clock, said: Said
) -> None:
    records = opened(str(access.url))
    taken(records, clock)
    clock.now += 10 * YEAR
    assert expire(access, sure=False) == FAILED
    out, err = said()
    assert out.startswith("0 calls deleted")
    assert "Kept, though" in err
    assert len(records.cards()) == 1
    assert expire(access, sure=True) == DONE
    assert records.cards() == ()


@pytest.mark.parametrize("typed", ["today", "the real day", "", "yes"])
def test_a_person_is_asked_for_the_day(
    opened: Open, access: Access, clock: Clock, said: Said, answers: list[str], typed: str
) -> None:
    """What day it is they know from elsewhere; a clock that is ten years ahead does not."""
    records = opened(str(access.url))
    taken(records, clock)
    real = f"{clock.now:%Y-%m-%d}"
    clock.now += 10 * YEAR
    answers.append({"today": f"{clock.now:%Y-%m-%d}", "the real day": real}.get(typed, typed))
    assert expire(access, sure=False) == (DONE if typed == "today" else FAILED)
    assert len(records.cards()) == (typed != "today")
    err = said()[1]
    assert "of all calls: 1" in err
    assert ("set the clock right" in err) == (typed == "the real day")


def test_where_there_is_no_doubt_a_word_is_not_needed_nor_noted(
    opened: Open, access: Access, past: Clock, said: Said
) -> None:
    records = opened(str(access.url))
    taken(records, past)
    used(records, past, 60)
    assert expire(access, sure=True) == DONE
    assert said()[0].startswith("1 call deleted")
    assert lines(records, CLOCK) == []
