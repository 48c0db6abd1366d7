"""The summary as one printed page.

What `lp` does with plain text, read in the source of its filter (`texttopdf.c` of OpenPrinting's cups-filters): ten
characters and six lines an inch, inside the margins of the printer. Without a printer's own margins these are a quarter
of an inch at the sides and half an inch above and below: 80 columns and 60 lines on US letter. `WIDTH` and `LINES` fit
on letter and on A4 (8.27 inches wide) with margins of up to half an inch at the sides and two thirds above and below.
CUPS tells this filter that text is UTF-8, whatever the locale, unless the command itself names another `charset`
(`scheduler/job.c` of OpenPrinting's cups): so the page is UTF-8, and accents and ñ are printed. The filter stops
printing at a character beyond the first 65,536, obeys control characters, and prints an accent that stands by itself
beside its letter: so there are none on the page. A printer that gets raw text knows ASCII only: so typographic signs
are written in ASCII. Letters are not: "años" without its tilde is another word. `encoding.py` does that only for a
printer that has no such letter.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec import Struct

from iop_tui.screening.assessment.summary import Summary, Verdict
from iop_tui.screening.i18n.language import _, ngettext
from iop_tui.screening.model.content import CrisisPage, PhoneLine
from iop_tui.site.settings import LocalLine, Site
from iop_tui.site.site_texts import staff_call

WIDTH = 72
LINES = 56
_TYPED = str.maketrans(
    {"“": '"', "”": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "…": "...", "›": ">"} | dict.fromkeys("–—−·•", "-")
)
_ALWAYS = 0
"""The rank of what is never cut."""
_COMPARED = (Verdict.NOT_ENOUGH, Verdict.MORE)
"""What is told of the kinds of care that are not proposed."""


class _Piece(Struct, frozen=True):
    """Lines that stand or fall together. A higher rank is cut sooner; `noun` is what is counted where it was cut."""

    lines: tuple[str, ...]
    rank: int = _ALWAYS
    noun: str = ""


class _Part(Struct, frozen=True):
    """The lines of a heading and what stands under it; without a piece the heading is not printed."""

    heading: tuple[str, ...]
    pieces: tuple[_Piece, ...]


def as_page(summary: Summary, site: Site, *, day: str) -> str:
    """The page, at most `LINES` lines of at most `WIDTH` columns, a line end at the end. `day` is printed as it is.

    What matters least is cut until it fits, and the page says what was cut. The opening and closing sentences, the
    first page of danger, the medical check and the two most urgent phone lines are never cut: should they alone be
    longer, as a screening could be written, a second page is printed.
    """
    pages = _pages(summary)
    parts: tuple[_Part, ...] = ()
    counted = True
    # Of several dangers the first is told whole; the others as far as there is room, down to their names.
    ways = [*((count, False, True) for count in range(max(1, len(pages)), 0, -1)), (1, False, False), (1, True, False)]
    for whole, brief, counted in ways:
        parts = tuple(_parts(summary, site, day, whole=whole, brief=brief))
        if len(_printed(parts, _kept(parts, _ALWAYS), counted=counted)) <= LINES:
            break
    kept = _kept(parts, _ALWAYS)
    for rank in sorted({piece.rank for part in parts for piece in part.pieces} - {_ALWAYS}):
        full: set[int] = set()
        for number, piece in sorted(_kept(parts, rank) - _kept(parts, rank - 1)):
            more = kept | {(number, piece)}
            if number not in full and len(_printed(parts, more, counted=counted)) <= LINES:
                kept = more
            else:
                # What comes later in the same list matters less: it does not take the place of this one.
                full.add(number)
    return "\n".join(_printed(parts, kept, counted=counted)) + "\n"


# ---- what is on the page, as it is read ------------------------------------------------------------------------------


def _parts(summary: Summary, site: Site, day: str, *, whole: int, brief: bool) -> Iterator[_Part]:
    head = ", ".join(part for part in (site.clinic, day) if part)
    yield _Part((), (_Piece((*_wrap(summary.screening.manifest.title.upper()), *_wrap(head))),))
    opening = _Part((), (_Piece(_wrap(summary.opening)),))
    calls = _Part(_heading(_("Who to call")), tuple(_calls(summary, site)))
    if not summary.levels:
        # Danger first, even before the sentence that opens every other page.
        yield from (_headline(summary), *_dangers(summary, site, whole, brief=brief), calls, opening)
        yield from _ending(summary)
        return
    yield opening
    if summary.notices:
        yield _Part((), tuple(_Piece(_wrap(notice), 2, "notice") for notice in summary.notices))
    if summary.crisis:
        yield from (*_dangers(summary, site, whole, brief=brief), calls)
    yield from (_headline(summary), _reasons(summary), _steps(summary), *_rest(summary))
    if not summary.crisis:
        yield calls
    yield from _ending(summary)


def _headline(summary: Summary) -> _Part:
    # Where the page of danger stands right above, it need not be pointed to.
    said = [sentence.text for sentence in summary.lead if sentence.page is None]
    return _Part(_heading(summary.headline), (_Piece(()), *(_Piece(_wrap(text), 3, "sentence") for text in said)))


def _pages(summary: Summary) -> dict[str, tuple[CrisisPage, list[str]]]:
    """Each page of danger once, with the reasons for it."""
    pages: dict[str, tuple[CrisisPage, list[str]]] = {}
    for page, because in summary.crisis:
        pages.setdefault(page.id, (page, []))[1].append(because.text)
    return pages


def _dangers(summary: Summary, site: Site, whole: int, *, brief: bool) -> Iterator[_Part]:
    pages = list(_pages(summary).values())
    for number, (page, reasons) in enumerate(pages[:whole]):
        own = [site.crisis[page.id]] if page.id in site.crisis else []
        staff = [_Piece(_wrap(staff_call(site, summary.screening)))] if number == 0 else []
        why = [_Piece(_bullet(_("Why: {reason}").format(reason=text)), 5, "reason") for text in reasons]
        yield _Part(_heading(page.title), (*staff, *(_Piece(_bullet(text)) for text in (*own, *page.do)), *why))
    if others := pages[whole:]:
        told = (page.title if brief else f"{page.title}: {page.do[0]}" for page, _reasons in others)
        yield _Part(_heading(_("This can be dangerous, too")), tuple(_Piece(_bullet(text)) for text in told))


def _reasons(summary: Summary) -> _Part:
    """Most serious first. That there is none is told where there is room, and not missed where there is none."""
    first = summary.in_order[0]
    ranks = [4, 6, 6, *(11 for _reason in first.reasons)]
    told = (_Piece(_bullet(why.text), rank, "reason") for why, rank in zip(first.reasons, ranks, strict=False))
    return _Part(_heading(first.why), tuple(told)) if first.reasons else _Part((), (_Piece(_wrap(first.why), 6),))


def _steps(summary: Summary) -> _Part:
    """The first steps, then the advice; of the advice first whom to call, and what to say.

    The first of all is never cut, nor is one that covers others, such as the medical check.
    """
    care = summary.screening.care
    checks = {step.id for step in care.first_steps if step.covers}
    later = iter((7, *range(12, 12 + len(care.advice))))
    pieces: list[_Piece] = []
    for number, step in enumerate(summary.steps, 1):
        title = f"{number}. {step.title}"
        if step.kind == "advice":
            pieces.append(_Piece(_passage(title, step.items), next(later), "step"))
            continue
        always = number == 1 or step.id in checks
        pieces.append(_Piece(_passage(title, step.items[:1]), _ALWAYS if always else 1, "step"))
        pieces += [_Piece(_bullet(why, "   "), 5, "reason") for why in step.items[1:]]
    return _Part(_heading(_("What to do, in this order")), tuple(pieces))


def _rest(summary: Summary) -> Iterator[_Part]:
    open_ = enumerate(summary.unknown)
    yield _Part(
        _heading(_("What we could not tell")),
        tuple(_Piece(_bullet(text), 8 if number else 6, "unknown") for number, text in open_),
    )
    fits = (suggests for suggests, _because in summary.fits)
    yield _Part(_heading(_("What would make it work")), tuple(_Piece(_bullet(text), 9, "fit") for text in fits))
    settled = summary.settled
    # Care that may also be needed is more than a comparison.
    yield _Part(
        _heading(_("The other kinds of care") if settled else _("The kinds of care")),
        tuple(
            _Piece(_bullet(f"{level.care.name}: {level.title}"), 10 if level.verdict in _COMPARED else 7, "level")
            for level in (summary.in_order[1:] if settled else summary.in_order)
        ),
    )


def _calls(summary: Summary, site: Site) -> Iterator[_Piece]:
    """Near before far; but in danger the lines of its page before all."""
    urgent = [summary.screening.phone_lines[name] for page, _because in summary.crisis for name in page.lines]
    always = {line.id for line in (*urgent[:1], *most_urgent(summary))}
    for line in dict.fromkeys(urgent):
        yield _Piece(_bullet(_reach(line)), _ALWAYS if line.id in always else 5, "line")
    for number, near in enumerate(site.phones):
        yield _Piece(_bullet(_reach(near)), 4 if number < 2 else 8, "line")
    for line in summary.lines:
        if line not in urgent:
            yield _Piece(_bullet(_reach(line)), _ALWAYS if line.id in always else 8, "line")


def most_urgent(summary: Summary) -> tuple[PhoneLine, ...]:
    """The two lines that no form of the summary leaves out: the first two of all that the screening always names."""
    return summary.lines[:2]


def _ending(summary: Summary) -> Iterator[_Part]:
    manifest = summary.screening.manifest
    made = _("Made with {screening} {version}").format(screening=manifest.id, version=manifest.version)
    yield _Part((), (_Piece(_wrap(summary.closing)), _Piece(_wrap(made))))


# ---- fitting ---------------------------------------------------------------------------------------------------------


def _kept(parts: Sequence[_Part], rank: int) -> frozenset[tuple[int, int]]:
    """The places of all pieces up to a rank: number of the part, number of the piece."""
    return frozenset(
        (one, two) for one, part in enumerate(parts) for two, piece in enumerate(part.pieces) if piece.rank <= rank
    )


def _printed(parts: Sequence[_Part], kept: frozenset[tuple[int, int]], *, counted: bool) -> list[str]:
    """The lines of these pieces. That something was cut is always said, and what, if it is `counted`."""
    lines: list[str] = []
    *body, closing = enumerate(parts)
    for number, part in body:
        lines += _part(part, [piece for at, piece in enumerate(part.pieces) if (number, at) in kept])
    cut = [
        piece.noun
        for one, part in enumerate(parts)
        for two, piece in enumerate(part.pieces)
        if (one, two) not in kept and piece.noun
    ]
    if cut:
        said = ", ".join(_counted(noun, cut.count(noun)) for noun in dict.fromkeys(cut))
        more = _("More is on the screen: {what}.").format(what=said) if counted else _("More is on the screen.")
        lines += ["", *_wrap(more)]
    return (lines + _part(closing[1], closing[1].pieces))[1:]


def _part(part: _Part, pieces: Sequence[_Piece]) -> list[str]:
    if not pieces:
        return []
    return ["", *part.heading, *(line for piece in pieces for line in piece.lines)]


def _counted(noun: str, n: int) -> str:
    """How many of a kind were cut."""
    return {
        "notice": ngettext("{n} note", "{n} notes", n),
        "sentence": ngettext("{n} sentence", "{n} sentences", n),
        "reason": ngettext("{n} reason", "{n} reasons", n),
        "step": ngettext("{n} step", "{n} steps", n),
        "unknown": ngettext("{n} open question", "{n} open questions", n),
        "fit": ngettext("{n} tip", "{n} tips", n),
        "level": ngettext("{n} kind of care", "{n} kinds of care", n),
        "line": ngettext("{n} phone line", "{n} phone lines", n),
    }[noun].format(n=n)


def _passage(title: str, items: Sequence[str]) -> tuple[str, ...]:
    return (*_wrap(title), *(line for item in items for line in _bullet(item, "   ")))


def _reach(line: PhoneLine | LocalLine) -> str:
    """Whom, and how; what more is told of a line near by is known nowhere else."""
    about = f". {line.about}" if isinstance(line, LocalLine) and line.about else ""
    return f"{line.name}: {line.reach}{about}"


def _heading(title: str) -> tuple[str, ...]:
    return _wrap(title.upper())


def _bullet(text: str, indent: str = "") -> tuple[str, ...]:
    return _wrap(f"- {text}", indent, indent + "  ")


def _wrap(text: str, indent: str = "", later: str = "") -> tuple[str, ...]:
    plain = " ".join(typed(text).split())
    return tuple(textwrap.wrap(plain, WIDTH, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False))


def typed(text: str) -> str:
    """A text as it could be typed: typographic signs in ASCII, each letter one sign with its accent, and nothing that a
    printer obeys or stops at.
    """
    composed = unicodedata.normalize("NFC", text)
    # Nearly every text is harmless: only one that is not is gone through letter by letter.
    if not composed.isprintable() or max(composed, default="") > "\uffff":
        letters = (sign if sign.isspace() or (sign.isprintable() and sign <= "\uffff") else "?" for sign in composed)
        composed = "".join(letters)
    return composed.translate(_TYPED)
