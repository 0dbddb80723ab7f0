"""The closed union `Block`: what an article is built of, one below the other.

Two kinds of content occur. Headings, paragraphs and captions hold *inlines*. Containers (list items,
cells, quotes, divisions…) hold *flow*, HTML's word for blocks and runs of inlines in any order.
White space alone between blocks is nothing that a reader sees, nor are blanks where a run of inlines meets a block; neither is part of the model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Literal, TypeAlias, TypeVar, get_args

import attrs

from newsdao_article.model.as_read import AsRead, character_fault, checked, held
from newsdao_article.model.attributes import NO_ATTRIBUTES, Attributes, settled
from newsdao_article.model.inlines import (
    INLINE_TAGS,
    INLINE_TYPES,
    Comment,
    Inline,
    Inlines,
    RawInline,
    Text,
    as_inlines,
    checked_markup,
    is_invisible,
    join_texts,
    with_style_values,
)
from newsdao_article.model.representation import compact_repr
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.problems import InvalidValueError

__all__ = [
    "ALIGNMENTS",
    "BLOCK_TAGS",
    "Alignment",
    "Block",
    "Cell",
    "CodeBlock",
    "Column",
    "Details",
    "Division",
    "Faq",
    "FaqItem",
    "Figure",
    "Flow",
    "FlowContent",
    "Heading",
    "List",
    "ListItem",
    "Paragraph",
    "Quote",
    "RawBlock",
    "Row",
    "Rule",
    "Spacer",
    "Table",
    "as_flow",
    "is_inline_level",
]

#: The elements that a `Division` may be, beyond the inline ones (which may wrap blocks too).
BLOCK_TAGS: Final = frozenset(
    "address article aside blockquote caption center col colgroup dd details dir div dl dt figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hgroup li main menu nav ol p pre search section summary table tbody td tfoot th thead "
    "tr ul".split()
)

#: Elements that a `Division` can only be as read, and that begin a line of their own like those above.
_FURTHER_BLOCK_TAGS: Final = frozenset(
    "body dialog fieldset form frameset html legend optgroup option".split()
)

Alignment: TypeAlias = Literal["left", "center", "right", "justify", "start", "end"]
#: The values of `text-align` that a cell's `align` takes.
ALIGNMENTS: Final = frozenset(("left", "center", "right", "justify", "start", "end"))

#: The values of `data-ke-size` that a `size` can hold.
SIZE: Final = re.compile("size([1-9][0-9]{0,3})")
#: The numbers that `start`, `colspan` and `rowspan` can hold (a plain 1 is HTML's default and no number of ours).
WHOLE_NUMBER: Final = re.compile("0|-?[1-9][0-9]{0,4}")
SPAN_NUMBER: Final = re.compile("0|[2-9]|[1-9][0-9]{1,3}")

_HOUSE_SIZE: Final = 16
_HOUSE_HEADING_SIZES: Final = {2: 26}


def as_flow(value: FlowContent) -> Flow:
    """The flow that `value` stands for: blocks and inlines, texts joined, blank runs left out.

    Raises `InvalidValueError` for anything that is neither.
    """
    nodes = tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
    for node in nodes:
        if type(node) not in _INLINE_CLASSES and not isinstance(node, (str, Block, Inline)):
            raise InvalidValueError(f"neither a block nor an inline: {type(node).__name__} {node!r}"[:120])
    return _without_blank_runs(join_texts(nodes))


_Part = TypeVar("_Part")


def _sequence(values: Iterable[_Part], what: str) -> Iterable[_Part]:
    if isinstance(values, str) or not isinstance(values, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(
            f"{what} must be a sequence; for a single one write [it]; got {values!r}"[:120]
        )
    return values


def _parts_of(values: Iterable[_Part], kind: type[_Part], what: str) -> tuple[_Part, ...]:
    parts = tuple(_sequence(values, what))
    for part in parts:
        if not isinstance(part, kind):
            raise InvalidValueError(f"{what} must be of the class {kind.__name__}, got {part!r}"[:120])
    return parts


def _tuple_of_columns(values: Iterable[Column]) -> tuple[Column, ...]:
    return _parts_of(values, Column, "columns")


def _tuple_of_faq_items(values: Iterable[FaqItem]) -> tuple[FaqItem, ...]:
    return _parts_of(values, FaqItem, "questions and answers")


def _flag(instance: object, attribute: attrs.Attribute[bool], value: bool) -> None:
    if not isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError(
            f"{type(instance).__name__}.{attribute.name} must be True or False, got {value!r}"
        )


def _identifier(value: str | None) -> str | None:
    return None if value is None else checked("an id", value, character_fault)


def _without_blank_runs(nodes: Iterable[Block | Inline]) -> Flow:
    kept: list[Block | Inline] = []
    run: list[Block | Inline] = []
    after_block = False
    for node in nodes:
        if type(node) in _INLINE_CLASSES or isinstance(node, RawBlock) or is_inline_level(node):
            run.append(node)
        else:
            kept.extend(_trimmed(run, start=after_block, end=True))
            run = []
            kept.append(node)
            after_block = True
    kept.extend(_trimmed(run, start=after_block, end=False))
    return tuple(kept)


def is_inline_level(node: Block | Inline) -> bool:
    """Whether white space beside `node` can show: it is an inline, or an inline element that holds blocks."""
    if isinstance(node, Division):
        return node.tag not in BLOCK_TAGS and node.tag not in _FURTHER_BLOCK_TAGS
    return isinstance(node, Inline)


def _trimmed(run: list[Block | Inline], *, start: bool, end: bool) -> list[Block | Inline]:
    """A run of inlines less what no reader sees: blanks alone, and blanks at a side where a block stands.

    Raw markup in a line of text is part of it.
    """
    for node in run:
        if not isinstance(node, (Comment, RawBlock)) and not _is_blank(node):
            break
    else:
        return [node for node in run if not _is_blank(node)]
    run = [RawInline(node.html) if isinstance(node, RawBlock) else node for node in run]
    if start and isinstance(first := run[0], Text) and first.text[0] in HTML_SPACE:
        run[:1] = as_inlines(held(first.text.lstrip(HTML_SPACE), character_fault))
    if end and isinstance(last := run[-1], Text) and last.text[-1] in HTML_SPACE:
        run[-1:] = as_inlines(held(last.text.rstrip(HTML_SPACE), character_fault))
    return run


def _is_blank(node: object) -> bool:
    return isinstance(node, Text) and not node.text.strip(HTML_SPACE)


def _positive(instance: object, attribute: attrs.Attribute[Any], value: int | None) -> None:
    if value is not None and (type(value) is not int or not 1 <= value <= 9999):
        raise InvalidValueError(
            f"{type(instance).__name__}.{attribute.name} must be a whole number from 1 to 9999, got {value!r}"
        )


def _span_count(instance: object, attribute: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int or not 0 <= value <= 9999:
        raise InvalidValueError(
            f"{type(instance).__name__}.{attribute.name} must be 0 to 9999, got {value!r}"
        )


def _level(_: object, attribute: attrs.Attribute[int], value: int) -> None:
    if type(value) is not int or not 1 <= value <= 6:
        raise InvalidValueError(f"a heading's {attribute.name} must be 1 to 6, got {value!r}")


def _heading_size(heading: Heading) -> int | None:
    return _HOUSE_HEADING_SIZES.get(heading.level)


def _paragraph_size(paragraph: Paragraph) -> int | None:
    return None if paragraph.bare else _HOUSE_SIZE


@attrs.frozen(weakref_slot=False)
class Heading:
    """A heading of level 1 to 6. `size` is the editor's `data-ke-size`, 26 for level 2 unless said otherwise."""

    __repr__ = compact_repr

    level: int = attrs.field(validator=_level)
    content: Inlines = attrs.field(converter=as_inlines)
    size: int | None = attrs.field(default=attrs.Factory(_heading_size, takes_self=True), validator=_positive)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _settle_size(self)


