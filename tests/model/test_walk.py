"""Going through articles: every node once and in order, changed copies, what can be read off."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

from newsdao_article.model.article import Article, Section
from newsdao_article.model.blocks import (
    Cell,
    CodeBlock,
    Column,
    Details,
    Division,
    Faq,
    FaqItem,
    Figure,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    RawBlock,
    Row,
    Rule,
    Spacer,
    Table,
)
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import (
    Code,
    Comment,
    Emphasis,
    Image,
    LineBreak,
    Link,
    RawInline,
    Strong,
    Text,
)
from newsdao_article.model.visibility import is_invisible_text
from newsdao_article.model.walk import Node, children, headings, images, links, map_nodes, plain_text, walk
from newsdao_article.problems import InvalidValueError
from newsdao_article.testing import strategies

ARTICLE = Article(
    FrontMatter(title="머리"),
    [Paragraph(["가", Strong(["나", Link("다", "/1")])])],
    [
        Section(
            Heading(2, Image("/a.png")),
            [
                List([["라", List(["마"])]]),
                Table([["바"]], [["사"]], foot=[["아"]], caption="자", columns=[Column(2)]),
                Figure(Image("/b.png"), "차"),
                Details("카", [Paragraph("타")]),
                Faq([FaqItem("파", "하")]),
            ],
        )
    ],
)


def test_walking_meets_every_node_in_document_order() -> None:
    assert [type(node).__name__ for node in walk(ARTICLE)] == (
        "Article FrontMatter Paragraph Text Strong Text Link Text Section Heading Image "
        "List ListItem Text List ListItem Text "
        "Table Text Column Row Cell Text Row Cell Text Row Cell Text "
        "Figure Image Text Details Text Paragraph Text Faq FaqItem Text Text"
    ).split()
    texts = [node.text for node in walk(ARTICLE) if isinstance(node, Text)]
    assert "".join(texts) == "가나다라마자사바아차카타파하"


def holds_nodes(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and attrs.has(type(value[0]))


@given(strategies.articles())
def test_children_are_all_that_the_fields_hold(article: Article) -> None:
    for node in walk(article):
        found: list[object] = []
        for field in attrs.fields(type(node)):
            value = getattr(node, field.name)
            if isinstance(value, (FrontMatter, Heading)):
                found.append(value)
            elif holds_nodes(value):
                found.extend(value)
        assert sorted(map(repr, found)) == sorted(map(repr, children(node)))


def test_deep_articles_are_walked_without_recursion() -> None:
    content: Any = "a"
    for _ in range(20_000):
        content = Strong(content)
    assert sum(1 for _ in walk(content)) == 20_001
    assert plain_text(content) == "a"


class TestMap:
    @given(strategies.articles())
    def test_changing_nothing_gives_the_article_itself(self, article: Article) -> None:
        assert map_nodes(article, lambda node: node) is article

    def test_children_come_before_their_parents(self) -> None:
        seen: list[str] = []

        def note(node: Node) -> Node:
            seen.append(type(node).__name__)
            return node

        map_nodes(Paragraph(["a", Strong("b")]), note)
        assert seen == ["Text", "Text", "Strong", "Paragraph"]

    def test_untouched_parts_keep_their_identity(self) -> None:
        changed = map_nodes(ARTICLE, lambda node: Text("하하") if node == Text("하") else node)
        assert plain_text(changed) == plain_text(ARTICLE).replace("하", "하하")
        assert changed.lead[0] is ARTICLE.lead[0]
        assert changed.sections[0].blocks[0] is ARTICLE.sections[0].blocks[0]

    def test_a_node_may_become_several_or_none(self) -> None:
        def replace(node: Node) -> Node | tuple[Node, ...]:
            if isinstance(node, Strong):
                return (*node.content, LineBreak())
            return () if isinstance(node, Comment) else node

        paragraph = Paragraph(["a", Strong("b"), "c", Comment("d"), "e"])
        assert map_nodes(paragraph, replace) == Paragraph(["ab", LineBreak(), "ce"])

    @pytest.mark.parametrize("wrong", [(), Rule(), (Paragraph("a"), Paragraph("b"))])
    def test_the_node_itself_stays_one_of_its_class(self, wrong: Node | tuple[Node, ...]) -> None:
        with pytest.raises(InvalidValueError, match="must stay a Paragraph"):
            map_nodes(Paragraph("a"), lambda node: wrong if isinstance(node, Paragraph) else node)

    def test_a_heading_of_a_section_cannot_go(self) -> None:
        with pytest.raises(InvalidValueError, match=r"Section\.heading is one node, got 0"):
            map_nodes(ARTICLE, lambda node: () if isinstance(node, Heading) else node)

    def test_constructors_watch_over_what_comes_out(self) -> None:
        with pytest.raises(InvalidValueError, match="must show something"):
            map_nodes(ARTICLE, lambda node: Text("\u00a0") if node == Text("타") else node)


def test_links_images_and_headings_are_at_hand() -> None:
    nested = Article(
        lead=[Quote([Heading(3, "a"), Paragraph(Link(Image("/b"), "/c"))])], sections=[Section("d")]
    )
    assert links(nested) == (Link(Image("/b"), "/c"),)
    assert images(nested) == (Image("/b"),)
    assert headings(nested) == (Heading(3, "a"), Heading(2, "d"))
    assert images(ARTICLE) == (Image("/a.png"), Image("/b.png"))
    assert links(Link("a", "/")) == (Link("a", "/"),)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (Text("a"), "a"),
        (Strong(["a ", Emphasis("b"), Code("c")]), "a bc"),
        (Paragraph(["a", LineBreak(), "b"]), "a\nb"),
        (Article(lead=[Paragraph("a"), Spacer(), Paragraph("b")]), "a\nb"),
        (Table([["a", "b"], [Cell([Paragraph("c"), "d"])]]), "a\nb\nc\nd"),
        (Division(["a", Rule(), "b"]), "a\nb"),
        (Paragraph(["a", Comment("x"), Image("/y", "z"), RawInline("<v>"), "b"]), "ab"),
        (Article(lead=[RawBlock("<v>"), Comment("x"), CodeBlock("a\n  b")]), "a\n  b"),
        (Paragraph("a\u00a0 \u200bb"), "a\u00a0 \u200bb"),
        (Row(["a", "b"]), "a\nb"),
        (ListItem("a"), "a"),
        (FrontMatter(title="a"), ""),
        (Article(), ""),
        (LineBreak(), ""),
    ],
)
def test_plain_text_is_what_readers_see(node: Any, text: str) -> None:
    assert plain_text(node) == text


@given(strategies.articles())
def test_plain_text_holds_every_word(article: Article) -> None:
    text = plain_text(article)
    for node in walk(article):
        if isinstance(node, Text) and not is_invisible_text(node.text):
            assert node.text.strip("\n") in text
