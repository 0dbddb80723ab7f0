"""Blocks that hold no other blocks: paragraphs, headings, rules, code and mathematics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.entities import decode_attribute
from newsdao_article.reading.grammar import BLANK_LINE, CODE, FENCE_INFO, MARGIN, NULL_AND_SPACE, RULE
from newsdao_article.reading.references import SpanTask
from newsdao_article.reading.source import PositionMap
from newsdao_article.reading.tree import Element, Text

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader

__all__ = [
    "read_fence",
    "read_heading",
    "read_indented_code",
    "read_paragraph",
    "read_rule",
    "read_underlined_heading",
]

_UNDERLINED_MIXED: Final = re.compile(rf"{MARGIN}([^ \t\n][^\n]*)\n([-=])[-=]*{BLANK_LINE}")
_HEADING_ID: Final = re.compile(r"[\t ]+\{#([A-Za-z][A-Za-z0-9_:\-]*)\}[\t ]*\Z")
_CLOSING_MARKS: Final = {gfm: re.compile(r"[\t ]+\#+\Z" if gfm else r"(?<!\\)\#+\Z") for gfm in (True, False)}
_MOST_SPARE_MARKS: Final = 100
_LAZY_CODE: Final = re.compile(r"\n( {0,3}[^ \t\n\r\f\v])")
_CODE_INDENT: Final = re.compile(r"^(?:\t| {4})", re.MULTILINE)


def read_paragraph(reader: BlockReader, position: int) -> int:
    """A paragraph, or more lines for the paragraph that stands just before."""
    text = reader.text
    match = reader.grammar.paragraph.match(text, position)
    assert match is not None
    end = match.end()
    last = len(text[position:end].rstrip(NULL_AND_SPACE)) + position
    task = reader.paragraph
    if task is not None:
        _continue_paragraph(reader, task, position, last)
        return end
    first = last - len(text[position:last].lstrip(NULL_AND_SPACE))
    element = Element("p", reader.take_attributes(), position, last, markdown=True)
    element.inner_start = first
    reader.append(element, "p")
    reader.paragraph = reader.add_task(element, first, last)
    return end


def _continue_paragraph(reader: BlockReader, task: SpanTask, position: int, last: int) -> None:
    text = reader.text
    element = task.element
    joiner = "  \n" if text[position - 3 : position] == "  \n" else "\n"
    addition = text[position:last]
    if task.positions is reader.positions and text[element.inner_end : position] == joiner:
        task.text = text[task.base : last]
    else:
        if task.positions is reader.positions:
            task.positions = PositionMap([0], [task.base], reader.positions)
            task.base = 0
        assert task.positions is not None
        task.positions.extend(len(task.text), position - len(joiner))
        task.text += joiner + addition
    element.end = element.inner_end = last


def read_rule(reader: BlockReader, position: int) -> int:
    """A horizontal rule."""
    match = RULE.match(reader.text, position)
    if match is None:
        return -1
    end = position + len(match[0].rstrip(NULL_AND_SPACE))
    reader.append(Element("hr", reader.take_attributes(), position, end, markdown=True))
    return match.end()


def read_heading(reader: BlockReader, position: int) -> int:
    """A heading that begins with `#`."""
    match = reader.grammar.heading.match(reader.text, position)
    if match is None:
        return -1
    if not reader.grammar.gfm and not reader.at_boundary():
        return -1
    marks, content = match[1], match[2]
    if not content.strip(NULL_AND_SPACE):
        return -1
    _finish_heading(reader, len(marks), position, match.start(2), match.end(2), closing_marks=True)
    return match.end()


def read_underlined_heading(reader: BlockReader, position: int) -> int:
    """A single line underlined with `=` or `-`."""
    match = _UNDERLINED_MIXED.match(reader.text, position)
    if match is None or not reader.at_boundary():
        return -1
    level = 1 if match[2] == "=" else 2
    _finish_heading(reader, level, position, match.start(1), match.end(1), closing_marks=False)
    element = reader.previous_element
    assert element is not None
    element.end = position + len(match[0].rstrip(NULL_AND_SPACE))
    return match.end()


def _finish_heading(
    reader: BlockReader, level: int, position: int, first: int, last: int, *, closing_marks: bool
) -> None:
    text = reader.text
    content = text[first:last].rstrip(NULL_AND_SPACE)
    end = first + len(content)
    identity = _HEADING_ID.search(content)
    attributes = reader.take_attributes()
    if identity is not None:
        content = content[: identity.start()]
    if closing_marks:
        content = content.rstrip(NULL_AND_SPACE)
        marks = _CLOSING_MARKS[reader.grammar.gfm].search(content)
        if marks is not None:
            content = content[: marks.start()]
    content = content.rstrip(NULL_AND_SPACE)
    first += len(content) - len(content.lstrip(" \t"))
    content = content.lstrip(" \t")
    if identity is not None:
        attributes["id"] = identity[1]
    element = Element(f"h{level}", attributes, position, end, markdown=True)
    element.inner_start = first
    element.inner_end = first + len(content)
    reader.append(element)
    reader.add_task(element, first, first + len(content))


def read_indented_code(reader: BlockReader, position: int) -> int:
    """A code block of indented lines, with the lines that follow lazily."""
    text = reader.text
    match = CODE.match(text, position)
    if match is None:
        return -1
    written = match[0]
    content = _CODE_INDENT.sub("", _LAZY_CODE.sub(r" \1", written))
    _add_code(reader, content, position, position, match.end(), position + len(written) - 1, {})
    return match.end()


def read_fence(reader: BlockReader, position: int) -> int:
    """A code block between fences.

    If nothing closes a fence, kramdown takes its last marks for the name of the language.
    """
    text = reader.text
    match = reader.grammar.fence.match(text, position)
    if match is None:
        return -1
    for inner in range(match.end(), max(match.start(1) + 2, match.end() - _MOST_SPARE_MARKS), -1):
        info = FENCE_INFO.match(text, inner)
        if info is None:
            return -1
        first = info.end()
        close = reader.closing_fence(text[match.start(1) : inner], first)
        if close is not None:
            last, end = close
            language: str | None = info[1]
            attributes = {"class": decode_attribute(f"language-{language}")} if language else {}
            block_end = position + len(text[position:end].rstrip(NULL_AND_SPACE))
            _add_code(reader, text[first:last], position, first, last, block_end, attributes)
            return end
    return -1


def _add_code(
    reader: BlockReader,
    content: str,
    position: int,
    first: int,
    last: int,
    end: int,
    code_attributes: dict[str, str],
) -> None:
    outer = Element("pre", reader.take_attributes(), position, end, markdown=True)
    inner = Element("code", code_attributes, first, min(last, end), markdown=True)
    for element in (outer, inner):
        element.inner_start = first
        element.inner_end = min(last, end)
    inner.children.append(Text(content or "\n", first, min(last, end)))
    outer.children.append(inner)
    reader.references.code_blocks.append((outer, inner))
    reader.append(outer)
