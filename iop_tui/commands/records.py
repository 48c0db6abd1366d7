"""`iop-tui records`: saved calls for scripts: list, show, export, delete, count, print the audit.

The passphrase is typed at the terminal, hidden, or read from a file or descriptor; never from the command line or the
environment, which other programs can read.
"""

from __future__ import annotations

import getpass
import json
import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from msgspec import Struct

from iop_tui.call.form_alarm import FORM_ALARM
from iop_tui.cli_support.exit_status import CANNOT_WRITE, DONE, FAILED
from iop_tui.cli_support.refusals import refuse, refuse_all
from iop_tui.export.formats import Format, format_of
from iop_tui.records import open_records, required
from iop_tui.records.errors import CannotWrite, NeedsExtra, RecordsError, Replaced
from iop_tui.records.passphrase import check_new, from_file
from iop_tui.screening.english import plural

if TYPE_CHECKING:
    from iop_tui.call.record import Card
    from iop_tui.records.stats import Counts, Stats
    from iop_tui.records.store import Records
    from iop_tui.screening.model.definition import Screening
    from iop_tui.site.settings import Site

_SHORT = 8
"""How many characters of an id are shown: enough to distinguish calls, few enough to type."""


class Access(Struct, frozen=True):
    """Which records to open, where their passphrase is, and which questions and site file belong to them."""

    url: str | None = None
    passphrase_file: Path | None = None
    questions: Path | None = None
    site: Path | None = None


class _NoSuchCall(RecordsError):
    """The given id matches no call, or several."""


def list_calls(access: Access, *, as_json: bool, state: str | None, find: str | None) -> int:
    """Print the calls, the one changed last first: one a line, or as JSON."""

    def listed(records: Records) -> int:
        cards = records.find(find) if find else records.cards()
        chosen = [card for card in cards if state in (None, card.state)]
        damaged = records.damaged
        if as_json:
            _print_json({"calls": [_plain(card) for card in chosen], "damaged": list(damaged)})
        else:
            for card in chosen:
                click.echo(_line(card))
            for call in damaged:
                click.echo(f"{call[:_SHORT]}  damaged: it cannot be read")
        return FAILED if damaged else DONE

    return _with_records(access, listed)


def show(access: Access, wanted: str) -> int:
    """Print the note of one call."""
    return _given_out(access, wanted, format_of("text"), None, shown=True)


def export(access: Access, wanted: str, form: str, to: str | None) -> int:
    """Write one call in a format, to a new file or standard output; the audit gets a line."""
    if not format_of(form).is_text and to is None and is_terminal(sys.stdout):
        return refuse(
            f"{form} is not text, and cannot be shown on a terminal: add --to FILE, or send the output to a program."
        )
    return _given_out(access, wanted, format_of(form), to)


def delete(access: Access, wanted: str, *, sure: bool) -> int:
    """Delete a call for good; asks first."""

    def deleted(records: Records) -> int:
        call = _named(records, wanted)
        if not sure:
            if not is_terminal(sys.stdin):
                return refuse("deleting is for good: add --yes where nobody can be asked.")
            if not click.confirm(f"Delete call {call[:_SHORT]} for good?", err=True):
                return FAILED
        records.delete(call)
        click.echo(f"Call {call[:_SHORT]} is deleted.", err=True)
        return DONE

    return _with_records(access, deleted)


def passphrase(access: Access, new_file: Path | None) -> int:
    """Encrypt everything again under another passphrase, typed twice or read from a file."""

    def changed(records: Records) -> int:
        new = from_file(new_file) if new_file else _asked("New passphrase, at least 12 characters", twice=True)
        check_new(new)
        records.change_passphrase(new)
        click.echo("The passphrase is changed. Older backups still open with the old one.", err=True)
        return DONE

    return _with_records(access, changed)


