"""A QuestionnaireResponse that was read against a form: what it answers, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from iop_tui.forms.model.findings import Finding, on_one_line
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.values import Value


class Unplaced(Struct, frozen=True):
    """A part of a response that has no place in the form, as it was read. `path` says where it stood, such as
    "item[2].answer[0]".
    """

    link_id: str
    path: str
    json: object

    def __repr__(self) -> str:
        # A traceback or a log may print this: it must not contain an answer.
        return f"<Unplaced: {self.path}>"


class ReadResponse(Struct, frozen=True):
    """A response. `answers` are those that have a place, also at items that are disabled; `disabled` are the places of
    these. `reasons` are answers that have no value and say why, such as "asked but declined": they are no answers, and
    are written again while their question has none. `kept` are the other members of the resource, such as `id` and
    `subject`, which a written response has again.
    """

    status: str
    answers: Mapping[Place, tuple[Value, ...]]
    findings: tuple[Finding, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    disabled: tuple[Place, ...] = ()
    reasons: Mapping[Place, Mapping[str, object]] = {}
    kept: Mapping[str, object] = {}
    questionnaire: str = ""
    authored: str = ""

    def __repr__(self) -> str:
        # A traceback or a log may print this: it must not contain an answer.
        return f"<ReadResponse: {len(self.answers)} answers>"


class ResponseRefused(Exception):
    """A file that is no response which can be read. `findings` is not empty; each has the severity `refused`."""

    def __init__(self, file: str, findings: tuple[Finding, ...]) -> None:
        self.file = file
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(f"{on_one_line(file)}:{each.line}: {each.sentences}" for each in self.findings))
