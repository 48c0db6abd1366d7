"""Small forms and responses for tests of the judge, as JSON."""

from __future__ import annotations

from typing import Any

from tests.forms.reference_evaluator import Judgement, Place, judge
from tests.forms.reference_operators import Json


def item(link_id: str, kind: str = "boolean", *inside: Json, **more: Any) -> Json:
    return {"linkId": link_id, "type": kind, **more, **({"item": list(inside)} if inside else {})}


def when(question: str, operator: str, **answer: Any) -> Json:
    return {"question": question, "operator": operator, **answer}


def form(*items: Json) -> Json:
    return {"resourceType": "Questionnaire", "status": "active", "item": list(items)}


def answered(link_id: str, *answers: Json) -> Json:
    return {"linkId": link_id, "answer": list(answers)}


def boolean(link_id: str, value: bool) -> Json:
    return answered(link_id, {"valueBoolean": value})


def group(link_id: str, *items: Json) -> Json:
    return {"linkId": link_id, "item": list(items)}


def response(*items: Json) -> Json:
    return {"resourceType": "QuestionnaireResponse", "item": list(items)}


def at(*steps: str | tuple[str, int]) -> Place:
    return tuple((step, 0) if isinstance(step, str) else step for step in steps)


def judged(items: list[Json], *answers: Json) -> Judgement:
    return judge(form(*items), response(*answers))
