"""The commands. Each imports what it needs when it runs, so that none pays for another."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NoReturn

import click

from iop_tui import __version__
from iop_tui.commands import DONE, INTERRUPTED

_questions = click.option(
    "--questions",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The directory of another screening. Without it: the one that comes with the program.",
)


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done, 1 a check failed, 2 bad input or usage, 70 a fault of the program's own, "
    "74 the output cannot be written. "
    "Not a diagnosis: a licensed professional decides. In a crisis in the United States, call or text 988.",
)
@_questions
@click.option("--watch", is_flag=True, help="For authors: follow the files of --questions DIR while the wizard runs.")
@click.version_option(__version__, prog_name="iop-tui")
@click.pass_context
def cli(context: click.Context, questions: Path | None, watch: bool) -> None:
    """Find out which kind of care to ask about first: outpatient therapy, intensive outpatient (IOP), partial
    hospitalization (PHP) or inpatient care.

    Without a command the full-screen wizard starts. It asks plain questions, one at a time, and ends with a summary
    that compares the four. Nothing is saved unless you ask for it.
    """
    if context.invoked_subcommand is None:
        from iop_tui.commands.wizard import run

        sys.exit(run(questions, watch=watch))
    if watch:
        raise click.UsageError("--watch goes with the wizard, not with a command.")
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
    """Run the wizard for one visitor after another, on a terminal that nobody watches.

    Each visitor gets a process of their own; after each the terminal is wiped. There is no way out but the staff's
    (Ctrl+L three times, then the PIN) and signals. See docs/kiosk.md.
    """
    from iop_tui.commands.kiosk import ask_pin, check_machine, run

    if checking and new_pin:
        raise click.UsageError("--check and --new-pin are two things; ask for one.")
    if new_pin:
        sys.exit(ask_pin())
    sys.exit((check_machine if checking else run)(site, questions or above))


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
@_questions
@click.pass_obj
def check(
    above: Path | None, directory: Path | None, questions: Path | None, strict: bool, as_json: bool, mutate: bool
) -> None:
    """Check a screening: load it, name every problem with its file and line, run its example people.

    Without DIR: the screening that comes with the program. Exit status 0 if all is well, else 1. Errors make a result
    wrong or unreachable; warnings are matters of words, age and proof, and fail only with --strict.
    """
    from iop_tui.commands.check import run

    if mutate and as_json:
        raise click.UsageError("--mutate prints YAML; leave out --json.")
    sys.exit(run(directory or questions or above, strict=strict, as_json=as_json, mutate=mutate))


@cli.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def new(directory: Path) -> None:
    """Copy the screening that comes with the program into DIR, to change it there. DIR must be new or empty."""
    from iop_tui.commands.new import run

    sys.exit(run(directory))


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


def main() -> NoReturn:
    """Read the command line, run the command, leave with its exit status. What was typed wrong is told in one line."""
    for stream in (sys.stdout, sys.stderr):
        # A letter that the terminal or file cannot hold becomes a question mark: it is no reason to say nothing.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        # Not cli.main: it takes a reader that went away for a failure.
        with cli.make_context("iop-tui", sys.argv[1:]) as context:
            cli.invoke(context)
    except click.ClickException as failure:
        from iop_tui.commands.refuse import refuse

        said = " ".join(failure.format_message().split())
        sys.exit(refuse(f"{said} Try 'iop-tui --help'."))
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    sys.exit(DONE)
