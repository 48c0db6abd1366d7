"""A call -> Report: everything that may be exported, and nothing else.

An answer that a `show_if` hides stays in the call, and is not in the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from msgspec import Struct
from msgspec.structs import replace

from iop_tui import __version__
from iop_tui.call.record import Call, CallSegment, FilledForm, RecordedAnswer, Ref, State
from iop_tui.call.stored_answers import answer_of
from iop_tui.export import narrative
from iop_tui.export.report_model import (
    Asked,
    Line,
    Lines,
    Open,
    Opinion,
    ReportedAlarm,
    ReportedOrphan,
    Result,
    Rule,
    Safety,
    Step,
)
from iop_tui.review.sentences import review_line
from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.engine.evaluate import Facts, Truth, truth
from iop_tui.screening.engine.third_person import proxy_wording, wording_for
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Alarm, Screening
from iop_tui.screening.question_types import refusal


class Report(Struct, frozen=True):
    """The exported content of one call. Times are in UTC; `zone` is the time zone of notes, None for this machine's."""

    id: str
    reference: str
    by: str
    began: datetime
    ended: datetime
    """The time of the last operation."""
    seconds: int
    segments: tuple[CallSegment, ...]
    state: State
    used: Ref
    """The screening as it was in the call."""
    present: Ref
    """The screening whose rules gave the result."""
    program: str
    zone: tzinfo | None
    opening: str
    closing: str
    review: str
    """Who has reviewed the screening, in one line."""
    notice: str
    """The clinic's text for the beginning and the end of every export; may be empty."""
    for_other: Truth
    """Whether the caller answered for another person; None where it is not known."""
    safety: tuple[Safety, ...]
    """The answers to the questions that alarms with urgency `now` depend on."""
    dangers: tuple[ReportedAlarm, ...]
    """Active ones first, `now` before `today`."""
    result: Result
    opinions: tuple[Opinion, ...]
    """The counselor's judgments, the current one first."""
    note: str
    reasons: tuple[Rule, ...]
    steps: tuple[Step, ...]
    unknown: tuple[Open, ...]
    fits: tuple[Rule, ...]
    sections: tuple[Lines, ...]
    ahead: tuple[Line, ...]
    """Answers given ahead: it is not known yet whether their questions are shown, so they have no effect."""
    open: tuple[Asked, ...]
    """Shown questions without an answer."""
    elsewhere: tuple[Asked, ...]
    """Notes on questions that are not shown."""
    gone: tuple[ReportedOrphan, ...]
    forms: tuple[FilledForm, ...]
    """Forms of others that were filled in within the call."""
    screening: Screening
    assessment: Assessment

    @property
    def changed(self) -> bool:
        """Whether the screening was changed since the call."""
        return self.used != self.present

    @property
    def lines(self) -> tuple[Line, ...]:
        """The answers that count, in the order of the questions."""
        return tuple(line for section in self.sections for line in section.lines)


