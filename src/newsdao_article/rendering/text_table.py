"""Tables drawn with characters: where cells stand, how wide columns are, what each line shows."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

import attrs

from newsdao_article.model.blocks import Alignment, Cell, CodeBlock, List, Quote, Row, Table
from newsdao_article.rendering.text_wrap import Measure, Room

__all__ = ["CellLines", "draw_table"]

#: Lays out the content of a cell.
CellLines: TypeAlias = Callable[[Cell, Room], list[str]]

_BORDER: Final = " | "
_GAP: Final = len(_BORDER)
#: HTML clamps `colspan` to this ("forming a table" in the HTML standard).
_MAX_COLSPAN: Final = 1000
# n cells can reach into n rows each, and padding can outgrow text likewise. Beyond these bounds, which no
# table that was made for readers comes near, cells are written one below the other.
_SPANNED_PER_CELL: Final = 16
_PADDING_PER_CHARACTER: Final = 16
_ALLOWANCE: Final = 16_384


@attrs.define(eq=False)
class _Placed:
    """A cell on the grid: half-open columns, rows down to `last_row`."""

    cell: Cell
    row: int
    start: int
    end: int
    last_row: int
    lines: list[str] = attrs.field(factory=list[str])
    width: int = 0

    @property
    def gaps(self) -> int:
        return _GAP * (self.end - self.start - 1)


@attrs.frozen
class _GridRow:
    """The cells that begin in a row, and those above that reach into it, each from left to right."""

    cells: list[_Placed]
    held: list[_Placed]


def draw_table(
    table: Table, room: Room, cell_lines: CellLines, measure: Measure, *, side_by_side: bool = False
) -> list[str]:
    """The rows of `table` as lines of aligned columns; the caption is the caller's.

    A rule stands below the header rows and above the foot; if a cell takes more than one line, rules
    stand between all rows. A cell begins on the line where the one before it ends, so that the
    characters keep the order in which they are read, unless `side_by_side` starts all of a row on its first line.
    If the columns cannot be as narrow as `room` asks, the cells stand one below the other. O(n).
    """
    grid = _place(table)
    if grid is None:
        return _stacked(table, room, cell_lines)
    columns = _fit(grid, room, cell_lines, measure)
    rows = [row for row in grid if any(placed.lines for placed in row.cells)]
    ruled = any(len(placed.lines) > 1 for row in rows for placed in row.cells)
    if columns is None or _is_wasteful(rows, columns, ruled=ruled):
        return _stacked(table, room, cell_lines)
    if not rows:
        return []
    head_end = _header_rows(table)
    foot_start = len(grid) - len(table.foot)
    lines: list[str] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        lines.extend(_row_lines(row, columns, measure, side_by_side=side_by_side))
        if following is None:
            break
        number, next_number = row.cells[0].row, following.cells[0].row
        if number < head_end <= next_number or number < foot_start <= next_number:
            lines.append(_rule_line("=" if ruled else "-", following, columns))
        elif ruled:
            lines.append(_rule_line("-", following, columns))
    return lines


def _header_rows(table: Table) -> int:
    """How many rows at the top are the header: the head, or else leading rows of header cells."""
    if table.head:
        return len(table.head)
    for number, row in enumerate(table.body):
        if not row.cells or not all(cell.header for cell in row.cells):
            return number
    return 0


def _place(table: Table) -> list[_GridRow] | None:
    """The cells on their grid, columns in which no cell starts left out; None if cells reach into absurdly many rows.

    As in HTML, except that no two cells overlap: one that would run into a cell from above ends before it.
    """
    groups = (table.head, table.body, table.foot)
    limit = _SPANNED_PER_CELL * sum(len(row.cells) for group in groups for row in group) + _ALLOWANCE
    grid: list[_GridRow] = []
    steps = 0
    for group in groups:
        held: list[_Placed] = []
        last_of_group = len(grid) + len(group) - 1
        for row in group:
            number = len(grid)
            held = [placed for placed in held if placed.last_row >= number]
            steps += len(held)
            if steps > limit:
                return None
            cells = _place_row(row, number, last_of_group, held)
            grid.append(_GridRow(cells, held))
            held = sorted(
                [*held, *(p for p in cells if p.last_row > number)], key=lambda placed: placed.start
            )
    starts = sorted({placed.start for grid_row in grid for placed in grid_row.cells})
    for grid_row in grid:
        for placed in grid_row.cells:
            placed.start = bisect.bisect_left(starts, placed.start)
            placed.end = bisect.bisect_left(starts, placed.end)
    return grid


def _place_row(row: Row, number: int, last_of_group: int, held: Sequence[_Placed]) -> list[_Placed]:
    cells: list[_Placed] = []
    column = 0
    above = 0
    for cell in row.cells:
        while above < len(held) and held[above].start <= column:
            column = max(column, held[above].end)
            above += 1
        end = column + min(max(cell.colspan, 1), _MAX_COLSPAN)
        if above < len(held):
            end = min(end, held[above].start)
        last_row = number + cell.rowspan - 1 if cell.rowspan else last_of_group
        cells.append(_Placed(cell, number, column, end, last_row))
        column = end
    return cells


def _fit(grid: list[_GridRow], room: Room, cell_lines: CellLines, measure: Measure) -> list[int] | None:
    """Lays out all cells and returns the widths of the columns; None if they cannot be narrow enough."""
    cells = [placed for row in grid for placed in row.cells]
    count = max((placed.end for placed in cells), default=0)
    natural = attrs.evolve(room, width=None, break_words=False)
    for placed in cells:
        _lay_out(placed, natural, cell_lines, measure)
    widest = _column_widths(cells, count)
    if room.width is None or _table_width(widest) <= room.width:
        return widest
    for placed in cells:
        _lay_out(placed, attrs.evolve(natural, width=0), cell_lines, measure)
    narrowest = _column_widths(cells, count)
    if _table_width(narrowest) > room.width and room.break_words:
        # No character is wider than two columns.
        narrowest = [min(columns, 2) for columns in narrowest]
    if _table_width(narrowest) > room.width:
        return None
    columns = _shared(narrowest, widest, room.width - _GAP * (count - 1))
    for placed in cells:
        available = sum(columns[placed.start : placed.end]) + placed.gaps
        _lay_out(placed, attrs.evolve(room, width=available), cell_lines, measure)
        if placed.width > available:
            return None
    return columns


def _lay_out(placed: _Placed, room: Room, cell_lines: CellLines, measure: Measure) -> None:
    placed.lines = cell_lines(placed.cell, room)
    # In the last column no space follows.
    placed.width = max(
        (max(_width_before_space(line, measure), measure(line)) for line in placed.lines), default=0
    )


def _width_before_space(line: str, measure: Measure) -> int:
    # wcwidth lets a zero width joiner at the end swallow the space of the padding or border.
    return measure(line + " ") - 1


def _column_widths(cells: Iterable[_Placed], count: int) -> list[int]:
    """The least widths that hold all cells; what a spanning cell lacks is spread over its columns."""
    widths = [0] * count
    for placed in sorted(cells, key=lambda placed: placed.end - placed.start):
        span = placed.end - placed.start
        lacking = placed.width - sum(widths[placed.start : placed.end]) - placed.gaps
        if lacking > 0:
            share, rest = divmod(lacking, span)
            for column in range(placed.start, placed.end):
                widths[column] += share + (column - placed.start < rest)
    return widths


def _table_width(columns: Sequence[int]) -> int:
    return sum(columns) + _GAP * (len(columns) - 1)


def _shared(narrowest: Sequence[int], widest: Sequence[int], available: int) -> list[int]:
    """Widths between the two that use what is available: the widest columns give way first."""

    def widths(level: int) -> list[int]:
        return [max(low, min(level, high)) for low, high in zip(narrowest, widest, strict=True)]

    level = bisect.bisect_right(range(1, available + 1), available, key=lambda level: sum(widths(level)))
    columns = widths(level)
    spare = available - sum(columns)
    for column, high in enumerate(widest):
        if spare > 0 and columns[column] < high:
            columns[column] += 1
            spare -= 1
    return columns


def _is_wasteful(rows: Sequence[_GridRow], columns: Sequence[int], *, ruled: bool) -> bool:
    """Whether padding and rules would outgrow the text, as with one giant cell in the first of many rows."""
    cells = [placed for row in rows for placed in row.cells]
    text = sum(len(line) for placed in cells for line in placed.lines)
    height = sum(max(len(placed.lines), 1) for placed in cells)
    width = _table_width(columns)
    flush_left = all(_side(placed.cell.align) == "left" for placed in cells)
    padded_width = _table_width(columns[:-1]) if flush_left else width
    padding = height * padded_width + (len(rows) if ruled else 2) * width
    return padding > _PADDING_PER_CHARACTER * text + _ALLOWANCE


def _row_lines(row: _GridRow, columns: list[int], measure: Measure, *, side_by_side: bool) -> list[str]:
    """The lines of a row; blank where a cell from above reaches in or the row has no cell."""
    height = 0
    segments: list[tuple[_Placed, int]] = []
    for placed in row.cells:
        first = 0 if side_by_side or not placed.lines else max(height - 1, 0)
        segments.append((placed, first))
        height = max(height, first + len(placed.lines))
    segments.extend((placed, height) for placed in row.held)
    segments.sort(key=lambda segment: segment[0].start)
    texts: list[list[str]] = [[] for _ in range(height)]
    column = 0
    for placed, first in segments:
        missing = [" " * width for width in columns[column : placed.start]]
        width = sum(columns[placed.start : placed.end]) + placed.gaps
        is_last = placed is segments[-1][0]
        padded = _padded(placed, width, measure, flush=not is_last)
        blank = "" if is_last else " " * width
        for number, parts in enumerate(texts):
            parts.extend(missing)
            parts.append(padded[number - first] if 0 <= number - first < len(padded) else blank)
        column = placed.end
    return [_BORDER.join(parts).rstrip(" ") for parts in texts]


def _padded(placed: _Placed, width: int, measure: Measure, *, flush: bool) -> list[str]:
    """The lines of a cell at their side of its `width`; filled up at the end if they are to be `flush`."""
    align = _side(placed.cell.align)
    # Lists and the like are moved as a whole: their lines are aligned among themselves.
    together = any(isinstance(node, (List, Table, CodeBlock, Quote)) for node in placed.cell.content)
    lines: list[str] = []
    for line in placed.lines:
        columns = _width_before_space(line, measure) if flush else measure(line)
        spare = width - (placed.width if together else columns)
        before = spare if align == "right" else spare // 2 if align == "center" else 0
        after = width - columns - before if flush else 0
        lines.append(" " * before + line + " " * after)
    return lines


def _side(align: Alignment | None) -> Alignment:
    if align in ("right", "end"):
        return "right"
    return "center" if align == "center" else "left"


def _rule_line(stroke: str, below: _GridRow, columns: Sequence[int]) -> str:
    """A rule above `below`, open where a cell reaches through it."""
    through = {placed.start: placed for placed in below.held}
    parts: list[str] = []
    column = 0
    solid = False
    while column < len(columns):
        placed = through.get(column)
        end = column + 1 if placed is None else placed.end
        if column:
            parts.append(_joint(stroke, before=solid, after=placed is None))
        width = sum(columns[column:end]) + _GAP * (end - column - 1)
        solid = placed is None
        parts.append((stroke if solid else " ") * width)
        column = end
    return "".join(parts).rstrip(" ")


def _joint(stroke: str, *, before: bool, after: bool) -> str:
    middle = "+" if before or after else "|"
    return f"{stroke if before else ' '}{middle}{stroke if after else ' '}"


def _stacked(table: Table, room: Room, cell_lines: CellLines) -> list[str]:
    """Cells one below the other, a blank line after each row: for what no grid can show."""
    lines: list[str] = []
    for row in (*table.head, *table.body, *table.foot):
        cells = [line for cell in row.cells for line in cell_lines(cell, room)]
        if cells and lines:
            lines.append("")
        lines.extend(cells)
    return lines
