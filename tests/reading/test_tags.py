"""HTML in bodies: where elements begin and end, and what broken tags become.

The expected HTML is what kramdown 2.4.0 with GFM input writes, typographic symbols and ids off.
"""

from __future__ import annotations

import pytest

from newsdao_article.reading.blocks import scan_body
from newsdao_article.reading.tree import Element
from tests.reading.scanned import html

AN_HTML_BLOCK_ENDS_AT_ITS_MATCHING_END_TAG: dict[str, tuple[str, str]] = {
    "blank lines inside": ("<p>하나\n\n둘</p>\n", "<p>하나\n\n둘</p>"),
    "no Markdown inside": ("<p>**굵게** [a](u)</p>\n", "<p>**굵게** [a](u)</p>"),
    "text after the end tag": ("<p>하나</p>둘\n", "<p>하나</p><p>둘</p>"),
    "break after the end tag": ("<p>하나</p><br/>\n", "<p>하나</p><p><br /></p>"),
    "four spaces after the end tag": ("<p>하나</p>    둘\n", "<p>하나</p><pre><code>둘\n</code></pre>"),
    "blanks after the end tag": ("<p>하나</p>  \n<p>둘</p>\n", "<p>하나</p><p>둘</p>"),
    "nested elements": ("<div><p>하나<b>둘</b></p> 셋</div>\n", "<div><p>하나<b>둘</b></p> 셋</div>"),
    "three spaces before": ("   <p>하나</p>\n", "<p>하나</p>"),
    "tag over several lines": ('<p\n class="a"\n>하나</p\n>\n', '<p class="a">하나</p>'),
    "unknown name begins a block": (
        '<font color="red">하나</font> 둘\n',
        '<font color="red">하나</font><p>둘</p>',
    ),
    "name in Hangul": ("<메모>하나</메모>\n", "<메모>하나</메모>"),
    "name with colon": ("<a:b>하나</a:b>\n", "<a:b>하나</a:b>"),
    "name that ends in a colon": ("<메모:>하나\n", "<p>&lt;메모:&gt;하나</p>"),
    "inline name begins a paragraph": ("<b>하나</b> 둘\n", "<p><b>하나</b> 둘</p>"),
    "script keeps everything": (
        "<script>\nif (a < b && c) {}\n\n</script>\n둘\n",
        "<script>\nif (a < b && c) {}\n\n</script><p>둘</p>",
    ),
    "pre": ("<pre>하나\n  <b>둘</b></pre>\n", "<pre>하나\n  <b>둘</b></pre>"),
    "comment at the margin": ("<!-- 메모 -->\n하나\n", "<!-- 메모 --><p>하나</p>"),
    "indented comment": ("  <!-- 메모 -->\n하나\n", "<p><!-- 메모 -->\n하나</p>"),
    "processing instruction inside": ("<div><?x y?></div>\n", "<div><?x y?></div>"),
    "processing instruction outside": ("<?x y?>\n", "<p>&lt;?x y?&gt;</p>"),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    AN_HTML_BLOCK_ENDS_AT_ITS_MATCHING_END_TAG.values(),
    ids=AN_HTML_BLOCK_ENDS_AT_ITS_MATCHING_END_TAG,
)
def test_an_html_block_ends_at_its_matching_end_tag(source: str, expected: str) -> None:
    assert html(source) == expected


