"""The printed page fits one sheet and keeps what may never be cut; the essentials fit their room."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.result.blocks import Entries
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.result.model import Result
from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.content import FirstStep
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.site.settings import STANDARD, LocalLine, Site, Staff
from iop_tui.site.site_texts import staff_call
from iop_tui.takeaway import printed_page
from iop_tui.takeaway.printed_page import LINES, WIDTH, as_page, typed
from iop_tui.takeaway.qr_payload import essentials
from tests.core.small import answer_sheets, small
from tests.profiles import examples
from tests.shipped import CASES, SHIPPED, each_person, result_of, spanish

HERE = SourceLocation("site.yaml", 1)
FULL = Site(
    HERE,
    clinic="Riverside Recovery Center of the Greater Metropolitan Area",
    staff=Staff(HERE, call="Press the red button on the wall beside the door, or go to the desk. " * 2),
    phones=tuple(LocalLine(f"Team {n}", f"Call 555-010{n}", "2026-11-01", HERE, "They come to you.") for n in range(6)),
    crisis=dict.fromkeys(SHIPPED.pages, "Our nurse is in room 4, at the end of the hall, day and night."),
)
"""A site file that says as much as it may."""
DAY = "November 22, 2026"


@pytest.fixture
def in_spanish() -> Iterator[None]:
    """The program speaks Spanish."""
    use("es")
    yield
    use("en")


def folded(text: str) -> str:
    return " ".join(typed(text).split()).lower()


def check_page(result: Result, site: Site) -> None:
    page = as_page(result, site, day=DAY)
    lines = page.splitlines()
    assert page.endswith("\n")
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= WIDTH
    if result.screening.language == "en":
        assert page.isascii()
    text = folded(page)
    disclaimer = result.screening.manifest.disclaimer
    kept = [disclaimer.opening, disclaimer.closing, DAY, site.clinic or DAY]
    kept += [f"{line.name}: {line.reach}" for line in result.screening.phone_lines.values() if is_urgent(line.id)]
    pages = [raised.page for raised in result.alarms]
    if pages:
        kept += [site.crisis.get(pages[0].id, DAY), *pages[0].do]
        kept += [staff_call(site, result.screening)] if site != STANDARD else []
    kept += [page.title for page in pages]
    if result.settled and result.level is not None:
        kept += [result.screening.levels[result.level].name]
    covered = {name for page in pages for name in page.covers}
    for step in result.steps:
        if step.id == "medical_check" and step.sure and step.id not in covered:
            kept += [step.title, step.text]
    for sentence in kept:
        assert folded(sentence) in text
    assert text.index(folded(disclaimer.opening)) < text.rindex(folded(disclaimer.closing))


def is_urgent(line: str) -> bool:
    return line in ("emergency", "lifeline")


def test_every_example_person_gets_one_page_that_holds_what_may_not_be_cut(people: Sequence[Case]) -> None:
    # By turns without a site file and with a long one.
    sites = itertools.cycle([STANDARD, FULL])
    each_person(lambda case: check_page(result_of(case), next(sites)), people)


@pytest.mark.thorough
@pytest.mark.parametrize("site", [STANDARD, FULL], ids=["no site file", "a long site file"])
def test_every_example_person_gets_such_a_page_with_any_site_file(site: Site) -> None:
    each_person(lambda case: check_page(result_of(case), site))


@examples(0.5)  # up to a tenth of a second each: the result of a half-empty sheet
@given(answer_sheets(SHIPPED), st.sampled_from([STANDARD, FULL]), st.integers(106, 425))
def test_any_answers_give_a_page_and_essentials_that_hold_what_may_not_be_cut(
    answers: dict[str, Answer], site: Site, room: int
) -> None:
    result = result_for(SHIPPED, answers)
    check_page(result, site)
    check_essentials(result, STANDARD, room)


def first_case(level: str, *, alarm: bool) -> Result:
    results = (result_of(case) for case in CASES if case.expect.level == level)
    return next(result for result in results if bool(result.alarms) == alarm)


def test_danger_stands_before_everything_else() -> None:
    result = first_case("none", alarm=True)
    lines = as_page(result, FULL, day=DAY).splitlines()
    assert lines[lines.index("") + 1] == "GET HELP NOW, BEFORE ANYTHING ELSE"
    text = folded("\n".join(lines))
    page = result.alarms[0].page
    places = [page.title, staff_call(FULL, SHIPPED), FULL.crisis[page.id], page.do[0], "Who to call", "Team 0"]
    found = [text.index(folded(place)) for place in (*places, result.screening.manifest.disclaimer.opening)]
    assert found == sorted(found)


def test_a_danger_of_today_is_the_first_thing_to_do() -> None:
    result = first_case("inpatient", alarm=True)
    text = folded(as_page(result, FULL, day=DAY))
    page = result.alarms[0].page
    assert f"do this today, in this order: 1. {folded(page.brief or '')}" in text
    assert f"what to do, in order 1. {folded(page.title)}" in text


def test_local_lines_are_named_first_where_nobody_is_in_danger() -> None:
    text = folded(as_page(first_case("iop", alarm=False), FULL, day=DAY))
    assert text.index("team 0: call 555-0100.") < text.index("emergency: call 911")


def test_what_is_cut_is_said_and_what_is_there_is_not() -> None:
    result = result_for(SHIPPED, {})
    page = as_page(result, FULL, day=DAY)
    assert "More is on the screen." in page
    assert not all(folded(question.ask) in folded(page) for question in result.open)
    plain = as_page(result_for(small(), {"who_for": "self"}), STANDARD, day=DAY)
    assert "More is on the screen" not in plain


def test_a_title_stands_only_over_entries_of_its_own_list(monkeypatch: pytest.MonkeyPatch) -> None:
    alone, seen = [], 0
    for case in CASES[202::24]:
        result = result_of(case)
        blocks = [block for section in document(result).sections for block in section.blocks]
        titles = {f"{typed(block.title)}:" for block in blocks if isinstance(block, Entries) and block.title}
        for height in range(LINES - 6, LINES + 6):
            monkeypatch.setattr(printed_page, "LINES", height)
            lines = as_page(result, STANDARD, day=DAY).splitlines()
            for line, under in itertools.pairwise(lines):
                seen += line in titles
                if line in titles and not under.startswith(("- ", "1. ")):
                    alone.append((case.id, height, line, under))
    assert seen > 100
    assert not alone


def test_the_most_serious_reason_is_the_last_to_go(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        result = result_of(case)
        text = folded(as_page(result, FULL, day=DAY))
        told = dict.fromkeys(
            reason.brief.removesuffix(".") for reason in result.reasons if reason.level == result.level
        )
        there = [folded(f"- {brief}") in text for brief in list(told)[:3]]
        assert there == sorted(there, reverse=True)

    each_person(check, (case for case in people if result_of(case).settled))


def test_a_printer_that_knows_only_ascii_or_obeys_signs_prints_every_word() -> None:
    site = replace(STANDARD, clinic="“Ärzte” – the\x0cnew\x1b9 clinic 🙂 …")
    page = as_page(result_for(small(), {}), site, day=DAY)
    assert '"Ärzte" - the new?9 clinic ? ..., November 22, 2026' in page
    assert all(sign.isprintable() or sign == "\n" for sign in page)


def test_what_may_not_be_cut_goes_on_to_a_second_sheet_and_is_never_lost() -> None:
    opening = "This is not a diagnosis. " * 40
    screening = small()
    disclaimer = replace(screening.manifest.disclaimer, opening=opening.strip(), closing=opening.strip())
    result = result_for(replace(screening, manifest=replace(screening.manifest, disclaimer=disclaimer)), {})
    text = folded(as_page(result, STANDARD, day=DAY))
    assert text.count("this is not a diagnosis.") == 80


# ---- in Spanish ------------------------------------------------------------------------------------------------------


def in_spanish_for_me(case: Case) -> Result:
    return result_for(spanish(), case.answers)


def in_spanish_for_another(case: Case) -> Result:
    return result_for(spanish(), {**case.answers, "who_for": "someone_else"})


def both_voices(case: Case) -> tuple[Result, Result]:
    """The result of somebody's answers in Spanish, given for themselves and for another."""
    return in_spanish_for_me(case), in_spanish_for_another(case)


