"""Small forms as a reader makes them, for tests of what is made of a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from iop_tui.forms.importing.condition_mapping import CannotSay, Find, Folded
from iop_tui.forms.importing.imported import Imported, Wish
from iop_tui.forms.importing.settle import import_form
from iop_tui.forms.model.conditions import Operator, Row, Rows
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import Form, Item, Option
from iop_tui.forms.model.values import Coding, Value

SYSTEM = "http://example.org/codes"


def coded(code: str, system: str | None = SYSTEM) -> Value:
    return Value("coding", Coding(system, code))


def option(code: str, text: str = "", weight: str | int | None = None, **more: Any) -> Option:
    number = None if weight is None else Decimal(weight)
    return Option(coded(code), text or code.capitalize(), number, **more)


def item(link_id: str, kind: Any = "boolean", **more: Any) -> Item:
    return Item(link_id, kind, more.pop("line", 1), text=more.pop("text", f"What about {link_id}?"), **more)


def choice(link_id: str, *codes: str, **more: Any) -> Item:
    return item(link_id, "choice", options=tuple(option(code) for code in codes or ("no", "some", "much")), **more)


def when(link_id: str, operator: Operator = "=", answer: Value | None = None) -> Rows:
    return Rows("all", (Row(link_id, operator, answer or Value("boolean", True)),))


def form(*items: Item, **more: Any) -> Form:
    given = {"title": "A small form", "findings": (), "sha256": "0" * 64, "source": "small.json", **more}
    return Form(items=items, **given)


def no_expressions(_expression: Expression, _find: Find) -> Folded:
    raise CannotSay("expression-beyond-conditions", "it is an expression", "write it by hand")


def imported(*items: Item, wish: Wish | None = None, **more: Any) -> Imported:
    return import_form(form(*items, **more), wish or Wish(), no_expressions)


def rules_of(made: Imported, link_id: str) -> list[str]:
    return [each.rule for each in made.findings if each.link_id == link_id]
