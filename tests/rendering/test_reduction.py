"""Reductions: what each level takes out, that it is counted, and that doing it twice takes out nothing more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.model.article import Article
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.blocks import (
    Block,
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
    Highlight,
    Image,
    Inline,
    InlineContent,
    LineBreak,
    Link,
    RawInline,
    Small,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from newsdao_article.model.url import Url
from newsdao_article.model.visibility import is_invisible_text
from newsdao_article.model.walk import plain_text, walk
from newsdao_article.problems import LimitExceeded
from newsdao_article.rendering.markdown_flavors import FlavorName
from newsdao_article.rendering.reduction import LOSSES, Level, Reduction, reduce
from newsdao_article.testing import strategies
from tests.rendering.loss_counts import differing_counts, is_countable
from tests.rendering.markdown_articles import signed_articles

FLAVORS: tuple[FlavorName, ...] = ("kramdown", "commonmark", "gfm")
LEVELS: tuple[Level, ...] = ("reader", "plain")


def reduced(*blocks: Block, level: Level = "reader", flavor: FlavorName = "kramdown") -> Reduction:
    return reduce(Article.from_blocks(blocks), level, flavor)


def left(*blocks: Block, level: Level = "reader", flavor: FlavorName = "kramdown") -> tuple[Block, ...]:
    return reduced(*blocks, level=level, flavor=flavor).article.blocks


def losses(*blocks: Block, level: Level = "reader", flavor: FlavorName = "kramdown") -> dict[str, int]:
    return {loss.kind: loss.count for loss in reduced(*blocks, level=level, flavor=flavor).losses}


def paragraph(content: InlineContent) -> Paragraph:
    return Paragraph(content, size=None)


def line(
    content: InlineContent, level: Level = "reader", flavor: FlavorName = "kramdown"
) -> tuple[Inline, ...]:
    found = left(paragraph(content), level=level, flavor=flavor)
    assert len(found) == 1
    assert isinstance(found[0], Paragraph)
    return found[0].content


# --- What a reader does not take in ------------------------------------------------------------------------------


def test_sizes_go() -> None:
    assert left(Heading(2, "제목"), Paragraph("글"), Spacer()) == (
        Heading(2, "제목", None),
        paragraph("글"),
        Spacer(None),
    )
    assert losses(Heading(2, "제목"), Paragraph("글"), Spacer()) == {"size": 3}


def test_attributes_of_editors_go_and_those_of_readers_stay() -> None:
    link = Link(
        "가", "/a", attributes={"rel": "nofollow", "target": "_blank", "class": "x", "data-ke-a": "1"}
    )
    assert line(link) == (Link("가", "/a", attributes={"rel": "nofollow", "target": "_blank"}),)
    assert losses(paragraph(link)) == {"editor-attribute": 1, "attribute": 1}


def test_id_stays_where_a_link_of_the_article_leads_to_it() -> None:
    blocks = (Heading(2, "가", None, attributes={"id": "a"}), paragraph(Link("나", "#a")))
    assert left(*blocks) == blocks
    assert left(blocks[0]) == (Heading(2, "가", None),)


def test_declarations_that_show_nothing_of_the_text_go() -> None:
    style = "height: 17px; color: red; text-align: center; font-family: serif;"
    (found,) = left(Paragraph("가", size=None, attributes={"style": style}))
    assert found == Paragraph("가", size=None, attributes={"style": "color: red; text-align: center;"})
    assert losses(Paragraph("가", size=None, attributes={"style": style})) == {"style": 2}


def test_colors_stay() -> None:
    highlight = Highlight("가", "#ee2323", attributes={"style": "color: #ee2323; font-size: 20px;"})
    assert line(highlight) == (Highlight("가", "#ee2323"),)
    assert line(Highlight("가", None, "#21538527")) == (Highlight("가", None, "#21538527"),)


def test_wrappers_go_and_their_content_stays() -> None:
    assert line(Span("가", attributes={"class": "x"})) == (Text("가"),)
    assert left(Division([Paragraph("가"), Heading(2, "나"), "다"])) == (
        paragraph("가"),
        Heading(2, "나", None),
        paragraph("다"),
    )
    assert left(Figure([Image("a.png", "그림")])) == (paragraph(Image("a.png", "그림")),)
    assert left(Figure([Image("a.png", "그림")], "설명")) == (Figure([Image("a.png", "그림")], "설명"),)
    assert losses(Division("가")) == {"wrapper": 1}


def test_comments_go() -> None:
    assert left(Comment(" x "), Paragraph(["가", Comment(" y ")])) == (paragraph("가"),)
    assert losses(Comment(" x "), paragraph(["가", Comment(" y ")])) == {"comment": 2}


def test_table_that_a_comment_held_as_divisions_is_a_table_again() -> None:
    cells = [Division("가", "td"), Division("나", "td", attributes={"style": "text-align: center"})]
    (found,) = left(Division([Division(cells, "tr"), Comment(" x ")], "table"))
    assert isinstance(found, Table)
    assert [cell.align for cell in found.body[0].cells] == [None, "center"]
    assert left(Division([Division("가", "li"), Comment(" x ")], "ul")) == (List(["가"]),)


def test_spelling_is_no_loss() -> None:
    spelled: list[str | Inline] = [
        Strong("가", "b"),
        " ",
        Emphasis("나", "i"),
        " ",
        Strikethrough("다", "s"),
        " ",
        Strong(" 라 ", "b"),
        "마",
    ]
    assert line(spelled) == (
        Strong("가", "strong"),
        Text(" "),
        Emphasis("나", "em"),
        Text(" "),
        Strikethrough("다", "del"),
        Text(" "),
        Strong("라", "strong"),
        Text(" 마"),
    )
    assert line([Strong("가", "b"), Strong("나", "strong")]) == (Strong("가나", "strong"),)
    assert line(["가", Strong(Strong("나", "b"), "b")]) == (Text("가"), Strong("나", "strong"))
    assert left(Paragraph("가", bare=True), CodeBlock("x")) == (paragraph("가"), CodeBlock("x\n"))
    assert losses(paragraph(spelled), Paragraph("가", bare=True), CodeBlock("x")) == {}


def test_blanks_that_show_nothing_take_one_form() -> None:
    assert line("  가 \n 나\t") == (Text("가 나"),)
    assert line(["가 ", LineBreak(), " 나", LineBreak(), Strong("다", "strong"), LineBreak()]) == (
        Text("가"),
        LineBreak(),
        Text("\n나"),
        LineBreak(),
        Text("\n"),
        Strong("다", "strong"),
        LineBreak(),
    )
    assert left(Heading(2, [" 가 ", LineBreak(), " 나"], None)) == (
        Heading(2, ["가", LineBreak(), "나"], None),
    )
    assert line(["가", Highlight(" 나 ", "red"), "다"]) == (Text("가"), Highlight(" 나 ", "red"), Text("다"))
    pre = Division(["가  나\n"], "pre")
    assert left(pre) == (pre,)
    assert losses(paragraph("  가 \n 나\t")) == {}


def test_inline_element_without_blocks_left_in_it_is_an_inline() -> None:
    assert left(Division([Division(["가"])], "b")) == (Division([paragraph("가")], "b"),)
    assert left(Division([Comment("x"), Division(["가"], "b")], "b")) == (paragraph(Strong("가", "strong")),)
    assert left(Division([Comment("x"), Division(["가"], "b")], "span")) == (
        paragraph(Strong("가", "strong")),
    )


def test_first_row_that_is_bold_becomes_the_header_and_stays_bold() -> None:
    bold = [Strong("이름", "strong"), Strong("값", "strong")]
    rows: list[list[InlineContent]] = [[*bold], ["가", "1"]]
    assert left(Table(rows)) == (Table([["가", "1"]], [[Cell(text, header=True) for text in bold]]),)
    partly = Table([[Strong("이름", "strong"), "값"], ["가", "1"]])
    assert left(partly) == (partly,)
    alone = Table([[Strong("이름", "strong")]])
    assert left(alone) == (alone,)


def test_cells_are_as_the_flavor_shows_them() -> None:
    table = Table([["", Cell([Paragraph("가")])], [Cell("나", align="center"), "다"]])
    (in_kramdown,) = left(table)
    assert in_kramdown == Table(
        [
            ["\N{NO-BREAK SPACE}", "가"],
            [
                Cell("나", align="center", attributes=Attributes.as_read({"style": "text-align: center"})),
                "다",
            ],
        ]
    )
    (in_gfm,) = left(table, flavor="gfm")
    assert in_gfm == Table([["", "가"], [Cell("나", align="center"), "다"]])


def test_front_matter_is_left_alone() -> None:
    front_matter = FrontMatter(title="제목")
    for level in LEVELS:
        assert reduce(Article(front_matter, [Paragraph("가")]), level).article.front_matter == front_matter


# --- What a flavour cannot say -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "kind"),
    [
        (Highlight("나", "red"), "color"),
        (Underline("나"), "underline"),
        (Small("나"), "small"),
        (Superscript("나"), "superscript"),
        (Subscript("나"), "subscript"),
        (Span("나", "kbd"), "span"),
        (Link("나", Url.as_read("javascript:x")), "link"),
    ],
)
def test_inline_beyond_markdown_leaves_its_text(node: Inline, kind: str) -> None:
    assert line(["가 ", node], "plain") == (Text("가 나"),)
    assert losses(paragraph(["가 ", node]), level="plain") == {kind: 1}


def test_strikethrough_goes_where_the_flavor_has_none() -> None:
    node = Strikethrough("가", "del")
    assert line(node, "plain", "gfm") == (node,)
    assert line(node, "plain", "commonmark") == (Text("가"),)


def test_emphasis_goes_where_its_signs_would_not_be_read() -> None:
    content: list[str | Inline] = [Strong("경고(위험)", "strong"), "는 ", Strong("나", "strong")]
    assert line(content, "plain", "kramdown") == (content[0], Text("는 "), content[2])
    assert line(content, "plain", "commonmark") == (Text("경고(위험)는 "), content[2])
    assert losses(paragraph(content), level="plain", flavor="commonmark") == {"emphasis": 1}


def test_breaks_go_where_no_sign_makes_one() -> None:
    assert line(["가", LineBreak(), "나"], "plain") == (Text("가"), LineBreak(), Text("\n나"))
    assert left(paragraph(["가", LineBreak(), LineBreak(), "나"]), level="plain") == (
        paragraph("가"),
        paragraph("나"),
    )
    assert left(Heading(2, ["가", LineBreak(), "나"], None), level="plain") == (Heading(2, "가 나", None),)
    assert losses(Heading(2, ["가", LineBreak(), "나"], None), level="plain") == {"line-break": 1}


@pytest.mark.parametrize(
    ("block", "expected", "kind"),
    [
        (Spacer(None), (), "spacer"),
        (RawBlock("<x>"), (), "raw"),
        (CodeBlock(""), (), "empty"),
        (Details("가", [paragraph("나")]), (paragraph(Strong("가", "strong")), paragraph("나")), "division"),
        (Figure([Image("a", "b")], "가"), (paragraph(Image("a", "b")), paragraph("가")), "division"),
        (Division([paragraph("가")], "center"), (paragraph("가"),), "division"),
        (Faq([FaqItem("가", "나")]), (paragraph(Strong("가", "strong")), paragraph("나")), "division"),
        (paragraph(["가", RawInline("<x>")]), (paragraph("가"),), "raw"),
        (List(["가"], ordered=True, start=3), (List(["가"], ordered=True),), "list"),
        (List([[List(["가"])]]), (List(["가"]),), "list"),
        (
            List([["가", Rule(), paragraph("나")]]),
            (List([[paragraph("가"), paragraph("나")]]),),
            "item-block",
        ),
    ],
)
def test_block_beyond_markdown_leaves_its_content(
    block: Block, expected: tuple[Block, ...], kind: str
) -> None:
    assert left(block, level="plain") == expected
    assert losses(block, level="plain") == {kind: 1}


def test_list_number_stays_where_it_counts() -> None:
    node = List(["가"], ordered=True, start=3)
    assert left(node, level="plain", flavor="gfm") == (node,)


def test_list_is_tight_or_loose_throughout() -> None:
    assert left(List([[paragraph("가")]]), level="plain") == (List(["가"]),)
    mixed = List([["가"], [paragraph("나"), paragraph("다")]])
    assert left(mixed, level="plain") == (List([[paragraph("가")], [paragraph("나"), paragraph("다")]]),)


def test_spans_become_empty_cells() -> None:
    table = Table([[Cell("가", rowspan=2), Cell("나", colspan=2)], ["다", "라"]], [["1", "2", "3"]])
    (found,) = left(table, level="plain", flavor="gfm")
    assert isinstance(found, Table)
    assert [[plain_text(cell) for cell in row.cells] for row in found.body] == [
        ["가", "나", ""],
        ["", "다", "라"],
    ]
    assert losses(table, level="plain", flavor="gfm")["cell-span"] == 2


def test_table_is_what_the_flavor_has() -> None:
    table = Table([["가", "나"], ["다", "라"]])
    assert left(table, level="plain", flavor="kramdown") == (table,)
    header = [[Cell("가", header=True), Cell("나", header=True)]]
    assert left(table, level="plain", flavor="gfm") == (Table([["다", "라"]], header),)
    assert left(table, level="plain", flavor="commonmark") == (
        paragraph(["가 | 나", LineBreak(), "\n다 | 라"]),
    )


def test_caption_and_blocks_in_cells_keep_their_text() -> None:
    table = Table(
        [[Cell([Paragraph("가"), List(["나"])])]], caption="설명", columns=[Column(attributes={"width": "9"})]
    )
    assert left(table, level="plain") == (paragraph("설명"), Table([["가 나"]]))


def test_spans_beyond_any_table_cost_no_more_than_the_table() -> None:
    table = Table([[Cell("가", colspan=9_999, rowspan=9_999)] * 3] * 20)
    (found,) = left(table, level="plain")
    assert isinstance(found, Table)
    assert max(len(row.cells) for row in found.body) <= 200


# --- For every article -------------------------------------------------------------------------------------------


def articles() -> st.SearchStrategy[Article]:
    return st.lists(strategies.blocks(), max_size=4).map(Article.from_blocks)


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize("level", LEVELS)
@given(article=articles())
def test_reducing_twice_takes_out_nothing_more(level: Level, flavor: FlavorName, article: Article) -> None:
    once = reduce(article, level, flavor).article
    assert reduce(once, level, flavor) == Reduction(once, ())


def visible(article: Article) -> list[str]:
    return [character for character in plain_text(article) if not is_invisible_text(character)]


@given(articles())
def test_reader_keeps_every_visible_character(article: Article) -> None:
    found = reduce(article, "reader", "gfm").article
    assert visible(found) == visible(article)


@given(articles())
def test_reader_keeps_every_color_link_and_image(article: Article) -> None:
    def kept(whole: Article) -> list[object]:
        found: list[object] = []
        for node in walk(whole):
            match node:
                case Highlight(color=color, background=background):
                    found.append((color, background))
                case Link(url=url) | Image(url=url):
                    found.append(str(url))
                case _:
                    pass
        return found

    assert kept(reduce(article, "reader").article) == kept(article)


@given(articles())
def test_every_loss_has_a_description_and_as_many_nodes_as_it_counts(article: Article) -> None:
    for loss in reduce(article, "plain", "commonmark").losses:
        assert loss.description == LOSSES[loss.kind][1]
        assert loss.count == len(loss.nodes) > 0


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize("level", LEVELS)
@given(article=st.one_of(articles().filter(is_countable), signed_articles()))
def test_losses_are_what_the_smaller_article_no_longer_has(
    level: Level, flavor: FlavorName, article: Article
) -> None:
    found = reduce(article, level, flavor)
    assert differing_counts(article, found.article, found.losses) is None


def test_nesting_beyond_any_post_is_refused() -> None:
    deep: Block = Quote("가")
    for _ in range(2_000):
        deep = Quote([deep])
    with pytest.raises(LimitExceeded, match="100 levels"):
        reduced(deep)


def test_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="level"):
        reduce(Article(), "most")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_items_and_rows_lose_their_attributes_at_plain() -> None:
    blocks = (
        List([ListItem("가", attributes={"value": "3"})]),
        Table([Row(["가", Code("x")], attributes={"lang": "ko"})]),
    )
    assert losses(*blocks, level="plain") == {"attribute": 2}
