"""What a reader does not take in, or a flavour of Markdown cannot say, taken out of an article and counted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import attrs

from newsdao_article.model.article import Article, Section
from newsdao_article.model.blocks import Block
from newsdao_article.model.inlines import Inline
from newsdao_article.model.walk import Node, children
from newsdao_article.problems import ArticleError, LimitExceeded
from newsdao_article.rendering.markdown_flavors import FLAVORS, FlavorName
from newsdao_article.rendering.reduction_blanks import settled_block, settled_line
from newsdao_article.rendering.reduction_ledger import Ledger, runs
from newsdao_article.rendering.reduction_plain import PlainReducer
from newsdao_article.rendering.reduction_reader import ReaderReducer

__all__ = ["LOSSES", "Level", "Loss", "LossError", "Reduction", "reduce", "reduced"]

Level: TypeAlias = Literal["reader", "plain"]
_LEVELS: Final = ("exact", "reader", "plain")
_MAX_DEPTH: Final = 100

#: Every kind of loss: the first level that has it, and what it takes out.
LOSSES: Final[dict[str, tuple[Level, str]]] = {
    "size": ("reader", "the editor's size of a heading, paragraph or spacer (data-ke-size)"),
    "editor-attribute": ("reader", "an attribute that an editor left behind (data-…, contenteditable)"),
    "attribute": (
        "reader",
        "an attribute that changes nothing for a reader (class, itemprop…, an id that no link of the article names); at plain every one but addresses, titles and alternative texts",
    ),
    "style": (
        "reader",
        "a declaration other than colour, alignment, weight, slant, decoration and the like; at plain every one",
    ),
    "comment": ("reader", "a comment"),
    "wrapper": (
        "reader",
        "an element that only wraps: a div or span without a visible attribute, the lone paragraph of a cell",
    ),
    "column": (
        "reader",
        "the format of a column (col); at plain also an alignment that changes within a column",
    ),
    "color": ("plain", "a text or background colour"),
    "underline": ("plain", "an underline"),
    "small": ("plain", "small print"),
    "superscript": ("plain", "a raised position"),
    "subscript": ("plain", "a lowered position"),
    "span": ("plain", "any other inline element, down to its content"),
    "strikethrough": ("plain", "a strikethrough, where the flavour has none"),
    "emphasis": ("plain", "bold, italic or struck text where the flavour's signs would not be read"),
    "line-break": (
        "plain",
        "a line break where the flavour has none: in headings and cells, several in a row, at an edge",
    ),
    "link": (
        "plain",
        "a link without text, within a link, or to an address that may not be published; its text stays",
    ),
    "image": ("plain", "an image whose address may not be published"),
    "code": ("plain", "the marking as code of text that the flavour's signs cannot hold"),
    "spacer": ("plain", "an empty line between blocks"),
    "raw": ("plain", "markup that no type fits"),
    "division": ("plain", "a division, figure, details or question element; its content stays"),
    "table": ("plain", "a table where the flavour has none; its rows stay, as lines"),
    "cell-span": ("plain", "that a cell spans columns or rows; empty cells take the place"),
    "cell-blocks": ("plain", "blocks within a cell; their text stays, on one line"),
    "header-cell": ("plain", "that a cell outside the first row is a header"),
    "list": (
        "plain",
        "a list's first number where the flavour counts from one; a list where none can stand; that lists directly below one another are several",
    ),
    "item-block": ("plain", "a heading, table or rule within a list item; its text stays"),
    "empty": ("plain", "a block that shows nothing once the rest is gone"),
}


@attrs.frozen
class Loss:
    """What one kind of reduction took out: how often, and of which nodes (as they were, in document order)."""

    kind: str
    count: int
    nodes: tuple[Node, ...] = attrs.field(repr=False)

    @property
    def description(self) -> str:
        """The kind in words."""
        return LOSSES[self.kind][1]


@attrs.frozen
class Reduction:
    """A smaller article, and what it no longer has; no losses means that nothing was taken out."""

    article: Article
    losses: tuple[Loss, ...]


class LossError(ArticleError):
    """A rendering would lose something although it was asked not to; `losses` says what."""

    def __init__(self, losses: tuple[Loss, ...]) -> None:
        kinds = ", ".join(f"{loss.kind} ({loss.count})" for loss in losses)
        super().__init__(
            f"this would be lost: {kinds}; allow it with on_loss='record' or keep more with fidelity='exact'"
        )
        self.losses = losses


def reduce(article: Article, level: Level = "reader", flavor: FlavorName = "kramdown") -> Reduction:
    """`article` less what `level` leaves out, and the losses.

    `"reader"` keeps what a reader takes in: words, structure, emphasis, colour, links with their `rel`, images, cells,
    alignment. `"plain"` keeps what `flavor` says without HTML. `LOSSES` lists what goes. What only
    changes its spelling is no loss: `<b>` becomes `<strong>`, blanks move out of emphasis, neighbours of
    one kind are joined, a table's first row that is bold throughout becomes its header row. Reducing
    twice changes nothing more. O(n); raises `LimitExceeded` for content nested more than 100 levels deep.
    """
    ledger = Ledger()
    blocks = _blocks(article, level, flavor, ledger)
    return Reduction(Article.from_blocks(blocks, article.front_matter), _losses(ledger))


def reduced(
    node: Article | Section | Block | Inline, level: str, flavor: FlavorName, *, refuse: bool
) -> list[Block | Inline]:
    """What is left of `node` at `level`, as blocks or as inlines; raises `LossError` if `refuse` and anything is lost."""
    ledger = Ledger()
    parts: list[Block | Inline] = []
    if isinstance(node, (Article, Section)):
        parts.extend(_blocks(node, level, flavor, ledger))
    else:
        for part in runs((node,)):
            if isinstance(part, tuple):
                parts.extend(_inlines(part[0], level, flavor, ledger))
            else:
                parts.extend(_blocks(part, level, flavor, ledger))
    if refuse and (losses := _losses(ledger)):
        raise LossError(losses)
    return parts


def _losses(ledger: Ledger) -> tuple[Loss, ...]:
    return tuple(
        Loss(kind, len(ledger.entries[kind]), tuple(ledger.entries[kind]))
        for kind in LOSSES
        if kind in ledger.entries
    )


def _blocks(node: Article | Section | Block, level: str, flavor: FlavorName, ledger: Ledger) -> list[Block]:
    _check(node, level)
    blocks: Iterable[Block]
    if isinstance(node, Article):
        blocks = node.blocks
    elif isinstance(node, Section):
        blocks = (node.heading, *node.blocks)
    else:
        blocks = (node,)
    if level == "exact":
        return list(blocks)
    found = [settled_block(block) for block in ReaderReducer(node, FLAVORS[flavor], ledger).blocks(blocks)]
    return PlainReducer(FLAVORS[flavor], ledger).document(found) if level == "plain" else found


def _inlines(node: Inline, level: str, flavor: FlavorName, ledger: Ledger) -> tuple[Inline, ...]:
    _check(node, level)
    if level == "exact":
        return (node,)
    found = settled_line(ReaderReducer(node, FLAVORS[flavor], ledger).inlines((node,)), line_end="\n")
    return PlainReducer(FLAVORS[flavor], ledger).line(found) if level == "plain" else found


def _check(node: Node, level: str) -> None:
    if level not in _LEVELS:
        raise ValueError(f"level must be one of {', '.join(_LEVELS)}, got {level!r}")
    stack = [(node, 0)]
    while stack:
        current, depth = stack.pop()
        if depth > _MAX_DEPTH:
            raise LimitExceeded(f"content is nested more than {_MAX_DEPTH} levels deep; flatten it")
        stack.extend([(child, depth + 1) for child in children(current)])
