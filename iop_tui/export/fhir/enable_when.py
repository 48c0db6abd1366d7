"""When a question is asked, in FHIR: `enableWhen` if its rows can express it, else FHIRPath, else a note in words.

A row compares one question with one value; rows are joined by "any" or by "all". Deeper conditions are written in
FHIRPath, in the extension of Structured Data Capture that forms look for. `not` is neither: here it is unknown while
its question is open, and there it would be true.
"""

from __future__ import annotations

from msgspec import Struct

from iop_tui.call.record import Ref
from iop_tui.export.fhir.names import EXTENSION, Json, system
from iop_tui.screening.authoring.condition_text import as_yaml
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import type_of

EXPRESSION = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"


class _Rows(Struct, frozen=True):
    """Rows, and how they are joined: "all" or "any"; one row alone is both."""

    join: str
    rows: tuple[Json, ...]


def enable_when(screening: Screening, ref: Ref, question: Question) -> Json:
    """The keys of a question's item that define when it is asked."""
    condition = question.show_if
    if condition is None:
        return {}
    rows = _rows(condition, ref, screening)
    if rows is not None:
        joined = {"enableBehavior": rows.join} if len(rows.rows) > 1 else {}
        return {"enableWhen": list(rows.rows), **joined}
    path = _path(condition, screening)
    if path is not None:
        expression = {"language": "text/fhirpath", "expression": path}
        return {"extension": [{"url": EXPRESSION, "valueExpression": expression}]}
    return {"extension": [{"url": EXTENSION + "designNote", "valueMarkdown": f"Asked if `{as_yaml(condition)}`"}]}


# ---- rows ------------------------------------------------------------------------------------------------------------


def _rows(condition: Condition, ref: Ref, screening: Screening) -> _Rows | None:
    if isinstance(condition, Is):
        name = condition.question
        coded = ({"system": system(ref, name), "version": ref.version, "code": code} for code in condition.options)
        return _Rows("any", tuple({"question": name, "operator": "=", "answerCoding": each} for each in coded))
    if isinstance(condition, InRange):
        kind = type_of(screening.question(condition.question))
        found: list[Json] = []
        for operator, bound in _sides(condition):
            compared = kind.fhir_row(bound)
            if compared is None:
                return None
            found.append({"question": condition.question, "operator": operator, **compared})
        return _Rows("all", tuple(found))
    if not isinstance(condition, (All, AnyOf)):
        return None
    join = "all" if isinstance(condition, All) else "any"
    parts = [_rows(part, ref, screening) for part in condition.of]
    rows: list[Json] = []
    for part in parts:
        if part is None or (part.join != join and len(part.rows) > 1):
            return None
        rows.extend(part.rows)
    return _Rows(join, tuple(rows))


# ---- FHIRPath --------------------------------------------------------------------------------------------------------


def _path(condition: Condition, screening: Screening) -> str | None:
    """The condition in FHIRPath; None if it would not be true for the same answers."""
    if isinstance(condition, Is):
        return _chosen(condition.question, condition.options)
    if isinstance(condition, InRange):
        kind = type_of(screening.question(condition.question))
        bounds = " and ".join(f"$this {operator} {kind.fhir_path(bound)}" for operator, bound in _sides(condition))
        return f"{_answers(condition.question)}.where({bounds}).exists()"
    if isinstance(condition, Score):
        return _score(condition, screening)
    if isinstance(condition, Not):
        return None
    parts = [_path(part, screening) for part in condition.of]
    said = [part for part in parts if part is not None]
    if len(said) < len(parts):
        return None
    if isinstance(condition, AtLeast):
        return f"({' + '.join(f'iif({part}, 1, 0)' for part in said)}) >= {condition.count}"
    joined = (" and " if isinstance(condition, All) else " or ").join(f"({part})" for part in said)
    return joined if len(said) > 1 else said[0]


def _sides(condition: InRange) -> list[tuple[str, int]]:
    sides = ((">=", condition.at_least), ("<=", condition.at_most))
    return [(operator, bound) for operator, bound in sides if bound is not None]


def _answers(question: str) -> str:
    """The answers to a question, which is an item of a section. Its place is named, since not every engine searches all
    levels: in @medplum/core 5.2.13 `descendants()` and `repeat()` are empty, and what depends on them is never asked.
    """
    return f"%resource.item.item.where(linkId = '{question}').answer.value"


def _chosen(question: str, options: tuple[str, ...]) -> str:
    codes = " or ".join(f"code = '{option}'" for option in options)
    return f"{_answers(question)}.where({codes}).exists()"


def _score(score: Score, screening: Screening) -> str | None:
    parts: list[str] = []
    for name in score.questions:
        question = screening.question(name)
        if type_of(question).typed:
            return None
        if min((option.weight for option in question.options), default=0):
            # An open question counts for its least weight here, and for nothing there.
            return None
        weighty = [option for option in question.options if option.weight]
        parts.extend(f"iif({_chosen(name, (option.id,))}, {option.weight}, 0)" for option in weighty)
    return f"({' + '.join(parts)}) >= {score.at_least}" if parts else None
