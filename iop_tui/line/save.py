"""Saving the summary: the format, then the file name. The only way in which data reaches a disk."""

from __future__ import annotations

from pathlib import Path

from iop_tui.line.commands import Command, shown, understood
from iop_tui.line.console_io import ConsoleIO
from iop_tui.line.wrapping import harmless
from iop_tui.platform.private_file import CannotSave
from iop_tui.result.model import Result
from iop_tui.screening.i18n.language import _
from iop_tui.takeaway import summary_file

_MARKDOWN, _NOT = 2, 3


def save(talk: ConsoleIO, result: Result) -> bool:
    """Ask how and where, and save; whether a file was written."""
    talk.say(
        _("The file holds your summary: what your answers point to, and why."),
        _("Whoever can open the file can read it. On a shared computer, do not save."),
    )
    form = talk.choose([_("Save as plain text"), _("Save as Markdown"), _("Do not save")])
    written = None if form in (None, _NOT) else _named(talk, result, markdown=form == _MARKDOWN)
    talk.say(_("Nothing was saved.") if written is None else _("Saved: {path}").format(path=written))
    return written is not None


def _named(talk: ConsoleIO, result: Result, *, markdown: bool) -> Path | None:
    """Ask for the name until a file is written; None if the person goes back."""
    name = summary_file.offered()
    hint = _("Type {next} to take this name, another name, or {back} to save nothing.")
    hint = hint.format(next=shown(Command.NEXT), back=shown(Command.BACK))
    talk.say(_("The name of the file: {path}").format(path=name), hint)
    while True:
        typed = harmless(talk.ask(_("File name:"))).strip()
        said = understood(typed)
        if said is not None and said.command is Command.BACK:
            return None
        if talk.went_elsewhere(said):
            continue
        if not typed:
            talk.say(hint)
            continue
        take = said is not None and said.command is Command.NEXT
        if said is not None and not take:
            # A word that is a command elsewhere was not meant as the name of a file.
            talk.say(hint)
            continue
        try:
            return summary_file.save(result, str(name) if take else typed, markdown=markdown)
        except CannotSave as failure:
            talk.say(str(failure))
