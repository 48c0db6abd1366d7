"""What changed since an earlier version, from a comparison; or since a signature, from its fingerprints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from iop_tui.packet.changed import ChangedThing, Since
from iop_tui.review import review_file
from iop_tui.review.fingerprint import fingerprints
from iop_tui.review.reviewed import sentence, verdict
from iop_tui.review.sentences import part_name
from iop_tui.screening.authoring.condition_text import as_sentence, as_yaml
from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.comparison.diff_model import Change
from iop_tui.screening.comparison.diff_report import Section, report
from iop_tui.screening.comparison.diff_screenings import Loaded, compare
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, Not
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.reviews import Review
from iop_tui.screening.problems import Problem, Unusable

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


def since_review(path: Path, screening: Screening) -> Since:
    """What changed since a signed review, as far as its fingerprints tell. `screening` is in English. Raises Unusable
    if the file is no review of this screening.
    """
    review = _read(path)
    wrong = sentence(review, verdict(review, screening, {}))
    if wrong:
        raise Unusable([Problem(review.where.file, review.where.line, f"review: {wrong}", "review")])
    now = fingerprints(screening)
    same = [part for part in now if review.read.get(part) == now[part]]
    changed = [part for part in now if part in review.read and part not in same]
    unread = [part for part in now if part not in review.read]
    told = [
        f"{start} {', '.join(map(part_name, parts))}."
        for start, parts in (
            ("As it was read:", same),
            ("Changed since:", changed),
            ("Not read then:", unread),
        )
        if parts
    ]
    if not changed and not unread:
        told.append("There is nothing new to read.")
    named = f"the review by {review.name} of {review.date} (version {review.version})"
    return Since(named, tuple(told), parts=frozenset((*changed, *unread)))


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


def _read(path: Path) -> Review:
    found = review_file.read_reviews(path.parent)
    review = next((each for each in found.reviews if each.where.file == str(path)), None)
    if review is not None:
        return review
    problems = [problem for problem in found.problems if problem.file == str(path)]
    raise Unusable(problems or [Problem(str(path), 1, "there is no such review; name a file of the directory reviews")])
