"""The settings of one clinic: its name, its own phone lines and texts, its times, printer, colours, the staff's PIN,
the protocol for counselors, and the retention of their records.

Field types are the format of the site file, as in `screening/model/definition.py`. Everything has a default: without a
site file a kiosk uses `STANDARD`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from iop_tui.screening.i18n.language import N_
from iop_tui.screening.model.content import PhoneLine
from iop_tui.screening.model.field_types import Date, NonEmpty, ShortSentence, SourceLocation, Text
from iop_tui.screening.model.reviews import PublicKey, ReviewerName

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
"""A line in large letters that are legible from three metres: 12 of them fill a terminal of 80 columns."""
Colour = Annotated[
    str, Meta(pattern=r"^#[0-9a-fA-F]{6}$", description='should be a colour, written "#1f3f3a", in quotes')
]
"""A colour: red, green and blue, two hexadecimal digits each."""
Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?(@[a-z]+)?$",
        description="is no code of a language, such as es",
    ),
]
"""A language code, as in `screening/model/locales.py`."""
ReviewedPart = Annotated[
    str,
    Meta(
        pattern=r"^(rules|texts|crisis|[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?(@[a-z]+)?)$",
        description="is no part that can be reviewed; write rules, texts, crisis or a language, such as es",
    ),
]
"""A part of the screening, as in `screening/model/reviews.py`."""
PinHash = Annotated[str, Meta(min_length=1, max_length=100)]
"""The output of `pin.hashed`. `site_file.py` checks its form, and never repeats the value in a message: it may be a
PIN.
"""
Idle = Annotated[int, Meta(ge=20, le=3600)]
Countdown = Annotated[int, Meta(ge=20, le=300)]
"""Seconds. 20 is the least that WCAG 2.2 requires (success criterion 2.2.1)."""
Days = Annotated[int, Meta(ge=1, le=36_500)]
Pause = Annotated[int, Meta(ge=0, le=1000)]
Encoding = Literal["utf-8", "latin-1", "cp850", "ascii"]


# Translators: drawn large, so at most 12 letters a line; one to three lines.
INVITE = N_("Which care\nfits you?")
# Translators: drawn large, so at most 12 letters a line; one or two lines.
STAFF_NOW = N_("Tell staff\nnow")


class LocalLine(Struct, frozen=True):
    """A local contact: a front desk, a mobile crisis team. `checked` is the day on which it was last tried."""

    name: Name
    reach: Name
    checked: Date
    where: SourceLocation
    about: ShortSentence | None = None


class Staff(Struct, frozen=True):
    """How a visitor finds staff, and how staff leave the kiosk. Without `pin` they cannot leave it by keys."""

    where: SourceLocation
    large: NonEmpty[Large] = tuple(STAFF_NOW.split("\n"))
    """A few words for the crisis pages, one or two lines."""
    call: ShortSentence | None = None
    """How to find staff, as a sentence or two; without it `site_texts.staff_call` is used."""
    pin: PinHash | None = None


class Times(Struct, frozen=True):
    """Seconds, except for `same_key`."""

    where: SourceLocation
    idle: Idle = 90
    """Without a key or a touch, until the warning."""
    reading: Idle = 180
    """The same as `idle`, on pages with much to read: the summary, the comparison, the glossary."""
    warning: Countdown = 30
    """For the warning, until everything is erased."""
    crisis: Idle = 600
    """The same as `idle`, while a crisis page is shown."""
    same_key: Pause = 110
    """Milliseconds in which the same key counts once: for a shaking hand, or a key that is held down."""


class Printer(Struct, frozen=True):
    """The command that takes a page of plain text on standard input, and where the paper comes out."""

    where: SourceLocation
    command: NonEmpty[Text] = ("lp",)
    stands: Name = N_("beside this screen")
    encoding: Encoding | None = None
    """The encoding of the bytes that the command gets. Without it `lp` and `lpr` get what their queue prints, others
    UTF-8.
    """


class Colours(Struct, frozen=True):
    """The kiosk's own colours, if the terminal has that many."""

    background: Colour
    text: Colour
    accent: Colour
    where: SourceLocation


