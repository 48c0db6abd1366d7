"""Words, structure and versions of items as the reader takes them."""

from __future__ import annotations

from typing import Any

import pytest

from iop_tui.forms.reading.extensions import (
    CQF_EXPRESSION,
    ITEM_CONTROL,
    SUB_QUESTIONNAIRE,
    TRANSLATION,
    USAGE_MODE,
    XHTML,
)
from tests.forms.form_files import Json, extension, found, item, read, rules_of, when


def with_xhtml(xhtml: str, **keys: Any) -> Json:
    return item("1", _text={"extension": [extension(XHTML, valueString=xhtml)]}, **keys)


@pytest.mark.parametrize(
    ("xhtml", "text", "shown", "rules"),
    [
        ("<div>Do you <b>smoke</b>?</div>", "Do you smoke?", "Do you smoke?", set()),
        ("<p>Do&nbsp;you</p><p>smoke?</p>", "Do you smoke?", "Do you smoke?", set()),
        ("<div>Do you vape?</div>", "Do you smoke?", "Do you smoke?", {"xhtml-other-words"}),
        ("<img src='x'/><style>p {}</style><!-- x -->", "Do you smoke?", "Do you smoke?", {"xhtml-no-words"}),
        ("<p>Do you</p><p>smoke &amp; vape?</p>", "", "Do you\nsmoke & vape?", {"xhtml-only"}),
    ],
)
def test_plain_text_is_shown_and_other_words_are_said(xhtml: str, text: str, shown: str, rules: set[str]) -> None:
    form = read(with_xhtml(xhtml, text=text))
    assert form.by_link["1"].text == shown
    assert rules_of(form, "1") == rules


def test_lines_end_in_one_way_and_tags_and_controls_are_shown_as_they_stand() -> None:
    form = read(item("1", text="a\r\nb\rc\td"), item("2", text="<b>x</b> [red]"), item("3", text="a\x1b[1m\x85"))
    assert form.by_link["1"].text == "a\nb\nc d"
    assert not rules_of(form, "1")
    assert form.by_link["2"].text == "<b>x</b> [red]"
    assert rules_of(form, "2") == {"tags-in-text"}
    assert form.by_link["3"].text == "a␛[1m�"
    assert rules_of(form, "3") == {"control-character"}
    assert not rules_of(read(item("1", text="less < more, a <3 b")), "1")


def test_a_question_without_a_text_is_said_and_a_divider_is_not() -> None:
    form = read({"linkId": "1", "type": "string"}, {"linkId": "2", "type": "display"}, item("3", text="  "))
    assert rules_of(form, "1") == rules_of(form, "3") == {"no-text"}
    assert not rules_of(form, "2")


def test_a_computed_text_is_said() -> None:
    computed = {"extension": [extension(CQF_EXPRESSION, valueExpression={})]}
    assert rules_of(read(item("1", _text=computed)), "1") == {"text-by-expression"}


def test_translations_of_texts_and_options_are_kept() -> None:
    def translated(text: str) -> Json:
        parts = [extension("lang", valueCode="es"), extension("content", valueString=text)]
        return {"extension": [{"url": TRANSLATION, "extension": parts}]}

    option = {"valueCoding": {"code": "a", "display": "Yes", "_display": translated("Sí")}}
    broken = {"extension": [{"url": TRANSLATION}]}
    form = read(item("1", "choice", _text=translated("¿Fuma?"), answerOption=[option]), item("2", _text=broken))
    assert form.by_link["1"].translations == {"es": "¿Fuma?"}
    assert form.by_link["1"].options[0].translations == {"es": "Sí"}
    assert rules_of(form, "2") == {"translation-unreadable"}


def test_help_below_a_question_or_display_is_its_help() -> None:
    control = {"coding": [{"code": "help"}]}
    below = item(
        "h", "display", text="Take your time", extension=[extension(ITEM_CONTROL, valueCodeableConcept=control)]
    )
    form = read(item("1", item=[below]), item("2", "display", item=[{**below, "linkId": "h2"}]))
    assert form.by_link["1"].help == "Take your time"
    assert form.by_link["2"].help == "Take your time"
    assert form.by_link["h"].control == "help"
    assert not rules_of(form, "1")


def test_a_question_below_a_display_is_refused() -> None:
    form = read(item("1", "display", item=[item("2"), item("3", "display")]))
    assert rules_of(form, "2") == {"below-a-display"}
    assert form.by_link["3"].fate == "asked"


