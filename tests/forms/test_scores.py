"""Totals: never a smaller one than the form means."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

import msgspec
import pytest

from iop_tui.forms.fhirpath.form_outline import outline_of
from iop_tui.forms.fhirpath.parse_expression import parse
from iop_tui.forms.filling.filling import begin
from iop_tui.forms.model.conditions import Row, Rows
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.model.values import Value
from iop_tui.forms.scores import WhyNone, scale_sum, totals
from tests.forms.answer_sheets import Sheet, SheetScope, choice

pytest.importorskip("fhirpathpy")
SCALE = tuple(choice(name, (0, 1, 2, 3)) for name in ("q1", "q2", "q3"))
SUM = "%resource.item.where(linkId != 'hard').answer.weight().sum()"
GUARDED = " + ".join(
    f"iif(%resource.item.where(linkId='{name}').answer.exists(),"
    f" %resource.item.where(linkId='{name}').answer.value.weight(), 0)"
    for name in ("q1", "q2", "q3")
)
BY_HAND = " + ".join(
    f"iif(%resource.item.where(linkId='{name}').answer.value.code = 'c3', 3,"
    f" iif(%resource.item.where(linkId='{name}').answer.value.code = 'c2', 2, 0))"
    for name in ("q1", "q2", "q3")
)


class AnswerSheet(SheetScope):
    def __init__(self, sheet: Sheet, form: Form, disabled: Collection[str] = ()) -> None:
        super().__init__(sheet, form.items)
        self._disabled = disabled

    def enabled(self, link_id: str) -> bool:
        return link_id not in self._disabled


def form_of(items: Sequence[Item], expression: str) -> Form:
    total = Item("total", "decimal", 9, text="Total score", calculated=parse(expression, {}, 9, outline_of(items)))
    return Form("", (*items, total), (), "")


def sheet(form: Form, *chosen: int | None, disabled: Collection[str] = ()) -> AnswerSheet:
    answers = {
        item.link_id: () if number is None else (item.options[number].value,)
        for item, number in zip(form.items, chosen, strict=False)
    }
    return AnswerSheet(answers, form, disabled)


@pytest.mark.parametrize("expression", [SUM, GUARDED, BY_HAND, f"iif(1 = 1, {GUARDED}, {{}})"])
def test_total_of_a_whole_scale_and_none_of_a_part(expression: str) -> None:
    form = form_of(SCALE, expression)
    (whole,) = totals(form, sheet(form, 2, 0, 3))
    assert (whole.name, whole.value, whole.why_none) == ("Total score", Decimal(5), None)
    (part,) = totals(form, sheet(form, 2, None, 3))
    assert (part.value, part.why_none) == (None, WhyNone("no-answer", "q2"))


@pytest.mark.parametrize("expression", [SUM, GUARDED, BY_HAND])
def test_part_of_a_total_is_no_answer_and_meets_no_condition(expression: str) -> None:
    base = form_of(SCALE, expression)
    second = msgspec.structs.replace(
        base.items[1], enable=Rows("all", (Row("q1", "!=", SCALE[0].options[0].value, 1),))
    )
    after = Item("after", "display", 12, enable=Rows("all", (Row("total", "<", Value("decimal", Decimal(9)), 12),)))
    form = Form("", (base.items[0], second, *base.items[2:], after), (), "")
    filling, total = begin(form), (("total", 0),)
    for link, number in (("q1", 0), ("q3", 3)):
        filling = filling.answered(((link, 0),), (SCALE[0].options[number].value,))
    assert filling.value(total) == (Value("decimal", Decimal(3)),)  # the second question is not asked
    filling = filling.answered((("q1", 0),), (SCALE[0].options[2].value,))
    assert filling.value(total) == ()
    assert not filling.enabled((("after", 0),))
    filling = filling.answered((("q2", 0),), (SCALE[0].options[2].value,))
    assert filling.value(total) == (Value("decimal", Decimal(7)),)
    assert filling.enabled((("after", 0),))


def test_item_that_is_not_enabled_is_not_missing() -> None:
    form = form_of(SCALE, SUM)
    (total,) = totals(form, sheet(form, 2, None, 3, disabled={"q2"}))
    assert total.value == 5
    assert not totals(form, sheet(form, 2, 1, 3, disabled={"total"}))


def test_answer_without_a_number_leaves_no_total() -> None:
    form = form_of((*SCALE[:2], choice("q3", (0, 1, 2, None))), SUM)
    assert totals(form, sheet(form, 1, 1, 2))[0].value == 4
    assert totals(form, sheet(form, 1, 1, 3))[0].why_none == WhyNone("no-number", "q3")


def test_item_without_any_weight_belongs_to_no_total() -> None:
    form = form_of((*SCALE, choice("q4", (None, None))), SUM)
    assert form.by_link["total"].calculated is not None
    assert form.by_link["total"].calculated.names == ("q1", "q2", "q3")
    assert totals(form, sheet(form, 1, 1, 1, None))[0].value == 3


def test_refused_item_leaves_no_total() -> None:
    form = form_of((*SCALE[:2], msgspec.structs.replace(SCALE[2], fate="refused")), SUM)
    assert totals(form, sheet(form, 1, 1))[0].why_none == WhyNone("not-asked", "q3")


def test_bounds_of_a_total() -> None:
    for expression in (SUM, GUARDED):
        total = totals((form := form_of(SCALE, expression)), sheet(form))[0]
        assert (total.lowest, total.highest) == (Decimal(0), Decimal(9))
    form = form_of((choice("q1", (-1, 2), repeats=True), choice("q2", (1, 5))), SUM)
    total = totals(form, sheet(form))[0]
    assert (total.lowest, total.highest) == (Decimal(-1), Decimal(7))


def test_scale_sum_on_request() -> None:
    form = Form("", SCALE, (), "")
    found = scale_sum(form, ["q1", "q3"], sheet(form, 2, None, 3), "Two of them")
    assert (found.value, found.lowest, found.highest, found.name) == (Decimal(5), Decimal(0), Decimal(6), "Two of them")
    assert scale_sum(form, ["q1", "q2"], sheet(form, 2, None, 3)).why_none == WhyNone("no-answer", "q2")


def test_single_value_is_no_total() -> None:
    form = form_of((Item("a", "integer", 1),), "%resource.item.where(linkId='a').answer.value + 5")
    assert not totals(form, AnswerSheet({}, form))
    filling = begin(form).answered((("a", 0),), (Value("integer", 2),))
    assert filling.value((("total", 0),)) == (Value("decimal", Decimal(7)),)
