"""Mathematics between `$$`, as kramdown writes it without a mathematics engine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.grammar import NULL_AND_SPACE
from newsdao_article.reading.tree import Element, Text, Verbatim

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader
    from newsdao_article.reading.span_closers import Found
    from newsdao_article.reading.spans import SpanReader

__all__ = ["read_inline_mathematics", "read_mathematics"]

_BLOCK: Final = re.compile(r" {0,3}\$\$(.*?)\$\$(?:[ \t\r\f\v]*\n)?", re.DOTALL)


def _formula(written: str, start: int, end: int) -> Text | Verbatim:
    """Formulas are not escaped by kramdown, so one with `<` or `&` is HTML to the browser."""
    return Verbatim(written, start, end) if "<" in written or "&" in written else Text(written, start, end)


def read_mathematics(reader: BlockReader, position: int) -> int:
    """A block of mathematics."""
    text = reader.text
    if not reader.at_boundary() or position >= reader.no_formula_after:
        return -1
    match = _BLOCK.match(text, position)
    if match is None:
        reader.no_formula_after = position
        return -1
    if not reader.before_boundary(match.end()):
        return -1
    end = position + len(match[0].rstrip(NULL_AND_SPACE))
    attributes = reader.take_attributes()
    element = Element("div", attributes, position, end, markdown=True)
    reader.references.formulas.append(element)
    element.inner_start, element.inner_end = match.span(1)
    element.children.append(_formula(f"$$\n{match[1].strip(NULL_AND_SPACE)}\n$$", *match.span(1)))
    reader.append(element)
    return match.end()


def read_inline_mathematics(reader: SpanReader, at: int) -> Found | int:
    """Mathematics inside a paragraph."""
    text = reader.text
    if not text.startswith("$", at + 1):
        return at + 1
    inner_end = text.find("$$", at + 2)
    if inner_end < 0:
        return at + 1
    base = reader.base
    end = inner_end + 2
    element = Element("span", {}, base + at, base + end, markdown=True)
    reader.references.formulas.append(element)
    element.inner_start = base + at + 2
    element.inner_end = base + inner_end
    element.children.append(
        _formula(f"${text[at + 2 : inner_end].strip(NULL_AND_SPACE)}$", base + at + 2, base + inner_end)
    )
    return element, end
