"""Somebody answers for another: every text is told of that person, and nothing but words differs."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.engine.interview import Asking, begin
from iop_tui.screening.engine.third_person import ambiguities, proxy_wording, second_person_texts, third_person
from iop_tui.screening.model.field_types import TwoForms
from tests.core.small import answer_sheets, small
from tests.shipped import SHIPPED

SMALL = small()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("How old are you?", "How old are they?"),
        ("Do you have any of these right now?", "Do they have any of these right now?"),
        ("Is there someone you trust with you at night?", "Is there someone they trust with them at night?"),
        ("You had a seizure when you stopped before.", "They had a seizure when they stopped before."),
        ("I cannot stop throwing up", "They cannot stop throwing up"),
        ("Yes, and I am not sure where I am", "Yes, and they are not sure where they are"),
        ("I was alone, and my hands shook", "They were alone, and their hands shook"),
        ("It tells me to hurt myself", "It tells them to hurt themselves"),
        ("You’re safe, and that is yours", "They’re safe, and that is theirs".replace("’", "'")),
        ("How much help you may need", "How much help they may need"),
        ("Ask who can help you now.", "Ask who can help them now."),
        ("People near you, and before you stop", "People near them, and before they stop"),
        ("On some days you cannot do it.", "On some days they cannot do it."),
        ("No one you know.", "No one they know."),
        ('Say: "I want help for my son."', 'Say: "I want help for my son."'),
        ("Keep it near {you|you, and near them}.", "Keep it near you, and near them."),
        ("{Try not to be alone|Do not leave them alone}. I mean it", "Do not leave them alone. They mean it"),
        ("Call 911.", "Call 911."),
        ("Uppers, for Bipolar I, or i.v. use", "Uppers, for Bipolar I, or i.v. use"),
        ("CALL YOUR DOCTOR", "CALL THEIR DOCTOR"),
        ('They said "Go." I went.', 'They said "Go." They went.'),
        ("A seizure (my body shook and I fell)", "A seizure (their body shook and they fell)"),
        ("More than you.", "More than them."),
        ("Sure? I am.", "Sure? They are."),
        ("If you need help, you can call.", "If they need help, they can call."),
        ("Do you care? You do.", "Do they care? They do."),
    ],
)
def test_a_sentence_is_told_of_another(written: str, told: str) -> None:
    assert third_person(written) == told


@pytest.mark.parametrize(
    "written",
    [
        "The nurse you painted",
        "Someone who loves and knows of you can help.",
        "The people near you can call.",
        "Voices tell you must die.",
        "Those who hurt you may come back.",
        "I am an adult and was born here",
    ],
)
def test_what_no_rule_can_know_is_not_guessed_in_silence(written: str) -> None:
    assert ambiguities(written)


def test_a_doubt_names_the_words_and_is_gone_when_both_are_written() -> None:
    assert ambiguities("Ask the nurse you painted.") == ("nurse you painted",)
    assert ambiguities("Ask the nurse {you|they} painted.") == ()


def test_no_text_of_the_shipped_screening_is_in_doubt_or_speaks_to_the_wrong_person() -> None:
    for where, text in second_person_texts(SHIPPED):
        assert ambiguities(text) == (), where
        if not isinstance(text, TwoForms) and '"' not in text:
            assert not re.search(r"\b(you|your|I|my|me|am)\b", third_person(text)), where


def test_nothing_but_words_differs() -> None:
    other = proxy_wording(SHIPPED)
    assert [q.id for q in other.questions] == [q.id for q in SHIPPED.questions]
    assert [(a.id, a.when, a.urgency) for a in other.alarms] == [(a.id, a.when, a.urgency) for a in SHIPPED.alarms]
    assert [(n.id, n.when, n.at_least) for n in other.needs] == [(n.id, n.when, n.at_least) for n in SHIPPED.needs]
    assert [(f.id, f.when) for f in other.fits] == [(f.id, f.when) for f in SHIPPED.fits]
    assert other.help.lines == SHIPPED.help.lines
    assert [q.ask for q in other.questions] != [q.ask for q in SHIPPED.questions]
    assert msgspec.structs.asdict(other.manifest.disclaimer) == msgspec.structs.asdict(SHIPPED.manifest.disclaimer)


def test_an_interview_speaks_to_whoever_answers_from_the_next_question_on() -> None:
    helper = begin(SMALL).answer("someone_else").answer(("alcohol",))
    assert isinstance(helper.step, Asking)
    assert helper.step.question.ask == "About how many drinks do they have on a day when they drink?"
    mine = helper.change("who_for").answer("self").answer(("alcohol",))
    assert isinstance(mine.step, Asking)
    assert mine.step.question.ask == "About how many drinks do you have on a day when you drink?"


@given(sheet=answer_sheets(SMALL))
def test_who_answers_changes_no_result(sheet: dict[str, object]) -> None:
    for_me = result_for(SMALL, {**sheet, "who_for": "self"})  # type: ignore[dict-item]  # the strategy gives answers
    for_them = result_for(SMALL, {**sheet, "who_for": "someone_else"})  # type: ignore[dict-item]  # as above
    assert [level.verdict for level in for_me.levels] == [level.verdict for level in for_them.levels]
    assert [reason.id for reason in for_me.reasons] == [reason.id for reason in for_them.reasons]


def test_the_result_for_another_says_they() -> None:
    result = result_for(SMALL, {"who_for": "someone_else", "help_with": ("alcohol",), "drinks": 9})
    assert result.steps[0].because == "They have eight drinks or more on a day."
    assert "They have eight drinks or more on a day" in str(document(result).sections[0])


@given(text=st.text(alphabet="abIyou me.my ,?!'\"“”am was", max_size=60))
def test_any_text_can_be_told_of_another(text: str) -> None:
    assert not re.search(r"(?<![A-Za-z'’])you(?![A-Za-z'’])", re.sub(r'"[^"]*"|“[^”]*”', "", third_person(text)))
