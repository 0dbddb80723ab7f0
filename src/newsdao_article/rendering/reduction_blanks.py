"""White space that shows nothing, brought into the one form in which Markdown reads back: no loss, a spelling.

A run of blanks is one space; none stands at the edges of a block or before a line break, and a line break in
running text ends its line of source, too. Preformatted text keeps what it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeVar

import attrs

from newsdao_article.model.attributes import Attributes
from newsdao_article.model.blocks import (
    Block,
    Cell,
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
    Image,
    Inline,
    Inlines,
    LineBreak,
    RawInline,
    Text,
    as_inlines,
)
from newsdao_article.rendering.reduction_ledger import as_text, runs

__all__ = ["settled_block", "settled_line"]

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_LINE_END: Final = "\n"
_Contained = TypeVar("_Contained", Quote, Division)


def settled_line(content: Inlines, *, line_end: str = "", start: bool = True, end: bool = True) -> Inlines:
    """A run of inlines with its blanks in order; O(n).

    `line_end` stands after a line break that something follows; `start` and `end` tell where the run
    meets the edge of a block.
    """
    found: list[Inline] = []
    after_break = False
    for node in content:
        if isinstance(node, Text):
            text = _BLANKS.sub(" ", node.text)
            if after_break or (start and not found):
                text = text.lstrip(" ")
            if after_break:
                text = line_end + text
            after_break = False
            if text:
                found.append(as_text(text) if text != node.text else node)
            continue
        if after_break and line_end:
            found.append(Text(line_end))
        if after_break := isinstance(node, LineBreak):
            _end(found, " ")
        found.append(_settled_inside(node, line_end))
    if end:
        _end(found, f" {_LINE_END}")
    return as_inlines(found)


def _end(found: list[Inline], blanks: str) -> None:
    """Take the blanks off the end of what was found."""
    if not found or not isinstance(last := found[-1], Text):
        return
    text = last.text.rstrip(blanks)
    if not text:
        del found[-1]
    elif text != last.text:
        found[-1] = as_text(text)


def _settled_inside(node: Inline, line_end: str) -> Inline:
    if isinstance(node, (Text, LineBreak, Comment, RawInline, Image, Code)) or _keeps_space(node.attributes):
        return node
    inside = settled_line(node.content, line_end=line_end, start=False, end=False)
    return node if inside == node.content else attrs.evolve(node, content=inside)


def _keeps_space(attributes: Attributes) -> bool:
    return bool(attributes) and attributes.style.get("white-space") is not None


def settled_block(block: Block) -> Block:
    """A block with the blanks of all its text in order; O(n)."""
    if isinstance(block, (Comment, RawBlock, CodeBlock, Rule, Spacer)):
        return block
    if not isinstance(block, Faq) and _keeps_space(block.attributes):
        return block
    match block:
        case Heading():
            return attrs.evolve(block, content=settled_line(block.content))
        case Paragraph():
            return attrs.evolve(block, content=settled_line(block.content, line_end=_LINE_END))
        case Quote():
            return _contained(block)
        case Division():
            return block if block.tag == "pre" else _contained(block)
        case Figure():
            return attrs.evolve(block, content=_flow(block.content), caption=_flow(block.caption))
        case Details():
            return attrs.evolve(block, summary=_flow(block.summary), content=_flow(block.content))
        case List():
            items = [
                item if _keeps_space(item.attributes) else attrs.evolve(item, content=_flow(item.content))
                for item in block.items
            ]
            return attrs.evolve(block, items=items)
        case Table():
            return attrs.evolve(
                block,
                caption=_flow(block.caption),
                head=_rows(block.head),
                body=_rows(block.body),
                foot=_rows(block.foot),
            )
        case Faq():
            questions = [
                attrs.evolve(
                    item,
                    question=settled_line(item.question, line_end=_LINE_END),
                    answer=_flow(item.answer),
                )
                for item in block.items
            ]
            return attrs.evolve(block, items=questions)


def _contained(block: _Contained) -> _Contained:
    return attrs.evolve(block, content=_flow(block.content))


def _rows(rows: Iterable[Row]) -> list[Row]:
    return [
        row if _keeps_space(row.attributes) else attrs.evolve(row, cells=[_cell(cell) for cell in row.cells])
        for row in rows
    ]


def _cell(cell: Cell) -> Cell:
    # A row of a pipe table is one line, whatever it holds.
    if _keeps_space(cell.attributes):
        return cell
    return attrs.evolve(cell, content=_flow(cell.content, line_end=""))


def _flow(content: Flow, line_end: str = _LINE_END) -> Flow:
    found: list[Block | Inline] = []
    parts = runs(content)
    for index, part in enumerate(parts):
        if not isinstance(part, tuple):
            found.append(settled_block(part))
            continue
        start = index == 0 or not _goes_on(parts[index - 1])
        end = index + 1 == len(parts) or not _goes_on(parts[index + 1])
        found.extend(settled_line(part, line_end=line_end, start=start, end=end))
    return tuple(found)


def _goes_on(part: Block | Inlines) -> bool:
    """Whether blanks beside `part` can show."""
    return isinstance(part, INLINE_TYPES) or (isinstance(part, Division) and is_inline_level(part))
