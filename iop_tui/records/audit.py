"""The audit's chains: each line is bound to the one before it by a key that only the passphrase gives (HMAC)."""

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
"""The chain of what concerns the records as a whole."""
MADE, OPENED, REKEYED = "records made", "records opened", "passphrase changed"
BEGUN, SAVED, READ, DELETED, EXPIRED = "call begun", "call saved", "call opened", "call deleted", "call expired"
EXPORTING, EXPORTED = "call export begun", "call exported"
"""Two lines: nothing leaves without the first, and the second says that it did. An export that failed has the first
alone.
"""
CLOCK = "clock confirmed"
"""A person said that the clock of this line is right."""
EXPIRY = "expiry by {clocks}"
"""Before the calls that expire together: the clocks that agreed that they are old enough."""
GONE = (DELETED, EXPIRED)


class Line(Struct, frozen=True):
    """A line as it is stored. `mac` binds all of it, and the line before it."""

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
        """The line for people."""
        try:
            at = datetime.fromisoformat(self.at)
        except ValueError:
            at = datetime.min.replace(tzinfo=UTC)
        return Entry(at, self.who, self.what, self.call or None, self.version or None)


class Past(Struct, frozen=True):
    """The audit under a passphrase that was changed: its key, and a sum of how all chains ended then. The sum is sealed
    under the new key, so that who knows the old passphrase cannot write the past anew.
    """

    key_id: str
    key: str
    sum: str


def line(
    key: bytes, key_id: str, chain: str, number: int, before: bytes, *, who: str, what: str, call: str, version: int
) -> Line:
    """The next line of a chain, at this moment."""
    at = clocks.utc_now().isoformat(timespec="milliseconds")
    bare = Line(chain, number, at, who, what, call, version, key_id)
    return msgspec.structs.replace(bare, mac=mac(key, bare, before))


def mac(key: bytes, bare: Line, before: bytes) -> bytes:
    """What binds a line to the one before it."""
    told = (
        "iop-tui audit 1", bare.chain, bare.number, bare.at, bare.who, bare.what, bare.call, bare.version, bare.key_id,
        before.hex(),
    )  # fmt: skip
    return hmac.digest(key, msgspec.json.encode(told), "sha256")


def tag(key: bytes, lines: int, tip: bytes) -> bytes:
    """What binds the number of the book's lines and the last of them."""
    return hmac.digest(key, msgspec.json.encode(("iop-tui audit head 1", lines, tip.hex())), "sha256")


def ends(lines: Iterable[Line]) -> str:
    """A sum of how the chains end."""
    tips = {one.chain: one for one in sorted(lines, key=lambda one: one.number)}
    told = [(name, tip.number, tip.mac.hex()) for name, tip in sorted(tips.items())]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()
