"""The line patterns by which kramdown tells blocks apart, with GFM input and without.

Every pattern is matched at the beginning of a line, or at the place after an HTML block that
kramdown treats like one. Ruby's white space is ASCII only.
"""

from __future__ import annotations

import re
from typing import Final

from newsdao_article.reading.names import NAME, PARAGRAPH_NAMES

__all__ = [
    "ATTRIBUTE_LIST_LINE",
    "BLANK",
    "BLANK_LINE",
    "BOUNDARY",
    "GFM",
    "KRAMDOWN",
    "LAZY",
    "LINE",
    "MARGIN",
    "NULL_AND_SPACE",
    "Grammar",
]

NULL_AND_SPACE: Final = " \t\n\r\f\v\0"
LINE: Final = r"[^\n]*\n"
BLANK_LINE: Final = r"[ \t\r\f\v]*\n"
BLANK: Final = re.compile(rf"(?:{BLANK_LINE})++")
MARGIN: Final = r" {0,3}+"

ATTRIBUTE_LIST_LINE: Final = rf"{MARGIN}\{{:(?:\\\}}|[^}}\n])+\}}[ \t\r\f\v]*\n"
_END_OF_BLOCK: Final = rf"\^{BLANK_LINE}"
_PARAGRAPH_NAMES: Final = "|".join(sorted(PARAGRAPH_NAMES))
HTML_LINE: Final = (
    rf"{MARGIN}<(?:/(?!(?:{_PARAGRAPH_NAMES})\b){NAME}[ \t\n\r\f\v]*+>|(?!(?:{_PARAGRAPH_NAMES})\b){NAME})"
)
# Where a lazy line may not follow: blank, attribute list, end of block, HTML, end of text.
_LAZY_END: Final = rf"(?:{BLANK_LINE}|{ATTRIBUTE_LIST_LINE}|{_END_OF_BLOCK}|{HTML_LINE}|\Z)"
BOUNDARY: Final = re.compile(rf"{_END_OF_BLOCK}|{BLANK_LINE}|{ATTRIBUTE_LIST_LINE}|\Z")

_LIST_LINE: Final = rf"{MARGIN}(?:[+*\-]|[0-9]++\.)[\t| ]"
_HEADING_LINE: Final = r"\#{1,6}[\t ]+"
_DEFINITION_LINE: Final = rf"{MARGIN}:[\t ]"
_QUOTE_LINE: Final = rf"{MARGIN}>"
_FENCE_LINE: Final = rf"{MARGIN}(?:~{{3,}}|`{{3,}})"

LAZY: Final = re.compile(rf"{LINE}(?:(?!{_LAZY_END}){LINE})*+")


class Grammar:
    """What differs between GFM input and plain kramdown."""

    __slots__ = ("fence", "gfm", "heading", "paragraph")

    def __init__(self, *, gfm: bool) -> None:
        self.gfm = gfm
        if gfm:
            end = (
                rf"(?:{_LAZY_END}|{_LIST_LINE}|{_HEADING_LINE}|{_DEFINITION_LINE}|{_QUOTE_LINE}|{_FENCE_LINE})"
            )
        else:
            end = rf"(?:{_LAZY_END}|{_DEFINITION_LINE})"
        self.paragraph = re.compile(rf"{LINE}(?:(?!{end}){LINE})*+")
        space = "+" if gfm else "*"
        self.heading = re.compile(rf"(\#{{1,6}}+)[\t ]{space}([^ \t\n][^\n]*|)\n")
        fence = r"~{3,}+|`{3,}+" if gfm else r"~{3,}+"
        self.fence = re.compile(rf"{MARGIN}({fence})[ \t\r\f\v]*(?:([^\s?]\S*?)(?:\?\S*)?)?[ \t\r\f\v]*\n", re.ASCII)


GFM: Final = Grammar(gfm=True)
KRAMDOWN: Final = Grammar(gfm=False)
