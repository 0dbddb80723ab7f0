"""What is left of posts after HTML → Markdown → HTML, ours beside other converters: `python -m tests.benchmarks.fidelity`.

Everyone gets the same HTML, that of the posts' articles, and what it writes is read back by the reader that it writes
for. A fact counts as kept in a post only if all of it is there, the same, in the same order; the figures are per
cent of the posts that have the fact at all. The facts are found in both documents by the same few rules, with no
code of the library.

    python -m tests.benchmarks.fidelity [--posts 287] [--slow 96]

Peers come from the dependency group `benchmark`, kramdown from Ruby; those that are not installed are named as such.
pandoc starts a process for each document: it gets the first `--slow` posts only.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import attrs
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

import newsdao_article as na
from newsdao_article.rendering.markdown import Fidelity
from newsdao_article.rendering.markdown_flavors import FlavorName
from tests.differential.engine import KramdownEngine, why_missing

from .posts import Post, read_corpus, sample

__all__ = ["main"]

FACTS: Final = (
    "text",
    "headings",
    "bold",
    "color",
    "background",
    "rel",
    "cells",
    "align",
    "data-ke",
    "spacers",
)
_BLOCKS: Final = frozenset(
    "address article blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_ALIGNMENT = re.compile(r"(?:^|;)\s*text-align\s*:\s*([a-z]+)", re.IGNORECASE)

Facts = dict[str, object]


@attrs.frozen
class Converter:
    """Writes Markdown for an article or its HTML, and reads it back."""

    name: str
    write: Callable[[na.Article, str], str]
    read: Callable[[str], str]
    is_slow: bool = False


def facts(html: str) -> Facts:
    """Everything that is compared of a document."""
    body = LexborHTMLParser(html).body
    assert body is not None
    elements = [node for node in body.traverse() if node.is_element_node and node != body]
    return {
        "text": _shown(body),
        "headings": [(e.tag, _shown(e)) for e in elements if re.fullmatch("h[1-6]", e.tag or "")],
        "bold": "".join(_bold(body)),
        "color": [(value, _shown(e)) for e in elements if (value := _declared(e, "color"))],
        "background": [
            (value, _shown(e))
            for e in elements
            if (value := _declared(e, "background-color") or _declared(e, "background"))
        ],
        "rel": [
            (e.attributes["rel"], _shown(e)) for e in elements if e.tag == "a" and e.attributes.get("rel")
        ],
        "cells": [[_cell(cell) for cell in _cells(row)] for row in elements if row.tag == "tr"],
        "align": _some([_alignment(e) for e in elements if e.tag in ("td", "th")]),
        "data-ke": [
            (e.tag, name, value)
            for e in elements
            for name, value in sorted(e.attributes.items())
            if name.startswith("data-ke-")
        ],
        "spacers": sum(e.tag == "p" and not _shown(e) and e.css_first("img, br") is None for e in elements),
    }


def _shown(node: LexborNode) -> str:
    """The text of a node: one space for any white space and for the edges of blocks, none for those of inlines."""
    parts: list[str] = []
    for part in node.traverse(include_text=True):
        if part.is_text_node:
            parts.append(part.text_content or "")
        elif part.tag in _BLOCKS:
            parts.append(" ")
        if _ends_block(part, node):
            parts.append(" ")
    return " ".join("".join(parts).split())


def _ends_block(part: LexborNode, top: LexborNode) -> bool:
    """Whether a block ends with `part`, the last node in it."""
    node: LexborNode | None = part
    if part.is_element_node and part.first_child is not None:
        return False
    while node is not None and node != top:
        if node.tag in _BLOCKS:
            return True
        if node.next is not None:
            return False
        node = node.parent
    return False


def _bold(body: LexborNode) -> Iterator[str]:
    """What a browser shows bold of running text: header cells, too."""
    for node in body.traverse(include_text=True):
        if not node.is_text_node:
            continue
        above: LexborNode | None = node.parent
        while above is not None and above.tag not in ("b", "strong", "th"):
            above = above.parent
        if above is not None:
            yield "".join((node.text_content or "").split())


def _declared(element: LexborNode, name: str) -> str | None:
    style = element.attributes.get("style") or ""
    for declaration in style.split(";"):
        found, _, value = declaration.partition(":")
        if found.strip().lower() == name:
            return value.strip().lower()
    return None


def _cells(row: LexborNode) -> list[LexborNode]:
    return [node for node in row.iter() if node.tag in ("td", "th")]


def _cell(cell: LexborNode) -> tuple[str, str, str]:
    spans = [cell.attributes.get(name) or "1" for name in ("colspan", "rowspan")]
    return _shown(cell), spans[0], spans[1]


def _alignment(cell: LexborNode) -> str:
    found = _ALIGNMENT.search(cell.attributes.get("style") or "")
    return (found[1] if found else cell.attributes.get("align") or "").lower()


def _some(values: list[str]) -> list[str]:
    """The values, none if all of them are empty."""
    return values if any(values) else []


def ours(kramdown: KramdownEngine | None) -> Iterator[Converter]:
    """This library, for every reader and both levels that keep what readers see."""
    levels: tuple[Fidelity, ...] = ("exact", "reader")
    flavors: tuple[FlavorName, ...] = ("kramdown", "commonmark", "gfm")
    for level in levels:
        for flavor in flavors:
            if flavor == "kramdown" and kramdown is None:
                continue
            options = na.MarkdownOptions(flavor=flavor, fidelity=level)
            yield Converter(
                f"newsdao-article, {flavor}, {level}",
                lambda article, _, options=options: na.render_markdown(article, options),  # type: ignore[misc]
                _by_kramdown(kramdown)
                if flavor == "kramdown" and kramdown
                else _commonmark(tables=flavor == "gfm"),
            )


def _by_kramdown(engine: KramdownEngine) -> Callable[[str], str]:
    return lambda text: engine.render(text).html or ""


def _commonmark(*, tables: bool = True) -> Callable[[str], str]:
    reader = MarkdownIt("commonmark")
    if tables:
        reader.enable(["table", "strikethrough"])
    return reader.render


def peers() -> Iterator[Converter]:
    """The other converters that are installed, with their defaults and as good as their options make them."""
    read = _commonmark()
    if module := _installed("html_to_markdown"):
        yield Converter("html-to-markdown", lambda _, html: _content(module.convert(html)), read)
        kept = module.ConversionOptions(preserve_tags=["span", "table", "p", "h2"])
        yield Converter(
            "html-to-markdown, preserve_tags", lambda _, html: _content(module.convert(html, kept)), read
        )
    if (markdownify := _installed("markdownify")) is not None:
        yield Converter("markdownify", lambda _, html: str(markdownify.markdownify(html)), read)
    if (html2text := _installed("html2text")) is not None:
        yield Converter("html2text", lambda _, html: str(html2text.html2text(html)), read)
    if (pypandoc := _installed("pypandoc")) is not None:
        for target in ("gfm", "markdown"):
            yield Converter(
                f"pandoc, {target}",
                lambda _, html, target=target: _pandoc(pypandoc, html, "html", target),  # type: ignore[misc]
                lambda text, target=target: _pandoc(pypandoc, text, target, "html"),  # type: ignore[misc]
                is_slow=True,
            )


def _installed(name: str) -> Any:
    return import_module(name) if find_spec(name) is not None else None


def _content(result: object) -> str:
    return str(getattr(result, "content", result))


def _pandoc(pypandoc: Any, text: str, source: str, target: str) -> str:
    return str(pypandoc.convert_text(text, target, format=source, extra_args=["--wrap=none"]))


def measure(converter: Converter, posts: Sequence[Post]) -> dict[str, tuple[int, int]]:
    """Of each fact, in how many posts it was kept, and how many have it."""
    counts = dict.fromkeys(FACTS, (0, 0))
    for post in posts:
        article = na.parse(post.text).article
        html = str(na.render_html(article))
        before, after = facts(html), facts(converter.read(converter.write(article, html)))
        for name in FACTS:
            if before[name]:
                kept, having = counts[name]
                counts[name] = kept + (before[name] == after[name]), having + 1
    return counts


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table; 2 where there is no corpus."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.fidelity",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--posts", type=int, default=287, help="how many posts (default: 287)")
    parser.add_argument("--slow", type=int, default=96, help="how many of them for pandoc (default: 96)")
    parser.add_argument("--only", help="converters whose name holds this")
    parser.add_argument("--corpus", type=Path, help="a folder or .tar.xz of SITE/NAME.md files")
    chosen = parser.parse_args(arguments)
    corpus = read_corpus(chosen.corpus)
    if not corpus:
        print("no corpus: name a folder or a .tar.xz with --corpus", file=sys.stderr)
        return 2
    posts = sample(corpus, chosen.posts)
    missing = why_missing()
    print(f"{len(posts)} posts; per cent of those that have it" + (f"; {missing}" if missing else ""))
    print(f"{'':36}" + "".join(f"{name:>12}" for name in FACTS))
    with contextlib.ExitStack() as stack:
        engine = None if missing else stack.enter_context(KramdownEngine())
        for converter in (*ours(engine), *peers()):
            if chosen.only is None or chosen.only in converter.name:
                counts = measure(converter, posts[: chosen.slow] if converter.is_slow else posts)
                print(f"{converter.name:36}" + "".join(f"{_percent(*counts[name]):>12}" for name in FACTS))
    return 0


def _percent(kept: int, having: int) -> str:
    return f"{100 * kept / having:.0f}" if having else "-"


if __name__ == "__main__":
    sys.exit(main())
