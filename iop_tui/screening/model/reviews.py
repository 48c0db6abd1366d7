"""Reviews of a screening by clinicians, as a screening carries them. Reading, checking and wording: `iop_tui/review/`.

The field types of `Review` are the format of a file in `reviews/`, as in `definition.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from iop_tui.screening.model.field_types import Date, Slug, SourceLocation

RULES, TEXTS, CRISIS = "rules", "texts", "crisis"
"""The parts of a screening that are reviewed apart. Each translation is another, named by its language code."""
OWN_PARTS = (RULES, TEXTS, CRISIS)
"""The parts that every screening has."""

ReviewerName = Annotated[
    str, Meta(min_length=1, max_length=40, pattern=r"^[^\n]+$", description="is more than one line; write it on one")
]
"""The name of a reviewer, short enough for the first page."""
OneLine = Annotated[
    str, Meta(min_length=1, max_length=120, pattern=r"^[^\n]+$", description="is more than one line; write it on one")
]
Remarks = Annotated[str, Meta(min_length=1, max_length=2000)]
Fingerprint = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{64}$", description="is no fingerprint: 64 digits and letters from a to f")
]
"""A SHA-256 in hexadecimal; `iop_tui/review/fingerprint.py` says of what."""
PublicKey = Annotated[
    str,
    Meta(
        pattern=r"^ed25519:[A-Za-z0-9+/]{43}=$",
        description="is no public key; copy the line that 'iop-tui sign' prints, which begins with ed25519:",
    ),
]
"""An Ed25519 public key (RFC 8032): 32 bytes in base64."""
Moment = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$",
        description="should be a moment in UTC, such as 2026-11-30T18:05:00Z",
    ),
]
Signature = Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{86}==$", description="is no signature")]
"""An Ed25519 signature: 64 bytes in base64."""
Opinion = Literal["agrees", "agrees with limits", "disagrees"]


class Review(Struct, frozen=True):
    """One file of `reviews/`: who read which parts of which version, and what they think of it.

    `read` has the fingerprint of each part that was read. It counts until the day `expires`. Of two reviews the one
    signed later, `at` that moment, counts; `date` is the reviewer's own calendar day. `signature` covers all
    other fields (`iop_tui/review/signing.py`).
    """

    screening: Slug
    version: OneLine
    name: ReviewerName
    license: OneLine
    role: OneLine
    date: Date
    at: Moment
    expires: Date
    opinion: Opinion
    read: Mapping[str, Fingerprint]
    key: PublicKey
    signature: Signature
    where: SourceLocation
    limits: OneLine | None = None
    remarks: Remarks | None = None


Verdict = Literal["genuine", "unknown key", "wrong name", "forged", "unchecked", "another screening"]
"""What is known of a review: `genuine`, its key is that of the reviewer whom the clinic named; `unknown key`, the
signature is right and the clinic named nobody with this key; `wrong name`, the clinic named somebody else for the key,
or another key for the name; `forged`, the file is not what was signed; `unchecked`, signatures cannot be checked on
this machine; `another screening`, it is not about this one.
"""


class CheckedReview(Struct, frozen=True):
    """A review, and what is known of it."""

    review: Review
    verdict: Verdict


class Reviews(Struct, frozen=True):
    """All reviews of a screening, and its own fingerprints now: part -> fingerprint. `unreadable` are the files that
    could not be read.
    """

    fingerprints: Mapping[str, str] = {}
    reviews: tuple[CheckedReview, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def exist(self) -> bool:
        """Whether there are any."""
        return bool(self.reviews or self.unreadable)


NO_REVIEWS = Reviews()
"""Of a screening without a directory `reviews`: nobody reviewed it."""