def report_of(
    call: Call,
    screening: Screening,
    assessment: Assessment,
    *,
    steps: Mapping[str, Sequence[str]] | None = None,
    possible: Sequence[Alarm] = (),
    zone: tzinfo | None = UTC,
    notice: str | None = None,
    program: str = __version__,
) -> Report:
    """The report of a call. `assessment` is of its answers, under the present `screening`; `steps` are the clinic's, by
    alarm id; `possible` are alarms that are inactive only because of unknown answers; `notice` is the clinic's text for
    the beginning and the end of every format.
    """
    manifest = screening.manifest
    answers, gone = _fitting(call, screening)
    facts = Facts(screening, answers)
    told = proxy_wording(screening)
    now = wording_for(screening, answers)
    words = _other_words(call, screening, now)
    dangers = narrative.dangers(call, told, assessment, steps or {}, possible)
    shown = {question.id: facts.shown(question.id) for question in screening.questions}
    sections = [
        Lines(
            section.id,
            section.title,
            tuple(_line(call, q.id, words) for q in section.questions if q.id in answers and shown[q.id]),
        )
        for section in screening.sections
    ]
    ahead = tuple(_line(call, name, words) for name in answers if shown[name] is None)
    still_open = tuple(_asked(call, now, name) for name, asked in shown.items() if asked and name not in answers)
    counted = [line for section in sections for line in section.lines]
    told_already = {line.question for line in (*counted, *ahead, *(each.line for each in gone))}
    told_already |= {asked.question for asked in still_open}
    return Report(
        id=call.id,
        reference=call.reference,
        by=call.by,
        began=call.began,
        ended=max((call.began, *(segment.ended for segment in call.segments))),
        seconds=call.seconds,
        segments=call.segments,
        state=call.state,
        used=call.screening,
        present=Ref(manifest.id, manifest.version, screening.sha256),
        program=program,
        zone=zone,
        opening=manifest.disclaimer.opening,
        closing=manifest.disclaimer.closing,
        review=review_line(screening),
        notice=(notice or "").strip(),
        dangers=dangers,
        for_other=False if manifest.for_other is None else truth(manifest.for_other, facts),
        safety=narrative.safety(call, told, facts, answers, gone),
        result=narrative.result(assessment, answered=bool(counted)),
        opinions=narrative.opinions(call, assessment),
        note=call.note,
        reasons=narrative.reasons(told, assessment),
        steps=narrative.steps(told, assessment, facts, answers),
        unknown=narrative.unknown(assessment, answers),
        fits=narrative.fits(told, assessment),
        sections=tuple(section for section in sections if section.lines),
        ahead=ahead,
        open=still_open,
        elsewhere=tuple(_asked(call, now, name) for name in _noted(call, screening) if name not in told_already),
        gone=gone,
        forms=call.forms,
        screening=screening,
        assessment=assessment,
    )


# ---- inside ----------------------------------------------------------------------------------------------------------


def _fitting(call: Call, screening: Screening) -> tuple[dict[str, Answer], tuple[ReportedOrphan, ...]]:
    """The answers that the screening allows, in the order of its questions, and those that it no longer allows."""
    answers: dict[str, Answer] = {}
    gone = [ReportedOrphan(_line_of(call, orphan.question, orphan.recorded), orphan.why) for orphan in call.orphaned]
    for name, given in call.answers.items():
        if name not in screening.position:
            gone.append(
                ReportedOrphan(_line_of(call, name, given), "The screening does not have this question any more.")
            )
            continue
        question = screening.question(name)
        answer = answer_of(question, given.answer)
        why = refusal(question, answer)
        if why is None:
            answers[name] = answer
        else:
            gone.append(ReportedOrphan(_line_of(call, name, given), f"The question {why} now."))
    return dict(sorted(answers.items(), key=lambda item: screening.position[item[0]])), tuple(gone)


def _line(call: Call, name: str, words: Mapping[str, str]) -> Line:
    return replace(_line_of(call, name, call.answers[name]), ask_now=words.get(name, ""))


def _other_words(call: Call, screening: Screening, now: Screening) -> dict[str, str]:
    """The questions whose wording changed since they were answered -> the present wording. The third person alone is no
    change.
    """
    theirs = proxy_wording(screening)
    return {
        question.id: now.question(question.id).ask
        for question in screening.questions
        if question.id in call.answers
        and call.answers[question.id].ask not in (question.ask, theirs.question(question.id).ask)
    }


def _line_of(call: Call, name: str, given: RecordedAnswer) -> Line:
    note = call.notes.get(name, "")
    return Line(name, given.ask, given.answer_text, given.at, given.answer, note, marked=name in call.marked)


def _asked(call: Call, screening: Screening, name: str) -> Asked:
    ask = screening.question(name).ask if name in screening.position else ""
    return Asked(name, ask, call.notes.get(name, ""), marked=name in call.marked)


def _noted(call: Call, screening: Screening) -> list[str]:
    """The questions with a note, in order; questions that no longer exist last."""
    end = len(screening.questions)
    return sorted(
        (name for name, note in call.notes.items() if note), key=lambda n: (screening.position.get(n, end), n)
    )