BROKEN_TAGS_BECOME_WHAT_KRAMDOWN_SHOWS: dict[str, tuple[str, str]] = {
    "stray end tag": ("</p>\n", "<p>&lt;/p&gt;</p>"),
    "stray end tag after a block": ("<p>하나</p></p>\n\n둘\n", "<p>하나</p><p>&lt;/p&gt;</p><p>둘</p>"),
    "mismatched end tag": ("<p>하나</b>둘</p>\n", "<p>하나&lt;/b&gt;둘</p>"),
    "crossed tags": (
        "<p><b><span>하나</b></span></p>\n둘</b></p>\n",
        "<p><b><span>하나&lt;/b&gt;</span>&lt;/p&gt;\n둘</b></p>",
    ),
    "unclosed inside": ("<p><b>하나</p>\n\n둘\n", "<p><b>하나&lt;/p&gt;\n\n둘\n</b></p>"),
    "end tag of a void element": ("<div>하나</br>둘</div>\n", "<div>하나&lt;/br&gt;둘</div>"),
    "end tag with rubbish": ("<p>하나</b둘</p>\n", "<p>하나&lt;/b둘</p>"),
    "unquoted value with a colon": (
        "<p style=color: red;>하나</p>\n",
        "<p>&lt;p style=color: red;&gt;하나&lt;/p&gt;</p>",
    ),
    "attributes glued together": ('<p a="1"b="2">하나</p>\n', '<p>&lt;p a="1"b="2"&gt;하나&lt;/p&gt;</p>'),
    "start tag in a start tag": ("<p><p 하나\n", "<p>&lt;p 하나\n</p>"),
    "space before the name": ("< p>하나\n", "<p>&lt; p&gt;하나</p>"),
    "full-width bracket": ("<b>하나</b＞\n", "<p><b>하나&lt;/b＞</b></p>"),
    "source line in angle brackets": (
        "<자료출처=누리집 https://a.kr>\n",
        "<p>&lt;자료출처=누리집 https://a.kr&gt;</p>",
    ),
    "self-closed block": ("<div/>\n하나\n", "<div /><p>하나</p>"),
    "self-closed in a block": ("<div><b/>하나</div>\n", "<div><b />하나</div>"),
    "rule without end": ("<hr>\n하나\n", "<hr /><p>하나</p>"),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    BROKEN_TAGS_BECOME_WHAT_KRAMDOWN_SHOWS.values(),
    ids=BROKEN_TAGS_BECOME_WHAT_KRAMDOWN_SHOWS,
)
def test_broken_tags_become_what_kramdown_shows(source: str, expected: str) -> None:
    assert html(source) == expected


ATTRIBUTES_ARE_READ_AS_A_BROWSER_GETS_THEM: dict[str, tuple[str, str]] = {
    "entities": (
        '<p title="a&amp;b &lt; &nosuch; &nbsp; &#160;">x</p>\n',
        '<p title="a&amp;b &lt; &amp;nosuch; \u00a0 \u00a0">x</p>',
    ),
    "bare ampersand": ('<a href="?a=1&copy=2">x</a>\n', '<p><a href="?a=1&amp;copy=2">x</a></p>'),
    "last duplicate wins": ('<p a="1" b="2" a="3">x</p>\n', '<p a="3" b="2">x</p>'),
    "case of known names": ('<P ID="x">y</p>\n', '<p id="x">y</p>'),
    "case of unknown names": ('<Memo ID="x">y</Memo>\n', '<Memo ID="x">y</Memo>'),
    "no value": ("<input disabled>\n", '<p><input disabled="" /></p>'),
    "unquoted": ("<td width=10 a=가>x</td>\n", '<td width="10" a="가">x</td>'),
    "single quotes": ("<p a='\"'>x</p>\n", '<p a="&quot;">x</p>'),
    "spaces around the sign": ('<p a = "b">x</p>\n', '<p a="b">x</p>'),
    "line end in a block": ('<p a="b\nc">x</p>\n', '<p a="b\nc">x</p>'),
    "line ends in a paragraph": ('x <b a="b\nc">y</b>\n', '<p>x <b a="b c">y</b></p>'),
    "empty id": ('<p id="">x</p>\n', "<p>x</p>"),
    "empty value": ('<p class="">x</p>\n', '<p class="">x</p>'),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    ATTRIBUTES_ARE_READ_AS_A_BROWSER_GETS_THEM.values(),
    ids=ATTRIBUTES_ARE_READ_AS_A_BROWSER_GETS_THEM,
)
def test_attributes_are_read_as_a_browser_gets_them(source: str, expected: str) -> None:
    assert html(source) == expected


RAW_TEXT_IS_DECODED_AS_A_BROWSER_DOES: dict[str, tuple[str, str]] = {
    "known and unknown": (
        "<p>a &lt; b &amp; c &nosuch; &check;</p>\n",
        "<p>a &lt; b &amp; c &amp;nosuch; ✓</p>",
    ),
    "bare": ("<p>R&D &amp</p>\n", "<p>R&amp;D &amp;amp</p>"),
    "numbers": ("<p>&#44032;&#xAC00;&#128;&#0;&#1114112;</p>\n", "<p>가가€��</p>"),
    "capital X is no number": ("<p>&#X41;</p>\n", "<p>&amp;#X41;</p>"),
    "bare angle brackets": ("<p>1 < 2 > 0</p>\n", "<p>1 &lt; 2 &gt; 0</p>"),
    "old name without semicolon runs on": ("<p>&notit;</p>\n", "<p>¬it;</p>"),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    RAW_TEXT_IS_DECODED_AS_A_BROWSER_DOES.values(),
    ids=RAW_TEXT_IS_DECODED_AS_A_BROWSER_DOES,
)
def test_raw_text_is_decoded_as_a_browser_does(source: str, expected: str) -> None:
    assert html(source) == expected


