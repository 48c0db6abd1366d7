"""What is asked, in which order; going back; changing; alarms on the way."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.engine.interview import Alarmed, Asking, NotAnswered, Refused, Reviewing, ShowingResult, begin
from iop_tui.screening.model.answers import Answer, Answers, Unknown
from iop_tui.screening.model.definition import Screening
from tests.bounded import rounds
from tests.core.anyscreening import screenings
from tests.core.small import known_answers
from tests.core.walking import SMALL, asked, calm, check_kept_state, walked
from tests.shipped import CASES, SHIPPED

SOME = CASES[::8]


def test_questions_come_in_order_and_end_at_the_review() -> None:
    assert isinstance(calm().step, Reviewing)


def test_a_question_whose_gate_holds_is_asked() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("alcohol",))
    assert asked(interview.step) == "drinks"


def test_a_question_whose_gate_is_not_known_is_not_asked() -> None:
    interview = walked(begin(SMALL), who_for="self").answer(Unknown.SKIPPED)
    assert asked(interview.step) == "thoughts"


def test_an_alarm_now_stands_in_the_way_until_the_answer_changes() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="plan")
    assert isinstance(interview.step, Alarmed)
    assert isinstance(interview.acknowledged().step, Alarmed)
    back = interview.back()
    assert asked(back.step) == "thoughts"
    assert back.current_answer == "plan"
    assert isinstance(back.answer("plan").step, Alarmed)
    assert asked(back.answer("never").step) == "low_mood"


def test_an_alarm_today_is_shown_once_and_again_when_it_comes_back() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="often")
    assert isinstance(interview.step, Alarmed)
    passed = interview.acknowledged()
    assert asked(passed.step) == "low_mood"
    calmed = passed.back().answer("never")
    assert asked(calmed.step) == "low_mood"
    assert isinstance(calmed.back().answer("often").step, Alarmed)
    # Shown once is enough, as long as it stands.
    assert asked(passed.back().answer("often").step) == "low_mood"


def test_a_question_of_danger_that_is_left_unsaid_has_a_page_of_its_own_once() -> None:
    asked = begin(SMALL).answer("self").answer(("none",))
    for unknown in Unknown:
        not_answered = asked.answer(unknown)
        assert isinstance(not_answered.step, NotAnswered)
        assert not_answered.step.page == "unsaid"
        gone_on = not_answered.acknowledged()
        assert isinstance(gone_on.step, Asking)
        assert gone_on.step.question.id == "low_mood"
        again = not_answered.back()
        assert isinstance(again.step, Asking)
        assert again.step.question.id == "thoughts"
        assert isinstance(again.answer("never").step, Asking)


def test_back_goes_one_question_at_a_time_and_forgets_nothing() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("alcohol",), drinks=3)
    steps = []
    for _ in rounds("the first question"):
        if interview.at_start:
            break
        interview = interview.back()
        steps.append((asked(interview.step), interview.current_answer))
    assert steps == [("drinks", 3), ("help_with", ("alcohol",)), ("who_for", "self")]
    assert interview.back() == interview


def test_changing_an_answer_from_the_review_asks_only_what_is_new() -> None:
    changed = calm().change("help_with")
    assert asked(changed.step) == "help_with"
    assert asked(changed.answer(("mood", "alcohol")).step) == "drinks"
    assert isinstance(changed.answer(("mood", "alcohol")).answer(2).step, Reviewing)
    assert isinstance(changed.answer(("mood",)).step, Reviewing)


def test_an_answer_that_a_change_hides_is_kept_but_not_used() -> None:
    drinker = calm().change("help_with").answer(("alcohol",)).answer(9)
    assert assess(SMALL, drinker.answers).first_steps == ("medical_check",)
    sober = drinker.change("help_with").answer(("mood",))
    assert assess(SMALL, sober.answers).first_steps == ()
    assert sober.answers["drinks"] == 9
    again = sober.change("help_with").answer(("alcohol",))
    assert isinstance(again.step, Reviewing)
    assert assess(SMALL, again.answers).first_steps == ("medical_check",)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who_for", "nobody"),
        ("who_for", 3),
        ("help_with", ()),
        ("help_with", ("none", "mood")),
        ("help_with", ("mood", "mood")),
        ("drinks", 61),
        ("drinks", "many"),
    ],
)
def test_an_answer_that_the_question_does_not_have_is_refused_without_repeating_it(
    question: str, answer: str | int | tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        begin(SMALL).answer_to(question, answer)
    assert str(answer) not in str(refused.value).replace("'none'", "")


def test_progress_never_goes_down_on_the_way() -> None:
    interview, seen = begin(SMALL), []
    for _ in rounds("the end of the questions"):
        if not isinstance(interview.step, Asking):
            break
        seen.append(interview.progress.done)
        interview = interview.answer(Unknown.SKIPPED).acknowledged()
    assert seen == sorted(seen)
    assert interview.progress.done == 1.0


def test_as_many_questions_come_as_it_says_are_left() -> None:
    off: list[int] = []
    for case in SOME:
        interview, ahead = begin(SHIPPED), []
        for _ in rounds("the review"):
            if isinstance(step := interview.step, Reviewing):
                break
            if isinstance(step, Asking):
                ahead.append(interview.left)
                interview = interview.answer(case.answers.get(step.question.id, Unknown.SKIPPED))
            elif interview.acknowledged() is interview:
                break
            else:
                interview = interview.acknowledged()
        if isinstance(interview.step, Reviewing):
            for came, left in zip(range(len(ahead), 0, -1), ahead, strict=True):
                assert left.least <= came <= left.most
                off.append(abs(left.likely - came))
            assert ahead[-1].least == 1
    assert sum(off) / len(off) < 2


def test_after_the_review_only_what_is_open_is_left() -> None:
    interview = calm().change("help_with").answer(("alcohol",))
    assert (interview.left.least, interview.left.most) == (1, 1)


def test_what_a_person_said_is_not_in_the_repr_of_a_sheet() -> None:
    assert "plan" not in repr(Answers(SMALL, {"thoughts": "plan"}))


def straight_through(screening: Screening, answers: Mapping[str, Answer]) -> Answers:
    """The sheet of someone who answers each question that is asked, in order, once. Questions without an answer stay
    open.
    """
    sheet = Answers(screening)
    for question in screening.questions:
        if question.id in answers and Facts(screening, sheet).shown(question.id):
            sheet = sheet.with_answer(question.id, answers[question.id])
    return sheet


@pytest.mark.parametrize("screening", [SMALL, SHIPPED], ids=["small", "shipped"])
@given(data=st.data())
def test_any_way_through_gives_what_the_final_answers_give_straight_through(
    data: st.DataObject, screening: Screening
) -> None:
    interview = begin(screening)
    for _ in range(data.draw(st.integers(1, 60))):
        step = interview.step
        move = data.draw(st.sampled_from(["answer", "answer", "answer", "back", "change", "pass", "unknown"]))
        if move == "back":
            interview = interview.back()
        elif move == "pass" and isinstance(step, Alarmed):
            interview = interview.acknowledged()
        elif move == "change":
            names = [q.id for q in screening.questions if Facts(screening, interview.answers).shown(q.id) is not False]
            interview = interview.change(data.draw(st.sampled_from(names)))
        elif isinstance(step, Asking):
            unknown = st.sampled_from(list(Unknown))
            interview = interview.answer(data.draw(unknown if move == "unknown" else known_answers(step.question)))
        check_kept_state(interview)
    straight = straight_through(screening, interview.answers)
    # What is unknown is found from the live answers, which are the same; where that is quick, it is compared, too.
    in_full = screening is SMALL
    final, same = (assess(screening, answers, in_full=in_full) for answers in (interview.answers, straight))
    assert final == same
    assert dict(straight) == Facts(screening, interview.answers).live()


@given(data=st.data())
def test_the_end_is_reached_only_when_everything_asked_has_an_answer(data: st.DataObject) -> None:
    interview = begin(SHIPPED)
    for _ in range(200):
        step = interview.step
        if isinstance(step, ShowingResult):
            if not step.more.most:
                break
            interview = interview.continued()
        elif isinstance(step, Reviewing):
            interview = interview.confirmed()
        elif isinstance(step, Alarmed):
            interview = (
                interview.acknowledged() if step.alarm.urgency == "today" else interview.back().answer(Unknown.SKIPPED)
            )
        elif isinstance(step, NotAnswered):
            interview = interview.acknowledged()
        else:
            interview = interview.answer(data.draw(st.one_of(known_answers(step.question), st.just(Unknown.NOT_SURE))))
    assert isinstance(interview.step, ShowingResult)
    assert all(question.id in interview.answers for question in Facts(SHIPPED, interview.answers).asked())
    changed = interview.change(data.draw(st.sampled_from([q.id for q in Facts(SHIPPED, interview.answers).asked()])))
    step = changed.step
    if isinstance(step, Asking):
        changed = changed.answer(data.draw(known_answers(step.question)))
        for _ in range(60):
            step = changed.step
            if not isinstance(step, Asking):
                break
            assert step.question.id not in changed.answers
            changed = changed.answer(Unknown.SKIPPED)
        if isinstance(changed.step, Reviewing):
            # What a change opened after the result is offered there.
            later = SHIPPED.questions[SHIPPED.result_at :]
            assert all(q.id in changed.answers or q in later for q in Facts(SHIPPED, changed.answers).asked())


# ---- in any order ----------------------------------------------------------------------------------------------------


def test_an_answer_put_down_stays_where_it_is() -> None:
    there = begin(SMALL).answer_in_place("night_support", "nobody")
    assert asked(there.step) == "who_for"
    assert there.answers["night_support"] == "nobody"


def test_an_answer_ahead_of_its_gate_counts_once_the_gate_opens() -> None:
    ahead = begin(SMALL).answer_in_place("drinks", 9)
    assert assess(SMALL, ahead.answers).first_steps == ()
    assert assess(SMALL, ahead.answer_in_place("help_with", ("alcohol",)).answers).first_steps == ("medical_check",)


def test_what_is_hidden_is_not_answered_and_not_gone_to() -> None:
    sober = begin(SMALL).answer_in_place("help_with", ("mood",))
    with pytest.raises(Refused, match="drinks"):
        sober.answer_in_place("drinks", 9)
    with pytest.raises(Refused, match="drinks"):
        sober.answer_to("drinks", 9)
    with pytest.raises(Refused, match="drinks"):
        sober.change("drinks")


@pytest.mark.parametrize("answer", ["nobody knows", 3, ("never",)])
def test_an_answer_that_is_put_down_is_one_that_the_question_has(answer: str | int | tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        begin(SMALL).answer_in_place("thoughts", answer)
    with pytest.raises(KeyError):
        begin(SMALL).answer_in_place("weather", "fine")
    with pytest.raises(KeyError):
        begin(SMALL).without("weather")


def test_an_answer_taken_back_is_open_again_and_its_alarm_falls() -> None:
    alarmed = begin(SMALL).answer_in_place("thoughts", "plan")
    assert isinstance(alarmed.step, Alarmed)
    back = alarmed.without("thoughts")
    assert asked(back.step) == "who_for"
    assert "thoughts" not in back.answers
    assert not back.alarms


def test_what_was_left_open_on_the_way_is_asked_before_the_review() -> None:
    skipped = walked(begin(SMALL).change("thoughts"), thoughts="never", low_mood="rarely", low_interest="rarely")
    there = skipped.answer("nobody")
    assert asked(there.step) == "who_for"
    assert asked(there.answer("self").step) == "help_with"
    assert isinstance(there.answer("self").answer(("none",)).step, Reviewing)


def test_at_the_review_a_place_is_found_for_what_an_answer_opens() -> None:
    assert asked(calm().answer_in_place("help_with", ("alcohol",)).step) == "drinks"
    assert isinstance(calm().answer_in_place("low_mood", "mostly").step, Reviewing)
    assert asked(calm().without("low_mood").step) == "low_mood"


def test_while_a_page_of_danger_or_the_review_is_shown_no_answer_is_taken() -> None:
    before = begin(SMALL).answer("self").answer(("none",))
    for stopped in (before.answer("plan"), before.answer(Unknown.SKIPPED), calm()):
        with pytest.raises(Refused):
            stopped.answer("rarely")
    # Nothing was lost by the attempt: the page is still to come.
    assert isinstance(before.answer(Unknown.SKIPPED).step, NotAnswered)


def test_a_page_for_what_was_left_unsaid_goes_when_the_answer_is_taken_back() -> None:
    not_answered = begin(SMALL).answer_in_place("thoughts", Unknown.SKIPPED)
    assert isinstance(not_answered.step, NotAnswered)
    assert asked(not_answered.without("thoughts").step) == "who_for"


@given(data=st.data())
def test_in_any_order_the_step_is_one_that_can_be_taken(data: st.DataObject) -> None:
    screening = data.draw(st.one_of(st.just(SMALL), screenings()))
    interview = begin(screening)
    for _ in range(data.draw(st.integers(1, 25))):
        move = data.draw(st.sampled_from(["put", "put", "without", "answer", "change", "back", "pass"]))
        facts = Facts(screening, interview.answers)
        question = data.draw(st.sampled_from([q for q in screening.questions if facts.shown(q.id) is not False]))
        if move == "put":
            interview = interview.answer_in_place(question.id, data.draw(known_answers(question)))
        elif move == "without":
            interview = interview.without(data.draw(st.sampled_from(sorted(screening.position))))
        elif move == "change":
            interview = interview.change(question.id)
        elif move == "back":
            interview = interview.back()
        elif move == "pass":
            interview = interview.acknowledged()
        elif isinstance(interview.step, Asking):
            interview = interview.answer(data.draw(known_answers(interview.step.question)))
        check_kept_state(interview)
        facts = Facts(screening, interview.answers)
        if isinstance(interview.step, Asking):
            assert facts.shown(interview.step.question.id) is not False
        elif isinstance(interview.step, Reviewing):
            assert all(q.id in interview.answers for q in facts.asked())
