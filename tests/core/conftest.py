"""What several tests of the core begin with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iop_tui.site.settings import Site
from iop_tui.site.site_file import load_site

Load = Callable[[str], Site]


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """The site of a text."""

    def load(text: str) -> Site:
        path = tmp_path / "site.yaml"
        path.write_text(text)
        return load_site(path)

    return load
