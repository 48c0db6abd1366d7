"""Two versions of a screening compared: what changed, and for whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.screening.assessment.cases import load_cases
from iop_tui.screening.comparison.diff_model import Change, Kind, Reach, ScreeningDiff
from iop_tui.screening.comparison.diff_screenings import Loaded, NothingInCommon, compare, words_of
from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Report
from tests.core.authored import spoil, write

NIGHTS = "  - id: nights\n"
SPANISH = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "mind.questions.mood.ask"
msgid "How is your mood?"
msgstr "¿Cómo está su ánimo?"

msgctxt "mind.needs.low.because"
msgid "Your mood is low."
msgstr "Su ánimo está bajo."
"""


class Versions:
    """An old version, and a new one to change."""

    def __init__(self, directory: Path) -> None:
        self.old, self.new = write(directory / "old"), write(directory / "new")

    def diff(self, *edits: str, file: str = "mind.yaml", solve: bool | None = None) -> ScreeningDiff:
        """The difference after pieces of a file of the new version were replaced."""
        spoil(self.new, file, *edits)
        return compare(loaded(self.old), loaded(self.new), sheets=2_000, solve=solve)

    def diff_from(self, *edits: str) -> ScreeningDiff:
        """The same with another old version."""
        spoil(self.old, "mind.yaml", *edits)
        return self.diff()


def loaded(directory: Path) -> Loaded:
    screening = load(directory)
    return Loaded(directory.name, screening, load_cases(directory, screening, Report()), words_of(screening))


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path)


def change(diff: ScreeningDiff, kind: Kind, id_: str) -> Change:
    [found] = [change for change in diff.changes if (change.kind, change.id) == (kind, id_)]
    return found


def direction(diff: ScreeningDiff, kind: Kind, id_: str) -> str | None:
    meaning = change(diff, kind, id_).meaning
    return None if meaning is None else meaning.direction


def reach(diff: ScreeningDiff, kind: str, id_: str = "") -> Reach:
    [found] = [reach for reach in diff.reaches if (reach.kind, reach.id) == (kind, id_)]
    return found


def answers(reach_: Reach) -> tuple[object, object]:
    """The new answers of who gains, and the old ones of who loses."""
    gained, lost = reach_.gained.example, reach_.lost.example
    return (dict(gained.new) if gained else None), (dict(lost.old) if lost else None)


# ---- rules -----------------------------------------------------------------------------------------------------------


def test_the_same_screening_is_equal_and_so_is_one_with_other_comments_and_layout(versions: Versions) -> None:
    found = versions.diff(
        "alarms:", "# a remark\n\nalarms:", "when: {mood: dark}, because", "when: { mood: dark },  because"
    )
    assert found.equal
    assert (found.reaches, found.people.moved, found.sheets.more, found.sheets.less) == ((), (), 0, 0)


def test_a_need_that_is_told_in_other_words_counts_for_the_same_people(versions: Versions) -> None:
    found = versions.diff("when: {mood: [low, dark]},", "when: {any: [{mood: dark}, {mood: low}]},")
    assert direction(found, "need", "low") == "equal"
    assert not found.equal
    assert found.reaches == ()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{mood: [low, dark, good]}", "looser"),
        ("{mood: low}", "tighter"),
        ("{mood: [low, good]}", "both"),
        ("{not: {mood: [good, plan]}}", "equal"),
        ("{all: [{mood: [low, dark]}, {any: [{who_for: self}, {who_for: other}]}]}", "tighter"),
    ],
)
def test_a_need_is_loosened_tightened_or_both(versions: Versions, when: str, said: str) -> None:
    # The last one holds for the same people once they have said who it is for, and not for those who have not.
    assert direction(versions.diff("when: {mood: [low, dark]},", f"when: {when},"), "need", "low") == said


def test_who_gets_less_is_named_with_no_answer_to_spare(versions: Versions) -> None:
    found = versions.diff("{id: dark, at_least: php", "{id: dark, at_least: iop")
    assert answers(reach(found, "level", "php")) == (None, {"mood": "dark"})
    assert [entry.id for entry in found.reaches] == ["php"]
    assert [(person.id, person.old, person.new, person.direction) for person in found.people.moved] == [
        ("dark_not_alone", "php", "iop", "less")
    ]
    assert found.sheets.less > 0 == found.sheets.more
    assert {(move.old, move.new, move.up) for move in found.sheets.moves} == {("php", "iop", False)}


