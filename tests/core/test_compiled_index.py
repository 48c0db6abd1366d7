"""The compiled form of the shipped screening says what its YAML and its catalogues say, or it is not used at all."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec import Struct

from iop_tui import compiling
from iop_tui.compiling import compile_shipped
from iop_tui.firstpaint.words import sentences
from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.compiled import compiled_index
from iop_tui.screening.compiled.compiled_index import first_page
from iop_tui.screening.compiled.packed_screening import sentences_of, shipped_in, translated_screening
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n import language, po_catalogue
from iop_tui.screening.i18n.language import gettext_in, own_name
from iop_tui.screening.i18n.localize import directory, in_language, with_translations
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import TwoForms
from iop_tui.screening.problems import Problem, Unusable
from iop_tui.screening.shipped import compiled_screening, shipped, sound

CODES = ("en", "es")


class House(Struct, frozen=True):
    """A copy of what is installed: the questions, the program's catalogues, and the compiled form of both."""

    top: Path

    @property
    def package(self) -> Path:
        return self.top / "iop_tui"

    @property
    def questions(self) -> Path:
        return self.top / "questions"

    @property
    def place(self) -> Path:
        return self.package / "_compiled"

    def used_in(self, patch: pytest.MonkeyPatch) -> House:
        """The same, once it stands in the place of what is really installed."""
        patch.setattr(compiled_index, "PACKAGE", str(self.package))
        patch.setattr(compiled_index, "PLACE", str(self.place))
        patch.setattr(language, "CATALOGUES", self.package / "locale")
        patch.setattr(compiling, "CATALOGUES", self.package / "locale")
        return self


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("built"))
    shutil.copytree(shipped(), house.questions, ignore=shutil.ignore_patterns("cases", "schema"))
    shutil.copytree(language.CATALOGUES, house.package / "locale")
    with pytest.MonkeyPatch.context() as patch:
        house.used_in(patch)
        compile_shipped(house.place)
    return house


@pytest.fixture
def house(built: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    shutil.copytree(built.top, tmp_path / "house")
    return House(tmp_path / "house").used_in(monkeypatch)


def alike(one: object, other: object, at: str = "screening") -> None:
    """Fail where two screenings differ in anything: a kind, a text in one of its ways, the line of a place."""
    assert type(one) is type(other), at
    if isinstance(one, Struct):
        for name in one.__struct_fields__:
            alike(getattr(one, name), getattr(other, name), f"{at}.{name}")
    elif isinstance(one, tuple) and isinstance(other, tuple):
        assert len(one) == len(other), at
        for number, pair in enumerate(zip(one, other, strict=True)):
            alike(*pair, f"{at}[{number}]")
    elif isinstance(one, dict) and isinstance(other, dict):
        assert list(one) == list(other), at
        for key in one:
            alike(one[key], other[key], f"{at}[{key}]")
    else:
        assert one == other, at
        if isinstance(one, TwoForms) and isinstance(other, TwoForms):
            assert one.written == other.written, at


# ---- it says the same ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_it_says_in_each_language_what_the_yaml_says(house: House, code: str) -> None:
    written = load_sound(house.questions)
    words = po_catalogue.translations(directory(written.manifest) / f"{code}.po")
    alike(shipped_in(code), with_translations(written, words, code) if words else written)


def test_it_has_the_programs_own_sentences(house: House) -> None:
    path = house.package / "locale" / "es.po"
    said = sentences_of(path)
    assert said is not None
    shutil.rmtree(house.place)
    po_catalogue._sentences.cache_clear()
    po_catalogue._plurals.cache_clear()
    assert said.one == po_catalogue.sentences(path)
    assert said.counted() == po_catalogue.plurals(path)
    assert said.forms


def test_every_language_that_is_offered_is_there(house: House) -> None:
    codes = language.offered(house.questions / "locale")
    assert codes == CODES
    assert [code for code in codes if first_page(code) is None or shipped_in(code) is None] == []


@pytest.mark.parametrize("code", [None, *CODES])
def test_the_first_page_has_the_words_of_the_welcome(house: House, code: str | None) -> None:
    page = first_page(code)
    assert page is not None
    manifest = in_language(load(house.questions), code or "en").manifest
    assert (page.title, page.lead, page.points) == (manifest.title, manifest.welcome.lead, manifest.welcome.points)
    assert page.languages == tuple((each, own_name(each)) for each in CODES)
    assert page.sentences == {text: gettext_in(code or "en", text) for text in sentences()}


@pytest.mark.usefixtures("house")
def test_a_language_that_was_not_compiled_has_no_first_page() -> None:
    assert first_page("fr") is None


def test_the_first_page_needs_next_to_nothing_of_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules); "
        "from iop_tui.screening.compiled.compiled_index import first_page; first_page('es'); "
        "print(sorted(set(sys.modules) - before))"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    ours = {
        "iop_tui",
        "iop_tui.screening",
        "iop_tui.screening.compiled",
        "iop_tui.screening.model",
        "iop_tui.screening.compiled.compiled_index",
        "iop_tui.screening.model.locales",
    }
    assert set(ast.literal_eval(done.stdout)) <= ours | {"__future__", "_sha256", "_sha2"}


