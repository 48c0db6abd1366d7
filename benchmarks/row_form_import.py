"""`iop-tui import` of every Questionnaire below a directory, such as a checkout of published forms."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.figures import Row
from iop_tui.commands import import_form
from iop_tui.forms.importing.expression_mapping import as_condition
from iop_tui.forms.importing.imported import Wish
from iop_tui.forms.importing.settle import import_form as imported_of
from iop_tui.forms.model.findings import FormRefused
from iop_tui.forms.reading.read_form import read_form
from tests.harness.driven_terminal import NotMeasuredError

_LIMIT = 60.0
"""The goal, in seconds, for all of them."""


def measure(corpus: Path | None) -> list[Row]:
    """Seconds for all forms in one process, tracebacks, and forms whose items are not taken, hidden or refused each.

    Raises:
        NotMeasuredError: no directory was named, or there is no form in it.
    """
    if corpus is None:
        raise NotMeasuredError("it needs forms: --corpus DIR")
    forms = sorted(_forms(corpus))
    if not forms:
        raise NotMeasuredError(f"there is no Questionnaire below {corpus}")
    seconds, counts, faults = 0.0, Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        for number, (path, items) in enumerate(forms):
            order = import_form.Order(path, Path(folder) / str(number), None, Wish())
            said = io.StringIO()
            before = perf_counter()
            try:
                with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
                    import_form.run(order)
            except Exception as fault:  # any at all is what is counted
                faults.append(f"{path.name}: {type(fault).__name__}")
            seconds += perf_counter() - before
            counts.update(_fates(path, items))
    items_said = ", ".join(f"{counts[fate]} {fate}" for fate in ("taken", "hidden", "refused"))
    whole = f"{counts['refused forms']} forms refused whole"
    samples = {name: float(number) for name, number in counts.items()}
    what = f"import of {len(forms)} forms"
    return [
        Row(f"{what}: time", f"{seconds:.1f} s", whole, seconds, "s", _LIMIT, samples),
        Row(f"{what}: tracebacks", "; ".join(faults[:3]) or "none", "", float(len(faults)), "forms", 0.0),
        Row(f"{what}: items in are not items out", items_said, whole, float(counts["unlike"]), "forms", 0.0, samples),
    ]


def _forms(corpus: Path) -> Iterator[tuple[Path, int]]:
    """Every file that is a Questionnaire, with the number of its items, counted here anew."""
    for path in corpus.rglob("*.json"):
        try:
            data = json.loads(path.read_bytes())
        except (ValueError, OSError, RecursionError):
            continue
        if isinstance(data, dict) and data.get("resourceType") == "Questionnaire":
            yield path, _count(data)


def _count(holder: object) -> int:
    items = holder.get("item") if isinstance(holder, dict) else None
    return sum(1 + _count(item) for item in items) if isinstance(items, list) else 0


def _fates(path: Path, items: int) -> Counter[str]:
    try:
        form = read_form(path.read_bytes(), path.name)
    except FormRefused:
        return Counter({"refused forms": 1})
    imported = imported_of(form, Wish(), as_condition)
    fates = Counter[str](imported.fates.values())
    return fates + Counter({"unlike": int(fates.total() != items)})
