"""`iop-tui diff OLD NEW`: what a change of a screening means for people."""

from __future__ import annotations

import contextlib
import gc
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import click
from msgspec.structs import replace

from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.cli_support.refusals import refuse, refuse_all
from iop_tui.commands.diff_page import markdown_page, text_page
from iop_tui.platform import output
from iop_tui.platform.git_revision import NoRevision, directory_at, is_revision
from iop_tui.screening.assessment.cases import load_cases
from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.comparison.diff_document import as_document
from iop_tui.screening.comparison.diff_model import ScreeningDiff
from iop_tui.screening.comparison.diff_report import report
from iop_tui.screening.comparison.diff_screenings import Loaded, NothingInCommon, compare, words_of
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.problems import Problem, Report, Unusable
from iop_tui.screening.question_types import on_day

Form = Literal["text", "json", "markdown"]


def run(old: str, new: str, *, form: Form, sheets: int, seed: int) -> int:
    """Print the difference; the exit status: 0 equal, 1 different, 2 if one of the two cannot be used."""
    # What is loaded lives until the end: the garbage collector would only scan it again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with contextlib.ExitStack() as kept:
            return _run(kept, old, new, form=form, sheets=sheets, seed=seed)
    finally:
        if collecting:
            gc.enable()


def _run(kept: contextlib.ExitStack, old: str, new: str, *, form: Form, sheets: int, seed: int) -> int:
    loaded, problems = [], []
    for said in (old, new):
        try:
            directory = kept.enter_context(directory_at(said)) if is_revision(said) else Path(said)
        except NoRevision as failure:
            return refuse(f"{said}: {failure}.")
        try:
            loaded.append(loaded_version(said, directory))
        except Unusable as unusable:
            problems += named_problems(unusable.problems, directory, said)
    if problems:
        return refuse_all(Unusable(problems))
    try:
        found = compare(*loaded, sheets=sheets, seed=seed)
    except NothingInCommon:
        return refuse(f"{old} and {new} have no question in common: these are two screenings, not two versions of one.")
    _print(found, loaded[0], loaded[1], form)
    return DONE if found.equal else FAILED


def loaded_version(said: str, directory: Path) -> Loaded:
    """One version. Example people that cannot be read are reported, and left out. Raises Unusable."""
    screening, people = on_day(load_sound(directory), local_today()), Report()
    cases = load_cases(directory, screening, people)
    if people.problems:
        output.tell(map(str, named_problems(sorted(set(people.problems)), directory, said)))
        output.tell([f"iop-tui: these example people of {said} are left out."])
    return Loaded(said, screening, cases, words_of(screening))


def named_problems(problems: Iterable[Problem], directory: Path, said: str) -> list[Problem]:
    """Problems with the name that the user gave to the directory."""
    at = str(directory)
    return [replace(p, file=p.file.replace(at, said), message=p.message.replace(at, said)) for p in problems]


def _print(found: ScreeningDiff, old: Loaded, new: Loaded, form: Form) -> None:
    if form == "json":
        # Escapes where letters would be lost: JSON is for programs.
        escaped = sys.stdout is None or not sys.stdout.encoding.lower().startswith("utf")
        click.echo(json.dumps(as_document(found), ensure_ascii=escaped, indent=2))
        return
    page = markdown_page if form == "markdown" else text_page
    for line in page(report(found, old.screening, new.screening)):
        click.echo(line)
