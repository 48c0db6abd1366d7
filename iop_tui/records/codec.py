"""Encode and decode calls for storage, with who saved them and when."""

from __future__ import annotations

import zlib
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from iop_tui.call.record import FORMAT, Call, Card
from iop_tui.records import clocks
from iop_tui.records.envelope import Keys, Opaque
from iop_tui.records.errors import Damaged, Newer
from iop_tui.records.stored import Stored

_FAST = 1
"""zlib's fastest level: the wording of questions repeats, so that a fifth of the size remains."""


class _Contents(Struct, frozen=True):
    saved: datetime
    by: str
    call: Call


class _Format(Struct, frozen=True):
    format: int


class _Formed(Struct, frozen=True):
    call: _Format


def sealed(keys: Keys, call: Call, card: Card, version: int, by: str) -> tuple[bytes, bytes]:
    """The card and the contents of a call, encrypted for storage."""
    contents = msgspec.json.encode(_Contents(clocks.utc_now(), by, call))
    return (
        keys.seal("card", call.id, version, msgspec.json.encode(card)),
        keys.seal("call", call.id, version, zlib.compress(contents, _FAST)),
    )


def unsealed(keys: Keys, call: str, version: object, stored: object) -> Stored:
    """Decrypt a stored call. Raises Damaged, Newer."""
    if not isinstance(version, int) or not isinstance(stored, bytes):
        raise damaged(call)
    try:
        plain = zlib.decompress(keys.unseal("call", call, version, stored))
        if msgspec.json.decode(plain, type=_Formed).call.format > FORMAT:
            raise Newer
        contents = msgspec.json.decode(plain, type=_Contents)
    except (Opaque, zlib.error, msgspec.DecodeError):
        raise damaged(call) from None
    # When it is saved again it will be in the present format.
    return Stored(replace(contents.call, format=FORMAT), version, contents.saved, contents.by)


def damaged(call: str) -> Damaged:
    """The error for one call that cannot be read."""
    return Damaged(
        f"Call {call[:8]} is damaged and cannot be read. The others are whole; restore this one from a backup.",
        call,
    )
