"""What stands inside a paragraph: emphasis, links, HTML, breaks, code.

The expected HTML is what kramdown 2.4.0 with GFM input writes, typographic symbols and ids off.
"""

from __future__ import annotations

import pytest

from newsdao_article.reading.blocks import scan_body
from newsdao_article.reading.tree import Element
from tests.reading.scanned import html, walk

EMPHASIS: dict[str, tuple[str, str]] = {
    "one, two, three": (
        "*하나* **둘** ***셋***\n",
        "<p><em>하나</em> <strong>둘</strong> <strong><em>셋</em></strong></p>",
    ),
    "underscores": ("_하나_ __둘__\n", "<p><em>하나</em> <strong>둘</strong></p>"),
    "beside Hangul": (
        '**83%**를 **"하나"**이 *가*나\n',
        '<p><strong>83%</strong>를 <strong>"하나"</strong>이 <em>가</em>나</p>',
    ),
    "inside a word": ("가_나_다 a*b*c\n", "<p>가_나_다 a<em>b</em>c</p>"),
    "after digits": ("1_a_ 가-_a_\n", "<p>1<em>a</em> 가-_a_</p>"),
    "space inside": ("* 하나* *하나 * ** 둘**\n", "<ul><li>하나* *하나 * ** 둘**</li></ul>"),
    "nested": (
        "*하나 **둘** 셋* **하나 *둘* 셋**\n",
        "<p><em>하나 <strong>둘</strong> 셋</em> <strong>하나 <em>둘</em> 셋</strong></p>",
    ),
    "same kind does not nest": ("*하나 _둘_ 셋*\n", "<p><em>하나 _둘_ 셋</em></p>"),
    "never closed": ("**하나 *둘\n", "<p>**하나 *둘</p>"),
    "strong falls back to one mark": ("**하나* 둘\n", "<p><em>*하나</em> 둘</p>"),
    "three marks, two ends": (
        "***하나** 둘* ***하나* 둘**\n",
        "<p><strong><em>하나** 둘</em> **<em>하나</em> 둘</strong></p>",
    ),
    "four marks": ("****하나****\n", "<p><strong>**하나</strong>**</p>"),
    "over a line end": ("*하나\n둘*\n", "<p><em>하나\n둘</em></p>"),
    "closed in code only": ("*하나 `둘*`\n", "<p>*하나 <code>둘*</code></p>"),
    "closed behind an open tag": ("*하나 <b>둘*\n", "<p>*하나 <b>둘*</b></p>"),
    "struck": ("~~하나~~ ~~ 둘~~ ~~~셋~~~\n", "<p><del>하나</del> ~~ 둘~~ ~<del>셋</del>~</p>"),
    "struck over marks": (
        "~~**하나**~~ ~~**둘~~**\n",
        "<p><del><strong>하나</strong></del> <del>**둘</del>**</p>",
    ),
}


@pytest.mark.parametrize(("source", "expected"), EMPHASIS.values(), ids=EMPHASIS)
def test_emphasis_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


