"""What a form says of itself: title, URL, version, license; and what a person should know of it."""

from __future__ import annotations

from typing import NamedTuple

from iop_tui.forms.reading.extensions import extensions_of
from iop_tui.forms.reading.item_expressions import Variables, with_variables
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.reading.visible import shown, visible

NO_STATUS = Rule("no-status", "The form has no status, such as draft or active", "", "note")
RETIRED = Rule(
    "retired", "Its author has retired the form", "Ask the author for the form that replaces it", "suspicious"
)
NO_URL = Rule("no-url", "The form has no URL; it is known by the hash of its file", "", "note")
NO_LANGUAGE = Rule(
    "no-language",
    "The form doesn't say in which language it is",
    "See whether its texts are English, as those of a screening are",
    "note",
)
UNKNOWN = Rule("unknown-key", "FHIR doesn't know “{key}”; what it was meant for isn't taken", "", "suspicious")
NOT_A_TEXT = Rule("wrong-type", "“{key}” of the form isn't a text; it counts as absent", "", "suspicious")

_TEXTS = ("url", "version", "name", "title", "status", "publisher", "copyright", "description", "language")
_KNOWN = frozenset(
    [
        *_TEXTS,
        *("resourceType", "id", "meta", "implicitRules", "text", "contained", "extension", "modifierExtension", "item"),
        *("identifier", "derivedFrom", "experimental", "subjectType", "date", "contact", "useContext", "jurisdiction"),
        *("purpose", "approvalDate", "lastReviewDate", "effectivePeriod", "code"),
        *("versionAlgorithmString", "versionAlgorithmCoding", "copyrightLabel"),
    ]
)
"""Of R4 and R5."""


class Header(NamedTuple):
    """The texts of a form; empty ones where there are none. `variables` are the form's expressions by name."""

    url: str
    version: str
    name: str
    title: str
    status: str
    publisher: str
    copyright: str
    description: str
    language: str
    variables: Variables


def read_header(form: JsonObject, file: str, collector: Collector) -> Header:
    """The header of a form."""
    texts = {key: _text(form, key, collector) for key in _TEXTS}
    texts["title"] = texts["title"] or texts["name"] or file
    _check(form, texts, collector)
    return Header(**texts, variables=with_variables(extensions_of(form), {}, ""))


def _text(form: JsonObject, key: str, collector: Collector) -> str:
    value = form.get(key)
    if isinstance(value, str):
        return shown(value)
    if value is not None:
        collector.add(NOT_A_TEXT, form.line, key=key)
    return ""


def _check(form: JsonObject, texts: dict[str, str], collector: Collector) -> None:
    for key, rule in (("status", NO_STATUS), ("url", NO_URL), ("language", NO_LANGUAGE)):
        if not texts[key]:
            collector.add(rule, form.line)
    if texts["status"] == "retired":
        collector.add(RETIRED, form.line)
    for key in form:
        if key.removeprefix("_") not in _KNOWN:
            collector.add(UNKNOWN, form.line, key=visible(key))
