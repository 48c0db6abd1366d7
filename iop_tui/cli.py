"""The commands. Each imports what it needs when it runs, so that none pays for another."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import NoReturn

import click

from iop_tui import __version__
from iop_tui.cli_authors import AUTHOR_COMMANDS
from iop_tui.cli_forms import FORM_COMMANDS
from iop_tui.cli_records import records
from iop_tui.cli_support.exit_status import DONE, INTERRUPTED
from iop_tui.cli_support.options import questions_option, records_option


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done, 1 a check failed, 2 bad input or usage, 70 internal error, "
    "74 the output cannot be written. "
    "Not a diagnosis: a licensed professional decides. In danger, call the emergency number of your country.",
)
@questions_option
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
@questions_option
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
@records_option
@click.option("--as", "who", metavar="NAME", help="Who you are, in the records. Without it: the name you logged in as.")
@questions_option
@click.pass_obj
def counselor(
    above: Path | None, site: Path | None, records: str | None, who: str | None, questions: Path | None
) -> None:
    """Ask the same questions on the phone, in the caller's order, with notes and an encrypted record.

    The whole call is on one screen. See docs/counselor.md.
    """
    from iop_tui.commands.counselor import run

    sys.exit(run(site, questions or above, records, who))


@cli.command()
@click.argument("answers", metavar="ANSWERS.yaml", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for other programs.")
@questions_option
@click.pass_obj
def assess(above: Path | None, answers: Path, as_json: bool, questions: Path | None) -> None:
    """Print the result for a file of answers, without a screen.

    The file maps question ids to an option's id, a list of option ids, a number, not_sure or skipped. A question that
    is left out counts as not answered.
    """
    from iop_tui.commands.assess import run

    sys.exit(run(answers, questions or above, as_json=as_json))


for _command in (records, *FORM_COMMANDS, *AUTHOR_COMMANDS):
    cli.add_command(_command)


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
