"""Where the nodes of a block stand in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from newsdao_article.model.blocks import Details, Faq, Figure, List, RawBlock, Row, Table
from newsdao_article.model.inlines import RawInline, Text
from newsdao_article.model.visibility import HTML_SPACE
from newsdao_article.model.walk import Node
from newsdao_article.reading import tree
from newsdao_article.reading.names import SPAN_NAMES
from newsdao_article.writing.edits import Unwritable

__all__ = ["Container", "Place", "containers", "holds_raw_text", "places_of"]


@attrs.frozen(eq=False)
class Place:
    """The range of a node, with the tree that it was read from: an element, a comment, or a run of texts."""

    start: int
    end: int
    node: tree.Element | tree.Comment | tree.Verbatim | None = None
    texts: tuple[tree.Text, ...] = ()


@attrs.frozen(eq=False)
class Container:
    """Nodes that stand in one element: `old` and `new` ones, the tree of the old, and where the element's content is."""

    old: Sequence[Node]
    new: Sequence[Node]
    nodes: Sequence[tree.Node]
    element: tree.Element | None = None


def holds_raw_text(element: tree.Element, *, within_raw: bool) -> bool:
    """Whether kramdown leaves the text inside `element` alone, as it does in HTML blocks."""
    if element.markdown:
        return False
    return within_raw or element.tag not in SPAN_NAMES


def places_of(old: Sequence[Node], nodes: Sequence[tree.Node]) -> list[Place]:
    """The place of each of the nodes `old`, which were read from `nodes`; raises `Unwritable` if one has none."""
    slots = list(_slots(nodes))
    places: list[Place] = []
    position = 0
    for node in old:
        while position < len(slots) and not _is_place_of(slots[position], node):
            position += 1
        if position == len(slots):
            raise Unwritable
        places.append(slots[position])
        position += 1
    return places


def _slots(nodes: Sequence[tree.Node]) -> Iterator[Place]:
    run: list[tree.Text] = []
    for node in nodes:
        if isinstance(node, tree.Text):
            run.append(node)
            continue
        if run:
            yield Place(run[0].start, run[-1].end, texts=tuple(run))
            run = []
        yield Place(node.start, node.end, node)
    if run:
        yield Place(run[0].start, run[-1].end, texts=tuple(run))


def _is_place_of(place: Place, node: Node) -> bool:
    if isinstance(node, Text):
        if place.node is not None:
            return False
        return "".join(text.value for text in place.texts).strip(HTML_SPACE) == node.text.strip(HTML_SPACE)
    became = None if place.node is None else place.node.became
    if isinstance(node, (RawBlock, RawInline)):
        # What stands beside it decides which of the two it is.
        return isinstance(became, (RawBlock, RawInline)) and became.html == node.html
    return became is node


def containers(old: Node, new: Node, element: tree.Element) -> Iterator[Container]:
    """What differs inside `element` between two nodes of one class, container by container.

    Raises `Unwritable` where a container would have to be made or unmade.
    """
    match old, new:
        case Table(), Table():
            for field, tag in (
                ("caption", "caption"),
                ("columns", "colgroup"),
                ("head", "thead"),
                ("foot", "tfoot"),
            ):
                before, after = getattr(old, field), getattr(new, field)
                if before != after:
                    part = _child(element, tag)
                    yield _container(before, after, part)
            if old.body != new.body:
                body = _child_or_none(element, "tbody")
                yield _container(old.body, new.body, element if body is None else body)
        case Figure(), Figure():
            caption = _child_or_none(element, "figcaption") if old.caption else None
            if old.caption != new.caption:
                if caption is None:
                    raise Unwritable
                yield _container(old.caption, new.caption, caption)
            if old.content != new.content:
                nodes = [node for node in element.children if node is not caption]
                yield Container(old.content, new.content, nodes, element)
        case Details(), Details():
            summary = _child(element, "summary")
            if old.summary != new.summary:
                yield _container(old.summary, new.summary, summary)
            if old.content != new.content:
                if not old.content:
                    raise Unwritable
                nodes = [node for node in element.children if node is not summary]
                yield Container(old.content, new.content, nodes, element)
        case Faq(), Faq():
            yield from _questions(old, new, element)
        case (List(), List()):
            yield Container(old.items, new.items, element.children, element)
        case (Row(), Row()):
            yield Container(old.cells, new.cells, element.children, element)
        case _:
            yield Container(
                getattr(old, "content", ()), getattr(new, "content", ()), element.children, element
            )


def _container(old: Sequence[Node], new: Sequence[Node], element: tree.Element) -> Container:
    if not new and element.tag != "table":
        # An empty caption or head would not be read as none.
        raise Unwritable
    return Container(old, new, element.children, element)


def _child_or_none(element: tree.Element, tag: str) -> tree.Element | None:
    for child in element.children:
        if isinstance(child, tree.Element) and child.tag == tag:
            return child
    return None


def _child(element: tree.Element, tag: str) -> tree.Element:
    found = _child_or_none(element, tag)
    if found is None:
        raise Unwritable
    return found


def _questions(old: Faq, new: Faq, element: tree.Element) -> Iterator[Container]:
    if len(old.items) != len(new.items):
        raise Unwritable
    homes: dict[int, list[tree.Element]] = {}
    pending: list[tree.Node] = [element]
    while pending:
        node = pending.pop()
        if isinstance(node, tree.Element):
            homes.setdefault(id(node.became), []).append(node)
            pending += reversed(node.children)
    for before, after in zip(old.items, new.items, strict=True):
        if before == after:
            continue
        if before.id != after.id or len(homes.get(id(before), ())) != 2:
            raise Unwritable
        name, text = homes[id(before)]
        yield Container(before.question, after.question, name.children, name)
        yield Container(before.answer, after.answer, text.children, text)
