"""Block quotations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.grammar import LAZY, NULL_AND_SPACE
from newsdao_article.reading.tree import Element, set_apart

if TYPE_CHECKING:
    from newsdao_article.reading.block_reader import BlockReader

__all__ = ["read_quote"]

_MARK: Final = re.compile(r" {0,3}> ?")


def read_quote(reader: BlockReader, position: int) -> int:
    """A quotation: lines that begin with `>`, and lines that follow lazily."""
    text = reader.text
    match = LAZY.match(text, position)
    assert match is not None
    end = match.end()
    pieces: list[str] = []
    local: list[int] = []
    outer: list[int] = []
    length = 0
    line = position
    while line < end:
        following = text.index("\n", line) + 1
        mark = _MARK.match(text, line)
        first = mark.end() if mark is not None else line
        pieces.append(text[first:following])
        local.append(length)
        outer.append(first)
        length += following - first
        line = following
    last = position + len(text[position:end].rstrip(NULL_AND_SPACE))
    element = Element("blockquote", reader.take_attributes(), position, last, markdown=True)
    element.inner_start = min(outer[0], last)
    reader.append(element)
    element.children = reader.inner_reader("".join(pieces), local, outer).read_buffer(last)
    set_apart(element.children)
    return end
