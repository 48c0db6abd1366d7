"""What the list of calls says as the program opens: calls that were deleted or kept, forms that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.screening.english import plural


def said_on_opening(expired: int, kept: str, wrong: Sequence[str]) -> str:
    """One paragraph a line: how many calls were older than the clinic keeps them, and what was kept; each form of the
    site file that cannot be read.
    """
    said = kept
    if expired:
        deleted = plural(
            "{count} call was older than your clinic keeps calls, and was deleted.",
            "{count} calls were older than your clinic keeps them, and were deleted.",
            expired,
        )
        said = f"{deleted.format(count=expired)} {kept}".strip()
    return "\n".join(filter(None, (said, *wrong)))
