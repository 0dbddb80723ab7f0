"""Names of elements as kramdown 2.4 knows them, and the characters that make up a name.

kramdown decides by these sets, not by HTML's: an element that it does not know begins a block,
may have a name in any script and keeps the case of its letters.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ALPHABETIC",
    "ALPHANUMERIC",
    "BLOCK_CONTENT",
    "BLOCK_NAMES",
    "KNOWN_NAMES",
    "NAME",
    "PARAGRAPH_NAMES",
    "SPAN_CONTENT",
    "SPAN_NAMES",
    "VOID_NAMES",
    "WORD",
]

# Ruby's letters do not include digits such as U+2460 (circled one), which Python's \w does.
_NUMERALS: Final = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u09f4-\u09f9\u0b72-\u0b77\u0bf0-\u0bf2\u0d58-\u0d5e\u0d70-\u0d78"
    "\u0f2a-\u0f33\u1369-\u137c\u17f0-\u17f9\u19da\u2070\u2074-\u2079\u2080-\u2089\u2150-\u215f\u2189"
    "\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u2cfd\u3192-\u3195\u3220-\u3229\u3248-\u324f\u3251-\u325f"
    "\u3280-\u3289\u32b1-\u32bf\ua830-\ua835\U0001f100-\U0001f10c"
)
ALPHABETIC: Final = rf"[^\W\d_{_NUMERALS}]"
ALPHANUMERIC: Final = rf"[^\W_{_NUMERALS}]"
WORD: Final = rf"[^\W{_NUMERALS}]"
_SIMPLE_NAME: Final = rf"[^\W\d{_NUMERALS}](?>(?:[^\W{_NUMERALS}]|[\-.])*)"
NAME: Final = rf"(?:{_SIMPLE_NAME}(?>(?::{_SIMPLE_NAME})?))"

SPAN_NAMES: Final = frozenset(
    "a abbr acronym b bdo big br button cite code del dfn em i img input ins kbd label mark option"
    " q rb rbc rp rt rtc ruby samp select small span strong sub sup tt u var".split()
)
# The names that do not end a paragraph when a line begins with them.
PARAGRAPH_NAMES: Final = SPAN_NAMES | {"script"}
# The names that stay text when they stand in a paragraph.
BLOCK_NAMES: Final = frozenset(
    "address applet article aside blockquote body caption col colgroup dd div dl dt fieldset figcaption"
    " footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li main map menu nav ol"
    " optgroup p pre section summary table tbody td tfoot th thead tr ul".split()
)
VOID_NAMES: Final = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
KNOWN_NAMES: Final = (
    SPAN_NAMES
    | BLOCK_NAMES
    | VOID_NAMES
    | frozenset("details figure math noscript object script style textarea".split())
)
# What `markdown="1"` means for an element: blocks inside, or spans; raw for all the others.
BLOCK_CONTENT: Final = frozenset(
    "address applet article aside blockquote body dd details div dl fieldset figcaption figure footer"
    " form header hgroup iframe li main map menu nav noscript object section summary td".split()
)
SPAN_CONTENT: Final = frozenset(
    "a abbr acronym b bdo big button caption cite del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend"
    " optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt".split()
)
