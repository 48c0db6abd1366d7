"""A difference in plain English, as sections of entries: renderers only lay them out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.authoring.condition_text import asked
from iop_tui.screening.comparison.diff_model import (
    Change,
    Example,
    FieldChange,
    Finding,
    Kind,
    Meaning,
    PersonMove,
    Reach,
    ScreeningDiff,
    TranslationChange,
)
from iop_tui.screening.comparison.parts import MOVED
from iop_tui.screening.english import plural
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level


class Entry(Struct, frozen=True):
    """One entry: what it is about, and lines about it. With `code` the lines are pieces of the files, old and new."""

    head: str
    lines: tuple[str, ...] = ()
    code: tuple[tuple[str, str | None, str | None], ...] = ()
    """For each field that changed its name, the old text and the new one."""


class Section(Struct, frozen=True):
    """A heading with its entries."""

    title: str
    entries: tuple[Entry, ...]


class Report(Struct, frozen=True):
    """The whole: the sentences that come first, and the sections."""

    first: tuple[str, ...]
    sections: tuple[Section, ...]


_KEPT = "keep their level but get something else"
_SHOWN = 20
"""So many example people and translations are listed; JSON has all."""
_SECTIONS: Mapping[str, tuple[Kind, ...]] = {
    "Alarms": ("alarm",),
    "Needs: how much care": ("need", "cannot_tell"),
    "Fits: which program": ("fit",),
    "Questions and answers": ("question", "option"),
    "Levels of care, first steps and advice": ("care", "level", "row", "first_step", "advice", "first_call"),
    "Phone lines and crisis pages": ("line", "page", "help"),
    "Other texts": ("screening", "welcome", "about", "disclaimer", "notice", "section", "glossary", "term"),
    "Promises to be proved": ("promise",),
}
_NOUNS: Mapping[str, str] = {"first_step": "first step", "cannot_tell": "cannot_tell rule", "line": "phone line"}


def report(diff: ScreeningDiff, old: Screening, new: Screening) -> Report:
    """The difference in words. The screenings are the two versions: their words are used for answers."""
    if diff.equal:
        return Report((f"{_between(diff)}: equal in everything that the program reads.",), ())
    words = _Words(old, new)
    sections = [Section("Who gets something else", tuple(_results(diff, words)))]
    for title, kinds in _SECTIONS.items():
        sections.append(Section(title, tuple(_change(change, diff, words) for change in diff.of(*kinds))))
    sections.append(Section("Translations", tuple(_translations(diff.translations))))
    sections.append(Section("Example people with another result", tuple(_people(diff))))
    return Report(tuple(_first(diff)), tuple(section for section in sections if section.entries))


# ---- the first sentences ---------------------------------------------------------------------------------------------


def _between(diff: ScreeningDiff) -> str:
    old, new = diff.old, diff.new
    return f"{old.named} ({old.id} {old.version}) and {new.named} ({new.id} {new.version})"


def _first(diff: ScreeningDiff) -> Iterator[str]:
    sheets, people = diff.sheets, diff.people
    if sheets.count:
        more, less, other = (in_hundred(part, sheets.count) for part in (sheets.more, sheets.less, sheets.other))
        yield f"Of 100 random answer sheets, {more} get more care, {less} get less, and {other} {_KEPT}."
    same = len(people.moved) - people.more - people.less
    counts = f"{people.more} get more care, {people.less} get less, and {same} {_KEPT}."
    yield f"Of {people.count} example people, {counts}"
    if not diff.reaches:
        proved = "that is proved for every answer sheet" if diff.solved else "nobody was found"
        yield f"No level, alarm, stop or first step changes for anybody: {proved}."
    yield f"Compared: {_between(diff)}."
    if diff.old.id != diff.new.id:
        yield f"They have different names, {diff.old.id!r} and {diff.new.id!r}: what has the same id is compared."
    if sheets.count:
        yield (
            f"Random: {sheets.count:,} sheets, seed {sheets.seed}. Each question is answered by itself, with the "
            "mildest answer to 19 of 20, 9 of 10 or 3 of 4 questions. These are no statistics of real people."
        )
    if not diff.solved:
        yield (
            "The solver is not installed (pip install 'iop-tui[prove]'): who is named here was found, but that "
            "nobody else gets something else is not proved."
        )


def in_hundred(count: int, of: int) -> str:
    """A count as a share of a hundred: "3", "0.4", "fewer than 0.1", "none"."""
    share = 100 * count / of if of else 0.0
    if not count:
        return "none"
    if share < 0.1:
        return "fewer than 0.1"
    return f"{share:.1f}".removesuffix(".0") if share < 10 else f"{share:.0f}"


# ---- results ---------------------------------------------------------------------------------------------------------


def _results(diff: ScreeningDiff, words: _Words) -> Iterator[Entry]:
    for reach in diff.reaches:
        lines = [
            *_found(reach.gained, "now gets it", diff, words),
            *_found(reach.lost, "no longer gets it", diff, words),
        ]
        yield Entry(_reach(reach), tuple(lines))
    if diff.sheets.moves:
        moved = (
            f"from {_level(move.old)} to {_level(move.new)}: {_sheets(move.count)}, "
            f"{'more' if move.up else 'less'} care"
            for move in diff.sheets.moves
        )
        yield Entry("How random sheets move", tuple(moved))


def _sheets(count: int) -> str:
    return f"{count:,} random {plural('sheet', 'sheets', count)}"


def _reach(reach: Reach) -> str:
    if reach.kind == "level":
        return f"{reach.id} or more care"
    if reach.kind == "stop":
        return "an alarm stops the questions"
    return f"the alarm {reach.id}" if reach.kind == "alarm" else f"the first step {reach.id}"


def _found(finding: Finding, what: str, diff: ScreeningDiff, words: _Words) -> Iterator[str]:
    if finding.outcome == "somebody" and finding.example is not None:
        yield f"Someone like this {what}{_how_many(finding, diff)}: {words.example(finding.example)}"
    elif finding.outcome == "undecided":
        yield f"Whether somebody {what} could not be decided in time."


def _how_many(finding: Finding, diff: ScreeningDiff) -> str:
    of = diff.sheets.count
    sheets = f"{in_hundred(finding.sheets, of)} of 100 random sheets, " if of else ""
    return f" ({sheets}{finding.people} of {diff.people.count} example people)"


def _level(level: Level | None) -> str:
    return "a stop" if level is None else level


def _people(diff: ScreeningDiff) -> Iterator[Entry]:
    order = {"less": 0, "more": 1, "same": 2}
    moved = sorted(diff.people.moved, key=lambda person: order[person.direction])
    for person in moved[:_SHOWN]:
        yield Entry(f"{person.id}{_variant(person)}: {_moved(person)}")
    if len(moved) > _SHOWN:
        yield Entry(f"and {len(moved) - _SHOWN} more (--json lists all)")


def _variant(person: PersonMove) -> str:
    of = "" if person.of == "both" else f", only in the {person.of} version"
    return f"{' (same_for)' if person.variant else ''}{of}"


def _moved(person: PersonMove) -> str:
    if person.direction == "same":
        return f"{_level(person.new)} as before; other {', '.join(person.differs)}"
    return f"{person.direction} care, from {_level(person.old)} to {_level(person.new)}"


# ---- changes ---------------------------------------------------------------------------------------------------------


def _change(change: Change, diff: ScreeningDiff, words: _Words) -> Entry:
    noun = _NOUNS.get(change.kind, change.kind)
    name = f"{noun} {change.id}".rstrip()
    lines: list[str] = []
    said = _said(change)
    if change.meaning is not None:
        verb = "is asked" if change.kind == "question" else "counts for it"
        lines += _found(change.meaning.gained, f"now {verb}", diff, words)
        lines += _found(change.meaning.lost, f"no longer {verb}", diff, words)
    return Entry(f"{name}: {said}", tuple(lines), tuple(code for field in _told(change) for code in _shown(field)))


def _told(change: Change) -> Iterator[FieldChange]:
    """The fields that are shown. Where a new part stands is told by its section in the file."""
    return (field for field in change.fields if change.how == "changed" or field.name != MOVED)


def _said(change: Change) -> str:
    if change.how != "changed":
        return change.how
    parts = []
    if change.meaning is not None:
        parts.append(_direction(change.meaning, asked=change.kind == "question"))
    if not change.fields:
        parts.append("because a question that it depends on changed")
    named = [field.name for field in change.fields if field.name not in ("when", "show_if")]
    if named:
        parts.append(f"changed in {', '.join(named)}")
    return "; ".join(parts)


def _direction(meaning: Meaning, *, asked: bool) -> str:
    verb = "it is asked of" if asked else "it holds for"
    return {
        "looser": f"{'asked more often' if asked else 'loosened'}: {verb} more people",
        "tighter": f"{'asked less often' if asked else 'tightened'}: {verb} fewer people",
        "both": f"changed both ways: {verb} some people more, and some fewer",
        "equal": f"reworded: {verb} the same people",
        "undecided": f"changed: {verb} {_partly(meaning)}",
    }[meaning.direction]


def _partly(meaning: Meaning) -> str:
    """What is known of a meaning that is not decided."""
    if meaning.gained.outcome == "somebody":
        return "more people, and perhaps fewer others"
    return "fewer people, and perhaps some others" if meaning.lost.outcome == "somebody" else "perhaps other people"


def _shown(field: FieldChange) -> Iterator[tuple[str, str | None, str | None]]:
    """The texts of a field before and after; of a condition only the pieces that differ."""
    if not field.pieces:
        yield field.name, field.old, field.new
    whole = [(piece.old, piece.new) for piece in field.pieces] == [(field.old, field.new)]
    for piece in field.pieces:
        yield (field.name if whole else f"in {field.name}"), piece.old, piece.new


def _translations(changes: Sequence[TranslationChange]) -> Iterator[Entry]:
    states = {
        "stale": "stale: the English changed, and English is shown until it is translated anew",
        "missing": "missing: a new text",
        "removed": "removed",
        "added": "added",
        "changed": "changed",
    }
    for language in dict.fromkeys(change.language for change in changes):
        for state, said in states.items():
            these = [each for each in changes if each.language == language and each.state == state]
            if these:
                named = [f"{each.kind} {each.id} {each.field}".replace("  ", " ") for each in these[:_SHOWN]]
                rest = [f"and {len(these) - _SHOWN} more (--json lists all)"] if len(these) > _SHOWN else []
                yield Entry(f"{language}, {len(these)} {said}", (*named, *rest))


class _Words:
    """The words of answers, in the version that has them."""

    def __init__(self, old: Screening, new: Screening) -> None:
        self._versions = new, old

    def example(self, example: Example) -> str:
        """The answers of an example: what is asked, in short, with the question's id, and the answer in words."""
        if not example.old and not example.new:
            return "whatever is answered"
        parts: dict[str, str] = {}
        named: dict[str, str] = {}
        for screening, sheet in zip(self._versions, (example.new, example.old), strict=True):
            for name, answer in sheet.items():
                question = screening.question(name)
                named.setdefault(name, f"{asked(question).rstrip(':')} ({name})")
                text = " ".join(answer_text(question, answer).split()).rstrip(".")
                before = parts.get(name)
                parts[name] = text if before is None or before == text else f"{before} (old version: {text})"
        return "; ".join(f"{named[name]}: {text}" for name, text in parts.items())
