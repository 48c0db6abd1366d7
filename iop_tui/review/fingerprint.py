"""Fingerprints of a screening: one for each part that a clinician reviews apart.

`rules` is whatever can change a result, or which question is asked: ids and their order, options, weights, bounds,
conditions, levels, and what reviewers read about a rule (its source). `texts` is every English sentence that a person
or a counselor reads, by its place. `crisis` is the file of crisis pages and phone lines, with the reasons of alarms,
which these pages show. Each language, by its code, is every text as it is shown in that language.

A fingerprint is the SHA-256 of the canonical form of the model. The model knows nothing of YAML's layout, of remarks,
of quotes, or of the order of keys and files, so none of these matters. Fields with their default are left out, so that
a field which a later program adds does not change the fingerprint of a screening that does not use it. A new field
belongs to `rules` unless it is text or is named below: none can be forgotten. The version is in no fingerprint: it
names what is reviewed, and a review says which one was read.
"""

from __future__ import annotations

import functools
import hashlib
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as struct_fields

from iop_tui.screening.i18n.language import offered
from iop_tui.screening.i18n.localize import directory, in_language, translatable_fields
from iop_tui.screening.model import content, definition
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH, FILLED_IN, TwoForms
from iop_tui.screening.model.reviews import CRISIS, OWN_PARTS, RULES, TEXTS

FORMAT = 1
"""Of the canonical form. A change of it would end every review."""

NOT_CONTENT: Mapping[type[Struct], frozenset[str]] = {
    Screening: frozenset({"sha256", "language", "reviews"}),
    definition.Manifest: frozenset({"version"}),
}
"""Fields in no fingerprint, besides those that the program fills in."""
_PART: Mapping[type[Struct], frozenset[str]] = {
    **dict.fromkeys((content.HelpFile, content.PhoneLine, content.CrisisPage), frozenset({CRISIS})),
    **dict.fromkeys((content.Glossary, content.Term, content.Row, content.Week), frozenset({TEXTS})),
}
"""The part of everything in a class, unless the field is below."""
_PARTS: Mapping[tuple[type[Struct], str], frozenset[str]] = {
    (definition.Alarm, "because"): frozenset({TEXTS, CRISIS}),
    (content.CareFile, "compare"): frozenset({TEXTS}),
    (content.PhoneLine, "when"): frozenset({RULES, CRISIS}),
    (content.CrisisPage, "covers"): frozenset({RULES, CRISIS}),
    # What only counselors read, and why a text says what it says.
    **dict.fromkeys(
        [(definition.Question, name) for name in ("say", "say_why", "also")]
        + [(content.Care, name) for name in ("week", "source")]
        + [(cls, "source") for cls in (content.FirstStep, content.Advice)],
        frozenset({TEXTS}),
    ),
}
"""The parts of a field that is neither plain text for a person nor plainly a rule."""


def fingerprints(screening: Screening) -> Mapping[str, str]:
    """Part -> fingerprint (SHA-256, hexadecimal), for `rules`, `texts`, `crisis` and each language that the screening
    is offered in. The screening must not be translated.
    """
    codes = [code for code in offered(directory(screening.manifest)) if code != ENGLISH]
    told = {code: language_fingerprint(in_language(screening, code)) for code in codes}
    return {**own_fingerprints(screening), **told}


def own_fingerprints(screening: Screening) -> Mapping[str, str]:
    """The same without the languages."""
    leaves = tuple(_leaves(screening, ""))
    return {
        part: _sha256(part, {leaf.place: leaf.value for leaf in leaves if part in leaf.parts}) for part in OWN_PARTS
    }


def language_fingerprint(translated: Screening) -> str:
    """The fingerprint of a translation: every text as it is shown, whatever it was translated from."""
    shown = {leaf.place: leaf.value for leaf in _leaves(translated, "") if leaf.translated}
    return _sha256(f"language {translated.language}", shown)


def parts_of(cls: type[Struct], field: str) -> frozenset[str]:
    """The parts that a field of a class belongs to; none for one that is no content."""
    if field in FILLED_IN or field in NOT_CONTENT.get(cls, ()):
        return frozenset()
    usual = frozenset({TEXTS if field in translatable_fields(cls) else RULES})
    return _PARTS.get((cls, field)) or _PART.get(cls) or usual


# ---- the canonical form ----------------------------------------------------------------------------------------------


class _Leaf(Struct, frozen=True):
    """A value at its place: `sections.detox.needs.seizure.when`. It is as JSON holds it."""

    place: str
    value: Any
    parts: frozenset[str]
    translated: bool


def _sha256(part: str, values: Mapping[str, Any]) -> str:
    canonical = msgspec.json.encode(values, order="sorted")
    return hashlib.sha256(f"iop-tui fingerprint {FORMAT}, {part}\n".encode() + canonical).hexdigest()


def _leaves(thing: Struct, at: str) -> Iterator[_Leaf]:
    cls = type(thing)
    for name, default in _fields(cls):
        value, place, parts = getattr(thing, name), f"{at}.{name}", parts_of(cls, name)
        if not parts or value == default:
            continue
        if _is_condition(value):
            yield _Leaf(place, _plain(value), parts, translated=False)
        elif isinstance(value, Struct):
            yield from _leaves(value, place)
        elif isinstance(value, tuple) and any(isinstance(part, Struct) for part in value):
            names = [str(getattr(part, "id", number)) for number, part in enumerate(value, 1)]
            # Which there are, and in which order.
            yield _Leaf(place, names, parts, translated=False)
            for own, part in zip(names, value, strict=True):
                yield from _leaves(part, f"{place}.{own}")
        else:
            yield _Leaf(place, _plain(value), parts, translated=name in translatable_fields(cls))


@functools.cache
def _fields(cls: type[Struct]) -> tuple[tuple[str, Any], ...]:
    """The fields of a class, each with its default; NODEFAULT equals no value."""
    return tuple(
        (field.name, field.default if field.default_factory is NODEFAULT else field.default_factory())
        for field in struct_fields(cls)
    )


def _is_condition(value: Any) -> bool:
    return isinstance(value, typing.get_args(Condition))


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, TwoForms):
        return value.written
    if isinstance(value, Struct):
        fields = {name: _plain(getattr(value, name)) for name in value.__struct_fields__ if name not in FILLED_IN}
        return {**fields, "form": value.__struct_config__.tag}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return value
