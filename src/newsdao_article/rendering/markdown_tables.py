"""Tables → Markdown's pipe tables, where the flavour reads the same table back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsdao_article.model.blocks import Alignment, Cell, Row, Table
from newsdao_article.model.inlines import INLINE_TYPES, Inline, Text
from newsdao_article.rendering.markdown_flavors import Flavor
from newsdao_article.rendering.text_wrap import display_width

if TYPE_CHECKING:
    from newsdao_article.rendering.markdown import MarkdownContext

__all__ = ["write_table"]

_DELIMITERS: Final[dict[Alignment | None, tuple[str, str]]] = {
    None: ("-", "-"),
    "left": (":", "-"),
    "right": ("-", ":"),
    "center": (":", ":"),
}
_SEPARATOR_SIGNS: Final = " +|:=-"
# One giant cell among many must not fill every other row with blanks: beyond these bounds nothing is padded.
_PADDING_PER_CHARACTER: Final = 16
_ALLOWANCE: Final = 16_384
_NO_BREAK_SPACE: Final = (Text("\N{NO-BREAK SPACE}"),)


def write_table(table: Table, context: MarkdownContext) -> str | None:
    """`table` as a pipe table with its columns padded by display width; None where only HTML can say it.

    That needs one header row (kramdown also reads none, if no column is aligned), rows of equal length, each column
    of one alignment, and cells that hold a line of inlines and no attributes (GFM 4.10, kramdown "Tables").
    """
    flavor = context.flavor
    if not flavor.tables or table.caption or table.columns or table.foot or table.attributes:
        return None
    rows = [*table.head, *table.body]
    if not rows or len(table.head) > 1 or (not table.head and not flavor.headerless_tables):
        return None
    if flavor.is_kramdown and not table.body:
        return None
    if context.options.fidelity == "exact" and any(cell.align for row in rows for cell in row.cells):
        # Engines for GFM spell an alignment as an attribute, or as a style without blanks.
        if not flavor.is_kramdown:
            return None
    if not _is_regular(rows, len(table.head), flavor):
        return None
    alignments = _alignments(rows)
    if alignments is None or (not table.head and any(alignments)):
        return None
    written = [[_cell(cell, context) for cell in row.cells] for row in rows]
    lines: list[list[str]] = []
    for row in written:
        line = [text for text in row if text is not None]
        if len(line) != len(row):
            return None
        lines.append(_apart_from_separators(line) if flavor.is_kramdown else line)
    if flavor.is_kramdown and not any(any(line) for line in lines):
        return None
    drawn = _drawn(
        lines, alignments, has_head=bool(table.head), ambiguous_width=context.options.ambiguous_width
    )
    return "\n".join(drawn)


def _is_regular(rows: list[Row], head_rows: int, flavor: Flavor) -> bool:
    columns = len(rows[0].cells)
    for index, row in enumerate(rows):
        if row.attributes or len(row.cells) != columns or not columns:
            return False
        for cell in row.cells:
            style = flavor.cell_style(cell.align) if cell.align else ""
            if (
                dict(cell.attributes) != ({"style": style} if style else {})
                or cell.colspan != 1
                or cell.rowspan != 1
                or cell.header != (index < head_rows)
            ):
                return False
    return True


def _alignments(rows: list[Row]) -> list[Alignment | None] | None:
    alignments: list[Alignment | None] = [cell.align for cell in rows[0].cells]
    if any(align not in _DELIMITERS for align in alignments):
        return None
    for row in rows:
        if [cell.align for cell in row.cells] != alignments:
            return None
    return alignments


def _cell(cell: Cell, context: MarkdownContext) -> str | None:
    content = [node for node in cell.content if isinstance(node, INLINE_TYPES)]
    if len(content) != len(cell.content):
        return None
    line: tuple[Inline, ...] = tuple(content)
    if context.flavor.fills_cells:
        # kramdown shows an empty cell as U+00A0.
        return "" if line == _NO_BREAK_SPACE else context.line(line, "cell") if line else None
    return context.line(line, "cell") if line else ""


def _apart_from_separators(line: list[str]) -> list[str]:
    """A row that kramdown would take for the line between rows, with its first sign escaped."""
    if any(text.strip(_SEPARATOR_SIGNS) for text in line):
        return line
    index = next((index for index, text in enumerate(line) if text), None)
    if index is None:
        return line
    return [*line[:index], f"\\{line[index]}", *line[index + 1 :]]


def _drawn(
    lines: list[list[str]], alignments: list[Alignment | None], *, has_head: bool, ambiguous_width: int
) -> list[str]:
    shown = [[display_width(text, ambiguous_width) for text in line] for line in lines]
    widths = [max(3, *column) for column in zip(*shown, strict=True)]
    text = sum(map(sum, shown))
    if len(shown) * sum(widths) > _PADDING_PER_CHARACTER * text + _ALLOWANCE:
        widths = [3] * len(widths)
    drawn: list[str] = []
    for line, line_widths in zip(lines, shown, strict=True):
        cells = [
            _padded(text, width - shown_width, align)
            for text, shown_width, width, align in zip(line, line_widths, widths, alignments, strict=True)
        ]
        drawn.append(f"| {' | '.join(cells)} |")
    if has_head:
        rule = [_delimiter(align, width) for align, width in zip(alignments, widths, strict=True)]
        drawn.insert(1, f"| {' | '.join(rule)} |")
    return drawn


def _padded(text: str, missing: int, align: Alignment | None) -> str:
    if missing <= 0:
        return text
    before = missing if align == "right" else missing // 2 if align == "center" else 0
    return " " * before + text + " " * (missing - before)


def _delimiter(align: Alignment | None, width: int) -> str:
    first, last = _DELIMITERS[align]
    return first + "-" * (width - 2) + last
