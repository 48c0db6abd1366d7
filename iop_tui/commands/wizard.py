"""`iop-tui`: the wizard, full screen or line by line."""

from __future__ import annotations

import functools
import gc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from iop_tui.cli_support.refusals import refuse, refuse_all, refuse_without_terminal
from iop_tui.cli_support.terminal_checks import draw_all_letters, no_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from iop_tui.firstpaint.takeover import EarlyScreen
    from iop_tui.screening.model.definition import Manifest, Screening


class WizardOptions(Struct, frozen=True):
    """How a person wants to be asked; None means the environment's setting, or the default.

    `width` is in cells, for the line-by-line face; `pace` in seconds, for one-key use. `site` is the site file of the
    clinic whose reviewers count.
    """

    language: str | None = None
    line: bool = False
    width: int | None = None
    theme: str | None = None
    pace: float | None = None
    site: Path | None = None


def run(
    questions: Path | None,
    options: WizardOptions | None = None,
    *,
    watch: bool = False,
    early: EarlyScreen | None = None,
) -> int:
    """Run the wizard; the exit status. With `watch` it reloads the files of `questions` when they change. `early` is
    the terminal on which the first page of the shipped screening is already painted.

    It runs line by line on request, if ACCESSIBLE is set, and where no page can be shown.
    """
    options = options or WizardOptions()
    if watch and questions is None:
        return refuse("--watch needs --questions DIR: the directory whose files you change while the wizard runs.")
    # Textual reads from standard input and draws on standard error: if one of the three is redirected, a person sees
    # nothing.
    missing = no_terminal(0, 1, 2, needs="The wizard")
    if watch and missing:
        return refuse_without_terminal(missing, questions)
    line = not watch and (options.line or bool(os.environ.get("ACCESSIBLE")) or bool(missing))
    if not line:
        draw_all_letters()
    # Imports make many objects that live on: the garbage collector would only scan them again and again.
    gc.disable()
    from iop_tui.screening.problems import Unusable
    from iop_tui.screening.shipped import shipped, sound

    unknown = _speak(options.language, questions or shipped())
    if unknown:
        return refuse(unknown)
    try:
        if line:
            from iop_tui.cli_support.web_refusal import is_served, why_not

            if is_served():
                return refuse(why_not(questions))
            from iop_tui.review.attach import with_reviews

            screening = with_reviews(sound(questions), _reviewers(options.site))
            return _line_by_line(screening, options.width)
        if watch and questions is not None:
            return _watching(questions, options)
        return _full_pages(questions, options, early)
    except Unusable as unusable:
        return refuse_all(unusable)


def _full_pages(questions: Path | None, options: WizardOptions, early: EarlyScreen | None) -> int:
    """Run the full-screen wizard; the exit status. Raises Unusable, after the terminal was restored."""
    from iop_tui.commands.first_page import show_loaded, show_shipped
    from iop_tui.review.attach import has_reviews, with_reviews
    from iop_tui.screening.i18n.language import current
    from iop_tui.screening.shipped import compiled_screening, shipped, sound

    try:
        # Without options the first page was tried before.
        known = _reviewers(options.site)
        reviewed = has_reviews(questions or shipped())
        if questions is None and (options.language or options.theme) and options.pace is None:
            early = show_shipped(current(), options.theme)
        # What reviews amount to is known once all of the screening is.
        there = compiled_screening() if questions is None and not reviewed else with_reviews(sound(questions), known)
        if (questions is not None or reviewed) and there is not None and options.pace is None:
            early = show_loaded(there, options.theme)
        manifest: Manifest | None = None
        load: Callable[[], Screening] = sound if there is None else functools.partial(_same, there)
        if there is None:
            from iop_tui.screening.format.loader import load_manifest

            # The shipped screening is known to be valid, so its first page need not wait for the rest of it.
            manifest = load_manifest(shipped())
        from iop_tui.tui.start import start

        return start(manifest, load, theme=options.theme, pace=options.pace, early=early)
    finally:
        if early is not None:
            early.give_back()


def _reviewers(site: Path | None) -> Mapping[str, str]:
    """The reviewers whom a site file names: public key -> name. Raises Unusable."""
    if site is None:
        return {}
    from iop_tui.site.site_file import load_site

    return load_site(site).known_reviewers


def _same(screening: Screening) -> Screening:
    return screening


def _speak(wished: str | None, directory: Path) -> str:
    """Use the requested language, or the environment's if it is available; what is wrong with the request."""
    from iop_tui.screening.i18n.language import best, offered, use, wanted
    from iop_tui.screening.model.field_types import ENGLISH
    from iop_tui.screening.model.locales import canonical

    codes = (canonical(wished) or wished,) if wished else wanted(os.environ)
    if codes[0] == ENGLISH:
        return ""
    there = offered(directory / "locale")
    code = best(codes, there)
    if code is None and wished:
        return f"there is no language {wished!r}; it could be: {', '.join(there)}."
    use(code or ENGLISH)
    return ""


def _line_by_line(screening: Screening, width: int | None) -> int:
    from iop_tui.line.start import start
    from iop_tui.screening.i18n.language import current, offered
    from iop_tui.screening.i18n.localize import directory

    gc.enable()
    return start(screening, language=current(), languages=offered(directory(screening.manifest)), width=width)


def _watching(directory: Path, options: WizardOptions) -> int:
    from iop_tui.review.attach import with_reviews
    from iop_tui.screening.format.file_watch import Watch
    from iop_tui.screening.shipped import sound
    from iop_tui.tui.start import start_watching

    known = _reviewers(options.site)
    return start_watching(
        Watch(directory, lambda: with_reviews(sound(directory), known)), theme=options.theme, pace=options.pace
    )
