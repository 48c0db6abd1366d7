"""Forms of others in the data of a call. The classes are the format, as in `data.py`."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Raw, Struct

from iop_tui.call.record import FilledForm
from iop_tui.export.data_types import Hash, Moment


class FormAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """A question of a form and its answer, as worded then; `said` is empty if there is none. A `title` stands over the
    questions after it.
    """

    ask: str
    said: str
    title: bool


class FormMisfit(Struct, frozen=True, forbid_unknown_fields=True):
    """A saved answer that does not fit the form any more, in words and as FHIR."""

    link_id: str
    ask: str
    said: str
    item: Annotated[Raw, Meta(extra_json_schema={"type": "object"})]


class FormOfCall(Struct, frozen=True, forbid_unknown_fields=True):
    """A form of another author's that was filled in within the call. It is no part of the screening."""

    title: str
    url: str | None
    canonical: str
    """What the response names as its form."""
    source: str
    """The name of its file."""
    sha256: Hash
    rights: tuple[str, ...]
    """Publisher and copyright."""
    began: Moment
    changed: Moment
    by: str
    complete: bool
    answered: Annotated[int, Meta(ge=0)]
    left: Annotated[int, Meta(ge=0)]
    answers: tuple[FormAnswer, ...]
    totals: tuple[str, ...]
    """Each total, or why there is none."""
    missing: tuple[str, ...]
    """Required questions without an answer."""
    not_asked: tuple[str, ...]
    """Questions that cannot be asked, and why."""
    unfit: tuple[FormMisfit, ...]
    response: Annotated[Raw, Meta(extra_json_schema={"type": "object"})]
    """The answers as a FHIR R4 QuestionnaireResponse."""


def form_of_call(filled: FilledForm) -> FormOfCall:
    """A form as classes."""
    return FormOfCall(
        title=filled.title,
        url=filled.url or None,
        canonical=filled.canonical,
        source=filled.source,
        sha256=filled.sha256,
        rights=filled.rights,
        began=filled.began,
        changed=filled.changed,
        by=filled.by,
        complete=filled.complete,
        answered=filled.answered,
        left=filled.left,
        answers=tuple(FormAnswer(line.ask, line.said, line.title) for line in filled.lines),
        totals=filled.totals,
        missing=filled.missing,
        not_asked=filled.not_asked,
        unfit=tuple(FormMisfit(each.link_id, each.ask, each.said, Raw(each.json.encode())) for each in filled.unfit),
        response=Raw(filled.response.encode()),
    )
