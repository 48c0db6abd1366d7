"""What a person takes along says all that the screen says, in a form that nothing can turn into markup."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.platform.markdown_escape import escaped
from iop_tui.platform.private_file import CannotSave
from iop_tui.result.blocks import Block, Words
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.result.model import Result, Verdict
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.i18n.language import use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.answers import Answer, Unknown
from iop_tui.screening.model.condition import Is
from iop_tui.screening.model.content import Advice, Item
from iop_tui.screening.model.definition import Notice
from iop_tui.screening.model.field_types import TwoForms
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.summary_file import save
from iop_tui.takeaway.text import WIDTH, as_text
from tests.core.small import small
from tests.shipped import CASES, SHIPPED, each_person, result_of

DRINKER: dict[str, Answer] = {"help_with": ("alcohol",), "drinks": 9, "thoughts": "never", "night_support": "nobody"}


def folded(text: str) -> str:
    """In one line and in small letters: headings of the text are in capitals."""
    return " ".join(text.split()).lower()


def text_of(result: Result) -> str:
    """What a person would save as plain text."""
    return as_text(document(result, "clinician"))


def markdown_of(result: Result) -> str:
    """The same as Markdown."""
    return as_markdown(document(result, "clinician"))


def test_every_file_opens_and_closes_with_a_professional_decides(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        text = folded(text_of(result))
        mine, _part, professional = text.partition("for your clinician")
        assert "not a diagnosis. a licensed professional decides" in mine
        assert folded(result.screening.manifest.disclaimer.closing) in professional
        if result.level is None:
            assert text.index("get help now") < text.index(folded(result.alarms[0].page.do[0]))
            assert text.index(folded(result.alarms[0].page.do[-1])) < text.index("not a diagnosis")

    each_person(check, people)


def test_the_result_says_one_thing_of_each_level(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        if case.expect.level == "none":
            assert result.levels == ()
            assert result.alarms
            return
        ranks = {level.verdict: SHIPPED.rank(level.care.id) for level in result.levels}
        assert len(result.levels) == 4
        assert [level.verdict for level in result.levels].count(Verdict.FIRST) == 1
        for level in result.levels:
            first = ranks[Verdict.FIRST]
            assert (level.verdict is Verdict.NOT_ENOUGH) == (SHIPPED.rank(level.care.id) < first)
            assert (level.verdict in (Verdict.MORE, Verdict.POSSIBLE)) == (SHIPPED.rank(level.care.id) > first)

    each_person(check, people)


def test_a_reason_names_its_rule_and_the_answers_that_fired_it_to_a_professional_alone() -> None:
    mine, _part, professional = folded(text_of(result_for(small(), DRINKER))).partition("for your clinician")
    assert folded("You drink a lot, and nobody is there at night") in mine
    assert "many_drinks_alone" not in mine
    assert folded("many_drinks_alone (inpatient): You drink a lot, and nobody is there at night.") in professional
    assert folded("drinks: 9 drinks") in professional
    assert folded("night_support: No") in professional


def test_a_result_that_depends_on_something_unknown_says_so() -> None:
    text = folded(text_of(result_for(small(), {**DRINKER, "night_support": Unknown.NOT_SURE})))
    assert folded("Some answers are missing, so ask about PHP or Inpatient, too.") in text
    assert folded("night_support: Is someone with you at night? - The answer could lead to") in text


def test_nobody_is_told_that_they_are_fine() -> None:
    calm: dict[str, Answer] = {"who_for": "self", "help_with": ("none",), "thoughts": "never"}
    text = folded(text_of(result_for(small(), {**calm, "low_mood": "rarely", "night_support": "somebody"})))
    assert folded("That doesn't mean nothing's wrong.") in text


def test_plain_text_keeps_to_its_width_and_to_plain_characters(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        text = text_of(result_of(case))
        assert max(map(len, text.splitlines())) <= WIDTH
        assert not set(text) & set("│─┌┐└┘━█")

    each_person(check, people)


def test_markdown_has_a_table_of_the_four() -> None:
    told = next(result_of(case) for case in CASES if result_of(case).settled)
    table = [line for line in markdown_of(told).splitlines() if line.startswith("|")]
    assert [sum(level.short in line for line in table) for level in told.screening.levels.values()] == [1, 1, 1, 1]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40))
def test_no_text_becomes_markup_in_markdown(text: str) -> None:
    plain = escaped(text)
    for character in "*_[]<>|`~":
        assert all(plain[index - 1] == "\\" for index, found in enumerate(plain) if found == character)
    first = plain.lstrip()[:1]
    assert first not in ("#", "-", "+", "=") or not text.strip().startswith(("# ", "- ", "+ ", "---", "==="))


def result() -> Result:
    return result_for(small(), DRINKER)


def test_a_saved_file_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = save(result(), str(tmp_path / "mine"), markdown=False)
    assert path == tmp_path / "mine.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == text_of(result())
    before = path.read_bytes()
    with pytest.raises(CannotSave, match="already a file"):
        save(result(), str(tmp_path / "mine.txt"), markdown=False)
    assert path.read_bytes() == before
    assert save(result(), str(tmp_path / "mine.txt"), markdown=True) == tmp_path / "mine.md"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.md", "mine.txt"]


@pytest.mark.parametrize("name", ["", " ", ".", "..", "nowhere/at/all", "a\0b", "~nobody-here/x", "x" * 300, "here/"])
def test_a_name_that_cannot_be_used_is_a_sentence(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotSave) as refused:
        save(result(), name, markdown=False)
    assert str(refused.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_other_peoples_is_deleted(tmp_path: Path) -> None:
    for name in (".mine.txt.part", "mine.txt.part", "mine.txt~"):
        (tmp_path / name).write_text("keep me")
    save(result(), str(tmp_path / "mine"), markdown=False)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotSave, match="the disk is full"):
        save(result(), str(tmp_path / "mine"), markdown=False)
    assert list(tmp_path.iterdir()) == []


def test_where_too_much_is_open_no_level_is_named_first() -> None:
    told = text_of(result_for(SHIPPED, {}))
    assert "We can't tell yet which care fits." in told
    assert "Care to ask about" not in told


def test_an_open_answer_that_could_mean_danger_says_to_call() -> None:
    text = folded(text_of(result_for(SHIPPED, {"danger_signs": Unknown.SKIPPED})))
    assert folded("If the answer could mean danger, do not wait. Call 911. Call or text 988.") in text


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("keep me")
    (tmp_path / "mine.txt").symlink_to(tmp_path / "victim")
    with pytest.raises(CannotSave):
        save(result(), str(tmp_path / "mine.txt"), markdown=False)
    assert (tmp_path / "victim").read_text() == "keep me"


def test_the_file_is_private_under_any_umask(tmp_path: Path) -> None:
    usual = os.umask(0)
    try:
        save(result(), str(tmp_path / "mine"), markdown=False)
    finally:
        os.umask(usual)
    assert stat.S_IMODE((tmp_path / "mine.txt").stat().st_mode) == 0o600


def test_a_step_that_another_covers_is_told_once() -> None:
    both: dict[str, Answer] = {
        "help_with": ("alcohol",),
        "body": ("illness",),
        "daily_use": ("alcohol",),
        "health": "not_steady",
    }
    steps = [step.id for step in result_for(SHIPPED, both).steps]
    assert "medical_check" in steps
    assert "doctor_check" not in steps
    alone = result_for(SHIPPED, {**both, "help_with": ("mood",), "daily_use": ("none",)})
    assert "doctor_check" in [step.id for step in alone.steps]


def test_a_danger_left_open_is_told_before_anything_else_and_nobody_is_told_that_they_are_fine() -> None:
    calm = next(case for case in CASES if case.id == "no_word_about_money")

    def card(answers: dict[str, Answer]) -> list[Block]:
        return list(document(result_for(SHIPPED, answers)).sections[0].blocks)

    for question in ("danger_signs", "suicide_thoughts", "troubles", "someone_in_danger"):
        for unknown in Unknown:
            first, *others = card({**calm.answers, question: unknown})
            assert isinstance(first, Words)
            assert first.text.startswith("You left a question about danger open.")
            assert "nothing's wrong" not in str(others)
    assert not isinstance(card(dict(calm.answers))[0], Words)


def test_care_that_open_answers_leave_possible_is_named_for_whomever_the_answers_are() -> None:
    given: dict[str, Answer] = {**DRINKER, "night_support": Unknown.NOT_SURE}
    for who in ("self", "someone_else"):
        text = text_of(result_for(small(), {**given, "who_for": who}))
        assert "Some answers are missing, so ask about PHP or Inpatient, too." in text


def test_advice_an_item_and_a_line_are_for_those_they_are_meant_for() -> None:
    screening = small()
    here = screening.care.where
    drinks = Is("help_with", ("alcohol",), here)
    items = (
        Item("For all.", here),
        Item("For drinkers.", here, when=drinks),
        Item("For IOP.", here, levels=("iop",)),
    )
    care = replace(
        screening.care,
        advice=(
            Advice("one", "One", items, here),
            Advice("two", "Two", (Item("Two.", here),), here, when=drinks),
            Advice("three", "Three", (items[1],), here),
            Advice("four", "Four", (Item("Four.", here),), here, levels=("outpatient",)),
        ),
    )
    lines = (replace(screening.help.lines[0], when=drinks), *screening.help.lines[1:])
    some = replace(screening, care=care, help=replace(screening.help, lines=lines))

    def told(help_with: Answer, **more: Answer) -> tuple[dict[str, tuple[str, ...]], list[str]]:
        made = result_for(some, {"thoughts": "never", "night_support": "somebody", "help_with": help_with, **more})
        return {given.title: given.items for given in made.advice}, [line.id for line in made.lines]

    everything = {
        "One": ("For all.", "For drinkers."),
        "Two": ("Two.",),
        "Three": ("For drinkers.",),
        "Four": ("Four.",),
    }
    assert told(("alcohol",), drinks=1) == (everything, ["emergency", "lifeline"])
    nothing = {"One": ("For all.",), "Four": ("Four.",)}
    assert told(("mood",)) == (nothing, ["lifeline"])
    assert told(Unknown.SKIPPED) == (nothing, ["lifeline"])
    at_iop = {**everything, "One": ("For all.", "For drinkers.", "For IOP.")}
    del at_iop["Four"]
    assert told(("alcohol",), drinks=9)[0] == at_iop


def test_a_notice_may_say_two_quite_different_things() -> None:
    here = small().care.where
    both = Notice(
        "n", Is("thoughts", ("never",), here), TwoForms("{Plain.|You, the helper, tell what you know.}"), here
    )
    screening = replace(small(), manifest=replace(small().manifest, notices=(both,)))
    mine = result_for(screening, {"thoughts": "never", "who_for": "self"})
    other = result_for(screening, {"thoughts": "never", "who_for": "someone_else"})
    assert [notice.text for notice in mine.notices] == ["Plain."]
    assert [notice.text for notice in other.notices] == ["You, the helper, tell what you know."]


def test_what_is_saved_in_spanish_is_spanish_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    spanish = in_language(SHIPPED, "es")
    use("es")
    try:
        for case in CASES[::20]:
            told = result_for(spanish, case.answers)
            text, markdown = text_of(told), markdown_of(told)
            assert max(map(len, text.splitlines())) <= WIDTH
            for said in (text, markdown):
                assert folded(told.screening.manifest.disclaimer.closing) in folded(said)
                assert "a quién llamar" in folded(said)
                assert "hecho con level-of-care" in folded(said)
                for english in ("Who to call", "You said", "Rules that hold", "Do this today", "Made with"):
                    assert folded(english) not in folded(said)
            path = save(told, str(tmp_path / case.id), markdown=False)
            assert path.read_bytes().decode("utf-8") == text
    finally:
        use("en")
