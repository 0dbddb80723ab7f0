"""The level "plain": only what a flavour of Markdown says without HTML. Works on what the level "reader" has left."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import groupby
from typing import Final, assert_never

import attrs

from newsdao_article.model.blocks import (
    Block,
    CodeBlock,
    Details,
    Division,
    Faq,
    Figure,
    Flow,
    Heading,
    List,
    Paragraph,
    Quote,
    RawBlock,
    Rule,
    Spacer,
    Table,
)
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
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.model.walk import walk
from newsdao_article.rendering.markdown import (
    MarkdownContext,
    MarkdownOptions,
    is_fence_language,
    is_fenced,
)
from newsdao_article.rendering.markdown_flavors import Flavor
from newsdao_article.rendering.reduction_blanks import settled_block
from newsdao_article.rendering.reduction_ledger import (
    Ledger,
    as_blocks,
    as_code,
    code_lines,
    paragraphs,
    replaced,
    replaced_in_block,
    runs,
    tidy,
    trimmed,
)
from newsdao_article.rendering.reduction_lists import joined_lists, reduced_list
from newsdao_article.rendering.reduction_tables import reduced_table

__all__ = ["PlainReducer"]

#: How often a block is written to see whether its signs are read; then all that still is not goes.
_ATTEMPTS: Final = 6
_TYPED_BY_HIGHLIGHT: Final = ("background-color", "color")


class PlainReducer:
    """Reduces blocks and inlines, writing what it takes out into a ledger."""

    def __init__(self, flavor: Flavor, ledger: Ledger) -> None:
        self.flavor = flavor
        self.ledger = ledger

    def document(self, blocks: Iterable[Block]) -> list[Block]:
        """Blocks that stand below one another, in signs of the flavour that are read as such."""
        found: list[Block] = []
        for block in self.blocks(blocks):
            found.extend(self._settled(block))
        return [settled_block(block) for block in self._apart(found)]

    def line(self, content: Inlines) -> Inlines:
        """Inlines that stand alone."""
        found = (
            self._settled(Paragraph(inside, size=None))
            if not is_invisible(inside := self.inlines(content))
            else []
        )
        return tuple(node for block in found if isinstance(block, Paragraph) for node in block.content)

    def blocks(self, blocks: Iterable[Block]) -> list[Block]:
        """Blocks, each reduced to what the flavour has."""
        return [found for block in blocks for found in self._block(block)]

    def flow(self, content: Flow) -> Flow:
        """Flow, its blocks and its runs of inlines each reduced."""
        found: list[Block | Inline] = []
        for part in runs(content):
            found.extend(self.inlines(part) if isinstance(part, tuple) else self._block(part))
        return tuple(found)

    def flow_as_blocks(self, content: Flow) -> list[Block]:
        """Flow, reduced, its runs of inlines as paragraphs."""
        found: list[Block] = []
        for block in as_blocks(self.flow(content)):
            found.extend(self.paragraphs(block.content) if isinstance(block, Paragraph) else [block])
        return [block for block in found if not isinstance(block, Spacer)]

    def inlines(self, content: Iterable[Inline]) -> Inlines:
        """Inlines, reduced and tidied."""
        return tidy([found for node in content for found in self._inline(node)])

    def one_line(self, content: Inlines) -> Inlines:
        """Inlines, already reduced, without line breaks or blanks at the ends."""
        return trimmed(replaced(content, self._without_break))

    def _without_break(self, node: Inline) -> Inlines | None:
        if not isinstance(node, LineBreak):
            return None
        self.ledger.lose("line-break", node)
        return (Text(" "),)

    def _apart(self, blocks: list[Block]) -> list[Block]:
        """Blocks of which no two would be read as one: lists of a kind, in kramdown."""
        if not self.flavor.is_kramdown:
            return blocks
        found: list[Block] = []
        for ordered, group in groupby(
            blocks, lambda block: block.ordered if isinstance(block, List) else None
        ):
            if ordered is None:
                found.extend(group)
            else:
                found.extend(joined_lists([block for block in group if isinstance(block, List)], self))
        return found

    def _inline(self, node: Inline) -> tuple[Inline, ...]:
        match node:
            case Text():
                return (node,)
            case Strong() | Emphasis():
                self.ledger.lose_all(node, node.attributes)
                return (attrs.evolve(node, content=self.inlines(node.content), attributes=()),)
            case Strikethrough():
                if self.flavor.strikes:
                    self.ledger.lose_all(node, node.attributes)
                    return (attrs.evolve(node, content=self.inlines(node.content), attributes=()),)
                return self._unwrapped(node, "strikethrough")
            case Underline():
                return self._unwrapped(node, "underline")
            case Small():
                return self._unwrapped(node, "small")
            case Superscript():
                return self._unwrapped(node, "superscript")
            case Subscript():
                return self._unwrapped(node, "subscript")
            case Highlight():
                return self._unwrapped(node, "color")
            case Span():
                return self._unwrapped(node, "span")
            case Link():
                return self._link(node)
            case Image():
                self.ledger.lose_all(node, node.attributes)
                if not node.url or not node.url.is_safe:
                    self.ledger.lose("image", node)
                    return (Text(node.alt),) if node.alt else ()
                return (attrs.evolve(node, alt=node.alt or "", attributes=()),)
            case Code():
                return self._code(node)
            case LineBreak():
                self.ledger.lose_all(node, node.attributes)
                return (LineBreak(),)
            case Comment():
                return ()
            case RawInline():
                self.ledger.lose("raw", node)
                return ()
            case _:
                assert_never(node)

    def _unwrapped(
        self, node: Underline | Small | Superscript | Subscript | Highlight | Span | Strikethrough, kind: str
    ) -> Inlines:
        self.ledger.lose_all(node, node.attributes, *_TYPED_BY_HIGHLIGHT if kind == "color" else ())
        self.ledger.lose(kind, node)
        return self.inlines(node.content)

    def _link(self, node: Link) -> Inlines:
        self.ledger.lose_all(node, node.attributes)
        content = replaced(self.inlines(node.content), self._without_link)
        if is_invisible(content) or not node.url.is_safe:
            self.ledger.lose("link", node)
            return content
        return (attrs.evolve(node, content=content, attributes=()),)

    def _without_link(self, node: Inline) -> Inlines | None:
        if not isinstance(node, Link):
            return None
        self.ledger.lose("link", node)
        return node.content

    def _code(self, node: Code) -> Inlines:
        self.ledger.lose_all(node, node.attributes)
        text = " ".join(node.text.split("\n")).strip(HTML_SPACE)
        return (as_code(text),) if text else ()

    def _block(self, node: Block) -> list[Block]:
        match node:
            case Heading():
                self.ledger.lose_all(node, node.attributes)
                content = self.one_line(self.inlines(node.content))
                if is_invisible(content):
                    self.ledger.lose("empty", node)
                    return []
                return [Heading(node.level, content, None)]
            case Paragraph():
                self.ledger.lose_all(node, node.attributes)
                return self.paragraphs(self.inlines(node.content)) or self._gone(node, "empty")
            case Spacer():
                self.ledger.lose_all(node, node.attributes)
                self.inlines(node.content)  # For what is lost of it.
                return self._gone(node, "spacer")
            case Rule():
                self.ledger.lose_all(node, node.attributes)
                return [Rule()]
            case List():
                return list(reduced_list(node, self))
            case Table():
                return reduced_table(node, self)
            case Quote():
                self.ledger.lose_all(node, node.attributes)
                inside = self._apart(self.flow_as_blocks(node.content))
                return [Quote(inside)] if inside else self._gone(node, "empty")
            case CodeBlock():
                return self._code_block(node)
            case Figure():
                self.ledger.lose_all(node, node.attributes)
                self.ledger.lose("division", node)
                return [*self.flow_as_blocks(node.content), *self.flow_as_blocks(node.caption)]
            case Details():
                self.ledger.lose_all(node, node.attributes)
                self.ledger.lose("division", node)
                summary = [_bold(block) for block in self.flow_as_blocks(node.summary)]
                return [*summary, *self.flow_as_blocks(node.content)]
            case Division():
                self.ledger.lose_all(node, node.attributes)
                self.ledger.lose("division", node)
                return self.flow_as_blocks(node.content)
            case Faq(items):
                self.ledger.lose("division", node)
                found: list[Block] = []
                for item in items:
                    found.extend(_bold(block) for block in self.flow_as_blocks(item.question))
                    found.extend(self.flow_as_blocks(item.answer))
                return found
            case Comment():
                return []
            case RawBlock():
                return self._gone(node, "raw")
            case _:
                assert_never(node)

    def _code_block(self, node: CodeBlock) -> list[Block]:
        if not node.text:
            return self._gone(node, "empty")
        if not is_fence_language(node.language):
            self.ledger.lose("attribute", node)
            node = attrs.evolve(node, language=None)
        if is_fenced(node, self.flavor):
            return [node]
        self.ledger.lose("code", node)
        return code_lines(node)

    def _gone(self, node: Block, kind: str) -> list[Block]:
        self.ledger.lose(kind, node)
        return []

    def paragraphs(self, content: Inlines) -> list[Block]:
        """`content` as paragraphs, parted where several breaks in a row show an empty line."""
        found: list[Block] = []
        part: list[Inline] = []
        breaks: list[LineBreak] = []
        for node in content:
            if isinstance(node, LineBreak):
                breaks.append(node)
            elif isinstance(node, Text) and breaks and not node.text.strip(HTML_SPACE):
                continue
            else:
                if len(breaks) == 1 and part:
                    part.append(breaks[0])
                elif breaks:
                    self._lose_breaks(breaks)
                    found.extend(paragraphs(part))
                    part = []
                breaks = []
                part.append(node)
        self._lose_breaks(breaks)
        found.extend(paragraphs(part))
        return found

    def _lose_breaks(self, breaks: list[LineBreak]) -> None:
        for node in breaks:
            self.ledger.lose("line-break", node)

    def _settled(self, block: Block) -> list[Block]:
        """`block` without the emphasis whose signs the flavour would not read where it stands."""
        block = settled_block(block)
        for attempt in range(_ATTEMPTS):
            noted: list[Inline] = []
            options = MarkdownOptions(flavor=self.flavor.name, fidelity="plain")
            MarkdownContext(options, noted=noted).blocks((block,))
            if not noted:
                break
            unread = {id(node) for node in noted}
            if attempt + 1 == _ATTEMPTS:
                unread.update(
                    id(node) for node in walk(block) if isinstance(node, (Strong, Emphasis, Strikethrough))
                )
            left = replaced_in_block(block, partial(self._unmarked, unread))
            if not left:
                return []
            block = settled_block(left[0])
        return [block]

    def _unmarked(self, unread: set[int], node: Inline) -> Inlines | None:
        if id(node) not in unread:
            return None
        match node:
            case Strong() | Emphasis() | Strikethrough():
                self.ledger.lose("emphasis", node)
                return node.content
            case Link():
                self.ledger.lose("link", node)
                return node.content
            case Code(text):
                self.ledger.lose("code", node)
                return (Text(text),)
            case LineBreak():
                self.ledger.lose("line-break", node)
                return (Text(" "),)
            case Image():
                self.ledger.lose("image", node)
                return (Text(node.alt),) if node.alt else ()
            case _:
                return None


def _bold(block: Block) -> Block:
    return Paragraph((Strong(block.content, "strong"),), size=None) if isinstance(block, Paragraph) else block