@pytest.mark.usefixtures("in_spanish")
def test_the_page_in_spanish_holds_what_may_not_be_cut_in_both_voices() -> None:
    # Every eighth person, by turns for themselves and for another, without a site file and with one.
    turns = itertools.cycle(itertools.product([in_spanish_for_me, in_spanish_for_another], [STANDARD, FULL]))

    def check(case: Case) -> None:
        told, site = next(turns)
        check_page(told(case), site)

    each_person(check, CASES[::8])


@pytest.mark.thorough
@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize("site", [STANDARD, FULL], ids=["no site file", "a long site file"])
def test_the_page_in_spanish_holds_it_for_everybody_with_any_site_file(site: Site) -> None:
    each_person(lambda case: check_page(in_spanish_for_me(case), site), CASES[::2])
    each_person(lambda case: check_page(in_spanish_for_another(case), site), CASES[1::2])


@pytest.mark.usefixtures("in_spanish")
def test_no_accent_and_no_letter_of_spanish_is_lost_on_paper() -> None:
    name = "Clínica Señora Núñez — «¿Mañana? ¡Sí, pingüino!»"
    result = result_for(spanish(), {"who_for": "self"})
    page = as_page(result, replace(STANDARD, clinic=name), day=DAY)
    assert 'Clínica Señora Núñez - "¿Mañana? ¡Sí, pingüino!"' in page
    assert "¿SOBRE QUÉ TIPO DE ATENCIÓN PREGUNTAR PRIMERO?" in page
    apart = unicodedata.normalize("NFD", name)
    assert apart != name
    assert as_page(result, replace(STANDARD, clinic=apart), day=DAY) == page
    assert page.encode("utf-8").decode("utf-8") == page
    # Typographic signs are ASCII in every language; letters are kept.
    assert not set(page) & set("“”‘’«»–—…·")


