"""What authors are told of a screening that loads: each check by itself, with its file, line and weight."""

from __future__ import annotations

import datetime
import gc
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from iop_tui.commands import check as command
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.condition import Condition
from iop_tui.screening.shipped import shipped
from tests import program
from tests.core.authored import TODAY, found, line_of, spoil, write

LONG = "It " + "may be so and " * 7 + "then not."


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write(tmp_path / "q")


def test_a_sound_screening_has_neither_problem_nor_warning(sound: Path) -> None:
    assert [str(problem) for problem in found(sound)] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "kind", "severity", "at", "says"),
    [
        ("mind.yaml", "{mood: [low, dark]}\n    options", "{all: [{mood: low}, {mood: dark}]}\n    options",
         "never-asked", "error", "id: nights", "no answers can make show_if hold"),
        ("mind.yaml", "when: {mood: dark}", "when: {all: [{mood: dark}, {mood: low}]}",
         "never-fires", "error", "id: dark,", "no answers can make this rule fire"),
        ("mind.yaml", "when: {mood: plan}", "when: {mood: [good, low, dark, plan]}",
         "always-fires", "error", "id: plan_now", "every answer makes this rule fire"),
        ("mind.yaml", "{low: Low},", "{low: Low}, {mixed: Mixed},",
         "unused-option", "warning", "{low: Low}", "asks for the option 'mixed'"),
        ("mind.yaml", "    at_least: inpatient\n", "",
         "unreachable-level", "error", "", "level 'inpatient': no need asks for it"),
        ("mind.yaml", "when: {nights: alone}", "when: {nights: with}",
         "case-result", "error", "", "fits should be peers, and is none"),
        ("cases/people.yaml", "answers: {mood: plan}", "answers: {mood: plan, nights: with}",
         "hidden-answer", "warning", "id: planning", "the question 'nights' is not asked"),
        ("mind.yaml", "why: Nights can be the hardest.", f"why: {LONG}",
         "long-sentence", "warning", "id: nights", "a sentence has 31 words, and 25 is the most"),
        ("mind.yaml", "why: Nights can be the hardest.", "why: Nights can be the hardest.\n    if_unsaid: crisis",
         "danger-without-alarm", "error", "id: nights", "no alarm asks for its answer"),
        ("mind.yaml", "why: Nights can be the hardest.", "why: Nights can be the hardest.\n    practical: yes",
         "practical-in-rule", "error", "id: dark_alone", "asks for the answer to 'nights', which is"),
        ("help.yaml", "2026-11-01", "2025-11-01", "stale-line", "warning", "id: emergency", "checked on 2025-11-01"),
        ("help.yaml", "2026-11-01", "2027-11-01", "stale-line", "warning", "id: emergency", "today is 2026-11-21"),
        ("mind.yaml", "suggests: Ask for a peer., source: an example", "suggests: Ask for a peer.",
         "no-source", "warning", "id: peers", "fit 'peers': 'source' is missing"),
        ("care.yaml", "text: Where you sleep, source: an example", "text: Where you sleep",
         "no-source", "warning", "id: sleep", "row 'sleep'"),
        ("care.yaml", "text: Do it today., source: an example", "text: Do it today.",
         "no-source", "warning", "id: talk", "first step 'talk'"),
        ("care.yaml", "text: Do it today.", "text: Have someone ring you today.",
         "doubtful-words", "warning", "id: talk", "write both, as in"),
    ],
)  # fmt: skip
def test_each_is_named_with_its_place(
    sound: Path, file: str, old: str, new: str, kind: str, severity: str, at: str, says: str
) -> None:
    spoil(sound, file, old, new)
    problems = [problem for problem in found(sound) if problem.kind == kind]
    assert any(says in problem.message for problem in problems), found(sound)
    assert {problem.severity for problem in problems} == {severity}
    if at:
        assert (str(sound / file), line_of(sound, file, at)) in {(problem.file, problem.line) for problem in problems}


