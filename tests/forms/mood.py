"""A small form of our own with a question about suicide, and the calls that tests make with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from iop_tui.call.fill_form import OpenForm, begun, stored, taken_up
from iop_tui.call.operations import CallState, begin_call
from iop_tui.forms.asking.form_interview import FormInterview, Warned
from iop_tui.forms.model.form import Form
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.read_form import read_form
from iop_tui.screening.model.definition import Screening
from tests.forms.form_files import Json, extension, item, questionnaire
from tests.shipped import SHIPPED

WEIGHT = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
OFTEN = "http://example.org/often"
BEGAN = datetime(2026, 11, 30, 15, 0, tzinfo=UTC)
TITLE = "Low mood [b]in two weeks[/b]"
"""Text of a form is never markup."""


def often() -> list[Json]:
    """Options with weights 0 to 2."""
    words = ("Not at all", "Several days", "Nearly every day")
    codes = ("no", "some", "most")
    return [
        {
            "valueCoding": {"system": OFTEN, "code": code, "display": said},
            "extension": [extension(WEIGHT, valueDecimal=n)],
        }
        for n, (code, said) in enumerate(zip(codes, words, strict=True))
    ]


def mood_items(*, without: str = "") -> list[Json]:
    """Its items, without one of them."""
    items = [
        item("little", "choice", text="Little interest?", required=True, answerOption=often()),
        item(
            "dead",
            "choice",
            text="Thoughts of being better off dead?",
            code=[{"system": "http://loinc.org", "code": "44260-8"}],
            answerOption=often(),
        ),
        item("weight", "decimal", text="Weight in kg?"),
        item("else", "string", text="Anything else?", required=True),
    ]
    return [each for each in items if each["linkId"] != without]


def mood_bytes(*, without: str = "", **header: Any) -> bytes:
    """The form's file."""
    return questionnaire(*mood_items(without=without), **{"title": TITLE, "publisher": "The clinic", **header})


def mood(*, without: str = "", **header: Any) -> Form:
    """The form."""
    return read_form(mood_bytes(without=without, **header), "mood.json")


def chosen(code: str) -> tuple[Value, ...]:
    """An answer to one of its choices."""
    words = {"no": "Not at all", "some": "Several days", "most": "Nearly every day"}
    return (Value("coding", Coding(OFTEN, code, words[code])),)


def give(interview: FormInterview, link_id: str, values: tuple[Value, ...]) -> FormInterview:
    """The interview with an answer at the top of the form."""
    given = interview.change(((link_id, 0),)).answered(((link_id, 0),), values)
    return given.acknowledged() if isinstance(given.step, Warned) else given


def filled(
    answers: Mapping[str, tuple[Value, ...]],
    work: CallState | None = None,
    form: Form | None = None,
    screening: Screening = SHIPPED,
) -> CallState:
    """A call with these answers to the form, one saved after the other."""
    work = work or begin_call(screening, by="Ana", now=BEGAN)
    opened = open_form(work, form or mood())
    interview = opened.interview
    for number, (link_id, values) in enumerate(answers.items(), 1):
        interview = give(interview, link_id, values)
        work = stored(work, opened, interview, by="Ana", now=BEGAN + timedelta(minutes=number))
    return work


def open_form(work: CallState, form: Form) -> OpenForm:
    """The form of a call, begun or taken up again."""
    there = work.call.forms
    return taken_up(there[0], form) if there else begun(form, by="Ana", now=BEGAN)
