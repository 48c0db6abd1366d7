"""Words of the glossary: marked where they are read first, opened by a key or a click, and nothing changed by it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.containers import VerticalScroll

from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.content import Glossary, Term
from iop_tui.screening.model.field_types import SourceLocation
from tests.bounded import rounds
from tests.tui.pilot import SMALL, Person, person

HERE = SourceLocation("glossary.yaml", 1)
DRINK = Term("drink", "Drink", "One beer, or one glass of wine.", HERE, also=("drinks",))
OTHERS = tuple(Term(f"word_{n}", f"Word {n:02}", f"Meaning number {n}. " * 6, HERE) for n in range(40))
IOP = Term("iop", "Intensive outpatient (IOP)", "Some hours on some days.", HERE)
MOOD = Term("mood", "Mood", "How you feel.", HERE)
LIFELINE = Term("lifeline", "988 Lifeline", "People who listen.", HERE, also=("988",))
GLOSSARY = replace(SMALL, glossary=Glossary((*OTHERS, DRINK, IOP, MOOD, LIFELINE), HERE))
CALM: dict[str, Answer] = {
    "who_for": "self",
    "help_with": ("alcohol",),
    "drinks": 12,
    "thoughts": "never",
    "low_mood": "rarely",
    "low_interest": "rarely",
    "night_support": "somebody",
}
SIZES = [(60, 20), (80, 24), (120, 40)]


def underlined(someone: Person) -> list[str]:
    """What is underlined on the page, piece by piece, from the top."""
    strips = someone.strips()
    return [seg.text for strip in strips for seg in strip if seg.style and seg.style.underline and seg.text.strip()]


async def click_on(someone: Person, words: str) -> None:
    """A click on the first underlined place with these words."""
    for row, strip in enumerate(someone.strips()):
        column = 0
        for segment in strip:
            if segment.text == words and segment.style and segment.style.underline:
                await someone.click_at(column, row)
                return
            column += segment.cell_length
    raise AssertionError(f"{words!r} is not underlined\n{someone.sees()}")


async def at_drinks(someone: Person) -> None:
    await someone.press("1", "1", "3", "c")
    assert "About how many drinks" in someone.sees()


async def test_only_the_first_place_on_a_page_is_underlined() -> None:
    async with person(GLOSSARY) as someone:
        await at_drinks(someone)
        await someone.press("w")
        assert someone.sees().count("drinks") > 1
        assert underlined(someone) == ["drinks"]
        await someone.press("w")
        assert underlined(someone) == ["drinks"]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_key_opens_the_words_of_the_page_first(size: tuple[int, int]) -> None:
    async with person(GLOSSARY, size) as someone:
        await at_drinks(someone)
        await someone.press("g")
        assert "What words mean" in someone.sees()
        said = someone.sees()
        assert said.index("On the page you came from") < said.index("Drink") < said.index("One beer")
        assert said.index("One beer") < said.index("All other words") < said.index("Intensive outpatient")


async def test_the_keys_work_as_they_are_shown_in_capitals() -> None:
    async with person(GLOSSARY) as someone:
        await at_drinks(someone)
        for key, page in {"H": "HelpPage", "G": "GlossaryPage", "Q": "ConfirmPage"}.items():
            await someone.press(key)
            assert someone.page() == page
            await someone.press("B")
            assert someone.page() == "QuestionPage"
        await someone.press("W")
        assert "Why: Many drinks" in someone.sees()
        await someone.press("N")
        assert "Do you think about ending your life?" in someone.sees()


async def test_words_in_the_answers_count_as_read_and_are_not_underlined() -> None:
    async with person(GLOSSARY) as someone:
        await someone.press("1", "1")
        assert "Mood or worry" in someone.sees()
        assert underlined(someone) == []
        await someone.press("g")
        assert someone.sees().index("Mood") < someone.sees().index("All other words")


async def test_a_click_on_a_word_opens_it_before_all() -> None:
    async with person(GLOSSARY) as someone:
        await someone.press("2")
        assert underlined(someone)[0] == "IOP"
        await someone.press("h")
        await click_on(someone, "988")
        said = someone.reads()
        assert someone.page() == "GlossaryPage"
        assert "On the page you came from 988 Lifeline" in said.replace("▇ ", "").replace("█ ", "")
        await someone.press("left")
        assert someone.page() == "HelpPage"


@pytest.mark.parametrize("key", ["left", "backspace", "b", "escape", "g"])
async def test_opening_and_coming_back_changes_nothing(key: str) -> None:
    async with person(GLOSSARY) as someone:
        await at_drinks(someone)
        await someone.press("w", "1", "2")
        before = someone.sees()
        await someone.press("g", "down", "pagedown", "end", key)
        assert someone.sees() == before
        assert "[ 12 ] drinks" in before
        assert dict(someone.app.interview.answers) == {"who_for": "self", "help_with": ("alcohol",)}


async def test_every_word_can_be_read_by_scrolling() -> None:
    async with person(GLOSSARY) as someone:
        await someone.press("g")
        seen, before = someone.sees(), -1.0
        scroll = someone.app.screen.query_one("Scroll", VerticalScroll)
        for _ in rounds("the end of the page"):
            if scroll.scroll_y <= before:
                break
            before = scroll.scroll_y
            await someone.press("space")
            seen += someone.sees()
        for term in GLOSSARY.glossary.terms:
            assert term.name in seen


async def test_it_opens_from_every_page() -> None:
    async with person(GLOSSARY) as someone:
        pages = []

        async def opens() -> None:
            pages.append(someone.page())
            await someone.press("g")
            assert someone.page() == "GlossaryPage", pages
            await someone.press("g")
            assert someone.page() == pages[-1]

        await opens()
        await someone.press("2")
        await opens()
        await someone.press("left", "h")
        await opens()
        await someone.press("left", "1")
        await opens()
        await someone.press("1", "1", "c", "2")
        await opens()
        await someone.press("1")
        await someone.answer(CALM)
        await opens()
        await someone.press("enter")
        await opens()
        assert pages == [
            "WelcomePage",
            "ComparePage",
            "HelpPage",
            "QuestionPage",
            "CrisisPage",
            "ReviewPage",
            "ResultPage",
        ]


async def test_a_crisis_page_marks_its_words_and_keeps_its_foot_short() -> None:
    async with person(GLOSSARY) as someone:
        await someone.press("1", "1", "1", "c", "2")
        assert someone.page() == "CrisisPage"
        assert "988" in underlined(someone)
        assert "G Words" not in someone.sees()


async def test_the_summary_marks_words_in_text_and_in_columns_once_each() -> None:
    async with person(GLOSSARY, (120, 200)) as someone:
        await someone.press("1")
        await someone.answer(CALM)
        await someone.press("enter")
        assert someone.page() == "ResultPage"
        # The card is no text to look words up in; the chapters are.
        assert not underlined(someone)
        marked = set[str]()
        for _section in someone.app.document().sections:
            await someone.press("right")
            on_page = [words.lower() for words in underlined(someone)]
            assert len([words for words in on_page if "intensive" in words or words == "iop"]) <= 1
            marked.update(on_page)
        assert marked


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_the_keys_at_the_foot_are_whole_with_the_one_for_words(size: tuple[int, int]) -> None:
    async with person(GLOSSARY, size) as someone:
        await at_drinks(someone)
        for words in ("Enter Continue", "H Who to call", "W Why we ask", "← Back", "? More"):
            assert words in someone.sees()
        await someone.press("?")
        for words in ("G  What words mean", "Q  Leave"):
            assert words in someone.sees()
        await someone.press("left")
        await someone.answer(CALM)
        for words in ("Back", "G Words", "H Who to call", "Q Leave"):
            assert words in someone.sees()
        await someone.press("enter")
        assert someone.page() == "ResultPage"
        for words in ("→ Next", "All pages", "S Save", "H Help now", "← Back"):
            assert words in someone.sees()
        await someone.press("0")
        for words in ("Compare all", "Start over", "What words mean", "Leave"):
            assert words in someone.sees()


async def test_without_a_glossary_there_is_no_key() -> None:
    async with person(SMALL) as someone:
        await someone.press("1")
        assert "Words" not in someone.sees()
        await someone.press("g")
        assert someone.page() == "QuestionPage"


async def test_words_and_meanings_that_look_like_markup_are_shown_as_they_stand() -> None:
    nasty = "[@click=app.quit]x[/] [bold]y[/bold]"
    term = Term("nasty", nasty, nasty, HERE, also=("drinks",))
    async with person(replace(SMALL, glossary=Glossary((term,), HERE))) as someone:
        await at_drinks(someone)
        await someone.press("g")
        assert someone.sees().count(nasty) == 2
