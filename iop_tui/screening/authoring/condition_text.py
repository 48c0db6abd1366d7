"""A condition as text: as an author would write it in YAML, in one line."""

from __future__ import annotations

from iop_tui.screening.model.condition import All, AtLeast, Condition, InRange, Is, Not, Score


def as_yaml(condition: Condition) -> str:
    """The condition as YAML in one line, such as `{any: [{drinks: {at_least: 8}}, {signs: seizure}]}`."""
    if isinstance(condition, Is):
        only = condition.options[0] if len(condition.options) == 1 else ""
        return f"{{{condition.question}: {only or listed(condition.options)}}}"
    if isinstance(condition, InRange):
        sides = (("at_least", condition.at_least), ("at_most", condition.at_most))
        return f"{{{condition.question}: {{{', '.join(f'{key}: {n}' for key, n in sides if n is not None)}}}}}"
    if isinstance(condition, Score):
        return f"{{score: {listed(condition.questions)}, at_least: {condition.at_least}}}"
    if isinstance(condition, Not):
        return f"{{not: {as_yaml(condition.of)}}}"
    parts = f"[{', '.join(map(as_yaml, condition.of))}]"
    if isinstance(condition, AtLeast):
        return f"{{at_least: {condition.count}, of: {parts}}}"
    return f"{{{'all' if isinstance(condition, All) else 'any'}: {parts}}}"


def listed(words: tuple[str, ...]) -> str:
    """Words as a list in YAML."""
    return f"[{', '.join(words)}]"


def short(condition: Condition, most: int = 90) -> str:
    """The condition as YAML, cut off where it is long: enough to find the place again."""
    whole = as_yaml(condition)
    return whole if len(whole) <= most else f"{whole[: most - 1]}…"
