"""How old a call is, whatever the clocks said meanwhile: the rule by itself, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from iop_tui.records.clocks import TOLERANCE, Stamp, Timeline
from iop_tui.records.retention import Kept, Mention, due, must_ask, too_old
from tests.records.made import Ages, a_call, card_of

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)


class EarlierKey(Struct, frozen=True):
    """What a database would hold: the lines of the book, the calls, and when each was changed in truth."""

    stamps: tuple[Stamp, ...]
    calls: tuple[Kept, ...]
    truly: dict[str, datetime]
    jumps: dict[str, int]
    """How often a clock was put forward since a call was changed."""
    now: datetime
    """What the machine's clock says at the end."""
    true_now: datetime

    def timeline(self, **more: object) -> Timeline:
        return Timeline(self.stamps, self.now, **more)  # type: ignore[arg-type]  # as a test has it


def lived(steps: Sequence[tuple[timedelta, timedelta]]) -> EarlierKey:
    """Each step: time that truly passes, and how far the clock is off from then on. At each a call is begun, changed a
    quarter of an hour later, and opened again by the next step.
    """
    stamps: list[Stamp] = []
    calls: list[Kept] = []
    truly: dict[str, datetime] = {}
    at_jump: dict[str, int] = {}
    true, number, jumps, before = BEGAN, 0, 0, timedelta()
    for passes, off in steps:
        true += passes
        jumps += off > before
        before = off
        if calls:
            number += 1
            stamps.append(Stamp(number, true + off))
            seen = (*calls[-1].mentions, Mention(number, calls[-1].version))
            calls[-1] = msgspec.structs.replace(calls[-1], mentions=seen)
        number += 1
        stamps.append(Stamp(number, true + off))
        true += HOUR / 4
        card = card_of(a_call(name=f"{number:032x}"), changed=true + off)
        calls.append(Kept(card, 2, (Mention(number, 1, begins=True),)))
        truly[card.id], at_jump[card.id] = true, jumps
    stamps.append(Stamp(number + 1, true + before))
    since = {call: jumps - count for call, count in at_jump.items()}
    return EarlierKey(tuple(stamps), tuple(calls), truly, since, true + before, true)


def most_of(days: int) -> timedelta:
    """How much a jump of a clock may make a call older that may become so many days."""
    return min(max(timedelta(days=days) / 8, DAY), 31 * DAY)


PASSES = st.integers(1, 90).map(lambda hours: hours * HOUR)
OFF = st.one_of(
    st.just(timedelta()),
    st.integers(-4000, 4000).map(lambda days: days * DAY),
    st.integers(-40, 40).map(lambda hours: hours * HOUR),
)
STEPS = st.one_of(
    st.lists(st.tuples(PASSES, OFF), min_size=1, max_size=60),
    # The same clock for a while, as it usually is.
    st.lists(st.tuples(st.lists(PASSES, min_size=1, max_size=30), OFF), min_size=1, max_size=4).map(
        lambda times: [(passes, off) for every, off in times for passes in every]
    ),
)
DAYS = st.sampled_from([1, 8, 30, 90, 400])


@given(STEPS, DAYS)
@example([(DAY, timedelta()), (DAY, 10 * YEAR)], 30)
@example([(DAY, -10 * YEAR), (DAY, -10 * YEAR), (DAY, timedelta())], 30)
@example([(DAY, timedelta())] * 5 + [(DAY, -10 * YEAR)] * 3 + [(DAY, timedelta())] * 4, 30)
@settings(max_examples=400, deadline=None)
def test_whatever_the_clocks_do_no_call_becomes_older_than_it_is_but_for_a_little_at_each_jump(
    steps: list[tuple[timedelta, timedelta]], days: int
) -> None:
    past = lived(steps)
    timeline = past.timeline()
    for call in due(past.calls, Ages(open=days), timeline).sure:
        age = past.true_now - past.truly[call]
        assert age + past.jumps[call] * most_of(days) + TOLERANCE > timedelta(days=days)


# Over a gap that counts whole: an eighth of 30 days is 90 hours, and a quarter of an hour comes to what passes.
@given(
    st.lists(st.integers(1, 89).map(lambda hours: hours * HOUR), min_size=1, max_size=80),
    DAYS.filter(lambda days: days >= 30),
)
def test_with_clocks_that_are_right_it_is_the_age_that_counts(passes: list[timedelta], days: int) -> None:
    past = lived([(each, timedelta()) for each in passes])
    found = due(past.calls, Ages(open=days), past.timeline())
    assert found.sure == tuple(card.id for card in too_old([c.card for c in past.calls], Ages(open=days), past.now))
    assert found.unsure == ()


