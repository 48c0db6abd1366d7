"""The operators of the judge: each expectation was worked out by hand from the specification's wording."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.reference_forms import answered, at, boolean, item, judged, when
from tests.forms.reference_operators import NO, UNDECIDED, YES, Json, Truth

KG = {"system": "http://unitsofmeasure.org", "code": "kg"}
A_ONE, A_TWO, A_NONE = {"system": "one", "code": "a"}, {"system": "two", "code": "a"}, {"code": "a"}
Y, N, U = YES, NO, UNDECIDED
OPERATORS: list[tuple[str, str, Json, list[Json], Truth]] = [
    # what is shown, the operator, answer[x], the answers of the target, whether the condition holds
    ("exists on blank", "exists", {"answerBoolean": True}, [], N),
    ("exists false on blank", "exists", {"answerBoolean": False}, [], Y),
    ("exists on an answer", "exists", {"answerBoolean": True}, [{"valueString": "x"}], Y),
    ("exists false on an answer", "exists", {"answerBoolean": False}, [{"valueString": "x"}], N),
    ("exists takes false for an answer", "exists", {"answerBoolean": True}, [{"valueBoolean": False}], Y),
    ("exists takes zero for an answer", "exists", {"answerBoolean": True}, [{"valueInteger": 0}], Y),
    ("an answer without a value", "exists", {"answerBoolean": True}, [{"item": []}], U),
    ("= on blank", "=", {"answerBoolean": True}, [], N),
    ("= false on blank is not met by no answer", "=", {"answerBoolean": False}, [], N),
    ("= on the same", "=", {"answerBoolean": False}, [{"valueBoolean": False}], Y),
    ("= on another", "=", {"answerBoolean": False}, [{"valueBoolean": True}], N),
    ("!= on blank", "!=", {"answerBoolean": True}, [], Y),
    ("!= on the same", "!=", {"answerBoolean": True}, [{"valueBoolean": True}], N),
    ("!= on another", "!=", {"answerBoolean": True}, [{"valueBoolean": False}], Y),
    ("= any of several", "=", {"answerInteger": 2}, [{"valueInteger": 1}, {"valueInteger": 2}], Y),
    ("= none of several", "=", {"answerInteger": 2}, [{"valueInteger": 1}, {"valueInteger": 3}], N),
    ("!= one of several equals", "!=", {"answerInteger": 2}, [{"valueInteger": 1}, {"valueInteger": 2}], N),
    ("!= none of several equals", "!=", {"answerInteger": 2}, [{"valueInteger": 1}, {"valueInteger": 3}], Y),
    ("> on blank", ">", {"answerInteger": 2}, [], N),
    (">= on blank", ">=", {"answerInteger": 2}, [], N),
    ("< on blank", "<", {"answerInteger": 2}, [], N),
    ("<= on blank", "<=", {"answerInteger": 2}, [], N),
    ("> on the same", ">", {"answerInteger": 2}, [{"valueInteger": 2}], N),
    (">= on the same", ">=", {"answerInteger": 2}, [{"valueInteger": 2}], Y),
    ("< on the same", "<", {"answerInteger": 2}, [{"valueInteger": 2}], N),
    ("<= on the same", "<=", {"answerInteger": 2}, [{"valueInteger": 2}], Y),
    ("> on more", ">", {"answerInteger": 2}, [{"valueInteger": 3}], Y),
    ("< on more", "<", {"answerInteger": 2}, [{"valueInteger": 3}], N),
    ("> is no order of digits", ">", {"answerInteger": 9}, [{"valueInteger": 10}], Y),
    ("< with a negative number", "<", {"answerInteger": -1}, [{"valueInteger": -2}], Y),
    ("> at least one of several", ">", {"answerInteger": 5}, [{"valueInteger": 1}, {"valueInteger": 9}], Y),
    ("< at least one of the same", "<", {"answerInteger": 5}, [{"valueInteger": 1}, {"valueInteger": 9}], Y),
    ("decimal against integer", "=", {"answerDecimal": Decimal("2.0")}, [{"valueInteger": 2}], Y),
    ("integer against decimal", "=", {"answerInteger": 2}, [{"valueDecimal": Decimal("2.00")}], Y),
    ("a third digit counts", "=", {"answerDecimal": Decimal("0.1")}, [{"valueDecimal": Decimal("0.101")}], N),
    ("order of a decimal and an integer", ">", {"answerDecimal": Decimal("2.5")}, [{"valueInteger": 3}], Y),
    ("same code and system", "=", {"answerCoding": A_ONE}, [{"valueCoding": A_ONE}], Y),
    ("another system", "=", {"answerCoding": A_ONE}, [{"valueCoding": A_TWO}], N),
    ("the answer lacks the system", "=", {"answerCoding": A_ONE}, [{"valueCoding": A_NONE}], N),
    ("the condition lacks the system", "=", {"answerCoding": A_NONE}, [{"valueCoding": A_ONE}], N),
    ("both lack the system", "=", {"answerCoding": A_NONE}, [{"valueCoding": A_NONE}], Y),
    ("labels differ", "=", {"answerCoding": A_ONE}, [{"valueCoding": {**A_ONE, "display": "other"}}], Y),
    (
        "only the label is alike",
        "=",
        {"answerCoding": {"display": "x", "code": "b"}},
        [{"valueCoding": {"display": "x"}}],
        N,
    ),
    ("two labels without codes", "=", {"answerCoding": {"display": "x"}}, [{"valueCoding": {"display": "x"}}], U),
    ("!= on another system", "!=", {"answerCoding": A_ONE}, [{"valueCoding": A_TWO}], Y),
    ("text on a text", "=", {"answerString": "plum"}, [{"valueString": "plum"}], Y),
    ("letters' case counts", "=", {"answerString": "plum"}, [{"valueString": "Plum"}], N),
    (
        "text never equals a coding's label",
        "=",
        {"answerString": "x"},
        [{"valueCoding": {"display": "x", "code": "x"}}],
        N,
    ),
    ("a number is no text", "=", {"answerString": "10"}, [{"valueInteger": 10}], N),
    ("!= with a number and a text", "!=", {"answerString": "10"}, [{"valueInteger": 10}], Y),
    ("texts have no order", ">", {"answerString": "a"}, [{"valueString": "b"}], U),
    ("blank texts have none either", ">", {"answerString": "a"}, [], N),
    ("codings have no order", "<", {"answerCoding": A_ONE}, [{"valueCoding": A_TWO}], U),
    ("same day", "=", {"answerDate": "2024-05-02"}, [{"valueDate": "2024-05-02"}], Y),
    ("a later day", ">", {"answerDate": "2024-05-02"}, [{"valueDate": "2024-05-03"}], Y),
    ("R5's example", ">", {"answerDate": "1970"}, [{"valueDate": "1970-10-15"}], U),
    ("a year later for certain", ">", {"answerDate": "1970"}, [{"valueDate": "1971-01"}], Y),
    ("a year earlier for certain", ">", {"answerDate": "1970"}, [{"valueDate": "1969-12-31"}], N),
    ("a month and its day", "=", {"answerDate": "2024-05"}, [{"valueDate": "2024-05-02"}], U),
    ("a month and another's day", "=", {"answerDate": "2024-05"}, [{"valueDate": "2024-06-02"}], N),
    ("!= a month and its day", "!=", {"answerDate": "2024-05"}, [{"valueDate": "2024-05-02"}], U),
    ("two years", "=", {"answerDate": "2024"}, [{"valueDate": "2024"}], Y),
    (
        "one certain answer is enough",
        "=",
        {"answerDate": "2024-05"},
        [{"valueDate": "2024"}, {"valueDate": "2024-05"}],
        Y,
    ),
    (
        "one moment in two zones",
        "=",
        {"answerDateTime": "2024-05-02T12:00:00+01:00"},
        [{"valueDateTime": "2024-05-02T11:00:00Z"}],
        Y,
    ),
    (
        "later in another zone",
        ">",
        {"answerDateTime": "2024-05-02T12:00:00+01:00"},
        [{"valueDateTime": "2024-05-02T11:30:00Z"}],
        Y,
    ),
    ("a day and a moment of it", "<", {"answerDateTime": "2024-05-02"}, [{"valueDateTime": "2024-05-02T11:00:00Z"}], U),
    (
        "a day and a moment far off",
        "<",
        {"answerDateTime": "2024-05-20"},
        [{"valueDateTime": "2024-05-02T11:00:00Z"}],
        Y,
    ),
    ("times", ">=", {"answerTime": "18:00:00"}, [{"valueTime": "18:00:00.0"}], Y),
    ("an earlier time", ">=", {"answerTime": "18:00:00"}, [{"valueTime": "09:30:00"}], N),
    (
        "quantities of one unit",
        "=",
        {"answerQuantity": {"value": 2, **KG, "unit": "kilo"}},
        [{"valueQuantity": {"value": Decimal("2.0"), **KG, "unit": "kg"}}],
        Y,
    ),
    ("a larger quantity", ">", {"answerQuantity": {"value": 2, **KG}}, [{"valueQuantity": {"value": 3, **KG}}], Y),
    (
        "another unit",
        "=",
        {"answerQuantity": {"value": 2, **KG}},
        [{"valueQuantity": {"value": 2000, "system": KG["system"], "code": "g"}}],
        U,
    ),
    ("a unit on one side", ">", {"answerQuantity": {"value": 2, **KG}}, [{"valueQuantity": {"value": 3}}], U),
    (
        "about two",
        "=",
        {"answerQuantity": {"value": 2, **KG}},
        [{"valueQuantity": {"value": 2, "comparator": "<", **KG}}],
        U,
    ),
    ("an address and a text", "=", {"answerString": "urn:x"}, [{"valueUri": "urn:x"}], U),
    ("an address and another text", "=", {"answerString": "urn:x"}, [{"valueUri": "urn:y"}], N),
    ("references", "=", {"answerReference": {"reference": "A/1"}}, [{"valueReference": {"reference": "A/1"}}], Y),
]


@pytest.mark.parametrize(
    ("operator", "answer", "answers", "expected"), [one[1:] for one in OPERATORS], ids=[one[0] for one in OPERATORS]
)
def test_an_operator(operator: str, answer: Json, answers: list[Json], expected: Truth) -> None:
    target = item("target", "string", repeats=True)
    found = judged([target, item("it", enableWhen=[when("target", operator, **answer)])], answered("target", *answers))
    assert found.enabled[at("it")] is expected


A, B = when("a", "=", answerBoolean=True), when("b", "=", answerBoolean=True)


@pytest.mark.parametrize(
    ("behavior", "answers", "expected"),
    [
        ("all", [], N),
        ("any", [], N),
        ("all", [boolean("a", True)], N),
        ("any", [boolean("a", True)], Y),
        ("all", [boolean("a", True), boolean("b", True)], Y),
        ("any", [boolean("a", False), boolean("b", True)], Y),
        ("any", [boolean("a", False), boolean("b", False)], N),
    ],
)
def test_all_and_any(behavior: str, answers: list[Json], expected: Truth) -> None:
    both = item("it", enableWhen=[A, B], enableBehavior=behavior)
    assert judged([item("a"), item("b"), both], *answers).enabled[at("it")] is expected


@pytest.mark.parametrize("behavior", ["all", "any"])
@pytest.mark.parametrize(("value", "expected"), [(True, Y), (False, N)])
def test_one_condition_with_a_behavior(behavior: str, value: bool, expected: Truth) -> None:
    single = item("it", enableWhen=[A], enableBehavior=behavior)
    assert judged([item("a"), single], boolean("a", value)).enabled[at("it")] is expected


def test_an_undecided_condition_does_not_matter_where_the_other_one_decides() -> None:
    date = when("day", ">", answerDate="1970")
    day = answered("day", {"valueDate": "1970-10-15"})
    items = [
        item("a"),
        item("day", "date"),
        item("any", enableWhen=[A, date], enableBehavior="any"),
        item("all", enableWhen=[A, date], enableBehavior="all"),
    ]
    assert judged(items, boolean("a", True), day).enabled[at("any")] is YES
    assert judged(items, boolean("a", True), day).enabled[at("all")] is UNDECIDED
    assert judged(items, boolean("a", False), day).enabled[at("any")] is UNDECIDED
    assert judged(items, boolean("a", False), day).enabled[at("all")] is NO
