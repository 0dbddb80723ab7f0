"""How Markdown says that text is highlighted: what becomes of the highlights of an article before they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, Literal, TypeAlias, TypeVar, cast

import attrs

from newsdao_article.model.attributes import Attributes
from newsdao_article.model.inlines import INLINE_TYPES, Emphasis, Highlight, Span, Strong
from newsdao_article.model.walk import Node, map_nodes, walk
from newsdao_article.rendering.palette import Palette

__all__ = ["MARK_SIGN", "Highlights", "attribute_list", "highlighted", "is_mark", "loses_colors"]

Highlights: TypeAlias = Literal["style", "class", "mark", "equals", "attributes"]
MARK_SIGN: Final = "=="

_NodeType = TypeVar("_NodeType", bound=Node)

_NAMED_BY_CLASS: Final = Palette(unlisted="class")
# kramdown takes a value up to the next quotation mark and a list up to the next brace, and reads no references.
_LISTED_NAME = re.compile(r"[a-z][a-z0-9\-]*\Z")
_LISTED_VALUE = re.compile(r"[^\"'\\{}<>&|\n\r\t`\[\]]+\Z")


def highlighted(
    nodes: Iterable[_NodeType], highlights: Highlights, palette: Palette | None
) -> list[_NodeType]:
    """`nodes` in the colours of `palette`, with their highlights as `highlights` has them written."""
    if highlights == "class":
        palette = _NAMED_BY_CLASS if palette is None else attrs.evolve(palette, unlisted="class")
    found = [node if palette is None else palette.recolor(node) for node in nodes]
    if highlights in ("mark", "equals"):
        return [_mapped(node, _marked) for node in found]
    return [_mapped(node, _joined) for node in found] if highlights == "attributes" else found


def loses_colors(nodes: Iterable[Node], highlights: Highlights) -> tuple[Highlight, ...]:
    """The highlights whose colours `highlights` does not say."""
    if highlights not in ("mark", "equals"):
        return ()
    return tuple([found for node in nodes for found in walk(node) if isinstance(found, Highlight)])


def is_mark(node: Node) -> bool:
    """Whether `node` is what `==` means: marked text, and nothing else about it."""
    return isinstance(node, Span) and node.tag == "mark" and not node.attributes


def attribute_list(attributes: Attributes) -> str | None:
    """`attributes` as a kramdown attribute list, None where one would not be read as they are."""
    parts: list[str] = []
    for name, value in attributes.items():
        if _LISTED_NAME.match(name) is None or _LISTED_VALUE.match(value) is None or value != value.strip():
            return None
        parts.append(f'{name}="{value}"')
    return "{: " + " ".join(parts) + "}"


def _mapped(node: _NodeType, function: Callable[[Node], Node]) -> _NodeType:
    if isinstance(node, INLINE_TYPES):
        # It may change its class, which `map_nodes` does not let the mapped node itself do.
        return cast("_NodeType", map_nodes(Span((node,)), function).content[0])
    return map_nodes(node, function)


def _marked(node: Node) -> Node:
    return Span(node.content, "mark") if isinstance(node, Highlight) else node


def _joined(node: Node) -> Node:
    """Emphasis and the highlight directly around it or in it as one: emphasis with the highlight's style."""
    if isinstance(node, Highlight) and len(node.content) == 1:
        inner = node.content[0]
        if isinstance(inner, (Strong, Emphasis)) and inner.tag in ("strong", "em") and not inner.attributes:
            return attrs.evolve(inner, attributes=_styled(node))
    if isinstance(node, (Strong, Emphasis)) and node.tag in ("strong", "em") and not node.attributes:
        match node.content:
            case (Highlight() as highlight,):
                return attrs.evolve(node, content=highlight.content, attributes=_styled(highlight))
            case _:
                return node
    return node


def _styled(highlight: Highlight) -> Attributes:
    return Attributes.as_read({"style": highlight.own_style, **highlight.attributes})