@attrs.frozen(weakref_slot=False)
class Paragraph:
    """A paragraph that shows something. `size` is the editor's `data-ke-size` (16 unless said otherwise).

    A `bare` paragraph is a run of inlines that stands among the blocks of an article without a
    `<p>` of its own, as browsers leave it behind when they repair broken nesting; it has neither
    size nor attributes.
    """

    __repr__ = compact_repr

    content: Inlines = attrs.field(converter=as_inlines)
    bare: bool = attrs.field(default=False, kw_only=True, validator=_flag)
    size: int | None = attrs.field(
        default=attrs.Factory(_paragraph_size, takes_self=True), validator=_positive
    )
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.bare:
            if self.size is not None or self.attributes:
                raise InvalidValueError(
                    "a bare paragraph has no tag, so it can have neither size nor attributes"
                )
            if all(isinstance(node, Comment) or _is_blank(node) for node in self.content):
                raise InvalidValueError("a bare paragraph needs content")
        elif is_invisible(self.content):
            raise InvalidValueError("a paragraph must show something; for an empty line use Spacer()")
        _settle_size(self)


@attrs.frozen(weakref_slot=False)
class Spacer:
    """An empty line: a paragraph that shows nothing. `content` is what its spelling holds, U+00A0 in house style."""

    __repr__ = compact_repr

    size: int | None = attrs.field(default=_HOUSE_SIZE, validator=_positive)
    content: Inlines = attrs.field(default=(Text("\N{NO-BREAK SPACE}"),), converter=as_inlines)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not is_invisible(self.content):
            raise InvalidValueError("a spacer shows nothing; use Paragraph for content")
        _settle_size(self)


