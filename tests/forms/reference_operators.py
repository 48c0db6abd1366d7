"""The operators of the judge (`reference_evaluator.py`), written from the wording alone: whether answers meet a
condition, with three values, because the wording leaves some comparisons open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Any

Json = dict[str, Any]


class NotJudged(ValueError):
    """The form breaks a rule of R4 in a way that leaves nothing to evaluate; the sentence names the linkId."""


class Truth(Enum):
    """Yes, no, or: the wording does not say."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


YES, NO, UNDECIDED = Truth.YES, Truth.NO, Truth.UNDECIDED


def value_of(element: Json) -> tuple[str, Any] | None:
    """The value[x] of an answer or the answer[x] of a condition: the kind and the value."""
    for key, value in element.items():
        for stem in ("value", "answer"):
            if key.startswith(stem) and key != stem:
                return key[len(stem) :], value
    return None


def compared(condition: Json, answers: Sequence[Json]) -> Truth:
    """The code system questionnaire-enable-operator: R4's wording for exists, = and !=, R5's for the order operators.

    `exists`: whether an answer exists equals the boolean. `=`: at least one answer is equal. `!=`: no answer is
    equal, so it holds for a question without an answer. `>` and the others: at least one answer is greater (R4 has
    "at least no answer" by mistake).
    """
    operator, wanted = condition["operator"], value_of(condition)
    if wanted is None:
        raise NotJudged(f"a condition on {condition['question']} has no answer[x]")
    values = [value_of(answer) for answer in answers]
    valued = [value for value in values if value is not None]
    if operator == "exists":
        if len(valued) < len(values) and not valued:
            return UNDECIDED  # an answer without a value: R4 allows it and does not say whether it "exists"
        return YES if bool(valued) == wanted[1] else NO
    if operator == "=":
        return either([equal(value, wanted) for value in valued])
    if operator == "!=":
        return opposite(either([equal(value, wanted) for value in valued]))
    return either([in_order(value, operator, wanted) for value in valued])


def equal(answer: tuple[str, Any], wanted: tuple[str, Any]) -> Truth:
    """Whether an answer "has a value that is equal" (R4, code system questionnaire-enable-operator)."""
    kind, value = answer
    other_kind, other = wanted
    if kind in ("Decimal", "Integer") and other_kind in ("Decimal", "Integer"):
        return truth(Decimal(value) == Decimal(other))
    if kind == "Uri" and other_kind == "String":
        return UNDECIDED if value == other else NO
    if {kind, other_kind} == {"Date", "DateTime"}:
        return UNDECIDED
    if kind != other_kind:
        return NO
    if kind == "Coding":
        return equal_codings(value, other)
    if kind == "Quantity":
        alike = truth(Decimal(value["value"]) == Decimal(other["value"]))
        return alike if same_unit(value, other) is YES else UNDECIDED
    if kind in ("Date", "DateTime"):
        return moment_order(value, other, lambda order: order == 0)
    if kind == "Time":
        return truth(seconds(value) == seconds(other))
    if kind == "Reference":
        known = value.get("reference") and other.get("reference")
        return truth(value["reference"] == other["reference"]) if known else UNDECIDED
    return truth(value == other)  # boolean, string


def in_order(answer: tuple[str, Any], operator: str, wanted: tuple[str, Any]) -> Truth:
    """Whether an answer "has a value that is greater than the enableWhen answer", and so on (R5's code system)."""
    kind, value = answer
    other_kind, other = wanted
    if kind in ("Decimal", "Integer") and other_kind in ("Decimal", "Integer"):
        return truth(fits(operator, sign(Decimal(value) - Decimal(other))))
    if kind != other_kind:
        return UNDECIDED
    if kind == "Quantity":
        if same_unit(value, other) is not YES:
            return UNDECIDED
        return truth(fits(operator, sign(Decimal(value["value"]) - Decimal(other["value"]))))
    if kind in ("Date", "DateTime"):
        return moment_order(value, other, lambda order: fits(operator, order))
    if kind == "Time":
        return truth(fits(operator, sign(seconds(value) - seconds(other))))
    return UNDECIDED


def equal_codings(one: Json, other: Json) -> Truth:
    """R4 Coding: the meaning is the code in its system, display only represents it. No system is not any system."""
    if one.get("code") is None and other.get("code") is None:
        return UNDECIDED
    return truth((one.get("system"), one.get("code")) == (other.get("system"), other.get("code")))


def same_unit(one: Json, other: Json) -> Truth:
    """R4 Quantity: system and code are the unit, `unit` is what a person reads. Conversion is not mentioned."""
    if one.get("comparator") or other.get("comparator"):
        return UNDECIDED
    coded = (one.get("system"), one.get("code")), (other.get("system"), other.get("code"))
    if all(code for _system, code in coded):
        return YES if coded[0] == coded[1] else UNDECIDED
    if not any(code for _system, code in coded):
        return YES if one.get("unit") == other.get("unit") else UNDECIDED
    return UNDECIDED


def moment_order(one: str, other: str, holds: Any) -> Truth:
    """R5 item.enableWhen, comment: values that differ only by precision have no clear order, nor equality."""
    left, right = parts(one), parts(other)
    if len(left) == 7 and len(right) == 7:
        return truth(holds(sign(instant(one) - instant(other))))
    if max(len(left), len(right)) == 7:
        # A day has no zone, a moment has one: they are apart for certain only if a whole day lies between them.
        days = (dt.date(*left[:3]) - dt.date(*right[:3])).days if min(len(left), len(right)) >= 3 else 0
        return truth(holds(sign(Decimal(days)))) if abs(days) > 1 else UNDECIDED
    for ours, theirs in zip(left, right, strict=False):
        if ours != theirs:
            return truth(holds(sign(Decimal(ours - theirs))))
    return truth(holds(0)) if len(left) == len(right) else UNDECIDED


def parts(text: str) -> list[int]:
    """Year, month, day as far as given; seven numbers for a moment of the day, whatever its fraction."""
    day, _, clock = text.partition("T")
    numbers = [int(part) for part in day.split("-")]
    return [*numbers, 0, 0, 0, 0] if clock else numbers


def instant(text: str) -> Decimal:
    """Seconds since a fixed day, zone taken into account (R4 dateTime: with a time there must be a zone)."""
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise NotJudged(f"the dateTime {text} has a time and no zone")
    gone = moment.astimezone(dt.UTC) - dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
    return Decimal(gone.days) * 86400 + Decimal(gone.seconds) + Decimal(gone.microseconds) / 1_000_000


def seconds(clock: str) -> Decimal:
    hour, minute, second = clock.split(":")
    return Decimal(hour) * 3600 + Decimal(minute) * 60 + Decimal(second)


def fits(operator: str, order: int) -> bool:
    return {">": order > 0, "<": order < 0, ">=": order >= 0, "<=": order <= 0}[operator]


def sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def truth(holds: bool) -> Truth:
    return YES if holds else NO


def both(truths: Sequence[Truth]) -> Truth:
    if NO in truths:
        return NO
    return UNDECIDED if UNDECIDED in truths else YES


def either(truths: Sequence[Truth]) -> Truth:
    if YES in truths:
        return YES
    return UNDECIDED if UNDECIDED in truths else NO


def opposite(its: Truth) -> Truth:
    return {YES: NO, NO: YES, UNDECIDED: UNDECIDED}[its]
