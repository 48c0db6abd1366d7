"""Words of the glossary are found in a text where a person reads them, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.assessment.glossary_terms import first_on_page, found, in_order, read_in, words_of
from iop_tui.screening.model.content import Glossary, Term
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from tests.core.small import small

HERE = SourceLocation("glossary.yaml", 1)
TERMS = (
    Term("iop", "Intensive outpatient (IOP)", "Some days a week.", HERE),
    Term("cbt", "CBT (cognitive behavioral therapy)", "Talk about thoughts.", HERE),
    Term("mat", "Medicine for addiction", "Tablets that help.", HERE, also=("MAT",)),
    Term("sober", "Sober living", "A house.", HERE, also=("sober home", "halfway house")),
    Term("home", "Home", "Where you live.", HERE),
    Term("twelve", "12-step group", "People who meet.", HERE, also=("AA",)),
)


def with_terms(screening: Screening, *terms: Term) -> Screening:
    return replace(screening, glossary=Glossary(terms, HERE))


SCREENING = with_terms(small(), *TERMS)


def read(text: str) -> list[tuple[str, str]]:
    return [(place.term, text[place.start : place.end]) for place in found(SCREENING, text)]


def test_a_term_is_called_by_its_name_the_parts_of_it_and_other_words() -> None:
    assert words_of(TERMS[1]) == ("CBT (cognitive behavioral therapy)", "CBT", "cognitive behavioral therapy")
    assert words_of(TERMS[3]) == ("Sober living", "sober home", "halfway house")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Ask about intensive outpatient care.", [("iop", "intensive outpatient")]),
        ("INTENSIVE  OUTPATIENT (IOP)!", [("iop", "INTENSIVE  OUTPATIENT (IOP)")]),
        ("Intensive outpatient (IOP) first", [("iop", "Intensive outpatient (IOP)")]),
        ("“CBT”, or cognitive behavioral therapy", [("cbt", "CBT"), ("cbt", "cognitive behavioral therapy")]),
        ("a sober home", [("sober", "sober home")]),
        ("at home", [("home", "home")]),
        ("homes, homeless, shome", []),
        ("MAT helps; a mat does not", [("mat", "MAT")]),
        ("AA's 12-step groups, a 12-step group", [("twelve", "AA"), ("twelve", "12-step group")]),
        ("İİİ Home", [("home", "Home")]),
        ("", []),
    ],
)
def test_whole_words_in_any_case_and_the_longest_first(text: str, terms: list[tuple[str, str]]) -> None:
    assert read(text) == terms


@given(st.lists(st.sampled_from([*"aAİßéǅ .(-'", "home", "CBT", "sober home", "IOP", "\n"]), max_size=30).map("".join))
def test_a_place_is_always_in_the_text_and_never_half_a_word(text: str) -> None:
    end = 0
    for place in found(SCREENING, text):
        assert end <= place.start < place.end <= len(text)
        for outside in (text[place.start - 1 : place.start], text[place.end : place.end + 1]):
            assert not outside.isalnum()
        end = place.end


def test_each_term_counts_where_it_is_read_first_on_a_page() -> None:
    texts = ["IOP or CBT?", "CBT, then a sober home", "home, sober living"]
    page = first_on_page(SCREENING, texts)
    assert [[place.term for place in places] for places in page] == [["iop", "cbt"], ["sober"], ["home"]]


def test_the_words_of_the_page_come_first_then_all_others_from_a_to_z() -> None:
    assert read_in(SCREENING, ["Sober living.", "IOP", "Sober IOP"]) == ("sober", "iop")
    here, rest = in_order(SCREENING, ["sober", "iop"])
    assert [term.id for term in here] == ["sober", "iop"]
    assert [term.id for term in rest] == ["twelve", "cbt", "home", "mat"]


def test_a_word_that_comes_twice_or_is_gone_is_told_once_or_not_at_all() -> None:
    here, rest = in_order(SCREENING, ["iop", "gone", "sober", "iop"])
    assert [term.id for term in here] == ["iop", "sober"]
    assert len(rest) == 4


def test_without_a_glossary_nothing_is_found() -> None:
    assert found(small(), "IOP") == ()
    assert in_order(small(), ["iop"]) == ([], [])
