"""Everything that can be typed, in English and in a language that a test makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.line.commands import MEANS, WRITTEN, Command, folded, shown, understood, yes_or_no
from iop_tui.line.parse_answer import read
from iop_tui.screening.i18n import language
from iop_tui.screening.question_types import Wrong
from tests.core.small import small
from tests.line.conversation import said
from tests.shipped import SHIPPED

SMALL = small()
TO_REVIEW = ["1", "1", "3", "1", "1", "1", "1"]


@pytest.fixture
def pirate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A language with some words of its own, one of which is another command's in English."""
    words = {
        WRITTEN[Command.BACK]: "atrás, voltar",
        WRITTEN[Command.SKIP]: "não digo, back, 7",
        WRITTEN[Command.YES]: "sí, s",
        "and": "e",
        "Your answer:": "Resposta:",
    }
    entries = "".join(f'\nmsgid "{text}"\nmsgstr "{told}"\n' for text, told in words.items())
    head = 'msgid ""\nmsgstr ""\n"X-Language-Name: Português\\n"\n'
    (tmp_path / "pt.po").write_text(head + entries, encoding="utf-8")
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    language.own_name.cache_clear()
    yield "pt"
    language.own_name.cache_clear()


# ---- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["back", "BACK", "  back  ", "Back.", "b", "previous", "back!", "báck"])
def test_letter_case_accents_spaces_and_a_full_stop_do_not_matter(typed: str) -> None:
    command = understood(typed)
    assert command is not None
    assert command.command is Command.BACK


@pytest.mark.parametrize("typed", ["", " ", ".", "7", "backwards", "change7", "yes", "go back to the start"])
def test_what_is_no_command_is_none(typed: str) -> None:
    assert understood(typed) is None


def test_an_apostrophe_may_be_typed_either_way() -> None:
    assert understood("I’d rather not say") == understood("I'd rather not say")
    assert understood("I'd rather not say") is not None


def test_a_question_may_be_asked_as_one() -> None:
    language.use("es")
    for typed in ("why?", "¿por qué?", "POR QUE"):
        command = understood(typed)
        assert command is not None
        assert command.command is Command.WHY
    assert understood("?") == understood("commands")


@pytest.mark.parametrize("code", language.codes())
def test_no_two_commands_share_a_word_in_any_language(code: str) -> None:
    language.use(code)
    whose: dict[str, set[Command]] = {}
    for command, written in WRITTEN.items():
        if command not in (Command.YES, Command.NO):
            for word in language._(written).split(","):
                whose.setdefault(folded(word), set()).add(command)
    assert [word for word, commands in whose.items() if len(commands) > 1] == []
    for command in MEANS:
        said = understood(shown(command))
        assert said is not None
        assert said.command is command


def test_every_command_is_named_and_explained() -> None:
    assert set(WRITTEN) == set(Command)
    assert set(MEANS) == set(Command) - {Command.YES, Command.NO}


def test_a_word_of_the_persons_language_comes_before_an_english_one(pirate: str) -> None:
    language.use(pirate)
    commands = {typed: understood(typed) for typed in ("atras", "VOLTAR", "nao digo.", "back", "previous", "why")}
    names = {typed: said and said.command for typed, said in commands.items()}
    back, skip = Command.BACK, Command.SKIP
    assert names == {
        "atras": back,
        "VOLTAR": back,
        "nao digo.": skip,
        "back": skip,
        "previous": back,
        "why": Command.WHY,
    }
    assert shown(Command.BACK) == "atrás"
    assert yes_or_no("SI") is True
    assert yes_or_no("no") is False
    assert yes_or_no("maybe") is None


def test_a_number_is_never_a_command_whatever_a_translation_says(pirate: str) -> None:
    language.use(pirate)
    assert understood("7") is None


# ---- answers ---------------------------------------------------------------------------------------------------------

ONE, SEVERAL = SHIPPED.question("who_for"), SHIPPED.question("danger_signs")
NUMBER = next(question for question in SHIPPED.questions if question.kind == "number")


@pytest.mark.parametrize("typed", ["2 4", "2, 4", "2 and 4", "4,2", "2 AND 4.", "2;4", "2 & 4", "2 4 4", "2. 4."])
def test_several_numbers_can_be_typed_as_people_write_them(typed: str) -> None:
    assert read(SEVERAL, typed) == ("bleeding", "confused")


def test_several_numbers_are_joined_by_the_persons_own_and(pirate: str) -> None:
    language.use(pirate)
    assert read(SEVERAL, "2 e 4") == read(SEVERAL, "2 and 4") == ("bleeding", "confused")


@pytest.mark.parametrize("typed", ["", " ", "0", "3", "1 2", "one", "-1", "1.5", "9" * 5000, "\u0661\u0661", "½"])
def test_a_wrong_entry_for_one_answer_says_what_is_right(typed: str) -> None:
    wrong = read(ONE, typed)
    assert isinstance(wrong, Wrong)
    assert wrong.instead.startswith("Type a number from 1 to 2, or: not sure, skip, why")


