"""Files that are no form: each is refused by a sentence with its line, never by a traceback."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from iop_tui.forms.model.findings import FormRefused
from iop_tui.forms.reading.item_list import MOST_ITEMS
from iop_tui.forms.reading.read_form import read_form
from tests.forms.form_files import Json, extension, item, questionnaire


def refused(data: bytes) -> tuple[str, int, str]:
    """Rule, line and message of a file that is refused as a whole."""
    with pytest.raises(FormRefused) as error:
        read_form(data, "form.json")
    finding = error.value.findings[0]
    assert str(error.value).startswith(f"form.json:{finding.line}: ")
    assert finding.remedy
    return finding.rule, finding.line, finding.message


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b"", "empty-file", 1),
        (b" \n\t ", "empty-file", 1),
        (b"\xef\xbb\xbf", "empty-file", 1),
        (b"<Questionnaire/>", "not-json", 1),
        (b'{"a": 1,\n"b" 2}', "not-json", 2),
        (b'{"a": 1,\n}', "not-json", 2),
        (b'{"a":\n"b\x1b"}', "not-json", 2),
        (b'{\n"a": NaN}', "not-a-number", 2),
        (b'{"a": "Infinity",\n\n"b": -Infinity}', "not-a-number", 3),
        (b'{"a": 1,\n"b": ' + b"1" * 5000 + b"}", "long-number", 2),
        (b'{"a": 1,\n"b": 1e9999999999999999999}', "long-number", 2),
        ('{"a": "ä"}'.encode("utf-16"), "not-utf-8", 1),
        ('{"a":\n"ä"}'.encode("latin-1"), "not-utf-8", 2),
        (b'{"a":\n"\\ud83d"}', "broken-character", 2),
        (b'{"a": {\n"b": 1, "b": 2}}', "key-twice", 1),
        (b"[1]", "not-a-questionnaire", 1),
        (b'"Questionnaire"', "not-a-questionnaire", 1),
        (b"null", "not-a-questionnaire", 1),
        (b'\n{"id": "x"}', "not-a-questionnaire", 2),
        (b'{"resourceType": "Patient"}', "not-a-questionnaire", 1),
        (b'{"resourceType": "QuestionnaireResponse"}', "response", 1),
        (b'{"resourceType": "Bundle"}', "bundle", 1),
        (b'{"resourceType": "Questionnaire"}', "no-items", 1),
        (b'{"resourceType": "Questionnaire", "item": []}', "no-items", 1),
        (b'{"resourceType": "Questionnaire", "item": {}}', "no-items", 1),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_its_line(data: bytes, rule: str, line: int) -> None:
    assert refused(data)[:2] == (rule, line)


def test_invalid_json_names_line_and_column() -> None:
    assert "line 2, column 5" in refused(b'{"a": 1,\n"b" 2}')[2]


def test_a_byte_order_mark_and_a_pair_of_surrogates_do_no_harm() -> None:
    data = b"\xef\xbb\xbf" + questionnaire(item("1")).replace(b"Text of 1", b"\\ud83d\\ude00 \\\\ud800")
    form = read_form(data, "form.json")
    assert form.by_link["1"].text == "\U0001f600 \\ud800"


def test_a_key_that_stands_twice_with_the_same_value_is_no_reason_to_refuse() -> None:
    data = questionnaire(item("1")).replace(b'"type": "string"', b'"type": "string", "type": "string"')
    assert read_form(data, "form.json").by_link["1"].type == "string"


def test_a_bundle_says_which_entries_are_forms_and_how_to_take_one_out() -> None:
    entries = [
        {"resource": {"resourceType": "Patient"}},
        {"resource": {"resourceType": "Questionnaire", "title": "Hunger"}},
        "nonsense",
        {"resource": {"resourceType": "Questionnaire", "name": "Sleep"}},
    ]
    with pytest.raises(FormRefused) as error:
        read_form(json.dumps({"resourceType": "Bundle", "entry": entries}).encode(), "b.json")
    said = str(error.value)
    assert "entry[1] “Hunger”" in said
    assert "entry[3] “Sleep”" in said
    assert "jq '.entry[1].resource'" in said


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ({"modifierExtension": [extension("http://example.org/not", valueBoolean=True)]}, "modifier-extension"),
        ({"modifierExtension": "x"}, "modifier-extension"),
        ({"implicitRules": "http://example.org/rules"}, "implicit-rules"),
    ],
)
def test_what_changes_the_meaning_of_a_whole_form_refuses_it(header: Json, rule: str) -> None:
    assert refused(questionnaire(item("1"), **header))[0] == rule


@pytest.mark.parametrize(
    "old",
    [
        {"option": [{"valueString": "a"}]},
        {"options": {"reference": "#a"}},
        {"initialBoolean": True},
        {"enableWhen": [{"question": "1", "hasAnswer": True}]},
    ],
)
def test_a_form_of_stu3_is_refused_and_named(old: Json) -> None:
    rule, line, message = refused(questionnaire(item("1"), item("2", **old)))
    assert rule == "stu3"
    assert line > 1
    assert "STU3" in message
    assert "“2”" in message


def test_what_is_left_of_stu3_in_a_newer_form_refuses_the_item_alone() -> None:
    new = item("1", "choice", answerOption=[{"valueString": "a"}])
    form = read_form(questionnaire(new, item("2", "choice", option=[{"valueString": "a"}])), "form.json")
    assert (form.by_link["1"].fate, form.by_link["2"].fate) == ("asked", "refused")
    assert {"stu3-item"} <= {finding.rule for finding in form.findings}


def nested(levels: int) -> Json:
    """Groups within groups."""
    inner = item("leaf")
    for level in range(levels - 1):
        inner = {"linkId": f"group {level}", "type": "group", "item": [inner]}
    return inner


def objects(count: int) -> bytes:
    return b'{"resourceType": "Questionnaire", "item": [' + b"{}," * count + b"{}]}"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (lambda: questionnaire(item("1", text="x" * 10_000_000)), "file-too-big"),
        (lambda: questionnaire(*(item(str(number)) for number in range(20_000))), "too-many-items"),
        (lambda: questionnaire(nested(200)), "too-deep"),
        (lambda: questionnaire(nested(51)), "too-deep"),
        (lambda: b"[" * 200_000, "too-deep"),
        (lambda: b'{"a":' * 90_000, "too-deep"),
        (lambda: b'{"a":' * 150 + b"[" * 900, "too-deep"),
        (lambda: objects(2_500_000), "too-many-objects"),
        (lambda: objects(MOST_ITEMS), "too-many-items"),
    ],
)
def test_a_file_of_any_size_is_refused_within_a_second_of_work(data: Any, rule: str) -> None:
    given = data()
    before = time.process_time()
    said = refused(given)
    assert said[0] == rule
    assert time.process_time() - before < 1


def test_fifty_levels_are_read() -> None:
    form = read_form(questionnaire(nested(50)), "form.json")
    assert len(form.all_items) == 50
    assert form.by_link["leaf"].fate == "asked"


@pytest.mark.parametrize("opening", ["<style ", "<!--", "<", "&", "<script>"])
def test_a_formatted_text_of_any_kind_takes_time_in_proportion_to_its_length(opening: str) -> None:
    url = "http://hl7.org/fhir/StructureDefinition/rendering-xhtml"
    xhtml = {"extension": [extension(url, valueString=opening * (7_000_000 // len(opening)))]}
    before = time.process_time()
    read_form(questionnaire(item("1", _text=xhtml)), "form.json")
    assert time.process_time() - before < 3
