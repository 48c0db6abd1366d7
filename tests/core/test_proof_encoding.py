"""The formulas of the proofs against the program: what it says of sheets, and of all sheets there are."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.assessment.assess import Assessment, assess
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import AtLeast, Condition, InRange, Is
from iop_tui.screening.model.definition import Alarm, Need, Option, Promise, Question, Screening, Section
from iop_tui.screening.proof.encoder import Encoder, World
from iop_tui.screening.proof.formula import TRUE, Formula
from iop_tui.screening.proof.promises import prove
from iop_tui.screening.proof.verdict import Verdict
from tests.core.anyscreening import HERE, SMALL, conditions, every_answer, screenings
from tests.core.small import answer_sheets
from tests.profiles import examples
from tests.shipped import SHIPPED

Sheet = dict[str, Answer]


class Read:
    """The formulas of a world, read on one sheet."""

    def __init__(self, world: World, sheet: Mapping[str, Answer]) -> None:
        encoder = world.encoder
        self._formulas = encoder.formulas
        self._values: dict[Formula, bool] = {TRUE: True}
        for question in encoder.screening.questions:
            answer = sheet.get(question.id)
            is_open = answer is None or isinstance(answer, Unknown)
            self._values[encoder.open[question.id]] = is_open
            chosen = answer if isinstance(answer, tuple) else (answer,)
            for value, here in encoder.chosen[question.id].items():
                self._values[here] = not is_open and value in chosen

    def holds(self, formula: Formula) -> bool:
        found = self._values.get(abs(formula))
        if found is None:
            node = self._formulas.node(abs(formula))
            assert node is not None
            kind, parts, weights, bound = node
            held = [self.holds(part) for part in parts]
            found = all(held) if kind == "and" else sum(itertools.compress(weights, held)) >= bound
            self._values[abs(formula)] = found
        return found is (formula > 0)


def standing_for(encoder: Encoder, sheet: Mapping[str, Answer]) -> Sheet:
    """The sheet with each number replaced by the one that stands for it: the nearest below."""
    stands: Sheet = dict(sheet)
    for question in encoder.screening.questions:
        answer = sheet.get(question.id)
        if question.kind == "number" and isinstance(answer, int):
            stands[question.id] = max(v for v in encoder.values[question.id] if isinstance(v, int) and v <= answer)
    return stands


def agrees(encoder: Encoder, partial: World, complete: World, sheet: Mapping[str, Answer]) -> None:
    """All conditions as the truth table has them; on a complete sheet, the level too."""
    screening, facts, read = (
        encoder.screening,
        Facts(encoder.screening, sheet),
        Read(partial, standing_for(encoder, sheet)),
    )
    said: dict[tuple[bool, bool], bool | None] = {(True, True): True, (False, True): None, (False, False): False}
    gates = [question.show_if for question in screening.questions if question.show_if is not None]
    rules: list[Condition] = [*(n.when for n in screening.needs), *(a.when for a in screening.alarms), *gates]
    for condition in rules:
        sure, may = partial.holds(condition)
        assert said[read.holds(sure), read.holds(may)] is truth(condition, facts)
    got = assess(screening, sheet, in_full=False)
    assert read.holds(partial.stopped()) is (got.level is None)
    if got.level is not None and all(facts.known(question.id) is not None for question in facts.asked()):
        here = Read(complete, _filled(encoder, standing_for(encoder, sheet)))
        assert [here.holds(complete.needs(rank)) for rank in (1, 2, 3)] == [
            screening.ranks[got.level] >= rank for rank in (1, 2, 3)
        ]


def _filled(encoder: Encoder, sheet: Mapping[str, Answer]) -> Sheet:
    """With answers to what is hidden, too: none of them may matter."""
    filled: Sheet = {}
    for question in encoder.screening.questions:
        answer = sheet.get(question.id)
        open_ = answer is None or isinstance(answer, Unknown)
        filled[question.id] = every_answer(question)[-1] if open_ or answer is None else answer
    return filled


def random_sheet(rng: random.Random, screening: Screening) -> Sheet:
    sheet: Sheet = {}
    for question in screening.questions:
        if rng.random() < 0.1:
            continue
        if rng.random() < 0.1:
            sheet[question.id] = rng.choice(list(Unknown))
        elif question.kind == "number":
            sheet[question.id] = rng.randint(question.lowest or 0, question.highest or 0)
        elif question.kind == "one":
            sheet[question.id] = rng.choice(question.options).id
        else:
            free = [option.id for option in question.options if not option.alone]
            some = {option for option in free if rng.random() < 0.25}
            single = rng.choice(question.options).id
            sheet[question.id] = tuple(option for option in free if option in some) or (single,)
    return sheet


def compare_shipped(count: int, seed: int) -> None:
    encoder, rng = Encoder(SHIPPED), random.Random(seed)  # noqa: S311  # no secret
    partial, complete = World(encoder, complete=False), World(encoder, complete=True)
    for _ in range(count):
        agrees(encoder, partial, complete, random_sheet(rng, SHIPPED))


def test_the_shipped_screening_is_encoded_as_the_program_reads_it() -> None:
    compare_shipped(300, seed=1)


@pytest.mark.thorough
def test_the_shipped_screening_is_encoded_as_the_program_reads_it_on_many_sheets() -> None:
    compare_shipped(10_000, seed=2)


@given(data=st.data())
def test_any_screening_is_encoded_as_the_program_reads_it(data: st.DataObject) -> None:
    encoder = Encoder(data.draw(screenings()))
    partial, complete = World(encoder, complete=False), World(encoder, complete=True)
    for _ in range(5):
        agrees(encoder, partial, complete, data.draw(answer_sheets(encoder.screening)))


# ---- the verdicts, by trying every sheet -----------------------------------------------------------------------------


class Tried:
    """What is true of all sheets of a small screening, by assessing each."""

    def __init__(self, screening: Screening) -> None:
        self.screening = screening
        answers = [[None, *every_answer(question)] for question in screening.questions]
        names = [question.id for question in screening.questions]
        self.got: dict[tuple[Answer | None, ...], Assessment] = {}
        for way in itertools.product(*answers):
            sheet = {name: answer for name, answer in zip(names, way, strict=True) if answer is not None}
            self.got[way] = assess(screening, sheet, in_full=False)

    def pairs(self, question: Question) -> Iterator[tuple[Answer | None, Answer | None, Assessment, Assessment]]:
        """Any two sheets that differ in the answer to one question."""
        place = self.screening.position[question.id]
        for way, one in self.got.items():
            for answer in (None, *every_answer(question)):
                yield way[place], answer, one, self.got[(*way[:place], answer, *way[place + 1 :])]

    def worse(self) -> set[str]:
        """The questions of which a worse answer gives less."""
        return {
            question.id
            for question in self.screening.questions
            if question.ordered
            for milder, worse, one, other in self.pairs(question)
            if _step(question, milder, worse) and _less(one, other)
        }

    def practical(self) -> set[str]:
        """The questions whose answer changes the level or an alarm."""
        return {
            question.id
            for question in self.screening.questions
            for _milder, _worse, one, other in self.pairs(question)
            if one.level != other.level or _alarms(one) != _alarms(other)
        }

    def decided(self) -> set[str]:
        """The needs without which the level of some complete sheet would be lower."""
        found = set()
        for way, got in self.got.items():
            if None not in way and got.level is not None:
                highest = [r.need.id for r in got.reasons if r.need.at_least == got.level]
                found |= set(highest) if len(highest) == 1 else set()
        return found

    def reached(self) -> set[str]:
        return {got.level for way, got in self.got.items() if None not in way and got.level is not None}

    def alone(self) -> set[str]:
        return {_alarms(got)[0] for way, got in self.got.items() if None not in way and len(_alarms(got)) == 1}

    def promised(self, promise: Promise) -> tuple[bool, bool]:
        """Whether the level, and the alarm, that are promised hold."""
        names = [question.id for question in self.screening.questions]
        level = alarm = True
        for way, got in self.got.items():
            sheet = {name: answer for name, answer in zip(names, way, strict=True) if answer is not None}
            if truth(promise.when, Facts(self.screening, sheet)) is True:
                level &= (
                    got.level is None
                    or promise.at_least is None
                    or self.screening.ranks[got.level] >= self.screening.ranks[promise.at_least]
                )
                alarm &= promise.alarm is None or promise.alarm in _alarms(got)
        return level, alarm


def _step(question: Question, milder: Answer | None, worse: Answer | None) -> bool:
    order = [option.id for option in question.options]
    alone = {option.id for option in question.options if option.alone}
    if isinstance(milder, int) and isinstance(worse, int):
        return worse == milder + 1
    if isinstance(milder, str) and isinstance(worse, str):
        return order.index(worse) == order.index(milder) + 1
    if isinstance(milder, tuple) and isinstance(worse, tuple):
        if alone & {*milder, *worse}:
            later = order.index(worse[0]) > order.index(milder[0])
            return milder[0] in alone and len(worse) == 1 and (worse[0] not in alone or later)
        return set(milder) < set(worse) and len(worse) == len(milder) + 1
    return False


def _less(one: Assessment, other: Assessment) -> bool:
    if (
        one.level is not None
        and other.level is not None
        and other.screening.ranks[other.level] < one.screening.ranks[one.level]
    ):
        return True
    had, has = ({raised.alarm.id: raised.alarm for raised in got.alarms} for got in (one, other))
    return any(not any(_does(alarm, new, new.id not in had) for new in has.values()) for alarm in had.values())


def _does(lost: Alarm, there: Alarm, is_new: bool) -> bool:
    urgent = (lost.urgency, there.urgency) != ("now", "today")
    higher = (lost.urgency, there.urgency) == ("today", "now")
    return lost.id == there.id or higher or (urgent and (is_new or lost.page == there.page))


def _alarms(got: Assessment) -> list[str]:
    return sorted(raised.alarm.id for raised in got.alarms)


def compare_verdicts(data: st.DataObject) -> None:
    screening = data.draw(screenings(names="abc"))
    questions = list(screening.questions)
    alarm = data.draw(st.sampled_from([None, *(alarm.id for alarm in screening.alarms)]))
    promise = Promise("p", data.draw(conditions(questions)), "s", HERE, at_least="php", alarm=alarm)
    practical = data.draw(st.sampled_from([question.id for question in questions]))
    told = [replace(question, practical=question.id == practical) for question in questions]
    section = replace(screening.sections[0], questions=tuple(told), promises=(promise,))
    compare(replace(screening, sections=(section,)), practical, promise)


def compare(screening: Screening, practical: str, promise: Promise) -> None:
    tried, broken = Tried(screening), set()
    for proof in prove(screening, 20):
        assert proof.verdict is not Verdict.NOT_PROVED, proof.why
        if proof.verdict is Verdict.BROKEN:
            broken.add((proof.promise, proof.claim.split("'")[1], "alarm" in proof.claim.partition(": ")[2]))
    expected = {("worse never gives less", name, False) for name in tried.worse() - {practical}}
    expected |= {("practical answers change no care", name, False) for name in tried.practical() & {practical}}
    idle = {need.id for need in screening.needs} - tried.decided()
    idle |= {alarm.id for alarm in screening.alarms} - tried.alone()
    idle |= set(screening.levels) - tried.reached()
    expected |= {("no rule is idle", name, False) for name in idle}
    holds = tried.promised(promise)
    expected |= {("promises", "p", is_alarm) for is_alarm, held in zip((False, True), holds, strict=True) if not held}
    assert broken == expected


def test_a_sheet_that_was_looked_at_is_not_taken_again() -> None:
    """What was once looked at again and again, until the time was over: several options, of which fewer do as well."""
    signs = Question(
        "a", "a?", "w", HERE, "several", (Option("a0", "o", HERE), Option("a1", "o", HERE)), practical=True
    )
    mood = Question("b", "b?", "w", HERE, "one", tuple(Option(f"b{n}", "o", HERE) for n in range(3)))
    gate = AtLeast(1, (Is("b", ("b0",), HERE), Is("a", ("a0", "a1"), HERE)))
    count = Question("c", "c?", "w", HERE, "number", show_if=gate, lowest=0, highest=3)
    need = Need("n0", InRange("c", None, 1, HERE), "b", "s", HERE, at_least="iop")
    promise = Promise("p", Is("a", ("a1",), HERE), "s", HERE, at_least="php")
    section = Section("x", "X", HERE, (signs, mood, count), needs=(need,), promises=(promise,))
    compare(replace(SMALL, manifest=replace(SMALL.manifest, for_other=None), sections=(section,)), "a", promise)


@examples(2)  # the screenings are small, and few of them break a promise
@given(data=st.data())
def test_the_verdicts_are_those_of_trying_every_sheet(data: st.DataObject) -> None:
    compare_verdicts(data)


@pytest.mark.thorough
@pytest.mark.parametrize("part", range(4))  # side by side
@settings(max_examples=250)
@given(data=st.data())
def test_the_verdicts_are_those_of_trying_every_sheet_of_a_thousand(part: int, data: st.DataObject) -> None:  # noqa: ARG001  # a fourth of them
    compare_verdicts(data)
