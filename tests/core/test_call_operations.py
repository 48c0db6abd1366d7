"""What a call keeps while a counselor works on it, and when it is taken up again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from iop_tui.call.card import card_of
from iop_tui.call.operations import (
    CallState,
    active_alarms,
    answered,
    begin_call,
    deciding_questions,
    judged,
    marked,
    moved_to,
    moved_to_next,
    noted,
    noted_call,
    question_state,
    question_states,
    ref_of,
    resumed,
    taken_back,
    ticked,
    unticked,
    with_reference,
    with_state,
)
from iop_tui.call.question_states import OpenCount, left_in
from iop_tui.call.record import Call, ChecklistEntry, Judgment, RecordedAnswer
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.engine.interview import Refused
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.condition import All, Is
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from tests.core.after_result import CALM, with_life
from tests.core.small import small
from tests.core.test_screening_change import with_question, without
from tests.shipped import SHIPPED

SMALL = small()
BEGAN = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
HERE = SourceLocation("", 1)
STAY, IN_A_CAR = "Stay on the line.", "Sleeps in a car."


def after(seconds: int) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def begun() -> CallState:
    return begin_call(SMALL, by="nurse", now=BEGAN)


def times(work: CallState) -> list[tuple[str, datetime, datetime | None]]:
    return [(raising.alarm, raising.at, raising.cleared_at) for raising in work.call.alarm_events]


def again(call: Call, screening: Screening = SMALL, seconds: int = 1000) -> CallState:
    return resumed(call, screening, by="other", now=after(seconds))


def test_a_new_call_stands_at_the_first_question_and_names_its_screening() -> None:
    work = begun()
    assert work.call.at == "who_for"
    assert work.call.screening == ref_of(SMALL)
    assert begun().call.id != work.call.id


def test_an_answer_is_kept_in_the_words_of_its_time() -> None:
    work = answered(begun(), "help_with", ("mood", "alcohol"), after(5))
    assert work.call.answers["help_with"] == RecordedAnswer(
        ("mood", "alcohol"), after(5), "What do you want help with?", "Mood or worry; Alcohol"
    )
    work = answered(answered(work, "drinks", 9, after(6)), "thoughts", Unknown.SKIPPED, after(7))
    assert work.call.answers["drinks"].answer_text == "9 drinks"
    assert (work.call.answers["thoughts"].answer, work.call.answers["thoughts"].answer_text) == (
        "skipped",
        "would rather not say",
    )
    assert answered(work, "thoughts", Unknown.NOT_SURE, after(8)).call.answers["thoughts"].answer_text == "not sure"


def test_for_another_the_words_are_told_of_that_person() -> None:
    other = answered(begin_call(SHIPPED, by="nurse", now=BEGAN), "who_for", "someone_else", BEGAN)
    work = answered(other, "suicide_thoughts", "passing", after(1))
    ask = SHIPPED.question("suicide_thoughts").ask
    assert work.call.answers["suicide_thoughts"].ask != ask


def test_what_cannot_be_answered_leaves_the_call_as_it_was() -> None:
    work = answered(begun(), "help_with", ("mood",), BEGAN)
    with pytest.raises(Refused):
        answered(work, "drinks", 9, BEGAN)
    with pytest.raises(KeyError):
        answered(work, "weather", "fine", BEGAN)
    for step in (taken_back, moved_to, marked):
        with pytest.raises(KeyError):
            step(work, "weather", BEGAN)
    with pytest.raises(KeyError):
        noted(work, "weather", "fine", BEGAN)


def test_an_alarm_is_kept_with_when_it_came_and_when_it_fell() -> None:
    work = answered(begun(), "thoughts", "plan", after(5))
    assert [alarm.id for alarm in active_alarms(work)] == ["suicide_plan"]
    work = answered(work, "thoughts", "plan", after(6))
    work = answered(work, "thoughts", "often", after(9))
    work = taken_back(work, "thoughts", after(12))
    work = answered(work, "thoughts", "plan", after(15))
    assert times(work) == [
        ("suicide_plan", after(5), after(9)),
        ("frequent_thoughts", after(9), after(12)),
        ("suicide_plan", after(15), None),
    ]


def test_what_raised_an_alarm_and_what_it_became_stay_in_the_record() -> None:
    question = SMALL.question("thoughts")
    texts = {option.id: option.text for option in question.options}
    plan, often = texts["plan"], texts["often"]
    work = answered(answered(begun(), "thoughts", "plan", after(5)), "thoughts", "often", after(9))
    first, second = work.call.alarm_events
    assert (first.raised_by, first.corrected_to) == (f"{question.ask} {plan}", f"{question.ask} {often}")
    assert (second.raised_by, second.corrected_to) == (f"{question.ask} {often}", "")
    gone = taken_back(work, "thoughts", after(12))
    assert gone.call.alarm_events[1].corrected_to == f"{question.ask} no answer"


def test_an_alarm_waits_for_its_gate_and_stands_when_that_opens() -> None:
    gated = replace(SMALL.question("thoughts"), show_if=Is("help_with", ("mood",), HERE))
    work = answered(begin_call(with_question(SMALL, gated), by="nurse", now=BEGAN), "thoughts", "plan", after(1))
    assert work.call.alarm_events == ()
    assert times(answered(work, "help_with", ("mood",), after(3))) == [("suicide_plan", after(3), None)]


def test_a_step_of_the_protocol_keeps_the_time_of_its_first_tick() -> None:
    work = ticked(
        ticked(begun(), "suicide_plan", STAY, "nurse", after(3)),
        "suicide_plan",
        STAY,
        "other",
        after(9),
    )
    assert work.call.ticks == (ChecklistEntry("suicide_plan", STAY, after(3), "nurse"),)
    other = ticked(work, "frequent_thoughts", STAY, "nurse", after(10))
    assert unticked(other, "suicide_plan", STAY, after(11)).call.ticks == other.call.ticks[1:]


def test_notes_marks_and_the_rest_are_kept_until_they_are_taken_away() -> None:
    work = noted(marked(begun(), "thoughts", BEGAN), "thoughts", "Speaks of a friend.", BEGAN)
    work = with_state(with_reference(noted_call(work, IN_A_CAR, BEGAN), "B-17", BEGAN), "call_back", after(20))
    call = work.call
    assert (call.marked, call.notes, call.note) == (
        ("thoughts",),
        {"thoughts": "Speaks of a friend."},
        "Sleeps in a car.",
    )
    assert (call.reference, call.state, call.seconds) == ("B-17", "call_back", 20)
    cleared = noted(marked(work, "thoughts", BEGAN), "thoughts", "  ", BEGAN).call
    assert (cleared.marked, cleared.notes) == ((), {})


def test_a_judgment_is_added_and_the_program_s_result_stays() -> None:
    work = answered(begun(), "thoughts", "often", BEGAN)
    first = Judgment(agrees=True, at=after(5), by="nurse")
    second = Judgment(agrees=False, at=after(9), by="nurse", level="inpatient", reason="Alone, and drinking.")
    work = judged(judged(work, first), second)
    assert work.call.judgments == (first, second)
    assert work.call.judgment == second
    card = card_of(work, assess(SMALL, work.interview.answers))
    assert (card.level, card.judged) == ("php", "inpatient")
    assert "drinking" in card.words


def test_time_on_the_line_counts_each_stretch_and_no_clock_takes_any_away() -> None:
    work = answered(begun(), "who_for", "self", after(60))
    assert answered(work, "help_with", ("none",), after(30)).call.seconds == 60
    later = again(work.call, seconds=5000)
    assert later.call.seconds == 60
    assert moved_to(later, "thoughts", after(5030)).call.seconds == 90
    assert [stretch.by for stretch in later.call.segments] == ["nurse", "other"]


def test_the_outline_tells_how_each_question_stands() -> None:
    work = answered(answered(begun(), "who_for", "self", BEGAN), "thoughts", Unknown.NOT_SURE, BEGAN)
    assert question_states(work) == {
        "who_for": "answered",
        "help_with": "open",
        "drinks": "waiting",
        "thoughts": "unknown",
        "low_mood": "open",
        "low_interest": "open",
        "night_support": "open",
    }
    assert [question.id for question in deciding_questions(work, "drinks")] == ["help_with"]
    closed = answered(work, "help_with", ("none",), BEGAN)
    assert question_state(closed, "drinks") == "hidden"
    assert deciding_questions(closed, "drinks") == ()


def test_what_comes_after_the_result_is_asked_once_nothing_before_it_is_open() -> None:
    work = begin_call(with_life(), by="Ana", now=BEGAN)
    for name, answer in CALM.items():
        if name != "low_mood":
            work = moved_to_next(answered(work, name, answer, BEGAN), BEGAN)
    assert work.call.at == "low_mood"
    assert left_in(work.interview) == OpenCount(before_result=1, after_result=1)
    work = moved_to_next(answered(work, "low_mood", "rarely", BEGAN), BEGAN)
    assert work.call.at == "work_hours"
    # Whoever is there already stays there, and comes back to the rest.
    early = moved_to(begin_call(with_life(), by="Ana", now=BEGAN), "work_hours", BEGAN)
    early = moved_to_next(answered(early, "work_hours", "days", BEGAN), BEGAN)
    assert early.call.at == "boss_knows"
    assert moved_to_next(answered(early, "boss_knows", "knows", BEGAN), BEGAN).call.at == "who_for"


def test_a_card_tells_where_a_call_ends() -> None:
    work = moved_to(answered(begun(), "who_for", "self", BEGAN), "low_mood", after(7))
    card = card_of(work, assess(SMALL, work.interview.answers))
    assert (card.ends_in, card.answered, card.asked, card.seconds, card.changed) == ("safety", 1, 6, 7, after(7))
    for name in ("thoughts", "low_mood", "low_interest", "night_support"):
        work = answered(work, name, SMALL.question(name).options[0].id, BEGAN)
    work = answered(work, "help_with", ("none",), BEGAN)
    card = card_of(work, assess(SMALL, work.interview.answers))
    assert (card.ends_in, card.answered, card.asked, card.level) == ("", 6, 6, "outpatient")
    gone = replace(work, call=replace(work.call, at="weather"))
    assert card_of(gone, assess(SMALL, work.interview.answers)).ends_in == ""


# ---- taken up again --------------------------------------------------------------------------------------------------


def heard() -> Call:
    work = answered(answered(begun(), "help_with", ("alcohol",), after(1)), "drinks", 9, after(2))
    work = noted(answered(work, "thoughts", "plan", after(3)), "thoughts", "A note.", after(4))
    return moved_to(work, "low_mood", after(5)).call


def test_a_call_taken_up_again_is_the_same() -> None:
    work = again(heard())
    assert dict(work.interview.answers) == {"help_with": ("alcohol",), "drinks": 9, "thoughts": "plan"}
    assert work.call.at == "low_mood"
    assert work.call.alarm_events == heard().alarm_events
    assert [alarm.id for alarm in active_alarms(work)] == ["suicide_plan"]


def test_an_answer_whose_question_is_gone_is_kept_aside_and_comes_back_with_it() -> None:
    fewer = without(SMALL, "thoughts")
    work = again(heard(), fewer)
    (unfit,) = work.call.orphaned
    assert (unfit.question, unfit.recorded.answer) == ("thoughts", "plan")
    assert "does not have this question" in unfit.why
    assert times(work) == [("suicide_plan", after(3), after(1000))]
    assert noted(work, "thoughts", "Another note.", after(1001)).call.notes == {"thoughts": "Another note."}
    back = again(work.call, SMALL, 2000)
    assert back.call.orphaned == ()
    assert back.interview.answers["thoughts"] == "plan"
    assert back.call.answers["thoughts"].at == after(3)
    assert times(back)[-1] == ("suicide_plan", after(2000), None)


def test_an_answer_given_anew_is_not_replaced_by_one_that_fits_again() -> None:
    harmless = replace(SMALL.question("thoughts"), options=SMALL.question("thoughts").options[:2])
    work = again(heard(), with_question(SMALL, harmless))
    assert "cannot be given any more" in work.call.orphaned[0].why
    back = again(answered(work, "thoughts", "never", after(1001)).call, SMALL, 2000)
    assert back.interview.answers["thoughts"] == "never"
    assert [one.recorded.answer for one in back.call.orphaned] == ["plan"]


def test_an_answer_to_which_nothing_leads_any_more_is_kept_aside() -> None:
    never = All((Is("help_with", ("none",), HERE), Is("help_with", ("alcohol",), HERE)))
    dead = with_question(SMALL, replace(SMALL.question("drinks"), show_if=never))
    work = again(heard(), dead)
    assert [one.question for one in work.call.orphaned] == ["drinks"]
    assert "no answers lead" in work.call.orphaned[0].why
    assert "drinks" not in work.call.answers
    # What other answers only hide for now may be asked again: it stays.
    hidden = again(answered(again(heard()), "help_with", ("mood",), after(6)).call)
    assert hidden.call.orphaned == ()
    assert hidden.call.answers["drinks"].answer == 9


def test_a_place_that_is_gone_becomes_the_first_open_question() -> None:
    assert again(heard(), without(SMALL, "low_mood")).call.at == "who_for"


def test_several_options_come_in_the_order_that_they_have_now() -> None:
    call = answered(begun(), "help_with", ("mood", "alcohol"), BEGAN).call
    question = SMALL.question("help_with")
    turned = again(call, with_question(SMALL, replace(question, options=question.options[::-1])))
    assert turned.interview.answers["help_with"] == ("alcohol", "mood")


def test_an_answer_to_a_question_in_other_words_still_counts() -> None:
    other = with_question(SMALL, replace(SMALL.question("drinks"), ask="How many drinks?"))
    work = again(heard(), other)
    assert work.call.answers["drinks"].ask != "How many drinks?"
    assert work.interview.answers["drinks"] == 9
