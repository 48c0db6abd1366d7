"""What `iop-tui check` tells of translations, each kind apart, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.commands.translate import run
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.authoring.inflesz import ease, perspicuity, syllables
from iop_tui.screening.authoring.lint.spanish import EASY
from iop_tui.screening.authoring.lint.translations import of_program
from iop_tui.screening.engine.third_person import second_person_texts
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.i18n.po_catalogue import Entry, PoFile
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped
from tests.core.authored import TODAY, found, spoil, write

MOOD = 'msgctxt "mind.questions.mood.ask"\nmsgid "How is your mood?"\n'
PLAN = 'msgctxt "mind.alarms.plan_now.because"\nmsgid "You plan to die."\n'
REACH = 'msgctxt "help.lines.lifeline.reach"\nmsgid "Call 988"\n'


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """A sound screening whose every text is "translated"."""
    root = write(tmp_path / "q")
    assert run("es", root, "Español") == 0
    path = root / "locale" / "es.po"
    head, *entries = path.read_text(encoding="utf-8").split("\n\n")
    filled = [block.replace('msgstr ""', f'msgstr "Sí, {"911" if "911" in block else "988"}."') for block in entries]
    path.write_text("\n\n".join([head, *filled]), encoding="utf-8")
    assert [str(problem) for problem in found(root)] == []
    return root


def line_in(path: Path, start: str) -> int:
    return path.read_text(encoding="utf-8")[: path.read_text(encoding="utf-8").index(start)].count("\n") + 1


@pytest.mark.parametrize(
    ("entry", "said", "kind", "severity", "says"),
    [
        (MOOD, "", "translation-untranslated", "warning", "it is not translated"),
        (MOOD, "¿Cómo {está?", "translation-placeholder", "error", "braces hold two ways to say it"),
        (REACH, "Llame al {988|988}", "translation-placeholder", "error", "it speaks of everybody"),
        (PLAN, "{Quiere morir|}", "translation-placeholder", "error", "one way to say it is empty"),
        (MOOD, "a" * 301, "translation-too-long", "error", "it is 301 letters long; 300 is the most"),
        (REACH, "Llame", "translation-number", "error", "the number 988 is missing"),
        (PLAN, "Usted quiere morir.", "doubtful-words", "warning", "'Usted' cannot be said of another person"),
        (MOOD, "Hola\u202e", "translation", "error", "a control character (U+202E) is not allowed here"),
    ],
)
def test_each_kind_of_fault_is_told_apart(
    translated: Path, entry: str, said: str, kind: str, severity: str, says: str
) -> None:
    path = translated / "locale" / "es.po"
    spoil(translated, "locale/es.po", entry + 'msgstr "Sí, 988."', f'{entry}msgstr "{said}"')
    (problem,) = [problem for problem in found(translated) if problem.file == str(path)]
    assert (problem.kind, problem.severity, problem.line) == (kind, severity, line_in(path, entry))
    assert says in problem.message


def test_many_texts_without_a_translation_are_one_line(translated: Path) -> None:
    path = translated / "locale" / "es.po"
    path.write_text(path.read_text().replace('msgstr "Sí, 988."', 'msgstr ""'))
    mine = [problem for problem in found(translated) if problem.kind == "translation-untranslated"]
    many = [
        problem for problem in mine if "texts of 'mind' are not translated, the first of them mind." in problem.message
    ]
    assert len(many) == 1
    assert len(mine) < path.read_text().count('msgstr ""') / 3


def test_a_text_worded_anew_is_fuzzy_where_its_translation_stands(translated: Path) -> None:
    path = translated / "locale" / "es.po"
    spoil(translated, "mind.yaml", "How is your mood?", "How is your mood today?")
    (problem,) = found(translated)
    assert (problem.kind, problem.file, problem.line) == ("translation-fuzzy", str(path), line_in(path, MOOD))
    assert "'How is your mood today?'" in problem.message
    run("es", translated, None)
    (problem,) = found(translated)
    assert problem.kind == "translation-fuzzy"
    assert "take 'fuzzy' away" in problem.message
    # Until somebody has looked at it, a person reads the English.
    asks = [question.ask for question in in_language(load(translated), "es").questions]
    assert "How is your mood today?" in asks


def test_a_new_text_is_missing_where_the_text_stands(translated: Path) -> None:
    spoil(translated, "mind.yaml", "title: Your mind\n", "title: Your mind\nintro: How you are doing.\n")
    (problem,) = found(translated)
    assert (problem.kind, problem.file) == ("translation-missing", str(translated / "mind.yaml"))
    assert "mind.intro" in problem.message


def test_an_entry_for_a_text_that_is_gone_is_told(translated: Path) -> None:
    spoil(translated, "locale/es.po", MOOD, 'msgctxt "mind.questions.spirits.ask"\nmsgid "How is your mood?"\n')
    kinds = sorted(problem.kind for problem in found(translated))
    assert kinds == ["translation-gone", "translation-missing"]


def test_a_long_sentence_and_a_hard_screen_are_told_at_their_line(translated: Path) -> None:
    path = translated / "locale" / "es.po"
    hard = "Institucionalización desproporcionadamente multidisciplinaria, interdepartamental " + "y así " * 12 + "fin."
    spoil(translated, "locale/es.po", MOOD + 'msgstr "Sí, 988."', f'{MOOD}msgstr "{hard}"')
    problems = [problem for problem in found(translated) if problem.file == str(path)]
    assert {problem.kind for problem in problems} >= {"long-sentence"}
    assert {problem.line for problem in problems if problem.kind == "long-sentence"} == {line_in(path, MOOD)}


def test_the_programs_own_sentences_keep_their_names_in_braces() -> None:
    here = SourceLocation("es.po", 9)
    entries = (
        Entry(here, "", "Part {now} of {all}", "Parte {now} de {all}"),
        Entry(here, "", "Saved: {path}", "Guardado: {ruta}"),
        Entry(here, "", "Back", "Atrás", True),
        Entry(here, "", "Leave", ""),
    )
    report = Report()
    of_program(PoFile(entries), report, "es.po")
    assert [problem.kind for problem in report.problems] == [
        "translation-placeholder",
        "translation-fuzzy",
        "translation-untranslated",
    ]


def test_the_shipped_spanish_is_complete_and_reads_easily() -> None:
    assert [str(problem) for problem in check(shipped(), TODAY).warnings] == []
    spanish = in_language(load(shipped()), "es")
    # The staff's words are English, and are not measured.
    texts = {text for _where, text in second_person_texts(spanish)} - {
        text for q in spanish.questions for text in (q.say, q.say_why) if text
    }
    assert perspicuity(ease(texts)) >= EASY


@pytest.mark.parametrize(
    ("word", "count"),
    [("día", 2), ("ciudad", 2), ("que", 1), ("guerra", 2), ("aéreo", 4), ("vergüenza", 3), ("hoy", 1), ("y", 1),
     ("alcohol", 3), ("ahora", 3), ("reunión", 2), ("también", 2), ("IOP", 1), ("988", 1), ("leer", 2)],
)  # fmt: skip
def test_syllables_as_spanish_counts_them(word: str, count: int) -> None:
    assert syllables(word) == count
