"""The command `records`: one subcommand for each thing to do with saved calls."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from iop_tui.cli_support.options import questions_option, records_option
from iop_tui.export.formats import FORMATS

if TYPE_CHECKING:
    from iop_tui.commands.records import Access


@click.group()
@records_option
@click.option(
    "--passphrase-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file whose first line is the passphrase, that nobody else can read. Without it you are asked.",
)
@click.option("--site", metavar="FILE", type=click.Path(path_type=Path), help="The site file: how long calls are kept.")
@questions_option
@click.pass_context
def records(
    context: click.Context,
    records: str | None,
    passphrase_file: Path | None,
    site: Path | None,
    questions: Path | None,
) -> None:
    """List, show, export, count and delete saved calls. They are encrypted; see docs/records.md.

    A call is named by its id, or by as much of its beginning as no other has.
    """
    from iop_tui.commands.records import Access

    context.obj = Access(records, passphrase_file, questions or context.obj, site)


@records.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option("--state", type=click.Choice(["open", "call_back", "finished"]), help="Only calls in this state.")
@click.option("--find", metavar="WORDS", help="Only calls with all these words in their reference or notes.")
@click.pass_obj
def list_records(access: Access, as_json: bool, state: str | None, find: str | None) -> None:
    """List the calls, the one changed last first."""
    from iop_tui.commands.records import list_calls

    sys.exit(list_calls(access, as_json=as_json, state=state, find=find))


@records.command()
@click.argument("call", metavar="ID")
@click.pass_obj
def show(access: Access, call: str) -> None:
    """Print the note of a call."""
    from iop_tui.commands.records import show as run

    sys.exit(run(access, call))


@records.command()
@click.argument("call", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice([known.id for known in FORMATS]),
    default=FORMATS[0].id,
    show_default=True,
    help="; ".join(f"{known.id}: {known.label}" for known in FORMATS) + ".",
)
@click.option("--to", metavar="FILE", help="A new file, readable by you alone. Without it: standard output.")
@click.pass_obj
def export(access: Access, call: str, form: str, to: str | None) -> None:
    """Write a call for a record, or for another program. What is written is not encrypted."""
    from iop_tui.commands.records import export as run

    sys.exit(run(access, call, form, to))


@records.command()
@click.argument("call", metavar="ID")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def delete(access: Access, call: str, yes: bool) -> None:
    """Delete a call for good."""
    from iop_tui.commands.records import delete as run

    sys.exit(run(access, call, sure=yes))


@records.command()
@click.option(
    "--new-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file whose first line is the new passphrase. Without it you are asked.",
)
@click.pass_obj
def passphrase(access: Access, new_file: Path | None) -> None:
    """Change the passphrase: everything is encrypted again, in one step."""
    from iop_tui.commands.records import passphrase as run

    sys.exit(run(access, new_file))


@records.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option("--from", "since", metavar="DAY", help="The first day to count, as 2026-11-01.")
@click.option("--until", metavar="DAY", help="The last day to count.")
@click.option("--smallest", type=int, help="Counts below this are hidden. Without it 11; 5 at the least.")
@click.pass_obj
def stats(access: Access, as_json: bool, since: str | None, until: str | None, smallest: int | None) -> None:
    """Count calls by level, by alarm, by where they end, and the time they take. Small counts are hidden."""
    from iop_tui.commands.records import stats as run

    sys.exit(run(access, as_json=as_json, since=since, until=until, smallest=smallest))


@records.command()
@click.option("--verify", is_flag=True, help="Say what is not as it was written. Exit status 1 if anything is not.")
@click.option("--head", is_flag=True, help="Print the last line's seal, to keep elsewhere.")
@click.option("--since", metavar="HEAD", help="A seal that --head printed: everything up to it must still be there.")
@click.pass_obj
def audit(access: Access, verify: bool, head: bool, since: str | None) -> None:
    """Print who opened, changed, exported or deleted what, and when."""
    from iop_tui.commands.records import audit as run

    sys.exit(run(access, verify=verify, head=head, since=since))


@records.command("schema")
def export_schema() -> None:
    """Print the JSON Schema of what 'export --format json' writes."""
    from iop_tui.export.data import schema_text

    click.echo(schema_text(), nl=False)


@records.command()
@click.option("--yes", is_flag=True, help="This computer's clock is right: do not ask, however many calls it is.")
@click.pass_obj
def expire(access: Access, yes: bool) -> None:
    """Delete the calls that are past the retention of the site file.

    If the clocks disagree, or if it is more than a tenth of all calls, it asks first.
    """
    from iop_tui.commands.expire import expire as run

    sys.exit(run(access, sure=yes))
