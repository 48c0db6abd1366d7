"""PO files as GNU gettext reads them: every form that its grammar allows, and what is wrong, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.cli_support.exit_status import BAD_INPUT, DONE
from iop_tui.commands.translate import run
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.i18n.po_file import parse
from iop_tui.screening.i18n.po_model import PoFile
from iop_tui.screening.problems import Report
from tests.core.authored import found, write

NO_TEXT, AGAIN = "there is no text in quotes after", "what line 1 translates is repeated here"
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(text: str) -> tuple[PoFile, list[tuple[int, str]]]:
    notes: list[tuple[int, str]] = []
    return parse(text, "es.po", lambda where, said: notes.append((where.line, said))), notes


@pytest.mark.parametrize(
    "written",
    [
        'msgid "a"\nmsgstr "bc"\n',
        'msgid "a"\n\nmsgstr "b"\n\n\n"c"\n',
        'msgid "a" msgstr "b" "c"',
        'msgid"a"msgstr"bc"',
        'msgid\n"a"\nmsgstr\n"bc"\n',
        'msgid\t"a"\r\nmsgstr \f"b"\r\n\v"c"\r\n',
        'msgid "a"\nmsgstr "b\\\nc"\n',
        r'msgid "\141"' + "\n" + r'msgstr "\x62\143"',
        '\ufeffmsgid "a"\nmsgstr "bc"\n'.removeprefix("\ufeff"),
    ],
)
def test_tokens_may_stand_on_any_lines(written: str) -> None:
    (entry,), notes = read(written)[0].entries, read(written)[1]
    assert (entry.text, entry.translation, entry.whole, notes) == ("a", "bc", True, [])


@pytest.mark.parametrize(
    ("written", "means"),
    [
        (r"\303\251 \xc3\xa9 é", "é é é"),
        (r"\302\277Por qu\303\251?", "¿Por qué?"),
        (r'\303" "\251', "é"),
        (r"\n\t\r\a\b\f\v\\\"", '\n\t\r\a\b\f\v\\"'),
        (r"\1012", "A2"),
        (r"\0101", "\x081"),
    ],
)
def test_escapes_are_those_of_c_and_make_bytes(written: str, means: str) -> None:
    said = f'msgid "a"\nmsgstr "{written}"\n'
    (entry,), notes = read(said)[0].entries, read(said)[1]
    assert (entry.translation, notes) == (means, [])


@pytest.mark.parametrize(
    "above",
    ["#, fuzzy\n", "#= fuzzy\n", "#! fuzzy\n", "#,fuzzy no-wrap\n", "#, no-wrap\n#, fuzzy\n", "#,fuzzy\n\n"],
)  # fmt: skip
def test_every_way_to_say_fuzzy_is_fuzzy(above: str) -> None:
    (entry,) = read(f'{above}msgid "a"\nmsgstr "b"\n')[0].entries
    assert (entry.fuzzy, [flag for flag in entry.flags if flag != "no-wrap"]) == (True, [])


def test_all_that_stands_beside_a_translation_is_kept() -> None:
    said = (
        '# one\n#\n#  two\n#. note\n#: mind.yaml:7\n#, no-wrap, fuzzy\n#| msgctxt "k"\n#| msgid "o"\n#| "ld"\n'
        '#| msgid_plural "olds"\nmsgctxt "c"\nmsgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1]"bs"\n'
    )
    file, notes = read(said)
    (entry,) = file.entries
    assert notes == []
    assert (entry.where.line, entry.context, entry.text, entry.plural, entry.forms) == (11, "c", "a", "as", ("b", "bs"))
    assert (entry.previous_context, entry.previous, entry.previous_plural) == ("k", "old", "olds")
    assert (entry.comments, entry.flags, entry.fuzzy) == (("one", "", " two"), ("no-wrap",), True)


def test_what_is_set_aside_stays_as_it_was_written() -> None:
    obsolete = '# note\n#, fuzzy\n#~| msgid "k"\n#~ msgctxt "c"\n#~msgid "a"\n#~ msgstr ""\n#~ "b"'
    file, notes = read(f'{HEAD}{obsolete}\n\nmsgid "x"\nmsgstr "y"\n\n# the end\n')
    assert notes == []
    assert [(entry.text, entry.fuzzy, entry.comments) for entry in file.entries] == [("x", False, ())]
    assert [part.written for part in file.obsolete] == [obsolete, "# the end"]
    kept = file.obsolete[0].entry
    assert kept is not None
    assert (kept.context, kept.text, kept.translation, kept.fuzzy, kept.previous) == ("c", "a", "b", True, "k")


def test_the_head_is_found_with_all_that_stands_above_it() -> None:
    file, _notes = read(
        '# Ana\n\n#, fuzzy\nmsgid ""\nmsgstr ""\n"Language: es\\n"\n"plural-forms:  x\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    )
    assert (file.field("Language"), file.field("Plural-Forms"), file.field("Team")) == ("es", "x", "")
    assert file.head_written.startswith("# Ana\n\n#, fuzzy\n")
    assert file.head_written.endswith('x\\n"')


@pytest.mark.parametrize(
    ("written", "notes", "whole"),
    [
        ('msgid "a"\nmsgstr "b\n"c"\n', [(2, "a string is not closed here")], [False]),
        ('msgid "a"\nmsgstr "Call "911" now"\n', [(2, "'911' is outside the quotes")], [False]),
        ('msgid "a"\n\n\nmsgid "b"\nmsgstr "c"\n', [(1, "msgstr is missing")], [False, True]),
        ('msgid "a"\n# c\nmsgstr "b"\n', [(2, "there is a comment inside an entry")], [False]),
        ('msgid "a"\nmsgstr b\nmsgid "c"\nmsgstr d\n', [(2, NO_TEXT), (4, NO_TEXT)], [False, False]),
        ('msgstr "b"\n', [(1, "msgstr is here without a msgid")], []),
        ('"b"\n', [(1, "there is a text here without a keyword")], []),
        ('msgctxt "c"\nmsgstr "b"\n', [(2, "msgstr is here without a msgid")], []),
        ('msgid "a"\nmsgstr "b"\nfoo "c"\n', [(3, "'foo' is outside the quotes")], [False]),
        ('msgid\u00a0"a"\nmsgstr "b"\n', [(1, NO_TEXT)], []),
        ('msgid "a"\nmsgstr "\\q"\n', [(2, "\\q means nothing")], [False]),
        ('msgid "a"\nmsgstr "\\u00e9"\n', [(2, "\\u means nothing")], [False]),
        ('msgid "a"\nmsgstr "\\xe9tat"\n', [(2, "the escapes here do not make UTF-8 text")], [False]),
        ('msgid "a"\nmsgstr "\\xc3\\xa9a"\n', [(2, "\\xa9a is more than a byte")], [False]),
        ('msgid "a"\nmsgstr "b\\004c"\n', [(2, "there is a control character (U+0004)")], [False]),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr "b"\n', [(3, "msgid_plural goes with msgstr[0]")], [False]),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\n', [(3, "this should be msgstr[0]")], [False]),
        ('msgid "a"\nmsgid_plural "as"\n', [(1, "msgstr[0] is missing")], [False]),
        ('msgid "a"\nmsgstr[0] "b"\n', [(1, "msgid_plural is missing")], [False]),
        ('#~ msgid "a"\nmsgstr "b"\n', [(2, "an entry is obsolete (#~) as a whole, or not at all")], []),
        ('msgid "a"\nmsgstr "b"\n#~ msgid "a"\n#~ msgstr "c"\n', [(3, "what line 1 translates is obsolete")], [True]),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "b"\n', [(4, AGAIN)], [True, False]),
        ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', [(4, AGAIN)], [False, False]),
        ('# C:\\\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n', [(1, "this comment ends in a backslash")], [False]),
        ('domain "other"\nmsgid "a"\nmsgstr "b"\n', [(1, "what follows 'domain' belongs to another catalogue")], []),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_is_not_whole(
    written: str, notes: list[tuple[int, str]], whole: list[bool]
) -> None:
    file, said = read(written)
    assert [(line, what[: len(start)]) for (line, what), (_, start) in zip(said, notes, strict=True)] == notes
    assert [entry.whole for entry in file.entries] == whole


def test_a_catalogue_that_is_not_utf_8_by_its_own_word_is_told(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text(HEAD.replace("UTF-8", "ISO-8859-1"), encoding="utf-8")
    report = Report()
    po_catalogue.read(path, report)
    assert ["write charset=UTF-8" in problem.message for problem in report.problems] == [True]


# ---- what translators' tools left in real catalogues, from the file to the person --------------------------------

MOOD = 'msgctxt "mind.questions.mood.ask"\nmsgid "How is your mood?"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path / "q")
    assert run("es", root, "Español") == DONE
    return root


def put(root: Path, entry: str) -> Path:
    path = root / "locale" / "es.po"
    text = path.read_text(encoding="utf-8")
    at = text.index(MOOD)
    above = text.rindex("\n\n", 0, at) + 2
    path.write_text(text[:above] + entry + text[text.index("\n\n", at) :], encoding="utf-8")
    return path


def asked(root: Path) -> str:
    return next(question.ask for question in in_language(load(root), "es").questions if question.id == "mood")


def test_a_translation_that_nobody_looked_at_is_not_shown_however_it_is_marked(root: Path) -> None:
    """Since June 2025, GNU gettext reads `#=` as it reads `#,`."""
    path = put(root, f'#= fuzzy\n{MOOD}msgstr "Una frase vieja que nadie revisó"')
    assert asked(root) == "How is your mood?"
    told = [
        problem.message for problem in found(root) if problem.file == str(path) and problem.kind == "translation-fuzzy"
    ]
    assert told == [
        "the translation of mind.questions.mood.ask: it was made for another wording: look at it, and take 'fuzzy' away"
    ]
    assert run("es", root, None) == DONE
    assert f'#, fuzzy\n{MOOD}msgstr "Una frase vieja que nadie revisó"' in path.read_text(encoding="utf-8")


def test_escapes_are_shown_as_letters_and_written_back_as_letters(root: Path) -> None:
    """What msgcat --escape writes."""
    path = put(root, MOOD + r'msgstr "\302\277Por qu\303\251 atenci\303\263n?"')
    assert asked(root) == "¿Por qué atención?"
    for _ in range(2):
        assert run("es", root, None) == DONE
        assert f'{MOOD}msgstr "¿Por qué atención?"' in path.read_text(encoding="utf-8")


def test_a_translation_below_an_empty_line_is_shown_and_never_deleted(root: Path) -> None:
    path = put(root, MOOD + '\nmsgstr "¿Cómo está de ánimo?"')
    assert asked(root) == "¿Cómo está de ánimo?"
    assert run("es", root, None) == DONE
    assert f'{MOOD}msgstr "¿Cómo está de ánimo?"' in path.read_text(encoding="utf-8")


def test_half_a_sentence_is_never_shown_and_its_file_stays_as_it_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(root, MOOD + 'msgstr ""\n"Si corre peligro, "\n"llame al 911 o al 988\n"ahora mismo."')
    assert asked(root) == "How is your mood?"
    text = path.read_text(encoding="utf-8")
    line = text[: text.index("llame al")].count("\n") + 1
    told = [(problem.line, problem.message) for problem in found(root) if problem.severity == "error"]
    assert told == [(line, 'a string is not closed here; end it with "')]
    assert run("es", root, None) == BAD_INPUT
    assert f"{path}:{line}: error: a string is not closed here" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == text


def test_nothing_that_stood_in_a_catalogue_is_lost_when_it_is_renewed(root: Path) -> None:
    """Comments between and below the entries, an old wording with its context, flags of other tools, and a head that
    stands on one line.
    """
    path = root / "locale" / "es.po"
    text = path.read_text(encoding="utf-8")
    head = '# de Ana\nmsgid "" msgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"'
    below = text[text.index("\n\n") :]
    path.write_text(
        f'{head}{below}\n\n#~ msgid "gone"\n#~ msgstr "ido"\n\n# al final\n', encoding="utf-8", newline="\r\n"
    )
    old = "A question of many words that nobody asks any more, since it was asked twice: once here, once in the end."
    beside = f'# ¿o «humor»?\n#\n\n#  dos\n#, fuzzy, max-length:60\n#| msgctxt "k"\n#| msgid "{old}"\n'
    put(root, f'{beside}{MOOD}msgstr "¿Ánimo?"')
    for _ in range(2):
        assert run("es", root, None) == DONE
        file, notes = read(path.read_text(encoding="utf-8"))
        (entry,) = (entry for entry in file.entries if entry.context == "mind.questions.mood.ask")
        assert notes == []
        assert (entry.comments, entry.flags, entry.fuzzy) == (("¿o «humor»?", "", " dos"), ("max-length:60",), True)
        assert (entry.previous_context, entry.previous, entry.translation) == ("k", old, "¿Ánimo?")
        assert file.head_written == head
        assert [part.written for part in file.obsolete] == ['#~ msgid "gone"\n#~ msgstr "ido"', "# al final"]


def test_a_text_that_comes_back_has_its_translation_back(root: Path) -> None:
    """msgfmt refuses a catalogue in which a text is both active and obsolete."""
    path = put(root, f'# ¿o «humor»?\n{MOOD}msgstr "¿Ánimo?"')
    mind = root / "mind.yaml"
    asks = mind.read_text(encoding="utf-8")
    mind.write_text(asks.replace("How is your mood?", "Do you sleep enough, and do you eat?"), encoding="utf-8")
    # The question moves, so that nothing takes its translation over.
    text = path.read_text(encoding="utf-8").replace("mind.questions.mood.ask", "mind.questions.gone.ask")
    path.write_text(text, encoding="utf-8")
    assert run("es", root, None) == DONE
    assert "#~ msgstr" in path.read_text(encoding="utf-8")
    path.write_text(
        path.read_text(encoding="utf-8").replace("mind.questions.gone.ask", "mind.questions.mood.ask"), encoding="utf-8"
    )
    mind.write_text(asks, encoding="utf-8")
    assert run("es", root, None) == DONE
    text = path.read_text(encoding="utf-8")
    assert "#~" not in text
    assert asked(root) == "¿Ánimo?"
    assert "# ¿o «humor»?" in text
