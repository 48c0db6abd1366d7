"""Made-up FHIR R4 Questionnaires of any size, and what people answer: one seed, one form, one person."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

ITEMS, CONDITIONS = 500, 300
_GROUP = 10
"""Items of a group, itself counted."""
_LOOKS_BACK = 20
"""How far back, in questions, a condition looks at most: real forms hang on what was asked shortly before."""
_MOST = 3
"""Conditions of one item."""
_HIGHEST = 10
"""The largest number that a person of `answers` gives."""
_SYSTEM = "urn:example:made-up"
_OPTIONS = ("Not at all", "On some days", "On most days", "Every day")
_KINDS = ("choice", "choice", "boolean", "integer")
_FORM = {"resourceType": "Questionnaire", "status": "draft", "language": "en", "title": "A made-up form"}


def questionnaire(seed: int, items: int = ITEMS, conditions: int = CONDITIONS) -> Json:
    """A form of so many items, groups among them, and so many entries of `enableWhen`.

    Questions are choices, booleans, integers. About one in ten conditions is a group's; most items have one, some two
    or three joined by "all" or "any"; targets hang on conditions themselves. Every operator but the rarer orders occurs
    (=, !=, exists, >), and all that a condition names stands before it.

    Raises:
        ValueError: fewer than 50 items, or more conditions than one for each.
    """
    if items < 5 * _GROUP or conditions > items:
        raise ValueError(f"{items} items, {conditions} conditions")
    choose = random.Random(seed)  # noqa: S311  # the same form in every run, not a secret
    top: list[Json] = []
    group: Json = {}
    for number in range(items):
        if number % _GROUP == 0:
            group = {"linkId": f"g{number}", "type": "group", "text": f"Part {number // _GROUP + 1}", "item": []}
            # Every third group stands within the one before it.
            (top[-1]["item"] if number // _GROUP % 3 == 2 else top).append(group)
        else:
            group["item"].append(_question(number, choose))
    _hang(list(walk(top)), conditions, choose)
    return {**_FORM, "item": top}


def walk(items: list[Json]) -> Iterator[Json]:
    """Every item, in the order of the form."""
    for item in items:
        yield item
        yield from walk(item.get("item", []))


def questions(form: Json) -> list[Json]:
    """Every question, in the order of the form."""
    return [item for item in walk(form["item"]) if item["type"] != "group"]


def answers(form: Json, seed: int) -> Mapping[str, Json]:
    """What a person answers to each question, should it be asked: `value[x]` as a response has it, by linkId."""
    choose = random.Random(f"person {seed}")  # noqa: S311  # the same people in every run, not a secret
    return {item["linkId"]: _answer(item, choose) for item in questions(form)}


def _question(number: int, choose: random.Random) -> Json:
    kind = choose.choice(_KINDS)
    item: Json = {"linkId": f"q{number}", "type": kind, "text": f"Question {number:05}: how was it last month?"}
    if kind == "choice":
        item["answerOption"] = [{"valueCoding": _coding(option)} for option in range(len(_OPTIONS))]
    return item


def _coding(option: int) -> Json:
    return {"system": _SYSTEM, "code": f"o{option}", "display": _OPTIONS[option]}


def _answer(item: Json, choose: random.Random) -> Json:
    if item["type"] == "choice":
        return {"valueCoding": _coding(choose.randrange(len(_OPTIONS)))}
    if item["type"] == "boolean":
        return {"valueBoolean": choose.random() < 0.5}
    return {"valueInteger": choose.randint(0, _HIGHEST)}


def _hang(items: list[Json], conditions: int, choose: random.Random) -> None:
    """Give so many conditions to items, each on a question that stands before."""
    places = [at for at, item in enumerate(items) if at > _GROUP and (item["type"] != "group" or choose.random() < 0.6)]
    choose.shuffle(places)
    hung = places[: conditions * 3 // 4]
    counts = dict.fromkeys(hung, 1)
    for _ in range(conditions - len(hung)):
        at = choose.choice([at for at in hung if counts[at] < _MOST])
        counts[at] += 1
    for at, count in counts.items():
        before = [item for item in items[max(0, at - _LOOKS_BACK) : at] if item["type"] != "group"]
        items[at]["enableWhen"] = [_condition(target, choose) for target in choose.sample(before, count)]
        if count > 1:
            items[at]["enableBehavior"] = choose.choice(("all", "any"))


def _condition(target: Json, choose: random.Random) -> Json:
    named = {"question": target["linkId"]}
    if choose.random() < 0.15:
        return {**named, "operator": "exists", "answerBoolean": choose.random() < 0.8}
    if target["type"] == "integer":
        return {**named, "operator": ">", "answerInteger": choose.randint(0, _HIGHEST // 2)}
    operator = choose.choice(("=", "!=", "!="))
    if target["type"] == "boolean":
        return {**named, "operator": operator, "answerBoolean": choose.random() < 0.5}
    return {**named, "operator": operator, "answerCoding": _coding(choose.randrange(len(_OPTIONS)))}
