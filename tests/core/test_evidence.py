"""basis.yaml and the page made from it: names that exist, sources that are shown, and a page that is not stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.commands.evidence_page import basis_page, in_words
from iop_tui.screening.authoring.evidence import load_basis
from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped
from tests import program
from tests.core.authored import found, line_of, spoil, write

PAGE = Path(__file__).parent.parent.parent / "docs" / "clinical-basis.md"
BASIS = """\
topics:
  - id: what_iop_is
    text: What an IOP is.
    told_in: [level.iop, row.sleep, need.low, question.mood, alarm.plan_now, fit.peers, step.talk, page.crisis]
    source: a_book * at https://example.org/a_b, page 2
left_out:
  - {id: weight, text: Weight., because: Nobody can weigh themselves here.}
limits:
  - Nobody has reviewed it.
"""


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    directory = write(tmp_path / "q")
    (directory / "basis.yaml").write_text(BASIS)
    return directory


def page(directory: Path) -> str:
    screening, report = load(directory), Report()
    made = basis_page(screening, load_basis(directory, screening, report))
    assert report.problems == []
    return made


def test_a_sound_basis_has_no_problem(sound: Path) -> None:
    assert found(sound) == []


@pytest.mark.parametrize(
    ("old", "new", "says", "at"),
    [
        ("level.iop", "level.ipo", "no 'level.ipo' to tell it in; did you mean 'level.iop'?", "id: what_iop_is"),
        ("level.iop", "place.iop", "a place begins with one of: level, row, step", "id: what_iop_is"),
        ("[level.iop, row.sleep, need.low, question.mood, alarm.plan_now, fit.peers, step.talk, page.crisis]", "[]",
         "the list is empty", "told_in"),
        ("level.iop", "iop", "'iop' has the wrong form", "told_in"),
        ("because: Nobody", "becuase: Nobody", "unknown key 'becuase'; did you mean 'because'?", "id: weight"),
        ("left_out:\n", "left_out:\n  - {id: weight, text: W., because: B.}\n", "already taken", "themselves"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(sound: Path, old: str, new: str, says: str, at: str) -> None:
    spoil(sound, "basis.yaml", old, new)
    problems = [problem for problem in found(sound) if says in problem.message]
    assert problems, found(sound)
    assert (problems[0].severity, problems[0].file) == ("error", str(sound / "basis.yaml"))
    assert problems[0].line == line_of(sound, "basis.yaml", at)


def test_the_page_tells_limits_topics_rules_lines_and_what_is_left_out(sound: Path) -> None:
    made = page(sound)
    order = ["## Limits", "## What must be told", "## Section: Your mind", "## Phone lines", "## Left out"]
    assert [made.index(heading) for heading in order] == sorted(made.index(heading) for heading in order)
    assert "- Nobody has reviewed it." in made
    assert "the level “IOP”" in made
    assert "the reason “Your mood is low.”" in made
    assert "\n- Comparison: Where you sleep\n  - Source: an example\n" in made
    assert "\n- First step: Talk with someone\n" in made
    assert "- `plan_now`: **now: stops the questions (Please call now)**" in made
    assert "- `dark_alone`: **at least Inpatient; first: Talk with someone**" in made
    assert "  - When `mood` is `dark` **and** `nights` is `alone`." in made
    assert "Source, read on 2026-11-01: <https://988.org>" in made
    assert "Why: Nobody can weigh themselves here." in made


def test_a_basis_that_names_a_wrong_place_is_none(sound: Path) -> None:
    spoil(sound, "basis.yaml", "level.iop", "level.ipo")
    report = Report()
    assert load_basis(sound, load(sound), report) is None
    assert [problem.kind for problem in report.problems] == ["no-place"]


@pytest.mark.parametrize("name", ["basis.yaml", "glossary.yaml"])
def test_a_link_that_leads_nowhere_is_no_missing_file(sound: Path, name: str) -> None:
    (sound / name).unlink(missing_ok=True)
    assert found(sound) == []
    (sound / name).symlink_to(sound / "gone.yaml")
    assert [str(problem) for problem in found(sound)] == [f"{sound / name}:1: error: there is no such file"]


def test_text_is_never_markup_and_addresses_are_links(sound: Path) -> None:
    made = page(sound)
    assert "  - Source: a\\_book \\* at <https://example.org/a_b>, page 2" in made
    spoil(sound, "mind.yaml", "because: You plan to die.", 'because: "<b>*You* [plan](x) to die."')
    assert "Told: \\<b\\>\\*You\\* \\[plan\\](x) to die." in page(sound)


def test_without_a_basis_there_are_the_rules_alone(sound: Path) -> None:
    (sound / "basis.yaml").unlink()
    made = page(sound)
    assert "## Limits" not in made
    assert "`plan_now`" in made


def test_every_form_of_condition_is_said_in_words(sound: Path) -> None:
    count = "{at_least: 1, of: [{mood: low}, {not: {nights: with}}]}"
    spoil(sound, "mind.yaml", "when: {nights: alone}", f"when: {{any: [{count}, {{score: [mood], at_least: 2}}]}}")
    assert in_words(load(sound).fits[0].when, load(sound)) == (
        "at least 1 of these hold: (`mood` is `low`; **not** `nights` is `with`) **or** "
        "the weights of `mood` add up to 2 or more"
    )


def run(*arguments: str | Path) -> program.Done:
    return program.run("basis", *arguments)


def test_the_command_prints_the_page_or_each_problem(sound: Path) -> None:
    assert run(sound).stdout == page(sound)
    spoil(sound, "basis.yaml", "level.iop", "level.ipo")
    done = run("--questions", sound)
    assert (done.returncode, done.stdout) == (2, "")
    assert "basis.yaml:2: error:" in done.stderr


def test_the_page_in_docs_is_that_of_the_shipped_screening() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(shipped()), "renew it: iop-tui basis > docs/clinical-basis.md"
