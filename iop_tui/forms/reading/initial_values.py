"""The values that are filled in at first: from `initial`, or from the options that are selected at first."""

from __future__ import annotations

from decimal import Decimal

from iop_tui.forms.model.form import ItemType, Option
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.answer_options import Options
from iop_tui.forms.reading.json_fields import objects
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.option_checks import option_key
from iop_tui.forms.reading.read_value import NotAValue, read_value
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

NOTHING_FILLED_IN = "Nothing is filled in at first; ask the author which value is meant"
NOT_HERE = Rule("initial-not-here", "A {type} has no answer, and so no initial value", "", "note")
UNREADABLE = Rule("initial-unreadable", "The initial value {problem}", NOTHING_FILLED_IN, "suspicious")
OTHER_TYPE = Rule(
    "initial-of-another-type", "The initial value is a {kind}, and the answer a {type}", NOTHING_FILLED_IN, "suspicious"
)
NOT_OFFERED = Rule(
    "initial-not-offered", "The initial value “{value}” is none of the options", NOTHING_FILLED_IN, "suspicious"
)
SYSTEM = Rule(
    "initial-system-missing",
    "The initial value “{value}” has the code of an option, and one of both has no system",
    NOTHING_FILLED_IN,
    "suspicious",
)
SYSTEM_REPAIRED = Rule(
    "initial-system-repaired",
    "The initial value “{value}” has the code of an option, and one of both has no system; the option is taken",
    "",
    "note",
)
TWO_PLACES = Rule(
    "initial-in-two-places",
    "The initial value and the options selected at first differ",
    NOTHING_FILLED_IN,
    "suspicious",
)
SEVERAL = Rule(
    "initial-several",
    "Several initial values for a question that takes one answer",
    NOTHING_FILLED_IN,
    "suspicious",
)

_KINDS: dict[ItemType, tuple[str, ...]] = {
    "boolean": ("boolean",),
    "decimal": ("decimal", "integer"),
    "integer": ("integer",),
    "date": ("date",),
    "dateTime": ("dateTime", "date"),
    "time": ("time",),
    "string": ("string",),
    "text": ("string",),
    "url": ("uri",),
    "choice": ("coding", "string", "integer", "date", "time"),
    "open-choice": ("coding", "string", "integer", "date", "time"),
    "quantity": ("quantity",),
}


def read_initial(
    source: JsonObject, type_name: ItemType, options: Options, repair_systems: bool, found: ItemFindings
) -> tuple[Value, ...]:
    """The initial values of an item, each one that it can hold."""
    entries = objects(source, "initial", found) if "initial" in source else []
    if not entries and not options.selected:
        return ()
    if type_name in ("group", "display"):
        found.add(NOT_HERE, type=type_name)
        return ()
    if type_name in ("attachment", "reference"):
        return ()
    values = [
        value for entry in entries if (value := _value(entry, type_name, options, repair_systems, found)) is not None
    ]
    if values and options.selected and {*map(option_key, values)} != {*map(option_key, options.selected)}:
        found.add(TWO_PLACES)
        return ()
    values = values or list(options.selected)
    if len(values) > 1 and source.get("repeats") is not True:
        found.add(SEVERAL)
        return ()
    return tuple(values)


def _value(
    entry: JsonObject, type_name: ItemType, options: Options, repair_systems: bool, found: ItemFindings
) -> Value | None:
    try:
        value = read_value(entry, "value")
        if value is None:
            raise NotAValue("is empty")
    except NotAValue as problem:
        found.add(UNREADABLE, entry.line, problem=problem)
        return None
    if value.kind not in _KINDS[type_name]:
        found.add(OTHER_TYPE, entry.line, kind=value.kind, type=type_name)
        return None
    value = _of_type(value, type_name)
    return value if not options.options else _among(value, entry.line, options, repair_systems, found)


def _of_type(value: Value, type_name: ItemType) -> Value:
    """A whole number is a decimal, and a day a date with time; both keep what is written."""
    if type_name == "decimal" and value.kind == "integer" and isinstance(value.data, int):
        return Value("decimal", Decimal(value.data))
    return Value("dateTime", value.data) if type_name == "dateTime" else value


def _among(value: Value, line: int, options: Options, repair_systems: bool, found: ItemFindings) -> Value | None:
    key = option_key(value)
    offered = next((option for option in options.options if option_key(option.value) == key), None)
    if offered:
        return offered.value
    if options.open and value.kind == "string":
        return value
    if (near := code_alone(value, options.options)) is None:
        found.add(NOT_OFFERED, line, value=name_of(value))
        return None
    found.add(SYSTEM_REPAIRED if repair_systems else SYSTEM, line, value=name_of(value))
    return near.value if repair_systems else None


def code_alone(value: Value, options: tuple[Option, ...]) -> Option | None:
    """The one option with the code of a value where one of both has no system; None if there is none, or several."""
    coding = value.data
    if not isinstance(coding, Coding) or coding.code is None:
        return None
    near = [
        option
        for option in options
        if isinstance(option.value.data, Coding)
        and option.value.data.code == coding.code
        and (option.value.data.system is None) != (coding.system is None)
    ]
    return near[0] if len(near) == 1 else None


def name_of(value: Value) -> str:
    """A value of the form in a sentence."""
    data = value.data
    if isinstance(data, Coding):
        code = data.code or "no code"
        return visible(f"{data.display} ({code})" if data.display and data.display != code else code)
    return visible(str(data).lower() if isinstance(data, bool) else data)
