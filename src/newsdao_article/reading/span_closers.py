"""What ends a span: each closer names the characters to stop at and checks what stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.names import ALPHANUMERIC
from newsdao_article.reading.tags import END, classify
from newsdao_article.reading.tree import Element, Node

if TYPE_CHECKING:
    from newsdao_article.reading.spans import SpanReader

__all__ = ["BracketCloser", "EmphasisCloser", "Found", "SpanCloser", "TagCloser"]

Found = tuple[Node, int]

_SPACE: Final = " \t\n\r\f\v"
_LETTER_OR_DIGIT: Final = re.compile(ALPHANUMERIC)


class SpanCloser:
    """The end of a span."""

    __slots__ = ("characters",)

    def __init__(self, characters: str) -> None:
        self.characters = characters

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        """The length of the end that stands at `position`, 0 if none does."""
        raise NotImplementedError


class EmphasisCloser(SpanCloser):
    """A delimiter that no white space precedes, after some content."""

    __slots__ = ("_after", "_delimiter")

    def __init__(self, delimiter: str, after: int) -> None:
        super().__init__(delimiter[0])
        self._delimiter = delimiter
        self._after = after

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        text = reader.text
        delimiter = self._delimiter
        if (
            position <= self._after
            or text[position - 1] in _SPACE
            or not text.startswith(delimiter, position)
        ):
            return 0
        end = position + len(delimiter)
        mark = delimiter[0]
        if len(delimiter) == 1 and text.startswith(mark, end) and not text.startswith(mark, end + 1):
            return 0
        if mark == "_" and _LETTER_OR_DIGIT.match(text, end):
            return 0
        return len(delimiter)


class TagCloser(SpanCloser):
    """The end tag of an element."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        super().__init__("<")
        self._name = name

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        if not reader.text.startswith("/", position + 1):
            return 0
        tag = classify(reader.text, position)
        return tag.length if tag.kind == END and tag.name == self._name else 0


class BracketCloser(SpanCloser):
    """The bracket that ends the text of a link.

    Brackets inside are counted. An image among the children has brackets of its own, of which
    only the first one was met here.
    """

    __slots__ = ("_open",)

    def __init__(self) -> None:
        super().__init__("[!]")
        self._open = 1

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        character = reader.text[position]
        if character == "!" and not reader.text.startswith("[", position + 1):
            return 0
        self._open += -1 if character == "]" else 1
        images = sum(
            1 for child in children if type(child) is Element and child.tag == "img" and child.markdown
        )
        return 0 if self._open - images else 1
