"""What a catalogue's name says, and which catalogue serves whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.commands.translate import run
from iop_tui.commands.wizard import _speak
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n import language
from iop_tui.screening.i18n.language import best, current, offered, own_name, use, wanted
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.locales import canonical, catalogue_of, catalogues, nearest
from iop_tui.screening.shipped import shipped
from tests.core.authored import found, write

OURS = 'msgid ""\nmsgstr ""\n"X-Language-Name: {}\\n"\n\nmsgid "Back"\nmsgstr "<"\n'


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("es", "es"), ("ES", "es"), ("es_MX", "es_MX"), ("es-mx", "es_MX"), ("es_419", "es_419"), ("es-419", "es_419"),
        ("pt-BR", "pt_BR"), ("zh_Hans", "zh_Hans"), ("zh-hant", "zh_Hant"), ("zh_CN", "zh_Hans"), ("zh-TW", "zh_Hant"),
        ("zh_HK", "zh_Hant_HK"), ("sr@latin", "sr_Latn"), ("sr_Latn", "sr_Latn"), ("sr_RS@latin", "sr_Latn_RS"),
        ("ca@valencia", "ca@valencia"), ("es_ES@euro", "es_ES"), ("ckb", "ckb"),
        ("spanish", None), ("e", None), ("es.bak", None), ("es (copy)", None), ("es_MX_old", None), ("../es", None),
        ("", None), ("es_", None), ("es@", None), ("español", None), ("es_MX.UTF-8", None),
    ],
)  # fmt: skip
def test_every_spelling_of_a_code_is_one_code(written: str, code: str | None) -> None:
    assert canonical(written) == code


@pytest.mark.parametrize(
    ("environ", "there", "taken"),
    [
        ({"LANG": "es_PR.UTF-8"}, "en es", "es"),
        ({"LANG": "es_PR.UTF-8"}, "en es es_419", "es_419"),
        ({"LANG": "es_ES.UTF-8"}, "en es es_419", "es"),
        ({"LANG": "pt_BR.UTF-8"}, "en pt_BR", "pt_BR"),
        ({"LANG": "pt_PT.UTF-8"}, "en pt_BR", "en"),
        ({"LANG": "zh_CN.UTF-8"}, "en zh_Hans zh_Hant", "zh_Hans"),
        ({"LANG": "zh_HK.UTF-8"}, "en zh_Hans zh_Hant", "zh_Hant"),
        ({"LANG": "sr_RS.UTF-8@latin"}, "en sr sr_Latn", "sr_Latn"),
        ({"LANG": "sr_RS.UTF-8"}, "en sr sr_Latn", "sr"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "es-MX:fr"}, "en es fr", "es"),
        ({"LANG": "ca_ES.UTF-8@valencia"}, "ca ca@valencia en", "ca@valencia"),
    ],
)
def test_what_the_environment_asks_for_finds_the_nearest_catalogue(
    environ: dict[str, str], there: str, taken: str
) -> None:
    assert best(wanted(environ), tuple(there.split())) == taken


def named(directory: Path, *names: str, said: str = OURS) -> Path:
    directory.mkdir(exist_ok=True)
    for name in names:
        (directory / name).write_text(said.format(name), encoding="utf-8")
    return directory


def test_what_systems_and_editors_leave_behind_is_no_catalogue(tmp_path: Path) -> None:
    """macOS, Emacs, vim, gedit, patch."""
    root = write(tmp_path / "q")
    assert run("es", root, "Español") == 0
    before = sorted(map(str, found(root)))
    locale = root / "locale"
    (locale / "._es.po").write_bytes(b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        ")
    (locale / ".#es.po").symlink_to("me@here.4711:1")
    named(locale, "#es.po#", "es.po~", "es.po.bak", ".es.po.swp", "es.po.orig", "es.po.new", "es.mo", "es.pot")
    assert sorted(map(str, found(root))) == before
    assert offered(locale) == ("en", "es")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("spanish.po", "its name is no code of a language, so nobody is offered it; rename it, as in es.po"),
        ("es (copy).po", "its name is no code of a language"),
        ("es-old.po", "its name is no code of a language"),
        ("es-ES.PO", "it is not read; name it es-ES.po"),
        ("ES.po", "es.po is of the same language, so this one is not read; keep one of them"),
        ("fr.po", "nobody is offered fr: the program has no catalogue of it"),
    ],
)
def test_a_catalogue_that_nobody_is_offered_is_told(tmp_path: Path, name: str, says: str) -> None:
    root = write(tmp_path / "q")
    assert run("es", root, "Español") == 0
    before = {(problem.file, problem.message) for problem in found(root)}
    path = root / "locale" / name
    path.write_bytes((root / "locale" / "es.po").read_bytes())
    told = [problem for problem in found(root) if (problem.file, problem.message) not in before]
    mine = [problem for problem in told if problem.kind == "translation-name"]
    assert [(problem.file, problem.line, problem.severity) for problem in mine] == [(str(path), 1, "warning")]
    assert says in mine[0].message


def test_a_catalogue_in_gettexts_own_directories_is_told(tmp_path: Path) -> None:
    root = write(tmp_path / "q")
    (root / "locale" / "es" / "LC_MESSAGES").mkdir(parents=True)
    assert ["move its PO file to es.po" in problem.message for problem in found(root)] == [True]


@pytest.mark.parametrize("name", ["es_419", "es-MX", "es_MX", "ES"])
def test_a_screening_in_the_spanish_of_a_place_is_offered_and_shown(tmp_path: Path, name: str) -> None:
    """The program's own sentences are in es; what the catalogue leaves out is in es, too, where there is one."""
    root = write(tmp_path / "q")
    assert run(name, root, None) == 0
    code = canonical(name) or ""
    path = catalogue_of(root / "locale", code)
    assert path.name == f"{code}.po"
    path = path.rename(root / "locale" / f"{name}.po")
    text = path.read_text(encoding="utf-8").replace('mood?"\nmsgstr ""', 'mood?"\nmsgstr "¿Qué tal su ánimo?"')
    path.write_text(text, encoding="utf-8")
    assert offered(root / "locale") == ("en", code)
    assert [problem for problem in found(root) if problem.kind == "translation-name"] == []
    use(code)
    told = in_language(load(root), current())
    assert "¿Qué tal su ánimo?" in [question.ask for question in told.questions]
    assert language._("Who to call") == "A quién llamar"
    assert own_name(code) == ("Español" if code == "es" else f"Español ({code[3:]})")


