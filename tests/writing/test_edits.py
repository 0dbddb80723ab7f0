"""Edits of posts in every form: what changes in the file, character by character."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs
import pytest

import newsdao_article as na

_Kind = TypeVar("_Kind", bound=na.Node)

HEAD = '---\ntitle: 제목  # 임시\ncategories:\n  - 사회\nexcerpt: >\n  요약 글\n\nimage: "/a.png"\nlayout: post\n---\n\n'


def edited(body: str, change: Callable[[na.Article], na.Article], head: str = HEAD) -> str:
    """The body after an edit, whose head must not have changed."""
    post = na.parse(head + body)
    article = change(post.article)
    written = post.with_article(article)
    assert written.article == article
    assert written.source.startswith(head)
    assert [problem for problem in written.problems if problem.code.startswith("edit-")] == []
    return written.source[len(head) :]


def first(article: na.Article, kind: type[_Kind]) -> _Kind:
    return next(node for node in na.walk(article) if isinstance(node, kind))


def evolved(kind: type[na.Node], **changes: object) -> Callable[[na.Article], na.Article]:
    """Evolve the first node of a class."""

    def change(article: na.Article) -> na.Article:
        target = first(article, kind)
        new: na.Node = attrs.evolve(target, **changes)  # type: ignore[arg-type]
        return na.map_nodes(article, lambda node: new if node is target else node)

    return change


def reworded(old: str, new: str) -> Callable[[na.Article], na.Article]:
    return lambda article: article.replace_text(old, new, front_matter=False)


@pytest.mark.parametrize(
    ("body", "old", "new", "expected"),
    [
        ("<P  class='a'>옛 글&nbsp;끝<BR></P>\n", "옛", "새", "<P  class='a'>새 글&nbsp;끝<BR></P>\n"),
        ("<p>A &amp; B &lt;C&gt; &copy;</p>", "B", "D & E", "<p>A &amp; D &amp; E &lt;C&gt; &copy;</p>"),
        ("글 **굵게** 끝\n둘째 줄\n", "굵게", "가볍게", "글 **가볍게** 끝\n둘째 줄\n"),
        ("글 \\*별\\* &amp; 끝", "끝", "새 *끝*", "글 \\*별\\* &amp; 새 \\*끝\\*"),
        ("## 옛 제목 ##\n", "옛", "새", "## 새 제목 ##\n"),
        ("제목 하나\n---------\n", "하나", "둘", "제목 둘\n---------\n"),
        ("- 하나\n- 둘\n  둘째 줄\n    - 안쪽\n", "둘째", "셋째", "- 하나\n- 둘\n  셋째 줄\n    - 안쪽\n"),
        ("> 인용\n> 둘째 줄\n", "둘째", "셋째", "> 인용\n> 셋째 줄\n"),
        ("|가|나|\n|-|:-:|\n|1|값|\n", "값", "새 값", "|가|나|\n|-|:-:|\n|1|새 값|\n"),
        ("가|값\n", "값", "a|b", "가|a\\|b\n"),
        ("[링크](https://a.kr '제목')\n", "링크", "새 링크", "[새 링크](https://a.kr '제목')\n"),
        ("```py\nx = 1\n```\n", "x", "y*", "```py\ny* = 1\n```\n"),
        ("<table>\n<tr><td>1<td>값\n</table>", "값", "새 값", "<table>\n<tr><td>1<td>새 값\n</table>"),
        ("<p><b>앞</p>\n\n<p>뒤</p>\n", "뒤", "끝", "<p><b>앞</p>\n\n<p>끝</p>\n"),
        ("<p>{{ page.title }}</p>", "page", "site", "<p>{{ site.title }}</p>"),
        ("글\r\n둘\r\n\r\n<p>값</p>\r\n", "둘", "셋", "글\r\n셋\r\n\r\n<p>값</p>\r\n"),
        ("<자료출처=관보>옛 글\n", "옛", "새", "<자료출처=관보>새 글\n"),
    ],
)
def test_a_word_changes_and_nothing_else(body: str, old: str, new: str, expected: str) -> None:
    assert edited(body, reworded(old, new)) == expected


@pytest.mark.parametrize(
    ("body", "change", "expected"),
    [
        (
            "<p><span style='COLOR:#ee2323;font-size:9px'>글</span></p>",
            evolved(na.Highlight, color=na.Color("#006dd7")),
            "<p><span style='COLOR:#006dd7;font-size:9px'>글</span></p>",
        ),
        (
            '<p><span style="color: #ee2323;">글</span></p>',
            evolved(na.Highlight, color=na.Color("#006dd7")),
            '<p><span style="color: #006dd7;">글</span></p>',
        ),
        (
            "<p><a  href='/a?x=1&amp;y=2' rel=nofollow>글</a></p>",
            evolved(na.Link, url="/b?x=1&y=2"),
            "<p><a  href='/b?x=1&amp;y=2' rel=nofollow>글</a></p>",
        ),
        ('[글](/a "제목")\n', evolved(na.Link, url="/b"), '[글](/b "제목")\n'),
        ("![옛 설명](/a.png)\n", evolved(na.Image, alt="새 설명"), "![새 설명](/a.png)\n"),
        (
            '<p><img src="a.png"/></p>\n',
            evolved(na.Image, alt="설명"),
            '<p><img src="a.png" alt="설명"/></p>\n',
        ),
        ("<h2 id=x>글</h2 >", evolved(na.Heading, level=3), "<h3 id=x>글</h3 >"),
        ("## 글\n", evolved(na.Heading, level=3), "### 글\n"),
        ("글\n==\n", evolved(na.Heading, level=2), "글\n--\n"),
        (
            '<table><tr><td style="width: 5px; text-align: left;">1</td></tr></table>',
            evolved(na.Cell, align="right"),
            '<table><tr><td style="width: 5px; text-align: right;">1</td></tr></table>',
        ),
        (
            "<table><tr><td>1</td></tr></table>",
            evolved(na.Cell, header=True),
            "<table><tr><th>1</th></tr></table>",
        ),
        (
            "<details><summary>가</summary>나</details>",
            evolved(na.Details, open=True),
            '<details open=""><summary>가</summary>나</details>',
        ),
        ("<p><b>글</b></p>", evolved(na.Strong, tag="strong"), "<p><strong>글</strong></p>"),
        ("<!-- 옛 -->\n", evolved(na.Comment, text=" 새 "), "<!-- 새 -->\n"),
        (
            "<p class=a id=b>글</p>",
            evolved(na.Paragraph, attributes={"class": "a"}),
            "<p class=a>글</p>",
        ),
    ],
)
def test_an_attribute_changes_and_nothing_else(
    body: str, change: Callable[[na.Article], na.Article], expected: str
) -> None:
    assert edited(body, change) == expected


BLOCKS = "<p>하나</p>\n<p>둘</p>\n\n\n<p>셋</p>\n"


@pytest.mark.parametrize(
    ("rearrange", "expected"),
    [
        (lambda b: b[1:], "<p>둘</p>\n\n\n<p>셋</p>\n"),
        (lambda b: [b[0], b[2]], "<p>하나</p>\n\n\n<p>셋</p>\n"),
        (lambda b: b[:2], "<p>하나</p>\n<p>둘</p>\n"),
        (lambda b: [b[2], b[0], b[1]], "<p>셋</p>\n<p>하나</p>\n<p>둘</p>\n"),
        (lambda b: [*b, b[0]], "<p>하나</p>\n<p>둘</p>\n\n\n<p>셋</p>\n\n\n<p>하나</p>\n"),
        (
            lambda b: [b[0], na.Paragraph("새", size=None), *b[1:]],
            "<p>하나</p>\n<p>새</p>\n<p>둘</p>\n\n\n<p>셋</p>\n",
        ),
        (lambda b: [], "\n"),
    ],
)
def test_blocks_come_go_and_move_with_their_characters(
    rearrange: Callable[[list[na.Block]], list[na.Block]], expected: str
) -> None:
    def change(article: na.Article) -> na.Article:
        return na.Article.from_blocks(rearrange(list(article.blocks)), article.front_matter)

    assert edited(BLOCKS, change) == expected


def test_new_blocks_take_the_form_of_their_neighbours() -> None:
    def change(article: na.Article) -> na.Article:
        return na.Article.from_blocks([*article.blocks, na.List(["하나", "둘"])], article.front_matter)

    assert edited("글 **하나**\n", change) == "글 **하나**\n\n- 하나\n- 둘\n"


def test_definitions_stay_when_the_blocks_around_them_go() -> None:
    body = "[링크][a]\n\n글\n\n[a]: /u\n\n끝\n"

    def change(article: na.Article) -> na.Article:
        return na.Article.from_blocks([article.blocks[0], article.blocks[2]], article.front_matter)

    assert edited(body, change) == "[링크][a]\n\n[a]: /u\n\n끝\n"


def test_a_cell_a_row_and_an_item_come_and_go_alone() -> None:
    body = "<ul>\n  <li>하나</li>\n  <li>둘</li>\n</ul>\n\n<table>\n <tr><td>1</td><td>2</td></tr>\n <tr><td>3</td></tr>\n</table>\n"

    def change(article: na.Article) -> na.Article:
        items, table = article.blocks
        assert isinstance(items, na.List)
        assert isinstance(table, na.Table)
        items = attrs.evolve(items, items=[*items.items, "셋"])
        table = attrs.evolve(table, body=[[table.body[0].cells[0]], table.body[1], ["4"]])
        return na.Article.from_blocks([items, table], article.front_matter)

    assert edited(body, change) == (
        "<ul>\n  <li>하나</li>\n  <li>둘</li>\n  <li>셋</li>\n</ul>\n\n"
        "<table>\n <tr><td>1</td></tr>\n <tr><td>3</td></tr>\n <tr>\n    <td>4</td>\n</tr>\n</table>\n"
    )


def test_a_block_that_has_to_be_written_anew_is_named() -> None:
    post = na.parse("<p>앞</p>\n\n가|나\n-|-\n1|2\n")
    table = post.article.blocks[1]
    assert isinstance(table, na.Table)
    row = attrs.evolve(table.body[0], cells=[attrs.evolve(table.body[0].cells[0], align="right"), "2"])
    written = post.with_article(
        na.Article.from_blocks([post.article.blocks[0], attrs.evolve(table, body=[row])])
    )
    (problem,) = written.problems
    assert problem.code == "edit-rewrote-block"
    assert problem.line == 3
    assert written.source.startswith("<p>앞</p>\n\n<table>")


def test_an_article_that_no_text_can_say_is_refused_with_its_place() -> None:
    post = na.parse("<p>글</p>\n")
    # Readers take a coloured span for a highlight.
    span = na.Span("빨강", attributes={"style": "color: red"})
    with pytest.raises(na.RoundTripError) as caught:
        post.with_article(na.Article.from_blocks([na.Paragraph(["글 ", span])]))
    assert caught.value.path == "blocks[0].content[1]"
    assert caught.value.requested.startswith("Span(")
    assert caught.value.read.startswith("Highlight(")


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("title", "새 제목", "title: 제목  # 임시", "title: 새 제목  # 임시"),
        ("title", "새: 제목", "title: 제목  # 임시", "title: '새: 제목'  # 임시"),
        ("categories", ["사회", "경제"], "  - 사회\n", "  - 사회\n  - 경제\n"),
        ("excerpt", "새 요약\n", "  요약 글\n", "  새 요약\n"),
        ("image", "/b.png", '"/a.png"', '"/b.png"'),
        ("front_matter.extra.layout", "page", "layout: post", "layout: page"),
        ("front_matter.extra.author", "기자", "layout: post\n", "layout: post\nauthor: 기자\n"),
        ("feature_text", "글\n", 'image: "', 'feature_text: >\n  글\nimage: "'),
        ("image", None, 'image: "/a.png"\n', ""),
    ],
)
def test_a_key_changes_in_its_own_style(key: str, value: object, old: str, new: str) -> None:
    post = na.parse(f"{HEAD}<p>글</p>\n")
    written = post.with_article(post.article.set(key, value))
    assert written.source == post.source.replace(old, new, 1)


@pytest.mark.parametrize(
    ("line", "value", "expected"),
    [
        ("title: '옛'", "It's", "title: 'It''s'"),
        ("excerpt: |-\n    옛\n    글", "새\n글", "excerpt: |-\n    새\n    글"),
        ("categories: [사회, '경제']", ("정치",), "categories: [정치]"),
        ("categories: 사회 경제", ("정치", "사회"), "categories: 정치 사회"),
        ("title: 옛\n  글 # 끝", "새", "title: 새 # 끝"),
        ("title:", "새", "title: 새"),
    ],
)
def test_values_keep_the_way_they_are_written(line: str, value: object, expected: str) -> None:
    post = na.parse(f"---\n# 위\n{line}\n# 아래\nx: 1\n---\n")
    written = post.with_article(post.article.set(line.split(":", maxsplit=1)[0], value))
    assert written.source == f"---\n# 위\n{expected}\n# 아래\nx: 1\n---\n"


def test_broken_front_matter_is_mended_and_its_lines_are_kept() -> None:
    post = na.parse("---\ntitle: [가] 나\nimage: /a.png\n---\n\n<p>글</p>\n")
    assert post.article.front_matter.title is None
    written = post.with_article(post.article.set("title", "나"))
    assert written.source == "---\ntitle: 나\n# title: [가] 나\n# image: /a.png\n---\n\n<p>글</p>\n"
    assert [problem.code for problem in written.problems] == ["edit-rewrote-front-matter"]


def test_a_post_without_front_matter_gets_one() -> None:
    post = na.parse("<p>글</p>\n")
    assert (
        post.with_article(post.article.set("title", "제목")).source == "---\ntitle: 제목\n---\n\n<p>글</p>\n"
    )
