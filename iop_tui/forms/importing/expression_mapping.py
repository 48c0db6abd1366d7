"""An expression of a form as a condition of ours, where it asks what our conditions can ask.

An expression counts as true only if it gives true, so that nothing and false are the same here, as for `show_if` not
known and no are. Only what is built of `and`, `or`, counts and single questions is read; the rest is refused by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from iop_tui.forms.fhirpath import tree as t
from iop_tui.forms.importing import condition_mapping
from iop_tui.forms.importing.condition_mapping import CannotSay, Find, Folded, Target
from iop_tui.forms.model.conditions import Operator, Row
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.values import Coding, Value
from iop_tui.screening.model.condition import AtLeast, Is, Score
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of


def as_condition(expression: Expression, find: Find) -> Folded:
    """The condition. Raises CannotSay."""
    typed = expression.tree
    if not isinstance(typed, t.Typed):
        raise _cannot("it was not read")
    return _Reading(find).truth(typed.tree)


def plain_sum(expression: Expression) -> tuple[str, ...]:
    """The linkIds whose weights a total adds up, each once and nothing else; empty if it is no such sum."""
    typed = expression.tree
    found = _added(typed.tree) if isinstance(typed, t.Typed) else None
    return tuple(found) if found and len(set(found)) == len(found) else ()


# ---- inside ----------------------------------------------------------------------------------------------------------


def _cannot(what: str) -> CannotSay:
    return CannotSay(
        "expression-beyond-conditions",
        f"its condition is an expression that our conditions cannot say: {what}",
        "write the condition by hand, or use iop-tui fill",
    )


def _added(tree: t.Tree) -> list[str] | None:
    if isinstance(tree, t.Weights):
        return list(tree.link_ids)
    if isinstance(tree, t.Sum):
        return _added(tree.of)
    if isinstance(tree, t.Arithmetic) and tree.operator == "+":
        left, right = _added(tree.left), _added(tree.right)
        return None if left is None or right is None else [*left, *right]
    if isinstance(tree, t.Choose) and (tree.otherwise == t.Constant(()) or _number(tree.otherwise) == 0):
        # "The sum, if there are answers": where one is missing, a score of ours is not known.
        then = _added(tree.then)
        return then if then is not None and _asks_for_some_of(tree.condition, then) else None
    return None


def _asks_for_some_of(tree: t.Tree, names: Sequence[str]) -> bool:
    """Whether a condition only asks whether these items have answers."""
    if isinstance(tree, t.Logic) and tree.operator in ("and", "or"):
        return _asks_for_some_of(tree.left, names) and _asks_for_some_of(tree.right, names)
    below = tree.of if isinstance(tree, t.Exists) else None
    return isinstance(below, (t.Weights, t.Answers)) and set(below.link_ids) <= set(names)


class _Reading:
    """Reads one expression; `find` is as for the rows of `enableWhen`."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self.questions: dict[str, Question] = {}

    def find(self, link_id: str) -> Target:
        """The target of a linkId."""
        target = self._find(link_id)
        self.questions[target.question.id] = target.question
        return target

    def truth(self, tree: t.Tree) -> Folded:
        """When it is true."""
        if isinstance(tree, t.Constant) and len(tree.values) == 1 and isinstance(tree.values[0].data, bool):
            return tree.values[0].data
        if isinstance(tree, t.Logic) and tree.operator in ("and", "or"):
            parts = (self.truth(tree.left), self.truth(tree.right))
            return condition_mapping.both(parts) if tree.operator == "and" else condition_mapping.either(parts)
        if isinstance(tree, t.Exists):
            return self.exists(tree.of)
        if isinstance(tree, t.Negation) and _never_empty(tree.of):
            return condition_mapping.negated(self.truth(tree.of))
        if isinstance(tree, t.Same) and not tree.negated:
            return self.same(tree)
        if isinstance(tree, t.Ordered):
            return self.ordered(tree)
        if isinstance(tree, t.Answers):
            return self.any_of(tree.link_ids, "=", Value("boolean", True))
        raise _cannot(type(tree).__name__.lower())

    def exists(self, tree: t.Tree) -> Folded:
        """Whether there is such an answer."""
        if isinstance(tree, t.Answers):
            return condition_mapping.either([condition_mapping.answered(self.find(name)) for name in tree.link_ids])
        if isinstance(tree, t.OfKind):
            return self.exists(tree.of)
        if isinstance(tree, t.Filter) and isinstance(tree.of, t.Answers):
            return condition_mapping.either(
                [self.filtered(self.find(name), tree.criterion) for name in tree.of.link_ids]
            )
        raise _cannot("exists() of a path of its own")

    def filtered(self, target: Target, criterion: t.Tree) -> Folded:
        """Whether an answer of the target meets the criterion: asked of each option, or as a range."""
        if target.question.options:
            named = [name for value, name in target.options if _meets(criterion, value)]
            kept = tuple(option.id for option in target.question.options if option.id in named)
            return Is(target.question.id, kept, target.question.where) if kept else False
        if type_of(target.question).relative:
            raise _cannot("a criterion of a day")
        bounds = _bounds(criterion)
        link_id = target.item.link_id
        rows = [condition_mapping.of_row(Row(link_id, operator, value), target) for operator, value in bounds]
        return condition_mapping.both(rows)

    def same(self, tree: t.Same) -> Folded:
        """An answer of a question with one answer, or its code, against a constant."""
        for one, other in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(other, t.Constant) and len(other.values) == 1:
                return self.compared(one, "=", other.values[0])
        raise _cannot("two answers compared")

    def ordered(self, tree: t.Ordered) -> Folded:
        """A number, or a total, against a constant."""
        if not (isinstance(tree.right, t.Constant) and len(tree.right.values) == 1):
            raise _cannot("a comparison without a number on the right")
        bound = tree.right.values[0]
        if isinstance(tree.left, (t.Arithmetic, t.Sum)):
            if tree.operator not in (">", ">="):
                raise _cannot("a total that is at most so high")
            least = _whole(bound) + (tree.operator == ">")
            return self.total(tree.left, least)
        return self.compared(tree.left, tree.operator, bound)

    def compared(self, tree: t.Tree, operator: Operator, value: Value) -> Folded:
        """The single answer of a path against a value."""
        if isinstance(tree, t.Part) and tree.name == "code" and isinstance(tree.of, t.Answers):
            targets = [self.find(name) for name in tree.of.link_ids]
            if len(targets) != 1 or operator != "=":
                raise _cannot("codes of several questions, or their order")
            _single(targets[0])
            return self.filtered(targets[0], t.Same(t.Part(t.This(), "code"), t.Constant((value,)), False))
        if isinstance(tree, t.Answers):
            return self.any_of(tree.link_ids, operator, value)
        raise _cannot("a comparison of something calculated")

    def any_of(self, names: Sequence[str], operator: Operator, value: Value) -> Folded:
        """A comparison with the one answer of one question."""
        if len(names) != 1:
            raise _cannot("one value asked of several questions")
        target = self.find(names[0])
        _single(target)
        return condition_mapping.of_row(Row(names[0], operator, value), target)

    def total(self, tree: t.Tree, least: int) -> Folded:
        """At least so many of conditions, or a score of the questions' own weights."""
        added = _added(tree)
        if added and least >= 1:
            questions = [self.find(name).question for name in added]
            return Score(tuple(question.id for question in questions), least, questions[0].where)
        terms = [self.term(part) for part in _terms(tree)]
        score = self.score(terms, least)
        if score is not None:
            return score
        if any(weight != 1 for _, weight in terms):
            raise _cannot("a total with numbers that are not the weights of the form")
        said = [condition for condition, _ in terms if not isinstance(condition, bool)]
        least -= sum(condition is True for condition, _ in terms)
        if least < 1:
            return True
        return AtLeast(least, tuple(said)) if least <= len(said) else False

    def term(self, tree: t.Tree) -> tuple[Folded, int]:
        """`iif(condition, weight, 0)`."""
        if isinstance(tree, t.Choose) and _number(tree.otherwise) == 0:
            weight = _number(tree.then)
            if weight is not None and weight == int(weight):
                return self.truth(tree.condition), int(weight)
        raise _cannot("a total of something else than iif(…, number, 0)")

    def score(self, terms: Sequence[tuple[Folded, int]], least: int) -> Score | None:
        """The terms as a score: each heavy option of its questions once, with its own weight."""
        given: dict[str, dict[str, int]] = {}
        for condition, weight in terms:
            if not isinstance(condition, Is):
                return None
            for option in condition.options:
                if option in given.setdefault(condition.question, {}):
                    return None
                given[condition.question][option] = weight
        for name, weights in given.items():
            heavy = {option.id: option.weight for option in self.questions[name].options if option.weight}
            if heavy != {option: weight for option, weight in weights.items() if weight}:
                return None
        where = self.questions[next(iter(given))].where if given else None
        return Score(tuple(given), least, where) if where is not None and least >= 1 else None


