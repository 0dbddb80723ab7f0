"""Blocks: paragraphs, headings, rules, code, quotations; positions and limits of the scanner.

The expected HTML is what kramdown 2.4.0 with GFM input writes, typographic symbols and ids off.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article.problems import LimitExceeded
from newsdao_article.reading.blocks import scan_body
from newsdao_article.reading.tree import Element, Node, Text
from tests.reading.scanned import html, walk, written

PARAGRAPHS_END_WHERE_KRAMDOWN_ENDS_THEM: dict[str, tuple[str, str]] = {
    "blank line": ("하나\n둘\n\n셋\n", "<p>하나\n둘</p><p>셋</p>"),
    "block tag": ("하나\n<p>둘</p>\n셋\n", "<p>하나</p><p>둘</p><p>셋</p>"),
    "inline tag": ("하나\n<b>둘</b>\n", "<p>하나\n<b>둘</b></p>"),
    "tag that is none": ("하나\n<p 둘\n셋\n", "<p>하나\n&lt;p 둘\n셋</p>"),
    "end tag": ("하나\n</p>\n둘\n", "<p>하나\n&lt;/p&gt;\n둘</p>"),
    "list": ("하나\n- 둘\n", "<p>하나</p><ul><li>둘</li></ul>"),
    "number": ("하나\n2024. 둘\n", "<p>하나</p><ol><li>둘</li></ol>"),
    "parenthesis is no list": ("하나\n1) 둘\n", "<p>하나\n1) 둘</p>"),
    "heading": ("하나\n# 둘\n", "<p>하나</p><h1>둘</h1>"),
    "heading without space": ("하나\n#둘\n", "<p>하나\n#둘</p>"),
    "quotation": ("하나\n> 둘\n", "<p>하나</p><blockquote><p>둘</p></blockquote>"),
    "fence": ("하나\n```\n둘\n```\n셋\n", "<p>하나</p><pre><code>둘\n</code></pre><p>셋</p>"),
    "fence that never closes": ("하나 \n```\n둘\n", "<p>하나\n```\n둘</p>"),
    "rule of asterisks with spaces": ("하나\n* * *\n둘\n", "<p>하나</p><hr /><p>둘</p>"),
    "asterisks do not end it": ("하나\n***\n둘\n", "<p>하나\n***\n둘</p>"),
    "indented line": ("하나\n    둘\n", "<p>하나\n    둘</p>"),
    "attribute list": ("하나\n{:.x}\n둘\n", '<p class="x">하나</p><p>둘</p>'),
    "end of block": ("하나\n^\n둘\n", "<p>하나</p><p>둘</p>"),
    "comment": ("하나\n<!-- x -->\n둘\n", "<p>하나\n<!-- x -->\n둘</p>"),
    "margin of spaces and a tab": ("  \t하나\n", "  \t하나\n"),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    PARAGRAPHS_END_WHERE_KRAMDOWN_ENDS_THEM.values(),
    ids=PARAGRAPHS_END_WHERE_KRAMDOWN_ENDS_THEM,
)
def test_paragraphs_end_where_kramdown_ends_them(source: str, expected: str) -> None:
    assert html(source) == expected


HEADINGS: dict[str, tuple[str, str]] = {
    "marks": ("# 하나\n###### 둘\n####### 셋\n", "<h1>하나</h1><h6>둘</h6><p>####### 셋</p>"),
    "closing marks": ("## 하나 ##\n## 둘#\n", "<h2>하나</h2><h2>둘#</h2>"),
    "id": ("## 하나 {#a}\n## 둘{#b}\n", '<h2 id="a">하나</h2><h2>둘{#b}</h2>'),
    "needs a space": ("#하나\n", "<p>#하나</p>"),
    "empty": ("# \n", "<p>#</p>"),
    "vertical tab": ("# \x0b하나\n\n\x0b둘\n---\n", "<h1>\x0b하나</h1><h2>\x0b둘</h2>"),
    "indented": ("  # 하나\n", "<p># 하나</p>"),
    "underlined": ("하나\n---\n둘\n=\n", "<h2>하나</h2><p>둘\n=</p>"),
    "underlined twice as long": ("하나\n둘\n---\n", "<p>하나\n둘\n---</p>"),
    "underline with blanks between": ("하나\n- -\n", "<p>하나</p><ul><li>-</li></ul>"),
    "underlined needs room": ("<p>x</p>\n하나\n---\n", "<p>x</p><p>하나\n---</p>"),
    "spans inside": ("# **하나** <b>둘</b>\n", "<h1><strong>하나</strong> <b>둘</b></h1>"),
}


@pytest.mark.parametrize(("source", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings_are_read_as_kramdown_reads_them(source: str, expected: str) -> None:
    assert html(source) == expected


RULES_CODE_AND_QUOTATIONS: dict[str, tuple[str, str]] = {
    "rules": ("---\n* * *\n___\n", "<hr /><hr /><hr />"),
    "two marks are no rule": ("**\n", "<p>**</p>"),
    "indented code": ("    하나 & <b>\n\n    둘\n", "<pre><code>하나 &amp; &lt;b&gt;\n\n둘\n</code></pre>"),
    "lazy code": ("    하나\n둘\n", "<pre><code>하나 둘\n</code></pre>"),
    "code after a tab": ("\t하나\n", "<pre><code>하나\n</code></pre>"),
    "fence": ("```\n하나\n```\n", "<pre><code>하나\n</code></pre>"),
    "language": ("~~~ruby\n하나\n~~~\n", '<pre><code class="language-ruby">하나\n</code></pre>'),
    "language with a question mark": (
        "```ruby?x\n하나\n```\n",
        '<pre><code class="language-ruby">하나\n</code></pre>',
    ),
    "longer closing fence": ("```\n하나\n`````\n", "<pre><code>하나\n</code></pre>"),
    "shorter closing fence": ("````\n하나\n```\n", '<pre><code class="language-`">하나\n</code></pre>'),
    "quotation": (
        "> 하나\n둘\n\n> 셋\n",
        "<blockquote><p>하나\n둘</p></blockquote><blockquote><p>셋</p></blockquote>",
    ),
    "nested quotation": (
        "> 하나\n>> 둘\n",
        "<blockquote><p>하나</p><blockquote><p>둘</p></blockquote></blockquote>",
    ),
    "blocks in a quotation": (
        "> # 하나\n>\n> - 둘\n> <p>셋</p>\n",
        "<blockquote><h1>하나</h1><ul><li>둘</li></ul><p>셋</p></blockquote>",
    ),
    "code in a quotation": (">     하나\n", "<blockquote><pre><code>하나\n</code></pre></blockquote>"),
}


@pytest.mark.parametrize(
    ("source", "expected"), RULES_CODE_AND_QUOTATIONS.values(), ids=RULES_CODE_AND_QUOTATIONS
)
def test_rules_code_and_quotations(source: str, expected: str) -> None:
    assert html(source) == expected


# --- positions -----------------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        *(
            "가",
            "나다",
            " ",
            "    ",
            "\t",
            "\n",
            "\n\n",
            "  \n",
            "\r\n",
            "\r",
            "\0",
            "\ud800",
            "\u2028",
            "\u3000",
        ),
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<br>",
            "<div/>",
            "<p x",
            "</b",
            "<!--",
            "-->",
            "<script>",
            "<",
            ">",
            "&lt;",
            "&",
        ),
        *("*", "**", "_", "`", "~~", "\\", "[", "](", ")", "![", "[a]", "[a]: /u\n", "<https://a.kr>"),
        *("\n- ", "\n1. ", "\n  - [ ] ", "\n> ", "\n# ", "\n---\n", "\n```\n", "|", "\n-|-\n", "\n: "),
        *(
            "{:.x}",
            "\n{:.x}\n",
            "{::comment}",
            "{:/}",
            "[^1]",
            "\n[^1]: ",
            "\n*[가]: x\n",
            "$$",
            "\n^\n",
            '<div markdown="1">',
        ),
    ]
)
BODIES = st.lists(FRAGMENTS | st.text(max_size=3), max_size=30).map("".join)


def check_extents(nodes: list[Node], start: int, end: int) -> None:
    """Nodes are in order, do not overlap, and lie inside of what holds them."""
    position = start
    for node in nodes:
        assert position <= node.start <= node.end <= end
        position = node.end
        if isinstance(node, Element):
            assert node.start <= node.inner_start <= node.inner_end <= node.end
            # Footnotes are shown at the end and written elsewhere.
            if node.attributes.get("class") != "footnotes":
                check_extents(node.children, node.inner_start, node.inner_end)


@given(BODIES, st.integers(0, 20))
def test_any_text_is_read_and_every_extent_lies_in_its_parent(source: str, start: int) -> None:
    start = min(start, len(source))
    try:
        scan = scan_body(source, start)
    except LimitExceeded:
        return
    check_extents(list(scan.blocks), start, len(source))
    for problem in scan.problems:
        assert start <= problem.span.start <= problem.span.end <= len(source)


@given(BODIES)
def test_kinds_of_line_ends_mean_the_same(source: str) -> None:
    plain = source.replace("\r\n", "\n").replace("\r", "\n")
    windows = plain.replace("\n", "\r\n")
    try:
        expected = html(plain)
    except LimitExceeded:
        return
    assert html(source) == html(windows) == html(plain.replace("\n", "\r")) == expected


def texts(source: str, start: int = 0) -> list[tuple[str, str]]:
    """The value of every text and the source that it claims to come from."""
    nodes = walk(scan_body(source, start).blocks)
    return [(node.value, source[node.start : node.end]) for node in nodes if isinstance(node, Text)]


@pytest.mark.parametrize(
    "source",
    [
        "<p>하나<b>둘</b></p>\n\n셋 **넷**\n",
        "- 하나\n  - 둘 *셋*\n    - 넷\n",
        "> 하나\n> > 둘\n",
        "하나 | *둘*\n",
        "1. 하나\n\n   <p>둘</p>\n\n   셋\n",
        "- \t하나\n",
        "용어\n: - 하나\n",
        "용어  \n<p 하나\n: 둘\n",
    ],
)
def test_texts_stand_where_they_say(source: str) -> None:
    assert texts(source)
    for value, written_there in texts(source):
        assert value.strip("\n") == written_there.strip("\n")


def test_texts_stand_where_they_say_with_windows_line_ends() -> None:
    source = "하나\r\n\r\n- 둘\r\n  - *셋*\r\n\r\n> 넷\r\n"
    assert [there.strip("\r\n") for _, there in texts(source)] == ["하나", "둘", "셋", "넷"]


def test_a_body_may_begin_anywhere() -> None:
    source = "---\ntitle: x\n---\n<p>하나</p>\n둘\n"
    scan = scan_body(source, 17)
    assert [source[block.start : block.end] for block in scan.blocks] == ["<p>하나</p>", "둘"]
    assert written(scan_body("가- 나\n", 1).blocks) == "<ul><li>나</li></ul>"


def test_extents_leave_out_the_line_end_and_take_in_the_indentation() -> None:
    source = "  <p>하나</p>  \n\n  둘  \n\n## 셋 ##\n\n- 넷\n\n```\n다섯\n```\n"
    blocks = scan_body(source).blocks
    expected = ["  <p>하나</p>", "  둘", "## 셋 ##", "- 넷", "```\n다섯\n```"]
    assert [source[block.start : block.end] for block in blocks] == expected
    inner = [source[b.inner_start : b.inner_end] for b in blocks if isinstance(b, Element)]
    assert inner == ["하나", "둘", "셋", "- 넷", "다섯\n"]


def test_definitions_belong_to_no_block() -> None:
    source = "[a]: /u\n\n하나\n\n{:b: .x}\n\n둘\n"
    assert [source[block.start : block.end] for block in scan_body(source).blocks] == ["하나", "둘"]


# --- limits --------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["> ", "- ", "<div>", "<b>", '<div markdown="1">\n'])
def test_too_deep_nesting_is_refused(unit: str) -> None:
    assert html(unit * 40 + "하나\n")
    with pytest.raises(LimitExceeded, match="100 levels"):
        scan_body(unit * 10_000 + "하나\n")


HOSTILE = [
    *(
        "*a ",
        "**a ",
        "_a ",
        "*a **b ",
        "[",
        "![",
        "[a](",
        '[a](b "',
        "[a](<",
        "[a][b] ",
        "`a",
        "~~a ",
        "<p ",
        "<a b='",
    ),
    *(
        "<!--",
        "a<!--",
        "<?",
        "<http:x ",
        "<<",
        "&",
        "&a",
        "\\",
        "{:",
        "{:a",
        "a{::comment}",
        "a $$b",
        "a|",
        "|",
        "`|",
    ),
    *("```x\n", "````\n~~~\n", "{::comment}\n\n", "[a]: /u\n", "- a\n\n", "a\n: b\n", "    a\n\n", "a\n<x "),
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_repetition_takes_no_more_than_its_share_of_work(unit: str) -> None:
    # Quadratic work on this much text would take minutes.
    scan_body("하나 " + unit * 10_000)
    scan_body(unit * 10_000 + "\n]) } > ` * -->")