NEVER = "{all: [{mood: dark}, {mood: low}]}"
ADVICE = "advice:\n  - {id: rest, title: Rest, source: x, items: [Sleep.]}\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("help.yaml", "checked: 2026-11-01}", f"checked: 2026-11-01, when: {NEVER}}}",
         "line 'lifeline': no answers can make a summary name this line"),
        ("screening.yaml", "for_other: {who_for: other}", f"for_other: {NEVER}",
         "screening.yaml: for_other: no answers can make it hold"),
        ("screening.yaml", "for_other:", f"notices: [{{id: hint, when: {NEVER}, text: So.}}]\nfor_other:",
         "notice 'hint': no answers can make this notice show"),
        ("care.yaml", "first_steps:", ADVICE.replace("title:", f"when: {NEVER}, title:") + "first_steps:",
         "advice 'rest': no answers can make this advice show"),
        ("care.yaml", "first_steps:", ADVICE.replace("Sleep.", f"{{text: Sleep., when: {NEVER}}}") + "first_steps:",
         "an item of the advice 'rest': no answers can make this item show"),
    ],
)  # fmt: skip
def test_no_condition_is_forgotten(sound: Path, file: str, old: str, new: str, says: str) -> None:
    spoil(sound, file, old, new)
    assert [(p.message, p.severity) for p in found(sound) if p.kind == "never-fires"] == [(says, "error")]


def test_people_whose_answers_are_not_known_show_nothing_of_a_rule(sound: Path) -> None:
    nobody = "cases:\n  - {id: silent, story: Silent., answers: {}, expect: {level: outpatient}}\n"
    (sound / "cases" / "people.yaml").write_text(nobody)
    spoil(sound, "mind.yaml", "when: {mood: dark}", f"when: {NEVER}",
          "when: {mood: plan}", "when: {mood: [good, low, dark, plan]}")  # fmt: skip
    assert {problem.kind for problem in found(sound)} >= {"never-fires", "always-fires"}


def test_an_option_that_a_phone_line_asks_for_is_of_use(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{low: Low},", "{low: Low}, {mixed: Mixed},")
    spoil(sound, "help.yaml", "checked: 2026-11-01}", "checked: 2026-11-01, when: {mood: mixed}}")
    assert found(sound) == []


def conditions_in(thing: object) -> Iterator[Condition]:
    """Every condition that stands anywhere in a screening, the outermost alone."""
    if isinstance(thing, Condition):
        yield thing
    elif isinstance(thing, msgspec.Struct):
        for name in thing.__struct_fields__:
            yield from conditions_in(getattr(thing, name))
    elif isinstance(thing, tuple):
        for part in thing:
            yield from conditions_in(part)


def test_all_conditions_of_the_shipped_screening_are_looked_at() -> None:
    screening = load(shipped())
    assert {id(stated.condition) for stated in conditions_of(screening)} == {*map(id, conditions_in(screening))}
    assert {stated.noun for stated in conditions_of(screening)} >= {"question", "alarm", "need", "fit", "line"}


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("help.yaml", "about: Day and night.", f"about: {LONG}", "line 'emergency': a sentence has 31 words"),
        ("care.yaml", "text: Where you sleep", f"text: {LONG}", "row 'sleep': a sentence has 31 words"),
        ("care.yaml", "text: Do it today.", f'text: "{{Do it.|{LONG}}}"',
         "first step 'talk' in the proxy wording: a sentence has 31 words"),
        ("care.yaml", "text: Do it today.", 'text: "Go{| because psychiatric hospitalization necessitates}."',
         "first step 'talk' in the proxy wording: it reads at grade"),
    ],
)  # fmt: skip
def test_all_that_is_read_is_measured(sound: Path, file: str, old: str, new: str, says: str) -> None:
    spoil(sound, file, old, new)
    problems = [problem for problem in found(sound) if problem.message.startswith(says)]
    assert [(Path(problem.file).name, problem.severity) for problem in problems] == [(file, "warning")], found(sound)


def test_what_is_too_long_either_way_is_told_once(sound: Path) -> None:
    spoil(sound, "care.yaml", "text: Do it today.", f"text: Call your nurse. {LONG}")
    assert [problem.kind for problem in found(sound)] == ["long-sentence"]


