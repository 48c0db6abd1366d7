"""`iop-tui import`: what it writes and prints, and what it refuses in a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from iop_tui.forms.danger_items import LOINC
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n.localize import in_language
from tests.program import run

Json = dict[str, Any]
NO = {"code": "LA6568-5", "system": LOINC, "display": "Not at all"}
OFTEN = {"code": "LA6571-9", "system": LOINC, "display": "Nearly every day"}
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"


def scale(link_id: str, text: str, *codes: str) -> Json:
    options = [
        {"extension": [{"url": ORDINAL, "valueDecimal": weight}], "valueCoding": coding}
        for weight, coding in ((0, NO), (3, OFTEN))
    ]
    found: Json = {"linkId": link_id, "text": text, "type": "choice", "answerOption": options}
    return found | ({"code": [{"system": LOINC, "code": code} for code in codes]} if codes else {})


def form(*items: Json, **more: Any) -> Json:
    return {
        "resourceType": "Questionnaire", "status": "active", "language": "en", "url": "http://example.org/mood",
        "name": "Mood", "title": "How you feel", "copyright": "Free for our clinic.", "item": list(items), **more,
    }  # fmt: skip


FORM = form(
    scale("1", "Little sleep"),
    scale("9", "Thoughts of being better off dead", "44260-8"),
    {"linkId": "10", "text": "Anything else?", "type": "text"},
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mood.json"
    path.write_text(json.dumps(FORM, indent=1))
    return path


def test_a_section_alone_is_written_and_each_item_is_accounted_for(file: Path, tmp_path: Path) -> None:
    done = run("import", file, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "How you feel: 3 items = 2 taken + 0 hidden + 1 refused; 2 questions in 1 section." in done.stdout
    line = line_of(file, '"linkId": "10"')
    assert f"mood.json:{line}: 10: it asks for an answer in one's own words;" in done.stdout
    assert "[free-text]" in done.stdout
    assert "10: Anything else? (text): note it below mood_2" in done.stdout
    assert "The form says: Free for our clinic." in done.stdout
    assert "2 questions with weights, and no total that could be taken" in done.stdout
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mood.yaml"]
    written = (tmp_path / "out" / "mood.yaml").read_text()
    assert 'link_id: "9"' in written
    assert "license: Free for our clinic." in written


def line_of(path: Path, text: str) -> int:
    """The line on which the item with this text begins."""
    lines = path.read_text().split("\n")
    return next(n for n, line in enumerate(lines, 1) if text in line) - 1


def test_a_copy_of_the_shipped_screening_with_the_form_passes_its_check(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    done = run("import", file, place, "--new")
    assert done.returncode == 0, done.stderr
    found = check(place)
    assert {problem.kind for problem in found.problems} == {"danger-without-alarm"}  # a person has to decide
    assert found.screening is not None
    names = found.screening.manifest.sections
    assert names.index("mood") < names.index("home")  # before the result: a rule may ask for weights
    assert found.screening.sections[names.index("mood")].practical


def test_the_alarm_of_a_danger_item_waits_for_a_person(file: Path, tmp_path: Path) -> None:
    quiet, loud = tmp_path / "quiet", tmp_path / "loud"
    done = run("import", file, quiet, "--new")
    assert done.stdout.index("PLEASE DECIDE") < done.stdout.index("Refused")
    assert "mood_2 (linkId 9, LOINC 44260-8)" in done.stdout
    (undecided,) = check(quiet).problems
    assert "question 'mood_2': it asks about danger" in undecided.message
    answers = {"mood_2": "nearly_every_day"}
    assert not any(raised.alarm.id == "mood_2_alarm" for raised in assess(load(quiet), answers).alarms)

    assert run("import", file, loud, "--new", "--with-alarms").returncode == 0
    assert check(loud).problems == ()
    raised = [each.alarm for each in assess(load(loud), answers).alarms]
    assert [(alarm.id, alarm.page, alarm.urgency) for alarm in raised] == [("mood_2_alarm", "suicide", "today")]
    assert not assess(load(loud), {"mood_2": "not_at_all"}).alarms


def test_taking_the_comment_signs_away_makes_the_alarm(file: Path, tmp_path: Path) -> None:
    run("import", file, tmp_path / "by_hand", "--new")
    run("import", file, tmp_path / "by_option", "--new", "--with-alarms")
    path = tmp_path / "by_hand" / "mood.yaml"
    lines = path.read_text().split("\n")
    start = lines.index("# alarms:")
    lines[start:] = [line.removeprefix("# ") for line in lines[start:]]
    path.write_text("\n".join(line for line in lines if line != "practical: yes"))
    one, other = (load(tmp_path / name).sections for name in ("by_hand", "by_option"))
    for mine, theirs in zip(one, other, strict=True):
        assert [alarm.id for alarm in mine.alarms] == [alarm.id for alarm in theirs.alarms]
        assert [alarm.page for alarm in mine.alarms] == [alarm.page for alarm in theirs.alarms]


def test_a_rule_that_asks_a_practical_section_is_a_problem(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    run("import", file, place, "--new")
    path = place / "mood.yaml"
    path.write_text(re.sub("(?m)^# (?=alarms:|  )", "", path.read_text()))  # the alarm, and practical: yes still stands
    (found,) = check(place).problems
    assert found.kind == "practical-in-rule"
    assert "alarm 'mood_2_alarm': it asks for the answer to 'mood_2', which is declared practical" in found.message


def test_a_form_is_not_put_twice_into_a_screening(file: Path, tmp_path: Path) -> None:
    run("import", file, tmp_path / "once", "--new", "--with-alarms")
    done = run("import", file, tmp_path / "twice", "--into", tmp_path / "once")
    assert done.returncode == 2
    assert "has this form already, as the section 'mood'" in done.stderr
    assert not (tmp_path / "twice").exists()


def test_translations_go_into_the_catalogue(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    item = scale("1", "Little sleep")
    words = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": 'Poco "sueño"'}]
    item["_text"] = {"extension": [{"url": TRANSLATION, "extension": words}]}
    path = tmp_path / "mood.json"
    path.write_text(json.dumps(form(item)))
    assert run("import", path, tmp_path / "out", "--new").returncode == 0
    spanish = in_language(load(tmp_path / "out"), "es")
    assert spanish.question("mood_1").ask == 'Poco "sueño"'
    assert spanish.question("who_for").ask == in_language(load(tmp_path / "out"), "es").question("who_for").ask


def test_what_the_import_says_itself_is_there_in_spanish(tmp_path: Path) -> None:
    pytest.importorskip("babel")
    path = tmp_path / "mood.json"
    nine = scale("9", "Better off dead?", "44260-8")
    path.write_text(json.dumps(form(nine, {"linkId": "2", "text": "Alone?", "type": "boolean"})))
    assert run("import", path, tmp_path / "out", "--new", "--with-alarms").returncode == 0
    spanish = in_language(load(tmp_path / "out"), "es")
    alone = spanish.question("mood_2")
    assert alone.why == "Esta pregunta es parte de un formulario que usa su clínica."
    assert [option.text for option in alone.options] == ["No", "Sí"]
    (alarm,) = [each for each in spanish.alarms if each.id == "mood_1_alarm"]
    assert alarm.because == "Nos habló de pensamientos de morir o de hacerse daño."
    assert check(tmp_path / "out").problems == ()


def test_the_report_is_written_as_markdown(file: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    assert run("import", file, tmp_path / "out", "--report", report).returncode == 0
    text = report.read_text()
    assert text.startswith("# How you feel\n")
    assert "## PLEASE DECIDE" in text
    again = run("import", file, tmp_path / "other", "--report", report)
    assert again.returncode == 2
    assert "choose a new file" in again.stderr
    assert not (tmp_path / "other").exists()


def test_a_place_with_something_in_it_stays_as_it_is(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    (place / "mine.yaml").write_text("mine")
    done = run("import", file, place)
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert [path.name for path in place.iterdir()] == ["mine.yaml"]
    assert run("import", file, file).returncode == 2


def test_a_way_round_to_a_full_directory_writes_nothing_over(file: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mood.yaml").write_text("mine")
    done = run("import", file, tmp_path / "new" / ".." / "full")
    assert done.returncode == 2
    assert "is not empty" in done.stderr
    assert (tmp_path / "full" / "mood.yaml").read_text() == "mine"
    assert not (tmp_path / "new").exists()


def test_a_report_that_has_no_place_is_said_before_anything_is_written(file: Path, tmp_path: Path) -> None:
    done = run("import", file, tmp_path / "out", "--report", tmp_path / "nowhere" / "report.md")
    assert done.returncode == 2
    assert "there is no directory" in done.stderr
    assert not (tmp_path / "out").exists()


def test_an_empty_directory_is_filled(file: Path, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    assert run("import", file, place, "--id", "feelings").returncode == 0
    assert [path.name for path in place.iterdir()] == ["feelings.yaml"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mood.json", "out"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--into", "nowhere"), "there is no such directory"),
        (("--id", "safety", "--new"), "give another --id"),
        (("--id", "care"), "give another --id"),
        (("--id", "Mood"), "begins with a letter"),
        (("--numbers", "9..1"), "should be below"),
        (("--numbers", "many"), "two whole numbers"),
        (("--new", "--into", "x"), "ask for one"),
    ],
)
def test_a_wrong_option_is_a_sentence(arguments: tuple[str, ...], sentence: str, file: Path, tmp_path: Path) -> None:
    done = run("import", file, tmp_path / "out", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"resourceType": "Patient"}', '{"resourceType": "Questionnaire"}', "\ufeff{}", "\x00"]
)
def test_what_is_no_form_is_refused_in_a_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text(content)
    done = run("import", path, tmp_path / "out")
    assert done.returncode in (1, 2)
    assert "odd.json" in done.stdout + done.stderr or "Nothing was written" in done.stdout
    assert "fault of its own" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_form_without_a_question_for_us_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(form({"linkId": "1", "text": "Tell me", "type": "text"})))
    done = run("import", path, tmp_path / "out")
    assert done.returncode == 1
    assert "1 item = 0 taken + 0 hidden + 1 refused" in done.stdout
    assert not (tmp_path / "out").exists()


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    done = run("import", tmp_path / "none.json", tmp_path / "out")
    assert done.returncode == 2
    assert "cannot be read" in done.stderr
