"""Small forms made from the model's classes, for tests that need no file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from iop_tui.forms.model.conditions import Operator, Row, Rows
from iop_tui.forms.model.form import Form, Item, ItemType, Option
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.values import Coding, Quantity, Value

SYSTEM = "urn:test"


def form(*items: Item, **more: Any) -> Form:
    return Form(title="A form", items=items, findings=(), sha256="0" * 64, **more)


def item(link_id: str, type_: ItemType = "string", *items: Item, **more: Any) -> Item:
    return Item(link_id=link_id, type=type_, line=1, items=items, **{"text": f"Text of {link_id}", **more})


def group(link_id: str, *items: Item, **more: Any) -> Item:
    return item(link_id, "group", *items, **more)


def choice(link_id: str, codes: str, *items: Item, **more: Any) -> Item:
    """A choice with an option for each letter of `codes`."""
    options = tuple(Option(coding(code), code.upper()) for code in codes)
    return item(link_id, "choice", *items, options=options, **more)


def when(question: str, operator: Operator, answer: Value) -> Rows:
    return Rows("all", (Row(question, operator, answer),))


def joined(join: Any, *rows: tuple[str, Operator, Value]) -> Rows:
    return Rows(join, tuple(Row(*row) for row in rows))


def coding(code: str, system: str | None = SYSTEM, display: str = "") -> Value:
    return Value("coding", Coding(system, code, display))


def yes_no(answer: bool) -> Value:
    return Value("boolean", answer)


YES, NO = yes_no(True), yes_no(False)


def integer(number: int) -> Value:
    return Value("integer", number)


def decimal(number: str) -> Value:
    return Value("decimal", Decimal(number))


def text(words: str) -> Value:
    return Value("string", words)


def day(iso: str) -> Value:
    return Value("date", iso)


def moment(iso: str) -> Value:
    return Value("dateTime", iso)


def quantity(number: str, unit: str = "", code: str | None = None) -> Value:
    return Value("quantity", Quantity(Decimal(number), unit, "http://unitsofmeasure.org" if code else None, code))


def at(*parts: str | tuple[str, int]) -> Place:
    """A place: `at("group", ("repeating", 1), "question")`."""
    return tuple((part, 0) if isinstance(part, str) else part for part in parts)
