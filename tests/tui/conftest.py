"""Fixtures: a time that goes on when a test says so."""

from __future__ import annotations

import pytest

from tests.stepped import Stepped


@pytest.fixture
def time() -> Stepped:
    return Stepped()
