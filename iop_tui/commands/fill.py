"""`iop-tui fill`: asks a FHIR Questionnaire, full screen or line by line, and writes a QuestionnaireResponse."""

from __future__ import annotations

import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from iop_tui.cli_support.exit_status import BAD_INPUT, DONE, FAILED
from iop_tui.cli_support.refusals import refuse, refuse_without_terminal
from iop_tui.cli_support.terminal_checks import draw_all_letters, no_terminal

if TYPE_CHECKING:
    from iop_tui.forms.asking.form_interview import FormInterview
    from iop_tui.forms.model.form import Form
    from iop_tui.forms.model.read_response import ReadResponse
    from iop_tui.screening.model.definition import Screening

_LONGEST_FILE = 20_000_000
"""Bytes of a file that are read: the readers refuse far smaller ones, with a sentence."""
_LONGEST_LINE = 2**20


class FillOptions(Struct, frozen=True):
    """How a form is asked; None means the environment's setting, or the default.

    `width` is in cells, for the line-by-line face. `response` is a saved response to go on with, `to` where the answers
    go, `by` who fills the form in. `questions` is the screening whose phone lines are shown.
    """

    language: str | None = None
    line: bool = False
    width: int | None = None
    theme: str | None = None
    response: Path | None = None
    to: Path | None = None
    by: str = ""
    questions: Path | None = None


class _CannotRead(Exception):
    """A file cannot be read; the message says why."""


def run(form: Path, options: FillOptions) -> int:
    """Ask a form; the exit status: with `to`, FAILED where nothing was saved."""
    line = options.line or bool(os.environ.get("ACCESSIBLE"))
    missing = "" if line else no_terminal(0, 1, 2, needs="A form on full pages")
    if missing:
        instead = missing.replace("'iop-tui assess' works without", "'iop-tui fill FORM --line' works without")
        return refuse_without_terminal(instead, options.questions)
    # Imports make many objects that live on: the garbage collector would only scan them again and again.
    gc.disable()
    try:
        return _asked(form, options, line=line)
    finally:
        # A program that calls this one goes on.
        gc.enable()


def _asked(form: Path, options: FillOptions, *, line: bool) -> int:
    wrong = _cannot_write(options.to) or _no_name(options.by)
    if wrong:
        return refuse(wrong)
    wrong = _speak(options.language)
    if wrong:
        return refuse(wrong)
    try:
        interview = _begun(form, options)
    except _CannotRead as failure:
        return refuse(str(failure))
    if isinstance(interview, int):
        return interview
    saved, status = (_line_by_line if line else _full_pages)(interview, options)
    return FAILED if status == DONE and options.to is not None and not saved else status


def _begun(path: Path, options: FillOptions) -> FormInterview | int:
    """The form, and the saved response, read; or the exit status where one of them is refused."""
    from iop_tui.forms.asking.form_interview import begin_form
    from iop_tui.forms.model.findings import FormRefused
    from iop_tui.forms.model.read_response import ResponseRefused
    from iop_tui.forms.reading.read_form import read_form
    from iop_tui.screening.i18n.language import current

    try:
        form = read_form(_bytes(path), str(path))
        saved = options.response
        response = _response(saved, form) if saved is not None else None
    except (FormRefused, ResponseRefused) as refused:
        return _refuse_all(refused)
    return begin_form(form, response, options.language or current())


def _response(path: Path, form: Form) -> ReadResponse:
    """A saved response, read against the form. Raises ResponseRefused."""
    from iop_tui.forms.response.read import read_response

    return read_response(_bytes(path), str(path), form)


def _refuse_all(refused: Exception) -> int:
    """Print every finding of a refused file, as file:line: sentence."""
    from iop_tui.platform.output import tell

    tell(str(refused).splitlines())
    return BAD_INPUT


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST_FILE)
    except OSError as failure:
        raise _CannotRead(f"{path} cannot be read: {failure.strerror or failure}.") from None
    except ValueError:
        raise _CannotRead(f"{str(path)!r} is no name of a file.") from None


def _cannot_write(to: Path | None) -> str:
    """Why the answers cannot be saved there, before anybody gives any; empty where they can."""
    if to is None:
        return ""
    from iop_tui.forms.asking.response_file import target
    from iop_tui.platform.private_file import CannotSave

    try:
        path = target(str(to))
        if path.is_dir():
            return f"{path} is a folder; --to needs the name of a file."
        if path.exists() and not path.is_file():
            return f"{path} is no regular file; --to needs the name of one."
        folder = path.parent
        if not folder.is_dir():
            return f"there is no folder {folder} for the file of --to."
    except CannotSave as failure:
        return f"--to needs the name of a file. {failure}"
    except (OSError, ValueError) as failure:
        return f"--to cannot be used as the name of a file: {getattr(failure, 'strerror', None) or failure}."
    return "" if os.access(folder, os.W_OK) else f"you may not write in the folder {folder} of --to."


def _no_name(by: str) -> str:
    """Why a name cannot be written into the response; empty where it can."""
    try:
        by.encode()
    except UnicodeEncodeError:
        return "the name of --by has bytes that are no UTF-8; type it again, or leave it out."
    return ""


def _speak(wished: str | None) -> str:
    """Use the language for the program's own texts, if there is one; what is wrong with the request. The form may have
    texts in languages that the program does not speak.
    """
    from iop_tui.screening.i18n.language import best, codes, use, wanted
    from iop_tui.screening.model.field_types import ENGLISH
    from iop_tui.screening.model.locales import canonical, nearest

    if wished and canonical(wished) is None:
        return f"{wished!r} is no code of a language; it looks like: es, or pt-BR."
    asked = nearest(canonical(wished) or wished) if wished else wanted(os.environ)
    use(best(asked, codes()) or ENGLISH)
    return ""


def _screening(questions: Path | None) -> Screening:
    """The screening whose phone lines are shown, in the language in use."""
    from iop_tui.screening.i18n.language import current
    from iop_tui.screening.i18n.localize import in_language
    from iop_tui.screening.shipped import sound

    return in_language(sound(questions), current())


def _now() -> datetime:
    return datetime.now().astimezone()


def _line_by_line(interview: FormInterview, options: FillOptions) -> tuple[bool, int]:
    from iop_tui.line.form_conversation import FormConversation
    from iop_tui.line.start import Streams
    from iop_tui.line.start import run as talk

    gc.enable()
    streams = Streams(sys.stdin, sys.stdout, os.environ, longest=_LONGEST_LINE)
    face = FormConversation(
        interview,
        lambda: _screening(options.questions),
        streams.read,
        streams.write,
        width=options.width or streams.width,
        to=str(options.to or ""),
        by=options.by,
        clock=_now,
    )
    status = talk(face, streams, streams.write)
    return face.saved, status


def _full_pages(interview: FormInterview, options: FillOptions) -> tuple[bool, int]:
    from iop_tui.screening.shipped import sound
    from iop_tui.tui.start import prepare, run_app

    draw_all_letters()
    prepare()
    from iop_tui.tui.form_app import FormApp

    to = str(options.to or "")
    app = FormApp(interview, lambda: sound(options.questions), to=to, by=options.by, clock=_now)
    status = run_app(app, options.theme)
    return app.saved is not None, status
