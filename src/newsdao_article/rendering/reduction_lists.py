"""Lists at the level "plain": as every flavour writes them, tight or loose throughout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import attrs

from newsdao_article.model.blocks import Block, CodeBlock, Heading, List, ListItem, Paragraph, Quote, Table
from newsdao_article.model.inlines import Inlines
from newsdao_article.rendering.markdown_lists import may_be_indented, may_follow_a_line
from newsdao_article.rendering.reduction_ledger import code_lines, paragraphs, runs

if TYPE_CHECKING:
    from newsdao_article.rendering.reduction_plain import PlainReducer

__all__ = ["joined_lists", "reduced_list"]

_Parts = list["Block | Inlines"]
_NUMBERS: Final = range(2, 900_000_000)


def reduced_list(node: List, reducer: PlainReducer) -> list[Block]:
    """`node` with items that a flavour's list holds: lines with at most a list below, or paragraphs and the like."""
    reducer.ledger.lose_all(node, node.attributes)
    items: list[_Parts] = []
    for item in node.items:
        reducer.ledger.lose_all(item, item.attributes)
        parts = _parts(item, reducer)
        if parts and not (len(parts) == 1 and isinstance(parts[0], List)):
            parts = _with_line_first(parts, reducer)
        if not parts:
            reducer.ledger.lose("empty", item)
        elif len(parts) == 1 and isinstance(parts[0], List):
            # No flavour lets a list be all that an item holds and still reads well; its items move up.
            reducer.ledger.lose("list", parts[0])
            items.extend([list(runs(inner.content)) for inner in parts[0].items])
        else:
            items.append(parts)
    if not items:
        return []
    start = node.start
    if start is not None and (not reducer.flavor.list_start or start not in _NUMBERS):
        if start != 1:
            reducer.ledger.lose("list", node)
        start = None
    return [List(_settled(items), node.ordered, start)]


def joined_lists(lists: list[List], reducer: PlainReducer) -> list[Block]:
    """Lists that stand directly below one another as one, of the kind of the first."""
    if len(lists) < 2:
        return list(lists)
    for node in lists[1:]:
        reducer.ledger.lose("list", node)
    return reduced_list(
        attrs.evolve(lists[0], items=[item for node in lists for item in node.items]), reducer
    )


def _settled(items: list[_Parts]) -> list[ListItem]:
    """Items that are all lines, or all blocks."""
    if len(items) == 1 and len(items[0]) == 1 and isinstance(only := items[0][0], Paragraph):
        return [ListItem(only.content)]
    if all(_is_line(parts) for parts in items):
        return [
            ListItem([node for part in parts for node in (part if isinstance(part, tuple) else (part,))])
            for parts in items
        ]
    return [
        ListItem(
            [block for part in parts for block in (paragraphs(part) if isinstance(part, tuple) else [part])]
        )
        for parts in items
    ]


def _is_line(parts: _Parts) -> bool:
    if not isinstance(parts[0], tuple) or len(parts) > 2:
        return False
    return len(parts) == 1 or (isinstance(parts[1], List) and may_follow_a_line(parts[1]))


def _parts(item: ListItem, reducer: PlainReducer) -> _Parts:
    """The lines and blocks of an item, as far as a list item can hold them."""
    found: _Parts = []
    lists: list[List] = []
    for part in runs(reducer.flow(item.content)):
        if isinstance(part, List):
            lists.append(part)
            continue
        found.extend(joined_lists(lists, reducer))
        lists = []
        if isinstance(part, tuple):
            lines = reducer.paragraphs(part)
            if len(lines) == 1 and isinstance(line := lines[0], Paragraph):
                found.append(line.content)
            else:
                found.extend(lines)
        elif isinstance(part, (Paragraph, Quote)) or (isinstance(part, CodeBlock) and may_be_indented(part)):
            found.append(part)
        else:
            reducer.ledger.lose("item-block", part)
            found.extend(_flattened(part))
    found.extend(joined_lists(lists, reducer))
    return _with_list_last(found, reducer)


def _with_list_last(parts: _Parts, reducer: PlainReducer) -> _Parts:
    """`parts` with every list but the last part flattened."""
    found: _Parts = []
    for index, part in enumerate(parts):
        if isinstance(part, List) and index + 1 < len(parts):
            reducer.ledger.lose("list", part)
            found.extend(_flattened(part))
        else:
            found.append(part)
    return found


def _with_line_first(parts: _Parts, reducer: PlainReducer) -> _Parts:
    """`parts` with a line or paragraph first, which carries the marker."""
    for index, part in enumerate(parts):
        if isinstance(part, (tuple, Paragraph)):
            return parts[index:]
        reducer.ledger.lose("item-block", part)
        if flattened := _flattened(part):
            return [*flattened, *parts[index + 1 :]]
    return []


def _flattened(block: Block) -> list[Block]:
    """The text of a block as paragraphs."""
    match block:
        case Paragraph():
            return [block]
        case Heading():
            return paragraphs(block.content)
        case CodeBlock():
            return code_lines(block)
        case Quote():
            return _all_flattened(runs(block.content))
        case List():
            return [found for item in block.items for found in _all_flattened(runs(item.content))]
        case Table():
            return [
                found
                for row in (*block.head, *block.body)
                for cell in row.cells
                for found in _all_flattened(runs(cell.content))
            ]
        case _:
            return []


def _all_flattened(parts: Iterable[Block | Inlines]) -> list[Block]:
    found: list[Block] = []
    for part in parts:
        found.extend(paragraphs(part) if isinstance(part, tuple) else _flattened(part))
    return found
