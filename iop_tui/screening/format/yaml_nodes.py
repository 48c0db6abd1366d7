"""Parse YAML into nodes with line numbers, and refuse YAML's pitfalls.

Every scalar stays the text that was typed: `no`, `012`, `1:30` and dates are not converted. Refused are duplicate keys,
aliases, anchors, tags, control characters, files that are too large or nested too deeply, text that is not UTF-8, and
text that YAML would silently drop or join (`yaml_traps.py`).
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import yaml

from iop_tui.screening.format.yaml_traps import MAX_CONTROLS, MAX_DEPTH, close, odd_spaces
from iop_tui.screening.model.field_types import CONTROL, SourceLocation
from iop_tui.screening.problems import Report

MAX_BYTES = 1_000_000
# A flow collection is the only way to nest without indenting, so this bounds what the parser recurses into.
_OPENING = re.compile(r"[\[{]")

_STANDARD_INPUT, _PASSED = Path("/dev/stdin"), Path("/dev/fd")

_NO_COLON = "could not find expected ':'"

_SECOND = "a second document begins here (---); keep one in a file"
_PLAIN: tuple[tuple[tuple[str, ...], str], ...] = (
    (("found character '\\t'", "tab"), "there is a tab where spaces belong"),
    (
        ("cannot start any token",),
        "a tab, or a sign such as @ or %, is where a word should begin: use spaces, or quotes",
    ),
    (("undefined alias", "undefined anchor"), "there is an alias (*name) here; write the text itself"),
    (
        ("mapping values are not allowed",),
        (
            "there is a colon where none is expected: put the text in quotes, or, if this line begins further right "
            "than its neighbours, put it under them"
        ),
    ),
    (
        ("did not find expected key", "did not find expected '-'"),
        (
            "this line, or one above it, does not begin under its neighbours: count the spaces. Or a quote is not "
            "closed, or '[]' is above a list"
        ),
    ),
    (
        (_NO_COLON,),
        "this line has no colon with a space behind it, as in 'key: value'; or its text needs quotes",
    ),
    (
        ("escape",),
        "a backslash in double quotes begins a sign of its own: write it twice, or put the text in single quotes",
    ),
    (
        ("expected alphabetic or numeric", "node content", "not allowed in this context"),
        "a sign such as *, &, - or a comma is where a text should begin; put the text in quotes",
    ),
    (("comment or line break",), "a text begins with | or > here; put it in quotes"),
    (("<document start>",), "there is something after the end of the document ('...'); delete the three points"),
    (("but found another document",), _SECOND),
)
"""A part of a parser's message -> its remedy. The first match counts."""
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}

