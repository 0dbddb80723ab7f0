"""The laws of the library, on texts and articles of every kind.

The numbers are those of the list of laws in the documentation.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.testing import strategies
from newsdao_article.testing.source_text import fragments

#: Any string whatever: lone surrogates, controls and every kind of line end are among them.
any_text = st.text(
    st.one_of(st.characters(), st.characters(codec="ascii"), st.sampled_from("\ud800\r\n\x85\u2028"))
)
any_source = st.one_of(
    strategies.posts(), any_text, st.lists(st.one_of(fragments(), any_text), max_size=5).map("".join)
)


def body_only(html: str) -> str:
    """The source text of a post that has `html` for its body."""
    return f"---\n---\n\n{html}"


@given(any_source)
def test_1_reading_loses_nothing_of_any_text(source: str) -> None:
    post = na.parse(source)
    assert post.source == source
    assert str(post) == source


@given(any_source)
def test_1_pieces_tile_the_text(source: str) -> None:
    end = 0
    for piece in na.parse(source).pieces:
        assert piece.start == end
        assert piece.start < piece.end
        end = piece.end
    assert end == len(source)


@given(any_source)
def test_1_reading_the_same_text_twice_gives_equal_articles(source: str) -> None:
    assert na.parse(source).article == na.parse(source).article


@given(strategies.articles())
def test_5_a_post_file_reads_back_as_its_article(article: na.Article) -> None:
    assert na.parse(na.render_post(article)).article == article


@given(any_source)
def test_5_what_was_read_survives_being_written_anew(source: str) -> None:
    article = na.parse(source).article
    assert na.parse(na.render_post(article)).article == article


@given(strategies.articles(raw=False))
def test_6_inert_html_reads_back_as_the_blocks_it_shows(article: na.Article) -> None:
    assert na.parse(body_only(str(na.render_html(article)))).article.blocks == article.blocks


@given(strategies.articles())
def test_6_html_of_a_trusted_article_reads_back_raw_nodes_included(article: na.Article) -> None:
    html = na.render_html(article, na.HtmlOptions(raw="keep"))
    assert na.parse(body_only(str(html))).article.blocks == article.blocks


@given(any_source)
def test_6_html_of_what_was_read_reads_back_the_same(source: str) -> None:
    # In names of attributes kramdown makes of it a small letter that it does not take there itself.
    assume("İ" not in source)
    article = na.parse(source).article
    html = na.render_html(article, na.HtmlOptions(raw="keep"))
    assert na.parse(body_only(str(html))).article.blocks == article.blocks


@given(strategies.articles())
def test_10_json_reads_back_as_its_article(article: na.Article) -> None:
    assert na.from_json(na.to_json(article)) == article


@given(any_source)
def test_10_json_carries_whatever_was_read(source: str) -> None:
    article = na.parse(source).article
    assert na.from_json(na.to_json(article).encode()) == article


@pytest.mark.parametrize("depth", [10, 100, 1_000, 20_000])
@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td"])
def test_1_depth_never_ends_in_a_crash(tag: str, depth: int) -> None:
    source = f"<{tag}>" * depth
    try:
        assert na.parse(source).source == source
    except na.LimitExceeded:
        assert depth > 10
