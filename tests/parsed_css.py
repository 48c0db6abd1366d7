"""CSS that is parsed once a process, and not once for each app: that is a third of the time in which one starts.

Programs that are started anew (`fresh` in tests/terminal) parse it as they do for a person. Private to Textual 8.2.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.widget import Widget

_parse_rules = Stylesheet._parse_rules
_PARSED: dict[frozenset[tuple[str, str]], dict[tuple[object, ...], list[RuleSet]]] = {}
"""What was parsed with these variables, that is, with these colours."""


def parse_once() -> None:
    """Let all apps of this process share what was parsed. Textual keeps the same lists for as long as an app runs, and
    only reads them.
    """
    Stylesheet._parse_rules = cast("Any", _parse_rules_once)  # type: ignore[method-assign]  # for all apps of a test


def parse_all(*apps: App[Any]) -> None:
    """Parse the style sheets of apps, and those of all widgets that are imported; others fork from this process."""
    parse_once()
    for app in apps:
        sheet = app.stylesheet
        sheet.set_variables(app.get_css_variables())
        sheet.read_all(app.css_path)
        for kind in (type(app), *_kinds(Widget)):
            # Private: what is found for a class is asked of one of its objects, which need not be made for it.
            for read_from, css, tie_breaker, scope in kind._get_default_css(object.__new__(kind)):
                sheet.add_source(css, read_from=read_from, is_default_css=True, tie_breaker=tie_breaker, scope=scope)
        sheet.parse()


def _kinds(of: type[Widget]) -> Iterator[type[Widget]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _parse_rules_once(
    self: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    mine = vars(self)
    if mine.get("parsed_with") is not self._variables:
        mine["parsed_with"] = self._variables
        mine["parsed"] = _PARSED.setdefault(frozenset(self._variables.items()), {})
    parsed, key = mine["parsed"], (css, read_from, is_default_rules, tie_breaker, scope)
    if key not in parsed:
        parsed[key] = _parse_rules(self, css, read_from, is_default_rules, tie_breaker, scope)
    rules: list[RuleSet] = parsed[key]
    return rules
