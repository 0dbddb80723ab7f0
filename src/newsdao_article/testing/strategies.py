"""Hypothesis strategies for articles and everything in them.

There is one strategy for each class of the model, named after it in the plural, and above them
`articles`, `sections`, `blocks`, `flow`, `inlines` and `posts` (source text). They give what
constructors accept and what a browser leaves as it is (no link inside a link, no element whose
content HTML would move), so an article drawn here is one that a post can hold.
Containers are small and nest a few levels deep; a hundred articles take about a second.

    from hypothesis import given
    from newsdao_article.testing.strategies import articles

    @given(articles())
    def test_my_renderer_takes_any_article(article): ...

Where a strategy takes `raw`, False leaves out the classes that hold markup verbatim
(`RawBlock`, `RawInline`), which renderers do not write as they are unless told to.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Final

import attrs
from hypothesis import strategies as st

from newsdao_article.model.article import Article, Section
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
from newsdao_article.model.front_matter import (
    KNOWN_KEYS,
    FrontMatter,
    FrontMatterMapping,
    FrontMatterValue,
    holds_categories,
)
from newsdao_article.model.inlines import (
    INLINE_TYPES,
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
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.testing.source_text import source_texts
from newsdao_article.testing.values import (
    attributes,
    colors,
    front_matter_mappings,
    front_matter_values,
    lines,
    only_accepted,
    texts,
    urls,
    words,
)

__all__ = [
    "articles",
    "attributes",
    "blocks",
    "cells",
    "code_blocks",
    "codes",
    "colors",
    "columns",
    "comments",
    "details",
    "divisions",
    "emphases",
    "faq_items",
    "faqs",
    "figures",
    "flow",
    "front_matter_mappings",
    "front_matter_values",
    "front_matters",
    "headings",
    "highlights",
    "images",
    "inlines",
    "line_breaks",
    "lines",
    "links",
    "list_items",
    "lists",
    "paragraphs",
    "posts",
    "quotes",
    "raw_blocks",
    "raw_inlines",
    "rows",
    "rules",
    "sections",
    "smalls",
    "spacers",
    "spans",
    "strikethroughs",
    "strongs",
    "subscripts",
    "superscripts",
    "tables",
    "text_nodes",
    "texts",
    "underlines",
    "urls",
    "words",
]

#: Elements that a browser nests in text without moving anything.
_SPAN_TAGS: Final = ("span", "mark", "kbd", "q", "cite", "abbr", "var", "samp", "font")
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
    '<form action="/"></form>',
)
_RAW_INLINES: Final = ('<iframe src="https://example.com/"></iframe>', "<svg></svg>", "<button>가</button>")


@attrs.frozen
class _Scope:
    """Where a node is to stand: how deep it may still nest, and what may not stand there."""

    depth: int = 2
    links: bool = True
    raw: bool = True

    def within(self) -> _Scope:
        return attrs.evolve(self, depth=self.depth - 1)


# --- inlines ---------------------------------------------------------------------------------


@functools.cache
def _content(scope: _Scope, min_size: int = 0) -> st.SearchStrategy[Inlines]:
    texts_and_more = st.booleans().flatmap(lambda more: _inline(scope) if more else text_nodes())
    return st.lists(texts_and_more, min_size=min_size, max_size=3).map(tuple)


@functools.cache
def _visible(scope: _Scope) -> st.SearchStrategy[Inlines]:
    """Content that a reader sees something of."""
    seen = words().map(lambda word: (Text(word),))
    return st.one_of(seen, _content(scope, 1)).flatmap(
        lambda content: seen if is_invisible(content) else st.just(content)
    )


@functools.cache
def _inline(scope: _Scope) -> st.SearchStrategy[Inline]:
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
def _strong(scope: _Scope) -> st.SearchStrategy[Strong]:
    return st.builds(Strong, _content(scope), st.sampled_from(("b", "strong")), attributes=attributes())


@functools.cache
def _emphasis(scope: _Scope) -> st.SearchStrategy[Emphasis]:
    return st.builds(Emphasis, _content(scope), st.sampled_from(("em", "i")), attributes=attributes())


@functools.cache
def _underline(scope: _Scope) -> st.SearchStrategy[Underline]:
    return st.builds(Underline, _content(scope), st.sampled_from(("u", "ins")), attributes=attributes())


@functools.cache
def _strikethrough(scope: _Scope) -> st.SearchStrategy[Strikethrough]:
    return st.builds(
        Strikethrough, _content(scope), st.sampled_from(("del", "s", "strike")), attributes=attributes()
    )


@functools.cache
def _small(scope: _Scope) -> st.SearchStrategy[Small]:
    return st.builds(Small, _content(scope), attributes=attributes())


@functools.cache
def _superscript(scope: _Scope) -> st.SearchStrategy[Superscript]:
    return st.builds(Superscript, _content(scope), attributes=attributes())


@functools.cache
def _subscript(scope: _Scope) -> st.SearchStrategy[Subscript]:
    return st.builds(Subscript, _content(scope), attributes=attributes())


@functools.cache
def _highlight(scope: _Scope) -> st.SearchStrategy[Highlight]:
    # One of the two must be there, which only the pair knows.
    pairs = st.one_of(
        st.tuples(colors(), st.none()), st.tuples(st.none(), colors()), st.tuples(colors(), colors())
    )
    return st.builds(
        lambda content, pair, bag: Highlight(content, *pair, attributes=bag),
        _content(scope),
        pairs,
        attributes(),
    )


@functools.cache
def _link(scope: _Scope) -> st.SearchStrategy[Link]:
    content = _content(attrs.evolve(scope, links=False))
    return st.builds(Link, content, urls(), _optional(texts(min_size=0)), attributes=attributes())


@functools.cache
def _span(scope: _Scope) -> st.SearchStrategy[Span]:
    return st.builds(Span, _content(scope), st.sampled_from(_SPAN_TAGS), attributes=attributes())


def _optional(values: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), values)


def inlines(*, links: bool = True, raw: bool = True) -> st.SearchStrategy[Inline]:
    """Any inline; without `links`, none that is or holds a link."""
    return _inline(_Scope(links=links, raw=raw))


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
        Image, urls(), _optional(texts(min_size=0)), _optional(texts(min_size=0)), attributes=attributes()
    )


@functools.cache
def codes() -> st.SearchStrategy[Code]:
    """Code inside text."""
    return st.builds(Code, texts(min_size=0), attributes=attributes())


def strongs() -> st.SearchStrategy[Strong]:
    """Strong text, as `<b>` or `<strong>`."""
    return _strong(_Scope())


def emphases() -> st.SearchStrategy[Emphasis]:
    """Stressed text, as `<em>` or `<i>`."""
    return _emphasis(_Scope())


def underlines() -> st.SearchStrategy[Underline]:
    """Underlined text, as `<u>` or `<ins>`."""
    return _underline(_Scope())


def strikethroughs() -> st.SearchStrategy[Strikethrough]:
    """Struck-out text, as `<del>`, `<s>` or `<strike>`."""
    return _strikethrough(_Scope())


def smalls() -> st.SearchStrategy[Small]:
    """Small print."""
    return _small(_Scope())


def superscripts() -> st.SearchStrategy[Superscript]:
    """Text above the line."""
    return _superscript(_Scope())


def subscripts() -> st.SearchStrategy[Subscript]:
    """Text below the line."""
    return _subscript(_Scope())


def highlights() -> st.SearchStrategy[Highlight]:
    """Text with a colour, a background or both."""
    return _highlight(_Scope())


def links() -> st.SearchStrategy[Link]:
    """Links around anything but links."""
    return _link(_Scope())


def spans() -> st.SearchStrategy[Span]:
    """Other inline elements, of tags that browsers leave where they are."""
    return _span(_Scope())


# --- blocks ----------------------------------------------------------------------------------


@functools.cache
def _flow(scope: _Scope) -> st.SearchStrategy[Flow]:
    node: st.SearchStrategy[Block | Inline] = st.one_of(text_nodes(), _inline(scope))
    if scope.depth > 0:
        node = st.one_of(node, _block(scope.within()))
    return st.lists(node, max_size=3).map(tuple)


@functools.cache
def _block(scope: _Scope) -> st.SearchStrategy[Block]:
    """Any block but a bare paragraph, which only the top level of an article can hold."""
    kinds: list[st.SearchStrategy[Block]] = [
        _paragraph(scope),
        spacers(),
        _heading(scope),
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
def _heading(scope: _Scope) -> st.SearchStrategy[Heading]:
    levels = st.sampled_from((2, 3, 1, 4, 5, 6))
    return st.builds(Heading, levels, _content(scope), _sizes(26), attributes=attributes())


@functools.cache
def _paragraph(scope: _Scope) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, _visible(scope), size=_sizes(16), attributes=attributes())


@functools.cache
def _bare_paragraph(scope: _Scope) -> st.SearchStrategy[Paragraph]:
    content = _visible(scope).map(_without_edges).filter(bool)
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
def _figure(scope: _Scope) -> st.SearchStrategy[Figure]:
    return st.builds(Figure, _flow(scope), _flow(scope), attributes=attributes())


@functools.cache
def _quote(scope: _Scope) -> st.SearchStrategy[Quote]:
    return st.builds(Quote, _flow(scope), attributes=attributes())


@functools.cache
def _list_item(scope: _Scope) -> st.SearchStrategy[ListItem]:
    return st.builds(ListItem, _flow(scope), attributes=attributes())


@functools.cache
def _list(scope: _Scope) -> st.SearchStrategy[List]:
    items = st.lists(_list_item(scope), max_size=3)
    numbers = st.one_of(st.none(), st.integers(-99_999, 99_999))
    return st.one_of(
        st.builds(List, items, attributes=attributes()),
        st.builds(List, items, st.just(True), numbers, attributes=attributes()),
    )


@functools.cache
def _cell(scope: _Scope) -> st.SearchStrategy[Cell]:
    counts = st.sampled_from((1, 2, 3, 0))
    return st.builds(
        Cell,
        _flow(scope),
        header=st.booleans(),
        align=_optional(st.sampled_from(sorted(ALIGNMENTS))),
        colspan=counts,
        rowspan=counts,
        attributes=attributes(),
    )


@functools.cache
def _row(scope: _Scope) -> st.SearchStrategy[Row]:
    return st.builds(Row, st.lists(_cell(scope), max_size=3), attributes=attributes())


@functools.cache
def _table(scope: _Scope) -> st.SearchStrategy[Table]:
    some_rows = st.lists(_row(scope), max_size=2)
    few_rows = st.lists(_row(scope), max_size=1)
    return st.builds(
        Table,
        some_rows,
        few_rows,
        foot=few_rows,
        caption=_flow(attrs.evolve(scope, depth=0)),
        columns=st.lists(columns(), max_size=2),
        attributes=attributes(),
    )


@functools.cache
def _details(scope: _Scope) -> st.SearchStrategy[Details]:
    return st.builds(Details, _flow(scope), _flow(scope), st.booleans(), attributes=attributes())


@functools.cache
def _division(scope: _Scope) -> st.SearchStrategy[Division]:
    ordinary = st.builds(Division, _flow(scope), st.sampled_from(_DIVISION_TAGS), attributes=attributes())
    if scope.depth < 1:
        return ordinary
    # Around inlines alone, these tags make inlines of their own classes.
    wrapped = st.tuples(_flow(scope), _block(scope.within())).map(lambda parts: (*parts[0], parts[1]))
    wrapped = wrapped.filter(lambda content: not isinstance(content[-1], INLINE_TYPES))
    return st.one_of(
        ordinary, st.builds(Division, wrapped, st.sampled_from(("b", "span")), attributes=attributes())
    )


@functools.cache
def _faq_item(scope: _Scope) -> st.SearchStrategy[FaqItem]:
    return st.builds(FaqItem, _content(scope), _flow(scope), _optional(st.sampled_from(("q-1", "질문"))))


@functools.cache
def _faq(scope: _Scope) -> st.SearchStrategy[Faq]:
    return st.builds(Faq, st.lists(_faq_item(scope), min_size=1, max_size=2))


def blocks(*, raw: bool = True) -> st.SearchStrategy[Block]:
    """Any block, bare paragraphs and headings included."""
    scope = _Scope(raw=raw)
    return st.one_of(_block(scope), _bare_paragraph(scope))


def flow(*, raw: bool = True) -> st.SearchStrategy[Flow]:
    """What a container holds: blocks and inlines in any order, as constructors take them."""
    return _flow(_Scope(raw=raw))


def headings() -> st.SearchStrategy[Heading]:
    """Headings of all levels."""
    return _heading(_Scope())


def paragraphs() -> st.SearchStrategy[Paragraph]:
    """Paragraphs that show something, a few of them bare."""
    return st.one_of(_paragraph(_Scope()), _bare_paragraph(_Scope()))


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
    return _figure(_Scope())


def quotes() -> st.SearchStrategy[Quote]:
    """Block quotations."""
    return _quote(_Scope())


def lists() -> st.SearchStrategy[List]:
    """Lists, ordered and not, nested ones too."""
    return _list(_Scope())


def list_items() -> st.SearchStrategy[ListItem]:
    """Items of lists."""
    return _list_item(_Scope())


def tables() -> st.SearchStrategy[Table]:
    """Tables with any of their parts, ragged rows included."""
    return _table(_Scope())


def rows() -> st.SearchStrategy[Row]:
    """Rows of tables."""
    return _row(_Scope())


def cells() -> st.SearchStrategy[Cell]:
    """Cells of tables."""
    return _cell(_Scope())


@functools.cache
def columns() -> st.SearchStrategy[Column]:
    """Column formats of tables."""
    return st.builds(Column, st.sampled_from((1, 2, 9999)), attributes=attributes())


@functools.cache
def code_blocks() -> st.SearchStrategy[CodeBlock]:
    """Code blocks, with and without a language."""
    return st.builds(CodeBlock, texts(min_size=0), _optional(st.sampled_from(("python", "c++", "한글"))))


def details() -> st.SearchStrategy[Details]:
    """Content to unfold, open and closed."""
    return _details(_Scope())


def divisions() -> st.SearchStrategy[Division]:
    """Other containers, and inline elements around blocks."""
    return _division(_Scope())


def faqs() -> st.SearchStrategy[Faq]:
    """Questions and answers."""
    return _faq(_Scope())


def faq_items() -> st.SearchStrategy[FaqItem]:
    """One question with its answer."""
    return _faq_item(_Scope())


@functools.cache
def raw_blocks() -> st.SearchStrategy[RawBlock]:
    """Markup among blocks that no class types; it reads back as written."""
    return st.sampled_from(_RAW_BLOCKS).map(RawBlock)


# --- articles --------------------------------------------------------------------------------


@functools.cache
def _top_level(raw: bool) -> st.SearchStrategy[tuple[Block, ...]]:
    scope = _Scope(raw=raw)
    block = st.one_of(
        _block(scope).filter(lambda block: not isinstance(block, Heading)), _bare_paragraph(scope)
    )
    return st.lists(block, max_size=3).map(_apart)


def _apart(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` less those that would run together: bare text beside bare text, or beside a comment."""
    kept: list[Block] = []
    for block in blocks:
        if not (kept and _is_bare(kept[-1]) and _is_bare(block)):
            kept.append(block)
    return tuple(kept)


