"""The answer options of a question: from the item or from a contained value set, each with its kind and weight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from iop_tui.forms.model.form import ItemType, Option
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.extensions import (
    ANSWER_EXPRESSION,
    OPTION_EXCLUSIVE,
    OPTION_PREFIX,
    OPTIONS_TOGGLE,
    Extensions,
    extensions_of,
    flag_of,
)
from iop_tui.forms.reading.item_texts import read_text, read_translations
from iop_tui.forms.reading.item_types import allows_others
from iop_tui.forms.reading.json_fields import objects, text
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.option_checks import check_options
from iop_tui.forms.reading.read_enable_when import check_modifier
from iop_tui.forms.reading.read_value import NotAValue, as_coding, read_value
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.value_sets import Contained
from iop_tui.forms.reading.visible import shown, visible
from iop_tui.forms.reading.weights import WeightUrls, read_weight

NO_OPTIONS = Rule("no-options", "A choice without options", "Ask the author for the form with its options")
BY_EXPRESSION = Rule(
    "options-by-expression",
    "The author's program computes which options there are",
    "Ask the author for the form with fixed options",
)
TWO_PLACES = Rule(
    "options-in-two-places",
    "The options stand in the item and in a value set, and FHIR allows one of both",
    "Ask the author which are meant",
)
NOT_ALLOWED = Rule(
    "options-not-allowed", "A {type} item cannot have options", "Ask the author which type or options are meant"
)
OTHER_KIND = Rule(
    "option-of-another-type",
    "An option of a {type} item is a {kind}",
    "Ask the author which type or option is meant",
)
BAD_OPTION = Rule("option-unreadable", "An option {problem}", "Ask the author which option is meant")
NO_TEXT = Rule("option-no-text", "An option has neither a text nor a code", "Ask the author which option is meant")
ONLY_CODE = Rule(
    "option-no-display",
    "An option has no text; its code is shown: “{code}”",
    "Ask the author for its text",
    "suspicious",
)
OPEN_ALONE = Rule("open-choice-no-options", "An open choice without options; it is asked as a text", "", "note")

_KINDS: dict[ItemType, tuple[str, ...]] = {
    "choice": ("coding", "string", "integer", "date", "time"),
    "open-choice": ("coding", "string", "integer", "date", "time"),
    "integer": ("integer",),
    "decimal": ("decimal", "integer"),
    "date": ("date",),
    "dateTime": ("dateTime",),
    "time": ("time",),
    "string": ("string",),
    "text": ("string",),
    "quantity": ("quantity",),
}


class Options(NamedTuple):
    """The options of an item, whether other answers are allowed, and the values of those that are selected at first."""

    options: tuple[Option, ...] = ()
    open: bool = False
    selected: tuple[Value, ...] = ()


class FormParts(NamedTuple):
    """What the options of a form share."""

    contained: Contained
    weights: WeightUrls


def read_options(
    source: JsonObject, type_name: ItemType, extensions: Extensions, parts: FormParts, found: ItemFindings
) -> Options:
    """The options of an item. What cannot be read as options is a finding that refuses the item."""
    url = text(source, "answerValueSet", found)
    entries = objects(source, "answerOption", found)
    wants = type_name in ("choice", "open-choice")
    if not entries and not url:
        return _without_options(type_name, extensions, found) if wants else Options()
    if type_name not in _KINDS:
        found.add(NOT_ALLOWED, type=type_name)
        return Options()
    if OPTIONS_TOGGLE in extensions:
        found.add(BY_EXPRESSION, extensions[OPTIONS_TOGGLE][0].line)
    if entries and url:
        found.add(TWO_PLACES)
        return Options()
    concepts = parts.contained.concepts(url, found) if url else None
    if url and concepts is None:
        return Options(open=allows_others(source, type_name, found))
    read = _from_concepts(concepts, parts, found) if concepts else _from_entries(entries, parts, found)
    made = list(read)
    for option, line, _selected in made:
        if option.value.kind not in _KINDS[type_name]:
            found.add(OTHER_KIND, line, type=type_name, kind=option.value.kind)
            return Options()
    kept = check_options([(option, line) for option, line, _selected in made], parts.weights, found)
    selected = tuple(option.value for option, _line, chosen in made if chosen)
    return Options(kept, allows_others(source, type_name, found), selected)


def _without_options(type_name: ItemType, extensions: Extensions, found: ItemFindings) -> Options:
    if ANSWER_EXPRESSION in extensions:
        found.add(BY_EXPRESSION, extensions[ANSWER_EXPRESSION][0].line)
    elif type_name == "open-choice":
        found.add(OPEN_ALONE)
        return Options(open=True)
    else:
        found.add(NO_OPTIONS)
    return Options()


def _from_entries(
    entries: list[JsonObject], parts: FormParts, found: ItemFindings
) -> Iterator[tuple[Option, int, bool]]:
    for entry in entries:
        check_modifier(entry, found)
        try:
            value = read_value(entry, "value")
            if value is None:
                raise NotAValue("has no value")
        except NotAValue as problem:
            found.add(BAD_OPTION, entry.line, problem=problem)
            continue
        coding = entry.get("valueCoding")
        words, key = (coding, "display") if isinstance(coding, JsonObject) else (entry, _text_key(entry))
        option = _option(value, entry, words, key, parts, found)
        if option is not None:
            yield option, entry.line, entry.get("initialSelected") is True


def _from_concepts(
    concepts: list[JsonObject], parts: FormParts, found: ItemFindings
) -> Iterator[tuple[Option, int, bool]]:
    for concept in concepts:
        try:
            value = Value("coding", as_coding(concept))
        except NotAValue as problem:
            found.add(BAD_OPTION, concept.line, problem=problem)
            continue
        option = _option(value, concept, concept, "display", parts, found)
        if option is not None:
            yield option, concept.line, False


def _option(
    value: Value, entry: JsonObject, words: JsonObject, key: str, parts: FormParts, found: ItemFindings
) -> Option | None:
    wording = _wording(value, entry.line, words, key, found)
    if not wording:
        found.add(NO_TEXT, entry.line)
        return None
    extensions = extensions_of(entry)
    within = words if words is not entry else None
    prefixes = extensions.get(OPTION_PREFIX, ())
    prefix = next((shown(each["valueString"]) for each in prefixes if isinstance(each.get("valueString"), str)), "")
    return Option(
        value,
        wording,
        weight=read_weight(entry, within, wording, parts.weights, found),
        prefix=prefix,
        exclusive=flag_of(extensions, OPTION_EXCLUSIVE),
        translations=read_translations(words, key, found),
    )


def _wording(value: Value, line: int, words: JsonObject, key: str, found: ItemFindings) -> str:
    if isinstance(value.data, Coding):
        display = read_text(words, key, found)
        if not display and value.data.code:
            found.add(ONLY_CODE, line, code=visible(value.data.code))
        return display or shown(value.data.code or "")
    return read_text(words, key, found) if value.kind == "string" else shown(str(value.data))


def _text_key(entry: JsonObject) -> str:
    return "valueString" if "valueString" in entry else ""
