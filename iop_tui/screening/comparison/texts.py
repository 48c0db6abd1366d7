"""What a change means for translations: which are stale, missing, added or changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from iop_tui.screening.comparison.diff_model import Kind, TranslationChange
from iop_tui.screening.comparison.parts import Part
from iop_tui.screening.i18n.localize import translatable_texts
from iop_tui.screening.model.definition import Screening

Words = Mapping[tuple[str, str], str]
"""Context and text as written -> translation, as far as it is shown."""
State = Literal["stale", "missing", "removed", "added", "changed"]
Place = tuple[Kind, str, str]
"""The kind and id of a part, and the field."""


def translation_changes(
    old: Screening,
    new: Screening,
    parts: tuple[Mapping[tuple[Kind, str], Part], Mapping[tuple[Kind, str], Part]],
    words: tuple[Mapping[str, Words], Mapping[str, Words]],
) -> Iterator[TranslationChange]:
    """All changes of translations, by language. A catalogue that one version does not have is one change."""
    before, after = (dict(_texts(version, some)) for version, some in zip((old, new), parts, strict=True))
    for language in sorted({*words[0], *words[1]}):
        if language not in words[0] or language not in words[1]:
            state: State = "removed" if language in words[0] else "added"
            yield TranslationChange(language, "screening", "", "locale", state, None, None)
            continue
        for place, (context, text) in after.items():
            had = before.get(place)
            said = words[1][language].get((context, text))
            was = words[0][language].get(had) if had is not None else None
            change = _state(had[1] if had is not None else None, text, was, said)
            if change is not None:
                yield TranslationChange(language, *place, change, was, said)


def _state(had: str | None, text: str, was: str | None, said: str | None) -> State | None:
    if said is None:
        if had is None:
            return "missing"
        return None if was is None else "removed" if had == text else "stale"
    if was is None:
        return "added"
    return "changed" if was != said else None


def _texts(screening: Screening, parts: Mapping[tuple[Kind, str], Part]) -> Iterator[tuple[Place, tuple[str, str]]]:
    """Where each text of a person stands, with its context in a catalogue and its wording."""
    by_context = {part.context: part for part in parts.values()}
    for each in translatable_texts(screening):
        above = each.context
        while above not in by_context:
            above = above.rpartition(".")[0]
        part = by_context[above]
        yield (part.kind, part.id, each.context[len(above) + 1 :]), (each.context, each.text)
