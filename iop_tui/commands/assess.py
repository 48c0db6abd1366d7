"""`iop-tui assess`: the result without a screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.cli_support.refusals import refuse_all
from iop_tui.review.attach import with_reviews
from iop_tui.review.sentences import review_line
from iop_tui.screening.assessment.answer_file import load_answers
from iop_tui.screening.assessment.assess import Assessment, as_document, assess
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.problems import Unusable
from iop_tui.screening.question_types import on_day
from iop_tui.screening.shipped import sound


def run(answers_file: Path, questions: Path | None, *, as_json: bool) -> int:
    """Print the result for a file of answers; the exit status."""
    try:
        screening = on_day(with_reviews(sound(questions)), local_today())
        answers = load_answers(answers_file, screening)
    except Unusable as unusable:
        return refuse_all(unusable)
    result = assess(screening, answers)
    if as_json:
        import json

        # Escape where the encoding lacks letters: JSON is for programs.
        escaped = sys.stdout is None or not sys.stdout.encoding.lower().startswith("utf")
        click.echo(json.dumps(_document(result), ensure_ascii=escaped, indent=2))
    else:
        from iop_tui.result.build import result_of
        from iop_tui.result.document import document
        from iop_tui.takeaway.text import as_text

        click.echo(as_text(document(result_of(result, answers), "clinician")), nl=False)
    return DONE


def _document(result: Assessment) -> dict[str, Any]:
    """The result for other programs, with who has reviewed its rules."""
    told = as_document(result)
    return {**told, "screening": {**told["screening"], "review": review_line(result.screening)}}
