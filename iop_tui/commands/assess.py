"""`iop-tui assess`: the result without a screen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.cli_support.refusals import refuse_all
from iop_tui.screening.assessment.answer_file import load_answers
from iop_tui.screening.assessment.assess import as_document, assess
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.problems import Unusable
from iop_tui.screening.question_types import on_day
from iop_tui.screening.shipped import sound


def run(answers_file: Path, questions: Path | None, *, as_json: bool) -> int:
    """Print the result for a file of answers; the exit status."""
    try:
        screening = on_day(sound(questions), local_today())
        answers = load_answers(answers_file, screening)
    except Unusable as unusable:
        return refuse_all(unusable)
    result = assess(screening, answers)
    if as_json:
        import json

        # Escape where the encoding lacks letters: JSON is for programs.
        escaped = sys.stdout is None or not sys.stdout.encoding.lower().startswith("utf")
        click.echo(json.dumps(as_document(result), ensure_ascii=escaped, indent=2))
    else:
        from iop_tui.result.build import result_of
        from iop_tui.result.document import document
        from iop_tui.takeaway.text import as_text

        click.echo(as_text(document(result_of(result, answers), "clinician")), nl=False)
    return DONE
