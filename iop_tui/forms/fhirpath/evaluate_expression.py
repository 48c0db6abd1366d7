"""An expression worked out for the answers of a form.

Every node gives a tuple of values. Where FHIRPath would raise an error, the tree cannot be made (`types.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal, DecimalException
from typing import Any, NamedTuple, Protocol

from iop_tui.forms.fhirpath import tree as t
from iop_tui.forms.fhirpath.compare_values import Number, equivalent, number, order, same
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.values import Coding, Quantity, Value, ValueKind

Values = tuple[Value, ...]
TRUE: Values = (Value("boolean", True),)
FALSE: Values = (Value("boolean", False),)
EMPTY: Values = ()


class Scope(Protocol):
    """What an expression may ask of the answers. A disabled item has none, and neither has what stands below it."""

    def answers(self, link_id: str) -> Sequence[Value]:
        """The answers to an item, in the order of the document; those of all instances of a repeating group."""
        ...

    def weights(self, link_id: str) -> Sequence[Decimal | None]:
        """The weights of the answers, in the same order; None for one that is not scored."""
        ...


def evaluate(expression: Expression, scope: Scope) -> Values:
    """The result of an expression: of a calculation mostly one value, or none."""
    if not isinstance(expression.tree, t.Typed):
        raise TypeError("an expression is made by parse()")
    return evaluate_tree(expression.tree.tree, scope)


def is_true(expression: Expression, scope: Scope) -> bool:
    """Whether a condition is met: an empty result is not."""
    return evaluate(expression, scope) == TRUE


def evaluate_tree(tree: t.Tree, scope: Scope) -> Values:
    """The result of a part of an expression."""
    return _of(tree, _At(scope, EMPTY))


class _At(NamedTuple):
    scope: Scope
    this: Values
    """The value that a criterion is asked of."""


def _of(tree: t.Tree, at: _At) -> Values:
    return _RULES[type(tree)](tree, at)


def _truth(values: Values) -> bool | None:
    return values[0].data is True if values else None


def _boolean(truth: bool | None) -> Values:
    return EMPTY if truth is None else TRUE if truth else FALSE


def _constant(node: t.Constant, _at: _At) -> Values:
    return node.values


def _this(_node: t.This, at: _At) -> Values:
    return at.this


def _answers(node: t.Answers, at: _At) -> Values:
    return tuple(value for link in node.link_ids for value in at.scope.answers(link))


def _weights(node: t.Weights, at: _At) -> Values:
    weights = [weight for link in node.link_ids for weight in at.scope.weights(link)]
    # An answer that is not scored makes the total unknown; without it, it would be a smaller one.
    return EMPTY if None in weights else tuple(Value("decimal", weight) for weight in weights if weight is not None)


def _sum(node: t.Sum, at: _At) -> Values:
    if isinstance(node.of, t.Weights):
        weights = [weight for link in node.of.link_ids for weight in at.scope.weights(link)]
        if None in weights:
            return EMPTY
    total: Number = 0
    for value in _of(node.of, at):
        total += number(value)
    return (_number(total),)


def _of_kind(node: t.OfKind, at: _At) -> Values:
    return tuple(value for value in _of(node.of, at) if value.kind in node.kinds)


def _part(node: t.Part, at: _At) -> Values:
    kind: ValueKind = "uri" if node.name == "system" else "decimal" if node.name == "value" else "string"
    found = (getattr(value.data, node.name, None) for value in _of(node.of, at) if _complex(value))
    return tuple(Value(kind, part) for part in found if part is not None and part != "")


def _complex(value: Value) -> bool:
    return isinstance(value.data, Coding | Quantity)


def _pick(node: t.Pick, at: _At) -> Values:
    values = _of(node.of, at)
    if node.index < 0:
        return values[-1:]
    return values[node.index : node.index + 1]


def _filter(node: t.Filter, at: _At) -> Values:
    values = _of(node.of, at)
    return tuple(value for value in values if _of(node.criterion, _At(at.scope, (value,))) == TRUE)


def _every(node: t.Every, at: _At) -> Values:
    values = _of(node.of, at)
    return _boolean(all(_of(node.criterion, _At(at.scope, (value,))) == TRUE for value in values))


def _fold(node: t.Fold, at: _At) -> Values:
    truths = [value.data is True for value in _of(node.of, at)]
    wanted = node.name.endswith("True")
    found = (truth == wanted for truth in truths)
    return _boolean(all(found) if node.name.startswith("all") else any(found))


def _same(node: t.Same, at: _At) -> Values:
    left, right = _of(node.left, at), _of(node.right, at)
    if not left or not right:
        return EMPTY
    # At most one side can have several values; it is then not equal to the other.
    equal = same(left[0], right[0]) if len(left) == len(right) else False
    return EMPTY if equal is None else _boolean(equal != node.negated)


def _equivalent(node: t.Equivalent, at: _At) -> Values:
    left, right = _of(node.left, at), _of(node.right, at)
    alike = equivalent(left[0], right[0]) if left and right else not left and not right
    return _boolean(alike != node.negated)


def _ordered(node: t.Ordered, at: _At) -> Values:
    left, right = _of(node.left, at), _of(node.right, at)
    if not left or not right:
        return EMPTY
    found = order(left[0], right[0])
    return EMPTY if found is None else _boolean(found in _ORDERS[node.operator])


_ORDERS: Mapping[str, tuple[int, ...]] = {"<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}


def _among(node: t.Among, at: _At) -> Values:
    one, others = _of(node.one, at), _of(node.others, at)
    return _boolean(any(same(one[0], other) for other in others)) if one else EMPTY


def _logic(node: t.Logic, at: _At) -> Values:
    left = _truth(_of(node.left, at))
    if _DECIDES.get(node.operator, ...) is left:  # the other side makes no difference
        return _boolean(node.operator != "and")
    right = _truth(_of(node.right, at))
    return _boolean(_LOGIC[node.operator](left, right))


def _and(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _or(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return None if left is None or right is None else False


def _xor(left: bool | None, right: bool | None) -> bool | None:
    return None if left is None or right is None else left != right


def _implies(left: bool | None, right: bool | None) -> bool | None:
    return _or(None if left is None else not left, right)


_DECIDES: Mapping[str, bool] = {"and": False, "or": True, "implies": False}
_LOGIC: Mapping[str, Callable[[bool | None, bool | None], bool | None]] = {
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
}


def _negation(node: t.Negation, at: _At) -> Values:
    truth = _truth(_of(node.of, at))
    return _boolean(None if truth is None else not truth)


def _intersection(node: t.Intersection, at: _At) -> Values:
    left, right = _of(node.left, at), _of(node.right, at)
    return left if left == right else EMPTY


def _arithmetic(node: t.Arithmetic, at: _At) -> Values:
    left, right = _of(node.left, at), _of(node.right, at)
    if not left or not right:
        return EMPTY
    try:
        result = _calculated(node.operator, number(left[0]), number(right[0]))
    except (DecimalException, OverflowError):
        return EMPTY  # the result overflows (FHIRPath 6.6)
    return EMPTY if result is None else (_number(result),)


def _calculated(operator: t.ArithmeticOperator, a: Number, b: Number) -> Number | None:
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
    if b == 0:
        return None
    if operator == "/":
        # Whole numbers as fhirpathpy divides them, so that no comparison of a quotient comes out otherwise.
        return Decimal(str(a / b)) if isinstance(a, int) and isinstance(b, int) else Decimal(a) / Decimal(b)
    return int(a / b)  # towards 0


def _number(value: Number) -> Value:
    return Value("integer", value) if isinstance(value, int) else Value("decimal", value)


def _text(node: t.Text, at: _At) -> Values:
    left, right = _of(node.left, at), _of(node.right, at)
    if not node.lenient and not (left and right):
        return EMPTY
    return (Value("string", "".join(str(value.data) for value in left + right)),)


def _choose(node: t.Choose, at: _At) -> Values:
    chosen = node.then if _of(node.condition, at) == TRUE else node.otherwise
    return _of(chosen, at)


def _call(node: t.Call, at: _At) -> Values:
    values = _of(node.of, at)
    return (_CALLS[node.name](values[0]),) if values else EMPTY


def _rounded(how: str) -> Callable[[Value], Value]:
    return lambda value: Value("integer", int(Decimal(number(value)).to_integral_value(rounding=how)))


def _absolute(value: Value) -> Value:
    found = number(value)
    return _number(-found if found < 0 else found)


_CALLS: Mapping[t.CallName, Callable[[Value], Value]] = {
    "abs": _absolute,
    "ceiling": _rounded(ROUND_CEILING),
    "floor": _rounded(ROUND_FLOOR),
    "truncate": _rounded(ROUND_DOWN),
    "toInteger": lambda value: Value("integer", int(number(value))),
    "toDecimal": lambda value: Value("decimal", Decimal(number(value))),
    "toString": lambda value: Value("string", str(value.data)),
}

# Each rule takes the node of its own type, which one mapping of all types cannot say.
_RULES: Mapping[type, Callable[[Any, _At], Values]] = {
    t.Constant: _constant,
    t.This: _this,
    t.Answers: _answers,
    t.Weights: _weights,
    t.OfKind: _of_kind,
    t.Part: _part,
    t.Pick: _pick,
    t.Filter: _filter,
    t.Exists: lambda node, at: _boolean(bool(_of(node.of, at))),
    t.Count: lambda node, at: (Value("integer", len(_of(node.of, at))),),
    t.Sum: _sum,
    t.Every: _every,
    t.Fold: _fold,
    t.Same: _same,
    t.Equivalent: _equivalent,
    t.Ordered: _ordered,
    t.Among: _among,
    t.Logic: _logic,
    t.Negation: _negation,
    t.Intersection: _intersection,
    t.Arithmetic: _arithmetic,
    t.Text: _text,
    t.Choose: _choose,
    t.Call: _call,
}
