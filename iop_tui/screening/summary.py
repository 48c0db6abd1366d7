"""Assessment -> what a person reads: plain sentences, without markup or width. Every face and every print-out shows
this.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence

from msgspec import Struct

from iop_tui.screening.answers import Answer, Answers, Known, Unknown
from iop_tui.screening.assess import Assessment, Matter, Reason, assess
from iop_tui.screening.care import Advice, Care, CrisisPage, PhoneLine, Row
from iop_tui.screening.conditions import Facts, options_of, truth
from iop_tui.screening.kinds import Level
from iop_tui.screening.language import _
from iop_tui.screening.model import Question, Screening


class Verdict(enum.Enum):
    """What the answers say of one level of care."""

    NOT_ENOUGH = "not_enough"
    FIRST = "first"
    POSSIBLE = "possible"
    MORE = "more"


class Because(Struct, frozen=True):
    """A reason in plain words, the name of its rule, and the questions and answers behind it."""

    text: str
    rule: str
    answers: tuple[tuple[str, str], ...]


class LevelSummary(Struct, frozen=True):
    """One level of care: what the answers say of it, and why."""

    care: Care
    verdict: Verdict
    title: str
    why: str
    reasons: tuple[Because, ...] = ()


class Passage(Struct, frozen=True):
    """A heading, and sentences under it."""

    title: str
    items: tuple[str, ...]


class Summary(Struct, frozen=True):
    """What a person reads at the end. It opens and closes with the sentence that a professional decides."""

    screening: Screening
    opening: str
    closing: str
    headline: str
    lead: tuple[str, ...]
    crisis: tuple[tuple[CrisisPage, Because], ...]
    """The page of each alarm that stands, those that stop the questions first."""
    levels: tuple[LevelSummary, ...]
    """The four levels, least first; empty while an alarm `now` stands."""
    first_steps: tuple[Passage, ...]
    fits: tuple[tuple[str, Because], ...]
    """What to ask for, and why."""
    unknown: tuple[str, ...]
    advice: tuple[Passage, ...]
    lines: tuple[PhoneLine, ...]
    notices: tuple[str, ...]
    rows: tuple[Row, ...]
    """What the levels are compared on."""


def summarize(screening: Screening, answers: Mapping[str, Answer]) -> Summary:
    """The summary of one person's answers."""
    return summary_of(assess(screening, answers), answers)


def summary_of(result: Assessment, answers: Mapping[str, Answer]) -> Summary:
    """The summary of an assessment of these answers."""
    screening = result.screening
    facts = Facts(screening, answers)
    crisis = tuple(
        (screening.pages[raised.alarm.page], _because(screening, raised.alarm.because, raised.alarm.id, raised.answers))
        for raised in result.alarms
    )
    fits = tuple((f.fit.suggests, _because(screening, f.fit.because, f.fit.id, f.answers)) for f in result.fits)
    return Summary(
        screening=screening,
        opening=screening.manifest.disclaimer.opening,
        closing=screening.manifest.disclaimer.closing,
        headline=_headline(result),
        lead=_lead(result),
        crisis=crisis,
        levels=_levels(result) if result.level else (),
        first_steps=_first_steps(result),
        fits=fits if result.level else (),
        unknown=tuple(_open(screening, matter) for matter in result.unknown),
        advice=tuple(
            Passage(a.title, tuple(item.text for item in a.items))
            for a in screening.care.advice
            if _applies(a, result, facts)
        ),
        lines=tuple(screening.phone_lines[line] for line in screening.help.always),
        notices=notices(screening, answers, "summary"),
        rows=screening.care.compare,
    )


def notices(screening: Screening, answers: Mapping[str, Answer], place: str) -> tuple[str, ...]:
    """The notices that hold, for a place: "questions" or "summary"."""
    facts = Facts(screening, answers)
    wanted = [notice for notice in screening.manifest.notices if notice.show in (place, "both")]
    return tuple(notice.text for notice in wanted if truth(notice.when, facts) is True)


def answer_text(question: Question, answer: Answer) -> str:
    """An answer in the words that the person chose it by."""
    if answer is Unknown.NOT_SURE:
        return _("I'm not sure")
    if isinstance(answer, Unknown):
        return _("I'd rather not say")
    if isinstance(answer, int):
        return f"{answer} {question.unit}" if question.unit else str(answer)
    return ", ".join(option.text for option in options_of(question, answer))


def answered(screening: Screening, answers: Answers) -> tuple[tuple[Question, Answer | None], ...]:
    """The questions that these answers ask, each with its answer, in order: what a person checks before the summary."""
    return tuple((question, answers.get(question.id)) for question in Facts(screening, answers).asked())


def _because(screening: Screening, text: str, rule: str, answers: Mapping[str, Known]) -> Because:
    pairs = ((screening.question(name), answer) for name, answer in answers.items())
    return Because(text, rule, tuple((question.ask, answer_text(question, answer)) for question, answer in pairs))


def _headline(result: Assessment) -> str:
    if result.level is None:
        return _("Get help now, before anything else")
    if _too_open(result):
        return _("We cannot tell yet which care fits. Talk with a professional today.")
    return _("Ask about this first: {level}").format(level=result.screening.levels[result.level].name)


