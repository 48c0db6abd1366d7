"""Whether a screening has reviews. Nothing that reads or checks them is imported before there are some: the first page
of a screening without reviews must not wait for it.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from iop_tui.screening.model.definition import Screening

REVIEWS = "reviews"
"""The name of the directory of reviews, in that of the screening."""


def has_reviews(directory: str | Path) -> bool:
    """Whether the screening in a directory has a directory of reviews."""
    return os.path.isdir(f"{directory}/{REVIEWS}")  # noqa: PTH112  # pathlib takes longer


def with_reviews(screening: Screening, reviewers: Mapping[str, str] | None = None) -> Screening:
    """The screening with its reviews, each of which is checked. `reviewers` are those whom the clinic knows: public
    key -> name. Without reviews nothing is read or computed.
    """
    if not has_reviews(os.path.dirname(screening.manifest.where.file) or "."):  # noqa: PTH120  # the same
        return screening
    from iop_tui.review.reviewed import reviewed

    return reviewed(screening, reviewers or {})
