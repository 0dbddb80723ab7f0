"""Character references: the names that kramdown knows and what a browser makes of the rest.

Three places decode differently. In Markdown text kramdown replaces the names that it knows and
shows every other `&` as it stands. In raw HTML it passes anything of the form `&…;` on, and
the browser decodes what HTML knows (HTML, section 13.2.5.72); a bare `&` is shown. Attribute
values are passed on as well, with HTML's exception for names that run on.
"""

from __future__ import annotations

import re
from html.entities import html5, name2codepoint

__all__ = ["ENTITY", "decode_attribute", "decode_html", "decode_markdown", "decode_number"]

ENTITY = re.compile(
    r"&(?:(?P<name>[0-9A-Za-z_:][0-9A-Za-z_:.\-]*);|\#(?P<decimal>[0-9]+);|\#x(?P<hex>[0-9a-fA-F]+);)"
)

# kramdown has these pairs the wrong way round, and what readers of the site see is what counts.
_MARKDOWN_NAMES: dict[str, str] = {name: chr(code) for name, code in name2codepoint.items()} | {
    "apos": "'",
    "vellip": "\u22ee",
    "lang": "\u232a",
    "rang": "\u2329",
    "lceil": "\u2309",
    "rceil": "\u2308",
}

# HTML, section 13.2.5.80: references to C1 controls mean the characters of windows-1252.
_WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_MAX_DIGITS = 8


def decode_number(digits: str, radix: int) -> str:
    """The character of a numeric reference, as a browser resolves it."""
    digits = digits.lstrip("0")
    if len(digits) > _MAX_DIGITS:
        return "\ufffd"
    code = int(digits, radix) if digits else 0
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return _WINDOWS_1252.get(code) or chr(code)


def _number(match: re.Match[str]) -> str:
    decimal: str | None = match["decimal"]
    if decimal is not None:
        return decode_number(decimal, 10)
    return decode_number(match["hex"], 16)


def _markdown(match: re.Match[str]) -> str:
    name: str | None = match["name"]
    if name is None:
        # kramdown writes the character itself, which for zero is one that browsers drop.
        return "\0" if (match["decimal"] or match["hex"]).strip("0") == "" else _number(match)
    return _MARKDOWN_NAMES.get(name, match[0])


def _html(match: re.Match[str]) -> str:
    name: str | None = match["name"]
    if name is None:
        return _number(match)
    value = html5.get(name + ";")
    if value is not None:
        return value
    return _prefix(name, match[0])


def _attribute(match: re.Match[str]) -> str:
    name: str | None = match["name"]
    if name is None:
        return _number(match)
    value = html5.get(name + ";")
    if value is not None:
        return value
    length = _prefix_length(name)
    if not length or name[length].isalnum():
        return match[0]
    return html5[name[:length]] + name[length:] + ";"


def _prefix_length(name: str) -> int:
    """How much of a name is one of the old names that HTML reads without a semicolon."""
    for length in range(min(len(name) - 1, 6), 1, -1):
        if name[:length] in html5:
            return length
    return 0


def _prefix(name: str, written: str) -> str:
    length = _prefix_length(name)
    return html5[name[:length]] + name[length:] + ";" if length else written


def decode_markdown(text: str) -> str:
    """The characters that kramdown makes of Markdown text."""
    return ENTITY.sub(_markdown, text) if "&" in text else text


def decode_html(text: str) -> str:
    """The characters that a browser shows for text of a raw HTML element."""
    if text == "&nbsp;":
        return "\u00a0"
    return ENTITY.sub(_html, text) if "&" in text else text


def decode_attribute(text: str) -> str:
    """The value that a browser gives an attribute."""
    return ENTITY.sub(_attribute, text) if "&" in text else text
