"""Fingerprints: what changes them, which of them, and what does not."""

from __future__ import annotations

import shutil
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from msgspec import Struct

from iop_tui.review.fingerprint import NOT_CONTENT, fingerprints, language_fingerprint, own_fingerprints, parts_of
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n.localize import in_language, translatable_fields
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Manifest, Promise, Screening
from iop_tui.screening.model.field_types import FILLED_IN, SourceLocation, TwoForms
from iop_tui.screening.model.reviews import CRISIS, OWN_PARTS, RULES, TEXTS, Reviews
from iop_tui.screening.shipped import shipped
from tests.core.small import small
from tests.shipped import SHIPPED, spanish

PROMISE = Promise("seen", SHIPPED.needs[0].when, "Made up.", SHIPPED.needs[0].where, at_least="iop")
FIRST = msgspec.structs.replace(SHIPPED.sections[0], promises=(PROMISE,))
WHOLE = msgspec.structs.replace(SHIPPED, sections=(FIRST, *SHIPPED.sections[1:]))
"""The shipped screening, with a promise: it has none of its own."""
OWN = own_fingerprints(WHOLE)
CONDITIONS = (Is, InRange, All, AnyOf, Not, AtLeast, Score)


def changed_parts(screening: Screening, own: Mapping[str, str] = OWN) -> set[str]:
    now = own_fingerprints(screening)
    return {part for part in OWN_PARTS if now[part] != own[part]}


