"""Tables at the level "plain": a header row, rows of one length, a line in each cell; or lines, where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from newsdao_article.model.blocks import Alignment, Block, Cell, Paragraph, Row, Table
from newsdao_article.model.inlines import (
    INLINE_TYPES,
    Inline,
    Inlines,
    LineBreak,
    Text,
    as_inlines,
    is_invisible,
)
from newsdao_article.model.walk import plain_text
from newsdao_article.rendering.reduction_ledger import as_text, is_bold, paragraphs, runs

if TYPE_CHECKING:
    from newsdao_article.rendering.reduction_plain import PlainReducer

__all__ = ["reduced_table"]

_PIPE_ALIGNMENTS: Final = frozenset(("left", "center", "right"))
#: More columns than any table of a post has; spans end there.
_MOST_COLUMNS: Final = 100
_NO_BREAK_SPACE: Final = (Text("\N{NO-BREAK SPACE}"),)


def reduced_table(table: Table, reducer: PlainReducer) -> list[Block]:
    """`table` with its caption as a paragraph above it."""
    reducer.ledger.lose_all(table, table.attributes)
    for column in table.columns:
        reducer.ledger.lose_all(column, column.attributes)
        reducer.ledger.lose("column", column)
    found = reducer.flow_as_blocks(table.caption)
    rows = _grid([*table.head, *table.body, *table.foot], reducer)
    if not any(not is_invisible(cell) for row in rows for cell in row):
        reducer.ledger.lose("empty", table)
        return found
    if not reducer.flavor.tables:
        reducer.ledger.lose("table", table)
        return [*found, *_lines(rows)]
    if not table.head and len(rows) > 1 and rows[0] and all(map(is_bold, rows[0])):
        table = attrs.evolve(table, head=table.body[:1], body=table.body[1:])
    has_head = (
        bool(table.head) and (len(rows) > 1 or not reducer.flavor.is_kramdown)
    ) or not reducer.flavor.headerless_tables
    _lose_headers(table, reducer, has_head=has_head)
    alignments = _alignments(table, len(rows[0]), reducer, has_head=has_head)
    filled = _NO_BREAK_SPACE if reducer.flavor.fills_cells else ()
    styles = [reducer.flavor.cell_style(align) if align else "" for align in alignments]
    columns: list[tuple[Alignment | None, dict[str, str]]] = [
        (align, {"style": style} if style else {}) for align, style in zip(alignments, styles, strict=True)
    ]
    body = [
        Row(
            [
                Cell(
                    filled if is_invisible(content) else content,
                    header=has_head and index == 0,
                    align=align,
                    attributes=attributes,
                )
                for content, (align, attributes) in zip(row, columns, strict=True)
            ]
        )
        for index, row in enumerate(rows)
    ]
    return [*found, Table(body[1:], body[:1]) if has_head else Table(body)]


def _grid(rows: list[Row], reducer: PlainReducer) -> list[list[Inlines]]:
    """The rows' lines, with empty cells where one spans several and where a row is short."""
    grid: list[list[Inlines]] = []
    taken: dict[int, int] = {}
    for row in rows:
        reducer.ledger.lose_all(row, row.attributes)
        line: list[Inlines] = []
        for cell in row.cells:
            while taken.get(len(line), 0) > 0:
                line.append(())
            if cell.colspan != 1 or cell.rowspan != 1:
                reducer.ledger.lose("cell-span", cell)
            start = len(line)
            line.append(_line(cell, reducer))
            line.extend([()] * max(0, min(cell.colspan, _MOST_COLUMNS - start) - 1))
            if cell.rowspan != 1:
                # One more than the rows that follow, since this row is counted off below.
                rows_taken = len(rows) if cell.rowspan == 0 else cell.rowspan
                taken.update(dict.fromkeys(range(start, len(line)), rows_taken))
        while taken.get(len(line), 0) > 0:
            line.append(())
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        if row.cells:
            grid.append(line)
    width = max(map(len, grid), default=0)
    for line in grid:
        line.extend([()] * (width - len(line)))
    return grid


def _line(cell: Cell, reducer: PlainReducer) -> Inlines:
    # How a cell is aligned is a field of its own; `_alignments` counts what of that goes.
    reducer.ledger.lose_all(cell, cell.attributes, "text-align")
    flow = reducer.flow(cell.content)
    if all(isinstance(node, INLINE_TYPES) for node in flow):
        return reducer.one_line(tuple(node for node in flow if isinstance(node, INLINE_TYPES)))
    reducer.ledger.lose("cell-blocks", cell)
    line: list[str | Inline] = []
    for part in runs(flow):
        if line:
            line.append(" ")
        if isinstance(part, tuple):
            line.extend(part)
        elif isinstance(part, Paragraph):
            line.extend(part.content)
        else:
            line.append(as_text(" ".join(plain_text(part).split("\n"))))
    return reducer.one_line(as_inlines(line))


def _lose_headers(table: Table, reducer: PlainReducer, *, has_head: bool) -> None:
    rows = [*table.head, *table.body, *table.foot]
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.header != (has_head and index == 0):
                reducer.ledger.lose("header-cell", cell)


def _alignments(table: Table, width: int, reducer: PlainReducer, *, has_head: bool) -> list[Alignment | None]:
    """The alignment that all cells of a column share, column by column."""
    rows = [*table.head, *table.body, *table.foot]
    columns: list[set[Alignment | None]] = [set() for _ in range(width)]
    for row in rows:
        for column, cell in enumerate(row.cells[:width]):
            columns[column].add(cell.align)
    found: list[Alignment | None] = []
    for alignments in columns:
        only = next(iter(alignments)) if len(alignments) == 1 else None
        if only is not None and (only not in _PIPE_ALIGNMENTS or not has_head):
            only = None
        if only is None and alignments - {None}:
            reducer.ledger.lose("column", table)
        found.append(only)
    return found


def _lines(rows: list[list[Inlines]]) -> list[Block]:
    content: list[Inline] = []
    for row in rows:
        shown = [cell for cell in row if not is_invisible(cell)]
        if content and shown:
            content.append(LineBreak())
        for index, cell in enumerate(shown):
            if index:
                content.append(Text(" | "))
            content.extend(cell)
    return paragraphs(content)
