"""A form within a call: what is stored of its answers, and a stored one taken up again.

Only this module of a call knows forms: a call that has one can be read, shown and exported without it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.call.operations import CallState, with_forms
from iop_tui.call.record import FilledForm, FormLine, UnfitFormAnswer
from iop_tui.forms.asking.answer_overview import outline
from iop_tui.forms.asking.form_interview import FormInterview, begin_form, calls_for_help
from iop_tui.forms.asking.item_words import answer_text, clean, question_text
from iop_tui.forms.asking.lead import where
from iop_tui.forms.asking.told import not_asked, summary
from iop_tui.forms.danger_items import danger_weight
from iop_tui.forms.model.form import Form
from iop_tui.forms.model.read_response import Unplaced
from iop_tui.forms.response.read import read_response
from iop_tui.forms.response.write import as_json, response, value_json
from iop_tui.screening.model.field_types import ENGLISH


class OpenForm(Struct, frozen=True):
    """A form that is asked within a call: what is stored of it so far, and its interview.

    `is_other` says that the form's file is not the one that the stored answers were given to.
    """

    filled: FilledForm
    interview: FormInterview
    is_other: bool = False


def same_form(filled: FilledForm, form: Form) -> bool:
    """Whether a stored form is this one, perhaps in another version: by its content, its URL, or its file's name."""
    if filled.sha256 == form.sha256:
        return True
    return filled.url == form.url if filled.url and form.url else filled.source == PurePath(form.source).name


def begun(form: Form, *, by: str, now: datetime) -> OpenForm:
    """A form that nobody has answered yet. Nothing of it is stored before its first answer."""
    empty = FilledForm(secrets.token_hex(6), "", "", "", "", "", "", now, now, by, False, 0, 0)
    return OpenForm(empty, begin_form(form, None, ENGLISH))


def taken_up(filled: FilledForm, form: Form) -> OpenForm:
    """A stored form, to go on with; what does not fit the present file is kept beside it. Raises ResponseRefused."""
    read = read_response(filled.response.encode(), filled.title, form)
    whole = read
    if filled.with_disabled:
        # What is said about the answers is said of those that counted.
        answers = read_response(filled.with_disabled.encode(), filled.title, form).answers
        whole = replace(read, answers=answers)
    interview = begin_form(form, whole, ENGLISH)
    unfit = list(filled.unfit)
    aside = [_unfit(part) for part in read.unplaced]
    for place in read.disabled:
        item = form.by_link[place[-1][0]]
        words = answer_text(item, read.answers[place], ENGLISH)
        written = {"linkId": item.link_id, "answer": [value_json(value) for value in read.answers[place]]}
        aside.append(UnfitFormAnswer(item.link_id, question_text(item, ENGLISH), words, as_json(written)))
    unfit += [each for each in aside if each not in unfit]
    return OpenForm(replace(filled, unfit=tuple(unfit)), interview, is_other=filled.sha256 != form.sha256)


def stored(work: CallState, opened: OpenForm, interview: FormInterview, *, by: str, now: datetime) -> CallState:
    """The call with the answers of a form as they are now."""
    filled = _filled(opened.filled, interview, by, now)
    before = work.call.forms
    if any(each.id == filled.id for each in before):
        return with_forms(work, tuple(filled if each.id == filled.id else each for each in before), now)
    return with_forms(work, (*before, filled), now)


def _filled(before: FilledForm, interview: FormInterview, by: str, now: datetime) -> FilledForm:
    form, filling = interview.form, interview.filling
    _done, left = filling.progress
    told = summary(interview)
    rights = (form.publisher, form.copyright)
    written = as_json(response(filling, now, by))
    whole = as_json(response(filling, now, by, with_disabled=True))
    return FilledForm(
        id=before.id,
        title=" ".join(clean(form.title).split()) or PurePath(form.source).name,
        url=form.url,
        canonical=form.canonical,
        sha256=form.sha256,
        source=PurePath(form.source).name,
        response=written,
        began=before.began,
        changed=now,
        by=by,
        complete=filling.complete,
        answered=sum(bool(filling.value(place)) for place in filling.places if filling.askable(place)),
        left=left,
        rights=tuple(text for each in rights if (text := clean(each))),
        lines=tuple(_lines(interview)),
        totals=told.totals,
        missing=tuple(_named(interview, place) for place in filling.missing),
        not_asked=tuple(not_asked(interview)),
        unfit=before.unfit,
        with_disabled="" if whole == written else whole,
        suicide=tuple(
            FormLine(
                question_text(filling.item(place), ENGLISH),
                _said(interview, place),
                weight=danger_weight(filling.item(place), filling.value(place)),
            )
            for place in filling.places
            if calls_for_help(filling, place)
        ),
    )


def _lines(interview: FormInterview) -> Iterator[FormLine]:
    for row in outline(interview.filling, ENGLISH):
        if row.title or row.answer or row.reached:
            yield FormLine(" ".join(row.text.split()), row.answer, row.title)


def _named(interview: FormInterview, place: tuple[tuple[str, int], ...]) -> str:
    text = " ".join(question_text(interview.filling.item(place), ENGLISH).split())
    return " › ".join((*where(interview.filling, place, ENGLISH), text))


def _said(interview: FormInterview, place: tuple[tuple[str, int], ...]) -> str:
    return answer_text(interview.filling.item(place), interview.filling.value(place), ENGLISH)


def _unfit(part: Unplaced) -> UnfitFormAnswer:
    ask = _ask_of(part.json) or part.link_id or part.path
    return UnfitFormAnswer(part.link_id, ask, "; ".join(_values(part.json)), _as_text(part.json))


def _as_text(part: object) -> str:
    return as_json(part if isinstance(part, Mapping) else {"part": part})


def _ask_of(part: object) -> str:
    return clean(str(part.get("text", ""))) if isinstance(part, Mapping) else ""


def _values(part: object) -> Iterator[str]:
    """The answers in a part of a response, in words."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key.startswith("value"):
                yield clean(_words(value))
            elif key in ("answer", "item"):
                yield from _values(value)
    elif isinstance(part, list):
        for each in part:
            yield from _values(each)


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Mapping):
        first = value.get("display") or value.get("code")
        return str(first) if first else " ".join(str(value[key]) for key in ("value", "unit") if key in value)
    return str(value)
