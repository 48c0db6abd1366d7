"""Who has reviewed a screening is told wherever it is shown, in the same words, and fits there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.export.data import as_json
from iop_tui.export.fhir.bundle import as_fhir
from iop_tui.export.note_text import as_note_text
from iop_tui.firstpaint import ansi
from iop_tui.line import pages
from iop_tui.result.blocks import Words
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.review.sentences import review_line, review_lines
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.i18n.language import use
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import STANDARD
from iop_tui.takeaway.markdown import as_markdown
from iop_tui.takeaway.printed_page import LINES, as_page
from iop_tui.takeaway.text import as_text
from iop_tui.tui.app import Wizard
from tests.app_driver import AppDriver, running
from tests.core.small import small
from tests.export.calls import a_call, reported
from tests.kiosk.pages.visitor import visitor
from tests.review.clinic import Clinic, Reviewer, reviewed_by
from tests.shipped import CASES, PEOPLE, SHIPPED
from tests.tui.test_card import LANGUAGES, ROOMS, lines_of
from tests.tui.test_firstpaint import FEW, at_welcome, drawn_by_textual, page_of, painted, resized, seen

LONGEST = reviewed_by(SHIPPED, "Dr. Maximiliana Featherstonehaugh-Rivera", "unknown key")
"""The longest that the line can be."""
REVIEWED = reviewed_by(SHIPPED, "Ana Rivera")
SAID = f"Reviewed by Ana Rivera, {local_today()}."
SMALL = reviewed_by(small(), "Ana Rivera")


def folded(text: str) -> str:
    return " ".join(text.split())


def test_files_and_printed_pages_close_with_it() -> None:
    for screening, said in ((REVIEWED, SAID), (SHIPPED, "No clinician has reviewed this tool yet.")):
        result = result_for(screening, PEOPLE[0])
        made = document(result, "clinician")
        assert made.made_with == f"Made with level-of-care 2026.11. {said}"
        printed = as_page(result, STANDARD, day="today")
        for text in (as_text(made), as_markdown(made), printed):
            assert said in folded(text.replace("\\", ""))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_longest_line_fits_every_card_and_the_printed_page(code: str) -> None:
    use(code)
    screening = in_language(LONGEST, code) if code != "en" else LONGEST
    assert len(review_line(screening)) > 90
    # The cards that are long already are among them.
    for case in CASES[::30]:
        result = result_for(screening, case.answers)
        if result.level is not None:
            card = document(result).sections[0]
            for width, height in ROOMS.values():
                assert len(lines_of(card, width, height)) <= height, (case.id, width, height)
            # A card of more words or lines than it may have says it in short, and its files say it whole.
            closing = card.blocks[-1]
            assert isinstance(closing, Words)
            told = folded(review_line(screening)) in folded(" ".join(lines_of(card, 112, 34)))
            assert told or not closing.short, case.id
    for case in CASES[::100]:
        assert as_page(result_for(screening, case.answers), STANDARD, day="today").count("\n") <= LINES


def test_a_page_of_danger_speaks_of_nothing_else() -> None:
    plan = next(case for case in CASES if result_for(SHIPPED, case.answers).level is None)
    [section, *_more] = document(result_for(REVIEWED, plan.answers)).sections
    assert section.id == "danger"
    assert "Ana Rivera" not in " ".join(lines_of(section, 75, 18))


def test_notes_data_and_fhir_tell_it() -> None:
    report = reported(a_call(SMALL), SMALL)
    assert SAID in as_note_text(report)
    data = json.loads(as_json(report))
    assert data["review"]["says"] == SAID
    assert data["review"]["state"] == "reviewed"
    assert [part["part"] for part in data["review"]["parts"]] == ["rules", "texts", "crisis"]
    assert data["review"]["parts"][0]["reviews"][0]["license"] == "LCSW 12345"
    assert as_fhir(report).count(SAID) >= 2
    nobody = json.loads(as_json(reported(a_call(small()), small())))
    assert (nobody["review"]["state"], nobody["review"]["parts"]) == ("not reviewed", [])


def test_it_is_said_line_by_line() -> None:
    assert SAID in pages.welcome(REVIEWED, ["Start the questions"])
    assert SAID in pages.comparison(REVIEWED)[-1]


async def test_it_is_on_the_first_page_and_in_full_behind_its_key() -> None:
    async with running(AppDriver(Wizard(None, lambda: REVIEWED)), (80, 24)) as someone:
        assert f"Not a diagnosis. {SAID} A: about this." in folded(someone.reads())
        await someone.press("a")
        await someone.press("end")
        for line in review_lines(REVIEWED):
            assert line in folded(someone.reads())


async def test_a_screening_without_a_page_on_its_limits_tells_it_too() -> None:
    async with running(AppDriver(Wizard(None, lambda: SMALL)), (80, 24)) as someone:
        assert SAID in folded(someone.reads())
        assert "about this" not in someone.reads()


@pytest.mark.parametrize(
    "screening", [REVIEWED, LONGEST, reviewed_by(small(), "Ana Rivera")], ids=["a", "long", "small"]
)
@pytest.mark.parametrize("code", LANGUAGES)
async def test_the_early_first_page_is_the_one_that_textual_draws(
    monkeypatch: pytest.MonkeyPatch, code: str, screening: Screening
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    use(code)
    app = Wizard(None, lambda: screening)
    page = page_of(screening.manifest)
    page.reviewed = review_line(replace(screening, language=code))
    async with at_welcome(app) as driver:
        for size in FEW:
            await resized(driver, size)
            early = painted(page, size, None, ansi.TRUE)
            assert early is not None
            assert seen(early, *size) == seen(drawn_by_textual(app, ansi.TRUE), *size), size


async def test_a_visitor_of_a_kiosk_is_told_too() -> None:
    async with visitor(REVIEWED) as someone:
        await someone.press("enter")
        assert SAID in folded(someone.reads())


async def test_a_longest_line_leaves_the_first_page_usable_in_the_smallest_window() -> None:
    app = Wizard(None, lambda: LONGEST)
    async with running(AppDriver(app), (60, 20)) as driver:
        assert "Start the questions" in driver.reads()
        await driver.press("1")
        assert driver.page() == "QuestionPage"


def test_the_wizard_knows_the_reviewers_of_the_site_file_it_is_given(tmp_path: Path) -> None:
    clinic, ana = Clinic(tmp_path / "q"), Reviewer("Ana Rivera")
    clinic.signs(ana, days=100_000)
    site = tmp_path / "site.yaml"
    site.write_text(f'reviewers: [{{name: Ana Rivera, key: "{ana.public}"}}]\n')
    wizard = [sys.executable, "-m", "iop_tui", "--questions", str(clinic.place), "--line"]
    for more, said in (
        ([], "Signed by Ana Rivera, 2026-12-01. We could not confirm who that is."),
        (["--site", str(site)], "Reviewed by Ana Rivera, 2026-12-01."),
    ):
        done = subprocess.run(
            [*wizard, *more], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=True
        )
        assert said in done.stdout.splitlines()


def test_without_reviews_nothing_that_reads_or_checks_them_is_imported() -> None:
    code = (
        "import sys\n"
        "from iop_tui.commands.first_page import show_shipped\n"
        "from iop_tui.review.attach import with_reviews\n"
        "from iop_tui.screening.shipped import sound\n"
        "show_shipped()\n"
        "assert not with_reviews(sound()).reviews.exist\n"
        "print([name for name in sys.modules if name.startswith(('cryptography', 'iop_tui.review.'))])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "['iop_tui.review.attach']"
