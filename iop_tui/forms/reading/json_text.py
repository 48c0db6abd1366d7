"""JSON with line numbers: json's own decoder, and the line where each object begins.

The decoder hands out objects in the order in which they end. Where each of them begins is found beforehand, in the
same order, by the braces that stand outside strings. So the speed of the decoder is kept, and decimals are kept as
written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from iop_tui.forms.reading.rules import Rule, refusing
from iop_tui.forms.reading.visible import visible

MOST_BYTES = 8_000_000
MOST_LEVELS = 200
"""Of objects within objects. An item within an item is one level; so this is well above what a form may have."""

MOST_OBJECTS = 100_000

EMPTY = Rule("empty-file", "The file is empty", "Give the file of a FHIR Questionnaire in JSON")
TOO_BIG = Rule(
    "file-too-big",
    "The file has {size} bytes or more, and a form may have at most {most}",
    "Ask the author for a form without embedded pictures, documents and long code lists",
)
IS_XML = Rule("not-json", "The file is XML, not JSON", "Ask the author for the form in FHIR's JSON format")
NOT_UTF8 = Rule(
    "not-utf-8", "The file isn't UTF-8: byte {byte} cannot be read", "Save the file as UTF-8, without changing its text"
)
NOT_JSON = Rule(
    "not-json",
    "The file isn't valid JSON: {problem} at line {at}, column {column}",
    "Ask the author for a corrected file, or correct this place in an editor that checks JSON",
)
TOO_MANY = Rule(
    "too-many-objects",
    "The file has more than {most} objects (an item, an option and a condition are some each)",
    "Ask the author for the form in several parts, or without long code lists",
)
NOT_A_NUMBER = Rule(
    "not-a-number",
    "The file isn't valid JSON: {word} isn't a number",
    "Ask the author for a corrected file",
)
LONG_NUMBER = Rule("long-number", "A number has more digits than any form needs", "Ask the author for a corrected file")
TOO_DEEP = Rule(
    "too-deep",
    "The file is nested more than {most} levels deep",
    "Ask the author for a form that is nested less deep",
)
TWICE = Rule(
    "key-twice",
    "An object has the key “{key}” twice, with two values, and programs disagree on which one counts",
    "Ask the author which is meant, and remove the other",
)
HALF_A_CHARACTER = Rule(
    "broken-character",
    "A text has half a character (a lone surrogate, \\ud800 to \\udfff)",
    "Ask the author for a corrected file",
)

_LONE = re.compile(rb"\\u[dD][89a-fA-F]")
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_LONG_NUMBER = re.compile(r"\d{4000,}|\d[eE][+-]?\d{9,}")
_CONSTANT = re.compile(r"NaN|-?Infinity")
_NEITHER_BRACE_NOR_LINE = bytes(set(range(256)) - set(b"{}\n"))
_OPEN, _CLOSE = b"{}"


class JsonObject(dict[str, Any]):
    """An object of the file and the line where it begins, from 1."""

    __slots__ = ("line",)
    line: int


def parse_json(data: bytes, name: str) -> Any:
    """The file's value: JsonObject, list, str, int, Decimal, bool or None. Raises FormRefused, with the line."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    _check_bytes(data, name)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusing(name, NOT_UTF8, line, byte=f"0x{data[error.start]:02x}") from None
    lines = _first_lines(data, name)
    _check_characters(data, name)
    return _decode(text, name, iter(lines))


def _check_bytes(data: bytes, name: str) -> None:
    if len(data) > MOST_BYTES:
        raise refusing(name, TOO_BIG, 1, size=f"{len(data):,}", most=f"{MOST_BYTES:,}")
    start = data[:200].lstrip()
    if not start and not data.strip():
        raise refusing(name, EMPTY, 1)
    if start.startswith(b"<"):
        raise refusing(name, IS_XML, 1)


def _check_characters(data: bytes, name: str) -> None:
    """JSON may escape half of a pair of surrogates: such a text can neither be shown nor saved."""
    if not _LONE.search(data):
        return
    rest = _PAIR.sub(b"", data.replace(rb"\\", b""))
    if lone := _LONE.search(rest):
        raise refusing(name, HALF_A_CHARACTER, rest.count(b"\n", 0, lone.start()) + 1)


def _first_lines(data: bytes, name: str) -> list[int]:
    """The lines where objects begin, in the order in which they end.

    A file that is not valid JSON gives anything: the decoder refuses it later.
    """
    if b"\\" in data:
        data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
    outside = b"".join(data.split(b'"')[::2])
    if outside.count(b"{") > MOST_OBJECTS:
        raise refusing(name, TOO_MANY, 1, most=f"{MOST_OBJECTS:,}")
    line = 1
    begun: list[int] = []
    lines: list[int] = []
    for byte in outside.translate(None, _NEITHER_BRACE_NOR_LINE):
        if byte == _OPEN:
            begun.append(line)
            if len(begun) > MOST_LEVELS:
                raise refusing(name, TOO_DEEP, line, most=MOST_LEVELS)
        elif byte == _CLOSE:
            lines.append(begun.pop() if begun else line)
        else:
            line += 1
    return lines


def _decode(text: str, name: str, lines: Iterator[int]) -> Any:
    def made(pairs: list[tuple[str, Any]]) -> JsonObject:
        made = JsonObject(pairs)
        made.line = next(lines)
        if len(made) != len(pairs):
            _check_twice(pairs, name, made.line)
        return made

    def constant(word: str) -> NoReturn:
        before = text[: next(place.start() for place in _CONSTANT.finditer(text) if place.group() == word)]
        raise refusing(name, NOT_A_NUMBER, before.count("\n") + 1, word=word)

    try:
        return json.loads(text, parse_float=Decimal, parse_constant=constant, object_pairs_hook=made)
    except json.JSONDecodeError as error:
        facts = {"problem": visible(error.msg.removesuffix(" at")), "at": error.lineno, "column": error.colno}
        raise refusing(name, NOT_JSON, error.lineno, **facts) from None
    except RecursionError:
        raise refusing(name, TOO_DEEP, 1, most=MOST_LEVELS) from None
    except (ValueError, InvalidOperation):
        # int() reads no more than a few thousand digits, and Decimal no more than an exponent of 18.
        long = _LONG_NUMBER.search(text)
        raise refusing(name, LONG_NUMBER, text.count("\n", 0, long.start() if long else 0) + 1) from None
    except StopIteration:  # pragma: no cover - as many objects end as braces close, or the decoder has refused before
        raise refusing(name, NOT_JSON, 1, problem="braces", at=1, column=1) from None


def _check_twice(pairs: list[tuple[str, Any]], name: str, line: int) -> None:
    first: dict[str, Any] = {}
    for key, value in pairs:
        if key in first and (type(first[key]) is not type(value) or first[key] != value):
            raise refusing(name, TWICE, line, key=visible(key))
        first[key] = value
