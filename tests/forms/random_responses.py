"""Random retained answers for a form: the same seed gives the same answers.

"stale": everything is answered, whatever is enabled, as in a form whose answers were changed back and forth. "fresh":
only what is enabled then is answered. Answers lean towards the values that conditions compare with, and the ones
beside those. `foreign_labels` is the share of choices whose option has another label or none, `not_offered` the share
whose answer is none of the options; with `bare_codes` one of these is an option's code without its system.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.forms.reference_evaluator import judge
from tests.forms.reference_operators import Json

SMALL = Path(__file__).parent / "small"
CODES = "http://example.org/codes/"
NUMBERS = {"valueInteger": int, "valueDecimal": Decimal}
VALUE_KEYS = {
    "boolean": "valueBoolean",
    "decimal": "valueDecimal",
    "integer": "valueInteger",
    "date": "valueDate",
    "dateTime": "valueDateTime",
    "time": "valueTime",
    "string": "valueString",
    "text": "valueString",
    "url": "valueUri",
    "choice": "valueCoding",
    "open-choice": "valueCoding",
    "attachment": "valueAttachment",
    "reference": "valueReference",
    "quantity": "valueQuantity",
}


def small_form(name: str) -> Json:
    """A form of the folder `small`, its decimals as Decimal."""
    form: Json = json.loads((SMALL / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    return form


def random_response(
    form: Json,
    seed: int,
    mode: Literal["fresh", "stale"],
    foreign_labels: float = 0.2,
    not_offered: float = 0.1,
    bare_codes: bool = True,
) -> Json:
    """Answers for a form: up to three for a question that repeats, up to three instances of a repeating group."""
    chance = Random(f"{form.get('url', '')} {seed}")  # noqa: S311 - test data
    answers = _Answers(form, chance, foreign_labels, not_offered)
    answers.bare_codes = bare_codes
    items = answers.items(form.get("item", []))
    response: Json = {"resourceType": "QuestionnaireResponse", "status": "in-progress", "item": items}
    if "url" in form:
        response["questionnaire"] = form["url"]
    if mode == "fresh":
        response["item"] = judge(form, response).pruned["item"]
    if not response["item"]:
        del response["item"]
    return response


def random_answers(form: Json, item: Json, chance: Random) -> list[Json]:
    """Answers to one question of a form, as a person could give them: options only, nothing below; sometimes none."""
    if chance.random() < 0.1:
        return []
    childless = {key: value for key, value in item.items() if key != "item"}
    return _Answers(form, chance, 0.0, 0.0).answers(childless)


class _Answers:
    def __init__(self, form: Json, chance: Random, foreign_labels: float, not_offered: float) -> None:
        self.chance = chance
        self.foreign_labels = foreign_labels
        self.not_offered = not_offered
        self.bare_codes = True
        self.sets = {f"#{one['id']}": one for one in form.get("contained", []) if one["resourceType"] == "ValueSet"}
        self.compared: dict[str, list[Json]] = {}
        for item in all_items(form.get("item", [])):
            for condition in item.get("enableWhen", []):
                key, value = next((key, value) for key, value in condition.items() if key.startswith("answer"))
                self.compared.setdefault(condition["question"], []).append({"value" + key[6:]: value})

    def items(self, items: list[Json]) -> list[Json]:
        found: list[Json] = []
        for item in items:
            if item["type"] == "group":
                for _ in range(self.chance.choice((1, 2, 3)) if item.get("repeats") else 1):
                    inside = self.items(item.get("item", []))
                    found += [{"linkId": item["linkId"], "item": inside}] if inside else []
            elif item["type"] == "display" or self.chance.random() < 0.2:
                continue
            elif answers := self.answers(item):
                found.append({"linkId": item["linkId"], "answer": answers})
        return found

    def answers(self, item: Json) -> list[Json]:
        answers: list[Json] = []
        for _ in range(self.chance.choice((1, 2, 3)) if item.get("repeats") else 1):
            answer = self.value(item)
            if answer is not None and not any(_same(answer, other) for other in answers):
                below = self.items(item.get("item", []))
                answers.append({**answer, "item": below} if below else answer)
        return answers

    def value(self, item: Json) -> Json | None:
        kind: str = item["type"]
        options = self.options(item)
        if kind in ("choice", "open-choice"):
            if kind == "open-choice" and self.chance.random() < 0.3:
                texts = [one for one in self.compared.get(item["linkId"], []) if "valueString" in one]
                return self.chance.choice([*texts, {"valueString": self.text()}])
            if self.chance.random() < self.not_offered:
                return self.none_of(options)
            if options and self.chance.random() < self.foreign_labels:
                return self.labelled_otherwise(self.chance.choice(options))
            return self.chance.choice(options) if options else None
        key = VALUE_KEYS[kind]
        compared = self.compared.get(item["linkId"], [])
        near = [one for one in compared if key in one]
        if key in NUMBERS:
            near = [{key: NUMBERS[key](value)} for one in compared for kind, value in one.items() if kind in NUMBERS]
        if near and self.chance.random() < 0.6:
            return self.beside(self.chance.choice(near))
        return {key: self.any_value(kind)}

    def options(self, item: Json) -> list[Json]:
        """The options, without what is said about them."""
        found = []
        for option in item.get("answerOption", []):
            key, value = next((key, value) for key, value in option.items() if key.startswith("value"))
            found.append({key: _plain(value)})
        value_set = self.sets.get(item.get("answerValueSet", ""))
        if value_set is not None and "expansion" in value_set:
            found += [{"valueCoding": one} for one in value_set["expansion"]["contains"]]
        elif value_set is not None:
            for include in value_set["compose"]["include"]:
                found += [{"valueCoding": {"system": include["system"], **one}} for one in include.get("concept", [])]
        return found

    def none_of(self, options: list[Json]) -> Json:
        """An answer that is none of the options: another code, another system, no system."""
        codings = [one["valueCoding"] for one in options if one.get("valueCoding", {}).get("code")]
        if not codings:
            return {"valueCoding": {"system": f"{CODES}elsewhere", "code": "x", "display": "Elsewhere"}}
        coding = self.chance.choice(codings)
        others = [{**coding, "system": f"{CODES}elsewhere"}, {**coding, "code": "not-offered"}]
        without_system = {key: value for key, value in coding.items() if key != "system"}
        if self.bare_codes and without_system not in codings:
            others.append(without_system)
        return {"valueCoding": self.chance.choice(others)}

    def labelled_otherwise(self, option: Json) -> Json:
        """The same option with a foreign label, or without one."""
        coding = option.get("valueCoding", {})
        if "code" not in coding:
            return option
        bare = {key: value for key, value in coding.items() if key != "display"}
        return {"valueCoding": self.chance.choice((bare, {**coding, "display": "a label from another program"}))}

    def beside(self, compared: Json) -> Json:
        """The value of a condition, or one right beside it."""
        ((key, value),) = compared.items()
        step = self.chance.choice((-1, 0, 0, 1))
        if key in ("valueInteger", "valueDecimal"):
            return {key: value + step}
        if key == "valueQuantity":
            return {key: {**value, "value": Decimal(value["value"]) + step}}
        if key == "valueBoolean":
            return {key: value if step >= 0 else not value}
        if key == "valueString" and step:
            return {key: self.text()}
        if key in ("valueDate", "valueDateTime", "valueTime") and step:
            return {key: self.any_value({"valueDate": "date", "valueDateTime": "dateTime", "valueTime": "time"}[key])}
        return compared

    def any_value(self, kind: str) -> Any:
        chance = self.chance
        day = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(366))
        plain: dict[str, Any] = {
            "boolean": chance.random() < 0.5,
            "integer": chance.randrange(-3, 13),
            "decimal": Decimal(chance.randrange(-4, 30)) / 4,
            "date": str(day)[: chance.choice((4, 7, 10, 10, 10))],
            "dateTime": chance.choice((f"{day}T11:30:00Z", f"{day}T23:05:00-05:00", f"{day}T00:00:00+02:00", str(day))),
            "time": f"{chance.randrange(24):02}:{chance.choice((0, 30)):02}:00",
            "url": chance.choice(("http://example.org/a", "urn:example:b")),
            "attachment": {"contentType": "text/plain", "title": "a file", "url": "http://example.org/file.txt"},
            "reference": {"reference": "Organization/1", "display": "A house"},
            "quantity": {
                "value": Decimal(chance.randrange(0, 16)) / 4,
                **chance.choice(({"unit": "kg", "system": "http://unitsofmeasure.org", "code": "kg"}, {"unit": "kg"})),
            },
        }
        return plain[kind] if kind in plain else self.text()

    def text(self) -> str:
        return self.chance.choice(("plum", "a line with [brackets]", "caf\u00e9", "two\nlines", "0", "plum pie"))


def _same(one: Json, other: Json) -> bool:
    """The same answer, whatever it is called and whatever stands below."""
    ((key, value),) = one.items()
    if key != "valueCoding" or key not in other:
        return key in other and bool(value == other[key])
    return all(value.get(part) == other[key].get(part) for part in ("system", "code")) and "code" in value


def all_items(items: list[Json]) -> Iterator[Json]:
    for item in items:
        yield item
        yield from all_items(item.get("item", []))


def _plain(value: Any) -> Any:
    return {key: inner for key, inner in value.items() if key != "extension"} if isinstance(value, dict) else value


def as_json(value: Any) -> str:
    """JSON whose decimals stand as they are written: 1.50 stays 1.50."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {as_json(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_json(inner) for inner in value) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)
