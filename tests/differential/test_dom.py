"""The comparison sees what a browser shows, and nothing else passes as equal."""

from __future__ import annotations

import pytest

from .dom import Difference, build, compare, first_difference

pytestmark = pytest.mark.differential


def kind(left: str, right: str) -> str | None:
    found = first_difference(left, right)
    assert (found is None) == (first_difference(right, left) is None)
    return found.kind if found is not None else None


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        pytest.param('<a href="/" rel="x">가</a>', '<a href="/">가</a>', "only left has a/@rel", id="attribute lost"),
        pytest.param('<p>가</p>', '<p id="">가</p>', "only right has p/@id", id="empty attribute gained"),
        pytest.param('<p id="a">가</p>', '<p id="b">가</p>', "value of p/@id", id="attribute value"),
        pytest.param('<p id="a  b">가</p>', '<p id="a b">가</p>', "value of p/@id", id="space in an attribute"),
        pytest.param("<p>가</p><h2>나</h2>", "<h2>나</h2><p>가</p>", "p against h2 in body", id="blocks reordered"),
        pytest.param("<p>가</p><p>나</p>", "<p>나</p><p>가</p>", "text in p", id="like blocks reordered"),
        pytest.param("<p>가&nbsp;나</p>", "<p>가 나</p>", "text in p", id="no-break space made a space"),
        pytest.param("<p>&nbsp;</p>", "<p></p>", "only left has #text in p", id="no-break space lost"),
        pytest.param("<p>\u3000</p>", "<p></p>", "only left has #text in p", id="ideographic space lost"),
        pytest.param("<p>한국</p>", "<p>한 국</p>", "text in p", id="space gained in a word"),
        pytest.param("<p>한 국</p>", "<p>한국</p>", "text in p", id="space lost between words"),
        pytest.param("<p>가<!-- 나 --></p>", "<p>가</p>", "only left has #comment in p", id="comment lost"),
        pytest.param("<!-- 가 -->", "<!--가-->", "comment in body", id="space in a comment"),
        pytest.param("<b><i>가</i></b>", "<i><b>가</b></i>", "b against i in body", id="nesting"),
        pytest.param("<b>가</b>나", "<b>가나</b>", "text in b", id="text moved into a tag"),
        pytest.param("<p>가 <b>나</b></p>", "<p>가<b> 나</b></p>", "text in p", id="space moved into a tag"),
        pytest.param("<p><b>가</b> <b>나</b></p>", "<p><b>가</b><b>나</b></p>", "#text against b in p",
                     id="space lost between inlines"),
        pytest.param("<p><b> 가</b></p>", "<p><b>가</b></p>", "text in b", id="space in an inline at a block's edge"),
        pytest.param("<p>가</p><p></p>", "<p>가</p>", "only left has p in body", id="empty element lost"),
        pytest.param("<p>가<br>나</p>", "<p>가\n나</p>", "text in p", id="hard break lost"),
        pytest.param("<pre>a\n b</pre>", "<pre>a\nb</pre>", "text in pre", id="indentation of code"),
        pytest.param("<pre><code>a\n</code></pre>", "<pre><code>a</code></pre>", "text in code", id="line end of code"),
        pytest.param('<p style="white-space: pre">가  나</p>', '<p style="white-space: pre">가 나</p>', "text in p",
                     id="spaces kept by a style"),
        pytest.param("<table><tr><td>가</td></tr></table>", "<table><thead><tr><td>가</td></tr></thead></table>",
                     "tbody against thead in table", id="part of a table"),
        pytest.param("<h2>가</h2>", "<h3>가</h3>", "h2 against h3 in body", id="heading level"),
        pytest.param("&lt;/p&gt;", "", "only left has #text in body", id="visible end tag lost"),
        pytest.param('<p style="display: inline">가</p> 나', '<p style="display: inline">가</p>나', "text in body",
                     id="space beside a block made inline"),
        pytest.param("<template>가</template>", "<template>나</template>", "text in template", id="in a template"),
        pytest.param("<script>a  b</script>", "<script>a b</script>", "text in script", id="spaces in a script"),
        pytest.param("가\f나", "가 나", "text in body", id="form feed is text"),
    ],
)  # fmt: skip
def test_sees_what_a_reader_or_a_program_would(left: str, right: str, expected: str) -> None:
    assert kind(left, right) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("<p>가</p>\n\n  <h2>나</h2>\n", "<p>가</p><h2>나</h2>", id="between blocks"),
        pytest.param("<p>가</p>\n<!-- 나 -->\n<p>다</p>", "<p>가</p><!-- 나 --><p>다</p>", id="around a comment"),
        pytest.param("<p>가</p>\n<script>1</script>\n<p>다</p>", "<p>가</p><script>1</script><p>다</p>",
                     id="around a script"),
        pytest.param("<p>\n  가\n</p>", "<p>가</p>", id="at the edges of a block"),
        pytest.param("<ul>\n  <li>가</li>\n  <li>나</li>\n</ul>", "<ul><li>가</li><li>나</li></ul>", id="list"),
        pytest.param("<ul><li>가\n<ul><li>나</li></ul>\n</li></ul>", "<ul><li>가<ul><li>나</li></ul></li></ul>",
                     id="text before a block"),
        pytest.param("<table>\n <tr>\n  <td>가</td>\n </tr>\n</table>",
                     "<table><tbody><tr><td>가</td></tr></tbody></table>", id="table, implied tbody"),
        pytest.param("<p>가\n나  다</p>", "<p>가 나 다</p>", id="runs"),
        pytest.param("<p>가<br />\n나</p>", "<p>가<br>나</p>", id="beside a hard break"),
        pytest.param("<p title='a' id=b>가&amp;&#45208;</p>", '<p id="b" title="a">가&나</p>', id="spelling"),
        pytest.param("<hr/>", "<hr>", id="void"),
        pytest.param("<p>가<p>나", "<p>가</p><p>나</p>", id="implied end tags"),
        pytest.param("<p><b>가<p>나", "<p><b>가</b></p><p><b>나</b></p>", id="reopened inline"),
        pytest.param("<?php 가 ?>", "<!--?php 가 ?-->", id="instruction"),
        pytest.param("<?php\n 가?>", "<!--?php 가 ?-->", id="white space in an instruction"),
    ],
)  # fmt: skip
def test_passes_over_what_no_browser_shows(left: str, right: str) -> None:
    assert first_difference(left, right) is None
    assert first_difference(right, left) is None


