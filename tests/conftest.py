"""What holds in every test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from iop_tui.screening.kinds import ENGLISH
from iop_tui.screening.language import use


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    """An app freezes what it has loaded, for it is the only one of its process. Here hundreds come and go."""
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The language in use is a setting of the process: no test leaves another one behind."""
    yield
    use(ENGLISH)
