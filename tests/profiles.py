"""Two sets of tests: the plain one runs after every change, the thorough one searches longer.

A test that is marked `thorough` is in the thorough set alone. A property that Hypothesis tries is in both, with the
number of examples of the set that runs: see `PLAIN` and `THOROUGH`.
"""

from __future__ import annotations

import re

from hypothesis import HealthCheck, settings

PLAIN = 20
"""Examples of a property in the plain set: enough for a mistake that many answers show, within a second."""
THOROUGH = 200
"""Examples of a property in the thorough set."""

# No example has a deadline, and none is too slow to make: a loaded machine is slow, and is not wrong. A failure prints
# how to make it again, for machines whose database of failures (.hypothesis/) is thrown away. The two sets share that
# database: what the thorough set found fails in the plain one until it is put right.
for _name, _count in (("plain", PLAIN), ("thorough", THOROUGH)):
    settings.register_profile(
        _name, max_examples=_count, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
    )


def selects_thorough(expression: str) -> bool:
    """Whether pytest's `-m` expression lets tests run that are marked `thorough`."""
    return not expression or bool(re.search(r"(?<!not )\bthorough\b", expression))


def examples(share: float) -> settings:
    """A decorator for a property that needs more or fewer examples than others: those of the profile times `share`.

    Say why beside it.
    """
    return settings(max_examples=max(1, round(settings().max_examples * share)))
