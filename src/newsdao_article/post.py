"""A post: its exact source, the pieces that tile it, and the article that it means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import attrs

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import Block
from newsdao_article.problems import DecodeError, LimitExceeded, LineMap, Problem, SourceSpan
from newsdao_article.reading.blocks import scan_body
from newsdao_article.reading.front_matter import FrontMatterReading, RecoveredTitle, read_front_matter
from newsdao_article.reading.nodes import read_blocks
from newsdao_article.reading.repair import repair_apart
from newsdao_article.reading.tree import Node

__all__ = ["MAX_LENGTH", "Piece", "Post", "parse", "read"]

#: The longest text that is read, in characters; posts of these sites stay below 20,000.
MAX_LENGTH: Final = 16 * 1024 * 1024


@attrs.frozen
class Piece:
    """A stretch of the source and the blocks that were read from it.

    Pieces tile the source: each begins where the one before it ends. `blocks` is empty for front
    matter, for gaps between blocks and for definitions; it holds several where a browser splits what the
    post wrote as one.
    """

    span: SourceSpan
    blocks: tuple[Block, ...] = ()

    @property
    def start(self) -> int:
        """The offset of the first character."""
        return self.span.start

    @property
    def end(self) -> int:
        """The offset after the last character."""
        return self.span.end


@attrs.frozen
class Post:
    """A post as read: what it says, and exactly how.

    `source` is the text, character for character; `article` what its readers get; `problems` what its
    author did not mean, in order of position. `body_start` is the offset at which the body begins.
    """

    source: str
    article: Article
    pieces: tuple[Piece, ...] = attrs.field(repr=False)
    problems: tuple[Problem, ...] = attrs.field(repr=False)
    front_matter: FrontMatterReading = attrs.field(repr=False)

    @property
    def body_start(self) -> int:
        """The offset of the first character after the front matter."""
        return self.front_matter.body_start

    @property
    def recovered_title(self) -> RecoveredTitle | None:
        """The title that the author evidently meant, where broken front matter leaves Jekyll without any."""
        return self.front_matter.recovered_title

    def __str__(self) -> str:
        return self.source


def parse(text: str) -> Post:
    """Read a post: front matter as Jekyll reads it, the body as kramdown and then a browser do.

    Any text parses, and `parse(text).source == text`; faults become `problems`. Raises `LimitExceeded` for text
    longer than `MAX_LENGTH` characters, nested deeper than 100 levels, or so broken that a browser would re-open
    formatting without end, and nothing else. Time and memory
    grow linearly with the text.
    """
    if len(text) > MAX_LENGTH:
        raise LimitExceeded(f"a post of {len(text):,} characters; at most {MAX_LENGTH:,} are read")
    # A subclass such as Markup gives its own kind of slices and sums; the readers want plain text.
    text = str.__str__(text)
    front_matter = read_front_matter(text)
    scan = scan_body(text, front_matter.body_start)
    pieces = _pieces(text, front_matter.body_start, repair_apart(scan.blocks))
    blocks = [block for piece in pieces for block in piece.blocks]
    return Post(
        text,
        Article.from_blocks(blocks, front_matter.front_matter),
        pieces,
        _located((*front_matter.problems, *scan.problems), text),
        front_matter,
    )


def _pieces(
    text: str, body_start: int, content: Iterable[tuple[Sequence[Node], Sequence[Node]]]
) -> tuple[Piece, ...]:
    """The front matter, each block, and each gap between blocks, from the first character to the last."""
    pieces: list[Piece] = []
    position = 0
    if body_start:
        pieces.append(Piece(SourceSpan(0, body_start)))
        position = body_start
    for scanned, repaired in content:
        start, end = scanned[0].start, scanned[-1].end
        blocks = tuple(read_blocks(repaired))
        if start >= len(text):
            # What the engine adds at the end (footnotes) belongs to what stands there last.
            last = pieces.pop() if position == len(text) else Piece(SourceSpan(position, len(text)))
            pieces.append(Piece(last.span, last.blocks + blocks))
            position = len(text)
            continue
        if start > position:
            pieces.append(Piece(SourceSpan(position, start)))
        # A paragraph of NULs is an empty one to kramdown; its characters are its piece all the same.
        position = max(end, start + 1)
        pieces.append(Piece(SourceSpan(start, position), blocks))
    if position < len(text):
        pieces.append(Piece(SourceSpan(position, len(text))))
    return tuple(pieces)


def read(path: str | os.PathLike[str]) -> Post:
    """Read a post from a UTF-8 file, keeping every byte: line ends, byte order mark, final blanks.

    `post.source.encode()` is the file again. Raises `OSError` for a file that cannot be read,
    `DecodeError` for one that is not UTF-8, and what `parse` raises.
    """
    data = Path(path).read_bytes()
    return parse(decode(data))


def decode(data: bytes) -> str:
    """The text of a post file, strictly UTF-8; raises `DecodeError` with the line of the first bad byte."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DecodeError(
            f"not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start} (line {line}); save the file as UTF-8",
            offset=error.start,
            line=line,
        ) from None


def _located(problems: tuple[Problem, ...], source: str) -> tuple[Problem, ...]:
    if not problems:
        return ()
    lines = LineMap(source)
    located: list[Problem] = []
    for problem in sorted(problems, key=lambda p: (p.span.start, p.span.end)):
        line, column = lines.position(problem.span.start)
        located.append(attrs.evolve(problem, line=line, column=column))
    return tuple(located)
