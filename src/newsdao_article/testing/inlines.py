"""Strategies for inlines: one for each class, and for content made of them."""

from __future__ import annotations

import functools
from typing import Final

import attrs
from hypothesis import strategies as st

from newsdao_article.model.attributes import Attributes
from newsdao_article.model.css import Color
from newsdao_article.model.inlines import (
    Code,
    Comment,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    RawInline,
    Small,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
    is_invisible,
)
from newsdao_article.testing.values import attributes, colors, only_accepted, optional, texts, urls, words

__all__ = [
    "Scope",
    "codes",
    "comments",
    "content_in",
    "emphases",
    "highlights",
    "images",
    "inline_in",
    "inlines",
    "line_breaks",
    "links",
    "raw_inlines",
    "smalls",
    "spans",
    "strikethroughs",
    "strongs",
    "subscripts",
    "superscripts",
    "text_nodes",
    "underlines",
    "visible_in",
]

#: Elements that a browser nests in text without moving anything.
_SPAN_TAGS: Final = ("span", "mark", "kbd", "q", "cite", "abbr", "var", "samp", "font")
#: Markup that kramdown and browsers keep together and that no class types.
_RAW_INLINES: Final = ('<iframe src="https://example.com/"></iframe>', "<svg></svg>", "<canvas>가</canvas>")


@attrs.frozen
class Scope:
    """Where a node is to stand: how deep it may still nest, and what may not stand there."""

    depth: int = 2
    links: bool = True
    raw: bool = True

    def within(self) -> Scope:
        """The same place one level further in."""
        return attrs.evolve(self, depth=self.depth - 1)


# Composite, because the repr of such a strategy is its name: that of nested strategies grows with each level.
@functools.cache
@st.composite
def content_in(draw: st.DrawFn, scope: Scope, min_size: int = 0) -> Inlines:
    """What stands inside a line of text, half of it plain."""
    return draw(_content(scope, min_size))


@functools.cache
def _content(scope: Scope, min_size: int) -> st.SearchStrategy[Inlines]:
    texts_and_more = st.booleans().flatmap(lambda more: inline_in(scope) if more else text_nodes())
    return st.lists(texts_and_more, min_size=min_size, max_size=3).map(tuple)


@functools.cache
def visible_in(scope: Scope) -> st.SearchStrategy[Inlines]:
    """Content that a reader sees something of."""
    seen = words().map(lambda word: (Text(word),))
    return st.one_of(seen, content_in(scope, 1)).flatmap(
        lambda content: seen if is_invisible(content) else st.just(content)
    )


@functools.cache
@st.composite
def inline_in(draw: st.DrawFn, scope: Scope) -> Inline:
    """Any inline that may stand there."""
    return draw(_inline(scope))


@functools.cache
def _inline(scope: Scope) -> st.SearchStrategy[Inline]:
    leaves: list[st.SearchStrategy[Inline]] = [text_nodes(), line_breaks(), codes(), images(), comments()]
    if scope.raw:
        leaves.append(raw_inlines())
    if scope.depth < 1:
        return st.one_of(leaves)
    inner = scope.within()
    formatting: list[st.SearchStrategy[Inline]] = [
        _strong(inner),
        _emphasis(inner),
        _highlight(inner),
        _underline(inner),
        _strikethrough(inner),
        _small(inner),
        _superscript(inner),
        _subscript(inner),
        _span(inner),
    ]
    if scope.links:
        formatting.append(_link(inner))
    return st.one_of(leaves + formatting)


@functools.cache
def _strong(scope: Scope) -> st.SearchStrategy[Strong]:
    return st.builds(Strong, content_in(scope), st.sampled_from(("b", "strong")), attributes=attributes())


@functools.cache
def _emphasis(scope: Scope) -> st.SearchStrategy[Emphasis]:
    return st.builds(Emphasis, content_in(scope), st.sampled_from(("em", "i")), attributes=attributes())


@functools.cache
def _underline(scope: Scope) -> st.SearchStrategy[Underline]:
    return st.builds(Underline, content_in(scope), st.sampled_from(("u", "ins")), attributes=attributes())


@functools.cache
def _strikethrough(scope: Scope) -> st.SearchStrategy[Strikethrough]:
    return st.builds(
        Strikethrough, content_in(scope), st.sampled_from(("del", "s", "strike")), attributes=attributes()
    )


