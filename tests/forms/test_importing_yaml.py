"""What is written loads again with the same texts, whatever signs they have, and people like to read it."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.forms.importing.question_texts import clean
from iop_tui.forms.importing.section_yaml import as_yaml
from iop_tui.forms.importing.yaml_text import WIDTH
from iop_tui.forms.model.conditions import Rows
from iop_tui.forms.model.form import Item, Option
from iop_tui.screening.format.decode import Decoder
from iop_tui.screening.format.yaml_nodes import parse
from iop_tui.screening.model.condition import named
from iop_tui.screening.model.definition import Section
from iop_tui.screening.problems import Report
from tests.forms.formed import choice, coded, imported, item, option, when

NASTY = [
    "- a dash",
    "a: colon",
    "ends with:",
    "# hash",
    "a # hash",
    "'single'",
    'double "quotes"',
    "back\\slash \\n",
    "*star &amp !tag",
    "yes",
    "No",
    "012",
    "1:30",
    "~",
    "null",
    "[list], and {no braces}"[:7],
    "| pipe",
    "> greater",
    "% percent @ at `tick",
    "tab\there",
    "line\nline",
    "line\r\nline\rline",
    "\u00a0no-break\u00a0space",
    "wide\u3000space",
    "full\uff1awidth colon",
    "zero\u200bwidth and soft\u00adhyphen",
    "bell\x07 and escape \x1b[31m",
    "emoji 🙂, accents é ü, 漢字",
    "lone \ud800 surrogate",
    "? question",
    "-",
    "--- three",
    "... points",
    "a" * 130,
    "words " * 40 + "end",
    "words  with  two  spaces " * 8 + "end",
    "word #hash " * 14 + "end",
    "word - dash: colon " * 10 + "end",
    "key:value and more",
    "<<",
    "=",
]
letters = st.characters(codec="utf-8", exclude_characters="{}")
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(letters, max_size=80),
    st.lists(st.sampled_from([*" -:#'\"\\,[]!&*|>%@`\n\r\t\u00a0", "word", "x", "é"]), max_size=40).map("".join),
    st.text(string.ascii_letters + " ", min_size=100, max_size=280),
)


def loaded(text: str) -> Section:
    report = Report()
    node = parse(text.encode(), "small.yaml", report)
    assert node is not None, (report.problems, text)
    section = Decoder("small.yaml", report).struct(Section, node)
    assert not report.problems, (report.problems, text)
    return section


def written(*items: Item, **more: Any) -> str:
    made = imported(*items, **more)
    return as_yaml(made, made.sections[0], with_alarms=False)


@given(texts, texts, texts, texts)
def test_every_text_survives(ask: str, chosen: str, help_: str, license_: str) -> None:
    options = (Option(coded("a"), chosen), Option(coded("b"), "Other"))
    asked = item("1", "choice", text=ask, options=options, help=help_)
    if not clean(ask) or not 0 < len(clean(chosen)) <= 120:
        return
    section = loaded(written(asked, copyright=license_, publisher=license_))
    question = section.questions[0]
    assert question.ask == clean(ask)
    assert question.options[0].text == clean(chosen)
    assert not clean(help_) or clean(help_) in (question.why, question.say_why)
    assert section.form is not None
    assert (section.form.license or "") == clean(license_)
    assert question.link_id == "1"


@pytest.mark.parametrize("link_id", ["/44250-9", "1.1", "#a: b", "- x", "a'b\"c", "yes", "é"])
def test_every_link_id_survives(link_id: str) -> None:
    assert loaded(written(item(link_id))).questions[0].link_id == link_id


def test_conditions_survive_in_one_line_and_as_lists() -> None:
    gates = [choice(f"g{n}", *(f"a-long-code-number-{k}" for k in range(8))) for n in range(6)]
    rows = [when(f"g{n}", answer=coded(f"a-long-code-number-{k}")).rows[0] for n in range(6) for k in (1, 2, 3)]
    wide = Rows("any", tuple(rows))
    text = written(*gates, choice("last", enable=wide))
    last = loaded(text).questions[-1]
    assert last.show_if is not None
    assert set(named(last.show_if)) == {f"a_small_form_{n}" for n in range(1, 7)}
    assert max(map(len, text.split("\n"))) <= WIDTH


def test_it_is_block_style_without_anchors_and_each_line_has_its_room() -> None:
    scale = tuple(option(code, code, n) for n, code in enumerate(("Never", "Often")))
    text = written(*(item(str(n), "choice", text="Is this so? " * 20, options=scale) for n in range(3)))
    assert "&" not in text
    assert "*" not in text
    assert max(map(len, text.split("\n"))) <= WIDTH
    assert "      - {id: never, text: Never, weight: 0}" in text


def test_a_desk_note_is_a_comment_below_its_question() -> None:
    text = written(choice("1"), item("2", "text", text="Which one?\n# and why"))
    assert "# For a counselor's note on this question: Which one?" in text
    assert len(loaded(text).questions) == 1
