"""Weakened rules: which there are, who notices them, and the people who would notice the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.screening.assessment.cases import UNWRITTEN, Case, load_cases, run_case
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.authoring.condition_text import as_yaml
from iop_tui.screening.authoring.mutation.mutants import Mutant, mutants, mutated
from iop_tui.screening.authoring.mutation.report import page, summary_line
from iop_tui.screening.authoring.mutation.survivors import Survey, survey
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Need, Screening
from iop_tui.screening.problems import Report
from tests import program
from tests.core.authored import line_of, spoil, write


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "q")


def of(directory: Path) -> tuple[Screening, tuple[Case, ...]]:
    screening, report = load(directory), Report()
    cases = load_cases(directory, screening, report)
    assert report.problems == []
    return screening, cases


def surveyed(directory: Path) -> Survey:
    return survey(*of(directory))


def everything(came: Survey) -> list[Mutant]:
    return [*(mutant for suggestion in came.suggested for mutant in suggestion.notices), *came.unfounded]


def changes(directory: Path, rule: str) -> list[str]:
    return [mutant.change for mutant in mutants(load(directory)) if mutant.rule.id == rule]


def test_a_sound_screening_has_no_survivor(sound: Path) -> None:
    assert [summary_line(mutant) for mutant in everything(surveyed(sound))] == []


def test_each_rule_is_weakened_in_every_way(sound: Path) -> None:
    assert changes(sound, "plan_now") == [
        "it is dropped",
        "it shows its page but lets the questions go on (urgency: today)",
    ]
    assert changes(sound, "low") == [
        "it is dropped",
        "'low' is taken out of {mood: [low, dark]}",
        "'dark' is taken out of {mood: [low, dark]}",
        "it asks for outpatient only, not iop",
    ]
    assert changes(sound, "dark_alone") == [
        "it is dropped",
        "the part {mood: dark} of its 'all' is dropped",
        "the part {nights: alone} of its 'all' is dropped",
        "it asks for php only, not inpatient",
        "the first step 'talk' is taken from it",
    ]


def test_counts_numbers_and_scores_are_tightened_by_one(sound: Path) -> None:
    number = "  - {id: drinks, ask: How many drinks?, why: It counts., kind: number, lowest: 0, highest: 9}\nalarms:"
    count = "{at_least: 1, of: [{mood: low}, {drinks: {at_least: 3, at_most: 6}}]}"
    rules = f"""
  - {{id: count, first: talk, when: {count}, because: So., source: x}}
  - {{id: score, first: talk, when: {{score: [drinks, mood], at_least: 3}}, because: So., source: x}}
  - {{id: nor, first: talk, when: {{not: {{mood: [low, dark]}}}}, because: So., source: x}}
fits:"""
    spoil(sound, "mind.yaml", "alarms:", number, "\nfits:", rules)
    assert "2 of 2 parts must hold instead of 1" in changes(sound, "count")
    assert "'at_least' of {drinks: {at_least: 3, at_most: 6}} is one more" in changes(sound, "count")
    assert "'at_most' of {drinks: {at_least: 3, at_most: 6}} is one less" in changes(sound, "count")
    assert "the score needs 4 instead of 3" in changes(sound, "score")
    assert "'drinks' is taken out of the score over [drinks, mood]" in changes(sound, "score")
    assert "'low' is taken out of {mood: [low, dark]}" in changes(sound, "nor")


def test_of_a_count_of_all_parts_one_is_dropped_and_the_others_must_hold(sound: Path) -> None:
    part = "{all: [{mood: dark}, {nights: alone}]}"
    spoil(sound, "mind.yaml", f"when: {part}", f"when: {part.replace('all:', 'at_least: 2, of:')}")
    assert changes(sound, "dark_alone")[1:3] == [
        "the part {mood: dark} of its 'at_least' is dropped",
        "the part {nights: alone} of its 'at_least' is dropped",
    ]
    weaker = [
        mutant.changed.when
        for mutant in mutants(load(sound))
        if mutant.rule.id == "dark_alone" and isinstance(mutant.changed, Need)
    ]
    assert [as_yaml(condition) for condition in weaker[:2]] == [
        "{at_least: 1, of: [{nights: alone}]}",
        "{at_least: 1, of: [{mood: dark}]}",
    ]
    assert surveyed(sound).survivors == 0


def test_whom_to_start_from_is_somebody_without_an_alarm(sound: Path) -> None:
    spoil(sound, "mind.yaml", "when: {mood: plan}", "when: {who_for: other}")
    people = """\
