"""A call as a FHIR R4 (4.0.1) Bundle.

The result is not coded: an Observation is on its own in a chart, and would look like a finding, without the sentence
that a professional decides. It is in the note, which is included in full.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from html import escape

import msgspec

from iop_tui.call.record import FilledForm, Ref
from iop_tui.export.fhir.names import CALL, EXTENSION, REFERENCE, UNKNOWN, Json, absent, canonical, tags, urn
from iop_tui.export.fhir.questionnaire import coding, questionnaire, section_link
from iop_tui.export.note_text import as_note_text
from iop_tui.export.report import Report
from iop_tui.export.report_model import Line
from iop_tui.export.safe_text import visible
from iop_tui.screening.engine.evaluate import options_of
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of


def as_fhir(report: Report) -> str:
    """The Bundle as JSON, a line end at the end. Decimals of forms are as they were written."""
    encoded = msgspec.json.Encoder(enc_hook=_plain, decimal_format="number").encode(bundle_of(report))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def bundle_of(report: Report) -> Json:
    """The Bundle: the Questionnaire, the QuestionnaireResponse, the responses to forms of others as they are, and the
    note as a DocumentReference.

    If the screening was changed since the call, there is no Questionnaire: the one that was used no longer exists.
    """
    response, note = urn(report.id, "response"), urn(report.id, "note")
    form = () if report.changed else ((urn(*_names(report.used)), questionnaire(report.screening, report.used)),)
    others = tuple((urn(report.id, "form", filled.id), _as_it_is(filled)) for filled in report.forms)
    related = [response, *(url for url, _resource in others)]
    resources = (*form, (response, _response(report)), *others, (note, _note(report, related)))
    return {
        "resourceType": "Bundle",
        "identifier": {"system": CALL, "value": report.id},
        "type": "collection",
        "timestamp": _instant(report.ended),
        "entry": [{"fullUrl": url, "resource": resource} for url, resource in resources],
    }


# ---- inside ----------------------------------------------------------------------------------------------------------


def _as_it_is(filled: FilledForm) -> Json:
    """The response to a form, with its decimals as they were written."""
    resource: Json = json.loads(filled.response, parse_float=Decimal)
    return resource


def _plain(text: object) -> str:
    """A text with two forms is a subclass of `str`: its second-person form is exported."""
    if isinstance(text, str):
        return str(text)
    raise NotImplementedError(f"no JSON for {type(text).__name__}")


def _names(ref: Ref) -> tuple[str, str, str]:
    return ref.id, ref.version, ref.sha256


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _response(report: Report) -> Json:
    by = visible(report.by).strip()
    notice, review = visible(report.notice), visible(report.review)
    said = "".join(
        f"<p>{escape(text)}</p>" for text in (notice, report.opening, review, report.closing, notice) if text
    )
    groups = [
        {
            "linkId": section_link(section.section),
            "text": section.title,
            "item": [_item(report, line) for line in section.lines],
        }
        for section in report.sections
    ]
    return {
        "resourceType": "QuestionnaireResponse",
        **tags(report.used),
        "text": {"status": "additional", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{said}</div>'},
        "identifier": {"system": CALL, "value": report.id},
        "questionnaire": f"{canonical(report.used)}|{report.used.version}",
        "status": "completed" if report.state == "finished" else "in-progress",
        "authored": _instant(report.ended),
        **({"author": {"type": "Practitioner", "display": by}} if by else {}),
        **({"item": groups} if groups else {}),
    }


def _item(report: Report, line: Line) -> Json:
    question = report.screening.question(line.question)
    return {"linkId": line.question, "text": visible(line.ask), "answer": _answers(report.used, question, line)}


def _answers(ref: Ref, question: Question, line: Line) -> list[Json]:
    answer, kind = line.answer, type_of(question)
    if isinstance(answer, str) and answer in UNKNOWN:
        if not kind.typed:
            return [{kind.fhir_value: absent(answer)}]
        # There are no options to choose from: the value is there as one that is missing, and why.
        reason = {"url": EXTENSION + "data-absent-reason", "valueCode": UNKNOWN[answer][0]}
        return [{f"_{kind.fhir_value}": {"extension": [reason]}}]
    if kind.typed:
        return [{kind.fhir_value: answer}]
    return [{kind.fhir_value: coding(ref, question, option)} for option in options_of(question, answer)]


def _note(report: Report, related: Sequence[str]) -> Json:
    reference, review = " ".join(visible(report.reference).split()), visible(report.review)
    known = [{"system": REFERENCE, "value": reference}] if reference else []
    return {
        "resourceType": "DocumentReference",
        **tags(report.used),
        "identifier": [{"system": CALL, "value": report.id}, *known],
        "status": "current",
        "docStatus": "final" if report.state == "finished" else "preliminary",
        "type": {"coding": [{"system": "http://loinc.org", "code": "34109-9", "display": "Note"}]},
        "date": _instant(report.ended),
        "description": " ".join(filter(None, (visible(report.notice), report.opening, review, report.closing))),
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "language": "en-US",
                    "data": base64.b64encode(as_note_text(report).encode()).decode(),
                    "title": "Screening note",
                }
            }
        ],
        "context": {"related": [{"reference": url} for url in related]},
    }
