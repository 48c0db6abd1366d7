"""Assessment -> what a person reads: plain sentences, without markup or width. Every face and every print-out shows
this.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from iop_tui.screening.assessment.assess import Assessment, Reason, RelevantQuestion, assess
from iop_tui.screening.assessment.call_sentences import reach
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.engine.third_person import for_another
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.answers import Answer, Answers, Known, Unknown
from iop_tui.screening.model.content import Advice, Care, CrisisPage, Item, PhoneLine, Row
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.question_types import type_of

Tell = Callable[[str, str], str]
"""Chooses between a sentence said of the person who answers, and the same said of another."""


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


class LeadSentence(Struct, frozen=True):
    """A sentence under the headline; `page` is the id of the crisis page that it points to, if it does."""

    text: str
    page: str | None = None


class StepSummary(Struct, frozen=True):
    """A thing to do: a first step that is needed or may be, or advice. `id` is its name in care.yaml."""

    kind: Literal["first", "possible", "advice"]
    id: str
    title: str
    items: tuple[str, ...]


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
    lead: tuple[LeadSentence, ...]
    crisis: tuple[tuple[CrisisPage, Because], ...]
    """The page of each alarm that stands, those that stop the questions first."""
    levels: tuple[LevelSummary, ...]
    """The levels, least first; empty while an alarm `now` stands."""
    settled: bool
    """Whether one level is named to ask about first. If not, so much is open that the first is only the least."""
    steps: tuple[StepSummary, ...]
    """What to do, in order: what comes before any program, then the advice that fits these answers."""
    fits: tuple[tuple[str, Because], ...]
    """What to ask for, and why."""
    unknown: tuple[str, ...]
    lines: tuple[PhoneLine, ...]
    notices: tuple[str, ...]
    rows: tuple[Row, ...]
    """What the levels are compared on."""

    @property
    def in_order(self) -> tuple[LevelSummary, ...]:
        """The levels as a person should read them: the one to ask about first, what may also be needed, the others."""
        order = (Verdict.FIRST, Verdict.POSSIBLE, Verdict.NOT_ENOUGH, Verdict.MORE)
        return tuple(sorted(self.levels, key=lambda level: order.index(level.verdict)))


def summarize(screening: Screening, answers: Mapping[str, Answer]) -> Summary:
    """The summary of one person's answers."""
    return summary_of(assess(screening, answers), answers)


def summary_of(result: Assessment, answers: Mapping[str, Answer]) -> Summary:
    """The summary of an assessment of these answers."""
    screening = result.screening
    facts = Facts(screening, answers)
    tell: Tell = _of_another if for_another(screening, answers) else _of_oneself
    crisis = tuple(
        (screening.pages[raised.alarm.page], _because(screening, raised.alarm.because, raised.alarm.id, raised.answers))
        for raised in result.alarms
    )
    lines = (screening.phone_lines[name] for name in screening.help.always)
    fits = tuple((f.fit.suggests, _because(screening, f.fit.because, f.fit.id, f.answers)) for f in result.fits)
    return Summary(
        screening=screening,
        opening=screening.manifest.disclaimer.opening,
        closing=screening.manifest.disclaimer.closing,
        headline=_headline(result),
        lead=_lead(result, tell),
        crisis=crisis,
        levels=_levels(result, tell) if result.level else (),
        settled=bool(result.level) and not result.cannot_tell,
        # While an alarm stops everything, its page speaks alone: a step for later would weaken it.
        steps=(*_first_steps(result, tell), *_advice(result, facts)) if result.level else (),
        fits=fits if result.level else (),
        unknown=tuple(_open(screening, matter) for matter in result.unknown if _tells(matter)),
        lines=tuple(line for line in lines if line.when is None or truth(line.when, facts) is True),
        notices=notices(screening, answers, "summary"),
        rows=screening.care.compare,
    )


def notices(screening: Screening, answers: Mapping[str, Answer], place: str) -> tuple[str, ...]:
    """The notices that hold, for a place: "questions" or "summary", in the words of the screening that is given."""
    facts = Facts(screening, answers)
    wanted = [notice for notice in screening.manifest.notices if notice.show in (place, "both")]
    return tuple(notice.text for notice in wanted if truth(notice.when, facts) is True)


def answer_text(question: Question, answer: Answer) -> str:
    """An answer in the words that the person chose it by."""
    if answer is Unknown.NOT_SURE:
        return _("I'm not sure")
    if isinstance(answer, Unknown):
        return _("I'd rather not say")
    return type_of(question).words(question, answer)


