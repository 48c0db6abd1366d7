"""Items as the reader takes them."""

from __future__ import annotations

from decimal import Decimal

from iop_tui.forms.model.conditions import Row, Rows
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.extensions import ITEM_WEIGHT, OPTION_PREFIX, ORDINAL_VALUE
from iop_tui.forms.reading.read_form import read_form
from tests.forms.form_files import extension, found, item, questionnaire, read, when


def test_a_form_keeps_its_header_and_the_order_and_nesting_of_its_items() -> None:
    form = read(item("1", "group", item=[item("1.1"), item("1.2", "boolean", required=True)]), item("2"), title="T")
    assert (form.title, form.status, form.url) == ("T", "active", "http://example.org/q")
    assert [each.link_id for each in form.all_items] == ["1", "1.1", "1.2", "2"]
    assert form.by_link["1.2"].required
    assert {each.fate for each in form.all_items} == {"asked"}
    assert not form.findings


def test_an_item_and_a_condition_have_the_line_where_they_begin() -> None:
    form = read(item("a", "boolean"), item("b", enableWhen=[when("a")]))
    lines = questionnaire(item("a", "boolean"), item("b", enableWhen=[when("a")])).decode().split("\n")
    assert '"linkId": "b"' in lines[form.by_link["b"].line]
    enable = form.by_link["b"].enable
    assert isinstance(enable, Rows)
    assert enable == Rows("all", (Row("a", "=", Value("boolean", True), enable.rows[0].line),))
    assert '"question": "a"' in lines[enable.rows[0].line]


def test_options_keep_kind_text_prefix_and_weight_as_written() -> None:
    options = [
        {
            "valueCoding": {"system": "s", "code": "c", "display": "See"},
            "extension": [
                extension(ORDINAL_VALUE, valueDecimal=1),
                extension(OPTION_PREFIX, valueString="a)"),
            ],
        },
        {"valueCoding": {"code": "d", "extension": [extension(ITEM_WEIGHT, valueDecimal=2)]}},
        {"valueString": "other"},
    ]
    form = read(item("1", "choice", answerOption=options))
    first, second, third = form.by_link["1"].options
    assert first.value == Value("coding", Coding("s", "c", "See"))
    assert (first.text, first.prefix, first.weight) == ("See", "a)", Decimal(1))
    assert (second.text, second.weight) == ("d", Decimal(2))
    assert (third.value, third.weight) == (Value("string", "other"), None)
    assert found(form, "weight-missing")[0].link_id == "1"
    assert found(form, "weights-two-extensions")


def test_a_decimal_is_kept_as_written() -> None:
    data = questionnaire(item("1", "decimal", initial=[{"valueDecimal": 0}]))
    form = read_form(data.replace(b'valueDecimal": 0', b'valueDecimal": 1.50'), "form.json")
    assert str(form.by_link["1"].initial[0].data) == "1.50"
