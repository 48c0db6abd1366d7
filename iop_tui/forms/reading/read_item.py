"""One item by itself: its words, type, options, limits, conditions; what lies between items is checked later."""

from __future__ import annotations

from typing import NamedTuple

from iop_tui.forms.model.form import Fate, Item, ItemType
from iop_tui.forms.model.values import Coding
from iop_tui.forms.reading.answer_limits import read_limits
from iop_tui.forms.reading.answer_options import FormParts, read_options
from iop_tui.forms.reading.extensions import (
    CQF_EXPRESSION,
    HIDDEN,
    ITEM_CONTROL,
    SUB_QUESTIONNAIRE,
    USAGE_MODE,
    Extensions,
    code_of,
    extensions_of,
    flag_of,
)
from iop_tui.forms.reading.initial_values import read_initial
from iop_tui.forms.reading.item_keys import check_keys
from iop_tui.forms.reading.item_texts import COMPUTED_TEXT, read_text, read_translations
from iop_tui.forms.reading.item_types import read_type
from iop_tui.forms.reading.json_fields import flag
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.read_enable_when import check_modifier, read_rows
from iop_tui.forms.reading.read_value import NotAValue, as_coding
from iop_tui.forms.reading.rules import ItemFindings, Rule

NO_TEXT = Rule(
    "no-text", "The question has no text", "Look whether it can be understood from what stands around it", "note"
)
IGNORED = Rule("display-flag", "A display has no answer; “{key}” means nothing here", "", "note")
NOT_ASSEMBLED = Rule(
    "not-assembled",
    "In place of this item another form is to be put in",
    "Ask the author for the assembled form",
)


class Shared(NamedTuple):
    """What the items of a form share while they are read."""

    parts: FormParts
    repair_systems: bool


def read_item(source: JsonObject, shared: Shared, found: ItemFindings) -> Item:
    """The item without its expressions and those below it. Its fate is asked or hidden; a finding may refuse it."""
    extensions = extensions_of(source)
    type_name = read_type(source, found)
    check_modifier(source, found)
    check_keys(source, found)
    _check_extensions(extensions, found)
    options = read_options(source, type_name, extensions, shared.parts, found)
    fate = _fate(extensions)
    initial = read_initial(source, type_name, options, shared.repair_systems, found)
    limits = read_limits(source, type_name, extensions, shared.parts.contained, found)
    return Item(
        found.link_id,
        type_name,
        found.line,
        text=_words(source, type_name, fate, found),
        fate=fate,
        prefix=read_text(source, "prefix", found) if "prefix" in source else "",
        required=_answer_flag(source, "required", type_name, found),
        repeats=_answer_flag(source, "repeats", type_name, found),
        read_only=_answer_flag(source, "readOnly", type_name, found),
        enable=read_rows(source, found) if "enableWhen" in source else None,
        options=options.options,
        open=options.open,
        initial=initial,
        max_length=limits.max_length,
        lowest=limits.lowest,
        highest=limits.highest,
        decimals=limits.decimals,
        units=limits.units,
        control=code_of(extensions[ITEM_CONTROL][0]) if ITEM_CONTROL in extensions else "",
        codes=_codes(source),
        translations=read_translations(source, "text", found),
    )


def _check_extensions(extensions: Extensions, found: ItemFindings) -> None:
    if not extensions:
        return
    if SUB_QUESTIONNAIRE in extensions:
        found.add(NOT_ASSEMBLED, extensions[SUB_QUESTIONNAIRE][0].line)
    if CQF_EXPRESSION in extensions:
        found.add(COMPUTED_TEXT, extensions[CQF_EXPRESSION][0].line)


def _fate(extensions: Extensions) -> Fate:
    if not extensions:
        return "asked"
    modes = extensions.get(USAGE_MODE, ())
    for_later = any(each.get("valueCode") in ("display", "display-non-empty") for each in modes)
    return "hidden" if for_later or flag_of(extensions, HIDDEN) else "asked"


def _words(source: JsonObject, type_name: ItemType, fate: Fate, found: ItemFindings) -> str:
    words = read_text(source, "text", found)
    if not words and fate == "asked" and type_name not in ("group", "display"):
        found.add(NO_TEXT)
    return words


def _answer_flag(source: JsonObject, key: str, type_name: ItemType, found: ItemFindings) -> bool:
    value = flag(source, key, found) if key in source else False
    if value and type_name == "display":
        found.add(IGNORED, key=key)
        return False
    return value


def _codes(source: JsonObject) -> tuple[Coding, ...]:
    codes = []
    entries = source.get("code")
    for entry in entries if isinstance(entries, list) else ():
        try:
            codes.append(as_coding(entry))
        except NotAValue:
            continue  # a code of an item is for programs that look it up; nothing here depends on it
    return tuple(codes)
