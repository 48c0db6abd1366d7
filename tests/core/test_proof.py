"""`check --prove`: each kind of promise, kept and broken on purpose, and the people who show it."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from iop_tui.screening.assessment.cases import load_cases, run_case
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.condition import Is
from iop_tui.screening.problems import Report, Unusable
from iop_tui.screening.proof import encoder
from iop_tui.screening.proof.formula import TRUE, Formulas
from iop_tui.screening.proof.page import page, summary_line
from iop_tui.screening.proof.promises import prove
from iop_tui.screening.proof.solver import Outcome, Solver
from iop_tui.screening.proof.verdict import Proof, Verdict
from tests import program
from tests.core.authored import found, line_of, spoil, write
from tests.shipped import SHIPPED

WHO = "options: [{self: Me}, {other: A friend}]"
MOOD = "options: [{good: Good}, {low: Low}, {dark: Very dark}, {plan: I have a plan to die}]"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    directory = write(tmp_path / "q")
    spoil(directory, "mind.yaml", WHO, f"{WHO}\n    practical: yes")
    return directory


def proofs(directory: Path, seconds: float = 60) -> list[Proof]:
    return list(prove(load(directory), seconds))


def broken(directory: Path) -> list[str]:
    """What is not proved, as it is told, without the directory."""
    left = [proof for proof in proofs(directory) if proof.verdict is not Verdict.PROVED]
    return [summary_line(proof).removeprefix(f"{directory}/") for proof in left]


def run_pasted(directory: Path) -> list[tuple[str, str]]:
    """Paste the examples into the cases, run them; each one's name and level."""
    screening = load(directory)
    (directory / "cases" / "proof.yaml").write_text("\n".join(page(screening, prove(screening, 60))) + "\n")
    report = Report()
    cases = [case for case in load_cases(directory, screening, report) if case.id.startswith("proof_")]
    assert report.problems == []
    assert [problem for case in cases for problem in run_case(case, screening)] == []
    return [(case.id, case.expect.level) for case in cases]


def test_a_sound_screening_keeps_every_promise(sound: Path) -> None:
    assert broken(sound) == []
    assert found(sound) == []


# ---- each promise, broken --------------------------------------------------------------------------------------------


