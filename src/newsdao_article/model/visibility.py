"""Which characters a reader can see."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["HTML_SPACE", "is_invisible_text"]

#: HTML's ASCII white space: the only characters that HTML collapses and kramdown strips.
HTML_SPACE: Final = " \t\n\r\f"

# White space of every kind, format characters (zero width, joiners, marks of direction), controls.
_INVISIBLE = re.compile(
    "[\\s\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ud800-\udfff\ufff0-\ufff8\ufffe\uffff]*\\Z"
)


def is_invisible_text(text: str) -> bool:
    """Whether a reader sees nothing of `text`: white space, no-break and zero-width characters."""
    return _INVISIBLE.match(text) is not None
