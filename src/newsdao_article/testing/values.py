"""Strategies for what nodes are filled with: texts, URLs, colours, attributes, front matter values.

All of them give what constructors accept and nothing else; they lean towards the characters that mean
something to Markdown, YAML, HTML or Liquid, because that is where renderings break.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from typing import Final, TypeVar

from hypothesis import strategies as st

from newsdao_article.model.attributes import Attributes
from newsdao_article.model.css import Color
from newsdao_article.model.front_matter import FrontMatterMapping, FrontMatterValue
from newsdao_article.model.url import Url
from newsdao_article.problems import InvalidValueError

__all__ = [
    "attributes",
    "colors",
    "front_matter_mappings",
    "front_matter_values",
    "lines",
    "only_accepted",
    "optional",
    "texts",
    "urls",
    "words",
]

_Made = TypeVar("_Made")
_Given = TypeVar("_Given")

#: Words of several scripts, the simplest first, so that examples shrink to it.
_WORDS: Final = (
    "a 가 글 뉴스 제목입니다 2024 1 3.5 word İstanbul straße naïve 日本語 ひらがな العربية \N{HANGUL CHOSEONG HIEUH}"
    "\N{HANGUL JUNGSEONG A}\N{HANGUL JONGSEONG NIEUN} https://example.com/?a=1&b=2 @user C# null true ~ y endraw"
).split(" ")
#: What some reader of text may take for more than text.
_MARKS: Final = (
    *" .,:;!?'\"()[]{}<>*_`~#+-=|\\/&%$^@",
    *(
        "**",
        "__",
        "~~",
        "``",
        "```",
        "$$",
        "--",
        "---",
        "...",
        "***",
        "===",
        "|-",
        "# ",
        "## ",
        "> ",
        "- ",
        "* ",
        "1. ",
    ),
    *(
        "](",
        "![",
        "[1]:",
        "[^1]",
        "{:",
        "{: .x}",
        "{::",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        ": ",
        " #",
        "*[a]:",
        "<<",
        ">>",
    ),
    *(
        "<b>",
        "</b>",
        "</p>",
        "<p",
        "</",
        "/>",
        "<!--",
        "-->",
        "<?",
        "<!",
        "]]>",
        "<script>",
        "</script>",
        "<br />",
        "<가>",
    ),
    *("&amp;", "&lt;", "&nbsp;", "&#42;", "&#x26;", "&copy", "\\*", "\\\\", "\\n", "    ", "  "),
)
#: Line ends and the like, which only some texts may hold.
_BREAKS: Final = ("\n", "\t", "\n\n", "  \n", "\n    ", "\\\n", "\u2028", "\u2029")
#: Characters that no reader sees, that join or reorder, or that lie beyond what tools expect.
_ODD: Final = (
    "\N{NO-BREAK SPACE}",
    "\N{IDEOGRAPHIC SPACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH JOINER}",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{WORD JOINER}",
    "\N{SOFT HYPHEN}",
    "\N{HANGUL FILLER}",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{COMBINING ACUTE ACCENT}",
    "\N{VARIATION SELECTOR-16}",
    "\N{GRINNING FACE}",
    "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}",
    "\N{REGIONAL INDICATOR SYMBOL LETTER K}\N{REGIONAL INDICATOR SYMBOL LETTER R}",
    "\N{REPLACEMENT CHARACTER}",
    "\uffff",
    "“",
    "’",
    "–",
    "…",
    "×",
    "：",
)

_NOT_IN_LINES: Final = re.compile("[\n\t\u2028\u2029]")
_NOT_IN_ATTRIBUTES: Final = re.compile("[\n\ufffe\uffff]")


def only_accepted(
    given: st.SearchStrategy[_Given], make: Callable[[_Given], _Made]
) -> st.SearchStrategy[_Made]:
    """What `make` gives for the values of `given` that it does not refuse."""

    def attempt(value: _Given) -> tuple[_Made, ...]:
        try:
            return (make(value),)
        except InvalidValueError:
            return ()

    return given.map(attempt).filter(bool).map(lambda made: made[0])


def optional(values: st.SearchStrategy[_Given]) -> st.SearchStrategy[_Given | None]:
    """None, or one of `values`."""
    return st.one_of(st.none(), values)


def words() -> st.SearchStrategy[str]:
    """Single words, of Hangul for the most part."""
    return st.sampled_from(_WORDS)


@functools.cache
def texts(*, min_size: int = 1, max_size: int = 5) -> st.SearchStrategy[str]:
    """Text as readers see it, out of `min_size` to `max_size` pieces: words, punctuation, anything else.

    Line feeds and tabs occur, other controls and lone surrogates do not: no constructor takes them.
    """
    characters = st.characters(exclude_categories=["Cc", "Cs"])
    pieces = st.one_of(words(), st.sampled_from(_MARKS), st.sampled_from(_BREAKS + _ODD), characters)
    return st.lists(pieces, min_size=min_size, max_size=max_size).map("".join)


@functools.cache
def lines() -> st.SearchStrategy[str]:
    """One line of text without white space around it: titles, categories, image addresses in front matter."""
    return texts().map(lambda text: _NOT_IN_LINES.sub("", text).strip()).filter(bool)


@functools.cache
def urls() -> st.SearchStrategy[Url]:
    """Absolute and relative URLs, empty ones included, with characters that Markdown and HTML treat specially."""
    starts = (
        "https://example.com/",
        "",
        "/",
        "#",
        "?",
        "http://example.com",
        "//example.com/",
        "mailto:a@example.com",
        "tel:+8221234567",
    )
    parts = (*"a뉴1/&?=#()[]{}*_~'|^!$,;:@+%.-", "%20", "&amp;", "{{", "{%", "__", "**", "..", "](", "글.png")
    return only_accepted(
        st.tuples(st.sampled_from(starts), st.lists(st.sampled_from(parts), max_size=4).map("".join)).map(
            "".join
        ),
        Url,
    )


@functools.cache
def colors() -> st.SearchStrategy[Color]:
    """Colours in every notation that posts use: hexadecimal, names, functions."""
    channel = st.integers(0, 255)
    percent = st.integers(0, 100)
    return st.one_of(
        st.sampled_from(("#ee2323", "red", "#1a5490", "#21538527", "Transparent", "#FFF", "#abcd")),
        st.integers(0, 0xFFFFFF).map("#{:06x}".format),
        st.integers(0, 0xFFFFFFFF).map("#{:08X}".format),
        st.builds("rgb({}, {}, {})".format, channel, channel, channel),
        st.builds("rgba({}, {}, {}, 0.{})".format, channel, channel, channel, percent),
        st.builds("hsl({} {}% {}%)".format, st.integers(0, 360), percent, percent),
    ).map(Color)


@functools.cache
def attributes(*names: str) -> st.SearchStrategy[Attributes]:
    """Few attributes, mostly none, that no field of any class stands for; of `names` only, where given."""
    pairs = st.one_of(
        [
            st.tuples(st.just(name), values)
            for name, values in _attribute_values().items()
            if not names or name in names
        ]
    )
    return st.lists(pairs, max_size=2).map(Attributes)


def _attribute_values() -> dict[str, st.SearchStrategy[str]]:
    free = texts(min_size=0, max_size=3).map(lambda text: _NOT_IN_ATTRIBUTES.sub("", text))
    styles = (
        "margin-top: 10px;",
        "text-decoration: underline",
        "padding:0 1em;font-weight: bold !important;",
        "width: 50%;",
    )
    return {
        "class": st.sampled_from(("a", "btn btn-primary", "글", "")),
        "id": st.sampled_from(("a", "제목-1", "x:y.z")),
        "data-ke-style": st.sampled_from(("style1", "style8")),
        "data-note": free,
        "aria-label": free,
        "style": st.sampled_from(styles),
        "lang": st.sampled_from(("ko", "en-US")),
        "dir": st.sampled_from(("ltr", "rtl")),
        "hidden": st.just(""),
        "itemprop": st.sampled_from(("name", "text")),
        "rel": st.sampled_from(("nofollow", "noopener noreferrer")),
        "cite": urls(),
    }


@functools.cache
def front_matter_values() -> st.SearchStrategy[FrontMatterValue]:
    """Every type of value that YAML gives Jekyll, lists and mappings of them included."""
    offsets = [timezone(timedelta(minutes=minutes)) for minutes in (540, 330, -480, 0)]
    scalars = st.one_of(
        texts(min_size=0),
        st.none(),
        st.booleans(),
        st.integers(-(2**70), 2**70),
        st.floats(),
        st.dates(),
        st.datetimes(timezones=st.sampled_from([UTC, *offsets])),
    )
    flat = st.one_of(scalars, st.lists(scalars, max_size=2).map(tuple), _mappings(scalars))
    return st.one_of(scalars, st.lists(flat, max_size=3).map(tuple), _mappings(flat))


def _mappings(values: st.SearchStrategy[FrontMatterValue]) -> st.SearchStrategy[FrontMatterMapping]:
    # Jekyll merges what stands under this key into the mapping around it, so no mapping can have it.
    keys = lines().filter(lambda key: key != "<<")
    return st.dictionaries(keys, values, max_size=3).map(FrontMatterMapping)


@functools.cache
def front_matter_mappings() -> st.SearchStrategy[FrontMatterMapping]:
    """Mappings of names to front matter values."""
    return _mappings(front_matter_values())
