"""Report text that YAML would change silently.

In YAML, ` #` ends an unquoted text; a dash or key that is indented too far continues the text above; an unclosed quote
swallows the keys below; `&name` and `!` before a text disappear; and a no-break space is a letter, no separator of key
and value. An author who wrote any of these meant what the editor shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from iop_tui.screening.model.field_types import CONTROL, SourceLocation
from iop_tui.screening.problems import Report

MAX_DEPTH = 24
MAX_CONTROLS = 20
"""The most lines with control characters that are reported in one file: beyond that it is no text file."""

_ODD = "\u00a0\u00ad\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
"""Characters that look like a space, or are invisible, and are no space in YAML."""
_ODD_SIGN = re.compile(f"[{_ODD}\uff1a]")
_NAMES = {"\u00a0": "a no-break space", "\u3000": "a wide space", "\uff1a": "a full-width colon"}
_BETWEEN = re.compile(
    rf"""[ ]*(?:-[ ]+)*(?:[{_ODD} ]*[{_ODD}]|-[{_ODD}]|["']?[\w-]+["']?[{_ODD} ]*(?::[{_ODD}]|\uff1a))"""
)
"""The beginning of a line with such a character where a list or a key needs a plain space."""
_COMMENT = re.compile(r"[ \t]+#[^\n\r]*")
_BELOW = re.compile(r"[ \t]*\r?\n([ \t]*)#[^\n\r]*")
_SUSPECT = re.compile(rf"[ \t\"']#|[&!\t\\{_ODD}\uff1a]")
"""A quick test for lines that may contain a pitfall of one line; other lines are not examined further."""
_LIKE_A_KEY = re.compile(r"[a-z_][a-z0-9_]*:(?!//)\S")
_ITEM_KEY = re.compile(rf"[a-z_][a-z0-9_]*[{_ODD} ]*(?::[{_ODD}]|\uff1a)")
_NO_BREAK_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\_")
_INDENTED = re.compile(r"[|>][+-]?[0-9]")
_DASH = re.compile(rf"-[A-Za-z{_ODD}]")


def close(top: yaml.Node, text: str, shown_as: str, report: Report, tags: Mapping[type[yaml.Node], str]) -> None:
    """Report all of it in a document. `tags` are the tags of nodes without an explicit one."""
    _Traps(text, shown_as, report, frozenset(tags.values())).look(top)


def odd_spaces(text: str, shown_as: str) -> tuple[str, list[tuple[SourceLocation, str]]]:
    """The text with unusual spaces replaced where a list or a key needs plain ones, and a message for each line."""
    lines, told = text.split("\n"), []
    for number, line in enumerate(lines):
        found = _BETWEEN.match(line)
        if found is not None:
            lines[number] = (
                _ODD_SIGN.sub(lambda sign: ": " if sign[0] == "\uff1a" else " ", found[0]) + line[found.end() :]
            )
            told.append((SourceLocation(shown_as, number + 1), _odd(found[0])))
    return "\n".join(lines), told


# ---- inside ----------------------------------------------------------------------------------------------------------


def _odd(text: str) -> str:
    sign = (_ODD_SIGN.findall(text) or [" "])[-1]
    plain = "':' and a space" if sign == "\uff1a" else "a plain space"
    return f"{_NAMES.get(sign, 'a special space')} (U+{ord(sign):04X}) is in this line; write {plain} in its place"


class _Traps:
    """Examines node after node."""

    def __init__(self, text: str, shown_as: str, report: Report, plain_tags: frozenset[str]) -> None:
        self._text, self._shown_as, self._report, self._plain_tags = text, shown_as, report, plain_tags
        self._lines = text.split("\n")
        self._escapes = 0
        self._suspect = set()
        for number, line in enumerate(self._lines):
            if _SUSPECT.search(line):
                self._suspect.add(number)
            if line.lstrip(" \t").startswith("#"):
                # It may continue a text above it.
                self._suspect.add(number - 1)

    def look(self, top: yaml.Node) -> None:
        """Examine the whole document."""
        seen: set[int] = set()
        todo: list[tuple[yaml.Node, int, yaml.Node | None, int]] = [(top, 1, None, -1)]
        while todo:
            node, depth, parent, above = todo.pop()
            if id(node) in seen:
                self._note(node, "an alias (*name) is used for this text; write the text itself in both places")
                continue
            seen.add(id(node))
            if depth > MAX_DEPTH:
                self._note(node, "this is nested too deep")
                continue
            starts = node.start_mark.line
            if isinstance(node, yaml.ScalarNode) and not (
                starts in self._suspect or starts > above or starts < node.end_mark.line
            ):
                continue
            if starts in self._suspect:
                self._decorated(node)
            if isinstance(node, yaml.MappingNode):
                self._keys(node)
                for key, value in node.value:
                    line = key.start_mark.line
                    todo += [(key, depth + 1, node, line), (value, depth + 1, node, line)]
            elif isinstance(node, yaml.SequenceNode):
                todo += [(child, depth + 1, node, child.start_mark.line) for child in node.value]
            elif isinstance(node, yaml.ScalarNode):
                self._scalar(node, parent, above)

    def _note(self, node: yaml.Node, message: str) -> None:
        self._at(node.start_mark.line, message)

    def _at(self, line: int, message: str) -> None:
        self._report.add(SourceLocation(self._shown_as, line + 1), message)

    def _decorated(self, node: yaml.Node) -> None:
        """Report a tag or an anchor before a node."""
        sign = self._text[node.start_mark.index : node.start_mark.index + 1]
        if (
            isinstance(node, yaml.MappingNode)
            and node.value
            and node.value[0][0].start_mark.index == node.start_mark.index
        ):
            # It comes before the first key.
            return
        if node.tag not in self._plain_tags or sign == "!":
            tag = "" if node.tag in self._plain_tags else f" ({node.tag})"
            self._note(node, f"a tag{tag} is not allowed here; delete it, or put the text in quotes")
        elif sign == "&":
            self._note(
                node, "an anchor (&name) is not allowed here, and is no part of the text; delete it, or use quotes"
            )

    def _keys(self, node: yaml.MappingNode) -> None:
        first: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._note(key, "a key must be one word")
            elif key.value in first:
                before = f"it was already given on line {first[key.value]}"
                self._note(key, f"the key {key.value!r} is repeated here; {before}")
            else:
                first[key.value] = key.start_mark.line + 1
                if first[key.value] - 1 in self._suspect and _ODD_SIGN.search(key.value):
                    self._note(key, _odd(key.value))

    def _scalar(self, node: yaml.ScalarNode, parent: yaml.Node | None, above: int) -> None:
        if self._escapes < MAX_CONTROLS and CONTROL.search(node.value):
            self._escapes += 1
            self._note(node, "a control character is written here as an escape; delete it")
        if "\t" in node.value:
            self._note(node, "there is a tab in this text; write spaces. In double quotes a backslash is written twice")
        if not node.style:
            self._plain(node, parent, above)
        elif node.style in ("'", '"'):
            self._quoted(node, parent)
        else:
            self._block(node, parent)

    def _plain(self, node: yaml.ScalarNode, parent: yaml.Node | None, above: int) -> None:
        """Examine an unquoted text; `above` is the line of its key or dash."""
        here = node.end_mark
        comment, below = _COMMENT.match(self._text, here.index), _BELOW.match(self._text, here.index)
        if comment:
            self._at(here.line, self._left_out(comment[0]))
        elif below and node.value and self._is_block(parent) and len(below[1]) > _column(parent):
            self._at(here.line + 1, self._left_out(below[0]))
        for line in range(node.start_mark.line + 1, here.line + 1):
            begins = self._lines[line].strip()
            if begins.startswith("-"):
                said = "this dash does not begin under the others, so it goes on with the text above"
                self._at(line, f"{said}; put it under them, or the text in quotes")
            elif _LIKE_A_KEY.match(begins) or _ITEM_KEY.match(begins):
                said = f"{begins.split(':')[0]!r} needs a colon and a space behind it, or goes on with the text above"
                self._at(line, _odd(begins) if _ITEM_KEY.match(begins) else said)
        if not isinstance(parent, yaml.MappingNode) and _ITEM_KEY.match(node.value):
            self._note(node, _odd(node.value))
        elif _DASH.match(node.value) and node.start_mark.line > above:
            self._note(
                node, "a dash that begins a list needs a plain space behind it; put a text with a dash in quotes"
            )

    def _left_out(self, comment: str) -> str:
        said = comment.strip()
        return f"{said!r} is a comment, so it is left out; put the whole text in quotes, or the comment on a line above"

    def _quoted(self, node: yaml.ScalarNode, parent: yaml.Node | None) -> None:
        """Examine a quoted text: what touches it, what is changed in it, and lines that do not belong to it."""
        end = node.end_mark
        if self._text.startswith("#", end.index):
            self._at(end.line, self._left_out(self._text[end.index :].partition("\n")[0]))
        if node.style == '"' and _NO_BREAK_ESCAPE.search(self._text[node.start_mark.index : end.index]):
            self._note(
                node, "'\\_' in double quotes is a no-break space; write a backslash twice, or use single quotes"
            )
        if not self._is_block(parent):
            return
        for line in range(node.start_mark.line + 1, node.end_mark.line + 1):
            stands = self._lines[line]
            if stands.strip() and len(stands) - len(stands.lstrip(" ")) <= _column(parent):
                closed = f"the quote that opens here is closed on line {node.end_mark.line + 1}"
                self._note(node, f"{closed}; close it where its text ends, or begin the lines right of the key")
                return

    def _block(self, node: yaml.ScalarNode, parent: yaml.Node | None) -> None:
        """Examine a block scalar (| or >): a line with # that is indented less than it is not part of it."""
        if _INDENTED.match(self._text, node.start_mark.index):
            # The indentation is explicit.
            return
        content = 0
        for line, stands in enumerate(self._lines[node.start_mark.line + 1 :], node.start_mark.line + 1):
            begins = stands.strip()
            column = len(stands) - len(stands.lstrip(" "))
            content = content or (column if begins else 0)
            if begins and column < content:
                if not begins.startswith("#") or column <= _column(parent):
                    return
                self._at(line, self._left_out(begins))

    def _is_block(self, parent: yaml.Node | None) -> bool:
        return isinstance(parent, yaml.CollectionNode) and not parent.flow_style


def _column(parent: yaml.Node | None) -> int:
    return parent.start_mark.column if parent else -1
