"""Small Questionnaires, made in Python."""

from __future__ import annotations

import json
from typing import Any

from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Form
from iop_tui.forms.reading.read_form import read_form

Json = dict[str, Any]


def questionnaire(*items: Json, **header: Any) -> bytes:
    """The bytes of a Questionnaire, one line for each key."""
    resource = {
        "resourceType": "Questionnaire",
        "status": "active",
        "url": "http://example.org/q",
        "language": "en",
        **header,
        "item": list(items),
    }
    return json.dumps(resource, indent=1, ensure_ascii=False).encode()


def item(link_id: str, kind: str = "string", **keys: Any) -> Json:
    """An item with a text."""
    return {"linkId": link_id, "type": kind, "text": f"Text of {link_id}", **keys}


def coded(*codes: str, system: str | None = "http://example.org/s") -> list[Json]:
    """Answer options of a system, each shown by its code in capitals."""
    within = {"system": system} if system else {}
    return [{"valueCoding": {**within, "code": code, "display": code.upper()}} for code in codes]


def when(question: str, operator: str = "=", **answer: Any) -> Json:
    """One entry of `enableWhen`."""
    return {"question": question, "operator": operator, **(answer or {"answerBoolean": True})}


def extension(url: str, **value: Any) -> Json:
    """An extension."""
    return {"url": url, **value}


def read(*items: Json, repair_systems: bool = False, **header: Any) -> Form:
    """The form of some items."""
    return read_form(questionnaire(*items, **header), "form.json", repair_systems=repair_systems)


def found(form: Form, rule: str) -> list[Finding]:
    """The findings of a rule."""
    return [finding for finding in form.findings if finding.rule == rule]


def rules_of(form: Form, link_id: str) -> set[str]:
    """The rules of an item's findings."""
    return {finding.rule for finding in form.findings if finding.link_id == link_id}
