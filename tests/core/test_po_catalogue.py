"""PO files: what translators' tools write is read as it was meant, and bad ones are told by line."""

from __future__ import annotations

import io
import os
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.language import CATALOGUES
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped

HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n\n'
texts = st.text(string.ascii_letters + ' "\\\n\té¿ñ–{|}#~', min_size=1).filter(lambda text: bool(text.strip()))


def entries(tmp_path: Path, text: str) -> tuple[po_catalogue.Entry, ...]:
    path = tmp_path / "es.po"
    path.write_text(text, encoding="utf-8")
    report = Report()
    read = po_catalogue.read(path, report)
    assert report.problems == []
    return read


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["", "a.b", "a.c.1"]), texts), st.tuples(st.text(), st.booleans()), max_size=6
    )
)
def test_what_babel_writes_is_read_as_it_was_meant(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[tuple[str, str], tuple[str, bool]]
) -> None:
    clean = {
        key: ("".join(c for c in said if c.isprintable() or c in "\n\t"), fuzzy)
        for key, (said, fuzzy) in wanted.items()
    }
    made = Catalog(fuzzy=False)
    for (context, text), (said, fuzzy) in clean.items():
        made.add(text, said, flags=["fuzzy"] if fuzzy else [], context=context or None)
    out = io.BytesIO()
    write_po(out, made, width=40)
    path = tmp_path_factory.mktemp("po") / "es.po"
    path.write_bytes(out.getvalue())
    report = Report()
    read = po_catalogue.read(path, report)
    assert report.problems == []
    assert {(entry.context, entry.text): (entry.translation, entry.fuzzy) for entry in read} == {
        # gettext has no fuzzy entry without a translation.
        key: (said, fuzzy)
        for key, (said, fuzzy) in clean.items()
    }


@pytest.mark.parametrize("path", [CATALOGUES / "es.po", shipped() / "locale" / "es.po"], ids=["program", "questions"])
def test_what_ships_is_read_alike_by_babel(path: Path) -> None:
    with path.open("rb") as file:
        theirs = {(m.context or "", m.id): m.string for m in read_po(file, locale="es") if m.id and not m.fuzzy}
    forms = po_catalogue.plurals(path).forms
    assert dict(po_catalogue.translations(path)) == {
        key: said for key, said in theirs.items() if said and isinstance(key[1], str)
    }
    assert {text: said for (_context, text), said in forms.items()} == {
        key[1][0]: said for key, said in theirs.items() if not isinstance(key[1], str)
    }


def test_an_entry_knows_its_line_and_what_is_obsolete_is_left_out(tmp_path: Path) -> None:
    said = (
        HEAD
        + '#: mind.yaml\n#, fuzzy\nmsgctxt "mind.ask"\nmsgid "How?"\nmsgstr ""\n"¿Có"\n"mo?"\n\n'
        + '#~ msgid "Old"\n#~ msgstr "Viejo"\n'
    )
    (entry,) = entries(tmp_path, said)
    assert (entry.where.line, entry.context, entry.text, entry.translation, entry.fuzzy) == (
        7,
        "mind.ask",
        "How?",
        "¿Cómo?",
        True,
    )


def test_entries_without_an_empty_line_between_them_are_two(tmp_path: Path) -> None:
    read = entries(tmp_path, HEAD + 'msgid "a"\nmsgstr "á"\n#, fuzzy\nmsgid "b"\nmsgstr "bé"\nmsgid "c"\nmsgstr "cé"\n')
    assert [(entry.text, entry.translation, entry.fuzzy) for entry in read] == [
        ("a", "á", False),
        ("b", "bé", True),
        ("c", "cé", False),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("msgstr Hola", "there is no text in quotes after msgstr"),
        ('msgstr "Hola', 'a string is not closed here; end it with "'),
    ],
)
def test_a_line_that_is_none_is_told(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "es.po"
    path.write_text(f'msgid "a"\n{line}\n', encoding="utf-8")
    report = Report()
    po_catalogue.read(path, report)
    assert [(problem.line, problem.message) for problem in report.problems] == [(2, says)]


def test_a_catalogue_that_is_no_text_is_told_and_nothing_is_translated(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_bytes(b'msgid "a"\nmsgstr "\xe1"\n')
    report = Report()
    assert po_catalogue.read(path, report) == ()
    assert [problem.line for problem in report.problems] == [2]
    assert po_catalogue.translations(path) == {}


def test_fuzzy_and_empty_translations_are_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text(
        'msgid "a"\nmsgstr "á"\n\n#, fuzzy\nmsgid "b"\nmsgstr "bé"\n\nmsgid "c"\nmsgstr ""\n', encoding="utf-8"
    )
    assert po_catalogue.sentences(path) == {"a": "á"}


def test_a_mark_on_what_is_obsolete_is_not_taken_for_one_on_what_follows(tmp_path: Path) -> None:
    read = entries(tmp_path, HEAD + '#, fuzzy\n#~ msgid "Old"\n#~ msgstr "Viejo"\n\nmsgid "a"\nmsgstr "á"\n')
    assert [(entry.text, entry.fuzzy) for entry in read] == [("a", False)]


@pytest.mark.parametrize("said", ["Parte {now} de {all}}", "Parte {now}", "{nada} {now} {all}"])
def test_a_sentence_that_nothing_can_be_put_in_is_not_shown(tmp_path: Path, said: str) -> None:
    path = tmp_path / "es.po"
    path.write_text(f'msgid "Part {{now}} of {{all}}"\nmsgstr "{said}"\n', encoding="utf-8")
    assert po_catalogue.sentences(path) == {}


@pytest.mark.parametrize("sign", ["\x1b[31m", "\u202e", "\x07"])
def test_what_no_terminal_is_to_be_sent_is_not_shown(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "es.po"
    path.write_text(f'msgid "a"\nmsgstr "á{sign}"\n', encoding="utf-8")
    assert po_catalogue.translations(path) == {}


def test_a_second_text_before_the_translation_is_told(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text('msgid "a"\nmsgid "b"\nmsgstr "bé"\n', encoding="utf-8")
    report = Report()
    po_catalogue.read(path, report)
    assert [(problem.line, problem.message) for problem in report.problems] == [(1, "msgstr is missing")]


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    os.mkfifo(path)
    report = Report()
    assert po_catalogue.read(path, report) == ()
    assert "it is not a file" in report.problems[0].message
    assert po_catalogue.translations(path) == {}
