"""A small form for expressions, random answers to it, and the same answers as a QuestionnaireResponse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Coding, Quantity, Value, ValueKind

Sheet = Mapping[str, Sequence[Value]]
"""The answers by linkId."""


def choice(link_id: str, weights: Sequence[int | None], *, repeats: bool = False, **other: Any) -> Item:
    """A choice whose options have the codes c0, c1, and so on, and these weights."""
    options = tuple(
        Option(Value("coding", Coding("urn:s", f"c{n}", f"Choice {n}")), f"Choice {n}", _decimal(weight))
        for n, weight in enumerate(weights)
    )
    return Item(link_id, "choice", 1, repeats=repeats, options=options, **other)


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


FORM = (
    Item("yes", "boolean", 1),
    Item("no", "boolean", 1),
    Item("whole", "integer", 1),
    Item("number", "decimal", 1),
    Item("text", "string", 1),
    Item("day", "date", 1),
    choice("one", (0, 1, 3)),
    choice("some", (1, 2, 4), repeats=True),
    Item("much", "quantity", 1),
    Item("either", "open-choice", 1, options=choice("", (0, 1)).options),
    Item(
        "group",
        "group",
        1,
        items=(
            Item("within", "integer", 1, items=(Item("below", "integer", 1),)),
            Item("deeper", "group", 1, items=(choice("deep", (0, 2)),)),
        ),
    ),
)
LINKS = tuple(item.link_id for top in FORM for item in top.walk())

_NAMES: Mapping[ValueKind, str] = {"uri": "valueUri", "dateTime": "valueDateTime"}


def values(item: Item) -> st.SearchStrategy[Value]:
    """An answer to an item."""
    made: Mapping[str, st.SearchStrategy[Value]] = {
        "boolean": st.booleans().map(lambda it: Value("boolean", it)),
        "integer": st.integers(-5, 12).map(lambda it: Value("integer", it)),
        "decimal": st.sampled_from(["-1.5", "0.0", "0.5", "2.5", "3.25"]).map(lambda it: Value("decimal", Decimal(it))),
        "string": st.sampled_from(["c0", "c1", "Yes", "yes"]).map(lambda it: Value("string", it)),
        "date": st.sampled_from(["2020", "2020-02", "2020-02-29", "2021-01-01"]).map(lambda it: Value("date", it)),
        "quantity": st.integers(1, 9).map(lambda it: Value("quantity", Quantity(Decimal(it), "kg", "urn:u", "kg"))),
    }
    chosen = st.sampled_from([option.value for option in item.options]) if item.options else made[item.type]
    return chosen | made["string"] if item.type == "open-choice" else chosen


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, tuple[Value, ...]]:
    """Answers to some of the items. What stands below a question is answered only if that is."""
    sheet: dict[str, tuple[Value, ...]] = {}
    for item in (item for top in FORM for item in top.walk() if item.type != "group"):
        if item.link_id == "below" and not sheet["within"]:
            sheet[item.link_id] = ()
            continue
        most = 3 if item.repeats else 1
        sheet[item.link_id] = tuple(draw(st.lists(values(item), max_size=most, unique=True)))
    return sheet


def as_response(sheet: Sheet) -> dict[str, Any]:
    """The sheet as a QuestionnaireResponse: blank items and groups without an answer are left out."""
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": list(_items(FORM, sheet))}


def _items(items: Sequence[Item], sheet: Sheet) -> Iterator[dict[str, Any]]:
    for item in items:
        if item.type == "group":
            if below := list(_items(item.items, sheet)):
                yield {"linkId": item.link_id, "item": below}
        elif given := sheet[item.link_id]:
            answers = [_answer(value) for value in given]
            if below := list(_items(item.items, sheet)):
                answers[0]["item"] = below
            yield {"linkId": item.link_id, "answer": answers}


def _answer(value: Value) -> dict[str, Any]:
    data: Any = value.data
    if isinstance(data, Coding):
        data = {"system": data.system, "code": data.code, "display": data.display}
    elif isinstance(data, Quantity):
        data = {"value": data.value, "unit": data.unit, "system": data.system, "code": data.code}
    return {_NAMES.get(value.kind, f"value{value.kind.capitalize()}"): data}


class SheetScope:
    """What an expression may ask of a sheet."""

    def __init__(self, sheet: Sheet, items: Sequence[Item] = FORM) -> None:
        self._sheet = sheet
        self._items = {item.link_id: item for top in items for item in top.walk()}

    def answers(self, link_id: str) -> Sequence[Value]:
        return self._sheet.get(link_id, ())

    def weights(self, link_id: str) -> Sequence[Decimal | None]:
        weights = {option.value: option.weight for option in self._items[link_id].options}
        return [weights.get(value) for value in self.answers(link_id)]