def test_with_the_compiled_form_no_yaml_is_read_and_no_library_for_it_loaded(house: House) -> None:
    code = (
        "import sys; from iop_tui.screening.compiled import compiled_index; "
        f"compiled_index.PACKAGE, compiled_index.PLACE = {str(house.package)!r}, {str(house.place)!r}; "
        "from iop_tui.screening.shipped import compiled_screening; "
        "from iop_tui.screening.i18n.localize import in_language; "
        "assert in_language(compiled_screening(), 'es').language == 'es'; "
        "print([name for name in sys.modules if name == 'yaml' or name.endswith(('.decode', '.yamlfile', '.lint'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---- or it is not used -----------------------------------------------------------------------------------------------


def one_byte(path: str) -> Callable[[House], object]:
    def change(house: House) -> None:
        file = house.top / path
        raw = bytearray(file.read_bytes())
        raw[-2] ^= 1
        file.write_bytes(raw)

    return change


def in_place_of_a_file(house: House) -> None:
    file = house.questions / "work.yaml"
    file.unlink()
    file.mkdir()


CHANGES: Mapping[str, Callable[[House], object]] = {
    **{
        f"a byte of {path}": one_byte(path)
        for path in (
            *(f"questions/{name}.yaml" for name in ("screening", "about", "safety", "care", "help", "glossary")),
            "questions/locale/es.po",
            "iop_tui/locale/es.po",
            "iop_tui/_compiled/index",
        )
    },
    "a file less": lambda house: (house.questions / "glossary.yaml").unlink(),
    "a language more": lambda house: (house.questions / "locale" / "fr.po").write_text(""),
    "a language less": lambda house: (house.questions / "locale" / "es.po").unlink(),
    "a file that is a directory": in_place_of_a_file,
    "no index": lambda house: (house.place / compiled_index.INDEX).unlink(),
    "nothing compiled": lambda house: shutil.rmtree(house.place),
    "nothing at all": lambda house: shutil.rmtree(house.top),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changed_there_is_no_first_page(house: House, name: str) -> None:
    assert first_page() is not None
    CHANGES[name](house)
    assert first_page() is None
    assert first_page("es") is None


def loaded(load_it: Callable[[], Screening]) -> Screening | tuple[Problem, ...]:
    """A screening, or what is wrong with it."""
    try:
        return load_it()
    except Unusable as unusable:
        return unusable.problems


_LIKE_ANOTHER = tuple(f"a byte of questions/{name}.yaml" for name in ("safety", "care", "help", "glossary"))
"""Changes that are met as that of another file is. Without a first page they all are, in the test above."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.thorough) if name in _LIKE_ANOTHER else name for name in CHANGES],
)
def test_whatever_changed_the_screening_is_what_the_yaml_says(house: House, name: str) -> None:
    CHANGES[name](house)
    alike(loaded(sound), loaded(lambda: load_sound(house.questions)))


def test_a_changed_word_is_read(house: House) -> None:
    path = house.questions / "screening.yaml"
    path.write_text(path.read_text().replace("Not sure what kind of help", "Unsure what kind of help"))
    assert sound().manifest.welcome.lead.startswith("Unsure what kind of help")


def test_a_changed_translation_is_read(house: House) -> None:
    before = shipped_in("es")
    assert before is not None
    path = house.questions / "locale" / "es.po"
    path.write_text(path.read_text().replace(before.manifest.title, "¿Qué atención?"))
    screening = sound()
    assert in_language(screening, "es").manifest.title == "¿Qué atención?"


def test_a_changed_sentence_of_the_program_is_read(house: House) -> None:
    path = house.package / "locale" / "es.po"
    before = gettext_in("es", "Start the questions")
    path.write_text(path.read_text().replace(f'"{before}"', '"Vamos"'))
    assert gettext_in("es", "Start the questions") == "Vamos"


@pytest.mark.parametrize("file", [compiled_index.INDEX, "screening.en.json", "screening.es.json", "sentences.es.json"])
def test_a_damaged_file_is_no_compiled_form(house: House, file: str) -> None:
    raw = (house.place / file).read_bytes()
    step = len(raw) // 5
    for end in range(0, len(raw), step):
        (house.place / file).write_bytes(raw[:end])
        used_by = {
            "screening.es.json": shipped_in("es"),
            "sentences.es.json": sentences_of(language.CATALOGUES / "es.po"),
        }
        assert used_by.get(file, shipped_in("en")) is None
        flipped = bytearray(raw)
        flipped[end] ^= 0x10
        (house.place / file).write_bytes(flipped)
        used_by = {
            "screening.es.json": shipped_in("es"),
            "sentences.es.json": sentences_of(language.CATALOGUES / "es.po"),
        }
        assert used_by.get(file, shipped_in("en")) is None
    written = load_sound(house.questions)
    alike(sound(), written)
    assert in_language(written, "es").language == "es"


@pytest.mark.parametrize(("name", "value"), [("__version__", "0.1"), ("FORMAT", compiled_index.FORMAT + 1)])
@pytest.mark.usefixtures("house")
def test_what_another_version_made_is_not_used(monkeypatch: pytest.MonkeyPatch, name: str, value: object) -> None:
    monkeypatch.setattr(compiled_index, name, value)
    assert first_page() is None
    assert compiled_screening() is None


def test_a_screening_that_only_has_the_place_of_the_shipped_one_is_not_translated_from_it(house: House) -> None:
    path = house.questions / "about.yaml"
    path.write_text(path.read_text() + "\n")
    assert translated_screening(load(house.questions), "es") is None


def test_a_directory_that_somebody_names_is_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_index, "made", lambda name: pytest.fail(f"{name} was asked for"))
    assert sound(house.questions).sha256 == load(house.questions).sha256


# ---- how it is made --------------------------------------------------------------------------------------------------


def test_what_is_not_sound_is_not_compiled(house: House) -> None:
    never = "{all: [{who_for: self}, {not: {who_for: self}}]}"
    rule = f"needs:\n  - {{id: never, when: {never}, at_least: iop, because: So., source: Nowhere.}}\n"
    path = house.questions / "work.yaml"
    path.write_text(path.read_text().replace("needs: []\n", rule))
    with pytest.raises(Unusable, match="never"):
        compile_shipped(house.place)
    assert first_page() is None


def test_it_is_made_anew_where_it_stands(house: House) -> None:
    path = house.questions / "screening.yaml"
    path.write_text(path.read_text() + "\n")
    assert first_page() is None
    compile_shipped(house.place)
    assert first_page() is not None
    alike(sound(), load_sound(house.questions))


def test_a_text_that_would_break_the_index_is_refused() -> None:
    with pytest.raises(ValueError, match="separator"):
        compiled_index.as_index({"page en": ["a title\x1fwith a separator"]})
