"""The pages of a form as lines, with an empty one between two parts. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.forms.asking.answer_overview import Row, answer_or_none, outline
from iop_tui.forms.asking.crisis import because, because_unsaid
from iop_tui.forms.asking.entry import Entry
from iop_tui.forms.asking.expectation import nothing_fits, what_to_type
from iop_tui.forms.asking.form_interview import FormInterview, has_introduction
from iop_tui.forms.asking.instances import instance_name, removable
from iop_tui.forms.asking.item_words import help_text, option_text, question_text, unnumbered, value_text
from iop_tui.forms.asking.lead import before, context, where
from iop_tui.forms.asking.told import intro, summary
from iop_tui.forms.model.places import Place
from iop_tui.line.commands import Command, shown
from iop_tui.line.form_answers import which_key
from iop_tui.line.pages import Lines, parted, phones
from iop_tui.line.wrapping import plain, sentence
from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.danger_pages import suicide_page, unsaid_page
from iop_tui.screening.i18n.language import N_, _, ngettext
from iop_tui.screening.model.definition import Screening

_REPEATED = 120
"""Letters of what is said again with each question of a group. A longer text is said before the first, and when the
person asks why.
"""
MEANS = {
    Command.SKIP: N_("leave this question open"),
    Command.WHY: N_("what the form says about this question"),
    Command.BACK: N_("the question or page before"),
    Command.NEXT: N_("go on; an answer that you gave stays as it is"),
    Command.AGAIN: N_("hear this page again"),
    Command.WHERE: N_("where you are, and what is asked now"),
    Command.ANSWERS: N_("the answers you gave, each with its number"),
    Command.CHANGE: N_("with a number: give that answer again"),
    Command.REMOVE: N_("take away one of several, such as one medicine; with a number, the one that answer is in"),
    Command.ALL: N_("the questions that cannot be asked here, and why"),
    Command.SAVE: N_("save your answers in a file"),
    Command.HELP: N_("who to call"),
    Command.COMMANDS: N_("all that you can type"),
    Command.QUIT: N_("leave"),
}
"""What each is for, in a form."""


def texts(text: str) -> Lines:
    """A text of a form: a sentence for each of its lines."""
    return [sentence(line) for line in text.split("\n") if line.strip()]


def introduction(interview: FormInterview) -> Lines:
    """What the form is, what did not fit of a saved response, and what cannot be asked here."""
    said = intro(interview)
    parts = [texts(part) for part in (said.title, *said.unplaced, *said.texts, *said.missing, *said.rights)]
    return parted(*parts, [introduced(interview)])


def introduced(interview: FormInterview) -> str:
    """What can be typed before the first question."""
    said = intro(interview)
    if said.unplaced or said.missing:
        more = _("Type {next} to go on to the questions, or {all} to hear what is left out, and why.")
        return more.format(next=shown(Command.NEXT), all=shown(Command.ALL))
    return _("Type {next} to go on to the questions.").format(next=shown(Command.NEXT))


def question(interview: FormInterview, place: Place, entry: Entry) -> Lines:
    """A question with what is read before it, its options, and the answer it has."""
    item, language = interview.item(place), interview.language
    title = _title(interview, place)
    leads = [lead.text for lead in before(interview.filling, place, language)]
    said = [text for text in context(interview.filling, place, language) if len(text) <= _REPEATED]
    # What was read before the group's first question is said again with each, where it is short.
    above = [text for text in (*(each for each in said if each not in leads), *leads) if text != title]
    lines = texts(question_text(item, language))
    lines += options(entry, language)
    below = [*lines, *_so_far(entry, language), expected(interview, entry)]
    return parted([_left(interview, title)], [line for text in above for line in texts(text)], below)


def location(interview: FormInterview, place: Place) -> str:
    """What the questions are about here, and how many are left."""
    return _left(interview, _title(interview, place) or interview.form.title)


def _title(interview: FormInterview, place: Place) -> str:
    """The title to be said with a question: that of its group, or the form's where nothing has said it; else empty."""
    inner = next(reversed(where(interview.filling, place, interview.language)), "")
    if 0 < len(inner) <= _REPEATED:
        return inner
    done, _left_over = interview.filling.progress
    return "" if done or has_introduction(interview) else interview.form.title


def _left(interview: FormInterview, title: str) -> str:
    _done, left = interview.filling.progress
    count = ngettext("{count} left", "{count} left", left).format(count=left)
    said = plain(title)
    if said.endswith(("?", "!", ".", "…")):
        return f"{said} {sentence(count)}"
    return sentence(_("{title}: {left}").format(title=said.rstrip(" :"), left=count) if said else count)


def options(entry: Entry, language: str) -> Lines:
    """The options, each with what is typed for it."""
    return [
        _("{number}. {text}").format(number=key, text=plain(option_text(option, language)))
        for key, option in zip(entry.keys, entry.options, strict=True)
    ]


def _so_far(entry: Entry, language: str) -> Lines:
    if not entry.values:
        return []
    answer = ", ".join(plain(value_text(entry.item, value, language)) for value in entry.values)
    said = _("Your answer so far: {answer}. To keep it, type {next}.")
    return [said.format(answer=answer.rstrip("."), next=shown(Command.NEXT))]


