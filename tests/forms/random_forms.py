"""Random forms for Hypothesis: nested groups, repeats, chains, later targets, all operators, all types of answer.

No conditions in a cycle: the reader refuses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from iop_tui.forms.filling.filling import Filling
from iop_tui.forms.model.conditions import Operator, Row, Rows
from iop_tui.forms.model.form import Form, Item, ItemType, Option
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.values import Coding, Quantity, Value
from iop_tui.forms.response.write import value_json
from tests.forms.building import coding, day, decimal, form, integer, moment, text, yes_no

Json = dict[str, Any]

UCUM = "http://unitsofmeasure.org"
CODES = "ab"
DOMAIN: Mapping[ItemType, tuple[Value, ...]] = {
    "boolean": (yes_no(True), yes_no(False)),
    "integer": (integer(0), integer(1), integer(2)),
    "decimal": (decimal("0.5"), decimal("1"), decimal("1.50")),
    "date": (day("2026"), day("2026-11"), day("2026-11-29"), day("2026-11-30")),
    "dateTime": (moment("2026-11-30T10:00:00Z"), moment("2026-11-30T11:30:00+02:00"), moment("2026-12-02T00:00:00Z")),
    "time": (Value("time", "09:00:00"), Value("time", "21:30:00")),
    "string": (text("x"), text("y")),
    "text": (text("x"), text("y\nz")),
    "url": (Value("uri", "https://example.org"),),
    "choice": tuple(coding(code) for code in CODES),
    "open-choice": (*(coding(code) for code in CODES), text("x")),
    "quantity": (
        Value("quantity", Quantity(Decimal("1.0"), "kilograms", UCUM, "kg")),
        Value("quantity", Quantity(Decimal(2), "kilograms", UCUM, "kg")),
    ),
}
ORDERED = ("integer", "decimal", "date", "dateTime", "time", "quantity")
ALIKE: Mapping[ItemType, tuple[Value, ...]] = {
    "integer": (decimal("1.0"), decimal("0.5")),
    "decimal": (integer(1),),
    "choice": (coding("a", None), coding("never"), text("x")),
}
"""Answers of conditions beside those that the question can have."""


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of up to a dozen items, each with a text."""
    counter = iter(range(1000))
    items = tuple(draw(_item(counter, 0)) for _each in range(draw(st.integers(1, 5))))
    plain = form(*items)
    enables = _enables(draw, plain)
    return form(*(_with(item, enables) for item in items), url="http://example.org/random", language="en")


@st.composite
def _item(draw: st.DrawFn, counter: Iterator[int], depth: int) -> Item:
    type_: ItemType = draw(st.sampled_from(("group", "group", "display", "boolean", "boolean", "choice", *DOMAIN)))
    if depth == 2 and type_ == "group":
        type_ = "boolean"
    many = {"group": 3, "display": 0}.get(type_, 2 if depth < 2 and draw(st.integers(0, 3)) == 0 else 0)
    link_id = f"{type_[0]}{next(counter)}"
    below = tuple(draw(_item(counter, depth + 1)) for _each in range(draw(st.integers(0, many))))
    domain = DOMAIN.get(type_, ())
    return Item(
        link_id=link_id,
        type=type_,
        line=1,
        text=f"The text of {link_id}",
        items=below,
        repeats=type_ != "display" and draw(st.integers(0, 3)) == 0,
        required=type_ != "display" and draw(st.integers(0, 3)) == 0,
        options=tuple(Option(each, "label") for each in domain if each.kind == "coding") if "choice" in type_ else (),
        initial=(draw(st.sampled_from(domain)),) if domain and draw(st.integers(0, 5)) == 0 else (),
        fate="hidden" if draw(st.integers(0, 12)) == 0 else "asked",
    )


def _enables(draw: st.DrawFn, plain: Form) -> dict[str, Rows]:
    targets = [item for item in plain.all_items if item.type not in ("group", "display")]
    needs: dict[str, set[str]] = {item.link_id: set() for item in plain.all_items}
    for item in plain.all_items:
        for below in item.items:
            needs[below.link_id].add(item.link_id)
    enables: dict[str, Rows] = {}
    for item in plain.all_items:
        if not targets or draw(st.integers(0, 2)) == 0:
            continue
        rows = []
        for _each in range(draw(st.integers(1, 3))):
            target = draw(st.sampled_from(targets))
            if not _depends(target.link_id, item.link_id, needs):
                needs[item.link_id].add(target.link_id)
                rows.append(draw(_row(target)))
        if rows:
            enables[item.link_id] = Rows(draw(st.sampled_from(("all", "any"))), tuple(rows))
    return enables


