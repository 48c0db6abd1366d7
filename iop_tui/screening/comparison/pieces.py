"""The pieces of a condition that differ: what to read of a long one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from iop_tui.screening.authoring.condition_text import as_yaml
from iop_tui.screening.comparison.diff_model import Piece
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, Not


def differing_pieces(old: Condition, new: Condition) -> tuple[Piece, ...]:
    """The smallest pieces that were replaced, taken away or added; both whole conditions if they have another form."""
    if isinstance(old, Not) and isinstance(new, Not):
        return differing_pieces(old.of, new.of)
    same_form = type(old) is type(new) and not (isinstance(old, AtLeast) and old.count != getattr(new, "count", 0))
    if not same_form or not isinstance(old, (All, AnyOf, AtLeast)) or not isinstance(new, (All, AnyOf, AtLeast)):
        return (Piece(as_yaml(old), as_yaml(new)),)
    gone, come = _without(old.of, new.of), _without(new.of, old.of)
    if len(gone) == len(come) == 1:
        return differing_pieces(gone[0], come[0])
    if not gone and not come:
        # Only the order differs.
        return (Piece(as_yaml(old), as_yaml(new)),)
    return (*(Piece(as_yaml(part), None) for part in gone), *(Piece(None, as_yaml(part)) for part in come))


def _without(parts: Sequence[Condition], others: Sequence[Condition]) -> list[Condition]:
    """The parts that are not among the others, each as often as it is there more."""
    left, found = Counter(map(as_yaml, others)), []
    for part in parts:
        written = as_yaml(part)
        if left[written]:
            left[written] -= 1
        else:
            found.append(part)
    return found
