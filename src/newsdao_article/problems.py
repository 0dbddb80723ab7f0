"""Positions, problems and errors: everything that tells a person what is wrong and where.

Errors form one small hierarchy::

    ArticleError
    ├── InvalidValueError (also ValueError)    a constructor was given what must not be published
    ├── LimitExceeded (also ValueError)        input larger or deeper than the limits allow
    ├── DecodeError (also ValueError)          a file that is not UTF-8
    ├── RoundTripError                         a rewritten post that would not read back as asked
    └── WriteConflictError                     a file that is not what was read from it

A `Problem` is a value, not an exception: reading never fails, it reports.
"""

from __future__ import annotations

import bisect
from typing import Final

import attrs

__all__ = [
    "ArticleError",
    "DecodeError",
    "InvalidValueError",
    "LimitExceeded",
    "LineMap",
    "Problem",
    "RoundTripError",
    "SourceSpan",
    "WriteConflictError",
]


class ArticleError(Exception):
    """Base class of every exception that this library raises on purpose."""


class InvalidValueError(ArticleError, ValueError):
    """A value that must not be published, refused by a constructor."""


class LimitExceeded(ArticleError, ValueError):
    """Input that is larger, deeper or more numerous than the limits allow."""


class DecodeError(ArticleError, ValueError):
    """A file whose bytes are not valid UTF-8; `offset` is the first bad byte."""

    def __init__(self, message: str, *, offset: int, line: int) -> None:
        super().__init__(message)
        self.offset = offset
        self.line = line


class RoundTripError(ArticleError):
    """An article that no text was found for that reads back equal.

    `path` names the place (`blocks[3].content[0]`), `requested` and `read` are what was asked for there and
    what the text would have said, as Python shows them.
    """

    def __init__(self, path: str, requested: str, read: str) -> None:
        super().__init__(
            f"{path} would not read back: asked for {requested}, got {read}; nothing was written"
        )
        self.path = path
        self.requested = requested
        self.read = read


class WriteConflictError(ArticleError):
    """A file was not replaced, because it is not what was read: somebody changed it in the meantime."""


@attrs.frozen
class SourceSpan:
    """A half-open range of characters of the source text."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InvalidValueError(f"a span must run forwards from 0 or later, got {self.start}..{self.end}")

    def slice(self, source: str) -> str:
        """The characters of `source` that the span covers."""
        return source[self.start : self.end]


class LineMap:
    """Turns offsets into 1-based lines and columns; built once, O(log lines) a look-up.

    A line ends with LF, CR LF or a lone CR, and nothing else, so that the numbers agree
    with what editors and Jekyll show.
    """

    __slots__ = ("_starts",)

    def __init__(self, source: str) -> None:
        starts = [0]
        position = 0
        for line in source.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
            position += len(line) + 1
            starts.append(position)
        # CR LF counted as two line ends above; drop the one that falls between the two.
        self._starts: Final = [
            s for s in starts[:-1] if not (0 < s < len(source) and source[s - 1 : s + 1] == "\r\n")
        ]

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of the character at `offset`."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@attrs.frozen
class Problem:
    """Something in a post that its author did not mean, and where it stands.

    `code` is stable and meant for filters, `message` says what happens and what to do.
    """

    code: str
    message: str
    span: SourceSpan
    line: int = attrs.field(default=1, eq=False)
    column: int = attrs.field(default=1, eq=False)

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.code} {self.message}"
