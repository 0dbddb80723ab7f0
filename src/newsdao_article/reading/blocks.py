"""The way into the scanner: the blocks of a body, and what is wrong with it.

Blocks are found first; their text is read by `spans` when every definition of the body is
known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdao_article.reading.block_reader import BlockReader
from newsdao_article.reading.finishing import finish_references, mark_abbreviations
from newsdao_article.reading.grammar import GFM, KRAMDOWN
from newsdao_article.reading.references import (
    References,
    SpanTask,
    join_attribute_lists,
    read_attribute_list,
)
from newsdao_article.reading.source import clamp, normalized, translate, translate_problems
from newsdao_article.reading.spans import SpanReader
from newsdao_article.reading.tags import drop_empty_id
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

if TYPE_CHECKING:
    from newsdao_article.problems import Problem

__all__ = ["Scan", "scan_body"]


class Scan:
    """The blocks of a body in their order, and what is wrong with it."""

    __slots__ = ("blocks", "problems")

    def __init__(self, blocks: list[Element | Comment | Verbatim], problems: list[Problem]) -> None:
        self.blocks = blocks
        self.problems = problems


def scan_body(source: str, start: int = 0, *, gfm: bool = True) -> Scan:
    """The blocks of the body that begins at `start`, with positions in `source`.

    Follows kramdown 2.4.0; `gfm` chooses its GFM input, as Jekyll does. Blocks are in order and
    do not overlap; white space between them and definitions belong to none. Any text can be
    read, in time linear in its length; raises LimitExceeded when elements nest deeper than 100
    levels.
    """
    text, position, positions = normalized(source, start)
    references = References(gfm=gfm)
    reader = BlockReader(text, references, GFM if gfm else KRAMDOWN, positions, 0)
    reader.read(position)
    children = reader.children
    if positions is not None:
        translate(children, positions)
        translate_problems(references.problems, 0, positions.source, positions.source_end)
    if references.attribute_tasks:
        _read_attribute_lists(references)
    for task in references.tasks:
        _read_task(task, references)
    for item in references.transparent:
        paragraph = item.children[0]
        assert type(paragraph) is Element
        item.children[:1] = paragraph.children
    if references.has_bare_lines:
        _unwrap_bare_lines(children)
    finish_references(children, references, len(source))
    if len(text) > len(source) or positions is not None:
        clamp(children, len(source))
    problems = references.problems
    if len(problems) > 1:
        problems.sort(key=_place)
    return Scan([child for child in children if not isinstance(child, Text)], problems)


def _read_attribute_lists(references: References) -> None:
    """Give the blocks the attributes of their lists; several lists of a block count as one."""
    lists: dict[int, list[str]] = {}
    for attributes, written in references.attribute_tasks:
        lists.setdefault(id(attributes), []).append(written)
    for attributes, _ in references.attribute_tasks:
        written_lists = lists.pop(id(attributes), None)
        if written_lists is not None:
            read_attribute_list(join_attribute_lists(written_lists), references.attribute_lists, attributes)
            drop_empty_id(attributes)


def _place(problem: Problem) -> tuple[int, int]:
    return problem.span.start, problem.span.end


def _read_task(task: SpanTask, references: References) -> None:
    problems = references.problems
    known_problems = len(problems)
    nodes: list[Node] = []
    reader = SpanReader(task.text, task.base, references, task.depth + 1, breaks=task.breaks)
    reader.breaks_at_end = not task.element.tag
    if task.element.children:
        # A check box stands before the text.
        reader.lead = task.element.children[-1]
    reader.read(nodes, 0, None)
    if references.abbreviations:
        mark_abbreviations(nodes, references)
    if task.positions is not None:
        translate(nodes, task.positions, to_source=True)
        translate_problems(problems, known_problems, task.positions.source, task.positions.source_end)
    if nodes and nodes[-1].end > task.element.inner_end:
        # A line feed that only parts an item's text from the blocks after it belongs to nothing.
        clamp(nodes, task.element.inner_end)
    task.element.children += nodes


def _unwrap_bare_lines(children: list[Node]) -> None:
    """Put lines without a paragraph of their own into what holds them; at the top they stay a block."""
    pending = [child.children for child in children if type(child) is Element]
    while pending:
        nodes = pending.pop()
        unwrapped: list[Node] = []
        for node in nodes:
            if type(node) is not Element:
                unwrapped.append(node)
            elif node.tag:
                unwrapped.append(node)
                pending.append(node.children)
            else:
                unwrapped += node.children
        nodes[:] = unwrapped
