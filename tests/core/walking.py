"""Going through the small screening without a face, and what holds on every way."""

from __future__ import annotations

from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.engine.interview import Asking, Interview, Step, begin
from tests.core.small import small

SMALL = small()


def asked(step: Step) -> str:
    assert isinstance(step, Asking), step
    return step.question.id


def walked(interview: Interview, **answers: str | int | tuple[str, ...]) -> Interview:
    for question, answer in answers.items():
        assert asked(interview.step) == question
        interview = interview.answer(answer)
    return interview


def calm() -> Interview:
    return walked(
        begin(SMALL),
        who_for="self",
        help_with=("none",),
        thoughts="never",
        low_mood="rarely",
        low_interest="rarely",
        night_support="somebody",
    )


def check_kept_state(interview: Interview) -> None:
    """What an interview keeps for speed is what its answers say."""
    facts = Facts(interview.screening, interview.answers)
    standing = {alarm.id for alarm in interview.screening.alarms if truth(alarm.when, facts) is True}
    assert interview.active_alarms == standing
    now = {alarm.id for alarm in interview.alarms if alarm.urgency == "now"}
    assert now <= interview.unacknowledged <= standing
