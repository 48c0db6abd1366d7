"""`iop-tui sign`: what is written and said, and every refusal."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from iop_tui.cli_support.exit_status import BAD_INPUT, DONE, FAILED
from iop_tui.commands.sign import Wish, sign, status
from iop_tui.review import reviewer_key
from iop_tui.review.review_file import read_reviews
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.shipped import shipped
from tests.review.clinic import Clinic

WISH = Wish("Ana Rivera", "LCSW 12345, Texas", "clinical lead")
Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewer_key, "_COST", 1 << 10)


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Clinic(tmp_path / "q")


@pytest.fixture
def passphrase(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase"
    path.touch(mode=0o600)
    path.write_text("four or five words here\n")
    return path


def refused(capsys: Said, status_: int) -> str:
    out, err = capsys.readouterr()
    assert status_ == BAD_INPUT
    assert out == ""
    return err


def test_it_makes_a_key_signs_everything_and_says_what_that_means(
    clinic: Clinic, passphrase: Path, tmp_path: Path, capsys: Said
) -> None:
    assert sign(clinic.place, WISH, None, passphrase) == DONE
    out, err = capsys.readouterr()
    key = tmp_path / "data" / "iop-tui" / "reviewer.key"
    assert f"There is no key at {key} yet, so one is made" in err
    [review] = read_reviews(clinic.place / "reviews").reviews
    assert list(review.read) == ["rules", "texts", "crisis", "es"]
    assert f'- {{name: "Ana Rivera", key: "{review.key}"}}' in out
    assert "It does not prove whose key it is" in out
    assert datetime.date.fromisoformat(review.expires) - local_today() >= datetime.timedelta(365)
    # The line for the site file, as it is printed, makes the signature count.
    site = tmp_path / "site.yaml"
    site.write_text(
        "".join(line[2:] + "\n" for line in out.splitlines() if line.startswith("  reviewers:") or "{name:" in line)
    )
    assert status(clinic.place, site) == DONE
    assert capsys.readouterr().out.startswith("Reviewed by Ana Rivera, ")
    assert status(clinic.place, None) == DONE
    assert capsys.readouterr().out.startswith("Signed by Ana Rivera, ")


def test_the_same_key_signs_again(clinic: Clinic, passphrase: Path, capsys: Said) -> None:
    for _ in range(2):
        assert sign(clinic.place, WISH, None, passphrase) == DONE
    assert capsys.readouterr().err.count("There is no key") == 1
    assert len({review.key for review in read_reviews(clinic.place / "reviews").reviews}) == 1


def test_a_part_a_limit_remarks_and_a_disagreement_are_written(
    clinic: Clinic, passphrase: Path, tmp_path: Path, capsys: Said
) -> None:
    wish = Wish("Ana", "LCSW", "lead", ("texts", "rules"), "adults only", "Two\nlines", "2099-01-31", disagree=True)
    assert sign(clinic.place, wish, tmp_path / "my.key", passphrase) == DONE
    out = capsys.readouterr().out
    assert "Ana (LCSW, lead) does NOT agree with small, version 1:" in out
    assert "Not signed: crisis, es." in out
    [review] = read_reviews(clinic.place / "reviews").reviews
    assert (list(review.read), review.opinion, review.limits, review.remarks, review.expires) == (
        *(["rules", "texts"], "disagrees", "adults only", "Two\nlines", "2099-01-31"),
    )
    status(clinic.place, None)
    assert "Remarks by Ana, " in capsys.readouterr().out


def test_a_screening_with_problems_is_not_signed(clinic: Clinic, passphrase: Path, capsys: Said) -> None:
    clinic.rewrites("safety.yaml", "{thoughts: plan}", "{thoughts: plans}")
    said = refused(capsys, sign(clinic.place, WISH, None, passphrase))
    assert "plans" in said
    assert "safety.yaml:" in said
    assert not (clinic.place / "reviews").exists()


REFUSALS = {
    "an unknown part": (Wish("A", "B", "C", ("rule",)), "there is no part 'rule' to review; it could be: rules, texts"),
    "no day": (Wish("A", "B", "C", expires="soon"), "--expires 'soon' is no day; write it as 2027-11-30"),
    "a past day": (Wish("A", "B", "C", expires="2020-01-01"), "is not after today"),
    "a long name": (Wish("A" * 41, "B", "C"), "name: Expected `str` of length <= 40"),
    "no name": (Wish(" ", "B", "C"), "name: Expected"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_what_cannot_be_signed_is_told_in_one_sentence_before_a_key_is_made(
    clinic: Clinic, passphrase: Path, tmp_path: Path, capsys: Said, what: str
) -> None:
    wish, expected = REFUSALS[what]
    said = refused(capsys, sign(clinic.place, wish, None, passphrase))
    assert expected in said
    assert said.count("\n") == 1
    assert not (tmp_path / "data").exists()


def test_a_wrong_passphrase_signs_nothing(clinic: Clinic, passphrase: Path, capsys: Said) -> None:
    sign(clinic.place, WISH, None, passphrase)
    capsys.readouterr()
    passphrase.write_text("some other words here\n")
    assert "this is not the passphrase of" in refused(capsys, sign(clinic.place, WISH, None, passphrase))
    assert len(list((clinic.place / "reviews").iterdir())) == 1


def test_a_weak_new_passphrase_makes_no_key(clinic: Clinic, passphrase: Path, tmp_path: Path, capsys: Said) -> None:
    passphrase.write_text("short\n")
    said = refused_after_notice(capsys, sign(clinic.place, WISH, None, passphrase))
    assert "at least 12 characters" in said
    assert not (tmp_path / "data" / "iop-tui" / "reviewer.key").exists()


def refused_after_notice(capsys: Said, status_: int) -> str:
    err = capsys.readouterr().err
    assert status_ == BAD_INPUT
    return err


def test_the_status_names_every_problem_of_the_reviews(clinic: Clinic, passphrase: Path, capsys: Said) -> None:
    sign(clinic.place, WISH, None, passphrase)
    [path] = (clinic.place / "reviews").iterdir()
    path.write_text(path.read_text().replace("Ana", "Bo"))
    (clinic.place / "reviews" / "more.yaml").write_text("name: [\n")
    capsys.readouterr()
    assert status(clinic.place, None) == FAILED
    out = capsys.readouterr().out
    assert f"{path}:2: error: review: this is not what Bo Rivera signed" in out
    assert "more.yaml:" in out


def test_a_directory_without_a_screening_is_told(tmp_path: Path, passphrase: Path, capsys: Said) -> None:
    assert "there is no such directory" in refused(capsys, sign(tmp_path / "gone", WISH, None, passphrase))
    assert "there is no such directory" in refused(capsys, status(tmp_path / "gone", None))


def test_where_nothing_can_be_written_it_is_told(clinic: Clinic, passphrase: Path, capsys: Said) -> None:
    (clinic.place / "reviews").write_text("a file\n")
    assert sign(clinic.place, WISH, None, passphrase) not in (DONE, FAILED)
    assert "Traceback" not in capsys.readouterr().err


def test_a_changed_copy_under_the_id_of_the_shipped_screening_is_refused(
    tmp_path: Path, passphrase: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    copy = shutil.copytree(shipped(), tmp_path / "copy")
    assert sign(copy, WISH, None, passphrase) == DONE
    manifest = copy / "screening.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace("Not sure what kind", "Unsure what kind", 1), encoding="utf-8")
    capsys.readouterr()
    err = refused(capsys, sign(copy, WISH, None, passphrase))
    assert "screening.yaml" in err
    assert "give it an id of its own" in err
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("id: level-of-care", "id: ours", 1), "utf-8")
    assert sign(copy, WISH, None, passphrase) == DONE
