"""Articles and sections: cutting, order, outline."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.model.article import Article, OutlineEntry, Section
from newsdao_article.model.blocks import Block, Heading, Paragraph, Rule, Spacer
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import Text
from newsdao_article.problems import InvalidValueError
from newsdao_article.testing import strategies


def test_an_empty_article_is_an_article() -> None:
    assert Article() == Article(FrontMatter(), (), ())
    assert Article().blocks == ()
    assert Article().outline() == ()


def test_text_for_a_heading_makes_a_level_2_one() -> None:
    assert Section("a").heading == Heading(2, "a")
    assert Section([Text("a")]).heading == Heading(2, "a")


def test_a_single_block_counts_as_a_sequence_of_one() -> None:
    assert Article(lead=Rule()).lead == (Rule(),)
    assert Section("a", Rule()).blocks == (Rule(),)


@pytest.mark.parametrize(
    ("blocks", "message"),
    [
        ("abc", r"text is no block; write Paragraph\('abc'\)"),
        (["abc"], "not a block: str 'abc'"),
        ([Text("a")], "not a block: Text"),
        ([None], "not a block: NoneType"),
        (3, "not a block: int 3"),
        ([Rule(), Heading(2, "a")], "a heading starts a section of its own; use Article.from_blocks"),
    ],
)
def test_only_blocks_below_a_heading(blocks: Any, message: str) -> None:
    with pytest.raises(InvalidValueError, match=message):
        Article(lead=blocks)
    with pytest.raises(InvalidValueError, match=message):
        Section("a", blocks)


def test_only_sections_are_sections() -> None:
    heading: Any = Heading(2, "a")
    with pytest.raises(InvalidValueError, match="not a section: Heading"):
        Article(sections=[heading])


def test_blocks_are_cut_at_headings() -> None:
    blocks: list[Block] = [Rule(), Heading(2, "a"), Spacer(), Heading(4, "b"), Heading(1, "c"), Rule()]
    article = Article.from_blocks(blocks, FrontMatter(title="d"))
    assert article == Article(
        FrontMatter(title="d"),
        [Rule()],
        [Section("a", [Spacer()]), Section(Heading(4, "b")), Section(Heading(1, "c"), [Rule()])],
    )
    assert article.blocks == tuple(blocks)


@given(strategies.articles())
def test_blocks_put_together_are_the_article_again(article: Article) -> None:
    assert Article.from_blocks(article.blocks, article.front_matter) == article


def levels(entries: tuple[OutlineEntry, ...]) -> list[Any]:
    return [
        (entry.section.heading.level, levels(entry.children))
        if entry.children
        else entry.section.heading.level
        for entry in entries
    ]


@pytest.mark.parametrize(
    ("given_levels", "nested"),
    [
        ([2, 2], [2, 2]),
        ([2, 3, 2], [(2, [3]), 2]),
        ([2, 4, 3], [(2, [4, 3])]),
        ([3, 2], [3, 2]),
        ([1, 2, 3, 3, 2, 1], [(1, [(2, [3, 3]), 2]), 1]),
        ([4, 3, 2, 3, 4], [4, 3, (2, [(3, [4])])]),
    ],
)
def test_the_outline_nests_by_level(given_levels: list[int], nested: list[Any]) -> None:
    article = Article(sections=[Section(Heading(level, "a")) for level in given_levels])
    assert levels(article.outline()) == nested


@given(st.lists(st.integers(1, 6)))
def test_the_outline_holds_every_section_once_and_in_order(given_levels: list[int]) -> None:
    sections = [Section(Heading(level, str(number))) for number, level in enumerate(given_levels)]

    def flat(entries: tuple[OutlineEntry, ...], above: int) -> list[Section]:
        found: list[Section] = []
        for entry in entries:
            assert entry.section.heading.level > above
            found += [entry.section, *flat(entry.children, entry.section.heading.level)]
        return found

    assert flat(Article(sections=sections).outline(), 0) == sections


def test_a_paragraph_is_needed_for_text() -> None:
    assert Article(lead=[Paragraph("a")]).blocks == (Paragraph("a"),)
