"""`iop-tui review`: the packet that a clinical lead reads, marks and signs, as PDF or Markdown."""

from __future__ import annotations

import datetime
import importlib.util
from pathlib import Path

import click

from iop_tui import __version__
from iop_tui.cli_support.exit_status import CANNOT_WRITE, DONE
from iop_tui.cli_support.refusals import refuse, refuse_all
from iop_tui.commands.check import checked
from iop_tui.commands.diff import loaded_version, named_problems
from iop_tui.packet.changed import Since, only_changed
from iop_tui.packet.gather import gathered, languages
from iop_tui.packet.packet_document import packet_of
from iop_tui.packet.packet_markdown import as_packet_markdown
from iop_tui.packet.packet_model import Packet
from iop_tui.packet.since import since_review, since_version
from iop_tui.platform.git_revision import NoRevision, directory_at, is_revision
from iop_tui.platform.private_file import CannotSave, create, named
from iop_tui.screening.authoring.checker import Checked
from iop_tui.screening.comparison.diff_screenings import Loaded, NothingInCommon, words_of
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.problems import Unusable
from iop_tui.screening.shipped import shipped

STDOUT = "-"
_MARKDOWN = (".md", ".markdown")


def run(
    directory: Path | None,
    to: str,
    language: str | None = None,
    since: str | None = None,
    day: datetime.date | None = None,
) -> int:
    """Write the packet to a new file, or as Markdown to standard output; the exit status. With `since`, a
    file of `reviews/`, a directory or a `REVISION:DIR`, only what changed. `day` is the day stated on it; without it,
    the day it is.
    """
    suffix = Path(to).suffix.lower()
    if to != STDOUT and suffix not in (*_MARKDOWN, ".pdf"):
        return refuse(f"--to {to}: the packet is a PDF or Markdown; end the name with .pdf or .md.")
    if suffix == ".pdf" and importlib.util.find_spec("fpdf") is None:
        return refuse("a PDF needs the package fpdf2: pip install 'iop-tui[counselor]'. Markdown (.md) needs nothing.")
    try:
        where = None if to == STDOUT else named(to)
    except CannotSave as failure:
        return refuse(str(failure))
    root, today = directory or shipped(), day or local_today()
    found = checked(root, today)
    if found.screening is None or found.problems:
        return refuse_all(Unusable(found.problems))
    known = languages(found.screening)
    if language is not None and language not in known:
        others = f"it has {', '.join(known)}" if known else "it has none"
        return refuse(f"--language {language}: the screening has no such translation; {others}.")
    packet = packet_of(gathered(root, found, found.screening, today, language))
    if since is not None:
        try:
            packet = only_changed(packet, _since(since, root, found, found.screening))
        except NoRevision as failure:
            return refuse(f"--since {since}: {failure}.")
        except NothingInCommon:
            return refuse(f"--since {since}: it has no question in common with {root}; these are two screenings.")
        except Unusable as unusable:
            return refuse_all(unusable)
    if where is None:
        click.echo(as_packet_markdown(packet), nl=False)
        return DONE
    try:
        create(where, _pdf(packet) if suffix == ".pdf" else as_packet_markdown(packet).encode())
    except CannotSave as failure:
        refuse(str(failure))
        return CANNOT_WRITE
    click.echo(f"The review packet is in {where}.")
    return DONE


def _since(since: str, root: Path, found: Checked, screening: Screening) -> Since:
    """What changed. Raises NoRevision, NothingInCommon and Unusable."""
    path = Path(since)
    if path.suffix in (".yaml", ".yml"):
        return since_review(path, screening)
    new = Loaded(str(root), screening, found.people, words_of(screening))
    if not is_revision(since):
        return since_version(loaded_version(since, path), new)
    with directory_at(since) as there:
        try:
            old = loaded_version(since, there)
        except Unusable as unusable:
            raise Unusable(named_problems(unusable.problems, there, since)) from None
        return since_version(old, new)


def _pdf(packet: Packet) -> bytes:
    # Imported only here: Markdown is to be had without the extra.
    from iop_tui.packet.packet_pdf import as_packet_pdf

    return as_packet_pdf(packet, __version__)
