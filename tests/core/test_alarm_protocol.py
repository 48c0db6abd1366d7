"""What a clinic sets for its counselors: the steps to take in danger, and how long a call is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.problems import Problem, Unusable
from iop_tui.screening.shipped import shipped
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import STANDARD
from iop_tui.site.site_file import STEPS, fits
from tests.core.conftest import Load
from tests.shipped import SHIPPED


def problem(load: Callable[[], object]) -> Problem:
    with pytest.raises(Unusable) as unusable:
        load()
    [found] = unusable.value.problems
    return found


def test_the_steps_for_a_page_come_before_those_for_all(loaded: Load) -> None:
    site = loaded("protocol: [Ring the bell.]\nprotocols:\n  suicide: [Ask., Call 988.]\n")
    assert steps_for(site, SHIPPED, "suicide") == ("Ask.", "Call 988.")
    assert steps_for(site, SHIPPED, "withdrawal") == ("Ring the bell.",)


def test_without_steps_of_its_own_a_clinic_has_ours_for_every_page() -> None:
    for page in load_sound(shipped()).pages:
        for today in (False, True):
            steps = steps_for(STANDARD, SHIPPED, page, today=today)
            said = " ".join(steps)
            assert 1 < len(steps) <= STEPS
            assert all(len(step) <= 160 for step in steps), "what is more than a site file may say is too long"
            assert "911" in said
            assert "Where is the person" in said
            assert "clinician on duty" in said
            assert "call back" in said or "taken over" in said


def test_each_danger_has_the_steps_that_it_needs() -> None:
    def said(page: str, *, today: bool = False) -> str:
        return " ".join(steps_for(STANDARD, SHIPPED, page, today=today))

    assert "988" in said("suicide")
    assert "guns, pills" in said("suicide")
    for page in ("medical", "withdrawal", "pregnancy", "self_care"):
        assert "Have 911 called now" in said(page)
        assert "988" not in said(page), "the body first"
        assert "Have 911 called now" not in said(page, today=True)
        assert "911 now" in said(page, today=True)
    assert "Can you talk freely" in steps_for(STANDARD, SHIPPED, "unsafe")[0]
    assert "duty to report" in said("unsafe")
    assert "duty to warn" in said("harm_others")
    assert "baby" in said("birth_mind")


def test_there_are_as_many_steps_as_digits_to_tick_them_with(loaded: Load) -> None:
    loaded(f"protocol: {[f'Step {number}.' for number in range(STEPS)]}\n")
    many = [f"Step {number}." for number in range(STEPS + 1)]
    found = problem(lambda: loaded(f"clinic: Us\nprotocols:\n  medical: {many}\n"))
    assert found.line == 3
    assert "11 steps are more than a counselor can follow on the phone; write 10 at most" in found.message


def test_steps_for_a_page_that_is_not_there_are_refused(loaded: Load) -> None:
    site = loaded("clinic: Us\nprotocols:\n  suicde: [Ask.]\n")
    found = problem(lambda: fits(site, load_sound(shipped())))
    assert found.line == 3
    assert "there is no page of danger 'suicde'; did you mean 'suicide'?" in found.message


def test_calls_are_kept_where_no_age_is_set(loaded: Load) -> None:
    site = loaded("retention: {finished: 2190, open: 30}\n")
    assert (site.retention.finished, site.retention.open, site.retention.call_back) == (2190, 30, None)
    assert STANDARD.retention.finished is None


@pytest.mark.parametrize("days", ["0", "-1", "1.5", "40000", "a year"])
def test_an_age_is_a_number_of_days(loaded: Load, days: str) -> None:
    found = problem(lambda: loaded(f"clinic: Us\nretention:\n  finished: {days}\n"))
    assert found.line == 3
    assert "finished" in found.message
