"""Pipe tables.

For kramdown every paragraph-like run of lines that all have a pipe is a table, with room
before and after it; a line of dashes makes what stands above it the head, and is not needed.
Pipes in code spans and between HTML tags do not count when kramdown decides whether there is a
table, but the latter do part cells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.grammar import NULL_AND_SPACE
from newsdao_article.reading.references import SpanTask
from newsdao_article.reading.source import PositionMap, clamp
from newsdao_article.reading.span_html import read_tag
from newsdao_article.reading.spans import SpanReader, read_code
from newsdao_article.reading.tree import Comment, Element, Node, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_PIPE_OR_CODE: Final = re.compile(r"\\?\||`+")
_TICKS: Final = re.compile("`+")
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
        cells = _read_cells(self._reader, position, last)
        if self._leading and not cells[0].text:
            del cells[0]
        if cells and not cells[-1].text:
            del cells[-1]
        row = Element("tr", {}, first, last, markdown=True)
        row.inner_start = first
        for cell in cells:
            element = Element("td", {}, cell.start, cell.end, markdown=True)
            element.inner_start = cell.start
            row.children.append(element)
            if cell.text:
                self._tasks.append(self._task(element, cell))
        self._columns = max(self._columns, len(row.children))
        self._rows.append(row)

    def _task(self, element: Element, cell: _Cell) -> SpanTask:
        positions = self._reader.positions
        depth = self._reader.depth
        if len(cell.local) == 1:
            task = SpanTask(element, cell.text, cell.start, positions, depth)
        else:
            task = SpanTask(element, cell.text, 0, PositionMap(cell.local, cell.outer, positions), depth)
        task.breaks = self._reader.grammar.gfm and not self._reader.inside_html
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


_Pieces: TypeAlias = list[tuple[str, int]]
"""Texts, and where they stand."""


class _Cell:
    """The text of a cell without the white space around it, and where its pieces stand."""

    __slots__ = ("end", "local", "outer", "start", "text")

    def __init__(self, pieces: _Pieces, end: int) -> None:
        written = "".join(piece for piece, _ in pieces)
        self.text = written.strip(NULL_AND_SPACE)
        skipped = len(written) - len(written.lstrip(NULL_AND_SPACE))
        self.local: list[int] = []
        self.outer: list[int] = []
        length = -skipped
        for piece, start in pieces:
            if piece and length + len(piece) > 0:
                self.local.append(max(0, length))
                self.outer.append(start - min(0, length))
            length += len(piece)
        self.end = end - (len(written) - skipped - len(self.text))
        self.start = self.outer[0] if self.outer else self.end


def _read_cells(reader: BlockReader, first: int, last: int) -> list[_Cell]:
    """The cells of a line, parted by pipes outside of code spans and code elements."""
    cells: list[_Cell] = []
    pieces: _Pieces = []
    for start, end in _code_elements(reader.text, first, last):
        part = reader.text[first:start]
        pieces = _read_part(SpanReader(part, first, reader.references, reader.depth), cells, pieces)
        pieces.append((reader.text[start:end], start))
        first = end
    cells.append(_Cell(pieces, last))
    return cells


def _code_elements(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Where code elements begin and end, as kramdown looks for them here; an empty one at the end of the line."""
    position = first
    while (start := text.find("<code", position, last)) >= 0:
        bracket = text.find(">", start, last)
        end = text.find("</code>", bracket, last) if bracket > 0 else -1
        if end < 0:
            break
        position = end + len("</code>")
        yield start, position
    yield last, last


def _read_part(spans: SpanReader, cells: list[_Cell], pieces: _Pieces) -> _Pieces:
    r"""Read `|` as the end of a cell and `\|` as a pipe, except in code spans; what begins the next cell."""
    text = spans.text
    base = spans.base
    run = position = 0
    while True:
        match = _PIPE_OR_CODE.search(text, position)
        if match is None:
            pieces.append((text[run:], base + run))
            return pieces
        at = match.start()
        position = match.end()
        if match[0] == "|":
            pieces.append((text[run:at], base + run))
            cells.append(_Cell(pieces, base + at))
            pieces = []
            run = position
        elif match[0] == "\\|":
            pieces.append((text[run:at], base + run))
            run = at + 1
        else:
            found = read_code(spans, at)
            if isinstance(found, int):
                position = found
                continue
            node, position = found
            assert isinstance(node, Element)
            code = _written_anew(node)
            if "".join(piece for piece, _ in code) != text[at:position]:
                pieces += ((text[run:at], base + run), *code)
                run = position


def _written_anew(code: Element) -> _Pieces:
    """A code span as kramdown puts it into a cell: with no more backticks than are needed."""
    content = code.children[0] if code.children else None
    value = content.value if isinstance(content, Text) else ""
    marks = max(_TICKS.findall(value), default="") + "`"
    blank = " " if len(marks) > 1 else ""
    last = max(code.inner_end, code.end - len(blank + marks))
    return [(marks + blank, code.start), (value, code.inner_start), (blank + marks, last)]
