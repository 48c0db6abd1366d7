"""What a filling waits for, and what it refuses."""

from __future__ import annotations

from msgspec import Struct

from iop_tui.forms.model.places import Place


class Asking(Struct, frozen=True):
    """The question at a place waits for an answer."""

    place: Place


class Another(Struct, frozen=True):
    """Whether there is another one of a repeating group; `place` is the last instance there is."""

    place: Place


class Finished(Struct, frozen=True):
    """Every enabled question was answered or left blank."""


Step = Asking | Another | Finished


class NotAllowed(ValueError):
    """An answer that a question does not take. The message is a sentence for the person who typed it, and never holds
    the answer.
    """
