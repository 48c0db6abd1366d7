"""The highest need wins; money and time never lower it; what is unknown stays open, exactly as far as it is."""

from __future__ import annotations

import itertools
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import AnyOf, Is
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.search.completions import BUDGET, Completions, Stopped
from iop_tui.screening.search.level_range import LevelRange
from iop_tui.screening.shipped import shipped
from tests.core.anyscreening import every_answer
from tests.core.small import SMALL as SMALL_DIRECTORY
from tests.core.small import answer_sheets, small
from tests.shipped import LEVELS, PEOPLE, SHIPPED

SMALL = small()


def test_the_highest_need_wins() -> None:
    both = {"thoughts": "often", "low_mood": "mostly", "low_interest": "mostly"}
    result = assess(SMALL, both)
    assert result.level == "php"
    assert [reason.need.id for reason in result.reasons] == ["often", "low"]
    assert result.reasons[0].answers == {"thoughts": "often"}


def test_an_alarm_now_leaves_no_level() -> None:
    result = assess(SMALL, {"thoughts": "plan"})
    assert result.level is None
    assert result.could_be == ()
    assert [raised.alarm.id for raised in result.alarms] == ["suicide_plan"]


def test_what_is_unknown_stays_open_and_is_named() -> None:
    answers: dict[str, Answer] = {
        "help_with": ("alcohol",),
        "drinks": 12,
        "thoughts": "never",
        "low_mood": "rarely",
        "low_interest": "rarely",
        "night_support": Unknown.NOT_SURE,
    }
    result = assess(SMALL, answers)
    assert result.level == "iop"
    assert result.could_be == ("iop", "php", "inpatient")
    assert [matter.question.id for matter in result.unknown] == ["night_support"]


def test_a_first_step_is_not_lost_because_an_answer_is_missing() -> None:
    assert assess(SMALL, {"help_with": Unknown.SKIPPED}).possible_steps == ("medical_check",)
    assert assess(SMALL, {"help_with": ("mood",)}).possible_steps == ()


def sections_of(section: str, tmp_path: Path) -> Screening:
    """The small screening with one section of its own."""
    directory = tmp_path / "q"
    shutil.copytree(SMALL_DIRECTORY, directory, ignore=shutil.ignore_patterns("cases"))
    manifest = (directory / "screening.yaml").read_text().replace("[about, safety]", "[x]").partition("notices")[0]
    (directory / "screening.yaml").write_text(manifest)
    (directory / "x.yaml").write_text(section)
    return load(directory)


def yes_no(*names: str) -> str:
    options = "options: [{no: No}, {yes: Yes}]"
    return "id: x\ntitle: X\nquestions:\n" + "".join(f"  - {{id: {n}, ask: {n}?, why: w, {options}}}\n" for n in names)


def need(when: str, level: str = "iop", first: str = "") -> str:
    step = f", first: {first}" if first else ""
    return f"needs:\n  - {{id: n, at_least: {level}{step}, when: {when}, because: b, source: s}}\n"


def test_open_answers_that_matter_only_together_are_all_named(tmp_path: Path) -> None:
    two_of_three = "{at_least: 2, of: [{a: yes}, {b: yes}, {c: yes}]}"
    result = assess(sections_of(yes_no("a", "b", "c") + need(two_of_three), tmp_path), {})
    assert result.could_be == ("outpatient", "iop")
    assert [matter.question.id for matter in result.unknown] == ["a", "b", "c"]


def test_a_step_that_no_answer_can_still_call_for_is_not_named(tmp_path: Path) -> None:
    both = "{all: [{a: yes}, {a: no}, {b: yes}]}"
    assert assess(sections_of(yes_no("a", "b") + need(both, first="medical_check"), tmp_path), {}).possible_steps == ()


def test_past_its_bound_the_search_errs_to_more_care(tmp_path: Path) -> None:
    names = [f"q{n}" for n in range(24)]
    most = ", ".join(f"{{{name}: yes}}" for name in names)
    least = ", ".join(f"{{{name}: no}}" for name in names)
    always = f"{{not: {{all: [{{at_least: 12, of: [{most}]}}, {{at_least: 13, of: [{least}]}}]}}}}"
    screening = sections_of(yes_no(*names) + need(always, "inpatient"), tmp_path)
    possible = Completions(screening, budget=500)
    assert LevelRange(possible, screening.needs).between(possible.sheet({})) == ("inpatient", "inpatient")
    assert possible.exhausted
    started = time.process_time()
    assess(screening, {})
    assert time.process_time() - started < 20


