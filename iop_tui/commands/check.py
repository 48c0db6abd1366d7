"""`iop-tui check`: every problem of a screening, its example people, and what they would not notice."""

from __future__ import annotations

import datetime
import gc
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.commands import prove
from iop_tui.result.blocks import Document
from iop_tui.result.build import result_of
from iop_tui.result.document import document
from iop_tui.review.attach import has_reviews
from iop_tui.screening.assessment.assess import Assessment
from iop_tui.screening.authoring.checker import Checked, check
from iop_tui.screening.english import counted
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.shipped import shipped


def run(
    directory: Path | None,
    *,
    strict: bool = False,
    as_json: bool = False,
    mutate: bool = False,
    prove_seconds: float | None = None,
) -> int:
    """Print every problem, one a line, and a final line with counts; the exit status.

    With `strict` warnings fail, too. With `mutate` each rule is weakened in turn, and the surviving mutants are printed
    as YAML, with example people who would kill them. With `prove_seconds`, the time limit of each proof, the properties
    of all answer sheets are proved, and counterexamples are printed as YAML.
    """
    # What is loaded lives until the end: the garbage collector would only scan it again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _run(directory, strict=strict, as_json=as_json, mutate=mutate, prove_seconds=prove_seconds)
    finally:
        if collecting:
            gc.enable()


def checked(root: Path, today: datetime.date | None = None) -> Checked:
    """All that `check` finds in a screening, with its results written down, too."""
    return check(root, today, writers=(_told,))


def _told(assessment: Assessment, answers: Mapping[str, Answer]) -> Document:
    """The document for a person with these answers and their clinician; renderers only lay it out."""
    return document(result_of(assessment, answers, seek_hinge=False), "clinician")


def _run(directory: Path | None, *, strict: bool, as_json: bool, mutate: bool, prove_seconds: float | None) -> int:
    if prove_seconds is not None and (refused := prove.missing()) is not None:
        return refused
    found = _with_reviews(checked(directory or shipped()))
    failed = bool(found.problems or (strict and found.warnings))
    if mutate and found.screening is not None:
        return _mutate(found, found.screening, strict=strict)
    if prove_seconds is not None and found.screening is not None:
        return prove.run(found, found.screening, seconds=prove_seconds, strict=strict)
    if as_json:
        _print_json(found)
    else:
        for problem in sorted((*found.problems, *found.warnings)):
            click.echo(str(problem))
        click.echo(_closing(found))
    return FAILED if failed else DONE


def _with_reviews(found: Checked) -> Checked:
    """The same with the problems of the screening's reviews."""
    if found.screening is None or not has_reviews(Path(found.screening.manifest.where.file).parent):
        return found
    from msgspec.structs import replace

    from iop_tui.review.reviewed import problems

    return replace(found, problems=tuple(sorted((*found.problems, *problems(found.screening)))))


def _closing(found: Checked) -> str:
    problems = counted(len(found.problems), "problem")
    if found.warnings:
        problems += f", {counted(len(found.warnings), 'warning')}"
    if found.screening is None:
        return f"{problems}; the screening could not be loaded, and no case was run"
    return f"{problems}; {', '.join(counted(count, noun) for noun, count in _counts(found).items())}"


def _counts(found: Checked) -> dict[str, int]:
    screening = found.screening
    if screening is None:
        return {}
    return {
        "question": len(screening.questions),
        "alarm": len(screening.alarms),
        "need": len(screening.needs),
        "fit": len(screening.fits),
        "case": found.cases,
    }


def _print_json(found: Checked) -> None:
    import json

    import msgspec

    document = {
        "problems": [msgspec.structs.asdict(problem) for problem in sorted((*found.problems, *found.warnings))],
        "errors": len(found.problems),
        "warnings": len(found.warnings),
        "counts": {f"{noun}s": count for noun, count in _counts(found).items()},
    }
    # Escapes where letters would be lost: JSON is for programs.
    escaped = sys.stdout is None or not sys.stdout.encoding.lower().startswith("utf")
    click.echo(json.dumps(document, ensure_ascii=escaped, indent=2))


def _mutate(found: Checked, screening: Screening, *, strict: bool) -> int:
    from iop_tui.screening.authoring.mutation.report import counts, page
    from iop_tui.screening.authoring.mutation.survivors import silent, survey

    told = sys.stderr is not None and sys.stderr.isatty()
    came = survey(screening, found.people, _progress if told else silent)
    if told:
        click.echo("\r\x1b[K", err=True, nl=False)
    failing = sorted((*found.problems, *(found.warnings if strict else ())))
    for problem in failing:
        click.echo(f"# {problem}")
    for line in page(came):
        click.echo(line)
    click.echo(f"# {counts(came)}")
    return FAILED if failing or came.survivors else DONE


def _progress(said: str) -> None:
    click.echo(f"\r\x1b[K{said}", err=True, nl=False)
