"""When a warning comes, when a visit ends, how long a lock and a fault make everybody wait."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe, read_messages
from iop_tui.kiosk.idle import Over, Rest, Warn, state
from iop_tui.kiosk.pin_lock import Lock, PinAttempts
from iop_tui.kiosk.restart_policy import pause, silence
from iop_tui.site.pin import hashed
from iop_tui.site.settings import STANDARD

seconds = st.floats(0, 10_000)


@given(untouched=seconds, limit=st.floats(20, 3600), warning=st.floats(20, 300))
def test_first_nothing_then_a_warning_of_its_whole_length_then_the_end(
    untouched: float, limit: float, warning: float
) -> None:
    now = state(untouched, limit, warning)
    if untouched < limit:
        assert now == Rest(limit - untouched)
    elif untouched < limit + warning:
        assert isinstance(now, Warn)
        assert abs(now.seconds - (limit + warning - untouched)) <= 1
        assert now.seconds >= 1
    else:
        assert now == Over()


def test_the_parent_ends_a_silent_visit_only_after_it_should_have_ended_itself() -> None:
    times = STANDARD.times
    assert silence(HeartbeatMessage.ALIVE, times) > max(times.idle, times.reading) + times.warning
    assert silence(HeartbeatMessage.CRISIS, times) > times.crisis + times.warning
    assert silence(None, times) >= 30


def test_faults_at_the_start_make_wait_longer_and_longer() -> None:
    waits = [pause(failures) for failures in range(12)]
    assert waits[:2] == [0, 0], "one fault costs nobody anything"
    assert waits == sorted(waits)
    assert waits[-1] == 60


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_lock_tells_of_each_try_before_its_answer_and_slows_down_over_visits() -> None:
    ears, mouth = os.pipe()
    os.set_blocking(ears, False)
    clock, pin = Clock(), hashed("2468")
    lock = Lock(pin, PinAttempts(), HeartbeatPipe(mouth), clock)
    for _ in range(3):
        assert lock.wait == 0
        assert not lock.opens("1111")
    assert read_messages(ears) == (HeartbeatMessage.TRIED,) * 3
    assert lock.wait == 5
    assert not lock.opens("2468"), "the right PIN opens nothing while one must wait"
    assert read_messages(ears) == ()
    next_visit = Lock(pin, PinAttempts(3, clock.now), HeartbeatPipe(mouth), clock)
    assert next_visit.wait == 5
    clock.now += 5
    assert not next_visit.opens("1111")
    assert next_visit.wait == 10
    clock.now += 10
    assert next_visit.opens("2468")
    assert read_messages(ears) == (HeartbeatMessage.TRIED, HeartbeatMessage.TRIED, HeartbeatMessage.RIGHT)
    assert next_visit.wait == 0
    os.close(mouth)
    assert read_messages(ears) is None
    os.close(ears)


def test_a_word_that_nobody_hears_stops_nothing() -> None:
    ears, mouth = os.pipe()
    os.close(ears)
    HeartbeatPipe(mouth).send(HeartbeatMessage.ALIVE)
    os.close(mouth)
