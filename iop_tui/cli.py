"""The commands. Each imports what it needs when it runs, so that none pays for another."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from iop_tui import __version__
from iop_tui.cli_support.exit_status import DONE, INTERRUPTED
from iop_tui.export.formats import FORMATS

if TYPE_CHECKING:
    from iop_tui.commands.records import Access

_questions = click.option(
    "--questions",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The directory of another screening. Without it: the one that comes with the program.",
)


_records = click.option(
    "--records",
    metavar="URL",
    help="Where calls are kept: a file, or postgresql+psycopg://USER@HOST/NAME. Without it: a file of your own.",
)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done, 1 a check failed, 2 bad input or usage, 70 internal error, "
    "74 the output cannot be written. "
    "Not a diagnosis: a licensed professional decides. In danger, call the emergency number of your country.",
)
@_questions
@click.option("--language", metavar="CODE", help="The language to begin in, such as es. Without it: that of LANG.")
@click.option("--line", is_flag=True, help="Line by line, for screen readers, braille and plain terminals.")
@click.option("--width", type=click.IntRange(20, 400), help="With --line: break lines at so many letters.")
@click.option("--theme", type=click.Choice(["dark", "light", "contrast"]), help="The colours to begin with.")
@click.option(
    "--scan",
    "pace",
    metavar="SECONDS",
    type=click.FloatRange(0.5, 60),
    help="One-key use: each choice lights up for so long, and Space, Enter or a click takes it.",
)
@click.option("--site", metavar="FILE", type=click.Path(path_type=Path), help="A site file: its reviewers are known.")
@click.option("--watch", is_flag=True, help="For authors: follow the files of --questions DIR while the wizard runs.")
@click.version_option(__version__, prog_name="iop-tui")
@click.pass_context
def cli(
    context: click.Context,
    questions: Path | None,
    language: str | None,
    line: bool,
    width: int | None,
    theme: str | None,
    pace: float | None,
    site: Path | None,
    watch: bool,
) -> None:
    """Find out which kind of care to ask about first, from a talk once a week to a stay day and night.

    Without a command the full-screen wizard starts. It asks plain questions, one at a time, and ends with a summary
    that compares the kinds of care. Nothing is saved unless you ask for it.
    """
    if context.invoked_subcommand is None:
        from iop_tui.commands.wizard import WizardOptions, run

        line = line or width is not None
        if watch and line:
            raise click.UsageError("--watch follows files on full pages; leave out --line and --width.")
        if line and (theme or pace):
            raise click.UsageError("--theme and --scan are for full pages; leave out --line and --width.")
        sys.exit(run(questions, WizardOptions(language, line, width, theme, pace, site), watch=watch))
    wished = {"--language": language, "--line": line, "--width": width, "--theme": theme, "--scan": pace}
    for option, value in (wished | {"--site": site, "--watch": watch}).items():
        if value:
            raise click.UsageError(f"{option} goes with the wizard, not with a command.")
    context.obj = questions


@cli.command()
@click.option(
    "--site",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The site file: the clinic's name, phone lines, times, printer, PIN. Without it: the usual.",
)
@click.option("--check", "checking", is_flag=True, help="Say whether this machine is ready to be left alone, and stop.")
@click.option("--new-pin", is_flag=True, help="Ask for a PIN, print its hash for the site file, and stop.")
@_questions
@click.pass_obj
def kiosk(above: Path | None, site: Path | None, questions: Path | None, checking: bool, new_pin: bool) -> None:
    """Run the wizard for one visitor after another, on an unattended terminal.

    Each visitor gets their own process; after each the terminal is wiped. Only staff (Ctrl+L three times, then the PIN)
    and signals can end it. See docs/kiosk.md.
    """
    from iop_tui.commands.kiosk import ask_pin, check_machine, run

    if checking and new_pin:
        raise click.UsageError("--check and --new-pin are two things; ask for one.")
    if new_pin:
        sys.exit(ask_pin())
    sys.exit((check_machine if checking else run)(site, questions or above))


@cli.command()
@click.option("--site", metavar="FILE", type=click.Path(path_type=Path), help="The site file: protocols, retention.")
@_records
@click.option("--as", "who", metavar="NAME", help="Who you are, in the records. Without it: the name you logged in as.")
@_questions
@click.pass_obj
def counselor(
    above: Path | None, site: Path | None, records: str | None, who: str | None, questions: Path | None
) -> None:
    """Ask the same questions on the phone, in the caller's order, with notes and an encrypted record.

    The whole call is on one screen. See docs/counselor.md.
    """
    from iop_tui.commands.counselor import run

    sys.exit(run(site, questions or above, records, who))


@cli.group()
@_records
@click.option(
    "--passphrase-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file whose first line is the passphrase, that nobody else can read. Without it you are asked.",
)
@click.option("--site", metavar="FILE", type=click.Path(path_type=Path), help="The site file: how long calls are kept.")
@_questions
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


@cli.command()
@click.argument("answers", metavar="ANSWERS.yaml", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")
@_questions
@click.pass_obj
def assess(above: Path | None, answers: Path, as_json: bool, questions: Path | None) -> None:
    """Print the result for a file of answers, without a screen.

    The file maps question ids to an option's id, a list of option ids, a number, not_sure or skipped. A question that
    is left out counts as not answered.
    """
    from iop_tui.commands.assess import run

    sys.exit(run(answers, questions or above, as_json=as_json))


@cli.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for editors.")
@click.option("--mutate", is_flag=True, help="Weaken each rule in turn, and list the changes that no case notices.")
@click.option("--prove", is_flag=True, help="Prove what must hold of every answer sheet, and show who breaks it.")
@click.option(
    "--prove-seconds",
    metavar="N",
    type=click.FloatRange(0.01, 3600),
    help="With --prove: the most time for one proof; 10 if not given.",
)
@_questions
@click.pass_obj
def check(
    above: Path | None,
    directory: Path | None,
    questions: Path | None,
    strict: bool,
    as_json: bool,
    mutate: bool,
    prove: bool,
    prove_seconds: float | None,
) -> None:
    """Check a screening: load it, name every problem with its file and line, run its example people.

    Without DIR: the screening that comes with the program. Exit status 0 if all is well, else 1. Errors make a result
    wrong or unreachable; warnings are matters of words, age and proof, and fail only with --strict.
    """
    from iop_tui.commands.check import run

    if mutate and as_json:
        raise click.UsageError("--mutate prints YAML; leave out --json.")
    if prove and (mutate or as_json):
        raise click.UsageError("--prove prints YAML of its own; leave out --mutate and --json.")
    if prove_seconds is not None and not prove:
        raise click.UsageError("--prove-seconds goes with --prove.")
    limit = (prove_seconds or 10.0) if prove else None
    root = directory or questions or above
    sys.exit(run(root, strict=strict, as_json=as_json, mutate=mutate, prove_seconds=limit))


@cli.command()
@click.argument("old", metavar="OLD")
@click.argument("new_", metavar="NEW")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for other programs.")
@click.option("--markdown", is_flag=True, help="Print Markdown, for a pull request.")
@click.option(
    "--sheets",
    metavar="N",
    type=click.IntRange(0, 1_000_000),
    default=100_000,
    help="So many random answer sheets; 100000 if not given.",
)
@click.option(
    "--seed", metavar="N", type=int, default=2026, help="The same seed draws the same sheets; 2026 if not given."
)
def diff(old: str, new_: str, as_json: bool, markdown: bool, sheets: int, seed: int) -> None:
    """Say what a change of a screening means: who gets more care or less, and what was changed.

    OLD and NEW are directories, or a directory in a revision of a git repository, such as HEAD:my-clinic. Exit status 0
    if they are equal, 1 if they differ. See docs/writing-questions.md.
    """
    from iop_tui.commands.diff import run

    if as_json and markdown:
        raise click.UsageError("--json and --markdown are two things; ask for one.")
    sys.exit(run(old, new_, form="json" if as_json else "markdown" if markdown else "text", sheets=sheets, seed=seed))


@cli.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="Your name, as the clinic's site file has it.")
@click.option("--license", "license_", metavar="TEXT", help='Your license and its number, as "LCSW 12345, Texas".')
@click.option("--role", metavar="TEXT", help='What you are at the clinic, as "clinical lead".')
@click.option("--parts", metavar="LIST", help="What you have read: rules,texts,crisis,es. Without it: all of it.")
@click.option("--limits", metavar="TEXT", help='Whom or what your agreement is limited to, as "adults only".')
@click.option("--remarks", metavar="TEXT", help="What you want to say about it.")
@click.option("--expires", metavar="DAY", help="The last day on which the review counts, as 2027-11-30.")
@click.option(
    "--months", metavar="N", type=click.IntRange(1, 60), help="The same in months from today; 12 if not given."
)
@click.option("--disagree", is_flag=True, help="Sign that you do not agree with these parts as they are.")
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your key. Without it: the one in your data directory.",
)
@click.option(
    "--passphrase-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A file whose first line is the key's passphrase, that nobody else can read. Without it you are asked.",
)
@click.option("--status", "asking", is_flag=True, help="Only say who has reviewed what, and stop.")
@click.option(
    "--site", metavar="FILE", type=click.Path(path_type=Path), help="With --status: the site file with the reviewers."
)
def sign(
    directory: Path,
    name: str | None,
    license_: str | None,
    role: str | None,
    parts: str | None,
    limits: str | None,
    remarks: str | None,
    expires: str | None,
    months: int | None,
    disagree: bool,
    key: Path | None,
    passphrase_file: Path | None,
    asking: bool,
    site: Path | None,
) -> None:
    """Sign what you have read of the screening in DIR, as a licensed clinician: a file in DIR/reviews.

    The rules, the English texts, the crisis pages and each language are signed apart. A later change of one ends only
    the signature of that one. See docs/reviewing.md.
    """
    from iop_tui.commands.sign import Wish, status
    from iop_tui.commands.sign import sign as run

    if asking:
        sys.exit(status(directory, site))
    if site is not None:
        raise click.UsageError("--site goes with --status.")
    if not (name and license_ and role):
        raise click.UsageError("A review needs --name, --license and --role; or ask with --status.")
    if expires and months:
        raise click.UsageError("--expires and --months are two ways to say one thing; leave one out.")
    read = tuple(part.strip() for part in parts.split(",") if part.strip()) if parts else ()
    wish = Wish(name, license_, role, read, limits, remarks, expires, months or 12, disagree)
    sys.exit(run(directory, wish, key, passphrase_file))


@cli.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def new(directory: Path) -> None:
    """Copy the screening that comes with the program into DIR, to change it there. DIR must be new or empty."""
    from iop_tui.commands.new import run

    sys.exit(run(directory))


@cli.command()
@click.argument("code", metavar="LANGUAGE")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What the language calls itself, as Español. Only for a new one.")
@_questions
@click.pass_obj
def translate(above: Path | None, code: str, directory: Path | None, questions: Path | None, name: str | None) -> None:
    """Bring the translations of a language, such as es, up to date: DIR/locale/es.po.

    New texts are added, reworded texts are marked fuzzy, and removed texts become obsolete. Without DIR: the screening
    that comes with the program, and the program's own sentences. See docs/translating.md.
    """
    from iop_tui.commands.translate import run

    sys.exit(run(code, directory or questions or above, name))


@cli.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def schema(directory: Path) -> None:
    """Write the JSON Schemas of the YAML format into DIR/schema, for editors that complete and check."""
    from iop_tui.commands.schema import run

    sys.exit(run(directory))


@cli.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@_questions
@click.pass_obj
def basis(above: Path | None, directory: Path | None, questions: Path | None) -> None:
    """Print what a screening rests on, as Markdown: its limits, its rules with their sources, what it leaves out."""
    from iop_tui.commands.basis import run

    sys.exit(run(directory or questions or above))


@cli.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--to",
    metavar="FILE",
    default="-",
    help="A new file, packet.pdf or packet.md, readable by you alone. Without it: Markdown on standard output.",
)
@click.option(
    "--language", metavar="CODE", help="Print the patient's texts in this language, such as es, beside English."
)
@click.option(
    "--since",
    metavar="OLD",
    help="Only what changed since a signed review (a file of reviews/), a directory, or REVISION:DIR of git.",
)
@_questions
@click.pass_obj
def review(
    above: Path | None,
    directory: Path | None,
    questions: Path | None,
    to: str,
    language: str | None,
    since: str | None,
) -> None:
    """Make the packet that a clinical lead reads, marks and signs: every question, rule and page in plain words.

    It begins with the rules that are the authors' own reading. With the solver of 'check --prove' it says what is
    proved. A screening with problems is refused, as 'check' names them.
    """
    from iop_tui.commands.review import run

    sys.exit(run(directory or questions or above, to, language, since))


def main() -> NoReturn:
    """Read the command line, run the command, and exit with its status. A usage error is reported in one line."""
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal or file cannot encode becomes a question mark: that is no reason to print nothing.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        # Not cli.main: it takes a reader that went away for a failure.
        with cli.make_context("iop-tui", sys.argv[1:]) as context:
            cli.invoke(context)
    except click.ClickException as failure:
        from iop_tui.cli_support.refusals import refuse

        said = " ".join(failure.format_message().split())
        sys.exit(refuse(f"{said} Try 'iop-tui --help'."))
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    sys.exit(DONE)
