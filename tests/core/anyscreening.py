"""Small screenings at random, and every answer to their questions: to compare a search with all there is."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.model.answers import Known
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Alarm, Need, Option, Question, Screening, Section
from iop_tui.screening.model.field_types import Kind, SourceLocation, Urgency
from tests.core.small import small

HERE = SourceLocation("", 1)
SMALL = small()


def every_answer(question: Question) -> list[Known]:
    """All answers there are, a number's in full."""
    if question.kind == "number":
        return list(range(question.lowest or 0, (question.highest or 0) + 1))
    if question.kind == "one":
        return [option.id for option in question.options]
    free = [option.id for option in question.options if not option.alone]
    sets = [combo for size in range(1, len(free) + 1) for combo in itertools.combinations(free, size)]
    return [*((option.id,) for option in question.options if option.alone), *sets]


@st.composite
def conditions(draw: st.DrawFn, questions: list[Question], depth: int = 2) -> Condition:
    kind = draw(st.sampled_from(["is", "is", "is", "all", "any", "not", "at_least", "score"] if depth else ["is"]))
    if kind == "score":
        chosen = draw(st.lists(st.sampled_from(questions), min_size=1, max_size=3, unique_by=lambda q: q.id))
        return Score(tuple(question.id for question in chosen), draw(st.integers(1, 4)), HERE)
    if kind == "not":
        return Not(draw(conditions(questions, depth - 1)))
    if kind in ("all", "any", "at_least"):
        parts = tuple(draw(st.lists(conditions(questions, depth - 1), min_size=2, max_size=3)))
        if kind == "at_least":
            return AtLeast(draw(st.integers(1, len(parts))), parts)
        return All(parts) if kind == "all" else AnyOf(parts)
    question = draw(st.sampled_from(questions))
    if question.kind == "number":
        low, high = draw(st.sampled_from([(1, None), (2, None), (None, 1), (2, 2)]))
        return InRange(question.id, low, high, HERE)
    ids = [option.id for option in question.options]
    return Is(question.id, tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))), HERE)


@st.composite
def screenings(draw: st.DrawFn, names: str = "abcd") -> Screening:
    """A question of any kind for each name, some behind others, with a few rules and alarms on them."""
    questions: list[Question] = []
    for name in names:
        kinds: list[Kind] = ["one", "one", "several", "number"]
        kind = draw(st.sampled_from(kinds))
        gate = draw(conditions(questions, 1)) if questions and draw(st.integers(0, 2)) == 0 else None
        made = Question(id=name, ask=f"{name}?", why="w", where=HERE, show_if=gate, kind=kind)
        if kind == "number":
            made = replace(made, lowest=0, highest=3)
        else:
            alone = kind == "several" and draw(st.booleans())
            made = replace(
                made,
                options=tuple(
                    Option(f"{name}{n}", "o", HERE, weight=draw(st.integers(0, 2)), alone=alone and n == 0)
                    for n in range(draw(st.integers(2, 3)))
                ),
            )
        questions.append(made)
    levels = ["iop", "php", "inpatient"]
    needs = tuple(
        Need(f"n{n}", draw(conditions(questions)), "b", "s", HERE, at_least=draw(st.sampled_from(levels)))
        for n in range(draw(st.integers(1, 4)))
    )
    urgencies: list[Urgency] = ["now", "today"]
    alarms = tuple(
        Alarm(f"x{n}", draw(st.sampled_from(urgencies)), draw(conditions(questions, 1)), "suicide", "b", "s", HERE)
        for n in range(draw(st.integers(0, 2)))
    )
    section = Section("x", "X", HERE, tuple(questions), alarms=alarms, needs=needs)
    return replace(SMALL, manifest=replace(SMALL.manifest, for_other=None, notices=()), sections=(section,))
