"""What the wizard would show to somebody who does the same: the bare Interview, and the two pages around it."""

from __future__ import annotations

import random

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.line.wrapping import sentence
from iop_tui.screening.assessment.answer_words import answered
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, Reviewing, ShowingResult, begin
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from tests.harness.keys import mildest

WELCOME, QUESTIONS, SUMMARY = "welcome", "questions", "summary"
NOISE = ("why", "help", "where am I", "answers", "words", "more", "commands", "again", "compare")
NONSENSE = ("", " ", "0 0", "1000001", "1.5", "-1", "yes yes", "1 1 99", "hello", "3 days", "9" * 5000, "\x1b[A", "²²²")


class Reference(Struct, frozen=True):
    """Where the person is, and what was asked on the way, in order."""

    interview: Interview
    place: str = WELCOME
    returning: bool = False
    asked: tuple[str, ...] = ()
    sure: bool = False
    """Whether the person is asked if they really want to start over."""

    @staticmethod
    def of(screening: Screening) -> Reference:
        return Reference(begin(screening))

    def at(self, interview: Interview, place: str = QUESTIONS) -> Reference:
        """Come to a page; a question that is shown is noted."""
        asked = self.asked
        if place == QUESTIONS and isinstance(interview.step, ShowingResult):
            place = SUMMARY
        if place == QUESTIONS and isinstance(interview.step, Asking):
            asked = (*asked, interview.step.question.id)
        return replace(self, interview=interview, place=place, asked=asked)

    def answer(self, answer: Answer) -> Reference:
        return replace(self, returning=False)._settle(self.interview.answer(answer), self.returning)

    def passed(self) -> Reference:
        return replace(self, returning=False)._settle(self.interview.acknowledged(), self.returning)

    def over(self) -> Reference:
        return replace(self, interview=begin(self.interview.screening), place=WELCOME, returning=False, sure=False)

    def back(self) -> Reference:
        if isinstance(self.interview.step, Asking) and self.interview.at_start:
            return self.at(self.interview, WELCOME)
        stays = self.returning and not isinstance(self.interview.step, Asking)
        return replace(self, returning=stays).at(self.interview.back())

    def change(self, number: int) -> Reference:
        question = self.changeable[number - 1]
        return replace(self, returning=not self.interview.reviewed).at(self.interview.change(question.id))

    @property
    def changeable(self) -> list[Question]:
        pairs = answered(self.interview.wording, self.interview.answers)
        return [question for question, answer in pairs if answer is not None or self.interview.reviewed]

    def _settle(self, interview: Interview, returning: bool) -> Reference:
        """On the way, a changed answer leads to the first question that is open, past any page of danger."""
        if returning and isinstance(interview.step, (Alarmed, NotAnswered)):
            return replace(self, returning=True).at(interview)
        pairs = answered(interview.wording, interview.answers)
        is_open = next((question.id for question, answer in pairs if answer is None), None)
        return self.at(interview.change(is_open) if returning and is_open else interview)


def move(dice: random.Random, now: Reference, *, straight: bool) -> tuple[str, Reference]:
    """Something to type, and where it leads; `straight` to the summary where it can be reached."""
    if now.sure:
        stay = ("no", replace(now, sure=False))
        return (
            ("yes", now.over()) if straight else dice.choice([("YES", now.over()), stay, stay, ("2", now), ("", now)])
        )
    if not straight and now.place != WELCOME and dice.random() < 0.01:
        return "start over", replace(now, sure=True)
    if not straight and dice.random() < 0.12:
        return dice.choice(NONSENSE), now
    if not straight and dice.random() < 0.08:
        typed = dice.choice(NOISE)
        return typed, now if typed != "again" else now.at(now.interview, now.place)
    if now.place == WELCOME:
        return dice.choice(["1", "start", " Start. "]), now.at(now.interview)
    if now.place == SUMMARY:
        if now.interview.more.most and dice.random() < 0.5:
            return dice.choice(["fit", "Fit."]), now.at(now.interview.continued())
        return ("change 1", now.change(1)) if dice.random() < 0.5 else ("back", now.back())
    step = now.interview.step
    if isinstance(step, Asking):
        return _at_question(dice, now, step.question, straight=straight)
    if isinstance(step, Reviewing):
        if straight or dice.random() < 0.4:
            return dice.choice(["summary", "next", "yes"]), now.at(now.interview.confirmed())
        number = dice.randint(1, len(now.changeable))
        return dice.choice([f"change {number}", f" Change {number}. "]), now.change(number)
    assert not isinstance(step, ShowingResult)
    return _in_danger(dice, now, step, straight=straight)


def _at_question(dice: random.Random, now: Reference, question: Question, *, straight: bool) -> tuple[str, Reference]:
    roll = 1.0 if straight else dice.random()
    if now.interview.continuing and (straight or dice.random() < 0.1):
        return dice.choice(["summary", "done"]), now.at(now.interview.stopped())
    if roll < 0.1:
        return dice.choice(["back", "B", "previous"]), now.back()
    if roll < 0.15:
        given = now.interview.current_answer
        return "keep", now if given is None else now.answer(given)
    if roll < 0.2 and now.changeable:
        number = dice.randint(1, len(now.changeable))
        return f"change {number}", now.change(number)
    if not straight and dice.random() < 0.15:
        return dice.choice([("not sure", now.answer(Unknown.NOT_SURE)), ("Skip.", now.answer(Unknown.SKIPPED))])
    typed, answer = the_mildest(question) if straight else an_answer(dice, question)
    return typed, now.answer(answer)


def _in_danger(
    dice: random.Random, now: Reference, step: Alarmed | NotAnswered, *, straight: bool
) -> tuple[str, Reference]:
    if isinstance(step, NotAnswered) or step.alarm.urgency == "today":
        if straight or dice.random() < 0.7:
            return dice.choice(["1", "next"]), now.passed()
        return dice.choice(["2", "back"]), now.back()
    if straight:
        return "2", replace(now, sure=True)
    if dice.random() < 0.4:
        return dice.choice(["next", "change 1", "summary", "compare", "save", "skip", "3"]), now
    return dice.choice(["1", "back"]), now.back()


def an_answer(dice: random.Random, question: Question) -> tuple[str, Answer]:
    """An answer to a question, and one way to type it."""
    if question.kind == "number":
        number = dice.randint(question.lowest or 0, question.highest or 0)
        return f" {number} ", number
    if question.kind == "one":
        number = dice.randrange(len(question.options))
        return dice.choice([f"{number + 1}", f"{number + 1}."]), question.options[number].id
    free = [option for option in question.options if not option.alone]
    alone = [option for option in question.options if option.alone]
    picked = (
        dice.sample(free, dice.randint(1, len(free))) if free and dice.random() < 0.6 else [dice.choice(alone or free)]
    )
    numbers = [str(question.options.index(option) + 1) for option in picked]
    joined = dice.choice([" ", ", ", " and ", ",", " AND ", "  "]).join(numbers)
    return joined, tuple(option.id for option in question.options if option in picked)


def the_mildest(question: Question) -> tuple[str, Answer]:
    """The answer that asks for the least; one that stands alone where there is one."""
    answer = mildest(question)
    if isinstance(answer, int):
        return str(answer), answer
    [name] = answer if isinstance(answer, tuple) else (answer,)
    return str([option.id for option in question.options].index(str(name)) + 1), answer


def heard(lines: list[str], screening: Screening) -> list[str]:
    """The ids of the questions that were asked in these lines."""
    return [question.id for question in screening.questions if sentence(question.ask) in lines]
