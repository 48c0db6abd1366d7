"""Result -> Document: what is told, in which order and in which words. Every renderer shows this and adds nothing.

The person's document is a card, which holds all that one needs to act, and chapters behind it. The clinician's has
the same, and then every rule with its id and the answers behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from iop_tui.result.blocks import Document, Section
from iop_tui.result.card import card, danger
from iop_tui.result.chapters import call, compare, fit, todo, who, why
from iop_tui.result.clinician import clinician
from iop_tui.result.model import Result
from iop_tui.review.sentences import review_line
from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import STANDARD, Site

Audience = Literal["person", "clinician"]


def document(result: Result, audience: Audience = "person", site: Site = STANDARD) -> Document:
    """The document of a result. `site` is told in the language in use."""
    manifest = result.screening.manifest
    made = _("Made with {screening} {version}").format(screening=manifest.id, version=manifest.version)
    made = f"{made}. {review_line(result.screening)}"
    return Document(manifest.title, tuple(_sections(result, audience, site)), made)


def _sections(result: Result, audience: Audience, site: Site) -> Iterator[Section]:
    # What the last part tells of each rule need not stand behind each reason, too.
    told_later = audience == "clinician"
    if result.level is None:
        yield danger(result, site, told_later=told_later)
        yield who(result, site)
    else:
        yield card(result, site)
        if (made := why(result, told_later=told_later)).blocks:
            yield made
        yield compare(result)
        yield todo(result, site)
        if result.call:
            yield call(result, site, told_later=told_later)
        if (made := fit(result, told_later=told_later)).blocks:
            yield made
        yield who(result, site)
    if audience == "clinician":
        yield clinician(result)