def _too_open(result: Assessment) -> bool:
    """Whether so much is unknown that naming one level first would sound like "you are fine"."""
    no_reason = not any(reason.need.at_least for reason in result.reasons)
    return no_reason and bool(result.could_be) and result.could_be[-1].rank >= Level.PHP.rank


def _lead(result: Assessment) -> tuple[str, ...]:
    screening, level = result.screening, result.level
    if level is None:
        return (_("Something you answered can be dangerous. Please do what it says here first. The rest can wait."),)
    names = [screening.levels[other].short for other in result.could_be]
    said = [
        _("Today, before anything else, read this: {page}.").format(page=screening.pages[raised.alarm.page].title)
        for raised in result.alarms
    ]
    if _too_open(result):
        said.append(
            _("Too many answers are open. It could be anything from {low} to {high}.").format(
                low=names[0], high=names[-1]
            )
        )
    else:
        said.append(screening.levels[level].what)
        if len(names) > 1:
            said.append(
                _(
                    "This is the least care that could fit. Some answers are missing, so you may need {levels}. "
                    "Ask about {them} too."
                ).format(levels=_or(names[1:]), them=_("it") if len(names) == 2 else _("them"))
            )
    if result.first_steps or result.possible_steps:
        said.append(_("Before any program, there is something to do first. It is below."))
    elif level is Level.OUTPATIENT and not result.alarms and not _too_open(result):
        said.append(
            _(
                "Nothing you told us points to more than this. That does not mean that all is well. "
                "If it feels like too little, or things get worse, ask for more."
            )
        )
    return tuple(dict.fromkeys(said))


def _levels(result: Assessment) -> tuple[LevelSummary, ...]:
    return tuple(_level(result, level) for level in Level if level in result.screening.levels)


def _level(result: Assessment, level: Level) -> LevelSummary:
    screening, first = result.screening, result.level
    if first is None:
        raise ValueError("no level is compared while an alarm stands that stops the questions")
    care = screening.levels[level]
    if level is first:
        reasons = [reason for reason in result.reasons if reason.need.at_least is first]
        why = _("These answers point here:") if reasons else _("Nothing you told us asks for more than this.")
        title = _("The least that it could be") if _too_open(result) else _("Ask about this first")
        return LevelSummary(care, Verdict.FIRST, title, why, _becauses(screening, reasons))
    if level.rank < first.rank:
        reasons = [r for r in result.reasons if r.need.at_least and r.need.at_least.rank > level.rank]
        why = (
            _("These answers ask for more than this:") if reasons else _("Some of your answers ask for more than this.")
        )
        title = _("May not be enough right now")
        return LevelSummary(care, Verdict.NOT_ENOUGH, title, why, _becauses(screening, reasons))
    if level in result.could_be:
        why = _("Some answers are missing. They could mean that you need this much care.")
        return LevelSummary(care, Verdict.POSSIBLE, _("Ask about this too"), why)
    if result.alarms:
        why = _("Your answers do not point here yet. Ask about it if you feel unsafe or get worse.")
    else:
        why = _("Nothing you told us asks for this much care. A professional may still see a reason for it.")
    return LevelSummary(care, Verdict.MORE, _("More than your answers point to"), why)


def _becauses(screening: Screening, reasons: Sequence[Reason]) -> tuple[Because, ...]:
    return tuple(_because(screening, r.need.because, r.need.id, r.answers) for r in reasons)


def _first_steps(result: Assessment) -> tuple[Passage, ...]:
    steps = []
    for step_id in result.first_steps:
        step = result.screening.first_steps[step_id]
        # The reasons stand with the most serious first; more of them would say the same again.
        reason = next(reason.need.because for reason in result.reasons if step_id in reason.need.first)
        steps.append(Passage(step.title, (step.text, _("Why: {reason}").format(reason=reason))))
    for step_id in result.possible_steps:
        step = result.screening.first_steps[step_id]
        why = _("We do not know if you need this, because some questions are open. To be safe, read it.")
        steps.append(Passage(_("You may also need this: {step}").format(step=step.title), (step.text, why)))
    return tuple(steps)


def _open(screening: Screening, matter: Matter) -> str:
    said = [_("“{ask}” We do not know.").format(ask=matter.question.ask)]
    if len(matter.could_change) == len(Level):
        said.append(_("Your answer could change which care to ask about."))
    elif matter.could_change:
        levels = [screening.levels[level].short for level in matter.could_change]
        said.append(_("The answer could lead to {levels}.").format(levels=_or(levels)))
    if any(alarm.urgency == "now" for alarm in matter.could_alarm):
        said.append(_("If it could be a yes, do not wait: call 911, or call or text 988."))
    elif matter.could_alarm:
        said.append(_("If it could be a yes, talk to a doctor or call 988 today."))
    return " ".join(said)


def _or(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])


def _applies(advice: Advice, result: Assessment, facts: Facts) -> bool:
    if result.level is None or (advice.levels and result.level not in advice.levels):
        return False
    return advice.when is None or truth(advice.when, facts) is True