def _is_bare(block: Block) -> bool:
    return isinstance(block, Comment) or (isinstance(block, Paragraph) and block.bare)


@functools.cache
def sections(*, raw: bool = True) -> st.SearchStrategy[Section]:
    """A heading with the blocks that follow it."""
    return st.builds(Section, _heading(_Scope(raw=raw)), _top_level(raw))


@st.composite
def front_matters(draw: st.DrawFn) -> FrontMatter:
    """Front matter with any of its fields, values of unusual types for known keys, and keys of the site's own."""
    fields: dict[str, str | list[str]] = {}
    extra: dict[str, FrontMatterValue] = {}
    for key in KNOWN_KEYS:
        match draw(st.sampled_from(("absent", "usual", "unusual"))):
            case "usual":
                fields[key] = draw(_usual_value(key))
            case "unusual":
                extra[key] = draw(_unusual_value(key))
            case _:
                pass
    for key, value in draw(front_matter_mappings()).items():
        if key not in KNOWN_KEYS:
            extra[key] = value
    return FrontMatter(**fields, extra=FrontMatterMapping(extra))  # type: ignore[arg-type]


@functools.cache
def _usual_value(key: str) -> st.SearchStrategy[str | list[str]]:
    if key == "categories":
        return st.lists(lines(), min_size=1, max_size=3)
    if key in ("excerpt", "feature_text"):
        return st.builds(str.__add__, texts(min_size=0), st.sampled_from(("\n", "", "\n\n")))
    return lines()


@functools.cache
def _unusual_value(key: str) -> st.SearchStrategy[FrontMatterValue]:
    if key == "categories":
        return front_matter_values().filter(lambda value: not holds_categories(value))
    return front_matter_values().filter(lambda value: value is not None and not isinstance(value, str))


@functools.cache
def articles(*, raw: bool = True) -> st.SearchStrategy[Article]:
    """Whole articles: front matter, lead and sections."""
    return st.builds(Article, front_matters(), _top_level(raw), st.lists(sections(raw=raw), max_size=2))


def posts() -> st.SearchStrategy[str]:
    """Source text of posts: what articles are written as, whole and damaged, HTML and Markdown mixed."""
    return source_texts(articles())
