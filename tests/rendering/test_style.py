"""House styles: what they accept, and what is learnt from posts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.testing import strategies

CASES = Path(__file__).resolve().parents[1] / "cases"


def case(name: str) -> na.Post:
    return na.read(CASES / f"{name}.md")


def body(text: str) -> na.Post:
    return na.parse(f"---\ntitle: x\n---\n{text}")


class TestValues:
    @pytest.mark.parametrize(
        "values",
        [
            {"gap": "\n\n\n"},
            {"gap": "\n \n"},
            {"indent": ""},
            {"indent": "\t"},
            {"end": "\n"},
            {"trailer_gap": "\n\n"},
        ],
    )
    def test_blanks_and_line_ends_are_taken(self, values: dict[str, Any]) -> None:
        assert na.HouseStyle(**values) != na.NEWSDAO

    @pytest.mark.parametrize(
        "values",
        [
            {"gap": ""},
            {"gap": " "},
            {"gap": "\n<hr>\n"},
            {"gap": "\n\u00a0\n"},
            {"indent": "\n"},
            {"indent": "- "},
            {"indent": "\u3000"},
            {"end": "x"},
            {"trailer_gap": "  "},
        ],
    )
    def test_what_a_reader_would_see_is_refused(self, values: dict[str, Any]) -> None:
        with pytest.raises(na.InvalidValueError, match=next(iter(values))):
            na.HouseStyle(**values)

    def test_of_the_house_is_the_default(self) -> None:
        assert na.HouseStyle() == na.NEWSDAO


class TestInference:
    def test_of_house_posts_gives_the_house_style(self) -> None:
        assert na.HouseStyle.infer(case("d1-house")) == na.NEWSDAO

    @pytest.mark.parametrize(
        "name", ["d1-house", "d2-headings-and-lists", "d3-mixed", "d4-markdown", "d5-hotel"]
    )
    def test_of_any_post_gives_a_style_that_its_article_reads_back_in(self, name: str) -> None:
        post = case(name)
        style = na.HouseStyle.infer(post)
        assert na.parse(na.render_post(post.article, style)).article == post.article

    @pytest.mark.parametrize("void_end", [" />", "/>", ">"])
    def test_finds_how_void_elements_end(self, void_end: str) -> None:
        post = body(f'<p><img src="a/"{void_end}</p>\n\n<hr{void_end}\n\n<p>a<br>b</p>')
        assert na.HouseStyle.infer(post).void_end == void_end

    def test_finds_the_indent_of_tables_and_lists(self) -> None:
        assert na.HouseStyle.infer(body("<ul>\n  <li>a</li>\n</ul>")).indent == "  "
        assert na.HouseStyle.infer(body('<table class="x">\n\t<tr></tr>\n</table>')).indent == "\t"

    def test_finds_the_gap_between_blocks(self) -> None:
        assert na.HouseStyle.infer(body("<p>a</p>\n<p>b</p>\n<h2>c</h2>\n\n<p>d</p>")).gap == "\n"

    def test_finds_whether_a_bare_line_sends_readers_to_the_site(self) -> None:
        bare = body('<p>a</p>\n\n새 소식은, <a href="/">여기</a>\n')
        style = na.HouseStyle.infer(bare)
        assert style.trailer
        assert style.trailer_gap == "\n\n"
        assert style.end == "\n"
        assert not na.HouseStyle.infer(body("<p>a</p>\n")).trailer

    def test_finds_the_quotes_of_images(self) -> None:
        assert na.HouseStyle.infer(na.parse('---\nimage: "/a"\n---\n')).image_quote == '"'
        assert na.HouseStyle.infer(na.parse("---\nfeature_image: '/a'\n---\n")).image_quote == "'"

    def test_does_not_look_for_the_body_in_the_front_matter_nor_the_reverse(self) -> None:
        post = na.parse('---\nexcerpt: <br> <hr>\n---\n\nimage: "/a"\n\n<p>a<br/>b</p>')
        style = na.HouseStyle.infer(post)
        assert style.void_end == "/>"
        assert style.image_quote == "'"

    def test_follows_the_majority(self) -> None:
        tight, wide = body("<p>a<br>b</p>"), body("<p>a<br />b</p>")
        assert na.HouseStyle.infer(tight, wide, tight).void_end == ">"
        assert na.HouseStyle.infer(wide, tight, wide).void_end == " />"

    def test_takes_from_the_house_what_the_posts_do_not_show(self) -> None:
        style = na.HouseStyle.infer(na.parse(""))
        assert style == na.HouseStyle(trailer=False)

    def test_needs_a_post(self) -> None:
        with pytest.raises(na.InvalidValueError, match="at least one post"):
            na.HouseStyle.infer()

    def test_is_linear_in_blanks(self) -> None:
        """Quadratic, this would take hours."""
        blanks = " " * 300_000
        post = body(f"<p>a</p>\n{blanks}x{blanks}\n{blanks}<br{blanks}y")
        assert na.HouseStyle.infer(post).trailer_gap == "\n"

    @given(st.lists(strategies.posts(), min_size=1, max_size=3))
    def test_of_any_texts_is_a_style(self, texts: list[str]) -> None:
        style = na.HouseStyle.infer(*map(na.parse, texts))
        article = na.Article(na.FrontMatter(image="/a"), [na.Rule(), na.List(["가", [na.List(["나"])]])])
        assert na.parse(na.render_post(article, style)).article == article
