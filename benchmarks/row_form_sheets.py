"""Random answer sheets of small forms: where the product and the reference evaluator of the tests disagree."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import yaml

from benchmarks.figures import Row
from iop_tui.forms.filling.filling import begin
from iop_tui.forms.model.findings import FormRefused
from iop_tui.forms.model.form import Form
from iop_tui.forms.model.read_response import ReadResponse
from iop_tui.forms.reading.read_form import read_form
from iop_tui.forms.response.read import read_response
from tests.forms.random_forms import retained
from tests.forms.random_questionnaires import random_questionnaire
from tests.forms.random_responses import SMALL, as_json, random_response, small_form
from tests.forms.reference_evaluator import judge
from tests.forms.reference_operators import UNDECIDED, YES, Json, NotJudged

_NOT_JUDGED = ("expressions", "duplicates")
"""What the index of the small forms says of those that the evaluator does not judge."""


def measure(quick: bool) -> list[Row]:
    """The small forms of the tests, which show a rule or a finding each, and random forms; each with random sheets, of
    which one half has answers of disabled items, too.
    """
    counts: Counter[str] = Counter()
    for source in itertools.chain(_small(), map(random_questionnaire, range(20 if quick else 200))):
        counts["forms"] += 1
        try:
            form = read_form(as_json(source).encode(), "form.json")
        except FormRefused:
            counts["refused forms"] += 1
            continue
        for seed in range(4 if quick else 25):
            for mode in ("fresh", "stale"):
                try:
                    answers = random_response(source, seed, mode)
                    read = read_response(as_json(answers).encode(), "response.json", form)
                    counts.update(_compared(form, source, read))
                except NotJudged:
                    counts["not judged"] += 1
    sheets = counts["sheets"]
    said = (
        f"{counts['places']} places of {sheets} sheets of {counts['forms'] - counts['refused forms']} forms"
        f" ({counts['refused forms']} refused)"
    )
    left = f"{counts['undecided']} places left open by the wording, {counts['refused places']} of refused items"
    samples = {name: float(number) for name, number in counts.items()}
    return [
        Row("sheets on which the reference evaluator disagrees", said, left, counts["unlike"], "sheets", 0.0, samples)
    ]


def _small() -> Iterator[Json]:
    index = yaml.safe_load((SMALL / "index.yaml").read_text("utf-8"))
    for entry in index["small"]:
        if not any(entry.get(key) for key in _NOT_JUDGED):
            yield small_form(entry["name"])


def _compared(form: Form, source: Json, response: ReadResponse) -> Counter[str]:
    """One sheet: what is enabled in the product, and by the wording. Both start from all that the product holds,
    answers of disabled items and initial values among it.
    """
    filling = begin(form, response)
    counts: Counter[str] = Counter(sheets=1)
    for place, truth in judge(source, retained(filling)).enabled.items():
        if form.by_link[place[-1][0]].fate == "refused":
            counts["refused places"] += 1
        elif truth is UNDECIDED:
            counts["undecided"] += 1
        else:
            counts["places"] += 1
            if filling.enabled(place) != (truth is YES):
                counts["unlike"] = 1
    return counts
