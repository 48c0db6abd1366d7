"""What is written: valid FHIR, valid against its own form, and read again with equal answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from hypothesis import assume, given
from hypothesis import strategies as st

from iop_tui.forms.filling.filling import Filling, begin
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.values import Value
from iop_tui.forms.response.read import read_response
from iop_tui.forms.response.write import as_json, response
from tests.forms.building import (
    NO,
    YES,
    at,
    choice,
    coding,
    day,
    decimal,
    form,
    group,
    integer,
    item,
    moment,
    quantity,
    text,
    when,
)
from tests.forms.random_forms import as_questionnaire, forms, operate, retained
from tests.forms.reference_evaluator import judge
from tests.forms.reference_operators import Truth
from tests.profiles import examples

Json = dict[str, Any]

NOW = datetime(2026, 11, 30, 9, 30, 15, tzinfo=UTC)


def written(filling: Filling) -> Json:
    """What is in the file, its decimals as Decimal; valid FHIR."""
    said = as_json(response(filling, NOW))
    QuestionnaireResponse.model_validate_json(said)
    made: Json = json.loads(said, parse_float=Decimal)
    return made


def every_kind() -> Form:
    return form(
        item("boolean", "boolean"),
        item("decimal", "decimal"),
        item("integer", "integer"),
        item("date", "date"),
        item("dateTime", "dateTime"),
        item("time", "time"),
        item("string"),
        item("text", "text"),
        item("url", "url"),
        choice("choice", "ab"),
        item("open", "open-choice"),
        item("quantity", "quantity"),
        url="http://example.org/form",
        version="2",
        language="en",
    )


ANSWERS = {
    "boolean": NO,
    "decimal": decimal("1.50"),
    "integer": integer(0),
    "date": day("2026-11"),
    "dateTime": moment("2026-11-30T10:00:00+01:00"),
    "time": Value("time", "09:00:00"),
    "string": text("words"),
    "text": text("two\nlines “quoted”"),
    "url": Value("uri", "https://example.org/?a=b"),
    "choice": coding("a"),
    "open": text("my own"),
    "quantity": quantity("70.0", "kilograms", "kg"),
}


def test_every_kind_of_answer_is_written_under_its_key_with_decimals_as_they_were() -> None:
    filling = begin(every_kind())
    for link_id, value in ANSWERS.items():
        filling = filling.answered(at(link_id), (value,))
    made = written(filling)
    assert made["questionnaire"] == "http://example.org/form|2"
    assert made["status"] == "completed"
    assert made["authored"] == "2026-11-30T09:30:15+00:00"
    assert made["language"] == "en"
    answers = {entry["linkId"]: entry["answer"] for entry in made["item"]}
    assert answers["boolean"] == [{"valueBoolean": False}]
    assert answers["integer"] == [{"valueInteger": 0}]
    assert answers["choice"] == [{"valueCoding": {"system": "urn:test", "code": "a"}}]
    assert answers["quantity"][0]["valueQuantity"]["code"] == "kg"
    assert made["item"][0]["text"] == "Text of boolean"
    said = as_json(response(filling, NOW))
    assert '"valueDecimal": 1.50' in said
    assert '"value": 70.0' in said
    again = read_response(said.encode(), "r.json", every_kind())
    assert again.answers == {at(link_id): (value,) for link_id, value in ANSWERS.items()}
    assert again.findings == ()


def test_nesting_is_that_of_r4() -> None:
    filling = begin(
        form(
            group("g", item("q"), group("inner", item("x")), repeats=True),
            choice("c", "ab", item("below"), repeats=True),
            item("note", "display"),
        )
    )
    filling = filling.answered(at("g", "q"), (text("1"),)).another(at("g"), True)
    filling = filling.answered(at(("g", 1), "inner", "x"), (text("2"),)).answered(at("c"), (coding("a"), coding("b")))
    filling = filling.answered(at(("c", 1), "below"), (text("3"),))
    made = written(filling)
    assert made["status"] == "in-progress"
    assert [entry["linkId"] for entry in made["item"]] == ["g", "g", "c"]
    assert made["item"][1]["item"][0]["item"][0]["answer"] == [{"valueString": "2"}]
    first, second = made["item"][2]["answer"]
    assert "item" not in first
    assert second["item"] == [{"linkId": "below", "text": "Text of below", "answer": [{"valueString": "3"}]}]


def test_an_answer_of_a_disabled_question_is_not_written() -> None:
    filling = begin(form(item("a", "boolean"), item("b", enable=when("a", "=", YES))))
    filling = filling.answered(at("a"), (YES,)).answered(at("b"), (text("secret"),))
    filling = filling.at(at("a")).answered(at("a"), (NO,))
    assert "secret" not in as_json(written(filling))


def test_hidden_values_are_written_and_a_required_blank_is_in_progress() -> None:
    filling = begin(form(item("h", initial=(text("kept"),), fate="hidden"), item("a", required=True), item("b")))
    filling = filling.left_open(at("a")).left_open(at("b"))
    made = written(filling)
    assert made["status"] == "in-progress"
    assert [entry["linkId"] for entry in made["item"]] == ["h"]
    assert written(filling.at(at("a")).answered(at("a"), (text("x"),)))["status"] == "completed"


def test_who_filled_it_in_is_the_author() -> None:
    assert response(begin(form(item("a"))), NOW, "Front desk")["author"] == {"display": "Front desk"}


def test_a_form_without_a_url_is_named_by_its_hash() -> None:
    assert written(begin(form(item("a"))))["questionnaire"] == f"urn:sha256:{'0' * 64}"


def test_a_text_of_blanks_alone_is_not_written() -> None:
    filling = begin(form(item("a", text="\u0085 "))).answered(at("a"), (text("x"),))
    assert "text" not in written(filling)["item"][0]  # `written` asks fhir.resources, too


# ---- on random forms -------------------------------------------------------------------------------------------------


def without_texts(items: list[Json]) -> list[Json]:
    """Items as the reference evaluator has them."""
    made = []
    for entry in items:
        left = {key: value for key, value in entry.items() if key != "text"}
        if "item" in left:
            left["item"] = without_texts(left["item"])
        if "answer" in left:
            left["answer"] = [
                {**answer, "item": without_texts(answer["item"])} if "item" in answer else answer
                for answer in left["answer"]
            ]
        made.append(left)
    return made


def check_against_the_form(entries: list[Json], items: tuple[Item, ...]) -> None:
    """Every item stands where the form has it, in the form's order, as often as it may."""
    known = {each.link_id: each for each in items}
    order = [list(known).index(entry["linkId"]) for entry in entries]
    assert order == sorted(order)
    for entry in entries:
        own = known[entry["linkId"]]
        assert entry["text"] == own.text
        assert own.type != "display"
        if own.type == "group":
            assert "answer" not in entry
            assert entry["item"]
            check_against_the_form(entry["item"], own.items)
        else:
            assert "item" not in entry
            assert entry["answer"]
            assert own.repeats or len(entry["answer"]) == 1
            for answer in entry["answer"]:
                assert len([key for key in answer if key.startswith("value")]) == 1
                check_against_the_form(answer.get("item", []), own.items)
    once = [
        entry["linkId"]
        for entry in entries
        if not (known[entry["linkId"]].type == "group" and known[entry["linkId"]].repeats)
    ]
    assert len(once) == len(set(once))


