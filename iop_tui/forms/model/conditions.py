"""When an item is enabled: rows of `enableWhen`, or one expression."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.values import Value

Operator = Literal["exists", "=", "!=", ">", "<", ">=", "<="]


class Row(Struct, frozen=True):
    """One entry of `enableWhen`. `question` is a linkId; `answer` is a boolean for `exists`.

    `line` is the line of the file where it stands, from 1.
    """

    question: str
    operator: Operator
    answer: Value
    line: int = 0


class Rows(Struct, frozen=True):
    """All entries of an item, joined by `enableBehavior`; a single one is joined by "all"."""

    join: Literal["all", "any"]
    rows: tuple[Row, ...]


Enable = Rows | Expression