def stats(access: Access, *, as_json: bool, since: str | None, until: str | None, smallest: int | None) -> int:
    """Print counts of calls by result, alarm and section. Days are in this machine's time zone, both included."""
    from iop_tui.records.stats import LEAST_SMALLEST, SMALLEST, stats_of

    least = SMALLEST if smallest is None else smallest
    if least < LEAST_SMALLEST:
        return refuse(f"counts below {LEAST_SMALLEST} are never shown: they could identify single people.")
    try:
        first, last = _day(since, date.min), _day(until, date.max)
    except ValueError:
        return refuse("write days as 2026-11-22, after --from and --until.")
    if first > last:
        return refuse("the day after --from is later than the one after --until.")

    def counted(records: Records, screening: Screening, site: Site) -> int:
        every, damaged = records.cards(), records.damaged
        if damaged:
            said = plural("{n} call is damaged and not", "{n} calls are damaged and not", len(damaged))
            refuse(f"{said.format(n=len(damaged))} counted; 'iop-tui records list' shows which.")
        cards = [card for card in every if first <= card.began.astimezone().date() <= last]
        found = stats_of(
            cards,
            levels=tuple(screening.levels),
            # A row is there whether or not a call has the alarm: its being there must say nothing.
            alarms=[*(alarm.id for alarm in screening.alarms), *([FORM_ALARM] if site.forms else [])],
            sections=[section.id for section in screening.sections],
            smallest=least,
        )
        if as_json:
            import msgspec

            _print_json(msgspec.to_builtins(found))
        else:
            for line in _told(found):
                click.echo(line)
        return FAILED if damaged else DONE

    return with_clinic(access, counted)


def audit(access: Access, *, verify: bool, head: bool, since: str | None) -> int:
    """Print the audit; with `head` the seal of its last line; with `verify` what was altered."""

    def looked(records: Records) -> int:
        if head:
            click.echo(records.head())
        if verify or since:
            problems = records.verify(since or "")
            for problem in problems:
                click.echo(problem)
            if not problems:
                click.echo("All calls can be read, and the audit is whole.", err=True)
            return FAILED if problems else DONE
        if not head:
            for entry in records.audit():
                about = f"  call {entry.call[:_SHORT]}, version {entry.version}" if entry.call else ""
                click.echo(_clean(f"{entry.at:%Y-%m-%d %H:%M:%S}Z  {entry.who}  {entry.what}{about}"))
        return DONE

    return _with_records(access, looked)


# --- the records, opened


def _with_records(access: Access, do: Callable[[Records], int]) -> int:
    from iop_tui.platform.hardening import keep_to_ourselves

    try:
        required(access.url)
        # The passphrase, the key and calls are in memory from here on.
        keep_to_ourselves()
        secret = from_file(access.passphrase_file) if access.passphrase_file else _asked("Passphrase")
        records = open_records(access.url, secret, by=_who(), create=False)
        try:
            return do(records)
        finally:
            records.close()
            if records.traces:
                refuse(
                    f"deleted data is still there, encrypted, in {records.traces}. It is gone once nobody has the "
                    "records open and the disk has room: then run 'iop-tui records list'."
                )
    except RecordsError as trouble:
        said = refuse(str(trouble))
        return CANNOT_WRITE if isinstance(trouble, CannotWrite | Replaced) else said


def with_clinic(access: Access, do: Callable[[Records, Screening, Site], int]) -> int:
    """Call `do` with the opened records, the screening and the site; the exit status."""
    from iop_tui.cli_support.site_and_screening import loaded
    from iop_tui.screening.problems import Unusable

    try:
        site, screening = loaded(access.site, access.questions)
    except Unusable as unusable:
        return refuse_all(unusable)
    return _with_records(access, lambda records: do(records, screening, site))


def _who() -> str:
    """The name for the audit: the login name. In a container the user may be a number without a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}"


def is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal. It is None where the shell closed it."""
    return stream is not None and stream.isatty()


def _asked(prompt: str, *, twice: bool = False) -> str:
    """Ask for a passphrase without echo. Raises RecordsError where there is no terminal."""
    if not is_terminal(sys.stdin):
        raise RecordsError(
            "There is no terminal to ask at: name a file that holds the passphrase, --passphrase-file FILE."
        )
    typed: str = click.prompt(
        prompt, hide_input=True, err=True, confirmation_prompt="The same again" if twice else False
    )
    return typed


def _named(records: Records, wanted: str) -> str:
    """The id of the one call whose id begins with `wanted`. Raises RecordsError."""
    ids = [*(card.id for card in records.cards()), *records.damaged]
    found = [call for call in ids if wanted and call.startswith(wanted.lower())]
    if len(found) == 1 or wanted in found:
        return wanted if wanted in found else found[0]
    if found:
        raise _NoSuchCall(f"{len(found)} calls begin with {wanted}: type more of the id.")
    raise _NoSuchCall("There is no call whose id begins so; 'iop-tui records list' shows them.")


