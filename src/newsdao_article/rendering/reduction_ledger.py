"""Where reductions are written down, and the small steps that both levels share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from newsdao_article.model.attributes import NO_ATTRIBUTES
from newsdao_article.model.blocks import Block, Flow, Paragraph, Spacer
from newsdao_article.model.inlines import (
    INLINE_TYPES,
    Comment,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Strikethrough,
    Strong,
    Text,
    is_invisible,
    join_texts,
)
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.model.walk import Node

__all__ = ["Ledger", "as_blocks", "runs", "tidy"]


@attrs.define
class Ledger:
    """The nodes that lost something, by kind of loss, in the order in which they were met."""

    entries: dict[str, list[Node]] = attrs.field(factory=dict[str, "list[Node]"])

    def lose(self, kind: str, node: Node, count: int = 1) -> None:
        """Write down that `node` lost something of that kind, `count` times."""
        self.entries.setdefault(kind, []).extend([node] * count)


def tidy(content: Iterable[Inline]) -> Inlines:
    """Inlines with emphasis spelled as simply as a reader sees it: O(n).

    Blanks and line breaks at the edges of emphasis move out of it, neighbours of one kind join, and what is empty goes.
    """
    found: list[Inline] = []
    for node in content:
        if not isinstance(node, (Strong, Emphasis, Strikethrough)) or node.attributes:
            found.append(node)
            continue
        before, inside, after = _without_edges(node.content)
        found.extend(before)
        if inside:
            last = found[-1] if found else None
            if type(last) is type(node) and isinstance(last, (Strong, Emphasis, Strikethrough)) and not last.attributes:
                found[-1] = attrs.evolve(last, content=(*last.content, *inside))
            else:
                found.append(attrs.evolve(node, content=inside))
        found.extend(after)
    return tuple(join_texts(found))  # type: ignore[arg-type]


def _without_edges(content: Inlines) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """`content` parted into the blanks and breaks at its start, the rest, and those at its end."""
    inside = list(content)
    before: list[Inline] = []
    after: list[Inline] = []
    while inside and (edge := _edge(inside[0], str.lstrip)) is not None:
        taken, left = edge
        before.append(taken)
        inside[:1] = left
    while inside and (edge := _edge(inside[-1], str.rstrip)) is not None:
        taken, left = edge
        after.insert(0, taken)
        inside[-1:] = left
    return before, inside, after


def _edge(node: Inline, strip: Callable[[str, str], str]) -> tuple[Inline, list[Inline]] | None:
    if isinstance(node, LineBreak):
        return node, []
    if not isinstance(node, Text):
        return None
    left = strip(node.text, HTML_SPACE)
    if left == node.text:
        return None
    return Text(" "), [Text(left)] if left else []


def runs(content: Flow) -> list[Block | Inlines]:
    """`content` as blocks and the runs of inlines between them."""
    found: list[Block | Inlines] = []
    run: list[Inline] = []
    for node in content:
        if isinstance(node, INLINE_TYPES):
            run.append(node)
            continue
        if run:
            found.append(tuple(run))
            run = []
        found.append(node)
    if run:
        found.append(tuple(run))
    return found


def as_blocks(content: Flow) -> list[Block]:
    """`content` with each run of inlines as a paragraph; one that shows nothing but an empty line is a spacer."""
    found: list[Block] = []
    for part in runs(content):
        if not isinstance(part, tuple):
            found.append(part)
        elif not is_invisible(part):
            found.append(Paragraph(part, size=None))
        elif not all(isinstance(node, Comment) or node == Text(" ") for node in part):
            found.append(Spacer(size=None, content=part, attributes=NO_ATTRIBUTES))
    return found