def expected(interview: FormInterview, entry: Entry) -> str:
    """What can be typed for a question, in one sentence; whether the form needs an answer, or allows none."""
    skip = _("Type {skip} to leave it open.").format(skip=shown(Command.SKIP))
    if entry.item.required:
        need = _("The form needs an answer here to count as complete. You can still type {skip} to leave it open.")
        skip = need.format(skip=shown(Command.SKIP))
    if nothing := nothing_fits(interview.form, entry.item):
        return f"{nothing} {skip}"
    if not entry.options:
        return f"{what_to_type(entry)} {skip}"
    if entry.way == "tick":
        said = _("Type one or more of them, with a comma between two, such as {some}.")
        said = said.format(some=", ".join(entry.keys[:2]))
    else:
        said = which_key(entry)
    own = [_("Or type your own words.")] if entry.takes_own_words else []
    return " ".join([said, *own, skip])


def taken(entry: Entry, language: str) -> str:
    """The confirmation of an answer."""
    answer = ", ".join(plain(value_text(entry.item, value, language)) for value in entry.values)
    return sentence(_("You said: {answer}").format(answer=answer))


def about(interview: FormInterview, place: Place) -> Lines:
    """What the form's author says about a question, and what it is read under."""
    above = [line for text in context(interview.filling, place, interview.language) for line in texts(text)]
    said = [*above, *texts(help_text(interview.item(place)))]
    return said or [_("The form says nothing more about it.")]


def crisis(screening: Screening) -> Lines:
    """What to do now, and who to call."""
    return _help(screening, suicide_page(screening), because(), warned())


def left_unsaid(screening: Screening) -> Lines:
    """Who to talk to, after a question about thoughts of suicide was left open."""
    return _help(screening, unsaid_page(screening), because_unsaid(), heard_unsaid())


def _help(screening: Screening, name: str | None, why: str, on: str) -> Lines:
    """A page of the screening, or its phone lines where it has none."""
    if name is None:
        lines = [screening.phone_lines[line] for line in screening.help.always]
        return parted([sentence(_("Safety comes first")), why, in_danger(screening)], phones(lines), [on])
    page = screening.pages[name]
    return parted(
        [sentence(_("Safety comes first")), sentence(page.title), why],
        [sentence(text) for text in page.do],
        phones((screening.phone_lines[line] for line in page.lines), about=False),
        [on],
    )


def warned() -> str:
    """What can be typed after the page about help."""
    said = _("When you have heard this, type {next} to go on. To change your answer, type {back}.")
    return said.format(next=shown(Command.NEXT), back=shown(Command.BACK))


def heard_unsaid() -> str:
    """What can be typed after the page about a question that was left open."""
    said = _("When you have heard this, type {next} to go on. To go back to the question, type {back}.")
    return said.format(next=shown(Command.NEXT), back=shown(Command.BACK))


def changeable(interview: FormInterview) -> Sequence[Row]:
    """The questions in the order of their numbers, which begin at 1."""
    return [row for row in outline(interview.filling, interview.language) if row.changes]


def answers(interview: FormInterview) -> Lines:
    """Every answer with its number, under the titles of the form."""
    lines, number = Lines(), 0
    for row in outline(interview.filling, interview.language):
        if row.title:
            lines += ["", sentence(row.text)] if lines else [sentence(row.text)]
            continue
        ask, said = sentence(unnumbered(row.text)), plain(answer_or_none(row))
        if row.changes:
            number += 1
            told = _("{number}. {ask} Answer: {answer}").format(number=number, ask=ask, answer=said)
        else:
            told = _("{label}: {text}").format(label=ask.rstrip(":."), text=said)
        lines.append(sentence(told))
    return lines or [_("Nothing was asked.")]


def review(interview: FormInterview, reminder: str = "") -> Lines:
    """All answers, what is missing, the totals, and what can be typed; `reminder` says who to call, before a total."""
    said = summary(interview)
    last = [line for lead in before(interview.filling, None, interview.language) for line in texts(lead.text)]
    return parted(
        last,
        [sentence(_("Check your answers"))],
        answers(interview),
        [sentence(reminder)] if reminder else [],
        [*said.missing, *(sentence(total) for total in said.totals)],
        list(said.findings),
        [checked(interview)],
    )


def checked(interview: FormInterview) -> str:
    """What can be typed once the answers were heard."""
    count = len(changeable(interview))
    if not count:
        return _("Type {save} to save, or {quit} to leave.").format(save=shown(Command.SAVE), quit=shown(Command.QUIT))
    said = _("Type {save} to save your answers, {change} and a number from 1 to {count}, or {quit} to leave.")
    said = said.format(save=shown(Command.SAVE), change=shown(Command.CHANGE), count=count, quit=shown(Command.QUIT))
    several = removable(interview)
    if not several:
        return said
    away = _("To take away “{name}”, type {remove} and the number of an answer in it.")
    return f"{said} {away.format(name=instance_name(interview, several[-1]), remove=shown(Command.REMOVE))}"


def commands(allowed: Sequence[Command]) -> Lines:
    """All that can be typed here, with what it is for."""
    word = _("To answer with one of these words itself, put it in quotes, as in “{word}”.")
    return [
        _("You can type:"),
        *(
            sentence(_("{word}: {meaning}").format(word=shown(command), meaning=_(MEANS[command])))
            for command in allowed
        ),
        word.format(word=shown(Command.BACK)),
    ]
