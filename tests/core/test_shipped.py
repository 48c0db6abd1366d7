"""The screening that comes with the program: it loads, it is whole, and every example person gets the right result."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from iop_tui.screening.assessment.cases import Case, run_case
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.danger_pages import suicide_page, unsaid_page
from iop_tui.screening.shipped import shipped
from tests.shipped import CASES, LEVELS, SHIPPED, each_person


def test_it_has_no_problem() -> None:
    checked = check(shipped())
    assert [str(problem) for problem in checked.problems] == []
    assert checked.cases == len(CASES)


def test_each_example_person_gets_the_result_that_they_must() -> None:
    def check(case: Case) -> None:
        assert [problem.message for problem in run_case(case, SHIPPED)] == []

    each_person(check)


def test_everybody_for_whom_a_check_fails_is_named_with_what_it_says() -> None:
    def check(case: Case) -> None:
        assert case is not CASES[3], "expected 1, got 2"
        if case is CASES[-1]:
            raise KeyError("drinks")

    with pytest.raises(pytest.fail.Exception) as failed:
        each_person(check)
    told = str(failed.value).splitlines()
    assert told[0] == f"2 of {len(CASES)} people:"
    assert told[1].startswith(
        f"{CASES[3].id} ({Path(CASES[3].where.file).name}:{CASES[3].where.line}): expected 1, got 2"
    )
    assert told[-1].endswith("KeyError: 'drinks'")


def test_at_least_four_people_for_each_level_and_every_alarm_at_least_once() -> None:
    levels = Counter(case.expect.level for case in CASES)
    assert all(levels[level] >= 4 for level in LEVELS), levels
    assert {alarm.id for alarm in SHIPPED.alarms} <= {alarm for case in CASES for alarm in case.expect.alarms}


def test_the_sections_of_the_clinical_basis_are_there_in_order() -> None:
    assert [section.id for section in SHIPPED.sections] == [
        "about",
        "safety",
        "daily",
        "pregnancy",
        "detox",
        "health",
        "symptoms",
        "use",
        "history",
        "home",
        "work",
        "insurance",
    ]


def test_the_four_levels_are_compared_on_at_least_eight_rows() -> None:
    assert [care.id for care in SHIPPED.care.levels] == ["outpatient", "iop", "php", "inpatient"]
    assert len(SHIPPED.care.compare) >= 8


def test_every_crisis_page_can_come_up_and_every_line_has_a_source_and_a_day() -> None:
    unsaid = {question.if_unsaid for question in SHIPPED.questions if question.if_unsaid}
    assert {alarm.page for alarm in SHIPPED.alarms} | unsaid == set(SHIPPED.pages)
    assert all(re.search(r"https?://\S+|www\.", line.source) for line in SHIPPED.help.lines)


def test_every_phone_number_that_a_person_sees_is_one_of_the_lines() -> None:
    numbers = re.compile(r"1-\d{3}-\d{3}-\d{4}")
    listed = {n for line in SHIPPED.help.lines for n in numbers.findall(f"{line.reach} {line.about}")}
    for path in shipped().glob("*.yaml"):
        assert set(numbers.findall(path.read_text())) <= listed, path.name


def test_a_typical_person_meets_20_to_30_questions() -> None:
    from iop_tui.screening.engine.evaluate import Facts

    met = sorted(sum(1 for _ in Facts(SHIPPED, c.answers).asked()) for c in CASES if c.expect.level != "none")
    assert 20 <= met[len(met) // 2] <= 30
    assert met[-1] <= 36


def test_the_words_of_licensed_instruments_and_blaming_words_are_not_used() -> None:
    # basis.yaml names the instruments that are left out, and is read by no patient.
    text = "\n".join(path.read_text() for path in shipped().glob("*.yaml") if path.stem != "basis")
    seen = re.sub(r"^\s*source:.*(?:\n\s{6,}.*)*", "", text, flags=re.M).lower()
    for words in (
        "little interest or pleasure",
        "feeling down, depressed, or hopeless",
        "feeling nervous, anxious",
        "substance abuse",
        "addict ",
        "ciwa",
        "locus",
    ):
        assert words not in seen


def test_it_has_the_pages_that_forms_of_others_show() -> None:
    assert suicide_page(SHIPPED) in SHIPPED.pages
    assert unsaid_page(SHIPPED) in SHIPPED.pages
