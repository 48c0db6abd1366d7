"""From the text of an expression to its typed tree, or to the name of the part that is not understood."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.forms.fhirpath import types
from iop_tui.forms.fhirpath.expression_typing import Typing, Variable
from iop_tui.forms.fhirpath.form_outline import Outline
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.syntax import syntax_tree
from iop_tui.forms.fhirpath.tree import Tree, Typed, parts
from iop_tui.forms.model.expression import Expression

_LARGEST = 20_000
_DEEPEST = 150


def parse(
    text: str, variables: Mapping[str, str | Variable], line: int, outline: Outline, *, at: str | None = None
) -> Expression:
    """The expression, typed for one form.

    `variables` are those that can be seen where the expression stands, by name; a plain text is one of the form's root.
    `at` is the linkId of the item that the expression belongs to, "" for the form itself: what a path without a
    beginning starts at. None: such a path is refused, as it must be where the item may be disabled.

    Raises:
        NotUnderstood: the expression is outside the closed part; the message names the construct.
    """
    try:
        typed = Typing(outline, variables, at).of(syntax_tree(text))
        if _size(typed.tree) > _LARGEST:
            raise NotUnderstood("expression-too-large", "the expression is too large with its variables written out")
        names = tuple(types.only_links(typed.tree))
    except RecursionError:
        raise NotUnderstood("expression-too-large", "the expression is nested too deep") from None
    return Expression(text, names, typed, line)


def is_condition(expression: Expression) -> bool:
    """Whether an expression can be used as `enableWhenExpression`: it gives true, false, or nothing."""
    return isinstance(expression.tree, Typed) and expression.tree.is_condition


def _size(tree: Tree) -> int:
    """The number of nodes, those of a variable counted at each use; stops a little over the limit."""
    size, waiting = 0, [(tree, 1)]
    while waiting and size <= _LARGEST:
        at, depth = waiting.pop()
        if depth > _DEEPEST:
            return _LARGEST + 1
        size += 1
        waiting.extend((below, depth + 1) for below in parts(at))
    return size
