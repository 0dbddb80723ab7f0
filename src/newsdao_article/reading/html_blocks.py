"""HTML that begins a block: raw elements, comments, and elements with Markdown inside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.entities import decode_html
from newsdao_article.reading.markup import written
from newsdao_article.reading.names import SPAN_NAMES
from newsdao_article.reading.tag_problems import duplicate_attribute, unclosed_element
from newsdao_article.reading.tags import (
    DEPTH_LIMIT,
    END,
    OPAQUE,
    OPEN,
    RAW_TEXT_NAMES,
    TEXT,
    VOID,
    Tag,
    cached_tag,
    classify,
    markdown_mode,
    too_deep,
)
from newsdao_article.reading.tree import Comment, Element, Text, Verbatim, set_apart

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader

__all__ = ["read_html", "read_marked", "read_plain_html"]

_REST_OF_LINE: Final = re.compile(r"[ \t]*\n")


def read_html(reader: BlockReader, position: int, at: int) -> int:
    """The HTML block whose `<` stands at `at`, after at most three spaces; -1 if it is none."""
    text = reader.text
    tag = classify(text, at)
    kind = tag.kind
    if kind == TEXT:
        if at == position and text.startswith("<!--", at):
            end = reader.raw.comment_end(at)
            if end > 0:
                reader.append(Comment(text[at + 4 : end - 3], at, end))
                return _skip_rest(text, end)
        return -1
    if kind == END:
        if tag.name == reader.element_name:
            reader.end_tag = (at, at + tag.length)
            return at
        return -1
    if tag.name in SPAN_NAMES:
        return -1
    attributes = tag.attributes
    if reader.pending is not None:
        attributes = reader.take_attributes(attributes)
    inner = at + tag.length
    element = Element(tag.name, attributes, position, inner)
    if tag.duplicate is not None:
        reader.references.problems.append(duplicate_attribute(tag.duplicate, at, inner))
    reader.append(element)
    if kind == OPEN:
        element.inner_start = inner
        end = reader.raw.read(element, inner, reader.depth + 1)
    elif kind == VOID:
        element.self_closing = tag.self_closing
        return _skip_rest(text, inner) if markdown_mode(tag) == "block" else inner
    elif kind == OPAQUE:
        # The rest of the line is left to the next block, and is a blank line if it is empty.
        return reader.raw.opaque(element, inner)
    else:
        end = read_marked(reader, element, tag, inner, reader.depth + 1)
    return _skip_rest(text, end)


def read_plain_html(reader: BlockReader, position: int) -> int:
    """Raw elements that follow each other from `position`, on lines of their own; where they end.

    Most posts consist of nothing else, so this does for a run of them what `read_html` and the
    loop of the reader do for one. Only tags that were met before are taken.
    """
    text = reader.text
    find = text.find
    startswith = text.startswith
    children = reader.children
    kinds = reader.kinds
    new = Element.__new__
    depth = reader.depth + 1
    element: Element | None = None
    blank = False
    while True:
        tag = cached_tag(text, position)
        if tag is None or not tag.is_plain_block:
            break
        element = new(Element)
        element.tag = tag.name
        element.attributes = tag.attributes
        element.start = position
        inner = element.inner_start = position + tag.length
        element.markdown = element.self_closing = False
        element.closed = True
        element.became = None
        children.append(element)
        kinds.append("block")
        following = find("<", inner)
        if startswith(tag.end_tag, following):
            if following > inner:
                value = text[inner:following]
                element.children = [Text(decode_html(value) if "&" in value else value, inner, following)]
            else:
                element.children = []
            element.inner_end = following
            end = element.end = following + len(tag.end_tag)
        else:
            element.children = []
            # The end is set when it is found.
            element.inner_end = element.end = inner
            end = reader.raw.read(element, inner, depth)
        blank = startswith("\n\n<", end)
        if blank:
            kinds.append("blank")
            position = end + 2
        elif startswith("\n<", end):
            position = end + 1
        else:
            position = _skip_rest(text, end)
            break
    if element is not None:
        reader.previous = "blank" if blank else "block"
        reader.previous_element = None if blank else element
        reader.previous_attributes = None if blank else element.attributes
        reader.paragraph = reader.term = None
    return position


def _skip_rest(text: str, end: int) -> int:
    if text.startswith("\n", end):
        return end + 1
    rest = _REST_OF_LINE.match(text, end)
    return rest.end() if rest is not None else end


def read_marked(reader: BlockReader, element: Element, tag: Tag, position: int, depth: int) -> int:
    """Fill an element that has a `markdown` attribute; the offset after its end tag."""
    if depth > DEPTH_LIMIT:
        raise too_deep(position)
    mode = markdown_mode(tag)
    if mode is None:
        element.inner_start = position
        end = reader.raw.read(element, position, depth)
        if tag.name in RAW_TEXT_NAMES and element.children:
            html = "".join(written(child, reader.text, 0, in_paragraph=False) for child in element.children)
            element.children = [Verbatim(html, position, element.inner_end)]
        return end
    return (
        _with_blocks(reader, element, position, depth)
        if mode == "block"
        else _with_spans(reader, element, position)
    )


def _with_spans(reader: BlockReader, element: Element, position: int) -> int:
    text = reader.text
    element.inner_start = position
    found = reader.find_end_tag(element.tag, position)
    if found is None:
        element.inner_end = element.end = len(text)
        element.closed = False
        reader.references.problems.append(unclosed_element(element.tag, element.start, position))
    else:
        element.inner_end, element.end = found
    reader.add_task(element, position, element.inner_end)
    return element.end


def _with_blocks(reader: BlockReader, element: Element, position: int, depth: int) -> int:
    element.inner_start = position
    rest = _REST_OF_LINE.match(reader.text, position)
    found = reader.read_inside(element, rest.end() if rest is not None else position, depth)
    set_apart(element.children, after_tag=True)
    if found is None:
        element.inner_end = element.end = len(reader.text)
        element.closed = False
        reader.references.problems.append(unclosed_element(element.tag, element.start, position))
    else:
        element.inner_end, element.end = found
    return element.end
