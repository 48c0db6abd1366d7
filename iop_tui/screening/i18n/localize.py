"""A screening in another language: only the texts that a person reads differ.

Each text has a path (`detox.questions.alcohol_days.options.none.text`), which is the context (msgctxt) of its entry in
a catalogue: a translation applies to one path and one wording, and to no other.
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from iop_tui.screening.compiled.packed_screening import translated_screening
from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.model.definition import Manifest, Question, Screening
from iop_tui.screening.model.field_types import ENGLISH, JOINED, SECOND_PERSON, SourceLocation, TwoForms
from iop_tui.screening.model.locales import catalogue_of, nearest

S = TypeVar("S", bound=Struct)
_STAFF: dict[type, frozenset[str]] = {Question: frozenset({"say", "say_why", "also"})}
"""Fields that only counselors read, in English."""


class TranslatableText(Struct, frozen=True):
    """A text that a person reads: its context (msgctxt), the text as written, and its source location. `longest` is the
    number of characters that it may have, 0 for no limit.
    """

    context: str
    text: str
    where: SourceLocation
    second_person: bool
    longest: int


def directory(manifest: Manifest) -> Path:
    """The directory of a screening's catalogues: `locale` in its own directory."""
    return Path(manifest.where.file).parent / "locale"


def translatable_texts(screening: Screening) -> Iterator[TranslatableText]:
    """All texts of a screening that a person reads, in the order of its files. It must not be translated."""
    for name, part in _parts(screening):
        yield from _translatable_texts(part, name)


def in_language(screening: Screening, code: str) -> Screening:
    """The screening translated into a language; English where the catalogue has no translation. Raises ValueError for
    one that is translated already.
    """
    if screening.language != ENGLISH:
        raise ValueError("a screening is translated from the language in which it was written")
    return screening if code == ENGLISH else _translated(screening, code)


def manifest_in(manifest: Manifest, code: str) -> Manifest:
    """The same for a manifest that was loaded by itself."""
    if code == ENGLISH:
        return manifest
    return _translated_struct(manifest, "screening", translations_of(manifest, code))


def with_translations(screening: Screening, words: Mapping[tuple[str, str], str], code: str) -> Screening:
    """The screening with the translations of a catalogue: context and text as written -> translation."""
    parts = {name: _translated_struct(part, name, words) for name, part in _parts(screening)}
    return msgspec.structs.replace(
        screening,
        manifest=parts["screening"],
        sections=tuple(parts[section.id] for section in screening.sections),
        care=parts["care"],
        help=parts["help"],
        glossary=parts["glossary"],
        language=code,
    )


@functools.cache
def translatable_fields(cls: type) -> Mapping[str, Meta]:
    """The fields of a model class with text that a person reads, each with its limits."""
    hints = typing.get_type_hints(cls, include_extras=True)
    staff = _STAFF.get(cls, frozenset())
    metas = {name: _meta(annotation) for name, annotation in hints.items() if name not in staff}
    return {name: meta for name, meta in metas.items() if meta is not None}


