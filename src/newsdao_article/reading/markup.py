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
_OPAQUE_TAGS: Final = frozenset(("script", "style"))
_RAW_TEXT_TAGS: Final = frozenset("iframe noembed noframes plaintext script style xmp".split())
_LOSES_FIRST_NEWLINE: Final = frozenset(("listing", "pre", "textarea"))


def serialize(nodes: Iterable[Node], *, scanned: bool = False) -> str:
    """HTML for `nodes`: void elements closed with ` />`, text and values escaped; O(n), not recursive.

    A browser builds `nodes` from it, unless they are as `scanned`: then it is what kramdown writes of them.
    """
    raw_text_tags = _OPAQUE_TAGS if scanned else _RAW_TEXT_TAGS
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
        elif node.tag in VOID_TAGS or (node.self_closing and not node.children):
            parts.append(f"<{node.tag}{_attributes(node)} />")
        else:
            parts.append(f"<{node.tag}{_attributes(node)}>")
            if not scanned and node.tag in _LOSES_FIRST_NEWLINE and _begins_with_newline(node):
                parts.append("\n")
            stack.append(f"</{node.tag}>")
            stack.extend(reversed(node.children))
            raw_depth += bool(raw_depth) or node.tag in raw_text_tags
    return "".join(parts)


def _begins_with_newline(element: Element) -> bool:
    first = element.children[0] if element.children else None
    return isinstance(first, Text) and first.value.startswith("\n")


def _attributes(element: Element) -> str:
    return "".join(
        f' {name}="{_escape(value).replace(chr(34), "&quot;")}"' for name, value in element.attributes.items()
    )


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
