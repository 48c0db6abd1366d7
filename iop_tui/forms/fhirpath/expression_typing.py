"""From the syntax of an expression to its typed tree, one case for each form of the grammar."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from iop_tui.forms.fhirpath import types
from iop_tui.forms.fhirpath.form_outline import Outline
from iop_tui.forms.fhirpath.literals import identifier, literal
from iop_tui.forms.fhirpath.look_up import looked_up_weight
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.paths import (
    NUMBERS,
    TEXTS,
    Items,
    OfAnswers,
    Step,
    Walker,
    named_type,
    of_kinds,
    pick,
)
from iop_tui.forms.fhirpath.syntax import Node, syntax_tree
from iop_tui.forms.fhirpath.tree import (
    Among,
    Answers,
    Arithmetic,
    Call,
    Choose,
    Constant,
    Count,
    Equivalent,
    Every,
    Exists,
    Filter,
    Fold,
    Intersection,
    Kinds,
    Logic,
    Negation,
    Ordered,
    Same,
    Sum,
    Text,
    This,
    Tree,
    Typed,
    Weights,
    parts,
)
from iop_tui.forms.model.values import Value


class Variable(Struct, frozen=True):
    """A variable of a form: its expression and the linkId of the item that declares it, "" for the form itself.

    One in another language than FHIRPath has no text that could be read here: `language` says which.
    """

    text: str
    at: str = ""
    language: str = "text/fhirpath"


class Typing:
    """The typing of one expression: from the nodes of its syntax to a typed tree."""

    def __init__(
        self,
        outline: Outline,
        variables: Mapping[str, str | Variable],
        at: str | None,
        known: dict[str, Step] | None = None,
        opened: tuple[str, ...] = (),
    ) -> None:
        self._outline = outline
        self._variables = variables
        self._at = at
        self._known: dict[str, Step] = {} if known is None else known
        self._opened = opened
        self._walker = Walker(outline, self._criterion)
        self._this: Step | None = None

    def of(self, node: Node) -> Typed:
        """The tree of a node whose result is values."""
        step = self.step(node)
        if isinstance(step, Items):
            raise NotUnderstood("item-existence", "items themselves are no values; name their answers")
        return step.value if isinstance(step, OfAnswers) else step

    def step(self, node: Node) -> Step:  # noqa: C901  # one case per form of the grammar
        """The result of a node, which may be a step of a path."""
        children = node.children
        match node.type:
            case "TermExpression" | "InvocationTerm" | "LiteralTerm" | "ParenthesizedTerm":
                return self._term(node)
            case "ExternalConstantTerm":
                return self._constant(identifier(children[0].children[0]) if children[0].children else "")
            case "InvocationExpression":
                return self._invocation(node)
            case "IndexerExpression":
                return self._indexed(node)
            case "PolarityExpression":
                return self._polarity(node)
            case "MultiplicativeExpression" | "AdditiveExpression":
                return self._calculated(node.tokens[0], self.of(children[0]), self.of(children[1]))
            case "InequalityExpression":
                left, right = self.of(children[0]), self.of(children[1])
                types.ordered(left, right, f"the comparison {node.tokens[0]}")
                return _boolean(Ordered(node.tokens[0], left.tree, right.tree))  # type: ignore[arg-type]  # the grammar's
            case "EqualityExpression":
                return self._equality(node.tokens[0], self.of(children[0]), self.of(children[1]))
            case "MembershipExpression":
                sides = (children[0], children[1]) if node.tokens[0] == "in" else (children[1], children[0])
                return self._among(node.tokens[0], *(self.of(side) for side in sides))
            case "AndExpression" | "OrExpression" | "XorExpression" | "ImpliesExpression":
                yes, no = (types.boolean(self.of(child), node.tokens[0]) for child in children)
                return _boolean(Logic(node.tokens[0], yes, no))  # type: ignore[arg-type]  # the grammar's
            case "UnionExpression":
                return self._union(self.of(children[0]), self.of(children[1]))
            case "TypeExpression" if node.tokens[0] == "as":
                return self._as(self.step(children[0]), children[1].text.replace("`", ""))
            case "ThisInvocation" if self._this is not None:
                return self._this
            case "MemberInvocation":
                return self._member(node)
            case "FunctionInvocation":
                return self._start_function(node)
            case _:
                raise NotUnderstood("construct", f"{node.text or ' '.join(node.tokens) or node.type} is not supported")

    def _term(self, node: Node) -> Step:
        child = node.children[0]
        if node.type == "LiteralTerm":
            values = literal(child)
            return Typed(Constant(values), frozenset(value.kind for value in values))
        return self.step(child)

    # Paths

    def _constant(self, name: str) -> Step:
        if name == "resource":
            return Items((), top=True)
        if name == "context":
            return self._start()
        if name in self._known:
            return self._known[name]
        if name in self._opened:
            raise NotUnderstood("variable-cycle", f"the variable %{name} names itself")
        variable = self._variables.get(name)
        if variable is None:
            raise NotUnderstood("variable-unknown", f"%{name} is not known here")
        if isinstance(variable, str):
            variable = Variable(variable)
        if variable.language != "text/fhirpath":
            raise NotUnderstood("language", f"the variable %{name} is in {variable.language}")
        try:
            inner = Typing(self._outline, self._variables, variable.at, self._known, (*self._opened, name))
            step = inner.step(syntax_tree(variable.text))
        except NotUnderstood as refused:
            if refused.message.startswith("in %"):
                raise
            raise NotUnderstood(refused.rule, f"in %{name}: {refused.message}") from None
        self._known[name] = step
        return step

    def _text_of(self, name: str) -> object:
        """The text that a variable is, if it is one plain text."""
        made = self._constant(name)
        if isinstance(made, Typed) and isinstance(made.tree, Constant) and len(made.tree.values) == 1:
            return made.tree.values[0].data
        return None

    def _start(self) -> Step:
        if self._at == "":
            return Items((), top=True)
        shape = None if self._at is None else self._outline.get(self._at)
        if shape is None or shape.several:
            raise NotUnderstood("context", "what a path without %resource starts at is not clear here")
        return Items((shape.link_id,))

    def _member(self, node: Node) -> Step:
        if self._this is not None:
            return self._walker.member(self._this, node)
        if identifier(node.children[0]) == "null":  # no literal of FHIRPath, but a step to what is never there
            return Typed(Constant(()), frozenset())
        return self._walker.member(self._start(), node)

    def _invocation(self, node: Node) -> Step:
        weight = looked_up_weight(node, self._outline, self._text_of)
        if weight is not None:
            return weight
        before, after = node.children
        at = self.step(before)
        if after.type == "MemberInvocation":
            return self._walker.member(at, after)
        if after.type != "FunctionInvocation":
            raise NotUnderstood("construct", f"{after.text or after.type} is not supported here")
        name, params = _called(after)
        step = self._walker.function(at, name, params)
        if step is not None:
            return step
        if isinstance(at, Items):
            raise NotUnderstood("item-function", f"{name}() of items is not supported")
        return self._function(at, name, params)

    def _indexed(self, node: Node) -> Step:
        at, index = self.step(node.children[0]), node.children[1].text
        if isinstance(at, Items):
            raise NotUnderstood("item-index", "an item by its index depends on which blank items a program writes")
        if not index.isdecimal():
            raise NotUnderstood("index", "an index is supported as a plain number only")
        value = at.value if isinstance(at, OfAnswers) else at
        picked = pick(value, int(index))
        return OfAnswers(picked, at.link_ids, False) if isinstance(at, OfAnswers) else picked

    def _as(self, at: Step, name: str) -> Typed:
        if not isinstance(at, Typed) or not _is_path(at.tree):
            raise NotUnderstood("as", "as is supported of the value of an answer only")
        types.single(at, "as")
        return of_kinds(at, named_type(name))

    # Functions

    def _start_function(self, node: Node) -> Step:
        name, params = _called(node)
        if name == "iif" and len(params) in (2, 3) and self._this is None:
            condition = types.boolean(self.of(params[0]), "iif()")
            then = self.of(params[1])
            otherwise = self.of(params[2]) if len(params) == 3 else Typed(Constant(()), frozenset())
            return Typed(
                Choose(condition, then.tree, otherwise.tree),
                then.kinds | otherwise.kinds,
                then.many or otherwise.many,
                then.ordered and otherwise.ordered,
            )
        if name in ("today", "now", "timeOfDay"):
            raise NotUnderstood("clock", f"{name}() gives another value on another day")
        if self._this is not None:
            step = self._walker.function(self._this, name, params)
            return _value(step) if step is not None else self._function(self._this, name, params)
        if name in ("repeat", "descendants"):
            return self._walker.function(self._start(), name, params) or Items(())
        if name == "iif":
            raise NotUnderstood("iif", f"iif() takes two or three parts, and here it has {len(params)}")
        raise NotUnderstood("function", f"{name}() is not supported here")

    def _function(self, at: OfAnswers | Typed | Items, name: str, params: tuple[Node, ...]) -> Typed:
        value = _value(at)
        match name, params:
            case (("exists" | "empty" | "count"), ()):
                tree: Tree = Count(value.tree) if name == "count" else Exists(value.tree)
                if name == "count":
                    return Typed(tree, frozenset({"integer"}))
                return _boolean(tree if name == "exists" else Negation(tree))
            case (("exists" | "all"), (criterion,)):
                below = self._criterion(criterion, value.kinds, isinstance(at, OfAnswers))
                return _boolean(Every(value.tree, below) if name == "all" else Exists(Filter(value.tree, below)))
            case _ if isinstance(at, OfAnswers):
                raise NotUnderstood("function", f"{name}() of an answer is not supported; name its value")
            case "not", ():
                return _boolean(Negation(types.boolean(value, "not()")))
            case (("allTrue" | "anyTrue" | "allFalse" | "anyFalse"), ()) if value.kinds <= types.BOOLEAN:
                return _boolean(Fold(name, value.tree))
            case "sum", () if isinstance(value.tree, Weights):
                return Typed(Sum(value.tree), NUMBERS)
            case "intersect", (other,):
                return _boolean(
                    Intersection(types.boolean(value, "intersect()"), types.boolean(self.of(other), "intersect()"))
                )
            case "as", (of,):
                return self._as(value, of.text.replace("`", ""))
            case (("abs" | "ceiling" | "floor" | "truncate"), ()):
                kinds = value.kinds if name == "abs" else frozenset({"integer"})
                return Typed(Call(name, types.number(value, f"{name}()")), kinds)  # type: ignore[arg-type]  # one of the four
            case (("toInteger" | "toDecimal" | "toString"), ()):
                return _converted(value, name)
            case _:
                raise NotUnderstood(f"function-{name}", _WHY.get(name, f"{name}() is not supported"))

    def _criterion(self, node: Node, kinds: Kinds, of_answers: bool) -> Tree:
        if self._this is not None:
            raise NotUnderstood("criterion", "a criterion within a criterion is not supported")
        this = Typed(This(), kinds)
        self._this = OfAnswers(this, (), False) if of_answers else this
        try:
            return types.boolean(self.of(node), "a criterion")
        finally:
            self._this = None

    # Operators

    def _polarity(self, node: Node) -> Typed:
        of = self.of(node.children[0])
        if isinstance(of.tree, Constant) and of.kinds <= NUMBERS and of.tree.values:
            value = of.tree.values[0]
            if node.tokens[0] == "-":
                return Typed(Constant((Value(value.kind, -value.data),)), of.kinds)  # type: ignore[operator]  # a number
            return of
        raise NotUnderstood("sign", "a sign is supported before a number only; write 0 - x")

    def _calculated(self, operator: str, left: Typed, right: Typed) -> Typed:
        if operator == "&" or (operator == "+" and (left.kinds | right.kinds) & TEXTS):
            text = Text(types.text(left, operator), types.text(right, operator), operator == "&")
            return Typed(text, frozenset({"string"}))
        if operator == "mod":
            raise NotUnderstood("mod", _WHY["mod"])
        sides = types.number(left, operator), types.number(right, operator)
        whole = operator == "div" or (operator != "/" and left.kinds | right.kinds <= {"integer"})
        return Typed(Arithmetic(operator, *sides), frozenset({"integer"}) if whole else NUMBERS)  # type: ignore[arg-type]  # the grammar's

    def _equality(self, operator: str, left: Typed, right: Typed) -> Typed:
        types.comparable(left, right, operator)
        if "~" in operator:
            types.equivalent(left, right, operator)
            return _boolean(Equivalent(left.tree, right.tree, operator == "!~"))
        if left.many and right.many:
            raise NotUnderstood("may-be-several", f"{operator} of several answers with several: engines differ")
        return _boolean(Same(left.tree, right.tree, operator == "!="))

    def _among(self, operator: str, one: Typed, others: Typed) -> Typed:
        types.single(one, operator)
        types.comparable(one, others, operator)
        if (one.kinds | others.kinds) & {"date"}:
            raise NotUnderstood("date-compared", f"{operator} of dates is not supported")
        return _boolean(Among(one.tree, others.tree))

    def _union(self, left: Typed, right: Typed) -> Typed:
        kinds = left.kinds | right.kinds
        if (
            isinstance(left.tree, Constant)
            and isinstance(right.tree, Constant)
            and (kinds <= {"string"} or kinds <= {"integer"})
        ):
            values = tuple(dict.fromkeys(left.tree.values + right.tree.values))
            return Typed(Constant(values), kinds, len(values) > 1)
        raise NotUnderstood("union", "| is supported between texts or whole numbers as such only")


_WHY = {
    "mod": "mod of negative numbers differs between engines",
    "round": "round() differs between engines where a number is just between two",
    "toBoolean": "toBoolean() of an answer differs between engines; leave it out",
    "sum": "sum() is supported of weights only; add the values",
    "lower": "the case of a text is not changed here",
    "extension": "extensions of an answer are not in every program's response; weight() reads the form's",
}


def _value(step: Step) -> Typed:
    if isinstance(step, Items):
        raise NotUnderstood("item-existence", "items themselves are no values; name their answers")
    return step.value if isinstance(step, OfAnswers) else step


def _boolean(tree: Tree) -> Typed:
    return Typed(tree, types.BOOLEAN)


def _called(node: Node) -> tuple[str, tuple[Node, ...]]:
    function = node.children[0]
    params = function.children[1].children if len(function.children) > 1 else ()
    return identifier(function.children[0]), params


def _is_path(tree: Tree) -> bool:
    return isinstance(tree, Answers) or (
        bool(parts(tree)) and not isinstance(tree, Choose) and _is_path(parts(tree)[0])
    )


def _converted(value: Typed, name: str) -> Typed:
    types.single(value, f"{name}()")
    can: dict[str, tuple[Kinds, Kinds]] = {
        "toInteger": (frozenset({"integer", "boolean"}), frozenset({"integer"})),
        "toDecimal": (frozenset({"integer", "decimal", "boolean"}), frozenset({"decimal"})),
        "toString": (frozenset({"string", "uri", "integer"}), frozenset({"string"})),
    }
    takes, gives = can[name]
    if not value.kinds <= takes:
        raise NotUnderstood(f"function-{name}", f"{name}() is supported of {', '.join(sorted(takes))} only")
    return Typed(Call(name, value.tree), gives)  # type: ignore[arg-type]  # one of the three
