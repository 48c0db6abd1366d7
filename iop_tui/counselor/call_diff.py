"""The differences between two versions of one call, in words, for the page that resolves a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from iop_tui.call.record import Call, FilledForm, Judgment, RecordedAnswer, State
from iop_tui.screening.model.definition import Screening

T = TypeVar("T")


class Difference(Struct, frozen=True):
    """One difference; empty if a version does not have it."""

    what: str
    mine: str
    theirs: str


def differences(mine: Call, theirs: Call, screening: Screening) -> tuple[Difference, ...]:
    """Everything that one version has and the other lacks or has differently."""
    return tuple(_all(mine, theirs, screening))


def _all(mine: Call, theirs: Call, screening: Screening) -> Iterator[Difference]:
    if mine.state != theirs.state:
        words = _states()
        yield Difference("State", words[mine.state], words[theirs.state])
    if mine.reference != theirs.reference:
        yield Difference("Caller reference", mine.reference, theirs.reference)
    if mine.note != theirs.note:
        yield Difference("Note on the call", mine.note, theirs.note)
    yield from _answers(mine, theirs, screening)
    for name in _either(mine.notes, theirs.notes):
        one, other = mine.notes.get(name, ""), theirs.notes.get(name, "")
        if one != other:
            yield Difference(f"Note: {_ask(screening, mine, theirs, name)}", one, other)
    yield from _ticks(mine, theirs)
    yield from _judgments(mine, theirs)
    yield from _forms(mine, theirs)
    for name in sorted(set(mine.marked) ^ set(theirs.marked)):
        ask = _ask(screening, mine, theirs, name)
        marked = "marked"
        one, other = (marked, "") if name in mine.marked else ("", marked)
        yield Difference(f"Mark: {ask}", one, other)


def _answers(mine: Call, theirs: Call, screening: Screening) -> Iterator[Difference]:
    names = _either(mine.answers, theirs.answers)
    for name in sorted(names, key=lambda name: screening.position.get(name, len(screening.position))):
        one, other = mine.answers.get(name), theirs.answers.get(name)
        if (one.answer if one else None) != (other.answer if other else None):
            yield Difference(_ask(screening, mine, theirs, name), _said(one), _said(other))


def _forms(mine: Call, theirs: Call) -> Iterator[Difference]:
    ours = {filled.id: filled for filled in mine.forms}
    others = {filled.id: filled for filled in theirs.forms}
    for form_id in _either(ours, others):
        one, other = ours.get(form_id), others.get(form_id)
        if one is None or other is None:
            said = [f"{each.answered} answered, at {_time(each.changed)}" if each else "" for each in (one, other)]
            title = "".join(each.title for each in (one, other) if each)
            yield Difference(f"Form: {title}", *said)
            continue
        answers, theirs_too = _form_answers(one), _form_answers(other)
        for ask in _either(answers, theirs_too):
            if answers.get(ask, "") != theirs_too.get(ask, ""):
                yield Difference(f"{one.title}: {ask}", answers.get(ask, ""), theirs_too.get(ask, ""))


def _form_answers(filled: FilledForm) -> dict[str, str]:
    """The answers by the words of their questions; the same words several times are numbered."""
    answers: dict[str, str] = {}
    for line in filled.lines:
        if not line.title:
            count = sum(ask == line.ask or ask.startswith(f"{line.ask} (") for ask in answers)
            answers[f"{line.ask} ({count + 1})" if count else line.ask] = line.said
    return answers


def _ticks(mine: Call, theirs: Call) -> Iterator[Difference]:
    ours = {(tick.alarm, tick.step): tick for tick in mine.ticks}
    others = {(tick.alarm, tick.step): tick for tick in theirs.ticks}
    for key in _either(ours, others):
        one, other = ours.get(key), others.get(key)
        if one is None or other is None:
            said = [f"done at {_time(t.at)} by {t.by}" if t else "" for t in (one, other)]
            yield Difference(f"Step: {key[1]}", *said)


def _judgments(mine: Call, theirs: Call) -> Iterator[Difference]:
    for judgment in dict.fromkeys((*mine.judgments, *theirs.judgments)):
        here, there = judgment in mine.judgments, judgment in theirs.judgments
        if here != there:
            said = _judged(judgment)
            yield Difference("Judgment", said if here else "", said if there else "")


def _judged(judgment: Judgment) -> str:
    level = judgment.level or "no level"
    what = "agrees" if judgment.agrees else level
    return f"{judgment.by}, {_time(judgment.at)}: {what}. {judgment.reason}".strip()


def _either(mine: Iterable[T], theirs: Iterable[T]) -> list[T]:
    return list(dict.fromkeys((*mine, *theirs)))


def _ask(screening: Screening, mine: Call, theirs: Call, name: str) -> str:
    if name in screening.position:
        return screening.question(name).ask
    given = mine.answers.get(name) or theirs.answers.get(name)
    return given.ask if given else name


def _said(given: RecordedAnswer | None) -> str:
    return given.answer_text if given else ""


def _time(at: datetime) -> str:
    return at.astimezone().strftime("%H:%M")


def _states() -> dict[State, str]:
    return {"open": "open", "call_back": "to call back", "finished": "finished"}
