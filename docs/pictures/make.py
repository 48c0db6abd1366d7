"""Make README's pictures anew, from the running wizard: `python docs/pictures/make.py`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from iop_tui.call.operations import answered, moved_to
from iop_tui.counselor.app import Counselor
from iop_tui.counselor.messages import CallChosen, Unlocked
from iop_tui.kiosk.app import KioskWizard
from iop_tui.kiosk.heartbeat import HeartbeatPipe
from iop_tui.records import open_records
from iop_tui.records.store import Records
from iop_tui.result.build import result_for
from iop_tui.result.document import document
from iop_tui.screening.assessment.cases import load_cases
from iop_tui.screening.engine.interview import Alarmed, Asking, Interview
from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.screening.problems import Report
from iop_tui.screening.shipped import shipped
from iop_tui.site.settings import Site
from iop_tui.tui.app import Wizard
from iop_tui.tui.question import QuestionPage
from iop_tui.tui.result import ResultPage
from iop_tui.tui.themes import DARK

HERE = Path(__file__).parent
# The exported picture asks the viewer's browser to fetch fonts; any monospace font will do.
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.S)


async def main() -> None:
    """The question page and the summary of one of the example people, at 80x24; the kiosk's first page; the
    counselor's desk.
    """
    screening = load(shipped())
    person = next(case for case in load_cases(shipped(), screening, Report()) if case.id == "nurse_with_wine")
    app = Wizard(screening.manifest, lambda: screening)
    app.theme = DARK.name
    async with app.run_test(size=(80, 24)) as pilot:
        await app.stage(QuestionPage(until(app.interview, "use_again", person.answers)))
        await pilot.press("down", "down")
        await pilot.pause()
        save(app, "question")
        await app.stage(ResultPage(document(result_for(screening, person.answers))))
        await pilot.pause()
        save(app, "summary")

    kiosk = KioskWizard(
        screening,
        Site(SourceLocation("", 1), clinic="Lakeside Recovery Center"),
        HeartbeatPipe(-1),
        None,
        exit,
        clock=lambda: 20.0,
    )
    kiosk.theme = DARK.name
    async with kiosk.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        save(kiosk, "kiosk")

    with tempfile.TemporaryDirectory() as top:
        await desk(screening, f"sqlite:///{top}/records/records.db")


def until(interview: Interview, name: str, answers: Mapping[str, Answer]) -> Interview:
    """The interview at a question, with a person's answers to those before it and every crisis page passed."""
    while True:
        step = interview.step
        if isinstance(step, Asking) and step.question.id != name:
            interview = interview.answer(answers[step.question.id])
        elif isinstance(step, Alarmed):
            interview = interview.acknowledged()
        else:
            return interview


async def desk(screening: Screening, url: str) -> None:
    """The counselor's desk in the middle of a call, at 120x40."""

    def opened(passphrase: str) -> Records:
        return open_records(url, passphrase, by="Jo", create=True)

    began = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
    app = Counselor(
        screening,
        Site(SourceLocation("", 1)),
        opened,
        by="Jo",
        is_new=False,
        clock=lambda: began + timedelta(minutes=4),
        monotonic=lambda: 0.0,
    )
    app.theme = DARK.name
    async with app.run_test(size=(120, 40)) as pilot:
        app.post_message(Unlocked(app.screen, opened("four quiet herons by the mill")))
        await pilot.pause(1.0)
        app.post_message(CallChosen(app.screen, None))
        await pilot.pause(1.0)
        given: dict[str, Answer] = {
            "who_for": "self",
            "age_group": "adult",
            "help_with": ("alcohol",),
            "danger_signs": ("none",),
        }
        given |= {
            "danger_signs": ("none",),
            "suicide_thoughts": "none",
            "someone_in_danger": ("none",),
            "living": "nowhere",
            "daily_use": ("alcohol",),
        }
        for name, answer in given.items():
            app.change_call(partial(answered, question_id=name, answer=answer, now=began))
        app.change_call(lambda work: moved_to(work, "withdrawal_signs", began))
        await pilot.pause(3.0)
        save(app, "desk")


def save(app: Wizard, name: str) -> None:
    """Write a picture of what is shown."""
    picture = _FONTS.sub("", app.export_screenshot(title="iop-tui"))
    # Without this, viewers drop the spaces at the edges of each run of text.
    picture = picture.replace("<svg ", '<svg xml:space="preserve" ', 1)
    (HERE / f"{name}.svg").write_text("\n".join(line.rstrip() for line in picture.splitlines()) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
