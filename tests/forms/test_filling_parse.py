"""What a person types: a value, or a sentence that says what to type instead."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.forms.filling.parse_entry import TYPED, expected, parse
from iop_tui.forms.model.form import Item, ItemType
from iop_tui.forms.model.values import Quantity, Value
from iop_tui.screening.question_types.base import Wrong
from tests.forms.building import day, decimal, integer, item

KG = Quantity(None, "kilograms", "http://unitsofmeasure.org", "kg")
LB = Quantity(None, "pounds", "http://unitsofmeasure.org", "[lb_av]")


@pytest.mark.parametrize(
    ("type_", "said", "data"),
    [
        ("integer", "7", 7),
        ("integer", " 7. ", 7),
        ("integer", "-3", -3),
        ("integer", "−3", -3),
        ("integer", "+3", 3),
        ("integer", "3.0", 3),
        ("decimal", "1.50", Decimal("1.50")),
        ("decimal", "1,5", Decimal("1.5")),
        ("decimal", "2", Decimal("2")),
        ("date", "2026", "2026"),
        ("date", "2026-11", "2026-11"),
        ("date", "2026-11-30", "2026-11-30"),
        ("date", "2026/1/5", "2026-01-05"),
        ("date", "2024-02-29", "2024-02-29"),
        ("dateTime", "2026-11-30", "2026-11-30"),
        ("dateTime", "2026-11-30 14:30", "2026-11-30T14:30:00+00:00"),
        ("dateTime", "2026-11-30T2:30 pm", "2026-11-30T14:30:00+00:00"),
        ("dateTime", "2026-11-30, 12 am", "2026-11-30T00:00:00+00:00"),
        ("time", "14:30", "14:30:00"),
        ("time", "2:30 p.m.", "14:30:00"),
        ("time", "12 pm", "12:00:00"),
        ("time", "9:05:07", "09:05:07"),
        ("url", "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("string", "  words \x1b[31m ", "words [31m"),
        ("text", "two\nlines", "two\nlines"),
        ("open-choice", "my own", "my own"),
    ],
)
def test_a_value(type_: ItemType, said: str, data: object) -> None:
    value = parse(item("q", type_), said, UTC)
    assert isinstance(value, Value)
    assert value.data == data
    assert str(value.data) == str(data)


@pytest.mark.parametrize(
    ("type_", "said"),
    [
        ("integer", "seven"),
        ("integer", "1.5"),
        ("integer", "--3"),
        ("integer", "9" * 40),
        ("integer", "9999999999"),
        ("decimal", "1,000"),
        ("decimal", "1e5"),
        ("decimal", "NaN"),
        ("decimal", "1.2.3"),
        ("date", "11/30/2026"),
        ("date", "2026-02-30"),
        ("date", "2026-13"),
        ("date", "0000"),
        ("date", "٢٠٢٦"),
        ("dateTime", "2026-11-30 25:00"),
        ("dateTime", "tomorrow"),
        ("time", "24:00"),
        ("time", "14"),
        ("time", "13 pm"),
        ("url", "example.org"),
        ("url", "https://a b"),
        ("string", "   "),
        ("string", "\x00"),
        ("quantity", "kg"),
        ("boolean", "yes"),
    ],
)
def test_a_sentence(type_: ItemType, said: str) -> None:
    wrong = parse(item("q", type_), said, UTC)
    assert isinstance(wrong, Wrong)
    assert wrong.instead.endswith(".")


@pytest.mark.parametrize(
    ("units", "said", "wanted"),
    [
        ((KG,), "70", Quantity(Decimal("70"), "kilograms", KG.system, "kg")),
        ((KG, LB), "70.5 KG", Quantity(Decimal("70.5"), "kilograms", KG.system, "kg")),
        ((KG, LB), "155pounds", Quantity(Decimal("155"), "pounds", LB.system, "[lb_av]")),
        ((), "5 miles", Quantity(Decimal("5"), "miles")),
        ((), "5", Quantity(Decimal("5"))),
    ],
)
def test_a_quantity(units: tuple[Quantity, ...], said: str, wanted: Quantity) -> None:
    assert parse(item("q", "quantity", units=units), said) == Value("quantity", wanted)


def test_a_unit_with_braces_is_named_as_it_is() -> None:
    breaths = item("q", "quantity", units=(Quantity(None, "{breaths}/min"), KG))
    assert expected(breaths) == "Type a number and a unit: {breaths}/min, kilograms."


def test_a_quantity_without_its_unit_names_the_units() -> None:
    for said in ("70", "70 stones"):
        wrong = parse(item("q", "quantity", units=(KG, LB)), said)
        assert isinstance(wrong, Wrong)
        assert "kilograms" in wrong.instead
        assert "pounds" in wrong.instead


@pytest.mark.parametrize(
    ("question", "said", "named"),
    [
        (item("q", "integer", lowest=integer(0), highest=integer(10)), "11", "10"),
        (item("q", "integer", lowest=integer(0), highest=integer(10)), "-1", "0"),
        (item("q", "decimal", highest=decimal("2.5")), "2.51", "2.5"),
        (item("q", "decimal", decimals=1), "1.25", "1"),
        (item("q", "decimal", decimals=0), "1.2", "whole"),
        (item("q", "string", max_length=3), "four", "3"),
        (item("q", "date", highest=day("2026-11-30")), "2026-12-01", "2026-11-30"),
    ],
)
def test_bounds_are_named(question: Item, said: str, named: str) -> None:
    wrong = parse(question, said)
    assert isinstance(wrong, Wrong)
    assert named in wrong.instead


def test_the_zone_is_that_of_the_place() -> None:
    value = parse(item("q", "dateTime"), "2026-11-30 14:30", timezone(timedelta(hours=-5)))
    assert isinstance(value, Value)
    assert value.data == "2026-11-30T14:30:00-05:00"


@given(st.sampled_from(TYPED), st.text(max_size=30))
def test_anything_typed_is_a_value_or_a_sentence(type_: ItemType, said: str) -> None:
    question = item("q", type_)
    value = parse(question, said, UTC)
    if isinstance(value, Wrong):
        assert value.instead
    else:
        str(value.data).encode()
    assert expected(question)
