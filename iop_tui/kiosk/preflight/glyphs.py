"""Whether the font has every sign that the pages draw."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

from iop_tui.kiosk.preflight.finding import Finding, ok, warning
from iop_tui.kiosk.preflight.machine import Machine, Terminal
from iop_tui.kiosk.preflight.screen_checks import console_keys
from iop_tui.screening.i18n.language import CATALOGUES
from iop_tui.screening.model.field_types import ENGLISH

DRAWN = "›·━─←→↑↓▀▄█▌▒—–…‘’“”"
"""What the pages themselves draw beyond ASCII."""
_GIO_UNIMAP = 0x4B66
"""The ioctl that reads a Linux console's font map: ioctl_console(2)."""
_MOST = 0xFFFF
_PAIR = struct.Struct("=HH")
_UNTOLD = ("basis.yaml", "cases", "schema")
"""Parts of a questions directory that visitors never see."""


def signs(questions: Path, site_path: Path | None, languages: Sequence[str] = ()) -> str:
    """The characters beyond ASCII that visitors may see: those of the pages, and of the texts in all languages."""
    files = [path for path in sorted(questions.rglob("*.yaml")) if path.relative_to(questions).parts[0] not in _UNTOLD]
    names = [f"{code}.po" for code in languages if code != ENGLISH]
    files += [path for name in names for path in (CATALOGUES / name, questions / "locale" / name) if path.is_file()]
    texts = (path.read_text("utf-8", "ignore") for path in (*files, *([site_path] if site_path else [])))
    more = {sign for text in texts for sign in text if not sign.isascii() and sign.isprintable()}
    return DRAWN + "".join(sorted(more - set(DRAWN)))


def font(machine: Machine, terminal: Terminal, drawn: str) -> Finding:
    """The characters that the font lacks. Only a Linux console can be asked; elsewhere a person has to look."""
    what = "font"
    if console_keys(machine, terminal) is None:
        return ok(what, f"Look: each of these must be a sign, not a box or a question mark: {' '.join(drawn)}")
    there = console_font(machine, terminal)
    if there is None:
        return warning(
            what,
            "This console does not say what its font has.",
            f"Look: each of these must be a sign, not a box or a question mark: {' '.join(drawn)}",
        )
    missing = [sign for sign in drawn if ord(sign) not in there]
    if missing:
        return warning(
            what,
            f"The console's font lacks {len(missing)} of {len(drawn)} signs: {_named(missing)}.",
            "Load a font that has them, with setfont or in /etc/vconsole.conf, and check again. Of Debian's fonts, "
            "those named Vietnamese-Terminus have every sign of the shipped questions.",
        )
    return ok(what, f"The console's font has all {len(drawn)} signs that are drawn.")


def console_font(machine: Machine, terminal: Terminal) -> frozenset[int] | None:
    """The code points in a Linux console's font; None if it does not report them."""
    pairs = ctypes.create_string_buffer(_MOST * _PAIR.size)
    # struct unimapdesc of linux/kd.h: a count, and where the pairs of code point and place in the font go.
    request = bytearray(struct.pack("@HP", _MOST, ctypes.addressof(pairs)))
    try:
        machine.control(terminal.number, _GIO_UNIMAP, request)
    except OSError:
        return None
    (count,) = struct.unpack_from("@H", request)
    return frozenset(point for point, _place in _PAIR.iter_unpack(pairs.raw[: count * _PAIR.size]))


def _named(missing: Iterable[str]) -> str:
    # The font that lacks a character cannot show which one is meant: the number can.
    return ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in missing)
