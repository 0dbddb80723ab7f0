"""The words that readers of a page see, found in its HTML and in plain text by the same rule."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import Block
from newsdao_article.model.inlines import INLINE_TAGS
from newsdao_article.model.visibility import is_invisible_text
from newsdao_article.rendering.html import render_html

__all__ = ["html_words", "letters", "words"]

_INLINE_TAGS = INLINE_TAGS | {"br", "img"}


class _Words(HTMLParser):
    """The words that a browser shows: cut at ASCII white space, line breaks and the edges of block elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "br" or tag not in _INLINE_TAGS:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, None)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def words(text: str) -> list[str]:
    """The words with a letter in them; markers, rules and borders have none."""
    return [word for word in re.split("[ \t\n\r\f]+", text) if letters(word)]


def letters(text: str) -> str:
    """The visible letters and symbols, less those that lists, quotes and tables are drawn with."""
    return "".join(
        c
        for c in text
        if unicodedata.category(c)[0] in "LS" and c not in "|+=<>" and not is_invisible_text(c)
    )


def html_words(node: Article | Block) -> list[str]:
    return words("".join(_Words(str(render_html(node))).text))
