"""Which letters a CUPS queue prints, from the output of `lpoptions`.

A queue with the driver for text-only printers (`texttotext` of OpenPrinting's cups-filters, read and run in 1.28.17)
takes UTF-8, and converts it to the encoding of its option PrinterEncoding; ASCII by default. At a letter that this
encoding lacks the filter gives up: nothing is printed, and `lp` has already reported success. Other drivers print
UTF-8. A queue without one (`-m raw`) passes every byte on to a printer of which nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from msgspec import Struct

from iop_tui.takeaway.page_encoding import ASCII, UTF_8, PageEncoding, known

COMMANDS = ("lp", "lpr")
_OPTION = re.compile(r"^([^\s/:]+)/[^\n]*:([^\n]*)$", re.MULTILINE)
"""As `lpoptions -l` lists one: its keyword and name, then its choices, the chosen one with a star."""
_ENCODING = "printerencoding"
"""CUPS compares the names of options without their case."""
UNTOLD = "STRING"
"""The option value for a custom encoding: the list says `Custom.STRING`, and not which it is."""


class Queue(Struct, frozen=True):
    """What is known of a queue. `encoding` is that of a text-only printer, as CUPS names it."""

    is_known: bool
    """Whether its driver is known."""
    encoding: str | None = None

    @property
    def takes(self) -> PageEncoding:
        """How a page comes out with all its words."""
        if not self.is_known:
            return ASCII
        return UTF_8 if self.encoding is None else PageEncoding(known(self.encoding) or "ascii", "utf-8")


def prints(command: Sequence[str]) -> bool:
    """Whether a command gives its page to CUPS."""
    return PurePath(command[0]).name in COMMANDS


def question(command: Sequence[str]) -> tuple[str, ...]:
    """The command that lists the options of the queue that `lp` or `lpr` prints to. In the locale C, please."""
    name = PurePath(command[0])
    server = next(_values(command, "-h" if name.name == "lp" else "-H"), "")
    queue = destination(command)
    return (
        str(name.with_name("lpoptions")),
        *(("-h", server) if server else ()),
        *(("-p", queue) if queue else ()),
        "-l",
    )


def destination(command: Sequence[str]) -> str:
    """The printer that `lp -d NAME` or `lpr -P NAME` names, with its instance; "" for the usual one."""
    return next(_values(command, "-d" if PurePath(command[0]).name == "lp" else "-P"), "")


def queue(command: Sequence[str], answer: str) -> Queue:
    """The queue described by a print command's options and the output of `lpoptions`; "" is no output."""
    options = [option for value in _values(command, "-o") for option in value.split()]
    if "raw" in options or (PurePath(command[0]).name == "lpr" and "-l" in command):
        return Queue(is_known=False)
    there = {key.lower(): _chosen(choices) for key, choices in _OPTION.findall(answer)}
    encoding = there.get(_ENCODING)
    for option in options:
        key, _equals, value = option.partition("=")
        if key.lower() == _ENCODING and _ENCODING in there:
            encoding = value
    return Queue(bool(there), encoding and encoding.removeprefix("Custom."))


def _chosen(choices: str) -> str:
    return next((word[1:] for word in choices.split() if word.startswith("*")), "")


def _values(command: Sequence[str], flag: str) -> Iterator[str]:
    """What an option of one letter is given, in its own word or in the next."""
    for word, after in zip(command, (*command[1:], ""), strict=True):
        if word.startswith(flag):
            yield word[2:] or after
