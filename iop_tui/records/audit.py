"""The chains of the audit log: each entry has a MAC over itself and the one before, under a key from the passphrase."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec
from msgspec import Struct

from iop_tui.records import clocks
from iop_tui.records.stored import Entry

BOOK = "book"
"""The chain for the records as a whole."""
MADE, OPENED, REKEYED = "records made", "records opened", "passphrase changed"
BEGUN, SAVED, READ, DELETED, EXPIRED = "call begun", "call saved", "call opened", "call deleted", "call expired"
EXPORTING, EXPORTED = "call export begun", "call exported"
"""An export has two entries: nothing leaves before the first, and the second confirms it. A failed export has only the
first.
"""
CLOCK = "clock confirmed"
"""A person confirmed that the clock of this entry is right."""
EXPIRY = "expiry by {clocks}"
"""Precedes the deletions of one expiry: the clocks that agreed on the calls' age."""
GONE = (DELETED, EXPIRED)


class Line(Struct, frozen=True):
    """An entry as it is stored. `mac` covers all of it, and the entry before."""

    chain: str
    number: int
    at: str
    who: str
    what: str
    call: str
    version: int
    key_id: str
    mac: bytes = b""

    @property
    def entry(self) -> Entry:
        """The entry to show."""
        try:
            at = datetime.fromisoformat(self.at)
        except ValueError:
            at = datetime.min.replace(tzinfo=UTC)
        return Entry(at, self.who, self.what, self.call or None, self.version or None)


class EarlierKey(Struct, frozen=True):
    """The audit under an earlier passphrase: its key, and a digest of the ends of all chains then. The digest is sealed
    under the new key, so that the old passphrase is not enough to rewrite the past.
    """

    key_id: str
    key: str
    sum: str


def line(
    key: bytes, key_id: str, chain: str, number: int, before: bytes, *, who: str, what: str, call: str, version: int
) -> Line:
    """The next entry of a chain, with the present time."""
    at = clocks.utc_now().isoformat(timespec="milliseconds")
    bare = Line(chain, number, at, who, what, call, version, key_id)
    return msgspec.structs.replace(bare, mac=mac(key, bare, before))


def mac(key: bytes, bare: Line, before: bytes) -> bytes:
    """The MAC of an entry."""
    told = (
        "iop-tui audit 1", bare.chain, bare.number, bare.at, bare.who, bare.what, bare.call, bare.version, bare.key_id,
        before.hex(),
    )  # fmt: skip
    return hmac.digest(key, msgspec.json.encode(told), "sha256")


def head_mac(key: bytes, lines: int, tip: bytes) -> bytes:
    """The MAC over the number of entries in the book and the last of them."""
    return hmac.digest(key, msgspec.json.encode(("iop-tui audit head 1", lines, tip.hex())), "sha256")


def chain_ends(lines: Iterable[Line]) -> str:
    """A digest of the ends of the chains."""
    tips = {one.chain: one for one in sorted(lines, key=lambda one: one.number)}
    told = [(name, tip.number, tip.mac.hex()) for name, tip in sorted(tips.items())]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
