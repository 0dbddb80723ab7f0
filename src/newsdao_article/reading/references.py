"""What a body defines in one place and uses in another, and everything that a scan collects.

Link definitions, footnotes, abbreviations and attribute lists may stand anywhere in a body, so
spans are read only after all blocks were found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from newsdao_article.problems import Problem
    from newsdao_article.reading.source import PositionMap
    from newsdao_article.reading.tree import Element

__all__ = [
    "Attributes",
    "Footnote",
    "LinkDefinition",
    "References",
    "SpanTask",
    "normalize_id",
    "read_attribute_list",
]

Attributes = dict[str, str]

_ID_SPACE: Final = re.compile(r"[ \n\t\r\f\v]+")
_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9_\-]*"
_ATTRIBUTE: Final = re.compile(
    rf"(?:(?<=[ \t\n])|^)(?:(?P<key>[A-Za-z0-9_][A-Za-z0-9_:\-]*)=(?P<quote>[\"'])(?P<value>(?:\\\}}|\\(?P=quote)|[^\\}}])*?)(?P=quote)"
    r"|\#(?P<id>[A-Za-z][A-Za-z0-9_:\-]*)|\.(?P<class>[^\s.\#\"']+)"
    rf"|(?P<name>{_NAME}))(?=[ \t\n.\#]|$)"
)


class LinkDefinition:
    """Where `[id]` leads."""

    __slots__ = ("attributes", "title", "url")

    def __init__(self, url: str, title: str | None, attributes: Attributes) -> None:
        self.url = url
        self.title = title
        self.attributes = attributes


class Footnote:
    """The content of a footnote and the extent of its definition."""

    __slots__ = ("content", "end", "start")

    def __init__(self, content: Element, start: int, end: int) -> None:
        self.content = content
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
        "foreign",
        "footnote_marks",
        "footnotes",
        "formulas",
        "gfm",
        "has_bare_lines",
        "links",
        "problems",
        "tasks",
        "transparent",
    )

    def __init__(self, *, gfm: bool) -> None:
        self.gfm = gfm
        self.has_bare_lines = False
        self.links: dict[str, LinkDefinition] = {}
        self.footnotes: dict[str, Footnote] = {}
        self.footnote_marks: dict[int, tuple[Element, str]] = {}
        self.formulas: list[Element] = []
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


def read_attribute_list(written: str, lists: dict[str, str], into: Attributes, *, level: int = 0) -> None:
    """Add to `into` what an attribute list such as `.class #id key="value" name` says."""
    for match in _ATTRIBUTE.finditer(written):
        name = match["name"]
        if name is not None:
            if name in lists and level < 10:
                read_attribute_list(lists[name], lists, into, level=level + 1)
        elif match["key"] is not None:
            quote = match["quote"]
            into[match["key"]] = match["value"].replace("\\}", "}").replace("\\" + quote, quote)
        elif match["id"] is not None:
            into["id"] = match["id"]
        else:
            classes = match["class"]
            into["class"] = f"{into['class']} {classes}" if "class" in into else classes
