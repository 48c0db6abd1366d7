"""Envelope encryption: key derivation from the passphrase, and sealing of records. Specified in docs/records.md; a
change here is a new format.
"""

from __future__ import annotations

import base64
import hashlib
import os
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from msgspec import Struct

from iop_tui.records.errors import Damaged, Newer, NoMemory, WrongPassphrase
from iop_tui.records.passphrase import normal

FORMAT = 1
"""The version of the envelope and the tables."""
Kind = Literal["card", "call", "book", "check"]
KINDS: tuple[Kind, ...] = ("card", "call", "book", "check")
_COST, _BLOCK, _LANES = 1 << 17, 8, 1
"""scrypt (RFC 7914): 128 MB and about a third of a second for each guess; OWASP's first recommendation."""
_MOST = 1 << 23
"""The most that a header may ask of a machine, as n * r * p: 1 GB."""
_NONCE, _STEP, _LENGTH = 12, 1024, 4
"""Bytes: of an AES-GCM nonce, of the multiple that contents are padded to, of the length before them."""
_KNOWN = b"iop-tui records"


class Opaque(Exception):
    """The data cannot be unsealed under this name."""


class Header(Struct, frozen=True):
    """The parameters of the key derivation, in the clear. The checksum distinguishes damage from a wrong passphrase."""

    format: int
    kdf: str
    n: int
    r: int
    p: int
    salt: str
    cipher: str
    key: str
    """A random name for the key."""
    check: str = ""
    """A known text, sealed."""
    sum: str = ""


class Keys:
    """The keys from one passphrase. They are kept in memory only."""

    __slots__ = ("_ciphers", "audit", "header", "id")

    def __init__(self, key: bytes, header: Header) -> None:
        self.id = header.key
        self.header = header
        self._ciphers = {kind: AESGCM(_derived(key, kind)) for kind in KINDS}
        self.audit = _derived(key, "audit")

    def seal(self, kind: Kind, name: str, version: int, plain: bytes) -> bytes:
        """Encrypt contents, with kind, name, version and key id as associated data."""
        padded = len(plain).to_bytes(_LENGTH, "big") + plain
        padded += bytes(-len(padded) % _STEP)
        nonce = os.urandom(_NONCE)
        return bytes([FORMAT]) + nonce + self._ciphers[kind].encrypt(nonce, padded, self._bound(kind, name, version))

    def unseal(self, kind: Kind, name: str, version: int, sealed: bytes) -> bytes:
        """Decrypt contents. Raises Opaque if a bit was altered, or the associated data differ."""
        if len(sealed) <= 1 + _NONCE or sealed[0] != FORMAT:
            raise Opaque
        nonce, box = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            padded = self._ciphers[kind].decrypt(nonce, box, self._bound(kind, name, version))
        except InvalidTag:
            raise Opaque from None
        return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH], "big")]

    def _bound(self, kind: Kind, name: str, version: int) -> bytes:
        # JSON is unambiguous: no name can look like two fields.
        return msgspec.json.encode(("iop-tui records", FORMAT, kind, name, version, self.id))


def made(passphrase: str) -> Keys:
    """New keys, with a new salt and id each time."""
    header = Header(FORMAT, "scrypt", _COST, _BLOCK, _LANES, _text(os.urandom(16)), "AES-256-GCM", os.urandom(8).hex())
    keys = Keys(_scrypt(passphrase, header), header)
    check = _text(keys.seal("check", "check", FORMAT, _KNOWN))
    header = msgspec.structs.replace(header, check=check)
    keys.header = msgspec.structs.replace(header, sum=_sum(header))
    return keys


def derived(passphrase: str, written: str) -> Keys:
    """Derive the keys for a stored header. Raises WrongPassphrase, Damaged, Newer."""
    header = read_header(written)
    keys = Keys(_scrypt(passphrase, header), header)
    try:
        keys.unseal("check", "check", FORMAT, base64.b64decode(header.check))
    except Opaque:
        raise WrongPassphrase from None
    except ValueError:
        raise head_damaged() from None
    return keys


def written(header: Header) -> str:
    """Encode a header for storage."""
    return msgspec.json.encode(header).decode()


def read_header(stored: str) -> Header:
    """Decode a stored header. Raises Damaged, Newer."""
    try:
        header = msgspec.json.decode(stored, type=Header)
    except (msgspec.DecodeError, UnicodeError, TypeError):
        raise head_damaged() from None
    if header.sum != _sum(header):
        raise head_damaged()
    if header.format > FORMAT:
        raise Newer
    known = header.kdf == "scrypt" and header.cipher == "AES-256-GCM"
    # Any larger, and whoever can change the file could have the machine's memory filled by opening it.
    if not known or not (1 < header.n <= 1 << 20 and 0 < header.r <= 32 and 0 < header.p <= 32):
        raise Newer
    if header.n * header.r * header.p > _MOST:
        raise Newer
    return header


def head_damaged() -> Damaged:
    """The error for a damaged header."""
    return Damaged("The head of these records is damaged, and without it nothing can be read. Restore a backup.")


def _scrypt(passphrase: str, header: Header) -> bytes:
    try:
        kdf = Scrypt(base64.b64decode(header.salt), 32, header.n, header.r, header.p)
        return kdf.derive(normal(passphrase))
    except ValueError:
        raise head_damaged() from None
    except MemoryError:
        needed = header.n * header.r * 128 >> 20
        raise NoMemory(needed) from None


def _derived(key: bytes, use: str) -> bytes:
    return HKDFExpand(hashes.SHA256(), 32, f"iop-tui records {FORMAT} {use}".encode()).derive(key)


def _sum(header: Header) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(header, sum=""))).hexdigest()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