def _settle_size(block: Heading | Paragraph | Spacer) -> None:
    if block.attributes:
        size = None if block.size is None else f"size{block.size}"
        object.__setattr__(block, "attributes", settled(block.attributes, {"data-ke-size": (size, SIZE)}))


@attrs.frozen(weakref_slot=False)
class Rule:
    """A thematic break (`<hr>`)."""

    __repr__ = compact_repr

    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Figure:
    """Content with an optional caption (`<figure>`, `<figcaption>`), mostly an image."""

    __repr__ = compact_repr

    content: Flow = attrs.field(converter=as_flow)
    caption: Flow = attrs.field(default=(), converter=as_flow)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Quote:
    """A block quotation (`<blockquote>`)."""

    __repr__ = compact_repr

    content: Flow = attrs.field(converter=as_flow)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class ListItem:
    """One item of a list."""

    __repr__ = compact_repr

    content: Flow = attrs.field(converter=as_flow)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


def _items(values: Iterable[ListItem | FlowContent]) -> tuple[ListItem, ...]:
    return tuple(v if isinstance(v, ListItem) else ListItem(v) for v in _sequence(values, "items"))


@attrs.frozen(weakref_slot=False)
class List:
    """A list (`<ul>`, `<ol>`). Items may be given as text; `start` numbers the first item of an ordered list."""

    __repr__ = compact_repr

    items: tuple[ListItem, ...] = attrs.field(converter=_items)
    ordered: bool = attrs.field(default=False, validator=_flag)
    start: int | None = None
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.start is not None and (
            not self.ordered or type(self.start) is not int or not -99_999 <= self.start <= 99_999
        ):
            raise InvalidValueError("start is a whole number of up to five digits, for an ordered list only")
        if self.ordered and self.attributes:
            start = None if self.start is None else str(self.start)
            object.__setattr__(self, "attributes", settled(self.attributes, {"start": (start, WHOLE_NUMBER)}))


@attrs.frozen(weakref_slot=False)
class Cell:
    """A table cell: `header` makes it a `<th>`; `align` is its `text-align`."""

    __repr__ = compact_repr

    content: Flow = attrs.field(converter=as_flow)
    header: bool = attrs.field(default=False, kw_only=True, validator=_flag)
    align: Alignment | None = attrs.field(default=None, kw_only=True)
    colspan: int = attrs.field(default=1, validator=_span_count, kw_only=True)
    rowspan: int = attrs.field(default=1, validator=_span_count, kw_only=True)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.align is not None and self.align not in ALIGNMENTS:
            raise InvalidValueError(
                f"align must be one of {', '.join(sorted(ALIGNMENTS))}, got {self.align!r}"
            )
        if self.attributes:
            bag = settled(
                self.attributes,
                {
                    "colspan": (None if self.colspan == 1 else str(self.colspan), SPAN_NUMBER),
                    "rowspan": (None if self.rowspan == 1 else str(self.rowspan), SPAN_NUMBER),
                },
            )
            if self.align is not None or bag.style.get("text-align") in ALIGNMENTS:
                bag = with_style_values(bag, self.own_style, {"text-align": self.align})
            object.__setattr__(self, "attributes", bag)

    @property
    def own_style(self) -> str:
        """The declarations that the typed fields stand for, in the house's spelling."""
        return "" if self.align is None else f"text-align: {self.align};"


def _cells(values: Iterable[Cell | FlowContent]) -> tuple[Cell, ...]:
    return tuple(v if isinstance(v, Cell) else Cell(v) for v in _sequence(values, "cells"))


@attrs.frozen(weakref_slot=False)
class Row:
    """A table row. Cells may be given as text."""

    __repr__ = compact_repr

    cells: tuple[Cell, ...] = attrs.field(converter=_cells)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class Column:
    """A `<col>`: what one column, or `span` columns together, look like."""

    __repr__ = compact_repr

    span: int = attrs.field(default=1, validator=_span_count)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.attributes:
            span = None if self.span == 1 else str(self.span)
            object.__setattr__(self, "attributes", settled(self.attributes, {"span": (span, SPAN_NUMBER)}))


