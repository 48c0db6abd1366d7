"""A screening that changes while somebody is in it: place, answers and alarms are kept as far as they make sense."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.engine.evaluate import Facts
from iop_tui.screening.engine.interview import Alarmed, Asking, NotAnswered, Reviewing, begin
from iop_tui.screening.engine.restore import migrated
from iop_tui.screening.model.answers import Unknown
from iop_tui.screening.model.condition import Condition, Is
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.screening.model.field_types import SourceLocation
from tests.core.small import known_answers
from tests.core.walking import SMALL, asked, calm, check_kept_state, walked
from tests.shipped import SHIPPED

HERE = SourceLocation("", 1)


def without(screening: Screening, question_id: str) -> Screening:
    """A screening that has lost a question, and the rules with it."""
    sections = tuple(
        replace(
            section,
            questions=tuple(q for q in section.questions if q.id != question_id),
            alarms=tuple(a for a in section.alarms if question_id not in str(a.when)),
            needs=tuple(n for n in section.needs if question_id not in str(n.when)),
            fits=tuple(f for f in section.fits if question_id not in str(f.when)),
        )
        for section in screening.sections
    )
    return replace(screening, sections=sections)


def with_question(screening: Screening, question: Question) -> Screening:
    """A screening with another version of a question."""
    sections = tuple(
        replace(section, questions=tuple(question if q.id == question.id else q for q in section.questions))
        for section in screening.sections
    )
    return replace(screening, sections=sections)


def copy(screening: Screening) -> Screening:
    return replace(screening)


@given(data=st.data())
def test_an_interview_carried_to_the_same_screening_is_the_same(data: st.DataObject) -> None:
    screening = data.draw(st.sampled_from([SMALL, SHIPPED]))
    interview = begin(screening)
    for _ in range(data.draw(st.integers(0, 30))):
        step = interview.step
        move = data.draw(st.sampled_from(["known", "known", "known", "unknown", "back"]))
        if move == "back" or (isinstance(step, Alarmed) and step.alarm.urgency == "now"):
            interview = interview.back()
        elif isinstance(step, Reviewing):
            interview = interview.change(
                data.draw(st.sampled_from([q.id for q in Facts(screening, interview.answers).asked()]))
            )
        elif isinstance(step, Asking):
            unknown = st.sampled_from(list(Unknown))
            interview = interview.answer(data.draw(unknown if move == "unknown" else known_answers(step.question)))
        else:
            interview = interview.acknowledged()
    other = copy(screening)
    there = migrated(interview, other)
    assert there.screening is other
    check_kept_state(there)
    assert there.step == interview.step
    assert dict(there.answers) == dict(interview.answers)
    assert (there.active_alarms, there.unacknowledged, there.last) == (
        interview.active_alarms,
        interview.unacknowledged,
        interview.last,
    )
    assert there.reviewed == interview.reviewed


def test_only_answers_that_are_refused_now_are_dropped() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("mood", "alcohol"), drinks=12)
    fewer = migrated(interview, with_question(SMALL, replace(SMALL.question("drinks"), highest=10)))
    assert dict(fewer.answers) == {"who_for": "self", "help_with": ("mood", "alcohol")}
    assert asked(fewer.step) == "thoughts"
    assert asked(fewer.answer("never").step) == "drinks"


def test_a_question_whose_kind_changed_loses_its_answer() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("mood",))
    there = migrated(interview, with_question(SMALL, replace(SMALL.question("help_with"), kind="one")))
    assert "help_with" not in there.answers


def test_where_the_question_is_gone_the_first_open_one_is_asked() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="never")
    assert asked(interview.step) == "low_mood"
    assert asked(migrated(interview, without(SMALL, "low_mood")).step) == "low_interest"


def test_where_the_question_is_hidden_now_the_first_open_one_is_asked() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("alcohol",))
    hidden = replace(SMALL.question("drinks"), show_if=Is("help_with", ("mood",), SourceLocation("", 1)))
    assert asked(migrated(interview, with_question(SMALL, hidden)).step) == "thoughts"


def test_the_review_stays_and_asks_what_is_newly_open_first() -> None:
    opened = with_question(SMALL, replace(SMALL.question("drinks"), show_if=None))
    assert isinstance(migrated(calm(), copy(SMALL)).step, Reviewing)
    there = migrated(calm(), opened)
    assert asked(there.step) == "drinks"
    assert isinstance(there.answer(0).step, Reviewing)


def test_everything_gone_leaves_the_first_question() -> None:
    renamed = replace(
        SMALL,
        manifest=replace(SMALL.manifest, notices=(), for_other=None),
        sections=tuple(
            replace(s, questions=tuple(replace(q, id="x" + q.id, show_if=None) for q in s.questions), alarms=())
            for s in SMALL.sections
        ),
    )
    there = migrated(walked(begin(SMALL), who_for="self", help_with=("none",)), renamed)
    assert asked(there.step) == "xwho_for"
    assert len(there.answers) == 0


def test_an_alarm_stays_until_the_answer_that_raised_it_is_gone() -> None:
    alarmed = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="plan")
    step = migrated(alarmed, copy(SMALL)).step
    assert isinstance(step, Alarmed)
    assert step.alarm.id == "suicide_plan"
    harmless = replace(SMALL.question("thoughts"), options=SMALL.question("thoughts").options[:2])
    assert asked(migrated(alarmed, with_question(SMALL, harmless)).answer("rarely").step) == "thoughts"


def test_an_alarm_that_was_passed_is_not_shown_again_unless_it_stops_the_questions_now() -> None:
    passed = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="often").acknowledged()
    assert asked(migrated(passed, copy(SMALL)).step) == "low_mood"
    safety = SMALL.sections[1]
    alarms = tuple(replace(alarm, urgency="now") for alarm in safety.alarms)
    step = migrated(passed, replace(SMALL, sections=(SMALL.sections[0], replace(safety, alarms=alarms)))).step
    assert isinstance(step, Alarmed)


def test_an_alarm_that_is_new_is_shown_for_the_answers_there_are() -> None:
    safety = SMALL.sections[1]
    without_alarms = replace(SMALL, sections=(SMALL.sections[0], replace(safety, alarms=())))
    interview = walked(begin(without_alarms), who_for="self", help_with=("none",), thoughts="plan", low_mood="rarely")
    assert isinstance(migrated(interview, SMALL).step, Alarmed)


def with_alarm(screening: Screening, when: Condition) -> Screening:
    """A screening whose alarms are one that stops the questions, for this reason."""
    about, safety = screening.sections
    alarm = replace(SMALL.sections[1].alarms[0], when=when)
    return replace(screening, sections=(about, replace(safety, alarms=(alarm,))))


def test_an_alarm_does_not_wait_for_a_correction_whose_question_is_gone() -> None:
    correcting = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="plan").back()
    assert asked(correcting.step) == "thoughts"
    fewer = with_alarm(without(SMALL, "thoughts"), Is("help_with", ("none",), HERE))
    assert isinstance(migrated(correcting, fewer).step, Alarmed)
    moved = with_alarm(SMALL, Is("help_with", ("none",), HERE))
    assert asked(migrated(correcting, moved).step) == "thoughts"


def test_back_from_an_alarm_goes_to_the_last_question_that_is_still_asked() -> None:
    interview = walked(begin(SMALL), who_for="self", help_with=("none",), thoughts="never")
    when = Is("help_with", ("none",), HERE)
    hidden = replace(SMALL.question("thoughts"), show_if=Is("help_with", ("alcohol",), HERE))
    for changed in (without(SMALL, "thoughts"), with_question(SMALL, hidden)):
        there = migrated(interview, with_alarm(changed, when))
        assert isinstance(there.step, Alarmed)
        assert asked(there.back().step) == "help_with"


def test_the_page_for_what_was_left_unsaid_goes_with_its_question_and_with_its_name() -> None:
    not_answered = walked(begin(SMALL), who_for="self", help_with=("none",)).answer(Unknown.SKIPPED)
    assert isinstance(migrated(not_answered, copy(SMALL)).step, NotAnswered)
    pageless = with_question(SMALL, replace(SMALL.question("thoughts"), if_unsaid=None))
    for changed in (without(SMALL, "thoughts"), pageless):
        assert asked(migrated(not_answered, changed).step) == "low_mood"
