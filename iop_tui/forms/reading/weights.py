"""The weight of an answer option: where forms keep it, and when it is no number."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from iop_tui.forms.reading.extensions import (
    ARGONAUT_SCORE,
    ITEM_WEIGHT,
    OLD_ORDINAL_VALUE,
    ORDINAL_VALUE,
    Extensions,
    extensions_of,
)
from iop_tui.forms.reading.json_text import JsonObject
from iop_tui.forms.reading.read_value import NotAValue, as_decimal
from iop_tui.forms.reading.rules import ItemFindings, Rule
from iop_tui.forms.reading.visible import visible

DIFFER = Rule(
    "weights-differ",
    "The option “{option}” has several weights that differ: {weights}",
    "Ask the author which one counts",
)
NOT_A_NUMBER = Rule(
    "weight-not-a-number",
    "The weight of the option “{option}” isn't a number: {weight}; it isn't scored, and there is no total with it",
    "Compare with the published instrument",
    "suspicious",
)
OLD_PLACE = Rule(
    "weight-old-url", "The weight of an option stands in an old extension, which is read: {url}", "", "note"
)
MISSING = Rule(
    "weight-missing",
    "The option “{option}” has no weight, and others of the question have one; an answer with it gives no total",
    "Compare with the published instrument",
    "suspicious",
)
NEGATIVE = Rule(
    "weight-negative",
    "The weight of the option “{option}” is below zero: {weight}",
    "Compare with the published instrument",
    "suspicious",
)
FRACTION = Rule(
    "weight-fraction",
    "The weight of the option “{option}” is a fraction: {weight}",
    "Compare with the published instrument",
    "suspicious",
)
TWO_URLS = Rule(
    "weights-two-extensions",
    "The weights of this form stand in several extensions: {urls}",
    "Look in the report whether one question is scored twice or in another way",
    "suspicious",
)

_URLS = (ORDINAL_VALUE, ITEM_WEIGHT, OLD_ORDINAL_VALUE, ARGONAUT_SCORE)
_OLD = (OLD_ORDINAL_VALUE, ARGONAUT_SCORE)


class WeightUrls:
    """The extensions that a form uses for weights, collected while its options are read."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.no_number: set[tuple[int, str]] = set()
        """Line and text of the options whose weight is there and isn't a number."""


def read_weight(
    option: JsonObject, coding: JsonObject | None, text: str, urls: WeightUrls, found: ItemFindings
) -> Decimal | None:
    """The weight of an option, in the option or in its coding; None if there is none that is a number."""
    weights: list[Decimal] = []
    places = [place for place in (extensions_of(option), extensions_of(coding)) if place]
    for place in places:
        for url, entry in _entries(place):
            urls.used.add(url)
            if url in _OLD:
                found.add(OLD_PLACE, entry.line, url=url)
            weight = _number(entry, text, found)
            if weight is None:
                urls.no_number.add((option.line, text))
            else:
                weights.append(weight)
    if len(set(weights)) > 1:
        found.add(DIFFER, option.line, option=visible(text), weights=", ".join(map(str, weights)))
        return None
    return weights[0] if weights else None


def check_weights(weights: list[tuple[str, int, Decimal | None]], urls: WeightUrls, found: ItemFindings) -> None:
    """What is unusual about the weights of a question: (text of the option, its line, its weight)."""
    if all(weight is None for _text, _line, weight in weights):
        return
    for text, line, weight in weights:
        if weight is None and (line, text) in urls.no_number:
            continue
        if weight is None:
            found.add(MISSING, line, option=visible(text))
        elif weight < 0:
            found.add(NEGATIVE, line, option=visible(text), weight=weight)
        elif weight % 1:
            found.add(FRACTION, line, option=visible(text), weight=weight)


def _entries(extensions: Extensions) -> Iterator[tuple[str, JsonObject]]:
    for url in _URLS:
        for entry in extensions.get(url, ()):
            yield url, entry


def _number(entry: JsonObject, text: str, found: ItemFindings) -> Decimal | None:
    values = [entry[key] for key in entry if key.startswith("value")]
    value = values[0] if len(values) == 1 else None
    try:
        return as_decimal(value)
    except NotAValue:
        weight = f"“{visible(value)}”" if isinstance(value, str) else "it is empty or of another kind"
        found.add(NOT_A_NUMBER, entry.line, option=visible(text), weight=weight)
        return None
