"""The note as plain text and as Markdown: all of it there, none of it broken by a record or read as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta, timezone

import pytest
from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from iop_tui.call.record import AlarmEvent, Call, CallSegment, ChecklistEntry, Judgment
from iop_tui.export.note_markdown import as_note_markdown
from iop_tui.export.note_text import WIDTH, as_note_text
from iop_tui.export.report import Report
from iop_tui.export.report_model import ReportedAlarm, Rule
from iop_tui.export.safe_text import typed, visible
from iop_tui.screening.model.answers import Unknown
from tests.export.calls import (
    BEGAN,
    HOSTILE,
    SMALL,
    STEPS,
    a_call,
    calls,
    reported,
    squeezed,
    typed_in,
)
from tests.shipped import SHIPPED

COMMONMARK = MarkdownIt("commonmark")
STRUCTURE = {
    "heading_open",
    "heading_close",
    "paragraph_open",
    "paragraph_close",
    "bullet_list_open",
    "bullet_list_close",
    "list_item_open",
    "list_item_close",
    "inline",
    "text",
    "text_special",
    "hardbreak",
    "strong_open",
    "strong_close",
}


def tokens(markdown: str) -> list[Token]:
    return [token for top in COMMONMARK.parse(markdown) for token in (top, *(top.children or []))]


def shown(markdown: str) -> str:
    """What a reader of the Markdown sees."""
    return "".join("\n" if t.type == "hardbreak" else t.content for t in tokens(markdown) if t.type != "inline")


@given(calls())
@example(a_call(note="\n".join(HOSTILE), reference="ref", judgments=(Judgment(True, BEGAN, "Dana", "iop"),)))
def test_nothing_that_was_typed_is_lost_in_plain_text(call: Call) -> None:
    text = squeezed(as_note_text(reported(call)))
    for said in typed_in(call):
        assert squeezed(typed(said)) in text


@given(calls())
@example(a_call(note="\n".join(HOSTILE), notes={"low_mood": "\n".join(HOSTILE)}))
def test_nothing_that_was_typed_is_lost_in_markdown_or_read_as_markup(call: Call) -> None:
    markdown = as_note_markdown(reported(call))
    found = tokens(markdown)
    assert {token.type for token in found if token.markup != "autolink"} <= STRUCTURE
    for said in typed_in(call):
        assert squeezed(visible(said)) in squeezed(shown(markdown))


@given(calls())
@example(a_call(judgments=(Judgment(False, BEGAN, "", "inpatient", "x" * 400),)))
def test_plain_text_survives_a_paste(call: Call) -> None:
    text = as_note_text(reported(call, steps={alarm.id: STEPS for alarm in SHIPPED.alarms}))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    for line in text.split("\n"):
        assert len(line) <= WIDTH
        assert line == line.rstrip()
    assert "\n\n\n" not in text
    for sign in set(text) - {"\n"}:
        kept = unicodedata.category(sign)[0] in "LMN" or sign in "°€£¥§¶±\u200c\u200d"
        assert sign.isascii() or kept, f"{sign!r} may break in a record"
        assert sign.isprintable() or sign in "\u200c\u200d"


def test_the_words_of_the_program_and_its_questions_are_ascii() -> None:
    answers = {q.id: Unknown.NOT_SURE for q in SHIPPED.questions}
    call = a_call(SHIPPED, answers, judgments=(Judgment(False, BEGAN, "Dana", "php", "Why not."),))
    assert as_note_text(reported(call, SHIPPED)).isascii()


@pytest.mark.parametrize(
    ("wrote", "reads"),
    [
        ("“I can’t…” — ½ café", '"I can\'t..." - ½ café'),
        ("┌─┐│", "+-+|"),
        ("a\tb\x00c", "a bc"),
        ("🙂", "[slightly smiling face]"),
        ("a\u200bb \u202ec", "ab c"),
        ("中文", "中文"),
        ("e\u0301", "é"),
        ("\ue000", "[U+E000]"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
    ],
)
def test_signs_are_written_as_they_could_be_typed_and_letters_stay(wrote: str, reads: str) -> None:
    assert typed(wrote) == reads


def told_rules(report: Report) -> tuple[ReportedAlarm | Rule, ...]:
    """All that has an id and a source in a note."""
    return (*report.dangers, *report.reasons, *report.fits)


def whole() -> Call:
    """Alarm, protocol, judgments, notes: one of each."""
    return a_call(
        answers={
            "who_for": "self",
            "help_with": ("alcohol",),
            "drinks": 12,
            "thoughts": "often",
            "low_mood": Unknown.SKIPPED,
            "low_interest": Unknown.NOT_SURE,
        },
        reference="Tues-14h",
        note="Her sister is with her.\nShe wants evenings.",
        notes={"drinks": "Wine.", "night_support": "Ask her sister."},
        marked=("low_mood",),
        state="call_back",
        alarm_events=(
            AlarmEvent(
                "suicide_plan",
                BEGAN,
                BEGAN + timedelta(minutes=1),
                questions=("thoughts",),
                raised_by="Do you think about ending your life? I have a plan",
                corrected_to="Do you think about ending your life? Often",
            ),
            AlarmEvent("frequent_thoughts", BEGAN + timedelta(minutes=1)),
        ),
        ticks=(ChecklistEntry("frequent_thoughts", STEPS[0], BEGAN + timedelta(minutes=2), "Lee"),),
        judgments=(
            Judgment(True, BEGAN + timedelta(minutes=9), "Dana", "iop"),
            Judgment(False, BEGAN + timedelta(minutes=10), "Dana", "inpatient", "She is alone at night."),
        ),
    )


def test_the_note_tells_what_a_supervisor_a_program_and_an_auditor_look_for() -> None:
    steps = dict.fromkeys(("suicide_plan", "frequent_thoughts"), STEPS)
    call = whole()
    text = " ".join(as_note_text(reported(call, steps=steps)).split())
    for said in (
        "Reference: Tues-14h",
        "Call: 2026-11-21 14:03 UTC, 12 min on the line, to call back",
        "Alarms: 1 TODAY, 1 no longer active",
        "SCREENING NOTE This is not a diagnosis.",
        "Who answered: the caller, for themselves Alarms:",
        "SAFETY ANSWERS thoughts: Often",
        "TODAY: They often think about ending their life. (alarm frequent_thoughts) [1] - Raised 14:04.",
        (
            'Answers: thoughts "Often". - Done 14:05, Lee: Stay on the line. - Not ticked off, 1 of 2 steps: - Tell '
            "the clinician on duty now."
        ),
        (
            "NOW: They have a plan to end their life. (alarm suicide_plan) [1] - Raised 14:03: Do you think about "
            "ending your life? I have a plan. Fell 14:04: the answer became: Do you think about ending your life? "
            "Often. It is not active now. - Steps: listed under frequent_thoughts, in one list."
        ),
        (
            "Level by the rules: at least Partial hospitalization (PHP); with what is unknown it could be up to "
            "Inpatient care."
        ),
        "Counselor's judgment: Differs from the program: Inpatient care. Reason: She is alone at night. (Dana, 14:13)",
        (
            "Judgment before that: Agreed when the program's result was: Intensive outpatient (IOP). The result is "
            "another one now. (Dana, 14:12)"
        ),
        (
            "At least Partial hospitalization (PHP): - They often think about ending their life. Answers: thoughts "
            '"Often". (often) [1]'
        ),
        "See a doctor before they stop.",
        "Is someone with you at night? Not answered. Could lead to: PHP, Inpatient.",
        "How often is your mood low? would rather not say (marked to come back to)",
        "12 drinks - Note: Wine.",
        "- Is someone with you at night? - Note: Ask her sister.",
        "SOURCES - [1] an example",
        "Counselor: Dana (as typed; not a signature) No clinician has reviewed this tool yet. Talk with a licensed",
        f"Screening: small 1, SHA-256 {call.screening.sha256}",
    ):
        assert said in text, said


def test_what_a_supervisor_looks_for_stands_in_the_first_forty_lines() -> None:
    steps = dict.fromkeys(("suicide_plan", "frequent_thoughts"), STEPS)
    first = " ".join(" ".join(as_note_text(reported(whole(), steps=steps)).split("\n")[:40]).split())
    for said in (
        "to call back",
        "Level by the rules: at least Partial hospitalization (PHP);",
        "thoughts: Often",
        "Inpatient care. Reason: She is alone at night.",
        "TODAY: They often think about ending their life.",
        "Done 14:05, Lee: Stay on the line.",
        "Tell the clinician on duty now.",
        "She wants evenings.",
        'Answers: thoughts "Often".',
    ):
        assert said in first, said


@given(calls())
@example(whole())
def test_what_is_told_shortly_is_told_whole(call: Call) -> None:
    report = reported(call, steps={alarm.id: STEPS for alarm in SMALL.alarms}, possible=SMALL.alarms[:1])
    for form, told in ((as_note_text, typed), (lambda report: shown(as_note_markdown(report)), visible)):
        text = squeezed(form(report))
        for rule in told_rules(report):
            assert squeezed(rule.says) in text
            assert rule.id in text
            for question, said in rule.answers:
                # Those of forms are another author's words.
                assert squeezed(told(question.replace("_", " "))) in text
                assert squeezed(told(said)) in text
            assert not rule.source or text.count(squeezed(f"] {rule.source}")) == 1
        for tick in call.ticks:
            assert squeezed(told(tick.by)) in text
            assert squeezed(tick.step) in text
        for raising in call.alarm_events:
            assert squeezed(told(raising.raised_by)) in text
            assert raising.cleared_at is None or squeezed(told(raising.corrected_to)) in text
        owed = [danger for danger in report.dangers if danger.active or danger.alarm_events]
        for step in (step for danger in owed for step in danger.undone):
            assert squeezed(step) in text
        for line in (*report.lines, *report.ahead):
            assert squeezed(f"{line.ask} {line.said}") in text
        for ask in (*(each.ask for each in report.open), *(each.ask for each in report.unknown)):
            assert squeezed(ask) in text


def test_a_rule_names_its_source_by_the_number_under_which_it_is_told() -> None:
    answers = {q.id: q.options[-1].id for q in SHIPPED.questions if q.kind == "one" and q.show_if is None}
    report = reported(a_call(SHIPPED, answers), SHIPPED)
    text = " ".join(as_note_text(report).split())
    rules = told_rules(report)
    assert len({rule.source for rule in rules}) > 3
    for rule in rules:
        (number,) = re.findall(rf"\((?:alarm )?{rule.id}(?:: [a-z, ]+)?\) \[(\d+)\]", text)
        assert squeezed(f"[{number}] {rule.source}") in squeezed(text)


def test_an_answer_without_a_time_has_that_of_the_one_above_in_its_section() -> None:
    call = a_call(answers={"who_for": "self", "help_with": ("alcohol",), "drinks": 3, "thoughts": "never"})
    text = as_note_text(reported(call)).split("\n")
    # 14:03:00, 14:03:20 and 14:03:40 in one section, 14:04:00 in the next.
    assert "- Who is this for? Me (14:03)" in text
    assert "- What do you want help with? Alcohol" in text
    assert "- Do you think about ending your life? Never (14:04)" in text
    late = {name: replace(each, at=BEGAN + timedelta(minutes=n)) for n, (name, each) in enumerate(call.answers.items())}
    assert "- What do you want help with? Alcohol (14:04)" in as_note_text(reported(replace(call, answers=late)))


@pytest.mark.parametrize("form", [as_note_text, as_note_markdown])
def test_the_notice_of_the_clinic_is_the_first_paragraph_and_the_last(form: Callable[[Report], str]) -> None:
    paragraphs = form(reported(whole(), notice=" Part 2 prohibits use. ")).strip().split("\n\n")
    assert paragraphs[1:3] == ["Part 2 prohibits use.", "This is not a diagnosis."]
    assert paragraphs[-2:] == ["Talk with a licensed professional.", "Part 2 prohibits use."]


def test_the_note_opens_and_closes_with_who_decides_and_tells_danger_before_the_reasons() -> None:
    for text in (as_note_text(reported(whole())), as_note_markdown(reported(whole()))):
        paragraphs = text.strip().split("\n\n")
        assert paragraphs[1] == "This is not a diagnosis."
        assert paragraphs[-1] == "Talk with a licensed professional."
        lower = text.lower()
        order = [
            "counselor's judgment",
            "alarms, and what was done",
            "note on the call",
            "the rules that fired",
            "appendix: answers",
            "about this note",
        ]
        assert [lower.index(each) for each in order] == sorted(lower.index(each) for each in order)


def test_lines_of_a_note_stay_lines() -> None:
    assert "Her sister is with her.\nShe wants evenings.\n" in as_note_text(reported(whole()))
    assert "Her sister is with her.\nShe wants evenings." in shown(as_note_markdown(reported(whole())))


def test_moments_are_told_in_the_zone_that_is_asked_for() -> None:
    ohio = timezone(timedelta(hours=-5), "EST")
    assert "2026-11-21 09:03 EST" in as_note_text(reported(whole(), zone=ohio))


def test_an_answer_of_another_day_says_so() -> None:
    call = a_call(answers={"who_for": "self"})
    late = {name: replace(each, at=BEGAN + timedelta(days=1)) for name, each in call.answers.items()}
    assert "(2026-11-22 14:03)" in as_note_text(reported(replace(call, answers=late)))


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3660, "1 h 01 min")]
)
def test_the_time_on_the_line_is_told_to_the_minute(seconds: int, said: str) -> None:
    segment = CallSegment(BEGAN, BEGAN + timedelta(seconds=seconds), "Dana")
    assert f"14:03 UTC, {said} on the line" in as_note_text(reported(a_call(segments=(segment,))))
