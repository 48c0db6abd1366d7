"""What a counselor does, step by step, when an alarm stands during a call: the clinic's own steps, or these.

A clinic should write its own, with its own numbers and names of duties. Ours are for one that has not yet: stay on the
line, find out where the person is, bring help, tell somebody, agree what comes next.
"""

from __future__ import annotations

from iop_tui.screening.language import _
from iop_tui.site.model import Site

USUAL = (
    _("Stay on the line. Say: I am glad you told me. I will stay with you while we get help."),
    _("Ask: Where are you right now, and who is with you? Which number can we call if we get cut off?"),
    _("Might someone be hurt in the next minutes? Call 911 on another phone. Keep the caller on this one."),
    _("If not: connect the caller to 988, and stay on the line until somebody there has answered."),
    _("Tell the clinician on duty now. Do not wait for the end of the call."),
    _("Agree with the caller what happens next, and when you will call back."),
)
"""Steps where a person may be in danger from themselves or others."""
MEDICAL = (
    _("Stay on the line. Say: This may be an emergency. I will stay with you while we get help."),
    _("Ask: Where are you right now, and who is with you? Which number can we call if we get cut off?"),
    _("Call 911 on another phone, or have the person beside the caller do it. Keep the caller on this one."),
    _("Say: Do not drive. Unlock the door. Do what the 911 operator says."),
    _("Tell the clinician on duty now. Do not wait for the end of the call."),
    _("Stay until help is there, or until the caller is with somebody who takes over."),
)
"""Steps where the body is in danger."""
TODAY = (
    _("Say: Thank you for telling me. This needs care today, and I will help you find it."),
    _("Ask: Is it worse than usual right now? Are you safe where you are?"),
    _("If it is worse, or the caller is not safe: 911 for the body, 988 for the rest. Stay on the line."),
    _("Settle who sees the caller today, where, and how they get there."),
    _("Tell the clinician on duty before you hang up."),
    _("Agree when you will call back, and on which number."),
)
"""Steps for an alarm that can wait for hours, and not for days."""
_BODY = frozenset({"medical", "withdrawal"})


def steps_for(site: Site, page: str, *, today: bool = False) -> tuple[str, ...]:
    """The steps for a page of danger, in order: those the clinic wrote for this page, else those it wrote for all, else
    ours. `today` is said of an alarm that need not stop everything.
    """
    own = site.protocols.get(page) or site.protocol
    if own:
        return own
    if page in _BODY:
        return MEDICAL
    return TODAY if today else USUAL
