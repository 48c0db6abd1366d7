"""Load the site file and the screening, and check that they fit each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iop_tui.screening.model.definition import Screening
    from iop_tui.site.settings import Site


def loaded(site_path: Path | None, questions: Path | None) -> tuple[Site, Screening]:
    """The site and the screening. Raises Unusable with the problems of both."""
    from iop_tui.review.attach import with_reviews
    from iop_tui.screening.problems import Problem, Unusable
    from iop_tui.screening.shipped import sound
    from iop_tui.site.settings import STANDARD
    from iop_tui.site.site_file import fits, load_site

    problems: list[Problem] = []
    site = STANDARD
    try:
        site = load_site(site_path) if site_path is not None else STANDARD
    except Unusable as unusable:
        problems += unusable.problems
    try:
        screening = sound(questions)
    except Unusable as unusable:
        raise Unusable([*problems, *unusable.problems]) from None
    if problems:
        raise Unusable(problems)
    fits(site, screening)
    return site, with_reviews(screening, site.known_reviewers)