def test_the_shipped_screening_is_searched_within_a_small_part_of_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    # Past the budget a result errs, and nobody is told.
    made: list[Completions] = []

    def noted(screening: Screening, stop: None = None) -> Completions:
        made.append(Completions(screening, BUDGET // 8, stop=stop))
        return made[-1]

    monkeypatch.setattr("iop_tui.screening.assessment.assess.Completions", noted)
    for person in [{}, *({name: person[name] for name in list(person)[::2]} for person in PEOPLE[::20])]:
        assess(SHIPPED, person)
        assert not made[-1].exhausted, person


def test_numbers_on_both_sides_of_a_bound_are_tried(tmp_path: Path) -> None:
    number = "id: x\ntitle: X\nquestions:\n  - {id: a, ask: a?, why: w, kind: number, lowest: 0, highest: 60}\n"
    screening = sections_of(number + need("{all: [{a: {at_least: 8}}, {a: {at_most: 8}}]}"), tmp_path)
    assert Completions(screening).holds(screening.needs[0].when, {})
    between = need("{all: [{not: {a: {at_most: 7}}}, {not: {a: {at_least: 9}}}]}")
    screening = sections_of(number + between, tmp_path / "two")
    assert Completions(screening).holds(screening.needs[0].when, {})


def test_several_options_that_differ_in_weight_are_told_apart(tmp_path: Path) -> None:
    options = "[{id: x, text: x, weight: 0}, {id: y, text: y, weight: 1}, {id: z, text: z, weight: 3}]"
    several = f"id: x\ntitle: X\nquestions:\n  - {{id: a, ask: a?, why: w, kind: several, options: {options}}}\n"
    screening = sections_of(several + need("{score: [a], at_least: 4}"), tmp_path)
    assert Completions(screening).holds(screening.needs[0].when, {})


def test_alarms_that_stop_the_questions_come_first(tmp_path: Path) -> None:
    alarm = "  - {{id: {0}, urgency: {1}, when: {{a: yes}}, page: suicide, because: b, source: s}}\n"
    alarms = "alarms:\n" + alarm.format("later", "today") + alarm.format("first", "now")
    result = assess(sections_of(yes_no("a") + alarms, tmp_path), {"a": "yes"})
    assert [raised.alarm.id for raised in result.alarms] == ["first", "later"]


def test_an_alarm_that_an_open_answer_could_raise_is_named() -> None:
    open_thoughts = [m for m in assess(SMALL, {"thoughts": Unknown.SKIPPED}).unknown if m.question.id == "thoughts"]
    assert {alarm.id for alarm in open_thoughts[0].could_alarm} == {"suicide_plan", "frequent_thoughts"}


def test_the_document_has_the_keys_that_other_programs_read() -> None:
    document = as_document(assess(SMALL, {"help_with": ("alcohol",), "drinks": 9}))
    assert set(document) == {
        "screening",
        "notice",
        "level",
        "could_be",
        "alarms",
        "first_steps",
        "possible_steps",
        "reasons",
        "fits",
        "unknown",
    }
    assert document["screening"] == {"id": "small", "version": "1", "sha256": SMALL.sha256}
    assert document["reasons"][0]["answers"] == {"drinks": 9}


def completions(screening: Screening, given: Mapping[str, Known]) -> Iterator[dict[str, Known]]:
    """Every way to fill in what is open."""
    open_questions = [question for question in screening.questions if question.id not in given]
    for answers in itertools.product(*map(every_answer, open_questions)):
        yield {**given, **{q.id: answer for q, answer in zip(open_questions, answers, strict=True)}}


def sure_level(screening: Screening, answers: Mapping[str, Known]) -> str:
    facts = Facts(screening, answers)
    holding = [n.at_least for n in screening.needs if n.at_least and truth(n.when, facts) is True]
    return max(holding, key=screening.rank, default="outpatient")


@given(answer_sheets(SMALL))
def test_could_be_is_exactly_the_range_over_every_way_to_fill_in_what_is_open(sheet: dict[str, Answer]) -> None:
    facts = Facts(SMALL, sheet)
    live = {q.id: answer for q in facts.asked() if (answer := facts.known(q.id)) is not None}
    # Keep the product small: at most three of the questions stay open.
    for question in SMALL.questions[3:]:
        live.setdefault(question.id, every_answer(question)[0])
    live.setdefault("who_for", "self")
    levels = {sure_level(SMALL, filled) for filled in completions(SMALL, live)}
    possible = Completions(SMALL)
    low, high = LevelRange(possible, SMALL.needs).between(possible.sheet(live))
    assert (low, high) == (min(levels, key=SMALL.rank), max(levels, key=SMALL.rank))


@given(st.data())
def test_practical_matters_never_change_the_level(data: st.DataObject) -> None:
    practical = {"work", "insurance"}
    asked = [q.id for section in SHIPPED.sections if section.id not in practical for q in section.questions]
    clinical = {*asked} - {"barriers", "lean_on"}
    one = data.draw(answer_sheets(SHIPPED))
    other = data.draw(answer_sheets(SHIPPED))
    mixed = {**{q: a for q, a in other.items() if q not in clinical}, **{q: a for q, a in one.items() if q in clinical}}
    practical_gone = {q: a for q, a in one.items() if q in clinical}
    with_them, without = (assess(SHIPPED, sheet, in_full=False) for sheet in (mixed, practical_gone))
    assert (with_them.level, with_them.could_be) == (without.level, without.could_be)


@given(st.data())
def test_saying_less_never_gives_more_certainty_or_a_lower_ceiling(data: st.DataObject) -> None:
    sheet = data.draw(answer_sheets(SHIPPED))
    full = assess(SHIPPED, sheet, in_full=False)
    if not sheet or full.level is None:
        return
    hidden = data.draw(st.sampled_from(sorted(sheet)))
    less = assess(SHIPPED, {**sheet, hidden: Unknown.SKIPPED}, in_full=False)
    if less.level is None:
        return
    assert SHIPPED.rank(less.could_be[-1]) >= SHIPPED.rank(full.could_be[-1])
    assert SHIPPED.rank(less.level) <= SHIPPED.rank(full.level)
    assert {*full.first_steps} <= {*less.first_steps, *less.possible_steps}


@given(st.data())
def test_a_more_serious_answer_never_gives_a_lower_level(data: st.DataObject) -> None:
    sheet = {q: a for q, a in data.draw(answer_sheets(SHIPPED)).items() if not isinstance(a, Unknown)}
    ordered = [q for q in SHIPPED.questions if q.kind == "one" and q.id in sheet and q.id not in NOT_ORDERED]
    if not ordered:
        return
    question = data.draw(st.sampled_from(ordered))
    ids = [option.id for option in question.options]
    here = ids.index(str(sheet[question.id]))
    worse = assess(SHIPPED, {**sheet, question.id: ids[min(here + 1, len(ids) - 1)]}, in_full=False)
    now = assess(SHIPPED, sheet, in_full=False)
    if now.level is None:
        assert worse.level is None
    elif worse.level is not None:
        assert SHIPPED.rank(worse.level) >= SHIPPED.rank(now.level)


NOT_ORDERED = {"who_for", "age_group", "cover", "living", "sober_living", "tried"}
"""Questions of the shipped screening whose options are kinds, not steps; "tried" says what was, not how bad it is."""


def test_every_level_can_be_reached_without_any_substance() -> None:
    substances = {"alcohol", "opioids", "sedatives", "stimulants", "cannabis", "other_drugs"}
    reached = {
        assess(SHIPPED, person, in_full=False).level
        for person in PEOPLE
        if not substances & set(person["help_with"] if isinstance(person["help_with"], tuple) else ())
    }
    assert {*LEVELS} <= reached


def test_two_open_questions_that_could_each_raise_an_alarm_are_both_named() -> None:
    here = SMALL.sections[1].alarms[0].where
    either = AnyOf((Is("thoughts", ("plan",), here), Is("night_support", ("nobody",), here)))
    alarm = replace(SMALL.sections[1].alarms[0], when=either)
    section = replace(SMALL.sections[1], alarms=(alarm,))
    screening = replace(SMALL, sections=(SMALL.sections[0], section))
    known: dict[str, Answer] = {
        "who_for": "self",
        "help_with": ("none",),
        "low_mood": "rarely",
        "low_interest": "rarely",
    }
    open_both = {**known, "thoughts": Unknown.SKIPPED, "night_support": Unknown.SKIPPED}
    named = {matter.question.id: matter.would_alarm for matter in assess(screening, open_both).unknown}
    assert named["thoughts"] == named["night_support"] == (alarm,)
    settled = assess(screening, {**open_both, "thoughts": "never"})
    assert {matter.question.id for matter in settled.unknown if matter.could_alarm} == {"night_support"}


def test_a_search_for_what_is_unknown_ends_at_once_when_told_to() -> None:
    screening = load(shipped())
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 100

    with pytest.raises(Stopped):
        assess(screening, {}, stop=stop)
    assert asked == 101
    assert assess(screening, {}, stop=lambda: False) == assess(screening, {})
