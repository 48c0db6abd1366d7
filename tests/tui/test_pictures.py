"""README's pictures show what the program does now. Where they do not: `python docs/pictures/make.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"


@pytest.mark.thorough
def test_no_picture_is_stale() -> None:
    done = subprocess.run(
        [sys.executable, PICTURES / "make.py", "--check"], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_recording_is_small_and_ends_on_the_card() -> None:
    path = PICTURES / "recording.svg"
    assert path.stat().st_size < 200_000
    picture = ElementTree.parse(path).getroot()  # noqa: S314  # our own file
    name = "{http://www.w3.org/2000/svg}"
    rows = {f"#{row.get('id')}": "".join(row.itertext()) for row in picture.iter(f"{name}g")}
    # What stays at the end is all that a viewer without animations shows.
    last = [rows[use.get("href", "")] for use in picture.iter(f"{name}use") if "e" in use.get("class", "").split()]
    said = " ".join(last)
    assert "Your result" in said
    assert "Not a diagnosis." in said
    assert any(row.startswith("› ") for row in last)
    assert "Not sure what kind of help you need?" in " ".join(rows.values())
