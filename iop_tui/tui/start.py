"""Runs the wizard for a screening, and returns its exit status."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

from iop_tui.screening.model.definition import Manifest, Screening

if TYPE_CHECKING:
    from iop_tui.firstpaint.takeover import EarlyScreen
    from iop_tui.screening.format.file_watch import Watch
    from iop_tui.tui.app import Wizard
    from iop_tui.tui.shell import Shell


def start(
    manifest: Manifest | None,
    load: Callable[[], Screening],
    *,
    theme: str | None = None,
    pace: float | None = None,
    early: EarlyScreen | None = None,
) -> int:
    """Run the wizard until the person leaves; returns the exit status. `theme` is a theme's name, `pace` seconds for
    one-key use, `early` the terminal if the first page is shown already.

    The first page shows the manifest; the rest is loaded while the person reads it. Without a manifest, all is loaded
    for the first page, as it must be where there are reviews to tell of. Raises Unusable if it cannot be.
    """
    from iop_tui.platform.motion import may_move

    moves = may_move(os.environ)
    prepare()
    from iop_tui.tui.app import Wizard

    app = Wizard(manifest, load)
    app.early = early
    app.moves = moves
    return _run(app, theme, pace)


def start_watching(watch: Watch, *, theme: str | None = None, pace: float | None = None) -> int:
    """Run the wizard for authors, with live reload. Returns the exit status."""
    forget_environment()
    from iop_tui.tui.live_reload import LiveReloadWizard

    return _run(LiveReloadWizard(watch), theme, pace)


def prepare() -> None:
    """What is done before Textual is imported for an app that a person uses."""
    forget_environment()
    from iop_tui.tui.compat_imports import leave_out_unused

    leave_out_unused()


def _run(app: Wizard, theme: str | None, pace: float | None) -> int:
    app.pace = pace
    status = run_app(app, theme)
    if app.unusable is not None:
        raise app.unusable
    return status


def run_app(app: Shell, theme: str | None) -> int:
    """Run an app until the person leaves; returns the exit status."""
    app.use_theme(theme)
    # What is loaded by now stays: the collector need not check it again. The app enables it once it has a page.
    gc.freeze()
    app.run()
    if app.ended_by == signal.SIGHUP:
        _let_go_of_terminal()
    return app.exit_status()


def _let_go_of_terminal() -> None:
    """A closed terminal takes no last output: Python's attempt to write it would replace the exit status."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def forget_environment() -> None:
    """Drop Textual's own switches before it is imported: they can log every key, take screenshots, or load
    other code.
    """
    for name in [name for name in os.environ if name.startswith("TEXTUAL")]:
        del os.environ[name]
