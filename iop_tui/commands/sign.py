"""`iop-tui sign`: a clinician signs what they have read of a screening; or what has been signed is told.

The passphrase of the key is typed at the terminal, hidden, or read from a file or descriptor; never from the command
line or the environment, which other programs can read.
"""

from __future__ import annotations

import calendar
import datetime
import getpass
import os
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec import Struct

from iop_tui.cli_support.exit_status import DONE, FAILED
from iop_tui.cli_support.refusals import cannot_write, refuse, refuse_all
from iop_tui.platform.private_file import CannotSave
from iop_tui.records.errors import RecordsError
from iop_tui.records.passphrase import check_new, from_file, normal
from iop_tui.review import review_file, reviewer_key
from iop_tui.review.attach import with_reviews
from iop_tui.review.fingerprint import fingerprints, own_fingerprints
from iop_tui.review.reviewed import problems
from iop_tui.review.sentences import part_name, review_lines
from iop_tui.review.signing import CannotCheck, is_genuine, signed
from iop_tui.screening.authoring.checker import check
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.reviews import Opinion, Review
from iop_tui.screening.problems import Problem, Unusable
from iop_tui.screening.shipped import sound
from iop_tui.site.site_file import load_site

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_PROVES = (
    "What this proves: whoever has this key signed exactly this, and any change to it, or to the review, is noticed. "
    "It does not prove whose key it is: that is what 'reviewers' in the clinic's site file says, so "
    "give the clinic the line above yourself, in person or on the phone."
)


class Wish(Struct, frozen=True):
    """What a reviewer wants to sign, as given on the command line. Without `parts`: all of them."""

    name: str
    license: str
    role: str
    parts: tuple[str, ...] = ()
    limits: str | None = None
    remarks: str | None = None
    expires: str | None = None
    months: int = 12
    disagree: bool = False


def sign(directory: Path, wish: Wish, key_path: Path | None, passphrase_file: Path | None) -> int:
    """Sign a screening; the exit status. A key pair is made if there is none."""
    found = check(directory)
    if found.screening is None or found.problems:
        return refuse_all(Unusable(found.problems))
    if _has_the_shipped_id(found.screening):
        return refuse_all(Unusable([_same_id(found.screening)]))
    path = key_path or reviewer_key.default_path(os.environ)
    try:
        review = _review(found.screening, wish)
        key = _key(path, passphrase_file)
        review = signed(review, key)
        written = review_file.write_review(review, review_file.directory(found.screening.manifest))
    except (_Refused, RecordsError, reviewer_key.KeyRefused, CannotCheck, CannotSave) as failure:
        return refuse(str(failure))
    except OSError as failure:
        return cannot_write(failure)
    # What was written is read again: a signature that would not hold must be known now.
    again = review_file.read_reviews(written.parent)
    if not any(one.where.file == str(written) and is_genuine(one) for one in again.reviews):
        written.unlink()
        return refuse(f"the review could not be read back from {written}, so it was removed. Nothing was signed.")
    for line in _told(review, found.screening, written):
        click.echo(line)
    return DONE


def status(directory: Path, site_path: Path | None) -> int:
    """Print who has reviewed what, part by part, and every problem of the reviews; 1 if there is a problem."""
    try:
        known = load_site(site_path).known_reviewers if site_path is not None else {}
        screening = with_reviews(sound(directory), known)
    except Unusable as unusable:
        return refuse_all(unusable)
    for line in review_lines(screening):
        click.echo(line)
    for each in screening.reviews.reviews:
        if each.review.remarks and each.verdict in ("genuine", "unknown key"):
            click.echo(f"Remarks by {each.review.name}, {each.review.date}: {each.review.remarks}")
    wrong = problems(screening)
    for problem in wrong:
        click.echo(str(problem))
    return FAILED if wrong else DONE


# ---- inside ----------------------------------------------------------------------------------------------------------


def _has_the_shipped_id(screening: Screening) -> bool:
    """Whether it is another screening than the one that comes with the program, under the same id."""
    ours = sound()
    return screening.manifest.id == ours.manifest.id and own_fingerprints(screening) != own_fingerprints(ours)


def _same_id(screening: Screening) -> Problem:
    where, name = screening.manifest.where, screening.manifest.id
    return Problem(
        where.file,
        where.line,
        f"id {name!r} is that of the screening that comes with the program, and this is another one; give it an id of "
        "its own, so that a review names one screening",
    )


