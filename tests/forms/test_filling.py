"""Filling in a form: what is enabled, which question is next, going back, instances, and what stands below answers."""

from __future__ import annotations

import pytest

from iop_tui.forms.filling.filling import Filling, begin
from iop_tui.forms.filling.steps import Another, Asking, Finished, NotAllowed
from iop_tui.forms.model.conditions import Operator, Row, Rows
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.places import Place
from iop_tui.forms.model.values import Value
from tests.forms.building import (
    NO,
    YES,
    at,
    choice,
    coding,
    day,
    decimal,
    form,
    group,
    integer,
    item,
    joined,
    moment,
    quantity,
    text,
    when,
)


def asked(filling: Filling) -> Place:
    assert isinstance(filling.step, Asking), filling.step
    return filling.step.place


def follow_ups() -> Filling:
    """A follow-up of a follow-up."""
    return begin(
        form(
            item("a", "boolean"),
            item("b", "boolean", enable=when("a", "=", YES)),
            item("c", "boolean", enable=when("b", "=", YES)),
            item("d", "boolean"),
        )
    )


def test_the_next_question_is_the_next_one_that_is_enabled() -> None:
    filling = follow_ups()
    assert asked(filling) == at("a")
    filling = filling.answered(at("a"), (NO,))
    assert asked(filling) == at("d")
    filling = filling.answered(at("d"), (YES,))
    assert filling.step == Finished()
    assert filling.progress == (2, 0)


def test_an_answer_of_a_disabled_question_counts_for_nothing_and_is_found_again() -> None:
    filling = follow_ups()
    for link_id in "abcd":
        filling = filling.answered(at(link_id), (YES,))
    assert filling.step == Finished()
    filling = filling.at(at("a")).answered(at("a"), (NO,))
    assert list(filling.places) == [at("a"), at("d")]
    assert filling.value(at("c")) == (YES,)
    filling = filling.at(at("a")).answered(at("a"), (YES,))
    assert list(filling.places) == [at("a"), at("b"), at("c"), at("d")]
    assert filling.step == Finished()


def test_a_target_that_stands_later_opens_an_earlier_question_which_is_then_asked() -> None:
    filling = begin(form(item("a", "string", enable=when("b", "=", YES)), item("b", "boolean"), item("c", "string")))
    assert asked(filling) == at("b")
    filling = filling.answered(at("b"), (YES,))
    assert asked(filling) == at("c")
    filling = filling.answered(at("c"), (text("words"),))
    assert asked(filling) == at("a")


def test_back_goes_through_what_is_asked_now_in_the_order_of_the_form() -> None:
    filling = follow_ups().answered(at("a"), (NO,)).answered(at("d"), (YES,))
    filling = filling.back()
    assert asked(filling) == at("d")
    filling = filling.back()
    assert asked(filling) == at("a")
    assert filling.back() is filling
    assert filling.value(at("a")) == (NO,)


def test_a_question_left_open_is_not_asked_again_and_is_missing_where_it_is_required() -> None:
    filling = begin(form(item("a", required=True), item("b", required=True), item("c")))
    filling = filling.left_open(at("a")).answered(at("b"), (text("words"),)).left_open(at("c"))
    assert filling.step == Finished()
    assert filling.missing == (at("a"),)
    assert not filling.complete
    filling = filling.at(at("a")).answered(at("a"), (text("words"),))
    assert filling.missing == ()
    assert filling.complete


def test_required_counts_only_while_enabled() -> None:
    filling = begin(
        form(item("a", "boolean"), group("g", item("b", required=True), required=True, enable=when("a", "=", YES)))
    )
    filling = filling.answered(at("a"), (NO,))
    assert filling.missing == ()
    filling = filling.answered(at("a"), (YES,))
    assert filling.missing == (at("g"), at("g", "b"))


