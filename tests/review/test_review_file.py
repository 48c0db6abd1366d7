"""The files of reviews: written and read alike, and every problem of one that was spoiled, with its line and remedy."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from iop_tui.review.review_file import as_yaml, read_reviews
from iop_tui.review.reviewed import problems
from iop_tui.review.signing import is_genuine
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.format.loader import load
from tests.review.clinic import Clinic, Reviewer


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path / "q")


@pytest.mark.parametrize("name", ["Ana", 'Ana "Annie" O\'Neil: RN', "María Ñandú", "#1", "no", "1:30", "- x", "ana\\b"])
def test_any_name_is_read_as_it_was_signed(clinic: Clinic, name: str) -> None:
    path = clinic.signs(Reviewer(name))
    [review] = read_reviews(path.parent).reviews
    assert review.name == name
    assert is_genuine(review)
    assert as_yaml(review) == path.read_text(encoding="utf-8")


def test_several_on_one_day_have_files_of_their_own(clinic: Clinic) -> None:
    ana = Reviewer("Ana")
    names = [clinic.signs(ana).name for _ in range(3)]
    assert names == ["2026-12-01-ana.yaml", "2026-12-01-ana-2.yaml", "2026-12-01-ana-3.yaml"]
    assert [review.at[-4:] for review in read_reviews(clinic.place / "reviews").reviews] == ["001Z", "002Z", "003Z"]


def test_the_screening_beside_them_is_loaded_as_before(clinic: Clinic) -> None:
    before = load(clinic.place).sha256
    clinic.signs(Reviewer("Ana"))
    assert load(clinic.place).sha256 == before
    assert check(clinic.place).problems == ()


SPOILED = {
    "name:": ("nmae:", "unknown key 'nmae'; did you mean 'name'?"),
    'name: "Ana"': ("", "the key 'name' is missing"),
    'date: "2026-12-01"': ('date: "2026-13-01"', "there is no day '2026-13-01' in the calendar"),
    'opinion: "agrees"': ('opinion: "agree"', "there is no 'agree'; did you mean 'agrees'?"),
    'key: "ed25519:': ('key: "', "is no public key; copy the line that 'iop-tui sign' prints"),
    "  rules:": ("  rule:", "there is no part 'rule'; it could be: rules, texts, crisis, es"),
    'signature: "': ('signature: "!', "is no signature"),
    "read:\n": ("read: [\n", "this is not valid YAML"),
}


@pytest.mark.parametrize("old", SPOILED)
def test_a_spoiled_review_is_a_problem_with_its_line_and_remedy(clinic: Clinic, old: str) -> None:
    new, said = SPOILED[old]
    path = clinic.signs(Reviewer("Ana"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = problems(load(clinic.place))
    assert [problem for problem in found if said in problem.message], found
    assert {problem.file for problem in found} == {str(path)}
    assert clinic.status.headline() == "invalid"
    assert clinic.lines[-1] == "The file 2026-12-01-ana.yaml holds no readable review."


def test_every_problem_is_told_at_once(clinic: Clinic) -> None:
    path = clinic.signs(Reviewer("Ana"))
    text = path.read_text(encoding="utf-8").replace("2026-12-01", "today").replace("agrees", "likes it")
    path.write_text(text, encoding="utf-8")
    (clinic.place / "reviews" / "other.yaml").write_text("- a list\n")
    assert len(problems(load(clinic.place))) >= 3


def test_a_forged_one_and_one_of_another_screening_are_problems_of_a_check(clinic: Clinic) -> None:
    path = clinic.signs(Reviewer("Ana"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Ana"', '"Bo"'), encoding="utf-8")
    [problem] = problems(load(clinic.place))
    assert "this is not what Bo signed" in problem.message
    path.write_text(text.replace('screening: "small"', 'screening: "large"'), encoding="utf-8")
    [problem] = problems(load(clinic.place))
    assert "this is a review of the screening 'large', not of this one; move it" in problem.message


def test_a_signature_covers_what_it_covered() -> None:
    # Signed once with a key that nobody has: a program that reads it as forged would end every review.
    [review] = read_reviews(Path(__file__).parent / "signed").reviews
    assert is_genuine(review)
    assert not is_genuine(msgspec.structs.replace(review, remarks=None))