def test_a_display_ignores_what_only_answers_have() -> None:
    form = read(item("1", "display", required=True, repeats=True), item("g", "group"))
    assert (form.by_link["1"].required, form.by_link["1"].repeats) == (False, False)
    assert [finding.rule for finding in form.findings] == ["display-flag", "display-flag", "empty-group"]


# linkIds


def test_an_item_without_a_usable_link_id_is_refused_and_the_rest_opens() -> None:
    form = read({"type": "string"}, item(""), item("a\x07b"), {"linkId": 5, "type": "string"}, item("ok"))
    assert [each.fate for each in form.all_items] == ["refused"] * 4 + ["asked"]
    assert len(found(form, "no-link-id")) == 4


def test_a_doubled_link_id_that_nothing_names_is_renamed() -> None:
    form = read(item("1"), item("1", text="another"), item("1#2"))
    assert [each.link_id for each in form.all_items] == ["1", "1#3", "1#2"]
    assert [finding.link_id for finding in found(form, "link-id-renamed")] == ["1#3"]
    assert {each.fate for each in form.all_items} == {"asked"}


@pytest.mark.parametrize("expression", [None, "%resource.item.where(linkId = '1').answer.exists()"])
def test_a_doubled_link_id_that_is_named_is_refused_with_what_names_it(expression: str | None) -> None:
    url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
    value = {"language": "text/fhirpath", "expression": expression}
    keys: Json = {"extension": [extension(url, valueExpression=value)]} if expression else {"enableWhen": [when("1")]}
    form = read(item("1", "boolean"), item("1", "boolean"), item("2", **keys), item("3"))
    assert [each.fate for each in form.all_items] == ["refused", "refused", "refused", "asked"]
    assert {each.link_id for each in found(form, "link-id-twice")} == {"1", "1#2"}


# Types, keys and versions


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ({"type": None}, "no-type"),
        ({"type": "nonsense"}, "unknown-type"),
        ({"type": "question"}, "unknown-type"),
        ({"type": 3}, "unknown-type"),
        ({"type": ["string"]}, "unknown-type"),
        ({"type": "attachment"}, "type-cannot-be-asked"),
        ({"type": "reference"}, "type-cannot-be-asked"),
        ({"required": "true"}, "wrong-type"),
        ({"text": 5}, "wrong-type"),
        ({"enableWhen": {}}, "wrong-type"),
        ({"answerOption": "x"}, "wrong-type"),
        ({"item": {}}, "wrong-type"),
        ({"modifierExtension": [extension("http://x")]}, "modifier-extension"),
        ({"type": "display", "extension": [extension(SUB_QUESTIONNAIRE, valueCanonical="x")]}, "not-assembled"),
    ],
)
def test_an_item_that_cannot_be_taken_is_refused_and_the_rest_opens(keys: Json, rule: str) -> None:
    form = read(item("1", **keys) if "type" not in keys else {**item("1"), **keys}, item("2"))
    assert rule in rules_of(form, "1")
    assert [each.fate for each in form.all_items] == ["refused", "asked"]


@pytest.mark.parametrize(
    ("keys", "rule", "severity"),
    [
        ({"answerValueSet_TODO": "x"}, "unknown-key", "suspicious"),
        ({"initial": []}, "empty-array", "note"),
        ({"prefix": None}, "null", "note"),
        ({"disabledDisplay": "protected"}, "disabled-display", "note"),
    ],
)
def test_what_does_not_change_an_answer_is_said_and_the_item_asked(keys: Json, rule: str, severity: str) -> None:
    form = read(item("1", **keys))
    assert [(finding.rule, finding.severity) for finding in form.findings] == [(rule, severity)]
    assert form.by_link["1"].fate == "asked"


def test_an_item_for_looking_back_only_is_hidden() -> None:
    form = read(item("1", extension=[extension(USAGE_MODE, valueCode="display")]))
    assert form.by_link["1"].fate == "hidden"


def test_what_a_form_does_not_say_of_itself_is_a_note() -> None:
    form = read(item("1"), status=None, url=None, language=None, nonsense=1)
    assert [finding.rule for finding in form.findings] == ["no-language", "no-status", "no-url", "unknown-key"]
    assert form.canonical == f"urn:sha256:{form.sha256}"
    assert read(item("1"), status="retired").findings[0].rule == "retired"
