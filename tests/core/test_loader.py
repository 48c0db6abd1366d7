"""Bad files are refused with file, line and a sentence, all of them in one run; what was typed stays what was typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.screening.authoring.checker import check, load_sound
from iop_tui.screening.format.loader import load
from iop_tui.screening.format.yaml_nodes import parse
from iop_tui.screening.problems import Problem, Report, Unusable
from tests.core.small import SMALL

Copy = Callable[..., Path]


@pytest.fixture
def copied(tmp_path: Path) -> Copy:
    """A copy of the small screening, with pieces of its files replaced: `copied("about.yaml", old, new, …)`."""

    def make(*edits: str) -> Path:
        directory = tmp_path / "questions"
        shutil.copytree(SMALL, directory, dirs_exist_ok=True)
        for file, old, new in zip(edits[::3], edits[1::3], edits[2::3], strict=True):
            path = directory / file
            text = path.read_text()
            assert old in text
            path.write_text(text.replace(old, new, 1))
        return directory

    return make


def problems(directory: Path) -> tuple[Problem, ...]:
    with pytest.raises(Unusable) as unusable:
        load_sound(directory)
    return unusable.value.problems


NEVER = "{all: [{drinks: {at_least: 8}}, {drinks: {at_most: 7}}]}"


def line_of(directory: Path, file: str, text: str) -> int:
    return next(n for n, line in enumerate((directory / file).read_text().splitlines(), 1) if text in line)


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "says"),
    [
        ("about.yaml", "title: About you", "title: [About", "questions", "not valid YAML"),
        ("about.yaml", "title: About you", "titel: About you", "titel", "unknown key 'titel'; did you mean 'title'?"),
        ("about.yaml", "title: About you", "title: ''", "title", "is empty"),
        ("about.yaml", "title: About you", "title: About you\ntitle: Again", "title: Again", "already given on line 2"),
        ("about.yaml", "title: About you", "title: &a About you\nintro: *a", "title", "alias"),
        ("about.yaml", "title: About you", "title: About\x1byou", "About\x1byou", "control character (U+001B)"),
        ("about.yaml", "title: About you", 'title: "About\\eyou"', "About\\eyou", "control character"),
        ("about.yaml", "title: About you", "title: Call \u202e119", "\u202e119", "control character (U+202E)"),
        ("about.yaml", "title: About you", 'title: "Call \\u2066119"', "u2066119", "control character"),
        ("about.yaml", "title: About you", "title: !!python/name:os.system x", "python", "tag"),
        ("about.yaml", "- self: Me", "- skipped: Me", "- skipped", "cannot be an option's id"),
        ("about.yaml", "- self: Me", "- self: Me\n      - self: I", "- self: I", "already taken"),
        ("about.yaml", "kind: several", "kind: many", "kind: many", "there is no 'many'; it could be: one, several"),
        ("about.yaml", "lowest: 0", "lowest: none", "lowest: none", "whole number"),
        ("about.yaml", "lowest: 0", "lowest: 70", "- id: drinks", "the first below the second"),
        ("about.yaml", "{help_with: alcohol}", "{help_wiht: alcohol}", "help_wiht", "did you mean 'help_with'?"),
        ("about.yaml", "{help_with: alcohol}", "{help_with: alcohl}", "alcohl", "did you mean 'alcohol'?"),
        ("about.yaml", "{help_with: alcohol}", "{help_with: not_sure}", "not_sure", "decides nothing"),
        ("about.yaml", "{help_with: alcohol}", "{thoughts: plan}", "- id: drinks", "only earlier questions"),
        ("about.yaml", "{help_with: alcohol}", "{drinks: {at_least: 3}}", "- id: drinks", "only earlier questions"),
        ("about.yaml", "{help_with: alcohol}", "{help_with: mood, who_for: self}", "show_if", "side by side"),
        ("about.yaml", "{help_with: alcohol}", "{all: []}", "show_if", "the list is empty"),
        ("about.yaml", "{help_with: alcohol}", "{at_least: 3, of: [{help_with: mood}]}", "show_if", "from 1 to 1"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: yes}", "drinks: yes", "asks for a number"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{who_for: {at_least: 8}}", "who_for: {", "not ask for a number"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_least: 61}}", "at_least: 61", "from 0 to 60; none"),
        ("about.yaml", "{drinks: {at_least: 8}}", NEVER, "- id: many_drinks", "no answers can make this rule fire"),
        ("about.yaml", "at_least: iop", "at_least: ipo", "ipo", "there is no level 'ipo'; did you mean 'iop'?"),
        ("about.yaml", "first: medical_check", "first: medical_chek", "- id: many", "did you mean 'medical_check'?"),
        ("safety.yaml", "page: suicide", "page: suicid", "- id: suicide_plan", "did you mean 'suicide'?"),
        ("safety.yaml", "id: frequent_thoughts", "id: suicide_plan", "urgency: today", "already taken"),
        ("safety.yaml", "urgency: now", "urgency: soon", "urgency: soon", "there is no 'soon'"),
        ("safety.yaml", "id: safety", "id: safe", "id: safe", "the same name"),
        ("safety.yaml", "source: an example\n  - id: freq", "\n  - id: freq", "- id: suicide_plan", "'source' is"),
        ("care.yaml", "id: php", "id: iop", "id: iop, name: Partial", "already taken"),
        ("care.yaml", "sleep: At home, hours: 1 to 2", "sleep: At home", "outpatient", "the row 'hours' is missing"),
        ("care.yaml", "short: Outpatient", "short: Outpatient therapy", "outpatient", "12 is the most"),
        ("help.yaml", "lines: [lifeline, emergency]", "lines: [lifelin]", "id: suicide", "did you mean 'lifeline'?"),
        ("help.yaml", "checked: 2026-11-21", "checked: yesterday", "yesterday", "YYYY-MM-DD"),
        ("screening.yaml", "[about, safety]", "[about, safety, nowhere]", "", "there is no such file"),
        ("screening.yaml", "id: small", "id: Small One", "id: Small", "small letters"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_remedy(
    copied: Copy, file: str, old: str, new: str, at: str, says: str
) -> None:
    directory = copied(file, old, new)
    found = problems(directory)
    named = [problem for problem in found if says in problem.message]
    assert named, "\n".join(map(str, found))
    if at == "questions":
        return
    if at:
        expected = [n for n, line in enumerate((directory / file).read_text().split("\n"), 1) if at in line]
        assert named[0].line in (*expected, *(n - 1 for n in expected)), str(named[0])
    assert named[0].file.startswith(str(directory))


def test_all_problems_come_in_one_run(copied: Copy) -> None:
    directory = copied(
        "about.yaml", "title: About you", "titel: About you",
        "about.yaml", "{help_with: alcohol}", "{help_with: alcohl}",
        "safety.yaml", "page: suicide", "page: suicid",
        "care.yaml", "id: php", "id: iop",
        "help.yaml", "checked: 2026-11-21", "checked: yesterday",
    )  # fmt: skip
    files = [Path(problem.file).name for problem in problems(directory)]
    assert set(files) == {"about.yaml", "safety.yaml", "care.yaml", "help.yaml"}
    assert files == sorted(files)


def test_a_broken_file_does_not_raise_a_cloud_of_names_that_it_may_have_given(copied: Copy) -> None:
    directory = copied("about.yaml", "id: about", "id: [about")
    assert [Path(problem.file).name for problem in problems(directory)] == ["about.yaml"]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 1, "empty"),
        (b"id: x\n\ttitle: y\n", 2, "not valid YAML"),
        (b"id: x\ntitle: \xff\xfe\n", 2, "not UTF-8"),
        (b"id: x\n--- \nid: y\n", 2, "second document"),
        (b"- a list\n", 1, "should be keys and values"),
        (b"just words\n", 1, "should be keys and values"),
        (b"[" * 5000, 1, "nested too deep"),
        (b"{a: " * 400 + b"\n", 1, "nested too deep"),
        (b"\n".join(b" " * n + b"- a:" for n in range(2000)), 1, ""),
        (b"id: x\n? [a, b]\n: c\n", 2, "a key must be one word"),
        (b"x" * 10_000_000, 1, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_section_is_refused(copied: Copy, content: bytes, line: int, says: str) -> None:
    directory = copied()
    (directory / "about.yaml").write_bytes(content)
    found = [problem for problem in problems(directory) if Path(problem.file).name == "about.yaml"]
    assert any(says in problem.message for problem in found)
    if says:
        assert line in {problem.line for problem in found if says in problem.message}


def test_a_directory_with_no_screening_in_it_is_refused(tmp_path: Path) -> None:
    assert str(problems(tmp_path)[0]).endswith("a screening is a directory with a screening.yaml")
    (tmp_path / "mood.yaml").write_text("id: mood")
    assert "a section alone is checked once it is in one" in str(problems(tmp_path)[0])
    assert "no such directory" in str(problems(tmp_path / "nowhere")[0])


def test_an_unreadable_file_is_a_sentence(copied: Copy) -> None:
    directory = copied()
    (directory / "about.yaml").unlink()
    (directory / "about.yaml").mkdir()
    assert "cannot be read" in str(problems(directory)[0])


@pytest.mark.parametrize("typed", ["no", "yes", "012", "1:30", "2026-01-02", "null", "~", "1e3", "0x1F", "3.0"])
def test_text_stays_what_was_typed(copied: Copy, typed: str) -> None:
    screening = load(copied("about.yaml", "self: Me", f"self: {typed}"))
    assert screening.questions[0].options[0].text == typed


def test_markup_in_a_text_stays_text(copied: Copy) -> None:
    screening = load(copied("about.yaml", "self: Me", 'self: "[bold]Me[/] [@click=app.quit]x[/]"'))
    assert screening.questions[0].options[0].text == "[bold]Me[/] [@click=app.quit]x[/]"


def test_the_hash_follows_the_files_and_not_the_example_people(copied: Copy) -> None:
    before = load(copied()).sha256
    assert load(copied("cases/people.yaml", "All is well.", "All is very well.")).sha256 == before
    assert load(copied("about.yaml", "Who is this for?", "For whom is this?")).sha256 != before


def test_questions_that_nothing_can_open_are_named(copied: Copy) -> None:
    both = "{all: [{help_with: none}, {help_with: alcohol}]}"
    found = problems(copied("about.yaml", "show_if: {help_with: alcohol}", f"show_if: {both}"))
    assert any("question 'drinks': no answers can make show_if hold" in problem.message for problem in found)


def test_a_case_that_gets_another_result_is_a_problem_with_its_line(copied: Copy) -> None:
    directory = copied(
        "cases/people.yaml", "{level: outpatient, reasons: [], fits: []}", "{level: php, could_be: [php]}"
    )
    checked = check(directory)
    assert [problem.message for problem in checked.problems] == [
        "case 'calm': could_be should be php, and is outpatient",
        "case 'calm': level should be php, and is outpatient",
    ]
    assert {problem.line for problem in checked.problems} == {line_of(directory, "cases/people.yaml", "id: calm")}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("thoughts: plan", "thoughs: plan", "there is no question 'thoughs'; did you mean 'thoughts'?"),
        ("thoughts: plan", "thoughts: plann", "there is no option 'plann'; did you mean 'plan'?"),
        ("drinks: 9", "drinks: 99", "99 is out of range"),
        ("drinks: 9", "drinks: nine", "a whole number from 0 to 60"),
        ("alarms: [suicide_plan]", "alarms: [suicide_pan]", "there is no alarm 'suicide_pan'; did you mean"),
        ("level: none", "level: nothing", "there is no level 'nothing'"),
        ("story: A plan., ", "", "the key 'story' is missing"),
        ("id: plan,", "id: calm,", "the name is already taken"),
    ],
)
def test_a_mistake_in_a_case_is_named(copied: Copy, old: str, new: str, says: str) -> None:
    messages = [problem.message for problem in check(copied("cases/people.yaml", old, new)).problems]
    assert any(says in message for message in messages), messages


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_no_bytes_make_the_yaml_reader_fail(raw: bytes) -> None:
    report = Report()
    node = parse(raw, "x.yaml", report)
    assert (node is None) == bool(report.problems)
    assert all(1 <= problem.line <= raw.count(b"\n") + raw.count(b"\r") + 2 for problem in report.problems)


_words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20)


@given(text=_words.filter(lambda word: word.strip() and not {"{", "}"} & set(word)))
def test_any_text_comes_through_unchanged(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    directory = tmp_path_factory.mktemp("any") / "q"
    shutil.copytree(SMALL, directory)
    section = yaml.load((directory / "about.yaml").read_text(), yaml.BaseLoader)  # noqa: S506  # builds only texts
    section["questions"][0]["ask"] = text
    (directory / "about.yaml").write_text(yaml.safe_dump(section, allow_unicode=True))
    assert load(directory).questions[0].ask == text.strip()


@given(data=st.data())
def test_a_file_cut_or_scrambled_anywhere_is_loaded_or_refused_but_never_fails(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = tmp_path_factory.mktemp("cut") / "q"
    shutil.copytree(SMALL, directory)
    path = directory / data.draw(
        st.sampled_from(["about.yaml", "safety.yaml", "care.yaml", "help.yaml", "screening.yaml"])
    )
    lines = path.read_text().splitlines()
    move = data.draw(st.sampled_from(["drop", "cut", "double", "swap", "blank"]))
    at = data.draw(st.integers(0, len(lines) - 1))
    if move == "drop":
        del lines[at]
    elif move == "cut":
        lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
    elif move == "double":
        lines.insert(at, lines[at])
    elif move == "swap":
        other = data.draw(st.integers(0, len(lines) - 1))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        key, colon, _value = lines[at].partition(": ")
        lines[at] = key + colon
    path.write_text("\n".join(lines))
    try:
        load_sound(directory)
    except Unusable as unusable:
        for problem in unusable.problems:
            assert problem.line >= 1
            assert problem.message


def test_people_alike_must_get_the_same_result_and_each_is_named_by_their_own_line(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "q")
    (tmp_path / "q" / "cases" / "alike.yaml").write_text(
        "cases:\n"
        "  - id: drinkers\n"
        "    story: People who drink a lot.\n"
        "    answers: {who_for: self, help_with: [alcohol], drinks: 9, thoughts: never, low_mood: rarely,\n"
        "              low_interest: rarely, night_support: somebody}\n"
        "    same_for:\n"
        "      - {drinks: 20}\n"
        "      - {drinks: 2}\n"
        "    expect: {level: iop, first_steps: [medical_check]}\n"
    )
    found = [str(problem) for problem in check(tmp_path / "q").problems if "drinkers" in problem.message]
    assert found
    assert all("alike.yaml:8:" in line for line in found)


def test_first_steps_that_cover_one_another_or_nothing_are_problems(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "q")
    care = tmp_path / "q" / "care.yaml"
    step = "  - {id: second, title: T, text: T., covers: [medical_check, nothing]}\nadvice:"
    care.write_text(
        care.read_text().replace("can be unsafe.}", "can be unsafe., covers: [second]}").replace("advice:", step)
    )
    with pytest.raises(Unusable) as caught:
        load(tmp_path / "q")
    said = str(caught.value)
    assert "first step 'second': there is no first step 'nothing'" in said
    assert "'medical_check' cover one another" in said