def another(value: Any) -> Any:
    """Another value of the same kind; for a struct, one in which a single field is changed."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, TwoForms):
        return TwoForms(value.written.replace("|", "|x", 1))
    if isinstance(value, str):
        return f"{value}x"
    if isinstance(value, tuple):
        return (*value[:-1], another(value[-1])) if value else ("x",)
    if isinstance(value, Mapping):
        return {**value, "x": "x"}
    if isinstance(value, Struct):
        name = next(name for name in value.__struct_fields__ if name not in FILLED_IN)
        return msgspec.structs.replace(value, **{name: another(getattr(value, name))})
    return "x"


def each_change(thing: Any, *, step: int = 0) -> Iterator[tuple[type[Struct], str, Any]]:
    """A thing with one field changed, for each field of it and of everything in it: the class and the field, too.
    The first and the last thing of a list stand for the others, except for sections. With a `step` so many apart do so,
    too.
    """
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        nested = isinstance(value, Struct) and not isinstance(value, (SourceLocation, Reviews, *CONDITIONS))
        parts = (value,) if nested else value if isinstance(value, tuple) else ()
        owned = [part for part in parts if isinstance(part, Struct) and not isinstance(part, CONDITIONS)]
        for number, part in enumerate(owned):
            if name == "sections" or number in (0, len(owned) - 1) or (step and number % step == 0):
                for cls, field, new in each_change(part, step=step):
                    put = new if nested else tuple(new if one is part else one for one in value)
                    yield cls, field, msgspec.structs.replace(thing, **{name: put})
        if not nested:
            yield type(thing), name, msgspec.structs.replace(thing, **{name: another(value)})


def thinned(thing: Any) -> Any:
    """A thing with all its sections, and of every other list of things the first and the last."""
    kept: dict[str, Any] = {}
    for name in thing.__struct_fields__:
        value = getattr(thing, name)
        if isinstance(value, tuple) and value and all(isinstance(part, Struct) for part in value):
            some = value if name == "sections" else value[:: max(1, len(value) - 1)]
            kept[name] = tuple(part if isinstance(part, CONDITIONS) else thinned(part) for part in some)
        elif isinstance(value, Struct) and not isinstance(value, (SourceLocation, Reviews, *CONDITIONS)):
            kept[name] = thinned(value)
    return msgspec.structs.replace(thing, **kept)


def with_texts(cls: type[Struct], field: str) -> bool:
    """Whether texts stand elsewhere, or are gone, when this field changes: one that holds an id, or other things."""
    return (field == "id" and cls is not Manifest) or holds_things(typing.get_type_hints(cls).get(field))


def holds_things(annotation: Any) -> bool:
    """Whether a value of that type is, or has, a thing with fields of its own."""
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return annotation not in (SourceLocation, Reviews, *CONDITIONS)
    return any(holds_things(part) for part in typing.get_args(annotation))


def check_each_change(whole: Screening, *, step: int) -> set[tuple[str, str]]:
    seen: set[tuple[str, str]] = set()
    own = own_fingerprints(whole)
    for cls, field, screening in each_change(whole, step=step):
        if not step and (cls.__name__, field) in seen:
            continue
        expected, fell = parts_of(cls, field), changed_parts(screening, own)
        if field in FILLED_IN or field in NOT_CONTENT.get(cls, ()):
            assert not expected
            assert not fell
        elif with_texts(cls, field):
            assert fell, f"{cls.__name__}.{field}"
        else:
            assert fell == expected, f"{cls.__name__}.{field}"
        seen.add((cls.__name__, field))
    return seen


def test_every_field_of_the_model_is_in_a_fingerprint_and_in_the_right_one() -> None:
    # Each kind of thing is looked at: a walk that stops early proves nothing.
    assert {cls for cls, _field in check_each_change(thinned(WHOLE), step=0)} == {
        *("Screening", "Manifest", "Welcome", "About", "Disclaimer", "Notice", "Section", "Question", "Option"),
        *("Alarm", "Need", "Fit", "Promise", "CareFile", "Care", "Week", "Row", "FirstStep", "Advice", "Item"),
        *("CallTurn", "CannotTell", "Glossary", "Term", "HelpFile", "PhoneLine", "CrisisPage", "OtherCall"),
    }


_STEP = 25
"""All of them take more than a minute."""


@pytest.mark.thorough
def test_every_field_of_many_things_is_in_a_fingerprint_and_in_the_right_one() -> None:
    check_each_change(WHOLE, step=_STEP)


def test_what_belongs_to_which_part_is_as_documented() -> None:
    parts: dict[str, set[str]] = {}
    for cls, field, _screening in each_change(WHOLE):
        for part in parts_of(cls, field):
            parts.setdefault(part, set()).add(f"{cls.__name__}.{field}")
    assert {"Need.when", "Need.at_least", "Option.weight", "Question.show_if", "Alarm.urgency"} <= parts[RULES]
    assert {"Need.because", "Question.ask", "Option.text", "Term.text", "Question.say", "Week.least"} <= parts[TEXTS]
    assert {"PhoneLine.reach", "PhoneLine.checked", "CrisisPage.do", "Alarm.because"} <= parts[CRISIS]
    assert "Need.when" not in parts[TEXTS]
    assert "Question.ask" not in parts[RULES]
    assert "PhoneLine.reach" not in parts[TEXTS] | parts[RULES]


def test_a_condition_counts_in_every_depth() -> None:
    need = WHOLE.needs[0]
    for form in (All((need.when,)), AnyOf((need.when,)), Not(need.when), AtLeast(1, (need.when,))):
        section = WHOLE.sections[next(n for n, one in enumerate(WHOLE.sections) if need in one.needs)]
        new = msgspec.structs.replace(
            section,
            needs=tuple(msgspec.structs.replace(one, when=form) if one is need else one for one in section.needs),
        )
        sections = tuple(new if one is section else one for one in WHOLE.sections)
        assert changed_parts(msgspec.structs.replace(WHOLE, sections=sections)) == {RULES}


def test_a_translation_falls_by_its_own_sentences_alone() -> None:
    whole = thinned(spanish())
    before = language_fingerprint(whole)
    # One of each kind.
    changes = {(cls, field): screening for cls, field, screening in each_change(whole)}
    for (cls, field), screening in changes.items():
        fell = language_fingerprint(screening) != before
        if field != "language" and not with_texts(cls, field):
            assert fell == (field in translatable_fields(cls)), f"{cls.__name__}.{field}"


def test_layout_remarks_key_order_and_file_names_do_not_matter(tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    shutil.copytree(shipped(), copy)
    for path in copy.glob("*.yaml"):
        read = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  # builds text alone
        turned = dict(reversed(read.items()))
        written = yaml.safe_dump(turned, allow_unicode=True, sort_keys=False, default_style='"', width=60)
        path.write_text("# A remark\n\n" + written, encoding="utf-8")
    assert fingerprints(load(copy)) == fingerprints(SHIPPED)


def test_there_is_one_for_each_part_and_language() -> None:
    found = fingerprints(SHIPPED)
    assert list(found) == [*OWN_PARTS, "es"]
    assert len(set(found.values())) == len(found)
    assert found["es"] == language_fingerprint(in_language(SHIPPED, "es"))


def test_fingerprints_stay_what_they_were() -> None:
    # A program that computes others ends every review that was ever signed: only with a new FORMAT, and on purpose.
    assert own_fingerprints(small()) == {
        "rules": "e833b84e65ef541096efa9eb4632aedbce6b32374e0c25fa9f906716e6f7e89b",
        "texts": "0f285aab8a308706cde1ed9341fb96a3f3b11936c641e11d9cb08d7b0d81a93b",
        "crisis": "d195292bcc2ade0fc521bfe173d52dd7b4d03a66b7ec07d8a205a005e48ecf76",
    }
