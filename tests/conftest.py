"""What holds in every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from iop_tui.screening.kinds import ENGLISH
from iop_tui.screening.language import use


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The language in use is a setting of the process: no test leaves another one behind."""
    yield
    use(ENGLISH)
