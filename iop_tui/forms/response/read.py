"""A QuestionnaireResponse, of this program or another, read against its form.

Every answer that has a place comes back, also with a foreign or missing label: what is compared is system and code.
What does not fit is a finding, and what has no place is handed on as it was read: nothing is lost in silence.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from iop_tui.forms.filling.filling import begin
from iop_tui.forms.filling.plan import plan
from iop_tui.forms.model.findings import Finding, FormRefused
from iop_tui.forms.model.form import Form
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.read_response import ReadResponse, ResponseRefused
from iop_tui.forms.reading.json_fields import kind_of
from iop_tui.forms.reading.json_text import JsonObject, parse_json
from iop_tui.forms.reading.rules import Collector, Rule
from iop_tui.forms.reading.visible import visible
from iop_tui.forms.response import response_rules
from iop_tui.forms.response.placing import Placing

_OURS = ("resourceType", "questionnaire", "status", "authored", "item", "text", "implicitRules", "modifierExtension")
"""Members that a written response has anew. The narrative (`text`) would be of the old answers."""
_OF_ONE_VERSION = ("versionId", "lastUpdated")
_FINAL = ("completed", "amended")
_GOING_ON = ("in-progress", "stopped")


def read_response(data: bytes, name: str, form: Form) -> ReadResponse:
    """The response in a file.

    `name` is the file's name. Raises ResponseRefused for a file that is none, and for one that must not be read.
    """
    source = _resource(data, name)
    collector = Collector()
    status = source.get("status")
    if status not in (*_FINAL, *_GOING_ON):
        collector.add(response_rules.STATUS, source.line)
    _check_questionnaire(source, form, collector)
    placing = Placing(plan(form), {item.link_id for item in form.all_items}, collector)
    placing.items(source.get("item"), -1, (), "item")
    read = ReadResponse(
        status="completed" if status in _FINAL else "in-progress",
        answers=placing.answers,
        unplaced=tuple(placing.unplaced),
        reasons=placing.reasons,
        kept=_kept(source),
        questionnaire=_text(source.get("questionnaire")),
        authored=_text(source.get("authored")),
    )
    disabled = _check_with_the_form(form, read, placing.lines, collector)
    return replace(read, findings=tuple(sorted(collector.findings)), disabled=disabled)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _resource(data: bytes, name: str) -> JsonObject:
    try:
        source = parse_json(data, name)
    except FormRefused as refused:
        raise ResponseRefused(name, tuple(_of_a_response(finding) for finding in refused.findings)) from None
    if not isinstance(source, JsonObject):
        raise _refusing(name, response_rules.NOT_A_RESPONSE, 1, given=kind_of(source))
    kind = source.get("resourceType")
    if kind != "QuestionnaireResponse":
        given = "no FHIR resource" if kind is None else f"a resource of the type {visible(kind)}"
        raise _refusing(name, response_rules.NOT_A_RESPONSE, source.line, given=given)
    if source.get("modifierExtension") or source.get("implicitRules"):
        raise _refusing(name, response_rules.MODIFIED, source.line)
    if source.get("status") == "entered-in-error":
        raise _refusing(name, response_rules.VOID, source.line)
    return source


def _refusing(name: str, rule: Rule, line: int, **facts: object) -> ResponseRefused:
    return ResponseRefused(name, (rule.finding(line, "", facts),))


def _of_a_response(finding: Finding) -> Finding:
    """A finding about JSON in the words for a response."""
    for rule in (response_rules.EMPTY, response_rules.TOO_BIG):
        if rule.name == finding.rule:
            return rule.finding(finding.line, "", {})
    return replace(finding, remedy="Ask whoever sent it for a corrected file")


def _check_questionnaire(source: JsonObject, form: Form, collector: Collector) -> None:
    theirs = _text(source.get("questionnaire"))
    if not theirs or theirs.startswith("#"):
        collector.add(response_rules.NO_FORM, source.line)
        return
    theirs_url, _bar, theirs_version = theirs.partition("|")
    ours_url, _bar, ours_version = form.canonical.partition("|")
    if theirs_url != ours_url:
        collector.add(response_rules.OTHER_FORM, source.line, theirs=visible(theirs))
    elif theirs_version and theirs_version != ours_version:
        collector.add(response_rules.OTHER_VERSION, source.line, theirs=visible(theirs))


def _check_with_the_form(
    form: Form, read: ReadResponse, lines: dict[Place, int], collector: Collector
) -> tuple[Place, ...]:
    """Findings that need the form's conditions and calculations: the places that are disabled."""
    filling = begin(form, read)
    disabled = tuple(place for place in read.answers if not filling.enabled(place))
    for place in disabled:
        collector.add(response_rules.DISABLED, lines[place], place[-1][0])
    for place, values in read.answers.items():
        if filling.item(place).calculated is not None and filling.value(place) != values:
            collector.add(response_rules.CALCULATED, lines[place], place[-1][0])
    return disabled


def _kept(source: JsonObject) -> dict[str, Any]:
    kept = {key: value for key, value in source.items() if key not in _OURS and not key.startswith("_")}
    meta = kept.pop("meta", None)
    if isinstance(meta, dict):
        left = {key: value for key, value in meta.items() if key not in _OF_ONE_VERSION}
        if left:
            kept["meta"] = left
    return kept


def _text(source: object) -> str:
    return source if isinstance(source, str) else ""
