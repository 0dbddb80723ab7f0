"""What mdformat escapes in text: at the level "plain" Markdown is spelled as it would, so that it finds nothing to change.

mdformat escapes by fixed rules, whether or not a reader would take a character for a sign. All of them
are safe: a backslash before ASCII punctuation is no part of the text (CommonMark 2.4).
"""

from __future__ import annotations

import html.entities
import re
from typing import Final

__all__ = ["FORMATTED", "escaped_brackets", "formatted_escape"]

#: The characters that these rules are about, square brackets apart.
FORMATTED: Final = frozenset("*_\\`<&")
_BRACKET = re.compile(r"[\[\]\n]")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|([A-Za-z][A-Za-z0-9]*));")
_SEPARATORS: Final = frozenset("\x1c\x1d\x1e\x1f\x85\u2028\u2029")
_PUNCTUATION = re.compile(r"[^\w\s]|_")


def formatted_escape(match: re.Match[str]) -> str:
    """The run of one special character that `match` found in a text, escaped as mdformat would."""
    text, found = match.string, match[0]
    match found[0]:
        case "*" | "_":
            return "".join(
                [
                    f"\\{sign}" if _needs_backslash(text, position) else sign
                    for position, sign in enumerate(found, match.start())
                ]
            )
        case "<":
            return found if text.startswith(" ", match.end()) else "\\<"
        case "&":
            reference = _REFERENCE.match(text, match.start())
            is_read = reference is not None and (
                reference[1] is None or f"{reference[1]};" in html.entities.html5
            )
            return "\\&" if is_read else found
        case _:
            return f"\\{found}"


def _needs_backslash(text: str, position: int) -> bool:
    """Whether an asterisk or underscore is escaped: not between blanks, and an underscore not between letters."""
    # A line end is an edge, like that of the text.
    before = text[position - 1] if position and text[position - 1] != "\n" else ""
    after = text[position + 1] if position + 1 < len(text) and text[position + 1] != "\n" else ""
    if _is_blank(before) and _is_blank(after):
        return False
    return text[position] == "*" or not (_is_letter(before) and _is_letter(after))


def _is_blank(character: str) -> bool:
    """Whether `character` is white space to every engine: separators of lines and paragraphs are to some only."""
    return character.isspace() and character not in _SEPARATORS


def _is_letter(character: str) -> bool:
    return bool(character) and not character.isspace() and _PUNCTUATION.match(character) is None


def escaped_brackets(text: str) -> frozenset[int]:
    """Where in `text` square brackets are escaped: unless they enclose no other, and no colon or parenthesis follows."""
    escaped: set[int] = set()
    opened: int | None = None
    for match in _BRACKET.finditer(text):
        position = match.start()
        if match[0] == "]" and opened is not None:
            if text.startswith((":", "("), match.end()):
                escaped.update((opened, position))
            opened = None
            continue
        if opened is not None:
            escaped.add(opened)
        opened = position if match[0] == "[" else None
        if match[0] == "]":
            escaped.add(position)
    if opened is not None:
        escaped.add(opened)
    return frozenset(escaped)
