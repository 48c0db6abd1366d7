"""The closed, typed tree of an expression. Every node gives a collection of values; made by `parse.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal as OneOf

from msgspec import Struct

from iop_tui.forms.model.values import Value, ValueKind

Kinds = frozenset[ValueKind]

LogicOperator = OneOf["and", "or", "xor", "implies"]
OrderOperator = OneOf["<", ">", "<=", ">="]
ArithmeticOperator = OneOf["+", "-", "*", "/", "div"]
FoldName = OneOf["allTrue", "anyTrue", "allFalse", "anyFalse"]
CallName = OneOf["abs", "ceiling", "floor", "truncate", "toInteger", "toDecimal", "toString"]
PartName = OneOf["system", "code", "value", "unit"]


class Constant(Struct, frozen=True):
    """Literals; without any it is the empty collection."""

    values: tuple[Value, ...]


class This(Struct, frozen=True):
    """The value that a criterion is asked of."""


class Answers(Struct, frozen=True):
    """The answers of the items, of each in the order of the document."""

    link_ids: tuple[str, ...]


class Weights(Struct, frozen=True):
    """The weights of the chosen options of the items. Empty as soon as a chosen option has none."""

    link_ids: tuple[str, ...]


class OfKind(Struct, frozen=True):
    """Those of the values that are of one of these kinds."""

    of: Tree
    kinds: Kinds


class Part(Struct, frozen=True):
    """A part of codings and quantities; other values have none."""

    of: Tree
    name: PartName


class Pick(Struct, frozen=True):
    """One value by its index, from 0; -1 is the last. Empty where there is none."""

    of: Tree
    index: int


class Filter(Struct, frozen=True):
    """The values for which the criterion is true."""

    of: Tree
    criterion: Tree


class Exists(Struct, frozen=True):
    """Whether there is a value."""

    of: Tree


class Count(Struct, frozen=True):
    """How many values there are."""

    of: Tree


class Sum(Struct, frozen=True):
    """The sum of numbers; of none it is 0."""

    of: Tree


class Every(Struct, frozen=True):
    """Whether the criterion is true for every value."""

    of: Tree
    criterion: Tree


class Fold(Struct, frozen=True):
    """Whether all or any of the booleans are true or false."""

    name: FoldName
    of: Tree


class Same(Struct, frozen=True):
    """`=` and, negated, `!=`. Empty if a side is."""

    left: Tree
    right: Tree
    negated: bool


class Equivalent(Struct, frozen=True):
    """`~` and, negated, `!~`. Never empty: two empty sides are equivalent."""

    left: Tree
    right: Tree
    negated: bool


class Ordered(Struct, frozen=True):
    """Which side is greater. Empty if a side is."""

    operator: OrderOperator
    left: Tree
    right: Tree


class Among(Struct, frozen=True):
    """Whether the one value is among the others. Empty if there is no value."""

    one: Tree
    others: Tree


class Logic(Struct, frozen=True):
    """Three-valued logic of booleans; the third value is the empty collection."""

    operator: LogicOperator
    left: Tree
    right: Tree


class Negation(Struct, frozen=True):
    """`not()` of a boolean."""

    of: Tree


class Intersection(Struct, frozen=True):
    """The boolean that both sides have."""

    left: Tree
    right: Tree


class Arithmetic(Struct, frozen=True):
    """Numbers calculated. Empty if a side is, and for a division by 0."""

    operator: ArithmeticOperator
    left: Tree
    right: Tree


class Text(Struct, frozen=True):
    """Two texts in a row. `lenient` (`&`) takes an empty side for an empty text."""

    left: Tree
    right: Tree
    lenient: bool


class Choose(Struct, frozen=True):
    """`iif`."""

    condition: Tree
    then: Tree
    otherwise: Tree


class Call(Struct, frozen=True):
    """A function of a single value."""

    name: CallName
    of: Tree


Tree = (
    Constant
    | This
    | Answers
    | Weights
    | OfKind
    | Part
    | Pick
    | Filter
    | Exists
    | Count
    | Sum
    | Every
    | Fold
    | Same
    | Equivalent
    | Ordered
    | Among
    | Logic
    | Negation
    | Intersection
    | Arithmetic
    | Text
    | Choose
    | Call
)


class Typed(Struct, frozen=True):
    """A tree with what is known of its result: the kinds its values can have, and whether there can be several."""

    tree: Tree
    kinds: Kinds
    many: bool = False
    ordered: bool = True
    """Whether the order of several values is known: answers of one item have an order, those of several have none."""

    @property
    def is_condition(self) -> bool:
        """Whether it gives one boolean or nothing."""
        return not self.many and self.kinds <= {"boolean"}


_BELOW = frozenset({"of", "criterion", "left", "right", "one", "others", "condition", "then", "otherwise"})


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The trees directly below one."""
    return tuple(getattr(tree, name) for name in tree.__struct_fields__ if name in _BELOW)


def nodes(tree: Tree) -> Iterator[Tree]:
    """A tree and all below it, in the order written."""
    waiting = [tree]
    while waiting:
        at = waiting.pop()
        yield at
        waiting.extend(reversed(parts(at)))
