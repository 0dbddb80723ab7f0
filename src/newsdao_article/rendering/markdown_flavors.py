"""What the readers of Markdown differ in, as far as a writer has to know.

Every entry was measured: kramdown 2.4 with its GFM parser (what Jekyll runs), and the CommonMark 0.31 and GFM
specifications with markdown-it-py and comrak as their engines.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, TypeAlias

import attrs

__all__ = [
    "COMMONMARK",
    "FLAVORS",
    "GFM",
    "KRAMDOWN",
    "MARKED",
    "Flavor",
    "FlavorName",
    "is_inline_everywhere",
]

FlavorName: TypeAlias = Literal["kramdown", "commonmark", "gfm"]

_ASCII_SPACE: Final = frozenset(" \t\n\r\f\v")
# Elements that begin an HTML block at the start of a line (CommonMark 4.6, conditions 1 and 6).
_COMMONMARK_BLOCK_TAG = re.compile(
    "(?:pre|address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|"
    "figcaption|figure|footer|form|h[1-6]|head|header|hr|html|legend|li|main|menu|nav|ol|p|search|section|summary|"
    "table|tbody|td|tfoot|th|thead|title|tr|ul)"
)
# kramdown takes any other tag at the start of a line for an HTML block.
_KRAMDOWN_SPAN_TAG = re.compile(
    "(?:a|abbr|acronym|b|big|bdo|br|button|cite|code|del|dfn|em|i|img|input|ins|kbd|label|mark|option|q|rb|rbc|rp|rt|"
    "rtc|ruby|samp|select|small|span|strong|sub|sup|tt|u|var)"
)


@attrs.frozen
class Flavor:
    """One dialect of Markdown."""

    name: FlavorName
    #: Characters before which a backslash is an escape and not a backslash.
    escapable: frozenset[str]
    #: Whether `~~` strikes out, and whether a single `~` does.
    strikes: bool
    strikes_single: bool
    #: Whether tables exist, may lack a header row, and must have body rows.
    tables: bool
    headerless_tables: bool
    #: Whether the number of the first item counts.
    list_start: bool
    #: Whether a list item may begin with a box to be ticked.
    checkboxes: bool
    #: Whether the site runs Liquid over the file first.
    liquid: bool
    #: Whether addresses in text become links by themselves.
    autolinks: bool
    #: Whether an empty cell is shown as U+00A0.
    fills_cells: bool
    #: Inline elements whose content is raw: no Markdown is read in them.
    raw_content: frozenset[str]
    #: Whether the two characters that a backslash before a line end breaks also do so inside an HTML element.
    breaks_in_html: bool
    #: Signs that engines look past when they judge emphasis: those of emphasis that CommonMark has not.
    looked_past: frozenset[str] = frozenset("~")
    #: Whether everything is spelled as mdformat spells it, which escapes more than any reader needs.
    formatted: bool = False

    def cell_style(self, align: str) -> str:
        """How the engine spells the style of a cell in an aligned column; "" where that is not by a style."""
        return f"text-align: {align}" if self.is_kramdown else ""

    @property
    def is_kramdown(self) -> bool:
        """Whether kramdown's rules hold; otherwise CommonMark's."""
        return self.name == "kramdown"

    def is_blank(self, character: str) -> bool:
        """Whether `character` may be white space to the rules of emphasis; the empty string is an edge."""
        if not character or character in _ASCII_SPACE:
            return True
        return not self.is_kramdown and unicodedata.category(character)[0] == "Z"

    def is_surely_blank(self, character: str) -> bool:
        """Whether it is white space beyond doubt: line and paragraph separators are to some engines only."""
        return self.is_blank(character) and character not in ("\u2028", "\u2029")

    def opens(self, delimiter: str, before: str, after: str) -> bool:
        """Whether `delimiter` between these characters begins emphasis, beyond doubt (CommonMark 6.2: left-flanking)."""
        return self._flanks(delimiter, outer=before, inner=after)

    def closes(self, delimiter: str, before: str, after: str) -> bool:
        """Whether `delimiter` between these characters ends emphasis, beyond doubt (CommonMark 6.2: right-flanking)."""
        return self._flanks(delimiter, outer=after, inner=before)

    def _flanks(self, delimiter: str, *, outer: str, inner: str) -> bool:
        if self.is_blank(inner):
            return False
        if delimiter == "_":
            return not outer or (
                not (outer.isalnum() or outer in "-_") and (self.is_kramdown or _outside(self, outer))
            )
        return self.is_kramdown or not _may_be_punctuation(inner) or _outside(self, outer)

    def begins_block(self, html: str) -> bool:
        """Whether `html` at the start of a line is read as a block of HTML."""
        if html.startswith("<!--"):
            return True
        name = re.match(r"<([A-Za-z][A-Za-z0-9-]*)(?=[ \t\n>/])", html)
        if name is None:
            return False
        if self.is_kramdown:
            return _KRAMDOWN_SPAN_TAG.fullmatch(name[1]) is None
        return _COMMONMARK_BLOCK_TAG.fullmatch(name[1].lower()) is not None


def is_inline_everywhere(name: str) -> bool:
    """Whether an element of this name begins a block of HTML in no flavour, not even a broken one."""
    return name != "option" and _KRAMDOWN_SPAN_TAG.fullmatch(name) is not None


def _outside(flavor: Flavor, character: str) -> bool:
    if character in flavor.looked_past:
        return False
    return flavor.is_surely_blank(character) or _is_punctuation(character)


def _is_punctuation(character: str) -> bool:
    # Since 0.31 symbols count as punctuation; not every engine follows, so beyond ASCII only P* is certain.
    category = unicodedata.category(character)
    return category[0] == "P" or (category[0] == "S" and character < "\x80")


def _may_be_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PSC" or character == "\N{REPLACEMENT CHARACTER}"


_RAW_IN_KRAMDOWN: Final = frozenset(
    "bdi code data font input kbd mark s samp strike time u var wbr script style math option textarea pre".split()
)

KRAMDOWN: Final = Flavor(
    name="kramdown",
    escapable=frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~"),
    strikes=True,
    strikes_single=False,
    tables=True,
    headerless_tables=True,
    list_start=False,
    checkboxes=True,
    liquid=True,
    autolinks=False,
    fills_cells=True,
    raw_content=_RAW_IN_KRAMDOWN,
    breaks_in_html=False,
)
COMMONMARK: Final = Flavor(
    name="commonmark",
    escapable=frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
    strikes=False,
    strikes_single=False,
    tables=False,
    headerless_tables=False,
    list_start=True,
    checkboxes=False,
    liquid=False,
    autolinks=False,
    fills_cells=False,
    raw_content=frozenset(),
    breaks_in_html=True,
)
GFM: Final = attrs.evolve(
    COMMONMARK, name="gfm", strikes=True, strikes_single=True, tables=True, checkboxes=True, autolinks=True
)
#: CommonMark with marks: `==…==`.
MARKED: Final = attrs.evolve(COMMONMARK, looked_past=frozenset("~="))
FLAVORS: Final[dict[str, Flavor]] = {flavor.name: flavor for flavor in (KRAMDOWN, COMMONMARK, GFM)}
