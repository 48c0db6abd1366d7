"""Expressions as conditions and totals: what our conditions can say is said exactly, the rest refused by name."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.forms.importing.condition_mapping import CannotSay, Target
from iop_tui.forms.importing.expression_mapping import as_condition, plain_sum
from iop_tui.forms.importing.imported import Wish
from iop_tui.forms.importing.map_form import map_form
from iop_tui.forms.importing.section_yaml import as_yaml
from iop_tui.forms.importing.settle import import_form
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Value
from iop_tui.screening.authoring.condition_text import as_yaml as said
from tests.forms.formed import choice, form, item, no_expressions, option

pytest.importorskip("fhirpathpy")
from iop_tui.forms.fhirpath.form_outline import outline_of
from iop_tui.forms.fhirpath.parse_expression import parse

SCALE = tuple(option(code, code, weight) for weight, code in enumerate(("never", "some", "often")))
ITEMS = (
    item("a", "choice", options=SCALE),
    item("b", "choice", options=SCALE),
    item("n", "integer", lowest=Value("integer", 0), highest=Value("integer", 9)),
    choice("m", "x", "y", "z", repeats=True),
    item("yes"),
)
PATH = "%resource.item.where(linkId = '{}').answer.value"


def read(text: str) -> Expression:
    for name in ("a", "b", "n", "m", "yes"):
        text = text.replace(f"<{name}>", PATH.format(name))
    return parse(text, {}, 1, outline_of(ITEMS), at="")


def condition(text: str) -> str:
    made = map_form(form(*ITEMS, name="f"), Wish(), no_expressions)
    targets = {t.item.link_id: Target(t.item, t.question, tuple(t.options.items())) for t in made.questions}
    found = as_condition(read(text), targets.__getitem__)
    return str(found) if isinstance(found, bool) else said(found)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<a>.where(code = 'some' or code = 'often').exists()", "{f_1: [some, often]}"),
        ("<a>.code = 'some'", "{f_1: some}"),
        ("<yes>", "{f_5: yes}"),
        ("<yes> = true", "{f_5: yes}"),
        ("<yes> = false", "{f_5: no}"),
        ("<n> > 3", "{f_3: {at_least: 4}}"),
        ("<n> <= 3", "{f_3: {at_most: 3}}"),
        ("<n>.where($this >= 2 and $this <= 4).exists()", "{f_3: {at_least: 2, at_most: 4}}"),
        ("<m>.where(code = 'x').exists()", "{f_4: x}"),
        ("<m>.where(code = 'x').exists().not()", "{not: {f_4: x}}"),
        ("(<a>.code = 'some') and (<n> > 3)", "{all: [{f_1: some}, {f_3: {at_least: 4}}]}"),
        ("(<a>.code = 'some') or (<yes>)", "{any: [{f_1: some}, {f_5: yes}]}"),
        (
            "(iif(<a>.where(code = 'some').exists(), 1, 0) + iif(<a>.where(code = 'often').exists(), 2, 0)) >= 2",
            "{score: [f_1], at_least: 2}",
        ),
        (
            "(iif(<m>.where(code = 'x').exists(), 1, 0) + iif(<yes>, 1, 0)) >= 2",
            "{at_least: 2, of: [{f_4: x}, {f_5: yes}]}",
        ),
    ],
)
def test_it_is_said_as_a_condition(text: str, wanted: str) -> None:
    assert condition(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "<m>.count() > 1",
        "<n> + 1 > 3",
        "(iif(<a>.where(code = 'some').exists(), 5, 0) + iif(<yes>, 1, 0)) >= 2",
        "<a>.code = <b>.code",
        "<a>.code ~ 'some'",
    ],
)
def test_what_no_condition_says_is_refused_by_name(text: str) -> None:
    with pytest.raises(CannotSay) as refused:
        condition(text)
    assert refused.value.rule == "expression-beyond-conditions"


def total(text: str) -> Item:
    return item("t", "integer", text="Total", calculated=read(text), read_only=True)


SUM = "{}.weight() + {}.weight()".format(*(PATH.format(name) for name in "ab"))


@pytest.mark.parametrize("text", [SUM, f"iif(<a>.exists() and <b>.exists(), {SUM}, {{}})"])
def test_a_plain_sum_becomes_a_comment_for_a_rule(text: str) -> None:
    assert plain_sum(read(text)) == ("a", "b")
    made = import_form(form(*ITEMS, total(text), name="f"), Wish(), as_condition)
    written = as_yaml(made, made.sections[0], with_alarms=True)
    assert "# The form adds up “Total” (linkId t), 0 to 4: a plain sum of the weights." in written
    assert "#   when: {score: [f_1, f_2], at_least: N}" in written
    assert made.fates["t"] == "hidden"


def test_a_total_of_another_kind_or_of_too_little_is_no_score() -> None:
    odd = import_form(form(*ITEMS, total(f"({SUM}) * 2"), name="f"), Wish(), as_condition)
    assert "in a way of its own" in as_yaml(odd, odd.sections[0], with_alarms=False)
    unweighed = (replace(ITEMS[0], options=(*SCALE[:2], option("often", "often", "2.5"))), *ITEMS[1:])
    small = import_form(form(*unweighed, total(SUM), name="f"), Wish(), as_condition)
    assert "it would be too small" in as_yaml(small, small.sections[0], with_alarms=False)