def test_hard_words_that_only_another_person_is_told_of_are_told_of_the_whole(sound: Path) -> None:
    hard = "{|" + "Necessary psychiatric hospitalization requires professional authorization. " * 4 + "}"
    easy = ("One visit a week.", "A few days a week.", "Most days.", "Day and night.", "Do it today.")
    spoil(sound, "care.yaml", *(text for what in easy for text in (what, f'"{hard}{what}"')))
    [problem] = [problem for problem in found(sound) if problem.kind == "hard-to-read"]
    assert problem.message.startswith("screening.yaml: all texts together in the proxy wording read at grade")


def test_an_option_that_stands_alone_may_stay(sound: Path) -> None:
    worries = "  - {id: worries, ask: What worries you?, why: It counts., kind: several, options: [OPTIONS]}\nalarms:"
    options = "{home: My home}, {work: My work}, {id: none, text: None of these, alone: true}"
    spoil(sound, "mind.yaml", "alarms:", worries.replace("OPTIONS", options), "when: {mood: plan}",
          "when: {any: [{mood: plan}, {worries: work}]}")  # fmt: skip
    assert [problem for problem in found(sound) if problem.kind == "unused-option"] == []


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("{id: mixed, text: Mixed, kept_for: People ask for it.}", "it says why"),
        ("{id: mixed, text: Mixed, weight: 2}", "it has a weight that counts"),
    ],
)
def test_an_option_may_be_kept(sound: Path, new: str, why: str) -> None:
    score = "  - {id: much, first: talk, when: {score: [mood], at_least: 2}, because: It is much., source: x}\nfits:"
    spoil(sound, "mind.yaml", "{low: Low},", f"{{low: Low}}, {new},", "fits:", score)
    assert [problem.message for problem in found(sound) if problem.kind == "unused-option"] == [], why


def test_a_weight_that_no_score_counts_keeps_no_option(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{low: Low},", "{low: Low}, {id: mixed, text: Mixed, weight: 2},")
    assert [problem.kind for problem in found(sound)] == ["unused-option"]


def test_a_need_that_another_always_overrules_is_named(sound: Path) -> None:
    more = "  - {id: darker, at_least: iop, when: {mood: dark}, because: It is dark., source: x}\nfits:"
    spoil(sound, "mind.yaml", "fits:", more)
    spoil(sound, "cases/people.yaml", "reasons: [low, dark]", "reasons: [low, dark, darker]",
          "reasons: [low, dark, dark_alone]", "reasons: [low, dark, darker, dark_alone]")  # fmt: skip
    [problem] = [problem for problem in found(sound) if problem.kind != "case-result"]
    assert (problem.kind, problem.severity) == ("overruled", "warning")
    assert problem.message.startswith("need 'darker': whenever it holds, another need asks for more care")


def test_a_need_that_is_overruled_but_adds_a_step_is_of_use(sound: Path) -> None:
    more = "  - {id: darker, at_least: iop, first: talk, when: {mood: dark}, because: It is dark., source: x}\nfits:"
    spoil(sound, "mind.yaml", "fits:", more)
    assert not [problem for problem in found(sound) if problem.kind == "overruled"]


def test_a_level_that_only_an_alarm_comes_with_is_out_of_reach(sound: Path) -> None:
    spoil(sound, "mind.yaml", "when: {all: [{mood: dark}, {nights: alone}]}", "when: {mood: plan}")
    problems = [problem for problem in found(sound) if problem.kind == "unreachable-level"]
    assert [problem.message for problem in problems] == ["level 'inpatient': no answers lead there"]
    assert problems[0].line == line_of(sound, "care.yaml", "id: inpatient")


def test_rules_that_no_example_person_shows_are_named(sound: Path) -> None:
    (sound / "cases" / "people.yaml").write_text("cases: []\n")
    problems = [problem for problem in found(sound) if problem.kind == "no-case"]
    assert [problem.message.split(":")[0] for problem in problems] == [
        "cannot_tell rule 'too_open'",
        "alarm 'plan_now'", "need 'low'", "need 'dark'", "need 'dark_alone'", "fit 'peers'",
    ]  # fmt: skip
    assert {problem.severity for problem in problems} == {"warning"}
    assert {problem.kind for problem in found(sound)} == {"no-case"}, "levels are searched for, not only looked up"


def test_usual_answers_may_be_hidden(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", "nights: with}", "nights: alone}")
    assert "hidden-answer" not in {problem.kind for problem in found(sound)}


