"""Hypothesis strategies for articles and everything in them.

There is one strategy for each class of the model, named after it in the plural, and above them
`articles`, `sections`, `blocks`, `flow`, `inlines` and `posts` (source text). They give what
constructors accept and what a browser leaves as it is (no link inside a link, no element whose
content HTML would move), so an article drawn here is one that a post can hold.
Containers are small and nest a few levels deep; a hundred articles take about a second.

    from hypothesis import given
    from newsdao_article.testing.strategies import articles

    @given(articles())
    def test_my_renderer_takes_any_article(article): ...

Where a strategy takes `raw`, False leaves out the classes that hold markup verbatim
(`RawBlock`, `RawInline`), which renderers do not write as they are unless told to.
"""

from __future__ import annotations

from hypothesis import strategies as st

from newsdao_article.testing.articles import articles, front_matters, sections
from newsdao_article.testing.blocks import (
    blocks,
    cells,
    code_blocks,
    columns,
    details,
    divisions,
    faq_items,
    faqs,
    figures,
    flow,
    headings,
    list_items,
    lists,
    paragraphs,
    quotes,
    raw_blocks,
    rows,
    rules,
    spacers,
    tables,
)
from newsdao_article.testing.inlines import (
    codes,
    comments,
    emphases,
    highlights,
    images,
    inlines,
    line_breaks,
    links,
    raw_inlines,
    smalls,
    spans,
    strikethroughs,
    strongs,
    subscripts,
    superscripts,
    text_nodes,
    underlines,
)
from newsdao_article.testing.source_text import source_texts
from newsdao_article.testing.values import (
    attributes,
    colors,
    front_matter_mappings,
    front_matter_values,
    lines,
    texts,
    urls,
    words,
)

__all__ = [
    "articles",
    "attributes",
    "blocks",
    "cells",
    "code_blocks",
    "codes",
    "colors",
    "columns",
    "comments",
    "details",
    "divisions",
    "emphases",
    "faq_items",
    "faqs",
    "figures",
    "flow",
    "front_matter_mappings",
    "front_matter_values",
    "front_matters",
    "headings",
    "highlights",
    "images",
    "inlines",
    "line_breaks",
    "lines",
    "links",
    "list_items",
    "lists",
    "paragraphs",
    "posts",
    "quotes",
    "raw_blocks",
    "raw_inlines",
    "rows",
    "rules",
    "sections",
    "smalls",
    "spacers",
    "spans",
    "strikethroughs",
    "strongs",
    "subscripts",
    "superscripts",
    "tables",
    "text_nodes",
    "texts",
    "underlines",
    "urls",
    "words",
]


def posts() -> st.SearchStrategy[str]:
    """Source text of posts: what articles are written as, whole and damaged, HTML and Markdown mixed."""
    return source_texts(articles())
