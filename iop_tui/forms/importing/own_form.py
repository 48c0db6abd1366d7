"""Our own exported form in again: its questions replace those of the screening that it was made of.

A Questionnaire carries what is asked, in which order, and when. Rules, levels of care and crisis pages, and what only
counselors read, come from the screening. A question that says the same as before stays as it stands, with its comments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from iop_tui.forms.importing import condition_mapping
from iop_tui.forms.importing.questions import WHY
from iop_tui.forms.importing.section_yaml import question_lines
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, Is, Not
from iop_tui.screening.model.definition import Option, Question
from iop_tui.screening.model.field_types import SourceLocation

_NOWHERE = SourceLocation("", 1)


def changed(before: Sequence[Question], now: Sequence[Question]) -> Mapping[str, Sequence[str]]:
    """The lines of the questions of a form that are not as `before`, by id; each with what the form cannot say from
    `before`.
    """
    stood = {question.id: question for question in before}
    lines = {question.id: tuple(question_lines(_merged(stood.get(question.id), question))) for question in now}
    return {
        name: written
        for name, written in lines.items()
        if name not in stood or written != tuple(question_lines(stood[name]))
    }


# ---- inside ----------------------------------------------------------------------------------------------------------


def _merged(before: Question | None, now: Question) -> Question:
    if before is None:
        return now
    bounds = {"lowest": now.lowest, "highest": now.highest} if now.kind == "number" else {}
    return replace(
        before,
        ask=_words(before.ask, now.ask),
        why=before.why if now.why == WHY else _words(before.why, now.why),
        kind=now.kind,
        options=tuple(_option(before, option) for option in now.options),
        show_if=_when(before.show_if, now.show_if),
        **bounds,
    )


def _words(before: str, now: str) -> str:
    """What was written before, with both its forms, if it says the same."""
    return before if str(before) == now else now


def _option(before: Question, now: Option) -> Option:
    stood = before.option(now.id)
    if stood is None:
        return now
    return replace(stood, text=_words(stood.text, now.text), weight=now.weight, alone=now.alone)


def _when(before: Condition | None, now: Condition | None) -> Condition | None:
    if before is None or now is None:
        return now
    return before if _normal(before) == _normal(now) else now


def _normal(condition: Condition) -> bytes:
    """The same for conditions that are written differently and mean the same in an obvious way."""
    return msgspec.json.encode(_plain(condition))


def _plain(condition: Condition) -> object:
    if isinstance(condition, (All, AnyOf)):
        joined = (
            condition_mapping.both(condition.of)
            if isinstance(condition, All)
            else condition_mapping.either(condition.of)
        )
        if isinstance(joined, (All, AnyOf)):
            return [type(joined).__name__, sorted(str(_plain(part)) for part in joined.of)]
        return joined if isinstance(joined, bool) else _plain(joined)
    if isinstance(condition, Not):
        return ["Not", _plain(condition.of)]
    if isinstance(condition, AtLeast):
        return ["AtLeast", condition.count, sorted(str(_plain(part)) for part in condition.of)]
    if isinstance(condition, Is):
        return ["Is", condition.question, sorted(condition.options)]
    return [type(condition).__name__, msgspec.to_builtins(replace(condition, where=_NOWHERE))]