@pytest.mark.parametrize(
    ("operator", "wanted", "answers", "met"),
    [
        ("exists", YES, (), False),
        ("exists", NO, (), True),
        ("exists", NO, (text("x"),), False),
        ("!=", coding("a"), (), True),
        ("!=", coding("a"), (coding("b"), coding("a")), False),
        ("!=", coding("a"), (coding("b"),), True),
        ("=", coding("a"), (coding("b"), coding("a")), True),
        ("=", coding("a", None), (coding("a"),), False),
        ("=", coding("a", display="A"), (coding("a", display="Another label"),), True),
        ("=", decimal("2.0"), (integer(2),), True),
        ("=", integer(1), (YES,), False),
        ("=", text("a"), (coding("a"),), False),
        ("=", text("a"), (text("a"),), True),
        (">", integer(2), (integer(2),), False),
        (">=", integer(2), (integer(2),), True),
        (">", integer(2), (), False),
        (">", integer(2), (integer(1), integer(3)), True),
        ("<", decimal("2.5"), (integer(2),), True),
        ("<", day("2026-11-30"), (day("2026-11"),), False),
        ("<", day("2026-11-30"), (day("2026-10"),), True),
        ("!=", day("2026-11-30"), (day("2026-11"),), True),
        ("=", moment("2026-11-30T10:00:00Z"), (moment("2026-11-30T11:00:00+01:00"),), True),
        ("<=", Value("time", "10:00:00"), (Value("time", "09:59:59.5"),), True),
        (">", quantity("5", "kg", "kg"), (quantity("6", "kilos", "kg"),), True),
        (">", quantity("5", "kg", "kg"), (quantity("6000", "g", "g"),), False),
        ("=", quantity("5", "cups"), (quantity("5.0", "cups"),), True),
        (">", text("a"), (text("b"),), False),
    ],
)
def test_operators(operator: Operator, wanted: Value, answers: tuple[Value, ...], met: bool) -> None:
    target = item("target", "open-choice", repeats=True)
    filling = begin(form(target, item("b", enable=Rows("all", (Row("target", operator, wanted),)))))
    filling = filling.answered(at("target"), answers)
    assert filling.enabled(at("b")) is met


def test_all_and_any() -> None:
    two = (("a", "=", YES), ("b", "=", YES))
    filling = begin(
        form(
            item("a", "boolean"),
            item("b", "boolean"),
            item("all", enable=joined("all", *two)),  # type: ignore[arg-type]
            item("any", enable=joined("any", *two)),  # type: ignore[arg-type]
        )
    )
    assert not filling.enabled(at("all"))
    filling = filling.answered(at("a"), (YES,))
    assert (filling.enabled(at("all")), filling.enabled(at("any"))) == (False, True)
    filling = filling.answered(at("b"), (YES,))
    assert (filling.enabled(at("all")), filling.enabled(at("any"))) == (True, True)


def test_a_disabled_group_disables_all_below_it() -> None:
    inner = group("inner", item("x", enable=when("q", "exists", NO)))
    filling = begin(form(item("a", "boolean"), group("outer", inner, enable=when("a", "=", YES)), item("q")))
    assert not filling.enabled(at("outer", "inner", "x"))
    filling = filling.answered(at("a"), (YES,))
    assert filling.enabled(at("outer", "inner", "x"))
    assert not filling.answered(at("q"), (text("words"),)).enabled(at("outer", "inner", "x"))


# ---- repeating groups ------------------------------------------------------------------------------------------------


def medicines() -> Filling:
    return begin(
        form(
            group(
                "m", item("name"), item("daily", "boolean"), item("dose", enable=when("daily", "=", YES)), repeats=True
            ),
            item("end"),
        )
    )


def test_another_instance_is_offered_once_something_was_answered_in_the_last() -> None:
    filling = medicines().left_open(at("m", "name")).left_open(at("m", "daily"))
    assert asked(filling) == at("end")
    filling = medicines().answered(at("m", "name"), (text("x"),)).left_open(at("m", "daily"))
    assert filling.step == Another(at("m"))
    assert asked(filling.another(at("m"), False)) == at("end")
    filling = filling.another(at("m"), True)
    assert asked(filling) == at(("m", 1), "name")
    filling = filling.answered(at(("m", 1), "name"), (text("y"),)).answered(at(("m", 1), "daily"), (YES,))
    assert asked(filling) == at(("m", 1), "dose")
    assert not filling.enabled(at("m", "dose")), "a condition means the same instance"
    filling = filling.left_open(at(("m", 1), "dose"))
    assert filling.step == Another(at(("m", 1)))


