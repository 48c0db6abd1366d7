"""The protocol for an active alarm in a call, as steps: the clinic's own, or the default.

A clinic should write its own, with its own numbers and roles, and have a clinician review them: no licensed
professional has reviewed the default. The clinic's steps are shown as written; the default takes the numbers from
help.yaml. "The person" is the one in danger, who may not be the caller.
"""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.assessment.call_sentences import line_of
from iop_tui.screening.model.content import Role
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site

_WHERE = "Ask: Where is the person right now, and who is with them? Which number can we call back? Note it."
_DUTY = "Tell the clinician on duty now. Do not wait for the end of the call. Note who, and when."
_NEXT = "Agree on what happens next, and on a safe time and number to call back."
_AMBULANCE = "Have {emergency} called now: by somebody beside the person, or by us on another phone. Stay on this line."

SUICIDE = (
    _WHERE,
    "Ask: Was anything done or taken already? Is there a plan, and what is at hand? Drunk or high right now?",
    "Done, taken, or about to act, or the person hangs up: send {emergency} to that place. Keep the line open.",
    "Somebody beside the person puts guns, pills and sharp things away, and stays. Nobody is left alone.",
    "Bring in {crisis} on the line{veterans}, and stay until somebody there has answered.",
    _DUTY,
    _NEXT,
)
MEDICAL = (
    _WHERE,
    _AMBULANCE,
    "Will not wake, or breathes badly: naloxone if it is there, on the side, and do what {emergency} says.",
    "Nobody drives themselves. Unlock the door. Do not stop alcohol, opioids or calming pills alone.",
    _DUTY,
    "Stay until help is there, or until somebody has taken over.",
)
MEDICAL_TODAY = (
    _WHERE,
    "Ask: Seizure, confused, seeing things, or nothing stays down? Then this is an emergency: {emergency} now.",
    "Ask: When was the last drink or dose, and how much? Say: Do not stop all at once, and do not do it alone.",
    "Settle who looks after the person today: a doctor, urgent care or an emergency room, and how they get there.",
    _DUTY,
    _NEXT,
)
UNSAFE = (
    "Ask first: Can you talk freely? Is anybody listening? If not: ask what can be answered with yes or no.",
    _WHERE,
    "Somebody may be hurt in the next minutes: {emergency} on another phone, with that place.",
    "A child, or an adult who depends on others, is in danger: follow your clinic's duty to report.",
    "Bring in the domestic violence hotline (H shows the number), if the caller wants it. The caller decides.",
    _DUTY,
    "Ask for a safe time, number and way to call back, and whether a message may be left. Send nothing else.",
)
HARM = (
    _WHERE,
    "Ask: Who is in danger? Is there a plan? Is there a weapon at hand? Drunk or high right now?",
    "Somebody may be hurt in the next minutes: {emergency} on another phone, with both places.",
    "Somebody the person trusts keeps weapons for now, if that is safe. Others go to a safe place.",
    "Tell the clinician on duty now: there may be a duty to warn or to protect. Note who, and when.",
    "Bring in {crisis} on the line, and stay until somebody there has answered.",
    _NEXT,
)
MIND = (
    _WHERE,
    "Ask: Do voices say to hurt anyone? Is somebody asleep, fed and safe there, also a baby or a child?",
    "Orders to hurt, out of control, or a baby alone with the person: {emergency} now, on another phone.",
    "Otherwise an emergency room today, with somebody they trust. The person does not drive.",
    "Somebody stays with the person, and with a baby, day and night until they are seen.",
    _DUTY,
    _NEXT,
)
USUAL = (
    _WHERE,
    "Might somebody be hurt, or get much worse, in the next minutes? {emergency} on another phone. Stay on this line.",
    "If not: bring in {crisis}, and stay on the line until somebody there has answered.",
    "Somebody whom the person trusts stays with them until then.",
    _DUTY,
    _NEXT,
)
TODAY = (
    _WHERE,
    "Ask: Is it worse than usual right now? Is the person safe where they are?",
    "Worse, or not safe: {emergency} for the body, {crisis} for thoughts and feelings. Stay on the line.",
    "Settle who sees the person today, where, and how they get there.",
    _DUTY,
    _NEXT,
)
_PAGES: Mapping[str, tuple[str, ...]] = {
    "suicide": SUICIDE,
    "medical": MEDICAL,
    "withdrawal": MEDICAL,
    "pregnancy": MEDICAL,
    "self_care": MEDICAL,
    "eating": MEDICAL,
    "unsafe": UNSAFE,
    "harm_others": HARM,
    "voices": MIND,
    "racing": MIND,
    "birth_mind": MIND,
}

_TODAY = {page: MEDICAL_TODAY if steps is MEDICAL else steps for page, steps in _PAGES.items()}


def steps_for(site: Site, screening: Screening, page: str, *, today: bool = False) -> tuple[str, ...]:
    """The steps for a crisis page, in order: those the clinic wrote for this page, else those it wrote for all, else
    the default. `today` is used for an alarm that does not stop everything.
    """
    own = site.protocols.get(page) or site.protocol
    if own:
        return own
    steps = _TODAY.get(page, TODAY) if today else _PAGES.get(page, USUAL)
    veterans = line_of(screening, "veterans")
    numbers = {
        "emergency": _number(screening, "emergency", "an ambulance"),
        "crisis": _number(screening, "crisis", "a crisis line"),
        "veterans": f" (for veterans: {veterans.reach})" if veterans is not None else "",
    }
    return tuple(step.format(**numbers) for step in steps)


def _number(screening: Screening, role: Role, otherwise: str) -> str:
    line = line_of(screening, role)
    return otherwise if line is None else line.number or line.name
