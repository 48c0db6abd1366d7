"""What a person takes along says all that the screen says, in a form that nothing can turn into markup."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iop_tui.screening.answers import Answer, Unknown
from iop_tui.screening.cases import Case, load_cases
from iop_tui.screening.load import load, shipped
from iop_tui.screening.problems import Report
from iop_tui.screening.summary import Summary, Verdict, summarize
from iop_tui.takeaway.files import CannotSave, save
from iop_tui.takeaway.markdown import as_markdown, escaped
from iop_tui.takeaway.text import WIDTH, as_text
from tests.core.small import small

SHIPPED = load(shipped())
CASES = load_cases(shipped(), SHIPPED, Report())
DRINKER: dict[str, Answer] = {"help_with": ("alcohol",), "drinks": 9, "thoughts": "never", "night_support": "nobody"}


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_summary_opens_and_closes_with_a_professional_decides(case: Case) -> None:
    summary = summarize(SHIPPED, case.answers)
    text = folded(as_text(summary))
    opening, closing = folded(summary.opening), folded(summary.closing)
    headline = text.index(folded(summary.headline))
    assert text.index(opening) < text.rindex(closing)
    # Danger alone comes before it.
    assert (headline < text.index(opening)) == (case.expect.level == "none")
    if summary.crisis:
        assert headline < text.index(folded(summary.crisis[0][0].do[0])) < text.rindex(closing)
    assert "1-800-662-4357" in opening


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_summary_says_one_thing_of_each_level_and_why(case: Case) -> None:
    summary = summarize(SHIPPED, case.answers)
    if case.expect.level == "none":
        assert summary.levels == ()
        assert summary.crisis
        return
    ranks = {level.verdict: level.care.id.rank for level in summary.levels}
    assert len(summary.levels) == 4
    assert [level.verdict for level in summary.levels].count(Verdict.FIRST) == 1
    assert all(level.why for level in summary.levels)
    for level in summary.levels:
        first = ranks[Verdict.FIRST]
        assert (level.verdict is Verdict.NOT_ENOUGH) == (level.care.id.rank < first)
        assert (level.verdict in (Verdict.MORE, Verdict.POSSIBLE)) == (level.care.id.rank > first)


def test_a_reason_names_its_rule_and_the_answers_that_fired_it() -> None:
    text = folded(as_text(summarize(small(), DRINKER)))
    assert "You drink a lot, and nobody is there at night." in text
    assert "(You answered “9 drinks” to “About how many drinks do you have on a day when you drink?”)" in text
    assert "(You answered “No” to “Is someone with you at night?”)" in text
    assert "(Rule: many_drinks_alone)" in text


def test_a_result_that_depends_on_something_unknown_says_so() -> None:
    text = folded(as_text(summarize(small(), {**DRINKER, "night_support": Unknown.NOT_SURE})))
    assert "Some answers are missing, so you may need PHP or Inpatient. Ask about them too." in text
    assert "“Is someone with you at night?” We do not know." in text


def test_nobody_is_told_that_they_are_fine() -> None:
    calm: dict[str, Answer] = {"who_for": "self", "help_with": ("none",), "thoughts": "never"}
    text = folded(as_text(summarize(small(), {**calm, "low_mood": "rarely", "night_support": "somebody"})))
    assert "That does not mean that all is well." in text


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.id)
def test_plain_text_keeps_to_its_width_and_to_plain_characters(case: Case) -> None:
    lines = as_text(summarize(SHIPPED, case.answers)).splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert not set("".join(lines)) & set("│─┌┐└┘━█")


def test_markdown_has_a_table_of_the_four() -> None:
    table = [line for line in as_markdown(summarize(SHIPPED, CASES[-1].answers)).splitlines() if line.startswith("|")]
    assert len(table) == len(SHIPPED.care.compare) + 2
    assert {line.count("|") for line in table} == {6}


@settings(max_examples=300)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=40))
def test_no_text_becomes_markup_in_markdown(text: str) -> None:
    plain = escaped(text)
    for character in "*_[]<>|`~":
        assert all(plain[index - 1] == "\\" for index, found in enumerate(plain) if found == character)
    first = plain.lstrip()[:1]
    assert first not in ("#", "-", "+", "=") or not text.strip().startswith(("# ", "- ", "+ ", "---", "==="))


def summary() -> Summary:
    return summarize(small(), DRINKER)


def test_a_saved_file_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = save(summary(), str(tmp_path / "mine"), markdown=False)
    assert path == tmp_path / "mine.txt"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text() == as_text(summary())
    before = path.read_bytes()
    with pytest.raises(CannotSave, match="already a file"):
        save(summary(), str(tmp_path / "mine.txt"), markdown=False)
    assert path.read_bytes() == before
    assert save(summary(), str(tmp_path / "mine.txt"), markdown=True) == tmp_path / "mine.md"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.md", "mine.txt"]


@pytest.mark.parametrize("name", ["", " ", ".", "..", "nowhere/at/all", "a\0b", "~nobody-here/x", "x" * 300, "here/"])
def test_a_name_that_cannot_be_used_is_a_sentence(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotSave) as refused:
        save(summary(), name, markdown=False)
    assert str(refused.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_other_peoples_is_deleted(tmp_path: Path) -> None:
    for name in (".mine.txt.part", "mine.txt.part", "mine.txt~"):
        (tmp_path / name).write_text("keep me")
    save(summary(), str(tmp_path / "mine"), markdown=False)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CannotSave, match="No space left on device"):
        save(summary(), str(tmp_path / "mine"), markdown=False)
    assert list(tmp_path.iterdir()) == []


def test_where_too_much_is_open_no_level_is_named_first() -> None:
    told = summarize(SHIPPED, {})
    assert told.headline == "We cannot tell yet which care fits. Talk with a professional today."
    assert "Ask about this first" not in as_text(told)


def test_an_open_answer_that_could_mean_danger_says_to_call() -> None:
    text = folded(as_text(summarize(SHIPPED, {"danger_signs": Unknown.SKIPPED})))
    assert "If it could be a yes, do not wait: call 911, or call or text 988." in text


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("keep me")
    (tmp_path / "mine.txt").symlink_to(tmp_path / "victim")
    with pytest.raises(CannotSave):
        save(summary(), str(tmp_path / "mine.txt"), markdown=False)
    assert (tmp_path / "victim").read_text() == "keep me"


def test_the_file_is_private_under_any_umask(tmp_path: Path) -> None:
    code = (
        "import os; os.umask(0); from pathlib import Path; from tests.core.test_takeaway import summary; "
        f"from iop_tui.takeaway.files import save; save(summary(), {str(tmp_path / 'mine')!r}, markdown=False)"
    )
    root = Path(__file__).parent.parent.parent
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
    assert stat.S_IMODE((tmp_path / "mine.txt").stat().st_mode) == 0o600
