"""What reviews amount to: each state and headline, and the words for it in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.review.sentences import status_of
from iop_tui.screening.i18n.language import use
from tests.review.clinic import Clinic, Reviewer


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path / "q")


@pytest.fixture
def ana(clinic: Clinic) -> Reviewer:
    known = Reviewer("Ana Rivera")
    clinic.knows(known)
    return known


def test_without_reviews_nothing_is_computed(clinic: Clinic) -> None:
    assert not clinic.screening.reviews.exist
    assert not clinic.screening.reviews.fingerprints
    assert clinic.lines == ("No clinician has reviewed this tool yet.",)


def test_an_empty_directory_of_reviews_is_none(clinic: Clinic) -> None:
    (clinic.place / "reviews").mkdir()
    assert clinic.line() == "No clinician has reviewed this tool yet."


def test_some_parts_alone_are_a_review_in_progress(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana, "rules")
    assert clinic.line() == "In review. Read in part by Ana Rivera."
    assert clinic.lines[1:] == (
        "Rules: reviewed by Ana Rivera (LCSW 12345, clinical lead), 2026-12-01, version 1.",
        "English words, pages for danger and who to call, Español: not yet reviewed.",
    )


def test_english_that_is_reviewed_says_so_to_those_who_read_another_language(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana, "rules", "texts", "crisis")
    assert clinic.line() == "Reviewed by Ana Rivera, 2026-12-01."
    assert clinic.line("es") == "Reviewed in English by Ana Rivera, 2026-12-01, but not in this language."


def test_who_reads_spanish_does_not_need_the_english_words_reviewed(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana, "rules", "crisis", "es")
    assert clinic.line("es") == "Reviewed by Ana Rivera, 2026-12-01."
    assert clinic.line() == "In review. Read in part by Ana Rivera."


def test_it_counts_on_its_last_day_and_not_after(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana, days=30)
    clinic.waits(30)
    assert clinic.status.headline() == "reviewed"
    clinic.waits(1)
    assert clinic.status.headline() == "expired"
    assert clinic.line() == "The review by Ana Rivera ran out on 2026-12-31."


def test_an_unknown_key_neither_agrees_nor_disagrees_where_a_reviewer_is_known(clinic: Clinic, ana: Reviewer) -> None:
    stranger = Reviewer("Somebody")
    clinic.signs(ana)
    clinic.signs(stranger, opinion="disagrees")
    assert clinic.status.headline() == "reviewed"
    assert clinic.line() == "Reviewed by Ana Rivera, 2026-12-01."


def test_a_later_review_by_the_same_key_takes_the_place_of_the_former(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana)
    clinic.signs(ana, "rules", opinion="disagrees")
    assert clinic.states == {"rules": "disputed", "texts": "reviewed", "crisis": "reviewed", "es": "reviewed"}
    clinic.signs(ana, "rules")
    assert set(clinic.states.values()) == {"reviewed"}


def test_a_change_that_is_taken_back_brings_the_review_back(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana)
    clinic.rewrites("safety.yaml", "Nights are the hardest.", "Nights are hard.")
    assert clinic.states["texts"] == "changed"
    clinic.rewrites("safety.yaml", "Nights are hard.", "Nights are the hardest.")
    assert clinic.states["texts"] == "reviewed"


def test_a_version_is_a_name_and_ends_no_review(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana)
    clinic.rewrites("screening.yaml", 'version: "1"', 'version: "2"')
    assert set(clinic.states.values()) == {"reviewed"}
    assert "version 1." in clinic.lines[1]


def test_a_review_of_another_screening_does_not_count(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana)
    clinic.rewrites("screening.yaml", "id: small", "id: another")
    assert clinic.line() == "It has a review that is not valid. Do not count on it."
    assert "A review by Ana Rivera does not count: it is of another screening." in clinic.lines


@pytest.mark.parametrize("field", ["name", "license", "role", "date", "at", "expires", "version", "read", "limits"])
def test_whatever_is_changed_in_a_review_is_noticed(clinic: Clinic, ana: Reviewer, field: str) -> None:
    path = clinic.signs(ana, limits="adults only", opinion="agrees with limits")
    text = path.read_text(encoding="utf-8")
    old = next(line for line in text.splitlines() if line.startswith("  rules:" if field == "read" else f"{field}:"))
    last = next((sign for sign in reversed(old) if sign.isdigit()), None) or next(filter(str.isalpha, reversed(old)))
    place = old.rindex(last)
    # Another letter or digit of the same kind, so that the file can still be read.
    new = (
        old[:place]
        + ("1" if last == "2" else "2" if last.isdigit() else "b" if last == "a" else "a")
        + old[place + 1 :]
    )
    path.write_text(text.replace(old, new), encoding="utf-8")
    [checked] = clinic.screening.reviews.reviews
    assert checked.verdict == "forged"
    assert clinic.status.headline() == "invalid"


def test_where_signatures_cannot_be_checked_nothing_counts(
    clinic: Clinic, ana: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.signs(ana)
    monkeypatch.setitem(__import__("sys").modules, "cryptography.exceptions", None)
    assert clinic.line() == "It has a review. We could not check who signed it."
    assert set(clinic.states.values()) == {"not reviewed"}


def test_it_is_told_in_spanish(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana, opinion="agrees with limits", limits="adults only")
    use("es")
    assert clinic.line("es") == "Revisado por Ana Rivera, 2026-12-01, con límites."
    assert clinic.lines[1].startswith("Reglas, palabras en inglés")


def test_the_status_depends_on_the_day_it_is_asked_for(clinic: Clinic, ana: Reviewer) -> None:
    clinic.signs(ana, days=1)
    screening = clinic.screening
    before = status_of(screening, clinic.day)
    clinic.waits(5)
    assert (before.headline(), status_of(screening, clinic.day).headline()) == ("reviewed", "expired")
