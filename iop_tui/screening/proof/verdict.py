"""What is proved of a screening, what is not, and the counterexamples."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from msgspec import Struct

from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.field_types import SourceLocation


class Verdict(enum.Enum):
    """The outcome of a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NOT_PROVED = "not proved"


class Example(Struct, frozen=True):
    """The answers of a counterexample, and a short description of them."""

    name: str
    answered: str
    answers: Mapping[str, Answer]


class Proof(Struct, frozen=True):
    """One promise: the source location of what it is about, the claim, and the verdict.

    If it is broken or not proved, `why` completes the sentence, and `examples` are the counterexamples: a pair where
    two people are compared, one where a single person suffices, none where nobody can be shown.
    """

    promise: str
    where: SourceLocation
    claim: str
    verdict: Verdict
    why: str = ""
    examples: tuple[Example, ...] = ()
