"""All proofs of a screening, in the order in which they are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from iop_tui.screening.model.definition import Screening
from iop_tui.screening.proof import author_promises, decides, not_answered, practical, worse
from iop_tui.screening.proof.prover import Prover
from iop_tui.screening.proof.verdict import Proof

_ALL: tuple[Callable[[Prover], Iterator[Proof]], ...] = (
    worse.proofs,
    practical.proofs,
    decides.proofs,
    not_answered.proofs,
    author_promises.proofs,
)


def prove(screening: Screening, seconds: float) -> Iterator[Proof]:
    """Prove every promise in turn. `seconds` is the limit of each proof."""
    for proofs in _ALL:
        # Each has its own solver: a sheet that is found has to satisfy every formula that was ever sent.
        prover = Prover(screening, seconds)
        for proof in proofs(prover):
            yield proof
            prover.begin()
