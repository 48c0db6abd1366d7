"""A question for a day: its answers, its rules on every day, and what searches find about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from iop_tui.commands.evidence_page import basis_page
from iop_tui.result.build import result_for
from iop_tui.result.model import Said
from iop_tui.screening.assessment.answer_file import load_answers
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.assessment.cases import load_cases
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.authoring.mutation.survivors import survey
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.engine.interview import Asking, Refused, begin
from iop_tui.screening.engine.restore import migrated
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.screening.problems import Report, Unusable
from iop_tui.screening.question_types import draft_of, on_day, refusal
from iop_tui.screening.search.answer_bits import encoding_of
from iop_tui.screening.search.counterfactuals import nearest
from tests.core.dated import DATED, TODAY, ago, dated, last_drink, written
from tests.core.small import small

SHAKES = "some_shaking"


def level(answers: dict[str, Answer], screening: Screening | None = None) -> Level | None:
    return assess(screening or dated(), answers).level


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "inpatient"), (3, "inpatient"), (4, "php"), (14, "php"), (15, "outpatient"), (365, "outpatient")],
)
def test_a_rule_holds_within_so_many_days(days: int, expected: str) -> None:
    found = level({"last_drink": ago(days), "shaking": SHAKES})
    assert found == expected


def test_the_same_day_is_longer_ago_tomorrow() -> None:
    answers: dict[str, Answer] = {"last_drink": ago(7), "shaking": "no_shaking"}
    assert level(answers) == "iop"
    assert level(answers, on_day(written(), date(2026, 3, 2))) == "outpatient"


def test_a_question_is_asked_only_within_so_many_days() -> None:
    begun = begin(written(), TODAY)
    step = begun.answer(ago(30)).step
    assert isinstance(step, Asking)
    assert step.question.id == "shaking"
    assert not isinstance(begun.answer(ago(31)).step, Asking)


@pytest.mark.parametrize("answer", [ago(-1), ago(366), "2026-02-01", 3, ("last_drink",)])
def test_what_is_no_day_within_the_bounds_is_refused(answer: Answer) -> None:
    assert refusal(last_drink(), answer)
    with pytest.raises(Refused):
        begin(written(), TODAY).answer(answer)


def test_no_day_of_a_person_is_taken_while_no_today_is_known() -> None:
    # Else a day would be counted from the wrong one, and a danger could be overlooked.
    assert refusal(written().question("last_drink"), TODAY)


def test_the_bits_say_what_the_conditions_say_on_every_day() -> None:
    encoding = encoding_of(dated())
    for days in range(366):
        answers: dict[str, Answer] = {"last_drink": ago(days), "shaking": SHAKES}
        sure, maybe = encoding.read(answers)
        for need, test in zip(dated().needs, encoding.needs, strict=True):
            assert test.holds(sure, maybe) is truth(need.when, Facts(dated(), answers)), (days, need.id)


def test_an_open_day_leaves_open_what_some_day_would_decide() -> None:
    open_result = assess(dated(), {})
    assert (open_result.level, open_result.could_be) == ("outpatient", tuple(dated().levels))
    # Of what day no today is told makes no difference to what is possible.
    assert assess(written(), {}).could_be == open_result.could_be


def test_the_nearest_other_day_is_found() -> None:
    found = nearest(dated(), {"last_drink": ago(8), "shaking": "no_shaking"})
    assert found.up is not None
    assert [[(change.question.id, change.then) for change in change_set] for change_set in found.up.change_sets] == [
        [("last_drink", ago(7))]
    ]


def test_every_weaker_rule_about_days_is_noticed_by_an_example_person() -> None:
    screening = on_day(load(DATED), TODAY)
    people = load_cases(DATED, screening, Report())
    assert [mutant.change for mutant in survey(screening, people).unfounded] == []
    blind = survey(screening, [case for case in people if case.id != "drank_last_week"])
    change = "'at_least' of {last_drink: {at_least: -7}} is one more"
    [found] = [each for each in blind.suggested if change in {mutant.change for mutant in each.notices}]
    assert found.case.answers["last_drink"] == ago(7)


def test_example_people_do_not_grow_old() -> None:
    for today in (TODAY, date(2031, 12, 31)):
        assert {problem.message for problem in check(DATED, today).problems} == set()


@pytest.mark.parametrize("written_day", ["2026-02-22", "-7"])
def test_a_file_gives_a_day_or_days_from_today(tmp_path: Path, written_day: str) -> None:
    (tmp_path / "answers.yaml").write_text(f"last_drink: {written_day}\n")
    assert load_answers(tmp_path / "answers.yaml", dated()) == {"last_drink": ago(7)}


@pytest.mark.parametrize("written_day", ["2026-02-30", "2026-03-02", "1", "22.2.2026", "[2026-02-01, 2026-02-02]"])
def test_a_file_with_no_such_day_says_what_is_asked_for(tmp_path: Path, written_day: str) -> None:
    (tmp_path / "answers.yaml").write_text(f"last_drink: {written_day}\n")
    with pytest.raises(Unusable, match="asks for a day from 2025-03-01 to 2026-03-01, as YYYY-MM-DD or in days"):
        load_answers(tmp_path / "answers.yaml", dated())


def test_the_result_gives_the_day_as_it_is_stored() -> None:
    result = assess(dated(), {"last_drink": ago(7)})
    assert as_document(result)["reasons"][0]["answers"] == {"last_drink": "2026-02-22"}
    [reason] = result_for(dated(), {"last_drink": ago(7)}).reasons
    assert reason.answers == (Said("last_drink", "On what day did you have your last drink?", "2026-02-22"),)
    assert answer_text(last_drink(), ago(7)) == "2026-02-22"


def test_reviewers_read_days_and_not_numbers() -> None:
    page = basis_page(dated(), None)
    assert "A day from -365 to 0 days from today." in page
    assert "When `last_drink` is within the last 7 days." in page
    assert "When `last_drink` is 31 days ago or earlier." in page


def test_an_interview_keeps_its_day_through_a_reload() -> None:
    begun = begin(written(), TODAY).answer(ago(365))
    assert migrated(begun, load(DATED)).answers["last_drink"] == ago(365)
    assert begun.translated(load(DATED)).screening.question("last_drink").today == TODAY


def test_nothing_is_copied_for_a_screening_without_days() -> None:
    assert on_day(small(), TODAY) is small()


# ---- the draft -------------------------------------------------------------------------------------------------------


def test_digits_make_a_day_and_the_dashes_come_by_themselves() -> None:
    draft = draft_of(last_drink(), None)
    for digit in "20260222":
        assert draft.answer is None
        assert digit in draft.fitting
        typed = draft.typed(digit)
        assert typed is not None
        draft = typed
    assert (draft.text, draft.answer) == ("2026-02-22", ago(7))
    assert draft.erased().text == "2026-02-2"


@pytest.mark.parametrize(("text", "digit"), [("", "1"), ("202", "7"), ("2026-0", "4"), ("2026-02", "3"), ("2026", "1")])
def test_no_digit_leads_to_a_day_that_cannot_be(text: str, digit: str) -> None:
    draft = draft_of(last_drink(), None)
    for character in text.replace("-", ""):
        draft = draft.typed(character) or draft
    assert draft.text == text
    assert draft.typed(digit) is None
    assert digit not in draft.fitting


def test_a_step_is_a_day_within_the_bounds() -> None:
    first = draft_of(last_drink(), None).stepped(-1)
    assert first.answer == TODAY
    assert first.stepped(1).answer == TODAY
    assert first.stepped(-1).answer == ago(1)
    assert first.stepped(-1000).answer == ago(365)


def test_a_dash_that_is_typed_is_no_step() -> None:
    draft = draft_of(last_drink(), None)
    for character in "2026-02-22":
        draft = draft.typed(character) or draft
    assert draft.answer == ago(7)