@functools.cache
def _small(scope: Scope) -> st.SearchStrategy[Small]:
    return st.builds(Small, content_in(scope), attributes=attributes())


@functools.cache
def _superscript(scope: Scope) -> st.SearchStrategy[Superscript]:
    return st.builds(Superscript, content_in(scope), attributes=attributes())


@functools.cache
def _subscript(scope: Scope) -> st.SearchStrategy[Subscript]:
    return st.builds(Subscript, content_in(scope), attributes=attributes())


@functools.cache
def _highlight(scope: Scope) -> st.SearchStrategy[Highlight]:
    # One of the two must be there, which only the pair knows.
    pairs: st.SearchStrategy[tuple[Color | None, Color | None]] = st.one_of(
        st.tuples(colors(), st.none()), st.tuples(st.none(), colors()), st.tuples(colors(), colors())
    )
    return st.builds(_highlight_of, content_in(scope), pairs, attributes())


def _highlight_of(content: Inlines, pair: tuple[Color | None, Color | None], bag: Attributes) -> Highlight:
    return Highlight(content, *pair, attributes=bag)


@functools.cache
def _link(scope: Scope) -> st.SearchStrategy[Link]:
    content = content_in(attrs.evolve(scope, links=False))
    return st.builds(Link, content, urls(), optional(texts(min_size=0)), attributes=attributes())


@functools.cache
def _span(scope: Scope) -> st.SearchStrategy[Span]:
    return st.builds(Span, content_in(scope), st.sampled_from(_SPAN_TAGS), attributes=attributes())


def inlines(*, links: bool = True, raw: bool = True) -> st.SearchStrategy[Inline]:
    """Any inline; without `links`, none that is or holds a link."""
    return inline_in(Scope(links=links, raw=raw))


@functools.cache
def text_nodes() -> st.SearchStrategy[Text]:
    """`Text` nodes that are not empty."""
    return texts().map(Text)


@functools.cache
def line_breaks() -> st.SearchStrategy[LineBreak]:
    """Line breaks, a few with attributes."""
    return st.builds(LineBreak, attributes=attributes())


@functools.cache
def comments() -> st.SearchStrategy[Comment]:
    """Comments with any text that HTML can hold there."""
    return only_accepted(
        texts(min_size=0).map(lambda text: text.replace("-", "").replace("<!", "").lstrip(">")), Comment
    )


@functools.cache
def raw_inlines() -> st.SearchStrategy[RawInline]:
    """Markup inside text that no class types; it reads back as written."""
    return st.sampled_from(_RAW_INLINES).map(RawInline)


@functools.cache
def images() -> st.SearchStrategy[Image]:
    """Images, with and without alternative text and title."""
    return st.builds(
        Image, urls(), optional(texts(min_size=0)), optional(texts(min_size=0)), attributes=attributes()
    )


@functools.cache
def codes() -> st.SearchStrategy[Code]:
    """Code inside text."""
    return st.builds(Code, texts(min_size=0), attributes=attributes())


def strongs() -> st.SearchStrategy[Strong]:
    """Strong text, as `<b>` or `<strong>`."""
    return _strong(Scope())


def emphases() -> st.SearchStrategy[Emphasis]:
    """Stressed text, as `<em>` or `<i>`."""
    return _emphasis(Scope())


def underlines() -> st.SearchStrategy[Underline]:
    """Underlined text, as `<u>` or `<ins>`."""
    return _underline(Scope())


def strikethroughs() -> st.SearchStrategy[Strikethrough]:
    """Struck-out text, as `<del>`, `<s>` or `<strike>`."""
    return _strikethrough(Scope())


def smalls() -> st.SearchStrategy[Small]:
    """Small print."""
    return _small(Scope())


def superscripts() -> st.SearchStrategy[Superscript]:
    """Text above the line."""
    return _superscript(Scope())


def subscripts() -> st.SearchStrategy[Subscript]:
    """Text below the line."""
    return _subscript(Scope())


def highlights() -> st.SearchStrategy[Highlight]:
    """Text with a colour, a background or both."""
    return _highlight(Scope())


def links() -> st.SearchStrategy[Link]:
    """Links around anything but links."""
    return _link(Scope())


def spans() -> st.SearchStrategy[Span]:
    """Other inline elements, of tags that browsers leave where they are."""
    return _span(Scope())
