"""What would change the level: the fewest different answers, compared with all answers there are."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.question_types import refusal
from iop_tui.screening.search.causes import restricted_to
from iop_tui.screening.search.completions import Completions
from iop_tui.screening.search.counterfactuals import Counterfactual, nearest
from tests.core.anyscreening import every_answer, screenings
from tests.core.small import answer_sheets, small
from tests.profiles import examples
from tests.shipped import CASES, PEOPLE, SHIPPED

SMALL = small()
Pairs = frozenset[tuple[str, Known]]


# ---- the same by trying everything -----------------------------------------------------------------------------------


def possibly(screening: Screening, sheet: Mapping[str, Answer], names: frozenset[str]) -> bool:
    """Whether an alarm holds through one of these answers, with some answers to all that is open."""
    parts = [part for alarm in screening.alarms if (part := restricted_to(alarm.when, names)) is not None]
    left = [question for question in screening.questions if question.id not in sheet]
    every = [every_answer(question) for question in left[:4]]
    if len(left) > len(every) or math.prod(map(len, every)) > 1000:
        # Too many to try them all: `test_assess` compares this search with all of them.
        return any(Completions(screening).holds(part, sheet) for part in parts)
    for answers in itertools.product(*every):
        facts = Facts(screening, {**sheet, **{q.id: a for q, a in zip(left, answers, strict=True)}})
        if any(truth(part, facts) is True for part in parts):
            return True
    return False


def standing(screening: Screening, sheet: Mapping[str, Answer]) -> set[str]:
    facts = Facts(screening, sheet)
    return {alarm.id for alarm in screening.alarms if truth(alarm.when, facts) is True}


def answers_near(question: Question, now: Known | None) -> list[Known]:
    """Every answer; of many options, those in which no more than two are other than now."""
    if question.kind != "several" or len(question.options) <= len("abc"):
        return every_answer(question)
    chosen = set(now) if isinstance(now, tuple) else set()
    ids = [option.id for option in question.options]
    flips = [{*some} for size in (1, 2) for some in itertools.combinations(ids, size)]
    sets = [tuple(name for name in ids if name in chosen ^ flip) for flip in flips]
    none = [(option.id,) for option in question.options if option.alone]
    return [answer for answer in dict.fromkeys([*sets, *none]) if refusal(question, answer) is None]


def every_way(screening: Screening, sheet: Mapping[str, Known], size: int) -> Iterator[tuple[Pairs, str]]:
    """All ways of so many different answers to another level, and the level."""
    here = assess(screening, sheet, in_full=False).level
    for questions in itertools.combinations(screening.questions, size):
        for answers in itertools.product(*(answers_near(question, sheet.get(question.id)) for question in questions)):
            changed = {q.id: a for q, a in zip(questions, answers, strict=True)}
            other = {**sheet, **changed}
            level = assess(screening, other, in_full=False).level
            if level is None or level == here or any(sheet.get(name) == then for name, then in changed.items()):
                continue
            if standing(screening, other) == standing(screening, sheet) and no_alarm_answer(screening, sheet, changed):
                yield frozenset(changed.items()), level


def no_alarm_answer(screening: Screening, sheet: Mapping[str, Known], changed: Mapping[str, Known]) -> bool:
    """Whether no answer is given up, and none is taken, through which an alarm holds or may hold."""
    return not possibly(screening, {**sheet, **changed}, frozenset(changed)) and not any(
        possibly(screening, {**sheet, name: then}, frozenset({name}))
        or (name in sheet and possibly(screening, sheet, frozenset({name})))
        for name, then in changed.items()
    )


def distance(question: Question, now: Known | None, then: Known) -> frozenset[object]:
    """What lies between an answer and another: an answer is nearer where less does."""
    if isinstance(then, tuple):
        return frozenset({*(now if isinstance(now, tuple) else ())} ^ {*then})
    order: list[Known] = [option.id for option in question.options]
    if question.kind == "number":
        order = [*range((question.highest or 0) + 1)]
    start, end = -1 if now is None else order.index(now), order.index(then)
    return frozenset(range(start, end, 1 if start < end else -1)) | {("end", start < end)}


def nearest_of(screening: Screening, sheet: Mapping[str, Known], ways: list[Pairs]) -> set[Pairs]:
    def far(change_set: Pairs) -> dict[str, frozenset[object]]:
        return {name: distance(screening.question(name), sheet.get(name), then) for name, then in change_set}

    apart = {change_set: far(change_set) for change_set in ways}
    return {
        change_set
        for change_set in ways
        if not any(
            other != change_set
            and apart[other].keys() == apart[change_set].keys()
            and all(apart[other][name] <= apart[change_set][name] for name in apart[change_set])
            for other in ways
        )
    }


def by_trying(
    screening: Screening, sheet: Mapping[str, Known], *, upward: bool, most: int
) -> dict[str, set[Pairs]] | None:
    """The ways of the fewest answers, by level; None where more than `most` are needed, or there is none."""
    here = assess(screening, sheet, in_full=False).level
    assert here is not None
    for size in range(1, most + 1):
        ways = {
            w: level
            for w, level in every_way(screening, sheet, size)
            if (screening.rank(level) > screening.rank(here)) is upward
        }
        if ways:
            found: dict[str, set[Pairs]] = {}
            for change_set in nearest_of(screening, sheet, list(ways)):
                found.setdefault(ways[change_set], set()).add(change_set)
            return found
    return None


def levels_found(found: Counterfactual | None) -> dict[str, set[Pairs]] | None:
    if found is None:
        return None
    assert found.complete
    return {
        one.level: {
            frozenset((change.question.id, change.then) for change in change_set) for change_set in one.change_sets
        }
        for one in (found, *found.other_levels)
    }


def known_part(sheet: Mapping[str, Answer]) -> dict[str, Known]:
    return {name: answer for name, answer in sheet.items() if not isinstance(answer, Unknown)}


@pytest.fixture(autouse=True)
def _all_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("iop_tui.screening.search.counterfactuals.LISTED", 1_000_000)


@given(data=st.data())
def test_it_finds_exactly_what_trying_everything_finds(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    sheet = data.draw(answer_sheets(screening))
    found = nearest(screening, sheet, budget=1_000_000)
    known = known_part(sheet)
    if assess(screening, sheet, in_full=False).level is None:
        assert found.up is found.down is None
        return
    for upward, side in ((True, found.up), (False, found.down)):
        assert levels_found(side) == by_trying(screening, known, upward=upward, most=4)


@examples(0.1)  # a third of a second each: every single other answer is tried
@given(data=st.data())
def test_in_the_shipped_screening_one_different_answer_is_found_where_there_is_one(data: st.DataObject) -> None:
    sheet = dict(data.draw(st.sampled_from(WITH_A_LEVEL)))
    for name in data.draw(st.sets(st.sampled_from(sorted(sheet)), max_size=4)):
        sheet[name] = Unknown.SKIPPED
    known = known_part(sheet)
    found = nearest(SHIPPED, sheet)
    for upward, side in ((True, found.up), (False, found.down)):
        one = by_trying(SHIPPED, known, upward=upward, most=1)
        if one is None:
            assert side is None or len(side.change_sets[0]) > 1
        else:
            there = levels_found(side)
            assert there is not None
            assert all(ways <= there.get(level, set()) for level, ways in one.items())


WITH_A_LEVEL = [case.answers for case in CASES if case.expect.level != "none"]


def test_every_way_leads_where_it_says_and_touches_no_alarm() -> None:
    ways = 0
    for person in PEOPLE[::20]:
        found = nearest(SHIPPED, person)
        before = standing(SHIPPED, person)
        held_up = {n for a in assess(SHIPPED, person).alarms for n in a.answers}
        for first in (found.up, found.down):
            for side in (first, *first.other_levels) if first else ():
                for change_set in side.change_sets:
                    ways += 1
                    other = {**person, **{change.question.id: change.then for change in change_set}}
                    assert assess(SHIPPED, other, in_full=False).level == side.level
                    assert standing(SHIPPED, other) == before
                    assert not held_up & {change.question.id for change in change_set}
                    assert all(change.now == person.get(change.question.id) for change in change_set)
    assert ways > len(PEOPLE[::20])


def test_an_alarm_answer_is_no_lever_even_where_it_alone_would_lead_up() -> None:
    calm: dict[str, Answer] = {"who_for": "self", "help_with": ("none",), "thoughts": "never", "low_mood": "rarely"}
    sheet: dict[str, Answer] = {**calm, "low_interest": "rarely", "night_support": "somebody"}
    assert assess(SMALL, {**sheet, "thoughts": "often"}).level == "php"
    found = nearest(SMALL, sheet)
    assert found.up is not None
    assert found.up.level == "iop"
    assert [[change.question.id for change in change_set] for change_set in found.up.change_sets] == [
        ["help_with", "drinks"],
        ["low_mood", "low_interest"],
    ]
    assert [change.then for change in found.up.change_sets[0]] == [("alcohol",), 8]
    assert found.down is None
    assert "no lower" in found.why_down


def test_an_answer_that_holds_an_alarm_up_is_no_way_down() -> None:
    often: dict[str, Answer] = {"who_for": "self", "help_with": ("none",), "thoughts": "often", "low_mood": "rarely"}
    found = nearest(SMALL, {**often, "low_interest": "rarely", "night_support": "somebody"})
    assert found.down is None
    assert "lower" in found.why_down


def test_while_an_alarm_stops_everything_nothing_is_offered() -> None:
    found = nearest(SMALL, {"thoughts": "plan"})
    assert (found.up, found.down) == (None, None)
    assert found.why_up == found.why_down != ""


def test_the_words_are_those_for_whoever_answers() -> None:
    others = ({**person, "who_for": "someone_else"} for person in WITH_A_LEVEL)
    found = next(found for other in others if (found := nearest(SHIPPED, other)).up)
    asks = {
        change.question.ask
        for found in (found.up, found.down)
        if found
        for change_set in found.change_sets
        for change in change_set
    }
    assert asks
    assert asks <= {question.ask for question in proxy_wording(SHIPPED).questions}


def test_past_its_bound_the_search_says_how_far_it_is_proven() -> None:
    person = next(p for p in PEOPLE if (found := nearest(SHIPPED, p)).down and len(found.down.change_sets[0]) > 1)
    steps = [nearest(SHIPPED, person, budget=budget) for budget in (0, 1, 5, 20, 100, 1_000_000)]
    whole = steps[-1]
    assert whole.down is not None
    assert steps[0].down is None
    assert "nothing is known" in steps[0].why_down
    for step in steps[1:]:
        if step.down is None:
            proven = [int(word) for word in step.why_down.split() if word.isdigit()]
            assert all(count <= len(whole.down.change_sets[0]) for count in proven)
        else:
            assert len(step.down.change_sets[0]) == len(whole.down.change_sets[0])
            assert step.down.complete or len(step.down.change_sets) <= len(whole.down.change_sets)


def test_it_is_fast_enough_for_a_key() -> None:
    took = []
    for person in PEOPLE[::40]:
        # Of this process alone: how busy the machine is says nothing of the search.
        started = time.process_time()
        nearest(SHIPPED, person)
        took.append(time.process_time() - started)
    assert sorted(took)[len(took) // 2] < 0.1


def test_ways_beyond_those_that_are_listed_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    person = next(person for person in WITH_A_LEVEL if nearest(SHIPPED, person).up)
    whole = nearest(SHIPPED, person)
    monkeypatch.setattr("iop_tui.screening.search.counterfactuals.LISTED", 1)
    cut = nearest(SHIPPED, person)
    assert whole.up is not None
    assert cut.up is not None
    assert len(cut.up.change_sets) == 1
    assert cut.up.unlisted == len(whole.up.change_sets) - 1 > 0
