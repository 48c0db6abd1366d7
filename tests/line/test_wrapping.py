"""Lines: wrapped for a terminal that cuts, in letters that it has, and harmless."""

from __future__ import annotations

import fcntl
import os
import struct
import termios

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from iop_tui.line.start import Streams
from iop_tui.line.wrapping import cells, fitted, harmless, sentence, wrapped
from tests.line.conversation import said
from tests.shipped import SHIPPED

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), min_size=1, max_size=40)


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(20, 100))
def test_wrapping_loses_nothing_and_keeps_to_the_width(words: list[str], width: int) -> None:
    lines = wrapped(" ".join(words), width)
    assert "".join("".join(lines).split()) == "".join("".join(words).split())
    for line in lines:
        assert cells(line) <= width or (line.isascii() and " " not in line)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M", "Sk", "So"]), max_size=40))
def test_a_width_is_never_thought_less_than_a_terminal_takes(text: str) -> None:
    assert cells(text) >= cell_len(text)


@pytest.mark.parametrize(
    ("columns", "environment", "width"),
    [(80, {}, 80), (132, {}, 132), (80, {"ACCESSIBLE": "1"}, None), (0, {}, None), (None, {}, None)],
    ids=["a terminal", "a wide one", "a voice", "a terminal that does not tell", "a pipe"],
)
def test_lines_break_at_the_width_of_a_terminal(
    columns: int | None, environment: dict[str, str], width: int | None
) -> None:
    ours, theirs = os.pipe() if columns is None else os.openpty()
    if columns is not None:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with os.fdopen(ours, "rb"), os.fdopen(theirs, "w", encoding="utf-8") as target:
        assert Streams(None, target, environment).width == width


@pytest.mark.parametrize("width", [20, 30, 40])
def test_addresses_and_numbers_stay_whole(width: int) -> None:
    lines = said(SHIPPED, "3", width=width)
    for whole in ("FindTreatment.gov", "1-800-662-4357", "988lifeline.org.", "741741", "988"):
        assert any(whole in line.split() for line in lines), whole
    assert all(len(line) <= width for line in lines)


def test_a_letter_is_not_parted_from_its_marks() -> None:
    family, thai, flag = "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0e01\u0e33", "\U0001f1f2\U0001f1fd"
    for cluster in (family, "e\u0301", "\u0915\u093f", flag, "\U0001f44d\U0001f3fd"):
        for line in wrapped("ñ" + cluster * 30, 21):
            assert line.lstrip("ñ").replace(cluster, "") == ""
    assert "".join(wrapped(thai * 30, 20)) == thai * 30


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("It’s “so” – here…", "ascii", 'It\'s "so" - here...'),
        ("¿Cuántos años?", "ascii", "Cuantos anios?"),
        ("¿Cuántos años?", "iso-8859-1", "¿Cuántos años?"),
        ("“Sí” – año", "iso-8859-1", '"Sí" - año'),
        ("日本", "ascii", "??"),
        ("“año” 日本", "utf-8", "“año” 日本"),
    ],
)
def test_letters_that_a_terminal_does_not_have_are_told_by_the_nearest(text: str, encoding: str, shown: str) -> None:
    assert fitted(text, encoding) == shown


@given(st.text(), st.sampled_from(["ascii", "iso-8859-1", "cp437", "utf-8", "koi8-r"]))
def test_whatever_a_line_holds_it_can_be_written_and_steers_nothing(text: str, encoding: str) -> None:
    line = harmless(text)
    fitted(line, encoding).encode(encoding)
    assert not any(c < " " or c in "\x7f\x85\u2028\u2029\x9b\x1b" for c in line)


def test_a_sentence_gets_one_end() -> None:
    said_as = {"a": "a.", "a.": "a.", "a?": "a?", "“a?”": "“a?”", "a  b\n": "a b.", "(a)": "(a).", "": ""}
    assert {text: sentence(text) for text in said_as} == said_as
