"""The forms that a site file names: whether they are there, and read when somebody wants them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from iop_tui.kiosk.preflight import site_checks
from iop_tui.screening.problems import Unusable
from iop_tui.site.form_shelf import FormShelf, unreachable
from iop_tui.site.settings import STANDARD
from tests.core.conftest import Load
from tests.forms.mood import mood_bytes


def test_files_are_found_beside_the_site_file_each_with_its_line(loaded: Load, tmp_path: Path) -> None:
    site = loaded("clinic: Riverside\nforms:\n  - mood.json\n  - sub/other.json\n")
    assert [each.path for each in site.forms] == [tmp_path / "mood.json", tmp_path / "sub" / "other.json"]
    assert [each.where.line for each in site.forms] == [3, 4]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("forms: mood.json\n", 1, "list"),
        ("forms:\n  - mood.json\n  - mood.json\n", 3, "twice"),
        ("forms:\n  - [a]\n", 2, "form"),
        ("forms:\n  - ''\n", 2, "form"),
    ],
)
def test_what_is_no_list_of_files_is_told_with_its_line(loaded: Load, text: str, line: int, said: str) -> None:
    with pytest.raises(Unusable) as unusable:
        loaded(text)
    [problem] = unusable.value.problems
    assert problem.line == line
    assert said in problem.message


def test_files_that_cannot_be_read_are_told_without_reading_the_others(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "mood.json").write_bytes(b"{ this is no form")
    (tmp_path / "folder").mkdir()
    site = loaded("forms:\n  - gone.json\n  - mood.json\n  - folder\n")
    gone, folder = unreachable(site)
    assert gone.startswith(f"{tmp_path}/site.yaml:2: forms: {tmp_path}/gone.json cannot be read: No such file")
    assert gone.endswith("; put the file there, or take the line out of the site file")
    assert f"{tmp_path}/site.yaml:4:" in folder
    assert "is a folder" in folder


def test_a_pipe_in_the_place_of_a_file_does_not_hold_anything_up(loaded: Load, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    site = loaded("forms:\n  - pipe.json\n")
    [said] = unreachable(site)
    assert "is no file" in said
    [read] = FormShelf(site).forms()
    assert read.form is None


def test_a_form_is_read_again_once_its_file_was_changed(loaded: Load, tmp_path: Path) -> None:
    path = tmp_path / "mood.json"
    path.write_bytes(mood_bytes())
    shelf = FormShelf(loaded("forms:\n  - mood.json\n"))
    [first] = shelf.forms()
    assert first.form is not None
    assert shelf.forms()[0].form is first.form
    path.write_bytes(mood_bytes(version="2"))
    [second] = shelf.forms()
    assert second.form is not None
    assert second.form.version == "2"
    path.write_text("{\n")
    [broken] = shelf.forms()
    assert broken.form is None
    assert broken.wrong[0].startswith(f"{path}:")
    path.unlink()
    assert "cannot be read" in shelf.forms()[0].wrong[0]


def test_the_check_of_a_machine_opens_every_form(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "mood.json").write_bytes(mood_bytes())
    [fine] = site_checks.forms(loaded("forms:\n  - mood.json\n"))
    assert (fine.verdict, "1 form" in fine.said) == ("ok", True)
    (tmp_path / "broken.json").write_text("[]")
    gone, broken = site_checks.forms(loaded("forms:\n  - gone.json\n  - mood.json\n  - broken.json\n"))
    assert (gone.verdict, broken.verdict) == ("warning", "warning")
    assert gone.remedy == "Put the file there, or take the line out of the site file."
    assert "broken.json:1" in broken.said
    assert broken.remedy


def test_without_forms_nothing_is_said() -> None:
    assert not unreachable(STANDARD)
    assert FormShelf(STANDARD).is_empty
