"""A document as Markdown (CommonMark, with GitHub's tables). Its texts are escaped: none is read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from iop_tui.platform.markdown_escape import escaped
from iop_tui.result.blocks import Block, CareName, Document, Entries, Scale, Table, Talk, Words
from iop_tui.result.cut import cut


def as_markdown(document: Document) -> str:
    """The document, but for what is only shown on request, as Markdown; a line end at the end."""
    document = cut(document)
    lines = [f"# {escaped(document.title)}"]
    for section in document.sections:
        lines += ["", f"## {escaped(section.title)}"]
        for block in section.blocks:
            lines += ["", *_block(block)]
    return "\n".join([*lines, "", escaped(document.made_with)]) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        text = escaped(block.text)
        yield f"**{text}**" if block.tone in ("strong", "danger") else text
    elif isinstance(block, CareName):
        yield from (f"{escaped(block.lead)}: **{escaped(block.name)}**", "", escaped(block.what))
    elif isinstance(block, Scale):
        yield from _table(
            ("", block.hours, block.sleep), ((level.short, level.hours, level.sleep) for level in block.levels)
        )
    elif isinstance(block, Entries):
        yield from _entries(block)
    elif isinstance(block, Table):
        yield from _table(("", *block.heads), ((row.label, *row.cells) for row in block.rows))
    elif isinstance(block, Talk):
        yield from (f"- **{escaped(who)}**: {escaped(said)}" for who, said in block.spoken())
    else:
        for line in block.lines:
            about = f". {escaped(line.about)}" if line.about else ""
            yield f"- **{escaped(line.name)}**: {escaped(line.reach)}{about}"


def _entries(block: Entries) -> Iterator[str]:
    if block.title:
        yield from (f"**{escaped(block.title)}**", "")
    for mark, entry in block.marked():
        text = escaped(entry.text)
        yield mark + (f"**{text}**" if entry.details else text)
        yield from (" " * len(mark) + f"- {escaped(detail)}" for detail in entry.details)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = tuple(heads)
    yield _row(heads)
    yield "|" + " --- |" * len(heads)
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(map(escaped, cells)) + " |"