def test_a_worse_answer_that_gives_less_is_found(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{mood: dark}, because: Your mood is dark.", "{mood: low}, because: Your mood is low.")
    spoil(
        sound, "mind.yaml", "first: talk\n    when: {all: [{mood: dark},", "first: talk\n    when: {all: [{mood: low},"
    )
    line = line_of(sound, "mind.yaml", MOOD)
    assert f"mind.yaml:{line}: broken: question 'mood': low -> dark: the level falls from php to iop" in broken(sound)
    assert ("proof_mood_milder", "php") in run_pasted(sound)
    assert ("proof_mood_worse", "iop") in run_pasted(sound)


def test_a_worse_answer_that_takes_an_alarm_away_is_found(sound: Path) -> None:
    spoil(sound, "mind.yaml", "when: {mood: plan}", "when: {mood: low}")
    spoil(sound, "mind.yaml", "when: {mood: dark}, because", "when: {mood: [dark, plan]}, because")
    line = line_of(sound, "mind.yaml", MOOD)
    said = f"mind.yaml:{line}: broken: question 'mood': low -> dark: the alarm 'plan_now' (now) goes"
    assert any(line.startswith(said) for line in broken(sound))
    assert {("proof_mood_milder", "none"), ("proof_mood_worse", "php")} <= set(run_pasted(sound))


def test_answers_without_an_order_are_not_compared(sound: Path) -> None:
    spoil(sound, "mind.yaml", "when: {mood: plan}", "when: {mood: low}")
    spoil(sound, "mind.yaml", MOOD, f"{MOOD}\n    ordered: no")
    assert not any("question 'mood': low -> dark" in line for line in broken(sound))


def test_one_more_option_or_a_higher_number_that_gives_less_is_found(sound: Path) -> None:
    more = """\
  - {id: signs, ask: Which?, why: So., kind: several, options: [{a: A}, {b: B}]}
  - {id: drinks, ask: How many?, why: So., kind: number, lowest: 0, highest: 20}
alarms:"""
    rules = """
  - {id: not_b, at_least: iop, when: {all: [{signs: a}, {not: {signs: b}}]}, because: So., source: x}
  - {id: few, at_least: iop, when: {drinks: {at_least: 3, at_most: 7}}, because: So., source: x}
fits:"""
    spoil(sound, "mind.yaml", "alarms:", more, "\nfits:", rules)
    said = [line.partition("broken: ")[2] for line in broken(sound)]
    assert said == [
        "question 'signs': 'b' as well: the level falls from iop to outpatient",
        "question 'drinks': 7 -> 8: the level falls from iop to outpatient",
    ]
    run_pasted(sound)


def test_a_practical_answer_that_changes_care_is_found(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{all: [{mood: dark}, {nights: alone}]}", "{all: [{mood: dark}, {who_for: self}]}")
    said = broken(sound)
    assert len(said) == 1
    assert "question 'who_for' is practical: its answer changes the level or an alarm" in said[0]
    assert len(run_pasted(sound)) == 2


def test_practical_is_said_of_a_whole_section_too(sound: Path) -> None:
    spoil(sound, "mind.yaml", "title: Your mind", "title: Your mind\npractical: yes")
    said = broken(sound)
    assert [line.partition("question ")[2].partition(" is")[0] for line in said] == ["'mood'", "'nights'"]


def test_a_need_that_decides_nothing_is_found_unless_it_says_what_covers_it(sound: Path) -> None:
    idle = "  - {id: again, at_least: iop, when: {mood: dark}, because: So., source: x}\nfits:"
    spoil(sound, "mind.yaml", "fits:", idle)
    [said] = broken(sound)
    assert "need 'again' decides the level of some sheet: it decides none: whenever it holds, so does 'low'" in said
    spoil(sound, "mind.yaml", "{id: again,", "{id: again, covered_by: dark,")
    assert broken(sound) == []
    spoil(sound, "mind.yaml", "{id: again, covered_by: dark,", "{id: again, covered_by: dark_alone,")
    [said] = broken(sound)
    assert said.endswith("need 'again' is covered by dark_alone: it holds without them")
    assert run_pasted(sound) == [("proof_again_uncovered", "php")]


def test_what_asks_for_less_cannot_cover_a_need(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{id: dark, at_least: php,", "{id: dark, at_least: php, covered_by: low,")
    assert any(line.endswith("'low' cannot cover it: it asks for less") for line in broken(sound))


def test_a_level_that_is_never_reached_and_an_alarm_that_never_stands_alone_are_found(sound: Path) -> None:
    second = "  - {id: too, urgency: now, when: {mood: plan}, page: crisis, because: So., source: x}\nneeds:"
    spoil(sound, "mind.yaml", "needs:", second, "at_least: php, when", "at_least: inpatient, when")
    said = "\n".join(broken(sound))
    assert "level 'php' is reached: no sheet leads there" in said
    assert "alarm 'too' can be active alone: it never does: 'plan_now' is always active with it" in said


def test_danger_that_saying_less_hides_is_found(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the truth table nothing can be hidden so; with a wrong one, that takes what is open for a no, it is."""

    def open_is_no(world: encoder.World, condition: Is) -> encoder.Rails:
        make, name = world.encoder.formulas, condition.question
        chosen = make.any([world.chosen(name)[option] for option in condition.options])
        sure = make.both(world.shown(name)[0], -world.open_(name), chosen)
        return sure, sure

    spoil(sound, "mind.yaml", "show_if: {mood: [low, dark]}", "show_if: {not: {mood: plan}}")
    monkeypatch.setitem(encoder._READ, Is, open_is_no)
    said = [proof for proof in proofs(sound) if proof.promise == "saying less hides no danger"]
    assert [proof.claim for proof in said if proof.verdict is not Verdict.PROVED] == ["question 'mood' left unsaid"]
    # The program does not show it, so nobody is told that the screening is at fault.
    assert any("do not agree" in proof.why for proof in said)


def test_a_promise_of_an_author_that_is_broken_is_found(sound: Path) -> None:
    promises = """
promises:
  - {id: dark_gets_php, when: {mood: dark}, at_least: php, source: an example}
  - {id: alone_gets_php, when: {nights: alone}, at_least: php, source: an example}
  - {id: alone_is_told, when: {nights: alone}, alarm: plan_now, source: an example}
"""
    with (sound / "mind.yaml").open("a") as file:
        file.write(promises)
    assert found(sound) == []
    first, second = line_of(sound, "mind.yaml", "id: alone_gets_php"), line_of(sound, "mind.yaml", "id: alone_is_told")
    assert broken(sound) == [
        f"mind.yaml:{first}: broken: promise 'alone_gets_php': at least php: somebody gets less",
        f"mind.yaml:{second}: broken: promise 'alone_is_told': the alarm 'plan_now': for somebody it is not active",
    ]
    assert run_pasted(sound)[0] == ("proof_alone_gets_php", "iop")


# ---- incomplete sheets -----------------------------------------------------------------------------------------------


def test_what_only_open_questions_show_is_found(sound: Path) -> None:
    """With everything answered, dark asks for as much as low. But then it may not be known that nights are asked."""
    spoil(sound, "mind.yaml", MOOD, "options: [{good: Good}, {low: Low}, {dark: Very dark}]")
    gate = "show_if: {any: [{mood: low}, {who_for: [self, other]}]}"
    spoil(sound, "mind.yaml", "show_if: {mood: [low, dark]}", gate)
    spoil(sound, "mind.yaml", "{mood: plan}", "{mood: dark}")
    spoil(sound, "mind.yaml", "when: {all: [{mood: dark}, {nights: alone}]}", "when: {nights: alone}")
    spoil(sound, "mind.yaml", "urgency: now", "urgency: today")
    said = broken(sound)
    assert any("low -> dark: the level falls from inpatient to php while questions are open" in line for line in said)


# ---- the format ------------------------------------------------------------------------------------------------------


def test_names_in_promises_and_covers_must_exist(sound: Path) -> None:
    with (sound / "mind.yaml").open("a") as file:
        file.write("promises:\n  - {id: p, when: {moood: dark}, alarm: plan_later, source: x}\n")
        file.write("  - {id: q, when: {mood: dark}, source: x}\n")
    spoil(sound, "mind.yaml", "{id: dark, at_least: php,", "{id: dark, at_least: php, covered_by: dark,")
    with pytest.raises(Unusable) as unusable:
        load(sound)
    said = [problem.message for problem in unusable.value.problems]
    assert "need 'dark': there is no alarm or other need 'dark'; it could be: plan_now, low, dark_alone" in said
    assert "promise 'p': there is no question 'moood'; did you mean 'mood'?" in said
    assert "promise 'p': there is no alarm 'plan_later'; it could be: plan_now" in said
    assert "promise 'q': it needs 'at_least', 'alarm' or both" in said


def test_a_promise_of_nobody_is_a_problem(sound: Path) -> None:
    with (sound / "mind.yaml").open("a") as file:
        file.write("promises:\n  - {id: p, when: {all: [{mood: dark}, {mood: low}]}, at_least: iop, source: x}\n")
    assert [problem.message for problem in found(sound)] == ["promise 'p': no answers can be what it speaks of"]


# ---- the command -----------------------------------------------------------------------------------------------------


def test_the_command_says_how_many_are_proved(sound: Path) -> None:
    done = program.run("check", "--prove", sound)
    assert done.returncode == 0, done.stdout
    assert " 0 broken, 0 not proved; " in done.stdout
    assert done.stdout.count("\n") == 1


def test_the_command_fails_where_a_promise_is_broken(sound: Path) -> None:
    spoil(sound, "mind.yaml", "when: {mood: plan}", "when: {mood: low}")
    done = program.run("check", "--prove", sound)
    assert done.returncode == 1
    assert "cases:\n" in done.stdout


def test_without_the_solver_one_line_says_what_to_install(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    done = program.run("check", "--prove", sound)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["iop-tui: proving needs the package z3-solver: pip install 'iop-tui[prove]'."]


def test_what_goes_together_is_said(sound: Path) -> None:
    assert "leave out --mutate and --json" in program.run("check", "--prove", "--json", sound).stderr
    assert "goes with --prove" in program.run("check", "--prove-seconds", "3", sound).stderr


def test_what_takes_too_long_is_not_proved_and_not_broken(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Solver, "check", lambda _self, _formula, _seconds: Outcome.OUT_OF_TIME)
    done = program.run("check", "--prove", sound)
    assert done.returncode == 0
    assert "not proved: question 'mood': good -> low" in done.stdout
    assert program.run("check", "--prove", "--strict", sound).returncode == 1


def test_a_limit_of_time_is_kept_and_the_next_question_is_answered() -> None:
    """Twelve pigeons in eleven holes, which takes such a solver hours. What is easy is answered at once after it."""
    make = Formulas()
    sits = [[make.variable((str(pigeon), str(hole))) for hole in range(11)] for pigeon in range(12)]
    shared = [make.either(-one[hole], -two[hole]) for one, two in itertools.combinations(sits, 2) for hole in range(11)]
    solver = Solver(make, TRUE)
    assert solver.check(make.all([*map(make.any, sits), *shared]), 0.1) is Outcome.OUT_OF_TIME
    assert solver.check(make.any(sits[0]), 2) is Outcome.POSSIBLE
    assert solver.check(make.both(sits[0][0], -sits[0][0]), 2) is Outcome.IMPOSSIBLE


# ---- the screening that ships ----------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_of_the_shipped_screening_everything_is_settled() -> None:
    proofs = list(prove(SHIPPED, 60))
    assert len(proofs) > 300
    assert [summary_line(proof) for proof in proofs if proof.verdict is Verdict.NOT_PROVED] == []
    bad = [proof for proof in proofs if proof.verdict is Verdict.BROKEN]
    for proof in bad:
        # Whoever shows it answers what is asked of them, and nothing else.
        for example in proof.examples:
            assert all(Facts(SHIPPED, example.answers).shown(name) for name in example.answers)
    assert {proof.promise for proof in bad} <= {"worse never gives less"}
