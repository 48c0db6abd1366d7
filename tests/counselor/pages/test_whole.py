"""Every page around the desk is whole, keeps text from being read as markup, and shows the keys that it has."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.screen import Screen

from iop_tui.call.operations import CallState, judged, noted, noted_call, ticked, with_reference
from iop_tui.call.record import Card, Judgment
from iop_tui.counselor.alarms import call_alarms
from iop_tui.counselor.pages.calls import CallsPage
from iop_tui.counselor.pages.conflict import ConflictPage
from iop_tui.counselor.pages.explanation import ExplanationPage
from iop_tui.counselor.pages.export import ExportPage
from iop_tui.counselor.pages.finish import FinishPage
from iop_tui.counselor.pages.judgment import JudgmentPage
from iop_tui.counselor.pages.jump import JumpPage
from iop_tui.counselor.pages.notes import CallNotePage, NotePage
from iop_tui.counselor.pages.passphrase import LockPage, PassphrasePage
from iop_tui.counselor.pages.protocol import ProtocolPage
from iop_tui.counselor.pages.what_if import WhatIfPage
from iop_tui.records.store import Records
from iop_tui.records.stored import Stored
from iop_tui.screening.assessment.assess import assess
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import STANDARD, Site
from iop_tui.tui.footer import FooterKey
from tests.core.small import small
from tests.counselor.pages.around import BEGAN, call, someone
from tests.shipped import LEVELS, SHIPPED
from tests.tui.test_whole import NASTY, poisoned

WORK = call(
    {
        "who_for": "self",
        "danger_signs": ("chest_pain", "seizure"),
        "suicide_thoughts": "often",
        "living": (SHIPPED.question("living").options[2].id,),
    }
)


def card(reference: str) -> Card:
    return Card("a" * 32, "open", reference, "b" * 60, BEGAN, BEGAN, 90, 3, 40, "", "iop", LEVELS, ("x",), None, "")


def never(_passphrase: str) -> Records:
    return cast("Records", None)


def every(work: CallState, screening: Screening, site: Site) -> list[Callable[[], Screen[None]]]:
    """Every page, for a call."""
    result = assess(screening, work.interview.answers)
    theirs = Stored(noted_call(work, "theirs " * 20, BEGAN).call, 3, BEGAN, "ben")
    return [
        lambda: PassphrasePage(never, False),
        lambda: PassphrasePage(never, True),
        lambda: LockPage(never),
        lambda: CallsPage([card(work.call.reference)] * 40, "Said."),
        *((lambda alarm=danger.alarm: ProtocolPage(work, alarm, site)) for danger in call_alarms(work)),
        lambda: ExplanationPage(work, result),
        lambda: WhatIfPage(work, result),
        lambda: JudgmentPage(work, result),
        lambda: JumpPage(work),
        lambda: NotePage(screening.questions[0].ask, work.call.note, lambda _text: lambda work: work),
        lambda: CallNotePage(work),
        lambda: FinishPage(work),
        lambda: ExportPage(work),
        lambda: ConflictPage(work.call, theirs),
    ]


@pytest.mark.parametrize(
    "size", [(60, 20), *(pytest.param(size, marks=pytest.mark.thorough) for size in ((80, 23), (120, 40)))], ids=str
)
async def test_no_page_is_wider_than_the_window_and_every_key_is_seen(size: tuple[int, int]) -> None:
    async with someone(WORK, size) as counselor:
        for make in every(WORK, SHIPPED, STANDARD):
            await counselor.open(make())
            await counselor.settle()
            assert counselor.page() != "Empty"
            lines = counselor.lines()
            assert max(map(cell_len, lines)) <= size[0], counselor.page()
            foot = " ".join(lines[-2:])
            for each in counselor.app.screen.query(FooterKey):
                if each.display:
                    assert each.hint.key in foot, (counselor.page(), each.hint)
                    assert each.region.right <= size[0], (counselor.page(), each.hint)
            for widget in counselor.app.screen.query("Line, Area, Choices, CardList"):
                assert widget.region.height > 0, (counselor.page(), widget)
                assert counselor.app.screen.region.contains_region(widget.region), (counselor.page(), widget)
            await counselor.app.pop_screen()


@pytest.mark.parametrize("size", [(80, 24), pytest.param((120, 40), marks=pytest.mark.thorough)], ids=str)
async def test_text_that_looks_like_markup_is_shown_as_it_stands(size: tuple[int, int]) -> None:
    screening = poisoned(small())
    work = call({"who_for": "self", "thoughts": "often"}, screening)
    work = judged(work, Judgment(False, BEGAN, NASTY, "php", NASTY))
    work = noted(noted_call(with_reference(work, NASTY, BEGAN), NASTY, BEGAN), "thoughts", NASTY, BEGAN)
    site = replace(STANDARD, protocols={}, protocol=(NASTY,))
    alarm = call_alarms(work)[0].alarm
    work = ticked(work, alarm.id, NASTY, "ana", BEGAN)
    async with someone(work, size, screening=screening, site=site) as counselor:
        for make in every(work, screening, site):
            await counselor.open(make())
            await counselor.settle()
            if counselor.page() not in ("PassphrasePage", "LockPage", "ExportPage"):
                assert "[/] [bold]" in counselor.reads(), counselor.page()
            if counselor.page() == "JumpPage":
                await counselor.type("bold")
                assert "[/] [bold]" in counselor.reads()
            await counselor.app.pop_screen()
