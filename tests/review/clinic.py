"""A made-up clinic: a copy of the small screening with a translation, and reviewers who sign."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from iop_tui.review.attach import with_reviews
from iop_tui.review.fingerprint import fingerprints
from iop_tui.review.review_file import directory, write_review
from iop_tui.review.sentences import review_line, review_lines, status_of
from iop_tui.review.signing import public_key, signed
from iop_tui.review.status import ReviewStatus
from iop_tui.screening.comparison.diff_screenings import Loaded, words_of
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.model.reviews import CheckedReview, Opinion, Review, Reviews, Verdict
from tests.core.small import SMALL

SPANISH = """\
msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "screening.welcome.lead"
msgid "A few questions."
msgstr "Unas preguntas."
"""


class Reviewer:
    """A clinician with a key of their own."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = Ed25519PrivateKey.generate()

    @property
    def public(self) -> str:
        return public_key(self.key)


class Clinic:
    """A directory with a screening, the day, and the reviewers whom the site file names."""

    def __init__(self, place: Path, day: str = "2026-12-01") -> None:
        self.place = place
        shutil.copytree(SMALL, place)
        (place / "locale").mkdir()
        (place / "locale" / "es.po").write_text(SPANISH, encoding="utf-8")
        self.day = datetime.date.fromisoformat(day)
        self.known: dict[str, str] = {}
        self.signed = 0
        """How many reviews were signed here."""

    def knows(self, *reviewers: Reviewer) -> None:
        self.known |= {reviewer.public: reviewer.name for reviewer in reviewers}

    def rewrites(self, name: str, old: str, new: str) -> None:
        text = (self.place / name).read_text(encoding="utf-8")
        assert old in text
        (self.place / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def signs(
        self,
        reviewer: Reviewer,
        *parts: str,
        opinion: Opinion = "agrees",
        limits: str | None = None,
        days: int = 365,
        read: Mapping[str, str] | None = None,
    ) -> Path:
        """A review of these parts, or all, as they are; the file that holds it."""
        self.signed += 1
        screening = load(self.place)
        now = read or fingerprints(screening)
        review = Review(
            screening=screening.manifest.id,
            version=screening.manifest.version,
            name=reviewer.name,
            license="LCSW 12345",
            role="clinical lead",
            date=self.day.isoformat(),
            at=f"{self.day}T12:00:00.{self.signed:06}Z",
            expires=(self.day + datetime.timedelta(days)).isoformat(),
            opinion=opinion,
            read={part: now[part] for part in parts or now},
            key="",
            signature="",
            where=SourceLocation("", 1),
            limits=limits,
        )
        return write_review(signed(review, reviewer.key), directory(screening.manifest))

    def version(self, named: str) -> Loaded:
        """The screening as it is now, to be compared with a later one."""
        screening = load(self.place)
        return Loaded(named, screening, words=words_of(screening))

    @property
    def screening(self) -> Screening:
        return with_reviews(load(self.place), self.known)

    @property
    def status(self) -> ReviewStatus:
        return status_of(self.screening, self.day)

    @property
    def states(self) -> dict[str, str]:
        return {part.part: part.state for part in self.status.parts}

    def line(self, language: str = "en") -> str:
        return review_line(msgspec.structs.replace(self.screening, language=language), self.day)

    @property
    def lines(self) -> tuple[str, ...]:
        return review_lines(self.screening, self.day)

    def waits(self, days: int) -> None:
        self.day += datetime.timedelta(days)


def reviewed_by(screening: Screening, name: str, verdict: Verdict = "genuine", *, days: int = 365) -> Screening:
    """A screening all of which somebody has reviewed today; nothing is signed."""
    now, day = fingerprints(screening), local_today()
    review = Review(
        screening=screening.manifest.id,
        version=screening.manifest.version,
        name=name,
        license="LCSW 12345",
        role="clinical lead",
        date=day.isoformat(),
        at=f"{day}T12:00:00Z",
        expires=(day + datetime.timedelta(days)).isoformat(),
        opinion="agrees",
        read=now,
        key="",
        signature="",
        where=SourceLocation("reviews/ana.yaml", 2),
    )
    return msgspec.structs.replace(screening, reviews=Reviews(now, (CheckedReview(review, verdict),)))
