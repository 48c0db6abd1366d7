"""Makes the compiled form of the shipped screening, when the program is built and on demand.

`hatch_build.py` calls it for a wheel and for an editable install. `python -m iop_tui.compiling` renews it in a checkout
whose questions or catalogues have changed; until then their YAML is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from iop_tui.firstpaint.words import sentences
from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.compiled import compiled_index
from iop_tui.screening.compiled.packed_screening import Sentences, packed, screening_file, sentences_file
from iop_tui.screening.i18n import po_catalogue
from iop_tui.screening.i18n.language import CATALOGUES, offered, own_name
from iop_tui.screening.i18n.localize import translations_of, with_translations
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.screening.model.plural_forms import Rule


def compile_shipped(place: Path) -> None:
    """Write the compiled form into a directory, which is created if missing.

    Raises Unusable if the shipped screening has problems, ValueError for texts that cannot be in the index.
    """
    questions = Path(compiled_index.questions())
    screening = load_sound(questions)
    place.mkdir(parents=True, exist_ok=True)
    # Without an index there is no compiled form. It is written last: a program that starts meanwhile reads YAML.
    (place / compiled_index.INDEX).unlink(missing_ok=True)
    codes = offered(questions / "locale")
    index: dict[str, Sequence[str]] = {"there": compiled_index.there()}
    index["languages"] = [word for code in codes for word in (code, own_name(code))]
    yaml = _files(screening)
    if compiled_index.digest(compiled_index.read_from("questions", yaml)) != screening.sha256:
        raise ValueError("the questions changed while they were compiled")
    for code in codes:
        po = f"locale/{code}.po"
        told, said = screening, Sentences({}, Rule(), {})
        if code != ENGLISH:
            # `Screening.sha256` covers its files; only the catalogue must be checked besides.
            told = with_translations(screening, translations_of(screening.manifest, code), code)
            counted = po_catalogue.plurals(CATALOGUES / f"{code}.po")
            forms = {text: forms for (_context, text), forms in counted.forms.items()}
            said = Sentences(dict(po_catalogue.sentences(CATALOGUES / f"{code}.po")), counted.rule, forms)
            index |= _made(place, sentences_file(code), msgspec.json.encode(said), "package", po)
        index |= _made(place, screening_file(code), packed(told), "questions", *(yaml if told is screening else (po,)))
        welcome = told.manifest.welcome
        about = welcome.about.line if welcome.about is not None else ""
        index[f"page {code}"] = [told.manifest.title, welcome.lead, about, *welcome.points]
        index[f"sentences {code}"] = [word for text in sorted(sentences()) for word in (text, said.one.get(text, text))]
    (place / compiled_index.INDEX).write_bytes(compiled_index.as_index(index))


def renew() -> None:
    """Compile the shipped screening beside this package, if the present form is out of date. Raises as
    `compile_shipped`.
    """
    if compiled_index.first_page() is None:
        compile_shipped(Path(compiled_index.PLACE))


def _files(screening: Screening) -> Sequence[str]:
    """The files of a screening, in the order in which they are read."""
    sections = (section.where for section in screening.sections)
    places = (screening.manifest.where, *sections, screening.care.where, screening.help.where, screening.glossary.where)
    return [Path(place.file).name for place in places if place.file]


def _made(place: Path, name: str, raw: bytes, root: str, *sources: str) -> Mapping[str, Sequence[str]]:
    """Write a file; the record of what it was made from."""
    (place / name).write_bytes(raw)
    made_from = compiled_index.digest(compiled_index.read_from(root, sources))
    return {f"made {name}": [compiled_index.sha256(raw), root, made_from, *sources]}


if __name__ == "__main__":
    compile_shipped(Path(compiled_index.PLACE))
