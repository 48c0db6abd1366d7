"""Our own exported form in again: the same screening, file by file and result by result; and what was changed in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from iop_tui.call.record import Ref
from iop_tui.export.fhir.questionnaire import questionnaire
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.shipped import shipped
from tests.program import run
from tests.random_sheets import random_sheets
from tests.shipped import PEOPLE, SHIPPED

pytest.importorskip("fhirpathpy")
SCREENINGS = Path(__file__).parent.parent / "screenings"
Json = dict[str, Any]


def exported(screening: Screening) -> Json:
    manifest = screening.manifest
    return questionnaire(screening, Ref(manifest.id, manifest.version, screening.sha256))


def imported(form: Json, place: Path, *more: str | Path) -> Path:
    file, directory = place / "form.json", place / "again"
    file.write_text(json.dumps(form, ensure_ascii=False))
    done = run("import", file, directory, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    return directory


def files(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("name", ["small", "lobby", "scripts", "dated"])
def test_what_nobody_changed_stays_file_by_file(name: str, tmp_path: Path) -> None:
    again = imported(exported(load(SCREENINGS / name)), tmp_path, "--into", SCREENINGS / name)
    assert files(again) == files(SCREENINGS / name)


@pytest.fixture(scope="module")
def round_trip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped screening, exported and imported."""
    return imported(exported(SHIPPED), tmp_path_factory.mktemp("own"), "--new")


def test_each_question_comes_from_the_form_and_each_file_stays(round_trip: Path) -> None:
    assert files(round_trip) == files(shipped())


def same(one: Screening, other: Screening, count: int, seed: int) -> None:
    for answers in random_sheets(one, PEOPLE, count, seed):
        assert said(one, answers) == said(other, answers)


def said(screening: Screening, answers: Any) -> tuple[object, ...]:
    found = assess(screening, answers, in_full=False)
    alarms = tuple(raised.alarm.id for raised in found.alarms)
    return found.level, found.could_be, alarms, tuple(reason.need.id for reason in found.reasons)


def stripped(directory: Path, place: Path) -> Path:
    """A copy of a screening in which no question has a condition."""
    form = exported(load(directory))
    for item in every(form):
        item.pop("enableWhen", None)
        item.pop("enableBehavior", None)
        item["extension"] = [each for each in item.get("extension", []) if "enableWhen" not in each["url"]]
    return imported(form, place, "--into", directory)


def every(part: Json) -> list[Json]:
    return [each for item in part.get("item", []) for each in (item, *every(item))]


@pytest.fixture(scope="module")
def from_nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped screening put together again from a copy without conditions and its own form."""
    bare = stripped(shipped(), tmp_path_factory.mktemp("bare"))
    assert all(question.show_if is None for question in load(bare).questions)
    return imported(exported(SHIPPED), tmp_path_factory.mktemp("again"), "--into", bare)


def test_conditions_are_read_from_the_form(from_nothing: Path) -> None:
    again = load(from_nothing)
    gated = {question.id for question in SHIPPED.questions if question.show_if is not None}
    assert {question.id for question in again.questions if question.show_if is not None} == gated
    same(SHIPPED, again, 300, 1)


@pytest.mark.thorough
def test_ten_thousand_people_get_the_same_result(round_trip: Path, from_nothing: Path) -> None:
    again = load(from_nothing)
    same(SHIPPED, again, 10_000, 2)
    same(SHIPPED, load(round_trip), 1_000, 3)


def test_what_was_changed_in_the_form_is_changed_and_the_rest_stays(tmp_path: Path) -> None:
    form = exported(SHIPPED)
    by_link = {item["linkId"]: item for item in every(form)}
    by_link["mood_low"]["text"] = "How low have you felt lately?"
    by_link["why.mood_low"]["text"] = "It helps: really."
    by_link["mood_joy"]["answerOption"][1]["valueCoding"]["display"] = "Yes: but less"
    by_link["worry_days"].pop("enableWhen")
    again = load(imported(form, tmp_path, "--new"))
    assert again.question("mood_low").ask == "How low have you felt lately?"
    assert again.question("mood_low").why == "It helps: really."
    assert again.question("mood_low").say == SHIPPED.question("mood_low").say
    assert again.question("mood_joy").options[1].text == "Yes: but less"
    assert again.question("worry_days").show_if is None
    now, before = files(tmp_path / "again"), files(shipped())
    assert {name for name in now if now[name] != before.get(name)} - {"locale/es.po"} == {"symptoms.yaml"}
    assert now["symptoms.yaml"].startswith(before["symptoms.yaml"][:200])


def test_the_form_of_another_screening_gets_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "form.json"
    form = exported(load(SCREENINGS / "small"))
    form["url"] = "urn:iop-tui:level-of-care"
    file.write_text(json.dumps(form))
    done = run("import", file, tmp_path / "again", "--new")
    assert done.returncode == 2
    assert "again/" in done.stderr
    assert "would not load" in done.stderr
    assert not (tmp_path / "again").exists()
