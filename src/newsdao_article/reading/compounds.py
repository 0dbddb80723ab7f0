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
from newsdao_article.model.inlines import Inline
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

ReadFlow: TypeAlias = Callable[[Iterable[Node]], Flow]


class ReadAttributes(Protocol):
    """Gives the bag of an element less the attributes named."""

    def __call__(self, element: Element, *typed: str) -> Attributes: ...


CompoundReader: TypeAlias = Callable[[Element, ReadFlow, ReadAttributes], Block | None]

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


def read_list(element: Element, read_flow: ReadFlow, read_attributes: ReadAttributes) -> List | None:
    """A list whose children are items and nothing else."""
    children = _only_elements(element)
    if children is None or any(child.tag != "li" for child in children):
        return None
    items = [ListItem(read_flow(child.children), attributes=read_attributes(child)) for child in children]
    ordered = element.tag == "ol"
    start = element.attributes.get("start", "")
    if ordered and WHOLE_NUMBER.fullmatch(start):
        return List(items, True, int(start), attributes=read_attributes(element, "start"))
    return List(items, ordered, attributes=read_attributes(element))


def read_table(element: Element, read_flow: ReadFlow, read_attributes: ReadAttributes) -> Table | None:
    """A table with at most one caption, column group, head, body and foot, in this order and without attributes."""
    children = _only_elements(element)
    if children is None:
        return None
    caption: Flow = ()
    columns: list[Column] = []
    position = 0
    if children and children[0].tag == "caption":
        caption = read_flow(children[0].children)
        position = 1
        if not caption or children[0].attributes:
            return None
    if position < len(children) and children[position].tag == "colgroup":
        group = _columns(children[position], read_attributes)
        if group is None:
            return None
        columns = group
        position += 1
    groups = _row_groups(children[position:])
    if groups is None:
        return None
    rows: dict[str, list[Row]] = {}
    for name, elements in groups.items():
        made = [_row(child, read_flow, read_attributes) for child in elements]
        if any(row is None for row in made):
            return None
        rows[name] = [row for row in made if row is not None]
    return Table(
        rows.get("tbody", ()),
        rows.get("thead", ()),
        foot=rows.get("tfoot", ()),
        caption=caption,
        columns=columns,
        attributes=read_attributes(element),
    )


def _columns(group: Element, read_attributes: ReadAttributes) -> list[Column] | None:
    children = _only_elements(group)
    if not children or group.attributes or any(child.tag != "col" for child in children):
        return None
    columns: list[Column] = []
    for child in children:
        span, attributes = _span_number(child, "span", read_attributes(child))
        columns.append(Column(span, attributes=attributes))
    return columns


def _span_number(element: Element, name: str, attributes: Attributes) -> tuple[int, Attributes]:
    value = element.attributes.get(name)
    if value is not None and SPAN_NUMBER.fullmatch(value):
        return int(value), attributes.without(name)
    return 1, attributes


def _row_groups(children: list[Element]) -> dict[str, list[Element]] | None:
    """The row elements of each group, None where groups repeat, stand out of order or carry attributes."""
    groups: dict[str, list[Element]] = {}
    reached = -1
    loose = False
    for child in children:
        if child.tag == "tr":
            if reached > 1 or (reached == 1 and not loose):
                return None
            reached, loose = 1, True
            groups.setdefault("tbody", []).append(child)
            continue
        if child.tag not in _ROW_GROUPS or child.attributes:
            return None
        place = _ROW_GROUPS.index(child.tag)
        rows = _only_elements(child)
        if place <= reached or not rows or any(row.tag != "tr" for row in rows):
            return None
        reached = place
        groups[child.tag] = rows
    return groups


def _row(element: Element, read_flow: ReadFlow, read_attributes: ReadAttributes) -> Row | None:
    children = _only_elements(element)
    if children is None or any(child.tag not in ("td", "th") for child in children):
        return None
    cells = [_cell(child, read_flow, read_attributes) for child in children]
    return Row(cells, attributes=read_attributes(element))


def _cell(element: Element, read_flow: ReadFlow, read_attributes: ReadAttributes) -> Cell:
    attributes = read_attributes(element)
    align = None
    if (style := element.attributes.get("style")) is not None and "align" in style:
        align = Style(style).get("text-align")
    colspan, attributes = _span_number(element, "colspan", attributes)
    rowspan, attributes = _span_number(element, "rowspan", attributes)
    return Cell(
        read_flow(element.children),
        header=element.tag == "th",
        align=cast("Alignment", align) if align in _ALIGNMENTS else None,
        colspan=colspan,
        rowspan=rowspan,
        attributes=attributes,
    )


def read_figure(element: Element, read_flow: ReadFlow, read_attributes: ReadAttributes) -> Figure:
    """A figure; a caption is typed where it comes last and is plain."""
    children = list(element.children)
    while children and isinstance(children[-1], Text) and not children[-1].value.strip(HTML_SPACE):
        children.pop()
    caption: Flow = ()
    last = children[-1] if children else None
    if isinstance(last, Element) and last.tag == "figcaption" and not last.attributes:
        caption = read_flow(last.children)
    content = read_flow(children[:-1] if caption else element.children)
    return Figure(content, caption, attributes=read_attributes(element))


def read_details(element: Element, read_flow: ReadFlow, read_attributes: ReadAttributes) -> Details | None:
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
        read_flow(first.children),
        read_flow(children[1:]),
        is_open is not None,
        attributes=read_attributes(element, "open"),
    )


def read_faq(element: Element, read_flow: ReadFlow, _: ReadAttributes) -> Faq | None:
    """The hotel posts' questions and answers: `div > blockquote > div > h3, div > span`, with their microdata."""
    if element.attributes != FAQ_MARKUP["page"]:
        return None
    quote = _only_child(element, "blockquote", {})
    questions = None if quote is None else _only_elements(quote)
    if not questions:
        return None
    items: list[FaqItem] = []
    for question in questions:
        item = _faq_item(question, read_flow)
        if item is None:
            return None
        items.append(item)
    return Faq(items)


def _faq_item(element: Element, read_flow: ReadFlow) -> FaqItem | None:
    if element.tag != "div" or element.attributes != FAQ_MARKUP["question"]:
        return None
    children = _only_elements(element)
    if children is None or len(children) != 2:
        return None
    name, answer = children
    text = _only_child(answer, "span", FAQ_MARKUP["text"])
    identifier = name.attributes.get("id")
    expected = FAQ_MARKUP["name"] if identifier is None else {**FAQ_MARKUP["name"], "id": identifier}
    if name.tag != "h3" or name.attributes != expected or text is None:
        return None
    if answer.tag != "div" or answer.attributes != FAQ_MARKUP["answer"]:
        return None
    question = read_flow(name.children)
    if not all(isinstance(node, Inline) for node in question):
        return None
    return FaqItem(cast("tuple[Inline, ...]", question), read_flow(text.children), identifier)


def _only_child(element: Element, tag: str, attributes: dict[str, str]) -> Element | None:
    children = _only_elements(element)
    if children is None or len(children) != 1:
        return None
    child = children[0]
    return child if child.tag == tag and child.attributes == attributes else None
