"""Assessment -> Result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from iop_tui.result.hinge import hinge_of
from iop_tui.result.model import (
    AdviceGiven,
    CallSide,
    ComparedLevel,
    LevelReason,
    NeededStep,
    Notice,
    OpenQuestion,
    RaisedAlarm,
    Result,
    Said,
    Tip,
    Verdict,
)
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import Assessment, RelevantQuestion, assess
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.engine.third_person import is_proxy
from iop_tui.screening.model.answers import Answer, Known
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level

SETTLING = 2
"""So many open questions are named that would settle most."""


def result_for(screening: Screening, answers: Mapping[str, Answer]) -> Result:
    """The result of one person's answers. Raises KeyError for a question that does not exist."""
    return result_of(assess(screening, answers), answers)


def result_of(assessment: Assessment, answers: Mapping[str, Answer], *, seek_hinge: bool = True) -> Result:
    """The result of an assessment of these answers, which was made in full. The search for the one answer that it hangs
    on takes a millisecond or more: to look at many people's results, go without.
    """
    return _Builder(assessment, answers, seek_hinge).result()


class _Builder:
    def __init__(self, assessment: Assessment, answers: Mapping[str, Answer], seek_hinge: bool) -> None:
        self._seek_hinge = seek_hinge
        self._assessment = assessment
        self._answers = answers
        self._screening = assessment.screening
        self._facts = Facts(self._screening, answers)
        self._level = assessment.level
        care = self._screening.care
        self._other = next((other for other in care.other_calls if self._holds(other.when)), None)
        self._turns = self._other.turns if self._other else care.first_call

    def result(self) -> Result:
        made, screening, level = self._assessment, self._screening, self._level
        settled = level is not None and not made.cannot_tell
        call = tuple(self._call(level)) if level is not None else ()
        return Result(
            screening=screening,
            for_other=is_proxy(screening, self._answers),
            level=level,
            could_be=made.could_be,
            settled=settled,
            alarms=tuple(self._alarms()),
            # While an alarm stops everything, its page speaks alone: a step for later would weaken it.
            steps=tuple(self._steps()) if level is not None else (),
            reasons=tuple(
                LevelReason(
                    n.need.id, n.need.at_least, n.need.because, n.need.brief or n.need.because, self._said(n.answers)
                )
                for n in made.reasons
            ),
            open=tuple(self._open(matter) for matter in made.unknown),
            settling=self._settling(),
            tips=self._tips(level) if level is not None else (),
            advice=tuple(self._advice(level)) if level is not None else (),
            lines=tuple(self._relevant(screening.help.always)),
            levels=tuple(self._compared(level)) if level is not None else (),
            hinge=hinge_of(made, self._answers) if settled and self._seek_hinge else None,
            call=call,
            say=self._say(level) if level is not None else "",
            say_to=self._other.whom if self._other else "",
            notices=tuple(
                Notice(notice.id, notice.text)
                for notice in screening.manifest.notices
                if notice.show in ("summary", "both") and self._holds(notice.when)
            ),
        )

    def _alarms(self) -> Iterator[RaisedAlarm]:
        for raised in self._assessment.alarms:
            alarm, page = raised.alarm, self._screening.pages[raised.alarm.page]
            named = (self._screening.phone_lines[name] for name in page.lines)
            # Whom an answer rules out is left out; whoever may be meant, is named.
            lines = tuple(line for line in named if line.when is None or truth(line.when, self._facts) is not False)
            yield RaisedAlarm(alarm.id, alarm.urgency, page, lines, alarm.because, self._said(raised.answers))

    def _steps(self) -> Iterator[NeededStep]:
        made, of = self._assessment, self._screening.first_steps
        sure = {other for name in made.first_steps for other in of[name].covers}
        perhaps = {other for name in made.possible_steps for other in of[name].covers}
        told = [name for name in made.first_steps if name not in sure]
        # Steps that cover one another are refused when a screening is loaded; even so none may be lost.
        for step in (of[name] for name in told or made.first_steps):
            # The reasons stand with the most serious first; more of them would say the same again.
            because = next(reason.need.because for reason in made.reasons if step.id in reason.need.first)
            yield NeededStep(step.id, True, step.title, step.brief or step.title, step.text, because, step.covers)
        # What only may be called for covers nothing that surely is.
        for step in (of[name] for name in made.possible_steps if name not in sure | perhaps):
            yield NeededStep(step.id, False, step.title, step.brief or step.title, step.text, "", step.covers)

    def _open(self, matter: RelevantQuestion) -> OpenQuestion:
        danger: Literal["now", "today", "talk"] | None = None
        if matter.would_alarm:
            danger = "now" if any(alarm.urgency == "now" for alarm in matter.would_alarm) else "today"
        elif matter.could_alarm:
            danger = "talk"
        alarms = tuple(alarm.id for alarm in matter.could_alarm)
        question = matter.question
        return OpenQuestion(question.id, question.ask, matter.could_change, alarms, danger)

    def _settling(self) -> tuple[str, ...]:
        matters = [matter for matter in self._assessment.unknown if matter.could_change]
        matters.sort(key=lambda matter: matter.spread)
        return tuple(matter.question.id for matter in matters[:SETTLING])

    def _tips(self, level: Level) -> tuple[Tip, ...]:
        fits = [f for f in self._assessment.fits if not f.fit.levels or level in f.fit.levels]
        fits.sort(key=lambda f: f.fit.rank)
        return tuple(Tip(f.fit.id, f.fit.suggests, f.fit.because, self._said(f.answers)) for f in fits)

    def _advice(self, level: Level) -> Iterator[AdviceGiven]:
        for advice in self._screening.care.advice:
            items = tuple(item.text for item in advice.items if self._fits(item.levels, item.when, level))
            if items and self._fits(advice.levels, advice.when, level):
                yield AdviceGiven(advice.id, advice.chapter, advice.aside, advice.title, items)

    def _call(self, level: Level) -> Iterator[CallSide]:
        for turn in self._turns:
            if self._fits(turn.levels, turn.when, level):
                yield CallSide(turn.you is not None, turn.you or turn.they or "")

    def _say(self, level: Level) -> str:
        turns = (turn for turn in self._turns if turn.card and level in (turn.levels or (level,)))
        return next((turn.you or "" for turn in turns), "")

    def _compared(self, first: Level) -> Iterator[ComparedLevel]:
        rank = self._screening.rank
        for level, care in self._screening.levels.items():
            if level == first:
                verdict = Verdict.FIRST
            elif rank(level) < rank(first):
                verdict = Verdict.NOT_ENOUGH
            else:
                verdict = Verdict.POSSIBLE if level in self._assessment.could_be else Verdict.MORE
            yield ComparedLevel(care, verdict)

    def _relevant(self, names: tuple[str, ...]) -> Iterator[PhoneLine]:
        for line in (self._screening.phone_lines[name] for name in names):
            if line.when is None or self._holds(line.when):
                yield line

    def _fits(self, levels: tuple[Level, ...], when: Condition | None, level: Level) -> bool:
        return (not levels or level in levels) and (when is None or self._holds(when))

    def _holds(self, condition: Condition) -> bool:
        return truth(condition, self._facts) is True

    def _said(self, answers: Mapping[str, Known]) -> tuple[Said, ...]:
        questions = ((self._screening.question(name), answer) for name, answer in answers.items())
        return tuple(Said(question.id, question.ask, answer_text(question, answer)) for question, answer in questions)
