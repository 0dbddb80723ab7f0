"""The two lists that a browser keeps while it reads tags: what is open, and what formats.

Sections 13.2.4.2 and 13.2.4.3 of the HTML standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdao_article.reading.content_models import BOUNDARIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsdao_article.reading.tree import Element, Node

__all__ = ["FormattingElements", "OpenElements", "last_index"]

_Likeness = tuple[str, frozenset[tuple[str, str]]]


class OpenElements:
    """The stack of open elements, the bottom first.

    `names` runs parallel to `elements`: the tag for HTML elements, `"svg a"` or `"math mi"` for
    foreign ones, so that one look-up tells both.
    """

    __slots__ = ("_counts", "_identities", "elements", "names")

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.names: list[str] = []
        self._counts: dict[str, int] = {}
        self._identities: set[int] = set()

    def __contains__(self, element: Element) -> bool:
        return id(element) in self._identities

    def has(self, name: str) -> bool:
        """Whether any element of that name is open, at whatever depth."""
        return self._counts.get(name, 0) > 0

    def insert(self, index: int, element: Element, name: str) -> None:
        self.elements.insert(index, element)
        self.names.insert(index, name)
        self._counts[name] = self._counts.get(name, 0) + 1
        self._identities.add(id(element))

    def push(self, element: Element, name: str) -> None:
        self.insert(len(self.elements), element, name)

    def remove_at(self, index: int) -> Element:
        element = self.elements.pop(index)
        self._counts[self.names.pop(index)] -= 1
        self._identities.discard(id(element))
        return element

    def replace(self, index: int, element: Element) -> None:
        """Put a copy in the place of the element at `index`; the name stays."""
        self._identities.discard(id(self.elements[index]))
        self._identities.add(id(element))
        self.elements[index] = element

    def index(self, element: Element) -> int:
        """The position of an open element, looked for from the top."""
        return last_index(self.elements, element)

    def has_in_scope(self, name: str, boundaries: frozenset[str] = BOUNDARIES) -> bool:
        """Whether an element of that name is open above the nearest boundary."""
        return self.has(name) and self.has_any_in_scope(frozenset({name}), boundaries)

    def has_any_in_scope(self, names: frozenset[str], boundaries: frozenset[str] = BOUNDARIES) -> bool:
        for name in reversed(self.names):
            if name in names:
                return True
            if name in boundaries:
                return False
        return False

    def has_element_in_scope(self, element: Element) -> bool:
        for open_element, name in zip(reversed(self.elements), reversed(self.names), strict=True):
            if open_element is element:
                return True
            if name in BOUNDARIES:
                return False
        return False


class FormattingElements:
    """The list of active formatting elements; `None` is a marker.

    At most three elements alike stand after a marker ("Noah's ark clause").
    """

    __slots__ = ("_alike", "_likeness", "_tags", "entries")

    def __init__(self) -> None:
        self.entries: list[Element | None] = []
        self._likeness: dict[int, _Likeness] = {}
        self._alike: dict[_Likeness, int] = {}
        self._tags: dict[str, int] = {}

    def __contains__(self, element: Element) -> bool:
        return id(element) in self._likeness

    def mark(self) -> None:
        self.entries.append(None)

    def clear_to_marker(self) -> None:
        while self.entries:
            element = self.entries.pop()
            if element is None:
                break
            self._forget(element)

    def push(self, element: Element) -> None:
        likeness = (element.tag, frozenset(element.attributes.items()))
        if self._alike.get(likeness, 0) >= 3:
            self._leave_two(likeness)
        self.insert(len(self.entries), element)

    def _leave_two(self, likeness: _Likeness) -> None:
        alike: list[int] = []
        for index in range(len(self.entries) - 1, -1, -1):
            element = self.entries[index]
            if element is None:
                break
            if self._likeness[id(element)] == likeness:
                alike.append(index)
        if len(alike) >= 3:
            self.remove_at(alike[-1])

    def insert(self, index: int, element: Element) -> None:
        likeness = (element.tag, frozenset(element.attributes.items()))
        self.entries.insert(index, element)
        self._likeness[id(element)] = likeness
        self._alike[likeness] = self._alike.get(likeness, 0) + 1
        self._tags[element.tag] = self._tags.get(element.tag, 0) + 1

    def _forget(self, element: Element) -> None:
        self._alike[self._likeness.pop(id(element))] -= 1
        self._tags[element.tag] -= 1

    def remove_at(self, index: int) -> None:
        element = self.entries.pop(index)
        if element is not None:
            self._forget(element)

    def remove(self, element: Element) -> None:
        if element in self:
            self.remove_at(self.index(element))

    def replace(self, element: Element, copy: Element) -> None:
        index = self.index(element)
        self.remove_at(index)
        self.insert(index, copy)

    def index(self, element: Element) -> int:
        return last_index(self.entries, element)

    def last(self, tag: str) -> Element | None:
        """The last element with that tag after the last marker."""
        if self._tags.get(tag, 0):
            for element in reversed(self.entries):
                if element is None:
                    break
                if element.tag == tag:
                    return element
        return None


def last_index(items: Sequence[Node | None], wanted: Element) -> int:
    """The index of `wanted` itself, looked for from the end, where it nearly always is."""
    for index in range(len(items) - 1, -1, -1):
        if items[index] is wanted:
            return index
    raise ValueError("not in the list")
