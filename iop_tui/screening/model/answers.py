"""The answers of one person, as an immutable mapping: `with_answer` copies it."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from datetime import date

from iop_tui.screening.model.definition import Screening


class Unknown(enum.Enum):
    """An answer that leaves the question open."""

    NOT_SURE = "not_sure"
    SKIPPED = "skipped"


Known = str | tuple[str, ...] | int | date
"""An option's id, several of them in the question's order, a number, or a day."""
Answer = Known | Unknown


def plain(answer: Answer) -> str | tuple[str, ...] | int:
    """An answer as plain data, as it is stored. No option has a word for an unknown answer as its id."""
    if isinstance(answer, Unknown):
        return answer.value
    return answer.isoformat() if isinstance(answer, date) else answer


class Answers(Mapping[str, Answer]):
    """Question id -> answer, in the order of the questions. Immutable: `with_answer` returns a changed copy.

    An answer to a question that a `show_if` hides later stays here; read results through `engine.evaluate.Facts`.
    Raises KeyError for the id of an unknown question.
    """

    __slots__ = ("_by_position", "_screening")

    def __init__(self, screening: Screening, answers: Mapping[str, Answer] | None = None) -> None:
        self._screening = screening
        self._by_position: list[Answer | None] = [None] * len(screening.questions)
        for question_id, answer in (answers or {}).items():
            self._by_position[screening.position[question_id]] = answer

    def with_answer(self, question_id: str, answer: Answer | None) -> Answers:
        """A copy with this answer; None removes it. Raises KeyError for an unknown question."""
        changed = object.__new__(Answers)
        changed._screening = self._screening
        # A list by position, not a dict: copying 10,000 entries takes a third of the time, and the order is free.
        changed._by_position = self._by_position.copy()
        changed._by_position[self._screening.position[question_id]] = answer
        return changed

    def __getitem__(self, question_id: str) -> Answer:
        answer = self._by_position[self._screening.position[question_id]]
        if answer is None:
            raise KeyError(question_id)
        return answer

    def __iter__(self) -> Iterator[str]:
        pairs = zip(self._screening.questions, self._by_position, strict=True)
        return (question.id for question, answer in pairs if answer is not None)

    def __len__(self) -> int:
        return len(self._by_position) - self._by_position.count(None)

    def __repr__(self) -> str:
        # A traceback or a log may print this: it must not contain an answer.
        return f"<Answers: {len(self)} given>"
