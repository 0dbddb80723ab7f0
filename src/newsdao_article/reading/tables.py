"""Pipe tables.

For kramdown every paragraph-like run of lines that all have a pipe is a table, with room
before and after it; a line of dashes makes what stands above it the head, and is not needed.
Pipes in code spans and between HTML tags do not count when kramdown decides whether there is a
table, but the latter do part cells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.grammar import NULL_AND_SPACE
from newsdao_article.reading.references import SpanTask
from newsdao_article.reading.source import PositionMap, clamp
from newsdao_article.reading.span_html import read_tag
from newsdao_article.reading.spans import SpanReader, read_code
from newsdao_article.reading.tree import Comment, Element, Node, Text

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader
    from newsdao_article.reading.references import Attributes

__all__ = ["read_table"]

_PIPED: Final = r"(?:\||[^\n]*?[^\\\n]\|)[^\n]*\n"
_FIRST_LINE: Final = re.compile(rf" {{0,3}}(?=[^ \t\n\r\f\v]){_PIPED}")
_LINES: Final = re.compile(rf"(?>(?:{_PIPED})+)")
_HAS_PIPE: Final = re.compile(r"\||[^\n]*?[^\\\n]\|")
_HEAD_LINE: Final = re.compile(r"([+|: \t\-]*?-[+|: \t\-]*?)[ \t]*\n")
_FOOT_LINE: Final = re.compile(r"[+|: \t=]*?=[+|: \t=]*?[ \t]*\n")
_ALIGNMENT: Final = re.compile(r"[ \t]?(:?)-+(:?)[ \t]*")
_PIPE_OR_CODE: Final = re.compile(r"(?<!\\)\||`+")
_ESCAPE_OR_CODE: Final = re.compile(r"\\\||`+")
_CODE_OR_TAG: Final = re.compile(r"[`<]")
_SPACE: Final = " \t"


def read_table(reader: BlockReader, position: int) -> int:
    """A table that begins at `position`."""
    text = reader.text
    if _FIRST_LINE.match(text, position) is None or not reader.at_boundary():
        return -1
    # kramdown spends a waiting attribute list on the attempt, even if it fails.
    attributes = reader.take_attributes()
    lines = _LINES.match(text, position)
    assert lines is not None
    end = lines.end()
    if not reader.before_boundary(end) or not _pipes_count(reader, text[position : end - 1]):
        return -1
    table = _Table(reader, position)
    last = position + len(text[position:end].rstrip(NULL_AND_SPACE))
    if not table.read(end):
        reader.references.problems.append(
            Problem(
                "table-without-body",
                "a table needs a row below the line of dashes; Jekyll shows this as text, add one",
                SourceSpan(position, last),
            )
        )
        return -1
    table.finish(last, attributes)
    return end


def _pipes_count(reader: BlockReader, written: str) -> bool:
    """Whether kramdown sees a pipe on every line outside of code spans and elements."""
    if "`" not in written and "<" not in written:
        return True
    problems = reader.references.problems
    known_problems = len(problems)
    seen = False
    for kind, value in _segments(SpanReader(written, 0, reader.references, reader.depth)):
        lines = value.rstrip("\n").split("\n") if value.strip("\n") else []
        if kind == "code":
            if len(lines) > 2 or (len(lines) == 2 and not seen):
                break
            if len(lines) == 2:
                seen = False
        else:
            if len(lines) > 1 and not seen and _HAS_PIPE.match(lines[0]) is None:
                break
            seen = (seen if len(lines) <= 1 else False) or bool(lines and _HAS_PIPE.match(lines[-1]))
    del problems[known_problems:]
    return seen


def _segments(reader: SpanReader) -> list[tuple[str, str]]:
    text = reader.text
    segments: list[tuple[str, str]] = []
    first = position = 0
    while True:
        match = _CODE_OR_TAG.search(text, position)
        if match is None:
            if first < len(text):
                segments.append(("text", text[first:]))
            return segments
        at = match.start()
        found = read_code(reader, at) if text[at] == "`" else read_tag(reader, at)
        if isinstance(found, int):
            position = found
            continue
        node, position = found
        if at > first:
            segments.append(("text", text[first:at]))
        first = position
        if isinstance(node, Comment):
            segments.append(("text", text[at:position]))
        elif isinstance(node, Element):
            content = reader.text[node.inner_start : node.inner_end]
            segments.append(("code", content) if node.markdown else ("text", node.tag))


class _Table:
    """The rows read so far, and the parts of the table that are complete."""

    __slots__ = ("_alignment", "_columns", "_leading", "_parts", "_position", "_reader", "_rows", "_tasks")

    def __init__(self, reader: BlockReader, position: int) -> None:
        self._reader = reader
        self._position = position
        self._leading = False
        self._alignment: list[str] = []
        self._parts: list[Element] = []
        self._rows: list[Element] = []
        self._columns = 0
        self._tasks: list[SpanTask] = []

    def read(self, end: int) -> bool:
        """Read the lines up to `end`; whether they make a table with a body."""
        text = self._reader.text
        position = self._position
        first = position
        while text[first] == " ":
            first += 1
        self._leading = text[first] == "|"
        foot = False
        while position < end:
            following = text.index("\n", position) + 1
            head = _HEAD_LINE.match(text, position)
            if head is not None:
                if self._rows:
                    if not self._alignment and not foot:
                        self._add_part("thead")
                        self._alignment = [_alignment(match) for match in _ALIGNMENT.finditer(head[1])]
                    elif not foot:
                        self._add_part("tbody")
            elif _FOOT_LINE.match(text, position):
                if self._rows:
                    self._add_part("tbody")
                foot = True
            else:
                self._add_row(position, following)
            position = following
        if self._rows:
            self._add_part("tfoot" if foot else "tbody")
        return any(part.tag == "tbody" for part in self._parts)

    def _add_part(self, tag: str) -> None:
        part = Element(tag, {}, self._rows[0].start, self._rows[-1].end, markdown=True)
        part.inner_start = part.start
        part.children = list[Node](self._rows)
        self._parts.append(part)
        self._rows = []

    def _add_row(self, position: int, following: int) -> None:
        text = self._reader.text
        last = position + len(text[position : following - 1].rstrip(_SPACE))
        first = last - len(text[position:last].lstrip(_SPACE))
        bounds = _cell_bounds(self._reader, position, last)
        if self._leading and not text[bounds[0][0] : bounds[0][1]].strip(NULL_AND_SPACE):
            del bounds[0]
        if bounds and not text[bounds[-1][0] : bounds[-1][1]].strip(NULL_AND_SPACE):
            del bounds[-1]
        row = Element("tr", {}, first, last, markdown=True)
        row.inner_start = first
        for cell_first, cell_last in bounds:
            content = text[cell_first:cell_last]
            start = cell_last - len(content.lstrip(NULL_AND_SPACE))
            content = content.strip(NULL_AND_SPACE)
            cell = Element("td", {}, start, start + len(content), markdown=True)
            cell.inner_start = start
            row.children.append(cell)
            if content:
                self._tasks.append(self._task(cell, content, start))
        self._columns = max(self._columns, len(row.children))
        self._rows.append(row)

    def _task(self, cell: Element, content: str, start: int) -> SpanTask:
        positions = self._reader.positions
        depth = self._reader.depth
        breaks = self._reader.grammar.gfm and not self._reader.inside_html
        if "\\|" not in content:
            task = SpanTask(cell, content, start, positions, depth)
            task.breaks = breaks
            return task
        pieces, local, outer = _without_escapes(self._reader, content, start)
        task = SpanTask(cell, pieces, 0, PositionMap(local, outer, positions), depth)
        task.breaks = breaks
        return task

    def finish(self, last: int, attributes: Attributes) -> None:
        """Put the table into the tree."""
        reader = self._reader
        table = Element("table", attributes, self._position, last, markdown=True)
        table.inner_start = self._position
        table.children = list[Node](self._parts)
        clamp(table.children, last)
        for part in self._parts:
            for row in part.children:
                assert isinstance(row, Element)
                self._finish_row(row, "th" if part.tag == "thead" else "td")
        reader.append(table)
        reader.references.tasks += self._tasks

    def _finish_row(self, row: Element, tag: str) -> None:
        for _ in range(self._columns - len(row.children)):
            row.children.append(Element("td", {}, row.end, row.end, markdown=True))
        for index, cell in enumerate(row.children):
            assert isinstance(cell, Element)
            cell.tag = tag
            if cell.start == cell.end:
                # kramdown fills an empty cell, so that a browser gives it the height of a line.
                cell.children.append(Text("\u00a0", cell.start, cell.end))
            if index < len(self._alignment) and self._alignment[index]:
                cell.attributes["style"] = f"text-align: {self._alignment[index]}"


def _alignment(match: re.Match[str]) -> str:
    if match[1]:
        return "center" if match[2] else "left"
    return "right" if match[2] else ""


def _cell_bounds(reader: BlockReader, first: int, last: int) -> list[tuple[int, int]]:
    """Where the cells of a line begin and end, parted by pipes outside of code spans."""
    line = reader.text[first:last]
    bounds: list[tuple[int, int]] = []
    spans: SpanReader | None = None
    start = position = 0
    while True:
        match = _PIPE_OR_CODE.search(line, position)
        if match is None:
            bounds.append((first + start, first + len(line)))
            return bounds
        if match[0] == "|":
            bounds.append((first + start, first + match.start()))
            start = position = match.end()
            continue
        if spans is None:
            spans = SpanReader(line, 0, reader.references, reader.depth)
        found = read_code(spans, match.start())
        position = found if isinstance(found, int) else found[1]


def _without_escapes(reader: BlockReader, content: str, start: int) -> tuple[str, list[int], list[int]]:
    r"""The content with `\|` read as `|`, except in code spans, and where its pieces stand."""
    pieces: list[str] = []
    local: list[int] = []
    outer: list[int] = []
    length = first = position = 0
    spans = SpanReader(content, 0, reader.references, reader.depth)
    while True:
        match = _ESCAPE_OR_CODE.search(content, position)
        if match is not None and match[0] != "\\|":
            found = read_code(spans, match.start())
            position = found if isinstance(found, int) else found[1]
            continue
        piece = content[first : match.start() if match is not None else len(content)]
        pieces.append(piece)
        local.append(length)
        outer.append(start + first)
        length += len(piece)
        if match is None:
            return "".join(pieces), local, outer
        first = match.start() + 1
        position = match.end()
