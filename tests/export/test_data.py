"""The data: every call fits the published schema, nothing else does, and it says what the call says."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from msgspec.structs import replace

from iop_tui.call.record import Call
from iop_tui.export.data import as_json, schema, schema_text
from iop_tui.screening.assessment.assess import as_document
from iop_tui.screening.model.answers import Answer, Unknown
from tests.export.calls import a_call, calls, reported
from tests.shipped import SHIPPED

SCHEMA = schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
SECOND = jsonschema_rs.Draft202012Validator(SCHEMA, validate_formats=True)
"""Another reading of the same standard: what two agree on is in the schema, and no habit of one of them."""
PUBLISHED = Path(__file__).parent.parent.parent / "docs" / "schema" / "call.schema.json"


def data(call: Call) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(as_json(reported(call)))
    return document


def test_the_schema_is_a_schema_and_is_the_one_that_is_published() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()


@given(calls())
def test_every_call_fits_the_schema(call: Call) -> None:
    document = data(call)
    VALIDATOR.validate(document)
    SECOND.validate(document)


@given(calls())
def test_what_was_typed_goes_out_as_it_was_typed(call: Call) -> None:
    document = data(call)
    assert (document["reference"], document["counselor"], document["note"]) == (call.reference, call.by, call.note)
    reasons = [judgment["reason"] for judgment in document["judgments"]]
    assert reasons == [judgment.reason for judgment in reversed(call.judgments)]
    done = sorted((step["step"], step["by"]) for alarm in document["alarms"] for step in alarm["done"])
    assert done == sorted((tick.step, tick.by) for tick in call.ticks)
    parts = (*document["answers"], *document["ahead"], *document["not_answered"], *document["notes_elsewhere"])
    notes = {each["question"]: each["note"] for each in parts}
    for question, note in call.notes.items():
        assert notes.get(question, "") == note or not note.strip()


def test_the_assessment_is_that_of_the_assess_command_with_sources() -> None:
    call = a_call(answers={"help_with": ("alcohol",), "drinks": 12, "thoughts": "often", "night_support": "nobody"})
    report = reported(call)
    found = json.loads(as_json(report))["assessment"]
    expected = json.loads(json.dumps(as_document(report.assessment)))
    for part in ("alarms", "reasons", "fits"):
        sources = [each.pop("source") for each in found[part]]
        assert sources
        assert set(sources) <= {"an example", None}
    assert found == expected


def test_an_answer_has_its_ids_its_words_and_its_time_in_utc() -> None:
    answers: dict[str, Answer] = {"help_with": ("mood", "alcohol"), "drinks": 12, "thoughts": Unknown.SKIPPED}
    found = {each["question"]: each for each in data(a_call(answers=answers))["answers"]}
    assert found["help_with"] == {
        "question": "help_with",
        "section": "about",
        "ask": "What do you want help with?",
        "ask_now": None,
        "answer": ["mood", "alcohol"],
        "said": "Mood or worry; Alcohol",
        "at": "2026-11-21T14:03:00Z",
        "note": "",
        "marked": False,
    }
    assert found["drinks"]["answer"] == 12
    assert found["thoughts"]["answer"] == "skipped"


def test_the_words_that_a_question_has_now_stand_beside_those_it_had() -> None:
    call = a_call(answers={"who_for": "self"})
    old = {"who_for": replace(call.answers["who_for"], ask="For whom is it?")}
    (answer,) = data(replace(call, answers=old))["answers"]
    assert (answer["ask"], answer["ask_now"]) == ("For whom is it?", "Who is this for?")


def test_the_notice_of_the_clinic_stands_beside_ours() -> None:
    assert data(a_call())["notice"]["clinic"] is None
    document = json.loads(as_json(reported(a_call(), notice="Do not pass on.")))
    VALIDATOR.validate(document)
    assert document["notice"] == {
        "clinic": "Do not pass on.",
        "opening": "This is not a diagnosis.",
        "closing": "Talk with a licensed professional.",
    }


def test_a_text_written_in_two_ways_goes_out_as_it_reads() -> None:
    answers = {q.id: q.options[-1].id for q in SHIPPED.questions if q.kind == "one" and q.show_if is None}
    text = as_json(reported(a_call(SHIPPED, answers), SHIPPED))
    VALIDATOR.validate(json.loads(text))
    SECOND.validate(json.loads(text))
    assert "|" not in text


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("assessment"),
        lambda d: d.pop("notice"),
        lambda d: d["screening"].pop("sha256"),
        lambda d: d.update(patient="somebody"),
        lambda d: d["answers"][0].update(hidden=True),
        lambda d: d.update(version=2),
        lambda d: d.update(state="lost"),
        lambda d: d.update(began="yesterday"),
        lambda d: d.update(seconds=-1),
        lambda d: d["screening"].update(sha256="short"),
        lambda d: d["assessment"].update(level="Residential care"),
        lambda d: d["answers"][0].update(answer=1.5),
        lambda d: d["answers"][0].update(answer={"id": "self"}),
        lambda d: d["answers"][0].pop("at"),
        lambda d: d.update(judgments={}),
    ],
)
def test_the_schema_refuses_what_is_no_export(change: Change) -> None:
    document = data(a_call(answers={"who_for": "self"}))
    VALIDATOR.validate(document)
    broken = copy.deepcopy(document)
    change(broken)
    assert not VALIDATOR.is_valid(broken)
    assert not SECOND.is_valid(broken)


def test_the_schema_says_what_each_part_is() -> None:
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, part in SCHEMA["$defs"].items():
        assert part.get("description"), name
