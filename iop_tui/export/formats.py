"""The registry of export formats: the export page, `records export` and `records show` read it, and nothing else lists
formats. A new format is one renderer and one line here.

The command line imports this module, so it imports nothing of the program; a renderer is imported when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from iop_tui.export.report import Report


class Format(NamedTuple):
    """One format. `render` names a function `Report -> str`, or `-> bytes` if it is not text: `module:function`."""

    id: str
    label: str
    ending: str
    render: str
    is_text: bool = True

    def rendered(self, report: Report) -> bytes:
        """The report in this format. Raises ImportError if a package for it is missing."""
        module, _, function = self.render.partition(":")
        made: str | bytes = getattr(import_module(module), function)(report)
        return made.encode() if isinstance(made, str) else made


FORMATS: tuple[Format, ...] = (
    Format(
        "text", "Note as plain text, to paste into a health record", ".txt", "iop_tui.export.note_text:as_note_text"
    ),
    Format("markdown", "Note as Markdown", ".md", "iop_tui.export.note_markdown:as_note_markdown"),
    Format("pdf", "Note as PDF, to print", ".pdf", "iop_tui.export.note_pdf:as_note_pdf", is_text=False),
    Format("json", "Data as JSON", ".json", "iop_tui.export.data:as_json"),
    Format("fhir", "Data as a FHIR R4 Bundle", ".fhir.json", "iop_tui.export.fhir.bundle:as_fhir"),
)
"""In the order in which they are offered."""


def format_of(format_id: str) -> Format:
    """The format with this id. Raises KeyError."""
    return {known.id: known for known in FORMATS}[format_id]
