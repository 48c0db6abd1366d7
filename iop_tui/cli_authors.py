"""The commands for those who write, translate, review and sign a screening."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from iop_tui.cli_support.options import questions_option


@click.command()
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
@questions_option
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


@click.command()
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


@click.command()
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


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def new(directory: Path) -> None:
    """Copy the screening that comes with the program into DIR, to change it there. DIR must be new or empty."""
    from iop_tui.commands.new import run

    sys.exit(run(directory))


@click.command()
@click.argument("code", metavar="LANGUAGE")
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What the language calls itself, as Español. Only for a new one.")
@questions_option
@click.pass_obj
def translate(above: Path | None, code: str, directory: Path | None, questions: Path | None, name: str | None) -> None:
    """Bring the translations of a language, such as es, up to date: DIR/locale/es.po.

    New texts are added, reworded texts are marked fuzzy, and removed texts become obsolete. Without DIR: the screening
    that comes with the program, and the program's own sentences. See docs/translating.md.
    """
    from iop_tui.commands.translate import run

    sys.exit(run(code, directory or questions or above, name))


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def schema(directory: Path) -> None:
    """Write the JSON Schemas of the YAML format into DIR/schema, for editors that complete and check."""
    from iop_tui.commands.schema import run

    sys.exit(run(directory))


@click.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@questions_option
@click.pass_obj
def basis(above: Path | None, directory: Path | None, questions: Path | None) -> None:
    """Print what a screening rests on, as Markdown: its limits, its rules with their sources, what it leaves out."""
    from iop_tui.commands.basis import run

    sys.exit(run(directory or questions or above))


@click.command()
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
@questions_option
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


class _Range(click.ParamType[tuple[int, int]]):
    """Two whole numbers, as 0..999."""

    name = "LOW..HIGH"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Both numbers."""
        low, dots, high = str(value).partition("..")
        try:
            pair = int(low), int(high)
        except ValueError:
            self.fail(f"{value!r} is not two whole numbers with two points between, such as 0..999.", param, ctx)
        if not dots or pair[0] >= pair[1]:
            self.fail(f"{value!r}: the first number should be below the second.", param, ctx)
        return pair


@click.command("import")
@click.argument("form", metavar="FORM.json", type=click.Path(path_type=Path))
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--into",
    metavar="SCREENING_DIR",
    type=click.Path(path_type=Path),
    help="Make DIR a copy of this screening with the form in it. SCREENING_DIR itself is not changed.",
)
@click.option("--new", "fresh", is_flag=True, help="The same with the screening that comes with the program.")
@click.option(
    "--id", "section", metavar="ID", default="", help="The id of the section. Without it: from the form's name."
)
@click.option("--numbers", type=_Range(), help="Bounds of whole numbers for which the form has none, such as 0..999.")
@click.option("--days", type=_Range(), help="Bounds of days for which it has none, in days from today: -36500..0.")
@click.option("--with-alarms", is_flag=True, help="Make the alarms active that the report proposes. Read them first.")
@click.option(
    "--repair-systems", is_flag=True, help="Let a code without a system in a condition mean the option with that code."
)
@click.option("--report", metavar="FILE.md", type=click.Path(path_type=Path), help="Write the report there, too.")
def import_(
    form: Path,
    directory: Path,
    into: Path | None,
    fresh: bool,
    section: str,
    numbers: tuple[int, int] | None,
    days: tuple[int, int] | None,
    with_alarms: bool,
    repair_systems: bool,
    report: Path | None,
) -> None:
    """Import a FHIR R4 Questionnaire as a section of a screening, in DIR, which must be new or empty.

    Prints what became of each item: taken, hidden, or refused and why. Nothing is guessed. Mind the form's license. See
    docs/forms.md.
    """
    from iop_tui.commands.import_form import Order, run
    from iop_tui.forms.importing.imported import Wish
    from iop_tui.screening.shipped import shipped

    if into is not None and fresh:
        raise click.UsageError("--into and --new are two things; ask for one.")
    if section and not re.fullmatch("[a-z][a-z0-9_]{0,39}", section):
        raise click.UsageError("--id has small letters, digits and '_', begins with a letter, and has 40 at most.")
    wish = Wish(section, numbers, days)
    base = shipped() if fresh else into
    sys.exit(run(Order(form, directory, base, wish, with_alarms, report, repair_systems)))


AUTHOR_COMMANDS = (check, diff, sign, new, import_, translate, schema, basis, review)
