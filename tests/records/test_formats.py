"""A format that is registered is offered on the export page and on the command line, and nothing else names formats."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from iop_tui import cli
from iop_tui.call.operations import begin_call
from iop_tui.cli_support.exit_status import BAD_INPUT, DONE
from iop_tui.counselor.pages.export import ExportPage
from iop_tui.export import formats
from iop_tui.export.formats import FORMATS, Format, format_of
from iop_tui.export.report import Report
from iop_tui.tui.choices import Choices
from iop_tui.tui.fields import Line
from tests.core.small import SMALL, small
from tests.counselor.pages.around import call, someone
from tests.export.calls import a_call, reported
from tests.records.conftest import Open
from tests.records.made import NOW, SECRET, card_of

PACKAGE = Path(cli.__file__).parent
ROOMS = ("counselor", "export", "records")
"""What has to do with calls; the summary that a person saves has formats of its own."""


def as_csv(report: Report) -> str:
    """The renderer of a format that the program does not have."""
    return f"id,by\n{report.id},{report.by}\n"


def as_bits(report: Report) -> bytes:
    """A renderer whose format is not text."""
    return report.id.encode() + b"\0"


CSV = Format("csv", "Answers as a table", ".csv", f"{__name__}:as_csv")
BITS = Format("bits", "Answers as bits", ".bin", f"{__name__}:as_bits", is_text=False)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The two new formats in the registry, as their lines in it would put them there."""
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, CSV, BITS))


def run(*arguments: str) -> int:
    """What the command line, read anew, does with these arguments."""
    commands = runpy.run_path(str(PACKAGE / "cli_records.py"), run_name="fresh_cli")
    with pytest.raises(SystemExit) as left:
        commands["records"].main(list(arguments), prog_name="iop-tui records")
    return int(left.value.code or 0)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.id)
def test_each_renderer_is_there_and_makes_text_or_not_as_its_line_says(known: Format) -> None:
    data = known.rendered(reported(a_call()))
    assert b"Dana" in data or not known.is_text
    assert (b"\0" not in data) == known.is_text


def test_ids_and_endings_differ_and_digits_suffice() -> None:
    assert len({known.id for known in FORMATS}) == len({known.ending for known in FORMATS}) == len(FORMATS) <= 9
    with pytest.raises(KeyError):
        format_of("word")


@pytest.mark.usefixtures("registered")
async def test_the_page_offers_a_registered_format_and_writes_it(tmp_path: Path) -> None:
    work = call({"who_for": "self"})
    async with someone(work, (120, 40)) as counselor:
        await counselor.open(ExportPage(work))
        assert "Answers as a table" in counselor.reads()
        counselor.app.screen.query_one("#path", Line).value = str(tmp_path / "note")
        counselor.app.screen.set_focus(counselor.app.screen.query_one(Choices))
        await counselor.press(str(len(FORMATS) + 1))
        await counselor.settle()
        assert (tmp_path / "note.csv").read_text() == f"id,by\n{work.call.id},ana\n"
        assert counselor.app.records.told == [(work.call.id, "csv")]


@pytest.mark.usefixtures("registered")
def test_the_command_line_offers_a_registered_format_and_writes_it(
    opened: Open, file_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("iop_tui.platform.hardening.keep_to_ourselves", lambda: None)
    records = opened(file_url)
    begun = begin_call(small(), by="ada", now=NOW, call_id="a" * 32).call
    records.save(begun, card_of(begun), 0)
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_text(f"{SECRET}\n")

    assert run("export", "--help") == DONE
    shown = " ".join(re.sub(r"[│\n]", " ", capfd.readouterr().out).split())
    assert "json|fhir|csv|bits" in shown
    assert "csv: Answers as a table" in shown
    where = ("--records", file_url, "--passphrase-file", str(secret), "--questions", str(SMALL))
    assert run(*where, "export", "a", "--format", "csv") == DONE
    assert capfd.readouterr().out == f"id,by\n{begun.id},ada\n"
    assert [entry.what for entry in records.audit()][-1] == "call exported: csv"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run(*where, "export", "a", "--format", "bits") == BAD_INPUT
    assert "--to FILE" in capfd.readouterr().err


def test_no_other_module_names_a_format() -> None:
    naming = re.compile(r"""["'](markdown|pdf|fhir|note_\w+|as_note_\w+)["']""")
    calls = [PACKAGE / "cli_records.py", PACKAGE / "commands" / "records.py"]
    files = [*calls, *(path for room in ROOMS for path in (PACKAGE / room).glob("**/*.py"))]
    users = [path for path in files if naming.search(path.read_text())]
    assert [path.relative_to(PACKAGE).as_posix() for path in users] == ["export/formats.py"]
