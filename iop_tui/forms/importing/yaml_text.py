"""Write texts and conditions as YAML that people read: plain where it can be, quoted or folded where it must be.

PyYAML's emitter says which texts can be plain. Lines are put together here: the emitter writes no comments, and its
folded lines may begin with a dash or with what looks like a key, which our loader refuses (`yaml_traps.py`).
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator

import yaml
from yaml.emitter import Emitter

from iop_tui.screening.authoring.condition_text import as_yaml
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, Not

WIDTH = 120
_STR = "tag:yaml.org,2002:str"
_PLAIN = re.compile(r"[A-Za-z0-9(/][^\x00-\x1f\xa0\xad\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\uff1a]*")
_FOLDABLE = re.compile(r"[^\s\xa0#](?:[^\s\xa0]| (?! ))*")


def scalar(text: str, *, flow: bool = False) -> str:
    """A text in one line; `flow` is inside braces or brackets."""
    said = Emitter(io.StringIO(), allow_unicode=True).analyze_scalar(text)
    plain = said.allow_flow_plain if flow else said.allow_block_plain
    if plain and _PLAIN.fullmatch(text) and " #" not in text and _resolved(text) == _STR:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def pair(key: str, text: str, indent: int) -> Iterator[str]:
    """A key and its text; a long text without line ends is folded below its key."""
    margin = " " * indent
    line = f"{margin}{key}: {scalar(text)}"
    if len(line) <= WIDTH or not _FOLDABLE.fullmatch(text):
        yield line
        return
    yield f"{margin}{key}: >-"
    inner = margin + "  "
    for part in textwrap.wrap(
        text, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False, expand_tabs=False
    ):
        yield inner + part


def condition(key: str, wanted: Condition, indent: int) -> Iterator[str]:
    """A key and a condition: in one line, or as lists where that is too long."""
    margin = " " * indent
    line = f"{margin}{key}: {as_yaml(wanted)}"
    if len(line) <= WIDTH or not isinstance(wanted, (All, AnyOf, AtLeast, Not)):
        yield line
        return
    yield f"{margin}{key}:"
    yield from _below(wanted, indent + 2)


def comment(text: str, indent: int) -> Iterator[str]:
    """A text as comment lines."""
    margin = " " * indent + "# "
    for line in text.split("\n"):
        wrapped = textwrap.wrap(line, WIDTH - len(margin), break_long_words=False, break_on_hyphens=False) or [""]
        yield from (f"{margin}{part}".rstrip() for part in wrapped)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _resolved(text: str) -> str:
    tag: str = yaml.SafeLoader("").resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]  # so in its stubs
    return tag


def _below(wanted: Condition, indent: int) -> Iterator[str]:
    if isinstance(wanted, Not):
        yield from condition("not", wanted.of, indent)
        return
    if not isinstance(wanted, (All, AnyOf, AtLeast)):
        yield " " * indent + as_yaml(wanted)
        return
    margin = " " * indent
    if isinstance(wanted, AtLeast):
        yield f"{margin}at_least: {wanted.count}"
    yield f"{margin}{'of' if isinstance(wanted, AtLeast) else 'all' if isinstance(wanted, All) else 'any'}:"
    for part in wanted.of:
        line = f"{margin}  - {as_yaml(part)}"
        if len(line) <= WIDTH or not isinstance(part, (All, AnyOf, AtLeast, Not)):
            yield line
            continue
        first, *rest = _below(part, indent + 4)
        yield f"{margin}  - {first.lstrip()}"
        yield from rest
