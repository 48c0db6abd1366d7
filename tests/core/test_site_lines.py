"""What a site file may not say of the clinic's own phone lines, and of words drawn large."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from iop_tui.screening.problems import Problem, Unusable
from iop_tui.site.site_file import PHONES, load_site

TODAY = date.today()  # noqa: DTZ011  # the same calendar as the program's
KIOSK = Path(__file__).parents[2] / "docs" / "kiosk.md"


def written(folder: Path, text: str) -> Path:
    path = folder / "site.yaml"
    path.write_text(text)
    return path


def problems(path: Path) -> tuple[Problem, ...]:
    with pytest.raises(Unusable) as unusable:
        load_site(path)
    return unusable.value.problems


def lines(count: int, checked: date) -> str:
    return "clinic: Us\nphones:\n" + f"  - {{name: Desk, reach: Dial 0, checked: {checked}}}\n" * count


def test_more_lines_than_anybody_reads_are_refused(tmp_path: Path) -> None:
    assert len(load_site(written(tmp_path, lines(PHONES, TODAY))).phones) == PHONES
    [problem] = problems(written(tmp_path, lines(PHONES + 1, TODAY)))
    assert problem.line == 2
    assert f"9 lines are more than a person in need can read; keep the {PHONES} that matter most" in problem.message


def test_the_page_for_clinics_names_the_same_number() -> None:
    [most] = re.findall(r"\| `phones` \|.*up to (\d+)", KIOSK.read_text())
    assert int(most) == PHONES


def test_a_line_that_was_tried_on_a_day_to_come_is_refused(tmp_path: Path) -> None:
    [problem] = problems(written(tmp_path, lines(1, TODAY + timedelta(days=2))))
    assert problem.line == 3
    assert "is still to come; write the day on which somebody last tried 'Desk'" in problem.message


def test_a_machine_whose_clock_begins_in_the_past_still_starts(tmp_path: Path) -> None:
    later = TODAY + timedelta(days=400)
    path = written(tmp_path, lines(1, later))
    moment = (later - date(1970, 1, 1)).total_seconds() + 86400 / 2
    os.utime(path, (moment, moment))
    assert len(load_site(path).phones) == 1


@pytest.mark.parametrize(("text", "at"), [('invite: ["..."]\n', 1), ('staff:\n  large: ["!", "..."]\n', 2)])
def test_signs_alone_are_not_drawn_large(tmp_path: Path, text: str, at: int) -> None:
    [problem] = problems(written(tmp_path, text))
    assert problem.line == at
    assert "there is no letter in it; write a word" in problem.message
    assert load_site(written(tmp_path, 'staff: {large: ["Help", "..."]}\n')).staff.large == ("Help", "...")