LINKS_AND_IMAGES: dict[str, tuple[str, str]] = {
    "plain": ("[하나](u) ![둘](v.png)\n", '<p><a href="u">하나</a> <img src="v.png" alt="둘" /></p>'),
    "spaces in the destination": ("[하나](여기를 클릭)\n", '<p><a href="여기를 클릭">하나</a></p>'),
    "angle brackets": ("[하나](<u v>)\n", '<p><a href="u v">하나</a></p>'),
    "title": (
        "[하나](u \"둘\") ![셋](v '넷')\n",
        '<p><a href="u" title="둘">하나</a> <img src="v" alt="셋" title="넷" /></p>',
    ),
    "quotation mark in a title": ('[하나](u "a"b")\n', '<p><a href="u" title="a&quot;b">하나</a></p>'),
    "rubbish after the title": ('[하나](u "둘" 셋)\n', '<p>[하나](u "둘" 셋)</p>'),
    "parentheses": ("[하나](u(v)w) [둘](u(v)\n", '<p><a href="u(v)w">하나</a> [둘](u(v)</p>'),
    "space before": ("[하나] (u)\n", "<p>[하나] (u)</p>"),
    "empty": ("[](u) [하나]()\n", '<p><a href="u"></a> <a href="">하나</a></p>'),
    "brackets inside": ("[하[나]](u) [하]나](u)\n", '<p><a href="u">하[나]</a> [하]나](u)</p>'),
    "no links in links": ("[하나 [둘](v)](u)\n", '<p><a href="u">하나 [둘](v)</a></p>'),
    "image in a link": ("[![하나](v)](u)\n", '<p><a href="u"><img src="v" alt="하나" /></a></p>'),
    "marks in a link": ("[**하나**](u)\n", '<p><a href="u"><strong>하나</strong></a></p>'),
    "marks in a description": ("![**하나** \\*](v)\n", '<p><img src="v" alt="**하나** *" /></p>'),
    "entities": ("[하나](?a=1&amp;b=2&copy=3)\n", '<p><a href="?a=1&amp;b=2&amp;copy=3">하나</a></p>'),
    "references": (
        '[하나][a] [b] [B][] ![둘][a]\n\n[a]: /u\n[b]: </v w> "셋"\n',
        '<p><a href="/u">하나</a> <a href="/v w" title="셋">b</a>[] <img src="/u" alt="둘" /></p>',
    ),
    "reference without definition": ("[하나][a] [둘]\n", "<p>[하나][a] [둘]</p>"),
    "definition with quotation mark": ('[a]: /u "x\n\n[a]\n', '<p>[a]: /u "x</p><p>[a]</p>'),
    "definition inside a paragraph": ("하나\n[a]: /u\n", "<p>하나\n[a]: /u</p>"),
    "autolinks": (
        "<https://a.kr/?b&c> <mailto:a@b.kr> <a@b.kr>\n",
        '<p><a href="https://a.kr/?b&amp;c">https://a.kr/?b&amp;c</a> <a href="mailto:a@b.kr">a@b.kr</a> <a href="mailto:a@b.kr">a@b.kr</a></p>',
    ),
    "addresses of any script": (
        "<a@b.한국> <a@b.> <a@b c>\n",
        '<p><a href="mailto:a@b.한국">a@b.한국</a> <a href="mailto:a@b.">a@b.</a> &lt;a@b c&gt;</p>',
    ),
    "bare address": ("https://a.kr\n", "<p>https://a.kr</p>"),
    "autolink with a bracket": ("<https:>>\n", '<p><a href="https:&gt;">https:&gt;</a></p>'),
    "no autolink over lines": ("<https://a.kr\nb>\n", "<p>&lt;https://a.kr\nb&gt;</p>"),
}


@pytest.mark.parametrize(("source", "expected"), LINKS_AND_IMAGES.values(), ids=LINKS_AND_IMAGES)
def test_links_and_images_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


HTML_IN_PARAGRAPHS: dict[str, tuple[str, str]] = {
    "pair": ("하나 <b>둘</b> 셋\n", "<p>하나 <b>둘</b> 셋</p>"),
    "attributes": (
        '하나 <span style="color: red;">둘</span>\n',
        '<p>하나 <span style="color: red;">둘</span></p>',
    ),
    "Markdown inside": ("<b>*하나*</b>\n", "<p><b><em>하나</em></b></p>"),
    "no Markdown inside": (
        "a <code>*하나*</code> <u>*둘*</u> <font>*셋*</font>\n",
        "<p>a <code>*하나*</code> <u>*둘*</u> <font>*셋*</font></p>",
    ),
    "void": ('하나<br>둘<br/>셋<img src="a">\n', '<p>하나<br />둘<br />셋<img src="a" /></p>'),
    "block tag": ("하나 <p>둘</p>\n", "<p>하나 &lt;p&gt;둘&lt;/p&gt;</p>"),
    "stray end tag": ("하나</b> 둘</p>\n", "<p>하나&lt;/b&gt; 둘&lt;/p&gt;</p>"),
    "never closed": ("하나 <b>둘\n\n셋\n", "<p>하나 <b>둘</b></p><p>셋</p>"),
    "crossed": ("<b>하나 <i>둘</b> 셋</i>\n", "<p><b>하나 <i>둘&lt;/b&gt; 셋</i></b></p>"),
    "Hangul name": ("<제목> 하나\n", "<제목> 하나\n</제목>"),
    "unknown name": ("하나 <K-공감> 둘\n", "<p>하나 <K-공감> 둘</K-공감></p>"),
    "self-closed": ("하나 <b/>둘\n", "<p>하나 <b></b>둘</p>"),
    "guillemets hide a tag": ("<<b>하나</b>>\n", "<p>&lt;&lt;b&gt;하나&lt;/b&gt;&gt;</p>"),
    "three brackets": ("<<<b>하나</b>\n", "<p>&lt;&lt;<b>하나</b></p>"),
    "comment": ("하나 <!-- *둘* --> 셋\n", "<p>하나 <!-- *둘* --> 셋</p>"),
    "open comment": ("하나 <!-- 둘\n", "<p>하나 &lt;!-- 둘</p>"),
    "CDATA": ("하나 <![CDATA[둘]]>\n", "<p>하나 &lt;![CDATA[둘]]&gt;</p>"),
    "script": ("하나 <script>a && *b*</script>\n", "<p>하나 <script>a &amp;&amp; *b*</script></p>"),
    "word without quotation marks": (
        "<b title=가1_>하나</b> <b title=①>둘</b>\n",
        '<p><b title="가1_">하나</b> &lt;b title=①&gt;둘&lt;/b&gt;</p>',
    ),
    "tag over two lines in a script": (
        '하나 <script><b title="둘\n셋"></b></script>\n',
        '<p>하나 <script><b title="둘 셋"></b></script></p>',
    ),
    "text in a tag that is text": ('하나 <p title="*둘*&amp;">\n', '<p>하나 &lt;p title="*둘*&amp;"&gt;</p>'),
}


