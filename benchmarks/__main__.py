"""`python -m benchmarks`: measure every row and print the table, or JSON."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import (
    postgres,
    records,
    row_assess,
    row_begin,
    row_card,
    row_check,
    row_desk,
    row_engine,
    row_form_answer,
    row_form_import,
    row_form_sheets,
    row_form_start,
    row_idle,
    row_key,
    row_kills,
    row_kiosk,
    row_large,
    row_memory,
    row_peer,
    row_soak,
    row_start,
)
from benchmarks.figures import Row, as_json, as_table
from iop_tui import compiling
from tests.harness.driven_terminal import NotMeasuredError

ROWS: Mapping[str, Callable[[bool], list[Row]]] = {
    "start": row_start.measure,
    "begin": row_begin.measure,
    "key": row_key.measure,
    "card": row_card.measure,
    "engine": row_engine.measure,
    "large": row_large.measure,
    "idle": row_idle.measure,
    "memory": row_memory.measure,
    "check": row_check.measure,
    "assess": row_assess.measure,
    "kiosk": row_kiosk.measure,
    "soak": row_soak.measure,
    "kills": row_kills.measure,
    "records": records.measure,
    "postgres": postgres.measure,
    "peer": row_peer.measure,
    "desk": row_desk.measure,
    "form-answer": row_form_answer.measure,
    "form-start": row_form_start.measure,
    "form-sheets": row_form_sheets.measure,
}
FORMS = ("form-answer", "form-start", "form-sheets", "form-import")
"""What `forms` stands for. The last one is measured only if it is named, or forms to import are."""


def main() -> int:
    """Exit status 0 if everything asked for was measured, goals missed or not; 1 if not; 2 on bad usage."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Time and memory, side by side.")
    names = ", ".join([*ROWS, "form-import"])
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"only these: {names}; forms: all that begin with form")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--corpus", metavar="DIR", type=Path, help="a directory with Questionnaires, for form-import")
    options = parser.parse_args()
    corpus: Path | None = options.corpus
    known: Mapping[str, Callable[[bool], list[Row]]] = {
        **ROWS,
        "form-import": lambda _quick: row_form_import.measure(corpus),
    }
    wanted = [each for name in options.rows for each in (FORMS if name == "forms" else (name,))]
    for name in wanted:
        if name not in known:
            parser.error(f"there is no row {name!r}; there are: {names}, and forms")
    # As a fresh installation has it: the checkout's own may be older than its questions.
    compiling.renew()
    rows: list[Row] = []
    failed = False
    for name in wanted or (known if options.corpus else ROWS):
        print(f"measuring: {name} …", file=sys.stderr, flush=True)
        try:
            rows += known[name](options.quick)
        except NotMeasuredError as why:
            print(f"not measured: {name}: {why}", file=sys.stderr)
            failed = True
    print(as_json(rows) if options.json else as_table(rows))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
