"""Where reductions are written down, and the small steps that both levels share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias, cast

import attrs

from newsdao_article.model.as_read import character_fault, held
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes
from newsdao_article.model.blocks import (
    Block,
    CodeBlock,
    Flow,
    Heading,
    List,
    Paragraph,
    Quote,
    Row,
    Spacer,
    Table,
)
from newsdao_article.model.inlines import (
    INLINE_TYPES,
    Code,
    Comment,
    Emphasis,
    Image,
    Inline,
    Inlines,
    LineBreak,
    RawInline,
    Strikethrough,
    Strong,
    Text,
    as_inlines,
    is_invisible,
)
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.model.walk import Node

__all__ = [
    "Ledger",
    "Replacement",
    "as_blocks",
    "as_code",
    "as_text",
    "code_lines",
    "is_bold",
    "paragraphs",
    "replaced",
    "replaced_in_block",
    "runs",
    "tidy",
    "trimmed",
]


#: What stands in the place of an inline: None leaves it (and asks for those within it).
Replacement: TypeAlias = Callable[[Inline], "Inlines | None"]


@attrs.define
class Ledger:
    """The nodes that lost something, by kind of loss, in the order in which they were met."""

    entries: dict[str, list[Node]] = attrs.field(factory=dict[str, "list[Node]"])

    def lose(self, kind: str, node: Node, count: int = 1) -> None:
        """Write down that `node` lost something of that kind, `count` times."""
        self.entries.setdefault(kind, []).extend([node] * count)

    def lose_all(self, node: Node, attributes: Attributes, *typed: str) -> None:
        """Write down all of a bag that goes, but for the declarations that a field of `node` stands for."""
        if attributes:
            style = sum(d.name not in typed for d in attributes.style.declarations)
            others = len(attributes) - ("style" in attributes)
            if style:
                self.lose("style", node, style)
            if others:
                self.lose("attribute", node, others)


def tidy(content: Iterable[Inline]) -> Inlines:
    """Inlines with emphasis spelled as simply as a reader sees it: O(n).

    Blanks and line breaks at the edges of emphasis move out of it, neighbours of one kind join, and what is empty goes.
    """
    found: list[Inline] = []
    joining = _Joining(found)
    for node in content:
        if isinstance(node, Code) and not node.attributes:
            joining.add(node, [Text(node.text)])
        elif isinstance(node, (Strong, Emphasis, Strikethrough)) and not node.attributes:
            before, inside, after = _without_edges(node.content)
            joining.pass_by(before)
            if inside:
                joining.add(node, inside)
            joining.pass_by(after)
        else:
            joining.pass_by((node,))
    joining.end()
    return as_inlines(found)


class _Joining:
    """Neighbours of one kind, collected until another node comes."""

    def __init__(self, found: list[Inline]) -> None:
        self._found = found
        self._first: Strong | Emphasis | Strikethrough | Code | None = None
        self._content: list[Inline] = []
        self._parts = 0

    def add(self, node: Strong | Emphasis | Strikethrough | Code, content: Iterable[Inline]) -> None:
        if type(node) is not type(self._first):
            self.end()
            self._first = node
        self._parts += 1
        self._content.extend(content)

    def pass_by(self, nodes: Iterable[Inline]) -> None:
        for node in nodes:
            self.end()
            self._found.append(node)

    def end(self) -> None:
        if isinstance(self._first, Code):
            self._found.append(
                as_code("".join(node.text for node in self._content if isinstance(node, Text)))
            )
        elif self._first is not None:
            content = tidy(self._content) if self._parts > 1 else self._content
            self._found.append(attrs.evolve(self._first, content=content))
        self._first, self._content, self._parts = None, [], 0


def as_text(text: str) -> Text:
    """`text` as a node, whatever it holds: parts of what was read may hold what no constructor takes."""
    return Text(held(text, character_fault))


def as_code(text: str) -> Code:
    """`text` as inline code, whatever it holds."""
    return Code(held(text, character_fault))


def _without_edges(content: Inlines) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """`content` parted into the blanks and breaks at its start, the rest, and those at its end; O(n)."""
    first, end = 0, len(content)
    while first < end and _is_edge(content[first]):
        first += 1
    while end > first and _is_edge(content[end - 1]):
        end -= 1
    before, inside, after = list(content[:first]), list(content[first:end]), list(content[end:])
    if inside and isinstance(node := inside[0], Text) and node.text[0] in HTML_SPACE:
        before.append(Text(" "))
        inside[0] = as_text(node.text.lstrip(HTML_SPACE))
    if inside and isinstance(node := inside[-1], Text) and node.text[-1] in HTML_SPACE:
        after.insert(0, Text(" "))
        inside[-1] = as_text(node.text.rstrip(HTML_SPACE))
    return before, inside, after


def _is_edge(node: Inline) -> bool:
    return isinstance(node, LineBreak) or (isinstance(node, Text) and not node.text.strip(HTML_SPACE))


def is_bold(line: Inlines) -> bool:
    """Whether all that `line` shows is bold."""
    match tuple(node for node in line if not (isinstance(node, Text) and not node.text.strip(HTML_SPACE))):
        case (Strong(attributes=attributes),):
            return not attributes
        case _:
            return False


def runs(content: Flow) -> list[Block | Inlines]:
    """`content` as blocks and the runs of inlines between them."""
    found: list[Block | Inlines] = []
    run: list[Inline] = []
    for node in content:
        if isinstance(node, INLINE_TYPES):
            run.append(node)
            continue
        if run:
            found.append(tuple(run))
            run = []
        found.append(cast("Block", node))
    if run:
        found.append(tuple(run))
    return found


def as_blocks(content: Flow) -> list[Block]:
    """`content` with each run of inlines as a paragraph; one that shows nothing but an empty line is a spacer."""
    found: list[Block] = []
    for part in runs(content):
        if not isinstance(part, tuple):
            found.append(part)
        elif not is_invisible(part):
            found.append(Paragraph(part, size=None))
        elif not all(isinstance(node, Comment) or node == Text(" ") for node in part):
            found.append(Spacer(size=None, content=part, attributes=NO_ATTRIBUTES))
    return found


def trimmed(content: Inlines) -> Inlines:
    """`content` without blanks and line breaks at its ends."""
    return tuple(_without_edges(content)[1])


def paragraphs(content: Iterable[Inline]) -> list[Block]:
    """One paragraph of `content`, or none if it shows nothing."""
    line = trimmed(as_inlines(content))
    return [] if is_invisible(line) else [Paragraph(line, size=None)]


def code_lines(block: CodeBlock) -> list[Block]:
    """The lines of a code block as a paragraph, without what only code has: blanks at the start of a line."""
    lines: list[Inline] = []
    for line in block.text.split("\n"):
        lines.extend((as_text(line), LineBreak()) if line.strip(HTML_SPACE) else ())
    return paragraphs(lines)


def replaced(content: Iterable[Inline], replacement: Replacement) -> Inlines:
    """Inlines in which whatever `replacement` answers for has given way, from the outside in."""
    found: list[Inline] = []
    for node in content:
        instead = replacement(node)
        if instead is not None:
            found.extend(replaced(instead, replacement))
        elif isinstance(node, (Text, LineBreak, Comment, RawInline, Image, Code)):
            found.append(node)
        else:
            inside = replaced(node.content, replacement)
            found.append(node if inside == node.content else attrs.evolve(node, content=inside))
    return tidy(found)


def replaced_in_block(block: Block, replacement: Replacement) -> list[Block]:
    """A block of the level "plain" with its inlines replaced; nothing if it then shows nothing."""
    match block:
        case Heading():
            content = trimmed(replaced(block.content, replacement))
            return [] if is_invisible(content) else [attrs.evolve(block, content=content)]
        case Paragraph():
            return paragraphs(replaced(block.content, replacement))
        case Quote():
            inside = _replaced_in_flow(block.content, replacement)
            return [Quote(inside)] if inside else []
        case List():
            items = [
                attrs.evolve(item, content=_replaced_in_flow(item.content, replacement))
                for item in block.items
            ]
            shown = [item for item in items if item.content]
            return [attrs.evolve(block, items=shown)] if shown else []
        case Table():
            head = [_replaced_in_row(row, replacement) for row in block.head]
            return [
                attrs.evolve(
                    block, head=head, body=[_replaced_in_row(row, replacement) for row in block.body]
                )
            ]
        case _:
            return [block]


def _replaced_in_row(row: Row, replacement: Replacement) -> Row:
    cells = [attrs.evolve(cell, content=_replaced_in_flow(cell.content, replacement)) for cell in row.cells]
    return attrs.evolve(row, cells=cells)


def _replaced_in_flow(content: Flow, replacement: Replacement) -> Flow:
    found: list[Block | Inline] = []
    for part in runs(content):
        found.extend(
            trimmed(replaced(part, replacement))
            if isinstance(part, tuple)
            else replaced_in_block(part, replacement)
        )
    return tuple(found)
