"""Sentences with a count: one, two, three or six forms, and English where a form is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.screening.authoring.lint.translations import of_program
from iop_tui.screening.i18n import language, po_catalogue
from iop_tui.screening.i18n.language import CATALOGUES, current, ngettext, use
from iop_tui.screening.i18n.po_model import Entry, PoFile
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.model.plural_forms import Rule, read
from iop_tui.screening.problems import Report
from iop_tui.translation import extract
from iop_tui.translation.extract import Message
from iop_tui.translation.update import renew

POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
ARABIC = "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"
FORMS = {
    "pl": (POLISH, ["{n} odpowiedź", "{n} odpowiedzi", "{n} odpowiedzi (wiele)"]),
    "ar": (ARABIC, ["لا إجابة", "إجابة واحدة", "إجابتان", "{n} إجابات", "{n} إجابة", "{n} إجابة (100)"]),
    "ja": ("nplurals=1; plural=0;", ["回答 {n}"]),
}


def written(rule: str, forms: list[str], *, flags: str = "") -> str:
    head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {rule}\\n"\n\n'
    plain = 'msgid "Back"\nmsgstr "<<"\n\n'
    lines = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(forms))
    return f'{head}{plain}{flags}msgid "{{n}} answer"\nmsgid_plural "{{n}} answers"\n{lines}'


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    for code, (rule, forms) in FORMS.items():
        (tmp_path / f"{code}.po").write_text(written(rule, forms), encoding="utf-8")
    return tmp_path


def said(*counts: int) -> list[str]:
    return [ngettext("{n} answer", "{n} answers", count).format(n=count) for count in counts]


def test_english_has_one_and_many() -> None:
    assert said(0, 1, 2, 101) == ["0 answers", "1 answer", "2 answers", "101 answers"]


@pytest.mark.parametrize(
    ("code", "counts", "told"),
    [
        ("pl", (1, 2, 5, 12, 22, 0, 101), [
            "1 odpowiedź", "2 odpowiedzi", "5 odpowiedzi (wiele)", "12 odpowiedzi (wiele)", "22 odpowiedzi",
            "0 odpowiedzi (wiele)", "101 odpowiedzi (wiele)",
        ]),
        ("ar", (0, 1, 2, 3, 11, 100, 103), [
            "لا إجابة", "إجابة واحدة", "إجابتان", "3 إجابات", "11 إجابة", "100 إجابة (100)", "103 إجابات",
        ]),
        ("ja", (0, 1, 2), ["回答 0", "回答 1", "回答 2"]),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("program")
def test_each_count_has_the_form_of_its_language(code: str, counts: tuple[int, ...], told: list[str]) -> None:
    use(code)
    assert (current(), said(*counts)) == (code, told)


@pytest.mark.parametrize(
    ("rule", "forms", "flags"),
    [
        (POLISH, ["a", "b", ""], ""),
        (POLISH, ["a", "b", "c"], "#, fuzzy\n"),
        ("nplurals=3; plural=n/0;", ["a", "b", "c"], ""),
        ("nplurals=INTEGER; plural=EXPRESSION;", ["a", "b"], ""),
        ("nplurals=2; plural=__import__('os').system('x');", ["a", "b"], ""),
        ("nplurals=1; plural=0;", ["{count} a"], ""),
        (POLISH, ["a", "b", "c\u202e"], ""),
    ],
)
def test_what_is_not_whole_is_said_in_english(program: Path, rule: str, forms: list[str], flags: str) -> None:
    (program / "pl.po").write_text(written(rule, forms, flags=flags), encoding="utf-8")
    use("pl")
    assert (current(), said(1, 5)) == ("pl", ["1 answer", "5 answers"])


def test_a_form_that_is_missing_for_one_count_is_said_in_english_for_that_one(program: Path) -> None:
    (program / "pl.po").write_text(written(POLISH, ["{n} a", "{n} b"]), encoding="utf-8")
    use("pl")
    assert said(1, 2, 5) == ["1 a", "2 b", "5 answers"]


def test_a_language_of_a_country_has_its_own_forms_and_those_of_the_wider_one(program: Path) -> None:
    (program / "pl_PL.po").write_text(written("nplurals=1; plural=0;", []).rpartition("\n\n")[0], encoding="utf-8")
    use("pl_PL")
    assert (current(), said(2)) == ("pl_PL", ["2 odpowiedzi"])


@pytest.mark.parametrize(("rule", "uses"), [(POLISH, [1, 270, 730]), (ARABIC, [1, 1, 1, 80, 890, 28])])
def test_a_rule_says_how_many_counts_take_each_form(rule: str, uses: list[int]) -> None:
    assert list(read(rule).uses().values()) == uses


def test_without_a_rule_it_is_that_of_english() -> None:
    assert read("") == Rule(2, "n != 1")


def counted(*forms: str, plural: str = "{n} answers") -> Entry:
    return Entry(SourceLocation("pl.po", 7), "", "{n} answer", "", plural=plural, forms=forms)


@pytest.mark.parametrize(
    ("rule", "entry", "told"),
    [
        (POLISH, counted("jedna", "{n} b", "{n} c"), []),
        (POLISH, counted("jedna", "{n} b"), ["it has 2 forms, and the language has 3 (Plural-Forms)"]),
        (POLISH, counted("jedna", "dwie", "{n} c"), ["the names in braces must be those of the English ({n})"]),
        (POLISH, counted("{ile}", "{n} b", "{n} c"), ["the names in braces must be those of the English ({n})"]),
        (POLISH, counted("", "{n} b", "{n} c"), ["it is not translated"]),
        ("", counted("{n} a", "{n} b"), ["Plural-Forms: it is missing; 'iop-tui translate' writes it"]),
        ("nplurals=2; plural=n;", counted("{n} a", "{n} b"), ["with n=2 it is 2, and the forms are 0 to 1"]),
        ("nplurals=2; plural=n%0;", counted("{n} a", "{n} b"), ["with n=0: integer modulo by zero"]),
        ("plural=n", counted("{n} a", "{n} b"), ["it is not of the form 'nplurals=2; plural=n != 1;'"]),
    ],
)
def test_what_is_wrong_with_forms_is_told(rule: str, entry: Entry, told: list[str]) -> None:
    report = Report()
    of_program(PoFile((entry,), head=f"Plural-Forms: {rule}\n" if rule else "", head_line=2), report, "pl.po")
    said = [problem.message for problem in report.problems]
    assert [message[-len(end) :] for message, end in zip(said, told, strict=True)] == told


def test_a_catalogue_is_given_the_rule_and_the_forms_of_its_language(tmp_path: Path) -> None:
    path = tmp_path / "pl.po"
    path.write_text('msgid ""\nmsgstr "Language: pl"\n\nmsgid "{n} answer"\nmsgstr "odpowiedź"\n', encoding="utf-8")
    wanted = [Message("", "{n} answer", "a.py", "", "{n} answers"), Message("", "Back", "a.py")]
    for _ in range(2):
        renewal = renew(path, "pl", "Polski", wanted)
        report = Report()
        file = po_catalogue.whole_file(path, report)
        assert report.problems == []
        assert (file.field("Language"), read(file.field("Plural-Forms")).forms) == ("pl", 3)
        # What was one sentence is looked at by a translator before anybody reads it.
        assert [(e.text, e.plural, e.said, e.fuzzy) for e in file.entries] == [
            ("{n} answer", "{n} answers", ("odpowiedź", "", ""), True),
            ("Back", "", ("",), False),
        ]
        assert renewal.untranslated == 2


def test_every_sentence_with_a_count_has_both_forms_in_what_ships() -> None:
    shipped = {message.text: message.plural for message in extract.of_program() if message.plural}
    forms = po_catalogue.plurals(CATALOGUES / "es.po").forms
    assert {text for _context, text in forms} == set(shipped)
    assert {len(said) for said in forms.values()} <= {2}
