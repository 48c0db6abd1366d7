"""A form line by line: every type of question, what is left open, what is saved, and whom to call."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from iop_tui.forms.asking.form_interview import begin_form
from tests.forms.faces import SCALE, Talk, answered_in, choice, form_of, going_on, item
from tests.line.conversation import stumbles

YES_NO = item("smokes", "boolean", "Do you smoke?")
SUM = "%resource.item.where(linkId='a' or linkId='b').answer.value.ordinal().sum()"


def total(expression: str, language: str = "text/fhirpath") -> Mapping[str, Any]:
    """An item that a program calculates."""
    calculated = {
        "url": "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
        "valueExpression": {"language": language, "expression": expression},
    }
    return item("sum", "integer", "The sum", readOnly=True, extension=[calculated])


def test_a_form_is_asked_and_saved_only_once_the_person_says_so(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(item("name", "string", "Your name?"), choice("mood", "Your mood?", *SCALE))
    Talk(form, "Ann Lee", "2", to=str(path))
    assert not path.exists()
    talk = Talk(form, "Ann Lee", "2", "save", to=str(path))
    assert f"Saved: {path}" in talk.last
    assert talk.face.saved
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found = answered_in(path)
    assert found["name"] == "Ann Lee"
    assert found["mood"]["code"] == "several days"


def test_an_unfinished_form_is_saved_where_the_person_is_and_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(YES_NO, item("n", "string", "And?"), item("more", "string", "More?"))
    # No name is asked for where --to has one, and the input may end right after the command.
    talk = Talk(form, "yes", "save", to=str(path))
    assert f"Saved: {path}" in talk.last
    assert "The form is not complete yet." in talk.last
    assert talk.last.endswith("Type skip to leave it open.")
    assert '"in-progress"' in path.read_text(encoding="utf-8")
    saved = json.loads(path.read_text(encoding="utf-8"))
    again = Talk(going_on(form, *saved["item"]))
    assert "And?" in again.last
    # The file that was saved here is replaced without a question.
    Talk(form, "no", "save", "fine", "save", to=str(tmp_path / "two.json"))
    assert answered_in(tmp_path / "two.json") == {"smokes": False, "n": "fine"}


def test_without_a_name_save_asks_for_one_and_the_question_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    form = form_of(YES_NO, item("n", "string", "And?"))
    talk = Talk(form, "yes", "save", str(path), "fine")
    assert f"Saved: {path}" in "\n".join(talk.parts[3])
    assert "Type your answer." in "\n".join(talk.parts[3])
    assert "Check your answers" in talk.last


def test_what_was_typed_of_several_answers_is_saved_too(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(item("q", "string", "Which medicines?", repeats=True), YES_NO)
    Talk(form, "Aspirin", "Insulin", "save", to=str(path))
    assert answered_in(path) == {"q": ["Aspirin", "Insulin"]}


def test_save_can_be_typed_on_the_pages_between_questions(tmp_path: Path) -> None:
    asked = choice("/44260-8", "Better off dead?", *SCALE)
    form = form_of(asked, YES_NO)
    for number, typed in enumerate(("2", "skip")):
        path = tmp_path / f"{number}.json"
        talk = Talk(form, typed, "save", to=str(path))
        assert path.exists()
        assert "Do you smoke?" not in talk.last


def test_a_file_that_is_there_is_replaced_only_after_a_yes(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text("old", encoding="utf-8")
    form = form_of(item("name", "string", "Your name?"))
    talk = Talk(form, "Ann", "save", "no", "back", to=str(path))
    assert "Nothing was saved." in talk.last
    assert path.read_text(encoding="utf-8") == "old"
    Talk(form, "Ann", "save", "yes", to=str(path))
    assert answered_in(path) == {"name": "Ann"}


@pytest.mark.parametrize(
    ("question", "typed", "key", "value"),
    [
        (item("q", "integer", "How many?"), "12", "q", 12),
        (item("q", "decimal", "How much?"), "1.50", "q", 1.5),
        (item("q", "date", "Born?"), "2026", "q", "2026"),
        (item("q", "date", "Born?"), "2026-02", "q", "2026-02"),
        (item("q", "date", "Born?"), "2026-02-28", "q", "2026-02-28"),
        (item("q", "time", "When?"), "2:30 pm", "q", "14:30:00"),
        (item("q", "url", "Where?"), "https://example.org/a", "q", "https://example.org/a"),
        (item("q", "text", "Tell us."), "A [b]word[/b] {x}", "q", "A [b]word[/b] {x}"),
        (YES_NO, "yes", "smokes", True),
        (YES_NO, "2", "smokes", False),
        (choice("q", "Which?", "One", "Two", type="open-choice"), "my own", "q", "my own"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_each_type_takes_what_a_person_types(
    tmp_path: Path, question: dict[str, object], typed: str, key: str, value: object
) -> None:
    path = tmp_path / "answers.json"
    Talk(form_of(question), typed, "save", to=str(path))
    assert answered_in(path)[key] == value


@pytest.mark.parametrize(
    ("question", "wrong", "said"),
    [
        (item("q", "integer", "How many?"), "a few", "whole number"),
        (item("q", "date", "Born?"), "2026-02-30", "no such day"),
        (item("q", "string", "Name?", maxLength=3), "Anna", "at most 3 letters"),
        (choice("q", "Which?", "One", "Two"), "7", "Type a number from 1 to 2."),
        (choice("q", "Which?", "Red wine", "Red ink"), "red", "1: Red wine; 2: Red ink"),
    ],
    ids=["integer", "date", "string", "number", "several"],
)
def test_a_wrong_answer_is_answered_with_what_is_right_and_asked_again(
    question: dict[str, object], wrong: str, said: str
) -> None:
    talk = Talk(form_of(question), wrong)
    assert said in talk.last
    assert "Check your answers" not in talk.whole


def test_boxes_are_ticked_by_several_numbers_and_own_words(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    question = choice("q", "Which?", "One", "Two", "Three", type="open-choice", repeats=True)
    Talk(form_of(question), "1, 3, my own", "save", to=str(path))
    codes = [value if isinstance(value, str) else value["code"] for value in answered_in(path)["q"]]
    assert codes == ["one", "three", "my own"]


def test_a_repeating_question_goes_on_until_the_person_has_no_more(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    talk = Talk(form_of(item("q", "string", "Which medicines?", repeats=True)), "Aspirin", "Insulin")
    assert "Another answer? Type it. If not, type next." in talk.last
    Talk(form_of(item("q", "string", "Which?", repeats=True)), "Aspirin", "Insulin", "next", "save", to=str(path))
    assert answered_in(path)["q"] == ["Aspirin", "Insulin"]


def test_a_repeating_group_is_asked_again_after_a_yes(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    group = item("g", "group", "Medicine", repeats=True, item=[item("name", "string", "Its name?")])
    talk = Talk(form_of(group), "Aspirin")
    assert "Medicine: is there another one?" in talk.last
    Talk(form_of(group), "Aspirin", "yes", "Insulin", "no", "save", to=str(path))
    assert answered_in(path)["name"] == ["Aspirin", "Insulin"]


def test_one_of_a_repeating_group_is_taken_away_where_it_is_asked_and_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    group = item("g", "group", "Medicine", repeats=True, item=[item("name", "string", "Its name?")])
    form = form_of(group, YES_NO)
    # One that was added by mistake goes without a question.
    talk = Talk(form, "Aspirin", "yes", "remove")
    assert "Taken away: Medicine 2." in talk.last
    both = ("Aspirin", "yes", "Insulin", "no", "yes")
    talk = Talk(form, *both, "remove 1", "no", "remove 1", "yes", "save", to=str(path))
    assert "Take away “Medicine 1 (Aspirin)”? Its answers are then gone." in "\n".join(talk.parts[6])
    assert "It stays." in "\n".join(talk.parts[7])
    assert answered_in(path) == {"name": "Insulin", "smokes": True}
    # A number of an answer in no such group, and none at all.
    assert "Type remove and the number" in Talk(form, *both, "remove 3").last
    assert "Type remove and the number" in Talk(form, *both, "remove").last
    # The only one is asked again.
    assert "Its name?" in Talk(form, "Aspirin", "no", "yes", "remove 1", "yes").last


def test_remove_is_an_answer_where_nothing_repeats() -> None:
    assert "You said: remove." in Talk(form_of(item("q", "string", "What to do?")), "remove").last


def test_what_stands_before_a_groups_first_question_is_said_again_where_it_is_short() -> None:
    long = "Think of last week. " * 8
    for text, again in (("Think of last week.", True), (long.strip(), False)):
        group = [item("d", "display", text), YES_NO, item("n", "string", "And?")]
        talk = Talk(form_of(item("g", "group", "Your sleep", item=group)), "yes", "why")
        assert text in "\n".join(talk.parts[0])
        assert "\n".join(talk.parts[0]).count("Your sleep") == 1
        assert (text in "\n".join(talk.parts[1])) is again
        assert text in talk.last


def test_the_stem_of_a_group_is_said_once_with_each_of_its_questions() -> None:
    stem = "Over the last two weeks, how often have you been bothered by this?"
    form = form_of(item("g", "group", stem, item=[choice("a", "Sad?", *SCALE), choice("b", "Tired?", *SCALE)]))
    talk = Talk(form, "1")
    assert [said.count(stem) for said in map("\n".join, talk.parts)] == [1, 1]


def test_the_forms_title_is_said_once_at_its_start() -> None:
    form = form_of(YES_NO, item("n", "string", "And?"), title="Our own form", copyright="Free to use")
    assert Talk(form, "next", "yes").whole.count("Our own form") == 1
    bare = form_of(YES_NO, item("n", "string", "And?"), title="Our own form")
    assert Talk(bare, "yes").whole.count("Our own form") == 1
    assert "Our own form" in Talk(bare, "yes", "where").last


def test_a_question_without_any_answer_that_fits_says_so_first_and_can_be_left_open() -> None:
    url = "http://hl7.org/fhir/StructureDefinition"
    limits = [{"url": f"{url}/minValue", "valueInteger": 7}, {"url": f"{url}/maxValue", "valueInteger": 0}]
    form = form_of(item("n", "integer", "Days?", extension=limits), YES_NO)
    talk = Talk(form, "3", "skip")
    assert "No answer fits here" in "\n".join(talk.parts[0])
    assert "No answer fits here" in "\n".join(talk.parts[1])
    assert "Do you smoke?" in talk.last


def test_what_the_form_requires_is_said_with_the_way_to_leave_it_open() -> None:
    form = form_of(item("q", "string", "Your name?", required=True), YES_NO)
    talk = Talk(form, "skip")
    assert "The form needs an answer here to count as complete." in "\n".join(talk.parts[0])
    assert "You can still type skip to leave it open." in "\n".join(talk.parts[0])
    assert "needs an answer" not in talk.last


@pytest.mark.parametrize(
    ("units", "said", "typed", "taken"),
    [
        (("pounds",), "Type a number. The unit is pounds.", "180", "180 pounds"),
        (("kg", "lb"), "Type a number and a unit: kg, lb. A number alone means kg.", "80", "80 kg"),
    ],
    ids=["one", "several"],
)
def test_what_can_be_typed_for_a_unit_is_what_is_taken(
    units: tuple[str, ...], said: str, typed: str, taken: str
) -> None:
    url = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
    extension = [{"url": url, "valueCoding": {"system": "urn:u", "code": code, "display": code}} for code in units]
    talk = Talk(form_of(item("w", "quantity", "Weight?", extension=extension)), typed)
    assert said in "\n".join(talk.parts[0])
    assert f"You said: {taken}." in talk.last


def test_one_more_of_a_group_is_asked_for_in_a_natural_sentence() -> None:
    inside = [item("name", "string", "Its name?")]
    for text, said in (
        ("Your medicines:", "Your medicines: is there another one?"),
        ("What do you take?", "What do you take? Is there another one?"),
    ):
        assert said in Talk(form_of(item("g", "group", text, repeats=True, item=inside)), "Aspirin").last


def test_the_authors_prefixes_are_what_a_person_types_and_no_number_stands_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(choice("q", "How often?", *SCALE, prefixes=("0", "1", "3")))
    talk = Talk(form)
    assert "0. Not at all\n1. Several days\n3. Nearly every day" in talk.whole
    Talk(form, "3", "save", to=str(path))
    assert answered_in(path)["q"]["display"] == "Nearly every day"


def test_an_option_beats_a_command_of_the_same_letter(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(choice("q", "Which?", "Tea", "Milk", prefixes=("a)", "b)")))
    Talk(form, "b", "save", to=str(path))
    assert answered_in(path)["q"]["display"] == "Milk"


def test_words_that_are_commands_can_be_answers_in_quotes(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    Talk(form_of(item("q", "string", "Where does it hurt?")), "“back”", "save", to=str(path))
    assert answered_in(path) == {"q": "back"}


def test_what_is_required_can_be_left_open_and_the_end_says_so(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(item("q", "string", "Your name?", required=True), YES_NO)
    talk = Talk(form, "skip", "no", "save", to=str(path))
    assert "1 question still needs an answer." in talk.whole
    assert "Your name? Answer: needs an answer." in talk.whole
    assert '"in-progress"' in path.read_text(encoding="utf-8")


def test_an_answer_is_changed_from_the_end_and_the_person_is_back_there() -> None:
    form = form_of(YES_NO, item("n", "integer", "How many?"))
    talk = Talk(form, "yes", "3", "change 2", "5")
    assert "Check your answers" in talk.last
    assert "How many? Answer: 5." in talk.last


def test_a_follow_up_goes_with_the_answer_that_it_hangs_on(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    rows = [{"question": "smokes", "operator": "=", "answerBoolean": True}]
    form = form_of(YES_NO, item("n", "integer", "How many a day?", enableWhen=rows))
    talk = Talk(form, "yes", "12", "change 1", "no", "save", to=str(path))
    assert "How many a day?" not in talk.parts[-3]
    assert answered_in(path) == {"smokes": False}


def test_a_saved_response_goes_on_at_the_first_open_question_and_says_what_it_could_not_place(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(item("name", "string", "Your name?"), YES_NO)
    begun = going_on(
        form,
        {"linkId": "name", "answer": [{"valueString": "Ann"}]},
        {"linkId": "gone", "answer": [{"valueString": "zebra"}]},
    )
    talk = Talk(begun, "next", "no", "save", to=str(path))
    first = "\n".join(talk.parts[0])
    assert "1 saved answer does not fit this form, and will not be in the new file: gone." in first
    assert "zebra" not in talk.whole
    assert "Do you smoke?" in "\n".join(talk.parts[1])
    assert "will not be in the new file: gone" in "\n".join(talk.parts[2])
    assert answered_in(path) == {"name": "Ann", "smokes": False}


def test_questions_that_cannot_be_asked_are_counted_and_named_with_the_reason() -> None:
    form = form_of(YES_NO, item("file", "attachment", "Your scan?"))
    talk = Talk(form, "all")
    assert "This form has 1 question that cannot be asked here." in "\n".join(talk.parts[0])
    assert "Your scan?" in talk.last
    assert "file: " in talk.last


def test_a_total_is_told_or_why_there_is_none() -> None:
    form = form_of(
        choice("a", "Sad?", *SCALE),
        choice("b", "Tired?", *SCALE),
        total(SUM),
    )
    assert "The sum: 3" in Talk(form, "2", "3").last
    assert "no total. There is no answer to “Tired?”." in Talk(form, "2", "skip").last


def test_a_total_that_cannot_be_worked_out_here_is_not_dropped_in_silence() -> None:
    form = form_of(choice("a", "Sad?", *SCALE), total("Score", "text/cql"))
    assert "The sum: not worked out. This program cannot read the form's own sum." in Talk(form, "2").last


def test_the_check_page_has_one_number_for_each_question_and_each_total_once() -> None:
    form = form_of(
        choice("a", "1. Sad?", *SCALE),
        choice("b", "Tired?", *SCALE, prefix="2."),
        total(SUM),
        item("n", "string", "How do you do?"),
    )
    talk = Talk(form, "2", "3", "fine")
    assert "1. Sad? Answer: Several days." in talk.last
    assert "\n2. Tired? Answer: Nearly every day." in talk.last
    assert talk.whole.count("The sum") == 1


def test_the_check_page_puts_no_question_under_the_group_before_it() -> None:
    group = item("g", "group", "Your medicine", item=[item("name", "string", "Its name?")])
    said = Talk(form_of(YES_NO, group, item("n", "string", "And you?")), "yes", "Aspirin", "fine").last
    assert said.index("Your medicine.") < said.index("Its name?") < said.index("A small form.") < said.index("And you?")


def test_leaving_asks_only_where_answers_would_be_lost() -> None:
    form = form_of(YES_NO, item("n", "string", "And?"))
    assert "they are lost" in Talk(form, "yes", "quit").last
    assert "they are lost" not in Talk(form, "quit").last
    assert "Nothing was kept." in Talk(form, "yes", "quit", "yes").whole


def test_a_screen_reader_does_not_stumble_over_it() -> None:
    form = form_of(
        item("g", "group", "Your sleep", item=[item("d", "display", "Think\r\nof   last\tweek"), YES_NO]),
        choice("q", "How often?", *SCALE),
        item("n", "integer", "How many?"),
        description="What it is for",
        copyright="Free to use",
    )
    talk = Talk(form, "next", "commands", "yes", "why", "2", "x", "3", "answers", "save", "back")
    assert not stumbles(talk.whole + "\n")
    narrow = Talk(form, "next", "yes", "2", "3", width=40)
    assert max(map(len, narrow.whole.split("\n"))) <= 40


def test_nothing_of_a_form_steers_the_terminal() -> None:
    form = form_of(item("q", "string", "Name\u001b]0;x\u0007?"), title="T\u001b[31m")
    assert "\x1b" not in Talk(form, "Ann \u001b[31m").whole


def test_the_forms_own_translation_is_asked_and_the_rest_stays_as_its_author_wrote_it() -> None:
    url = "http://hl7.org/fhir/StructureDefinition/translation"
    parts = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": "¿Fuma?"}]
    translated = {**YES_NO, "_text": {"extension": [{"url": url, "extension": parts}]}}
    form = form_of(translated, item("n", "string", "And?"))
    assert "¿Fuma?" in Talk(begin_form(form, language="es_MX")).whole
    assert "And?" in Talk(begin_form(form, language="es_MX"), "1").last
    assert "Do you smoke?" in Talk(form).whole