def test_what_a_place_leaves_out_is_said_as_in_the_whole_language(tmp_path: Path) -> None:
    root = write(tmp_path / "q")
    for code, mood, nights in (("es", "¿Cómo está?", "¿Está con alguien?"), ("es_MX", "¿Qué tal está?", "")):
        assert run(code, root, "Español") == 0
        path = root / "locale" / f"{code}.po"
        text = path.read_text(encoding="utf-8").replace('mood?"\nmsgstr ""', f'mood?"\nmsgstr "{mood}"')
        path.write_text(text.replace('at night?"\nmsgstr ""', f'at night?"\nmsgstr "{nights}"'), encoding="utf-8")
    asks = {question.id: question.ask for question in in_language(load(root), "es_MX").questions}
    assert (asks["mood"], asks["nights"]) == ("¿Qué tal está?", "¿Está con alguien?")
    # And nobody is asked to translate it twice.
    missing = [p for p in found(root) if p.file.endswith("es_MX.po") and "nights.ask" in p.message]
    assert missing == []


@pytest.mark.parametrize("wish", ["es_PR", "es-pr", "ES", "es"])
def test_a_wish_is_understood_as_the_environment_is(wish: str) -> None:
    assert (_speak(wish, shipped()), current()) == ("", "es")


@pytest.mark.parametrize("wish", ["fr", "spanish", "esperanto"])
def test_a_wish_that_nothing_serves_is_refused(wish: str) -> None:
    assert (_speak(wish, shipped()), current()) == (f"there is no language {wish!r}; it could be: en, es.", "en")


def test_of_two_files_for_one_language_everything_takes_the_same_one(tmp_path: Path) -> None:
    directory = named(tmp_path / "locale", "pt-BR.po", "pt_BR.po", "zh_CN.po", "zh-Hans.po")
    assert {code: path.name for code, path in catalogues(directory).items()} == {
        "pt_BR": "pt_BR.po",
        "zh_Hans": "zh-Hans.po",
    }
    assert [catalogue_of(directory, code).name for code in ("pt_BR", "zh_Hans", "fr")] == [
        "pt_BR.po",
        "zh-Hans.po",
        "fr.po",
    ]


def test_the_nearest_come_first() -> None:
    assert nearest("es_MX") == ("es_MX", "es_419", "es")
    assert nearest("zh_Hant_HK") == ("zh_Hant_HK", "zh_Hant", "zh_HK", "zh")
    assert nearest("ca_ES@valencia") == ("ca_ES@valencia", "ca_ES", "ca@valencia", "ca")
