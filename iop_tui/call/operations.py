"""Call operations (answer, note, mark, tick, judgment, state), as pure functions on a CallState.

Each operation returns a new CallState and extends the last segment of time on the line. The current question is
`call.at`: the counselor follows the caller, so the Interview's own cursor is not used.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.call.form_alarm import FORM_ALARM, form_alarm, speaks_of_more, speaks_of_suicide, told_by_forms
from iop_tui.call.question_states import (
    QuestionState,
    deciding_questions_in,
    open_in,
    possible_alarms_in,
    state_of,
    states_in,
)
from iop_tui.call.record import (
    AlarmEvent,
    Call,
    CallSegment,
    ChecklistEntry,
    FilledForm,
    Judgment,
    OrphanedAnswer,
    RecordedAnswer,
    Ref,
    State,
)
from iop_tui.call.stored_answers import answer_of, plain_of, said
from iop_tui.screening.engine.evaluate import Facts, evidence
from iop_tui.screening.engine.interview import Interview, begin
from iop_tui.screening.engine.restore import restored
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Alarm, Question, Screening
from iop_tui.screening.question_types import on_day, refusal
from iop_tui.screening.search.completions import Completions


class CallState(Struct, frozen=True):
    """A call as it is stored, and the Interview with the same answers. Made by `begin_call` and `resumed`."""

    call: Call
    interview: Interview

    @property
    def screening(self) -> Screening:
        """The screening that the call is asked with."""
        return self.interview.screening


# ---- beginning, and taking up again ----------------------------------------------------------------------------------


def begin_call(
    screening: Screening, *, by: str, now: datetime, call_id: str | None = None, reference: str = ""
) -> CallState:
    """A new call, at the first question. Without `call_id` it gets a random one."""
    interview = begin(screening, _day(now))
    call = Call(
        id=call_id or secrets.token_hex(6),
        screening=ref_of(screening),
        by=by,
        began=now,
        reference=reference,
        segments=(CallSegment(now, now, by),),
        at=next((question.id for question in open_in(interview)), None),
    )
    return CallState(replace(call, alarm_events=_updated_events(call, interview, now)), interview)


def resumed(call: Call, screening: Screening, *, by: str, now: datetime) -> CallState:
    """A stored call, resumed under the present screening.

    Answers that the screening no longer allows move to `call.orphaned` with the reason; one that is allowed again moves
    back, unless the question has a newer answer. Notes, marks and ticked steps are kept even if their question is gone.
    """
    # Answers about days are relative to the day of the call: "a week ago" keeps its date.
    screening = on_day(screening, _day(call.began))
    given, orphaned = _fitting_and_orphaned(call, screening)
    answers = {name: answer_of(screening.question(name), one.answer) for name, one in given.items()}
    interview = restored(screening, answers, call.at)
    at = call.at
    if at not in screening.position:
        at = next((question.id for question in open_in(interview)), None)
    call = replace(
        call,
        screening=ref_of(screening),
        segments=(*call.segments, CallSegment(now, now, by)),
        answers=given,
        orphaned=orphaned,
        at=at,
    )
    return CallState(replace(call, alarm_events=_updated_events(call, interview, now)), interview)


def _fitting_and_orphaned(
    call: Call, screening: Screening
) -> tuple[dict[str, RecordedAnswer], tuple[OrphanedAnswer, ...]]:
    """The answers that fit the screening, and the orphaned ones."""
    version = screening.manifest.version
    given: dict[str, RecordedAnswer] = {}
    orphaned: list[OrphanedAnswer] = []
    before = [OrphanedAnswer(name, one, "") for name, one in call.answers.items()]
    for entry in (*before, *call.orphaned):
        why = _why_orphaned(entry, screening)
        if why:
            orphaned.append(replace(entry, why=entry.why or why.format(version=version)))
        elif entry.question in given:
            orphaned.append(entry)
        else:
            given[entry.question] = entry.recorded
    # A hidden answer is kept if some answers lead to its question.
    facts = Facts(screening, {name: answer_of(screening.question(name), one.answer) for name, one in given.items()})
    possible = Completions(screening)
    for name in [name for name in given if facts.shown(name) is False]:
        gate = screening.question(name).show_if
        if gate is not None and not possible.holds(gate, {}):
            why = "In version {version} of the questions, no answers lead to this question."
            orphaned.append(OrphanedAnswer(name, given.pop(name), why.format(version=version)))
    return given, tuple(orphaned)


def _why_orphaned(entry: OrphanedAnswer, screening: Screening) -> str:
    if entry.question not in screening.position:
        return "Version {version} of the questions does not have this question."
    question = screening.question(entry.question)
    if refusal(question, answer_of(question, entry.recorded.answer)):
        return "In version {version} of the questions, this answer cannot be given any more."
    return ""


# ---- what the counselor does -----------------------------------------------------------------------------------------


def answered(work: CallState, question_id: str, answer: Answer, now: datetime) -> CallState:
    """Record an answer. Raises KeyError or Refused, as the Interview does."""
    interview = work.interview.answer_in_place(question_id, answer)
    question = work.interview.wording.question(question_id)
    # A text with two forms is stored in the form that was read out.
    given = RecordedAnswer(plain_of(answer), now, str(question.ask), said(question, answer))
    return _with_answers(work, interview, {**work.call.answers, question_id: given}, now)


def taken_back(work: CallState, question_id: str, now: datetime) -> CallState:
    """Take an answer back: the question is open again. Raises KeyError for an unknown question."""
    interview = work.interview.without(question_id)
    given = {name: one for name, one in work.call.answers.items() if name != question_id}
    return _with_answers(work, interview, given, now)


def moved_to(work: CallState, question_id: str, now: datetime) -> CallState:
    """Move to a question. Raises KeyError for an unknown question."""
    return _with(work, now, at=work.screening.question(question_id).id)


def moved_to_next(work: CallState, now: datetime) -> CallState:
    """Move to the next open question: the first one after the current one, else the first of all; to one after the
    result only if none before it is open, or the call is there already. If none is open the current one stays.
    """
    position, result_at = work.screening.position, work.screening.result_at
    here = position.get(work.call.at or "", -1)
    left = [question.id for question in open_in(work.interview) if question.id != work.call.at]
    order = sorted(left, key=lambda name: ((position[name] >= result_at) != (here >= result_at), position[name] < here))
    return _with(work, now, at=next(iter(order), work.call.at))


def noted(work: CallState, question_id: str, text: str, now: datetime) -> CallState:
    """Set the note on a question; an empty one removes it. Raises KeyError for an unknown question that has no note
    from an earlier screening.
    """
    if question_id not in work.screening.position and question_id not in work.call.notes:
        raise KeyError(question_id)
    notes = {name: note for name, note in work.call.notes.items() if name != question_id}
    if text.strip():
        notes[question_id] = text
    return _with(work, now, notes=notes)


def noted_call(work: CallState, text: str, now: datetime) -> CallState:
    """Set the note on the call."""
    return _with(work, now, note=text)


def with_reference(work: CallState, text: str, now: datetime) -> CallState:
    """Set the reference by which the clinic finds the caller."""
    return _with(work, now, reference=text)


def marked(work: CallState, question_id: str, now: datetime) -> CallState:
    """Mark a question to come back to, or unmark it. Raises KeyError for an unknown question that is not marked."""
    if question_id in work.call.marked:
        return _with(work, now, marked=tuple(name for name in work.call.marked if name != question_id))
    return _with(work, now, marked=(*work.call.marked, work.screening.question(question_id).id))


def ticked(work: CallState, alarm_id: str, step: str, by: str, now: datetime) -> CallState:
    """Tick a step of the protocol. One that is ticked already keeps its time."""
    ticks = work.call.ticks
    if not any(tick.alarm == alarm_id and tick.step == step for tick in ticks):
        ticks = (*ticks, ChecklistEntry(alarm_id, step, now, by))
    return _with(work, now, ticks=ticks)


def unticked(work: CallState, alarm_id: str, step: str, now: datetime) -> CallState:
    """Untick a step that was ticked by mistake."""
    return _with(
        work, now, ticks=tuple(tick for tick in work.call.ticks if (tick.alarm, tick.step) != (alarm_id, step))
    )


def judged(work: CallState, judgment: Judgment) -> CallState:
    """Add a judgment of the counselor. Earlier ones stay in the record."""
    return _with(work, judgment.at, judgments=(*work.call.judgments, judgment))


def with_state(work: CallState, state: State, now: datetime) -> CallState:
    """Set the state: open, to be called back, or finished."""
    return _with(work, now, state=state)


# ---- how it stands ---------------------------------------------------------------------------------------------------


def active_alarms(work: CallState) -> tuple[Alarm, ...]:
    """The active alarms, those with urgency `now` first; that of the forms before those of the screening."""
    of_forms = form_alarm(work.call, work.screening)
    return (*([of_forms] if of_forms is not None else []), *work.interview.alarms)


def possible_alarms(work: CallState) -> tuple[Alarm, ...]:
    """The alarms that answers given ahead may raise: see `question_states.possible_alarms_in`."""
    return possible_alarms_in(work.interview)


def open_questions(work: CallState) -> tuple[Question, ...]:
    """The shown questions without an answer, in order."""
    return open_in(work.interview)


def deciding_questions(work: CallState, question_id: str) -> tuple[Question, ...]:
    """The questions that decide whether this one is shown; empty if that is known. Raises KeyError."""
    return deciding_questions_in(work.interview, question_id)


def question_state(work: CallState, question_id: str) -> QuestionState:
    """The state of one question. For all of them `question_states` is cheaper. Raises KeyError."""
    return state_of(work.interview, question_id)


def question_states(work: CallState) -> Mapping[str, QuestionState]:
    """The state of each question, by id, in order."""
    return states_in(work.interview)


# ---- what a record is asked for --------------------------------------------------------------------------------------


def ref_of(screening: Screening) -> Ref:
    """The reference to this screening: id, version and hash."""
    return Ref(screening.manifest.id, screening.manifest.version, screening.sha256)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _day(moment: datetime) -> date:
    """The local date of a moment."""
    return moment.astimezone().date()


def _with(work: CallState, now: datetime, **changed: object) -> CallState:
    """A copy with these fields of the call changed, and its last segment extended to now."""
    *before, last = work.call.segments
    # A clock that was set back must not shorten the time on the line.
    segments = (*before, replace(last, ended=max(last.ended, now)))
    return replace(work, call=replace(work.call, segments=segments, **changed))


def with_forms(work: CallState, forms: tuple[FilledForm, ...], now: datetime) -> CallState:
    """The call with these forms, and its alarm events updated: their alarm is raised once more by an answer that says
    more than those before.
    """
    more = speaks_of_more(work.call.forms, forms)
    changed = _with(work, now, forms=forms)
    events = _updated_events(changed.call, work.interview, now)
    if more and len(events) == len(work.call.alarm_events):
        events = (*events, AlarmEvent(FORM_ALARM, now, raised_by=told_by_forms(forms)))
    return replace(changed, call=replace(changed.call, alarm_events=events))


def _with_answers(
    work: CallState, interview: Interview, given: Mapping[str, RecordedAnswer], now: datetime
) -> CallState:
    return _with(
        replace(work, interview=interview), now, answers=given, alarm_events=_updated_events(work.call, interview, now)
    )


def _updated_events(call: Call, interview: Interview, now: datetime) -> tuple[AlarmEvent, ...]:
    """The alarm events, updated after alarms became active or were cleared."""
    by_forms = speaks_of_suicide(call)
    active = interview.active_alarms | ({FORM_ALARM} if by_forms else frozenset())
    kept = tuple(
        replace(event, cleared_at=now, corrected_to=_told(interview, event.questions))
        if event.cleared_at is None and event.alarm not in active
        else event
        for event in call.alarm_events
    )
    already = {event.alarm for event in kept if event.cleared_at is None}
    if by_forms and FORM_ALARM not in already:
        kept = (*kept, AlarmEvent(FORM_ALARM, now, raised_by=told_by_forms(call.forms)))
    new = (alarm for alarm in interview.screening.alarms if alarm.id in active and alarm.id not in already)
    facts = Facts(interview.screening, interview.answers)
    return (*kept, *(_event(interview, alarm, tuple(evidence(alarm.when, facts)), now) for alarm in new))


def _event(interview: Interview, alarm: Alarm, questions: tuple[str, ...], now: datetime) -> AlarmEvent:
    return AlarmEvent(alarm.id, now, questions=questions, raised_by=_told(interview, questions))


def _told(interview: Interview, questions: Iterable[str]) -> str:
    """These questions with their present answers, as one text."""
    told = []
    for name in questions:
        if name in interview.screening.position:
            question, answer = interview.wording.question(name), interview.answers.get(name)
            told.append(f"{question.ask} {'no answer' if answer is None else said(question, answer)}")
    return "; ".join(told)
