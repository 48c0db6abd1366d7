"""A screening as a flat list of parts with fields, to compare two versions of it.

Nothing is left out: the walk goes through every field of every class of the model, whatever it is called, and only
passes over the fields that the program fills in (`FILLED_IN`). So two screenings with equal parts are equal in
everything that the program reads, and give every person the same result; a field that is added to these classes later
is compared from the first day. Who reviewed a screening is no part of it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields as fields_of
from msgspec.structs import replace

from iop_tui.screening.authoring.condition_text import as_yaml
from iop_tui.screening.comparison.diff_model import Aspect, Kind
from iop_tui.screening.i18n.localize import joined_fields, translatable_fields
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.content import (
    Advice,
    CannotTell,
    Care,
    CareFile,
    CrisisPage,
    FirstStep,
    Glossary,
    HelpFile,
    PhoneLine,
    Row,
    Term,
)
from iop_tui.screening.model.definition import (
    About,
    Alarm,
    Disclaimer,
    Fit,
    Manifest,
    Need,
    Notice,
    Option,
    Promise,
    Question,
    Screening,
    Section,
    Welcome,
)
from iop_tui.screening.model.field_types import FILLED_IN, TwoForms

_CONDITIONS = (Is, InRange, All, AnyOf, Not, AtLeast, Score)
_KINDS: Mapping[type, Kind] = {
    Manifest: "screening",
    Welcome: "welcome",
    Disclaimer: "disclaimer",
    About: "about",
    Section: "section",
    Question: "question",
    Option: "option",
    Alarm: "alarm",
    Need: "need",
    Fit: "fit",
    Promise: "promise",
    Notice: "notice",
    CareFile: "care",
    Care: "level",
    Row: "row",
    FirstStep: "first_step",
    Advice: "advice",
    CannotTell: "cannot_tell",
    HelpFile: "help",
    PhoneLine: "line",
    CrisisPage: "page",
    Glossary: "glossary",
    Term: "term",
}
"""The classes that are parts of their own. Any other is a field of the part that it is in, with its own fields."""
_STAFF = frozenset(
    {
        "say",
        "say_why",
        "also",
        "source",
        "own_reading",
        "kept_for",
        "no_case",
        "checked",
        "covered_by",
        "version",
        "link_id",
    }
)
"""Fields that only counselors and reviewers read."""
_WHOLE = ("when", "show_if", "for_other")
MOVED = "section"
"""The field that says in which section a question or rule stands."""


class Field(Struct, frozen=True):
    """One field: its value as text to show, None if it has none; for the order of parts their `ids`; for a condition
    the `condition`. `usual` is what holds where the file does not say it.
    """

    aspect: Aspect
    shown: str | None
    ids: tuple[str, ...] | None = None
    condition: Condition | None = None
    usual: bool = False


class Part(Struct, frozen=True):
    """One part. `parent` is the question of an option. `context` is its path as catalogues of translations name it."""

    kind: Kind
    id: str
    section: str
    context: str
    parent: str
    fields: Mapping[str, Field]

    @property
    def key(self) -> tuple[Kind, str]:
        """What identifies it in both versions."""
        return self.kind, self.id

    @property
    def condition(self) -> Condition | None:
        """The condition for the whole of it, if it has one."""
        return next((self.fields[name].condition for name in _WHOLE if name in self.fields), None)


def parts_of(screening: Screening) -> Iterator[Part]:
    """All parts, in the order of the files."""
    yield from _parts(screening.manifest, "screening", "screening", "")
    for section in screening.sections:
        yield from _parts(section, section.id, section.id, "")
    yield from _parts(screening.care, "care", "care", "")
    yield from _parts(screening.help, "help", "help", "")
    yield from _parts(screening.glossary, "glossary", "glossary", "")


# ---- inside ----------------------------------------------------------------------------------------------------------


def _parts(thing: Struct, section: str, at: str, parent: str) -> Iterator[Part]:
    """A part and those in it."""
    kind = _KINDS[type(thing)]
    name = "" if isinstance(thing, Manifest) else _id(thing)
    inner: list[Part] = []
    fields: dict[str, Field] = {}
    own = f"{parent}.{name}" if parent else name
    for field, value in _fields(thing, "", at):
        if isinstance(value, Field):
            fields[field] = value
        elif isinstance(value, Struct):
            inner += _parts(value, section, f"{at}.{field}", "")
        else:
            fields[field] = Field("order", None, tuple(_id(each) for each in value))
            above = name if kind == "question" else ""
            for each in value:
                inner += _parts(each, section, f"{at}.{field}.{_id(each)}", above)
    if isinstance(thing, Manifest):
        fields["id"] = Field("staff", thing.id)
    if isinstance(thing, (Question, Alarm, Need, Fit, Promise)):
        fields[MOVED] = Field("order", section)
    yield Part(kind, own, section, at, parent, fields)
    yield from inner


def _fields(thing: Struct, prefix: str, at: str) -> Iterator[tuple[str, Any]]:
    """The fields of a part as `Field`, those that hold parts of their own as they are."""
    read = translatable_fields(type(thing))
    usual = _defaults(type(thing))
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        if name in FILLED_IN or (name == "id" and type(thing) in _KINDS):
            continue
        full = f"{prefix}{name}"
        aspect: Aspect = "staff" if name in _STAFF else "text" if name in read else "rule"
        if name in joined_fields(type(thing)):
            yield full, Field(aspect, _shown(value))
        else:
            for inner, field in _field(full, value, aspect, at):
                plain = isinstance(field, Field) and value == usual.get(name, NODEFAULT)
                yield inner, replace(field, usual=True) if plain else field


@functools.cache
def _defaults(cls: type[Struct]) -> Mapping[str, Any]:
    return {field.name: field.default for field in fields_of(cls)}


def _field(name: str, value: Any, aspect: Aspect, at: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, _CONDITIONS):
        yield name, Field("rule", as_yaml(value), condition=value)
    elif isinstance(value, Struct):
        if type(value) in _KINDS:
            yield name, value
        else:
            yield from _fields(value, f"{name}.", at)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _field(f"{name}.{key}", each, aspect, at)
    elif isinstance(value, tuple) and value and isinstance(value[0], Struct):
        if type(value[0]) in _KINDS:
            yield name, value
        else:
            for number, each in enumerate(value, 1):
                yield from _fields(each, f"{name}.{number}.", at)
    elif isinstance(value, tuple) and aspect == "text":
        for number, each in enumerate(value, 1):
            yield f"{name}.{number}", Field(aspect, _shown(each))
    else:
        yield name, Field(aspect, _shown(value))


def _shown(value: Any) -> str | None:
    """A plain value as text. Two values that the program tells apart are different texts."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, TwoForms):
        return value.written
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _id(thing: Struct) -> str:
    return str(getattr(thing, "id", ""))
