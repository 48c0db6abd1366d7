"""Reports an internal error by its type and its place in our code. Never by a value: an exception's message, a local
variable or a line of data may hold an answer.

Imports only modules that need nothing but the standard library: the others could be the ones that are broken.
"""

from __future__ import annotations

import errno
import sys

from iop_tui.platform.output import tell

_PACKAGE = __file__.removesuffix("cli_support/crash.py")


def kind_of(fault: BaseException) -> str:
    """The class name of an exception, and the name of the errno of an OSError."""
    name = type(fault).__name__
    number = errno.errorcode.get(fault.errno or 0) if isinstance(fault, OSError) else None
    return f"{name} {number}" if number else name


def place_of(fault: BaseException) -> str:
    """File and line of the innermost frame of our code, such as "screening/assessment/assess.py:31"; of other code
    where none of ours ran; empty for an exception that was never raised.
    """
    ours = other = ""
    trace = fault.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(_PACKAGE):
            ours = f"{name.removeprefix(_PACKAGE)}:{trace.tb_lineno}"
        else:
            other = f"{name.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return ours or other


def named(fault: BaseException) -> str:
    """Type and place: "KeyError, screening/assessment/assess.py:31"."""
    place = place_of(fault)
    return f"{kind_of(fault)}, {place}" if place else kind_of(fault)


def sentence(fault: BaseException, kept: str = "") -> str:
    """The message to the person. `kept` is a sentence about what happens to their input."""
    place = place_of(fault)
    said = _("iop-tui stopped because of a fault of its own ({kind}{place}). {kept} We are sorry.")
    return said.format(
        kind=kind_of(fault),
        place=f", {place}" if place else "",
        kept=kept or _("This message holds none of your answers."),
    )


def quiet_hooks() -> None:
    """Report exceptions of threads and finalizers the same way from now on. Python's default is a traceback with the
    exception's message.
    """
    import threading

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None and not isinstance(failed.exc_value, SystemExit):
            tell([f"iop-tui: a fault in a thread of its own ({named(failed.exc_value)})."])

    def in_finalizer(failed: sys.UnraisableHookArgs) -> None:
        if failed.exc_value is not None:
            tell([f"iop-tui: a fault of its own while tidying up ({named(failed.exc_value)})."])

    threading.excepthook = in_thread
    sys.unraisablehook = in_finalizer


def _(message: str) -> str:
    """The message in the language in use, if that can still be looked up."""
    try:
        from iop_tui.screening.i18n import language
    except Exception:  # this may be what is broken
        return message
    return language._(message)
