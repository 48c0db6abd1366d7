"""A form on full pages: each type of question, the end, saving, going on with saved answers, and whom to call."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.tui.fields import Area, Line
from iop_tui.tui.form_app import FormApp
from tests.app_driver import AppDriver
from tests.forms.faces import SCALE, answered_in, choice, filling, form_of, going_on, item

SIZES = ((80, 24), (60, 20), (120, 40))
YES_NO = item("smokes", "boolean", "Do you smoke?")
STATES = tuple(f"State {letter}{letter.lower()}x" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX")
LONG = "\n".join(f"Line {number} of what is to be read" for number in range(1, 18))


async def save(someone: AppDriver[FormApp]) -> None:
    """From the end of a form: save, and see that it is said."""
    assert someone.page() == "FormReviewPage"
    await someone.press("1", "1")
    assert "Saved:" in someone.reads()


async def test_options_are_chosen_by_their_keys_and_the_end_shows_and_saves_them(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(choice("q", "How often?", *SCALE), YES_NO)
    async with filling(form, to=str(path)) as someone:
        assert "2 left" in someone.reads()
        await someone.press("2")
        assert "1 left" in someone.reads()
        await someone.press("1")
        assert "How often? Several days" in someone.reads()
        assert not path.exists()
        await save(someone)
        assert not someone.app.form.would_lose
    found = answered_in(path)
    assert (found["q"]["code"], found["smokes"]) == ("several days", True)


async def test_the_authors_prefix_is_the_key_and_our_number_stands_nowhere() -> None:
    async with filling(form_of(choice("q", "How often?", *SCALE, prefixes=("0", "1", "3")), YES_NO)) as someone:
        assert "0 Not at all" in someone.reads()
        assert "2 " not in someone.reads().partition("How often?")[2]
        await someone.press("3")
        assert "Do you smoke?" in someone.reads()
        assert [int(weight or 0) for weight in someone.app.form.filling.weights("q")] == [2]


@pytest.mark.parametrize(
    ("question", "typed", "shown"),
    [
        (item("q", "string", "Name?"), "Ann Lee", "Ann Lee"),
        (item("q", "integer", "How many?"), "12", "12"),
        (item("q", "decimal", "How much?"), "1.50", "1.50"),
        (item("q", "date", "Born?"), "2026-02", "2026-02"),
        (item("q", "dateTime", "When?"), "2026-11-30 14:30", "2026-11-30 14:30"),
        (item("q", "time", "When?"), "2:30 pm", "14:30"),
        (item("q", "url", "Where?"), "https://example.org", "https://example.org"),
        (item("q", "quantity", "How heavy?"), "70 kg", "70 kg"),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else None,
)
async def test_a_line_is_typed_and_enter_answers(question: dict[str, object], typed: str, shown: str) -> None:
    async with filling(form_of(question)) as someone:
        await someone.type(typed)
        await someone.press("enter")
        assert someone.page() == "FormReviewPage"
        assert f"? {shown}" in someone.reads()


async def test_several_lines_are_typed_and_are_no_markup(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    async with filling(form_of(item("q", "text", "[red]Tell[/] us [/more].")), to=str(path)) as someone:
        assert "[red]Tell[/] us [/more]." in someone.reads()
        await someone.type("One [b]")
        await someone.press("enter")
        await someone.type("two")
        await someone.press("tab", "enter")
        assert "One [b] two" in someone.reads()
        await save(someone)
    assert answered_in(path) == {"q": "One [b]\ntwo"}


async def test_a_wrong_answer_stays_in_the_field_with_a_sentence() -> None:
    async with filling(form_of(item("q", "date", "Born?"))) as someone:
        await someone.type("2026-02-30")
        await someone.press("enter")
        assert "no such day" in someone.reads()
        await someone.press("backspace", "backspace", "2", "8", "enter")
        assert "Born? 2026-02-28" in someone.reads()


async def test_a_unit_is_chosen_below_the_number(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    url = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
    units = [{"url": url, "valueCoding": {"system": "urn:u", "code": code}} for code in ("kg", "lb")]
    async with filling(form_of(item("q", "quantity", "How heavy?", extension=units)), to=str(path)) as someone:
        await someone.type("150")
        await someone.press("down", "down", "enter", "enter")
        assert "How heavy? 150 lb" in someone.reads()
        await save(someone)
    assert answered_in(path)["q"]["code"] == "lb"


async def test_boxes_are_ticked_and_own_words_added() -> None:
    question = choice("q", "Which?", "One", "Two", "Three", type="open-choice", repeats=True)
    async with filling(form_of(question, YES_NO)) as someone:
        await someone.press("1", "3", "o")
        await someone.type("cold")
        await someone.press("enter")
        assert "[x] One" in someone.reads()
        assert "[ ] Two" in someone.reads()
        assert "[x] cold" in someone.reads()
        await someone.press("enter")
        assert "Do you smoke?" in someone.reads()
        values = someone.app.form.filling.answers("q")
        assert [getattr(value.data, "code", value.data) for value in values] == ["one", "three", "cold"]


async def test_letters_find_an_option_among_many() -> None:
    async with filling(form_of(choice("q", "Which state?", *STATES), YES_NO)) as someone:
        await someone.type("mmx")
        assert "State Mmx" in someone.reads()
        assert "State Nnx" not in someone.reads()
        await someone.type("zz")
        assert "No answer has these letters" in someone.reads()
        await someone.press("enter")
        assert "Which state?" in someone.reads()
        await someone.press("backspace", "backspace", "enter")
        assert "Do you smoke?" in someone.reads()
        (value,) = someone.app.form.filling.answers("q")
        assert "State Mmx" in str(value.data)


async def test_answers_of_a_repeating_question_are_added_and_taken_away() -> None:
    async with filling(form_of(item("q", "string", "Which medicines?", repeats=True))) as someone:
        for name in ("Aspirin", "Insulin"):
            await someone.type(name)
            await someone.press("enter")
        assert "Another answer?" in someone.reads()
        await someone.click("Take away: Aspirin")
        await someone.press("c")
        assert "Which medicines? Insulin" in someone.reads()


async def test_a_repeating_group_comes_again_after_a_yes() -> None:
    group = item("g", "group", "Medicine", repeats=True, item=[item("name", "string", "Its name?")])
    async with filling(form_of(group)) as someone:
        await someone.type("Aspirin")
        await someone.press("enter")
        assert "Medicine: is there another one?" in someone.reads()
        await someone.press("1")
        assert "Medicine 2" in someone.reads()
        await someone.type("Insulin")
        await someone.press("enter", "2")
        assert "Its name? Aspirin" in someone.reads()
        assert "Its name? Insulin" in someone.reads()
        await someone.click("Add one more: Medicine")
        assert "Medicine 3" in someone.reads()


async def test_one_of_a_repeating_group_is_taken_away_after_a_question() -> None:
    group = item("g", "group", "Medicine", repeats=True, item=[item("name", "string", "Its name?")])
    async with filling(form_of(group)) as someone:
        await someone.type("Aspirin")
        await someone.press("enter", "1")
        await someone.type("Insulin")
        await someone.press("enter", "2")
        assert someone.page() == "FormReviewPage"
        await someone.click("Take away: Medicine 1 (Aspirin)")
        assert "Its answers are then gone." in someone.reads()
        await someone.press("1")
        assert "Its name? Aspirin" in someone.reads()
        await someone.click("Take away: Medicine 1 (Aspirin)")
        await someone.press("2")
        assert someone.page() == "FormReviewPage"
        assert "Aspirin" not in someone.reads()
        assert "Its name? Insulin" in someone.reads()


async def test_back_goes_to_the_question_before_and_what_was_typed_is_there_again() -> None:
    async with filling(form_of(YES_NO, item("q", "string", "Name?"))) as someone:
        await someone.press("1")
        await someone.type("An")
        await someone.press("tab", "left")
        assert "Do you smoke?" in someone.reads()
        await someone.press("enter")
        assert someone.app.screen.query_one(Line).value == "An"
        await someone.press("backspace", "backspace", "backspace")
        assert "Do you smoke?" in someone.reads()


async def test_what_is_required_can_be_left_open_and_the_end_says_so() -> None:
    async with filling(form_of(item("q", "string", "Name?", required=True), YES_NO)) as someone:
        await someone.press("tab", "s", "1")
        assert "1 question still needs an answer." in someone.reads()
        assert "Name? needs an answer" in someone.reads()


async def test_an_answer_is_changed_from_the_end() -> None:
    async with filling(form_of(YES_NO, choice("q", "How often?", *SCALE))) as someone:
        await someone.press("1", "2")
        await someone.click("Several days")
        assert "How often?" in someone.reads()
        await someone.press("3")
        assert someone.page() == "FormReviewPage"
        assert "How often? Nearly every day" in someone.reads()


@pytest.mark.parametrize("size", SIZES)
async def test_the_stem_of_a_group_is_in_sight_with_each_of_its_questions(size: tuple[int, int]) -> None:
    stem = "Over the last two weeks, how often have you been bothered by any of the following problems?"
    group = item("g", "group", stem, item=[choice("a", "Sad?", *SCALE), choice("b", "Tired?", *SCALE)])
    async with filling(form_of(group), size) as someone:
        assert stem in someone.reads()
        await someone.press("1")
        assert "Tired?" in someone.reads()
        assert stem in someone.reads()
        assert someone.reads().count("Over the last two weeks") == 1  # not cut in the header, too


async def test_a_long_text_before_a_groups_questions_is_cut_after_the_first_and_whole_behind_w() -> None:
    long = f"{'Think of the last week. ' * 8}Its last word."
    group = item("g", "group", "Your sleep", item=[item("d", "display", long), YES_NO, choice("b", "Well?", *SCALE)])
    async with filling(form_of(group)) as someone:
        assert "Its last word." in someone.reads()
        assert someone.reads().count("Your sleep") == 1
        await someone.press("1")
        assert "Think of the last week." in someone.reads()
        assert "Its last word." not in someone.reads()
        await someone.press("w")
        assert "Its last word." in someone.reads()


async def test_the_page_of_several_lines_says_how_to_go_on() -> None:
    async with filling(form_of(item("q", "text", "Tell us."))) as someone:
        assert "When you are done, press Tab." in someone.reads()
        assert "Tab Enter Continue" in someone.reads()


async def test_what_the_form_requires_and_what_no_answer_fits_is_said_on_the_page() -> None:
    url = "http://hl7.org/fhir/StructureDefinition"
    limits = [{"url": f"{url}/minValue", "valueInteger": 7}, {"url": f"{url}/maxValue", "valueInteger": 0}]
    form = form_of(choice("q", "How often?", *SCALE, required=True), item("n", "integer", "Days?", extension=limits))
    async with filling(form) as someone:
        assert "The form needs an answer here to count as complete." in someone.reads()
        await someone.press("s")
        assert "No answer fits here" in someone.reads()
        assert "The form needs" not in someone.reads()
        await someone.press("tab", "s")
        assert someone.page() == "FormReviewPage"


async def test_help_for_a_question_is_behind_w() -> None:
    control = {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {
            "coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]
        },
    }
    explained = {**YES_NO, "item": [item("h", "display", "Pipes count, too.", extension=[control])]}
    async with filling(form_of(explained, item("n", "string", "And?"))) as someone:
        assert "Pipes count, too." not in someone.reads()
        await someone.press("w")
        assert "Pipes count, too." in someone.reads()
        await someone.press("1")
        assert "About this question" not in someone.reads()


async def test_a_saved_response_goes_on_and_says_first_what_did_not_fit() -> None:
    begun = going_on(
        form_of(item("name", "string", "Your name?"), YES_NO),
        {"linkId": "name", "answer": [{"valueString": "Ann"}]},
        {"linkId": "gone", "answer": [{"valueString": "zebra"}]},
    )
    async with filling(begun) as someone:
        assert "will not be in the new file: gone." in someone.reads()
        await someone.press("2")
        assert "gone: " in someone.reads()
        assert "zebra" not in someone.reads()
        await someone.press("left", "1")
        assert "Do you smoke?" in someone.reads()
        await someone.press("1")
        assert "Your name? Ann" in someone.reads()
        assert "will not be in the new file: gone." in someone.reads()


async def test_questions_that_cannot_be_asked_are_listed_with_the_reason() -> None:
    async with filling(form_of(YES_NO, item("file", "attachment", "Your scan?"))) as someone:
        assert "This form has 1 question that cannot be asked here." in someone.reads()
        await someone.press("2")
        assert "Your scan?" in someone.reads()
        assert "file: " in someone.reads()


async def test_a_file_that_is_there_is_replaced_only_after_a_question(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text("old", encoding="utf-8")
    async with filling(form_of(YES_NO), to=str(path)) as someone:
        await someone.press("1", "1", "1")
        assert "already a file of this name" in someone.reads()
        assert path.read_text(encoding="utf-8") == "old"
        await someone.press("1")
        assert path.read_text(encoding="utf-8") == "old"
        await someone.press("tab", "1", "2")
        assert "Saved:" in someone.reads()
    assert answered_in(path) == {"smokes": True}


async def test_leaving_says_that_answers_would_be_lost_also_where_one_is_only_typed() -> None:
    async with filling(form_of(item("q", "string", "Name?"))) as someone:
        await someone.press("ctrl+c")
        assert "Leave the form?" in someone.reads()
        await someone.press("1")
        await someone.type("An")
        await someone.press("ctrl+c")
        assert "they are lost" in someone.reads()
        await someone.press("3")
        assert not someone.app.is_running or someone.app._exit


async def test_leaving_can_save_what_is_there_and_what_was_typed_last(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    form = form_of(YES_NO, item("n", "integer", "How many?"), item("q", "string", "Name?"))
    async with filling(form, to=str(path)) as someone:
        await someone.press("1")
        await someone.type("12")
        await someone.press("ctrl+c")
        assert "Save and leave" in someone.reads()
        await someone.press("2")
        assert "Saved:" in someone.reads()
        assert "The form is not complete yet." in someone.reads()
        await someone.press("1")
        assert not someone.app.is_running or someone.app._exit
    assert '"in-progress"' in path.read_text(encoding="utf-8")
    assert answered_in(path) == {"smokes": True, "n": 12}


async def test_leaving_without_a_name_asks_for_one_and_goes_back_if_nothing_is_to_be_saved() -> None:
    async with filling(form_of(YES_NO, item("q", "string", "Name?"))) as someone:
        await someone.press("1", "ctrl+c", "2")
        assert "Save my answers" in someone.reads()
        await someone.press("2")
        assert "Name?" in someone.reads()
        assert someone.app.form.would_lose


async def test_a_file_that_is_there_is_not_replaced_by_leaving(tmp_path: Path) -> None:
    path = tmp_path / "answers.json"
    path.write_text("old", encoding="utf-8")
    async with filling(form_of(YES_NO, item("q", "string", "Name?")), to=str(path)) as someone:
        await someone.press("1", "ctrl+c", "2")
        assert "already a file of this name" in someone.reads()
        assert path.read_text(encoding="utf-8") == "old"


async def test_a_window_of_any_size_shows_the_question_after_a_long_text() -> None:
    form = form_of(item("d", "display", LONG), YES_NO, item("t", "text", f"{LONG}\nYour words?"))
    for size in SIZES:
        async with filling(form, size) as someone:
            assert "Line 1 of what" in someone.reads()
            for _each in range(20):
                await someone.press("down")
            assert "Do you smoke?" in someone.reads()
            assert "1 Yes" in someone.reads()
            await someone.press("1")
            for _each in range(20):
                await someone.press("down")
            assert "Your words?" in someone.reads()
            assert someone.app.screen.query_one(Area).has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_every_line_of_every_page_fits_the_window(size: tuple[int, int]) -> None:
    label = "A label that is far longer than seventy cells, with all that a person has to weigh, to its last word"
    form = form_of(
        choice("q", "Which? " * 20, label, "Short"),
        item("n", "integer", "How many? " * 12),
        choice("s", "Which state?", *STATES),
        title="A very long title of a form " * 5,
        copyright="Whose it is. " * 40,
    )
    async with filling(form, size) as someone:
        await someone.press("1")
        assert "to its last word" in someone.reads()
        await someone.press("2")
        assert "How many?" in someone.reads()
        await someone.press("3", "enter")
        assert "Type a few letters" in someone.reads()
        await someone.press("enter")
        assert someone.page() == "FormReviewPage"
        assert "Save my answers" in someone.reads()