@functools.cache
def joined_fields(cls: type) -> frozenset[str]:
    """The fields whose texts are translated as one."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return frozenset(
        name
        for name, annotation in hints.items()
        if any(isinstance(meta, Meta) and meta.extra == JOINED for meta in getattr(annotation, "__metadata__", ()))
    )


# ---- inside ----------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4)
def _translated(screening: Screening, code: str) -> Screening:
    compiled = translated_screening(screening, code)
    if compiled is not None:
        return msgspec.structs.replace(compiled, reviews=screening.reviews)
    return with_translations(screening, translations_of(screening.manifest, code), code)


def translations_of(manifest: Manifest, code: str) -> Mapping[tuple[str, str], str]:
    """The translations of a screening into a language; for texts that its catalogue lacks, those of the wider one."""
    near = [po_catalogue.translations(catalogue_of(directory(manifest), name)) for name in reversed(nearest(code))]
    return near[0] if len(near) == 1 else {key: said for words in near for key, said in words.items()}


def _parts(screening: Screening) -> Iterator[tuple[str, Any]]:
    yield "screening", screening.manifest
    for section in screening.sections:
        yield section.id, section
    yield "care", screening.care
    yield "help", screening.help
    yield "glossary", screening.glossary


def _translatable_texts(thing: Struct, at: str) -> Iterator[TranslatableText]:
    here: SourceLocation = getattr(thing, "where", None) or SourceLocation("", 1)
    shown = translatable_fields(type(thing))
    for name in thing.__struct_fields__:
        value, meta = getattr(thing, name), shown.get(name)
        if meta is not None:
            second_person, longest = meta.extra == SECOND_PERSON, meta.max_length or 0
            for context, text in _texts(value, f"{at}.{name}", joined=name in joined_fields(type(thing))):
                yield TranslatableText(context, text, here, second_person, longest)
        elif isinstance(value, tuple):
            for number, part in enumerate(value, 1):
                if isinstance(part, Struct):
                    yield from _translatable_texts(part, f"{at}.{name}.{_name(part, number)}")
        elif isinstance(value, Struct) and name != "where":
            yield from _translatable_texts(value, f"{at}.{name}")


def _texts(value: Any, at: str, *, joined: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield at, _written(value)
    elif isinstance(value, Mapping):
        yield from ((f"{at}.{key}", _written(text)) for key, text in value.items())
    elif value and joined:
        yield at, ", ".join(value)
    elif value:
        yield from ((f"{at}.{number}", _written(text)) for number, text in enumerate(value, 1))


def _translated_struct(thing: S, at: str, words: Mapping[tuple[str, str], str]) -> S:
    shown = translatable_fields(type(thing))
    changed: dict[str, Any] = {}
    for name in thing.__struct_fields__:
        value, meta = getattr(thing, name), shown.get(name)
        if meta is not None:
            place, joined = f"{at}.{name}", name in joined_fields(type(thing))
            changed[name] = _translation(value, place, words, second_person=meta.extra == SECOND_PERSON, joined=joined)
        elif isinstance(value, tuple):
            changed[name] = tuple(
                _translated_struct(part, f"{at}.{name}.{_name(part, number)}", words)
                if isinstance(part, Struct)
                else part
                for number, part in enumerate(value, 1)
            )
        elif isinstance(value, Struct) and name not in ("where", "when", "show_if", "for_other"):
            changed[name] = _translated_struct(value, f"{at}.{name}", words)
    return msgspec.structs.replace(thing, **changed)


def _translation(
    value: Any, at: str, words: Mapping[tuple[str, str], str], *, second_person: bool, joined: bool
) -> Any:
    if isinstance(value, str):
        said = words.get((at, _written(value)))
        if said is None:
            return value
        return TwoForms(said) if second_person and "{" in said else said
    if isinstance(value, Mapping):
        return {
            key: _translation(text, f"{at}.{key}", words, second_person=second_person, joined=False)
            for key, text in value.items()
        }
    if value and joined:
        said = words.get((at, ", ".join(value)))
        return value if said is None else tuple(word.strip() for word in said.split(",") if word.strip())
    if value is None:
        return None
    return tuple(
        _translation(text, f"{at}.{number}", words, second_person=second_person, joined=False)
        for number, text in enumerate(value, 1)
    )


def _written(text: str) -> str:
    return text.written if isinstance(text, TwoForms) else text


def _name(part: Struct, number: int) -> str:
    """What identifies a part of a list: its id, if it has one, else its number."""
    return str(getattr(part, "id", number))


def _meta(annotation: Any) -> Meta | None:
    for meta in getattr(annotation, "__metadata__", ()):
        if isinstance(meta, Meta) and meta.extra and meta.extra != JOINED:
            return meta
    return next((meta for part in typing.get_args(annotation) if (meta := _meta(part)) is not None), None)
