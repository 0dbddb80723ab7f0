"""Strategies for blocks: one for each class, and for the flow that containers hold."""

from __future__ import annotations

import functools
from typing import Final

import attrs
from hypothesis import strategies as st

from newsdao_article.model.blocks import (
    ALIGNMENTS,
    Block,
    Cell,
    CodeBlock,
    Column,
    Details,
    Division,
    Faq,
    FaqItem,
    Figure,
    Flow,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    RawBlock,
    Row,
    Rule,
    Spacer,
    Table,
)
from newsdao_article.model.inlines import (
    INLINE_TYPES,
    Comment,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Span,
    Strong,
    Text,
)
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.testing.inlines import Scope, comments, content_in, inline_in, text_nodes, visible_in
from newsdao_article.testing.values import attributes, optional, texts

__all__ = [
    "bare_paragraphs_in",
    "block_in",
    "blocks",
    "cells",
    "code_blocks",
    "columns",
    "details",
    "divisions",
    "faq_items",
    "faqs",
    "figures",
    "flow",
    "flow_in",
    "heading_in",
    "headings",
    "list_items",
    "lists",
    "paragraphs",
    "quotes",
    "raw_blocks",
    "rows",
    "rules",
    "spacers",
    "tables",
]

#: Containers that may stand wherever blocks may, and hold what they like.
_DIVISION_TAGS: Final = (
    "div",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "main",
    "nav",
    "address",
    "center",
)
#: Markup that kramdown and browsers keep together and that no class types.
_RAW_BLOCKS: Final = (
    "<script>let a = 1 &lt; 2;</script>",
    "<style>p { color: red }</style>",
    "<template>가</template>",
)


@functools.cache
@st.composite
def flow_in(draw: st.DrawFn, scope: Scope) -> Flow:
    """Blocks and inlines in any order."""
    return draw(_flow(scope))


@functools.cache
def _flow(scope: Scope) -> st.SearchStrategy[Flow]:
    node: st.SearchStrategy[Block | Inline] = st.one_of(text_nodes(), inline_in(scope))
    if scope.depth > 0:
        node = st.one_of(node, block_in(scope.within()))
    return st.lists(node, max_size=3).map(tuple)


@functools.cache
@st.composite
def block_in(draw: st.DrawFn, scope: Scope) -> Block:
    """Any block but a bare paragraph, which only the top level of an article can hold."""
    return draw(_block(scope))


@functools.cache
def _block(scope: Scope) -> st.SearchStrategy[Block]:
    kinds: list[st.SearchStrategy[Block]] = [
        _paragraph(scope),
        spacers(),
        heading_in(scope),
        rules(),
        code_blocks(),
        comments(),
        _list(scope),
        _table(scope),
        _figure(scope),
        _quote(scope),
        _details(scope),
        _division(scope),
        _faq(scope),
    ]
    if scope.raw:
        kinds.append(raw_blocks())
    return st.one_of(kinds)


def _sizes(house: int | None) -> st.SearchStrategy[int | None]:
    return st.sampled_from((house, None, 1, 18, 9999))


@functools.cache
def heading_in(scope: Scope) -> st.SearchStrategy[Heading]:
    """A heading of any level."""
    levels = st.sampled_from((2, 3, 1, 4, 5, 6))
    return st.builds(Heading, levels, content_in(scope), _sizes(26), attributes=attributes())


@functools.cache
def _paragraph(scope: Scope) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, visible_in(scope), size=_sizes(16), attributes=attributes())


@functools.cache
def bare_paragraphs_in(scope: Scope) -> st.SearchStrategy[Paragraph]:
    """A run of inlines among the blocks of an article."""
    content = visible_in(scope).map(_without_edges).filter(bool)
    return content.map(lambda content: Paragraph(content, bare=True))


def _without_edges(content: Inlines) -> Inlines:
    """`content` less the white space and comments at its ends, which belong to nobody between blocks."""
    nodes = list(Paragraph(content).content)
    while nodes and _is_edge(nodes[0]):
        del nodes[0]
    while nodes and _is_edge(nodes[-1]):
        del nodes[-1]
    if nodes and isinstance(first := nodes[0], Text):
        nodes[0] = Text(first.text.lstrip(HTML_SPACE))
    if nodes and isinstance(last := nodes[-1], Text):
        nodes[-1] = Text(last.text.rstrip(HTML_SPACE))
    return tuple(nodes)


def _is_edge(node: Inline) -> bool:
    return isinstance(node, Comment) or (isinstance(node, Text) and not node.text.strip(HTML_SPACE))


@functools.cache
def _figure(scope: Scope) -> st.SearchStrategy[Figure]:
    return st.builds(Figure, flow_in(scope), flow_in(scope), attributes=attributes())


@functools.cache
def _quote(scope: Scope) -> st.SearchStrategy[Quote]:
    return st.builds(Quote, flow_in(scope), attributes=attributes())


@functools.cache
def _list_item(scope: Scope) -> st.SearchStrategy[ListItem]:
    return st.builds(ListItem, flow_in(scope), attributes=attributes())


@functools.cache
def _list(scope: Scope) -> st.SearchStrategy[List]:
    items = st.lists(_list_item(scope), max_size=3)
    numbers = st.one_of(st.none(), st.integers(-99_999, 99_999))
    return st.one_of(
        st.builds(List, items, attributes=attributes()),
        st.builds(List, items, st.just(True), numbers, attributes=attributes()),
    )


