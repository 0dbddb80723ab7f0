"""The strategies give what they promise: valid nodes of every class, every field used, small when shrunk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, get_args

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from newsdao_article.model import article as article_module
from newsdao_article.model import blocks as blocks_module
from newsdao_article.model import inlines as inlines_module
from newsdao_article.model.article import Article, Section
from newsdao_article.model.blocks import (
    Block,
    Cell,
    Column,
    Division,
    FaqItem,
    ListItem,
    Paragraph,
    Row,
    Spacer,
)
from newsdao_article.model.front_matter import KNOWN_KEYS, FrontMatter, FrontMatterMapping
from newsdao_article.model.inlines import Comment, Highlight, Inline, Link, RawInline, Strong, Text
from newsdao_article.model.walk import Node, children, walk
from newsdao_article.testing import strategies

PARTS = (Article, FrontMatter, Section, ListItem, Row, Cell, Column, FaqItem)
NODE_CLASSES = (*PARTS, *dict.fromkeys(get_args(Block) + get_args(Inline)))
SINGULAR = {
    "FrontMatter": "front_matters",
    "Details": "details",
    "Emphasis": "emphases",
    "Text": "text_nodes",
}


def strategy_for(cls: type) -> st.SearchStrategy[Any]:
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).lstrip(
        "_"
    )
    return getattr(strategies, SINGULAR.get(cls.__name__, f"{snake}s"))()  # type: ignore[no-any-return]


def examples(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Examples that are the same in every run."""
    drawn: list[Any] = []

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(strategy)
    def draw(value: Any) -> None:
        drawn.append(value)

    draw()
    return drawn


def first(strategy: st.SearchStrategy[Any], condition: Callable[[Any], bool]) -> Any:
    """An example that meets `condition`, as small as Hypothesis can make it."""
    # Without the phase that explains failures, which takes ten times as long as the rest.
    phases = [Phase.generate, Phase.shrink]
    return find(
        strategy,
        condition,
        settings=settings(max_examples=5000, derandomize=True, database=None, phases=phases),
    )


@pytest.fixture(scope="module")
def drawn_nodes() -> dict[type, list[Node]]:
    nodes: dict[type, list[Node]] = defaultdict(list)
    for article in examples(strategies.articles(), 1_000):
        for node in walk(article):
            nodes[type(node)].append(node)
    return nodes


def test_every_node_class_of_the_model_is_known_here() -> None:
    defined = {
        cls
        for module in (article_module, blocks_module, inlines_module)
        for cls in vars(module).values()
        if isinstance(cls, type) and attrs.has(cls) and not cls.__name__.startswith("_")
    }
    assert defined - set(NODE_CLASSES) == {article_module.OutlineEntry, *_values()}


def _values() -> set[type]:
    from newsdao_article.model.css import Color, Style

    return {Color, Style}


@pytest.mark.parametrize("cls", NODE_CLASSES, ids=lambda cls: cls.__name__)
def test_each_class_has_a_strategy_of_its_name_that_gives_nothing_else(cls: type) -> None:
    assert {type(value) for value in examples(strategy_for(cls), 30)} == {cls}


@pytest.mark.parametrize("cls", NODE_CLASSES, ids=lambda cls: cls.__name__)
def test_articles_reach_every_class_and_every_field(cls: type, drawn_nodes: dict[type, list[Node]]) -> None:
    nodes = drawn_nodes[cls]
    for field in attrs.fields(cls):
        values = {getattr(node, field.name) for node in nodes}
        assert len(values) > 1, f"{cls.__name__}.{field.name} is never anything but {values}"


def test_all_exported_strategies_can_be_drawn_from() -> None:
    for name in strategies.__all__:
        assert examples(getattr(strategies, name)(), 3), name


@given(strategies.articles())
def test_no_link_stands_in_a_link(article: Article) -> None:
    for node in walk(article):
        if isinstance(node, Link):
            assert not any(isinstance(inner, Link) for inner in walk(node) if inner is not node)


@given(strategies.inlines(links=False))
def test_links_can_be_left_out(node: Inline) -> None:
    assert not any(isinstance(inner, Link) for inner in walk(node))


@given(strategies.articles(raw=False))
def test_raw_nodes_can_be_left_out(article: Article) -> None:
    assert not any(isinstance(node, (blocks_module.RawBlock, RawInline)) for node in walk(article))


@given(strategies.articles())
def test_bare_paragraphs_stand_at_the_top_and_apart(article: Article) -> None:
    top = article.blocks
    for node in walk(article):
        if isinstance(node, Paragraph) and node.bare:
            assert any(node is block for block in top)
    for one, other in pairwise(top):
        assert not (is_bare(one) and is_bare(other))


def is_bare(block: Block) -> bool:
    return isinstance(block, Comment) or (isinstance(block, Paragraph) and block.bare)


@given(strategies.divisions())
def test_inline_elements_become_divisions_only_around_blocks(division: Division) -> None:
    if division.tag in ("b", "span"):
        assert not all(isinstance(node, inlines_module.INLINE_TYPES) for node in division.content)


def test_texts_hold_what_means_something_to_some_reader() -> None:
    marks = [*"* _ ` | < & {{ {% {: ' # ~ $ [ \\ 😀".split(), "\n", "\t", ": ", "\u00a0", "\u200b", "\u0301"]
    drawn = examples(strategies.texts(), 1500)
    assert [mark for mark in marks if not any(mark in text for text in drawn)] == []


@pytest.mark.parametrize(
    "holds",
    [
        lambda source: "\r\n" in source,
        lambda source: "\r" in source.replace("\r\n", ""),
        lambda source: source.startswith("\ufeff"),
        lambda source: not source.startswith("---"),
        lambda source: "<p" in source and "**" in source,
        lambda source: source.count("<b>") > source.count("</b>"),
    ],
)
def test_posts_hold_what_files_hold(holds: Callable[[str], bool]) -> None:
    assert holds(first(strategies.posts(), holds))


def test_front_matters_give_known_keys_values_of_other_types() -> None:
    extras: list[FrontMatterMapping] = [
        front_matter.extra for front_matter in examples(strategies.front_matters(), 200)
    ]
    assert {key for extra in extras for key in extra if key in KNOWN_KEYS} == set(KNOWN_KEYS)


def count(article: Article) -> int:
    return sum(1 for _ in walk(article))


def inline_nodes(article: Article) -> Iterator[Node]:
    return (node for node in walk(article) if isinstance(node, inlines_module.INLINE_TYPES))


@pytest.mark.parametrize(
    ("condition", "largest"),
    [
        (lambda article: bool(article.sections), 6),
        (lambda article: any(isinstance(node, Highlight) for node in walk(article)), 9),
        (lambda article: len(list(inline_nodes(article))) >= 4, 14),
    ],
)
def test_articles_shrink_to_little_more_than_what_fails(
    condition: Callable[[Article], bool], largest: int
) -> None:
    found = first(strategies.articles(), condition)
    assert count(found) <= largest, found


def test_the_simplest_article_is_empty() -> None:
    assert first(strategies.articles(), lambda _: True) == Article()
    assert first(strategies.paragraphs(), lambda _: True).content == (Text("a"),)
    assert first(strategies.spacers(), lambda _: True) == Spacer()
    assert first(strategies.strongs(), lambda node: bool(children(node))) == Strong(Text("a"))
