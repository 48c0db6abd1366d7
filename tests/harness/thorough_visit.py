"""Visitors who answer every question they are asked, up to the summary, and what only their answers could have made."""

from __future__ import annotations

import random
from collections.abc import Iterator

from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, begin
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import type_of
from tests.harness.driven_lobby import Lobby
from tests.harness.keys import keys_for
from tests.random_sheets import random_answer

_TRIES = 20


def to_summary(lobby: Lobby, screening: Screening, seed: int) -> list[str]:
    """From the welcome page to the summary, with random answers; those that the review puts together from several."""
    choose = random.Random(seed)  # noqa: S311  # the same visitor in every run, not a secret
    interview, keys = begin(screening), "1"
    made: list[str] = []
    told: set[str] = set()
    while True:
        step = interview.step
        if isinstance(step, Asking):
            if fresh := [notice for notice in interview.notices if notice.id not in told]:
                # All on one page.
                lobby.follow(keys, fresh[-1].text)
                keys = "1"
                told |= {notice.id for notice in fresh}
            question = interview.wording.questions[interview.at]
            lobby.follow(keys, question.ask)
            answer = _calm(interview, question, choose)
            interview, keys = interview.answer(answer), keys_for(question, answer)
            if isinstance(answer, tuple) and len(answer) > 1:
                # As the review joins them.
                made.append(type_of(question).words(question, answer, " · "))
        elif isinstance(step, NotAnswered) or (isinstance(step, Alarmed) and step.alarm.urgency == "today"):
            page = step.page if isinstance(step, NotAnswered) else step.alarm.page
            # The page before may be one of danger, too, with the same choices: the title tells them apart.
            lobby.follow(keys, interview.wording.pages[page].title)
            lobby.reach("I have read this")
            interview, keys = interview.acknowledged(), "1"
        elif isinstance(step, Alarmed):
            lobby.follow(keys, "Someone is with me now")
            return []
        else:
            lobby.follow(keys, "show my summary")
            lobby.follow("1", "Your result")
            return made


def _calm(interview: Interview, question: Question, choose: random.Random) -> Answer:
    """An answer after which a person may go on, where a few tries find one."""
    answer: Answer = 0
    for _ in range(_TRIES):
        answer = random_answer(question, choose)
        step = interview.answer(answer).step
        if not (isinstance(step, Alarmed) and step.alarm.urgency == "now"):
            break
    return answer


def as_held(words: list[str]) -> Iterator[bytes]:
    """Texts as Python holds them in memory."""
    for text in words:
        yield text.encode("latin-1") if max(map(ord, text)) < 256 else text.encode("utf-16-le")
