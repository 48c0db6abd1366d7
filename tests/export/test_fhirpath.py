"""When a question is asked, as FHIRPath says it in our Questionnaire, by an engine of others (fhirpathpy)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import given

from iop_tui.export.fhir.questionnaire import questionnaire
from iop_tui.screening.engine.evaluate import Facts, depends_on
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Score
from iop_tui.screening.model.definition import Screening
from tests.core.small import answer_sheets
from tests.export.calls import SMALL, a_call, ref
from tests.export.test_fhir import HERE, LOW, MANY, MOOD, SOME, bundle, gated, items, resource
from tests.profiles import examples
from tests.shipped import PEOPLE, SHIPPED

fhirpathpy: Any = pytest.importorskip("fhirpathpy")
R4: Any = pytest.importorskip("fhirpathpy.models").models["r4"]
"""Without it `answer.value` finds nothing: only the model knows that it is `valueCoding` or `valueInteger`."""


def expressions(screening: Screening) -> dict[str, str]:
    """Those of the questions that have one, by link id."""
    form = items(questionnaire(screening, ref(screening)))
    return {
        name: each["valueExpression"]["expression"]
        for name, item in form.items()
        for each in item.get("extension", [])
        if "enableWhenExpression" in each["url"]
    }


@cache
def compiled() -> Mapping[str, Any]:
    return {name: fhirpathpy.compile(path, R4) for name, path in expressions(SHIPPED).items()}


def check(screening: Screening, compiled: Mapping[str, Any], answers: Mapping[str, Answer]) -> None:
    """The response as it is exported enables what the screening asks, and nothing else."""
    # fhirpathpy 2.2.4 raises where a number is compared whose value is missing with a reason; by the standard that is
    # empty (findings/fhirpathpy-missing-number.sh). An open number is left out here, which comes to the same.
    numbers = {question.id for question in screening.questions if question.kind == "number"}
    answers = {name: each for name, each in answers.items() if not (name in numbers and isinstance(each, Unknown))}
    response = resource(bundle(a_call(screening, dict(answers)), screening), "QuestionnaireResponse")
    facts = Facts(screening, dict(answers))
    found = {name: path(response, {"resource": response}) for name, path in compiled.items()}
    assert found == {name: [facts.shown(name) is True] for name in compiled}, json.dumps(answers, default=str)


def test_an_engine_asks_example_people_what_the_screening_asks() -> None:
    assert len(compiled()) >= 5
    for answers in PEOPLE[::60]:
        check(SHIPPED, compiled(), answers)


def different_people() -> list[Mapping[str, Answer]]:
    """One example person for each way to answer the questions that the expressions read: others see them read the
    same, at half a second each.
    """
    conditions = (question.show_if for question in SHIPPED.questions if question.id in compiled())
    read = sorted(frozenset().union(*(depends_on(SHIPPED, each) for each in conditions if each is not None)))
    names = [SHIPPED.questions[index].id for index in read]
    return list({tuple(answers.get(name) for name in names): answers for answers in PEOPLE}.values())


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(4))
def test_an_engine_asks_a_third_of_the_example_people_what_the_screening_asks(part: int) -> None:
    """A quarter of a second each."""
    for answers in different_people()[part :: 3 * 4]:
        check(SHIPPED, compiled(), answers)


@examples(1 / 6)  # a quarter of a second each
@given(answer_sheets(SHIPPED))
def test_an_engine_asks_what_the_screening_asks_whatever_was_answered(answers: dict[str, Answer]) -> None:
    check(SHIPPED, compiled(), answers)


CHOICE = Is("thoughts", ("often", "plan"), HERE)


@pytest.mark.parametrize(
    "condition",
    [
        All((CHOICE, MANY)),
        AnyOf((MOOD, All((SOME, LOW)))),
        All((MOOD, AnyOf((InRange("drinks", None, 3, HERE), LOW)))),
        AtLeast(2, (MOOD, SOME, LOW, Is("who_for", ("self",), HERE))),
        LOW,
        Score(("low_mood", "low_interest"), 1, HERE),
    ],
    ids=lambda condition: type(condition).__name__,
)
@given(answers=answer_sheets(SMALL))
def test_an_engine_takes_every_form_of_expression_as_it_is_meant(
    condition: Condition, answers: dict[str, Answer]
) -> None:
    screening = gated(condition)
    paths = expressions(screening)
    assert set(paths) == {"night_support"}
    check(screening, {name: fhirpathpy.compile(path, R4) for name, path in paths.items()}, answers)
