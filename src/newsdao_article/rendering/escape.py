"""One escape for each place in a document where text can end up."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escape_attribute", "escape_liquid", "escape_text", "without_controls"]

_NO_BREAK_SPACE: Final = "\N{NO-BREAK SPACE}"
_LIQUID_OPENER = re.compile(r"\{(?=[{%])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def escape_text(text: str) -> str:
    """`text` as HTML character data; U+00A0 is written `&nbsp;`, since editors cannot show it."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if _NO_BREAK_SPACE in text:
        text = text.replace(_NO_BREAK_SPACE, "&nbsp;")
    return text


def escape_attribute(value: str) -> str:
    """`value` as the inside of a double-quoted HTML attribute."""
    if "&" in value:
        value = value.replace("&", "&amp;")
    if '"' in value:
        value = value.replace('"', "&quot;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    if ">" in value:
        value = value.replace(">", "&gt;")
    return value


def escape_liquid(html: str) -> str:
    """`html` in which no `{{` or `{%` opens a Liquid tag: the first brace becomes a character reference.

    Jekyll runs Liquid over the whole post before anything else. Only for text and attribute values.
    """
    return _LIQUID_OPENER.sub("&#123;", html) if "{" in html else html


def without_controls(text: str) -> str:
    """`text` with U+FFFD for each control character and lone surrogate, as browsers show them."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