class Retention(Struct, frozen=True):
    """Days after the last change until a counselor's call is deleted for good; without a number it is kept.

    Rules on how long records must or may be kept differ by state and by kind of program, so there is no default.
    """

    where: SourceLocation
    finished: Days | None = None
    open: Days | None = None
    call_back: Days | None = None


class Reviewer(Struct, frozen=True):
    """A clinician whose signature under a review counts for this clinic: the name as in the reviews, and the public
    key that `iop-tui sign` printed. After a lost key there are two for one name.
    """

    name: ReviewerName
    key: PublicKey
    where: SourceLocation


class FormFile(Struct, frozen=True):
    """The file of a FHIR Questionnaire that counselors may ask within a call. `file` is relative to the site file."""

    file: Text
    where: SourceLocation

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.where.file).parent / self.file


class LineWords(Struct, frozen=True):
    """The translated text of one of the clinic's own phone lines."""

    name: Name
    reach: Name
    where: SourceLocation
    about: ShortSentence | None = None


class Words(Struct, frozen=True):
    """The clinic's own texts in another language than its first."""

    where: SourceLocation
    invite: NonEmpty[Large] | None = None
    large: NonEmpty[Large] | None = None
    """`staff.large` in this language."""
    call: ShortSentence | None = None
    """`staff.call` in this language."""
    phones: tuple[LineWords, ...] = ()
    """The clinic's own phone lines, all of them and in the same order."""
    crisis: Mapping[str, ShortSentence] = {}
    stands: Name | None = None
    """`printer.stands` in this language."""


class Site(Struct, frozen=True):
    """The site file."""

    where: SourceLocation
    clinic: Name | None = None
    invite: NonEmpty[Large] = tuple(INVITE.split("\n"))
    """The invitation on the attract screen: one to three lines in large letters."""
    languages: NonEmpty[Language] = ("en",)
    """The languages that visitors may choose. Each visit begins in the first, in which the texts of this file are
    written.
    """
    words: Mapping[str, Words] = {}
    """Language -> the clinic's own texts in it."""
    staff: Staff = Staff(SourceLocation("", 1))
    phones: tuple[LocalLine, ...] = ()
    crisis: Mapping[str, ShortSentence] = {}
    """Crisis page -> a sentence of the clinic's own that comes first on it."""
    protocol: tuple[ShortSentence, ...] = ()
    """The counselor's steps when an alarm is active; without it a default is used."""
    protocols: Mapping[str, NonEmpty[ShortSentence]] = {}
    """Crisis page -> the steps for this page only."""
    retention: Retention = Retention(SourceLocation("", 1))
    notice: Text | None = None
    """Opens and closes every exported note of a counselor's call, such as the statement of 42 CFR 2.32."""
    forms: tuple[FormFile, ...] = ()
    """Forms of others that the desk offers within a call. They are no part of the screening."""
    times: Times = Times(SourceLocation("", 1))
    printer: Printer | None = None
    reviewers: tuple[Reviewer, ...] = ()
    """Whose signatures under reviews of the screening count."""
    require_review: tuple[ReviewedPart, ...] = ()
    """The parts that must be reviewed before the kiosk or the desk starts: rules, texts, crisis, or a language."""
    qr: bool = False
    """Whether the essentials are offered as a QR code for a phone."""
    colours: Colours | None = None

    @property
    def known_reviewers(self) -> Mapping[str, str]:
        """Public key -> name."""
        return {reviewer.key: reviewer.name for reviewer in self.reviewers}

    @property
    def lines(self) -> tuple[PhoneLine, ...]:
        """The clinic's own phone lines, as those of a screening."""
        source = self.clinic or "the clinic"
        return tuple(
            PhoneLine(f"local_{number}", line.name, line.reach, line.about or "", source, line.checked, line.where)
            for number, line in enumerate(self.phones, 1)
        )


STANDARD = Site(SourceLocation("", 1))
"""The defaults."""
