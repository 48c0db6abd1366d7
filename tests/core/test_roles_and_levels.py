"""Levels of care and numbers to call are data: a screening for another country, with five levels."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.line import pages
from iop_tui.line import result as line_result
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from iop_tui.site.alarm_protocol import steps_for
from iop_tui.site.settings import STANDARD
from iop_tui.site.site_texts import staff_call
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.printed_page import as_page
from iop_tui.takeaway.qr_payload import essentials
from iop_tui.takeaway.text import as_text
from iop_tui.tui.chapter_blocks import table_heads
from iop_tui.tui.compare import table_of
from tests import program
from tests.core.abroad import ANSWERS, LEVELS, US_NUMBER, files
from tests.core.authored import spoil


@pytest.fixture
def abroad(tmp_path: Path) -> Path:
    return files(tmp_path / "q")


def told(screening: Screening) -> dict[str, str]:
    """Everything that a person, or staff, is told by the forms that need no terminal."""
    everything = {
        "in danger": in_danger(screening),
        "staff": staff_call(STANDARD, screening),
        "who to call": "\n".join(pages.who_to_call(screening)),
        "comparison": "\n".join(line for part in pages.comparison(screening) for line in part),
        "steps": "\n".join(
            step
            for page in ("crisis", "medical", "suicide", "unsafe", "harm_others", "voices")
            for today in (True, False)
            for step in steps_for(STANDARD, screening, page, today=today)
        ),
    }
    for name, answers in ANSWERS.items():
        result = result_for(screening, answers)
        made = document(result, "clinician")
        everything[f"{name}: text"] = as_text(made)
        everything[f"{name}: markdown"] = as_markdown(made)
        everything[f"{name}: page"] = as_page(result, STANDARD, day="today")
        everything[f"{name}: code"] = essentials(result, STANDARD, 400)
        everything[f"{name}: line"] = "\n".join(line for part in line_result.parts(made) for line in part)
    return everything


def test_a_copy_for_another_country_never_says_911_or_988(abroad: Path) -> None:
    everything = told(load(abroad))
    assert {name: text for name, text in everything.items() if US_NUMBER.search(text)} == {}
    assert "112" in everything["in danger"]
    assert "112" in everything["staff"]
    assert "112" in everything["steps"]
    assert "116 123" in everything["steps"]
    assert not US_NUMBER.search(program.run("--help").stdout)


def test_five_levels_are_compared_and_the_most_is_reached(abroad: Path) -> None:
    screening = load(abroad)
    assert tuple(screening.levels) == LEVELS
    result = result_for(screening, ANSWERS["dark"])
    assert result.level == "withdrawal"
    assert len(result.levels) == 5
    for said in (as_text(document(result)), as_markdown(document(result))):
        assert "withdrawal care" in said.lower()
    # At 80 columns five do not stand side by side; at 90 they do.
    table = table_of(screening, None)
    assert table_heads(table, 76) == ()
    assert table_heads(table, 90) != ()


def test_a_level_may_be_called_anything_and_none_is_reserved_for_no_level(abroad: Path) -> None:
    spoil(abroad, "care.yaml", "id: outpatient", "id: none")
    messages = [problem.message for problem in check(abroad).problems]
    assert any("no level can have this id" in message for message in messages)


def test_a_screening_without_a_line_for_emergencies_is_told_so(abroad: Path) -> None:
    spoil(abroad, "help.yaml", "role: emergency, ", "")
    screening = load(abroad)
    assert in_danger(screening) == "In danger right now? Tell someone near you."
    assert any(problem.kind == "no-emergency" for problem in check(abroad).problems)


def test_the_rule_for_when_no_level_is_named_is_data(abroad: Path) -> None:
    assert not result_for(load(abroad), ANSWERS["silent"]).settled
    spoil(abroad, "care.yaml", "level: outpatient, could_be", "level: iop, could_be")
    spoil(abroad, "care.yaml", "could_be: inpatient", "could_be: outpatient")
    assert any("'could_be' should be more care" in problem.message for problem in check(abroad).problems)


def test_reworded_titles_keep_their_steps_on_the_page(abroad: Path) -> None:
    spoil(abroad, "care.yaml", "title: Talk with someone", "title: Please call now")
    result = result_for(load(abroad), ANSWERS["dark"])
    assert [step.sure for step in result.steps] == [True]
    assert "1. Please call now" in as_page(result, STANDARD, day="today")
    assert "Please call now." in essentials(result, STANDARD, 200)


def test_the_numbers_to_call_do_not_come_from_the_words_of_the_disclaimer(abroad: Path) -> None:
    before = told(load(abroad))
    spoil(
        abroad,
        "screening.yaml",
        "opening: This is not a diagnosis., closing: Talk with a nurse.",
        'opening: "Nobody is judged here. 0800 1111 is not a line.", closing: Ask a nurse what fits.',
    )
    after = told(load(abroad))
    for name in ("dark: code", "dark: page", "danger: code", "danger: page", "low: text"):
        for number in ("112", "116 123"):
            assert after[name].count(number) == before[name].count(number), name
    assert "116 123" in after["dark: code"]


def test_a_page_of_danger_with_another_title_keeps_its_lines_in_every_form(abroad: Path) -> None:
    before = told(load(abroad))
    spoil(abroad, "help.yaml", "title: Please call now", "title: Call")
    after = told(load(abroad))
    for name in ("danger: text", "danger: markdown", "danger: page", "danger: code", "danger: line"):
        assert "116 123" in after[name] or "1 1 6" in after[name], name
        assert len(after[name].splitlines()) == len(before[name].splitlines()), name
