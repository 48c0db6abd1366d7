"""Gathers what a packet is made from: the checked screening, its basis, translations, proofs, and figures."""

from __future__ import annotations

import datetime
import importlib.util
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from iop_tui.packet.packet_source import PacketSource, Promised, Translation
from iop_tui.packet.published_figures import published_figures
from iop_tui.review.attach import with_reviews
from iop_tui.review.sentences import review_lines
from iop_tui.screening.authoring.checker import Checked
from iop_tui.screening.authoring.evidence import load_basis
from iop_tui.screening.authoring.lint.translations import of_screening
from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.language import own_name
from iop_tui.screening.i18n.localize import directory, in_language, translatable_texts
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.screening.model.locales import catalogues, nearest
from iop_tui.screening.problems import Report

if TYPE_CHECKING:
    # Only who has the solver pays for the proofs.
    from iop_tui.screening.proof.verdict import Proof

PROOF_SECONDS = 60.0
"""The most time for one proof: long enough that a slow machine proves what a fast one does."""


def gathered(
    root: Path, found: Checked, screening: Screening, day: datetime.date, language: str | None = None
) -> PacketSource:
    """The source of the packet of a checked screening in a directory, in English as it was loaded. `language` is one of
    `languages`.
    """
    figures, why_none = published_figures(screening)
    return PacketSource(
        screening=screening,
        day=day,
        basis=load_basis(root, screening, Report()),
        told=in_language(screening, language) if language else None,
        people=found.cases,
        proved=tuple(_proved(screening)) if importlib.util.find_spec("z3") is not None else None,
        figures=figures,
        why_no_figures=why_none,
        translations=tuple(_translations(screening)),
        reviewed=review_lines(with_reviews(screening), day),
    )


def languages(screening: Screening) -> tuple[str, ...]:
    """The languages that the screening is translated into, by their codes."""
    return tuple(code for code in catalogues(directory(screening.manifest)) if code != ENGLISH)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _translations(screening: Screening) -> Iterator[Translation]:
    every = tuple(translatable_texts(screening))
    covered: dict[str, frozenset[str]] = {}
    for code, path in catalogues(directory(screening.manifest)).items():
        if code == ENGLISH:
            continue
        report = Report()
        wider = frozenset(context for near in nearest(code) for context in covered.get(near, ()))
        usable = {
            entry.context for entry in of_screening(every, po_catalogue.read(path, report), report, path.name, wider)
        }
        covered[code] = frozenset(usable) | wider
        problems = tuple(f"{problem.line}: {problem.message}" for problem in sorted(report.problems))
        yield Translation(code, own_name(code), len(covered[code]), len(every), problems)


def _proved(screening: Screening) -> Iterator[Promised]:
    from iop_tui.screening.proof.promises import prove
    from iop_tui.screening.proof.verdict import Verdict

    proofs = list(prove(screening, PROOF_SECONDS))
    of = Counter(proof.promise for proof in proofs)
    for promise, count in of.items():
        open_ = [p for p in proofs if p.promise == promise and p.verdict is not Verdict.PROVED]
        yield Promised(promise, count - len(open_), count, tuple(_open(proof) for proof in open_))


def _open(proof: Proof) -> str:
    why = f": {proof.why}" if proof.why else ""
    return f"{Path(proof.where.file).name}:{proof.where.line}: {proof.verdict.value}: {proof.claim}{why}"
