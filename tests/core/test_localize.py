"""A screening in another language: other words, the same everything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.result.build import result_for
from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, Reviewing, ShowingResult, begin
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.format.loader import load, load_manifest
from iop_tui.screening.i18n.localize import in_language, manifest_in, translatable_texts, with_translations
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import TwoForms
from iop_tui.screening.shipped import shipped
from tests.core.authored import write
from tests.core.small import known_answers
from tests.shipped import SHIPPED

SPANISH = in_language(SHIPPED, "es")


def shape(thing: Any) -> Any:
    """Everything but the words of a person."""
    if isinstance(thing, msgspec.Struct):
        return type(thing), [shape(getattr(thing, name)) for name in thing.__struct_fields__]
    if isinstance(thing, tuple):
        return [shape(part) for part in thing]
    if isinstance(thing, dict):
        return {key: shape(part) for key, part in thing.items()}
    return None if isinstance(thing, str) else thing


def test_every_text_has_a_place_of_its_own() -> None:
    contexts = [place.context for place in translatable_texts(SHIPPED)]
    assert len(contexts) == len(set(contexts))
    assert {"about.questions.who_for.ask", "detox.questions.daily_use.options.alcohol.text"} <= set(contexts)


def test_nothing_but_words_differs() -> None:
    untold = msgspec.structs.replace(SPANISH, language="en")
    # A word list may be longer in another language.
    plain = [
        msgspec.structs.replace(
            one,
            glossary=msgspec.structs.replace(
                one.glossary, terms=tuple(msgspec.structs.replace(term, also=()) for term in one.glossary.terms)
            ),
        )
        for one in (SHIPPED, untold)
    ]
    assert shape(plain[0].manifest) == shape(plain[1].manifest)
    for name in ("sections", "care", "help", "glossary"):
        assert shape(getattr(plain[0], name)) == shape(getattr(plain[1], name)), name
    assert SPANISH.sha256 == SHIPPED.sha256


def test_rules_ids_and_sources_stay_as_they_are() -> None:
    for mine, theirs in zip(SHIPPED.needs, SPANISH.needs, strict=True):
        assert (mine.id, mine.when, mine.source) == (theirs.id, theirs.when, theirs.source)
        assert mine.because != theirs.because


def test_a_translation_holds_for_one_place_and_one_wording(tmp_path: Path) -> None:
    screening = load(write(tmp_path / "q"))
    words = {
        ("mind.questions.mood.ask", "How is your mood?"): "¿Cómo está de ánimo?",
        ("mind.questions.nights.ask", "Some older wording?"): "¿Algo más viejo?",
    }
    told = with_translations(screening, words, "es")
    asks = {question.id: question.ask for question in told.questions}
    assert asks == {
        "who_for": "Who is this for?",
        "mood": "¿Cómo está de ánimo?",
        "nights": "Is someone with you at night?",
    }


def test_a_translation_is_told_of_another_as_its_translator_wrote_it(tmp_path: Path) -> None:
    screening = load(write(tmp_path / "q"))
    words = {
        ("mind.alarms.plan_now.because", "You plan to die."): "{Quiere|La persona quiere} morir.",
        ("mind.needs.low.because", "Your mood is low."): "Su ánimo está bajo.",
    }
    told = with_translations(screening, words, "es")
    other = proxy_wording(told)
    assert (told.alarms[0].because, other.alarms[0].because) == ("Quiere morir.", "La persona quiere morir.")
    assert isinstance(told.alarms[0].because, TwoForms)
    # No English word rule touches Spanish: nothing here is "your".
    assert other.needs[0].because == "Su ánimo está bajo."


def test_a_manifest_alone_reads_as_in_the_whole() -> None:
    assert manifest_in(load_manifest(shipped()), "es").welcome == SPANISH.manifest.welcome
    assert manifest_in(load_manifest(shipped()), "en").welcome == SHIPPED.manifest.welcome


def test_what_is_translated_is_not_translated_again() -> None:
    with pytest.raises(ValueError, match="in which it was written"):
        in_language(SPANISH, "es")


def without_words(document: Any) -> Any:
    if isinstance(document, dict):
        return {
            key: without_words(part) for key, part in document.items() if key not in ("because", "suggests", "notice")
        }
    return [without_words(part) for part in document] if isinstance(document, list) else document


def here(interview: Interview) -> object:
    step = interview.step
    if isinstance(step, Asking):
        return step.question.id
    return step.alarm.id if isinstance(step, Alarmed) else step.page if isinstance(step, NotAnswered) else "review"


@given(st.data())
def test_a_person_who_changes_the_language_at_any_time_is_asked_the_same(data: st.DataObject) -> None:
    plain, moving = begin(SHIPPED), begin(SHIPPED)
    languages: tuple[Screening, ...] = (SHIPPED, SPANISH)
    for _step in range(60):
        moving = moving.translated(data.draw(st.sampled_from(languages)))
        assert here(plain) == here(moving)
        assert dict(plain.answers) == dict(moving.answers)
        step = plain.step
        if isinstance(step, ShowingResult) and not step.more.most:
            break
        if isinstance(step, (Reviewing, ShowingResult)):
            plain, moving = plain.confirmed().continued(), moving.confirmed().continued()
            continue
        if isinstance(step, Asking):
            answer = data.draw(known_answers(step.question))
            plain, moving = plain.answer(answer), moving.answer(answer)
        elif isinstance(step, NotAnswered) or step.alarm.urgency == "today":
            plain, moving = plain.acknowledged(), moving.acknowledged()
        else:
            plain, moving = plain.back(), moving.back()
    mine, theirs = (as_document(assess(one, plain.answers)) for one in (SHIPPED, SPANISH))
    assert without_words(mine) == without_words(theirs)
    verdicts = [
        [(level.care.id, level.verdict) for level in result.levels] + [reason.id for reason in result.reasons]
        for result in (result_for(one, plain.answers) for one in (SHIPPED, SPANISH))
    ]
    assert verdicts[0] == verdicts[1]
