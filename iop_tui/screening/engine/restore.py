"""Restore an interview: from stored answers, or in a changed screening."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.engine.interview import Interview, Refused, active_of
from iop_tui.screening.model.answers import Answer, Answers
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.question_types import on_day, refusal


def restored(screening: Screening, answers: Mapping[str, Answer], at: str | None = None) -> Interview:
    """An interview with these answers, given in any order, at this question if it is shown or may be, else at the first
    open one. Hidden answers are kept. Raises KeyError or Refused.
    """
    for question_id, answer in answers.items():
        why = refusal(screening.question(question_id), answer)
        if why:
            raise Refused(f"question {question_id!r} {why}")
    sheet = Answers(screening, answers)
    facts = Facts(screening, sheet)
    asked = [screening.position[question.id] for question in facts.asked()]
    pending = tuple(i for i in asked if screening.questions[i].id not in sheet)
    end = len(screening.questions)
    place = pending[0] if pending else end
    if at is not None and at in screening.position and facts.shown(at) is not False:
        place = screening.position[at]
    active_alarms = active_of(screening.alarms, facts)
    last = max((i for i in asked if i < place), default=0)
    return Interview(
        screening,
        sheet,
        place,
        last,
        active_alarms,
        unacknowledged=active_alarms,
        reviewed=True,
        pending=pending,
        continuing=screening.result_at <= place < end,
    )


def migrated(interview: Interview, screening: Screening) -> Interview:
    """The same interview in a changed screening. Answers that the new screening does not allow are dropped; the rest is
    as if it had been answered there.

    It stays at the same question if that is still shown, else at the first open one. Alarms follow from the answers; an
    acknowledged alarm that is still active is not shown again.
    """
    today = interview.today
    screening = on_day(screening, today)
    kept = {
        question_id: answer
        for question_id, answer in interview.answers.items()
        if question_id in screening.position and refusal(screening.question(question_id), answer) is None
    }
    answers = Answers(screening, kept)
    facts = Facts(screening, answers)
    asked = [i for i, question in enumerate(screening.questions) if facts.shown(question.id)]
    pending = tuple(i for i in asked if screening.questions[i].id not in kept)
    end, result_at = len(screening.questions), screening.result_at
    first = next((i for i in pending if i < (end if interview.continuing else result_at)), end)
    at = _place(interview, interview.at, screening)
    # What comes after the result now is not asked of somebody who has not seen it.
    too_early = at is not None and interview.at < interview.screening.result_at and result_at <= at
    stays = at in asked and not (too_early and not interview.continuing)
    if at is None or not stays:
        at = first
    last = _place(interview, interview.last, screening)
    if last not in asked:
        last = None
    active_alarms = active_of(screening.alarms, facts)
    now = {alarm.id for alarm in screening.alarms if alarm.urgency == "now"}
    acknowledged = interview.active_alarms - interview.unacknowledged - now
    # Open questions before the current one would never be reached by going on: they are asked as after a change in the
    # review.
    reviewed = interview.reviewed or at == end or any(i < at for i in pending)
    continuing = interview.continuing and at < end
    return Interview(
        screening,
        answers,
        at=at,
        last=max((i for i in asked if i < at), default=0) if last is None else last,
        active_alarms=active_alarms,
        unacknowledged=active_alarms - acknowledged,
        reviewed=reviewed,
        pending=pending if reviewed else (),
        correcting=interview.correcting and stays,
        not_answered_due=interview.not_answered_due
        and last is not None
        and screening.questions[last].if_unsaid is not None,
        today=today,
        # A result that follows from a question that is open now is not shown.
        checked=interview.checked and (continuing or stays or at == end),
        continuing=continuing,
    )


def _place(interview: Interview, index: int, screening: Screening) -> int | None:
    """The index in another screening of a question of this interview; None if it is not there."""
    questions = interview.screening.questions
    return screening.position.get(questions[index].id) if index < len(questions) else None
