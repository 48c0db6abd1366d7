"""The staff PIN. The site file has only its scrypt hash."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re

PIN = re.compile(r"[0-9]{4,12}")
"""What can be typed on any keyboard or keypad."""
HASH = re.compile(r"scrypt:1[4-6]:[A-Za-z0-9+/]{22}==:[A-Za-z0-9+/]{43}=")
"""The format of a hash: the cost as a power of two, the salt, the key. A higher cost would exceed the memory limit of a
try.
"""
_COST = 15
"""The cost as a power of two: 32 MB and a tenth of a second for each try (RFC 7914)."""
_SALT, _KEY = 16, 32


def hashed(pin: str) -> str:
    """The hash of a PIN, for the site file. Raises ValueError for anything but 4 to 12 digits."""
    if not PIN.fullmatch(pin):
        raise ValueError("a PIN is 4 to 12 digits")
    salt = os.urandom(_SALT)
    return f"scrypt:{_COST}:{_text(salt)}:{_text(_key(pin, salt, _COST))}"


def is_right(pin: str, against: str) -> bool:
    """Whether a PIN matches a hash. Takes equally long for a wrong one."""
    _name, cost, salt, key = against.split(":")
    return hmac.compare_digest(_key(pin, base64.b64decode(salt), int(cost)), base64.b64decode(key))


def wait_after(tries: int) -> float:
    """Seconds to wait after this many wrong tries in a row: none after two, then 5, 10, 20 … up to ten minutes."""
    return 0.0 if tries < 3 else min(600.0, 5.0 * 2 ** min(tries - 3, 7))


def _key(pin: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(pin.encode("utf-8", "replace"), salt=salt, n=1 << cost, r=8, p=1, maxmem=1 << 27, dklen=_KEY)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
