"""Sentences that several parts of a result tell."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.result.model import NeededStep, OpenQuestion, Result, Said
from iop_tui.screening.assessment.call_sentences import line_of, reach
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import PhoneLine
from iop_tui.site.settings import LocalLine, Site


def tell(result: Result, mine: str, theirs: str) -> str:
    """A sentence said of the person who answers, or the same said of another."""
    return theirs if result.for_other else mine


def not_a_diagnosis(*, in_short: bool = False) -> str:
    """The sentence that every card has; `in_short` it has one line of the narrowest window."""
    if in_short:
        return _("Not a diagnosis. A licensed professional decides.")
    return _("Not a diagnosis. A licensed professional decides with you.")


def either(words: Sequence[str]) -> str:
    """Words as a choice: "IOP, PHP or Inpatient"."""
    if len(words) == 1:
        return words[0]
    return _("{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])


def quoted(ask: str) -> str:
    """A question that is spoken of, not asked."""
    return _("“{ask}”").format(ask=ask)


def said(answer: Said) -> str:
    """An answer, and what was asked."""
    return _("{ask} “{answer}”").format(ask=answer.ask, answer=answer.answer)


def danger_open(result: Result) -> str:
    """What to do where an open question may hide a danger; empty where none does."""
    if not any(question.danger == "now" for question in result.open):
        return ""
    danger = _("You left a question about danger open. If it could be true, first get help now. {reach}")
    return danger.format(reach=reach(result.screening, "emergency", "crisis")).rstrip()


def least_care(result: Result) -> str:
    """That more care may be needed, as some answers are missing; empty where one level is left."""
    names = [result.screening.levels[level].short for level in result.could_be[1:]]
    if not names or not result.settled:
        return ""
    return _("Some answers are missing, so ask about {levels}, too.").format(levels=either(names))


def hinge(result: Result, *, in_short: bool = False) -> str:
    """Which other answer would lead to less care, `in_short` with the question's label alone; empty where no single one
    does.
    """
    found = result.hinge
    if found is None:
        return ""
    if found.then:
        short = _("{label}: you said “{now}”. If it were “{then}”, {level} could be enough.")
        words = _("To “{ask}” you said “{now}”. If it were “{then}”, {level} could be enough.")
    else:
        short = _("{label}: you said “{now}”. Without that, {level} could be enough.")
        words = _("To “{ask}” you said “{now}”. Without that, {level} could be enough.")
    level = result.screening.levels[found.level].short
    pattern = short if in_short and found.label else words
    return pattern.format(ask=found.ask, label=found.label, now=found.now, then=found.then, level=level)


def open_question(result: Result, question: OpenQuestion) -> str:
    """What an open question could lead to."""
    told: list[str] = []
    if len(question.levels) == len(result.screening.levels):
        told.append(_("The answer could change which care to ask about."))
    elif question.levels:
        levels = [result.screening.levels[level].short for level in question.levels]
        told.append(_("The answer could lead to {levels}.").format(levels=either(levels)))
    if question.danger == "now":
        danger = _("If the answer could mean danger, do not wait. {reach}")
        told.append(danger.format(reach=reach(result.screening, "emergency", "crisis")).rstrip())
    elif question.danger == "today":
        danger = _("If the answer could mean danger, talk to a doctor or get help today. {reach}")
        told.append(danger.format(reach=reach(result.screening, "crisis")).rstrip())
    elif question.danger == "talk":
        told.append(_("Talk this over with a doctor or nurse today."))
    return " ".join(told)


def step_title(result: Result, step: NeededStep) -> str:
    """What a first step is called: one that is only possible is told as such."""
    if step.sure:
        return step.title
    title = tell(result, _("You may also need this: {step}"), _("They may also need this: {step}"))
    return title.format(step=step.title)


def whom_to_call(result: Result, site: Site) -> PhoneLine | LocalLine | None:
    """Who helps to find care: the clinic's own first line, or else the helpline."""
    return site.phones[0] if site.phones else line_of(result.screening, "helpline")


def call_now(result: Result, site: Site) -> tuple[str, str]:
    """Whom to call, and what to say, in one entry; and the same without the name of a line that is no clinic's own.
    Both are empty where there is nobody to call.
    """
    line = whom_to_call(result, site)
    if line is None:
        said = _("{they}. Say: “{sentence}”") if result.say_to else _("Call a program or a doctor. Say: “{sentence}”")
        return said.format(they=result.say_to, sentence=result.say) if result.say else "", ""
    if result.say_to and result.say and result.settled:
        words = _("{they}. Say: “{sentence}” Can't reach them? {whom}.")
    elif result.say and result.settled:
        words = _("{whom}. Say: “{sentence}”")
    else:
        words = _("Ask a professional to go over this with you. {whom}.")
    named, bare = (
        words.format(they=result.say_to, whom=whom, sentence=result.say)
        for whom in (f"{line.name}: {line.reach}", line.reach)
    )
    return named, "" if site.phones else bare
