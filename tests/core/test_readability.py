"""How hard a text is to read: syllables of known words, sentences, the grade."""

from __future__ import annotations

import pytest

from iop_tui.screening.authoring.readability import Measure, hardest, measure, sentences, syllables, words

KNOWN = {
    1: "the drink drinks stopped shakes hands aches worse tongue thoughts nurse breathe friends juice lives missed",
    2: "level races doctor program needed little handled people's something safely hopeless diet client "
    "quiet doing being social patient anxious region rhythm asthma children isn't didn't couldn't mature changes cruel "
    "poem player prayer safety lifeline headaches soldier reaches ninety onion union loyal",
    3: "hospital medicine family alcohol several important dangerous serious previous heroin opioid therapy overdose "
    "veteran counselor Medicaid suicide addiction depression radio area idea employee medium vomiting annual nausea "
    "influence genuine cereal earlier easier happier opinion companion steadier frequently",
    4: "emergency anxiety society material residential motivation psychiatric alcoholic deductible experience "
    "diarrhea harmonious",
    5: "individual authorization opportunity",
    6: "hospitalization",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, count) for count, said in KNOWN.items() for word in said.split()],
)
def test_the_syllables_of_known_words(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("IOP", 3), ("GHB", 3), ("1-800-662-4357", 1), ("988", 1), ("FindTreatment.gov", 1), ("you’re", 1), ("it's", 1)],
)
def test_letters_are_spelled_and_what_is_dialled_is_not_sounded_out(word: str, count: int) -> None:
    assert syllables(word) == count


def test_words_of_a_hyphen_stand_by_themselves_and_an_address_is_one() -> None:
    assert words("Some and/or all.") == ["Some", "and", "or", "all"]
    assert words("A live-in home: see findahealthcenter.hrsa.gov, or call 1-800-662-4357.") == [
        "A", "live", "in", "home", "see", "findahealthcenter.hrsa.gov", "or", "call", "1-800-662-4357.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Call now. Do not wait!", ["Call now.", "Do not wait!"]),
        ('Say: "I need help." Then wait.', ['Say: "I need help."', "Then wait."]),
        ("See Dr. Who today.", ["See Dr. Who today."]),
        ("It takes 2.5 hours. Not more", ["It takes 2.5 hours.", "Not more"]),
        ("Go to FindTreatment.gov. Or call.", ["Go to FindTreatment.gov.", "Or call."]),
        ("We open at 9 a.m. and close at 5 p.m. on Monday.", ["We open at 9 a.m. and close at 5 p.m. on Monday."]),
        ("We close at 5 p.m. Call before.", ["We close at 5 p.m.", "Call before."]),
        ("Any U.S. Veteran can call. Or text.", ["Any U.S. Veteran can call.", "Or text."]),
        ("… !", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, said: list[str]) -> None:
    assert list(sentences(text)) == said


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 2 sentences, 7 words, 8 syllables.
    assert measure(["The nurse can help you.", "Call today."]).grade == pytest.approx(
        0.39 * 7 / 2 + 11.8 * 8 / 7 - 15.59
    )
    assert Measure().grade == 0.0


def test_short_options_do_not_hide_a_long_sentence() -> None:
    long = "We ask because the care that you need can hang on what has happened to you in the last few months."
    options, stops = ["Not at all"] * 8, ["Not at all."] * 8
    assert measure([long, *options]).grade > measure([long]).grade - 2
    assert measure([long, *options]).grade > measure([long, *stops]).grade + 3


def test_the_sentence_to_shorten_is_the_one_that_weighs_most() -> None:
    long = "Hospitalization necessitates authorization by participating organizations before anybody is admitted."
    assert hardest(["Family therapy", "Call us. We are here.", long]) == long