def answered(screening: Screening, answers: Answers) -> tuple[tuple[Question, Answer | None], ...]:
    """The questions that these answers ask, each with its answer, in order: what a person checks before the summary."""
    return tuple((question, answers.get(question.id)) for question in Facts(screening, answers).asked())


def _of_oneself(mine: str, _theirs: str) -> str:
    return mine


def _of_another(_mine: str, theirs: str) -> str:
    return theirs


def _because(screening: Screening, text: str, rule: str, answers: Mapping[str, Known]) -> Because:
    pairs = ((screening.question(name), answer) for name, answer in answers.items())
    return Because(text, rule, tuple((question.ask, answer_text(question, answer)) for question, answer in pairs))


def _headline(result: Assessment) -> str:
    if result.level is None:
        return _("Get help now, before anything else")
    if result.cannot_tell:
        return _("We cannot tell yet which care fits. Talk with a professional today.")
    return _("Ask about this first: {level}").format(level=result.screening.levels[result.level].name)


def _lead(result: Assessment, tell: Tell) -> tuple[LeadSentence, ...]:
    screening, level = result.screening, result.level
    if level is None:
        first = _("Something you answered can be dangerous. Please do what it says here first. The rest can wait.")
        return (LeadSentence(first),)
    pages = [screening.pages[raised.alarm.page] for raised in result.alarms]
    today = _("Today, before anything else, read this: {page}.")
    pointers = [LeadSentence(today.format(page=page.title), page.id) for page in pages]
    names = [screening.levels[other].short for other in result.could_be]
    before, said = list[str](), list[str]()
    if any(alarm.urgency == "now" for matter in result.unknown for alarm in matter.would_alarm):
        danger = _("You left a question about danger open. If any of it could be true, get help now. {reach}")
        before.append(danger.format(reach=reach(screening, "emergency", "crisis")).rstrip())
    if result.cannot_tell:
        said.append(
            _("Some answers are open, and they matter. It could be anything from {low} to {high}.").format(
                low=names[0], high=names[-1]
            )
        )
    else:
        said.append(screening.levels[level].what)
        if len(names) > 1:
            said.append(
                tell(
                    _(
                        "This is the least care that could fit. Some answers are missing, so you may need {levels}. "
                        "Ask about {them} too."
                    ),
                    _(
                        "This is the least care that could fit. Some answers are missing, so they may need {levels}. "
                        "Ask about {them} too."
                    ),
                ).format(levels=_or(names[1:]), them=_("it") if len(names) == 2 else _("them"))
            )
    if result.first_steps:
        first = _first_steps(result, tell)[0].title
        said.append(_("Before any program: {step}. Step 1 below says how.").format(step=first))
    elif result.possible_steps:
        said.append(_("There may be something to do before any program. Read step 1 below."))
    elif level == screening.least and not result.alarms and not _uncertain(result):
        said.append(
            _(
                "Nothing you told us points to more than this. That does not mean that all is well. "
                "If it feels like too little, or things get worse, ask for more."
            )
        )
    sentences = (*map(LeadSentence, before), *pointers, *map(LeadSentence, said))
    return tuple(dict.fromkeys(sentences))


def _uncertain(result: Assessment) -> bool:
    """Whether something open could be a danger, or so much more care that nothing may sound like "you are fine"."""
    return bool(result.cannot_tell) or any(matter.could_alarm for matter in result.unknown)


def _levels(result: Assessment, tell: Tell) -> tuple[LevelSummary, ...]:
    return tuple(_level(result, level, tell) for level in result.screening.levels)


def _level(result: Assessment, level: Level, tell: Tell) -> LevelSummary:
    screening, first = result.screening, result.level
    if first is None:
        raise ValueError("no level is compared while an alarm stands that stops the questions")
    care = screening.levels[level]
    if level == first:
        reasons = [reason for reason in result.reasons if reason.need.at_least == first]
        why = _("These answers point here:") if reasons else _("Nothing you told us asks for more than this.")
        if result.cannot_tell and not reasons:
            why = _("No answer points to one kind of care yet.")
        title = _("The least that it could be") if result.cannot_tell else _("Ask about this first")
        return LevelSummary(care, Verdict.FIRST, title, why, _becauses(screening, reasons))
    if screening.rank(level) < screening.rank(first):
        return _not_enough(result, care, first)
    if level in result.could_be:
        why = tell(
            _("Some answers are missing. They could mean that you need this much care."),
            _("Some answers are missing. This much care could be needed."),
        )
        return LevelSummary(care, Verdict.POSSIBLE, _("Ask about this too"), why)
    if result.alarms:
        why = tell(
            _("The answers do not point here yet. Ask about it if you feel unsafe or get worse."),
            _("The answers do not point here yet. Ask about it if they feel unsafe or get worse."),
        )
    else:
        why = _("No answer asks for this much. A professional may still see a reason.")
    return LevelSummary(care, Verdict.MORE, _("More than your answers point to"), why)


