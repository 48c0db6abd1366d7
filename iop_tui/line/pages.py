"""Each page as lines, with an empty one between two parts. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from iop_tui.line import parse_answer
from iop_tui.line.commands import MEANS, Command, shown
from iop_tui.line.wrapping import plain, sentence
from iop_tui.result.blocks import CallLine
from iop_tui.review.sentences import review_line
from iop_tui.screening.assessment.answer_words import answer_text, answered, how_many_left
from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, Reviewing, ShowingResult
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import type_of

Lines = list[str]
_NUMBER = re.compile(r"\d[\d-]+\d")
"""A number to call or to write to; a key to press is shorter."""


def parted(*parts: Sequence[str]) -> Lines:
    """The non-empty parts, an empty line between two."""
    lines: Lines = []
    for part in parts:
        if part:
            lines += ["", *part] if lines else part
    return lines


def choices(texts: Iterable[str]) -> Lines:
    """Numbered lines."""
    return [f"{number}. {plain(text)}" for number, text in enumerate(texts, 1)]


def choose_one(count: int) -> str:
    """What to type to choose one of several lines."""
    said = _("Type a number from 1 to {count}, or {commands} to hear all that you can type.")
    return said.format(count=count, commands=shown(Command.COMMANDS))


def welcome(screening: Screening, ways: Sequence[str]) -> Lines:
    """What this is and what it is not, who has reviewed it, and the choices."""
    manifest = screening.manifest
    words = manifest.welcome
    limits = words.about.points if words.about is not None else ()
    points = [sentence(words.lead), *map(sentence, (*words.points, *limits, review_line(screening)))]
    return parted([sentence(manifest.title)], points, [*choices(ways), choose_one(len(ways))])


def where(interview: Interview) -> str:
    """What the questions are about here, and how many are left."""
    said = _("After your result. {title}: {left}") if interview.continuing else _("{title}: {left}")
    return sentence(said.format(title=plain(interview.progress.title), left=how_many_left(interview.left)))


def where_am_i(interview: Interview, *, begun: bool) -> str:
    """Where the person is, or before the questions until they have `begun`; how many are answered; what is asked."""
    step, pairs = interview.step, answered(interview.wording, interview.answers)
    count = _("Questions answered: {count}.").format(count=sum(answer is not None for _asked, answer in pairs))
    if not begun:
        return f"{sentence(interview.screening.manifest.title)} {count}"
    if isinstance(step, Asking):
        return f"{where(interview)} {count} {asked_now(step.question)}"
    titles = {Reviewing: _("Check your answers"), ShowingResult: _("Your summary")}
    title = titles.get(type(step)) or _("Safety comes first")
    return f"{sentence(title)} {count}"


def asked_now(asked: Question) -> str:
    """The present question, as an aside."""
    return sentence(_("You are asked now: {ask}").format(ask=asked.ask))


def question(interview: Interview, *, heading: bool, heard: Container[str] = ()) -> Lines:
    """The question that is asked, its answers with their numbers, and the answer it has; with or without its place, and
    without the notices that were heard just now.
    """
    asked = interview.wording.questions[interview.at]
    section = interview.section
    above = [where(interview)] if heading else []
    if section.intro and section.questions[0] is asked:
        above.append(sentence(section.intro))
    above += (sentence(text) for text in beside(interview) if text not in heard)
    lines = [sentence(asked.ask)]
    before = type_of(asked).heading(asked)
    lines += [*([sentence(before)] if before else []), *choices(option.text for option in asked.options)]
    if interview.current_answer is not None:
        said = _("Your answer so far: {answer}. To keep it, type {next}.")
        so_far = chosen(asked, interview.current_answer).rstrip(".")
        lines.append(said.format(answer=so_far, next=shown(Command.NEXT)))
    return parted(above, [*lines, parse_answer.expected(asked)])


def beside(interview: Interview) -> tuple[str, ...]:
    """The notices to print with the questions now."""
    return tuple(notice.text for notice in interview.notices)


def chosen(asked: Question, answer: Answer) -> str:
    """An answer with the numbers that it is given by."""
    if not isinstance(answer, (str, tuple)):
        return plain(answer_text(asked, answer))
    ids = (answer,) if isinstance(answer, str) else answer
    numbered = enumerate(asked.options, 1)
    return ", ".join(
        _("{number}: {text}").format(number=number, text=plain(option.text))
        for number, option in numbered
        if option.id in ids
    )


def taken(asked: Question, answer: Answer) -> str:
    """The confirmation of an answer."""
    said = _("You chose {answer}") if isinstance(answer, (str, tuple)) else _("You said: {answer}")
    return sentence(said.format(answer=chosen(asked, answer)))


def why(asked: Question) -> str:
    """Why a question is asked."""
    return sentence(_("Why: ") + asked.why)


def passable(step: Alarmed | NotAnswered) -> bool:
    """Whether a person may go on from a crisis page."""
    return isinstance(step, NotAnswered) or step.alarm.urgency == "today"


def ways_on(step: Alarmed | NotAnswered) -> tuple[str, str]:
    """The two choices of a crisis page: going on, or correcting the answer; if going on is not possible, correcting or
    erasing.
    """
    mistake = _("I pressed the wrong key: change it")
    if isinstance(step, NotAnswered):
        mistake = _("Go back to that question")
    if passable(step):
        return _("I have read this: go on with the questions"), mistake
    return mistake, _("Erase my answers and start over")


def crisis(step: Alarmed | NotAnswered, screening: Screening) -> Lines:
    """What to do now, who to call, and the choices."""
    if isinstance(step, Alarmed):
        page, because = screening.pages[step.alarm.page], step.alarm.because
    else:
        page, because = screening.pages[step.page], _("You left a question about safety open. That is all right.")
    ways = ways_on(step)
    return parted(
        [sentence(_("Safety comes first")), sentence(page.title), sentence(because)],
        [sentence(text) for text in page.do],
        phones((screening.phone_lines[line] for line in page.lines), about=False),
        [*choices(ways), choose_one(len(ways))],
    )


def phones(lines: Iterable[PhoneLine | CallLine], *, about: bool = True) -> Lines:
    """How to reach each line, and what it is for. No point follows an address: it would be taken for a part of it."""
    said = Lines()
    for line in lines:
        said.append(_("{label}: {text}").format(label=plain(line.name), text=plain(line.reach)))
        said += [sentence(line.about)] if about and line.about else []
    return said


def digits(reach: str) -> str:
    """The numbers to call in a text, digit by digit, a comma between their parts; empty if it has none.

    espeak-ng 1.51 reads 988 as nine hundred eighty-eight, and 1-800-662-4357 as amounts, in Spanish, too.
    """
    return "; ".join(", ".join(" ".join(part) for part in found.split("-")) for found in _NUMBER.findall(reach))


def who_to_call(screening: Screening) -> Lines:
    """The phone lines that a screening always names, their numbers once more digit by digit."""
    lines = Lines()
    for name in screening.help.always:
        line = screening.phone_lines[name]
        reach, *about = phones([line])
        spelled = digits(line.reach)
        lines += [reach, *([_("Digit by digit: {digits}.").format(digits=spelled)] if spelled else []), *about]
    return parted([in_danger(screening)], lines)


def numbered(interview: Interview) -> Sequence[tuple[Question, Answer | None]]:
    """The answers that count, in the order of their numbers, which begin at 1. Until all is answered, what is open yet
    has none.
    """
    pairs = answered(interview.wording, interview.answers)
    return pairs if interview.reviewed else [pair for pair in pairs if pair[1] is not None]


def answers(interview: Interview) -> Lines:
    """Every answer with its number, by section."""
    words, section, lines = interview.wording, -1, Lines()
    for number, (asked, answer) in enumerate(numbered(interview), 1):
        here = words.section_of[asked.id]
        if here != section:
            section = here
            lines += ["", sentence(words.sections[here].title)] if lines else [sentence(words.sections[here].title)]
        said = _("not answered") if answer is None else plain(answer_text(asked, answer))
        lines.append(
            sentence(_("{number}. {ask} Answer: {answer}").format(number=number, ask=plain(asked.ask), answer=said))
        )
    return lines


def change_one(count: int) -> str:
    """How to change an answer."""
    if count == 0:
        return _("You have not answered anything yet.")
    said = _("To change an answer, type {change} and its number from 1 to {count}, such as {change} 1.")
    return said.format(change=shown(Command.CHANGE), count=count)


def checked(interview: Interview) -> str:
    """What can be typed once the answers were heard."""
    said = _("Type {summary}, {change} and a number from 1 to {count}, or {answers} to hear them all.")
    return said.format(
        summary=shown(Command.SUMMARY),
        change=shown(Command.CHANGE),
        count=len(numbered(interview)),
        answers=shown(Command.ANSWERS),
    )


def review(interview: Interview) -> Lines:
    """All answers once more, before the summary."""
    on = _("Are these right? Then type {summary}.").format(summary=shown(Command.SUMMARY))
    return parted(
        [sentence(_("Check your answers"))],
        answers(interview),
        [change_one(len(numbered(interview))), on],
    )


def comparison(screening: Screening) -> list[Lines]:
    """The kinds of care: each by itself, as a part."""
    parts = [
        [
            sentence(care.name),
            sentence(care.what),
            *(row(plain(line.text), care.compare[line.id]) for line in screening.care.compare),
        ]
        for care in screening.care.levels
    ]
    if parts:
        parts[0] = parted([sentence(_("The kinds of care"))], parts[0])
        parts[-1] = parted(
            parts[-1], [sentence(screening.manifest.disclaimer.closing), sentence(review_line(screening))]
        )
    return parts


def row(label: str, text: str) -> str:
    """One thing that is compared: its name, and what is so here."""
    return sentence(_("{label}: {text}").format(label=label.rstrip(":."), text=plain(text)))


def commands(allowed: Iterable[Command]) -> Lines:
    """All that can be typed here, with what it is for."""
    return [
        _("You can type:"),
        *(
            sentence(_("{word}: {meaning}").format(word=shown(command), meaning=_(MEANS[command])))
            for command in allowed
        ),
    ]


def read_on() -> str:
    """How to hear the next part of a long text."""
    said = _("There is more: type {more} for the next part, or {all} for the rest.")
    return said.format(more=shown(Command.MORE), all=shown(Command.ALL))


def left(*, saved: bool) -> str:
    """The closing words."""
    return _("You left. Only the file that you saved is kept.") if saved else _("You left. Nothing was kept.")


def still_above() -> str:
    """What no program without control of the screen can do."""
    return _("What you typed may still stand above. To hide it, close this window.")
