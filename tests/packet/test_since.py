"""`iop-tui review --since`: only what changed since a directory, a git revision or a signed review."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests import program
from tests.core.authored import spoil, write
from tests.review.clinic import Clinic, Reviewer


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return write(tmp_path / "old")


@pytest.fixture
def new(old: Path, tmp_path: Path) -> Path:
    """The same, with a rule that holds for fewer people, and another sentence. Its example people are left out."""
    place = tmp_path / "new"
    shutil.copytree(old, place)
    shutil.rmtree(place / "cases")
    spoil(place, "mind.yaml", "at_least: iop, when: {mood: [low, dark]}", "at_least: iop, when: {mood: low}")
    spoil(place, "mind.yaml", "You plan to die.", "You plan to end your life.")
    return place


def shown(*arguments: str | Path) -> str:
    done = program.run("review", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*arguments: str | Path) -> str:
    done = program.run("review", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_directory_shows_old_and_new_in_plain_words_and_the_rules_that_changed(old: Path, new: Path) -> None:
    said = shown(new, "--since", old)
    assert "**when:** How is your mood? “Low”\n" in said
    assert "**when:** How is your mood? “Low” or “Very dark”\n" in said
    assert "You plan to die." in said
    assert "You plan to end your life." in said
    assert "tightened" in said
    # What did not change is left out.
    assert "Is someone with you at night?" not in said
    assert "Call 988" not in said


def test_nothing_changed_leaves_the_form_alone(old: Path) -> None:
    said = shown(old, "--since", old)
    assert "What changed since" in said
    assert "Opinion and signature" in said
    assert "How is your mood?" not in said


def test_a_git_revision_is_read(new: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "old"], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], check=True, capture_output=True)  # a repository of the test's own
    assert "You plan to die." in shown(new, "--since", "HEAD:old")
    assert "there is no revision 'nowhere'" in refused(new, "--since", "nowhere:old")


def test_another_screening_or_none_is_refused(old: Path, tmp_path: Path) -> None:
    assert "none" in refused(old, "--since", tmp_path / "none")
    assert "none.yaml" in refused(old, "--since", tmp_path / "none.yaml")


def test_of_a_signed_review_the_parts_that_changed_are_shown(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path / "q")
    review = clinic.signs(Reviewer("Ana Diaz"))
    same = shown(clinic.place, "--since", review)
    assert "There is nothing new to read." in same
    assert "Ana Diaz" in same
    clinic.rewrites("help.yaml", "checked: 2026", "checked: 2025")
    changed = shown(clinic.place, "--since", review)
    assert "Phone lines" in changed
    assert "## 2" not in changed


def test_a_review_that_was_tampered_with_is_refused(tmp_path: Path) -> None:
    clinic = Clinic(tmp_path / "q")
    review = clinic.signs(Reviewer("Ana Diaz"))
    review.write_text(review.read_text().replace('"agrees"', '"disagrees"'))
    assert f"{review}:" in refused(clinic.place, "--since", review)
