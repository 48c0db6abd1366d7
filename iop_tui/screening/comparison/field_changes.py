"""What differs between the parts of two versions, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.screening.comparison.diff_model import FieldChange, How, Kind, Piece
from iop_tui.screening.comparison.parts import Field, Part
from iop_tui.screening.comparison.pieces import differing_pieces

Parts = Mapping[tuple[Kind, str], Part]


class Pair(Struct, frozen=True):
    """A part in both versions; None where it is missing. `fields` are those that differ."""

    part: Part
    """The newer of the two."""
    old: Part | None
    new: Part | None
    fields: tuple[FieldChange, ...]

    @property
    def how(self) -> How:
        """What happened to it."""
        return "added" if self.old is None else "removed" if self.new is None else "changed"


def pairs(old: Parts, new: Parts) -> Iterator[Pair]:
    """All parts of both, those of the new one first, in order. The options of a question that is on one side only are
    among the fields of the question.
    """
    for key, part in {**new, **old, **new}.items():
        before, after = old.get(key), new.get(key)
        if _is_inside(part, old, new):
            continue
        fields = [*_differing(before, after)]
        if before is None or after is None:
            for inside in (old if after is None else new).values():
                if key == ("question", inside.parent):
                    name = inside.id.partition(".")[2]
                    found = _differing(inside, None) if after is None else _differing(None, inside)
                    fields += [replace(field, name=f"options.{name}.{field.name}") for field in found]
        yield Pair(part, before, after, tuple(fields))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _is_inside(part: Part, old: Parts, new: Parts) -> bool:
    """Whether it is an option of a question that is on one side only."""
    return bool(part.parent) and not (("question", part.parent) in old and ("question", part.parent) in new)


def _differing(before: Part | None, after: Part | None) -> Iterator[FieldChange]:
    """The fields that differ; of a part that is new or gone, those that its file says."""
    had, has = _written(before, after), _written(after, before)
    for name in dict.fromkeys((*has, *had)):
        one, other = had.get(name), has.get(name)
        if (one and one.ids) or (other and other.ids):
            # Parts that are on one side only are entries of their own: here only the order of the others counts.
            here, there = _ids(one), _ids(other)
            ours, theirs = [i for i in here if i in there], [i for i in there if i in here]
            if ours != theirs:
                yield FieldChange(name, "order", ", ".join(ours), ", ".join(theirs))
        elif (one and one.shown) != (other and other.shown):
            aspect = other.aspect if other else one.aspect if one else "rule"
            pieces: tuple[Piece, ...] = ()
            if one and other and one.condition is not None and other.condition is not None:
                pieces = differing_pieces(one.condition, other.condition)
            yield FieldChange(name, aspect, one.shown if one else None, other.shown if other else None, pieces)


def _written(part: Part | None, other: Part | None) -> Mapping[str, Field]:
    if part is None or other is not None:
        return part.fields if part is not None else {}
    return {name: field for name, field in part.fields.items() if not field.usual}


def _ids(field: Field | None) -> tuple[str, ...]:
    return field.ids or () if field is not None else ()
