"""Literals of FHIRPath as values."""

from __future__ import annotations

import re
from decimal import Decimal

from iop_tui.forms.fhirpath.not_understood import NotUnderstood
from iop_tui.forms.fhirpath.syntax import Node
from iop_tui.forms.model.values import Value

_ESCAPES = {"'": "'", '"': '"', "`": "`", "/": "/", "\\": "\\", "r": "\r", "n": "\n", "t": "\t", "f": "\f"}


def identifier(node: Node) -> str:
    """A name, without the backquotes of a delimited one."""
    return node.text.strip("`")


def string(text: str) -> str:
    """The text of a string literal in quotes. Raises NotUnderstood for an escape other than those of one character."""

    def one(match: re.Match[str]) -> str:
        if match[1] not in _ESCAPES:
            raise NotUnderstood("string-escape", f"the string escape {match[0]} is not supported")
        return _ESCAPES[match[1]]

    # fhirpathpy replaces one escape after the other, and so reads a backslash before another escape twice.
    if text.count("\\") > 1 and "\\\\" in text:
        raise NotUnderstood("string-escape", "an escaped backslash beside other escapes is not supported")
    return re.sub(r"\\(.)", one, text[1:-1], flags=re.DOTALL)


def literal(node: Node) -> tuple[Value, ...]:
    """The value of a literal; none for the empty collection.

    Raises:
        NotUnderstood: a kind of literal outside the closed part.
    """
    match node.type:
        case "NullLiteral":
            return ()
        case "BooleanLiteral":
            return (Value("boolean", node.text == "true"),)
        case "StringLiteral":
            return (Value("string", string(node.text)),)
        case "NumberLiteral":
            return (number(node.text),)
        case "DateTimeLiteral" if re.fullmatch(r"@\d{4}(-\d\d(-\d\d)?)?", node.text):
            return (Value("date", node.text[1:]),)
        case "QuantityLiteral":
            raise NotUnderstood(
                "quantity", f"quantities, as in {node.text}, are not compared or added: their units may differ"
            )
        case _:
            raise NotUnderstood("date-time", f"times of day, as in {node.text}, are not supported")


def number(text: str) -> Value:
    """An integer or a decimal. `1.0` is an integer, as in fhirpathpy: only `/` and `toString()` could tell."""
    value = Decimal(text)
    if value == value.to_integral_value():
        return Value("integer", int(value))
    return Value("decimal", value)
