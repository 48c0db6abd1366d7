"""`enableWhen`: its rows, read by the specification, and refused where it is silent."""

from __future__ import annotations

from typing import Literal, cast

from iop_tui.forms.model.conditions import Operator, Row, Rows
from iop_tui.forms.model.values import Value
from iop_tui.forms.reading.json_fields import objects
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.read_value import NotAValue, read_value
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

NO_BEHAVIOR = Rule(
    "no-enable-behavior",
    "Several conditions, and no enableBehavior: the form doesn't say whether one or all of them must hold",
    "Ask the author, and add “enableBehavior”: “all” or “any”",
)
UNKNOWN_BEHAVIOR = Rule(
    "unknown-enable-behavior", "enableBehavior is “{behavior}”", "Ask the author for “all” or “any”"
)
NO_QUESTION = Rule("condition-no-question", "A condition doesn't say on which question it depends", "Ask the author")
NO_OPERATOR = Rule(
    "condition-no-operator", "The condition on “{target}” has no operator", "Ask the author which is meant"
)
UNKNOWN_OPERATOR = Rule(
    "condition-unknown-operator",
    "The condition on “{target}” has an operator that FHIR R4 doesn't have: “{operator}”",
    "Ask the author for one of exists, =, !=, >, <, >=, <=",
)
NO_ANSWER = Rule(
    "condition-no-answer", "The condition on “{target}” has nothing to compare with", "Ask the author which is meant"
)
BAD_ANSWER = Rule(
    "condition-bad-answer", "What the condition on “{target}” compares with {problem}", "Ask the author which is meant"
)
EXISTS = Rule(
    "exists-needs-boolean",
    "The condition on “{target}” asks whether there is an answer, and has no true or false",
    "Ask the author which is meant",
)
ORDER = Rule(
    "order-not-defined",
    "The condition on “{target}” has the operator “{operator}” for a {kind}, which has no order",
    "Ask the author which is meant",
)
MODIFIED = Rule(
    "modifier-extension",
    "A modifierExtension changes what this means, in a way that isn't known here: {url}",
    "Ask the author for a form without it",
)

_OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
_ORDERED = frozenset({"integer", "decimal", "date", "dateTime", "time", "quantity"})


def read_rows(source: JsonObject, found: ItemFindings) -> Rows | None:
    """The conditions of an item; None if it has none, or none that can be read (it is refused then)."""
    entries = objects(source, "enableWhen", found)
    if not entries:
        return None
    rows = tuple(row for entry in entries if (row := _row(entry, found)))
    join = _join(source, len(entries), found)
    return Rows(join, rows) if rows else None


def _join(source: JsonObject, count: int, found: ItemFindings) -> Literal["all", "any"]:
    behavior = source.get("enableBehavior")
    if behavior is None:
        if count > 1:
            found.add(NO_BEHAVIOR)
        return "all"
    if behavior not in ("all", "any"):
        found.add(UNKNOWN_BEHAVIOR, behavior=visible(behavior))
        return "all"
    return "any" if behavior == "any" else "all"


def _row(entry: JsonObject, found: ItemFindings) -> Row | None:
    line = entry.line
    check_modifier(entry, found)
    target = entry.get("question")
    if not isinstance(target, str) or not target:
        found.add(NO_QUESTION, line)
        return None
    operator = _operator(entry, visible(target), found)
    if operator is None:
        return None
    answer = _answer(entry, visible(target), found)
    if answer is None:
        return None
    if operator == "exists" and answer.kind != "boolean":
        found.add(EXISTS, line, target=visible(target))
        return None
    if operator in (">", "<", ">=", "<=") and answer.kind not in _ORDERED:
        found.add(ORDER, line, target=visible(target), operator=operator, kind=answer.kind)
        return None
    return Row(target, operator, answer, line)


def _operator(entry: JsonObject, target: str, found: ItemFindings) -> Operator | None:
    operator = entry.get("operator")
    if operator is None:
        found.add(NO_OPERATOR, entry.line, target=target)
        return None
    if operator not in _OPERATORS:
        found.add(UNKNOWN_OPERATOR, entry.line, target=target, operator=visible(operator))
        return None
    return cast("Operator", operator)


def _answer(entry: JsonObject, target: str, found: ItemFindings) -> Value | None:
    try:
        answer = read_value(entry, "answer")
    except NotAValue as problem:
        found.add(BAD_ANSWER, entry.line, target=target, problem=problem)
        return None
    if answer is None:
        found.add(NO_ANSWER, entry.line, target=target)
    return answer


def check_modifier(source: JsonObject, found: ItemFindings) -> None:
    """FHIR forbids to go on with a modifierExtension that is not known."""
    entries = source.get("modifierExtension")
    if not entries:
        return
    first = entries[0] if isinstance(entries, list) else None
    url = first.get("url") if isinstance(first, JsonObject) else None
    found.add(MODIFIED, first.line if isinstance(first, JsonObject) else source.line, url=visible(url or "no URL"))
