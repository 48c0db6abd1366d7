"""Random small forms: groups in groups, repeating ones, questions below questions, conditions in every direction."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.forms.random_responses import all_items
from tests.forms.reference_evaluator import judge
from tests.forms.reference_operators import Json, NotJudged

OPTIONS = [{"valueCoding": {"system": "http://example.org/codes/x", "code": code, "display": code}} for code in "abc"]
DAYS = ("2024-05-01", "2024-05-02", "2024-05-03")


def random_questionnaire(seed: int) -> Json:
    """A valid form of about a dozen items; no item depends on itself, and no order is asked for where there is none."""
    chance = Random(seed)  # noqa: S311 - test data
    form: Json = {
        "resourceType": "Questionnaire",
        "url": f"http://example.org/forms/random-{seed}",
        "title": f"Random form {seed}",
        "status": "active",
        "item": _items(chance, iter(f"q{number}" for number in range(1, 1000)), 0),
    }
    items = list(all_items(form["item"]))
    for item in items:
        if chance.random() < 0.6:
            _add_conditions(chance, form, items, item)
    return form


def _items(chance: Random, names: Iterator[str], depth: int) -> list[Json]:
    found: list[Json] = []
    for _ in range(chance.randrange(2, 5 if depth == 0 else 4)):
        kinds = ["boolean", "boolean", "integer", "decimal", "choice", "choice", "string", "date", "display"]
        kind = chance.choice([*kinds, "group", "group", "group"] if depth < 3 else kinds)
        name = next(names)
        item: Json = {"linkId": name, "text": f"Item {name}", "type": kind}
        if kind == "choice":
            item["answerOption"] = OPTIONS
        if kind == "group":
            item["item"] = _items(chance, names, depth + 1)
        elif kind != "display" and depth < 3 and chance.random() < 0.15:
            item["item"] = _items(chance, names, depth + 2)
        if kind in ("group", "choice", "integer", "string") and chance.random() < 0.35:
            item["repeats"] = True
        if kind != "display" and chance.random() < 0.25:
            item["required"] = True
        found.append(item)
    return found


def _add_conditions(chance: Random, form: Json, items: list[Json], item: Json) -> None:
    conditions = [_condition(chance, chance.choice(items)) for _ in range(chance.choice((1, 1, 2, 3)))]
    item["enableWhen"] = conditions
    if len(conditions) > 1 or chance.random() < 0.2:
        item["enableBehavior"] = chance.choice(("all", "any"))
    try:
        judge(form, {})
    except NotJudged:
        del item["enableWhen"]
        item.pop("enableBehavior", None)


def _condition(chance: Random, target: Json) -> Json:
    kind, found = target["type"], {"question": target["linkId"]}
    if kind in ("group", "display") or chance.random() < 0.15:
        return {**found, "operator": "exists", "answerBoolean": chance.random() < 0.5}
    ordered = ("=", "!=", ">", "<", ">=", "<=")
    if kind == "integer":
        return {**found, "operator": chance.choice(ordered), "answerInteger": chance.randrange(3)}
    if kind == "decimal":
        return {**found, "operator": chance.choice(ordered), "answerDecimal": chance.randrange(3)}
    if kind == "date":
        return {**found, "operator": chance.choice(ordered), "answerDate": chance.choice(DAYS)}
    operator = chance.choice(("=", "!="))
    if kind == "boolean":
        return {**found, "operator": operator, "answerBoolean": chance.random() < 0.7}
    if kind == "choice":
        return {**found, "operator": operator, "answerCoding": chance.choice(OPTIONS)["valueCoding"]}
    return {**found, "operator": operator, "answerString": chance.choice(("plum", "0"))}
