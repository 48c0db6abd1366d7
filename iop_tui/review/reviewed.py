"""A screening together with its reviews, each of which is checked."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from iop_tui.review import review_file
from iop_tui.review.fingerprint import fingerprints
from iop_tui.review.signing import CannotCheck, is_genuine
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.reviews import CheckedReview, Review, Reviews, Verdict
from iop_tui.screening.problems import Problem

_SENTENCES: Mapping[Verdict, str] = {
    "forged": "this is not what {name} signed: the file was changed, or the signature made up; delete the file, and "
    "have {name} sign again",
    "wrong name": "the clinic's reviewers have another key for {name}, or another name for this key; delete the file, "
    "or correct 'reviewers' in the site file",
    "another screening": "this is a review of the screening {screening!r}, not of this one; move it to the directory "
    "that it belongs to",
    "unchecked": "the signature cannot be checked here: pip install 'iop-tui[sign]'",
}
"""What is wrong with a review, and the remedy."""


def reviewed(screening: Screening, reviewers: Mapping[str, str]) -> Screening:
    """The screening with its reviews. `reviewers` are those whom the clinic knows: public key -> name."""
    read = review_file.read_reviews(review_file.directory(screening.manifest))
    if not read.reviews and not read.unreadable:
        return screening
    checked = tuple(CheckedReview(review, verdict(review, screening, reviewers)) for review in read.reviews)
    return msgspec.structs.replace(screening, reviews=Reviews(fingerprints(screening), checked, read.unreadable))


def verdict(review: Review, screening: Screening, reviewers: Mapping[str, str]) -> Verdict:
    """What is known of a review."""
    if review.screening != screening.manifest.id:
        return "another screening"
    try:
        if not is_genuine(review):
            return "forged"
    except CannotCheck:
        return "unchecked"
    if review.key in reviewers:
        return "genuine" if reviewers[review.key] == review.name else "wrong name"
    return "wrong name" if review.name in reviewers.values() else "unknown key"


def problems(screening: Screening) -> tuple[Problem, ...]:
    """What is wrong with the files of a screening's reviews, whoever the clinic knows. `screening` needs no reviews."""
    place = review_file.directory(screening.manifest)
    read = review_file.read_reviews(place)
    found = [(review, verdict(review, screening, {})) for review in read.reviews]
    said = [
        Problem(review.where.file, review.where.line, f"review: {sentence(review, known)}", "review")
        for review, known in found
        if known in _SENTENCES
    ]
    return tuple(sorted((*read.problems, *said)))


def sentence(review: Review, known: Verdict) -> str:
    """What is wrong with a review by its verdict, with the remedy; empty where nothing is."""
    return _SENTENCES.get(known, "").format(name=review.name, screening=review.screening)
