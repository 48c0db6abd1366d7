"""The cards of all calls, decrypted once and kept: a list that opens again reads only what changed."""

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
"""Rows asked for by name in one statement."""
_DECODER = msgspec.json.Decoder(Card)


class Placed(Struct, frozen=True):
    """A card as it was read: None where it is damaged. `folded` is what a search looks in."""

    version: int
    key_id: str
    card: Card | None
    folded: str


def placed(keys: Keys, call: str, version: int, key_id: str, sealed: object) -> Placed:
    """The card of a row, decrypted. A row that is damaged is a card that is None: the others can still be read."""
    try:
        if not isinstance(sealed, bytes) or not isinstance(version, int):
            raise Opaque
        card = _DECODER.decode(keys.unseal("card", call, version, sealed))
    except (Opaque, msgspec.DecodeError, ValueError):
        return Placed(version, key_id, None, "")
    words = (card.reference, card.words, card.by, card.id)
    # A line end between them, so that no word is found across two.
    return Placed(version, key_id, card, folded("\n".join(words)))


def folded(text: str) -> str:
    """The text as it is compared: without case and accents, so that "jose" finds "José"."""
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
    """A sequence, so many at a time."""
    for start in range(0, len(whole), size):
        yield whole[start : start + size]
