"""The first page of a result: all that one needs to act. The page of danger stands in its place where one must."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from iop_tui.result.blocks import (
    Block,
    CallLine,
    CallLines,
    CareName,
    Entries,
    Entry,
    LevelOnScale,
    Scale,
    Section,
    Words,
    card_texts,
)
from iop_tui.result.cut import cut_section, in_short
from iop_tui.result.model import RaisedAlarm, Result, Verdict
from iop_tui.result.priorities import ALWAYS, HINGE, LINE, NOTICE, POSSIBLE, REASON, SAID_TWICE
from iop_tui.result.sentences import call_now, danger_open, hinge, least_care, not_a_diagnosis, quoted, said, tell
from iop_tui.review.sentences import review_line
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import ALL_WEEK, Care, PhoneLine
from iop_tui.site.settings import STANDARD, Site
from iop_tui.site.site_texts import staff_call

REASONS = 3
"""So many reasons stand on the card, at most."""
WORDS = 150
"""So many words the card may have: one reads them in a minute."""
TODAY = 4
"""So many things to do today stand before the call."""


def card(result: Result, site: Site) -> Section:
    """The card of a result with a level."""
    made = Section("card", _("Your result"), tuple(_card(result, site)))
    # What is left out here, the chapters tell.
    for shorter in _shorter(made):
        if _words(made) <= WORDS:
            break
        made = shorter(made)
    return made


def danger(result: Result, site: Site, *, told_later: bool) -> Section:
    """What stands in place of the card while an alarm `now` stands: its pages, those that stop the questions first."""
    return Section(
        "danger", _("Get help now, before anything else"), tuple(_danger(result, site, told_later=told_later))
    )


def do_today(result: Result, site: Site) -> tuple[Entry, ...]:
    """What to do today, in order: danger, what comes before any program, then the call."""
    entries: list[Entry] = []
    for page in result.pages:
        entries.append(Entry(page.brief or page.title, page.id, tone="danger"))
    for step in result.steps:
        if step.sure and step.id not in result.covered_steps:
            entries.append(Entry(step.brief, step.id))
    if not entries:
        entries += [Entry(_("To be safe: {step}").format(step=s.brief), s.id) for s in result.steps[:1]]
    if len(entries) > TODAY:
        more = _("More to do today: see “{title}”.").format(title=_("What to do, in order"))
        entries = [*entries[:TODAY], Entry(more, "more")]
    text, short = call_now(result, site)
    if text:
        entries.append(Entry(text, "call", short=short))
    return tuple(entries)


def scale(result: Result) -> Scale:
    """The kinds of care side by side."""
    levels = []
    for level in result.levels:
        care = level.care
        least, most = (care.week.least, care.week.most or care.week.least) if care.week else (0, 0)
        mine = level.verdict is Verdict.FIRST and result.settled
        possible = care.id in result.could_be
        sleep = care.sleep_short or ""
        levels.append(LevelOnScale(care.id, care.short, _hours(care), least, most, sleep, mine, possible))
    return Scale(_("Hours a week"), tell(result, _("You sleep"), _("They sleep")), tuple(levels))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _shorter(section: Section) -> Iterator[Callable[[Section], Section]]:
    """Ways to say a card in fewer words, one after the other: first what costs least."""
    yield lambda made: replace(made, blocks=tuple(map(in_short, made.blocks)))
    for priority in sorted({*_priorities(section)}, reverse=True):
        if priority > POSSIBLE:
            yield lambda made, most=priority - 1: cut_section(made, most)  # type: ignore[misc]  # a default binds it
    yield lambda made: replace(made, blocks=tuple(_unexplained(block) for block in made.blocks))


def _unexplained(block: Block) -> Block:
    """Without what the care is, which stands among the kinds of care, too."""
    return replace(block, what="") if isinstance(block, CareName) else block


def _words(section: Section) -> int:
    return sum(len(text.split()) for text in card_texts(section))


def _priorities(section: Section) -> Iterator[int]:
    for block in section.blocks:
        if isinstance(block, Words):
            yield block.priority
        elif isinstance(block, Entries):
            yield from (entry.priority for entry in block.entries)


def _hours(care: Care) -> str:
    if care.week is None:
        return ""
    if care.week.least >= ALL_WEEK:
        return _("day and night")
    if care.week.most is None:
        # Of care for most of the day, at home at night, few have heard.
        return _("{hours}+, by day").format(hours=care.week.least)
    return f"{care.week.least}-{care.week.most}" if care.week.most > care.week.least else str(care.week.least)


def _card(result: Result, site: Site) -> Iterator[Block]:
    if left_open := danger_open(result):
        yield Words(left_open, "danger")
    levels = result.screening.levels
    if result.settled and result.level is not None:
        care = levels[result.level]
        yield CareName(_("Care to ask about"), care.short, care.name, care.what)
        yield scale(result)
        if maybe := least_care(result):
            yield Words(maybe, "strong", POSSIBLE)
        yield _reasons(result)
    else:
        names = [levels[level].short for level in result.could_be]
        yield Words(_("We can't tell yet which care fits."), "strong")
        yield Words(_("It could be anything from {low} to {high}.").format(low=names[0], high=names[-1]))
        yield scale(result)
    todo = do_today(result, site)
    yield Entries(_today(len(todo), after_danger=bool(left_open)), todo, numbered=True)
    if not result.settled:
        yield _settling(result)
    turning = hinge(result, in_short=True) if result.settled and len(result.could_be) == 1 else ""
    # One more sentence has room: what else it says, the next chapter says, too.
    if turning and not result.notices:
        yield Words(turning, priority=HINGE)
    for notice in result.notices:
        yield Words(notice.text, "quiet", NOTICE)
    # Who has reviewed the screening, the first page says, too, and every page that is taken along.
    closing = f"{not_a_diagnosis()} {review_line(result.screening)}"
    yield Words(closing, "quiet", SAID_TWICE, not_a_diagnosis(in_short=True))


def _today(count: int, *, after_danger: bool) -> str:
    """The title of what to do today. Only one thing on the page may be the first."""
    if after_danger:
        return _("Then do this today")
    return _("Do this today, in this order") if count > 1 else _("Do this today")


def _settling(result: Result) -> Entries:
    """The questions whose answers would settle most: they come after what is to be done today."""
    asked = {question.question: question.ask for question in result.open}
    entries = tuple(
        Entry(quoted(asked[name]), name, priority=REASON if at else ALWAYS) for at, name in enumerate(result.settling)
    )
    title = _("These answers would tell us most") if len(entries) > 1 else _("This answer would tell us most")
    return Entries(title, entries)


def _reasons(result: Result) -> Block:
    briefs = {r.brief.removesuffix("."): r.id for r in reversed(result.reasons) if r.level == result.level}
    told = list(reversed(briefs.items()))[:REASONS]
    if told:
        entries = (Entry(brief, name, priority=REASON + at) for at, (brief, name) in enumerate(told))
        return Entries(_("Why"), tuple(entries))
    if result.alarms or result.steps or any(question.danger for question in result.open):
        return Words(_("Nothing you told us asks for more than this."), priority=REASON)
    return Words(_("Nothing you told us asks for more. That doesn't mean nothing's wrong."), priority=REASON)


def _danger(result: Result, site: Site, *, told_later: bool) -> Iterator[Block]:
    """Each page once; the first of them whole, with how staff are found."""
    pages: dict[str, list[RaisedAlarm]] = {}
    for raised in result.alarms:
        pages.setdefault(raised.page.id, []).append(raised)
    for number, (name, alarms) in enumerate(pages.items()):
        page = alarms[0].page
        own = (Entry(site.crisis[name], name),) if name in site.crisis else ()
        staff = (Entry(staff_call(site, result.screening), "staff"),) if number == 0 and site != STANDARD else ()
        entries = (*staff, *own, *(Entry(text, name) for text in page.do))
        yield Words(page.title, "danger", ALWAYS)
        yield Entries("", tuple(Entry(e.text, e.id, priority=ALWAYS if number == 0 else POSSIBLE) for e in entries))
        because = (
            Entry(a.because, a.id, () if told_later else tuple(map(said, a.answers)), "quiet", REASON) for a in alarms
        )
        yield Entries("", tuple(because))
    yield CallLines(tuple(call_line(result, line) for line in result.page_lines))
    yield Words(not_a_diagnosis(), "quiet", SAID_TWICE)


def call_line(result: Result, line: PhoneLine) -> CallLine:
    """A phone line as a block; the most urgent ones are never cut."""
    priority = ALWAYS if line in result.urgent_lines else LINE
    return CallLine(line.id, line.name, line.reach, line.about, priority)