@pytest.mark.parametrize("typed", ["", "and", "0", "11", "1-3", "2 x", "2 99"])
def test_a_wrong_entry_for_several_answers_says_what_is_right(typed: str) -> None:
    wrong = read(SEVERAL, typed)
    assert isinstance(wrong, Wrong)
    assert wrong.instead.startswith("Type one number or more from 1 to 10, such as 1 2, or: not sure")


def test_an_option_that_stands_alone_is_explained() -> None:
    wrong = read(SEVERAL, "1 10")
    assert isinstance(wrong, Wrong)
    assert wrong.instead == "10, None of these, cannot go with others: type 10 alone, or the others without it."
    assert read(SEVERAL, "10") == ("none",)


def test_a_number_within_its_bounds_is_an_answer_and_no_other() -> None:
    assert read(NUMBER, f" {NUMBER.highest} ") == NUMBER.highest
    assert read(NUMBER, "007") == 7
    for typed in (str((NUMBER.highest or 0) + 1), "3 drinks", "3.5", "-1", ""):
        wrong = read(NUMBER, typed)
        assert isinstance(wrong, Wrong)
        assert wrong.instead.startswith(f"Type a number from {NUMBER.lowest} to {NUMBER.highest}, or: ")


# ---- on the pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [(), ("1",), ("1", "2"), ("1", "1", "3", "3"), (*TO_REVIEW, "1")],
    ids=["welcome", "question", "next", "today", "review"],
)
def test_a_wrong_entry_says_one_line_and_repeats_nothing(typed: tuple[str, ...]) -> None:
    for wrong in ("", "  ", "hello", "1000001", "\x1b[A", "no", "n", "s"):
        lines = said(SMALL, *typed, wrong)
        assert len(lines) == 1, lines
        assert lines[0].startswith(("Type ", "To change an answer, type "))


def test_an_answer_can_be_said_in_its_own_words() -> None:
    assert said(SHIPPED, "1", "myself.")[0] == "You chose 1: Myself."
    assert said(SHIPPED, "1", "1", "1", "ALCOHOL")[0] == "You chose 1: Alcohol."


def test_one_letter_is_no_answer_where_no_may_be_meant() -> None:
    """At "did you think of ending your life?" somebody who types n means no, and must not be taken for unsure."""
    for letter in ("n", "s", "y"):
        assert said(SHIPPED, "1", letter)[0].startswith("Type a number from 1 to 2")


def test_a_bare_number_at_the_review_changes_nothing_and_yes_goes_on() -> None:
    assert said(SMALL, *TO_REVIEW, "1", "1")[0].startswith("Type summary, change and a number")
    assert said(SMALL, *TO_REVIEW, "1", "yes")[0] == "Your result."


def test_after_a_change_the_answers_are_not_all_said_again() -> None:
    lines = [line for line in said(SMALL, *TO_REVIEW, "1", "change 1", "1") if line]
    assert lines[:3] == ["You chose 1: Me.", "Check your answers.", lines[2]]
    assert lines[2].endswith("or answers to hear them all.")
    assert len(lines) == 3


def test_why_tells_the_reason() -> None:
    assert said(SHIPPED, "1", "why") == [f"Why: {ONE.why}"]


def test_help_tells_who_to_call_and_stays() -> None:
    lines = said(SHIPPED, "1", "help")
    assert lines[0] == "In danger right now? Call 911. Or tell someone near you."
    assert "988 Suicide & Crisis Lifeline: Call or text 988" in lines
    assert said(SHIPPED, "1", "help", "1")[0] == "You chose 1: Myself."


def test_where_am_i_tells_what_it_is_about_the_counts_and_the_question() -> None:
    (line,) = said(SHIPPED, "1", "1", "where am I")
    assert line == "About you: about 19 left. Questions answered: 1. You are asked now: How old are you?"


def test_words_come_from_the_page_first_and_one_by_its_name() -> None:
    lines = said(SHIPPED, "1", "1", "1", "7", "words")
    assert lines[0] == "Words on this page:"
    assert lines[1].startswith("Seizure: ")
    (line,) = said(SHIPPED, "1", "words iop")
    assert line.startswith("IOP (intensive outpatient program): ")
    assert said(SHIPPED, "1", "words xyzzy") == ["That word is not in the list. To hear the list, type words."]


def test_all_words_can_be_heard() -> None:
    heard = " ".join(said(SHIPPED, "1", "words", "all"))
    first = " ".join(said(SHIPPED, "1", "words"))
    for term in SHIPPED.glossary.terms:
        assert f"{term.name}: " in heard + first


def test_again_says_the_question_and_the_part_again() -> None:
    first = said(SHIPPED, "1")
    assert said(SHIPPED, "1", "again") == first
    assert said(SHIPPED, "1", "why", "words", "again") == first


def test_answers_have_the_numbers_that_change_takes() -> None:
    lines = said(SHIPPED, "1", "1", "2", "answers")
    assert "2. How old are you? Answer: 65 or older." in lines
    lines = said(SHIPPED, "1", "1", "2", "change 2")
    assert "How old are you?" in lines
    assert any(line.startswith("Your answer so far: 2: 65 or older. To keep it") for line in lines)


