"""Proofs as YAML: the counterexamples, to be pasted into a file of cases, and the rest as comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.assessment.case_yaml import case_lines, expected
from iop_tui.screening.english import counted
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.proof.verdict import Proof, Verdict


def page(screening: Screening, proofs: Iterable[Proof]) -> Iterator[str]:
    """The lines for broken promises, and for those not proved."""
    taken: Counter[str] = Counter()
    begun = False
    for proof in proofs:
        if proof.verdict is Verdict.PROVED:
            continue
        if proof.examples and not begun:
            begun = True
            yield "cases:"
        yield f"  # {summary_line(proof)}"
        for example in proof.examples:
            taken[example.name] += 1
            name = f"proof_{example.name}"[:55] + (f"_{taken[example.name]}" if taken[example.name] > 1 else "")
            got = assess(screening, example.answers, in_full=False)
            story = f"Found by a proof, not met. What counts is '{example.answered}'."
            # With few answers almost every first step is possible, and none of them matters here.
            expect = replace(expected(got, proof.where), possible_steps=None)
            yield from case_lines(name, _quoted(story), example.answers, expect)


def summary_line(proof: Proof) -> str:
    """A proof in one line, with its source location."""
    why = f": {proof.why}" if proof.why else ""
    return f"{proof.where}: {proof.verdict.value}: {proof.claim}{why}"


def counts(proofs: Sequence[Proof], seconds: float) -> str:
    """One line of counts at the end of the page."""
    made = Counter(proof.verdict for proof in proofs)
    parts = [counted(len(proofs), "proof"), *(f"{made[verdict]} {verdict.value}" for verdict in Verdict)]
    return f"{', '.join(parts)}; {seconds:.1f} s"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
