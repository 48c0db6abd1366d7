"""The value of an answer, of an option, or of one side of a condition: FHIR's `value[x]` with its kind kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct

ValueKind = Literal["boolean", "integer", "decimal", "date", "dateTime", "time", "string", "uri", "coding", "quantity"]


class Coding(Struct, frozen=True):
    """A code of a system. What is compared is `key`: the display is for people, and never compared.

    A coding without a system is not the coding of the same code with one.
    """

    system: str | None
    code: str | None
    display: str = ""
    version: str | None = None

    @property
    def key(self) -> tuple[str | None, str | None]:
        """System and code."""
        return self.system, self.code


class Quantity(Struct, frozen=True):
    """A number with its unit: `unit` for people, `system` and `code` for programs."""

    value: Decimal | None
    unit: str = ""
    system: str | None = None
    code: str | None = None


Data = bool | int | Decimal | str | Coding | Quantity
"""Dates and times are FHIR's text: a date may be a year or a month alone."""


class Value(Struct, frozen=True):
    """A value and its kind, as the keys `answerX`, `valueX` and `initialX` name it."""

    kind: ValueKind
    data: Data

    def __repr__(self) -> str:
        # A traceback or a log may print this: it must not contain an answer.
        return f"<Value: {self.kind}>"
