"""Signing a review and checking a signature: Ed25519 (RFC 8032) over the canonical JSON of all other fields.

`cryptography` is imported only where there is a signature to make or to check.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import msgspec

from iop_tui.screening.model.reviews import Review

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_PREFIX = "ed25519:"


class CannotCheck(Exception):
    """Signatures can be neither made nor checked: the package `cryptography` is missing."""

    def __init__(self) -> None:
        super().__init__("signatures need a package that is not installed: pip install 'iop-tui[sign]'")


def content_of(review: Review) -> bytes:
    """What a signature covers: every field but itself. Fields without a value are left out, so that a field which a
    later program adds does not make older reviews invalid.
    """
    fields = msgspec.structs.asdict(review)
    signed = {name: fields[name] for name in fields if name not in ("where", "signature") and fields[name] is not None}
    return b"iop-tui review 1\n" + msgspec.json.encode(signed, order="sorted")


def signed(review: Review, key: Ed25519PrivateKey) -> Review:
    """The review with the public part of the key, and its signature."""
    review = msgspec.structs.replace(review, key=public_key(key))
    return msgspec.structs.replace(review, signature=base64.b64encode(key.sign(content_of(review))).decode())


def is_genuine(review: Review) -> bool:
    """Whether the signature is that of the review's own key over the review as it is. Whose key it is, is another
    question. Raises CannotCheck.
    """
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise CannotCheck from None
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(review.key.removeprefix(_PREFIX)))
        key.verify(base64.b64decode(review.signature), content_of(review))
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key(key: Ed25519PrivateKey) -> str:
    """The public part of a key, as it stands in a review and in a site file."""
    return _PREFIX + base64.b64encode(key.public_key().public_bytes_raw()).decode()
