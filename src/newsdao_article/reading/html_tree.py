"""The tree that a browser builds while it reads tags: what is open, and what is re-opened.

The stack of open elements, the list of active formatting elements, foster parenting and the
adoption agency algorithm of the HTML standard (sections 13.2.4 and 13.2.6). What each tag does
stands in `html_modes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from newsdao_article.problems import LimitExceeded
from newsdao_article.reading.content_models import (
    BUTTON_BOUNDARIES,
    HEADINGS,
    IMPLIED_END,
    SPECIAL,
)
from newsdao_article.reading.open_elements import FormattingElements, OpenElements, last_index
from newsdao_article.reading.tree import Element, Node, Text

if TYPE_CHECKING:
    from newsdao_article.reading.html_tokens import Tag

__all__ = ["MAX_REOPENED", "TreeConstruction"]

MAX_REOPENED: Final = 100_000
"""How many copies of formatting elements one repair may make.

The standard re-opens every unclosed `<b class="…">` in every paragraph that follows, so that n
such tags make n²/2 elements; this keeps hostile input from filling the memory.
"""

_FOSTERS: Final = frozenset({"table", "tbody", "tfoot", "thead", "tr"})


class TreeConstruction:
    """A `<body>` under construction, and the algorithms that the rules for tags share."""

    def __init__(self) -> None:
        self.body = Element("body", {}, 0, 0)
        #: The `<html>` and `<body>` tags that only give attributes to the document around the body.
        self.document: list[Element] = []
        self.open = OpenElements()
        self.open.push(Element("html", {}, 0, 0), "html")
        self.open.push(self.body, "body")
        self.formatting = FormattingElements()
        self.fostering = False
        self.position = (0, 0)
        self.ending = ""
        self._parents: dict[int, Element] = {id(self.body): self.open.elements[0]}
        self._reopened = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether anything inside the body is still open, or will be opened again."""
        return len(self.open.elements) > 2 or any(entry is not None for entry in self.formatting.entries)

    # Where nodes go.

    def parent_of(self, element: Element) -> Element:
        return self._parents[id(element)]

    def _place(self, target: Element | None = None, name: str = "") -> tuple[Element, int]:
        """The appropriate place for a node: a parent, and how many of its children stand after it."""
        if target is None:
            target, name = self.open.elements[-1], self.open.names[-1]
        return self._foster_place() if self.fostering and name in _FOSTERS else (target, 0)

    def _foster_place(self) -> tuple[Element, int]:
        names, elements = self.open.names, self.open.elements
        for index in range(len(names) - 1, -1, -1):
            if names[index] == "template":
                return elements[index], 0
            if names[index] == "table":
                parent = self._parents[id(elements[index])]
                return parent, len(parent.children) - last_index(parent.children, elements[index])
        return elements[0], 0

    def _put(self, node: Node, place: tuple[Element, int]) -> None:
        parent, following = place
        children = parent.children
        if following:
            children.insert(len(children) - following, node)
        else:
            children.append(node)
        if type(node) is Element:
            self._parents[id(node)] = parent

    def put(self, node: Node) -> None:
        """Insert `node` where the current node says."""
        self._put(node, self._place())

    def put_here(self, node: Node) -> None:
        """Insert `node` as the last child of the current node, whatever that is."""
        self._put(node, (self.open.elements[-1], 0))

    # Opening and closing.

    def insert(self, tag: Tag, *, namespace: str = "") -> Element:
        """Insert an element for `tag` and leave it open."""
        element = Element(tag.name, tag.attributes, tag.start)
        if tag.source is not None:
            _take_place(element, tag.source)
        else:
            element.inner_start = tag.end
        self.put(element)
        self.open.push(element, f"{namespace} {tag.name}" if namespace else tag.name)
        return element

    def insert_implied(self, name: str) -> Element:
        """Insert an element that no tag asked for, and leave it open."""
        start = self.position[0]
        element = Element(name, {}, start, start)
        element.closed = False
        self.put(element)
        self.open.push(element, name)
        return element

    def insert_empty(self, tag: Tag) -> None:
        """Insert an element that has no content."""
        self.insert(tag)
        self.pop()

    def pop(self) -> None:
        """Close the current node; one that came from raw HTML learns here where it ends."""
        element = self.open.remove_at(len(self.open.elements) - 1)
        if element.end < 0:
            element.closed = element.tag == self.ending
            element.inner_end = max(self.position[0], element.inner_start)
            element.end = self.position[1] if element.closed else element.inner_end

    def pop_until(self, names: frozenset[str]) -> None:
        """Close everything up to the nearest element with one of `names`, and that."""
        while True:
            name = self.open.names[-1]
            self.pop()
            if name in names:
                return

    def pop_to(self, index: int) -> None:
        """Close the element at `index` of the stack and everything inside it."""
        while len(self.open.elements) > index:
            self.pop()

    def pop_until_in(self, names: frozenset[str]) -> None:
        """Close everything up to the nearest element with one of `names`, but not that."""
        while self.open.names[-1] not in names:
            self.pop()

    def imply_ends(self, besides: str = "", names: frozenset[str] = IMPLIED_END) -> None:
        while self.open.names[-1] in names and self.open.names[-1] != besides:
            self.pop()

    def close_paragraph(self) -> None:
        """Close an open p, if one is in button scope."""
        if self.open.has_in_scope("p", BUTTON_BOUNDARIES):
            self.imply_ends("p")
            self.pop_until(frozenset({"p"}))

    def close_heading(self) -> None:
        if self.open.names[-1] in HEADINGS:
            self.pop()

    def close_any(self, name: str) -> None:
        """The end tag of an element that has no rules of its own."""
        if not self.open.has(name):
            return
        names = self.open.names
        for index in range(len(names) - 1, -1, -1):
            if names[index] == name:
                self.imply_ends(name)
                self.pop_to(index)
                return
            if names[index] in SPECIAL:
                return

    # Formatting elements.

    def reopen(self) -> None:
        """Reconstruct the active formatting elements: open again what an end tag closed too early."""
        entries = self.formatting.entries
        first = len(entries)
        while first:
            entry = entries[first - 1]
            if entry is None or entry in self.open:
                break
            first -= 1
        for index in range(first, len(entries)):
            entry = entries[index]
            if entry is not None:
                copy = self._copy(entry)
                self.put(copy)
                self.open.push(copy, copy.tag)
                self.formatting.replace(entry, copy)

    def _copy(self, element: Element) -> Element:
        self._reopened += 1
        if self._reopened > MAX_REOPENED:
            raise LimitExceeded(
                f"unclosed <{element.tag}> and the like would be opened again more than {MAX_REOPENED} times"
            )
        copy = Element(element.tag, element.attributes, element.start)
        _take_place(copy, element)
        return copy

    def adopt(self, tag: str) -> None:
        """The adoption agency algorithm for the end tag of a formatting element."""
        current = self.open.elements[-1]
        if self.open.names[-1] == tag and current not in self.formatting:
            self.pop()
            return
        for _ in range(8):
            element = self.formatting.last(tag)
            if element is None:
                self.close_any(tag)
                return
            if element not in self.open:
                self.formatting.remove(element)
                return
            if not self.open.has_element_in_scope(element):
                return
            index = self.open.index(element)
            block = self._furthest_block(index)
            if block is None:
                self.pop_to(index)
                self.formatting.remove(element)
                return
            self._adopt_block(element, index, block)

    def _furthest_block(self, index: int) -> int | None:
        """The topmost special element that is open inside the one at `index`."""
        names = self.open.names
        for inner in range(index + 1, len(names)):
            if names[inner] in SPECIAL:
                return inner
        return None

    def _adopt_block(self, element: Element, index: int, block_index: int) -> None:
        """Move the block out of the formatting element and give it a copy of its own."""
        opened, formatting = self.open, self.formatting
        block = last = opened.elements[block_index]
        bookmark: Element | None = None
        inner = block_index - 1
        rounds = 0
        while inner > index:
            rounds += 1
            node = opened.elements[inner]
            if rounds > 3:
                formatting.remove(node)
            if node in formatting:
                copy = self._copy(node)
                formatting.replace(node, copy)
                opened.replace(inner, copy)
                bookmark = bookmark or copy
                self._detach(last)
                self._put(last, (copy, 0))
                last = copy
            else:
                opened.remove_at(inner)
            inner -= 1
        self._detach(last)
        self._put(last, self._place(opened.elements[index - 1], opened.names[index - 1]))
        copy = self._copy(element)
        copy.children, block.children = block.children, []
        for child in copy.children:
            if type(child) is Element:
                self._parents[id(child)] = copy
        self._put(copy, (block, 0))
        mark = formatting.index(element)
        formatting.remove_at(mark)
        formatting.insert(mark if bookmark is None else formatting.index(bookmark) + 1, copy)
        opened.remove_at(index)
        opened.insert(opened.index(block) + 1, copy, copy.tag)

    def _detach(self, node: Element) -> None:
        """Take `node` out of its parent; a copy just made has none."""
        parent = self._parents.pop(id(node), None)
        if parent is not None:
            del parent.children[last_index(parent.children, node)]

    # Text.

    def put_text(self, value: str, start: int, end: int) -> None:
        """Insert `value`; texts are not joined, each keeps its own range."""
        if value:
            self.put(Text(value, start, end))


def _take_place(element: Element, source: Element) -> None:
    element.end = source.end
    element.inner_start = source.inner_start
    element.inner_end = source.inner_end
    element.markdown = source.markdown
    element.closed = source.closed
