"""The small screening that the core's tests reason about, and random answers to any screening."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening

SMALL = Path(__file__).parent.parent / "screenings" / "small"


@cache
def small() -> Screening:
    """The small screening, loaded once in a process."""
    return load(SMALL)


@st.composite
def known_answers(draw: st.DrawFn, question: Question) -> Answer:
    """A random answer that the question has, no unknown one."""
    if question.kind == "number":
        return draw(st.integers(question.lowest or 0, question.highest or 0))
    if question.today is not None:
        return question.today + timedelta(days=draw(st.integers(question.lowest or 0, question.highest or 0)))
    ids = [option.id for option in question.options]
    if question.kind == "one":
        return draw(st.sampled_from(ids))
    free = [option.id for option in question.options if not option.alone]
    alone = [option.id for option in question.options if option.alone]
    picks_alone: bool = draw(st.booleans())
    if alone and picks_alone:
        return (draw(st.sampled_from(alone)),)
    chosen = draw(st.sets(st.sampled_from(free), min_size=1))
    return tuple(option for option in ids if option in chosen)


@st.composite
def answer_sheets(draw: st.DrawFn, screening: Screening) -> dict[str, Answer]:
    """Random answers, some unknown, some missing, some to questions that the others hide."""
    sheet: dict[str, Answer] = {}
    for question in screening.questions:
        kind = draw(st.integers(0, 5))
        if kind == 0:
            continue
        sheet[question.id] = draw(st.sampled_from(list(Unknown)) if kind == 1 else known_answers(question))
    return sheet