@pytest.mark.usefixtures("in_spanish")
def test_the_medical_check_is_kept_whole_in_both_ways_to_tell_it() -> None:
    titles = set()

    def check_of(case: Case) -> None:
        for result in both_voices(case):
            check = result.screening.first_steps["medical_check"]
            covered = {name for raised in result.alarms for name in raised.page.covers}
            if any(step.id == check.id and step.sure for step in result.steps) and check.id not in covered:
                titles.add(str(check.title))
                assert folded(check.text) in folded(as_page(result, FULL, day=DAY))

    # `check_page` looks for it on the page of everybody.
    each_person(check_of, CASES[::10])
    assert titles == {"Vea primero a un doctor o a una enfermera", "Que vea primero a un doctor o a una enfermera"}


def check_essentials_in_spanish(result: Result, room: int) -> None:
    text = essentials(result, FULL, room)
    assert len(text.encode()) <= room
    assert "No es un diagnóstico." in text
    assert "911" in text
    assert "988" in text
    lines = text.splitlines()
    assert lines[0].startswith(("Pida ayuda ahora.", "Ayuda:")) == bool(result.alarms)
    steps = [step.title for step in result.screening.first_steps.values()]
    first = next((step.title for step in result.steps if step.sure), None)
    # In danger, with the least room, its page comes before a step for later.
    if first is not None and (room > 106 or not result.alarms):
        assert any(title in line for title in steps for line in lines)
    if room == 230:
        assert "oprima 2" in text


@pytest.mark.usefixtures("in_spanish")
def test_the_essentials_in_spanish_fit_and_say_what_matters() -> None:
    # Every eighth person, by turns for themselves and for another, in each room.
    turns = itertools.cycle(itertools.product([106, 134, 230], [in_spanish_for_me, in_spanish_for_another]))

    def check(case: Case) -> None:
        room, told = next(turns)
        check_essentials_in_spanish(told(case), room)

    each_person(check, CASES[::8])


@pytest.mark.thorough
@pytest.mark.usefixtures("in_spanish")
@pytest.mark.parametrize("room", [106, 134, 230])
def test_the_essentials_in_spanish_do_so_for_everybody(room: int) -> None:
    each_person(lambda case: check_essentials_in_spanish(in_spanish_for_me(case), room), CASES[::2])
    each_person(lambda case: check_essentials_in_spanish(in_spanish_for_another(case), room), CASES[1::2])


