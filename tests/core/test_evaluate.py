"""The condition language says yes, no or not known, and never guesses."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.screening.engine.evaluate import Facts, Truth, evidence, named, truth
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from tests.core.small import answer_sheets, small

HERE = SourceLocation("x.yaml", 1)
SCREENING = small()
# `thoughts` gives a part of each truth: plan -> yes, never -> no, not answered -> not known.
YES, NO, OPEN = (
    Is("thoughts", ("plan",), HERE),
    Is("thoughts", ("often",), HERE),
    Is("night_support", ("nobody",), HERE),
)
FACTS = Facts(SCREENING, {"thoughts": "plan"})


@pytest.mark.parametrize(("part", "says"), [(YES, True), (NO, False), (OPEN, None)])
def test_not_turns_yes_and_no_and_leaves_not_known(part: Condition, says: Truth) -> None:
    assert truth(part, FACTS) is says
    assert truth(Not(part), FACTS) is (None if says is None else not says)


@pytest.mark.parametrize("parts", list(itertools.product([YES, NO, OPEN], repeat=3)))
def test_all_any_and_counts_follow_the_truth_table(parts: tuple[Condition, ...]) -> None:
    says = [truth(part, FACTS) for part in parts]
    assert truth(All(parts), FACTS) is (False if False in says else None if None in says else True)
    assert truth(AnyOf(parts), FACTS) is (True if True in says else None if None in says else False)
    for count in (1, 2, 3):
        sure, possible = says.count(True), says.count(True) + says.count(None)
        expected = True if sure >= count else None if possible >= count else False
        assert truth(AtLeast(count, parts), FACTS) is expected


@pytest.mark.parametrize("unknown", [None, Unknown.NOT_SURE, Unknown.SKIPPED])
def test_an_unknown_answer_is_neither_yes_nor_no(unknown: Unknown | None) -> None:
    facts = Facts(SCREENING, {} if unknown is None else {"thoughts": unknown})
    assert truth(YES, facts) is None
    assert truth(Not(YES), facts) is None


def test_a_hidden_question_is_no_whatever_was_answered_before() -> None:
    many = InRange("drinks", 8, None, HERE)
    assert truth(many, Facts(SCREENING, {"help_with": ("alcohol",), "drinks": 9})) is True
    assert truth(many, Facts(SCREENING, {"help_with": ("mood",), "drinks": 9})) is False
    assert "drinks" not in Facts(SCREENING, {"help_with": ("mood",), "drinks": 9}).live()


def test_what_an_open_gate_hides_is_not_known_whatever_was_answered_before() -> None:
    many = InRange("drinks", 8, None, HERE)
    assert truth(many, Facts(SCREENING, {"drinks": 2})) is None
    assert truth(many, Facts(SCREENING, {"help_with": Unknown.SKIPPED, "drinks": 9})) is None


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"low_mood": "mostly", "low_interest": "mostly"}, True),
        ({"low_mood": "mostly", "low_interest": "rarely"}, False),
        ({"low_mood": "mostly"}, None),
        ({"low_mood": "rarely"}, False),
        ({}, None),
    ],
)
def test_a_score_is_settled_only_when_open_answers_cannot_change_it(answers: dict[str, Answer], says: Truth) -> None:
    assert truth(Score(("low_mood", "low_interest"), 3, HERE), Facts(SCREENING, answers)) is says


def test_a_score_with_an_open_gate_counts_nothing_for_what_may_be_hidden() -> None:
    drinks = Score(("drinks",), 0, HERE)
    assert truth(drinks, Facts(SCREENING, {})) is True
    assert truth(Score(("drinks",), 1, HERE), Facts(SCREENING, {})) is None
    assert truth(Score(("drinks",), 1, HERE), Facts(SCREENING, {"help_with": ("mood",)})) is False


def conditions(screening: Screening) -> st.SearchStrategy[Condition]:
    """Random conditions over a screening's questions."""
    atoms: list[st.SearchStrategy[Condition]] = []
    for question in screening.questions:
        if question.kind == "number":
            atoms.append(st.builds(InRange, st.just(question.id), st.integers(0, 60), st.none(), st.just(HERE)))
        else:
            options = st.sets(st.sampled_from([option.id for option in question.options]), min_size=1)
            atoms.append(st.builds(Is, st.just(question.id), options.map(tuple), st.just(HERE)))
    atoms.append(st.builds(Score, st.just(("low_mood", "low_interest")), st.integers(0, 5), st.just(HERE)))

    def wider(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, min_size=1, max_size=3).map(tuple)
        counted = several.flatmap(lambda of: st.builds(AtLeast, st.integers(1, len(of)), st.just(of)))
        return st.one_of(st.builds(Not, parts), st.builds(All, several), st.builds(AnyOf, several), counted)

    return st.recursive(st.one_of(atoms), wider, max_leaves=6)


@given(st.data())
def test_filling_in_open_answers_never_turns_a_yes_or_a_no(data: st.DataObject) -> None:
    condition = data.draw(conditions(SCREENING))
    sheet = data.draw(answer_sheets(SCREENING))
    # Answers under a gate that is not "yes" do not count, so filling in may make them count: leave them out first.
    live = {q: a for q, a in Facts(SCREENING, sheet).live().items() if not isinstance(a, Unknown)}
    before = truth(condition, Facts(SCREENING, live))
    fuller = {**data.draw(answer_sheets(SCREENING)), **live}
    if before is not None:
        assert truth(condition, Facts(SCREENING, fuller)) is before


@given(st.data())
def test_evidence_alone_makes_the_condition_hold(data: st.DataObject) -> None:
    condition = data.draw(conditions(SCREENING))
    facts = Facts(SCREENING, data.draw(answer_sheets(SCREENING)))
    found = evidence(condition, facts)
    if truth(condition, facts) is not True:
        assert found == {}
        return
    shown = dict(found)
    gate = facts.known("help_with")
    # Of several choices the evidence is those that count; another question may be asked because of the rest.
    if gate is not None and (set(named(condition)) - {"help_with"} or "help_with" not in found):
        shown["help_with"] = gate
    hidden_is_the_reason = any(facts.shown(question) is False for question in named(condition))
    assert hidden_is_the_reason or truth(condition, Facts(SCREENING, shown)) is True
