"""What a person gave, by place and without a layout: what is moved when instances and answers come and go."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from msgspec import Struct

from iop_tui.forms.filling.enable_rows import Values, identity
from iop_tui.forms.model.places import Place

Given = tuple[Values, bool]
"""The answers at a place, and whether a person answered there or left it blank."""
ShelfKey = tuple[Place, tuple[Hashable, ...]]


class Branch(Struct, frozen=True, eq=False):
    """All below one instance or one answer, or the whole form. Places are counted from there.

    `decided` are the repeating groups (by the place of their first instance) of which there is no other one. `shelf`
    holds what was answered below an answer that was then replaced: whoever changes back finds it again.
    """

    given: Mapping[Place, Given] = {}
    counts: Mapping[Place, int] = {}
    decided: frozenset[Place] = frozenset()
    shelf: Mapping[ShelfKey, Branch] = {}

    def __repr__(self) -> str:
        # A traceback or a log may print this: it must not contain an answer.
        return f"<Branch: {len(self.given)} places>"


def cut(branch: Branch, stem: Place, link_id: str) -> tuple[Branch, dict[int, Branch]]:
    """What stands below the instances or answers of an item at `stem`, by their number; first, all the rest."""
    numbers = {
        place[len(stem)][1]
        for place in (*branch.given, *branch.counts, *branch.decided, *(place for place, _answer in branch.shelf))
        if _is_below(place, stem, link_id)
    }
    cut_from = len(stem) + 1

    def below(place: Place, number: int) -> bool:
        return _is_below(place, stem, link_id) and place[len(stem)][1] == number

    parts = {
        number: Branch(
            {place[cut_from:]: given for place, given in branch.given.items() if below(place, number)},
            {place[cut_from:]: count for place, count in branch.counts.items() if below(place, number)},
            frozenset(place[cut_from:] for place in branch.decided if below(place, number)),
            {
                (place[cut_from:], answer): each
                for (place, answer), each in branch.shelf.items()
                if below(place, number)
            },
        )
        for number in numbers
    }
    rest = Branch(
        {place: given for place, given in branch.given.items() if not _is_below(place, stem, link_id)},
        {place: count for place, count in branch.counts.items() if not _is_below(place, stem, link_id)},
        frozenset(place for place in branch.decided if not _is_below(place, stem, link_id)),
        {key: each for key, each in branch.shelf.items() if not _is_below(key[0], stem, link_id)},
    )
    return rest, parts


def graft(rest: Branch, stem: Place, link_id: str, parts: Mapping[int, Branch]) -> Branch:
    """The opposite of `cut`."""
    given, counts, decided, shelf = dict(rest.given), dict(rest.counts), set(rest.decided), dict(rest.shelf)
    for number, part in parts.items():
        here = (*stem, (link_id, number))
        given.update({(*here, *place): each for place, each in part.given.items()})
        counts.update({(*here, *place): count for place, count in part.counts.items()})
        decided.update((*here, *place) for place in part.decided)
        shelf.update({((*here, *place), answer): each for (place, answer), each in part.shelf.items()})
    return Branch(given, counts, frozenset(decided), shelf)


def without(branch: Branch, stem: Place, link_id: str, instance: int, count: int) -> Branch:
    """The form without one of the `count` instances of a repeating group; the last one there is becomes blank."""
    rest, parts = cut(branch, stem, link_id)
    left = [parts.get(number, Branch()) for number in range(count) if number != instance]
    first = (*stem, (link_id, 0))
    counts = {**rest.counts, first: max(1, len(left))}
    rest = Branch(rest.given, counts, rest.decided if left else rest.decided - {first}, rest.shelf)
    return graft(rest, stem, link_id, dict(enumerate(left)))


def answered_anew(branch: Branch, place: Place, before: Values, values: Values, *, splits: bool) -> Branch:
    """What stands below the answers of a question, after they changed: it goes with its answer.

    What was said below an answer that is gone is shelved, and is there again when the answer is.
    """
    stem, link_id = place[:-1], place[-1][0]
    rest, parts = cut(branch, stem, link_id)
    shelf = dict(rest.shelf)
    old: dict[tuple[Hashable, ...], list[Branch]] = {}
    for number, value in enumerate(before):
        if number in parts:
            old.setdefault(identity(value), []).append(parts[number])
    new: dict[int, Branch] = {}
    for number, value in enumerate(values):
        same = old.get(identity(value))
        if same:
            new[number] = same.pop(0)
        elif (place, identity(value)) in shelf:
            new[number] = shelf.pop((place, identity(value)))
    for answer, gone in old.items():
        for each in gone:
            shelf[place, answer] = each
    counts = {key: count for key, count in rest.counts.items() if key != place}
    if splits and len(values) > 1:
        counts[place] = len(values)
    return graft(Branch(rest.given, counts, rest.decided, shelf), stem, link_id, new)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _is_below(place: Place, stem: Place, link_id: str) -> bool:
    return len(place) > len(stem) + 1 and place[len(stem)][0] == link_id and place[: len(stem)] == stem
