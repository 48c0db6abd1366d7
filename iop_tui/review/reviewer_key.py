"""The file of a reviewer's private key: encrypted under a passphrase, readable by its owner alone.

scrypt (RFC 7914) makes each guess of the passphrase cost 128 MB and about a third of a second, as for the records;
AES-256-GCM seals the 32 bytes of the key, with the public key as associated data.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from iop_tui.platform import private_file
from iop_tui.review.signing import CannotCheck, public_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_KIND = "iop-tui reviewer key 1"
_COST, _BLOCK = 1 << 17, 8
_SALT, _NONCE = 16, 12
_MOST_BYTES = 10_000


class KeyRefused(Exception):
    """The key cannot be used. The message is a sentence with the file and the remedy."""


class _KeyFile(Struct, frozen=True):
    kind: str
    public: str
    salt: str
    nonce: str
    sealed: str


def default_path(environ: Mapping[str, str]) -> Path:
    """Where this user's key is: in their data directory (XDG Base Directory Specification)."""
    given = environ.get("XDG_DATA_HOME", "")
    data = Path(given) if given.startswith("/") else Path("~/.local/share").expanduser()
    return data / "iop-tui" / "reviewer.key"


def make(path: Path, passphrase: bytes) -> Ed25519PrivateKey:
    """Make a key pair, and write it to a new file. Raises CannotSave, CannotCheck, and OSError for the directory."""
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise CannotCheck from None
    key = Ed25519PrivateKey.generate()
    public, salt, nonce = public_key(key), os.urandom(_SALT), os.urandom(_NONCE)
    sealed = AESGCM(_derived(passphrase, salt)).encrypt(nonce, key.private_bytes_raw(), _bound(public))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = _KeyFile(_KIND, public, _text(salt), _text(nonce), _text(sealed))
    private_file.create(path, msgspec.json.format(msgspec.json.encode(written)) + b"\n")
    return key


def load(path: Path, passphrase: Callable[[], bytes]) -> Ed25519PrivateKey:
    """The key in a file. `passphrase` is called only for a file that is one. Raises KeyRefused, CannotCheck."""
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise CannotCheck from None
    stored, salt, nonce, sealed = _read(path)
    try:
        raw = AESGCM(_derived(passphrase(), salt)).decrypt(nonce, sealed, _bound(stored.public))
    except InvalidTag:
        raise KeyRefused(
            f"this is not the passphrase of {path}. Type it again. If it is lost, the key is lost: move the file away, "
            "sign with a new key, and give the clinic the new public key."
        ) from None
    except MemoryError:
        raise KeyRefused("there is too little memory to open the key: it takes 128 MB, by design.") from None
    return Ed25519PrivateKey.from_private_bytes(raw)


def _read(path: Path) -> tuple[_KeyFile, bytes, bytes, bytes]:
    no_key = f"{path} is no reviewer's key, or it is damaged. Restore it from a backup, or name another with --key."
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES)
            others = os.fstat(file.fileno()).st_mode & 0o077
    except OSError as failure:
        raise KeyRefused(f"the key {path} cannot be read: {failure.strerror or failure}.") from None
    if others:
        raise KeyRefused(f"others can read or change the key {path}. Make it yours alone: chmod 600 {path}")
    try:
        stored = msgspec.json.decode(raw, type=_KeyFile)
        salt, nonce, sealed = (
            base64.b64decode(text, validate=True) for text in (stored.salt, stored.nonce, stored.sealed)
        )
    except (msgspec.DecodeError, ValueError):
        raise KeyRefused(no_key) from None
    if stored.kind != _KIND or len(nonce) != _NONCE or len(salt) != _SALT:
        raise KeyRefused(no_key)
    return stored, salt, nonce, sealed


def _derived(passphrase: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt, 32, _COST, _BLOCK, 1).derive(passphrase)


def _bound(public: str) -> bytes:
    return f"{_KIND} {public}".encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
