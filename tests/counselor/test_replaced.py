"""The file with the records is renamed, replaced or deleted while a call lies on the desk: the desk says so, keeps
every answer, and goes on where the counselor chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from iop_tui.counselor.pages.calls import CallsPage
from iop_tui.counselor.save_recovery import PATIENCE
from tests.counselor.on_disk import Desk, at_desk, at_passphrase
from tests.records.made import copy_of
from tests.records.test_replaced import deleted, renamed_for_an_older_one, replaced_with_its_companions

KEPT = "records-kept-20261122-140533.db"


async def answered_elsewhere(desk: Desk, take: Callable[[Path, Path], None]) -> dict[str, object]:
    """The file is taken away, a backup of just now may come in its place, and the next answer is given; what is on the
    desk then.
    """
    take(desk.file, copy_of(desk.file, desk.file.with_name("backup.db")))
    before = desk.given
    await desk.press("1", "c")
    await desk.until(lambda: desk.given != before)
    await desk.until_on("RecordsReplacedPage")
    return desk.given


async def test_a_file_that_was_deleted_can_be_put_back_with_every_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        given = await answered_elsewhere(desk, deleted)
        assert "is not there any more" in desk.reads()
        await desk.press("2")
        await desk.until_on("RecordsSwitchedPage")
        assert "is back at" in desk.reads()
        await desk.press("1")
        await desk.until_on("Desk")
        await desk.until_saved()
        assert desk.given == given
    assert desk.given_in(desk.file) == [given]


async def test_it_goes_on_in_the_file_that_is_there_and_both_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        older = desk.given
        given = await answered_elsewhere(desk, replaced_with_its_companions)
        assert "another was put in its place" in desk.reads()
        await desk.press("2")
        await desk.until_on("ConflictPage")
        # Mine becomes a call beside the one that is there.
        await desk.press("1")
        await desk.until_saved()
        await desk.until_on("RecordsSwitchedPage")
        # Its name goes on in the next line.
        assert KEPT in desk.reads().replace(" ", "")
        assert desk.given == given
    assert sorted(desk.given_in(desk.file), key=len) == [older, given]
    assert desk.given_in(desk.file.with_name(KEPT)) == [older]


async def test_it_goes_on_in_a_new_file_which_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        given = await answered_elsewhere(desk, renamed_for_an_older_one)
        await desk.press("3")
        await desk.until_on("RecordsSwitchedPage")
        assert "Begin with it the next time: iop-tui counselor --records" in desk.reads()
        await desk.press("1")
        await desk.until_saved()
        # After a pause the passphrase opens the file in which it went on.
        await desk.away()
        await desk.passphrase()
        await desk.until_on("Desk")
        await desk.press("m")
        await desk.until(lambda: bool(desk.marked))
        await desk.until_saved()
    assert desk.given_in(desk.file.with_name(KEPT)) == [given]


async def test_not_now_keeps_every_answer_and_leaving_asks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        given = await answered_elsewhere(desk, deleted)
        await desk.press("1")
        await desk.until_on("Desk")
        assert "NOT SAVED" in desk.reads()
        await desk.press("m")
        await desk.until(lambda: bool(desk.marked))
        assert "NOT SAVED" in desk.reads()
        await desk.press("q")
        await desk.wait(PATIENCE)
        await desk.until_on("RecordsReplacedPage")
        assert "Leave, and lose what is not saved" in desk.reads()
        await desk.press("2")
        await desk.until_on("RecordsSwitchedPage")
        await desk.press("1")
        await desk.until_on("CallsPage")
    assert desk.given_in(desk.file) == [given]


async def test_what_could_not_be_saved_is_said_when_the_screen_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        await answered_elsewhere(desk, deleted)
        assert "is not there any more" in desk.app.finish()


async def test_a_covered_screen_opens_though_the_file_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        await desk.away()
        deleted(desk.file, desk.file)
        await desk.passphrase("not this one")
        await desk.until(lambda: "not the passphrase" in desk.reads())
        await desk.passphrase()
        await desk.until_on("Desk")
        await desk.press("1", "c")
        await desk.until_on("RecordsReplacedPage")


@pytest.mark.parametrize("key", ["r", "n"])
async def test_the_list_asks_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    async with at_desk(tmp_path, monkeypatch, calls=False) as desk:
        deleted(desk.file, desk.file)
        await desk.press(key)
        if key == "n":
            await desk.until_on("Desk")
            await desk.press("1")
        await desk.until_on("RecordsReplacedPage")
        await desk.press("2")
        await desk.until_on("RecordsSwitchedPage")
        await desk.press("1")
        await desk.until(lambda: isinstance(desk.app.screen, CallsPage) or desk.app.work is not None)
        assert desk.file.exists()


async def test_leaving_asks_where_the_file_is_gone_even_though_all_was_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_desk(tmp_path, monkeypatch) as desk:
        given = desk.given
        deleted(desk.file, desk.file)
        await desk.press("ctrl+c")
        await desk.until_on("ConfirmPage")
        await desk.press("2")
        await desk.until_on("RecordsReplacedPage")
        await desk.press("2")
        await desk.until(desk.file.exists)
    assert desk.given_in(desk.file) == [given]


async def test_who_never_typed_the_passphrase_leaves_without_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_passphrase(tmp_path, monkeypatch) as desk:
        await desk.press("ctrl+c")
        await desk.until_on("ConfirmPage")
        await desk.press("2")
        await desk.until(lambda: not desk.app.is_running)
    assert desk.app.return_code in (None, 0)
