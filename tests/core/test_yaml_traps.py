"""No word that an author typed is left out, or put elsewhere, without being told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from iop_tui.cli_support.exit_status import BAD_INPUT, FAILED
from iop_tui.commands.check import run
from iop_tui.screening.format.yaml_nodes import parse
from iop_tui.screening.problems import Report, Unusable
from iop_tui.site.site_file import load_site
from tests.core.authored import spoil, write

DOCS = Path(__file__).parent.parent.parent / "docs"
COMMENT = "is a comment, so it is left out; put the whole text in quotes, or the comment on a line above"
GOES_ON = "goes on with the text above"


def read(text: str) -> tuple[Any, list[tuple[int, str]]]:
    report = Report()
    node = parse(text.encode(), "a.yaml", report)
    return plain(node), [(problem.line, problem.message) for problem in sorted(report.problems)]


def plain(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(part) for part in node.value]
    return None if node is None else node.value


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("x: y\na: Go to desk #3, or dial 0\n", 2, f"'#3, or dial 0' {COMMENT}"),
        ("- Go # x\n", 1, f"'# x' {COMMENT}"),
        ("a: [x #y\n  ]\n", 1, f"'#y' {COMMENT}"),
        ("a: #4 on the wall phone\n", 1, f"'#4 on the wall phone' {COMMENT}"),
        ("a:\n  - b\n  - #4\n  - c\n", 3, f"'#4' {COMMENT}"),
        ("a: b\t#c\n", 1, f"'#c' {COMMENT}"),
        ("a: one\n   two #3\n", 2, f"'#3' {COMMENT}"),
        ("a: Go to the desk\n   #3 on the left\nb: c\n", 2, f"'#3 on the left' {COMMENT}"),
        ("a:\n  - Go to\n    #3\n", 3, f"'#3' {COMMENT}"),
        ("a: 𝄞 é\u00a0ñ #3\n", 1, f"'#3' {COMMENT}"),
        ("a:\r\n  - b\r\n  - c #3\r\n", 3, f"'#3' {COMMENT}"),
        ("a:\n  - one\n    - two\n", 3, GOES_ON),
        ("a:\n  - one\n    b:two\n", 3, GOES_ON),
        ("a:\n  -one\n  -two\n", 2, "a dash that begins a list needs a plain space behind it"),
        ("a: &b text\n", 1, "an anchor (&name) is not allowed here, and is no part of the text"),
        ("a: &b [c]\n", 1, "an anchor (&name) is not allowed here"),
        ("&b a: c\n", 1, "an anchor (&name) is not allowed here"),
        ("x: y\na: &b\n  c: d\n", 2, "an anchor (&name) is not allowed here"),
        ("a: 'b'#c\n", 1, f"'#c' {COMMENT}"),
        ("a: |\n  one\n # two\nb: c\n", 3, f"'# two' {COMMENT}"),
        ("- a: >\n      one\n\n   # two\n", 4, f"'# two' {COMMENT}"),
        ('a: "b\\_c"\n', 1, "'\\_' in double quotes is a no-break space; write a backslash twice, or use single"),
        ('x: y\na: "\\d"\n', 2, "a backslash in double quotes begins a sign of its own: write it twice"),
        ('a: "\\ud83d"\n', 1, "a backslash in double quotes begins a sign of its own"),
        ("a: *b* c\n", 1, "a sign such as *, &, - or a comma is where a text should begin; put the text in quotes"),
        ("a: - b\n", 1, "a sign such as *, &, - or a comma is where a text should begin"),
        ("a: , b\n", 1, "a sign such as *, &, - or a comma is where a text should begin"),
        ("a: 'b' c\n", 1, "this line, or one above it, does not begin under its neighbours"),
        ("a: &x {b: c}\nd: *x\n", 1, "an alias (*name) is used for this text"),
        ("a: b\n'a': c\n", 2, "the key 'a' is repeated here; it was already given on line 1"),
        ("a: {b: c, b: d}\n", 1, "the key 'b' is repeated here"),
        ("a:\n\t- b\n", 2, "a tab, or a sign such as @ or %, is where a word should begin"),
        ("a: !!binary aGk=\n", 1, "a tag (tag:yaml.org,2002:binary) is not allowed here"),
        ("%FOO\n---\na: b\n", 1, "a line begins with % here"),
        ("a: b\n\ufeffc: d\n", 2, "a control character (U+FEFF) is not allowed here"),
        ("a: b\rc: d\n", 1, "a control character (U+000D) is not allowed here"),
        ("a: b\x85c\n", 1, "a control character (U+0085) is not allowed here"),
        ("a: b\u2028c\n", 1, "a control character (U+2028) is not allowed here"),
        ("a: 'b\u2029c'\n", 1, "a control character (U+2029) is not allowed here"),
        ("a: \x07\n", 1, "a control character (U+0007) is not allowed here"),
        ('a: "b\\Lc"\n', 1, "a control character is written here as an escape"),
        ('a: "b\\x00c"\n', 1, "a control character is written here as an escape"),
        ("a: ! text\n", 1, "a tag is not allowed here; delete it, or put the text in quotes"),
        ("a: !!str text\n", 1, "a tag is not allowed here"),
        ("a: b\tc\n", 1, "there is a tab in this text; write spaces"),
        ('a: "C:\\temp"\n', 1, "there is a tab in this text; write spaces. In double quotes a backslash is"),
        ("a: 'x\nb: y'\n", 1, "the quote that opens here is closed on line 2; close it where its text ends"),
        ('- "x\n- y"\n', 1, "the quote that opens here is closed on line 2"),
        ("a:\u00a0b\n", 1, "a no-break space (U+00A0) is in this line; write a plain space in its place"),
        ("x: y\na:\u00a0b\nc: d\n", 2, "a no-break space (U+00A0)"),
        ("x:\n  - a: b\n \u00a0  c: d\n", 3, "a no-break space (U+00A0)"),
        ("x:\n  - a: b\n  -\u00a0a: c\n", 3, "a no-break space (U+00A0)"),
        ("x:\n  -\u00a0a\n", 2, "a dash that begins a list needs a plain space behind it"),
        ("- name:\u202fb\n", 1, "a special space (U+202F)"),
        ("x: y\na\u00a0: b\n", 2, "a no-break space (U+00A0)"),
        ("x: y\n\u200ba: b\n", 2, "a special space (U+200B)"),
        ("x: y\na:\u3000b\n", 2, "a wide space (U+3000)"),
        ("x: y\na\uff1ab\n", 2, "a full-width colon (U+FF1A) is in this line; write ':' and a space in its place"),
        ("x: y\na:b\nc: d\n", 2, "this line has no colon with a space behind it, as in 'key: value'"),
        ("a: b\n...\nc: d\n", 3, "there is something after the end of the document ('...')"),
        ("a: | b\n", 1, "a text begins with | or > here; put it in quotes"),
        ("a: b\n%c: d\n", 2, "a line begins with % here; put its text in quotes"),
        ("a: b\n---\nc: d\n", 2, "a second document begins here (---)"),
        ("<<: {a: b}\n? - c\n: d\n", 2, "a key must be one word"),
    ],
)  # fmt: skip
def test_what_yaml_would_do_without_a_word_is_told_in_its_line(text: str, line: int, says: str) -> None:
    read_as, told = read(text)
    assert read_as is None
    assert [where for where, message in told if says in message] == [line], told


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ('a: "Go to desk #3" # the one on the left\n', {"a": "Go to desk #3"}),
        ("a: {b: c} # c\nd: [e] # f\n", {"a": {"b": "c"}, "d": ["e"]}),
        ("a: # c\n  b: c\n# d\n  # e\ne: f\n# g\n", {"a": {"b": "c"}, "e": "f"}),
        ("a:\n  - b\n  # c\n  - d\n", {"a": ["b", "d"]}),
        ("a:\n  - b: c\n    # d\n    e: f\n", {"a": [{"b": "c", "e": "f"}]}),
        ("a: | # c\n  b # d\n  - e\n", {"a": "b # d\n- e\n"}),
        ("a: >\n  b:c\n  #3\n", {"a": "b:c #3\n"}),
        ("a: b#c, d:e, f - g\n", {"a": "b#c, d:e, f - g"}),
        ("a: see\n   https://x.org\n   10:30 or\n   – later\n", {"a": "see https://x.org 10:30 or – later"}),
        ('a: "one\n   two"\nb: \'it\'\'s\'\n', {"a": "one two", "b": "it's"}),
        ("a: take 5\u00a0mg\nb: Note:\u00a0now\n", {"a": "take 5\u00a0mg", "b": "Note:\u00a0now"}),
        ("- -5\n- no\n- 012\n- 1:30\n- ~\n- -A\n- =\n- <<\n", ["-5", "no", "012", "1:30", "~", "-A", "=", "<<"]),
        ('a: "b\\nc"\n', {"a": "b\nc"}),
        ("a: [Call 911, or 988]\n", {"a": ["Call 911", "or 988"]}),
        ("--- \na: b   \n...\n# c\n", {"a": "b"}),
        ("%YAML 1.2\n---\na: b\n", {"a": "b"}),
        ("? a\n: b\n", {"a": "b"}),
        ("- yes\n- on\n- y\n- Null\n- 0o17\n- 0x1F\n- 1e3\n- .inf\n- .nan\n- 1_000\n- 1.10\n- 2026-01-02\n",
         ["yes", "on", "y", "Null", "0o17", "0x1F", "1e3", ".inf", ".nan", "1_000", "1.10", "2026-01-02"]),
        ("\ufeffa: b\r\nc:\td\r\n", {"a": "b", "c": "d"}),
        ("a: >2\n    one\n  # two\nb: |\n\n  three\n# c\n", {"a": "  one\n# two\n", "b": "\nthree\n"}),
        ("a: >\n  one\n  two\n\n  three\n", {"a": "one two\nthree\n"}),
        ("a: 'b\n  # c'\nd: \"e\\\n  f \\\\_\"\n", {"a": "b # c", "d": "ef \\_"}),
    ],
)  # fmt: skip
def test_what_is_meant_as_it_stands_stays(text: str, means: object) -> None:
    assert read(text) == (means, [])


def test_a_site_file_says_all_of_its_words_or_says_why_not(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(
        "clinic: Lakeside Recovery Center\n"
        "staff:\n"
        "  call: Go to the desk, or dial #4 on the wall phone. If nobody is here, call 911.\n"
        "phones:\n"
        "  - name: Night line\n"
        "    reach: Call 555-0100, then press #2\n"
        "    checked: 2026-11-20\n"
        "crisis:\n"
        "  suicide: Dial #9 for the nurse\n",
        encoding="utf-8",
    )
    with pytest.raises(Unusable) as refused:
        load_site(path)
    assert [(problem.line, problem.message.split("'")[1]) for problem in refused.value.problems] == [
        (3, "#4 on the wall phone. If nobody is here, call 911."),
        (6, "#2"),
        (9, "#9 for the nurse"),
    ]


def test_a_no_break_space_is_named_in_its_own_line(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(
        "clinic: Lakeside\nphones:\n  - name: Our front desk\n    reach:\u00a0Call 555-0100\n    checked: 2026-11-20\n",
        encoding="utf-8",
    )
    with pytest.raises(Unusable) as refused:
        load_site(path)
    assert [str(problem) for problem in refused.value.problems] == [
        f"{path}:4: error: a no-break space (U+00A0) is in this line; write a plain space in its place"
    ]


def test_a_fault_beside_a_no_break_space_that_is_right_is_told_as_itself() -> None:
    text = "a: |\n  Note:\u00a0take care\nb: c\n  d: e\n"
    assert [line for line, message in read(text)[1] if "there is a colon where none is expected" in message] == [4]


def test_an_option_that_would_be_cut_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "q")
    assert run(root) != FAILED
    spoil(root, "mind.yaml", "title: Your mind\n", "title: Your mind #1\n")
    capsys.readouterr()
    assert run(root) in (FAILED, BAD_INPUT)
    assert "mind.yaml:2: error: '#1' is a comment" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.name)
def test_the_examples_in_the_documents_can_be_copied(path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    assert [read(block)[1] for block in blocks] == [[]] * len(blocks)
