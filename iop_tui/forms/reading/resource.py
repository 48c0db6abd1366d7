"""Whether a file is a FHIR R4 Questionnaire at all; what else it is, and what to do with it, in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from iop_tui.forms.reading.item_keys import is_r4, stu3_key
from iop_tui.forms.reading.item_list import Node
from iop_tui.forms.reading.json_fields import kind_of
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.rules import Rule, refusing
from iop_tui.forms.reading.visible import visible
from iop_tui.screening.english import counted

NOT_AN_OBJECT = Rule(
    "not-a-questionnaire", "The file holds {given}, and not a FHIR Questionnaire", "Give the file of a Questionnaire"
)
NO_TYPE = Rule(
    "not-a-questionnaire",
    "The file has no resourceType, so it isn't a FHIR Questionnaire",
    "Give the file of a Questionnaire",
)
BUNDLE = Rule(
    "bundle",
    "The file is a Bundle, which holds {count}: {entries}",
    "Take one out and give its file, for example: jq '.entry[{first}].resource' BUNDLE.json > FORM.json",
)
EMPTY_BUNDLE = Rule("bundle", "The file is a Bundle, and holds no Questionnaire", "Give the file of a Questionnaire")
RESPONSE = Rule(
    "response",
    "The file is a QuestionnaireResponse: answers, not a form",
    "Give the file of its Questionnaire; iop-tui fill goes on with a response by --from",
)
OTHER = Rule(
    "not-a-questionnaire", "The file is a FHIR resource of another type: {type}", "Give the file of a Questionnaire"
)
MODIFIED = Rule(
    "modifier-extension",
    "A modifierExtension changes what the whole form means, in a way that isn't known here: {url}",
    "Ask the author for a form without it",
)
IMPLICIT = Rule(
    "implicit-rules",
    "The form follows rules that aren't known here (implicitRules): {url}",
    "Ask the author for a form without them",
)
NO_ITEMS = Rule("no-items", "The form has no items", "Ask the author for the whole form")
STU3 = Rule(
    "stu3",
    "The form is of FHIR STU3, an older version: “{key}” at the linkId “{link}”{more}",
    "Ask the author for the form in FHIR R4",
)
_MOST_NAMED = 8


def check_resource(source: Any, file: str) -> JsonObject:
    """The Questionnaire. Raises FormRefused for anything else, and for one that must not be read."""
    if not isinstance(source, JsonObject):
        raise refusing(file, NOT_AN_OBJECT, 1, given=kind_of(source))
    kind = source.get("resourceType")
    if kind == "Bundle":
        raise _bundle(source, file)
    if kind == "QuestionnaireResponse":
        raise refusing(file, RESPONSE, source.line)
    if kind is None:
        raise refusing(file, NO_TYPE, source.line)
    if kind != "Questionnaire":
        raise refusing(file, OTHER, source.line, type=visible(kind))
    _check_modifiers(source, file)
    if not isinstance(source.get("item"), list) or not source["item"]:
        raise refusing(file, NO_ITEMS, source.line)
    return source


def check_version(nodes: list[Node], file: str) -> None:
    """A form of STU3 is refused as a whole; single items that are left of it are refused by themselves."""
    old = [(node, key) for node in nodes if (key := stu3_key(node.source))]
    if not old or any(is_r4(node.source) for node in nodes):
        return
    first, key = old[0]
    more = f", and {counted(len(old) - 1, 'more place')} like it" if len(old) > 1 else ""
    raise refusing(file, STU3, first.line, key=key, link=visible(first.link_id), more=more)


def _check_modifiers(source: JsonObject, file: str) -> None:
    if entries := source.get("modifierExtension"):
        first = entries[0] if isinstance(entries, list) else entries
        known = isinstance(first, JsonObject)
        raise refusing(
            file, MODIFIED, first.line if known else source.line, url=visible(first.get("url") if known else "no URL")
        )
    if rules := source.get("implicitRules"):
        raise refusing(file, IMPLICIT, source.line, url=visible(rules))


def _bundle(source: JsonObject, file: str) -> Exception:
    found = list(_questionnaires(source.get("entry")))
    if not found:
        return refusing(file, EMPTY_BUNDLE, source.line)
    named = [f"entry[{place}] {name} (line {line})" for place, name, line in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        named.append("…")
    count = "1 Questionnaire" if len(found) == 1 else f"{len(found)} Questionnaires"
    return refusing(file, BUNDLE, found[0][2], count=count, entries=", ".join(named), first=found[0][0])


def _questionnaires(entries: Any) -> Iterator[tuple[int, str, int]]:
    for place, entry in enumerate(entries if isinstance(entries, list) else ()):
        resource = entry.get("resource") if isinstance(entry, JsonObject) else None
        if isinstance(resource, JsonObject) and resource.get("resourceType") == "Questionnaire":
            name = next(
                (resource[key] for key in ("title", "name", "url", "id") if resource.get(key)), "without a title"
            )
            yield place, f"“{visible(name)}”", resource.line
