"""Who is timed: this package, the bare lxml parse that everything is measured against, and peers."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar, cast

from lxml import etree

import newsdao_article as na
from newsdao_article.reading.front_matter import read_front_matter

from .posts import Post
from .timing import Contender

__all__ = ["REFERENCE", "contenders", "missing_peers"]

REFERENCE = "lxml: bare parse of the body"

_PEERS = {
    "frontmatter": "python-frontmatter",
    "markdownify": "markdownify",
    "html_to_markdown": "html-to-markdown",
}

_Input = TypeVar("_Input")


def contenders() -> list[Contender]:
    """Everyone that can be timed here."""
    return [_contender(REFERENCE, _body, _parse_with_lxml), *_ours(), *_peers()]


def missing_peers() -> list[str]:
    """The peers that are not installed, by the names that they are installed under."""
    return [name for module, name in _PEERS.items() if find_spec(module) is None]


def _contender(name: str, prepare: Callable[[Post], _Input], run: Callable[[_Input], object]) -> Contender:
    return Contender(name, prepare, cast("Callable[[object], object]", run))


def _text(post: Post) -> str:
    return post.text


def _body(post: Post) -> str:
    return post.body


def _article(post: Post) -> na.Article:
    return na.parse(post.text).article


def _parse_with_lxml(body: str) -> object:
    return etree.fromstring(f"<body>{body}".encode(), etree.HTMLParser(encoding="utf-8"))


def _ours() -> list[Contender]:
    def whole_file(render: Callable[[na.Article], object]) -> Callable[[str], object]:
        return lambda text: render(na.parse(text).article)

    renderings: dict[str, Callable[[na.Article], object]] = {
        "html": na.render_html,
        "markdown": na.render_markdown,
        "text": na.render_text,
        "post": na.render_post,
    }
    return [
        _contender("front matter", _text, read_front_matter),
        _contender("parse", _text, na.parse),
        # An empty front matter stands for none: what is left is the cost of the body.
        _contender("parse, body only", lambda post: f"---\n---\n{post.body}", na.parse),
        *(_contender(f"parse + {name}", _text, whole_file(render)) for name, render in renderings.items()),
        *(_contender(f"render {name}", _article, render) for name, render in renderings.items()),
    ]


def _peers() -> list[Contender]:
    found = {module: import_module(module) for module in _PEERS if find_spec(module) is not None}
    peers: list[Contender] = []
    if "frontmatter" in found:
        loads = cast("Callable[[str], object]", found["frontmatter"].loads)
        peers.append(_contender("python-frontmatter: the file", _text, loads))
    if "markdownify" in found:
        markdownify = cast("Callable[[str], str]", found["markdownify"].markdownify)
        peers.append(_contender("markdownify: the body", _body, markdownify))
    if "html_to_markdown" in found:
        convert = cast("Callable[[str], object]", found["html_to_markdown"].convert)
        peers.append(_contender("html-to-markdown: the body", _body, convert))
    return peers
