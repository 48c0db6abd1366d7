"""Files that are no response, or odd JSON: a sentence, and never a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from iop_tui.forms.filling.filling import begin
from iop_tui.forms.model.read_response import ResponseRefused
from iop_tui.forms.response.read import read_response
from tests.forms.building import form, group, item


def nested(depth: int) -> str:
    return '{"item":[' * depth + "{}" + "]}" * depth


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "empty-file"),
        (b"  \n", "empty-file"),
        (b"{", "not-json"),
        (b"<QuestionnaireResponse/>", "not-json"),
        (b"[]", "not-a-response"),
        (b"7", "not-a-response"),
        (b"{}", "not-a-response"),
        (b'{"resourceType": "Questionnaire"}', "not-a-response"),
        (b'{"resourceType": "Bundle"}', "not-a-response"),
        (b'{"resourceType": 7}', "not-a-response"),
        (b'{"resourceType": "QuestionnaireResponse", "modifierExtension": [{"url": "x"}]}', "modifier-extension"),
        (b'{"resourceType": "QuestionnaireResponse", "status": "entered-in-error"}', "entered-in-error"),
        (b"\xff\xfe", "not-utf-8"),
        (b'{"resourceType": "QuestionnaireResponse", "item": [{"a": NaN}]}', "not-a-number"),
        (nested(400).encode(), "too-deep"),
        (nested(100_000).encode(), "too-many-objects"),
        (b" " * 10_000_000, "file-too-big"),
        (b'{"resourceType": "QuestionnaireResponse", "id": "' + b"x" * 10_000_000 + b'"}', "file-too-big"),
    ],
)
def test_a_file_that_is_no_response_is_refused_with_a_sentence(data: bytes, rule: str) -> None:
    with pytest.raises(ResponseRefused, match=r"^r\.json:\d+: [A-Z]") as refused:
        read_response(data, "r.json", form(item("q")))
    (finding,) = refused.value.findings
    assert finding.rule == rule
    assert finding.remedy
    assert "Questionnaire in JSON" not in finding.remedy
    assert "form" not in finding.remedy


@pytest.mark.parametrize(
    "items",
    [
        None,
        7,
        "text",
        {},
        [None],
        [[]],
        [{"linkId": 7}],
        [{"linkId": "q", "answer": 7}],
        [{"linkId": "q", "answer": [7, None]}],
        [{"linkId": "q", "answer": {"valueString": "x"}}],
        [{"linkId": "g", "item": 7}],
        [{"linkId": "q", "answer": []}],
    ],
)
def test_odd_json_is_no_traceback(items: Any) -> None:
    own = form(item("q"), group("g", item("x")))
    source = {"resourceType": "QuestionnaireResponse", "status": 7, "questionnaire": [], "item": items, "meta": 3}
    got = read_response(json.dumps(source).encode(), "r.json", own)
    begin(own, got)
