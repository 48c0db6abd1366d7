"""What is unusual about the options of a question as a whole: told twice, of several kinds, weighed in part."""

from __future__ import annotations

from iop_tui.forms.model.form import Option
from iop_tui.forms.model.values import Coding, Value
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible
from iop_tui.forms.reading.weights import WeightUrls, check_weights

TWICE_SCORED = Rule(
    "option-twice-scored",
    "The option “{option}” has the code of another, and the question is scored",
    "Ask the author which is meant",
)
TWICE = Rule("option-twice", "The option “{option}” stands twice; it is offered once", "", "note")
SAME_CODE = Rule(
    "option-same-code",
    "The option “{option}” has the code of another with a different text; a program cannot tell their answers apart",
    "Ask the author for a code for each",
    "suspicious",
)
MIXED = Rule("options-mixed", "The options are of several kinds: {kinds}; each keeps its own", "", "note")
PREFIX = Rule(
    "prefix-not-weight",
    "The option “{option}” is labeled {prefix} and weighs {weight}; the label isn't its weight",
    "",
    "note",
)


def option_key(value: Value) -> object:
    """What tells a value from others: of a coding its system and code, and without a code its text."""
    data = value.data
    if isinstance(data, Coding):
        return (data.system, data.code) if data.code is not None else (data.system, None, data.display)
    return value.kind, data


def check_options(options: list[tuple[Option, int]], urls: WeightUrls, found: ItemFindings) -> tuple[Option, ...]:
    """The options with identical ones left out; each stands with its line."""
    kept = _once(options, found)
    kinds = list(dict.fromkeys(option.value.kind for option in kept))
    if len(kinds) > 1:
        found.add(MIXED, kinds=", ".join(kinds))
    check_weights([(option.text, line, option.weight) for option, line in options], urls, found)
    _check_prefixes(options, found)
    return kept


def _once(options: list[tuple[Option, int]], found: ItemFindings) -> tuple[Option, ...]:
    scored = any(option.weight is not None for option, _line in options)
    first: dict[object, Option] = {}
    kept = []
    for option, line in options:
        key = option_key(option.value)
        other = first.setdefault(key, option)
        if other is option:
            kept.append(option)
        elif scored:
            found.add(TWICE_SCORED, line, option=visible(option.text))
            kept.append(option)
        elif other.text == option.text:
            found.add(TWICE, line, option=visible(option.text))
        else:
            found.add(SAME_CODE, line, option=visible(option.text))
            kept.append(option)
    return tuple(kept)


def _check_prefixes(options: list[tuple[Option, int]], found: ItemFindings) -> None:
    """Once an item: labels that look like scores and are not."""
    for option, line in options:
        label = option.prefix.rstrip(".):")
        if option.weight is not None and label.isdecimal() and option.weight != int(label):
            found.add(PREFIX, line, option=visible(option.text), prefix=label, weight=option.weight)
            return