class _Refused(Exception):
    """The wish cannot be fulfilled. The message is a sentence."""


def _review(screening: Screening, wish: Wish) -> Review:
    """The review without key and signature. Raises _Refused."""
    now = fingerprints(screening)
    today = local_today()
    try:
        expires = datetime.date.fromisoformat(wish.expires) if wish.expires else _months_after(today, wish.months)
    except ValueError:
        raise _Refused(f"--expires {wish.expires!r} is no day; write it as 2027-11-30.") from None
    if expires <= today:
        raise _Refused(f"--expires {expires} is not after today ({today}); a review must count for a day at least.")
    opinion: Opinion = "disagrees" if wish.disagree else "agrees with limits" if wish.limits else "agrees"
    fields = {
        "screening": screening.manifest.id,
        "version": screening.manifest.version,
        "name": _one_line(wish.name),
        "license": _one_line(wish.license),
        "role": _one_line(wish.role),
        "date": today.isoformat(),
        "at": datetime.datetime.now(datetime.UTC).isoformat().replace("+00:00", "Z"),
        "expires": expires.isoformat(),
        "opinion": opinion,
        "read": {part: now[part] for part in _parts(wish.parts, now)},
        "key": "ed25519:" + "A" * 43 + "=",
        "signature": "A" * 86 + "==",
        "where": {"file": "", "line": 1},
        "limits": wish.limits and _one_line(wish.limits),
        "remarks": wish.remarks and wish.remarks.strip(),
    }
    try:
        return msgspec.convert(fields, Review)
    except msgspec.ValidationError as failure:
        said, _, field = str(failure).rpartition(" - at ")
        raise _Refused(f"{field.strip('`$.') or 'the review'}: {said}. Write it shorter, or not at all.") from None


def _parts(wished: Sequence[str], there: Mapping[str, str]) -> Sequence[str]:
    unknown = [part for part in wished if part not in there]
    if unknown:
        raise _Refused(f"--parts: there is no part {unknown[0]!r} to review; it could be: {', '.join(there)}.")
    return [part for part in there if not wished or part in wished]


def _key(path: Path, passphrase_file: Path | None) -> Ed25519PrivateKey:
    if path.exists() or path.is_symlink():
        return reviewer_key.load(path, lambda: normal(_passphrase(passphrase_file, f"Passphrase of {path}")))
    click.echo(f"There is no key at {path} yet, so one is made. Only its passphrase opens it: keep it safe.", err=True)
    chosen = _passphrase(passphrase_file, "New passphrase, at least 12 characters", twice=True)
    check_new(chosen)
    return reviewer_key.make(path, normal(chosen))


def _passphrase(file: Path | None, prompt: str, *, twice: bool = False) -> str:
    if file is not None:
        return from_file(file)
    try:
        typed = getpass.getpass(f"{prompt}: ")
        if twice and getpass.getpass("The same again: ") != typed:
            raise _Refused("the two passphrases differ; nothing was made. Try again.")
    except EOFError:
        raise _Refused("no passphrase was typed, and none was given with --passphrase-file.") from None
    return typed


def _told(review: Review, screening: Screening, path: Path) -> Sequence[str]:
    """What was signed, and what the signature means."""
    opinion = {"disagrees": "does NOT agree with", "agrees with limits": "agrees, with limits, with"}
    said = opinion.get(review.opinion, "agrees with")
    lines = [f"{review.name} ({review.license}, {review.role}) {said} {review.screening}, version {review.version}:"]
    lines += [f"  {part:<8} {part_name(part)}  {value[:12]}" for part, value in review.read.items()]
    left = [part for part in fingerprints(screening) if part not in review.read]
    lines += [f"Not signed: {', '.join(left)}."] if left else []
    lines += [f"Limits: {review.limits}"] if review.limits else []
    lines += [f"It counts until {review.expires}. The review is in {path}.", "For the clinic's site file:"]
    lines += [
        "  reviewers:",
        f"    - {{name: {review_file.quoted(review.name)}, key: {review_file.quoted(review.key)}}}",
    ]
    named = shlex.quote(str(Path(screening.manifest.where.file).parent))
    return [*lines, _PROVES, f"Who has reviewed what: iop-tui sign {named} --status"]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