usual: {who_for: self, mood: low, nights: with}
cases:
  - id: in_danger
    story: In danger.
    answers: {who_for: other}
    expect: {level: none, alarms: [plan_now], reasons: [low], fits: []}
  - {id: low, story: Low., answers: {}, expect: {level: iop, reasons: [low], fits: []}}
"""
    (sound / "cases" / "people.yaml").write_text(people)
    came = surveyed(sound)
    assert {suggestion.like.id for suggestion in came.suggested} == {"low"}


def test_nobody_else_differs_in_a_mutant(sound: Path) -> None:
    screening = load(sound)
    for mutant in mutants(screening):
        changed = mutated(screening, mutant)
        for before, after in (
            (screening.alarms, changed.alarms),
            (screening.needs, changed.needs),
            (screening.fits, changed.fits),
            (screening.care.cannot_tell, changed.care.cannot_tell),
        ):
            same = {rule.id for rule in before if any(rule is other for other in after)}
            assert {rule.id for rule in before} - same <= {mutant.rule.id}


def test_what_is_noticed_is_what_a_whole_check_of_the_cases_would_notice(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", ", reasons: [low, dark]}", "}", ", reasons: [low, dark, dark_alone]", "")
    screening, cases = of(sound)
    by_hand = {
        (mutant.rule.id, mutant.change)
        for mutant in mutants(screening)
        if not any(run_case(case, mutated(screening, mutant)) for case in cases)
    }
    assert {(mutant.rule.id, mutant.change) for mutant in everything(survey(screening, cases))} == by_hand
    assert by_hand


@pytest.mark.parametrize("taken", ["fine", "low_alone", "dark_not_alone", "dark_and_alone", "planning"])
def test_whoever_is_suggested_notices(sound: Path, taken: str) -> None:
    screening, cases = of(sound)
    came = survey(screening, [case for case in cases if case.id != taken])
    for suggestion in came.suggested:
        assert run_case(suggestion.case, screening) == ()
        for mutant in suggestion.notices:
            assert run_case(suggestion.case, mutated(screening, mutant)) != (), summary_line(mutant)
    if taken != "fine":
        assert came.survivors > 0


def test_what_is_suggested_can_be_pasted_and_nothing_survives_it(sound: Path) -> None:
    people = sound / "cases" / "people.yaml"
    text = people.read_text()
    at = text.index("  - id: dark_and_alone")
    people.write_text(text[:at] + text[text.index("  - {id: planning") :])
    came = surveyed(sound)
    assert came.survivors > 0
    pasted = people.read_text() + "\n".join(page(came))
    people.write_text(pasted)
    # Nobody has said yet who this is.
    assert any("write who this is" in problem.message for problem in check(sound).problems)
    people.write_text(pasted.replace(UNWRITTEN, "Somebody alone in dark days."))
    assert [summary_line(mutant) for mutant in everything(surveyed(sound))] == []


def test_another_entry_of_a_case_is_suggested_where_the_result_is_the_same(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{plan: I have a plan to die}", "{plan: I have a plan}, {tried: I tried}")
    spoil(sound, "mind.yaml", "when: {mood: plan}", "when: {mood: [plan, tried]}")
    lines = list(page(surveyed(sound)))
    assert any("Into the case 'planning'" in line for line in lines)
    assert lines[-1] == "      - {mood: tried}"
    entry = ", same_for: [{mood: tried}], expect: {level: none, alarms"
    spoil(sound, "cases/people.yaml", ", expect: {level: none, alarms", entry)
    assert everything(surveyed(sound)) == []


def test_a_result_that_is_not_pinned_is_suggested_to_be(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", "reasons: [low], fits: [peers]}", "reasons: [low]}")
    spoil(sound, "cases/people.yaml", "dark_alone], fits: [peers]}", "dark_alone]}")
    said = "\n".join(page(surveyed(sound)))
    assert "It is enough to write this into 'expect' of 'low_alone'" in said
    assert "#   fits: [peers]" in said


def test_what_no_answers_can_notice_may_be_explained(sound: Path) -> None:
    part = "when: {all: [{mood: dark}, {nights: alone}]}"
    spoil(sound, "mind.yaml", part, "when: {all: [{mood: dark}, {mood: [low, dark]}, {nights: alone}]}")
    came = surveyed(sound)
    assert [mutant.change for mutant in came.unfounded] == [
        "the part {mood: [low, dark]} of its 'all' is dropped",
        "'low' is taken out of {mood: [low, dark]}",
    ]
    assert came.unfounded[0].where.line == line_of(sound, "mind.yaml", "{mood: [low, dark]}, {nights")
    spoil(sound, "mind.yaml", "    first: talk", "    no_case: It says the same again.\n    first: talk")
    came = surveyed(sound)
    assert (came.survivors, len(came.explained)) == (0, 2)


def test_an_explanation_does_not_stand_for_a_case_that_could_be_written(sound: Path) -> None:
    spoil(sound, "mind.yaml", "    first: talk", "    no_case: Too much work.\n    first: talk")
    spoil(sound, "cases/people.yaml", "first_steps: [talk], reasons: [low, dark, dark_alone], fits: [peers]",
          "first_steps: [talk]", "{mood: dark, nights: alone}", "{mood: good}", "level: inpatient, first_steps: [talk]",
          "level: outpatient")  # fmt: skip
    came = surveyed(sound)
    assert "dark_alone" in {mutant.rule.id for mutant in everything(came)}


def test_people_who_do_not_get_their_result_prove_nothing(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", "expect: {level: none, alarms: [plan_now]}", "expect: {level: none}")
    came = surveyed(sound)
    assert came.failing == 1
    assert "plan_now" in {mutant.rule.id for mutant in everything(came)}
    assert "1 of the example people do not get" in next(page(came))


def test_a_screening_without_people_has_survivors_and_no_suggestion(sound: Path) -> None:
    (sound / "cases" / "people.yaml").unlink()
    came = surveyed(sound)
    assert came.suggested == ()
    assert came.survivors == came.tried


def run(*arguments: str | Path) -> program.Done:
    return program.run("check", "--mutate", *arguments)


def test_the_command_says_what_survives_with_its_line_and_fails(sound: Path) -> None:
    good = run(sound)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == "# 15 ways to weaken a rule; 0 that nobody notices\n"
    spoil(sound, "cases/people.yaml", "reasons: [low], fits: [peers]}", "reasons: [low]}")
    spoil(sound, "cases/people.yaml", "dark_alone], fits: [peers]}", "dark_alone]}")
    bad = run(sound)
    assert bad.returncode == 1
    line = line_of(sound, "mind.yaml", "id: peers")
    assert f"# {sound}/mind.yaml:{line}: fit 'peers': nobody notices when it is dropped" in bad.stdout
    assert "Traceback" not in bad.stderr


def test_the_command_fails_for_a_problem_too_and_for_a_warning_only_where_it_is_to(sound: Path) -> None:
    spoil(sound, "mind.yaml", "suggests: Ask for a peer., source: an example", "suggests: Ask for a peer.")
    plain, strict = run(sound), run("--strict", sound)
    assert (plain.returncode, strict.returncode) == (0, 1)
    assert "'source' is missing" in strict.stdout
    assert strict.stdout.splitlines()[-1] == "# 15 ways to weaken a rule; 0 that nobody notices"
    # One more person, without whom nothing survives either, but who does not get the result they must.
    spoil(sound, "cases/people.yaml", "cases:\n",
          "cases:\n  - {id: wrong, story: Wrong., answers: {}, expect: {level: php}}\n")  # fmt: skip
    failing = run(sound)
    assert failing.returncode == 1
    assert "case 'wrong': level should be php, and is outpatient" in failing.stdout
    assert failing.stdout.splitlines()[-1].endswith("; 0 that nobody notices")


def test_json_does_not_go_with_it(sound: Path) -> None:
    done = run(sound, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--mutate prints YAML" in done.stderr