@functools.cache
def _cell(scope: Scope) -> st.SearchStrategy[Cell]:
    counts = st.sampled_from((1, 2, 3, 0))
    return st.builds(
        Cell,
        flow_in(scope),
        header=st.booleans(),
        align=optional(st.sampled_from(sorted(ALIGNMENTS))),
        colspan=counts,
        rowspan=counts,
        attributes=attributes(),
    )


@functools.cache
def _row(scope: Scope) -> st.SearchStrategy[Row]:
    return st.builds(Row, st.lists(_cell(scope), max_size=3), attributes=attributes())


@functools.cache
def _table(scope: Scope) -> st.SearchStrategy[Table]:
    some_rows = st.lists(_row(scope), max_size=2)
    few_rows = st.lists(_row(scope), max_size=1)
    return st.builds(
        Table,
        some_rows,
        few_rows,
        foot=few_rows,
        caption=flow_in(attrs.evolve(scope, depth=0)),
        columns=st.lists(columns(), max_size=2),
        attributes=attributes(),
    )


@functools.cache
def _details(scope: Scope) -> st.SearchStrategy[Details]:
    return st.builds(Details, flow_in(scope), flow_in(scope), st.booleans(), attributes=attributes())


@functools.cache
def _division(scope: Scope) -> st.SearchStrategy[Division]:
    ordinary = st.builds(Division, flow_in(scope), st.sampled_from(_DIVISION_TAGS), attributes=attributes())
    if scope.depth < 1:
        return ordinary
    # Around inlines alone, these tags make inlines of their own classes.
    wrapped = st.tuples(flow_in(scope), block_in(scope.within())).map(lambda parts: (*parts[0], parts[1]))
    wrapped = wrapped.filter(lambda content: not isinstance(content[-1], (*INLINE_TYPES, RawBlock)))
    return st.one_of(
        ordinary, st.builds(Division, wrapped, st.sampled_from(("b", "span")), attributes=attributes())
    )


@functools.cache
def _faq_item(scope: Scope) -> st.SearchStrategy[FaqItem]:
    return st.builds(
        FaqItem, content_in(scope), flow_in(scope), st.sampled_from(("q-1", None, "질문", "q-2"))
    )


@functools.cache
def _faq(scope: Scope) -> st.SearchStrategy[Faq]:
    return st.builds(Faq, st.lists(_faq_item(scope), min_size=1, max_size=2))


def blocks(*, raw: bool = True) -> st.SearchStrategy[Block]:
    """Any block, bare paragraphs and headings included."""
    scope = Scope(raw=raw)
    return st.one_of(block_in(scope), bare_paragraphs_in(scope))


def flow(*, raw: bool = True) -> st.SearchStrategy[Flow]:
    """What a container holds: blocks and inlines in any order, as constructors take them."""
    return flow_in(Scope(raw=raw))


def headings() -> st.SearchStrategy[Heading]:
    """Headings of all levels."""
    return heading_in(Scope())


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """Paragraphs that show something, a few of them bare."""
    return st.one_of(_paragraph(Scope()), bare_paragraphs_in(Scope()))


@functools.cache
def spacers() -> st.SearchStrategy[Spacer]:
    """Empty lines in all their spellings."""
    blank = Text("\N{NO-BREAK SPACE}")
    contents: tuple[Inlines, ...] = (
        (blank,),
        (),
        (LineBreak(),),
        (Text("\N{ZERO WIDTH SPACE}"),),
        (Strong(blank),),
        (blank, LineBreak(), Comment("x")),
        (Emphasis(()), Span(blank)),
    )
    return st.builds(Spacer, _sizes(16), st.sampled_from(contents), attributes=attributes())


@functools.cache
def rules() -> st.SearchStrategy[Rule]:
    """Thematic breaks."""
    return st.builds(Rule, attributes=attributes())


def figures() -> st.SearchStrategy[Figure]:
    """Figures, with and without a caption."""
    return _figure(Scope())


def quotes() -> st.SearchStrategy[Quote]:
    """Block quotations."""
    return _quote(Scope())


def lists() -> st.SearchStrategy[List]:
    """Lists, ordered and not, nested ones too."""
    return _list(Scope())


def list_items() -> st.SearchStrategy[ListItem]:
    """Items of lists."""
    return _list_item(Scope())


def tables() -> st.SearchStrategy[Table]:
    """Tables with any of their parts, ragged rows included."""
    return _table(Scope())


def rows() -> st.SearchStrategy[Row]:
    """Rows of tables."""
    return _row(Scope())


def cells() -> st.SearchStrategy[Cell]:
    """Cells of tables."""
    return _cell(Scope())


@functools.cache
def columns() -> st.SearchStrategy[Column]:
    """Column formats of tables."""
    return st.builds(Column, st.sampled_from((1, 2, 9999)), attributes=attributes())


@functools.cache
def code_blocks() -> st.SearchStrategy[CodeBlock]:
    """Code blocks, with and without a language."""
    return st.builds(CodeBlock, texts(min_size=0), optional(st.sampled_from(("python", "c++", "한글"))))


def details() -> st.SearchStrategy[Details]:
    """Content to unfold, open and closed."""
    return _details(Scope())


def divisions() -> st.SearchStrategy[Division]:
    """Other containers, and inline elements around blocks."""
    return _division(Scope())


def faqs() -> st.SearchStrategy[Faq]:
    """Questions and answers."""
    return _faq(Scope())


def faq_items() -> st.SearchStrategy[FaqItem]:
    """One question with its answer."""
    return _faq_item(Scope())


@functools.cache
def raw_blocks() -> st.SearchStrategy[RawBlock]:
    """Markup among blocks that no class types; it reads back as written."""
    return st.sampled_from(_RAW_BLOCKS).map(RawBlock)
