"""Elements whose children have fixed places: lists, tables, figures, details, questions and answers.

Each reader returns None where the element is not built as its class demands; the caller then
keeps it as a division, which renders to the same HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeAlias, cast, get_args

from newsdao_article.model.attributes import Attributes
from newsdao_article.model.blocks import (
    SPAN_NUMBER,
    WHOLE_NUMBER,
    Alignment,
    Block,
    Cell,
    Column,
    Details,
    Faq,
    FaqItem,
    Figure,
    Flow,
    List,
    ListItem,
    Row,
    Table,
)
from newsdao_article.model.css import Style
from newsdao_article.model.inlines import Inlines
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.reading.tree import Element, Node, Text

__all__ = [
    "FAQ_MARKUP",
    "CompoundReader",
    "read_details",
    "read_faq",
    "read_figure",
    "read_list",
    "read_table",
]


class Reading(Protocol):
    """How the content of an element is read; `nodes` implements it."""

    def flow(self, nodes: Iterable[Node]) -> Flow:
        """Blocks and inlines."""
        ...

    def inlines(self, element: Element) -> Inlines | None:
        """The content of `element` as inlines, None (without reading anything) where it holds a block."""
        ...

    def attributes(self, element: Element, *typed: str) -> Attributes:
        """The bag of `element`: its attributes less those named."""
        ...


CompoundReader: TypeAlias = Callable[[Element, Reading], Block | None]

_ALIGNMENTS: Final = frozenset(get_args(Alignment))
_ROW_GROUPS: Final = ("thead", "tbody", "tfoot")

#: The microdata of a page of questions and answers, outermost element first, without the question's id.
FAQ_MARKUP: Final = {
    "page": {"itemscope": "", "itemtype": "https://schema.org/FAQPage"},
    "question": {"itemscope": "", "itemprop": "mainEntity", "itemtype": "https://schema.org/Question"},
    "name": {"itemprop": "name"},
    "answer": {"itemscope": "", "itemprop": "acceptedAnswer", "itemtype": "https://schema.org/Answer"},
    "text": {"itemprop": "text"},
}


def _only_elements(element: Element) -> list[Element] | None:
    """The child elements, None where anything that shows stands between them."""
    found: list[Element] = []
    for child in element.children:
        if isinstance(child, Element):
            found.append(child)
        elif not isinstance(child, Text) or child.value.strip(HTML_SPACE):
            return None
    return found


def read_list(element: Element, reading: Reading) -> List | None:
    """A list whose children are items and nothing else."""
    children = _only_elements(element)
    if children is None or any(child.tag != "li" for child in children):
        return None
    items = [_item(child, reading) for child in children]
    ordered = element.tag == "ol"
    start = element.attributes.get("start", "")
    if ordered and WHOLE_NUMBER.fullmatch(start):
        return List(items, True, int(start), attributes=reading.attributes(element, "start"))
    return List(items, ordered, attributes=reading.attributes(element))


def _item(element: Element, reading: Reading) -> ListItem:
    item = ListItem(reading.flow(element.children), attributes=reading.attributes(element))
    element.became = item
    return item


def read_table(element: Element, reading: Reading) -> Table | None:
    """A table with at most one caption, column group, head, body and foot, in this order and without attributes.

    The structure is checked before any content is read, so that nested tables are read once.
    """
    children = _only_elements(element)
    if children is None:
        return None
    caption: Element | None = None
    columns: list[Column] = []
    if children and children[0].tag == "caption":
        caption = children.pop(0)
        if caption.attributes or _is_empty(caption):
            return None
    if children and children[0].tag == "colgroup":
        group = _columns(children.pop(0), reading)
        if group is None:
            return None
        columns = group
    groups = _row_groups(children)
    if groups is None:
        return None
    rows = {name: [_row(row, cells, reading) for row, cells in found] for name, found in groups.items()}
    return Table(
        rows.get("tbody", ()),
        rows.get("thead", ()),
        foot=rows.get("tfoot", ()),
        caption=() if caption is None else reading.flow(caption.children),
        columns=columns,
        attributes=reading.attributes(element),
    )


def _is_empty(element: Element) -> bool:
    return all(isinstance(child, Text) and not child.value.strip(HTML_SPACE) for child in element.children)


def _columns(group: Element, reading: Reading) -> list[Column] | None:
    children = _only_elements(group)
    if not children or group.attributes or any(child.tag != "col" for child in children):
        return None
    columns: list[Column] = []
    for child in children:
        span, attributes = _span_number(child, "span", reading.attributes(child))
        column = Column(span, attributes=attributes)
        child.became = column
        columns.append(column)
    return columns


def _span_number(element: Element, name: str, attributes: Attributes) -> tuple[int, Attributes]:
    value = element.attributes.get(name)
    if value is not None and SPAN_NUMBER.fullmatch(value):
        return int(value), attributes.without(name)
    return 1, attributes


_Rows: TypeAlias = list[tuple[Element, list[Element]]]


def _row_groups(children: list[Element]) -> dict[str, _Rows] | None:
    """The rows of each group with their cells, None where the structure is not that of a `Table`."""
    groups: dict[str, _Rows] = {}
    reached = -1
    loose = False
    for child in children:
        if child.tag == "tr":
            if reached > 1 or (reached == 1 and not loose):
                return None
            reached, loose = 1, True
            rows = _rows_of([child])
            if rows is None:
                return None
            groups.setdefault("tbody", []).extend(rows)
            continue
        if child.tag not in _ROW_GROUPS or child.attributes:
            return None
        place = _ROW_GROUPS.index(child.tag)
        elements = _only_elements(child)
        rows = _rows_of(elements) if elements else None
        if place <= reached or rows is None:
            return None
        reached = place
        groups[child.tag] = rows
    return groups


def _rows_of(elements: list[Element]) -> _Rows | None:
    rows: _Rows = []
    for element in elements:
        cells = _only_elements(element) if element.tag == "tr" else None
        if cells is None or any(cell.tag not in ("td", "th") for cell in cells):
            return None
        rows.append((element, cells))
    return rows


def _row(element: Element, cells: list[Element], reading: Reading) -> Row:
    row = Row([_cell(cell, reading) for cell in cells], attributes=reading.attributes(element))
    element.became = row
    return row


def _cell(element: Element, reading: Reading) -> Cell:
    attributes = reading.attributes(element)
    align = None
    if (style := element.attributes.get("style")) is not None and ("align" in style or "\\" in style):
        align = Style(style).get("text-align")
    colspan, attributes = _span_number(element, "colspan", attributes)
    rowspan, attributes = _span_number(element, "rowspan", attributes)
    cell = Cell(
        reading.flow(element.children),
        header=element.tag == "th",
        align=cast("Alignment", align) if align in _ALIGNMENTS else None,
        colspan=colspan,
        rowspan=rowspan,
        attributes=attributes,
    )
    element.became = cell
    return cell


def read_figure(element: Element, reading: Reading) -> Figure:
    """A figure; a caption is typed where it comes last and is plain."""
    children = list(element.children)
    while children and isinstance(children[-1], Text) and not children[-1].value.strip(HTML_SPACE):
        children.pop()
    last = children[-1] if children else None
    caption: Flow = ()
    if isinstance(last, Element) and last.tag == "figcaption" and not last.attributes and not _is_empty(last):
        caption = reading.flow(last.children)
        children.pop()
    return Figure(reading.flow(children), caption, attributes=reading.attributes(element))


def read_details(element: Element, reading: Reading) -> Details | None:
    """Details that begin with a plain summary."""
    children = list(element.children)
    while children and isinstance(children[0], Text) and not children[0].value.strip(HTML_SPACE):
        del children[0]
    first = children[0] if children else None
    is_open = element.attributes.get("open")
    if (
        not isinstance(first, Element)
        or first.tag != "summary"
        or first.attributes
        or is_open not in (None, "")
    ):
        return None
    return Details(
        reading.flow(first.children),
        reading.flow(children[1:]),
        is_open is not None,
        attributes=reading.attributes(element, "open"),
    )


def read_faq(element: Element, reading: Reading) -> Faq | None:
    """The hotel posts' questions and answers: `div > blockquote > div > h3, div > span`, with their microdata.

    The structure is checked before any content is read.
    """
    if element.attributes != FAQ_MARKUP["page"]:
        return None
    quote = _only_child(element, "blockquote", {})
    questions = None if quote is None else _only_elements(quote)
    if not questions:
        return None
    parts: list[tuple[Element, Element]] = []
    for question in questions:
        part = _question_parts(question)
        if part is None:
            return None
        parts.append(part)
    items: list[FaqItem] = []
    for name, text in parts:
        content = reading.inlines(name)
        if content is None:
            return None
        item = FaqItem(content, reading.flow(text.children), name.attributes.get("id"))
        name.became = text.became = item
        items.append(item)
    return Faq(items)


def _question_parts(element: Element) -> tuple[Element, Element] | None:
    """The elements that hold a question and its answer."""
    if element.tag != "div" or element.attributes != FAQ_MARKUP["question"]:
        return None
    children = _only_elements(element)
    if children is None or len(children) != 2:
        return None
    name, answer = children
    identifier = name.attributes.get("id")
    expected = FAQ_MARKUP["name"] if identifier is None else {**FAQ_MARKUP["name"], "id": identifier}
    if name.tag != "h3" or name.attributes != expected:
        return None
    if answer.tag != "div" or answer.attributes != FAQ_MARKUP["answer"]:
        return None
    text = _only_child(answer, "span", FAQ_MARKUP["text"])
    if text is None or (text.children and _is_empty(text)):
        return None
    return name, text


def _only_child(element: Element, tag: str, attributes: dict[str, str]) -> Element | None:
    children = _only_elements(element)
    if children is None or len(children) != 1:
        return None
    child = children[0]
    return child if child.tag == tag and child.attributes == attributes else None
