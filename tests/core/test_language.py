"""Which language is spoken, and what the environment asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from iop_tui.screening.i18n import language
from iop_tui.screening.i18n.language import _, current, offered, own_name, use, wanted
from iop_tui.screening.shipped import shipped


@pytest.mark.parametrize(
    ("environ", "codes"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es_MX es_419 es en"),
        ({"LANG": "es"}, "es en"),
        ({"LANG": "es_ES@euro"}, "es_ES es en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "es_PR.UTF-8"}, "es_PR es_419 es en"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en_US en"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": ""}, "es_MX es_419 es en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "es_CO:en"}, "es_CO es_419 es en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr:es"}, "fr es en_US en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "es"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "POSIX", "LC_ALL": "es_MX"}, "es_MX es_419 es en"),
    ],
)
def test_the_environment_says_which_languages(environ: dict[str, str], codes: str) -> None:
    assert wanted(environ) == tuple(codes.split())


def test_a_sentence_is_said_in_the_language_in_use_and_in_english_where_there_is_none() -> None:
    assert _("Who to call") == "Who to call"
    use("es")
    assert (current(), _("Who to call")) == ("es", "A quién llamar")
    assert _("a sentence that nobody has translated") == "a sentence that nobody has translated"
    use("tlh")
    assert (current(), _("Who to call")) == ("en", "Who to call")


def test_a_language_is_offered_where_both_the_program_and_the_screening_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, screening = tmp_path / "program", tmp_path / "screening"
    for directory, names in ((program, ("es", "fr", "pt_BR")), (screening, ("es", "pt_BR", "it", "en", "notes"))):
        directory.mkdir()
        for name in names:
            (directory / f"{name}.po").touch()
    monkeypatch.setattr(language, "CATALOGUES", program)
    assert offered(screening) == ("en", "es", "pt_BR")
    assert offered(tmp_path / "nowhere") == ("en",)


def test_the_shipped_screening_is_offered_in_spanish_by_its_own_name() -> None:
    assert offered(shipped() / "locale") == ("en", "es")
    assert (own_name("en"), own_name("es"), own_name("tlh")) == ("English", "Español", "tlh")
