"""The wizard in other languages: changed at any time, nothing lost, nothing cut off; a third one without any code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.containers import VerticalScroll

from iop_tui.screening.engine.interview import Alarmed
from iop_tui.screening.engine.third_person import proxy_wording
from iop_tui.screening.format.loader import load
from iop_tui.screening.i18n import language
from iop_tui.screening.i18n.language import _, use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.choices import Choices
from iop_tui.tui.crisis import page_of
from iop_tui.tui.footer import FooterKey
from iop_tui.tui.question import QuestionPage
from tests import pseudo
from tests.bounded import rounds
from tests.shipped import CASES, SHIPPED
from tests.tui.pilot import Person, person
from tests.tui.test_whole import dangers, longest


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return pseudo.make(tmp_path_factory.mktemp("third"))


@pytest.fixture
def third(made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Screening]:
    """The shipped questions with three languages: English, Spanish, and one a third longer that nobody speaks."""
    monkeypatch.setattr(language, "CATALOGUES", made[1])
    language.own_name.cache_clear()
    yield load(made[0])
    use("en")
    language.own_name.cache_clear()


def words(text: str) -> str:
    return " ".join(text.split())


async def read_all(someone: Person, scroll: VerticalScroll | Choices) -> str:
    """All that a part of the page shows, scrolled to its end."""
    scroll.scroll_home(animate=False)
    await someone.pause()
    seen, before = someone.sees(), scroll.scroll_y
    # By less than what is seen of it: every sentence is seen in one piece.
    for _turn in rounds("the end of the page"):
        if scroll.max_scroll_y <= before:
            break
        scroll.scroll_relative(y=max(3, scroll.size.height // 2), animate=False, force=True)
        await someone.pause()
        assert scroll.scroll_y > before
        seen, before = f"{seen}\n{someone.sees()}", scroll.scroll_y
    return words(seen)


async def test_the_welcome_page_names_the_other_language_in_its_own_words() -> None:
    async with person(SHIPPED) as someone:
        assert "3  Español" in someone.sees()
        await someone.press("3")
        assert someone.page() == "WelcomePage"
        assert "Empezar las preguntas" in someone.sees()
        assert "3  English" in someone.sees()
        await someone.press("3")
        assert "Start the questions" in someone.sees()


async def test_the_language_changes_in_the_middle_and_no_answer_is_lost() -> None:
    case = next(case for case in CASES if case.expect.level == "iop")
    async with person(SHIPPED) as someone:
        await someone.press("1", "1", "2")
        await someone.press("?")
        assert "L  Español" in someone.sees()
        await someone.press("left")
        before, question = dict(someone.app.interview.answers), someone.app.interview.step
        await someone.press("l")
        spanish = in_language(SHIPPED, "es")
        step = someone.app.interview.step
        assert step != question
        assert dict(someone.app.interview.answers) == before
        assert words(spanish.questions[2].ask) in words(someone.sees())
        await someone.press("L")
        assert SHIPPED.questions[2].ask in words(someone.sees())
        await someone.press("l")
        await someone.answer(case.answers)
        last = [*someone.app.interview.answers][-1]
        label = spanish.question(last).label
        assert label is not None
        assert label in await read_all(someone, someone.app.screen.query_one(Choices))
        await someone.press("enter")
        assert "Pregunte por esto" in words(someone.sees())
        await someone.press("l")
        assert "Care to ask about" in words(someone.sees())
        await someone.press("a")
        first = SHIPPED.questions[SHIPPED.result_at]
        assert words(first.ask) in words(someone.sees())
        await someone.press("l")
        assert words(spanish.question(first.id).ask) in words(someone.sees())
        await someone.press("m")
        assert "Pregunte por esto" in words(someone.sees())
        assert len(someone.app.interview.answers) > len(before)


async def test_marks_and_digits_stay_while_the_language_changes() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1")
        page = someone.app.screen
        assert isinstance(page, QuestionPage)
        index = next(i for i, q in enumerate(SHIPPED.questions) if q.kind == "several")
        page.ask(replace(someone.app.interview, at=index))
        someone.app._interview = replace(someone.app.interview, at=index)
        await someone.pause()
        await someone.press("1", "2")
        assert someone.sees().count("[x]") == 2
        await someone.press("l")
        assert someone.sees().count("[x]") == 2


@pytest.mark.parametrize("key", ["h", "g"])
async def test_a_page_that_lies_over_another_is_shown_again_in_the_new_language(key: str) -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1", key)
        page = someone.page()
        await someone.press("l")
        assert someone.page() == page
        assert {"h": "A quién llamar", "g": "Qué quieren decir"}[key] in someone.sees()
        await someone.press("left")
        assert someone.page() == "QuestionPage"
        assert words(in_language(SHIPPED, "es").questions[0].ask) in words(someone.sees())


async def test_a_file_name_that_was_typed_outlives_a_change_of_language() -> None:
    case = next(case for case in CASES if case.expect.level == "iop")
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer(case.answers)
        await someone.press("enter", "s", "tab", "x", "y", "z", "tab", "l")
        assert someone.page() == "SavePage"
        assert "xyz" in someone.sees()
        assert "Guardar como texto" in someone.sees() or "texto" in someone.sees()


async def test_the_words_of_the_page_under_it_stay_first_in_the_other_language() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1", "1", "2", "1", "2", "c", "g")
        here, there, _rest = someone.sees().partition("All other words")
        assert there
        assert [word for word in ("Seizure", "Overdose", "12-step") if word in here] == ["Seizure", "Overdose"]
        await someone.press("l")
        here, there, _rest = someone.sees().partition("Todas las demás palabras")
        assert there
        assert [word for word in ("Convulsión", "Sobredosis", "Doce pasos") if word in here] == [
            "Convulsión",
            "Sobredosis",
        ]


async def test_what_was_saved_stays_saved_in_the_other_language_and_asks_for_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = next(case for case in CASES if case.expect.level == "iop")
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer(case.answers)
        await someone.press("enter", "s")
        assert "Change the file name" in someone.sees()
        await someone.press("1")
        (saved,) = tmp_path.iterdir()
        for said, back, rename in (
            ("Saved:", "Back to my summary", "Change the file name"),
            ("Guardado:", "Volver a mi resumen", "Cambiar el nombre"),
        ):
            assert saved.name in "".join(someone.sees().partition(said)[2].split())
            assert back in someone.sees()
            assert rename not in someone.sees()
            await someone.press("tab", "x")
            assert someone.page() == "SavePage"
            await someone.press("l")
        await someone.press("l", "1")
        assert someone.page() == "ResultPage"
        assert list(tmp_path.iterdir()) == [saved]


async def test_the_place_in_a_list_outlives_a_change_of_language() -> None:
    case = next(case for case in CASES if case.expect.level == "iop")
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer(case.answers)
        await someone.press(*["down"] * 12)
        choices = someone.app.screen.query_one(Choices)
        at, y = choices.highlighted, choices.scroll_y
        await someone.press("l")
        choices = someone.app.screen.query_one(Choices)
        assert (choices.highlighted, y > 0, choices.scroll_y > 0) == (at, True, True)


async def test_a_page_of_danger_stays_in_the_new_language() -> None:
    async with person(SHIPPED) as someone:
        await someone.press("1")
        await someone.answer({"danger_signs": ("chest_pain",)})
        assert someone.page() == "CrisisPage"
        await someone.press("l")
        assert someone.page() == "CrisisPage"
        assert "911" in someone.sees()
        assert "ESTO PUEDE SER UNA EMERGENCIA" in someone.sees().upper()


async def test_with_three_languages_each_is_chosen_by_its_own_name(third: Screening) -> None:
    async with person(third) as someone:
        assert ("3  " + pseudo.NAME in someone.sees(), "4  Español" in someone.sees()) == (True, True)
        await someone.press("1", "l")
        assert someone.page() == "LanguagesPage"
        assert all(name in someone.sees() for name in ("English", "Español", pseudo.NAME))
        await someone.press("2")
        assert someone.page() == "QuestionPage"
        assert words(in_language(third, pseudo.CODE).questions[0].ask) in words(someone.sees())


@pytest.mark.parametrize(
    ("code", "who"),
    [
        pytest.param("es", "1", id="Spanish, for oneself"),
        pytest.param("es", "2", id="Spanish, for another", marks=pytest.mark.thorough),
        pytest.param(pseudo.CODE, "1", id="long, for oneself", marks=pytest.mark.thorough),
        pytest.param(pseudo.CODE, "2", id="long, for another"),
    ],
)
async def test_every_question_can_be_read_whole(third: Screening, code: str, who: str) -> None:
    use(code)
    async with person(third) as someone:
        await someone.press("1", who, *(["1"] if who == "2" else []))
        page = someone.app.screen
        assert isinstance(page, QuestionPage)
        for index, question in enumerate(someone.app.interview.wording.questions):
            page.ask(replace(someone.app.interview, at=index))
            await someone.pause()
            await someone.press("w")
            top = page.query_one("#question-top", VerticalScroll)
            said = await read_all(someone, top)
            assert words(question.ask) in said, question.id
            assert words(question.why) in said, question.id
            await someone.press("w")
            choices = page.query_one(Choices)
            offered = await read_all(someone, choices)
            for option in question.options:
                # Where it goes on in a second line, its beginning and its end are looked for.
                for part in (option.text.split()[0], option.text.split()[-1]):
                    assert part in offered, (question.id, option.id)
            assert choices.size.height >= 6


@pytest.mark.parametrize(
    ("code", "other"),
    [
        pytest.param("es", False, id="Spanish, of oneself"),
        pytest.param("es", True, id="Spanish, of another", marks=pytest.mark.thorough),
        pytest.param(pseudo.CODE, False, id="long, of oneself", marks=pytest.mark.thorough),
        pytest.param(pseudo.CODE, True, id="long, of another"),
    ],
)
async def test_every_crisis_page_can_be_read_whole(third: Screening, code: str, other: bool) -> None:
    use(code)
    words_for = proxy_wording(in_language(third, code)) if other else in_language(third, code)
    async with person(third) as someone:
        for step in longest(dangers(words_for)):
            await someone.app.stage(page_of(step, words_for))
            await someone.pause()
            shown = words_for.pages[step.alarm.page if isinstance(step, Alarmed) else step.page]
            said = words(someone.sees())
            assert words(shown.title) in said
            assert words(shown.do[0]) in said
            said = await read_all(someone, someone.app.screen.query_one("#words", VerticalScroll))
            for text in shown.do:
                assert words(text) in said, (shown.id, text)


@pytest.mark.parametrize(
    ("code", "size"),
    [
        pytest.param("es", (60, 20), id="Spanish, small"),
        pytest.param(pseudo.CODE, (80, 24), id="long, usual"),
        *(
            pytest.param(code, size, id=f"{code}, {size}", marks=pytest.mark.thorough)
            for code, size in (("es", (80, 24)), ("es", (120, 40)), (pseudo.CODE, (60, 20)), (pseudo.CODE, (120, 40)))
        ),
    ],
)
async def test_no_page_is_wider_than_the_window_or_loses_a_key(
    third: Screening, code: str, size: tuple[int, int]
) -> None:
    use(code)
    case = next(case for case in CASES if case.expect.level == "iop")
    async with person(third, size) as someone:

        async def look() -> None:
            assert all(len(line) <= size[0] for line in someone.lines()), someone.page()
            shown = [foot for foot in someone.app.screen.query(FooterKey) if foot.display]
            for foot in shown:
                assert foot.region.right <= size[0], (someone.page(), foot.hint.key)
                assert foot.region.bottom <= size[1], (someone.page(), foot.hint.key)
            actions = {foot.hint.action for foot in shown}
            leaving = actions & {"leave", "app.over", "more", "contents"}
            assert leaving or someone.page() in ("ConfirmPage", "HelpPage"), someone.page()

        await look()
        said = words(someone.sees())
        for text in (in_language(third, code).manifest.welcome.lead, _("Start the questions"), _("Leave")):
            assert words(text) in said
        for key in ("2", "left", "h", "h", "q", "1", "1", "g", "g", "q", "left"):
            await someone.press(key)
            await look()
        await someone.answer(case.answers)
        await look()
        await someone.press("enter")
        await look()
        for key in ("0", "left", "right", "enter", "right", "right", "right", "right", "c", "left", "s"):
            await someone.press(key)
            await look()
