"""kramdown's own notation inside a paragraph: attribute lists and extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.references import read_attribute_list
from newsdao_article.reading.tags import drop_empty_id
from newsdao_article.reading.tree import Comment, Element, Node, Verbatim

if TYPE_CHECKING:
    from newsdao_article.reading.spans import SpanReader

__all__ = ["EXTENSION_NAMES", "ends_with_symbol", "read_brace", "wants_html"]

_IDENTIFIER: Final = r"[A-Za-z0-9_][A-Za-z0-9_\-]*"
_EXTENSION: Final = re.compile(rf"\{{::({_IDENTIFIER})(?:[ \t\n\r\f\v]((?:\\\}}|[^}}])*?))?(/)?\}}")
_STOP: Final = {name: re.compile(rf"\{{:/(?:{name})?\}}") for name in ("comment", "nomarkdown", "options")}
_STRAY_STOP: Final = re.compile(rf"\{{:/(?:{_IDENTIFIER})?\}}")
EXTENSION_NAMES: Final = frozenset(_STOP)
_TYPE: Final = re.compile(r"(?:^|[ \t\n])type=([\"'])(.*?)\1")


def wants_html(options: str | None) -> bool:
    """Whether the options of a nomarkdown extension leave it in HTML output."""
    match = _TYPE.search(options or "")
    return match is None or match[2] == "html"


def read_brace(reader: SpanReader, at: int, before: Node | None) -> tuple[Node | None, int] | int:
    """What `{` begins; `before` is the element that ends just before it, if one does.

    Gives no node for what leaves no trace of its own.
    """
    text = reader.text
    if not text.startswith(":", at + 1):
        return at + 1
    found = _extension(reader, at)
    if found is not None:
        return found
    closing = reader.closing_brace(at)
    if closing <= at + 2:
        return at + 1
    if before is None:
        start, end = reader.base + at, reader.base + closing + 1
        reader.report(
            Problem(
                "stray-attribute-list",
                "an attribute list must follow an element at once; Jekyll shows it as text, move or remove it",
                SourceSpan(start, end),
            )
        )
        return at + 1
    if type(before) is Element and id(before) not in reader.references.footnote_marks:
        attributes = dict(before.attributes)
        read_attribute_list(text[at + 2 : closing], reader.references.attribute_lists, attributes)
        drop_empty_id(attributes)
        before.attributes = attributes
        if before.end == reader.base + at:
            before.end = reader.base + closing + 1
    return None, closing + 1


def ends_with_symbol(reader: SpanReader, start: int, at: int) -> bool:
    """Whether what ends at `at` is for kramdown an element of its own, such as a quotation mark."""
    if at == reader.symbol_end:
        return True
    if at <= start:
        return False
    text = reader.text
    last = text[at - 1]
    if last in "\"'":
        return True
    if last not in ".->":
        return False
    first = at
    while first > start and text[first - 1] == last:
        first -= 1
    length = at - first
    return length % 3 == 0 or (last == "-" and length % 3 == 2) if last != ">" else length % 2 == 0


def _extension(reader: SpanReader, at: int) -> tuple[Node | None, int] | int | None:
    text = reader.text
    match = _EXTENSION.match(text, at)
    if match is None:
        stray = _STRAY_STOP.match(text, at)
        return at + 1 if stray is not None else None
    name = match[1]
    if name not in EXTENSION_NAMES:
        return at + 1
    inner = match.end()
    if match[3]:
        return None, inner
    if reader.budget < 0:
        return at + 1
    stop = _STOP[name].search(text, inner)
    if stop is None:
        reader.budget -= (len(text) - inner) // 16
        return inner
    base = reader.base
    content = text[inner : stop.start()]
    if name == "comment":
        return Comment(f" {content} ", base + at, base + stop.end()), stop.end()
    if name == "nomarkdown" and content and wants_html(match[2]):
        return Verbatim(content, base + at, base + stop.end()), stop.end()
    return None, stop.end()