def test_back_from_another_is_at_the_last_question_of_the_instance() -> None:
    filling = medicines().answered(at("m", "name"), (text("x"),)).left_open(at("m", "daily"))
    assert asked(filling.back()) == at("m", "daily")


def test_an_instance_can_be_removed_and_the_others_move_up() -> None:
    filling = medicines()
    for number, name in enumerate("xyz"):
        if number:
            filling = filling.another(at(("m", number - 1)), True)
        filling = filling.answered(at(("m", number), "name"), (text(name),)).left_open(at(("m", number), "daily"))
    filling = filling.another(at(("m", 2)), False)
    filling = filling.removed(at(("m", 1)))
    assert [filling.value(at(("m", number), "name")) for number in range(3)] == [(text("x"),), (text("z"),), ()]
    assert asked(filling) == at("end")
    filling = filling.removed(at(("m", 1))).removed(at("m"))
    assert filling.value(at("m", "name")) == ()
    assert asked(filling) == at("m", "name")


def test_instances_within_instances() -> None:
    inner = group("inner", item("x"), repeats=True)
    filling = begin(form(group("outer", item("q"), inner, repeats=True)))
    filling = filling.answered(at("outer", "q"), (text("a"),)).answered(at("outer", "inner", "x"), (text("b"),))
    assert filling.step == Another(at("outer", "inner"))
    filling = filling.another(at("outer", "inner"), True).answered(at("outer", ("inner", 1), "x"), (text("c"),))
    filling = filling.another(at("outer", ("inner", 1)), False)
    assert filling.step == Another(at("outer"))
    filling = filling.another(at("outer"), True)
    assert asked(filling) == at(("outer", 1), "q")
    assert at(("outer", 1), ("inner", 1)) not in filling.places
    filling = filling.removed(at("outer"))
    assert filling.value(at("outer", "q")) == ()
    assert at("outer", ("inner", 1)) not in filling.places


# ---- below answers ---------------------------------------------------------------------------------------------------


def test_a_question_below_another_is_asked_once_that_has_an_answer() -> None:
    filling = begin(form(choice("drug", "hc", item("often"))))
    assert not filling.enabled(at("drug", "often"))
    filling = filling.answered(at("drug"), (coding("h"),))
    assert asked(filling) == at("drug", "often")


def test_what_was_said_below_an_answer_is_not_taken_for_another_answer() -> None:
    filling = begin(form(choice("drug", "hc", item("often"))))
    filling = filling.answered(at("drug"), (coding("h"),)).answered(at("drug", "often"), (text("daily"),))
    changed = filling.at(at("drug")).answered(at("drug"), (coding("c"),))
    assert changed.value(at("drug", "often")) == ()
    assert asked(changed) == at("drug", "often")
    back = changed.at(at("drug")).answered(at("drug"), (coding("h"),))
    assert back.value(at("drug", "often")) == (text("daily"),)
    assert back.step == Finished()


def test_several_answers_each_have_their_own_questions_below() -> None:
    filling = begin(form(choice("drug", "hcx", item("often"), repeats=True)))
    filling = filling.answered(at("drug"), (coding("h"), coding("c")))
    filling = filling.answered(at("drug", "often"), (text("daily"),))
    assert asked(filling) == at(("drug", 1), "often")
    filling = filling.answered(at(("drug", 1), "often"), (text("never"),))
    filling = filling.at(at("drug")).answered(at("drug"), (coding("x"), coding("c"), coding("h")))
    assert [filling.value(at(("drug", number), "often")) for number in range(3)] == [
        (),
        (text("never"),),
        (text("daily"),),
    ]
    filling = filling.at(at("drug")).answered(at("drug"), (coding("c"),))
    assert filling.value(at("drug", "often")) == (text("never"),)
    assert not filling.enabled(at(("drug", 1), "often"))


def test_a_text_below_a_question_is_shown_before_there_is_an_answer() -> None:
    filling = begin(form(item("q", "string", item("hint", "display"), item("child"))))
    assert list(filling.places) == [at("q"), at("q", "hint")]


