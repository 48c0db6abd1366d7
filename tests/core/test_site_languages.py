"""A clinic's own words in several languages: what is told in which, what is missing, and what cannot be used."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields, replace

from iop_tui.screening.authoring.checker import load_sound
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n.language import codes, current, gettext_in
from iop_tui.screening.problems import Problem, Unusable
from iop_tui.screening.shipped import shipped
from iop_tui.site.settings import STANDARD, LineWords, LocalLine, Printer, Site, Staff, Words
from iop_tui.site.site_file import fits, load_site
from iop_tui.site.site_texts import site_in_language, staff_call, unwritten
from tests.core.small import SMALL
from tests.shipped import spanish

WHOLE = """\
clinic: Riverside Clinic
invite: [Not sure?]
languages: [en, es]
staff: {large: [Call us], call: Press the red button.}
phones:
  - {name: Front desk, reach: Dial 0, checked: 2026-11-01}
crisis: {suicide: Nurse Lee is in room 4.}
printer: {stands: at the front desk}
words:
  es:
    invite: [¿Dudas?]
    large: [Llámenos]
    call: Oprima el botón rojo.
    phones:
      - {name: Recepción, reach: Marque 0, about: De día.}
    crisis: {suicide: La enfermera Lee está en el cuarto 4.}
    stands: en la recepción
