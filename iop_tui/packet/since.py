"""What changed since an earlier version of a screening, from a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iop_tui.packet.changed import ChangedThing, Since
from iop_tui.screening.authoring.condition_text import as_sentence, as_yaml
from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.comparison.compare import Loaded, compare
from iop_tui.screening.comparison.model import Change
from iop_tui.screening.comparison.report import Section, report
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, Not
from iop_tui.screening.model.definition import Screening

_ROWS: Mapping[str, str] = {"first_step": "step", "level": "text.level"}
"""The kinds of a comparison whose rows have another name in the packet."""


def since_version(old: Loaded, new: Loaded) -> Since:
    """What changed between two versions of a screening. Raises NothingInCommon."""
    found = compare(old, new)
    told = report(found, old.screening, new.screening)
    version = f"{old.named} (version {old.screening.manifest.version})"
    words = _conditions(old.screening), _conditions(new.screening)
    groups = tuple((section.title, _things(section, *words)) for section in told.sections)
    return Since(version, told.first, groups, subjects=frozenset(map(_subject, found.changes)))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _subject(change: Change) -> str:
    if change.kind == "option":
        return f"question.{change.id.split('.')[0]}"
    return f"{_ROWS.get(change.kind, change.kind)}.{change.id}"


def _conditions(screening: Screening) -> Mapping[str, str]:
    """Each condition, and each piece of one, as a comparison shows it, in YAML -> the same in plain words."""
    every = (piece for owned in conditions_of(screening) for piece in _pieces(owned.condition))
    return {as_yaml(condition): as_sentence(condition, screening) for condition in every}


def _pieces(condition: Condition) -> Iterator[Condition]:
    yield condition
    if isinstance(condition, Not):
        yield from _pieces(condition.of)
    elif isinstance(condition, (All, AnyOf, AtLeast)):
        for part in condition.of:
            yield from _pieces(part)


def _things(section: Section, was: Mapping[str, str], now: Mapping[str, str]) -> tuple[ChangedThing, ...]:
    def plain(text: str | None, words: Mapping[str, str]) -> str | None:
        return None if text is None else words.get(text, text)

    return tuple(
        ChangedThing(
            entry.head,
            entry.lines,
            tuple((name, plain(old, was), plain(new, now)) for name, old, new in entry.code),
        )
        for entry in section.entries
    )