Node = yaml.Node | None
_BaseLoader: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_BaseLoader):  # type: ignore[misc, valid-type]  # which of the two it is, is known only at run time
    def resolve(self, kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        """The tag of a node without one. Nothing is resolved by its text."""
        return _TAGS[kind]


def read(path: Path, shown_as: str, report: Report, *, or_pipe: bool = False) -> tuple[Node, bytes]:
    """The root node of a file, and its bytes. The node is None if the file cannot be used: the report says why.

    With `or_pipe` a pipe is accepted, as a shell passes /dev/stdin or /dev/fd/63; otherwise only regular files are.
    """
    start = SourceLocation(shown_as, 1)
    try:
        raw = _bytes(path, or_pipe=or_pipe and (path == _STANDARD_INPUT or path.parent == _PASSED))
    except FileNotFoundError:
        report.add(start, "there is no such file")
        return None, b""
    except OSError as failure:
        report.add(start, f"the file cannot be read: {failure.strerror or failure}")
        return None, b""
    if len(raw) > MAX_BYTES:
        report.add(start, f"the file is larger than {MAX_BYTES // 1_000_000} MB; split it into smaller sections")
        return None, b""
    return parse(raw, shown_as, report), raw


def _bytes(path: Path, *, or_pipe: bool) -> bytes:
    """The content of a file, up to one byte past the limit. Raises OSError for devices, which may never end."""
    # Without O_NONBLOCK, opening a named pipe would wait for a writer.
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISDIR(mode):
            raise OSError("it is a directory")
        if not (stat.S_ISREG(mode) or (or_pipe and stat.S_ISFIFO(mode))):
            raise OSError("it is a device or a pipe, not a file")
        os.set_blocking(number, True)
        with os.fdopen(number, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    finally:
        os.close(number)


def parse(raw: bytes, shown_as: str, report: Report) -> Node:
    """The root node of YAML text, or None with a problem reported."""
    before = len(report.problems)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        report.add(SourceLocation(shown_as, line), "this line is not UTF-8 text; save the file as UTF-8")
        return None
    _no_controls(text, shown_as, report)
    if not _flat_enough(text, shown_as, report) or len(report.problems) > before:
        return None
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as failure:
        for where_, said in _odd_ones(text, shown_as, failure) or [_refused(failure, shown_as)]:
            report.add(where_, said)
        return None
    except (yaml.YAMLError, RecursionError) as failure:
        report.add(SourceLocation(shown_as, 1), f"this is not valid YAML: {type(failure).__name__}")
        return None
    if node is None:
        report.add(SourceLocation(shown_as, 1), "the file is empty")
        return None
    close(node, text, shown_as, report, _TAGS)
    return node if len(report.problems) == before else None


def where(node: yaml.Node, shown_as: str) -> SourceLocation:
    """The line on which a node begins."""
    return SourceLocation(shown_as, node.start_mark.line + 1)


def _refused(failure: yaml.MarkedYAMLError, shown_as: str) -> tuple[SourceLocation, str]:
    mark = failure.problem_mark or failure.context_mark
    if _NO_COLON in (failure.problem or ""):
        # The parser looks for it until the end of the line, and it is that line which lacks it.
        mark = failure.context_mark or mark
    return SourceLocation(shown_as, mark.line + 1 if mark else 1), f"this is not valid YAML: {_plainly(failure)}"


def _odd_ones(text: str, shown_as: str, failure: yaml.MarkedYAMLError) -> list[tuple[SourceLocation, str]]:
    """The lines with an unusual space that is the cause: with a plain space instead the parser gets further."""
    mended, told = odd_spaces(text, shown_as)
    try:
        if told:
            yaml.compose(mended, Loader=_Loader)
    except yaml.MarkedYAMLError as still:
        marks = [mark.line for mark in (failure.problem_mark, still.problem_mark) if mark]
        return told if len(marks) == 2 and marks[1] > marks[0] else []
    except (yaml.YAMLError, RecursionError):
        return []
    return told


def _plainly(failure: yaml.MarkedYAMLError) -> str:
    said = failure.problem or failure.context or "it cannot be read"
    if failure.context == "while scanning a directive":
        return "a line begins with % here; put its text in quotes"
    if "expected a single document" in (failure.context or ""):
        return _SECOND
    return next((plain for parts, plain in _PLAIN if any(part in said for part in parts)), said)


def _no_controls(text: str, shown_as: str, report: Report) -> None:
    """Report the first control character of each line, for a limited number of lines."""
    named = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = CONTROL.search(line.removesuffix("\r"))
        if found:
            report.add(
                SourceLocation(shown_as, number),
                f"a control character (U+{ord(found[0]):04X}) is not allowed here; delete it",
            )
            named += 1
            if named == MAX_CONTROLS:
                return


def _flat_enough(text: str, shown_as: str, report: Report) -> bool:
    """Report too deep nesting, before the parser recurses into it."""
    for number, line in enumerate(text.splitlines(), 1):
        indent = len(line) - len(line.lstrip(" -?"))
        if indent > 8 * MAX_DEPTH or len(_OPENING.findall(line)) > 8 * MAX_DEPTH:
            report.add(SourceLocation(shown_as, number), "this is nested too deep")
            return False
    openings = sum(1 for _ in _OPENING.finditer(text)) - sum(1 for _ in re.finditer(r"[\]}]", text))
    if openings > 8 * MAX_DEPTH:
        report.add(SourceLocation(shown_as, 1), "brackets are opened here and never closed")
        return False
    return True