def _not_enough(result: Assessment, care: Care, first: Level) -> LevelSummary:
    """A level below the first, with the reasons for the next one up: each reason is told once."""
    rank = result.screening.rank
    next_up = rank(care.id) + 1
    between = [r for r in result.reasons if next_up == rank(r.need.at_least) < rank(first)]
    why = _("You told us things that need more than this.")
    title = _("May not be enough right now")
    return LevelSummary(care, Verdict.NOT_ENOUGH, title, why, _becauses(result.screening, between))


def _becauses(screening: Screening, reasons: Sequence[Reason]) -> tuple[Because, ...]:
    return tuple(_because(screening, r.need.because, r.need.id, r.answers) for r in reasons)


def _first_steps(result: Assessment, tell: Tell) -> tuple[StepSummary, ...]:
    steps, of = list[StepSummary](), result.screening.first_steps
    # What only may be called for covers nothing that surely is.
    sure = {other for step_id in result.first_steps for other in of[step_id].covers}
    perhaps = {other for step_id in result.possible_steps for other in of[step_id].covers}
    for step in (of[step_id] for step_id in result.first_steps if step_id not in sure):
        # The reasons stand with the most serious first; more of them would say the same again.
        reason = next(reason.need.because for reason in result.reasons if step.id in reason.need.first)
        why = _("Why: {reason}").format(reason=reason)
        steps.append(StepSummary("first", step.id, step.title, (step.text, why)))
    for step in (of[step_id] for step_id in result.possible_steps if step_id not in sure | perhaps):
        why = tell(
            _("We do not know if you need this, because some questions are open. To be safe, read it."),
            _("We do not know if they need this, because some questions are open. To be safe, read it."),
        )
        title = tell(_("You may also need this: {step}"), _("They may also need this: {step}")).format(step=step.title)
        steps.append(StepSummary("possible", step.id, title, (step.text, why)))
    return tuple(steps)


def _advice(result: Assessment, facts: Facts) -> tuple[StepSummary, ...]:
    """The advice that fits, each with the items that fit; none while an alarm `now` stands."""
    if result.level is None:
        return ()
    found = []
    for advice in result.screening.care.advice:
        items = tuple(item.text for item in advice.items if _fits(item, result.level, facts))
        if items and _fits(advice, result.level, facts):
            found.append(StepSummary("advice", advice.id, advice.title, items))
    return tuple(found)


def _fits(advice: Advice | Item, level: Level, facts: Facts) -> bool:
    if advice.levels and level not in advice.levels:
        return False
    return advice.when is None or truth(advice.when, facts) is True


def _tells(matter: RelevantQuestion) -> bool:
    """Whether an open question is worth a person's time: not where only others together with it could raise a page."""
    return bool(matter.could_change or matter.would_alarm or any(a.urgency == "now" for a in matter.could_alarm))


def _open(screening: Screening, matter: RelevantQuestion) -> str:
    said = [_("“{ask}”").format(ask=matter.question.ask)]
    if len(matter.could_change) == len(screening.levels):
        said.append(_("Your answer could change which care to ask about."))
    elif matter.could_change:
        levels = [screening.levels[level].short for level in matter.could_change]
        said.append(_("The answer could lead to {levels}.").format(levels=_or(levels)))
    if any(alarm.urgency == "now" for alarm in matter.would_alarm):
        danger = _("If the answer could mean danger, do not wait. {reach}")
        said.append(danger.format(reach=reach(screening, "emergency", "crisis")).rstrip())
    elif matter.would_alarm:
        danger = _("If the answer could mean danger, talk to a doctor or get help today. {reach}")
        said.append(danger.format(reach=reach(screening, "crisis")).rstrip())
    elif matter.could_alarm:
        said.append(_("Talk this over with a doctor or nurse today."))
    return " ".join(said)


def _or(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("{first} or {last}").format(first=", ".join(words[:-1]), last=words[-1])