def test_a_hard_screen_names_the_sentence_to_shorten(sound: Path) -> None:
    hard = "Individual psychiatric hospitalization necessitates authorization."
    spoil(sound, "mind.yaml", "why: Nights can be the hardest.", f"why: {hard}")
    [problem] = [problem for problem in found(sound) if problem.kind == "hard-screen"]
    assert "question 'nights': it reads at grade" in problem.message
    assert hard in problem.message
    assert problem.line == line_of(sound, "mind.yaml", "id: nights")


def test_hard_words_everywhere_are_told_of_the_whole(sound: Path) -> None:
    hard = "Necessary psychiatric hospitalization requires professional authorization."
    easy = ("One visit a week.", "A few days a week.", "Most days.", "Day and night.", "Do it today.")
    spoil(sound, "care.yaml", *(text for what in easy for text in (what, hard)))
    assert "hard-to-read" in {problem.kind for problem in found(sound)}


def test_without_others_no_words_are_in_doubt(sound: Path) -> None:
    spoil(sound, "care.yaml", "text: Do it today.", "text: Have someone ring you today.")
    spoil(sound, "screening.yaml", "for_other: {who_for: other}\n", "")
    assert {problem.kind for problem in found(sound)} == {"unused-option"}


def test_both_ways_of_saying_it_settle_a_doubt(sound: Path) -> None:
    spoil(sound, "care.yaml", "text: Do it today.", 'text: "Have someone ring {you|them} today."')
    assert found(sound) == []


