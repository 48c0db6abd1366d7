"""What may be compared, added and joined: the rules of types of the closed part."""

from __future__ import annotations

from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.paths import NUMBERS, TEXTS
from iop_tui.forms.fhirpath.tree import Constant, Kinds, Tree, Typed, parts

BOOLEAN: Kinds = frozenset({"boolean"})
_TIMES: Kinds = frozenset({"date", "dateTime", "time"})


def single(value: Typed, what: str) -> None:
    """Raises NotUnderstood where there can be several values."""
    if value.many:
        raise NotUnderstood("may-be-several", f"{what} takes one value, and here there can be several answers")


def boolean(value: Typed, what: str) -> Tree:
    """The tree of one boolean at most. Raises NotUnderstood for anything else."""
    single(value, what)
    if not value.kinds <= BOOLEAN:
        raise NotUnderstood("not-boolean", f"{what} takes true or false, and here it can be another value")
    return value.tree


def number(value: Typed, what: str) -> Tree:
    """The tree of one number at most. Raises NotUnderstood for anything else."""
    single(value, what)
    if not value.kinds <= NUMBERS:
        raise NotUnderstood("not-a-number", f"{what} takes numbers, and here it can be another value")
    return value.tree


def text(value: Typed, what: str) -> Tree:
    """The tree of one text at most. Raises NotUnderstood for anything else."""
    single(value, what)
    if not value.kinds <= TEXTS:
        raise NotUnderstood("not-a-text", f"{what} takes texts, and here it can be another value")
    return value.tree


def comparable(left: Typed, right: Typed, what: str) -> None:
    """Raises NotUnderstood where equality of the two is not safe to tell."""
    a, b = left.kinds, right.kinds
    if "coding" in a and "coding" in b:
        raise NotUnderstood("coding-compared", f"{what} of two codings compares their displays too; compare .code")
    if ("quantity" in a and b & (NUMBERS | {"quantity"})) or ("quantity" in b and a & NUMBERS):
        raise NotUnderstood("quantity", "quantities are not compared: their units may differ; compare .value")
    if ("boolean" in a and b & NUMBERS) or ("boolean" in b and a & NUMBERS):
        raise NotUnderstood("boolean-with-number", f"{what} of true or false with a number differs between engines")
    if (a | b) & _TIMES:
        _dates(left, right, what)


def ordered(left: Typed, right: Typed, what: str) -> None:
    """Raises NotUnderstood where it is not safe to tell which of the two is greater."""
    single(left, what)
    single(right, what)
    if (left.kinds | right.kinds) & _TIMES:
        _dates(left, right, what)
    elif not left.kinds <= NUMBERS or not right.kinds <= NUMBERS:
        raise NotUnderstood("not-a-number", f"{what} compares numbers and dates, and here it can be another value")


def equivalent(left: Typed, right: Typed, what: str) -> None:
    """Raises NotUnderstood where equivalence of the two is not safe to tell."""
    single(left, what)
    single(right, what)
    kinds = left.kinds | right.kinds
    if not any(kinds <= alike for alike in (TEXTS, BOOLEAN, frozenset({"integer"}))):
        raise NotUnderstood("equivalence", f"{what} is supported of texts, of whole numbers, and of true or false")


def _dates(left: Typed, right: Typed, what: str) -> None:
    date: Kinds = frozenset({"date"})
    literals = sum(isinstance(side.tree, Constant) for side in (left, right))
    if not left.kinds <= date or not right.kinds <= date or not literals:
        raise NotUnderstood("date-compared", f"{what} of dates is supported between a date answer and a whole literal")
    single(left, what)
    single(right, what)


def only_links(tree: Tree) -> list[str]:
    """The linkIds that a tree reads, in order, each once."""
    found: dict[str, None] = {}
    waiting = [tree]
    while waiting:
        at = waiting.pop()
        found.update(dict.fromkeys(getattr(at, "link_ids", ())))
        waiting.extend(reversed(parts(at)))
    return list(found)