def _never_empty(tree: t.Tree) -> bool:
    """Whether it always gives true or false, so that its negation is true where it is not true."""
    if isinstance(tree, t.Logic):
        return _never_empty(tree.left) and _never_empty(tree.right)
    return isinstance(tree, t.Exists)


def _single(target: Target) -> None:
    """A comparison of several answers with one value gives nothing here what it says in the form: refuse it."""
    if type_of(target.question).multiple:
        raise _cannot("several answers compared with one value")


def _terms(tree: t.Tree) -> list[t.Tree]:
    """What is added up."""
    if isinstance(tree, t.Arithmetic):
        if tree.operator != "+":
            raise _cannot(f"a total with {tree.operator}")
        return [*_terms(tree.left), *_terms(tree.right)]
    return [tree]


def _number(tree: t.Tree) -> Decimal | None:
    if not (isinstance(tree, t.Constant) and len(tree.values) == 1):
        return None
    data = tree.values[0].data
    return Decimal(data) if isinstance(data, (int, Decimal)) and not isinstance(data, bool) else None


def _whole(value: Value) -> int:
    number = _number(t.Constant((value,)))
    if number is None or number != int(number):
        raise _cannot("a total compared with something that is no whole number")
    return int(number)


def _meets(criterion: t.Tree, value: Value) -> bool:
    """Whether an option's value meets a criterion on it."""
    if isinstance(criterion, t.Logic) and criterion.operator in ("and", "or"):
        left, right = _meets(criterion.left, value), _meets(criterion.right, value)
        return (left and right) if criterion.operator == "and" else (left or right)
    if isinstance(criterion, t.Same) and not criterion.negated and isinstance(criterion.right, t.Constant):
        wanted = [each.data for each in criterion.right.values]
        return len(wanted) == 1 and _said(criterion.left, value) == wanted[0]
    raise _cannot("a criterion of its own")


def _said(tree: t.Tree, value: Value) -> object:
    data = value.data
    if isinstance(tree, t.This):
        return data
    if isinstance(tree, t.Part) and isinstance(tree.of, t.This) and isinstance(data, Coding):
        return {"code": data.code, "system": data.system}.get(tree.name)
    raise _cannot("a criterion of a part of the answer")


def _bounds(criterion: t.Tree) -> list[tuple[Operator, Value]]:
    if isinstance(criterion, t.Logic) and criterion.operator == "and":
        return [*_bounds(criterion.left), *_bounds(criterion.right)]
    if isinstance(criterion, t.Ordered) and isinstance(criterion.left, t.This):
        right = criterion.right
        if isinstance(right, t.Constant) and len(right.values) == 1:
            return [(criterion.operator, right.values[0])]
    raise _cannot("a criterion of its own")
