"""The desk's keys: one table for the desk, the key bar and the manual."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import get_args

from iop_tui.counselor.desk_keys import ACTIONS, DESK_KEYS, DeskAction, manual_rows
from iop_tui.counselor.pages.desk import Desk

MANUAL = Path(__file__).parents[2] / "docs" / "counselor.md"


def test_every_action_is_one_of_the_desk_and_needs_nothing_more() -> None:
    assert {entry.action for entry in DESK_KEYS} == set(get_args(DeskAction))
    for name in get_args(DeskAction):
        method = inspect.signature(getattr(Desk, f"action_{name}"))
        assert all(p.default is not p.empty for p in list(method.parameters.values())[1:]), name


def test_no_key_does_two_things() -> None:
    assert len(ACTIONS) == sum(len(entry.keys) for entry in DESK_KEYS)


def test_the_manual_has_every_key_of_the_desk() -> None:
    rows = [line for line in MANUAL.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    table = rows[rows.index("| key | does |") :]
    missing = "\n".join(row for row in manual_rows() if row not in table)
    assert not missing, f"docs/counselor.md lacks:\n{missing}"
    # Besides them the table has the keys of the answers, which the choices of a question set.
    others = [row for row in table if row not in manual_rows()]
    assert [row.split("|")[1].strip() for row in others] == ["key", "---", "numbers", "`N`, `S`", "`C`", "`+`, `-`"]
