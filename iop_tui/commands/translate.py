"""`iop-tui translate`: update the catalogues of a language for its translators."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import click

from iop_tui.cli_support.exit_status import DONE
from iop_tui.cli_support.refusals import cannot_write, refuse, refuse_all


def run(code: str, directory: Path | None, name: str | None) -> int:
    """Update the catalogue of a questions directory and, for the shipped one, that of the program; the exit status."""
    from iop_tui.screening.english import counted
    from iop_tui.screening.format.loader import load
    from iop_tui.screening.i18n.language import CATALOGUES, own_name
    from iop_tui.screening.model.locales import canonical, catalogue_of
    from iop_tui.screening.problems import Unusable
    from iop_tui.screening.shipped import shipped
    from iop_tui.translation import extract
    from iop_tui.translation.update import is_writable, renew

    named = canonical(code)
    if named is None:
        return refuse(f"{code!r} is no code of a language; write it as in es, es_MX or zh_Hans.")
    code = named
    if importlib.util.find_spec("babel") is None:
        return refuse("translating needs the package babel: pip install 'iop-tui[translate]'.")
    root = directory or shipped()
    try:
        screening = load(root)
        work = [(catalogue_of(root / "locale", code), extract.of_screening(screening))]
        if root.resolve() == shipped().resolve():
            work.insert(0, (catalogue_of(CATALOGUES, code), extract.of_program()))
        for path, texts in work:
            if not is_writable(path):
                return refuse(
                    f"{path} cannot be written; copy the questions with 'iop-tui new DIR' and translate them."
                )
            renewal = renew(path, code, name or own_name(code), texts)
            click.echo(
                f"{path}: {counted(len(renewal.entries), 'text')}, {renewal.untranslated} not translated, "
                f"{renewal.fuzzy} fuzzy, {len(renewal.gone)} obsolete"
            )
    except Unusable as unusable:
        return refuse_all(unusable)
    except OSError as failure:
        return cannot_write(failure)
    return DONE
