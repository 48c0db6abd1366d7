"""Every condition of a screening. A new place for conditions is added here only."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation


class OwnedCondition(Struct, frozen=True):
    """A condition and its owner: `noun` is the kind of thing, `name` its id, empty if it has none."""

    noun: str
    name: str
    condition: Condition
    where: SourceLocation

    @property
    def about(self) -> str:
        """Its owner, as a problem names it."""
        return f"{self.noun} {self.name!r}" if self.name else self.noun


def conditions_of(screening: Screening) -> Iterator[OwnedCondition]:
    """The conditions of questions, rules, notices, advice, the first call and phone lines, and `for_other`."""
    for question in screening.questions:
        if question.show_if is not None:
            yield OwnedCondition("question", question.id, question.show_if, question.where)
    for noun, rules in (("alarm", screening.alarms), ("need", screening.needs), ("fit", screening.fits)):
        for rule in rules:
            yield OwnedCondition(noun, rule.id, rule.when, rule.where)
    for promise in screening.promises:
        yield OwnedCondition("promise", promise.id, promise.when, promise.where)
    yield from _around(screening)


def _around(screening: Screening) -> Iterator[OwnedCondition]:
    manifest = screening.manifest
    for notice in manifest.notices:
        yield OwnedCondition("notice", notice.id, notice.when, notice.where)
    if manifest.for_other is not None:
        yield OwnedCondition("screening.yaml: for_other", "", manifest.for_other, manifest.where)
    for advice in screening.care.advice:
        if advice.when is not None:
            yield OwnedCondition("advice", advice.id, advice.when, advice.where)
        for item in advice.items:
            if item.when is not None:
                yield OwnedCondition("an item of the advice", advice.id, item.when, item.where)
    others = screening.care.other_calls
    for other in others:
        yield OwnedCondition("another first call", "", other.when, other.where)
    for turn in (*screening.care.first_call, *(turn for other in others for turn in other.turns)):
        if turn.when is not None:
            yield OwnedCondition("a turn of the first call", "", turn.when, turn.where)
    for line in screening.help.lines:
        if line.when is not None:
            yield OwnedCondition("line", line.id, line.when, line.where)