"""
KIOSK = Path(__file__).parents[2] / "docs" / "kiosk.md"


def written(folder: Path, text: str) -> Site:
    path = folder / "site.yaml"
    path.write_text(text, encoding="utf-8")
    return load_site(path)


def said(site: Site) -> tuple[object, ...]:
    """All that visitors read of a site in words."""
    lines = tuple((line.name, line.reach, line.about) for line in site.phones)
    stands = site.printer.stands if site.printer else None
    return site.invite, site.staff.large, site.staff.call, lines, dict(site.crisis), stands


def test_a_visitor_reads_the_clinics_own_words_in_each_language(tmp_path: Path) -> None:
    site = written(tmp_path, WHOLE)
    assert site_in_language(site, "en") == site
    assert said(site_in_language(site, "es")) == (
        ("¿Dudas?",),
        ("Llámenos",),
        "Oprima el botón rojo.",
        (("Recepción", "Marque 0", "De día."),),
        {"suicide": "La enfermera Lee está en el cuarto 4."},
        "en la recepción",
    )
    assert unwritten(site, "es") == ()


def test_what_the_clinic_did_not_write_is_said_in_our_words_and_danger_in_the_clinics(tmp_path: Path) -> None:
    site = written(tmp_path, WHOLE.split("words:")[0])
    told, ours = site_in_language(site, "es"), site_in_language(replace(STANDARD, languages=("en", "es")), "es")
    assert (told.invite, told.staff.large, told.staff.call) == (ours.invite, ours.staff.large, ours.staff.call)
    assert told.invite != site.invite
    assert staff_call(told, spanish()) == "Avise ya a alguien del personal. ¿No hay nadie? Llame al 911."
    assert told.crisis == site.crisis
    assert said(told)[3] == said(site)[3]
    assert told.printer is not None
    assert told.printer.stands == gettext_in("es", "beside this screen") != "beside this screen"
    keys = ("invite", "staff.large", "staff.call", "phones", "crisis.suicide", "printer.stands")
    assert unwritten(site, "es") == keys


def test_the_file_itself_is_in_the_first_of_its_languages(tmp_path: Path) -> None:
    site = written(
        tmp_path, "languages: [es, en]\nstaff: {call: Toque el timbre.}\nwords: {en: {call: Ring the bell.}}\n"
    )
    first, other = site_in_language(site, "es"), site_in_language(site, "en")
    assert (first.staff.call, other.staff.call) == ("Toque el timbre.", "Ring the bell.")
    assert first.staff.large == tuple(gettext_in("es", "Tell staff\nnow").split("\n")) != STANDARD.staff.large
    assert other.staff.large == STANDARD.staff.large
    assert unwritten(site, "en") == ()


def test_our_own_words_are_there_in_every_language_and_fit_where_they_are_drawn_large() -> None:
    for code in codes():
        told = site_in_language(replace(STANDARD, languages=("en", code)), code)
        assert len(told.invite) <= 3
        assert len(told.staff.large) <= 2
        assert all(len(line) <= 12 for line in (*told.invite, *told.staff.large))
        assert told.staff.call is None


def test_to_tell_it_changes_no_language_in_use() -> None:
    before = current()
    site_in_language(replace(STANDARD, languages=("en", "es")), "es")
    assert current() == before


KEYS = ("invite", "large", "call", "phones", "crisis", "stands")
SPANISH: Mapping[str, object] = {
    "invite": ("Hola",),
    "large": ("Avise",),
    "call": "Avise.",
    "phones": (LineWords("R", "Marque 0", STANDARD.where),),
    "crisis": {"suicide": "Lee."},
    "stands": "aquí",
}


ENGLISH_SITE = Site(
    STANDARD.where,
    invite=("Not sure?",),
    languages=("en", "es"),
    staff=Staff(STANDARD.where, large=("Call us",), call="Press the red button."),
    phones=(LocalLine("Front desk", "Dial 0", "2026-11-01", STANDARD.where),),
    crisis={"suicide": "Nurse Lee is in room 4."},
    printer=Printer(STANDARD.where, stands="at the front desk"),
)


@given(st.sets(st.sampled_from(KEYS)))
def test_what_is_missing_is_named_and_nothing_else(there: set[str]) -> None:
    """Whatever part of its own words a clinic wrote."""
    own = Words(STANDARD.where, **{key: SPANISH[key] for key in there})  # type: ignore[arg-type]  # each of its own kind
    mixed = replace(ENGLISH_SITE, words={"es": own})
    missing = {name.split(".")[-1] if name != "crisis.suicide" else "crisis" for name in unwritten(mixed, "es")}
    assert missing == set(KEYS) - there
    told = site_in_language(mixed, "es")
    assert (told.staff.call == "Avise.") == ("call" in there)
    assert (told.invite == ("Hola",)) == ("invite" in there)
    assert (told.crisis == {"suicide": "Lee."}) == ("crisis" in there)


def problems(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(Unusable) as unusable:
        written(folder, text)
    return unusable.value.problems


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("languages: [en, es]", "languages: [en]", "es:", "'es' is not among the languages that visitors may choose"),
        ("languages: [en, es]", "languages: [es, en]", "es:", "the rest of this file is in 'es' already"),
        ("languages: [en, es]", "languages: [en, ES]", "languages", "'ES' is no code of a language, such as es"),
        ("[¿Dudas?]", "[a, b, c, d]", "[a, b", "words: es: invite: 4 lines are too many"),
        ("[Llámenos]", "[a, b, c]", "[a, b", "words: es: large: 3 lines are too many"),
        ("[Llámenos]", "['!']", "['!']", "there is no letter in it"),
        ("[Llámenos]", "[Llámenos ahora]", "ahora", "at most 12"),
        ("{name: Recepción, reach: Marque 0, about: De día.}", "{name: R, reach: 0}\n      - {name: R, reach: 0}",
         "    phones", "2 lines here, and 1 in the file's own 'phones'"),
        ("reach: Marque 0, ", "", "Recepción", "the key 'reach' is missing"),
        ("    call: Oprima", "    cal: Oprima", "cal:", "did you mean 'call'?"),
    ],
)  # fmt: skip
def test_words_that_cannot_be_used_are_named_with_their_line(
    tmp_path: Path, old: str, new: str, at: str, says: str
) -> None:
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    found = problems(tmp_path, text)
    named = [problem for problem in found if says in problem.message]
    assert named, "\n".join(map(str, found))
    assert named[0].line in [number for number, line in enumerate(text.split("\n"), 1) if at in line]


def test_a_page_of_danger_that_is_not_there_is_named_in_every_language(tmp_path: Path) -> None:
    text = WHOLE.replace("{suicide: La", "{suicid: La")
    with pytest.raises(Unusable) as unusable:
        fits(written(tmp_path, text), load(shipped()))
    [problem] = unusable.value.problems
    assert "words: es: crisis: there is no page of danger 'suicid'; did you mean 'suicide'?" in problem.message
    assert problem.line == 16


def test_a_language_that_the_screening_does_not_have_is_refused(tmp_path: Path) -> None:
    site = written(tmp_path, "clinic: Us\nlanguages: [en, es]\n")
    fits(site, load(shipped()))
    with pytest.raises(Unusable) as unusable:
        fits(site, load_sound(SMALL))
    [problem] = unusable.value.problems
    assert "the screening has no words in 'es'; it has en" in problem.message
    assert problem.line == 2


def test_the_page_for_clinics_names_every_key_of_the_words() -> None:
    part = KIOSK.read_text(encoding="utf-8").split("\n## Several languages\n", 1)[1].split("\n## ", 1)[0]
    told = {line.split("`")[1] for line in part.splitlines() if line.startswith("| `")}
    lines = (f"phones.{field.name}" for field in fields(LineWords) if field.name != "where")
    keys = (field.name for field in fields(Words) if field.name != "where")
    assert told == set(itertools.chain(keys, lines))
