"""Article → HTML: house markup, inert unless told otherwise, that reads back as the same article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, Literal, TypeAlias, assert_never

import attrs
from markupsafe import Markup

from newsdao_article.model.article import Article, Section
from newsdao_article.model.as_read import AsRead
from newsdao_article.model.blocks import (
    BLOCK_TYPES,
    Block,
    Cell,
    CodeBlock,
    Column,
    Details,
    Division,
    Faq,
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
    is_inline_level,
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
)
from newsdao_article.problems import InvalidValueError, LimitExceeded
from newsdao_article.rendering.escape import escape_liquid, escape_text, without_controls
from newsdao_article.rendering.html_attributes import Typed, write_attributes
from newsdao_article.rendering.palette import Palette
from newsdao_article.rendering.style import NEWSDAO, HouseStyle

__all__ = ["HtmlContext", "HtmlOptions", "render_html"]

Renderable: TypeAlias = Article | Section | Block | Inline
Override: TypeAlias = "Callable[[Block | Inline, HtmlContext], str]"

#: What kramdown does not take for the beginning of an HTML block.
_SPAN_LEVEL_TAGS: Final = frozenset(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt "
    "rtc ruby samp select small span strike strong sub sup tt u var".split()
)
_VOID_TAGS: Final = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
_MAX_DEPTH: Final = 120


def _known_types(
    _: object, __: attrs.Attribute[Mapping[type, Override]], value: Mapping[type, Override]
) -> None:
    for key in value:
        if key not in BLOCK_TYPES and key not in INLINE_TYPES:
            raise InvalidValueError(f"overrides are for blocks and inlines, got {key!r}")


@attrs.frozen
class HtmlOptions:
    """How HTML is written.

    `raw` decides on markup that no type vouches for. `"escape"` (default) shows raw nodes as text and leaves
    out what the allow-lists of URLs, attributes and declarations do not hold; `"drop"` leaves raw nodes out
    too; `"keep"` writes everything as it was read, for sources that the caller trusts.
    `title` puts the front matter's title before the body as a level-1 heading. `palette` gives the article other
    colours first. `overrides` maps a node class to a function of the node and an `HtmlContext` that returns its HTML.
    """

    raw: Literal["escape", "drop", "keep"] = attrs.field(
        default="escape", validator=attrs.validators.in_(("escape", "drop", "keep"))
    )
    title: bool = False
    style: HouseStyle = NEWSDAO
    palette: Palette | None = None
    overrides: Mapping[type, Override] = attrs.field(
        factory=dict[type, Override], validator=_known_types, hash=False
    )


def render_html(node: Renderable, options: HtmlOptions | None = None) -> Markup:
    """`node` as HTML; of an article, its body: what a Jekyll layout receives as `content`.

    The result is `markupsafe.Markup`, so templates print it as it is. With the default options it
    runs no script and loads nothing but images, whatever the article holds. O(n); raises
    `LimitExceeded` for content nested deeper than any post.
    """
    settings = options or HtmlOptions()
    context = HtmlContext(settings)
    try:
        if settings.palette is not None:
            node = settings.palette.recolor(node)
        return Markup(context.document(node))  # noqa: S704 - the one place that makes it, from escaped parts
    except RecursionError:
        # `_MAX_DEPTH` leaves room for a caller some hundred calls deep; one deeper than that ends up here.
        raise LimitExceeded("content is nested too deep to be rendered from so deep a call") from None


class HtmlContext:
    """One rendering under way; what an override gets to render children with."""

    __slots__ = ("_depth", "_liquid", "_margin", "_preformatted", "options")

    def __init__(self, options: HtmlOptions, *, liquid: bool = False) -> None:
        self.options = options
        self._liquid = liquid
        self._preformatted = False
        self._depth = 0
        self._margin = "\n"

    def render(self, node: Block | Inline) -> str:
        """`node` as HTML, overrides considered."""
        if (override := self.options.overrides.get(type(node))) is not None:
            return override(node, self)
        return self._inline(node) if isinstance(node, Inline) else self._block(node)

    def default(self, node: Block | Inline) -> str:
        """`node` as this library writes it, even if its class is overridden; children still heed overrides."""
        return self._inline(node) if isinstance(node, Inline) else self._block(node)

    def document(self, node: Renderable) -> str:
        """A whole rendering: blocks of an article or a section one below the other."""
        if isinstance(node, Article):
            blocks = "".join(self.gapped([self.top_level(block) for block in node.blocks]))
            if self.options.title and node.front_matter.title is not None:
                title = f"<h1>{self.text(node.front_matter.title)}</h1>"
                return "".join(self.gapped([title, blocks]))
            return blocks
        if isinstance(node, Section):
            return "".join(self.gapped([self.top_level(block) for block in (node.heading, *node.blocks)]))
        return self.top_level(node) if not isinstance(node, Inline) else self.render(node)

    def gapped(self, blocks: list[str]) -> list[str]:
        """`blocks` with the style's gap between them; what renders to nothing leaves no gap."""
        parts: list[str] = []
        for block in blocks:
            if block:
                if parts:
                    parts.append(self.options.style.gap)
                parts.append(block)
        return parts

    def top_level(self, block: Block) -> str:
        """`block` so that kramdown reads it as a block of its own.

        kramdown would wrap a run of inlines, or an inline element around blocks, in a paragraph.
        Inside `<tbody>` it takes them as they are, and a browser ignores a table body outside a table (HTML
        standard, "in body" insertion mode).
        """
        html = self.render(block)
        if isinstance(block, Paragraph):
            return f"<tbody>{html}</tbody>" if block.bare and html else html
        if isinstance(block, Division) and block.tag in _SPAN_LEVEL_TAGS and html:
            return f"<tbody>{html}</tbody>"
        return html

    def text(self, text: str) -> str:
        """`text` as character data."""
        if isinstance(text, AsRead) and self.options.raw != "keep":
            text = without_controls(text)
        html = escape_text(text)
        return escape_liquid(html) if self._liquid else html

    def inlines(self, content: Inlines) -> str:
        """Inlines one after the other."""
        overrides = self.options.overrides
        parts: list[str] = []
        for node in content:
            if type(node) is Text and not overrides:
                parts.append(self.text(node.text))
            else:
                parts.append(self.render(node))
        return "".join(parts)

    def flow(self, content: Flow) -> str:
        """Blocks and runs of inlines, blocks on lines of their own where white space shows nothing."""
        self._enter()
        if self._preformatted or all(isinstance(node, Inline) for node in content):
            html = "".join([self.render(node) for node in content])
        else:
            html = self._mixed(content)
        self._depth -= 1
        return html

    def _mixed(self, content: Flow) -> str:
        outer = self._margin
        self._margin = inner = outer + self.options.style.indent
        parts: list[str] = []
        # A run of inlines at the edge of its container stays there: blanks beside it could show.
        beside_block = False
        first = True
        for node in content:
            is_block = not is_inline_level(node)
            html = self.render(node)
            if not html:
                continue
            parts.append(inner + html if is_block or (beside_block and not first) else html)
            beside_block, first = is_block, False
        self._margin = outer
        return "".join(parts) + (outer if beside_block else "")

    def attributes(self, typed: Typed, bag: Mapping[str, str]) -> str:
        """The attributes of a tag with a leading blank each: the typed ones, then the bag's that may be written."""
        html = write_attributes(typed, bag, trusted=self.options.raw == "keep")
        return escape_liquid(html) if self._liquid else html

    def _enter(self, elements: int = 1) -> None:
        self._depth += elements
        if self._depth > _MAX_DEPTH:
            raise LimitExceeded(f"content is nested more than {_MAX_DEPTH} levels deep; flatten it")

    def _wrap(self, tag: str, content: Inlines, bag: Mapping[str, str], typed: Typed = ()) -> str:
        self._enter()
        html = f"<{tag}{self.attributes(typed, bag)}>{self.inlines(content)}</{tag}>"
        self._depth -= 1
        return html

    def _contain(self, tag: str, content: Flow, bag: Mapping[str, str], typed: Typed = ()) -> str:
        return f"<{tag}{self.attributes(typed, bag)}>{self.flow(content)}</{tag}>"

    def _void(self, tag: str, bag: Mapping[str, str], typed: Typed = ()) -> str:
        return f"<{tag}{self.attributes(typed, bag)}{self.options.style.void_end}"

    def _raw(self, html: str) -> str:
        match self.options.raw:
            case "keep":
                return html
            case "drop":
                return ""
            case "escape":
                return self.text(without_controls(html))

    def _inline(self, node: Inline) -> str:
        match node:
            case Text(text):
                return self.text(text)
            case Strong() | Emphasis() | Underline() | Strikethrough():
                return self._wrap(node.tag, node.content, node.attributes)
            case Highlight():
                style = "" if "style" in node.attributes else node.own_style
                return self._wrap("span", node.content, node.attributes, (("style", style or None),))
            case Link():
                return self._wrap(
                    "a", node.content, node.attributes, (("href", node.url), ("title", node.title))
                )
            case Image():
                return self._void(
                    "img", node.attributes, (("src", node.url), ("alt", node.alt), ("title", node.title))
                )
            case LineBreak():
                return self._void("br", node.attributes)
            case Code():
                return f"<code{self.attributes((), node.attributes)}>{self.text(node.text)}</code>"
            case Small():
                return self._wrap("small", node.content, node.attributes)
            case Superscript():
                return self._wrap("sup", node.content, node.attributes)
            case Subscript():
                return self._wrap("sub", node.content, node.attributes)
            case Span():
                return self._span(node)
            case Comment(text):
                return self._comment(text)
            case RawInline(html):
                return self._raw(html)
            case _:
                assert_never(node)

    def _span(self, node: Span) -> str:
        if isinstance(node.tag, AsRead) and self.options.raw != "keep":
            return self.inlines(node.content)
        if node.tag in _VOID_TAGS:
            return self._void(node.tag, node.attributes)
        return self._wrap(node.tag, node.content, node.attributes)

    def _comment(self, text: str) -> str:
        if isinstance(text, AsRead) and self.options.raw != "keep":
            return ""
        return f"<!--{text}-->"

    def _block(self, node: Block) -> str:
        match node:
            case Heading():
                return self._wrap(f"h{node.level}", node.content, node.attributes, _size(node.size))
            case Paragraph():
                if node.bare:
                    return self.inlines(node.content)
                return self._wrap("p", node.content, node.attributes, _size(node.size))
            case Spacer():
                return self._wrap("p", node.content, node.attributes, _size(node.size))
            case Rule():
                return self._void("hr", node.attributes)
            case Figure():
                caption = f"<figcaption>{self.flow(node.caption)}</figcaption>" if node.caption else ""
                return f"<figure{self.attributes((), node.attributes)}>{self.flow(node.content)}{caption}</figure>"
            case List():
                return self._list(node)
            case Table():
                return self._table(node)
            case Quote():
                return self._contain("blockquote", node.content, node.attributes)
            case CodeBlock():
                language = None if node.language is None else f"language-{node.language}"
                return f"<pre><code{self.attributes((('class', language),), {})}>{self.text(node.text)}</code></pre>"
            case Details():
                is_open = "" if node.open else None
                summary = f"<summary>{self.flow(node.summary)}</summary>"
                opening = f"<details{self.attributes((('open', is_open),), node.attributes)}>"
                return f"{opening}{summary}{self.flow(node.content)}</details>"
            case Division():
                return self._division(node)
            case Faq():
                return self._faq(node)
            case Comment(text):
                return self._comment(text)
            case RawBlock(html):
                return self._raw_block(html)
            case _:
                assert_never(node)

    def _raw_block(self, html: str) -> str:
        raw = self._raw(html)
        return f"<p>{raw}</p>" if raw and self.options.raw == "escape" else raw

    def _division(self, node: Division) -> str:
        tag = node.tag
        if isinstance(tag, AsRead) and self.options.raw != "keep":
            tag = "div"
        if tag in _VOID_TAGS:
            return self._void(tag, node.attributes)
        if tag != "pre":
            return self._contain(tag, node.content, node.attributes)
        before, self._preformatted = self._preformatted, True
        content = self.flow(node.content)
        self._preformatted = before
        # Browsers drop a line feed directly after <pre>; a second one keeps the first.
        first = "\n" if content.startswith("\n") else ""
        return f"<pre{self.attributes((), node.attributes)}>{first}{content}</pre>"

    def _lines(self, lines: Iterable[str]) -> str:
        """`lines` below one another, one step in; together in preformatted text, where white space shows.

        Takes a lazy iterable, so that lines within lines are rendered one step further in.
        """
        if self._preformatted:
            return "".join(lines)
        outer = self._margin
        self._margin = inner = outer + self.options.style.indent
        html = "".join([inner + line for line in lines if line])
        self._margin = outer
        return html + outer if html else ""

    def part(self, node: ListItem | Row | Cell | Column) -> str:
        """A node that stands only in a list or a table, as it is written there."""
        match node:
            case ListItem():
                return self._contain("li", node.content, node.attributes)
            case Row():
                return self._row(node)
            case Cell():
                return self._cell(node)
            case Column():
                return self._void("col", node.attributes, _span_counts(span=node.span))
            case _:
                assert_never(node)

    def _list(self, node: List) -> str:
        tag = "ol" if node.ordered else "ul"
        start = None if node.start is None else str(node.start)
        items = map(self.part, node.items)
        self._enter()
        html = f"<{tag}{self.attributes((('start', start),), node.attributes)}>{self._lines(items)}</{tag}>"
        self._depth -= 1
        return html

    def _table(self, node: Table) -> str:
        # The table and its rows; the cells count as containers of flow.
        self._enter(2)
        html = f"<table{self.attributes((), node.attributes)}>{self._lines(self._table_parts(node))}</table>"
        self._depth -= 2
        return html

    def _table_parts(self, node: Table) -> Iterator[str]:
        if node.caption:
            yield f"<caption>{self.flow(node.caption)}</caption>"
        if node.columns:
            yield f"<colgroup>{self._lines(map(self.part, node.columns))}</colgroup>"
        if node.head:
            yield f"<thead>{self._lines(map(self._row, node.head))}</thead>"
        if node.body and (node.head or node.foot):
            yield f"<tbody>{self._lines(map(self._row, node.body))}</tbody>"
        else:
            yield from map(self._row, node.body)
        if node.foot:
            yield f"<tfoot>{self._lines(map(self._row, node.foot))}</tfoot>"

    def _row(self, row: Row) -> str:
        return f"<tr{self.attributes((), row.attributes)}>{self._lines(map(self._cell, row.cells))}</tr>"

    def _cell(self, cell: Cell) -> str:
        style = None if "style" in cell.attributes else cell.own_style or None
        typed = (*_span_counts(colspan=cell.colspan, rowspan=cell.rowspan), ("style", style))
        return self._contain("th" if cell.header else "td", cell.content, cell.attributes, typed)

    def _faq(self, node: Faq) -> str:
        questions: list[str] = []
        self._enter(4)
        for item in node.items:
            name = self._wrap("h3", item.question, {}, (("itemprop", "name"), ("id", item.id)))
            text = f'<span itemprop="text">{self.flow(item.answer)}</span>'
            answer = f'<div itemscope="" itemprop="acceptedAnswer" itemtype="https://schema.org/Answer">\n{text}\n</div>'
            question = '<div itemscope="" itemprop="mainEntity" itemtype="https://schema.org/Question">'
            questions.append(f"{question}\n{name}\n{answer}\n</div>")
        self._depth -= 4
        body = "\n".join(questions)
        return f'<div itemscope="" itemtype="https://schema.org/FAQPage">\n<blockquote>\n{body}\n</blockquote>\n</div>'


def _size(size: int | None) -> Typed:
    return (("data-ke-size", None if size is None else f"size{size}"),)


def _span_counts(**counts: int) -> Typed:
    return tuple((name, None if count == 1 else str(count)) for name, count in counts.items())
