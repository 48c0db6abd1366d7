"""The script that walks five people still knows the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shipped import SHIPPED
from tests.terminal import five_people

pytestmark = [pytest.mark.terminal, pytest.mark.thorough]


def test_each_page_of_a_person_is_written_down_and_the_file_that_they_save(tmp_path: Path) -> None:
    into = five_people.walk("parent-of-a-girl-of-16", "es", (60, 20), tmp_path)
    pages = {path.stem.partition("-")[2]: path.read_text(encoding="utf-8") for path in sorted(into.glob("[0-9]*.txt"))}
    assert {"welcome", "who_for", "danger-suicide", "review", "card", "chapter", "compare-all", "saved"} <= pages.keys()
    assert "988" in pages["danger-suicide"]
    assert "1-800-662-4357" in pages["card"]
    assert (into / "saved-file.txt").read_text(encoding="utf-8").count("\n") > 50


def test_who_is_in_danger_is_walked_to_the_page_that_says_so(tmp_path: Path) -> None:
    into = five_people.walk("a-plan", "en", (80, 24), tmp_path)
    last = sorted(into.glob("[0-9]*.txt"))[-1].read_text(encoding="utf-8")
    assert "988" in last
    assert SHIPPED.phone_lines["lifeline"].name in last
