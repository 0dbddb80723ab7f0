"""Elements that something within them kept from being read as what they are: tables, lists, formatting.

A browser keeps a comment between the rows of a table or the items of a list; `Table` and `List` have no place for
one, so the reader of posts holds such an element as divisions. Once comments go, it is what it looks like. And
an inline element around blocks is an inline again when the blocks are gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from newsdao_article.model.as_read import character_fault, held
from newsdao_article.model.blocks import (
    Alignment,
    Block,
    Cell,
    Division,
    List,
    ListItem,
    Row,
    Table,
)
from newsdao_article.model.inlines import (
    INLINE_TAGS,
    Comment,
    Emphasis,
    Highlight,
    Inline,
    Link,
    Small,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Underline,
)
from newsdao_article.model.url import Url

__all__ = ["inlined", "regained"]

_EMPHASES: Final[dict[str, type[Emphasis | Strikethrough]]] = {
    "i": Emphasis,
    "em": Emphasis,
    "del": Strikethrough,
    "s": Strikethrough,
    "strike": Strikethrough,
}
_POSITIONS: Final[dict[str, type[Small | Superscript | Subscript]]] = {
    "small": Small,
    "sup": Superscript,
    "sub": Subscript,
}
_SECTIONS: Final = ("thead", "tbody", "tfoot")
_CELLS: Final = ("td", "th")
_ALIGNMENTS: Final[dict[str, Alignment]] = {name: name for name in get_args(Alignment)}
#: Attributes that fields of a table or a list stand for; an element that has one is left as it is.
_TYPED: Final = frozenset(("colspan", "rowspan", "start"))


def regained(node: Division) -> tuple[Table | List, list[Comment]] | None:
    """The table or list that `node` is without the comments between its parts, and these; None if it is neither."""
    comments: list[Comment] = []
    found: Table | List | None = None
    if node.tag == "table":
        found = _table(node, comments)
    elif node.tag in ("ul", "ol"):
        found = _list(node, comments)
    return (found, comments) if found is not None and comments else None


def inlined(node: Division) -> Inline | None:
    """What `node`, an inline element around blocks, is when only inlines are left in it; None if blocks are."""
    content = tuple(part for part in node.content if isinstance(part, Inline))
    if len(content) != len(node.content):
        return None
    tag, bag = node.tag, node.attributes
    if tag in ("b", "strong"):
        return Strong(content, "strong", attributes=bag)
    if tag in ("u", "ins"):
        return Underline(content, "u" if tag == "u" else "ins", attributes=bag)
    if tag in _EMPHASES:
        return _EMPHASES[tag](content, attributes=bag)
    if tag in _POSITIONS:
        return _POSITIONS[tag](content, attributes=bag)
    if tag == "a" and "href" in bag:
        title = bag.get("title")
        return Link(
            content,
            Url.as_read(bag["href"]),
            None if title is None else held(title, character_fault),
            attributes=bag.without("href").without("title"),
        )
    color, background = bag.style.color("color"), bag.style.color("background-color")
    if tag == "span" and (color is not None or background is not None):
        return Highlight(content, color, background, attributes=bag)
    return Span(content, tag, attributes=bag) if tag in INLINE_TAGS else None


def _list(node: Division, comments: list[Comment]) -> List | None:
    items = _parts(node, ("li",), comments)
    if items is None or _TYPED & set(node.attributes):
        return None
    return List(
        [ListItem(item.content, attributes=item.attributes) for item in items],
        node.tag == "ol",
        attributes=node.attributes,
    )


def _table(node: Division, comments: list[Comment]) -> Table | None:
    parts = _parts(node, (*_SECTIONS, "tr"), comments)
    if parts is None:
        return None
    rows: dict[str, list[Row]] = {"thead": [], "tbody": [], "tfoot": []}
    for part in parts:
        section = part.tag if part.tag in _SECTIONS else "tbody"
        found = _rows([part] if part.tag == "tr" else _parts(part, ("tr",), comments), comments)
        later = any(rows[name] for name in _SECTIONS[_SECTIONS.index(section) + 1 :])
        if found is None or later or (part.tag != "tr" and part.attributes):
            return None
        rows[section].extend(found)
    return Table(rows["tbody"], rows["thead"], foot=rows["tfoot"], attributes=node.attributes)


def _rows(parts: Iterable[Division] | None, comments: list[Comment]) -> list[Row] | None:
    rows: list[Row] = []
    for part in parts or ():
        cells = _parts(part, _CELLS, comments)
        if cells is None or any(_TYPED & set(cell.attributes) for cell in cells):
            return None
        rows.append(Row([_cell(cell) for cell in cells], attributes=part.attributes))
    return None if parts is None else rows


def _cell(node: Division) -> Cell:
    align = node.attributes.style.get("text-align")
    return Cell(
        node.content,
        header=node.tag == "th",
        align=_ALIGNMENTS.get(align or ""),
        attributes=node.attributes,
    )


def _parts(node: Division, tags: tuple[str, ...], comments: list[Comment]) -> list[Division] | None:
    """The divisions of these tags that `node` holds; None if it holds anything else but comments."""
    found: list[Division] = []
    child: Block | Inline
    for child in node.content:
        if isinstance(child, Comment):
            comments.append(child)
        elif isinstance(child, Division) and child.tag in tags:
            found.append(child)
        else:
            return None
    return found