def _rows(values: Iterable[Row | Iterable[Cell | FlowContent]]) -> tuple[Row, ...]:
    return tuple(v if isinstance(v, Row) else Row(v) for v in _sequence(values, "rows"))


@attrs.frozen(weakref_slot=False)
class Table:
    """A table: rows of its body, head and foot, an optional caption and column formats.

    Rows may be given as sequences of cells or texts. Ragged rows are allowed, as in HTML.
    """

    __repr__ = compact_repr

    body: tuple[Row, ...] = attrs.field(converter=_rows)
    head: tuple[Row, ...] = attrs.field(default=(), converter=_rows)
    foot: tuple[Row, ...] = attrs.field(default=(), converter=_rows, kw_only=True)
    caption: Flow = attrs.field(default=(), converter=as_flow, kw_only=True)
    columns: tuple[Column, ...] = attrs.field(default=(), converter=_tuple_of_columns, kw_only=True)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


def _code_text(value: str) -> str:
    return checked("code", value, character_fault)


def _language(value: str | None) -> str | None:
    if (
        isinstance(value, str)
        and not isinstance(value, AsRead)
        and (not value or any(c in HTML_SPACE for c in value))
    ):
        raise InvalidValueError(f"a language is one word, got {value!r}")
    return None if value is None else checked("a language", value, character_fault)


@attrs.frozen(weakref_slot=False)
class CodeBlock:
    """Code, letter by letter (`<pre><code>`); `language` is the word after `language-` in its class."""

    __repr__ = compact_repr

    text: str = attrs.field(converter=_code_text)
    language: str | None = attrs.field(default=None, converter=_language)


@attrs.frozen(weakref_slot=False)
class Details:
    """Content that readers unfold (`<details>`), behind a summary."""

    __repr__ = compact_repr

    summary: Flow = attrs.field(converter=as_flow)
    content: Flow = attrs.field(converter=as_flow)
    open: bool = attrs.field(default=False, validator=_flag)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.attributes:
            is_open = "" if self.open else None
            object.__setattr__(self, "attributes", settled(self.attributes, {"open": (is_open, None)}))


def _block_tag(value: str) -> str:
    if not isinstance(value, AsRead) and value not in BLOCK_TAGS and value not in INLINE_TAGS:
        raise InvalidValueError(f"a division cannot be <{value}>; use one of {', '.join(sorted(BLOCK_TAGS))}")
    return value


@attrs.frozen(weakref_slot=False)
class Division:
    """Any other element that holds blocks: a `<div>`, `<section>`, `<footer>`, a `<b>` around paragraphs.

    Lists, tables and headings that hold what theirs may not (text straight in a `<ul>`, a rule
    in a `<h2>`) are divisions of that tag, so that nothing of them is lost.
    """

    __repr__ = compact_repr

    content: Flow = attrs.field(converter=as_flow)
    tag: str = attrs.field(default="div", converter=_block_tag)
    attributes: Attributes = attrs.field(default=NO_ATTRIBUTES, converter=Attributes, kw_only=True)


@attrs.frozen(weakref_slot=False)
class FaqItem:
    """A question and its answer; `id` is the anchor of the question."""

    __repr__ = compact_repr

    question: Inlines = attrs.field(converter=as_inlines)
    answer: Flow = attrs.field(converter=as_flow)
    id: str | None = attrs.field(default=None, converter=_identifier)


@attrs.frozen(weakref_slot=False)
class Faq:
    """Questions and answers, marked up for search engines (schema.org `FAQPage` microdata)."""

    __repr__ = compact_repr

    items: tuple[FaqItem, ...] = attrs.field(converter=_tuple_of_faq_items)


@attrs.frozen(weakref_slot=False)
class RawBlock:
    """Markup that no other class fits, verbatim. Renderers escape it unless told to keep it."""

    __repr__ = compact_repr

    html: str = attrs.field(converter=checked_markup)


#: Everything that can stand below one another. Closed: match it exhaustively.
Block: TypeAlias = (
    Heading
    | Paragraph
    | Spacer
    | Rule
    | Figure
    | List
    | Table
    | Quote
    | CodeBlock
    | Details
    | Division
    | Faq
    | Comment
    | RawBlock
)
#: What a container holds.
Flow: TypeAlias = tuple[Block | Inline, ...]
#: What may be given for a container's content.
FlowContent: TypeAlias = "str | Block | Inline | Iterable[str | Block | Inline]"

BLOCK_TYPES: Final[tuple[type[Block], ...]] = get_args(Block)
_INLINE_CLASSES: Final = frozenset(INLINE_TYPES)
FLOW_TYPES: Final[tuple[type[Block | Inline], ...]] = (*BLOCK_TYPES, *INLINE_TYPES)
