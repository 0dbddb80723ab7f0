"""The parts of links and images that are no text: destinations, titles, alternative texts."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from newsdao_article.rendering.markdown_escape import ENTITY
from newsdao_article.rendering.markdown_flavors import Flavor

__all__ = ["escape_alternative", "escape_destination", "escape_title"]

_IN_DESTINATION = re.compile(
    r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u3000\ud800-\udfff\"&()<>\[\\\]^`{|}]"
)
# What mdformat percent-encodes, and every reader of CommonMark for the page.
_UNENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})|[^0-9A-Za-z;/?:@&=+$,\-_.!~*'()#%\ud800-\udfff]")
_IN_TITLE = re.compile(r"[\"&\\|\n\r\t<>{}`]")
_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*\Z")
_HARMLESS_BRACKETS = re.compile(r"(?<!!)\[[^\[\]]*\](?![(\[:])")
_LONE_EXCLAMATION = re.compile(r"!(?!\[)")
# A circumflex at the start would make a footnote of it in kramdown.
_IN_ALTERNATIVE = re.compile(r"\A\^|[\\`*_\[\]~<>|&{\n\r\t!$]")


def escape_destination(url: str, flavor: Flavor) -> str:
    """`url` as the destination of a link: what may not stand there is written as a character reference.

    kramdown takes no backslash for an escape there, and references pass through it into the attribute as they are.
    Where all is spelled as mdformat spells it, the address is percent-encoded (RFC 3986, section 2.1), and one with
    parentheses stands between angle brackets.
    """
    if flavor.formatted:
        url = _UNENCODED.sub(lambda match: quote(match[0], safe=""), url)
    bracketed = flavor.formatted and ("(" in url or ")" in url)
    unescaped = bracketed or _BALANCED.match(url) is not None

    def written(match: re.Match[str]) -> str:
        character = match[0]
        if (character in "()" and unescaped) or (character == "&" and not ENTITY.match(url, match.start())):
            return character
        return _in_attribute(match, flavor)

    destination = _IN_DESTINATION.sub(written, url)
    return f"<{destination}>" if bracketed else destination


def escape_title(title: str, flavor: Flavor) -> str:
    """`title` as the inside of a link's title in double quotes."""
    written = _IN_TITLE.sub(lambda match: _in_attribute(match, flavor), title)
    # In a line that begins with a bracket it could end the name of a definition.
    return written.replace("]:", "]&#58;") if "]:" in written else written


def _in_attribute(match: re.Match[str], flavor: Flavor) -> str:
    character = match[0]
    if character == "\\" and not flavor.is_kramdown and match.end() < len(match.string):
        # To comrak a reference would still escape what follows; at the end, nothing but a reference works.
        return "\\\\"
    return _NAMED.get(character) or f"&#{ord(character)};"


_NAMED: Final = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape_alternative(text: str, flavor: Flavor) -> str:
    """`text` as the alternative text of an image, which kramdown takes as it stands but for backslashes."""
    harmless: set[int] = set() if flavor.is_kramdown else _harmless(text)

    def escaped(match: re.Match[str]) -> str:
        character = match[0]
        if match.start() in harmless:
            return character
        if character in "~$" and flavor.is_kramdown:
            # Two would open a span that may end beyond the image. A backslash would be part of the text.
            return f"&#{ord(character)};" if character * 2 in text else character
        if character == "$":
            return character
        if character == "&":
            return "&amp;" if ENTITY.match(text, match.start()) else character
        if character == "]" and text.startswith(":", match.end()) and flavor.is_kramdown:
            return "&#93;"  # At the start of a block the two would end the name of a definition.
        if (
            character in "\n\r\t^"
            or (character in "{|`" and flavor.is_kramdown)
            or character not in flavor.escapable
        ):
            return f"&#{ord(character)};"
        return "\\" + character

    return _IN_ALTERNATIVE.sub(escaped, text)


def _harmless(text: str) -> set[int]:
    """Where signs stand in an alternative text that CommonMark's readers would not take for any."""
    found: set[int] = set()
    found.update(match.start() for match in _LONE_EXCLAMATION.finditer(text))
    for sign in "*_~":
        if text.count(sign) == 1:
            found.add(text.index(sign))
    for pair in _HARMLESS_BRACKETS.finditer(text):
        found.update((pair.start(), pair.end() - 1))
    return found
