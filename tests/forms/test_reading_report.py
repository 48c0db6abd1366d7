"""The report, and what holds for every form whatever is wrong with it: items in = asked + hidden + refused."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from iop_tui.forms.model.findings import FormRefused
from iop_tui.forms.model.form import Form
from iop_tui.forms.reading.extensions import CALCULATED, ENABLE_EXPRESSION, HIDDEN, ORDINAL_VALUE, XHTML
from iop_tui.forms.reading.form_report import as_text, counts, report
from iop_tui.forms.reading.read_form import read_form
from tests.forms.form_files import Json, coded, extension, item, read, when


def test_the_report_names_every_item_with_its_fate_and_what_is_said_of_it() -> None:
    form = read(
        item("1", "boolean"),
        item("2", "attachment", enableWhen=[when("1")]),
        item("g", "group", item=[item("3", extension=[extension(HIDDEN, valueBoolean=True)])]),
        title="A form",
        status=None,
    )
    made = report(form)
    assert counts(made) == "4 items = 2 asked + 1 hidden + 1 refused; 0 suspicious"
    assert [(each.link_id, each.depth, each.fate) for each in made.items][-1] == ("3", 1, "hidden")
    lines = as_text(made)
    assert lines[0] == "A form"
    assert any(line.startswith("refused: 2, attachment, line ") for line in lines)
    assert any("type-cannot-be-asked" in line for line in lines)
    assert not any(line.startswith("asked: 1,") for line in as_text(made, only_findings=True))
    assert "no-status" in made.rules


def test_nothing_in_a_report_moves_the_cursor() -> None:
    form = read(
        item("1", "choice", text="a\x1b[2Jb\r\nc", answerOption=[{"valueString": "x\x07"}]), title="\x1b]0;t\x07"
    )
    text = "\n".join(as_text(report(form)))
    assert "\x1b" not in text
    assert "\r" not in text
    assert form.by_link["1"].text == "a␛[2Jb\nc"
    assert form.by_link["1"].options[0].text == "x␇"


WHOLE: Json = {
    "resourceType": "Questionnaire",
    "status": "active",
    "contained": [{"resourceType": "ValueSet", "id": "v", "expansion": {"contains": [{"system": "s", "code": "a"}]}}],
    "extension": [extension("http://hl7.org/fhir/StructureDefinition/variable", valueExpression={"name": "x"})],
    "item": [
        item("1", "boolean", initial=[{"valueBoolean": True}], required=True, repeats=False),
        item("2", "choice", answerOption=[*coded("a"), {"valueString": "b"}], code=[{"code": "c"}], maxLength=3),
        item(
            "g",
            "group",
            enableBehavior="any",
            enableWhen=[when("1"), when("2", "!=", answerString="b"), when("1", "exists", answerBoolean=False)],
            item=[
                item("3", "choice", answerValueSet="#v"),
                item("4", "integer", extension=[extension(HIDDEN, valueBoolean=True)], readOnly=True),
                item("5", "display", _text={"extension": [extension(XHTML, valueString="<b>x</b>")]}, item=[item("6")]),
            ],
        ),
        item(
            "7",
            "choice",
            answerOption=[{**coded("a")[0], "extension": [extension(ORDINAL_VALUE, valueDecimal=1)]}],
            extension=[
                extension(ENABLE_EXPRESSION, valueExpression={"language": "text/fhirpath", "expression": "true"}),
                extension(CALCULATED, valueExpression={"language": "text/cql", "expression": "x"}),
            ],
        ),
        item("8", "quantity", prefix="8.", enableWhen=[when("4", ">", answerInteger=3)]),
    ],
}


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a JSON value."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        at = waiting.pop()
        keys = list(at) if isinstance(at, dict) else range(len(at)) if isinstance(at, list) else []
        for key in keys:
            found.append((at, key))
            waiting.append(at[key])
    return found


def items_in(value: Any) -> int:
    """Every entry of a list named "item", counted without the reader."""
    entries = value.get("item") if isinstance(value, dict) else None
    return sum(1 + items_in(entry) for entry in entries) if isinstance(entries, list) else 0


STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", "1", "2", "g", "#v", "=", "exists", "boolean", "coding", "\x00", "2026-02-31", "all", "a'b\"c"]
    ),
    st.sampled_from([[], {}, [None], [[]], ["x"], [{}], {"item": [{}]}, [{"linkId": "1", "type": "string"}]]),
)
MUTATION = st.tuples(
    st.sampled_from(["drop", "put", "nest", "double", "move", "rename"]), st.integers(0, 10**6), STRANGE
)


def mutate(form: Json, mutations: list[tuple[str, int, Any]]) -> Json:
    """A form with some places dropped, replaced, nested, doubled, moved or renamed."""
    form = copy.deepcopy(form)
    for kind, number, strange in mutations:
        every = places(form)
        if not every:
            break
        at, key = every[number % len(every)]
        if kind == "drop":
            del at[key]
        elif kind == "put":
            at[key] = copy.deepcopy(strange)
        elif kind == "nest":
            at[key] = [at[key]] if number % 2 else {"item": at[key]}
        elif kind == "double":
            if isinstance(at, list):
                at.append(copy.deepcopy(at[key]))
        elif kind == "move":
            other, its_key = every[(number * 7919) % len(every)]
            at[key] = copy.deepcopy(other[its_key]) if its_key in other or isinstance(other, list) else strange
        elif isinstance(at, dict):
            at[str(strange)] = at.pop(key)
    return form


def read_or_refused(data: bytes) -> Form | None:
    """The form, or None for a file that is refused with a reason; anything else is raised."""
    try:
        return read_form(data, "form.json")
    except FormRefused as refusal:
        findings = refusal.findings
    assert findings
    assert all(finding.message and finding.rule and finding.line >= 1 for finding in findings)
    return None


def check(form: Json) -> None:
    """Nothing but a form or its refusal; of a form every item has one fate, and every refused item a reason."""
    read_in = read_or_refused(json.dumps(form).encode())
    if read_in is None:
        return
    made = report(read_in)
    assert len(made.items) == items_in(form)
    assert made.count("asked") + made.count("hidden") + made.count("refused") == items_in(form)
    assert len(read_in.by_link) == items_in(form)
    reasons = {finding.link_id for finding in read_in.findings if finding.severity == "refused"}
    assert {each.link_id for each in made.items if each.fate == "refused"} == reasons - {""}
    assert all(finding.line >= 1 for finding in read_in.findings)
    assert as_text(made)


def test_the_form_that_is_mutated_is_a_whole_one() -> None:
    check(WHOLE)
    assert items_in(WHOLE) == 9


@settings(max_examples=400, deadline=None)
@given(st.lists(MUTATION, max_size=6))
def test_whatever_is_wrong_with_a_form_every_item_is_counted_once(mutations: list[tuple[str, int, Any]]) -> None:
    check(mutate(WHOLE, mutations))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 10**6))
def test_bytes_of_any_kind_are_a_form_or_refused(junk: bytes, at: int) -> None:
    whole = json.dumps(WHOLE).encode()
    cut = at % len(whole)
    for data in (junk, whole[:cut] + junk + whole[cut:], whole[:cut]):
        read_or_refused(data)
