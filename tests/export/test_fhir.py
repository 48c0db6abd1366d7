"""The Bundle: valid, whole, and asking the same questions of the same people as the screening does."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from msgspec.structs import replace

from iop_tui.call.record import Call, Ref
from iop_tui.export.fhir.bundle import as_fhir
from iop_tui.export.fhir.names import ABSENT
from iop_tui.export.fhir.questionnaire import questionnaire
from iop_tui.export.note_text import as_note_text
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from tests.core.small import answer_sheets
from tests.export.calls import SMALL, a_call, calls, ref, reported
from tests.profiles import examples
from tests.shipped import SHIPPED

Json = dict[str, Any]
EXPRESSION = re.compile(
    r"%resource\.item\.item\.where\(linkId = '(\w+)'\)\.answer\.value\.where\(([^)]*)\)\.exists\(\)"
)


def bundle(call: Call, screening: Screening = SMALL, **more: Any) -> Json:
    made: Json = json.loads(as_fhir(reported(call, screening, **more)))
    return made


def resource(made: Json, kind: str) -> Json:
    found: Json = next(e["resource"] for e in made["entry"] if e["resource"]["resourceType"] == kind)
    return found


def items(parent: Json) -> dict[str, Json]:
    """All items under one, by link id."""
    found: dict[str, Json] = {}
    for item in parent.get("item", []):
        assert item["linkId"] not in found
        found |= {item["linkId"]: item} | items(item)
    return found


@given(calls())
def test_every_call_is_a_valid_bundle(call: Call) -> None:
    Bundle.model_validate(bundle(call))


@examples(0.3)  # a tenth of a second each: the questionnaire is validated whole
@given(answer_sheets(SHIPPED))
def test_every_answer_is_one_that_the_questionnaire_offers_to_a_question_that_is_asked(
    answers: dict[str, Answer],
) -> None:
    made = bundle(a_call(SHIPPED, answers), SHIPPED)
    Bundle.model_validate(made)
    form = items(resource(made, "Questionnaire"))
    response = resource(made, "QuestionnaireResponse")
    answered = {name: item for name, item in items(response).items() if "answer" in item}
    facts = Facts(SHIPPED, answers)
    assert set(answered) == set(facts.live())
    for name, item in answered.items():
        offered = [option["valueCoding"] for option in form[name].get("answerOption", [])]
        assert form[name]["repeats"] or len(item["answer"]) == 1
        for answer in item["answer"]:
            if form[name]["type"] == "choice":
                assert answer["valueCoding"] in offered
            else:
                assert isinstance(answer.get("valueInteger", 0), int)
                assert len(answer) == 1


def test_the_entries_refer_to_each_other() -> None:
    made = bundle(a_call(answers={"who_for": "self"}, state="finished", reference="Tues 14h"))
    urls = [entry["fullUrl"] for entry in made["entry"]]
    assert len(set(urls)) == 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", url) for url in urls)
    form, response, note = (entry["resource"] for entry in made["entry"])
    assert response["questionnaire"] == f"{form['url']}|{form['version']}" == "urn:iop-tui:small|1"
    assert note["context"]["related"] == [{"reference": urls[1]}]
    assert made["type"] == "collection"
    assert form["identifier"] == [{"system": "urn:iop-tui:sha256", "value": SMALL.sha256}]
    assert {"system": "urn:iop-tui:reference", "value": "Tues 14h"} in note["identifier"]
    assert "subject" not in response
    assert (response["authored"], response["status"]) == ("2026-11-21T14:15:00Z", "completed")
    assert response["author"]["display"] == "Dana"


def test_it_opens_and_closes_with_who_decides_and_takes_the_whole_note_along() -> None:
    call = a_call(answers={"thoughts": "often"})
    made = bundle(call)
    note = resource(made, "DocumentReference")
    text = base64.b64decode(note["content"][0]["attachment"]["data"]).decode()
    assert text == as_note_text(reported(call))
    for said in (
        resource(made, "Questionnaire")["description"],
        resource(made, "QuestionnaireResponse")["text"]["div"],
        note["description"],
    ):
        assert said.index("This is not a diagnosis.") < said.index("Talk with a licensed professional.")


def test_the_notice_of_the_clinic_is_told_first_and_last_and_makes_no_security_label() -> None:
    made = bundle(a_call(answers={"thoughts": "often"}), notice="Part 2 <applies>.")
    response, note = resource(made, "QuestionnaireResponse"), resource(made, "DocumentReference")
    div = response["text"]["div"]
    assert div.count("<p>Part 2 &lt;applies&gt;.</p>") == 2
    assert div.index("Part 2") < div.index("This is not a diagnosis.")
    assert note["description"].startswith("Part 2 <applies>. ")
    text = base64.b64decode(note["content"][0]["attachment"]["data"]).decode()
    assert text.count("Part 2 <applies>.") == 2
    # A label would tell a receiving system which law holds, and nobody said that to the program.
    assert "security" not in json.dumps(made)


def test_a_call_that_goes_on_is_in_progress() -> None:
    made = bundle(a_call(state="call_back"))
    assert resource(made, "QuestionnaireResponse")["status"] == "in-progress"
    assert resource(made, "DocumentReference")["docStatus"] == "preliminary"


@pytest.mark.parametrize(("word", "code"), [(Unknown.NOT_SURE, "asked-unknown"), (Unknown.SKIPPED, "asked-declined")])
def test_what_is_left_open_says_how_in_the_standard_words(word: Unknown, code: str) -> None:
    made = bundle(a_call(answers={"help_with": ("alcohol",), "drinks": word, "thoughts": word}))
    answered = items(resource(made, "QuestionnaireResponse"))
    (chosen,) = answered["thoughts"]["answer"]
    assert (chosen["valueCoding"]["system"], chosen["valueCoding"]["code"]) == (ABSENT, code)
    (number,) = answered["drinks"]["answer"]
    assert number["_valueInteger"]["extension"] == [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": code}
    ]


def test_a_number_has_its_bounds_and_unit_and_a_choice_its_weights_and_what_stands_alone() -> None:
    form = items(questionnaire(SMALL, ref(SMALL)))
    bounds = {each["url"].rpartition("/")[2]: each for each in form["drinks"]["extension"]}
    assert bounds["minValue"]["valueInteger"] == 0
    assert bounds["maxValue"]["valueInteger"] == 60
    assert bounds["questionnaire-unit"]["valueCoding"] == {"display": "drinks"}
    weights = [option["extension"][0]["valueDecimal"] for option in form["low_mood"]["answerOption"][:2]]
    assert weights == [0, 2]
    alone = [option["valueCoding"]["code"] for option in form["help_with"]["answerOption"] if "extension" in option]
    assert alone == ["none", "asked-unknown", "asked-declined"]


def test_where_the_screening_was_changed_no_other_questionnaire_stands_in_for_it() -> None:
    call = replace(a_call(answers={"who_for": "self"}), screening=Ref("small", "0.9", "b" * 64))
    made = bundle(call)
    Bundle.model_validate(made)
    assert [entry["resource"]["resourceType"] for entry in made["entry"]] == [
        "QuestionnaireResponse",
        "DocumentReference",
    ]
    response = resource(made, "QuestionnaireResponse")
    assert response["questionnaire"] == "urn:iop-tui:small|0.9"
    assert response["meta"]["tag"][0]["code"] == "b" * 64


# ---- when a question is asked ----------------------------------------------------------------------------------------


def chosen(answers: dict[str, Answer], name: str) -> list[Known]:
    """What a response that only has enabled questions would hold for one."""
    answer = answers.get(name)
    if answer is None or isinstance(answer, Unknown):
        return []
    return list(answer) if isinstance(answer, tuple) else [answer]


def row_holds(row: Json, answers: dict[str, Answer]) -> bool:
    found = chosen(answers, row["question"])
    if row["operator"] == "=":
        return row["answerCoding"]["code"] in found
    bound = row["answerInteger"]
    return any(isinstance(n, int) and (n >= bound if row["operator"] == ">=" else n <= bound) for n in found)


def path_holds(path: str, answers: dict[str, Answer]) -> bool:
    """A small reader of the FHIRPath that we write: `where`, `exists`, `iif`, `and`, `or`, `+`, `>=`."""

    def exists(found: re.Match[str]) -> str:
        name, test = found.groups()
        values = chosen(answers, name)
        if "code" in test:
            return str(any(code in values for code in re.findall(r"code = '(\w+)'", test)))
        sides = [(sign, int(number)) for sign, number in re.findall(r"\$this (>=|<=) (\d+)", test)]
        numbers = [n for n in values if isinstance(n, int)]
        return str(any(all(n >= m if sign == ">=" else n <= m for sign, m in sides) for n in numbers))

    python = EXPRESSION.sub(exists, path)
    assert re.fullmatch(r"(True|False|iif|and|or|>=|[-+(), \d])*", python), python
    return bool(eval(python, {"iif": lambda test, then, other: then if test else other}))  # noqa: S307  # just checked


def check_enabled(screening: Screening, answers: dict[str, Answer]) -> None:
    form = items(questionnaire(screening, ref(screening)))
    facts = Facts(screening, answers)
    held: dict[str, Answer] = {}
    for question in screening.questions:
        item = form[question.id]
        rows = item.get("enableWhen", [])
        paths = [each for each in item.get("extension", []) if "enableWhenExpression" in each["url"]]
        notes = [each for each in item.get("extension", []) if "designNote" in each["url"]]
        assert (question.show_if is None) is not bool(rows or paths or notes)
        assert ("enableBehavior" in item) is (len(rows) > 1)
        enabled = not rows or (any if item.get("enableBehavior") == "any" else all)(row_holds(r, held) for r in rows)
        for path in paths:
            enabled = path_holds(path["valueExpression"]["expression"], held)
        if not notes:
            assert enabled is (facts.shown(question.id) is True), question.id
        if enabled and question.id in answers:
            held[question.id] = answers[question.id]


@given(answer_sheets(SMALL))
def test_a_form_asks_the_questions_that_the_small_screening_asks(answers: dict[str, Answer]) -> None:
    check_enabled(SMALL, answers)


@given(answer_sheets(SHIPPED))
def test_a_form_asks_the_questions_that_the_shipped_screening_asks(answers: dict[str, Answer]) -> None:
    check_enabled(SHIPPED, answers)


def test_all_of_the_shipped_screening_can_be_said() -> None:
    assert "designNote" not in json.dumps(questionnaire(SHIPPED, ref(SHIPPED)))


HERE = SourceLocation("", 1)
MOOD, ALCOHOL = Is("help_with", ("mood",), HERE), Is("help_with", ("alcohol",), HERE)
MANY, SOME = InRange("drinks", 8, None, HERE), InRange("drinks", 1, 7, HERE)
LOW = Score(("low_mood", "low_interest"), 3, HERE)


def gated(condition: Condition) -> Screening:
    """The small screening, with another gate before its last question."""
    *before, last = SMALL.sections
    questions = (*last.questions[:-1], replace(last.questions[-1], show_if=condition))
    return replace(SMALL, sections=(*before, replace(last, questions=questions)))


@pytest.mark.parametrize(
    ("condition", "key"),
    [
        (MOOD, "enableWhen"),
        (SOME, "enableWhen"),
        (AnyOf((MOOD, MANY)), "enableWhen"),
        (All((MOOD, MANY)), "enableWhen"),
        (All((All((MOOD, ALCOHOL)), SOME)), "enableWhen"),
        (All((Is("thoughts", ("often", "plan"), HERE), MANY)), "extension"),
        (AnyOf((MOOD, SOME)), "extension"),
        (All((MOOD, AnyOf((SOME, LOW)))), "extension"),
        (AtLeast(2, (MOOD, SOME, LOW, Is("who_for", ("self",), HERE))), "extension"),
        (LOW, "extension"),
    ],
)
@given(answers=answer_sheets(SMALL))
def test_every_form_of_condition_that_can_be_said_is_said_as_it_is_meant(
    condition: Condition, key: str, answers: dict[str, Answer]
) -> None:
    screening = gated(condition)
    item = items(questionnaire(screening, ref(screening)))["night_support"]
    assert key in item
    assert "designNote" not in json.dumps(item)
    check_enabled(screening, answers)


def test_an_expression_names_the_place_of_its_questions() -> None:
    # An engine that searches no levels finds nothing with descendants() or repeat(item), and says nothing of it
    # (findings/medplum-never-met.sh): it would never ask, and would drop the answer that is there.
    screening = gated(AnyOf((All((MOOD, MANY)), Is("who_for", ("self",), HERE))))
    (condition,) = items(questionnaire(screening, ref(screening)))["night_support"]["extension"]
    assert condition["valueExpression"]["expression"] == (
        "((%resource.item.item.where(linkId = 'help_with').answer.value.where(code = 'mood').exists())"
        " and (%resource.item.item.where(linkId = 'drinks').answer.value.where($this >= 8).exists()))"
        " or (%resource.item.item.where(linkId = 'who_for').answer.value.where(code = 'self').exists())"
    )


@pytest.mark.parametrize("condition", [Not(MOOD), AnyOf((LOW, Not(MANY))), Score(("drinks",), 3, HERE)])
def test_what_cannot_be_said_is_told_in_words(condition: Condition) -> None:
    screening = gated(condition)
    item = items(questionnaire(screening, ref(screening)))["night_support"]
    assert "enableWhen" not in item
    (note,) = item["extension"]
    assert note["url"] == "http://hl7.org/fhir/StructureDefinition/designNote"
    assert note["valueMarkdown"].startswith("Asked if `{")
    Bundle.model_validate(bundle(a_call(screening), screening))
