"""The scanned tree as the HTML that kramdown would write for it; for markup that the model keeps verbatim."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

__all__ = ["VOID_TAGS", "serialize"]

#: Elements without content, as HTML and kramdown have them.
VOID_TAGS: Final = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
_RAW_TEXT_TAGS: Final = frozenset(("script", "style"))


def serialize(nodes: Iterable[Node]) -> str:
    """HTML for `nodes`: void elements closed with ` />`, text and values escaped; O(n), not recursive."""
    parts: list[str] = []
    stack: list[Node | str] = [*reversed(list(nodes))]
    raw_depth = 0
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            raw_depth -= raw_depth > 0
        elif isinstance(node, Text):
            parts.append(node.value if raw_depth else _escape(node.value))
        elif isinstance(node, Comment):
            parts.append(f"<!--{node.value}-->")
        elif isinstance(node, Verbatim):
            parts.append(node.html)
        elif node.tag in VOID_TAGS:
            parts.append(f"<{node.tag}{_attributes(node)} />")
        else:
            parts.append(f"<{node.tag}{_attributes(node)}>")
            stack.append(f"</{node.tag}>")
            stack.extend(reversed(node.children))
            raw_depth += bool(raw_depth) or node.tag in _RAW_TEXT_TAGS
    return "".join(parts)


def _attributes(element: Element) -> str:
    return "".join(
        f' {name}="{_escape(value).replace(chr(34), "&quot;")}"' for name, value in element.attributes.items()
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