def test_an_alarm_that_no_longer_stops_the_questions(versions: Versions) -> None:
    found = versions.diff("urgency: now", "urgency: today")
    assert answers(reach(found, "stop")) == (None, {"mood": "plan"})
    assert [field.name for field in change(found, "alarm", "plan_now").fields] == ["urgency"]
    assert change(found, "alarm", "plan_now").meaning is None
    assert [(person.id, person.direction) for person in found.people.moved] == [("planning", "less")]


def test_an_alarm_that_is_gone_and_one_that_is_new(versions: Versions) -> None:
    found = versions.diff("id: plan_now,", "id: plan_here,")
    assert (change(found, "alarm", "plan_now").how, change(found, "alarm", "plan_here").how) == ("removed", "added")
    assert answers(reach(found, "alarm", "plan_here")) == ({"mood": "plan"}, None)
    assert answers(reach(found, "alarm", "plan_now")) == (None, {"mood": "plan"})
    assert [entry for entry in found.reaches if entry.kind in ("level", "stop")] == []


def test_a_first_step_that_is_taken_away(versions: Versions) -> None:
    found = versions.diff("    first: talk\n", "")
    assert answers(reach(found, "first_step", "talk")) == (None, {"mood": "dark", "nights": "alone"})
    assert [person.differs for person in found.people.moved] == [("possible_steps",), ("first_steps",)]
    assert found.sheets.other > 0 == found.sheets.more + found.sheets.less


def test_a_level_that_only_an_open_answer_lowers_is_found(versions: Versions) -> None:
    # Whoever says that they plan to die is stopped, so nobody who answers everything gets another level.
    covered = "needs:\n  - {id: planning, at_least: inpatient, when: {mood: plan}, because: So., source: x}\n"
    other = "  - {id: no_plan, at_least: inpatient, when: {not: {mood: plan}}, because: So., source: x}\n"
    spoil(versions.new, "mind.yaml", "needs:\n", "needs:\n" + other)
    found = versions.diff_from("needs:\n", covered + other)
    lost = reach(found, "level", "inpatient").lost
    assert (lost.outcome, lost.sheets, lost.people) == ("somebody", 0, 1)
    assert lost.example is not None
    assert dict(lost.example.old) == {}


def test_of_a_long_condition_the_pieces_that_differ_are_told(versions: Versions) -> None:
    long = "when: {all: [{who_for: self}, {any: [{mood: [low, dark]}, {nights: alone}]}, {nights: [with, alone]}]},"
    spoil(versions.old, "mind.yaml", "when: {mood: [low, dark]},", long)
    other = long.replace("[low, dark]", "dark").replace(", {nights: alone}", ", {nights: with}, {nights: alone}")
    found = versions.diff("when: {mood: [low, dark]},", other)
    when = change(found, "need", "low").field("when")
    assert when is not None
    assert [(piece.old, piece.new) for piece in when.pieces] == [
        ("{mood: [low, dark]}", None),
        (None, "{mood: dark}"),
        (None, "{nights: with}"),
    ]
    assert when.old is not None
    assert len(when.old) > 80


# ---- questions -------------------------------------------------------------------------------------------------------


def test_a_question_that_is_asked_of_more_people(versions: Versions) -> None:
    found = versions.diff("show_if: {mood: [low, dark]}", "show_if: {mood: [low, dark, plan]}")
    nights = change(found, "question", "nights")
    assert nights.meaning is not None
    assert nights.meaning.direction == "looser"
    assert nights.meaning.gained.example is not None
    assert dict(nights.meaning.gained.example.new) == {"mood": "plan"}
    # The rules that ask for it are not written otherwise, but they hold for others now.
    assert (change(found, "fit", "peers").fields, direction(found, "fit", "peers")) == ((), "looser")


def test_an_answer_given_ahead_counts_only_where_its_question_is_sure_to_be_asked(versions: Versions) -> None:
    # Everybody who says who it is for is asked as before; who does not say it may have answered in vain.
    found = versions.diff("ask: How is your mood?\n", "ask: How is your mood?\n    show_if: {who_for: [self, other]}\n")
    assert direction(found, "question", "mood") == "tighter"
    lost = reach(found, "level", "php").lost
    assert lost.example is not None
    assert lost.example.old.keys() == {"mood"}
    assert (found.sheets.more, found.sheets.less) == (0, 0)


