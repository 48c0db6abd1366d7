"""Counts: right where they are told, and hidden so that no small one can be worked out."""

from __future__ import annotations

import itertools
from collections import defaultdict

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.call.record import Card
from iop_tui.records.stats import hidden_rows, stats_of
from tests.records.made import NOW

NAMES = ("outpatient", "iop", "php", "inpatient")
LEVELS = (*NAMES, None)
ALARMS = ("plan", "withdrawal", "violence")
SECTIONS = ("safety", "home")


def a_card(level: str | None, alarms: tuple[str, ...], ends: str, seconds: int = 600) -> Card:
    state = "finished" if ends == "finished" else "open"
    return Card("x", state, "", "ada", NOW, NOW, seconds, 1, 1, ends, level, (), alarms, None, "")  # type: ignore[arg-type]  # a word of three


cards = st.builds(
    a_card,
    st.sampled_from(LEVELS),
    st.sets(st.sampled_from(ALARMS)).map(tuple),
    st.sampled_from(("finished", "", *SECTIONS)),
    st.integers(0, 7200),
)


@given(st.lists(cards, max_size=120), st.integers(5, 15))
def test_what_is_told_is_right_and_nothing_small_is_told(every: list[Card], smallest: int) -> None:
    found = stats_of(every, levels=NAMES, alarms=ALARMS, sections=SECTIONS, smallest=smallest)
    if len(every) < smallest:
        assert {getattr(found, name) for name in found.__struct_fields__} == {smallest, None}
        return
    assert found.calls == len(every)
    assert found.levels is not None
    assert found.alarms is not None
    assert found.ends_in is not None
    for name, count in found.levels.items():
        assert count in (None, sum((card.level or "no_level") == name for card in every))
    for name, count in found.alarms.items():
        assert count in (None, sum(name in card.alarms for card in every))
        assert count is None or count <= len(every) - smallest, "it says how few the others are"
    for counts in (found.levels, found.alarms, found.ends_in):
        assert all(count is None or count >= smallest for count in counts.values())
    for counts in (found.levels, found.ends_in):
        hidden = [name for name, count in counts.items() if count is None]
        assert len(hidden) != 1, "a single hidden row is what the others leave of the sum"
    if None in found.alarms.values():
        assert found.levels["no_level"] is None


@pytest.mark.parametrize(
    ("smallest", "rows", "most", "kept", "at_least"),
    [
        (5, 2, 22, None, 0), (5, 3, 14, None, 0), (5, 4, 11, None, 0), (6, 3, 14, None, 0),
        (5, 3, 16, "0", 0), (5, 4, 12, "0", 0), (6, 3, 16, "0", 0), (5, 3, 18, "0", 5), (5, 4, 13, "0", 7),
    ],
)  # fmt: skip
def test_no_hidden_count_can_be_worked_out_even_knowing_how_they_are_hidden(
    smallest: int, rows: int, most: int, kept: str | None, at_least: int
) -> None:
    """Every table there is: those that look alike differ in every hidden row. `kept` is a row that is hidden however
    large it is, of which an alarm that is told says that it is `at_least` so much, and not by how much the calls are
    more.
    """
    alike: dict[tuple[int, tuple[int | None, ...]], list[tuple[int, ...]]] = defaultdict(list)
    for counts in itertools.product(range(most + 1), repeat=rows):
        if sum(counts) < at_least + smallest or (kept and counts[0] < at_least):
            continue
        hidden = hidden_rows({str(row): count for row, count in enumerate(counts)}, smallest, kept, at_least)
        shown = tuple(None if str(row) in hidden else count for row, count in enumerate(counts))
        alike[sum(counts), shown].append(counts)
    looked_at = 0
    for (whole, shown), tables in alike.items():
        if whole - sum(count or 0 for count in shown) > most:
            continue  # a count beyond those looked at could look alike, too
        for row, count in enumerate(shown):
            if count is None:
                looked_at += 1
                assert len({table[row] for table in tables}) > 1, (shown, tables)
    assert looked_at > 5


def test_the_middle_and_the_quarters_are_in_minutes() -> None:
    every = [a_card("iop", (), "finished", 60 * minutes) for minutes in range(1, 42)]
    found = stats_of(every, levels=NAMES)
    assert found.minutes is not None
    assert (found.minutes.lower_quartile, found.minutes.median, found.minutes.upper_quartile) == (11, 21, 31)


def test_counts_below_five_are_never_told() -> None:
    with pytest.raises(ValueError, match="never shown"):
        stats_of([], smallest=4)


def test_all_are_shown_where_all_are_large() -> None:
    every = [a_card(level, (), "finished") for level in LEVELS for _ in range(11)]
    found = stats_of(every, levels=NAMES)
    assert found.levels == dict.fromkeys(("outpatient", "iop", "php", "inpatient", "no_level"), 11)
    assert msgspec.json.encode(found)


def test_an_alarm_that_is_told_does_not_give_away_who_had_none() -> None:
    """All 20 without a level have the alarm that is told, so 20 of them would leave 0 for a level beside them."""
    every = [a_card(None, ("plan",), "finished")] * 20 + [a_card("iop", (), "finished")] * 20
    every += [a_card("php", (), "finished")] * 20 + [a_card("outpatient", (), "finished")] * 20
    found = stats_of(every, levels=NAMES, alarms=ALARMS)
    assert found.alarms == {"plan": 20, "violence": None, "withdrawal": None}
    assert found.levels == dict.fromkeys(("outpatient", "iop", "php", "inpatient", "no_level"))
