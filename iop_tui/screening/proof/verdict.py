"""What is proved of a screening, what is not, and who shows it."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from msgspec import Struct

from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.field_types import SourceLocation


class Verdict(enum.Enum):
    """What came of a proof."""

    PROVED = "proved"
    BROKEN = "broken"
    NOT_PROVED = "not proved"


class Example(Struct, frozen=True):
    """Answers of somebody who shows that a promise is broken, and in a few words what they answered."""

    name: str
    answered: str
    answers: Mapping[str, Answer]


class Proof(Struct, frozen=True):
    """One promise: where what it is about is written, what is claimed, and what came of it.

    Where it is broken or not proved, `why` goes on with the sentence, and `examples` are the people who show it: a pair
    where two are compared, one where a single person does, none where nobody can.
    """

    promise: str
    where: SourceLocation
    claim: str
    verdict: Verdict
    why: str = ""
    examples: tuple[Example, ...] = ()
