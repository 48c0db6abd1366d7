"""The search for what open answers leave possible, in bits, compared with all answers there are."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.assessment.assess import RelevantQuestion, assess
from iop_tui.screening.engine.evaluate import Facts, named, truth, undecided
from iop_tui.screening.model.answers import Answer, Known, Unknown
from iop_tui.screening.model.condition import All, Condition, Is, Not
from iop_tui.screening.model.definition import Option, Question, Screening
from iop_tui.screening.search.answer_bits import encoding_of
from iop_tui.screening.search.completions import Completions
from iop_tui.screening.search.representatives import probes
from tests.core.anyscreening import conditions, every_answer, screenings
from tests.core.small import answer_sheets, small

Sheet = Mapping[str, Known]
SMALL = small()


def completions(screening: Screening, sheet: Mapping[str, Answer]) -> list[dict[str, Answer]]:
    """Every way to fill in what is open."""
    left = [question for question in screening.questions if question.id not in sheet]
    ways = itertools.product(*map(every_answer, left))
    return [{**sheet, **dict(zip((question.id for question in left), way, strict=True))} for way in ways]


def rules_of(screening: Screening) -> list[Condition]:
    gates = [question.show_if for question in screening.questions if question.show_if is not None]
    return [*gates, *(need.when for need in screening.needs), *(alarm.when for alarm in screening.alarms)]


def known_of(sheet: Mapping[str, Answer]) -> dict[str, Known]:
    return {name: answer for name, answer in sheet.items() if not isinstance(answer, Unknown)}


# ---- bits ------------------------------------------------------------------------------------------------------------


@given(data=st.data())
def test_bits_say_what_the_truth_table_says(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    sheet = data.draw(answer_sheets(screening))
    facts, encoding = Facts(screening, sheet), encoding_of(screening)
    sure, maybe = encoding.read(sheet)
    waiting = any(facts.shown(name) is None for name in known_of(sheet))
    for condition in rules_of(screening):
        holds, said = encoding.test_of(condition).holds(sure, maybe), truth(condition, facts)
        # An answer behind an open gate is taken at its word: then more may be known, and never anything else.
        assert holds is said or (said is None and waiting)


@given(data=st.data())
def test_what_is_read_again_is_what_is_read_anew(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    encoding = encoding_of(screening)
    before = known_of(data.draw(answer_sheets(screening)))
    sure, maybe = encoding.read(before)
    for _ in range(3):
        after = known_of(data.draw(answer_sheets(screening)))
        changed = encoding.differing(before, after)
        sure, maybe = encoding.reread(after, changed, sure, maybe)
        assert (sure, maybe) == encoding.read(after)
        before = after


# ---- one search after another ----------------------------------------------------------------------------------------


@given(data=st.data())
def test_what_one_search_found_does_not_mislead_the_next(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    asked = rules_of(screening)
    possible = Completions(screening)
    for _ in range(4):
        # Now and then something that no rule of the screening asks for.
        asked.append(data.draw(conditions(list(screening.questions))))
        sheet = known_of(data.draw(answer_sheets(screening)))
        every = [Facts(screening, way) for way in completions(screening, sheet)]
        some = data.draw(st.lists(st.sampled_from(asked), min_size=1, max_size=4))
        for condition in some:
            assert possible.holds(condition, sheet) is any(truth(condition, facts) for facts in every)
        avoided = any(not any(truth(condition, facts) for condition in some) for facts in every)
        assert possible.avoids(some, sheet) is avoided


@given(data=st.data())
def test_a_completion_does_what_it_was_looked_for_whatever_else_is_answered(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    possible = Completions(screening)
    for _ in range(3):
        sheet = known_of(data.draw(answer_sheets(screening)))
        for condition in rules_of(screening):
            held, avoided = possible.holding(condition, sheet), possible.avoiding([condition], sheet)
            for found, holds in ((held, True), (avoided, False)):
                if found is not None:
                    assert found.items() >= sheet.items()
                    every = completions(screening, found)
                    assert all(truth(condition, Facts(screening, way)) is holds for way in every)


@given(data=st.data())
def test_only_some_questions_are_filled_in_where_no_others_may_be(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    only = data.draw(st.sets(st.sampled_from([question.id for question in screening.questions])))
    possible = Completions(screening, only=frozenset(only))
    for _ in range(2):
        sheet = known_of(data.draw(answer_sheets(screening)))
        left = [question for question in screening.questions if question.id not in sheet and question.id in only]
        filled = [
            {**sheet, **dict(zip((question.id for question in left), way, strict=True))}
            for way in itertools.product(*map(every_answer, left))
        ]
        for condition in rules_of(screening):
            every = [encoding_of(screening).read(way) for way in filled]
            holds = any(encoding_of(screening).test_of(condition).holds(*read) for read in every)
            assert possible.holds(condition, sheet) is holds


def test_a_question_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        Completions(SMALL).holds(SMALL.needs[0].when, {"nowhere": "yes"})


# ---- the whole assessment --------------------------------------------------------------------------------------------


class Tried:
    """What an assessment should say, by trying every answer to everything."""

    def __init__(self, screening: Screening) -> None:
        self._screening = screening
        self._every = [(way, self._said(Facts(screening, way))) for way in completions(screening, {})]

    def _said(self, facts: Facts) -> tuple[int, frozenset[str]]:
        needs = [need for need in self._screening.needs if truth(need.when, facts) is True]
        rank = max((self._screening.rank(need.at_least) for need in needs if need.at_least), default=0)
        alarms = [alarm for alarm in self._screening.alarms if truth(alarm.when, facts) is True]
        return rank, frozenset((*(need.id for need in needs), *(alarm.id for alarm in alarms)))

    def beside(self, sheet: Sheet) -> list[tuple[int, frozenset[str]]]:
        return [said for way, said in self._every if all(way[name] == answer for name, answer in sheet.items())]

    def range(self, sheet: Sheet) -> tuple[str, ...]:
        ranks = [rank for rank, _holding in self.beside(sheet)]
        return tuple(self._screening.levels)[min(ranks) : max(ranks) + 1]

    def holds(self, rule: str, sheet: Sheet) -> bool:
        return any(rule in holding for _rank, holding in self.beside(sheet))


@given(data=st.data())
def test_an_assessment_says_what_trying_everything_says(data: st.DataObject) -> None:
    screening = data.draw(screenings())
    sheet = data.draw(answer_sheets(screening))
    result, tried, facts = assess(screening, sheet), Tried(screening), Facts(screening, sheet)
    if result.level is None:
        return
    known = known_of(facts.live())
    assert result.could_be == tried.range(known)
    said = {matter.question.id: matter for matter in result.unknown}
    for question in screening.questions:
        could, would = _alarms(screening, known, facts, tried, question)
        matter = said.get(question.id, RelevantQuestion(question, ()))
        assert [alarm.id for alarm in matter.could_alarm] == could
        assert [alarm.id for alarm in matter.would_alarm] == would
        assert matter.could_change in ((), result.could_be)


def _alarms(
    screening: Screening, known: Sheet, facts: Facts, tried: Tried, question: Question
) -> tuple[list[str], list[str]]:
    """The inactive alarms that depend on a shown question and are possible with some answer to it; and those of them
    that it raises by itself or with answers to questions that it opens.
    """
    could, would = [], []
    for alarm in screening.alarms:
        if question.id in undecided(alarm.when, facts) and facts.shown(question.id) is True:
            sheets = [{**known, question.id: answer} for answer in every_answer(question)]
            if any(tried.holds(alarm.id, sheet) for sheet in sheets):
                could.append(alarm.id)
                opened = (each for each in screening.questions if each.show_if and question.id in named(each.show_if))
                hidden = [each for each in opened if facts.shown(each.id) is not True]
                ahead = [*itertools.product(*([None, *every_answer(each)] for each in hidden))]
                names = [each.id for each in hidden]
                further = [
                    {**sheet, **{name: a for name, a in zip(names, some, strict=True) if a is not None}}
                    for sheet in sheets
                    for some in ahead
                ]
                if any(truth(alarm.when, Facts(screening, sheet)) is True for sheet in further):
                    would.append(alarm.id)
    return could, would


def test_an_alarm_that_only_some_options_together_raise_is_named() -> None:
    here = SMALL.sections[1].alarms[0].where
    some = All((Is("help_with", ("mood",), here), Not(Is("help_with", ("alcohol",), here))))
    both = All((some, Is("help_with", ("opioids",), here)))
    alarm = replace(SMALL.sections[1].alarms[0], when=both)
    who, help_with, *others = SMALL.sections[0].questions
    help_with = replace(help_with, options=(*help_with.options, Option("opioids", "Opioids", here)))
    about = replace(SMALL.sections[0], questions=(who, help_with, *others))
    screening = replace(SMALL, sections=(about, replace(SMALL.sections[1], alarms=(alarm,))))
    [matter] = [matter for matter in assess(screening, {}).unknown if matter.could_alarm]
    assert matter.question.id == "help_with"
    assert matter.would_alarm == (alarm,)


def test_probes_of_a_number_are_the_answers_beside_each_bound() -> None:
    drinks = SMALL.question("drinks")
    assert {7, 8, 9} <= {*probes(drinks, [need.when for need in SMALL.needs])}
