"""Texts and names of a form as our format can hold them."""

from __future__ import annotations

import re
import typing
import unicodedata
from collections.abc import Collection, Iterable
from typing import Any

from iop_tui.screening.model.field_types import CONTROL, RESERVED

_ID = 60
"""The longest id."""
_JOINT = re.compile("(?<=[a-z0-9])(?=[A-Z][a-z])")
_RETURN = re.compile("\r\n?")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """The text without what a terminal must not get: control characters, tabs, carriage returns; and without spaces at
    its ends, which our format does not keep.
    """
    lines = _RETURN.sub("\n", text).replace("\t", " ")
    return CONTROL.sub("", _SURROGATE.sub("\ufffd", lines)).strip()


def changed(text: str) -> bool:
    """Whether more than spaces at its ends has to be cleaned."""
    return clean(text) != text.strip()


def longest(kind: Any) -> int:
    """The most letters of a kind of text of the model."""
    return int(typing.get_args(kind)[1].max_length)


def words_of(name: str) -> str:
    """The words of a name for programs, such as "PHQ9Example"."""
    return _JOINT.sub(" ", name)


def slug(text: str, most: int = 30) -> str:
    """An id made of the words of a text; empty if it has no letters that an id can have."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words, found = re.findall(r"[a-z0-9]+", plain), ""
    for word in words:
        longer = f"{found}_{word}" if found else word
        if len(longer) > most:
            break
        found = longer
    found = found or "".join(words)[:most]
    return f"n{found}" if found[:1].isdigit() else found


def unique(wanted: str, taken: Collection[str]) -> str:
    """The id, with a number behind it where it is taken, or reserved for the program."""
    stem, name, number = wanted[: _ID - 6], wanted, 1
    while name in taken or name in RESERVED:
        number += 1
        name = f"{stem}_{number}"
    return name


def joined(parts: Iterable[str]) -> str:
    """Texts one after another: "How often in the last 2 weeks: Little sleep"."""
    text = ""
    for part in parts:
        between = "" if not text else " " if text[-1] in ".:?!…;," else ": "
        text = f"{text}{between}{part}"
    return text
