"""`require_review`: kiosk and desk start on what is reviewed, and on nothing else; the preflight tells it before."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from iop_tui.cli_support.exit_status import BAD_INPUT
from iop_tui.cli_support.site_and_screening import loaded
from iop_tui.commands import counselor, kiosk
from iop_tui.kiosk.preflight.site_checks import reviews
from iop_tui.review.requirement import refusal, unmet
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.problems import Unusable
from iop_tui.site.site_file import load_site
from tests.kiosk.machines import looked
from tests.review.clinic import Clinic, Reviewer

REQUIRED = "require_review: [rules, texts, crisis, es]\n"
Said = pytest.CaptureFixture[str]


class Room:
    """A clinic with its site file."""

    def __init__(self, place: Path) -> None:
        self.clinic = Clinic(place / "q", local_today().isoformat())
        self.ana = Reviewer("Ana Rivera")
        self.site = place / "site.yaml"
        self.site.write_text(f'{REQUIRED}reviewers:\n  - {{name: Ana Rivera, key: "{self.ana.public}"}}\n')

    def found(self, today: datetime.date | None = None) -> str:
        site, screening = loaded(self.site, self.clinic.place)
        return refusal(screening, site.require_review, today)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_what_is_reviewed_by_a_reviewer_of_the_clinic_may_start(room: Room) -> None:
    room.clinic.signs(room.ana)
    assert room.found() == ""


def test_nothing_is_required_where_the_site_file_says_nothing(room: Room) -> None:
    room.site.write_text("clinic: Lakeside\n")
    assert room.found() == ""


def test_a_part_that_is_missing_is_named_with_what_to_do(room: Room) -> None:
    room.clinic.signs(room.ana, "rules", "texts", "crisis")
    assert room.found() == (
        "the site file requires a review ('require_review'), and it does not start: es (Español): nobody has reviewed "
        "it; have a reviewer of the clinic read and sign it: iop-tui sign."
    )


def test_the_first_of_several_reasons_is_told_and_how_many_more(room: Room) -> None:
    assert room.found().endswith("iop-tui sign (3 reasons more: iop-tui sign --status).")


def test_an_expired_a_forged_and_an_unreadable_review_stop_it(room: Room) -> None:
    path = room.clinic.signs(room.ana, days=10)
    later = local_today() + datetime.timedelta(11)
    assert "the review by Ana Rivera ran out on" in room.found(later)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("LCSW", "MD"), encoding="utf-8")
    assert "this is not what Ana Rivera signed" in room.found()
    path.write_text(text, encoding="utf-8")
    (path.parent / "z.yaml").write_text("name: [\n")
    assert "reviews/z.yaml cannot be read; 'iop-tui check' says why" in room.found()


def test_a_review_of_another_screening_alone_is_none(room: Room) -> None:
    room.clinic.signs(room.ana)
    room.clinic.rewrites("screening.yaml", "id: small", "id: other")
    assert "nobody has reviewed it" in room.found()


def test_where_signatures_cannot_be_checked_it_does_not_start(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.clinic.signs(room.ana)
    monkeypatch.setitem(__import__("sys").modules, "cryptography.exceptions", None)
    assert "its signature cannot be checked on this machine: pip install 'iop-tui[sign]'" in room.found()


@pytest.mark.parametrize("face", ["kiosk", "desk"])
def test_kiosk_and_desk_refuse_in_one_sentence_before_anything_is_shown(
    room: Room, face: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setattr(kiosk, "no_terminal", lambda *_streams, **_more: "")
    monkeypatch.setattr(counselor, "no_terminal", lambda *_streams, **_more: "")
    monkeypatch.setattr(counselor, "draw_all_letters", lambda: None)
    monkeypatch.setattr(kiosk, "ignore_signal_keys", lambda: None)
    monkeypatch.setattr("os.ttyname", lambda _stream: "/dev/tty9")
    start = {
        "kiosk": lambda: kiosk.run(room.site, room.clinic.place),
        "desk": lambda: counselor.run(room.site, room.clinic.place, f"sqlite:///{room.site.parent}/calls.db", "Dana"),
    }
    assert start[face]() == BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "'require_review'" in err
    assert not (room.site.parent / "calls.db").exists()


def test_the_preflight_tells_it_before(room: Room) -> None:
    def found(today: datetime.date) -> list[tuple[str, str]]:
        site, screening = loaded(room.site, room.clinic.place)
        return [(finding.verdict, finding.said) for finding in reviews(site, screening, today)]

    today = local_today()
    assert [verdict for verdict, _said in found(today)] == ["problem"] * 4
    room.clinic.signs(room.ana, days=100)
    assert found(today) == [("ok", f"Reviewed by Ana Rivera, {today}.")]
    [(verdict, said)] = found(today + datetime.timedelta(80))
    assert verdict == "warning"
    assert "the kiosk will not start after that" in said
    assert {verdict for verdict, _said in found(today + datetime.timedelta(101))} == {"problem"}


def test_the_preflight_of_a_screening_nobody_reviewed_warns_with_a_remedy(room: Room) -> None:
    room.site.write_text("clinic: Lakeside\n")
    site, screening = loaded(room.site, room.clinic.place)
    [finding] = reviews(site, screening, local_today())
    looked(finding, "warning", "No clinician has reviewed this tool yet.", "docs/reviewing.md")


SITES = {
    "require_review: [rule]\n": "is no part that can be reviewed; write rules, texts, crisis or a language",
    "require_review: [rules]\n": "nobody's review counts while there are no 'reviewers'",
    "reviewers: [{name: Ana, key: abc}]\n": "is no public key; copy the line that 'iop-tui sign' prints",
    "reviewers:\n  - {name: Ana, key: K}\n  - {name: Bo, key: K}\n": "this key is there twice; delete one",
}


@pytest.mark.parametrize("written", SITES)
def test_a_site_file_that_cannot_mean_what_it_says_is_refused(room: Room, written: str) -> None:
    room.site.write_text(written.replace("K", f'"{room.ana.public}"'))
    with pytest.raises(Unusable) as unusable:
        load_site(room.site)
    assert SITES[written] in str(unusable.value)


def test_a_language_that_the_screening_does_not_have_cannot_be_required(room: Room) -> None:
    room.site.write_text(room.site.read_text().replace("es]", "fr]"))
    with pytest.raises(Unusable, match="there is no part 'fr'"):
        loaded(room.site, room.clinic.place)


def test_reasons_are_sentences_for_each_part(room: Room) -> None:
    assert len(unmet(room.clinic.screening, ("rules", "es"))) == 2
