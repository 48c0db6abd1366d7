"""Compare two versions of a screening.

Nothing that changes a result is missed. A result is computed from the screening and the answers alone, and `parts.py`
lists everything in a screening: if no part differs, every result is the same, and if one does, it is a change here.
What a change means is a second step, which only adds to it: whether a condition holds for other people (`meaning.py`),
by formulas that are equal only if they are equal on every sheet, or by the solver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.comparison.diff_model import Change, Move, People, ScreeningDiff, Sheets, Version
from iop_tui.screening.comparison.example_people import example_people_of, moved_people
from iop_tui.screening.comparison.field_changes import Pair, pairs
from iop_tui.screening.comparison.findings import Finder, solver_is_there
from iop_tui.screening.comparison.joint import Joint
from iop_tui.screening.comparison.level_order import LevelOrder
from iop_tui.screening.comparison.masks import Masks
from iop_tui.screening.comparison.meaning import Meanings
from iop_tui.screening.comparison.parts import parts_of
from iop_tui.screening.comparison.samples import example_people, random_sheets
from iop_tui.screening.comparison.texts import Words, translation_changes
from iop_tui.screening.i18n import localize, po_catalogue
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.model.locales import catalogues
from iop_tui.screening.proof.formula import FALSE, Formula

SHEETS = 100_000
SEED = 2026
SECONDS = 10.0


class Loaded(Struct, frozen=True):
    """One version: the name by which the user gave it, the screening, its example people, and its translations by
    language.
    """

    named: str
    screening: Screening
    cases: tuple[Case, ...] = ()
    words: Mapping[str, Words] = {}  # msgspec copies an empty default


class NothingInCommon(Exception):
    """The two screenings have no question in common."""


def words_of(screening: Screening) -> Mapping[str, Words]:
    """The translations that a screening has, by language."""
    there = catalogues(localize.directory(screening.manifest))
    return {code: po_catalogue.translations(path) for code, path in there.items()}


def compare(
    old: Loaded,
    new: Loaded,
    *,
    sheets: int = SHEETS,
    seed: int = SEED,
    seconds: float = SECONDS,
    solve: bool | None = None,
) -> ScreeningDiff:
    """The difference between two versions. `sheets` is the number of random sheets, `seconds` the limit of the solver
    for each finding; `solve` says whether it is asked, by default if it is installed. Raises NothingInCommon.
    """
    if not old.screening.position.keys() & new.screening.position.keys():
        raise NothingInCommon
    solve = solver_is_there() if solve is None else solve
    joint, order = Joint(old.screening, new.screening), LevelOrder(old.screening, new.screening)
    people = example_people_of(joint, old.cases, new.cases)
    drawn = random_sheets(joint, sheets, seed)
    known = example_people(joint, [person.sheet for person in people])
    finder = Finder(joint, drawn, known, [person.sheet for person in people], seconds, solve=solve)
    meanings = Meanings(finder, order)
    parts = tuple({part.key: part for part in parts_of(each.screening)} for each in (old, new))
    changes = tuple(_changes(list(pairs(parts[0], parts[1])), meanings))
    translations = translation_changes(old.screening, new.screening, (parts[0], parts[1]), (old.words, new.words))
    moved = tuple(moved_people(people, meanings, order)) if changes else ()
    reaches = meanings.reaches([(each.sheet, each.ranks) for each in moved])
    return ScreeningDiff(
        old=_version(old),
        new=_version(new),
        changes=changes,
        translations=tuple(translations),
        reaches=tuple(reach for reach in reaches if not (reach.gained.nobody and reach.lost.nobody)),
        sheets=_sheets(drawn, seed, joint, order, _differing(joint, meanings)),
        people=People(len(people), tuple(each.told for each in moved)),
        solved=solve,
    )


# ---- inside ----------------------------------------------------------------------------------------------------------


def _version(of: Loaded) -> Version:
    manifest = of.screening.manifest
    return Version(of.named, manifest.id, manifest.version, of.screening.sha256)


def _changes(all_pairs: Sequence[Pair], meanings: Meanings) -> Iterator[Change]:
    for pair in all_pairs:
        meaning = meanings.of_parts(pair.old, pair.new) if pair.part.kind != "option" else None
        same = meaning is None or (meaning.gained.nobody and meaning.lost.nobody)
        if pair.how == "changed" and not pair.fields and same:
            continue
        yield Change(pair.part.kind, pair.part.id, pair.how, pair.part.section, pair.fields, meaning)


def _differing(joint: Joint, meanings: Meanings) -> list[Formula]:
    """For each alarm, need, fit and first step: that it is there in one version only."""
    make, found = joint.formulas, []
    for kind in ("alarms", "needs", "fits", "steps"):
        sides = []
        for side in (joint.old, joint.new):
            rules = [] if kind == "steps" else getattr(side.screening, kind)
            whens = meanings.steps[side.name] if kind == "steps" else {rule.id: rule.when for rule in rules}
            sides.append({name: side.complete.sure(when) for name, when in whens.items()})
        for name in dict.fromkeys([*sides[1], *sides[0]]):
            found.append(make.differ(sides[0].get(name, FALSE), sides[1].get(name, FALSE)))
    return found


def _sheets(drawn: Masks, seed: int, joint: Joint, order: LevelOrder, differing: Sequence[Formula]) -> Sheets:
    """How the random sheets move."""
    ranks = range(order.stop + 1)
    names: list[Level | None] = [*order.levels, None]
    at = [[drawn.of(order.reached(side, rank).sure) for rank in ranks] for side in (joint.old, joint.new)]
    exactly = [[reached[rank] & ~(reached[rank + 1] if rank < order.stop else 0) for rank in ranks] for reached in at]
    moved = [
        Move(names[before], names[after], count, up=after > before)
        for before in ranks
        for after in ranks
        if before != after and (count := (exactly[0][before] & exactly[1][after]).bit_count())
    ]
    same = any_ = 0
    for before in ranks:
        same |= exactly[0][before] & exactly[1][before]
    for formula in differing:
        any_ |= drawn.of(formula)
    more, less = (sum(move.count for move in moved if move.up is up) for up in (True, False))
    moved.sort(key=lambda move: -move.count)
    return Sheets(drawn.count, seed, more, less, (any_ & same).bit_count(), tuple(moved))
