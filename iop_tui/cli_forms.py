"""The commands for other people's forms. Each imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iop_tui.cli_support.options import questions_option

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("form", metavar="FORM.json", type=_FILE)
@click.option("--from", "response", metavar="RESPONSE.json", type=_FILE, help="Go on with answers that were saved.")
@click.option("--to", metavar="RESPONSE.json", type=_FILE, help="Where the answers go. Without it: you are asked.")
@click.option("--by", metavar="NAME", default="", help="Who fills it in; the file then says so.")
@click.option(
    "--language", metavar="CODE", help="The language, such as es: of the form, where it has it, and of the program."
)
@click.option("--line", is_flag=True, help="Line by line, for screen readers, braille and plain terminals.")
@click.option("--width", type=click.IntRange(20, 400), help="With --line: break lines at so many letters.")
@click.option("--theme", type=click.Choice(["dark", "light", "contrast"]), help="The colours to begin with.")
@questions_option
@click.pass_obj
def fill(
    above: Path | None,
    form: Path,
    response: Path | None,
    to: Path | None,
    by: str,
    language: str | None,
    line: bool,
    width: int | None,
    theme: str | None,
    questions: Path | None,
) -> None:
    """Ask a form of somebody else: a FHIR R4 Questionnaire.

    The answers are written as a QuestionnaireResponse once you save them, and nothing is kept if you do not. Without
    --to the exit status is 0; with it, 1 means that nothing was saved. See docs/forms.md.
    """
    from iop_tui.commands.fill import FillOptions, run

    line = line or width is not None
    if line and theme:
        raise click.UsageError("--theme is for full pages; leave out --line and --width.")
    sys.exit(run(form, FillOptions(language, line, width, theme, response, to, by, questions or above)))


FORM_COMMANDS = (fill,)
