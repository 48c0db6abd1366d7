"""What one clinic sets: its name, its own phone lines and words, its times, printer, colours, the staff's PIN, what
counselors do in danger, and how long their records are kept.

Field types are the format of the site file, as in `screening/model/definition.py`. Everything has a default: without a
site file a kiosk runs as `STANDARD` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from iop_tui.screening.i18n.language import N_
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.field_types import Date, NonEmpty, ShortSentence, SourceLocation, Text

Name = Annotated[
    str, Meta(min_length=1, max_length=60, pattern=r"^[^\n]+$", description="is more than one line; write it on one")
]
"""A name on one line of a narrow terminal."""
Large = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9ÁÉÍÓÚÜÑáéíóúüñ .,!?'¡¿-]{1,12}$",
        description="is drawn large: write at most 12 letters on a line, and no other signs than . , ! ? ' -",
    ),
]
"""A line drawn in letters that are read from three metres away: 12 of them fill a terminal of 80 columns."""
Colour = Annotated[
    str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description='should be a colour, written "#1f3f3a", in quotes')
]
"""A colour of red, green and blue, two hexadecimal digits each."""
Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?(@[a-z]+)?$",
        description="is no code of a language, such as es",
    ),
]
"""The code of a language, as `screening/model/locales.py` writes it."""
PinHash = Annotated[str, Meta(min_length=1, max_length=100)]
"""What `pin.hashed` makes of a PIN. `site_file.py` looks at its form, and repeats nothing of it: it may be a PIN."""
Idle = Annotated[int, Meta(ge=20, le=3600)]
Countdown = Annotated[int, Meta(ge=20, le=300)]
"""Seconds. 20 is what WCAG 2.2 (success criterion 2.2.1) asks for at the least."""
Days = Annotated[int, Meta(ge=1, le=36_500)]
Pause = Annotated[int, Meta(ge=0, le=1000)]
Encoding = Literal["utf-8", "latin-1", "cp850", "ascii"]


# Translators: drawn large, so at most 12 letters a line; one to three lines.
INVITE = N_("Which care\nfits you?")
# Translators: drawn large, so at most 12 letters a line; one or two lines.
STAFF_NOW = N_("Tell staff\nnow")


class LocalLine(Struct, frozen=True):
    """Somebody near to reach: a front desk, a mobile crisis team. `checked` is the day on which it was last tried."""

    name: Name
    reach: Name
    checked: Date
    where: SourceLocation
    about: ShortSentence | None = None


class Staff(Struct, frozen=True):
    """How a visitor finds staff, and how staff leave the kiosk. Without `pin` they cannot leave it by keys."""

    where: SourceLocation
    large: NonEmpty[Large] = tuple(STAFF_NOW.split("\n"))
    """A few words for the pages of danger, one or two lines."""
    call: ShortSentence | None = None
    """How to find staff, as a sentence or two; without it `site_texts.staff_call` says it."""
    pin: PinHash | None = None


class Times(Struct, frozen=True):
    """Seconds, but for `same_key`."""

    where: SourceLocation
    idle: Idle = 90
    """Without a key or a touch, until the warning comes."""
    reading: Idle = 180
    """The same as `idle`, on pages with much to read: the summary, the comparison, the words explained."""
    warning: Countdown = 30
    """For the warning, until everything is erased."""
    crisis: Idle = 600
    """The same as `idle`, while a page of danger stands."""
    same_key: Pause = 110
    """Milliseconds in which the same key counts once: a hand that shakes, or a key that is held down."""


class Printer(Struct, frozen=True):
    """The command that takes a page of plain text on standard input, and where the paper comes out."""

    where: SourceLocation
    command: NonEmpty[Text] = ("lp",)
    stands: Name = N_("beside this screen")
    encoding: Encoding | None = None
    """Of the bytes that the command gets. Without it `lp` and `lpr` get what their queue prints, others UTF-8."""


class Colours(Struct, frozen=True):
    """The kiosk's own colours, where the terminal has that many."""

    background: Colour
    text: Colour
    accent: Colour
    where: SourceLocation


class Retention(Struct, frozen=True):
    """Days after the last change until a counselor's call is deleted for good; without a number it is kept.

    Rules on how long records must or may be kept differ by state and by kind of program, so nothing is set here.
    """

    where: SourceLocation
    finished: Days | None = None
    open: Days | None = None
    call_back: Days | None = None


class LineWords(Struct, frozen=True):
    """What is said of one of the clinic's own phone lines in another language."""

    name: Name
    reach: Name
    where: SourceLocation
    about: ShortSentence | None = None


class Words(Struct, frozen=True):
    """The clinic's own words in another language than its first."""

    where: SourceLocation
    invite: NonEmpty[Large] | None = None
    large: NonEmpty[Large] | None = None
    """What `staff.large` is in this language."""
    call: ShortSentence | None = None
    """What `staff.call` is in this language."""
    phones: tuple[LineWords, ...] = ()
    """The clinic's own phone lines, all of them and in the same order."""
    crisis: Mapping[str, ShortSentence] = {}
    stands: Name | None = None
    """What `printer.stands` is in this language."""


class Site(Struct, frozen=True):
    """The site file."""

    where: SourceLocation
    clinic: Name | None = None
    invite: NonEmpty[Large] = tuple(INVITE.split("\n"))
    """What invites from afar: one to three lines, drawn large."""
    languages: NonEmpty[Language] = ("en",)
    """What visitors may choose from. Each visit begins in the first, in which the texts of this file are written."""
    words: Mapping[str, Words] = {}
    """Language -> the clinic's own words in it."""
    staff: Staff = Staff(SourceLocation("", 1))
    phones: tuple[LocalLine, ...] = ()
    crisis: Mapping[str, ShortSentence] = {}
    """Page of danger -> a sentence of the clinic's own that stands on it first."""
    protocol: tuple[ShortSentence, ...] = ()
    """What a counselor does, step by step, when an alarm stands; without it there are steps of ours."""
    protocols: Mapping[str, NonEmpty[ShortSentence]] = {}
    """Page of danger -> the same, for this page alone."""
    retention: Retention = Retention(SourceLocation("", 1))
    notice: Text | None = None
    """Opens and closes every note of a counselor's call that goes out, such as the statement of 42 CFR 2.32."""
    times: Times = Times(SourceLocation("", 1))
    printer: Printer | None = None
    qr: bool = False
    """Whether the essentials are offered as a code for a phone's camera."""
    colours: Colours | None = None

    @property
    def lines(self) -> tuple[PhoneLine, ...]:
        """The clinic's own phone lines, as those of a screening."""
        source = self.clinic or "the clinic"
        return tuple(
            PhoneLine(f"local_{number}", line.name, line.reach, line.about or "", source, line.checked, line.where)
            for number, line in enumerate(self.phones, 1)
        )


STANDARD = Site(SourceLocation("", 1))
"""What holds where nothing is set."""
