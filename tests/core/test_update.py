"""Catalogues brought up to date: nothing that was translated is lost, and nothing old passes for new."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from iop_tui.cli_support.exit_status import BAD_INPUT, DONE
from iop_tui.commands.translate import run
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.language import CATALOGUES
from iop_tui.screening.i18n.po_catalogue import Entry, PoFile
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped
from iop_tui.translation import extract
from iop_tui.translation.extract import Message
from iop_tui.translation.update import renew, renewed
from tests.core.authored import spoil, write

HERE = SourceLocation("es.po", 1)


def message(context: str, text: str) -> Message:
    return Message(context, text, "mind.yaml")


def entry(context: str, text: str, said: str, *, fuzzy: bool = False) -> Entry:
    return Entry(HERE, context, text, said, fuzzy)


def told(wanted: list[Message], *old: Entry) -> list[tuple[str, bool]]:
    return [(made.entry.translation, made.entry.fuzzy) for made in renewed(wanted, PoFile(old)).entries]


def test_what_is_the_same_stays_as_it_is() -> None:
    assert told([message("a.ask", "How?")], entry("a.ask", "How?", "¿Cómo?")) == [("¿Cómo?", False)]
    assert told([message("a.ask", "How?")], entry("a.ask", "How?", "¿Cómo?", fuzzy=True)) == [("¿Cómo?", True)]


def test_a_text_worded_anew_keeps_its_translation_as_fuzzy_with_what_it_was_made_for() -> None:
    made = renewed([message("a.ask", "How much?")], PoFile((entry("a.ask", "How?", "¿Cómo?"),))).entries[0].entry
    assert (made.translation, made.fuzzy, made.previous) == ("¿Cómo?", True, "How?")


def test_a_text_that_moved_in_its_list_keeps_its_translation() -> None:
    wanted = [message("a.do.1", "Breathe."), message("a.do.2", "Call."), message("a.do.3", "Sit.")]
    old = (entry("a.do.1", "Call.", "Llame."), entry("a.do.2", "Sit.", "Siéntese."))
    assert told(wanted, *old) == [("", False), ("Llame.", False), ("Siéntese.", False)]


def test_the_same_words_elsewhere_are_not_taken_over() -> None:
    assert told([message("b.ask", "How?")], entry("a.ask", "How?", "¿Cómo?")) == [("", False)]


def test_a_sentence_of_the_program_that_is_much_like_an_old_one_is_fuzzy() -> None:
    old = entry("", "Leave now? Your answers are erased.", "¿Salir ya? Se borran sus respuestas.")
    wanted = [message("", "Leave now? All your answers are erased."), message("", "Who to call")]
    assert told(wanted, old) == [("¿Salir ya? Se borran sus respuestas.", True), ("", False)]


def test_what_is_gone_is_set_aside_and_stays_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "locale" / "es.po"
    renew(path, "es", "Español", [message("a.ask", "How?"), message("b.ask", "Why?")])
    path.write_text(path.read_text(encoding="utf-8").replace('"How?"\nmsgstr ""', '"How?"\nmsgstr "¿Cómo?"'), "utf-8")
    renewal = renew(path, "es", "Español", [message("b.ask", "Why?")])
    assert [gone.text for gone in renewal.gone] == ["How?"]
    renew(path, "es", "Español", [message("b.ask", "Why?")])
    text = path.read_text(encoding="utf-8")
    assert '#~ msgid "How?"' in text
    assert '#~ msgstr "¿Cómo?"' in text
    assert [found.text for found in po_catalogue.read(path, Report())] == ["Why?"]


def test_what_ships_needs_no_renewal() -> None:
    """`iop-tui translate es` was run after the last change of a sentence, in the code or in the questions."""
    for path, wanted in (
        (CATALOGUES / "es.po", list(extract.of_program())),
        (shipped() / "locale" / "es.po", list(extract.of_screening(load(shipped())))),
    ):
        old = po_catalogue.whole_file(path, Report())
        renewal = renewed(wanted, old)
        left = [made.message.text for made in renewal.entries if made.entry.fuzzy or not made.entry.translated]
        assert left == [], path
        assert [gone.text for gone in renewal.gone] == [], path
        assert len(old.entries) == len(wanted), path


def test_every_module_that_speaks_another_language_is_read_for_sentences() -> None:
    """A module that is moved out of these packages would lose its translations when they are next renewed."""
    sentences = {"_", "N_", "ngettext"}
    for path in extract.PACKAGE.rglob("*.py"):
        names = [
            alias.name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module == "iop_tui.screening.i18n.language"
            for alias in node.names
        ]
        folder = path.relative_to(extract.PACKAGE).parts[0]
        assert sentences.isdisjoint(names) or folder in extract.SPOKEN, path


def test_no_sentence_stands_inside_an_f_string() -> None:
    """Before 3.12 an f-string is one word to Python: a sentence in it would be found by some versions alone."""
    for path in (path for folder in extract.SPOKEN for path in (extract.PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            inside = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            calls = [c for c in inside if isinstance(c, ast.Call)]
            said = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("_", "ngettext")]
            assert [c for c in said if isinstance(c.args[0], ast.Constant)] == [], path


def test_the_command_makes_a_catalogue_and_says_what_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "q")
    assert run("fr", root, "Français") == DONE
    path = root / "locale" / "fr.po"
    assert f"{path}: " in capsys.readouterr().out
    assert '"X-Language-Name: Français\\n"' in path.read_text(encoding="utf-8")
    entries = po_catalogue.read(path, Report())
    assert [entry.translation for entry in entries if entry.translation] == []
    path.write_text(path.read_text(encoding="utf-8").replace('mood?"\nmsgstr ""', 'mood?"\nmsgstr "Moral ?"'), "utf-8")
    spoil(root, "mind.yaml", "How is your mood?", "How is your mood now?")
    assert run("fr", root, None) == DONE
    assert "1 fuzzy" in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    assert '#| msgid "How is your mood?"' in text
    assert '"X-Language-Name: Français\\n"' in text


@pytest.mark.parametrize("code", ["spanish", "es.bak", "../es", "e"])
def test_a_word_that_is_no_code_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str) -> None:
    assert run(code, write(tmp_path / "q"), None) == BAD_INPUT
    assert "is no code of a language" in capsys.readouterr().err


def test_what_translators_wrote_beside_a_text_stays_and_so_does_what_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "es.po"
    path.write_text(
        '# Hecho por Ana.\n#\nmsgid ""\nmsgstr ""\n"Language: es\\n"\n"Last-Translator: Ana\\n"\n\n'
        '# ¿o «ánimo»?\nmsgctxt "a.ask"\nmsgid "How?"\nmsgstr "¿Cómo?"\n\n'
        '# una nota\n#, fuzzy\n#~ msgid "Old"\n#~ msgstr "Viejo"\n',
        encoding="utf-8",
    )
    for asks in ("How?", "How much?", "How much?"):
        renew(path, "es", "Español", [message("a.ask", asks)])
    text = path.read_text(encoding="utf-8")
    for kept in (
        "# Hecho por Ana.",
        "Last-Translator: Ana",
        "# ¿o «ánimo»?",
        '#| msgid "How?"',
        "# una nota",
        '#~ msgid "Old"',
    ):
        assert text.count(kept) == 1, kept
    (entry_,) = po_catalogue.read(path, Report())
    assert (entry_.text, entry_.fuzzy, entry_.previous) == ("How much?", True, "How?")


def test_a_fuzzy_translation_that_moves_is_still_fuzzy() -> None:
    old = (entry("a.do.1", "Call.", "Llame.", fuzzy=True),)
    assert told([message("a.do.1", "Breathe."), message("a.do.2", "Call.")], *old) == [("", False), ("Llame.", True)]
