"""Attribute lists, extensions, footnotes, abbreviations and mathematics.

The expected HTML is what kramdown 2.4.0 with GFM input writes, typographic symbols and ids off.
"""

from __future__ import annotations

import pytest

from tests.reading.scanned import html

ATTRIBUTE_LISTS: dict[str, tuple[str, str]] = {
    "before a block": ('{:.x #y z="w"}\n하나\n', '<p class="x" id="y" z="w">하나</p>'),
    "after a block": ("하나\n{:.x}\n", '<p class="x">하나</p>'),
    "lost at a blank line": ("{:.x}\n\n하나\n", "<p>하나</p>"),
    "on a span": (
        "*하나*{:.x} [둘](u){:.y}\n",
        '<p><em class="x">하나</em> <a href="u" class="y">둘</a></p>',
    ),
    "after text": ("하나 {:.x}\n", "<p>하나 {:.x}</p>"),
    "named": ("{:a: .x}\n{:a .y}\n하나\n", '<p class="x y">하나</p>'),
    "named later": ("*하나*{:a}\n\n{:a: .x}\n", '<p><em class="x">하나</em></p>'),
    "on an HTML block": ("<p>하나</p>\n{:.x}\n<p>둘</p>\n", '<p class="x">하나</p><p>둘</p>'),
    "with a heading id": ("{:.x}\n# 하나 {#a}\n", '<h1 id="a" class="x">하나</h1>'),
    "names come first": ("{:a: .x}\n하나\n{:.y a}\n", '<p class="x y">하나</p>'),
    "language of code": (
        "    하나\n{:.language-ruby .x}\n",
        '<pre class="x"><code class="language-ruby">하나\n</code></pre>',
    ),
    "on a definition of a link": ("[a]: /u\n{:.x}\n\n[a]{:.y}\n", '<p><a class="x y" href="/u">a</a></p>'),
    "escaped quotation mark": ('{: a="b\\"c"}\n하나\n', '<p a="b&quot;c">하나</p>'),
    "character references": (
        '{: href="?a=1&amp;b=2&c" title="&lt;&nosuch;"}\n하나\n\n*둘*{:.&copy; x="&amp;"}\n',
        '<p href="?a=1&amp;b=2&amp;c" title="&lt;&amp;nosuch;">하나</p><p><em class="©" x="&amp;">둘</em></p>',
    ),
    "open quotation mark ends with its list": (
        "{:.x y='}\n하나\n{:.z'}\n",
        '<p class="x z\'">하나</p>',
    ),
    "open quotation mark in a named list": ("{:a: x='}\n{:a: y='}\n{:a}\n하나\n", "<p>하나</p>"),
    "names itself not": ("{: 가='나'}\n하나\n", "<p>하나</p>"),
}


@pytest.mark.parametrize(("source", "expected"), ATTRIBUTE_LISTS.values(), ids=ATTRIBUTE_LISTS)
def test_attribute_lists_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


EXTENSIONS: dict[str, tuple[str, str]] = {
    "comment": ("{::comment}\n하나\n{:/comment}\n둘\n", "<!-- 하나 --><p>둘</p>"),
    "comment in a paragraph": ("하나 {::comment}둘{:/} 셋\n", "<p>하나 <!-- 둘 --> 셋</p>"),
    "nomarkdown": ("{::nomarkdown}\n<b>*하나*\n{:/}\n둘\n", "<b>*하나*\n<p>둘</p>"),
    "nomarkdown in a paragraph": ("하나 {::nomarkdown}<i>*둘*</i>{:/}\n", "<p>하나 <i>*둘*</i></p>"),
    "for another format": ('하나 {::nomarkdown type="latex"}둘{:/}\n', "<p>하나 </p>"),
    "options": ('{::options a="b" /}\n하나\n', "<p>하나</p>"),
    "unknown": ("{::foo}\n하나\n{:/foo}\n", "<p>{::foo}\n하나\n{:/foo}</p>"),
    "no end": ("{::comment}\n하나\n", "<p>{::comment}\n하나</p>"),
}


