"""A post: its exact source, the pieces that tile it, and the article that it means."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import attrs

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import Block
from newsdao_article.model.walk import Node, map_nodes
from newsdao_article.problems import (
    DecodeError,
    InvalidValueError,
    LimitExceeded,
    LineMap,
    Problem,
    RoundTripError,
    SourceSpan,
)
from newsdao_article.reading.body import BlockReading, read_body
from newsdao_article.reading.front_matter import FrontMatterReading, RecoveredTitle, read_front_matter
from newsdao_article.writing.changes import Change, changes_between, unified_diff
from newsdao_article.writing.disagreement import first_disagreement
from newsdao_article.writing.draft import Draft
from newsdao_article.writing.files import write_source

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
    `original` is the post that this one is an edit of, as it was first read; None if it was read itself.
    """

    source: str
    article: Article
    pieces: tuple[Piece, ...] = attrs.field(repr=False)
    problems: tuple[Problem, ...] = attrs.field(repr=False)
    front_matter: FrontMatterReading = attrs.field(repr=False)
    original: Post | None = attrs.field(default=None, repr=False, eq=False)

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

    def with_article(self, article: Article) -> Post:
        """The post that says `article`, and is otherwise written as this one is, character by character.

        Blocks that did not change keep theirs; a changed one changes down to the leaf that differs, in the form
        that it has; new ones take the form and the gaps of their neighbours. The new text is read again before
        it is returned: `post.with_article(article).article == article`, always. Where no edit inside a
        block reads as asked the block is written anew, and `problems` of the result say so.

        Raises `RoundTripError` if the article cannot be written so that it reads back equal, and `LimitExceeded`
        as the renderers do. Costs two to three times what `parse` does.
        """
        if article == self.article:
            return self
        draft = Draft(self.source, self.front_matter, self.article, article)
        post = parse(draft.text())
        while post.article != article:
            if not draft.refine(post.article):
                raise RoundTripError(*first_disagreement(article, post.article))
            post = parse(draft.text())
        problems = _located((*post.problems, *draft.problems()), post.source)
        return attrs.evolve(post, problems=problems, original=self.original or self)

    def map(self, function: Callable[[Node], Node | tuple[Node, ...]]) -> Post:
        """The post with every node of its article replaced by what `function` returns, as `map_nodes` does it."""
        return self.with_article(map_nodes(self.article, function))

    def changes(self) -> tuple[Change, ...]:
        """What the edits since the post was first read changed, as typed values; nothing for one that was read."""
        return () if self.original is None else changes_between(self.original.article, self.article)

    def diff(self, name: str = "post.md") -> str:
        """The edits since the post was first read as a unified diff of its source, headed `a/name` and `b/name`."""
        return "" if self.original is None else unified_diff(self.original.source, self.source, name)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the source to `path` as UTF-8, whole or not at all.

        A file that is already there must hold what this post was read from, so that nobody's work is lost; its
        permissions stay, and a link stays a link. Raises `WriteConflictError` if it holds anything else,
        `OSError` if it cannot be written, and `InvalidValueError` for a lone surrogate, which UTF-8 cannot hold.
        """
        as_read = (self.original or self).source
        write_source(Path(path), _encoded(self.source), as_read=as_read.encode("utf-8", "surrogatepass"))


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
    body = read_body(text, front_matter.body_start)
    pieces = _pieces(text, front_matter.body_start, body.readings)
    blocks = [block for piece in pieces for block in piece.blocks]
    return Post(
        text,
        Article.from_blocks(blocks, front_matter.front_matter),
        pieces,
        _located((*front_matter.problems, *body.problems), text),
        front_matter,
    )


def _pieces(text: str, body_start: int, readings: Iterable[BlockReading]) -> tuple[Piece, ...]:
    """The front matter, each block, and each gap between blocks, from the first character to the last."""
    pieces: list[Piece] = []
    position = body_start
    if body_start:
        pieces.append(Piece(SourceSpan(0, body_start)))
    for reading in readings:
        if reading.start > position:
            pieces.append(Piece(SourceSpan(position, reading.start)))
        position = reading.end
        pieces.append(Piece(SourceSpan(reading.start, position), reading.blocks))
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


def _encoded(source: str) -> bytes:
    try:
        return source.encode("utf-8")
    except UnicodeEncodeError as error:
        line, column = LineMap(source).position(error.start)
        raise InvalidValueError(
            f"the source holds a lone surrogate at line {line}, column {column}, which no UTF-8 file can: remove it"
        ) from None


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
