"""The line patterns by which kramdown tells blocks apart, with GFM input and without.

Every pattern is matched at the beginning of a line, or at the place after an HTML block that
kramdown treats like one. Ruby's white space is ASCII only.
"""

from __future__ import annotations

import re
from typing import Final

from newsdao_article.reading.names import NAME, PARAGRAPH_NAMES

__all__ = [
    "ATTRIBUTE_LIST",
    "ATTRIBUTE_LIST_LINE",
    "BLANK",
    "BLANK_LINE",
    "BOUNDARY",
    "CODE",
    "END_OF_BLOCK",
    "FENCE_INFO",
    "GFM",
    "HTML_LINE",
    "KRAMDOWN",
    "LAZY",
    "LINE",
    "MARGIN",
    "NULL_AND_SPACE",
    "RULE",
    "Grammar",
    "html_line",
]

# Repeated groups are atomic, `(?>(?:…)*)`, and never possessive, `(?:…)*+`: before Python 3.11.5 the latter match wrongly.
NULL_AND_SPACE: Final = " \t\n\r\f\v\0"
LINE: Final = r"[^\n]*\n"
BLANK_LINE: Final = r"[ \t\r\f\v]*\n"
BLANK: Final = re.compile(rf"(?>(?:{BLANK_LINE})+)")
MARGIN: Final = r" {0,3}+"

ATTRIBUTE_LIST: Final = r"\{:(?![:/])(?:\\\}|[^}])+\}[ \t\r\f\v]*\n"
ATTRIBUTE_LIST_LINE: Final = rf"{MARGIN}{ATTRIBUTE_LIST}"
_END_OF_BLOCK: Final = rf"\^{BLANK_LINE}"
_PARAGRAPH_NAMES: Final = "|".join(sorted(PARAGRAPH_NAMES))


def html_line(margin: str) -> str:
    """The pattern of a line that begins an HTML block, after a margin."""
    span = rf"(?!(?:{_PARAGRAPH_NAMES})\b)"
    return rf"{margin}<(?:/{span}{NAME}[ \t\n\r\f\v]*+>|{span}{NAME})"


HTML_LINE: Final = html_line(MARGIN)
END_OF_BLOCK: Final = re.compile(_END_OF_BLOCK)
RULE: Final = re.compile(rf"{MARGIN}(\*|-|_)[ \t]*\1[ \t]*\1(?:\1|[ \t])*\n")
# Where a lazy line may not follow: blank, attribute list, end of block, HTML, end of text.
_LAZY_END: Final = rf"(?:{BLANK_LINE}|{ATTRIBUTE_LIST_LINE}|{_END_OF_BLOCK}|{HTML_LINE}|\Z)"
BOUNDARY: Final = re.compile(rf"{_END_OF_BLOCK}|{BLANK_LINE}|{ATTRIBUTE_LIST_LINE}|\Z")

_LIST_LINE: Final = rf"{MARGIN}(?:[+*\-]|[0-9]++\.)[\t| ]"
_HEADING_LINE: Final = r"\#{1,6}[\t ]+"
_DEFINITION_LINE: Final = rf"{MARGIN}:[\t| ]"
_QUOTE_LINE: Final = rf"{MARGIN}>"
_FENCE_LINE: Final = rf"{MARGIN}[~`]{{3}}"

LAZY: Final = re.compile(rf"{LINE}(?>(?:(?!{_LAZY_END}){LINE})*)")

_INDENT: Final = r"(?:\t| {4})"
CODE: Final = re.compile(
    rf"(?>(?:(?>(?:{BLANK_LINE})*)(?>(?:{_INDENT}[ \t\r\f\v]*+[^ \t\r\f\v\n][^\n]*\n)+)"
    rf"(?>(?:(?!{ATTRIBUTE_LIST_LINE}|{_END_OF_BLOCK}|{HTML_LINE})[ \t]*+[^ \t\r\f\v\n][^\n]*\n)*))+)"
)

# What follows the marks of an opening fence: a language, perhaps with options after a `?`.
FENCE_INFO: Final = re.compile(r"[ \t\r\f\v]*(?:([^ \t\n\r\f\v]+?)(?:\?[^ \t\n\r\f\v]*)?)?[ \t\r\f\v]*\n")


class Grammar:
    """What differs between GFM input and plain kramdown."""

    __slots__ = ("fence", "gfm", "heading", "paragraph")

    def __init__(self, *, gfm: bool) -> None:
        self.gfm = gfm
        if gfm:
            end = rf"(?:{_LAZY_END}|{_LIST_LINE}|{_HEADING_LINE}|{_DEFINITION_LINE}|{_QUOTE_LINE}|{_FENCE_LINE})"
        else:
            end = rf"(?:{_LAZY_END}|{_DEFINITION_LINE})"
        self.paragraph = re.compile(rf"{LINE}(?>(?:(?!{end}){LINE})*)")
        space = "+" if gfm else "*"
        self.heading = re.compile(rf"(\#{{1,6}}+)[\t ]{space}([^ \t\n][^\n]*|)\n")
        self.fence = re.compile(rf"{MARGIN}({'[~`]' if gfm else '~'}{{3,}}+)")


GFM: Final = Grammar(gfm=True)
KRAMDOWN: Final = Grammar(gfm=False)
