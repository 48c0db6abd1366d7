"""What a form says of itself, as sentences: before its first question, and at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from iop_tui.forms.asking.form_interview import FormInterview, refused, says_more
from iop_tui.forms.asking.item_words import clean, item_text, plain_number, question_line, question_text
from iop_tui.forms.filling.calculated import AnswerScope
from iop_tui.forms.model.findings import Finding
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.places import Place
from iop_tui.forms.scores import Total, totals, uncomputed
from iop_tui.screening.i18n.language import _, ngettext


class Intro(Struct, frozen=True):
    """The parts of the first page; each may be empty."""

    title: str
    unplaced: tuple[str, ...]
    texts: tuple[str, ...]
    missing: tuple[str, ...]
    rights: tuple[str, ...]


class Summary(Struct, frozen=True):
    """The parts of the last page over the answers; each may be empty."""

    missing: tuple[str, ...]
    totals: tuple[str, ...]
    findings: tuple[str, ...]


def intro(interview: FormInterview) -> Intro:
    """What is said before the first question; first what did not fit of a saved response."""
    form = interview.form
    rights = [_("From: {publisher}").format(publisher=clean(form.publisher))] if form.publisher.strip() else []
    rights += [clean(form.copyright)] if form.copyright.strip() else []
    return Intro(
        clean(form.title),
        _unplaced(interview),
        (clean(form.description),) if says_more(form) else (),
        not_all(interview),
        tuple(rights),
    )


def not_all(interview: FormInterview) -> tuple[str, ...]:
    """That some questions cannot be asked here; nothing where all can."""
    count = len({finding.link_id for finding in refused(interview.form)})
    if not count:
        return ()
    said = ngettext(
        "This form has {count} question that cannot be asked here.",
        "This form has {count} questions that cannot be asked here.",
        count,
    )
    return (said.format(count=count),)


def _unplaced(interview: FormInterview) -> tuple[str, ...]:
    response = interview.filling.response
    if response is None:
        return ()
    said = []
    if count := len(response.unplaced):
        told = ngettext(
            "{count} saved answer does not fit this form, and will not be in the new file: {names}.",
            "{count} saved answers do not fit this form, and will not be in the new file: {names}.",
            count,
        )
        said.append(told.format(count=count, names=_names(part.link_id for part in response.unplaced)))
    if count := len(response.disabled):
        told = ngettext(
            "{count} saved answer belongs to a question that is not asked with the other answers: {names}. It counts "
            "for nothing, and will not be in the new file unless that changes.",
            "{count} saved answers belong to questions that are not asked with the other answers: {names}. They count "
            "for nothing, and will not be in the new file unless that changes.",
            count,
        )
        said.append(told.format(count=count, names=_names(place[-1][0] for place in response.disabled)))
    if any(each.severity != "note" for each in response.findings) and not said:
        said.append(_("There is something to know about the saved answers."))
    return tuple(said)


def unplaced(interview: FormInterview) -> Sequence[str]:
    """What did not fit of a saved response, each with the reason."""
    response = interview.filling.response
    return [_sentence(finding) for finding in response.findings] if response is not None else []


def not_asked(interview: FormInterview) -> Sequence[str]:
    """The items that cannot be asked, each with the reason and what to do."""
    form = interview.form
    said = []
    for finding in refused(form):
        item = form.by_link.get(finding.link_id)
        text = item_text(item, interview.language) if item is not None else ""
        said.append("\n".join(part for part in (" ".join(text.split()), _sentence(finding)) if part))
    return said


def summary(interview: FormInterview) -> Summary:
    """What is missing, and the totals."""
    filling = interview.filling
    count = len(filling.missing)
    said = ngettext(
        "{count} question still needs an answer. You can save without it: the file then says that it is not complete.",
        "{count} questions still need an answer. You can save without them: the file then says that it is not "
        "complete.",
        count,
    )
    missing = (said.format(count=count),) if count else ()
    told = _unplaced(interview)
    sheet = AnswerScope(filling.sheet)
    sums = [total_text(each, interview) for each in totals(interview.form, sheet)]
    sums += [_not_computed(item, interview) for item in uncomputed(interview.form) if sheet.enabled(item.link_id)]
    return Summary(missing, tuple(sums), (*told, *not_all(interview)))


def _not_computed(item: Item, interview: FormInterview) -> str:
    """A value that nobody types, and that is not worked out here: it would be missed in silence."""
    name = question_line(item, interview.language)
    return _("{name}: not worked out. This program cannot read the form's own sum.").format(name=name)


def total_text(total: Total, interview: FormInterview) -> str:
    """A total, or why there is none."""
    name = " ".join(clean(total.name).split()).rstrip(".:") or total.link_id
    if total.value is not None:
        return _("{name}: {number}").format(name=name, number=plain_number(total.value))
    why = total.why_none
    item = interview.form.by_link.get(why.link_id) if why is not None else None
    if why is None or item is None:
        return _("{name}: no total. The form's own sum gives none for these answers.").format(name=name)
    said = {
        "no-answer": _("{name}: no total. There is no answer to “{question}”."),
        "no-number": _("{name}: no total. The answer to “{question}” has no number."),
        "not-asked": _("{name}: no total. It needs “{question}”, which cannot be asked here."),
        "no-result": _("{name}: no total. The form's own sum gives none for these answers."),
    }
    question = " ".join(question_text(item, interview.language).split())
    return said[why.reason].format(name=name, question=question)


def one_more(interview: FormInterview, place: Place) -> str:
    """The question whether there is another one of a repeating group."""
    item = interview.item(place)
    if not item.text:
        return _("Is there another one?")
    text = question_line(item, interview.language)
    if text.endswith(("?", "!")):
        return _("{question} Is there another one?").format(question=text)
    return _("{name}: is there another one?").format(name=text)


def add_one(interview: FormInterview, place: Place) -> str:
    """The same as something to do, in a list."""
    item = interview.item(place)
    if not item.text:
        return _("Add one more")
    return _("Add one more: {name}").format(name=question_line(item, interview.language))


def _names(links: Iterable[str]) -> str:
    return clean(", ".join(dict.fromkeys(link or "-" for link in links)))


def _sentence(finding: Finding) -> str:
    """A finding: its linkId, what is wrong, and what to do."""
    said = f"{finding.message.rstrip('.')}. {finding.remedy}".strip()
    named = f"{finding.link_id}: {said}" if finding.link_id else said
    return clean(named if named.endswith((".", "!", "?")) else f"{named}.")