def test_a_line_checked_a_year_ago_is_not_old_yet(sound: Path) -> None:
    checked = datetime.date(2026, 11, 1)
    assert found(sound, checked + datetime.timedelta(days=366)) == []
    assert [problem.kind for problem in found(sound, checked + datetime.timedelta(days=367))] == ["stale-line"] * 2
    assert found(sound, TODAY) == []


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    def set_zone(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield set_zone
    monkeypatch.undo()
    time.tzset()


def test_today_is_the_day_that_it_is_here(sound: Path, at: Callable[[str], None]) -> None:
    spoil(sound, "help.yaml", "2026-11-01", "2999-01-01")
    told = []
    for zone in ("EAST-14", "WEST+12"):  # 26 hours apart: never the same day
        at(zone)
        told += [problem.message for problem in check(sound).warnings if problem.kind == "stale-line"]
    [east, west] = [message.split("today is ")[1].split(";")[0] for message in told]
    apart = datetime.date.fromisoformat(east) - datetime.date.fromisoformat(west)
    assert apart.days in (1, 2)


# ---- example people who cannot be read -------------------------------------------------------------------------------


def test_one_wrong_word_in_usual_is_one_problem(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", "usual: {who_for: self, mood: good", "usual: {who_for: self, mood: godo")
    [problem] = found(sound)
    assert "did you mean 'good'?" in problem.message
    assert problem.line == 1


def test_what_is_wrong_with_the_people_is_told_beside_it(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", "usual: {who_for: self, mood: good", "usual: {who_for: self, mood: godo",
          "answers: {mood: dark},", "answers: {mood: drak},")  # fmt: skip
    assert [problem.message.split("?")[0].split("did you mean ")[-1] for problem in found(sound)] == [
        "'good'",
        "'dark'",
    ]


def test_two_people_of_one_name_are_told(sound: Path) -> None:
    spoil(sound, "cases/people.yaml", "id: low_alone", "id: planning")
    [problem] = found(sound)
    at = line_of(sound, "cases/people.yaml", "id: planning")
    assert problem.message == f"case 'planning': the name is already taken ({sound}/cases/people.yaml:{at})"
    assert problem.line > at


# ---- example people who are the same ---------------------------------------------------------------------------------


def test_the_same_person_with_other_answers_must_get_the_same(sound: Path) -> None:
    right = "expect: {level: php, reasons: [low, dark]}"
    spoil(sound, "cases/people.yaml", right, f"same_for: [{{who_for: other}}, {{nights: alone}}], {right}")
    [problem, *_] = [problem for problem in found(sound) if "level" in problem.message]
    assert problem.message == "case 'dark_not_alone': level should be php, and is inpatient"
    assert problem.line == line_of(sound, "cases/people.yaml", "same_for")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("same_for: {mood: low}", "should be a list, each with answers"),
        ("same_for: []", "should be a list, each with answers"),
        ("same_for: [{}]", "an entry of 'same_for' is empty; write the answers that differ"),
        ("same_for: [low]", "answers are question ids"),
        ("same_for: [{mod: low}]", "did you mean 'mood'?"),
        ("same_fro: []", "did you mean 'same_for'?"),
    ],
)
def test_a_wrong_same_for_is_told(sound: Path, written: str, says: str) -> None:
    spoil(sound, "cases/people.yaml", "answers: {mood: dark}, ", f"answers: {{mood: dark}}, {written}, ")
    assert any(says in problem.message and "dark_not_alone" in problem.message for problem in found(sound))


def test_whoever_calls_the_command_keeps_a_collector(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert gc.isenabled()
    assert command.run(sound) == 0
    assert gc.isenabled()
    assert capsys.readouterr().out.startswith("0 problems")


# ---- the command -----------------------------------------------------------------------------------------------------


def run(*arguments: str | Path) -> program.Done:
    return program.run("check", *arguments)


def test_warnings_fail_only_where_they_are_to(sound: Path) -> None:
    assert run(sound, "--strict").returncode == 0
    spoil(sound, "mind.yaml", "suggests: Ask for a peer., source: an example", "suggests: Ask for a peer.")
    plain, strict = run(sound), run(sound, "--strict")
    assert (plain.returncode, strict.returncode) == (0, 1)
    first, last = plain.stdout.splitlines()
    line = line_of(sound, "mind.yaml", "id: peers")
    assert first == f"{sound}/mind.yaml:{line}: warning: fit 'peers': 'source' is missing; say where this comes from"
    assert last == "0 problems, 1 warning; 3 questions, 1 alarm, 3 needs, 1 fit, 6 cases"


def test_editors_read_json(sound: Path) -> None:
    spoil(sound, "mind.yaml", "{low: Low},", "{low: Low}, {mixed: Mixed},", "    at_least: inpatient\n", "")
    done = run(sound, "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["errors"], told["warnings"]) == (
        sum(problem["severity"] == "error" for problem in told["problems"]),
        sum(problem["severity"] == "warning" for problem in told["problems"]),
    )
    assert told["counts"]["questions"] == 3
    unused = next(problem for problem in told["problems"] if problem["kind"] == "unused-option")
    assert unused["file"] == f"{sound}/mind.yaml"
    assert unused["line"] == line_of(sound, "mind.yaml", "{low: Low}")
    assert {"file", "line", "severity", "kind", "message"} == unused.keys()


def test_json_tells_of_a_screening_that_does_not_load(sound: Path) -> None:
    spoil(sound, "mind.yaml", "at_least: iop", "at_least: ipo")
    told = json.loads(run(sound, "--json").stdout)
    assert [problem["kind"] for problem in told["problems"]] == ["form"]
    assert told["counts"] == {}


def test_a_reason_too_long_for_the_card_asks_for_a_brief(sound: Path) -> None:
    long = "Your mood is low and it has been low for a long time now."
    spoil(sound, "mind.yaml", "because: Your mood is low.", f"because: {long}")
    [problem] = [problem for problem in check(sound, TODAY).warnings if problem.kind == "no-brief"]
    assert problem.line == line_of(sound, "mind.yaml", "id: low")
    spoil(sound, "mind.yaml", f"because: {long}", f"because: {long}, brief: Your mood is low")
    assert not [problem for problem in check(sound, TODAY).warnings if problem.kind == "no-brief"]
