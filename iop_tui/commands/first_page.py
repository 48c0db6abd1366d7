"""Paint the first page before Textual is imported, unless something unusual is set.

Otherwise the page waits for Textual, a tenth of a second longer.
"""

from __future__ import annotations

import os

from iop_tui.cli_support.terminal_checks import no_terminal
from iop_tui.screening.model.locales import ENGLISH, wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from iop_tui.firstpaint.takeover import EarlyScreen
    from iop_tui.screening.compiled.compiled_index import FirstPage
    from iop_tui.screening.model.definition import Screening


def show_shipped(code: str | None = None, theme: str | None = None) -> EarlyScreen | None:
    """Show the first page of the shipped screening; None where it must wait for Textual.

    `code` is the language, None that of the environment; `theme` is the name of one, or None.
    """
    if not _as_usual():
        return None
    from iop_tui.review.attach import has_reviews
    from iop_tui.screening.compiled.compiled_index import first_page, questions

    if has_reviews(questions()):
        # What they amount to is not known before the whole screening is.
        return None
    page = first_page()
    if page is not None and code is None:
        there = dict(page.languages)
        code = next((code for code in wanted(os.environ) if code in there), ENGLISH)
    if page is not None and code != ENGLISH:
        page = first_page(code)
    return None if page is None or code is None else _show(page, code, theme)


def show_loaded(screening: Screening, theme: str | None = None) -> EarlyScreen | None:
    """Show the first page of a loaded screening, in the language in use; None where it must wait for Textual."""
    if not _as_usual():
        return None
    from iop_tui.firstpaint.words import sentences
    from iop_tui.screening.compiled.compiled_index import FirstPage
    from iop_tui.screening.i18n import language
    from iop_tui.screening.i18n.language import current, offered, own_name
    from iop_tui.screening.i18n.localize import directory, manifest_in

    manifest = screening.manifest
    told = manifest_in(manifest, current())
    languages = tuple((code, own_name(code)) for code in offered(directory(manifest)))
    said = {sentence: language._(sentence) for sentence in sentences()}
    welcome = told.welcome
    about = welcome.about.line if welcome.about is not None else ""
    page = FirstPage(told.title, welcome.lead, welcome.points, languages, said, about, _reviewed(screening, current()))
    return _show(page, current(), theme)


def _reviewed(screening: Screening, code: str) -> str:
    """The line on its reviews; empty where it has none."""
    if not screening.reviews.exist:
        return ""
    from msgspec.structs import replace

    from iop_tui.review.sentences import review_line

    return review_line(replace(screening, language=code))


def _show(page: FirstPage, code: str, theme: str | None) -> EarlyScreen | None:
    from iop_tui.firstpaint.ansi import depth, drawn
    from iop_tui.firstpaint.layout import rows
    from iop_tui.firstpaint.takeover import EarlyScreen

    colours = depth(os.environ)

    def painted(width: int, height: int) -> str | None:
        laid_out = rows(page, code, width, height)
        return None if laid_out is None else drawn(laid_out, theme, colours)

    screen = EarlyScreen(painted)
    return screen if screen.show() else None


def _as_usual() -> bool:
    """Whether a full page will be shown, on one terminal, with this process in its foreground."""
    environ = os.environ
    if os.name != "posix" or no_terminal(0, 1, 2, needs="The wizard"):
        return False
    if environ.get("ACCESSIBLE"):
        return False
    if environ["TERM"].partition("-")[0] == "linux":
        # A Linux console has few glyphs; their replacements are made where Textual's page is drawn.
        return False
    try:
        one = len({os.fstat(number).st_rdev for number in range(3)}) == 1
    except OSError:
        return False
    from iop_tui.firstpaint.takeover import is_ours

    return one and is_ours()
