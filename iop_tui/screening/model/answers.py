"""What a person has answered so far: a sheet that never changes. An answer makes a new sheet that shares the old
one's rest.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date

from iop_tui.screening.model.definition import Screening

_LEAF = 64


class Unknown(enum.Enum):
    """An answer that leaves the question open."""

    NOT_SURE = "not_sure"
    SKIPPED = "skipped"


Known = str | tuple[str, ...] | int | date
"""An option's id, several of them in the question's order, a number, or a day."""
Answer = Known | Unknown


def plain(answer: Answer) -> str | tuple[str, ...] | int:
    """An answer as plain data, as it is stored. No option can have the word for an unknown answer as its id."""
    if isinstance(answer, Unknown):
        return answer.value
    return answer.isoformat() if isinstance(answer, date) else answer


class Answers(Mapping[str, Answer]):
    """Question id -> answer, in the order of the questions. `put` costs the same for 50 questions and for 10,000.

    The sheet is cut into leaves of 64 answers: a new one copies one leaf and the list of leaves. An answer that a
    `show_if` came to hide stays in the sheet; who reads it for a result goes through `conditions.Facts`.
    """

    __slots__ = ("_leaves", "_screening")

    def __init__(self, screening: Screening, answers: Mapping[str, Answer] | None = None) -> None:
        self._screening = screening
        size = len(screening.questions)
        sheet: list[Answer | None] = [None] * size
        for question_id, answer in (answers or {}).items():
            sheet[screening.position[question_id]] = answer
        self._leaves = tuple(tuple(sheet[start : start + _LEAF]) for start in range(0, size, _LEAF))

    def put(self, question_id: str, answer: Answer | None) -> Answers:
        """A sheet with this answer; None takes an answer back. Raises KeyError for an unknown question."""
        index, within = divmod(self._screening.position[question_id], _LEAF)
        leaf = self._leaves[index]
        fresh = object.__new__(Answers)
        fresh._screening = self._screening
        fresh._leaves = (
            *self._leaves[:index],
            (*leaf[:within], answer, *leaf[within + 1 :]),
            *self._leaves[index + 1 :],
        )
        return fresh

    def __getitem__(self, question_id: str) -> Answer:
        index, within = divmod(self._screening.position[question_id], _LEAF)
        answer = self._leaves[index][within]
        if answer is None:
            raise KeyError(question_id)
        return answer

    def __iter__(self) -> Iterator[str]:
        for start, leaf in enumerate(self._leaves):
            for within, answer in enumerate(leaf):
                if answer is not None:
                    yield self._screening.questions[start * _LEAF + within].id

    def __len__(self) -> int:
        return sum(answer is not None for leaf in self._leaves for answer in leaf)

    def __repr__(self) -> str:
        # A traceback or a log may print a sheet: it must not print what a person said.
        return f"<Answers: {len(self)} given>"
