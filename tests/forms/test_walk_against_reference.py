"""The engine against the judge while a person answers, changes answers, goes back and adds instances.

What a person typed once stays in memory; the judge gets all of it after each step, the engine only the step.
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

import pytest
import yaml

from iop_tui.forms.filling.filling import Filling, begin
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.forms.model.values import Coding, Quantity, Value
from iop_tui.forms.reading.read_form import read_form
from tests.forms.random_responses import SMALL, all_items, random_answers, small_form
from tests.forms.reference_evaluator import Place, judge
from tests.forms.reference_operators import NO, YES, Json

INDEX = yaml.safe_load((SMALL / "index.yaml").read_text("utf-8"))
LEFT_OUT = ("expressions", "duplicates", "noted", "initial")
ALL = [entry for entry in INDEX["small"] if not any(key in entry for key in LEFT_OUT)]
NAMES = [entry["name"] for entry in ALL if "children_of_questions" not in entry]
WITH_CHILDREN = [entry["name"] for entry in ALL if "children_of_questions" in entry]
STEPS = 25


def as_value(answer: Json) -> Value:
    ((key, value),) = answer.items()
    kind: Any = key[5].lower() + key[6:]
    if kind == "coding":
        return Value("coding", Coding(value.get("system"), value.get("code"), value.get("display", "")))
    if kind == "quantity":
        return Value(
            "quantity", Quantity(Decimal(value["value"]), value["unit"], value.get("system"), value.get("code"))
        )
    return Value(kind, value)


def as_answer(value: Value) -> Json:
    data: Any = value.data
    if isinstance(data, Coding):
        data = {key: text for key in ("system", "code") if (text := getattr(data, key)) is not None}
    elif isinstance(data, Quantity):
        known = {key: text for key in ("value", "unit", "system", "code") if (text := getattr(data, key)) is not None}
        data = known
    return {f"value{value.kind[0].upper()}{value.kind[1:]}": data}


class Memory:
    """All that was ever answered, as a response."""

    def __init__(self, form: Json) -> None:
        self.form = form
        self.answers: dict[Place, list[Json]] = {}
        self.instances: dict[Place, int] = {}  # of a repeating group, by the place of its first instance

    def response(self) -> Json:
        return {"resourceType": "QuestionnaireResponse", "item": self.items(self.form["item"], ())}

    def items(self, items: list[Json], above: Place) -> list[Json]:
        found: list[Json] = []
        for item in items:
            first: Place = (*above, (item["linkId"], 0))
            if item["type"] == "group":
                for number in range(self.instances.get(first, 1)):
                    inside = self.items(item["item"], (*above, (item["linkId"], number)))
                    found.append({"linkId": item["linkId"], "item": inside})
            elif self.answers.get(first):
                found.append({"linkId": item["linkId"], "answer": self.answers[first]})
        return found


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", NAMES)
def test_each_step_agrees(name: str, seed: int) -> None:
    form = small_form(name)
    memory, chance = Memory(form), Random(seed)  # noqa: S311 - test data
    by_link = {item["linkId"]: item for item in all_items(form["item"])}
    filling = begin(read_form((SMALL / f"{name}.json").read_bytes(), name))
    for step in range(STEPS):
        place = chance.choice(list(filling.places))
        item = by_link[place[-1][0]]
        if item["type"] == "group" and item.get("repeats") and chance.random() < 0.5:
            filling = with_another(filling, memory, place)
        elif filling.askable(place):
            filling = with_answers(filling, memory, place, random_answers(form, item, chance))
        agrees(filling, memory, f"{name}, seed {seed}, step {step}")


def with_another(filling: Filling, memory: Memory, place: Place) -> Filling:
    first: Place = (*place[:-1], (place[-1][0], 0))
    memory.instances[first] = memory.instances.get(first, 1) + 1
    return filling.another(place, True)


def with_answers(filling: Filling, memory: Memory, place: Place, answers: list[Json]) -> Filling:
    try:
        filling = filling.answered(place, tuple(as_value(answer) for answer in answers))
    except NotAllowed:
        return filling
    memory.answers[place] = answers
    return filling


def agrees(filling: Filling, memory: Memory, when: str) -> None:
    judged = judge(memory.form, memory.response(), same_instance=True)
    wrong = [place for place in judged.places(YES) if not filling.enabled(place)]
    wrong += [place for place in judged.places(NO) if filling.enabled(place)]
    assert not wrong, f"{when}: {wrong} with {memory.response()['item']}"
    shown = set(filling.places)
    assert shown <= set(judged.enabled), when
    assert judged.missing <= set(filling.missing) <= judged.missing | judged.missing_in_a_reading, when


def held(filling: Filling, place: Place) -> list[Json]:
    try:
        return [as_answer(value) for value in filling.value(place)]
    except KeyError:
        return []


def held_below(filling: Filling, items: list[Json], above: Place) -> list[Json]:
    """What the engine itself has in memory, where answers hang below answers (groups do not repeat in these forms)."""
    found: list[Json] = []
    for item in items:
        place: Place = (*above, (item["linkId"], 0))
        if item["type"] == "group":
            found.append({"linkId": item["linkId"], "item": held_below(filling, item["item"], place)})
        elif answers := held(filling, place):
            for number, answer in enumerate(answers):
                answer["item"] = held_below(filling, item.get("item", []), (*above, (item["linkId"], number)))
            found.append({"linkId": item["linkId"], "answer": answers})
    return found


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", WITH_CHILDREN)
def test_each_step_agrees_where_questions_stand_below_answers(name: str, seed: int) -> None:
    form = small_form(name)
    chance = Random(seed)  # noqa: S311 - test data
    by_link = {item["linkId"]: item for item in all_items(form["item"])}
    filling = begin(read_form((SMALL / f"{name}.json").read_bytes(), name))
    reached: set[str] = set()
    for step in range(STEPS):
        place = chance.choice([place for place in filling.places if filling.askable(place)])
        answers = random_answers(form, by_link[place[-1][0]], chance)
        filling = filling.answered(place, tuple(as_value(answer) for answer in answers))
        response = {"resourceType": "QuestionnaireResponse", "item": held_below(filling, form["item"], ())}
        judged = judge(form, response, same_instance=True)
        wrong = [place for place in judged.places(YES) if not filling.enabled(place)]
        wrong += [place for place in judged.places(NO) if filling.enabled(place)]
        assert not wrong, f"{name}, seed {seed}, step {step}: {wrong} with {response['item']}"
        reached |= {place[-1][0] for place in filling.places}
    assert len(reached) > len(form["item"]), "nothing below an answer was ever asked"
