"""A form of 500 items, from starting the program to the first question, against LForms in Node with jsdom."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from benchmarks import synthetic_form
from benchmarks.figures import Row, compare
from benchmarks.node_peers import LFORMS, installed
from tests.harness.driven_terminal import Terminal, module

_SEED = 1


def measure(quick: bool) -> list[Row]:
    """Seconds from spawning the process to the last option of the first question being complete in what it wrote, one
    program after the other. LForms, which puts all questions on one page, is done once the first one's field is in the
    document.
    """
    form = synthetic_form.questionnaire(_SEED)
    first = synthetic_form.questions(form)[0]
    drawn = first["answerOption"][-1]["valueCoding"]["display"]
    pages: list[float] = []
    line: list[float] = []
    theirs: list[float] = []
    with installed(LFORMS, "lforms") as command, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "form.json"
        file.write_text(json.dumps(form))
        programs = (
            (module("iop_tui", "fill", str(file)), drawn, pages),
            (module("iop_tui", "fill", str(file), "--line"), drawn, line),
            ([*command, str(file), first["linkId"]], "first question", theirs),
        )
        for number in range(4 if quick else 12):
            for program, text, samples in programs:
                with Terminal(program) as terminal:
                    seconds = terminal.reach(text)
                if number:  # the first of each writes byte code and warms the disk cache
                    samples.append(seconds)
    return [
        compare("form of 500 items, start to first question", pages, theirs, "LForms, jsdom", 0.25),
        compare("the same, line by line", line, theirs, "LForms, jsdom", None),
    ]
