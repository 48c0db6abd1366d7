"""`python -m validation`: print the figures, or write them to a page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from iop_tui.screening.format.loader import load
from iop_tui.screening.problems import Unusable
from iop_tui.screening.shipped import shipped
from validation.cases import outcome, published_cases, raters
from validation.page import page


def main() -> int:
    """The exit status: 2 where a sheet or a case cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m validation", description=__doc__)
    parser.add_argument(
        "--questions", type=Path, default=shipped(), help="a questions directory; the shipped one if not given"
    )
    parser.add_argument("--page", type=Path, help="write the page here in place of printing it")
    options = parser.parse_args()
    try:
        screening = load(options.questions)
        found = {
            rater: [done for case in published_cases() if (done := outcome(screening, case, rater)) is not None]
            for rater in raters()
        }
    except Unusable as unusable:
        print(*unusable.problems, sep="\n", file=sys.stderr)
        return 2
    text = page(screening, found)
    if options.page:
        options.page.write_text(text)
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
