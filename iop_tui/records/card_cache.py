"""A cache of decrypted cards: a list that opens again decrypts only those that changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeVar

import msgspec
from msgspec import Struct

from iop_tui.call.record import Card
from iop_tui.records.envelope import Keys, Opaque

T = TypeVar("T")
AT_ONCE = 500
"""How many rows are selected by id in one statement."""
_DECODER = msgspec.json.Decoder(Card)


class Placed(Struct, frozen=True):
    """A cached card: None if it is damaged. `folded` is the text to search in."""

    version: int
    key_id: str
    card: Card | None
    folded: str


def placed(keys: Keys, call: str, version: int, key_id: str, sealed: object) -> Placed:
    """The card of a row, decrypted. A damaged row gives None: the others can still be read."""
    try:
        if not isinstance(sealed, bytes) or not isinstance(version, int):
            raise Opaque
        card = _DECODER.decode(keys.unseal("card", call, version, sealed))
    except (Opaque, msgspec.DecodeError, ValueError):
        return Placed(version, key_id, None, "")
    words = (card.reference, card.words, card.by, card.id)
    # Joined by line ends, so that no word is found across two fields.
    return Placed(version, key_id, card, folded("\n".join(words)))


def folded(text: str) -> str:
    """The text without case and accents, for comparison: "jose" finds "José"."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def found(places: Sequence[Placed], words: str) -> tuple[Card, ...]:
    """The cards in which all the words occur, as parts of words, in any order."""
    wanted = folded(words).split()
    return tuple(
        place.card for place in places if place.card is not None and all(word in place.folded for word in wanted)
    )


def parts(whole: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """A sequence in batches."""
    for start in range(0, len(whole), size):
        yield whole[start : start + size]