def test_an_option_that_is_new_is_read_as_not_answered_by_the_old_version(versions: Versions) -> None:
    found = versions.diff(
        "{plan: I have",
        "{black: Black}, {plan: I have",
        "when: {mood: dark}, because",
        "when: {mood: [dark, black]}, because",
    )
    assert change(found, "option", "mood.black").how == "added"
    assert direction(found, "need", "dark") == "looser"
    gained = reach(found, "level", "php").gained.example
    assert gained is not None
    assert (dict(gained.old), dict(gained.new)) == ({}, {"mood": "black"})


def test_of_a_new_part_that_is_told_which_its_file_says(versions: Versions) -> None:
    added = change(versions.diff("{plan: I have", "{nay: 'no'}, {plan: I have"), "option", "mood.nay")
    told = {field.name: field.new for field in added.fields}
    assert told["text"] == "no"
    assert not {"alone", "weight", "kept_for"} & told.keys()


def test_an_option_that_is_gone_takes_its_people_with_it(versions: Versions) -> None:
    gone = (", {dark: Very dark}", "", "{mood: [low, dark]}", "{mood: low}", "{mood: [low, dark]}", "{mood: low}")
    found = versions.diff(*gone, "when: {mood: dark}", "when: {mood: low}", "[{mood: dark}", "[{mood: low}")
    assert change(found, "option", "mood.dark").how == "removed"
    inpatient = reach(found, "level", "inpatient")
    assert answers(inpatient) == ({"mood": "low", "nights": "alone"}, {"mood": "dark", "nights": "alone"})


def test_a_milder_option_lowers_the_level_of_those_who_do_not_answer(versions: Versions) -> None:
    need = "needs:\n  - {id: any_mood, at_least: iop, when: {mood: [good, low, dark, plan]}, because: So., source: x}\n"
    spoil(versions.old, "mind.yaml", "needs:\n", need)
    found = versions.diff("needs:\n", need, "[{good: Good}", "[{great: Great}, {good: Good}")
    lost = reach(found, "level", "iop").lost
    assert lost.outcome == "somebody"
    assert lost.example is not None
    assert "mood" not in lost.example.old


def test_a_question_with_its_rule_is_new(versions: Versions) -> None:
    sleep = "  - {id: sleep, ask: Do you sleep?, why: It helps., options: [{fine: Yes}, {bad: No}]}\n"
    need = "needs:\n  - {id: tired, at_least: php, when: {sleep: bad}, because: So., source: x}\n"
    found = versions.diff(NIGHTS, sleep + NIGHTS, "needs:\n", need)
    added = change(found, "question", "sleep")
    assert added.how == "added"
    assert {"ask", "why", "options.fine.text", "options.bad.text"} <= {field.name for field in added.fields}
    assert answers(reach(found, "level", "php")) == ({"sleep": "bad"}, None)


def test_a_question_of_another_kind_is_another_question(versions: Versions) -> None:
    found = versions.diff("ask: How is your mood?\n", "ask: How is your mood?\n    kind: several\n")
    assert change(found, "question", "mood").field("kind") is not None
    assert direction(found, "need", "low") == "both"


def test_a_number_beyond_the_range_of_one_version_is_not_answered_there(versions: Versions) -> None:
    number = "  - {id: drinks, ask: How many?, why: It counts., kind: number, lowest: 0, highest: 9}\n"
    need = "needs:\n  - {id: drinks, at_least: php, when: {drinks: {at_least: 8}}, because: So., source: x}\n"
    spoil(versions.old, "mind.yaml", NIGHTS, number + NIGHTS, "needs:\n", need)
    found = versions.diff(NIGHTS, number.replace("9", "30") + NIGHTS, "needs:\n", need)
    gained = change(found, "need", "drinks")
    assert gained.fields == ()
    assert gained.meaning is not None
    assert gained.meaning.direction == "looser"
    assert gained.meaning.gained.example is not None
    assert dict(gained.meaning.gained.example.new) == {"drinks": 10}
    assert [dict(each.example.new) for each in [reach(found, "level", "php").gained] if each.example] == [
        {"drinks": 10}
    ]


