"""Whether a screening may be shown where a clinic requires reviews, and in one sentence why not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from iop_tui.review.reviewed import sentence
from iop_tui.review.sentences import part_name, status_of
from iop_tui.review.status import PartStatus, State
from iop_tui.screening.english import counted
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.reviews import OWN_PARTS

_WHY: dict[State, str] = {
    "not reviewed": "nobody has reviewed it; have a reviewer of the clinic read and sign it: iop-tui sign",
    "signed": "{names} signed it with a key that is not among the site file's 'reviewers'; add it, if it is theirs",
    "changed": "it was changed since {names} reviewed it ({date}); have it reviewed and signed again: iop-tui sign",
    "expired": "the review by {names} ran out on {expires}; have it reviewed and signed again: iop-tui sign",
    "disputed": "{names} reviewed it and disagrees; change it, and have it reviewed and signed again: iop-tui sign",
}


def unmet(screening: Screening, parts: Sequence[str], today: datetime.date | None = None) -> tuple[str, ...]:
    """Why a screening may not be shown where these parts must be reviewed: a sentence for each reason, none if it may.
    A forged or unreadable review is a reason, too: somebody changed what a reviewer signed.
    """
    return tuple(_reasons(screening, parts, today)) if parts else ()


def refusal(screening: Screening, parts: Sequence[str], today: datetime.date | None = None) -> str:
    """The same in one sentence; empty if it may be shown."""
    reasons = unmet(screening, parts, today)
    if not reasons:
        return ""
    more = f" ({counted(len(reasons) - 1, 'reason')} more: iop-tui sign --status)" if len(reasons) > 1 else ""
    return f"the site file requires a review ('require_review'), and it does not start: {reasons[0]}{more}."


def _reasons(screening: Screening, parts: Sequence[str], today: datetime.date | None) -> Iterator[str]:
    status = status_of(screening, today)
    for checked in status.invalid:
        if checked.verdict in ("forged", "wrong name"):
            yield f"{checked.review.where.file}: {sentence(checked.review, checked.verdict)}"
    for name in status.unreadable:
        yield f"reviews/{name} cannot be read; 'iop-tui check' says why"
    for part in parts:
        found = status.part(part)
        if found.state == "not reviewed" and any(
            checked.verdict == "unchecked" and part in checked.review.read for checked in status.invalid
        ):
            yield f"{part}: its signature cannot be checked on this machine: pip install 'iop-tui[sign]'"
        elif found.state != "reviewed":
            named = part if part in OWN_PARTS else f"{part} ({part_name(part)})"
            yield f"{named}: {_why(found)}"


def _why(status: PartStatus) -> str:
    behind = [r for r in status.reviews if status.state != "disputed" or r.opinion == "disagrees"]
    return _WHY[status.state].format(
        names=" and ".join(dict.fromkeys(review.name for review in behind)),
        date=max((review.date for review in behind), default=""),
        expires=max((review.expires for review in behind), default=""),
    )