@st.composite
def _row(draw: st.DrawFn, target: Item) -> Row:
    operators: tuple[Operator, ...] = ("exists", "=", "=", "!=")
    operator = draw(st.sampled_from((*operators, ">", "<", ">=", "<=") if target.type in ORDERED else operators))
    if operator == "exists":
        return Row(target.link_id, operator, draw(st.sampled_from(DOMAIN["boolean"])))
    values = DOMAIN[target.type]
    if operator in ("=", "!="):
        values = (*values, *values, *ALIKE.get(target.type, ()))
    return Row(target.link_id, operator, draw(st.sampled_from(values)))


def _depends(one: str, other: str, needs: Mapping[str, set[str]]) -> bool:
    return one == other or any(_depends(each, other, needs) for each in needs[one])


def _with(item: Item, enables: Mapping[str, Rows]) -> Item:
    from msgspec.structs import replace

    return replace(item, enable=enables.get(item.link_id), items=tuple(_with(each, enables) for each in item.items))


# ---- as JSON, for what reads files -----------------------------------------------------------------------------------


def as_questionnaire(form: Form) -> Json:
    """The form as a Questionnaire."""
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": form.url,
        "item": [_json(i) for i in form.items],
    }


def _json(item: Item) -> Json:
    made: Json = {"linkId": item.link_id, "type": item.type, "text": item.text}
    if item.required:
        made["required"] = True
    if item.repeats:
        made["repeats"] = True
    if isinstance(item.enable, Rows):
        made["enableBehavior"] = item.enable.join
        made["enableWhen"] = [
            {"question": row.question, "operator": row.operator}
            | {f"answer{key[5:]}": value for key, value in value_json(row.answer).items()}
            for row in item.enable.rows
        ]
    if item.items:
        made["item"] = [_json(each) for each in item.items]
    return made


def retained(filling: Filling) -> Json:
    """Every answer that is kept, also at disabled items, as a response: each place of the form has its item."""
    lay = filling.sheet.layout

    def made(place: Place, item: Item) -> Json:
        below = {other: filling.item(other) for other in lay.slot_of if other[:-1] == place}
        if item.type in ("group", "display"):
            return {"linkId": item.link_id, "item": [made(*each) for each in below.items()]}
        answers = [value_json(value) for value in filling.value(place)]
        for number, answer in enumerate(answers):
            here = (*place[:-1], (item.link_id, number))
            inside = [made(other, filling.item(other)) for other in lay.slot_of if other[:-1] == here]
            if inside:
                answer["item"] = inside
        return {"linkId": item.link_id, "answer": answers} if answers else {"linkId": item.link_id}

    tops = [place for place in lay.slot_of if len(place) == 1]
    return {"resourceType": "QuestionnaireResponse", "item": [made(place, filling.item(place)) for place in tops]}


# ---- random operations -----------------------------------------------------------------------------------------------


def operate(data: st.DataObject, filling: Filling) -> Filling:
    """One thing that a person does: answer any question that is asked now, leave it, go back, add, remove."""
    askable = [place for place in filling.places if filling.askable(place)]
    instances = [
        place for place in filling.places if filling.item(place).type == "group" and filling.item(place).repeats
    ]
    what = data.draw(st.sampled_from(("answer", "answer", "answer", "answer", "leave", "back", "another", "remove")))
    if what in ("answer", "leave") and askable:
        place = data.draw(st.sampled_from(askable))
        item = filling.item(place)
        most = 3 if item.repeats else 1
        least = 1 if what == "answer" else 0
        values = data.draw(st.lists(st.sampled_from(DOMAIN[item.type]), min_size=least, max_size=most * least))
        return filling.answered(place, values)
    if what == "back":
        return filling.back()
    if what == "another" and instances:
        place = data.draw(st.sampled_from(instances))
        return filling.another(place, data.draw(st.booleans()) and place[-1][1] < 3)
    if what == "remove" and instances:
        return filling.removed(data.draw(st.sampled_from(instances)))
    return filling


def option_of(item: Item, code: Coding) -> bool:
    """Whether a coding is one of the options, by system and code."""
    return any(isinstance(each.value.data, Coding) and each.value.data.key == code.key for each in item.options)