def test_a_change_on_the_way_leads_back_to_what_is_open() -> None:
    lines = said(SHIPPED, "1", "1", "2", "change 1", "1")
    assert lines[0] == "You chose 1: Myself."
    assert "What would you like help with? Choose all that fit." in lines


def test_next_keeps_the_answer_that_is_there_and_gives_none() -> None:
    assert said(SHIPPED, "1", "2", "back", "next")[0] == "You chose 2: Someone I care about."
    assert said(SHIPPED, "1", "next")[0].startswith("Type a number from 1 to 2")


def test_not_sure_and_skip_are_answers() -> None:
    assert said(SHIPPED, "1", "not sure")[0] == "You said: I'm not sure."
    assert said(SHIPPED, "1", "skip")[0] == "You said: I'd rather not say."


def test_an_alarm_lets_nobody_pass() -> None:
    alarmed = ["1", "1", "1", "1", "7"]
    page = said(SHIPPED, *alarmed)
    assert "Safety comes first." in page
    for typed in ("next", "change 1", "summary", "skip", "compare", "save", "3", ""):
        assert said(SHIPPED, *alarmed, typed) == [
            "Type a number from 1 to 2, or commands to hear all that you can type."
        ]
    assert any(line.startswith("Your answer so far: 7: Chest pain.") for line in said(SHIPPED, *alarmed, "1"))
    assert said(SHIPPED, *alarmed, "2", "yes")[0] == "Your answers are erased."
    assert said(SHIPPED, *alarmed, "2", "no") == ["Your answers are kept."]


def test_start_over_and_quit_ask_first_and_say_what_may_still_be_seen() -> None:
    above = "What you typed may still stand above. To hide it, close this window."
    assert said(SHIPPED, "1", "1", "start over") == ["Start over? Your answers are erased. Type yes or no."]
    assert said(SHIPPED, "1", "1", "start over", "perhaps") == ["Type yes or no."]
    assert said(SHIPPED, "1", "1", "start over", "yes")[:2] == ["Your answers are erased.", above]
    assert "About you: about 20 left." in said(SHIPPED, "1", "1", "start over", "yes", "1")
    assert said(SHIPPED, "1", "quit") == ["Leave? We'll erase your answers. Nothing is kept. Type yes or no."]
    assert said(SHIPPED, "1", "1", "quit", "no") == ["Your answers are kept."]


def test_compare_reads_each_kind_of_care_by_itself() -> None:
    first = said(SHIPPED, "2")
    rest = said(SHIPPED, "2", "all")
    told = first + rest
    for care in SHIPPED.care.levels:
        at = told.index(f"{care.name}.")
        for row in SHIPPED.care.compare:
            assert f"{row.text}: {' '.join(care.compare[row.id].split())}".rstrip(".") in " ".join(told[at:])


def test_commands_are_named_with_what_they_are_for() -> None:
    lines = said(SHIPPED, "1", "commands")
    assert lines[0] == "You can type:"
    assert "why: why we ask this." in lines


# ---- languages -------------------------------------------------------------------------------------------------------


def test_the_language_can_be_changed_at_any_time_and_nothing_is_lost(pirate: str) -> None:
    lines = said(SHIPPED, "1", "1", "portugues", languages=("en", pirate))
    assert "How old are you?" in lines
    assert language.current() == pirate
    lines = said(SHIPPED, "1", "1", "English", "answers", languages=("en", pirate))
    assert "1. Who are you answering for? Answer: Myself." in lines
    assert language.current() == "en"


def test_the_first_page_offers_the_other_language_by_its_own_name(pirate: str) -> None:
    assert "4. Português" in said(SHIPPED, languages=("en", pirate))
    assert "4. English" in said(SHIPPED, "4", languages=("en", pirate))


def test_language_asks_where_there_are_several(pirate: str) -> None:
    lines = said(SHIPPED, "language", languages=("en", pirate, "xx"))
    assert lines == ["1. English", "2. Português", "3. xx", "Type a number from 1 to 3, or back."]
    assert said(SHIPPED, "language", "9", languages=("en", pirate, "xx")) == ["Type a number from 1 to 3, or back."]
    said(SHIPPED, "language", "2", languages=("en", pirate, "xx"))
    assert language.current() == pirate


def test_with_one_language_none_is_offered() -> None:
    assert said(SHIPPED, "language") == ["There is no other language."]
    assert not any("language" in line for line in said(SHIPPED, "commands"))


# ---- text that came from elsewhere -----------------------------------------------------------------------------------


def test_no_text_of_a_screening_can_steer_the_terminal() -> None:
    nasty = "a\x1b[2Jb\rc\td\u2028e\x9b1mf"
    first = replace(SMALL.sections[0].questions[0], ask=nasty)
    section = replace(SMALL.sections[0], title=nasty, questions=(first, *SMALL.sections[0].questions[1:]))
    poisoned = replace(SMALL, sections=(section, *SMALL.sections[1:]))
    for line in said(poisoned, "1"):
        assert line.isprintable(), line
