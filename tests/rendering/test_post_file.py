"""Post files: front matter and body in house style, that read back as the article they were made from."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.testing import strategies

TITLE = na.FrontMatter(title="제목")


def plain(*content: str | na.Inline) -> na.Paragraph:
    return na.Paragraph(content, size=None)


def body(*blocks: na.Block, style: na.HouseStyle = na.NEWSDAO) -> str:
    """The body of a post of these blocks, without the line ends around it."""
    rendered = na.render_post(na.Article(lead=blocks), style)
    assert rendered.startswith("---\n---\n\n")
    assert rendered.endswith(style.end)
    return rendered.removeprefix("---\n---\n\n").removesuffix(style.end)


LINK = na.Link("https://example.org", "https://example.org", attributes={"rel": "dofollow"})
TRAILER = plain("새 소식은, ", LINK)
TRAILER_LINE = '새 소식은, <a href="https://example.org" rel="dofollow">https://example.org</a>'


class TestShape:
    def test_is_front_matter_an_empty_line_the_body_and_the_end_of_the_style(self) -> None:
        article = na.Article(TITLE, [plain("가")], [na.Section("나")])
        assert na.render_post(article) == (
            '---\ntitle: 제목\n---\n\n<p>가</p>\n\n<h2 data-ke-size="size26">나</h2>\n\n\n'
        )

    def test_without_blocks_is_front_matter_alone(self) -> None:
        assert na.render_post(na.Article(TITLE)) == "---\ntitle: 제목\n---\n\n"
        assert na.render_post(na.Article()) == "---\n---\n\n"

    def test_follows_the_style(self) -> None:
        style = na.HouseStyle(void_end=">", indent="\t", gap="\n", end="\n", image_quote='"', trailer=False)
        article = na.Article(na.FrontMatter(image="/a"), [na.Rule(), na.List(["가"]), TRAILER])
        assert na.render_post(article, style) == (
            f'---\nimage: "/a"\n---\n\n<hr>\n<ul>\n\t<li>가</li>\n</ul>\n<p>{TRAILER_LINE}</p>\n'
        )


class TestTrailer:
    def test_is_written_bare_below_the_block_before_it(self) -> None:
        assert body(plain("가"), TRAILER) == f"<p>가</p>\n{TRAILER_LINE}"

    def test_follows_the_style(self) -> None:
        style = na.HouseStyle(trailer_gap="\n\n")
        assert body(plain("가"), TRAILER, style=style) == f"<p>가</p>\n\n{TRAILER_LINE}"
        style = na.HouseStyle(trailer=False)
        assert body(plain("가"), TRAILER, style=style) == f"<p>가</p>\n\n<p>{TRAILER_LINE}</p>"

    @pytest.mark.parametrize(
        "last",
        [
            plain("새 소식은, ", na.Link("이름", "/a", "풀이")),
            plain("새 소식은, ", na.Link(na.Strong("이름"), "/a")),
            plain("새 소식은, ", na.Link("이름", "/a"), "."),
            plain(na.Link("이름", "/a")),
            plain("- 새 소식은, ", LINK),
            plain("1. 새 소식은, ", LINK),
            plain("# 새 소식은, ", LINK),
            plain("새 *소식*은, ", LINK),
            plain("새 소식은... ", LINK),
            plain("새 'x' 소식은 ", LINK),
            plain("새  소식은 ", LINK),
            plain("새 | 소식은 ", LINK),
            plain("새 소식은 {{ x }} ", LINK),
            na.Paragraph(["새 소식은, ", LINK]),
            na.Paragraph(["새 소식은, ", LINK], size=None, attributes={"id": "x"}),
        ],
    )
    def test_is_any_other_paragraph_with_its_tag(self, last: na.Paragraph) -> None:
        assert body(plain("가"), last).startswith("<p>가</p>\n\n<p")
        article = na.Article(lead=[plain("가"), last])
        assert na.parse(na.render_post(article)).article == article

    def test_that_stands_alone_keeps_its_tag(self) -> None:
        assert body(TRAILER) == f"<p>{TRAILER_LINE}</p>"

    def test_after_bare_content_keeps_its_tag(self) -> None:
        article = na.Article(lead=[na.Paragraph("가", bare=True), TRAILER])
        assert f"<p>{TRAILER_LINE}</p>" in na.render_post(article)
        assert na.parse(na.render_post(article)).article == article

    @pytest.mark.parametrize(
        "before",
        [
            na.Rule(),
            na.List(["가"]),
            na.Table([["가"]]),
            na.Quote("가"),
            na.CodeBlock("가\n"),
            na.Details("가", "나"),
            na.Division("가"),
            na.Division(plain("가"), "b"),
            na.Comment("가"),
            na.Figure("가"),
            na.Spacer(),
            na.Faq([na.FaqItem("가", "나")]),
        ],
    )
    def test_reads_back_below_any_block(self, before: na.Block) -> None:
        article = na.Article(lead=[before, TRAILER])
        assert na.parse(na.render_post(article)).article == article

    def test_reads_back_below_a_heading(self) -> None:
        article = na.Article(sections=[na.Section("가", [TRAILER])])
        assert na.parse(na.render_post(article)).article == article


class TestContent:
    def test_is_written_as_it_was_read_since_a_post_is_source(self) -> None:
        link = na.Link(
            "가", na.Url.as_read("javascript:x"), attributes=na.Attributes.as_read({"onclick": "y"})
        )
        assert body(plain(link, na.RawInline("<x-y>"))) == (
            '<p><a href="javascript:x" onclick="y">가</a><x-y></p>'
        )

    @pytest.mark.parametrize("opener", ["{{ site }}", "{% include x %}", "{{", "{%", "{{{", "{% raw %}"])
    def test_text_never_opens_a_liquid_tag(self, opener: str) -> None:
        article = na.Article(
            lead=[
                plain(f"가{opener}", na.Code(opener), na.Image("/a", opener), na.Strong(["{", opener])),
                na.CodeBlock(opener),
                na.List([opener]),
                na.Table([[opener]], caption=opener),
                na.Division("가", attributes={"class": opener, "data-x": opener}),
            ],
            sections=[na.Section(opener)],
        )
        rendered = na.render_post(article)
        assert "{{" not in rendered
        assert "{%" not in rendered
        assert na.parse(rendered).article == article

    @pytest.mark.parametrize(
        "text",
        [
            "*a* _b_ **c** `d` ~~e~~",
            "# a",
            "- a",
            "1. a",
            "> a",
            "    a",
            "a | b",
            "--- ... 'a' \"b\"",
            "[a](b) ![c](d) [e]",
            "{: .x} {::comment}",
            "$$a$$",
            "a\\*b \\\\",
            "&amp; &lt; &#42; &nbsp;",
            "<b> </p> <!-- -->",
            "a  \nb",
            "a\\\nb",
            "*[a]: b",
            "[^1]",
            "^",
            "a\n\nb",
            "\u00a0a\u3000",
        ],
    )
    def test_text_that_looks_like_markup_stays_text(self, text: str) -> None:
        blocks: list[na.Block] = [
            plain("가", text, "나"),
            na.Heading(3, text),
            na.Quote(plain("가", text, "나")),
            na.List([plain("가", text, "나")]),
            na.CodeBlock(text),
            na.Table([[plain("가", text, "나")]]),
        ]
        article = na.Article.from_blocks(blocks)
        assert na.parse(na.render_post(article)).article == article


STYLES = st.builds(
    na.HouseStyle,
    void_end=st.sampled_from((" />", "/>", ">")),
    indent=st.sampled_from(("", "  ", "    ", "\t", " " * 8)),
    gap=st.sampled_from(("\n", "\n\n", "\n\n\n\n", "\n \n", "  \n")),
    trailer=st.booleans(),
    trailer_gap=st.sampled_from(("\n", "\n\n", "\n \n")),
    end=st.sampled_from(("\n", "\n\n\n", "\n  \n")),
    image_quote=st.sampled_from(("'", '"')),
)


@given(strategies.articles())
@example(na.Article(lead=[plain("가"), TRAILER]))
def test_reads_back_as_the_article(article: na.Article) -> None:
    assert na.parse(na.render_post(article)).article == article


@given(strategies.articles(), STYLES)
def test_reads_back_as_the_article_in_any_style(article: na.Article, style: na.HouseStyle) -> None:
    assert na.parse(na.render_post(article, style)).article == article


@given(strategies.articles())
def test_is_written_again_as_it_is(article: na.Article) -> None:
    rendered = na.render_post(article)
    assert na.render_post(na.parse(rendered).article) == rendered
