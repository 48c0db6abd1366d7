"""The made-up forms of the benchmarks: as large as promised, and sound FHIR."""

from __future__ import annotations

import json

import pytest

from benchmarks.synthetic_form import answers, questionnaire, questions, walk
from iop_tui.forms.filling.filling import begin
from iop_tui.forms.filling.steps import Asking
from iop_tui.forms.reading.read_form import read_form


@pytest.mark.parametrize(("items", "conditions"), [(500, 300), (50, 30), (77, 77)])
def test_a_form_has_the_items_and_conditions_that_were_asked_for(items: int, conditions: int) -> None:
    form = questionnaire(3, items, conditions)
    every = list(walk(form["item"]))
    assert len(every) == items
    assert sum(len(item.get("enableWhen", ())) for item in every) == conditions
    assert {item["linkId"] for item in questions(form)} == set(answers(form, 1))


def test_the_large_form_has_every_kind_and_is_the_same_for_a_seed() -> None:
    form = questionnaire(1)
    conditions = [row for item in walk(form["item"]) for row in item.get("enableWhen", ())]
    assert {row["operator"] for row in conditions} == {"=", "!=", "exists", ">"}
    assert {item.get("enableBehavior") for item in walk(form["item"])} == {None, "all", "any"}
    hanging = {item["linkId"] for item in walk(form["item"]) if "enableWhen" in item}
    assert any(row["question"] in hanging for row in conditions)
    assert form == questionnaire(1) != questionnaire(2)


def test_a_form_is_read_without_suspicion_and_can_be_answered() -> None:
    form = read_form(json.dumps(questionnaire(1)).encode(), "form.json")
    assert {finding.severity for finding in form.findings} <= {"note"}
    assert {item.fate for item in form.all_items} == {"asked"}
    assert isinstance(begin(form).step, Asking)
