"""The level "reader": what editors leave behind goes, what a reader takes in stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias, assert_never

import attrs

from newsdao_article.model.as_read import character_fault, held
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes
from newsdao_article.model.blocks import (
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
    as_flow,
    is_inline_level,
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
)
from newsdao_article.model.walk import Node, links, walk
from newsdao_article.rendering.markdown_flavors import Flavor
from newsdao_article.rendering.reduction_ledger import Ledger, as_blocks, is_bold, runs, tidy
from newsdao_article.rendering.reduction_shapes import inlined, regained

__all__ = ["ReaderReducer"]

#: Attributes that a reader takes in; addresses, titles and alternative texts are typed.
_KEPT_ATTRIBUTES: Final = frozenset(
    "align alt bgcolor checked cite color colspan datetime dir disabled download hidden hreflang lang rel reversed "
    "rowspan start target title type value xml:lang".split()
)
_KEPT_IMAGE_ATTRIBUTES: Final = _KEPT_ATTRIBUTES | {"height", "width"}
#: Declarations that a reader takes in.
_KEPT_PROPERTIES: Final = frozenset(
    "background background-color color display font-style font-weight list-style-type text-align text-decoration "
    "text-decoration-line visibility white-space".split()
)
#: Values of `text-align` that are how text stands anyway.
_USUAL_ALIGNMENTS: Final = frozenset(("left", "start", "initial", "inherit", "unset"))
#: Divisions that show nothing of themselves.
_WRAPPERS: Final = frozenset("address article div footer header main search section".split())
_NO_BREAK_SPACE: Final = (Text("\N{NO-BREAK SPACE}"),)

_Attributed: TypeAlias = Block | Inline | ListItem | Row | Cell | Column


class ReaderReducer:
    """Reduces the parts of one article, writing what it takes out into a ledger."""

    def __init__(self, whole: Node, flavor: Flavor, ledger: Ledger) -> None:
        self._flavor = flavor
        self._ledger = ledger
        self._targets = {link.url[1:] for link in links(whole) if link.url.startswith("#")}

    def blocks(self, blocks: Iterable[Block]) -> list[Block]:
        """Blocks, reduced one by one."""
        found: list[Block] = []
        for block in blocks:
            found.extend(
                as_blocks(self._division(block)) if isinstance(block, Division) else self._block(block)
            )
        return found

    def inlines(self, content: Iterable[Inline]) -> Inlines:
        """Inlines, reduced and tidied."""
        return tidy([found for node in content for found in self._inline(node)])

    def flow(self, content: Flow) -> Flow:
        """Flow, its blocks and its runs of inlines each reduced."""
        found: list[Block | Inline] = []
        for part in runs(content):
            if isinstance(part, tuple):
                found.extend(self.inlines(part))
            else:
                found.extend(self._division(part) if isinstance(part, Division) else self._block(part))
        return as_flow(found)

    def _kept(self, node: _Attributed, attributes: Attributes, *, in_cell: bool = False) -> Attributes:
        """The attributes of `node` that a reader takes in."""
        kept: dict[str, str] = {}
        names = _KEPT_IMAGE_ATTRIBUTES if isinstance(node, Image) else _KEPT_ATTRIBUTES
        for name, value in attributes.items():
            if name == "style":
                if style := self._style(node, attributes, in_cell=in_cell):
                    kept[name] = style
            elif name in names or (name == "id" and value in self._targets):
                kept[name] = value
            else:
                is_editor = name.startswith("data-") or name == "contenteditable"
                self._ledger.lose("editor-attribute" if is_editor else "attribute", node)
        return Attributes.as_read(kept) if kept else NO_ATTRIBUTES

    def _style(self, node: _Attributed, attributes: Attributes, *, in_cell: bool) -> str:
        declarations = attributes.style.declarations
        kept = [
            d
            for d in declarations
            if d.name in _KEPT_PROPERTIES
            and (in_cell or d.name != "text-align" or d.value.lower() not in _USUAL_ALIGNMENTS)
        ]
        if len(kept) < len(declarations):
            self._ledger.lose("style", node, len(declarations) - len(kept))
        elif not declarations:
            self._ledger.lose("style", node)  # No browser makes anything of it.
        return " ".join([f"{d.name}: {d.value}{' !important' if d.important else ''};" for d in kept])

    def _bare(self, node: _Attributed, size: int | None, attributes: Attributes) -> Attributes:
        """The kept attributes of a block that has a size, which goes."""
        if size is not None:
            self._ledger.lose("size", node)
        return self._kept(node, attributes)

    def _inline(self, node: Inline) -> tuple[Inline, ...]:
        match node:
            case Text():
                return (node,)
            case Strong():
                return (Strong(self._inside(node), "strong", attributes=self._kept(node, node.attributes)),)
            case Emphasis():
                return (Emphasis(self._inside(node), "em", attributes=self._kept(node, node.attributes)),)
            case Strikethrough():
                return (
                    Strikethrough(self._inside(node), "del", attributes=self._kept(node, node.attributes)),
                )
            case Link():
                kept = self._kept(node, node.attributes)
                return (Link(self.inlines(node.content), node.url, node.title or None, attributes=kept),)
            case Image():
                return (
                    Image(
                        node.url, node.alt, node.title or None, attributes=self._kept(node, node.attributes)
                    ),
                )
            case Underline() | Small() | Superscript() | Subscript() | Highlight():
                kept = self._kept(node, node.attributes)
                return (attrs.evolve(node, content=self.inlines(node.content), attributes=kept),)
            case Span():
                return self._span(node)
            case LineBreak() | Code():
                return (attrs.evolve(node, attributes=self._kept(node, node.attributes)),)
            case Comment():
                self._ledger.lose("comment", node)
                return ()
            case RawInline():
                return (node,)
            case _:
                assert_never(node)

    def _inside(self, node: Strong | Emphasis | Strikethrough) -> Inlines:
        return _without_like(node, self.inlines(node.content))

    def _span(self, node: Span) -> tuple[Inline, ...]:
        kept = self._kept(node, node.attributes)
        content = self.inlines(node.content)
        if node.tag == "span" and not kept:
            self._ledger.lose("wrapper", node)
            return content
        return (attrs.evolve(node, content=content, attributes=kept),)

    def _block(self, node: Block) -> list[Block]:
        match node:
            case Heading():
                kept = self._bare(node, node.size, node.attributes)
                return [Heading(node.level, self.inlines(node.content), None, attributes=kept)]
            case Paragraph(bare=True):
                return as_blocks(self.inlines(node.content))
            case Paragraph():
                kept = self._bare(node, node.size, node.attributes)
                return [Paragraph(self.inlines(node.content), size=None, attributes=kept)]
            case Spacer():
                kept = self._bare(node, node.size, node.attributes)
                return [Spacer(None, self.inlines(node.content), attributes=kept)]
            case Rule():
                return [Rule(attributes=self._kept(node, node.attributes))]
            case Figure():
                return self._figure(node)
            case List():
                items = [
                    ListItem(self.flow(item.content), attributes=self._kept(item, item.attributes))
                    for item in node.items
                ]
                return [attrs.evolve(node, items=items, attributes=self._kept(node, node.attributes))]
            case Table():
                return [self._table(node)]
            case Quote():
                return [Quote(self.flow(node.content), attributes=self._kept(node, node.attributes))]
            case CodeBlock(text, language):
                code = f"{text}\n" if text and not text.endswith("\n") else text
                return [CodeBlock(held(code, character_fault), language)]
            case Details():
                kept = self._kept(node, node.attributes)
                return [Details(self.flow(node.summary), self.flow(node.content), node.open, attributes=kept)]
            case Division():
                return as_blocks(self._division(node))
            case Faq(items):
                answers = [
                    FaqItem(self.inlines(item.question), self.flow(item.answer), item.id) for item in items
                ]
                return [Faq(answers)]
            case Comment():
                self._ledger.lose("comment", node)
                return []
            case RawBlock():
                return [node]
            case _:
                assert_never(node)

    def _division(self, node: Division) -> Flow:
        """What is left of a division: blocks, or the inline that it is once no block is left in it."""
        if (shape := regained(node)) is not None:
            block, comments = shape
            for comment in comments:
                self._ledger.lose("comment", comment)
            return tuple(self._block(block))
        kept = self._kept(node, node.attributes)
        content = self.flow(node.content)
        if node.tag in _WRAPPERS and not kept:
            self._ledger.lose("wrapper", node)
            return tuple(as_blocks(content))
        found = attrs.evolve(node, content=content, attributes=kept)
        if not is_inline_level(found) or (inline := inlined(found)) is None:
            return (found,)
        if isinstance(inline, Span) and inline.tag == "span" and not kept:
            self._ledger.lose("wrapper", node)
            return tidy(inline.content)
        if isinstance(inline, (Strong, Emphasis, Strikethrough)):
            inline = attrs.evolve(inline, content=_without_like(inline, tidy(inline.content)))
        return tidy((inline,))

    def _figure(self, node: Figure) -> list[Block]:
        kept = self._kept(node, node.attributes)
        content, caption = self.flow(node.content), self.flow(node.caption)
        if not caption and not kept:
            self._ledger.lose("wrapper", node)
            return as_blocks(content)
        return [Figure(content, caption, attributes=kept)]

    def _table(self, node: Table) -> Table:
        columns = [
            attrs.evolve(column, attributes=kept)
            for column in node.columns
            if (kept := self._kept(column, column.attributes))
        ]
        if len(columns) < len(node.columns):
            # A format for some columns would move to others.
            for column in node.columns:
                self._ledger.lose("column", column)
            for column in columns:
                self._ledger.lose_all(column, column.attributes)
            columns = []
        head, body = self._rows(node.head), self._rows(node.body)
        if not head and len(body) > 1 and (promoted := _as_header(body[0])) is not None:
            head, body = [promoted], body[1:]
        return Table(
            body,
            head,
            foot=self._rows(node.foot),
            caption=self.flow(node.caption),
            columns=columns,
            attributes=self._kept(node, node.attributes),
        )

    def _rows(self, rows: tuple[Row, ...]) -> list[Row]:
        return [
            Row([self._cell(cell) for cell in row.cells], attributes=self._kept(row, row.attributes))
            for row in rows
        ]

    def _cell(self, cell: Cell) -> Cell:
        content = as_flow(self.flow(cell.content))
        match content:
            case (Paragraph(content=line, attributes=attributes),) if not attributes:
                if any(isinstance(node, Paragraph) for node in walk(cell)):
                    self._ledger.lose("wrapper", cell)
                content = line
            case () if self._flavor.fills_cells:
                content = _NO_BREAK_SPACE
            case _:
                pass
        kept = self._kept(cell, cell.attributes, in_cell=True)
        if cell.align is not None and kept.get("style") in (None, cell.own_style):
            # The declaration as the flavour spells it for the cells of an aligned column.
            style = self._flavor.cell_style(cell.align)
            kept = Attributes.as_read({**kept, "style": style}) if style else kept.without("style")
        return attrs.evolve(cell, content=content, attributes=kept)


def _without_like(node: Strong | Emphasis | Strikethrough, inside: Inlines) -> Inlines:
    """The content of emphasis; the same emphasis within it shows nothing more."""
    content: list[Inline] = []
    for child in inside:
        if type(child) is type(node) and isinstance(child, (Strong, Strikethrough)) and not child.attributes:
            content.extend(child.content)
        else:
            content.append(child)
    return tidy(content)


def _as_header(row: Row) -> Row | None:
    """The row as a header row, if all it shows is bold or it is header cells already."""
    if not row.cells or any(cell.rowspan != 1 for cell in row.cells):
        return None
    if all(cell.header for cell in row.cells):
        return row
    for cell in row.cells:
        parts = runs(cell.content)
        if len(parts) != 1 or not isinstance(line := parts[0], tuple) or not is_bold(line):
            return None
    return attrs.evolve(row, cells=[attrs.evolve(cell, header=True) for cell in row.cells])