# ---- the essentials --------------------------------------------------------------------------------------------------


def check_essentials(result: Result, site: Site, room: int) -> None:
    text = essentials(result, site, room)
    assert len(text.encode()) <= room
    lines = text.splitlines()
    assert all(line and line == line.strip() for line in lines)
    assert "Not a diagnosis." in text
    for line in ("emergency", "lifeline"):
        assert result.screening.phone_lines[line].reach in text
    assert lines[0].startswith(("Get help now.", "Help:")) == bool(result.alarms)
    if result.level is None:
        assert lines[0].startswith("Get help now.")
        assert not any(care.name in text for care in SHIPPED.care.levels)
        return
    heads = [line for line in lines if line.endswith("Not a diagnosis.")]
    care = result.screening.levels[result.level]
    assert len(heads) == 1
    assert (care.short in heads[0] or care.name in heads[0]) == result.settled
    titles = [step.title for step in result.steps if step.sure]
    steps = result.screening.first_steps
    asked = [name for name in steps if steps[name].title in titles]
    if "medical_check" in asked:
        assert f"{steps['medical_check'].title}." in lines
    assert not asked or any(f"{steps[name].title}." in lines for name in asked)
    assert "http" not in text
    assert "www" not in text


ROOMS = (106, 134, 230, 367, 425)


def test_the_essentials_of_example_people_fit_and_say_what_matters() -> None:
    # Every eighth person, by turns in each room; the thorough test below takes everybody.
    rooms = itertools.cycle(ROOMS)
    each_person(lambda case: check_essentials(result_of(case), FULL, next(rooms)), CASES[::8])


@pytest.mark.thorough
@pytest.mark.parametrize("room", ROOMS)
def test_the_essentials_of_every_example_person_do_so_in_any_room(room: int) -> None:
    each_person(lambda case: check_essentials(result_of(case), FULL, room))


def test_who_to_call_in_danger_is_told_to_everybody_who_is_not_in_danger_now(people: Sequence[Case]) -> None:
    def check(case: Case) -> None:
        [danger] = [line for line in essentials(result_of(case), FULL, 230).splitlines() if line.startswith("Danger?")]
        assert danger == "Danger? Call 911. Call or text 988."

    told = [(case, result_of(case)) for case in people]
    calm = [case for case, result in told if result.level and not result.alarms]
    assert len(calm) > 10
    each_person(check, calm)


@pytest.mark.parametrize("room", [0, 1])
def test_too_little_room_still_says_what_comes_first(room: int) -> None:
    calm, danger = first_case("iop", alarm=False), first_case("none", alarm=True)
    assert essentials(calm, STANDARD, room).startswith("Care to ask about: Intensive outpatient (IOP). Not a")
    assert essentials(danger, STANDARD, room).startswith("Get help now. Call 911.")


def test_a_short_form_is_taken_where_the_long_one_has_no_room() -> None:
    text = essentials(first_case("iop", alarm=False), STANDARD, 40)
    assert text == "First: IOP. Not a diagnosis.\n911. 988."


def test_with_more_room_more_is_told() -> None:
    text = essentials(first_case("iop", alarm=False), FULL, 425)
    assert "Find care: 1-800-662-4357." in text
    assert "Riverside Recovery Center of the Greater Metropolitan Area. Team 0: Call 555-0100." in text
    assert len(text.splitlines()) > len(essentials(first_case("iop", alarm=False), FULL, 134).splitlines())


def test_a_step_may_hold_signs_that_take_more_than_a_byte() -> None:
    screening = small()
    steps = (FirstStep("medical_check", "Vea a un médico hoy", "Hoy.", HERE), *screening.care.first_steps[1:])
    result = result_for(
        replace(screening, care=replace(screening.care, first_steps=steps)), {"help_with": ("alcohol",), "drinks": 9}
    )
    for room in range(60, 200):
        assert len(essentials(result, STANDARD, room).encode()) <= room