@pytest.mark.parametrize(("source", "expected"), HTML_IN_PARAGRAPHS.values(), ids=HTML_IN_PARAGRAPHS)
def test_html_in_paragraphs_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


TEXT_AND_BREAKS: dict[str, tuple[str, str]] = {
    "hard break": ("하나  \n둘\n", "<p>하나<br />\n둘</p>"),
    "backslash break": ("하나\\\n둘\n", "<p>하나<br />\n둘</p>"),
    "three spaces": ("하나   \n둘\n", "<p>하나 <br />\n둘</p>"),
    "one space": ("하나 \n둘\n", "<p>하나 \n둘</p>"),
    "no backslash break in HTML": ("<b>하나\\\n둘</b>\n", "<p><b>하나\\\n둘</b></p>"),
    "spaces at the end": ("하나  \n", "<p>하나</p>"),
    "escapes": ("\\* \\_ \\# \\< \\~ \\& \\가 \\\\\n", "<p>* _ # &lt; ~ \\&amp; \\가 \\</p>"),
    "entities": (
        "&amp; &lt; &nbsp; &hellip; &check; &nosuch; &#8203; &\n",
        "<p>&amp; &lt; \u00a0 … &amp;check; &amp;nosuch; \u200b &amp;</p>",
    ),
    "swapped in kramdown": ("&lceil;&rang;\n", "<p>⌉〈</p>"),
    "quotation marks stay": ("\"하나\" '둘' ... -- ---\n", "<p>\"하나\" '둘' ... -- ---</p>"),
    "code": (
        "`a & <b>` ``a`b`` `` ` ``\n",
        "<p><code>a &amp; &lt;b&gt;</code> <code>a`b</code> <code>`</code></p>",
    ),
    "code with spaces": ("a ` b ` c\n", "<p>a ` b ` c</p>"),
    "code never closed": ("`하나 ``둘`\n", "<p><code>하나 </code><code>둘</code></p>"),
    "angle bracket": ("1 < 2 <3 > 0\n", "<p>1 &lt; 2 &lt;3 &gt; 0</p>"),
}


@pytest.mark.parametrize(("source", "expected"), TEXT_AND_BREAKS.values(), ids=TEXT_AND_BREAKS)
def test_text_and_breaks_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


def test_spans_know_their_extent_and_their_content() -> None:
    source = "하나 **둘** [셋](u) `` 넷 `` <b>다섯</b> <https://a.kr>\n"
    spans = [node for node in walk(scan_body(source).blocks) if isinstance(node, Element) and node.tag != "p"]
    assert [(source[s.start : s.end], source[s.inner_start : s.inner_end], s.markdown) for s in spans] == [
        ("**둘**", "둘", True),
        ("[셋](u)", "셋", True),
        ("`` 넷 ``", "넷", True),
        ("<b>다섯</b>", "다섯", False),
        ("<https://a.kr>", "https://a.kr", True),
    ]