A_MARKDOWN_ATTRIBUTE_OPENS_AN_ELEMENT: dict[str, tuple[str, str]] = {
    "blocks": (
        '<div markdown="1">\n*하나*\n\n둘\n</div>\n셋\n',
        "<div><p><em>하나</em></p><p>둘</p></div><p>셋</p>",
    ),
    "spans": ('<p markdown="1">*하나* <b>둘</b></p>\n', "<p><em>하나</em> <b>둘</b></p>"),
    "off": ('<p markdown="0">*하나*</p>\n', "<p>*하나*</p>"),
    "inside a raw element": (
        '<div><p markdown="1">*하나*</p> *둘*</div>\n',
        "<div><p><em>하나</em></p> *둘*</div>",
    ),
    "never closed": ('<div markdown="1">\n하나\n', "<div><p>하나</p></div>"),
    "raw by nature": (
        '<table markdown="1"><tr><td>*하나*</td></tr></table>\n',
        "<table><tr><td>*하나*</td></tr></table>",
    ),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    A_MARKDOWN_ATTRIBUTE_OPENS_AN_ELEMENT.values(),
    ids=A_MARKDOWN_ATTRIBUTE_OPENS_AN_ELEMENT,
)
def test_a_markdown_attribute_opens_an_element(source: str, expected: str) -> None:
    assert html(source) == expected


@pytest.mark.parametrize(
    ("source", "code", "where"),
    [
        ("<p>하나</p></p>\n", "stray-end-tag", "</p>"),
        ("<p>하나</i></p>\n", "stray-end-tag", "</i>"),
        ("하나</b>\n", "stray-end-tag", "</b>"),
        ("<p><b>하나</p>\n", "unclosed-element", "<b>"),
        ("하나 <i>둘\n", "unclosed-element", "<i>"),
        ("하나 <p>둘\n", "block-tag-in-paragraph", "<p>"),
        ("<p a='1' a='2'>하나</p>\n", "duplicate-attribute", "<p a='1' a='2'>"),
        ("<p>하나</b둘</p>\n", "malformed-tag", "</b둘"),
        ("> 둘</b>\n", "stray-end-tag", "</b>"),
        ("- 하나\n  - <b>둘\n", "unclosed-element", "<b>"),
        ("[하나][둘]\n", "undefined-reference", "[하나][둘]"),
        ("[하나]\n", "undefined-reference", "[하나]"),
        ("하나|둘\n-|-\n", "table-without-body", "하나|둘\n-|-"),
        ("하나[^1]\n", "undefined-footnote", "[^1]"),
        ("하나 {:.x}\n", "stray-attribute-list", "{:.x}"),
    ],
)
def test_what_kramdown_warns_about_is_reported_where_it_stands(source: str, code: str, where: str) -> None:
    found = [(problem.code, problem.span.slice(source)) for problem in scan_body(source).problems]
    assert (code, where) in found


def test_a_sound_body_has_no_problems() -> None:
    source = '<p class="a">하나 <b>둘</b></p>\n\n**셋** [넷](u)\n\n- 다섯\n'
    assert scan_body(source).problems == []


def test_a_trial_that_fails_reports_nothing_twice() -> None:
    problems = scan_body("*하나 [둘</b> 셋\n").problems
    assert [problem.code for problem in problems] == ["stray-end-tag"]


def test_an_element_knows_whether_its_end_was_written() -> None:
    first, second = scan_body("<p>하나</p>\n<p>둘\n").blocks
    assert isinstance(first, Element)
    assert isinstance(second, Element)
    assert (first.closed, second.closed) == (True, False)


def test_elements_with_the_same_tag_do_not_change_each_other() -> None:
    assert html('<p class="a">하나</p>\n{:.x}\n') == '<p class="a x">하나</p>'
    assert html('<p class="a">하나</p>\n') == '<p class="a">하나</p>'
