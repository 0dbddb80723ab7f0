"""CommonMark and GFM as their own engines read them: markdown-it-py and comrak, and how their HTML is compared."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias
from urllib.parse import unquote

import pytest

from newsdao_article.rendering.markdown_flavors import FlavorName
from tests.differential import dom

__all__ = ["Engine", "commonmark_engines", "difference"]

#: Reads Markdown, gives HTML.
Engine: TypeAlias = Callable[[str], str]


def commonmark_engines(flavor: FlavorName) -> list[Engine]:
    """markdown-it-py and comrak, reading a flavour; skips the test where either is missing."""
    markdown_it = pytest.importorskip("markdown_it", reason="needs markdown-it-py to read CommonMark")
    comrak = pytest.importorskip("comrak", reason="needs comrak to read CommonMark and GFM")
    reader = markdown_it.MarkdownIt("commonmark")
    extensions, options = comrak.ExtensionOptions(), comrak.RenderOptions()
    options.unsafe_ = True
    if flavor == "gfm":
        reader.enable(["table", "strikethrough"])
        extensions.table = extensions.strikethrough = extensions.autolink = extensions.tasklist = True
    # Addresses are compared as they were written, unsafe ones included.
    reader.normalizeLink = reader.normalizeLinkText = str
    reader.validateLink = bool

    def read_by_comrak(text: str) -> str:
        return str(comrak.render_markdown(text, extension_options=extensions, render_options=options))

    return [reader.render, read_by_comrak]


def difference(left: str, right: str, flavor: FlavorName) -> dom.Difference | None:
    """The first difference between two documents, beyond the white space that no browser shows.

    Of CommonMark's engines their own spellings are let pass: they percent-encode addresses, write a column's alignment
    as `align` or as a style without blanks, and `~~` as `<s>` or `<del>`. And there a comment inside HTML
    cannot hold a blank line, so blank lines in comments do not count.
    """
    if flavor == "kramdown":
        return dom.first_difference(left, right)
    return dom.compare(*(_respelled(dom.build(html)) for html in (left, right)))


def _respelled(root: dom.Element) -> dom.Element:
    pending: list[dom.Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, dom.Comment):
            node.value = re.sub(r"\n(?=[ \t]*\n)", "", node.value)
        if not isinstance(node, dom.Element):
            continue
        for name in ("href", "src"):
            if name in node.attributes:
                node.attributes[name] = unquote(node.attributes[name])
        if node.name == "s":
            node.name = "del"
        if node.name in ("td", "th"):
            if align := node.attributes.pop("align", None):
                node.attributes["style"] = f"text-align: {align}"
            if style := node.attributes.get("style"):
                node.attributes["style"] = re.sub(r"text-align: ?(\w+);?", r"text-align: \1", style)
        pending.extend(node.children)
    return root
