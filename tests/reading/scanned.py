"""What the scanner read, written out as HTML so that a test can show it in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdao_article.reading.blocks import scan_body
from newsdao_article.reading.names import VOID_NAMES
from newsdao_article.reading.tree import Comment, Element, Text, Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsdao_article.reading.tree import Node

__all__ = ["html", "walk", "written"]


def html(source: str, *, gfm: bool = True) -> str:
    """The HTML of a body, without the white space that kramdown puts between blocks."""
    return written(scan_body(source, gfm=gfm).blocks)


def written(nodes: Sequence[Node], *, raw: bool = False) -> str:
    """The HTML of nodes."""
    return "".join(_written(node, raw=raw) for node in nodes)


def _written(node: Node, *, raw: bool) -> str:
    match node:
        case Text(value="\n") if node.start == node.end:
            return ""
        case Text(value=value):
            return value if raw else _escape(value)
        case Comment(value=value):
            return f"<!--{value}-->"
        case Verbatim(html=verbatim):
            return verbatim
        case Element(tag=tag):
            attributes = "".join(
                f' {name}="{_escape(value).replace(chr(34), "&quot;")}"'
                for name, value in node.attributes.items()
            )
            if tag in VOID_NAMES or node.self_closing:
                return f"<{tag}{attributes} />"
            content = written(node.children, raw=tag in {"script", "style"})
            if not tag:
                return content
            return f"<{tag}{attributes}>{content}</{tag}>"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """All nodes, each before what it holds."""
    for node in nodes:
        yield node
        if isinstance(node, Element):
            yield from walk(node.children)
