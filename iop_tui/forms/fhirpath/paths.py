"""Paths: which items an expression walks to, told from the form's outline alone.

A path into a response is a set of items at every step, so it is resolved once, for the form, and not for each response.
That holds because the response is our own: an item stands where the form has it, and an answer always has a value.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from iop_tui.forms.fhirpath.form_outline import Outline
from iop_tui.forms.fhirpath.literals import identifier, literal
from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.syntax import Node
from iop_tui.forms.fhirpath.tree import Answers, Filter, Kinds, OfKind, Part, PartName, Pick, Tree, Typed, Weights
from iop_tui.forms.model.values import ValueKind

KINDS: dict[str, ValueKind] = {
    "Boolean": "boolean",
    "Integer": "integer",
    "Decimal": "decimal",
    "Date": "date",
    "DateTime": "dateTime",
    "Time": "time",
    "String": "string",
    "Uri": "uri",
    "Coding": "coding",
    "Quantity": "quantity",
}
"""As in `valueX`."""
_TYPES: dict[str, ValueKind] = {name[0].lower() + name[1:]: kind for name, kind in KINDS.items()} | {
    "Coding": "coding",
    "Quantity": "quantity",
}
NUMBERS: Kinds = frozenset({"integer", "decimal"})
TEXTS: Kinds = frozenset({"string", "uri"})


class Items(Struct, frozen=True):
    """A step of a path: items of the response. `top` is the response itself.

    `once` says that they come of repeat(), which passes over an item that equals one it has seen.
    """

    link_ids: tuple[str, ...]
    top: bool = False
    once: bool = False


class OfAnswers(Struct, frozen=True):
    """A step of a path: answers. `link_ids` are the items whose answers all of them are, unless some were left out."""

    value: Typed
    link_ids: tuple[str, ...]
    whole: bool = True


Step = Items | OfAnswers | Typed
Criterion = Callable[[Node, Kinds, bool], Tree]
"""Types a criterion of answers (True) or values (False) of the kinds."""


class Walker:
    """Resolves the steps of a path in one form."""

    def __init__(self, outline: Outline, criterion: Criterion) -> None:
        self._outline = outline
        self._criterion = criterion

    def member(self, at: Step, node: Node) -> Step:
        """A step by name: `.item`, `.answer`, `.value`, `.valueX`, and the parts of a value."""
        name = identifier(node.children[0])
        match at, name:
            case Items(), "item":
                return Items(self._below(at, below_answer=False), once=at.once)
            case Items(top=False), "answer":
                return self._answers(at)
            case OfAnswers(), "item" if at.whole:
                return Items(self._below(Items(at.link_ids), below_answer=True))
            case OfAnswers(), "value":
                return at.value
            case OfAnswers(), _ if name.startswith("value") and name[5:] in KINDS:
                return of_kinds(at.value, frozenset({KINDS[name[5:]]}))
            case Typed(), _:
                return part(at, name)
            case _:
                raise NotUnderstood("path", f"the step .{name} of a path is not supported here")

    def function(self, at: Step, name: str, params: tuple[Node, ...]) -> Step | None:
        """A step by function; None if the function is no step of a path."""
        if isinstance(at, Items):
            return self._of_items(at, name, params)
        value = at.value if isinstance(at, OfAnswers) else at
        match name, params:
            case "where", (criterion,):
                below = self._criterion(criterion, value.kinds, isinstance(at, OfAnswers))
                found = Typed(Filter(value.tree, below), value.kinds, value.many, value.ordered)
            case "select", (path,):
                return self._select(at, path)
            case (("first" | "last"), ()):
                found = pick(value, 0 if name == "first" else -1)
            case (("weight" | "ordinal"), ()):
                return self._weights(at)
            case "ofType", (of,) if not isinstance(at, OfAnswers):
                return of_kinds(value, named_type(_qualified(of)))
            case _:
                return None
        return OfAnswers(found, at.link_ids, False) if isinstance(at, OfAnswers) else found

    def _of_items(self, at: Items, name: str, params: tuple[Node, ...]) -> Step:
        match name, params:
            case "where", (criterion,):
                return Items(tuple(link for link in at.link_ids if _chosen(criterion, link)), once=at.once)
            case "repeat", (Node(type="TermExpression", text="item"),):
                return Items(self._all_below(at, answers=False), once=True)
            case "descendants", () if at.top:
                return Items(self._all_below(at, answers=True))
            case "select", (path,):
                return self._select(at, path)
            case _:
                raise NotUnderstood(
                    "item-function", f"{name}() of items is not supported: whether a blank item is there is not defined"
                )

    def _select(self, at: Step, path: Node) -> Step:
        match path.type, path.children:
            case "InvocationExpression", (before, after):
                inner = self._select(at, before)
                if after.type == "MemberInvocation":
                    return self.member(inner, after)
            case "TermExpression", (Node(type="InvocationTerm", children=(Node(type="MemberInvocation") as only,)),):
                return self.member(at, only)
        raise NotUnderstood("select", "select() is supported with a plain path only")

    def _below(self, at: Items, below_answer: bool) -> tuple[str, ...]:
        above = {""} if at.top else set(at.link_ids)
        return tuple(
            link for link, shape in self._outline.items() if shape.above in above and shape.below_answer == below_answer
        )

    def _all_below(self, at: Items, answers: bool) -> tuple[str, ...]:
        above = {""} if at.top else set(at.link_ids)
        found = []
        for link, shape in self._outline.items():
            if shape.above in above and (answers or not shape.below_answer):
                above.add(link)
                found.append(link)
        return tuple(found)

    def _answers(self, at: Items) -> OfAnswers:
        shapes = [self._outline[link] for link in at.link_ids if self._outline[link].kinds]
        links = tuple(shape.link_id for shape in shapes)
        twice = next((shape.link_id for shape in shapes if at.once and shape.instances), None)
        if twice is not None:
            raise NotUnderstood("repeat", f"repeat() counts equal items once, and {twice} can be there several times")
        kinds: Kinds = frozenset().union(*(shape.kinds for shape in shapes))
        many = len(shapes) > 1 or any(shape.several for shape in shapes)
        return OfAnswers(Typed(Answers(links), kinds, many, len(shapes) < 2), links)

    def _weights(self, at: OfAnswers | Typed) -> Typed:
        value = at.value if isinstance(at, OfAnswers) else at
        if not isinstance(value.tree, Answers):
            raise NotUnderstood("weight", "weight() is supported of the answers of items only")
        links = value.tree.link_ids
        if len(links) > 1:
            # Where every item is meant, those without any weight add nothing, and are not missing in a total.
            links = tuple(link for link in links if self._outline[link].scored)
        return Typed(Weights(links), NUMBERS, value.many, value.ordered)


def of_kinds(value: Typed, kinds: Kinds) -> Typed:
    """Those of the values that are of the kinds."""
    if kinds >= value.kinds:
        return value
    return Typed(OfKind(value.tree, kinds), value.kinds & kinds, value.many, value.ordered)


def part(value: Typed, name: str) -> Typed:
    """A part of codings or quantities."""
    if name == "display":
        raise NotUnderstood("display", "the display of a coding is for people, and not the same in every program")
    parts: dict[str, tuple[PartName, Kinds, Kinds]] = {
        "code": ("code", frozenset({"coding", "quantity"}), frozenset({"string"})),
        "system": ("system", frozenset({"coding", "quantity"}), frozenset({"uri"})),
        "value": ("value", frozenset({"quantity"}), frozenset({"decimal"})),
        "unit": ("unit", frozenset({"quantity"}), frozenset({"string"})),
    }
    if name not in parts:
        raise NotUnderstood("path", f"the step .{name} of a path is not supported here")
    of, has, gives = parts[name]
    return Typed(Part(value.tree, of), gives if value.kinds & has else frozenset(), value.many, value.ordered)


def pick(value: Typed, index: int) -> Typed:
    """One of the values by its index. Raises NotUnderstood where their order is not known."""
    if not value.ordered:
        raise NotUnderstood("order", "one of the answers of several items is picked, and they have no order")
    return Typed(Pick(value.tree, index), value.kinds)


def named_type(name: str) -> Kinds:
    """The kinds of values of a type by its name. Raises NotUnderstood for a type that no answer has."""
    kind = _TYPES.get(name.removeprefix("FHIR."))
    if kind is None:
        raise NotUnderstood("type", f"the type {name} is not supported")
    return frozenset({kind})


def _qualified(node: Node) -> str:
    return node.text.replace("`", "")


def _chosen(criterion: Node, link: str) -> bool:
    """Whether an item is one that a criterion of linkIds means."""
    children = criterion.children
    match criterion.type, criterion.tokens:
        case "TermExpression", _ if children[0].type == "ParenthesizedTerm":
            return _chosen(children[0].children[0], link)
        case "AndExpression", _ if _answered(children[1]):
            return _chosen(children[0], link)
        case "AndExpression", _:
            return _chosen(children[0], link) and _chosen(children[1], link)
        case "OrExpression", ("or",):
            return _chosen(children[0], link) or _chosen(children[1], link)
        case "EqualityExpression", (("=" | "!=") as operator,):
            sides = [child.text for child in children]
            other = next((child for child in children if child.text != "linkId"), None)
            if "linkId" in sides and other is not None and other.text[:1] == "'":
                return (literal(other.children[0].children[0])[0].data == link) == (operator == "=")
        case "MembershipExpression", ("in",) if children[0].text == "linkId":
            return link in _texts(children[1])
    raise NotUnderstood("item-criterion", "items are chosen by their linkId only, compared with texts")


def _answered(node: Node) -> bool:
    """Whether a criterion only asks for an answer: then it makes no difference to the answers."""
    return _plain(node) in {"answer.exists()", "answer.empty().not()", "answer.value.exists()"}


def _plain(node: Node) -> str:
    """A path as it was written; "" for what is none."""
    if node.type in ("InvocationExpression", "TermExpression"):
        return node.text
    return ""


def _texts(node: Node) -> frozenset[object]:
    if node.type == "UnionExpression":
        return _texts(node.children[0]) | _texts(node.children[1])
    if node.type == "TermExpression" and node.children[0].type == "ParenthesizedTerm":
        return _texts(node.children[0].children[0])
    if node.type == "TermExpression" and node.text[:1] == "'":
        return frozenset({literal(node.children[0].children[0])[0].data})
    raise NotUnderstood("item-criterion", "items are chosen by their linkId only, compared with texts")