# --- one call, given out


def _given_out(access: Access, wanted: str, form: Format, to: str | None, *, shown: bool = False) -> int:
    if to is None and sys.stdout is None:
        refuse("standard output is closed: add --to FILE, or leave it open.")
        return CANNOT_WRITE

    def given(records: Records, screening: Screening, site: Site) -> int:
        from iop_tui.call.operations import resumed
        from iop_tui.export.call_report import report_on
        from iop_tui.export.files import CannotSave, write

        stored = records.read(_named(records, wanted))
        call = stored.call
        work = resumed(call, screening, by=call.by, now=datetime.now(UTC))
        try:
            out = form.rendered(report_on(work, site, call))
        except ImportError:
            raise NeedsExtra("counselor") from None
        if shown:
            _print_bytes(out)
            return DONE
        # One audit entry before and one after: no export without an entry, and none that failed is called exported.
        records.exporting(call.id, form.id, stored.version)

        def told() -> None:
            records.exported(call.id, form.id, stored.version)

        if to is None:
            _print_bytes(out)
            try:
                told()
            except RecordsError as trouble:
                refuse(f"the call is out, but the audit says only that its export was begun. {trouble}")
                return CANNOT_WRITE
            return DONE
        try:
            path = write(to, out, told)
        except CannotSave as failure:
            refuse(str(failure))
            return CANNOT_WRITE
        click.echo(f"Written to {path}, readable by you alone. It is not encrypted.", err=True)
        return DONE

    return with_clinic(access, given)


# --- what is printed


def _print_bytes(out: bytes) -> None:
    """Write to standard output, and sync it if it is a file. Raises OSError."""
    sys.stdout.flush()
    sys.stdout.buffer.write(out)
    sys.stdout.buffer.flush()
    if stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode):
        os.fsync(sys.stdout.fileno())


def _line(card: Card) -> str:
    """A call as one line: id, time of the last change, state, answers, result, alarms, reference."""
    level = card.level or "-"
    judged = f", counselor: {card.judged}" if card.judged else ""
    alarms = f"  alarms: {', '.join(card.alarms)}" if card.alarms else ""
    changed = card.changed.astimezone()
    return _clean(
        f"{card.id[:_SHORT]}  {changed:%Y-%m-%d %H:%M}  {card.state:<9}  {card.answered}/{card.asked}  "
        f"{level}{judged}{alarms}  {card.reference}"
    ).rstrip()


def _plain(card: Card) -> object:
    """The card as plain data, without the notes: reading those opens the call, which is audited."""
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(card)
    del plain["words"]
    return plain


def _told(found: Stats) -> Iterable[str]:
    if found.calls is None:
        yield f"fewer than {found.smallest} calls: nothing more is shown"
        return
    yield f"{found.calls} calls (counts below {found.smallest}, and those that would give them away, are hidden)"
    yield from _table("by level", found.levels)
    yield from _table("by alarm; a call may have several", found.alarms)
    yield from _table("by section where unfinished calls were left", found.ends_in)
    if found.minutes is not None:
        minutes = found.minutes
        yield (
            f"minutes on the line: {minutes.median} in the middle; half of the calls took {minutes.lower_quartile} to "
            f"{minutes.upper_quartile}"
        )


def _table(title: str, counts: Counts | None) -> Sequence[str]:
    if not counts:
        return ()
    width = max(map(len, counts))
    return (f"{title}:", *(f"  {name:<{width}}  {'hidden' if n is None else n}" for name, n in counts.items()))


def _day(typed: str | None, otherwise: date) -> date:
    return date.fromisoformat(typed) if typed else otherwise


def _print_json(document: object) -> None:
    click.echo(json.dumps(document, ensure_ascii=not _speaks_unicode(), indent=2))


def _speaks_unicode() -> bool:
    return sys.stdout is not None and sys.stdout.encoding.lower().startswith("utf")


def _clean(line: str) -> str:
    """The line without control characters, which a reference may contain."""
    return "".join(sign if sign.isprintable() else "?" for sign in line)
