"""The line face and the wizard ask the same, in the same order, with the same result."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.line.conversation import Place
from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered
from iop_tui.screening.i18n.language import codes, current, use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from tests.core.anyscreening import screenings
from tests.line.conversation import Conversation, stumbles
from tests.line.reference import SUMMARY, WELCOME, Reference, heard, move
from tests.shipped import SHIPPED

PLACES = {WELCOME: Place.WELCOME, SUMMARY: Place.SUMMARY}


def state(interview: Interview) -> tuple[object, ...]:
    """What an interview is at, without what it is made of."""
    asked = interview.step.question.id if isinstance(interview.step, (Asking, NotAnswered)) else ""
    alarm = interview.step.alarm.id if isinstance(interview.step, Alarmed) else ""
    return type(interview.step), asked, alarm, dict(interview.answers), interview.unacknowledged, interview.reviewed


class Wanderer:
    """Goes many ways for a while, then straight to the summary; at each prompt the reference is where the face is."""

    def __init__(self, screening: Screening, dice: random.Random, detours: int) -> None:
        self.now = Reference.of(screening)
        self.asked: list[str] = []
        self._screening = screening
        self._dice = dice
        self._detours = detours
        self._typed = ""

    def __call__(self, conversation: Conversation) -> str | None:
        face, now = conversation.face, self.now
        assert face.place is PLACES.get(now.place, Place.QUESTIONS), self._typed
        assert state(face.interview) == state(now.interview), self._typed
        asked = heard(conversation.lines, now.interview.wording)
        self.asked += asked
        assert tuple(self.asked) == now.asked, self._typed
        self._detours -= 1
        if self._detours < 0 and (now.place == SUMMARY or self._detours < -400):
            return None
        self._typed, self.now = move(self._dice, now, straight=self._detours < 0)
        return self._typed


def wander(screening: Screening, dice: random.Random, detours: int) -> tuple[Wanderer, Conversation, str]:
    wanderer = Wanderer(in_language(screening, current()), dice, detours)
    conversation = Conversation(screening, wanderer)
    text = conversation.run()
    interview, reference = conversation.face.interview, wanderer.now.interview
    assert as_document(assess(screening, interview.answers)) == as_document(assess(screening, reference.answers))
    return wanderer, conversation, text


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.thorough) for seed in range(1, 8))])
def test_many_ways_through_the_shipped_screening_are_the_same_in_both_faces(seed: int) -> None:
    ends: Counter[str] = Counter()
    for number in range(12):
        wanderer, _conversation, text = wander(SHIPPED, random.Random(1000 * seed + number), 20 * number)  # noqa: S311  # no secret
        assert stumbles(text) == []
        ends[wanderer.now.place] += 1
    assert ends == {SUMMARY: 12}


@pytest.mark.parametrize("code", [code for code in codes() if code != ENGLISH])
def test_english_words_lead_the_same_ways_in_another_language(code: str) -> None:
    use(code)
    for number in range(8):
        _wanderer, _conversation, text = wander(SHIPPED, random.Random(number), 20 * number)  # noqa: S311  # no secret
        assert stumbles(text) == []


@given(screenings(), st.integers(0, 1 << 30), st.integers(0, 60))
def test_ways_through_any_small_screening_are_the_same_in_both_faces(
    screening: Screening, seed: int, detours: int
) -> None:
    _wanderer, _conversation, text = wander(screening, random.Random(seed), detours)  # noqa: S311  # no secret
    assert stumbles(text) == []
