"""The question types, one file each. An unknown answer is valid for all of them.

A new type is a file with a subclass of `QuestionType`, a line in `TYPES`, and its name in `field_types.Kind`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec.structs import replace

from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import Kind
from iop_tui.screening.question_types.base import Atom as Atom
from iop_tui.screening.question_types.base import Domain as Domain
from iop_tui.screening.question_types.base import Draft as Draft
from iop_tui.screening.question_types.base import QuestionType
from iop_tui.screening.question_types.base import Rejected as Rejected
from iop_tui.screening.question_types.base import Wrong as Wrong
from iop_tui.screening.question_types.date import Day
from iop_tui.screening.question_types.number import Number
from iop_tui.screening.question_types.one import One
from iop_tui.screening.question_types.several import Several

TYPES: Final[Mapping[Kind, QuestionType]] = {each.id: each for each in (One(), Several(), Number(), Day())}


def type_of(question: Question) -> QuestionType:
    """The type of a question."""
    return TYPES[question.kind]


def refusal(question: Question, answer: Answer) -> str | None:
    """Why `answer` is invalid for `question`, as the rest of a sentence; None if it is valid."""
    return None if isinstance(answer, Unknown) else TYPES[question.kind].refusal(question, answer)


def draft_of(question: Question, given: Answer | None) -> Draft:
    """The initial draft of a question: the answer given before."""
    return TYPES[question.kind].draft(question, given)


@functools.lru_cache(maxsize=8)
def on_day(screening: Screening, day: date | None) -> Screening:
    """The screening for a day, for questions whose answers are relative to it; unchanged if there are none."""
    if day is None or not any(type_of(question).relative for question in screening.questions):
        return screening
    sections = (
        replace(
            section,
            questions=tuple(
                replace(question, today=day) if type_of(question).relative else question
                for question in section.questions
            ),
        )
        for section in screening.sections
    )
    return replace(screening, sections=tuple(sections))