@pytest.mark.parametrize(("source", "expected"), EXTENSIONS.values(), ids=EXTENSIONS)
def test_extensions_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


FOOTNOTES_AND_ABBREVIATIONS: dict[str, tuple[str, str]] = {
    "footnote": (
        "하나[^1] 둘\n\n[^1]: 각주 *셋*\n",
        '<p>하나<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup> 둘</p><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>각주 <em>셋</em>\u00a0<a href="#fnref:1" class="reversefootnote" role="doc-backlink">\u21a9</a></p></li></ol></div>',
    ),
    "used twice": (
        "하나[^1] 둘[^1]\n\n[^1]: 각주\n",
        '<p>하나<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup> 둘<sup id="fnref:1:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup></p><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>각주\u00a0<a href="#fnref:1" class="reversefootnote" role="doc-backlink">\u21a9</a>\u00a0<a href="#fnref:1:1" class="reversefootnote" role="doc-backlink">\u21a9<sup>2</sup></a></p></li></ol></div>',
    ),
    "in order of use": (
        "하나[^b] 둘[^a]\n\n[^a]: 가\n[^b]: 나\n",
        '<p>하나<sup id="fnref:b" role="doc-noteref"><a href="#fn:b" class="footnote" rel="footnote">1</a></sup> 둘<sup id="fnref:a" role="doc-noteref"><a href="#fn:a" class="footnote" rel="footnote">2</a></sup></p><div class="footnotes" role="doc-endnotes"><ol><li id="fn:b" role="doc-endnote"><p>나\u00a0<a href="#fnref:b" class="reversefootnote" role="doc-backlink">\u21a9</a></p></li><li id="fn:a" role="doc-endnote"><p>가\u00a0<a href="#fnref:a" class="reversefootnote" role="doc-backlink">\u21a9</a></p></li></ol></div>',
    ),
    "several blocks": (
        "하나[^1]\n\n[^1]: 각주\n\n    둘\n",
        '<p>하나<sup id="fnref:1" role="doc-noteref"><a href="#fn:1" class="footnote" rel="footnote">1</a></sup></p><div class="footnotes" role="doc-endnotes"><ol><li id="fn:1" role="doc-endnote"><p>각주</p><p>둘\u00a0<a href="#fnref:1" class="reversefootnote" role="doc-backlink">\u21a9</a></p></li></ol></div>',
    ),
    "undefined": ("하나[^1]\n", "<p>하나[^1]</p>"),
    "unused": ("하나\n\n[^1]: 각주\n", "<p>하나</p>"),
    "abbreviation": (
        "AB와 ABC, **AB**\n\n*[AB]: 뜻\n",
        '<p><abbr title="뜻">AB</abbr>와 ABC, <strong><abbr title="뜻">AB</abbr></strong></p>',
    ),
    "not in code and raw HTML": (
        "`AB` <u>AB</u>\n\n<p>AB</p>\n\n*[AB]: 뜻\n",
        "<p><code>AB</code> <u>AB</u></p><p>AB</p>",
    ),
}


@pytest.mark.parametrize(
    ("source", "expected"), FOOTNOTES_AND_ABBREVIATIONS.values(), ids=FOOTNOTES_AND_ABBREVIATIONS
)
def test_footnotes_and_abbreviations_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


MATHEMATICS: dict[str, tuple[str, str]] = {
    "inline": ("하나 $$a$$ 둘\n", '<p>하나 <span class="kdmath">$a$</span> 둘</p>'),
    "block": ("$$\na\n$$\n", '<div class="kdmath">$$\na\n$$</div>'),
    "not escaped": ("하나 $$a<b$$\n", '<p>하나 <span class="kdmath">$a<b$</span></p>'),
    "escaped": ("하나 \\$$a$$\n", "<p>하나 $$a$$</p>"),
}


@pytest.mark.parametrize(("source", "expected"), MATHEMATICS.values(), ids=MATHEMATICS)
def test_mathematics_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected
