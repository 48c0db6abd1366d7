"""A call under a screening for another country, with five levels of care, in every format."""

from __future__ import annotations

import base64
import io
import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from fhir.resources.R4B.bundle import Bundle
from pypdf import PdfReader

from iop_tui.call.operations import CallState, answered, begin_call, judged
from iop_tui.call.record import Judgment
from iop_tui.export.call_report import report_on
from iop_tui.export.data import schema
from iop_tui.export.formats import FORMATS, Format, format_of
from iop_tui.site.settings import STANDARD
from tests.core.abroad import ANSWERS, US_NUMBER, abroad

BEGAN = datetime(2026, 11, 21, 14, 3, tzinfo=UTC)


def call(name: str, *, level: str | None = None) -> CallState:
    """A call of one of the people, in which the counselor thinks of another level."""
    work = begin_call(abroad(), by="Dana", now=BEGAN, call_id="7c2d4c2e-0d5b-4f0e-9a43-1f6f2a5f7b10")
    for question, answer in ANSWERS[name].items():
        work = answered(work, question, answer, BEGAN + timedelta(minutes=1))
    return work if level is None else judged(work, Judgment(False, BEGAN, "Dana", level, "They shake."))


def text_of(known: Format, work: CallState) -> str:
    """What a reader of the format gets."""
    data = known.rendered(report_on(work, STANDARD))
    if known.id == "pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)
    text = data.decode()
    if known.id == "fhir":
        text += "".join(
            base64.b64decode(content["attachment"]["data"]).decode()
            for entry in json.loads(text)["entry"]
            for content in entry["resource"].get("content", ())
        )
    return " ".join(text.split())


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.id)
def test_no_format_says_911_or_988(known: Format) -> None:
    said = {name: text_of(known, call(name)) for name in ANSWERS}
    assert {name: text for name, text in said.items() if US_NUMBER.search(text)} == {}
    assert "112" in said["danger"]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.id)
def test_the_fifth_level_is_told_as_the_result_and_as_the_judgment(known: Format) -> None:
    assert "withdrawal" in text_of(known, call("dark")).lower()
    assert "withdrawal" in text_of(known, call("low", level="withdrawal")).lower()


def test_data_with_a_fifth_level_fits_the_published_schema() -> None:
    for name in ANSWERS:
        document = json.loads(format_of("json").rendered(report_on(call(name, level="withdrawal"), STANDARD)))
        jsonschema.validate(document, schema())
    assert json.loads(text_of(format_of("json"), call("dark")))["assessment"]["level"] == "withdrawal"


def test_fhir_of_such_a_call_is_read_by_another_reader() -> None:
    for name in ANSWERS:
        Bundle.model_validate(json.loads(format_of("fhir").rendered(report_on(call(name), STANDARD))))
