"""Which HTML element may stand where, as the WHATWG parsing rules see it: tables, no code paths.

Two users: `repair.needs_repair` asks the compact `RULES`, the tree construction asks the named
sets of the specification (section 13.2 of the HTML standard, "Parsing HTML documents").
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "BLOCKS",
    "BOUNDARIES",
    "BUTTON_BOUNDARIES",
    "CELLS",
    "EMPTY",
    "FLOW",
    "FOREIGN_BREAKOUTS",
    "FORMATTING",
    "HEADINGS",
    "HTML_INTEGRATION",
    "IMPLIED_END",
    "IMPLIED_END_THOROUGH",
    "LIST_BOUNDARIES",
    "LOSES_FIRST_NEWLINE",
    "MATH_INTEGRATION",
    "NOTHING",
    "ORDINARY",
    "RAW",
    "ROW_GROUPS",
    "RULES",
    "SCOPED",
    "SPECIAL",
    "SVG_NAMES",
    "TABLE_BOUNDARIES",
    "TABLE_PARTS",
    "TOP",
    "UNREAD",
    "VOID",
    "Rule",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What kramdown writes as `<x />`; `command` among them is no void element for a browser.
VOID: Final = _words("area base br col command embed hr img input keygen link meta param source track wbr")

HEADINGS: Final = _words("h1 h2 h3 h4 h5 h6")
FORMATTING: Final = _words("a b big code em font i nobr s small strike strong tt u")
SCOPED: Final = _words("applet marquee object")
CELLS: Final = _words("td th")
ROW_GROUPS: Final = _words("tbody tfoot thead")
TABLE_PARTS: Final = _words("caption col colgroup tbody td tfoot th thead tr")

# Start tags that close an open p, end tags that look no further than the scope.
BLOCKS: Final = _words(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    "footer header hgroup main menu nav ol search section summary ul"
)

SPECIAL: Final = (
    BLOCKS - {"dialog"}
    | HEADINGS
    | SCOPED
    | TABLE_PARTS
    | _words(
        "area base basefont bgsound body br button dd dt embed form frame frameset head hr html "
        "iframe img input keygen li link listing meta noembed noframes noscript object p param "
        "plaintext pre script select source style table template textarea title track wbr xmp"
    )
    | {f"math {name}" for name in ("mi", "mo", "mn", "ms", "mtext", "annotation-xml")}
    | {f"svg {name}" for name in ("foreignObject", "desc", "title")}
)

# "Has an element in scope" and its variants: the names at which the search gives up.
BOUNDARIES: Final = (
    SCOPED
    | CELLS
    | _words("caption html select table template")
    | {f"math {name}" for name in ("mi", "mo", "mn", "ms", "mtext", "annotation-xml")}
    | {f"svg {name}" for name in ("foreignObject", "desc", "title")}
)
BUTTON_BOUNDARIES: Final = BOUNDARIES | {"button"}
LIST_BOUNDARIES: Final = BOUNDARIES | {"ol", "ul"}
TABLE_BOUNDARIES: Final = _words("html table template")

IMPLIED_END: Final = _words("dd dt li optgroup option p rb rp rt rtc")
IMPLIED_END_THOROUGH: Final = IMPLIED_END | TABLE_PARTS - {"col"}

# A line break directly after these start tags is not content.
LOSES_FIRST_NEWLINE: Final = _words("listing pre textarea")

# Elements whose content no browser reads as markup.
UNREAD: Final = _words("iframe noembed noframes plaintext script style textarea title xmp")

HTML_INTEGRATION: Final = frozenset({"svg foreignObject", "svg desc", "svg title"})
MATH_INTEGRATION: Final = frozenset(f"math {name}" for name in ("mi", "mo", "mn", "ms", "mtext"))
FOREIGN_BREAKOUTS: Final = HEADINGS | _words(
    "b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
SVG_NAMES: Final = {
    name.lower(): name
    for name in (
        "altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath "
        "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
        "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
        "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight "
        "feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient "
        "radialGradient textPath"
    ).split()
}


# --- what a browser leaves as it is ------------------------------------------------------------

# The kinds of content an element can have.
FLOW: Final = 0
TABLE: Final = 1
ROWS: Final = 2
ROW: Final = 3
COLUMNS: Final = 4
RAW: Final = 5
NOTHING: Final = 6
EMPTY: Final = 7
"""No content either, but the end tag is needed."""

# What is open around a node, as bits: a start tag that finds one of its forbidden bits would
# close or move something.
_P: Final = 1
_A: Final = 2
_NOBR: Final = 4
_ITEM: Final = 8
_TERM: Final = 16
_BUTTON: Final = 32
_FORM: Final = 64
_PARENT_IS_HEADING: Final = 128
_PARENT_IS_NOT_RUBY: Final = 256

Rule = tuple[int, int, int, int]
"""Forbidden bits, bits that the content inherits, bits that it gains, kind of the content."""

TOP: Final = _PARENT_IS_NOT_RUBY
_OPEN: Final = _P | _A | _NOBR | _ITEM | _TERM | _BUTTON | _FORM
_OUTSIDE_LISTS: Final = _OPEN & ~(_ITEM | _TERM)

ORDINARY: Final[Rule] = (0, _OPEN, _PARENT_IS_NOT_RUBY, FLOW)
"""The rule for names that the parsing rules do not mention (`span`, `mark`, `k-pop`)."""


def _flow_rules() -> dict[str, Rule]:
    plain = _PARENT_IS_NOT_RUBY
    rules: dict[str, Rule] = dict.fromkeys(BLOCKS, (_P, _OUTSIDE_LISTS, plain, FLOW))
    rules |= dict.fromkeys(("address", "dialog", "div"), (_P, _OPEN, plain, FLOW))
    rules |= dict.fromkeys(("listing", "pre"), (_P, _OUTSIDE_LISTS, plain, FLOW))
    rules |= dict.fromkeys(
        HEADINGS, (_P | _PARENT_IS_HEADING, _OUTSIDE_LISTS, plain | _PARENT_IS_HEADING, FLOW)
    )
    rules |= dict.fromkeys(FORMATTING, ORDINARY)
    rules |= dict.fromkeys(SCOPED, (0, _FORM, plain, FLOW))
    rules |= dict.fromkeys(VOID - {"col", "command"}, (0, 0, 0, NOTHING))
    rules["iframe"] = (0, 0, 0, EMPTY)
    rules |= dict.fromkeys(("script", "style"), (0, 0, 0, RAW))
    rules |= dict.fromkeys(("rb", "rp", "rt", "rtc"), (_PARENT_IS_NOT_RUBY, _OPEN, plain, FLOW))
    rules |= dict.fromkeys(("dd", "dt"), (_P | _TERM, _OUTSIDE_LISTS, plain | _TERM, FLOW))
    return rules | {
        "a": (_A, _OPEN, plain | _A, FLOW),
        "button": (_BUTTON, _OUTSIDE_LISTS & ~_P, plain | _BUTTON, FLOW),
        "form": (_P | _FORM, _OUTSIDE_LISTS, plain | _FORM, FLOW),
        "hr": (_P, 0, 0, NOTHING),
        "li": (_P | _ITEM, _OUTSIDE_LISTS, plain | _ITEM, FLOW),
        "nobr": (_NOBR, _OPEN, plain | _NOBR, FLOW),
        "p": (_P, _OPEN, plain | _P, FLOW),
        "ruby": (0, _OPEN, 0, FLOW),
        "span": ORDINARY,
        "table": (_P, _FORM, 0, TABLE),
    }


_INTO_ROWS: Final[dict[str, Rule]] = {"tr": (0, _FORM, 0, ROW)}
_CELL: Final[Rule] = (0, _FORM, _PARENT_IS_NOT_RUBY, FLOW)

RULES: Final[tuple[dict[str, Rule], ...]] = (
    _flow_rules(),
    _INTO_ROWS
    | dict.fromkeys(ROW_GROUPS, (0, _FORM, 0, ROWS))
    | {"caption": _CELL, "colgroup": (0, 0, 0, COLUMNS)},
    _INTO_ROWS,
    dict.fromkeys(CELLS, _CELL),
    {"col": (0, 0, 0, NOTHING)},
    {},
    {},
    {},
)
"""For each kind of content the elements that it may hold; what is missing needs a repair."""