# ---- initial values, hidden, read-only -------------------------------------------------------------------------------


def test_an_initial_value_counts_and_is_asked_all_the_same() -> None:
    filling = begin(form(item("a", "boolean", initial=(YES,)), item("b", enable=when("a", "=", YES))))
    assert filling.value(at("a")) == (YES,)
    assert filling.enabled(at("b"))
    assert asked(filling) == at("a")
    assert not filling.done(at("a"))


def test_hidden_and_read_only_items_keep_their_values_and_are_not_asked() -> None:
    hidden = item("h", "boolean", initial=(YES,), fate="hidden")
    fixed = item("r", "boolean", initial=(NO,), read_only=True)
    filling = begin(form(hidden, fixed, item("a", enable=when("h", "=", YES)), item("b", enable=when("r", "=", YES))))
    assert asked(filling) == at("a")
    assert list(filling.places) == [at("r"), at("a")]
    with pytest.raises(NotAllowed):
        filling.answered(at("r"), (YES,))
    with pytest.raises(NotAllowed):
        filling.answered(at("h"), (NO,))


def test_all_below_a_hidden_group_is_hidden() -> None:
    filling = begin(form(group("g", item("x", initial=(text("kept"),)), fate="hidden"), item("a")))
    assert list(filling.places) == [at("a")]
    assert filling.value(at("g", "x")) == (text("kept"),)


def test_a_refused_item_and_all_below_it_have_no_place() -> None:
    filling = begin(form(group("g", item("x"), fate="refused"), item("a")))
    assert list(filling.places) == [at("a")]
    assert not filling.enabled(at("g", "x"))


# ---- what a question takes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (item("q", "integer"), (text("7"),)),
        (item("q", "integer"), (integer(2**31),)),
        (item("q", "integer", lowest=integer(1)), (integer(0),)),
        (item("q", "integer", highest=integer(3)), (integer(4),)),
        (item("q", "decimal", decimals=1), (decimal("1.25"),)),
        (item("q", "decimal"), (decimal("NaN"),)),
        (item("q", "string", max_length=3), (text("four"),)),
        (item("q", "string"), (text("  "),)),
        (item("q", "date", highest=day("2026-11-30")), (day("2026-12-01"),)),
        (choice("q", "ab"), (coding("x"),)),
        (choice("q", "ab"), (coding("a"), coding("b"))),
        (choice("q", "ab"), (text("a"),)),
    ],
)
def test_an_answer_that_a_question_does_not_take_is_refused_with_a_sentence(
    question: Item, values: tuple[Value, ...]
) -> None:
    with pytest.raises(NotAllowed, match=r"^[A-Z].*\.$"):
        begin(form(question)).answered(at("q"), values)


def test_a_whole_decimal_is_taken_for_an_integer_and_an_option_is_kept_as_the_form_has_it() -> None:
    filling = begin(form(item("q", "integer"), choice("c", "ab")))
    filling = filling.answered(at("q"), (decimal("3.0"),)).answered(at("c"), (coding("a", display="Typed"),))
    assert filling.value(at("q")) == (integer(3),)
    assert filling.value(at("c")) == (coding("a"),)


def test_nothing_is_asked_at_a_place_that_is_not_there() -> None:
    filling = follow_ups()
    for place in (at("nowhere"), at("b")):
        with pytest.raises(NotAllowed):
            filling.answered(place, (YES,))
        with pytest.raises(NotAllowed):
            filling.at(place)


def test_conditions_in_a_cycle_end() -> None:
    """The reader refuses them; here nothing may go round for ever."""
    filling = begin(
        form(
            item("a", "boolean", enable=when("b", "!=", YES)),
            item("b", "boolean", enable=when("a", "!=", YES)),
            item("c", "boolean", enable=when("c", "!=", YES)),
            item("d", "boolean"),
        )
    )
    for link_id in "dabc":
        if filling.askable(at(link_id)):
            filling = filling.answered(at(link_id), (YES,))


def test_nothing_of_the_answers_is_in_the_words_for_a_log() -> None:
    filling = begin(form(item("a"))).answered(at("a"), (text("secret"),))
    assert "secret" not in repr(filling)
