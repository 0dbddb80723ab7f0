"""Going through an article: children, all nodes, changed copies, and what can be read off it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, TypeAlias, TypeVar

import attrs

from newsdao_article.model.article import Article, Section
from newsdao_article.model.blocks import (
    Block,
    Cell,
    CodeBlock,
    Column,
    FaqItem,
    ListItem,
    Row,
    Spacer,
)
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import (
    Code,
    Comment,
    Image,
    Inline,
    LineBreak,
    Link,
    RawInline,
    Text,
)
from newsdao_article.problems import InvalidValueError, LimitExceeded

__all__ = ["Node", "Part", "children", "headings", "images", "links", "map_nodes", "plain_text", "walk"]

#: A node that stands only in a fixed place of another one.
Part: TypeAlias = Section | ListItem | Row | Cell | Column | FaqItem
#: Everything that `walk` can meet.
Node: TypeAlias = Article | FrontMatter | Block | Inline | Part

#: Deeper than any post: readers stop at 100 levels of elements.
_MAX_DEPTH: Final = 200

_NodeType = TypeVar("_NodeType", bound=Node)

#: The fields of each class that hold nodes, in document order.
_FIELDS: dict[str, tuple[str, ...]] = {
    "Article": ("front_matter", "lead", "sections"),
    "Section": ("heading", "blocks"),
    "Figure": ("content", "caption"),
    "List": ("items",),
    "Table": ("caption", "columns", "head", "body", "foot"),
    "Row": ("cells",),
    "Details": ("summary", "content"),
    "Faq": ("items",),
    "FaqItem": ("question", "answer"),
}
_CONTENT = ("content",)


def child_fields(node: Node) -> tuple[str, ...]:
    """The names of the fields of `node` that hold nodes, in document order."""
    fields = _FIELDS.get(type(node).__name__)
    if fields is None:
        fields = _CONTENT if hasattr(node, "content") else ()
    return fields


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside `node`, in document order."""
    return tuple(child for name in child_fields(node) for child in _field(node, name))


def _field(node: Node, name: str) -> tuple[Node, ...]:
    value: Node | tuple[Node, ...] = getattr(node, name)
    return value if isinstance(value, tuple) else (value,)


def walk(node: Node) -> Iterator[Node]:
    """Every node below `node` and `node` itself, depth first, in document order; O(n), not recursive."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(children(current)))


def map_nodes(node: _NodeType, function: Callable[[Node], Node | tuple[Node, ...]]) -> _NodeType:
    """A copy of `node` in which `function` has replaced every node, the innermost first.

    `function` gets a node whose children are done and returns it (unchanged nodes keep their
    identity), another one, or a tuple of nodes to stand in its place (an empty one removes it).
    `node` itself must stay a single node of its own type. Raises `LimitExceeded` beyond 200 levels of nesting.
    """
    mapped = _mapped(node, function, 0)
    if not isinstance(mapped, type(node)):
        raise InvalidValueError(
            f"the mapped node itself must stay a {type(node).__name__}, got {mapped!r}"[:120]
        )
    return mapped


def _mapped(
    node: Node, function: Callable[[Node], Node | tuple[Node, ...]], depth: int
) -> Node | tuple[Node, ...]:
    if depth > _MAX_DEPTH:
        raise LimitExceeded(f"content is nested more than {_MAX_DEPTH} levels deep; flatten it")
    changes: dict[str, Any] = {}
    for name in child_fields(node):
        old = _field(node, name)
        new: list[Node] = []
        for child in old:
            result = _mapped(child, function, depth + 1)
            new.extend(result if isinstance(result, tuple) else (result,))
        if len(new) != len(old) or any(a is not b for a, b in zip(new, old, strict=True)):
            changes[name] = _field_value(node, name, new)
    return function(attrs.evolve(node, **changes) if changes else node)


def _field_value(node: Node, name: str, new: list[Node]) -> object:
    if isinstance(getattr(node, name), tuple):
        return new
    if len(new) != 1:
        raise InvalidValueError(f"{type(node).__name__}.{name} is one node, got {len(new)}")
    return new[0]


def links(node: Node) -> tuple[Link, ...]:
    """Every link, in document order."""
    return tuple(found for found in walk(node) if isinstance(found, Link))


def images(node: Node) -> tuple[Image, ...]:
    """Every image, in document order."""
    return tuple(found for found in walk(node) if isinstance(found, Image))


def headings(node: Node) -> tuple[Block, ...]:
    """Every heading, those inside divisions and quotes included, in document order."""
    from newsdao_article.model.blocks import Heading

    return tuple(found for found in walk(node) if isinstance(found, Heading))


def plain_text(node: Node) -> str:
    """The characters that readers see of `node`, blocks and cells separated by line ends.

    White space is as authored; nothing is added inside a line. Images, comments and raw markup
    give nothing. For text to publish use `render_text`.
    """
    parts: list[str] = []
    stack: list[Node | None] = [node]
    while stack:
        current = stack.pop()
        if current is None or isinstance(current, LineBreak):
            if parts and not parts[-1].endswith("\n"):
                parts.append("\n")
        elif isinstance(current, (Text, Code, CodeBlock)):
            parts.append(current.text)
        elif not isinstance(current, (Comment, Image, RawInline, Spacer, FrontMatter)):
            separate = not isinstance(current, Inline)
            if separate:
                stack.append(None)
            stack.extend(reversed(children(current)))
            if separate:
                stack.append(None)
    return "".join(parts).strip("\n")
