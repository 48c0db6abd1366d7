"""Web addresses in Markdown lead where they say, in viewers that make links of bare ones and in those that do not."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from iop_tui.platform.markdown_escape import escaped

ADDRESSES = [
    "https://example.org/a_b_c",
    "https://example.org/?id=1&page_no=2",
    "http://example.org/~ana/a*b",
    "https://example.org/a(b",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "See {}.", "({})", "a_b {}, c*d", "- {}", "1. {} <b>"])
def test_an_address_is_a_link_to_itself_and_the_rest_stays_text(address: str, around: str) -> None:
    text = around.format(address)
    [_open, inline, _close] = MarkdownIt("commonmark").parse(escaped(text))
    children = inline.children or []
    links = [child.attrs["href"] for child in children if child.type == "link_open"]
    shown = "".join(child.content for child in children)
    assert links == [address]
    assert shown == text


def test_what_only_looks_like_the_end_of_an_address_is_shown_too() -> None:
    text = "https://example.org/a`b`|c<d>"
    [_open, inline, _close] = MarkdownIt("commonmark").parse(escaped(text))
    assert "".join(child.content for child in inline.children or []) == text
