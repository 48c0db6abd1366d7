"""Forms of others in every export: whole, apart from the screening, and never as markup."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import jsonschema
import jsonschema_rs
import pypdf
import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import given
from msgspec.structs import replace

from iop_tui.call.fill_form import stored
from iop_tui.call.operations import CallState, with_forms
from iop_tui.call.record import FilledForm, FormLine, UnfitFormAnswer
from iop_tui.export.call_report import report_on
from iop_tui.export.data import as_json, schema
from iop_tui.export.fhir.bundle import as_fhir
from iop_tui.export.formats import FORMATS
from iop_tui.export.note_forms import NO_PART
from iop_tui.export.note_markdown import as_note_markdown
from iop_tui.export.note_pdf import as_note_pdf
from iop_tui.export.note_text import as_note_text
from iop_tui.forms.model.values import Value
from iop_tui.site.settings import STANDARD
from tests.export.calls import TYPED
from tests.forms.mood import BEGAN, TITLE, chosen, filled, give, mood, open_form

TEXT = (Value("string", "*The* rent, <b>again</b>\n# and the car"),)
WORK = filled({"little": chosen("some"), "dead": chosen("some"), "weight": (Value("decimal", Decimal("71.50")),)})
ENDED = filled({"else": TEXT}, WORK)
CHANGED = BEGAN + timedelta(hours=2)


def after_a_change() -> CallState:
    """The form lost a question after that was answered, and was gone on with."""
    opened = open_form(WORK, mood(without="little", version="2"))
    return stored(WORK, opened, give(opened.interview, "dead", chosen("no")), by="Bo", now=CHANGED)


def one_line(text: str) -> str:
    return " ".join(text.split())


def read(pdf: bytes) -> str:
    return one_line(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def notes(work: CallState) -> Iterator[tuple[str, str]]:
    report = report_on(work, STANDARD)
    yield "text", one_line(as_note_text(report))
    yield "markdown", one_line(re.sub(r"\\(.)", r"\1", as_note_markdown(report)))
    yield "pdf", read(as_note_pdf(report))


@pytest.mark.parametrize("number", range(3), ids=["text", "markdown", "pdf"])
def test_a_note_has_a_part_for_the_form_with_all_that_is_known_of_it(number: int) -> None:
    name, said = list(notes(WORK))[number]
    assert TITLE.casefold() in said.casefold(), name
    for each in (
        NO_PART,
        "not complete: 1 question not asked yet, 1 required without an answer",
        "Little interest? Several days",
        "Weight in kg? 71.50",
        "Anything else?",
        "The clinic",
        "mood.json",
        "http://example.org/q",
    ):
        assert each in said, f"{name}: {each}"


def test_what_needs_an_answer_and_what_does_not_fit_any_more_is_named_apart() -> None:
    said = one_line(as_note_text(report_on(after_a_change(), STANDARD)))
    assert "Needs an answer: Anything else?" in said
    assert "Answers that do not fit the form any more, not counted: - Little interest? Several days" in said


def test_an_alarm_of_a_form_is_among_the_alarms_with_its_answer_and_its_steps() -> None:
    report = report_on(ENDED, STANDARD)
    [danger] = report.dangers
    assert (danger.active, danger.urgency, danger.page) == (True, "now", "suicide")
    assert danger.undone
    said = one_line(as_note_text(report))
    assert "Alarms: 1 NOW" in said
    assert "Thoughts of being better off dead? Several days" in said
    fell = report_on(filled({"dead": chosen("no")}, ENDED), STANDARD).dangers
    assert [(each.active, len(each.alarm_events)) for each in fell] == [(False, 1)]


def test_the_result_of_the_screening_is_the_same_with_a_form_and_without() -> None:
    without = with_forms(ENDED, (), CHANGED)
    assert report_on(ENDED, STANDARD).result == report_on(without, STANDARD).result


def test_the_data_have_the_form_and_its_response_and_fit_the_schema() -> None:
    for work in (ENDED, after_a_change()):
        document = json.loads(as_json(report_on(work, STANDARD)))
        jsonschema.Draft202012Validator(schema()).validate(document)
        jsonschema_rs.Draft202012Validator(schema()).validate(document)
        [form] = document["forms"]
        QuestionnaireResponse.model_validate(form["response"])
        assert ("Thoughts of being better off dead?", form["answers"][0]["title"]) in [
            (answer["ask"], False) for answer in form["answers"]
        ]
    assert document["forms"][0]["unfit"][0]["item"]["linkId"] == "little"


def test_the_bundle_has_the_response_as_it_is_and_is_valid() -> None:
    report = report_on(ENDED, STANDARD)
    written = as_fhir(report)
    assert "71.50" in written
    bundle = json.loads(written)
    Bundle.model_validate(bundle)
    form = ENDED.call.forms[0]
    [entry] = [each for each in bundle["entry"] if each["resource"].get("questionnaire") == form.canonical]
    assert entry["fullUrl"].startswith("urn:")
    assert entry["resource"] == json.loads(form.response)
    assert entry["resource"]["status"] == "completed"
    note = bundle["entry"][-1]["resource"]
    assert {"reference": entry["fullUrl"]} in note["context"]["related"]
    assert len({each["fullUrl"] for each in bundle["entry"]}) == len(bundle["entry"])


@given(TYPED, TYPED, TYPED)
def test_whatever_a_form_and_a_person_say_every_format_can_be_written_and_read(ask: str, said: str, title: str) -> None:
    response = json.dumps({"resourceType": "QuestionnaireResponse", "status": "in-progress"})
    line = FormLine(ask or "?", said)
    form = FilledForm(
        "1", title or "?", "", "urn:x", "0" * 64, "f.json", response, BEGAN, BEGAN, "Ana", False, 1, 0,
        (said,), (FormLine(title or "?", "", True), line), (said,), (ask,), (said,),
        (UnfitFormAnswer("a", ask, said, "{}"),), (line,),
    )  # fmt: skip
    report = report_on(with_forms(WORK, (form,), BEGAN), STANDARD)
    for each in FORMATS:
        if each.id != "pdf":
            assert each.rendered(report)
    assert "\x1b" not in as_note_text(report)
    assert "\x1b" not in as_note_markdown(report)
    Bundle.model_validate(json.loads(as_fhir(report)))


def test_a_call_without_forms_says_nothing_of_forms() -> None:
    report = replace(report_on(WORK, STANDARD), forms=())
    said: dict[str, Any] = json.loads(as_json(report))
    assert said["forms"] == []
    assert "Form" not in as_note_text(report).partition("Alarms, and")[0]
