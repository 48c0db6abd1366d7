"""Somebody at the desk who asks a form of others."""

from __future__ import annotations

from pathlib import Path

from iop_tui.call.record import FilledForm
from iop_tui.screening.model.field_types import SourceLocation
from iop_tui.site.settings import FormFile, Site
from tests.counselor.desk_pilot import At
from tests.forms.mood import mood_bytes

DEAD = "Thoughts of being better off dead?"


def site(folder: Path, *files: str) -> Site:
    """A site file that names these forms; `mood.json` is there."""
    (folder / "mood.json").write_bytes(mood_bytes())
    where = SourceLocation(str(folder / "site.yaml"), 3)
    return Site(where, forms=tuple(FormFile(file, where) for file in files or ("mood.json",)))


async def list_of_forms(at: At) -> None:
    await at.press("a")
    await at.until_on("FormsPage")
    await at.until(lambda: "1 " in at.sees() or "cannot" in at.sees())


async def asked(at: At) -> None:
    """The first question of the first form."""
    await list_of_forms(at)
    await at.press("1")
    await at.until(lambda: at.page() in ("IntroOverDesk", "QuestionOverDesk"))
    if at.page() == "IntroOverDesk":
        await at.press("1")
        await at.until_on("QuestionOverDesk")


async def asked_about_death(at: At) -> None:
    """The question about suicide, after an answer to the first one."""
    await asked(at)
    await at.press("1")
    await at.until_sees(DEAD)


def the_form(at: At) -> FilledForm:
    [form] = at.work.call.forms
    return form