# ---- levels, texts, phone lines --------------------------------------------------------------------------------------


def test_a_level_that_is_new_stands_where_the_new_version_has_it(versions: Versions) -> None:
    level = "  - {id: house, name: House, short: House, what: A house., compare: {sleep: There}, source: x}\n"
    spoil(versions.new, "care.yaml", "  - {id: inpatient", level + "  - {id: inpatient")
    found = versions.diff("{id: dark, at_least: php", "{id: dark, at_least: house")
    assert answers(reach(found, "level", "house")) == ({"mood": "dark"}, None)
    assert change(found, "level", "house").how == "added"


def test_a_number_to_call_and_the_day_on_which_it_was_checked(versions: Versions) -> None:
    found = versions.diff(
        "reach: Call 911",
        "reach: Call 112",
        'number: "911"',
        'number: "112"',
        "2026-11-01",
        "2026-12-01",
        file="help.yaml",
    )
    line = change(found, "line", "emergency")
    assert {field.name: (field.old, field.new, field.aspect) for field in line.fields} == {
        "number": ("911", "112", "rule"),
        "reach": ("Call 911", "Call 112", "text"),
        "checked": ("2026-11-01", "2026-12-01", "staff"),
    }
    assert found.reaches == ()


def test_a_text_that_is_reworded_leaves_its_translation_stale(versions: Versions) -> None:
    for directory in (versions.old, versions.new):
        (directory / "locale").mkdir()
        (directory / "locale" / "es.po").write_text(SPANISH)
    spoil(versions.new, "locale/es.po", "Su ánimo está bajo.", "Su ánimo es bajo.")
    sleep = "  - {id: sleep, ask: Do you sleep?, why: It helps., options: [{fine: Yes}, {bad: No}]}\n"
    found = versions.diff("How is your mood?", "How do you feel?", NIGHTS, sleep + NIGHTS)
    ask = change(found, "question", "mood").field("ask")
    assert ask is not None
    assert (ask.old, ask.new, ask.aspect) == ("How is your mood?", "How do you feel?", "text")
    states = {(each.language, each.kind, each.id, each.field): each.state for each in found.translations}
    assert states["es", "question", "mood", "ask"] == "stale"
    assert states["es", "need", "low", "because"] == "changed"
    assert states["es", "question", "sleep", "ask"] == states["es", "option", "sleep.bad", "text"] == "missing"


def test_a_catalogue_that_is_gone_is_one_change(versions: Versions) -> None:
    (versions.old / "locale").mkdir()
    (versions.old / "locale" / "es.po").write_text(SPANISH)
    found = versions.diff()
    assert [(each.language, each.state) for each in found.translations] == [("es", "removed")]
    assert not found.equal


def test_the_order_of_answers_and_rules_counts_and_new_ones_do_not_disturb_it(versions: Versions) -> None:
    found = versions.diff("{good: Good}, {low: Low}", "{low: Low}, {fair: Fair}, {good: Good}")
    [order] = [field for field in change(found, "question", "mood").fields if field.aspect == "order"]
    assert (order.name, order.old, order.new) == ("options", "good, low, dark, plan", "low, good, dark, plan")


def test_two_screenings_with_no_question_in_common_are_refused(versions: Versions) -> None:
    for name in ("who_for", "mood", "nights"):
        text = (versions.new / "mind.yaml").read_text().replace(name, f"x{name}")
        (versions.new / "mind.yaml").write_text(text)
    spoil(versions.new, "screening.yaml", "who_for", "xwho_for")
    with pytest.raises(NothingInCommon):
        versions.diff()


# ---- without the solver ----------------------------------------------------------------------------------------------


def test_without_the_solver_people_are_found_and_nobody_is_not_claimed(versions: Versions) -> None:
    found = versions.diff("when: {mood: [low, dark]},", "when: {mood: [dark]},", solve=False)
    assert not found.solved
    meaning = change(found, "need", "low").meaning
    assert meaning is not None
    assert (meaning.lost.outcome, meaning.gained.outcome, meaning.direction) == ("somebody", "not_asked", "undecided")
    assert meaning.lost.example is not None
    assert dict(meaning.lost.example.old) == {"mood": "low"}
