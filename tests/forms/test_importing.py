"""What becomes of each item of a form, and when the questions made of it are asked."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from iop_tui.forms.danger_items import LOINC
from iop_tui.forms.importing.imported import Imported, Wish
from iop_tui.forms.model.conditions import Operator, Row, Rows
from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Coding, Value
from iop_tui.screening.engine.evaluate import Facts, truth
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Question
from tests.core.small import small
from tests.forms.formed import choice, coded, form, imported, item, option, rules_of, when

WHOLE = Wish(numbers=(0, 9), days=(-100, 0))


def questions(made: Imported) -> dict[str, Question]:
    return {each.item.link_id: each.question for each in made.questions}


def asked(made: Imported, link_id: str, answers: dict[str, Answer]) -> bool:
    """Whether a question is asked of a person with these answers, by linkId."""
    every = questions(made)
    question = every[link_id]
    screening = replace(small(), sections=made.sections)
    known = {every[name].id: answer for name, answer in answers.items()}
    return question.show_if is None or truth(question.show_if, Facts(screening, known)) is True


def test_every_item_has_one_fate() -> None:
    inner = item("3.1", "text")
    made = imported(
        choice("1"), item("2", "display", text="Read this."), item("3", "group", items=(inner, item("3.2"))),
        item("4", "integer", fate="hidden"), item("5", "attachment"), item("6", fate="refused"),
    )  # fmt: skip
    assert made.fates == {
        "1": "taken", "2": "refused", "3": "taken", "3.1": "refused", "3.2": "taken", "4": "hidden", "5": "refused",
        "6": "refused",
    } or made.fates["2"] == "taken"  # fmt: skip
    assert len(made.fates) == len(made.form.all_items)
    assert sum(made.count(fate) for fate in ("taken", "hidden", "refused")) == 8


@pytest.mark.parametrize(
    ("odd", "rule"),
    [
        (item("1", "text"), "free-text"),
        (item("1", "string"), "free-text"),
        (item("1", "decimal"), "decimal-number"),
        (item("1", "quantity"), "quantity"),
        (item("1", "time"), "time-of-day"),
        (item("1", "dateTime"), "time-of-day"),
        (item("1", "attachment"), "attachment"),
        (item("1", "reference"), "reference"),
        (item("1", "url"), "free-text"),
        (item("1", "boolean", repeats=True), "repeating-answer"),
        (item("1", "boolean", read_only=True), "read-only"),
        (item("1", "integer"), "no-bounds"),
        (item("1", "date"), "no-bounds"),
        (item("1", "date", lowest=Value("date", "2020-01-01")), "date-between-fixed-days"),
        (item("1", "integer", lowest=Value("integer", -5), highest=Value("integer", 5)), "number-below-zero"),
        (item("1", "integer", lowest=Value("integer", 0), highest=Value("integer", 10**7)), "bounds-out-of-range"),
        (item("1", "choice"), "no-options"),
        (choice("1", "only"), "one-option"),
        (choice("1", *map(str, range(11))), "too-many-options"),
        (item("1", "choice", options=(option("a", "x" * 121), option("b"))), "option-too-long"),
        (item("1", text="x" * 301), "text-too-long"),
        (item("1", text=" \t"), "no-words"),
        (item("1", text="{you|they}"), "braces"),
        (item("1", help="x" * 1001), "help-too-long"),
        (item("1", "group", repeats=True, items=(item("2"),)), "repeating-group"),
    ],
)
def test_what_our_format_cannot_hold_is_refused_by_name(odd: Item, rule: str) -> None:
    made = imported(choice("0"), odd, choice("9"))
    assert made.fates["1"] == "refused"
    assert rules_of(made, "1") == [rule]
    assert [each.item.link_id for each in made.questions] == ["0", "9"]
    remedy = next(each.remedy for each in made.findings if each.link_id == "1")
    assert remedy


def test_bounds_come_from_the_form_or_from_a_person() -> None:
    bounded = item("1", "integer", lowest=Value("integer", 1), highest=Value("integer", 5))
    made = questions(imported(bounded, item("2", "integer"), item("3", "date"), wish=WHOLE))
    assert [(q.kind, q.lowest, q.highest) for q in made.values()] == [
        ("number", 1, 5),
        ("number", 0, 9),
        ("date", -100, 0),
    ]


def test_weights_are_kept_and_their_order_is_said() -> None:
    def scale(*weights: str) -> tuple[Option, ...]:
        return tuple(option(f"o{n}", f"Option {n}", weight) for n, weight in enumerate(weights))

    up = item("1", "choice", options=scale("0", "1", "1", "3"))
    made = imported(up, item("2", "choice", options=scale("3", "2", "0")), choice("3"))
    found = questions(made)
    assert [option.weight for option in found["1"].options] == [0, 1, 1, 3]
    assert [found[name].ordered for name in "123"] == [True, False, False]
    for wrong in (scale("0", "0.5"), scale("-1", "1"), scale("0", "101"), (option("a", weight=1), option("b"))):
        odd = imported(item("1", "choice", options=wrong))
        assert "weights-left-out" in rules_of(odd, "1")
        assert {option.weight for option in questions(odd)["1"].options} == {0}


def test_ids_are_words_and_unlike_those_that_exist() -> None:
    alike = (option("a", "Not at all"), option("b", "Not  at all"), option("c", "漢字"), option("d", "1 to 3"))
    odd = (option("e", "I'm not sure: skipped"), option("not_sure", "Not sure"))
    made = imported(item("1", "choice", options=(*alike, *odd)), wish=Wish(taken=frozenset({"a_small_form_1"})))
    question = made.questions[0].question
    assert question.id == "a_small_form_1_2"
    assert [each.id for each in question.options] == [
        "not_at_all", "not_at_all_2", "c", "n1_to_3", "im_not_sure_skipped", "not_sure_2",
    ]  # fmt: skip


def test_a_group_stands_before_each_of_its_questions_and_a_display_before_the_next() -> None:
    group = item(
        "g", "group", text="In the last 2 weeks", items=(item("1", text="little sleep"), item("2", text="worry"))
    )
    made = imported(
        item("d", "display", text="Please read."),
        group,
        item("e", "display", text="Nearly done."),
        item("3", text="Age?"),
    )
    found = questions(made)
    assert found["1"].ask == "In the last 2 weeks: little sleep"
    assert found["2"].ask == "In the last 2 weeks: worry"
    assert found["3"].ask == "Nearly done. Age?"
    assert made.sections[0].intro == "Please read."
    assert set(made.fates.values()) == {"taken"}


def test_a_group_text_without_room_is_left_out_and_said() -> None:
    made = imported(item("g", "group", text="x" * 290, items=(item("1", text="How are you today?"),)))
    assert questions(made)["1"].ask == "How are you today?"
    assert "group-text-left-out" in rules_of(made, "1")


def test_groups_alone_are_sections() -> None:
    made = imported(
        item("a", "group", text="You", items=(item("1"),)), item("b", "group", text="y" * 61, items=(item("2"),))
    )
    assert [(section.id, section.title) for section in made.sections] == [
        ("a_small_form_1", "You"),
        ("a_small_form_2", "A small form"),
    ]
    assert made.questions[1].question.ask.startswith("y" * 61 + ": ")


OPERATORS: list[tuple[Operator, Value, set[str | None]]] = [
    ("=", coded("some"), {"some"}),
    ("=", coded("some", None), set()),
    ("=", Value("string", "some"), set()),
    ("!=", coded("some"), {"no", "much"}),
    ("exists", Value("boolean", True), {"no", "some", "much"}),
]


@pytest.mark.parametrize(("operator", "answer", "wanted"), OPERATORS)
def test_a_row_about_a_choice_asks_for_these_answers(operator: Operator, answer: Value, wanted: set[str]) -> None:
    made = imported(
        choice("0"), choice("1", enable=when("0", "!=", coded("no"))), choice("2", enable=when("1", operator, answer))
    )
    if not wanted:
        assert rules_of(made, "2") == ["never-asked"]
        return
    found = {code for code in ("no", "some", "much") if asked(made, "2", {"0": "some", "1": code})}
    assert found == wanted


@pytest.mark.parametrize("operator", ["=", "!=", ">", "<", ">=", "<="])
@pytest.mark.parametrize("bound", ["3", "3.5", "0", "9", "12", "-1"])
def test_a_row_about_a_number_compares_as_a_number(operator: Operator, bound: str) -> None:
    gate = when("1", operator, Value("decimal", Decimal(bound)))
    made = imported(item("1", "integer"), choice("2", enable=gate), wish=WHOLE)
    comparisons: dict[str, Callable[[int, Decimal], bool]] = {
        "=": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        ">": lambda a, b: a > b,
        "<": lambda a, b: a < b,
        ">=": lambda a, b: a >= b,
        "<=": lambda a, b: a <= b,
    }
    compare = comparisons[operator]
    wanted = {number for number in range(10) if compare(number, Decimal(bound))}
    if not wanted:
        assert rules_of(made, "2") == ["never-asked"]
        return
    assert {number for number in range(10) if asked(made, "2", {"1": number})} == wanted


def test_all_and_any_are_joined_with_those_of_the_groups() -> None:
    rows = (Row("1", "=", coded("some")), Row("2", "=", coded("some")))
    inner = choice("4", enable=Rows("any", rows))
    made = imported(
        choice("1"), choice("2"), choice("3"), item("g", "group", enable=when("3", "=", coded("no")), items=(inner,))
    )
    for one, two, three in itertools.product(("no", "some"), repeat=3):
        wanted = "some" in (one, two) and three == "no"
        assert asked(made, "4", {"1": one, "2": two, "3": three}) is wanted


def test_a_disabled_parent_and_a_changed_answer_hide_the_follow_ups_follow_up() -> None:
    follow = choice("3", enable=when("2", "=", coded("some")))
    made = imported(choice("1"), choice("2", enable=when("1", "=", coded("some"))), follow)
    assert asked(made, "3", {"1": "some", "2": "some"})
    assert not asked(made, "3", {"1": "no", "2": "some"})


def test_a_negative_condition_says_where_it_differs() -> None:
    made = imported(choice("1"), choice("2", enable=when("1", "!=", coded("no"))))
    assert rules_of(made, "2") == ["left-open-differs"]


def test_below_a_question_only_its_answer_is_asked_on() -> None:
    made = imported(
        choice("1", items=(choice("1.1"),)), choice("2", enable=when("1", "=", coded("no")), items=(choice("2.1"),))
    )
    found = questions(made)
    assert found["1.1"].show_if is None  # every answer leads to it
    assert asked(made, "2.1", {"1": "no", "2": "some"})
    assert not asked(made, "2.1", {"1": "some"})


@pytest.mark.parametrize(
    ("before", "gate", "rule"),
    [
        (item("0", "text"), when("0", "exists"), "hangs-on-refused"),
        (item("0", fate="hidden"), when("0"), "hangs-on-hidden"),
        (item("0", "display"), when("0", "exists"), "condition-without-answer"),
        (choice("0"), when("later"), "asks-later"),
        (item("0", "date"), when("0", ">", Value("date", "2020-01-01")), "date-compared"),
        (choice("0"), when("0", ">", coded("some")), "order-of-texts"),
        (choice("0"), when("0", "=", coded("none")), "never-asked"),
        (choice("0"), when("0", "exists", Value("boolean", False)), "never-asked"),
        (item("0", "integer"), when("0", "=", Value("string", "x")), "condition-of-another-type"),
    ],
)
def test_a_condition_that_cannot_be_said_refuses_its_item_and_what_hangs_on_it(
    before: Item, gate: Rows, rule: str
) -> None:
    hanging = choice("2", enable=when("1", "=", coded("some")), items=(choice("2.1"),))
    made = imported(before, choice("1", enable=gate), hanging, choice("later"), wish=WHOLE)
    assert rule in rules_of(made, "1")
    assert [made.fates[name] for name in ("1", "2", "2.1")] == ["refused"] * 3
    assert rules_of(made, "2") in (["hangs-on-refused"], ["never-asked"])
    assert made.fates["later"] == "taken"


def test_what_contradicts_itself_is_refused() -> None:
    rows = (Row("1", "=", coded("no")), Row("1", "=", coded("some")))
    made = imported(choice("1"), choice("2", enable=Rows("all", rows)), choice("3", enable=when("2", "=", coded("no"))))
    assert rules_of(made, "2") == ["never-asked"]
    assert made.fates["3"] == "refused"


def test_a_chain_that_is_too_long_is_refused_where_it_is_too_long() -> None:
    chain = [choice("0"), *(choice(str(n), enable=when(str(n - 1), "=", coded("some"))) for n in range(1, 24))]
    made = imported(*chain)
    assert [n for n in range(24) if made.fates[str(n)] == "refused"] == [21, 22, 23]
    assert rules_of(made, "21") == ["beyond-our-format"]


def test_an_id_is_the_place_in_the_form_whatever_else_is_taken() -> None:
    made = imported(item("a", "integer"), choice("b"), item("g", "group", items=(item("c", "text"), choice("d"))))
    assert {link: question.id for link, question in questions(made).items()} == {
        "b": "a_small_form_2",
        "d": "a_small_form_4",
    }
    bounded = imported(item("a", "integer"), choice("b"), wish=WHOLE)
    assert questions(bounded)["b"].id == "a_small_form_2"
    groups = [item(name, "group", text=name, items=(choice(name * 2),), repeats=name == "y") for name in "xyz"]
    assert [section.id for section in imported(*groups).sections] == ["a_small_form_1", "a_small_form_3"]


def test_what_repeats_becomes_notes_and_names_what_it_stands_in() -> None:
    inner = (choice("g.1"), item("g.2", "decimal"))
    made = imported(choice("0"), item("g", "group", repeats=True, items=inner))
    assert [(note.link_id, note.under) for note in made.notes] == [("g.1", "a_small_form_1"), ("g.2", "a_small_form_1")]
    assert [each.message for each in made.findings if each.link_id == "g.2"] == ["it stands in 'g', which is refused"]


def test_a_total_that_is_not_understood_is_not_called_read_only() -> None:
    made = imported(choice("0"), item("t", "integer", read_only=True, not_computed=True), wish=WHOLE)
    assert rules_of(made, "t") == ["not-computed"]


def test_a_question_about_danger_shows_its_page_when_it_is_left_open() -> None:
    nine = choice("9", codes=(Coding(LOINC, "44260-8"),))
    assert questions(imported(choice("1"), nine))["9"].if_unsaid == "unsaid"
    assert questions(imported(nine, wish=Wish(pages=frozenset({"unsaid"}))))["9"].if_unsaid == "unsaid"
    assert questions(imported(nine, wish=Wish(pages=frozenset({"other"}))))["9"].if_unsaid is None


def test_where_the_words_of_what_is_no_question_stand_is_told() -> None:
    made = imported(item("i", "display"), item("g", "group", items=(choice("1"), item("d", "display"), choice("2"))))
    assert made.words == {
        "i": "the intro of the section",
        "g": "before the text of its questions",
        "d": "before the text of the next question",
    }
    assert set(made.words) | set(questions(made)) == {link for link, fate in made.fates.items() if fate == "taken"}


def test_free_text_becomes_a_note_below_the_question_before_it() -> None:
    made = imported(choice("1"), item("2", "text", text="Which drug?"), item("3", "attachment"))
    assert [(note.link_id, note.under) for note in made.notes] == [("2", "a_small_form_1")]


def test_open_choice_initial_and_required_are_noted() -> None:
    made = imported(choice("1", open=True, required=True, initial=(coded("no"),)))
    assert sorted(rules_of(made, "1")) == ["initial-left-out", "own-words"]
    assert rules_of(made, "") == ["can-be-left-open"]


def test_a_several_question_keeps_what_excludes_the_others() -> None:
    options = (option("a"), option("none", exclusive=True))
    found = questions(imported(item("1", "choice", options=options, repeats=True)))["1"]
    assert (found.kind, [each.alone for each in found.options]) == ("several", [False, True])


def test_the_form_is_kept_with_its_license() -> None:
    made = imported(
        choice("1"), url="http://example.org/q", version="2", publisher="Clinic", copyright="© 2026\r\nFree."
    )
    kept = made.sections[0].form
    assert kept is not None
    assert (kept.url, kept.version, kept.publisher, kept.license) == (
        "http://example.org/q",
        "2",
        "Clinic",
        "© 2026\nFree.",
    )
    assert made.questions[0].question.link_id == "1"


def test_another_language_is_said() -> None:
    assert "other-language" in rules_of(imported(choice("1"), language="de"), "")


def test_a_long_form_takes_no_longer_than_it_should() -> None:
    items = [choice(str(n), enable=when(str(n - 1), "=", coded("some")) if n % 10 else None) for n in range(2_000)]
    made = imported(*items)
    assert len(made.questions) == len(form(*items).all_items)