@given(st.integers(1, 30), st.integers(1, 4000), DAYS)
def test_a_jump_ahead_deletes_nothing_that_looks_old_only_by_it(before: int, years_in_days: int, days: int) -> None:
    """One laptop ahead, and it opens the records again and again. The calls are of the last days."""
    steps = [(HOUR, timedelta())] * before + [(HOUR, years_in_days * DAY)] * before
    found = due((past := lived(steps)).calls, Ages(open=max(days, 8)), past.timeline())
    assert found.sure == ()
    if years_in_days > 2 * max(days, 8):
        assert len(found.unsure) == before


@given(st.integers(1, 20), st.integers(25, 4000))
def test_calls_of_a_clock_that_was_behind_are_not_deleted_once_it_is_right(count: int, behind: int) -> None:
    steps = [(DAY, timedelta())] * 30 + [(HOUR, -behind * DAY)] * count + [(HOUR, timedelta())] * 3
    past = lived(steps)
    wrong = {call.card.id for call in past.calls[30 : 30 + count]}
    found = due(past.calls, Ages(open=20), past.timeline())
    assert not wrong & set(found.sure)
    assert wrong <= set(found.unsure)


@given(st.lists(st.tuples(PASSES, OFF), min_size=1, max_size=20))
@settings(deadline=None)
def test_once_the_clocks_are_right_for_long_what_is_old_goes(steps: list[tuple[timedelta, timedelta]]) -> None:
    """Nothing is kept for ever because a clock was wrong for some days, not even what was taken ten years ahead."""
    past = lived([*steps, *[(DAY, timedelta())] * 70])
    timeline = past.timeline()
    assert not timeline.is_behind
    found = due(past.calls, Ages(open=30), timeline)
    assert {call.card.id for call in past.calls[: len(steps)]} <= set(found.sure)


def test_a_call_whose_clock_was_put_ahead_while_it_lay_open_does_not_stay_for_years() -> None:
    past = lived([(DAY, timedelta())] * 60)
    first = past.calls[0]
    ahead = msgspec.structs.replace(first.card, changed=first.card.changed + 10 * YEAR)
    call = msgspec.structs.replace(first, card=ahead)
    # It was opened again a day later: by then it had been saved.
    assert due([call], Ages(open=30), past.timeline()).sure == (ahead.id,)
    assert due([call], Ages(open=59), past.timeline()).sure == ()


@given(st.lists(st.booleans(), min_size=2, max_size=60), st.integers(-4000, 4000))
def test_two_machines_of_which_one_is_wrong_all_the_time(ours: list[bool], off: int) -> None:
    """Both work every hour on the same records. No call is old."""
    past = lived([(HOUR, timedelta() if right else off * DAY) for right in ours] + [(HOUR, timedelta())])
    # The server's clock says that the later lines are of no time that was.
    timeline = past.timeline(sees_future=False)
    assert not timeline.is_behind or off < 0
    assert due(past.calls, Ages(open=60), timeline).sure == ()


def test_a_clock_that_is_behind_the_audit_is_known() -> None:
    past = lived([(DAY, timedelta())] * 10 + [(HOUR, -YEAR)])
    assert past.timeline().is_behind
    assert past.timeline().last == past.stamps[-4].at
    right = lived([(DAY, timedelta())] * 10)
    assert not right.timeline().is_behind


def test_a_person_who_vouches_for_the_clock_settles_what_was_before() -> None:
    """Nobody used the records for a year; a laptop was ahead for days. Then somebody says that the clock is right."""
    long_ago = lived([(DAY, timedelta()), (YEAR, timedelta()), (DAY, timedelta())])
    assert len(due(long_ago.calls, Ages(open=100), long_ago.timeline()).unsure) == 1
    sure = long_ago.timeline(sure_until=Stamp(long_ago.stamps[-1].number, long_ago.now))
    assert len(due(long_ago.calls, Ages(open=100), sure).sure) == 1

    ahead = lived([(DAY, 10 * YEAR)] * 5 + [(DAY, timedelta())] * 2)
    assert ahead.timeline().is_behind
    assert not ahead.timeline(sure_until=Stamp(ahead.stamps[-1].number, ahead.now)).is_behind


def test_a_call_that_the_audit_does_not_know_is_kept() -> None:
    past = lived([(DAY, timedelta())] * 60)
    unknown = msgspec.structs.replace(past.calls[0], mentions=())
    found = due([unknown], Ages(open=8), past.timeline())
    assert (found.sure, found.unsure) == ((), (unknown.card.id,))


def test_many_at_once_need_a_person() -> None:
    assert [must_ask(count, of) for count, of in ((5, 5), (6, 6), (6, 60), (7, 60), (0, 0))] == [
        *(False, True, False, True, False)
    ]


def test_a_hundred_thousand_lines_are_looked_at_in_a_moment() -> None:
    import time

    stamps = [Stamp(number, BEGAN + number * HOUR / 7) for number in range(100_000)]
    began = time.perf_counter()
    timeline = Timeline(stamps, stamps[-1].at)
    assert timeline.passed(BEGAN, DAY) == stamps[-1].at - BEGAN
    assert time.perf_counter() - began < 5
