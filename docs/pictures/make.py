"""Make README's pictures anew, from the running wizard: `python docs/pictures/make.py`.

With `--check` nothing is written: the exit status is 1 where a picture shows what the program no longer does.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from recording import Frame, animated, frame
from textual.pilot import Pilot

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
from iop_tui.tui.arrival import NOWHERE, own_step
from iop_tui.tui.question import QuestionPage
from iop_tui.tui.result import ResultPage
from iop_tui.tui.sheet import Sheet
from iop_tui.tui.themes import DARK

HERE = Path(__file__).parent
STALE: list[str] = []
"""The names of pictures that are not as they are drawn now."""
WIDE, HIGH = 80, 24
ASKED: Mapping[str, Sequence[str]] = {
    "help_with": ("1",),
    "daily_life": ("down",),
    "drinks_per_day": ("5",),
    "use_again": ("down", "down"),
}
"""The questions that are recorded, and the keys that are pressed there."""
ON_THE_PHONE = (
    "who_for",
    "age_group",
    "help_with",
    "danger_signs",
    "suicide_thoughts",
    "someone_in_danger",
    "daily_use",
)
"""What the caller of the counselor's picture has answered: as the same person would, but without a home."""
ABOUT = "iop-tui, recorded: the welcome page, a few questions, and the result on one card."
# The exported picture asks the viewer's browser to fetch fonts; any monospace font will do.
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.S)


async def pictures() -> None:
    """The recording of one of the example people; the kiosk's first page; the counselor's desk."""
    screening = load(shipped())
    person = next(case for case in load_cases(shipped(), screening, Report()) if case.id == "nurse_with_wine")
    await recording(screening, person.answers)
    kiosk = KioskWizard(
        screening,
        Site(SourceLocation("", 1), clinic="Lakeside Recovery Center"),
        HeartbeatPipe(-1),
        None,
        exit,
        clock=lambda: 20.0,
    )
    kiosk.theme = DARK.name
    async with kiosk.run_test(size=(WIDE, HIGH)) as pilot:
        await pilot.pause()
        save(kiosk, "kiosk")

    with tempfile.TemporaryDirectory() as top:
        await desk(screening, person.answers, f"sqlite:///{top}/records/records.db")


async def recording(screening: Screening, answers: Mapping[str, Answer]) -> None:
    """From the welcome page through a few questions to the card, whose marker arrives."""
    app = Wizard(screening.manifest, lambda: screening)
    app.theme = DARK.name
    ground = DARK.background or ""
    frames: list[Frame] = []

    async def seen(pilot: Pilot[Any], seconds: float) -> None:
        await pilot.pause()
        frames.append(frame(app.screen._compositor.render_strips(), seconds, ground))

    async with app.run_test(size=(WIDE, HIGH)) as pilot:
        await seen(pilot, 3.0)
        for name, keys in ASKED.items():
            await app.stage(QuestionPage(until(app.interview, name, answers)))
            await seen(pilot, 1.2)
            for key in keys:
                await pilot.press(key)
                await seen(pilot, 0.6)
        shown = document(result_for(screening, answers))
        await app.stage(ResultPage(shown))
        await pilot.pause()
        sheet, step = app.screen.query_one(Sheet), own_step(shown.sections[0]) or 0
        for row in range(NOWHERE, step):
            sheet.show_marker(row)
            await seen(pilot, 0.25)
        sheet.show_marker(None)
        await seen(pilot, 3.0)
    write("recording.svg", animated(frames, columns=WIDE, ground=ground, about=ABOUT))


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


async def desk(screening: Screening, answers: Mapping[str, Answer], url: str) -> None:
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
        given = {name: answer for name, answer in answers.items() if name in ON_THE_PHONE} | {"living": ("nowhere",)}
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
    write(f"{name}.svg", "\n".join(line.rstrip() for line in picture.splitlines()) + "\n")


def write(name: str, picture: str) -> None:
    """Put a picture beside this file; with `--check`, say whether the one that is there is the same."""
    path = HERE / name
    if "--check" not in sys.argv:
        path.write_text(picture)
    elif not path.exists() or path.read_text() != picture:
        STALE.append(name)


def main() -> int:
    """The exit status: 1 where a picture is stale."""
    asyncio.run(pictures())
    for name in STALE:
        print(f"docs/pictures/{name} is stale: run python docs/pictures/make.py", file=sys.stderr)
    return 1 if STALE else 0


if __name__ == "__main__":
    sys.exit(main())
