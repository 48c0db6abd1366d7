"""A person's way through a screening, by keys or by the mouse. What is asked next comes from the core's Interview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, begin
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question, Screening
from tests.bounded import rounds
from tests.harness.keys import OPTION_KEYS as OPTION_KEYS
from tests.terminal.terminal import ENTER_KEY, Terminal

SMALL = Path(__file__).parent.parent / "screenings" / "small"
"""Seven questions, of every kind: a short way to every page."""
SMALL_ANSWERS: Mapping[str, Answer] = {
    "who_for": "self",
    "help_with": ("alcohol",),
    "drinks": 2,
    "thoughts": "never",
    "low_mood": "rarely",
    "low_interest": "mostly",
    "night_support": "somebody",
}
"""A person whose answers raise no alarm there."""
REVIEW = "Check your answers"
SUMMARY = "Your result"
LEAVE_QUESTION = "Leave? We'll erase your answers."


def steps(screening: Screening, answers: Mapping[str, Answer]) -> Iterator[Interview]:
    """Every state of an interview with these answers up to the review, or to an alarm that lets nobody pass."""
    interview = begin(screening)
    for _ in rounds("the review"):
        yield interview
        step = interview.step
        if isinstance(step, Asking):
            interview = interview.answer(answers[step.question.id])
        elif isinstance(step, NotAnswered) or (isinstance(step, Alarmed) and step.alarm.urgency == "today"):
            interview = interview.acknowledged()
        else:
            return


def asked(screening: Screening, answers: Mapping[str, Answer]) -> list[Question]:
    """The questions that a person with these answers is asked."""
    return [state.step.question for state in steps(screening, answers) if isinstance(state.step, Asking)]


def shown(terminal: Terminal, question: Question) -> None:
    """Until a question, and the first of its choices, is on the screen."""
    first = question.options[0].text if question.options else "Continue"
    terminal.wait(" ".join(question.ask.split()), first)


def start(terminal: Terminal) -> None:
    """From the welcome page to the first question."""
    terminal.wait("Start the questions")
    terminal.press("1")


def answer(terminal: Terminal, question: Question, given: Answer, marked: tuple[str, ...] = ()) -> None:
    """Answer the question on the screen by keys; `marked` are the options that are marked already."""
    shown(terminal, question)
    keys = {option.id: key for option, key in zip(question.options, OPTION_KEYS, strict=False)}
    if isinstance(given, Unknown):
        terminal.press("n" if given is Unknown.NOT_SURE else "s")
    elif isinstance(given, (int, date)):
        terminal.press(str(given))
        terminal.wait(f"[ {given} ]")
        terminal.press("c")
    elif isinstance(given, tuple):
        for option_id in given:
            if option_id not in marked:
                terminal.press(keys[option_id])
        terminal.press("c")
    else:
        terminal.press(keys[given])


def read_on(terminal: Terminal, state: Interview) -> None:
    """Past a page of danger that lets a person pass."""
    step = state.step
    page = step.alarm.page if isinstance(step, Alarmed) else step.page if isinstance(step, NotAnswered) else ""
    terminal.wait(state.wording.pages[page].title, "I have read this")
    terminal.press("1")


def to_review(terminal: Terminal, screening: Screening, answers: Mapping[str, Answer]) -> None:
    """From the welcome page to the review, through the alarms that let a person pass."""
    start(terminal)
    told: set[str] = set()
    for state in steps(screening, answers):
        if isinstance(state.step, Asking):
            if fresh := {notice.id for notice in state.notices} - told:
                told |= fresh
                terminal.wait("Good to know")
                terminal.press(ENTER_KEY)
            answer(terminal, state.step.question, answers[state.step.question.id])
        elif isinstance(state.step, (Alarmed, NotAnswered)):
            read_on(terminal, state)
    terminal.wait(REVIEW, "show my summary")


def to_summary(terminal: Terminal, screening: Screening, answers: Mapping[str, Answer]) -> None:
    """From the welcome page to the card of the result."""
    to_review(terminal, screening, answers)
    terminal.press(ENTER_KEY)
    terminal.wait(SUMMARY)


def to_question(terminal: Terminal, screening: Screening, answers: Mapping[str, Answer], count: int) -> Question:
    """Answer `count` questions; the next one, which is then on the screen."""
    start(terminal)
    questions = asked(screening, answers)
    for question in questions[:count]:
        answer(terminal, question, answers[question.id])
    shown(terminal, questions[count])
    return questions[count]


def leave(terminal: Terminal) -> int:
    """Ask to leave, and leave; the exit status."""
    terminal.press("q")
    terminal.wait(LEAVE_QUESTION)
    terminal.press("2")
    return terminal.ended()