def test_reports_the_first_difference_in_document_order_with_its_place() -> None:
    left = "<p>가</p><p>나 <b>다라</b></p><p>마</p>"
    right = "<p>가</p><p>나 <b>다\u00a0라</b></p><p>바</p>"
    assert first_difference(left, right) == Difference(
        "text in b", "html/body[1]/p[2]/b[1]/#text[1]", "'다라'", r"'다\xa0라'"
    )


def test_an_element_is_reported_before_what_follows_it() -> None:
    found = first_difference(
        "<div><p><i>가</i></p></div><h2>나</h2>", "<div><p><i>다</i></p></div><h3>나</h3>"
    )
    assert found is not None
    assert found.path == "html/body[1]/div[1]/p[1]/i[1]/#text[1]"


def test_long_texts_are_shown_around_the_difference() -> None:
    found = first_difference("가" * 500 + "나" + "다" * 500, "가" * 500 + "라" + "다" * 500)
    assert found is not None
    assert "나" in found.left
    assert "라" in found.right
    assert len(found.left) < 100


def test_building_and_comparing_do_not_recurse() -> None:
    deep = "<div>" * 5000 + "가"
    assert first_difference(deep, deep + "나") is not None
    assert compare(build(deep), build(deep)) is None


def test_many_siblings_are_no_trouble() -> None:
    wide = "<b>가</b> " * 20_000
    assert compare(build(wide), build(wide)) is None
