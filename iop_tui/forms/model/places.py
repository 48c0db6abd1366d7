"""Where an item stands in a form that is being filled in."""

from __future__ import annotations

Place = tuple[tuple[str, int], ...]
"""From the top to the item: linkId and number: of the instance of a repeating group, or of the answer that a child
stands below; else 0."""
