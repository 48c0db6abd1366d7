"""Example people in front of the wizard itself, and of the line face: they are asked and told the same."""

from __future__ import annotations

from datetime import date

import pytest

from iop_tui.line.conversation import Place
from iop_tui.line.wrapping import sentence
from iop_tui.result.document import document
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, ShowingResult
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.definition import Question
from tests.document import texts
from tests.line.conversation import Conversation
from tests.shipped import CASES, SHIPPED, each_person, result_of
from tests.tui.pilot import person


def typed_for(question: Question, answer: Answer) -> str:
    if isinstance(answer, Unknown):
        return "not sure" if answer is Unknown.NOT_SURE else "skip"
    if isinstance(answer, (int, date)):
        return str(answer)
    ids = [option.id for option in question.options]
    return " ".join(str(ids.index(name) + 1) for name in ([answer] if isinstance(answer, str) else answer))


def walked(answers: dict[str, Answer]) -> tuple[Conversation, str, list[str]]:
    """To the summary, or to an alarm that lets nobody pass; the questions asked."""
    asked: list[str] = []
    at_the_end = iter(("summary", "all"))

    def type_next(conversation: Conversation) -> str | None:
        face = conversation.face
        step = face.interview.step
        if face.place is Place.WELCOME:
            return "1"
        if face.place is Place.SUMMARY:
            if isinstance(step, ShowingResult) and step.more.most:
                return "fit"
            return next(at_the_end, None)
        if isinstance(step, Asking):
            asked.append(step.question.id)
            return typed_for(step.question, answers.get(step.question.id, Unknown.SKIPPED))
        if isinstance(step, Alarmed) and step.alarm.urgency == "now":
            return None
        return "next"

    conversation = Conversation(SHIPPED, type_next)
    return conversation, conversation.run(), asked


@pytest.mark.parametrize(
    "case",
    [CASES[5], *(pytest.param(case, marks=pytest.mark.thorough) for case in CASES[95::90])],
    ids=lambda case: str(case.id),
)
async def test_the_wizard_itself_asks_the_same_and_ends_the_same(case: Case) -> None:
    answers = dict(case.answers)
    conversation, _text, asked = walked(answers)
    async with person(SHIPPED) as someone:
        await someone.press("1")
        seen: list[str] = []
        follow = someone.app.follow

        async def noting(interview: Interview) -> None:
            # The page after "someone else" is shown again, in the words for another person.
            if isinstance(interview.step, Asking) and seen[-1] != interview.step.question.id:
                seen.append(interview.step.question.id)
            await follow(interview)

        seen.append(SHIPPED.questions[0].id)
        someone.app.follow = noting  # type: ignore[method-assign]  # to see what the app is told to show
        await someone.answer_whole(answers)
        assert seen == asked
        assert dict(someone.app.interview.answers) == dict(conversation.face.interview.answers)
        assert type(someone.app.interview.step) is type(conversation.face.interview.step)


def check_summary(case: Case) -> None:
    conversation, text, _asked = walked(dict(case.answers))
    if conversation.face.place is not Place.SUMMARY:
        return
    everything = " ".join(text.split("\n"))
    for section in document(result_of(case)).sections:
        for words in texts(section.blocks):
            assert sentence(words).rstrip(".") in everything, words


def test_the_spoken_result_loses_nothing_of_the_document() -> None:
    each_person(check_summary, CASES[::32])


@pytest.mark.thorough
def test_nobodys_spoken_result_loses_anything_of_it() -> None:
    each_person(check_summary, CASES[::3])
