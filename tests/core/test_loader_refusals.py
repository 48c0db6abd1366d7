"""What a screening may not hold: parts too large or empty, rules that say nothing; and one mistake is told once."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.authoring.checker import check, load_sound
from iop_tui.screening.problems import Unusable
from iop_tui.screening.search.completions import Completions
from iop_tui.screening.search.level_range import LevelRange
from iop_tui.screening.size_limits import MAX_GATES, MAX_SCORE
from tests.core.authored import spoil
from tests.core.small import SMALL

Told = Callable[..., list[str]]
OPTIONS = "options: [{id: no, text: No}, {id: yes, text: Yes, weight: 2}]"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "q"))


@pytest.fixture
def told(copy: Path) -> Told:
    """What is said of the small screening with pieces of one file replaced: `told("about.yaml", old, new, …)`."""

    def tell(file: str, *edits: str) -> list[str]:
        spoil(copy, file, *edits)
        return [problem.message for problem in check(copy).problems]

    return tell


def questions(directory: Path, written: Iterable[str], when: str) -> Path:
    """The small screening with other questions in safety.yaml, and one need."""
    rule = f"needs:\n  - {{id: all_of_it, at_least: iop, because: So it is., source: an example, when: {when}}}\n"
    lines = "".join(f"  - {{{question}}}\n" for question in written)
    (directory / "about.yaml").write_text(f"id: about\ntitle: About\nquestions:\n{lines}{rule}")
    (directory / "screening.yaml").write_text(
        (SMALL / "screening.yaml").read_text().replace("[about, safety]", "[about]").partition("notices:")[0]
    )
    shutil.rmtree(directory / "cases")
    return directory


def question(number: int, more: str = OPTIONS) -> str:
    return f"id: q{number}, ask: Is it so?, why: To know., {more}"


def nested(depth: int, inner: str) -> str:
    """A condition so deep, as costly to follow as the depth of a YAML file allows: a `not` nests less in YAML."""
    nots = max(0, 2 * (depth - 1) - 19)
    for level in range(depth - 1):
        inner = f"{{not: {inner}}}" if level < nots else f"{{at_least: 1, of: [{inner}]}}"
    return inner


# ---- limits ----------------------------------------------------------------------------------------------------------


MANY = 900
"""More questions than the test lets Python follow one inside another. The search takes as long as their square."""


def test_the_deepest_that_is_allowed_loads(copy: Path) -> None:
    free = MANY - MAX_GATES
    gates = [nested(12, f"{{q{n - 1}: no}}") for n in range(free, MANY)]
    gated = [question(free + n, f"{OPTIONS}, show_if: {gate}") for n, gate in enumerate(gates)]
    written = [*(question(n) for n in range(free)), *gated]
    every = ",\n    ".join(f"{{q{n}: yes}}" for n in range(MANY))
    directory = questions(copy, written, f"{{any: [{every}]}}")
    # Less than Python's own 1000, counted from here: the wizard stands on a stack of its own.
    usual, here = sys.getrecursionlimit(), len(inspect.stack(0))
    sys.setrecursionlimit(here + 850)
    try:
        screening = load_sound(directory)
        possible = Completions(screening)
        low, high = LevelRange(possible, screening.needs).between(possible.sheet({}))
    finally:
        sys.setrecursionlimit(usual)
    assert len(screening.questions) == MANY
    assert (low, high) == ("outpatient", "iop")


def test_the_largest_score_loads_and_is_assessed(copy: Path) -> None:
    names = ", ".join(f"q{n}" for n in range(MAX_SCORE))
    written = [question(n, "kind: number, lowest: 0, highest: 100") for n in range(MAX_SCORE)]
    screening = load_sound(questions(copy, written, f"{{score: [{names}], at_least: 5000}}"))
    assert assess(screening, {}).could_be == ("outpatient", "iop")


@pytest.mark.parametrize(
    ("count", "more", "when", "says"),
    [
        (51, OPTIONS, "{score: [NAMES], at_least: 3}", "a score names 51 questions; 50 is the most"),
        (1200, OPTIONS, "{score: [NAMES], at_least: 3}", "a score names 1200 questions; 50 is the most"),
        (2, "kind: number, lowest: 0, highest: 101", "{score: [NAMES], at_least: 3}", "'q0' goes from 0 to 101"),
        (2, OPTIONS, nested(13, "{q0: yes}"), "more than 12 deep"),
        (2, OPTIONS, "{not: " * 18 + "{q0: yes}" + "}" * 18, "more than 12 deep"),
    ],
    ids=["score", "large score", "range", "deep", "not not"],
)
def test_what_is_too_large_is_refused(copy: Path, count: int, more: str, when: str, says: str) -> None:
    names = ", ".join(f"q{n}" for n in range(count))
    directory = questions(copy, [question(n, more) for n in range(count)], when.replace("NAMES", names))
    with pytest.raises(Unusable) as unusable:
        load_sound(directory)
    assert says in str(unusable.value)


@pytest.mark.parametrize("depth", [1, 18])
def test_too_many_gates_are_refused(copy: Path, depth: int) -> None:
    gates = ["{not: " * (depth - 1) + f"{{q{n}: yes}}" + "}" * (depth - 1) for n in range(40)]
    written = [question(0), *(question(n + 1, f"{OPTIONS}, show_if: {gate}") for n, gate in enumerate(gates))]
    with pytest.raises(Unusable) as unusable:
        load_sound(questions(copy, written, "{q40: yes}"))
    assert "more than 20 questions depend on one another here" in str(unusable.value)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("about.yaml", "ask: Who is this for?", f"ask: {'a' * 301}", "300 is the most"),
        ("about.yaml", "why: So that we ask", f"why: {'a' * 301}", "300 is the most"),
        ("about.yaml", "self: Me", f"self: {'a' * 121}", "120 is the most"),
        ("about.yaml", "title: About you", f"title: {'a' * 61}", "60 is the most"),
        ("help.yaml", "title: Please talk to someone right now", f"title: {'a' * 61}", "60 is the most"),
        ("help.yaml", "Call or text 988 now.", "a" * 161, "160 is the most"),
        ("screening.yaml", "text: Their own", f"text: {'a' * 300}", "300 is the most"),
    ],
)
def test_a_text_that_no_page_can_hold_is_refused(told: Told, file: str, old: str, new: str, says: str) -> None:
    assert any(says in message for message in told(file, old, new))


# ---- rules that say nothing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_least: 0}}", "all of these are in the range"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_most: 60}}", "all of these are in the range"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_least: 9, at_most: 8}}", "none of these is in the"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_most: -1}}", "none of these is in the range"),
        ("safety.yaml", "at_least: 3", "at_least: 0", "should be 1 or more"),
        ("safety.yaml", "at_least: 3", "at_least: -2", "should be 1 or more"),
        ("safety.yaml", "when: {thoughts: plan}", "when: {at_least: 0, of: [{thoughts: plan}]}", "from 1 to 1"),
        ("safety.yaml", "{thoughts: plan}", "{thoughts: [never, often, plan]}", "every answer makes this rule fire"),
        ("safety.yaml", "{night_support: nobody}", "{night_support: [somebody, nobody]}", "every answer makes this"),
        ("about.yaml", "{help_with: alcohol}", "{who_for: [self, someone_else]}", "every answer makes show_if hold"),
        ("help.yaml", "2026-11-21", "2026-99-99", "there is no day '2026-99-99'"),
        ("help.yaml", "2026-11-21", "2026-02-29", "there is no day '2026-02-29'"),
    ],
)  # fmt: skip
def test_what_says_nothing_is_told(told: Told, file: str, old: str, new: str, says: str) -> None:
    messages = [message for message in told(file, old, new) if not message.startswith("case ")]
    assert len(messages) == 1, messages
    assert says in messages[0]


def test_two_notices_of_one_name(told: Told) -> None:
    notice = "notices:\n  - {id: for_someone_else, when: {thoughts: plan}, text: Twice.}"
    [message] = told("screening.yaml", "notices:", notice)
    assert message.startswith("notice 'for_someone_else': the name is already taken")


def test_another_first_call_without_a_sentence_for_the_card(told: Told) -> None:
    other = "other_calls:\n  - {whom: Talk to them, when: {thoughts: plan}, turns: [{you: Hello.}]}\nadvice:"
    messages = told("care.yaml", "advice:", other)
    assert messages
    assert all(m.startswith("other_calls: 0 turns have 'card: yes' for the level") for m in messages)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("help.yaml", "do: [Call or text 988 now., Do not stay alone.]", "do: []", "page 'suicide': do: the list is"),
        ("help.yaml", "lines: [lifeline, emergency]", "lines: []", "page 'suicide': lines: the list is empty"),
        ("screening.yaml", "points: [It is not a diagnosis.]", "points: []", "points: the list is empty"),
        ("care.yaml", "items: [I did a self-check.]", "items: []", "advice 'first_call': items: the list is empty"),
    ],
)
def test_an_empty_list_is_told(told: Told, file: str, old: str, new: str, says: str) -> None:
    [message] = told(file, old, new)
    assert says in message


def test_no_phone_line_at_all(told: Told, copy: Path) -> None:
    text = (copy / "help.yaml").read_text()
    head = text[: text.index("pages:")]
    [message] = told("help.yaml", head, "lines: []\n")
    assert "help.yaml: lines: the list is empty" in message


def test_no_question_at_all(copy: Path) -> None:
    for name in ("about", "safety"):
        (copy / f"{name}.yaml").write_text(f"id: {name}\ntitle: Nothing\nquestions: []\n")
    manifest = copy / "screening.yaml"
    manifest.write_text(manifest.read_text().partition("notices:")[0])
    [problem] = check(copy).problems
    assert problem.message == "screening.yaml: none of the sections has a question"


# ---- one mistake is told once ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["care", "help", "screening", "cases"])
def test_a_section_named_as_another_file_is_one_problem(told: Told, name: str) -> None:
    [message] = told("screening.yaml", "[about, safety]", f"[about, safety, {name}]")
    assert f"no section can be called {name!r}" in message


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("about.yaml", "kind: number", "kind: numbr", "there is no 'numbr'; did you mean 'number'?"),
        ("about.yaml", "  - id: drinks\n    ask", "  - ask", "the key 'id' is missing"),
        ("about.yaml", "  - id: drinks\n", "  - id: [drinks]\n", "should be a text"),
        ("about.yaml", "lowest: 0", "lowest: none", "should be a whole number"),
        ("about.yaml", "unit: drinks", "unit_of_one: drink", "'unit_of_one' goes with 'unit'"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_least: many}}", "should be a whole number"),
        ("about.yaml", "{drinks: {at_least: 8}}", "{drinks: {at_last: 8}}", "did you mean 'at_least'?"),
        ("about.yaml", "{help_with: alcohol}", "{help_with: [[alcohol]]}", "should be a text"),
        ("about.yaml", "at_least: iop", "at_least: ipo", "there is no level 'ipo'; did you mean 'iop'?"),
        ("care.yaml", "compare: {sleep: At home, hours: 1 to 2}", "compare: home", "should be keys and values"),
        ("care.yaml", "compare: {sleep: At home, hours: 1 to 2}", "compare: [home]", "should be keys and values"),
        ("care.yaml", "  - sleep: Where you sleep\n  - hours: Hours a week", "  sleep: Where", "should be a list"),
        ("care.yaml", "- sleep: Where you sleep", "- Where you sleep", "should be keys and values"),
        ("safety.yaml", "- never: Never\n      - often: Often\n      - plan: I have a plan", "never", "a list"),
        ("safety.yaml", "- plan: I have a plan", "- I have a plan", "should be keys and values, and is a text"),
        ("safety.yaml", "    page: suicide\n    because: You have", "    because: You have", "'page' is missing"),
        ("safety.yaml", "{score: [low_mood, low_interest], at", "{score: {low_mood: 1}, at", "should be a list"),
        ("help.yaml", "- {id: suicide, ", "- {", "the key 'id' is missing"),
        ("help.yaml", "- {id: lifeline, ", "- {", "the key 'id' is missing"),
        ("help.yaml", "always: [emergency, lifeline]", "always: {a: b}", "should be a list"),
        ("screening.yaml", "sections: [about, safety]", "sections: {a: b}", "should be a list"),
        ("screening.yaml", "[about, safety]", "[about, safety, about]", "named twice"),
        ("cases/people.yaml", "id: calm", "id: [calm]", "case: id: should be a text, and is a list"),
        ("cases/people.yaml", "{level: outpatient, reasons", "{reasons", "the key 'level' is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_once(told: Told, file: str, old: str, new: str, says: str) -> None:
    messages = told(file, old, new)
    assert len(messages) == 1, messages
    assert says in messages[0]


def test_a_list_of_words_for_options_is_a_problem_for_each_word(told: Told) -> None:
    options = "- never: Never\n      - often: Often\n      - plan: I have a plan"
    messages = told("safety.yaml", options, "- Never\n      - Often\n      - Plan")
    assert messages == ["question 'thoughts': options: should be keys and values, and is a text"] * 3


def test_a_file_that_cannot_be_read_hides_no_mistake_in_another(told: Told, copy: Path) -> None:
    (copy / "about.yaml").write_text("id: [about\n")
    messages = told("care.yaml", ", hours: 1 to 2}", "}", "id: php", "id: iop")
    assert [message for message in messages if message.startswith(("level", "care"))] == [
        "level 'outpatient': compare: the row 'hours' is missing",
        f"level 'iop': the name is already taken ({copy}/care.yaml:6)",
    ]


def test_a_file_of_words_is_one_problem(copy: Path) -> None:
    for name in ("about", "care", "help"):
        (copy / f"{name}.yaml").write_text("just words\n")
    assert [problem.message for problem in check(copy).problems] == [
        f"{noun}: should be keys and values, and is a text" for noun in ("section", "care.yaml", "help.yaml")
    ]


# ---- example people --------------------------------------------------------------------------------------------------


def test_files_of_example_people_that_are_not_read_are_told(copy: Path) -> None:
    others = ("README.md", "notes.txt", ".hidden.yml", "people.yaml~", "#people.yaml#")
    for name in ("more.yml", "my.own.YAML", "notes", *others):
        (copy / "cases" / name).write_text("cases: []\n")
    assert [str(problem) for problem in check(copy).problems] == [
        f"{copy}/cases/more.yml:1: error: this file is not read: name it more.yaml",
        f"{copy}/cases/my.own.YAML:1: error: this file is not read: name it my.own.yaml",
        f"{copy}/cases/notes:1: error: this file is not read: name it notes.yaml",
    ]


def test_example_people_that_cannot_be_read_are_told(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(Path, "iterdir", refused)
    [problem] = check(copy).problems
    assert str(problem) == f"{copy}/cases:1: error: the example people cannot be read: Permission denied"


def test_example_people_may_be_left_out(copy: Path) -> None:
    shutil.rmtree(copy / "cases")
    assert check(copy).problems == ()
    (copy / "cases").touch()
    assert "Not a directory" in check(copy).problems[0].message
