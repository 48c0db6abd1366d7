"""Edit a YAML file where it stands, so that its comments and layout stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import yaml

from iop_tui.screening.format import yaml_nodes
from iop_tui.screening.problems import Report

_WIDTH = 118


def with_sections(text: str, names: Sequence[str]) -> str:
    """screening.yaml with this list of sections. Raises ValueError if it has none to replace."""
    value = _value(text, "sections")
    flow = _flow(names)
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        return text[: value.start_mark.index] + flow + text[value.end_mark.index :]
    block = text[value.start_mark.index : value.end_mark.index]
    kept = block[len(block.rstrip()) :]
    return text[: value.start_mark.index].rstrip() + f" {flow}{kept}" + text[value.end_mark.index :]


def with_questions(text: str, order: Sequence[str], changed: Mapping[str, Sequence[str]]) -> str:
    """A section with its questions in this order: those that `changed` has as new lines, the others as they stand, with
    the comments above them. Raises ValueError if a question is neither there nor in `changed`.
    """
    value = _value(text, "questions")
    if not isinstance(value, yaml.SequenceNode):
        raise ValueError("questions is no list")
    lines = text.split("\n")
    starts = [_begins(lines, node.start_mark.line) for node in value.value]
    last = _ends(lines, value.end_mark.line)
    stands = {
        _id(node): lines[start:end] for node, start, end in zip(value.value, starts, [*starts[1:], last], strict=True)
    }
    made: list[str] = []
    for name in order:
        if name not in changed and name not in stands:
            raise ValueError(f"there is no question {name!r}")
        if name not in changed:
            made += _trimmed(stands[name])
        else:
            above = [line for line in stands.get(name, []) if line.startswith("  #")]
            made += [*above, *changed[name]]
        made.append("")
    return "\n".join([*lines[: starts[0]], *made[:-1], *lines[last:]])


# ---- inside ----------------------------------------------------------------------------------------------------------


def _value(text: str, key: str) -> yaml.Node:
    report = Report()
    top = yaml_nodes.parse(text.encode(), "", report)
    if isinstance(top, yaml.MappingNode):
        for name, value in top.value:
            if name.value == key:
                node: yaml.Node = value
                return node
    raise ValueError(f"there is no key {key!r}")


def _flow(names: Sequence[str]) -> str:
    lines, line = [], "sections: ["
    for at, name in enumerate(names):
        said = f"{name}," if at < len(names) - 1 else f"{name}]"
        if len(line) + len(said) > _WIDTH:
            lines.append(line.rstrip())
            line = "  "
        line += f"{said} "
    return "\n".join([*lines, line.rstrip()]).removeprefix("sections: ")


def _id(node: yaml.Node) -> str:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((str(value.value) for key, value in pairs if key.value == "id"), "")


def _begins(lines: Sequence[str], at: int) -> int:
    """The first of the comment lines directly above a question."""
    while at > 0 and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _ends(lines: Sequence[str], at: int) -> int:
    """The line behind the last one of the list: what follows are comments, empty lines and the next key."""
    while at > 0 and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    return at


def _trimmed(lines: Sequence[str]) -> list[str]:
    kept = list(lines)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept
