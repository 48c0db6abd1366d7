"""The text of an expression as the syntax tree of fhirpathpy's parser, with every syntax error refused.

fhirpathpy 2.2.4 itself reads the longest beginning that is an expression and passes over the rest in silence
(`findings/fhirpathpy-rest-ignored.sh`); here its grammar's rule for an entire expression is used.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any, NoReturn, cast

from msgspec import Struct

from iop_tui.forms.fhirpath.not_understood import NotUnderstood

_LONGEST = 5_000
_MOST_TOKENS = 1_000
_DEEPEST = 60
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'", re.DOTALL)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_STANDS_FOR = "'\N{SECTION SIGN}{}'"
_STOOD_FOR = re.compile("'\N{SECTION SIGN}([0-9]+)'")


class Node(Struct, frozen=True):
    """A node of the syntax tree: the grammar's name for it, its own tokens, and its text without blanks."""

    type: str
    tokens: tuple[str, ...]
    text: str
    children: tuple[Node, ...]


def syntax_tree(text: str) -> Node:
    """The syntax tree of a whole expression.

    Raises:
        NotUnderstood: it is no expression, or too long, or nested too deep, or fhirpathpy is not installed.
    """
    if len(text) > _LONGEST:
        raise NotUnderstood("expression-too-large", f"the expression has more than {_LONGEST:,} characters")
    strings = _STRING.findall(text)
    plain = _STRING.sub("''", text)
    if len(_TOKEN.findall(plain)) > _MOST_TOKENS:
        raise NotUnderstood("expression-too-large", f"the expression has more than {_MOST_TOKENS:,} words and signs")
    if _depth(plain) > _DEEPEST:
        raise NotUnderstood("expression-too-large", f"the expression has more than {_DEEPEST} brackets within another")
    if any(mark in plain for mark in ("/*", "//", "`", "\N{SECTION SIGN}")):
        return _read(text)  # quotes within a comment or a delimited name are no strings
    # The expressions of a form often differ in their texts only: their common shape is read once.
    numbers = iter(range(len(strings)))
    shape = _STRING.sub(lambda _: _STANDS_FOR.format(next(numbers)), text)
    try:
        return _with_strings(_read(shape), strings)
    except NotUnderstood:
        return _read(text)  # so that the place of the error is told in the text


def _with_strings(node: Node, strings: Sequence[str]) -> Node:
    def put_back(text: str) -> str:
        return _STOOD_FOR.sub(lambda match: strings[int(match[1])], text)

    return Node(
        node.type,
        tuple(put_back(token) for token in node.tokens),
        put_back(node.text),
        tuple(_with_strings(child, strings) for child in node.children),
    )


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(depth, deepest)
        elif character in ")]}":
            depth -= 1
    return deepest


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> Node:
    try:
        import antlr4
        from antlr4.error.ErrorListener import ErrorListener
        from fhirpathpy.parser.ASTPathListener import ASTPathListener
        from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer
        from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser
    except ImportError:
        raise NotUnderstood(
            "expression-needs-extra", "reading expressions needs fhirpathpy, which is not installed"
        ) from None

    class Strict(ErrorListener):  # type: ignore[misc]  # antlr4 has no types
        def syntaxError(self, *seen: Any) -> NoReturn:  # noqa: N802  # antlr's name
            column = seen[3] + 1
            raise NotUnderstood("expression-syntax", f"the expression is not FHIRPath at its character {column}")

    lexer = FHIRPathLexer(antlr4.InputStream(text))
    parser: Any = FHIRPathParser(antlr4.CommonTokenStream(lexer))
    for each in (lexer, parser):
        each.removeErrorListeners()
        each.addErrorListener(Strict())
    try:
        entire = parser.entireExpression()
        listener: Any = cast("Any", ASTPathListener)()
        antlr4.ParseTreeWalker().walk(listener, entire.expression())
        return _node(listener.parentStack[0]["children"][0])
    except RecursionError:
        raise NotUnderstood("expression-too-large", "the expression is nested too deep") from None


def _node(read: dict[str, Any]) -> Node:
    return Node(
        read["type"],
        tuple(read["terminalNodeText"]),
        read.get("text", ""),
        tuple(_node(child) for child in read.get("children", ())),
    )