def numberless(answers: dict[Place, tuple[Value, ...]]) -> list[tuple[list[str], tuple[Value, ...]]]:
    """Answers in order, without the numbers of instances: blank instances are not written."""
    return [([link_id for link_id, _number in place], values) for place, values in answers.items()]


@examples(3)
@given(st.data(), forms())
def test_what_is_written_is_valid_against_the_form_and_read_again(data: st.DataObject, form: Form) -> None:
    filling = begin(form)
    for _each in range(data.draw(st.integers(0, 12))):
        filling = operate(data, filling)
    made = written(filling)
    check_against_the_form(made.get("item", []), form.items)
    assert (made["status"] == "completed") == filling.complete

    read = read_response(as_json(made).encode(), "r.json", form)
    assert read.unplaced == ()
    assert read.findings == ()
    lay = filling.sheet.layout
    mine = {place: filling.value(place) for place in lay.slot_of if filling.enabled(place) and filling.value(place)}
    theirs = {
        place: read.answers[place]
        for place in sorted(read.answers, key=begin(form, read).sheet.layout.slot_of.__getitem__)
    }
    assert numberless(theirs) == numberless(mine)


@examples(3)
@given(st.data(), forms())
def test_what_is_written_is_what_the_wording_leaves(data: st.DataObject, form: Form) -> None:
    filling = begin(form)
    for _each in range(data.draw(st.integers(1, 12))):
        filling = operate(data, filling)
    judgement = judge(as_questionnaire(form), kept := retained(filling))
    undecided = {place[-1][0] for place in judgement.places(Truth.UNDECIDED)}
    assume(not undecided & set(answered_links(kept["item"])))
    assert without_texts(response(filling, NOW).get("item", [])) == judgement.pruned["item"]


def answered_links(items: list[Json]) -> Iterator[str]:
    for entry in items:
        if "answer" in entry:
            yield entry["linkId"]
        yield from answered_links(entry.get("item", []))
        for answer in entry.get("answer", []):
            yield from answered_links(answer.get("item", []))
