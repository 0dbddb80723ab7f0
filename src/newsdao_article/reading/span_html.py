"""HTML and autolinks inside a paragraph: everything that may begin with `<`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.entities import decode_attribute, decode_html
from newsdao_article.reading.markup import written
from newsdao_article.reading.names import ALPHANUMERIC, BLOCK_CONTENT, BLOCK_NAMES, SPAN_CONTENT
from newsdao_article.reading.span_closers import Found, TagCloser
from newsdao_article.reading.tag_problems import (
    MALFORMED,
    block_tag_in_paragraph,
    duplicate_attribute,
    malformed_tag,
    stray_end_tag,
    unclosed_element,
)
from newsdao_article.reading.tags import (
    END,
    OPAQUE,
    RAW_TEXT_NAMES,
    TEXT,
    VOID,
    Tag,
    classify,
)
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

if TYPE_CHECKING:
    from newsdao_article.reading.spans import SpanReader

__all__ = ["read_angle", "read_tag"]

_AUTOLINK: Final = re.compile(
    r"<((?:(?:mailto|https?|ftps?):[^\n]+?)"
    rf"|((?:{ALPHANUMERIC}|[-._])+@(?:{ALPHANUMERIC}|[-._])+))>"
)


def read_angle(reader: SpanReader, at: int) -> Found | int:
    """What the `<` at `at` begins: an autolink, an element, a comment, or only text."""
    text = reader.text
    tag = classify(text, at, in_paragraph=True)
    if tag.kind == TEXT or ":" in tag.name:
        link = _match_autolink(text, at)
        if link is not None:
            return _autolink(reader, link)
        if tag.kind == TEXT:
            if text.startswith("<", at + 1):
                # `<<` is a quotation mark for kramdown, and takes a space after it along.
                reader.symbol_end = at + 3 if text.startswith(" ", at + 2) else at + 2
                return reader.symbol_end
            return _not_a_tag(reader, at)
    return _tag(reader, tag, at, raw=False)


def _match_autolink(text: str, at: int) -> re.Match[str] | None:
    # Looking for the bracket first keeps a line of many openers from being searched for each.
    end = text.find(">", at)
    if end < 0 or text.find("\n", at, end) >= 0:
        return None
    return _AUTOLINK.match(text, at, end + 1) or _AUTOLINK.match(text, at, text.find(">", end + 1) + 1)


def read_tag(reader: SpanReader, at: int) -> Found | int:
    """What the `<` at `at` begins if only HTML counts."""
    tag = classify(reader.text, at, in_paragraph=True)
    return _not_a_tag(reader, at) if tag.kind == TEXT else _tag(reader, tag, at, raw=False)


def _autolink(reader: SpanReader, link: re.Match[str]) -> Found:
    base = reader.base
    address: str = link[1]
    url = "mailto:" + address if link[2] is not None else address
    shown = address.removeprefix("mailto:")
    element = Element(
        "a", {"href": decode_attribute(url)}, base + link.start(), base + link.end(), markdown=True
    )
    element.inner_start = base + link.end(1) - len(shown)
    element.inner_end = base + link.end(1)
    element.children.append(Text(decode_html(shown), element.inner_start, element.inner_end))
    return element, link.end()


def _not_a_tag(reader: SpanReader, at: int) -> Found | int:
    text = reader.text
    base = reader.base
    if text.startswith("<!--", at):
        if at < reader.no_comment_after:
            end = text.find("-->", at + 4) + 3
            if end > 3 - 1:
                return Comment(text[at + 4 : end - 3], base + at, base + end), end
            reader.no_comment_after = at
        return at + 1
    match = MALFORMED.match(text, at)
    if match is not None:
        reader.report(malformed_tag(base + at, base + match.end()))
    return at + 1


def _tag(reader: SpanReader, tag: Tag, at: int, *, raw: bool) -> Found | int:
    text = reader.text
    base = reader.base
    end = at + tag.length
    if tag.kind == END:
        reader.report(stray_end_tag(text[at:end], base + at))
        return end
    if tag.name in BLOCK_NAMES:
        reader.report(block_tag_in_paragraph(tag.name, base + at, base + end))
        return end
    element = Element(tag.name, tag.attributes, base + at, base + end)
    if tag.duplicate is not None:
        reader.report(duplicate_attribute(tag.duplicate, base + at, base + end))
    if tag.kind == VOID or tag.self_closing:
        return element, end
    element.inner_start = base + end
    holds_text = tag.name in SPAN_CONTENT or tag.name in BLOCK_CONTENT
    raw_inside = raw or not holds_text
    if tag.markdown == "0":
        raw_inside = True
    elif tag.markdown == "1":
        raw_inside = not holds_text
    elif tag.markdown == "span":
        raw_inside = False
    if raw_inside and reader.references.abbreviations:
        reader.references.raw_elements[id(element)] = element
    reader.enter("", at)
    closer = TagCloser(tag.name)
    after = (
        _read_raw(reader, element.children, end, closer)
        if raw_inside
        else reader.read(element.children, end, closer)
    )
    reader.open.pop()
    if after < 0:
        after = len(text)
        element.inner_end = element.end = base + after
        element.closed = False
        reader.report(unclosed_element(tag.name, base + at, base + end))
    else:
        element.inner_end = base + reader.stop
        element.end = base + after
    if tag.kind == OPAQUE:
        _make_opaque(reader, element)
    elif tag.name in RAW_TEXT_NAMES:
        element.children = [Verbatim(_inner_html(reader, element), element.inner_start, element.inner_end)]
    return element, after


def _make_opaque(reader: SpanReader, element: Element) -> None:
    """Make text of what a script or style element holds.

    In a paragraph kramdown takes its content for HTML and escapes it, and the browser takes what
    kramdown writes for plain text.
    """
    html = _inner_html(reader, element)
    element.children = [Text(html, element.inner_start, element.inner_end)] if html else []


def _inner_html(reader: SpanReader, element: Element) -> str:
    return "".join(written(child, reader.text, reader.base, in_paragraph=True) for child in element.children)


def _read_raw(reader: SpanReader, children: list[Node], position: int, closer: TagCloser) -> int:
    """Like SpanReader.read, but nothing except HTML means anything."""
    text = reader.text
    base = reader.base
    first = position
    while True:
        at = text.find("<", position)
        if at < 0:
            if len(text) > first:
                children.append(Text(decode_html(text[first:]), base + first, base + len(text)))
            return -1
        length = closer.length(reader, at, children)
        if length:
            if at > first:
                children.append(Text(decode_html(text[first:at]), base + first, base + at))
            reader.stop = at
            return at + length
        tag = classify(text, at, in_paragraph=True)
        found = _not_a_tag(reader, at) if tag.kind == TEXT else _tag(reader, tag, at, raw=True)
        if isinstance(found, int):
            position = found
            continue
        if at > first:
            children.append(Text(decode_html(text[first:at]), base + first, base + at))
        node, position = found
        children.append(node)
        first = position
