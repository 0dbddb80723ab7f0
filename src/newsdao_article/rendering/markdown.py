"""Article → Markdown: per flavour, every construct in Markdown only where its reader gives the same back."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import TypeAlias, assert_never, cast

import attrs

from newsdao_article.model.article import Article, Section
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.blocks import (
    Block,
    CodeBlock,
    Details,
    Division,
    Faq,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    RawBlock,
    Rule,
    Spacer,
    Table,
    is_inline_level,
)
from newsdao_article.model.inlines import INLINE_TYPES, Comment, Inline, Inlines, Link, Text
from newsdao_article.rendering.html import HtmlContext, HtmlOptions
from newsdao_article.rendering.html_attributes import Typed
from newsdao_article.rendering.markdown_flavors import FLAVORS, MARKED, Flavor
from newsdao_article.rendering.markdown_highlights import highlighted, loses_colors
from newsdao_article.rendering.markdown_inlines import write_inlines
from newsdao_article.rendering.markdown_lists import write_list
from newsdao_article.rendering.markdown_options import Fidelity, MarkdownOptions
from newsdao_article.rendering.markdown_pieces import Place
from newsdao_article.rendering.markdown_references import LinkDefinitions
from newsdao_article.rendering.markdown_tables import write_table
from newsdao_article.rendering.reduction_ledger import runs
from newsdao_article.rendering.site_front_matter import render_site_front_matter
from newsdao_article.rendering.text_wrap import display_width

__all__ = [
    "Fidelity",
    "MarkdownContext",
    "MarkdownOptions",
    "is_fence_language",
    "is_fenced",
    "render_markdown",
]

Renderable: TypeAlias = Article | Section | Block | Inline


def render_markdown(node: Renderable, options: MarkdownOptions | None = None) -> str:
    """`node` as Markdown; of an article, its body.

    With `r = reduce(article, fidelity, flavor).article`, the flavour's reader gives the document of `render_html(r)`
    from it, and kramdown's reading is `r` again. No space and no reference is added to make a sign
    work; what the signs cannot say is an HTML tag. An article or a section ends with a line end, other
    nodes do not. O(n); raises `LossError` as the options say, `LimitExceeded` for content nested
    deeper than any post.
    """
    settings = options or MarkdownOptions()
    reduction = _reduced(node, settings)
    if isinstance(node, INLINE_TYPES):
        return MarkdownContext(settings).inlines(
            [part for part in reduction if isinstance(part, INLINE_TYPES)]
        )
    blocks = cast("list[Block]", reduction)
    if settings.title and isinstance(node, Article) and node.front_matter.title:
        blocks.insert(0, Heading(1, (Text(node.front_matter.title),), None))
    markdown = _document(blocks, settings)
    if settings.front_matter is not None and isinstance(node, Article):
        front_matter = render_site_front_matter(
            node.front_matter, settings.front_matter, settings.front_matter_format
        )
        return f"{front_matter}\n{markdown}\n" if markdown else front_matter
    return f"{markdown}\n" if markdown and isinstance(node, (Article, Section)) else markdown


def _document(blocks: list[Block], settings: MarkdownOptions) -> str:
    if settings.links == "inline":
        return MarkdownContext(settings).blocks(blocks)
    definitions = LinkDefinitions(blocks)
    markdown = MarkdownContext(settings, definitions=definitions).blocks(blocks)
    # What was tried in Markdown and written as HTML in the end has left gaps in the numbers.
    if definitions.renumber(markdown):
        markdown = MarkdownContext(settings, definitions=definitions).blocks(blocks)
        definitions.renumber(markdown)
    lines = definitions.lines()
    return "\n\n".join([markdown, "\n".join(lines)]) if lines else markdown


def _reduced(node: Renderable, settings: MarkdownOptions) -> list[Block | Inline]:
    """What is to be written of `node`."""
    from newsdao_article.rendering.reduction import Loss, LossError, reduced

    refuse = settings.on_loss == "error"
    reduction = reduced(node, settings.fidelity, settings.flavor, refuse=refuse)
    if refuse and (lost := loses_colors(reduction, settings.highlights)):
        raise LossError((Loss("color", len(lost), lost),))
    return highlighted(reduction, settings.highlights, settings.palette)


_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANK_LINE = re.compile(r"\n(?=[ \t]*\n)")
_COMMENT = re.compile(r"(<!--.*?-->)", re.DOTALL)
_LANGUAGE = re.compile(r"[\w+#.\-]+\Z")
_FENCE = re.compile("`{3,}")
_FORMATTED_RULE = "_" * 70


def is_fence_language(language: str | None) -> bool:
    """Whether `language` reads as itself behind a fence, in every flavour."""
    return language is None or _LANGUAGE.match(language) is not None


def is_fenced(block: CodeBlock, flavor: Flavor) -> bool:
    """Whether `flavor` reads `block` between fences as it is."""
    if not block.text.endswith("\n") or _CONTROL.search(block.text) or not is_fence_language(block.language):
        return False
    return not flavor.liquid or not ("{{" in block.text or "{%" in block.text)


def _is_line_of_html(block: Block) -> bool:
    """Whether `block` is written as HTML that begins no block."""
    return (isinstance(block, Paragraph) and block.bare) or is_inline_level(block)


class MarkdownContext:
    """One rendering under way; what an override gets to render children with."""

    __slots__ = ("_definitions", "_html", "_margin", "_noted", "flavor", "options")

    def __init__(
        self,
        options: MarkdownOptions,
        *,
        noted: list[Inline] | None = None,
        definitions: LinkDefinitions | None = None,
    ) -> None:
        self.options = options
        self.flavor: Flavor = FLAVORS[options.flavor]
        if options.front_matter == "hugo":
            # Its shortcodes open with the same two braces, and are looked for before any Markdown.
            self.flavor = attrs.evolve(self.flavor, liquid=True)
        if options.highlights == "equals":
            self.flavor = attrs.evolve(self.flavor, looked_past=MARKED.looked_past)
        if options.fidelity == "plain" and not self.flavor.is_kramdown:
            self.flavor = attrs.evolve(self.flavor, formatted=True)
        self._html = HtmlContext(HtmlOptions(raw=options.raw), liquid=self.flavor.liquid)
        self._noted = noted
        self._definitions = definitions
        self._margin = 0

    @property
    def width(self) -> int | None:
        """The columns that a line of the current block may take; None if it has no bounds."""
        return None if self.options.wrap is None else max(1, self.options.wrap - self._margin)

    def measure(self, text: str) -> int:
        """How many columns `text` takes."""
        return display_width(text, self.options.ambiguous_width)

    @contextmanager
    def indented(self, columns: int) -> Generator[None, None, None]:
        """Blocks that are written within get `columns` less: what stands before each of their lines."""
        self._margin += columns
        yield
        self._margin -= columns

    @property
    def keeps_blanks(self) -> bool:
        """Whether white space that shows nothing is kept, in HTML where need be: only kramdown's reader is ours."""
        return self.options.fidelity == "exact" and self.flavor.is_kramdown

    def render(self, node: Block | Inline) -> str:
        """`node` as Markdown, overrides considered."""
        return "".join(
            [
                self.inlines(part) if isinstance(part, tuple) else self.blocks((part,))
                for part in runs((node,))
            ]
        )

    def default(self, node: Block | Inline) -> str:
        """`node` as this library writes it, even if its class is overridden."""
        overrides = {
            kind: override for kind, override in self.options.overrides.items() if kind is not type(node)
        }
        options = attrs.evolve(self.options, overrides=overrides)
        context = MarkdownContext(options, noted=self._noted, definitions=self._definitions)
        with context.indented(self._margin):
            return context.render(node)

    def inlines(self, content: Iterable[Inline]) -> str:
        """Inlines as a line of Markdown, which is not wrapped."""
        nodes = tuple(content)
        wide = MarkdownContext(
            attrs.evolve(self.options, wrap=None), noted=self._noted, definitions=self._definitions
        )
        written = wide.line(nodes, "paragraph")
        return self._html.inlines(nodes) if written is None else written

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks one below the other, a blank line between them."""
        return "\n\n".join(self.sequence(blocks))

    def sequence(self, blocks: Iterable[Block]) -> list[str]:
        """The Markdown of each block; what renders to nothing is left out."""
        written: list[str] = []
        before: tuple[bool, str] | None = None
        for block in blocks:
            markdown, list_before = self._block(block, is_first=not written, before=before)
            if markdown:
                written.append(markdown)
                before = list_before
        return written

    def line(self, content: Inlines, place: Place) -> str | None:
        """`content` as one stretch of Markdown, None where only HTML can hold it."""
        return write_inlines(content, self, place)

    def html(self, node: Block | Inline) -> str:
        """`node` as HTML."""
        return self._html.render(node)

    def attributes(self, typed: Typed, bag: Attributes, *, in_cell: bool) -> str:
        """The attributes of a tag within a line, with a leading blank each."""
        html = self._html.attributes(typed, bag)
        if "\n" in html:
            html = html.replace("\n", "&#10;")
        return self.without_signs(html, in_cell=in_cell)

    def without_signs(self, html: str, *, in_cell: bool) -> str:
        """`html` with no sign that would part the cells of a table, or make one of a line, or define something."""
        if "|" in html and (in_cell or self.flavor.is_kramdown):
            html = html.replace("|", "&#124;")
        if "`" in html and in_cell and self.flavor.is_kramdown:
            html = html.replace("`", "&#96;")
        # At the start of a block it could end the name of a link's definition.
        return html.replace("]:", "]&#58;") if "]:" in html else html

    def label(self, link: Link, *, before: str, following: str) -> str | None:
        """The label under which the address of `link` is defined; None if it stands beside its text."""
        if self._definitions is None:
            return None
        return self._definitions.label(link, self.flavor, before=before, following=following)

    def note_html(self, node: Inline) -> None:
        """Remember that `node` has to be written as HTML."""
        if self._noted is not None:
            self._noted.append(node)

    def has_controls(self, *texts: str | None) -> bool:
        """Whether any of `texts` holds characters that only the HTML renderer makes harmless."""
        return any(text is not None and _CONTROL.search(text) is not None for text in texts)

    def _block(
        self, block: Block, *, is_first: bool, before: tuple[bool, str] | None
    ) -> tuple[str, tuple[bool, str] | None]:
        """A block's Markdown, and of a list in Markdown whether it is ordered and its marker."""
        override = self.options.overrides.get(type(block))
        if override is not None:
            return override(block, self), None
        if isinstance(block, List):
            marker = self._marker(block, before)
            lines = None if marker is None else write_list(block, self, marker)
            if lines is not None and marker is not None:
                return "\n".join(lines), (block.ordered, marker)
            return self._html_block(block), None
        markdown = self.markdown(block, is_first=is_first)
        return self._html_block(block) if markdown is None else markdown, None

    def _marker(self, block: List, before: tuple[bool, str] | None) -> str | None:
        """The marker that keeps a list apart from one directly before it; None where none does."""
        first, other = (".", ")") if block.ordered else ("-", "*")
        if before is None or before[0] != block.ordered:
            return first
        if self.flavor.is_kramdown:
            return None
        return other if before[1] == first else first

    def markdown(self, block: Block, *, is_first: bool = False) -> str | None:
        """`block` in the signs of the flavour, None where they do not say it. Lists have a function of their own."""
        match block:
            case Heading():
                if block.size is not None or block.attributes:
                    return None
                line = self.line(block.content, "heading")
                return None if line is None else f"{'#' * block.level} {line}"
            case Paragraph():
                if block.size is not None or block.attributes or block.bare:
                    return None
                return self.line(block.content, "paragraph")
            case Rule():
                if block.attributes:
                    return None
                if self.flavor.formatted:
                    return _FORMATTED_RULE
                # A file that begins with three hyphens would be taken for one with front matter.
                return "***" if is_first else "---"
            case Quote():
                return self._quote(block)
            case CodeBlock():
                return self._code_block(block)
            case Table():
                return write_table(block, self)
            case Spacer() | Figure() | Details() | Division() | Faq() | Comment() | RawBlock() | List():
                return None
            case _:
                assert_never(block)

    def _quote(self, block: Quote) -> str | None:
        blocks = [part for part in runs(block.content) if not isinstance(part, tuple)]
        if block.attributes or len(blocks) != len(block.content):
            return None
        if self.flavor.is_kramdown and any(map(_is_line_of_html, blocks)):
            return None  # White space beside it would be read as text of the quote.
        with self.indented(2):
            inside = self.blocks(blocks)
        if not inside:
            return None
        return "\n".join([f"> {line}" if line else ">" for line in inside.split("\n")])

    def _code_block(self, block: CodeBlock) -> str | None:
        if not is_fenced(block, self.flavor):
            return None
        fence = "`" * max(3, 1 + max(map(len, _FENCE.findall(block.text)), default=0))
        return f"{fence}{block.language or ''}\n{block.text}{fence}"

    def _html_block(self, block: Block) -> str:
        """A block as HTML that the flavour takes as a block of its own, whole."""
        html = self._html.top_level(block)
        if self.flavor.is_kramdown or not html:
            return html
        if not self.flavor.begins_block(html):
            html = f"<tbody>{html}</tbody>"
        if "\n" not in html or html.startswith("<!--"):
            return html
        # Outside kramdown a blank line ends HTML (CommonMark 4.6). A comment knows no references, so it loses the line.
        parts = _COMMENT.split(html) if "<!--" in html else [html]
        for index, part in enumerate(parts):
            parts[index] = _BLANK_LINE.sub("" if index % 2 else "&#10;", part)
        return "".join(parts)
