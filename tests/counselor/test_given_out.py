"""What leaves the desk, and what retention takes from the list, with records in a real file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.counselor.pages.export import ExportPage
from iop_tui.records import clocks, envelope, open_records
from iop_tui.site.settings import STANDARD, Retention
from iop_tui.tui.choices import Choices
from iop_tui.tui.fields import Line
from tests.counselor.on_disk import Desk, at_desk
from tests.records.made import SECRET, Clock, a_call, card_of


async def written(desk: Desk, path: Path) -> None:
    """The call on the desk is written to a file, as text."""
    work = desk.app.work
    assert work is not None
    await desk.open(ExportPage(work))
    desk.app.screen.query_one("#path", Line).value = str(path)
    desk.app.screen.set_focus(desk.app.screen.query_one(Choices))
    await desk.press("1")
    await desk.until(lambda: "Writing" not in desk.reads())


@pytest.mark.parametrize("begun", ["answered", "untouched"])
async def test_what_is_given_out_is_what_is_saved_and_the_audit_has_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    async with at_desk(tmp_path, monkeypatch, calls=begun == "answered") as desk:
        if begun == "untouched":
            await desk.press("n")
            await desk.until_on("Desk")
        await written(desk, tmp_path / "note")
        assert "Written:" in desk.reads()
        assert (tmp_path / "note.txt").exists()
        assert desk.app.work is not None
        assert desk.app.files_written(desk.app.work.call.id) == (tmp_path / "note.txt",)
        records = desk.app.records
        version = records.version_of(records.cards()[0].id)
        told = [(entry.what, entry.version) for entry in records.audit() if "export" in entry.what]
        assert told == [("call export begun: text", version), ("call exported: text", version)]


async def test_what_is_not_saved_is_not_given_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        for each in desk.file.parent.glob("records.db*"):
            each.unlink()
        await desk.press("m")
        await desk.until_on("RecordsReplacedPage")
        await desk.press("1")
        await desk.until_on("Desk")
        await written(desk, tmp_path / "note")
        assert "Nothing was written: the last of this call is not saved." in desk.reads()
        assert not (tmp_path / "note.txt").exists()


async def test_a_clock_that_is_ahead_is_told_on_the_list_and_takes_nothing_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    monkeypatch.setattr(clocks, "utc_now", lambda: clock.now)
    monkeypatch.setattr(envelope, "_COST", 1 << 4)
    records = open_records(f"sqlite:///{tmp_path}/data/records.db", SECRET, by="Ana", create=True)
    call = a_call()
    records.save(call, card_of(call, changed=clock.now), 0)
    records.close()
    clock.now += timedelta(days=3650)
    site = replace(STANDARD, retention=Retention(STANDARD.where, open=30))

    def now() -> datetime:
        return clock.now

    async with at_desk(tmp_path, monkeypatch, calls=False, site=site, clock=now) as desk:
        assert "Kept, though by their own times" in desk.reads()
        assert "1 in all" in desk.reads()
