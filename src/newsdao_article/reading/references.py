"""What a body defines in one place and uses in another, and everything that a scan collects.

Link definitions, footnotes, abbreviations and attribute lists may stand anywhere in a body, so
spans are read only after all blocks were found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.entities import decode_attribute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsdao_article.problems import Problem
    from newsdao_article.reading.source import PositionMap
    from newsdao_article.reading.tree import Element, Text

__all__ = [
    "Attributes",
    "Footnote",
    "LinkDefinition",
    "References",
    "SpanTask",
    "join_attribute_lists",
    "normalize_id",
    "read_attribute_list",
]

Attributes = dict[str, str]

_ID_SPACE: Final = re.compile(r"[ \n\t\r\f\v]+")
_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9_\-]*"
_ATTRIBUTE: Final = re.compile(
    r"(?:(?<=[ \t\n\r\f\v])|^)"
    r"(?:(?P<key>[A-Za-z0-9_][A-Za-z0-9_:\-]*)=(?P<quote>[\"'])(?P<value>(?:\\\}|\\(?P=quote)|[^\\}]|\\)*?)(?P=quote)"
    r"|(?P<marks>(?:\#[A-Za-z][A-Za-z0-9_:\-]*|\.[^ \t\n\r\f\v.\#]+)+)"
    rf"|(?P<name>{_NAME}))(?=[ \t\n\r\f\v]|\Z)"
)
_MOST_NAMES: Final = 50
_MARK: Final = re.compile(r"([.\#])([^.\#]+)")


class LinkDefinition:
    """Where `[id]` leads."""

    __slots__ = ("attributes", "title", "url")

    def __init__(self, url: str, title: str | None, attributes: Attributes) -> None:
        self.url = url
        self.title = title
        self.attributes = attributes


class Footnote:
    """The content of a footnote and the extent of its definition."""

    __slots__ = ("content", "end", "ends_in_paragraph", "start")

    def __init__(self, content: Element, start: int, end: int, *, ends_in_paragraph: bool) -> None:
        self.content = content
        self.ends_in_paragraph = ends_in_paragraph
        self.start = start
        self.end = end


class SpanTask:
    """Text whose spans are still to be read, once every definition is known."""

    __slots__ = ("base", "breaks", "depth", "element", "positions", "text")

    def __init__(
        self, element: Element, text: str, base: int, positions: PositionMap | None, depth: int
    ) -> None:
        self.element = element
        self.text = text
        self.base = base
        self.positions = positions
        self.depth = depth
        # Whether a backslash at the end of a line breaks it.
        self.breaks = True


class References:
    """What one scan of a body has collected so far."""

    __slots__ = (
        "abbreviations",
        "attribute_lists",
        "attribute_tasks",
        "code_blocks",
        "footnote_marks",
        "footnotes",
        "foreign",
        "formulas",
        "gfm",
        "has_bare_lines",
        "links",
        "owned_attributes",
        "problems",
        "raw_elements",
        "symbols",
        "tasks",
        "transparent",
    )

    def __init__(self, *, gfm: bool) -> None:
        self.gfm = gfm
        self.has_bare_lines = False
        self.links: dict[str, LinkDefinition] = {}
        self.footnotes: dict[str, Footnote] = {}
        self.footnote_marks: dict[int, tuple[Element, str]] = {}
        self.owned_attributes: set[int] = set()
        self.code_blocks: list[tuple[Element, Element]] = []
        self.formulas: list[Element] = []
        # Elements in paragraphs whose content is no Markdown; only kept when there are abbreviations.
        self.raw_elements: dict[int, Element] = {}
        # Texts that a reference stands for, likewise.
        self.symbols: dict[int, Text] = {}
        # Content of footnotes that were defined inside other blocks, still to be moved.
        self.foreign: list[tuple[Element, PositionMap]] = []
        # Attribute lists may name others that are defined later.
        self.attribute_tasks: list[tuple[Attributes, str]] = []
        self.abbreviations: dict[str, tuple[str, Attributes]] = {}
        self.attribute_lists: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.tasks: list[SpanTask] = []
        # Items whose first paragraph leaves its text directly in the item.
        self.transparent: list[Element] = []


def normalize_id(written: str) -> str:
    """The form in which kramdown compares the ids of links."""
    return _ID_SPACE.sub(" ", written).strip(" ").lower()


def join_attribute_lists(written: Iterable[str]) -> str:
    """One attribute list that says what several say.

    Between them stands what no value can hold: a quotation mark that is left open does not reach into the next.
    """
    return " } ".join(written)


def read_attribute_list(
    written: str, lists: dict[str, str], into: Attributes, budget: list[int] | None = None
) -> None:
    """Add to `into` what an attribute list such as `.class #id key="value" name` says.

    A name stands for the list that was defined under it, and comes first wherever it is; lists that name themselves, or each
    other too often, are cut short.
    """
    budget = [_MOST_NAMES] if budget is None else budget
    matches = list(_ATTRIBUTE.finditer(written))
    for match in matches:
        name = match["name"]
        if name is not None and name in lists and budget[0] > 0:
            budget[0] -= 1
            read_attribute_list(lists[name], lists, into, budget)
    for match in matches:
        if match["key"] is not None:
            quote = match["quote"]
            value: str = match["value"].replace("\\}", "}").replace("\\" + quote, quote)
            into[match["key"]] = decode_attribute(value)
        elif match["marks"] is not None:
            for mark in _MARK.finditer(match["marks"]):
                value = decode_attribute(mark[2])
                if mark[1] == "#":
                    into["id"] = value
                else:
                    into["class"] = f"{into['class']} {value}" if "class" in into else value
