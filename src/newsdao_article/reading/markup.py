"""The scanned tree as the HTML that kramdown would write for it; for markup that the model keeps verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from newsdao_article.reading.entities import ENTITY
from newsdao_article.reading.tags import ATTRIBUTES, NEWLINES
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

__all__ = ["VOID_TAGS", "serialize", "written"]

#: Elements without content, as HTML and kramdown have them.
VOID_TAGS: Final = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
_AMPERSAND: Final = re.compile(rf"(?!{ENTITY.pattern})&")
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


def written(node: Node, text: str, base: int, *, in_paragraph: bool) -> str:
    """`node` as kramdown writes it, with the references that stand in its source.

    `base` is the offset that the beginning of `text` has in the positions of nodes. In a paragraph the line ends
    of attributes are spaces.
    """
    if isinstance(node, Text):
        source = _AMPERSAND.sub("&amp;", text[node.start - base : node.end - base])
        return source.replace("<", "&lt;").replace(">", "&gt;")
    if isinstance(node, Comment):
        return f"<!--{node.value}-->"
    if isinstance(node, Verbatim):
        return node.html
    if node.tag in VOID_TAGS or node.self_closing:
        return f"<{node.tag}{_written_attributes(node, text, base, in_paragraph=in_paragraph)} />"
    content = "".join(
        child.value
        if node.tag in _OPAQUE_TAGS and isinstance(child, Text)
        else written(child, text, base, in_paragraph=in_paragraph)
        for child in node.children
    )
    attributes = _written_attributes(node, text, base, in_paragraph=in_paragraph)
    return f"<{node.tag}{attributes}>{content}</{node.tag}>"


def _written_attributes(element: Element, text: str, base: int, *, in_paragraph: bool) -> str:
    tag = text[element.start - base : element.inner_start - base]
    written: dict[str, str] = {}
    for match in ATTRIBUTES.finditer(tag, len(element.tag) + 1):
        value: str = match[2] or match[3] or match[4] or ""
        if in_paragraph:
            value = NEWLINES.sub(" ", value)
        written[match[1].lower()] = _AMPERSAND.sub("&amp;", value)
    return "".join(f' {name}="{_escape_marks(written.get(name.lower(), ""))}"' for name in element.attributes)


def _begins_with_newline(element: Element) -> bool:
    first = element.children[0] if element.children else None
    return isinstance(first, Text) and first.value.startswith("\n")


def _attributes(element: Element) -> str:
    return "".join(
        f' {name}="{_escape(value).replace(chr(34), "&quot;")}"' for name, value in element.attributes.items()
    )


def _escape_marks(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
