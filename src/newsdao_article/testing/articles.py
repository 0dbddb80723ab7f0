"""Strategies for what stands at the top: sections, front matter, articles."""

from __future__ import annotations

import functools
from collections.abc import Iterable

import attrs
from hypothesis import strategies as st

from newsdao_article.model.article import Article, Section
from newsdao_article.model.blocks import Block, Heading, Paragraph
from newsdao_article.model.front_matter import (
    KNOWN_KEYS,
    FrontMatter,
    FrontMatterMapping,
    FrontMatterValue,
    holds_categories,
)
from newsdao_article.model.inlines import Comment
from newsdao_article.testing.blocks import bare_paragraphs_in, block_in, heading_in
from newsdao_article.testing.inlines import Scope
from newsdao_article.testing.values import front_matter_mappings, front_matter_values, lines, optional, texts

__all__ = ["articles", "front_matters", "sections"]


@functools.cache
def _top_level(raw: bool) -> st.SearchStrategy[tuple[Block, ...]]:
    scope = Scope(raw=raw)
    block = st.one_of(
        block_in(scope).filter(lambda block: not isinstance(block, Heading)), bare_paragraphs_in(scope)
    )
    return st.lists(block, max_size=3).map(_apart)


def _apart(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` less those that would run together: bare text beside bare text, or beside a comment."""
    kept: list[Block] = []
    for block in blocks:
        if not (kept and _is_bare(kept[-1]) and _is_bare(block)):
            kept.append(block)
    return tuple(kept)


def _is_bare(block: Block) -> bool:
    return isinstance(block, Comment) or (isinstance(block, Paragraph) and block.bare)


@functools.cache
def sections(*, raw: bool = True) -> st.SearchStrategy[Section]:
    """A heading with the blocks that follow it."""
    return st.builds(Section, heading_in(Scope(raw=raw)), _top_level(raw))


@st.composite
def front_matters(draw: st.DrawFn) -> FrontMatter:
    """Front matter with any of its fields, values of unusual types for known keys, and keys of the site's own."""
    one_line, many_lines = optional(lines()), optional(_teasers())
    usual = FrontMatter(
        title=draw(one_line),
        categories=draw(st.lists(lines(), max_size=2)),
        excerpt=draw(many_lines),
        feature_text=draw(many_lines),
        image=draw(one_line),
        feature_image=draw(one_line),
    )
    extra = dict(draw(front_matter_mappings()))
    for key in KNOWN_KEYS:
        extra.pop(key, None)
    unset = [key for key in KNOWN_KEYS if getattr(usual, key) in (None, ())]
    with_unusual: bool = draw(st.booleans())
    if unset and with_unusual:
        key = draw(st.sampled_from(unset))
        extra[key] = draw(_unusual_values(key))
    return attrs.evolve(usual, extra=FrontMatterMapping(extra))


@functools.cache
def _teasers() -> st.SearchStrategy[str]:
    return st.builds(str.__add__, texts(min_size=0), st.sampled_from(("\n", "", "\n\n")))


@functools.cache
def _unusual_values(key: str) -> st.SearchStrategy[FrontMatterValue]:
    """Values that no field takes: those of another type than the key usually has."""
    if key == "categories":
        return front_matter_values().filter(lambda value: not holds_categories(value))
    return front_matter_values().filter(lambda value: value is not None and not isinstance(value, str))


@functools.cache
def articles(*, raw: bool = True) -> st.SearchStrategy[Article]:
    """Whole articles: front matter, lead and sections."""
    return st.builds(Article, front_matters(), _top_level(raw), st.lists(sections(raw=raw), max_size=2))
