"""Passphrases: normalization, the requirements for a new one, and reading one from a file."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path

from iop_tui.records.errors import NotAllowed, WeakPassphrase

LEAST, MOST = 12, 1000
"""Characters. With a copy of the records, guessing is limited only by the machines used: NIST SP 800-63B asks for 15
where nothing slows guessing and for 8 where much does; scrypt makes each guess cost 128 MB and a third of a second.
"""


def normal(passphrase: str) -> bytes:
    """The passphrase as bytes: the same however a keyboard composes its letters (NFKC). Raises WeakPassphrase for what
    cannot be typed again.
    """
    plain = unicodedata.normalize("NFKC", passphrase)
    if not plain or len(plain) > MOST or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in plain):
        raise WeakPassphrase(
            f"A passphrase is 1 to {MOST} letters, digits, signs and spaces on one line; type it again."
        )
    return plain.encode()


def check_new(passphrase: str) -> None:
    """Raises WeakPassphrase, with the reason, for a new passphrase that could be guessed."""
    plain = normal(passphrase).decode()
    if len(plain) < LEAST:
        raise WeakPassphrase(
            f"A new passphrase needs at least {LEAST} characters: whoever gets a copy of what it locks can try "
            "short ones by machine. Take four or five words that nobody would put together."
        )
    if len(set(plain)) < LEAST // 2:
        raise WeakPassphrase(
            "This passphrase repeats a few characters, and is easily guessed. Take four or five different words."
        )


def from_file(path: Path) -> str:
    """The first line of a file, or of what a descriptor (/dev/fd/3) gives. Raises NotAllowed where others can read it,
    or where it cannot be read.
    """
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and (found.st_mode & 0o077 or found.st_uid not in (0, os.geteuid())):
                raise NotAllowed(
                    f"Others can read or change the passphrase file {path}. Make it yours alone: chmod 600 {path}"
                )
            line = file.readline(4 * MOST)
        return line.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        raise NotAllowed(f"The passphrase file {path} is not UTF-8 text; write it again.") from None
    except (OSError, ValueError) as failure:
        why = getattr(failure, "strerror", None) or "the name cannot be used"
        raise NotAllowed(f"The passphrase file {path} cannot be read: {why}.") from None
