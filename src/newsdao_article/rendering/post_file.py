"""Article → the file that a Jekyll site stores: front matter, then the body in house style."""

from __future__ import annotations

import re

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import Block, Paragraph
from newsdao_article.model.inlines import Link, Text
from newsdao_article.rendering.front_matter import render_front_matter
from newsdao_article.rendering.html import HtmlContext, HtmlOptions
from newsdao_article.rendering.style import NEWSDAO, HouseStyle

__all__ = ["render_post"]

# Text that means itself wherever it stands in a line of kramdown, and that no typography changes.
_PLAIN_LINE = re.compile(
    r"[^\W\d_][^\x00-\x20*_`\[\]{}()\\|~^$<>&\"'\x7f-\xa0]*(?: [^\x00-\x20*_`\[\]{}()\\|~^$<>&\"'\x7f-\xa0]+)* ?\Z"
)


def render_post(article: Article, style: HouseStyle = NEWSDAO) -> str:
    """The post file of `article`: `parse(render_post(article)).article == article`.

    Everything is written as the article holds it, raw nodes and values held as read included: a
    post is source, and what may be shown of it is decided where it is rendered. Liquid openers
    in text are written so that Jekyll prints them. O(n).
    """
    context = HtmlContext(HtmlOptions(raw="keep", style=style), liquid=True)
    blocks = article.blocks
    trailer = _trailer(blocks, context) if style.trailer else None
    body = context.gapped(
        [context.top_level(block) for block in (blocks if trailer is None else blocks[:-1])]
    )
    if trailer is not None:
        body.extend((style.trailer_gap, trailer))
    front_matter = render_front_matter(article.front_matter, image_quote=style.image_quote)
    return f"{front_matter}\n{''.join(body)}{style.end if body else ''}"


def _trailer(blocks: tuple[Block, ...], context: HtmlContext) -> str | None:
    """The last paragraph as a bare line, if it is the site's text and link and reads the same without its tag."""
    if len(blocks) < 2 or (isinstance(blocks[-2], Paragraph) and blocks[-2].bare):
        return None
    last = blocks[-1]
    if not isinstance(last, Paragraph) or last.bare or last.size is not None or last.attributes:
        return None
    match last.content:
        case (Text(text), Link(content=(Text(name),), title=None)):
            if (
                _PLAIN_LINE.match(text)
                and _PLAIN_LINE.match(name)
                and ".." not in text + name
                and "--" not in text + name
            ):
                return context.inlines(last.content)
        case _:
            pass
    return None
