"""A result is told once: the card holds what one needs to act, and every form tells the same facts."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import cast

import pytest
from msgspec.structs import replace

from iop_tui.line.result import parts
from iop_tui.result.blocks import Block, CallLines, CareName, Document, Entries, Scale, Section, Words
from iop_tui.result.build import result_for
from iop_tui.result.card import do_today
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.answers import Answer
from iop_tui.site.settings import STANDARD, LocalLine
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.printed_page import as_page, typed
from iop_tui.takeaway.text import as_text
from tests.document import texts
from tests.shipped import CASES, SHIPPED, each_person, result_of, spanish

CARD = 150
"""Words that the card may have."""
FILE_MEDIAN, FILE_MOST = 450, 800
"""Words of what a person reads in a saved file."""


@pytest.fixture
def in_spanish() -> Iterator[None]:
    """The program speaks Spanish."""
    use("es")
    yield
    use("en")


def words(section: Section) -> int:
    """The words that stand on a page, without what is behind its entries."""
    shown = (without_details(block) for block in section.blocks)
    return len(" ".join(text for block in shown for text in texts(block)).split())


def without_details(block: Block) -> Block:
    if not isinstance(block, Entries):
        return block
    return replace(block, entries=tuple(replace(entry, details=()) for entry in block.entries))


def person_part(made: Document) -> Document:
    """What a file has before the part for a clinician."""
    return replace(made, sections=tuple(section for section in made.sections if section.id != "clinician"))


def folded(text: str) -> str:
    return " ".join(typed(text.replace("\\", "").replace("*", "")).split()).lower()


def test_the_card_of_every_example_person_has_at_most_150_words(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        first = document(result_of(case)).sections[0]
        assert first.id == ("danger" if case.expect.level == "none" else "card")
        assert first.id == "danger" or words(first) <= CARD

    each_person(check, people)


@pytest.mark.usefixtures("in_spanish")
def test_the_card_in_spanish_has_so_many_too(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        first = document(result_for(spanish(), case.answers)).sections[0]
        assert first.id == "danger" or words(first) <= CARD

    each_person(check, people)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_a_person_reads_in_a_file_is_short(language: str, people: Sequence[Case]) -> None:
    use(language)
    try:
        results = (result_of(case) if language == "en" else result_for(spanish(), case.answers) for case in people)
        counts = [len(as_text(person_part(document(result, "clinician"))).split()) for result in results]
    finally:
        use("en")
    assert statistics.median(counts) <= FILE_MEDIAN
    assert max(counts) <= FILE_MOST


def test_the_card_says_what_to_do_today_with_danger_first_and_the_call_last(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        entries = do_today(result, STANDARD)
        names = [entry.id for entry in entries]
        pages = list(dict.fromkeys(raised.page.id for raised in result.alarms))
        assert names[: len(pages)] == pages
        assert names[-1] == "call"
        covered = {step for raised in result.alarms for step in raised.page.covers}
        assert {step.id for step in result.steps if step.sure} <= {*names, *covered}
        if result.settled:
            assert result.say in entries[-1].text

    each_person(check, (case for case in people if result_of(case).level))


def test_the_clinics_own_line_is_called_where_there_is_one() -> None:
    here = STANDARD.where
    site = replace(STANDARD, phones=(LocalLine("Front desk", "Call 555-0100", "2026-11-01", here),))
    result = next(result_of(case) for case in CASES if result_of(case).settled)
    assert do_today(result, site)[-1].text.startswith("Front desk: Call 555-0100. Say: ")
    assert "1-800-662-4357" in do_today(result, STANDARD)[-1].text


@pytest.mark.parametrize("care", ["outpatient", "iop", "php", "inpatient"])
def test_who_is_in_care_talks_first_to_those_who_give_it(care: str) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        last = do_today(result, STANDARD)[-1].text
        assert last.startswith("Talk to the people who treat ")
        assert result.say in last
        assert "1-800-662-4357" in last
        said = " ".join(turn.text for turn in result.call)
        assert "How is it going now?" in said
        assert not any(word in said for word in ("bed", "insurance", "looking for help"))

    each_person(check, (c for c in CASES if c.answers.get("care_now") == care and result_of(c).settled))


def test_who_is_in_no_care_or_does_not_say_calls_who_helps_to_find_it(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        assert not result.say_to
        assert "Hello, how can I help you?" in result.call[0].text

    others = ("outpatient", "iop", "php", "inpatient")
    each_person(check, (c for c in people if c.answers.get("care_now") not in others and result_of(c).settled))


def test_every_form_tells_the_same_facts(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        made = document(result, "clinician")
        page = folded(as_page(result, STANDARD, day="today"))
        whole = [as_text(made), as_markdown(made), "\n".join(line for part in parts(made) for line in part)]
        for text in map(folded, whole):
            for fact in facts(result):
                assert folded(fact) in text, fact
        for fact in urgent(result):
            assert folded(fact) in page, fact

    each_person(check, people)


def facts(result: Result) -> Iterator[str]:
    """What no form that has room may leave out."""
    yield from urgent(result)
    for line in (*result.lines, *(line for raised in result.alarms for line in raised.lines)):
        yield line.reach
    for reason in result.reasons:
        yield reason.text
    for step in result.steps:
        # What a page of danger says already is not told twice.
        if step.id not in result.covered_steps:
            yield step.title


def urgent(result: Result) -> Iterator[str]:
    """What even one page holds."""
    if result.settled and result.level is not None:
        yield result.screening.levels[result.level].name
        yield result.say
    for raised in result.alarms:
        yield raised.page.title
    for line in result.lines[:2]:
        yield line.reach
    if result.level is not None:
        # Where much is told, the helpline goes without its name: its number is among the lines above.
        yield from (entry.text for entry in do_today(result, STANDARD) if not entry.short)
        yield from (line.reach for line in result.lines if line.role == "helpline")


def test_no_person_reads_the_name_of_a_rule(people: Sequence[Case]) -> None:
    ids = (
        [alarm.id for alarm in SHIPPED.alarms] + [need.id for need in SHIPPED.needs] + [fit.id for fit in SHIPPED.fits]
    )
    rules = [name for name in ids if "_" in name]

    def check(case: Case) -> None:
        said = " ".join(text for section in document(result_of(case)).sections for text in texts(section.blocks))
        assert [rule for rule in rules if rule in said] == []

    each_person(check, people)


def test_where_too_much_is_open_the_card_names_the_two_questions_that_settle_most() -> None:
    result = result_for(SHIPPED, {})
    card = document(result).sections[0]
    assert not any(isinstance(block, CareName) for block in card.blocks)
    [scale] = [block for block in card.blocks if isinstance(block, Scale)]
    assert not any(level.mine for level in scale.levels)
    assert len(result.settling) == 2
    asked = [f"“{SHIPPED.question(name).ask}”" for name in result.settling]
    today, settling = (block for block in card.blocks if isinstance(block, Entries))
    assert [entry.text for entry in settling.entries] == asked
    # Only one thing is the first: a danger that may be, then what to do today, then what would settle more.
    assert today.numbered
    assert today.title.startswith("Then")
    assert isinstance(card.blocks[0], Words)
    assert "first get help now" in card.blocks[0].text


def test_a_home_that_is_worse_in_another_way_is_no_hinge() -> None:
    named = 0
    for case in CASES:
        now = case.answers.get("living")
        hinge = result_of(case).hinge if isinstance(now, tuple) and "short" in now else None
        if hinge is None or hinge.question != "living":
            continue
        named += 1
        assert {*cast("tuple[str, ...]", hinge.other)} <= {*cast("tuple[str, ...]", now), "none"}, case.id
        assert not hinge.then, case.id  # "without that", and never "if it were None of these"
    assert named > 5


def test_a_hinge_is_one_answer_that_leads_to_less_care_and_to_no_other_alarm(people: Sequence[Case]) -> None:
    told = 0

    def check(case: Case) -> None:
        nonlocal told
        hinge = result_of(case).hinge
        assert hinge is not None
        question = SHIPPED.question(hinge.question)
        before, after = assess(SHIPPED, case.answers), assess(SHIPPED, {**case.answers, hinge.question: hinge.other})
        assert after.level == hinge.level
        assert SHIPPED.rank(hinge.level) < SHIPPED.rank(before.level)
        assert [raised.alarm.id for raised in after.alarms] == [raised.alarm.id for raised in before.alarms]
        assert question.can_change
        named = [option.id for option in question.options if option.text in hinge.now]
        if hinge.then:
            assert hinge.then in answer_text(question, hinge.other)
        else:
            assert not {*named} & {*cast("tuple[str, ...]", hinge.other)}
        told += 1

    mine = (case for case in people if result_of(case).hinge and case.answers.get("who_for") != "someone_else")
    each_person(check, mine)
    assert told > 10


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"duties": ("children",)}, set()),
        ({"someone_in_danger": ("child_danger",)}, {"childhelp"}),
        ({"who_for": "self", "age_group": "teen"}, {"childhelp"}),
        ({"who_for": "self", "age_group": "teen", "suicide_thoughts": "often"}, {"childhelp"}),
        ({"who_for": "someone_else", "age_group": "teen", "suicide_thoughts": "often"}, set()),
        ({"who_for": "someone_else", "age_group": "teen", "someone_in_danger": ("afraid",)}, {"childhelp"}),
        ({"age_group": "adult", "suicide_thoughts": "often"}, {"veterans"}),
        ({"cover": ("military",)}, {"veterans"}),
    ],
)
def test_only_those_lines_are_named_that_the_answers_make_relevant(more: dict[str, Answer], named: set[str]) -> None:
    result = result_for(SHIPPED, more)
    assert {line.id for line in result.lines} & {"childhelp", "veterans"} == named
    assert [line.id for line in result.lines][:2] == ["emergency", "lifeline"]


@pytest.mark.parametrize(("who", "sleep"), [("self", "You sleep"), ("someone_else", "They sleep")])
def test_the_scale_says_where_that_person_sleeps_with_each_kind_of_care(who: str, sleep: str) -> None:
    made = document(result_for(SHIPPED, {"who_for": who, "suicide_thoughts": "never"}))
    (scale,) = (block for block in made.sections[0].blocks if isinstance(block, Scale))
    assert scale.sleep == sleep
    # One who listens has no heading of a column above.
    spoken = parts(made)[0]
    for level in scale.levels:
        row = next(line for line in spoken if line.startswith(f"{level.short}: "))
        assert f"{scale.hours}: {level.hours}." in row
        assert f"{sleep}: {level.sleep}." in row


def test_a_tip_is_true_for_the_level_and_no_more_than_five_are_told(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        section = document(result).section("fit")
        levels = {fit.id: fit.levels for fit in SHIPPED.fits}
        told = (
            [entry for block in section.blocks if isinstance(block, Entries) for entry in block.entries]
            if section
            else []
        )
        tips = [entry.id for entry in told if entry.id in levels]
        assert len(tips) <= 5
        assert all(not levels[name] or result.level in levels[name] for name in tips)

    each_person(check, (case for case in people if result_of(case).level))


def test_while_an_alarm_stands_nothing_but_it_is_told(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        made = document(result_of(case))
        assert [section.id for section in made.sections] == ["danger", "who"]
        kinds = {type(block) for section in made.sections for block in section.blocks}
        assert kinds <= {Words, Entries, CallLines}

    each_person(check, (case for case in people if case.expect.level == "none"))
