"""The characters that the scanner reads, and the way back from them to the source.

At the top level the scanner reads the source itself, so positions need no translation. The
content of a list item or a quotation, and a body with CR line ends, is read from a buffer whose
lines were put together anew; a `PositionMap` says where each of its pieces came from.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING, Final

from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.tree import Element, Node

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PositionMap", "clamp", "normalized", "translate", "translate_problems"]

_NEWLINE: Final = re.compile(r"\r\n?")


class PositionMap:
    """Where the pieces of a buffer stand in the buffer that it was made from.

    `local` are the ascending offsets at which pieces begin, `outer` the offsets they came
    from. A look-up costs O(log pieces) for each level of nesting.
    """

    __slots__ = ("_local", "_outer", "_parent")

    def __init__(self, local: list[int], outer: list[int], parent: PositionMap | None = None) -> None:
        self._local = local
        self._outer = outer
        self._parent = parent

    def extend(self, local: int, outer: int) -> None:
        """Add a piece at the end of the buffer."""
        self._local.append(local)
        self._outer.append(outer)

    def outer(self, offset: int) -> int:
        """The offset in the enclosing buffer of the character at `offset`."""
        outer = self._outer
        piece = bisect.bisect_right(self._local, offset) - 1
        position = outer[piece] + offset - self._local[piece]
        # Spaces that stand for a tab are more than there is in the source.
        return min(position, outer[piece + 1]) if piece + 1 < len(outer) else position

    def outer_end(self, offset: int) -> int:
        """The offset in the enclosing buffer just after the character before `offset`."""
        return self.outer(offset - 1) + 1 if offset else self.outer(0)

    def up_to(self, offset: int, ancestor: PositionMap | None) -> int:
        """The offset in the buffer of `ancestor` of the character at `offset`."""
        level: PositionMap | None = self
        while level is not ancestor and level is not None:
            offset = level.outer(offset)
            level = level._parent
        return offset

    def source(self, offset: int) -> int:
        """The offset in the source of the character at `offset`."""
        return self.up_to(offset, None)

    def source_end(self, offset: int) -> int:
        """The offset in the source just after the character before `offset`."""
        return self.source(offset - 1) + 1 if offset else self.source(0)


def normalized(source: str, start: int) -> tuple[str, int, PositionMap | None]:
    """A buffer that ends in a line feed and has no CR, where to begin in it, and its map.

    The source itself is the buffer whenever that is possible.
    """
    if "\r" not in source and (start == 0 or source[start - 1] == "\n"):
        return (source if source.endswith("\n") else source + "\n"), start, None
    pieces: list[str] = []
    local: list[int] = []
    outer: list[int] = []
    length = 0
    position = start
    for newline in _NEWLINE.finditer(source, start):
        piece = source[position : newline.start()] + "\n"
        pieces.append(piece)
        local.append(length)
        outer.append(position)
        length += len(piece)
        position = newline.end()
    local.append(length)
    outer.append(position)
    pieces.append(source[position:])
    text = "".join(pieces)
    if not text.endswith("\n"):
        text += "\n"
    return text, 0, PositionMap(local, outer)


def translate(nodes: list[Node], positions: PositionMap, *, to_source: bool = False) -> None:
    """Move nodes with all their descendants from a buffer into the one around it, or the source."""
    pending: list[Node] = list(nodes)
    outer = positions.source if to_source else positions.outer
    outer_end = positions.source_end if to_source else positions.outer_end
    while pending:
        node = pending.pop()
        if type(node) is Element:
            pending += node.children
            if node.inner_start <= node.inner_end < node.end or node.inner_start < node.inner_end:
                node.inner_start = outer(node.inner_start)
                node.inner_end = max(outer_end(node.inner_end), node.inner_start)
                node.start, node.end = outer(node.start), outer_end(node.end)
            else:
                node.start, node.end = outer(node.start), outer_end(node.end)
                node.inner_start = node.inner_end = node.end
        elif node.start == node.end:
            node.start = node.end = outer_end(node.end)
        else:
            node.start, node.end = outer(node.start), outer_end(node.end)


def clamp(nodes: list[Node], end: int) -> None:
    """Let nodes with all their descendants end no later than at `end`."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if node.end <= end:
            continue
        node.end = end
        node.start = min(node.start, end)
        if type(node) is Element:
            node.inner_end = min(node.inner_end, end)
            node.inner_start = min(node.inner_start, node.inner_end)
            pending += node.children


def translate_problems(
    problems: list[Problem], first: int, start: Callable[[int], int], end: Callable[[int], int]
) -> None:
    """Move the problems from index `first` on out of a buffer."""
    for index in range(first, len(problems)):
        problem = problems[index]
        span = SourceSpan(start(problem.span.start), end(problem.span.end))
        problems[index] = Problem(problem.code, problem.message, span)
