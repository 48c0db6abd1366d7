"""The shipped screening from its compiled form: JSON decoded with the model's types, so that nothing but a screening
results.

What JSON cannot hold is stored beside it: which texts have two forms. A `SourceLocation` names its file without a
directory; the directory is added when the file is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import force_setattr

from iop_tui.screening.compiled import compiled_index
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation, TwoForms
from iop_tui.screening.model.plural_forms import Counted, Rule


class Packed(Struct, frozen=True, array_like=True):
    """A screening, and its texts with two forms: each with the number of its owner, as `_things` counts them, the
    field, the key if the field holds several texts, and the text as written.
    """

    screening: Screening
    two_forms: tuple[tuple[int, str, int | str | None, str], ...]


class Sentences(Struct, frozen=True):
    """The program's own sentences in a language, as `catalogue` gives them: as written in the code -> translated, and
    those with a count -> their forms, with the rule that chooses one.
    """

    one: dict[str, str]
    rule: Rule
    forms: dict[str, tuple[str, ...]]

    def counted(self) -> Counted:
        """Those with a count. None of the program's own has a context."""
        return Counted(self.rule, {("", text): forms for text, forms in self.forms.items()})


def screening_file(code: str) -> str:
    """The name of the file that holds the screening in a language."""
    return f"screening.{code}.json"


def sentences_file(code: str) -> str:
    """The name of the file that holds the program's own sentences in a language."""
    return f"sentences.{code}.json"


def shipped_in(code: str) -> Screening | None:
    """The shipped screening in a language, from its compiled form.

    None if it was not compiled, or one of its files has changed.
    """
    raw = compiled_index.made(screening_file(code))
    try:
        return None if raw is None else unpacked(raw, Path(compiled_index.questions()))
    except msgspec.DecodeError:
        return None


def sentences_of(path: Path) -> Sentences | None:
    """The sentences of one of the program's own catalogues; None as above, and for any other catalogue."""
    own = path.parent == Path(compiled_index.PACKAGE, "locale")
    raw = compiled_index.made(sentences_file(path.stem)) if own else None
    try:
        return None if raw is None else msgspec.json.decode(raw, type=Sentences)
    except msgspec.DecodeError:
        return None


def translated_screening(screening: Screening, code: str) -> Screening | None:
    """A screening in a language, from the compiled form if it is the shipped one; None as above."""
    if Path(screening.manifest.where.file).parent != Path(compiled_index.questions()):
        return None
    found = shipped_in(code)
    return found if found is not None and found.sha256 == screening.sha256 else None


def packed(screening: Screening) -> bytes:
    """A screening as bytes."""
    two_forms = tuple(
        (number, field, key, text.written)
        for number, thing in enumerate(_things(screening))
        for field in thing.__struct_fields__
        for key, text in _values(getattr(thing, field))
        if isinstance(text, TwoForms)
    )
    # Texts with two forms are stored in the second-person form. As written they may be longer than the model allows.
    alike = msgspec.json.decode(msgspec.json.encode(screening, enc_hook=str), type=Screening)
    _name_files(_things(alike), lambda file: Path(file).name)
    return msgspec.json.encode(Packed(alike, two_forms))


def unpacked(raw: bytes, directory: Path) -> Screening:
    """A screening whose files are in a directory, from its bytes. Raises DecodeError if they are invalid."""
    found = msgspec.json.decode(raw, type=Packed)
    things = _things(found.screening)
    _name_files(things, lambda name: str(directory / name))
    for number, field, key, written in found.two_forms:
        values = dict(_values(getattr(things[number], field))) | {key: TwoForms(written)}
        whole = values[None] if key is None else values if isinstance(key, str) else tuple(values.values())
        force_setattr(things[number], field, whole)
    return found.screening


def _things(top: Struct) -> list[Struct]:
    """All that a screening is made of, itself first."""
    found = [top]
    for thing in found:  # it grows meanwhile
        for field in thing.__struct_fields__:
            value = getattr(thing, field)
            if isinstance(value, Struct):
                found.append(value)
            elif isinstance(value, tuple):
                found.extend(part for part in value if isinstance(part, Struct))
    return found


def _values(value: object) -> Iterator[tuple[int | str | None, object]]:
    """The values of a field, each with its number or name if there can be several."""
    if isinstance(value, tuple):
        yield from enumerate(value)
    elif isinstance(value, Mapping):
        yield from value.items()
    else:
        yield None, value


def _name_files(things: Iterable[Struct], named: Callable[[str], str]) -> None:
    """Rename the files of all source locations in place. The things must be new and unshared."""
    names: dict[str, str] = {}
    for thing in things:
        if isinstance(thing, SourceLocation) and thing.file:
            if thing.file not in names:
                names[thing.file] = named(thing.file)
            force_setattr(thing, "file", names[thing.file])
