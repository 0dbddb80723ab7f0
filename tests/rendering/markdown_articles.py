"""A strategy for articles that Markdown's own signs can mostly say: there the flavours' rules meet.

The public strategies put attributes on most nodes, which sends most blocks to HTML whole.
"""

from __future__ import annotations

import functools

from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.model.inlines import is_invisible
from newsdao_article.testing import strategies
from newsdao_article.testing.values import texts, urls, words

__all__ = ["signed_articles", "signed_inlines"]

#: Texts that are nothing but what parts words, or what emphasis looks at.
_BESIDE = (
    " ",
    "는",
    "a",
    "(",
    ")",
    "“",
    "%",
    "_",
    "*",
    "~",
    "**",
    "!",
    "\n",
    "\u2028",
    "\N{NO-BREAK SPACE}",
    "`",
    "[",
    "]",
)


@functools.cache
def _texts() -> st.SearchStrategy[na.Text]:
    return st.one_of(words(), st.sampled_from(_BESIDE), texts(max_size=3)).map(na.Text)


# Composite, because the repr of such a strategy is its name: that of nested strategies grows with each level.
@functools.cache
@st.composite
def _inlines(draw: st.DrawFn, depth: int, links: bool) -> tuple[na.Inline, ...]:
    return draw(_inlines_within(depth, links))


@functools.cache
def _inlines_within(depth: int, links: bool) -> st.SearchStrategy[tuple[na.Inline, ...]]:
    nodes: list[st.SearchStrategy[na.Inline]] = [
        _texts(),
        texts(max_size=3).map(na.Code),
        st.just(na.LineBreak()),
        st.builds(na.Image, urls(), texts(max_size=2)),
    ]
    if depth:
        inner = _inlines(depth - 1, links)
        nodes += [
            inner.map(lambda content: na.Strong(content, "strong")),
            inner.map(na.Emphasis),
            inner.map(na.Strikethrough),
            inner.map(lambda content: na.Highlight(content, "#ee2323")),
            inner.map(na.Superscript),
        ]
        if links:
            nodes.append(
                st.builds(
                    na.Link, _inlines(depth - 1, False), urls(), st.one_of(st.none(), texts(max_size=2))
                )
            )
    return st.lists(st.one_of(_texts(), *nodes), min_size=1, max_size=5).map(tuple)


def signed_inlines() -> st.SearchStrategy[tuple[na.Inline, ...]]:
    """What stands in a line, without attributes."""
    return _inlines(2, True)


@functools.cache
def _paragraphs() -> st.SearchStrategy[na.Paragraph]:
    return (
        signed_inlines()
        .filter(lambda content: not is_invisible(content))
        .map(lambda content: na.Paragraph(content, size=None))
    )


@functools.cache
@st.composite
def _blocks(draw: st.DrawFn, depth: int) -> na.Block:
    return draw(_blocks_within(depth))


@functools.cache
def _blocks_within(depth: int) -> st.SearchStrategy[na.Block]:
    kinds: list[st.SearchStrategy[na.Block]] = [
        _paragraphs(),
        st.builds(na.Heading, st.integers(1, 6), signed_inlines(), st.none()),
        strategies.code_blocks(),
        st.just(na.Rule()),
        _tables(),
    ]
    if depth:
        inner = _blocks(depth - 1)
        lines = signed_inlines()
        items = st.one_of(
            lines,
            st.lists(inner, min_size=1, max_size=2),
            st.tuples(lines, inner).map(lambda pair: (*pair[0], pair[1])),
        )
        kinds += [
            st.lists(inner, min_size=1, max_size=2).map(na.Quote),
            st.builds(na.List, st.lists(items, min_size=1, max_size=3), st.booleans()),
        ]
    return st.one_of(kinds)


@st.composite
def _tables(draw: st.DrawFn) -> na.Table:
    columns = draw(st.integers(1, 3))
    aligns: list[na.Alignment | None] = [
        draw(st.sampled_from((None, None, "left", "center", "right"))) for _ in range(columns)
    ]
    has_head = draw(st.booleans())

    def row(header: bool) -> na.Row:
        return na.Row(
            [
                na.Cell(draw(signed_inlines()), header=header, align=align if has_head else None)
                for align in aligns
            ]
        )

    body = [row(False) for _ in range(draw(st.integers(1, 3)))]
    return na.Table(body, [row(True)] if has_head else [])


def signed_articles() -> st.SearchStrategy[na.Article]:
    """Articles without front matter, attributes, divisions and the like."""
    return st.lists(_blocks(2), min_size=1, max_size=4).map(na.Article.from_blocks)
