"""An expression of a form in FHIRPath, in the closed part of the language that is understood here."""

from __future__ import annotations

from msgspec import Struct


class Expression(Struct, frozen=True):
    """`text` as the form has it; `names` are the linkIds that it reads, in order, each once.

    `tree` is its parsed form (`forms/fhirpath`).
    """

    text: str
    names: tuple[str, ...]
    tree: object
    line: int = 0
