"""Forms of others in a call's record: what is kept of them, and the alarm of their answers."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec.structs import replace

from iop_tui.call.card import card_of
from iop_tui.call.fill_form import stored
from iop_tui.call.form_alarm import FORM_ALARM, raised_times
from iop_tui.call.operations import active_alarms, answered, resumed, with_forms
from iop_tui.call.record import Call, FormLine
from iop_tui.export.call_report import report_on
from iop_tui.export.data import as_json
from iop_tui.export.fhir.bundle import as_fhir
from iop_tui.export.note_text import as_note_text
from iop_tui.forms.asking.form_interview import has_introduction
from iop_tui.forms.model.values import Value
from iop_tui.forms.reading.read_form import read_form
from iop_tui.screening.assessment.assess import assess
from iop_tui.site.settings import STANDARD
from tests.core.small import small
from tests.forms.form_files import item, questionnaire, when
from tests.forms.mood import BEGAN, OFTEN, chosen, filled, give, mood, mood_items, open_form
from tests.shipped import SHIPPED

LATER = BEGAN + timedelta(hours=1)
TEXT = (Value("string", "The rent"),)


def test_a_form_is_stored_in_words_and_as_a_response_after_each_answer() -> None:
    first = filled({"little": chosen("some")}).call.forms[0]
    assert (first.complete, first.answered, first.left) == (False, 1, 3)
    assert first.lines == (FormLine("Little interest?", "Several days"),)
    assert first.missing == ("Anything else?",)
    work = filled({"little": chosen("some"), "weight": (Value("decimal", Decimal("71.50")),)})
    response = work.call.forms[0].response
    assert "71.50" in response
    read = json.loads(response)
    assert read["status"] == "in-progress"
    assert [item["text"] for item in read["item"]] == ["Little interest?", "Weight in kg?"]


def test_a_form_that_is_answered_to_its_end_is_complete_and_stays_so_when_it_is_only_looked_at() -> None:
    weight = (Value("decimal", Decimal("71.5")),)
    work = filled({"little": chosen("no"), "dead": chosen("no"), "weight": weight, "else": TEXT})
    assert work.call.forms[0].complete
    again = open_form(work, mood())
    assert again.interview.filling.complete
    assert not again.is_other
    assert not again.filled.unfit


def test_an_answer_about_suicide_holds_an_alarm_up_until_it_is_changed_or_the_form_is_taken_off() -> None:
    work = filled({"little": chosen("no"), "dead": chosen("some")})
    assert [alarm.id for alarm in active_alarms(work)] == [FORM_ALARM]
    [event] = work.call.alarm_events
    assert "Thoughts of being better off dead? Several days" in event.raised_by
    assert FORM_ALARM in card_of(work, assess(SHIPPED, {})).alarms
    # An answer to the screening, or taking the call up again, does not clear it.
    work = resumed(answered(work, "who_for", "self", LATER).call, SHIPPED, by="Bo", now=LATER)
    assert [event.cleared_at for event in work.call.alarm_events] == [None]
    corrected = filled({"dead": chosen("no")}, work)
    assert not active_alarms(corrected)
    assert corrected.call.alarm_events[0].cleared_at is not None
    off = with_forms(work, (), LATER)
    assert not active_alarms(off)
    assert off.call.alarm_events[0].cleared_at == LATER


def test_an_answer_that_says_more_raises_the_alarm_once_more_and_a_lighter_one_does_not() -> None:
    work = filled({"dead": chosen("some")})
    assert raised_times(filled({"little": chosen("no")}, work).call) == 1
    assert raised_times(filled({"dead": chosen("some")}, work).call) == 1
    worse = filled({"dead": chosen("most")}, work)
    assert raised_times(worse.call) == 2
    assert worse.call.alarm_events[-1].raised_by.endswith("Nearly every day")
    assert raised_times(filled({"dead": chosen("some")}, worse).call) == 2
    # Corrected, both are cleared.
    assert all(event.cleared_at for event in filled({"dead": chosen("no")}, worse).call.alarm_events)


def test_an_answer_to_another_question_about_suicide_raises_the_alarm_once_more() -> None:
    code = [{"system": "http://loinc.org", "code": "93250-9"}]
    items = [*mood_items(), item("plan", "boolean", text="Do you have a plan?", code=code)]
    form = read_form(questionnaire(*items), "mood.json")
    work = filled({"dead": chosen("most"), "plan": (Value("boolean", data=True),)}, form=form)
    assert [event.alarm for event in work.call.alarm_events] == [FORM_ALARM, FORM_ALARM]
    assert "Do you have a plan? Yes" in work.call.alarm_events[-1].raised_by
    # One form taken off, the other answers say nothing new.
    assert raised_times(with_forms(work, work.call.forms, LATER).call) == 2


def test_without_weights_another_answer_counts_as_more() -> None:
    options = [{"valueString": word} for word in ("No", "At times", "Always")]
    code = [{"system": "http://loinc.org", "code": "44260-8"}]
    bare = item("dead", "choice", text="Thoughts of death?", code=code, answerOption=options)
    form = read_form(questionnaire(bare, item("n", "string", text="And?")), "mood.json")
    work = filled({"dead": (Value("string", "Always"),)}, form=form)
    assert raised_times(filled({"dead": (Value("string", "At times"),)}, work, form).call) == 2


def test_a_screening_without_a_page_for_it_keeps_the_event_and_the_sign_in_the_list() -> None:
    screening = replace(small(), help=replace(small().help, pages=()))
    work = filled({"dead": chosen("most")}, screening=screening)
    assert not active_alarms(work)
    assert [event.alarm for event in work.call.alarm_events] == [FORM_ALARM]
    assert FORM_ALARM in card_of(work, assess(screening, {})).alarms


def test_answers_that_a_changed_form_has_no_place_for_are_kept_beside_it() -> None:
    work = filled({"little": chosen("some"), "else": TEXT})
    changed = mood(without="little", version="2")
    opened = open_form(work, changed)
    assert opened.is_other
    [unfit] = opened.filled.unfit
    assert (unfit.link_id, unfit.ask, unfit.said) == ("little", "Little interest?", "Several days")
    # Nothing is lost by going on, however often the form is opened.
    work = stored(work, opened, give(opened.interview, "dead", chosen("no")), by="Bo", now=LATER)
    [once] = work.call.forms
    assert [line.said for line in once.lines] == ["Not at all", "The rent"]
    assert once.sha256 == changed.sha256
    assert json.loads(once.unfit[0].json)["answer"][0]["valueCoding"]["code"] == "some"
    assert open_form(work, changed).filled.unfit == once.unfit


def test_an_answer_whose_question_a_changed_form_does_not_ask_any_more_is_kept_beside_it() -> None:
    work = filled({"little": chosen("no"), "else": TEXT})
    rows = [when("little", answerCoding={"system": OFTEN, "code": "most"})]
    items = [*mood_items(without="else"), item("else", "string", text="Anything else?", enableWhen=rows)]
    opened = open_form(work, read_form(questionnaire(*items), "mood.json"))
    assert [(each.ask, each.said) for each in opened.filled.unfit] == [("Anything else?", "The rent")]


def test_answers_of_questions_that_are_not_asked_are_there_again_when_the_form_is_taken_up() -> None:
    rows = [when("little", answerCoding={"system": OFTEN, "code": "most"})]
    items = [*mood_items(without="else"), item("else", "string", text="Anything else?", enableWhen=rows)]
    form = read_form(questionnaire(*items), "mood.json")
    asked = filled({"little": chosen("most"), "else": TEXT}, form=form)
    assert not asked.call.forms[0].with_disabled
    hidden = filled({"little": chosen("no")}, asked, form)
    [stored_form] = hidden.call.forms
    # It counts for nothing, and goes out nowhere.
    assert "The rent" not in stored_form.response
    assert "The rent" not in " ".join(line.in_one for line in stored_form.lines)
    report = report_on(hidden, STANDARD)
    for written in (as_fhir(report), as_json(report), as_note_text(report)):
        assert "The rent" not in written
    opened = open_form(hidden, form)
    assert not opened.filled.unfit
    assert not has_introduction(opened.interview)
    again = filled({"little": chosen("most")}, hidden, form)
    assert "The rent" in again.call.forms[0].response
    assert not again.call.forms[0].with_disabled


def test_a_record_from_before_opens_without_them() -> None:
    work = filled({"little": chosen("some")})
    plain = msgspec.to_builtins(work.call)
    [old] = plain["forms"]
    del old["with_disabled"]
    for line in (*old["lines"], *old["suicide"]):
        del line["weight"]
    call = msgspec.convert(plain, Call)
    assert call == work.call
    assert open_form(replace(work, call=call), mood()).interview.filling.progress[0] == 1


def test_words_of_a_form_are_found_by_its_title() -> None:
    work = filled({"little": chosen("no")})
    assert "Low mood" in card_of(work, assess(SHIPPED, {})).words


def test_a_total_is_kept_in_words_or_why_there_is_none() -> None:
    path = Path(__file__).parents[1] / "forms" / "small" / "calculated-total.json"
    form = read_form(path.read_bytes(), str(path))
    often = form.by_link["tidy-1"].options[1].value
    half = filled({"tidy-1": (often,)}, form=form).call.forms[0]
    assert half.totals == ("Total: no total. There is no answer to “How often do you sweep?”.",)
    whole = filled({"tidy-1": (often,), "tidy-2": (often,)}, form=form).call.forms[0]
    assert whole.totals == ("Total: 2",)
    assert whole.source == "calculated-total.json"
