"""Random calls, and what a counselor could type into one at its worst."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.call.record import (
    AlarmEvent,
    Call,
    CallSegment,
    ChecklistEntry,
    FilledForm,
    FormLine,
    Judgment,
    RecordedAnswer,
    Ref,
    UnfitFormAnswer,
)
from iop_tui.call.stored_answers import answer_of, plain_of, said
from iop_tui.export.report import Report, report_of
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from tests.core.small import answer_sheets, small
from tests.shipped import LEVELS

BEGAN = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)
SMALL = small()
STEPS = ("Stay on the line.", "Tell the clinician on duty now.")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "# not a heading",
    "- not an item",
    "1. not one either",
    "> no quote, no `code`, no *stars*, no [link](http://example.org), no <b>tag</b>, no &amp; entity",
    "[bold]no[/bold] {nb} {pages}",
    "| no | table |\n| --- | --- |",
    "========\n--------\n________",
    "x" * 400,
    "“smart” ‘quotes’ — dash … café naïve Łódź",  # what a phone's keyboard makes of ASCII
    "┌─box─┐ │ │ 🙂 ✓ →",
    "中文 русский ελληνικά",
    "tab\there\r\nand a line\u2028and \x07\x1b[31m bells \u202e turned",
)
TYPED = st.one_of(st.just(""), st.sampled_from(HOSTILE), st.text(max_size=60), st.text("ab\n \t*_#", max_size=40))


def ref(screening: Screening) -> Ref:
    return Ref(screening.manifest.id, screening.manifest.version, screening.sha256)


def recorded(screening: Screening, answers: Mapping[str, Answer]) -> dict[str, RecordedAnswer]:
    asks = {question.id: question for question in screening.questions}
    return {
        name: RecordedAnswer(
            plain_of(answer), BEGAN + timedelta(seconds=20 * n), asks[name].ask, said(asks[name], answer)
        )
        for n, (name, answer) in enumerate(answers.items())
    }


def a_call(screening: Screening = SMALL, answers: Mapping[str, Answer] | None = None, **more: Any) -> Call:
    call = Call(
        id="7c2d4c2e-0d5b-4f0e-9a43-1f6f2a5f7b10",
        screening=ref(screening),
        by="Dana",
        began=BEGAN,
        segments=(CallSegment(BEGAN, BEGAN + timedelta(minutes=12), "Dana"),),
        answers=recorded(screening, answers or {}),
    )
    return replace(call, **more)


def answers_in(call: Call, screening: Screening = SMALL) -> dict[str, Answer]:
    """The answers of a call to questions that the screening has."""
    known = {name: each for name, each in call.answers.items() if name in screening.position}
    return {name: answer_of(screening.question(name), each.answer) for name, each in known.items()}


def reported(call: Call, screening: Screening = SMALL, **more: Any) -> Report:
    return report_of(call, screening, assess(screening, answers_in(call, screening)), **more)


@st.composite
def forms(draw: st.DrawFn) -> FilledForm:
    """A form of another author's as a record may have it, whatever its author and the person wrote."""
    said, asked = draw(TYPED), draw(TYPED)
    texts = [text if text.strip() else "?" for text in (asked, said)]  # a string of FHIR isn't blank
    response = {
        "resourceType": "QuestionnaireResponse",
        "status": "in-progress",
        "item": [{"linkId": "a", "text": texts[0], "answer": [{"valueString": texts[1]}]}],
    }
    lines = st.builds(FormLine, TYPED, TYPED, st.booleans())
    unfit = st.builds(UnfitFormAnswer, TYPED, TYPED, TYPED, st.just('{"linkId": "a"}'))
    return FilledForm(
        id="f00d",
        title=draw(TYPED),
        url=draw(st.sampled_from(["", "http://example.org/form"])),
        canonical="urn:x",
        sha256="0" * 64,
        source="form.json",
        response=json.dumps(response),
        began=BEGAN,
        changed=BEGAN,
        by=draw(TYPED),
        complete=draw(st.booleans()),
        answered=draw(st.integers(0, 9)),
        left=draw(st.integers(0, 9)),
        rights=tuple(draw(st.lists(TYPED, max_size=2))),
        lines=(FormLine("Anything else", said), *draw(st.lists(lines, max_size=3))),
        totals=tuple(draw(st.lists(TYPED, max_size=2))),
        missing=tuple(draw(st.lists(TYPED, max_size=2))),
        not_asked=tuple(draw(st.lists(TYPED, max_size=2))),
        unfit=tuple(draw(st.lists(unfit, max_size=2))),
        suicide=tuple(draw(st.lists(lines, max_size=1))),
    )


@st.composite
def calls(draw: st.DrawFn, screening: Screening = SMALL) -> Call:
    """A call with random answers, some of them hidden or ahead of their gates, and notes of any kind."""
    answers = draw(answer_sheets(screening))
    ids = st.sampled_from([question.id for question in screening.questions])
    alarms = st.sampled_from([alarm.id for alarm in screening.alarms])
    later = st.integers(0, 10**5).map(lambda seconds: BEGAN + timedelta(seconds=seconds))
    behind = st.lists(ids, max_size=2).map(tuple)
    events = st.builds(
        AlarmEvent, alarms, later, st.none() | later, questions=behind, raised_by=TYPED, corrected_to=TYPED
    )
    return a_call(
        screening,
        answers,
        reference=draw(TYPED),
        by=draw(TYPED.filter(str.strip)),
        state=draw(st.sampled_from(["open", "call_back", "finished"])),
        notes=draw(st.dictionaries(ids, TYPED, max_size=4)),
        note=draw(TYPED),
        marked=tuple(draw(st.sets(ids, max_size=2))),
        alarm_events=tuple(draw(st.lists(events, max_size=3))),
        ticks=tuple(
            draw(st.lists(st.builds(ChecklistEntry, alarms, st.sampled_from(STEPS), later, TYPED), max_size=3))
        ),
        judgments=tuple(
            draw(
                st.lists(
                    st.builds(
                        Judgment, st.booleans(), later, TYPED, level=st.none() | st.sampled_from(LEVELS), reason=TYPED
                    ),
                    max_size=3,
                )
            )
        ),
        forms=tuple(draw(st.lists(forms(), max_size=1))),
    )


def squeezed(text: str) -> str:
    """Text without its spaces and line ends: what is left when lines are broken elsewhere."""
    return "".join(text.split())


def typed_in(call: Call) -> list[str]:
    """All that a person typed in a call, and that its note must hold."""
    return [
        call.reference,
        call.by,
        call.note,
        *call.notes.values(),
        *(tick.by for tick in call.ticks),
        *(text for judgment in call.judgments for text in (judgment.by, judgment.reason)),
        *(line.said for filled in call.forms for line in filled.lines if not line.title),
    ]
