"""What a person types as the answer to a question of a form: a value, or a sentence that says what to type instead."""

from __future__ import annotations

import re
from datetime import tzinfo

from iop_tui.forms.filling.allowed_values import objections
from iop_tui.forms.filling.parse_amount import expected_amount, parse_decimal, parse_integer, parse_quantity
from iop_tui.forms.filling.parse_moment import expected_moment, parse_date, parse_date_time, parse_time
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Value
from iop_tui.screening.i18n.language import _
from iop_tui.screening.question_types.base import Wrong

TYPED = ("decimal", "integer", "date", "dateTime", "time", "string", "text", "url", "open-choice", "quantity")
"""The types of question whose answer is typed, or can be."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:\S+")
_ZONE_OF_THE_SYSTEM = None


def parse(item: Item, said: str, zone: tzinfo | None = _ZONE_OF_THE_SYSTEM) -> Value | Wrong:
    """The value that a person typed. `zone` is that of times of a day; None: the zone of the system.

    A typed answer to an open choice is a text: whether it is one of the options is for the caller.
    """
    said = without_controls(said).strip()
    if not said:
        return Wrong(expected(item))
    value = _parsed(item, said, zone)
    if isinstance(value, Value):
        for objection in objections(item, value):
            return Wrong(objection)
    return value


def expected(item: Item) -> str:
    """What can be typed, in a sentence."""
    if item.type in ("integer", "decimal", "quantity"):
        return expected_amount(item)
    if item.type in ("date", "dateTime", "time"):
        return expected_moment(item)
    if item.type == "url":
        return _("Type a web address, such as https://example.org.")
    return _("Type your answer.")


def without_controls(said: str) -> str:
    """A text without characters that FHIR and UTF-8 do not allow: controls other than tab and newline, surrogates."""
    return "".join(each for each in said if each in "\t\n\r" or not _is_control(ord(each)))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _parsed(item: Item, said: str, zone: tzinfo | None) -> Value | Wrong:
    match item.type:
        case "integer":
            return parse_integer(item, said)
        case "decimal":
            return parse_decimal(item, said)
        case "quantity":
            return parse_quantity(item, said)
        case "date":
            return parse_date(item, said)
        case "dateTime":
            return parse_date_time(item, said, zone)
        case "time":
            return parse_time(item, said)
        case "url":
            return Value("uri", said) if _ADDRESS.fullmatch(said) else Wrong(expected(item))
        case "string" | "text" | "open-choice":
            return Value("string", said)
        case _:
            return Wrong(_("Please choose one of the answers shown."))


def _is_control(code: int) -> bool:
    return code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF
