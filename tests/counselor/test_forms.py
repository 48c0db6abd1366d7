"""Forms of others within a call: asked, saved as they go, taken up again, and taken off."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from iop_tui.call.operations import answered, with_forms
from iop_tui.call.record import FilledForm
from iop_tui.counselor.messages import ConflictResolved
from iop_tui.counselor.pages.forms import FormsPage, rows_of
from iop_tui.export.call_report import report_on
from iop_tui.export.fhir.bundle import as_fhir
from iop_tui.records.errors import Busy
from iop_tui.site.form_shelf import FormShelf, ShelvedForm
from iop_tui.tui.base_screen import Page
from iop_tui.tui.choices import Choices
from tests.counselor.desk_pilot import START, Shelf, at_desk, opened
from tests.counselor.forms_pilot import DEAD, asked, asked_about_death, list_of_forms, site, the_form
from tests.forms.mood import chosen, filled, mood_bytes
from tests.shipped import SHIPPED


def saved_forms(shelf: Shelf) -> list[FilledForm]:
    return [form for call, _card, _version in shelf.calls.values() for form in call.forms]


async def test_a_form_is_asked_saved_left_and_taken_up_again_and_goes_out(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked(at)
        assert "Little interest?" in at.sees()
        await at.press("2")
        await at.until(lambda: [form.answered for form in saved_forms(at.shelf)] == [1])
        await at.press("1")
        await at.until(lambda: the_form(at).answered == 2)
        await at.type("71.50")
        # What was typed and can be an answer is one when the counselor leaves.
        await at.press("escape")
        await at.until_on("FormsPage")
        await at.until_sees("3 answered, 1 left")
        await at.press("escape")
        await at.until_on("Desk")
        await at.until_saved()
        await asked(at)
        assert "Anything else?" in at.sees()
        await at.type("The rent")
        await at.press("enter")
        await at.until_on("ReviewOverDesk")
        await at.until(lambda: [form.complete for form in saved_forms(at.shelf)] == [True])
        await at.press("1")
        await at.until_on("FormsPage")
        await at.until_sees("complete, 4 answered")
        bundle = json.loads(as_fhir(report_on(at.work, at.app.site)))
        response = next(
            e["resource"] for e in bundle["entry"] if e["resource"].get("questionnaire") == "http://example.org/q"
        )
        assert [each["linkId"] for each in response["item"]] == ["little", "dead", "weight", "else"]
        assert "71.50" in the_form(at).response


async def test_a_call_with_a_form_is_resumed_from_the_records_with_its_answers(tmp_path: Path) -> None:
    shelf = Shelf()
    async with at_desk(SHIPPED, shelf=shelf, site=site(tmp_path)) as at:
        await asked(at)
        await at.press("3")
        await at.until(lambda: bool(saved_forms(shelf)))
    async with opened(SHIPPED, shelf=shelf, site=site(tmp_path)) as at:
        await at.press("enter")
        await at.until_on("Desk")
        await asked(at)
        assert DEAD in at.sees()
        await at.press("left")
        await at.until_sees("Little interest?")
        assert "› 3" in at.sees()
        # Looking changes nothing: the call is not saved for it.
        before = shelf.tries
        await at.press("escape")
        await at.until_on("FormsPage")
        assert shelf.tries == before


async def test_a_save_that_fails_is_told_on_the_question_and_loses_nothing(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked(at)
        at.shelf.fails = Busy()
        await at.press("2")
        await at.until_sees("NOT SAVED")
        await at.press("1")
        await at.until(lambda: the_form(at).answered == 2)
        at.shelf.fails = None
        await at.until(lambda: [form.answered for form in saved_forms(at.shelf)] == [2])
        await at.until(lambda: "NOT SAVED" not in at.sees())


async def test_a_changed_form_is_said_and_its_lost_answer_is_kept(tmp_path: Path) -> None:
    shelf = Shelf()
    clinic = site(tmp_path)
    async with at_desk(SHIPPED, shelf=shelf, site=clinic) as at:
        await asked(at)
        await at.press("2")
        await at.until(lambda: bool(saved_forms(shelf)))
        await at.press("escape")
        await at.until_on("FormsPage")
        (tmp_path / "mood.json").write_bytes(mood_bytes(without="little", version="2"))
        await at.press("escape")
        await at.until_on("Desk")
        await list_of_forms(at)
        await at.until_sees("its file was changed")
        await at.press("1")
        await at.until_on("IntroOverDesk")
        seen = " ".join(at.sees().split())
        assert "The form's file was changed after these answers were given." in seen
        assert "1 answer does not fit it any more. It stays in the record" in seen
        await at.press("1")
        await at.until_on("QuestionOverDesk")
        await at.press("1")
        await at.until(lambda: [form.lines[0].ask for form in saved_forms(shelf)] == [DEAD])
        assert [each.said for each in the_form(at).unfit] == ["Several days"]


async def test_a_form_whose_file_is_gone_can_be_read_and_the_desk_says_what_is_missing(tmp_path: Path) -> None:
    shelf = Shelf()
    clinic = site(tmp_path, "mood.json", "gone.json")
    (tmp_path / "broken.json").write_text("{")
    async with opened(SHIPPED, (100, 30), shelf, clinic) as at:
        seen = " ".join(at.sees().split())
        assert f"{tmp_path}/site.yaml:3: forms: {tmp_path}/gone.json cannot be read" in seen.replace("- ", "-")
        await at.press("n")
        await at.until_on("Desk")
        await asked(at)
        await at.press("2")
        await at.until(lambda: bool(saved_forms(shelf)))
        await at.press("escape")
        await at.until_on("FormsPage")
        (tmp_path / "mood.json").unlink()
        await at.press("escape")
        await at.until_on("Desk")
        await list_of_forms(at)
        await at.until_sees("its file cannot be opened")
        await at.press("1")
        await at.until_on("FilledFormPage")
        seen = " ".join(at.sees().split())
        assert "cannot be read" in seen
        assert "Little interest? Several days" in seen


async def test_a_form_is_taken_off_only_after_a_question(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked(at)
        await at.press("2")
        await at.until(lambda: bool(saved_forms(at.shelf)))
        await at.press("escape")
        await at.until_on("FormsPage")
        await at.press("delete")
        await at.until_on("ConfirmPage")
        await at.press("1")
        await at.until_on("FormsPage")
        assert at.work.call.forms
        await at.press("delete")
        await at.until_on("ConfirmPage")
        await at.press("2")
        await at.until_on("FormsPage")
        await at.until_sees("not begun")
        await at.until(lambda: not saved_forms(at.shelf))


async def test_somebody_elses_version_of_a_form_is_not_written_over(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked(at)
        await at.press("1")
        await at.until(lambda: bool(saved_forms(at.shelf)))
        theirs = filled({"little": chosen("most")}).call.forms[0]
        at.shelf.change_meanwhile(lambda call: with_forms(at.work, (theirs,), START).call if call.forms else call)
        await at.press("1")
        await at.until_on("ConflictPage")
        seen = " ".join(at.sees().split())
        assert "Low mood" in seen
        page = at.app.screen
        assert isinstance(page, Page)
        page.post_message(ConflictResolved(page, "theirs"))
        await at.until_on("FormsPage")
        assert at.work.call.forms == (theirs,)


async def test_a_call_that_is_deleted_while_a_form_is_asked_leaves_nothing_of_it_on_the_screen(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked(at)
        await at.press("1")
        await at.until(lambda: bool(saved_forms(at.shelf)))
        at.shelf.calls.clear()
        await at.press("1")
        await at.until_on("CallDeletedPage")
        assert the_form(at).answered == 2
        await at.heard()
        drop = next(choice for choice in at.app.screen.query_one(Choices).offered if "delete" in choice.text.lower())
        await at.press(drop.key)
        await at.until_on("CallsPage")
        names = [type(page).__name__ for page in at.app.screen_stack]
        assert not [name for name in names if "Desk" in name or "Form" in name]


async def test_the_list_can_be_left_with_the_program_and_what_was_typed_is_kept(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("1")
        await at.until_sees("Weight in kg?")
        await at.type("7")
        await at.press("tab", "q")
        await at.until_on("ConfirmPage")
        assert the_form(at).answered == 3


async def test_what_was_typed_and_is_no_answer_is_said_not_to_be_saved_and_still_stands_there(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("1")
        await at.until_sees("Weight in kg?")
        await at.type("seven")
        await at.press("escape")
        await at.until_on("FormsPage")
        assert the_form(at).answered == 2
        await at.until_sees("is not saved")
        await at.press("1")
        await at.until(lambda: at.page() in ("IntroOverDesk", "QuestionOverDesk"))
        if at.page() == "IntroOverDesk":
            await at.press("1")
        await at.until_sees("seven")


async def test_the_finish_names_a_form_that_is_not_complete(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, (120, 40), site=site(tmp_path)) as at:
        await asked(at)
        await at.press("1", "escape")
        await at.until_on("FormsPage")
        await at.press("escape")
        await at.until_on("Desk")
        await at.press("f")
        await at.until_on("FinishPage")
        assert "Forms that are not complete" in at.sees()


def test_of_two_versions_of_a_form_each_keeps_its_own_answers(tmp_path: Path) -> None:
    clinic = site(tmp_path, "second.json", "mood.json", "gone.json")
    (tmp_path / "second.json").write_bytes(mood_bytes(version="2"))
    [first] = filled({"little": chosen("no")}).call.forms
    lost = replace(first, id="lost", sha256="0" * 64, url="http://example.org/another", source="gone.json")
    other = replace(lost, id="other", source="taken-out.json")
    rows = rows_of(FormShelf(clinic).forms(), (first, lost, other))
    assert [row.filled.id if row.filled else None for row in rows] == [None, first.id, "lost", "other"]
    assert [row.shelved is None for row in rows] == [False, False, False, True]
    assert "its file is not offered any more" in rows[-1].state


async def test_a_question_under_another_page_goes_once_the_form_has_other_answers(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await asked_about_death(at)
        await at.press("h")
        await at.until_on("HelpPage")
        theirs = filled({"little": chosen("most")}).call.forms[0]
        at.app.change_call(lambda work: with_forms(work, (theirs,), START))
        await at.press("escape")
        await at.until_on("FormsPage")
        assert at.work.call.forms == (theirs,)


async def test_a_list_that_is_left_while_the_files_are_read_is_gone_and_holds_up_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = threading.Event()
    read = FormShelf.forms

    def slow(shelf: FormShelf) -> tuple[ShelvedForm, ...]:
        disk.wait(10)
        return read(shelf)

    monkeypatch.setattr(FormShelf, "forms", slow)
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await at.press("a")
        await at.until_sees("The forms are being read")
        page = at.app.screen
        assert isinstance(page, FormsPage)
        await at.press("escape")
        await at.until_on("Desk")
        disk.set()
        await at.until(lambda: all(worker.is_finished for worker in at.app.workers))
        # What was read late is shown nowhere.
        page.show_read(())
        assert at.page() == "Desk"


async def test_the_key_is_in_the_bar_only_where_there_are_forms(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        assert "A Form" in at.sees()
    async with at_desk(SHIPPED) as at:
        assert "A Form" not in at.sees()
        await at.press("a")
        assert at.page() == "Desk"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_every_page_of_a_form_over_the_desk_fits_the_window(tmp_path: Path, size: tuple[int, int]) -> None:
    async with at_desk(SHIPPED, size, site=site(tmp_path)) as at:
        await list_of_forms(at)
        assert "Low mood" in at.sees()
        assert "[b]" in at.sees()
        await at.press("1", "1")
        await at.until_on("QuestionOverDesk")
        assert "Esc" in at.sees().splitlines()[-1]
        assert all(len(line) <= size[0] for line in at.sees().splitlines())


def test_the_desk_imports_nothing_of_forms_before_somebody_asks_for_them() -> None:
    code = (
        "import sys; import iop_tui.counselor.app, iop_tui.counselor.pages.calls, iop_tui.export.formats;"
        "print(sorted(name for name in sys.modules if name.startswith('iop_tui.forms')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_the_answers_to_the_screening_are_not_touched_by_a_form(tmp_path: Path) -> None:
    async with at_desk(SHIPPED, site=site(tmp_path)) as at:
        await at.press("1")
        before = at.work.call.answers
        await asked(at)
        await at.press("1", "1")
        await at.until(lambda: the_form(at).answered == 2)
        assert at.work.call.answers == before
        at.app.change_call(lambda work: answered(work, "who_for", "someone_else", START))
        assert the_form(at).answered == 2
