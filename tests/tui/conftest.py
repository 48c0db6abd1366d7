"""Fixtures: a time that goes on when a test says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from iop_tui.tui.page import Page
from tests.tui.hands import Stepped


@pytest.fixture
def time() -> Iterator[Stepped]:
    stepped = Stepped()
    before, Page.scan_time = Page.scan_time, stepped
    yield stepped
    Page.scan_time = before
