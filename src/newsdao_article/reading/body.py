"""A body from its characters to its blocks: scanned, repaired, and read into the model."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newsdao_article.model.blocks import Block
from newsdao_article.problems import Problem
from newsdao_article.reading.blocks import scan_body
from newsdao_article.reading.nodes import read_blocks
from newsdao_article.reading.repair import repair_apart
from newsdao_article.reading.tree import Element, Node

__all__ = ["BlockReading", "BodyReading", "read_body"]


@attrs.frozen(eq=False)
class BlockReading:
    """A stretch of the source that was written as one block, and the blocks that readers get of it.

    `nodes` is its tree after the browser's repair; `is_markdown` tells how it was written.
    """

    start: int
    end: int
    blocks: tuple[Block, ...]
    nodes: Sequence[Node]
    is_markdown: bool


@attrs.frozen(eq=False)
class BodyReading:
    """The blocks of a body in order, none overlapping, and what is wrong with it."""

    readings: tuple[BlockReading, ...]
    problems: Sequence[Problem]


def read_body(source: str, start: int) -> BodyReading:
    """The body that begins at `start`. Linear; raises `LimitExceeded` as `scan_body` and `repair` do."""
    scan = scan_body(source, start)
    readings: list[BlockReading] = []
    position = start
    for scanned, repaired in repair_apart(scan.blocks):
        first = scanned[0]
        blocks = tuple(read_blocks(repaired))
        if first.start >= len(source):
            # What the engine adds at the end (footnotes) belongs to what stands there last.
            last = readings.pop() if readings and position == len(source) else None
            begin = position if last is None else last.start
            before, nodes = ((), ()) if last is None else (last.blocks, last.nodes)
            readings.append(BlockReading(begin, len(source), before + blocks, [*nodes, *repaired], True))
            position = len(source)
            continue
        # A paragraph of NULs is an empty one to kramdown; its characters are its piece all the same.
        position = max(scanned[-1].end, first.start + 1)
        is_markdown = isinstance(first, Element) and first.markdown
        readings.append(BlockReading(first.start, position, blocks, repaired, is_markdown))
    return BodyReading(tuple(readings), scan.problems)
