"""Source text as the writers of these sites type it, tidy and broken: bodies of posts for the differential tests.

Everything is put together from small fragments of our own, simplest first, so that a disagreement shrinks to a few
characters. `bodies()` mixes four kinds: blocks as the dialects have them, the same with typing slips, inline text,
and plain token soup, in which nothing need fit together.

Not produced, because the comparison leaves it out: math (`$$`), tables of contents, the engine's own options. For what
`is_comparable` leaves out, see there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

__all__ = ["blocks", "bodies", "inline_texts", "is_comparable", "soups", "tags"]

_LEFT_OPEN = re.compile(
    r"""<(?:iframe|listing|pre|textarea|xmp)\b(?:[^<>"']|\n *>|"[^"]*"|'[^']*')*/>""", re.IGNORECASE
)
_MARKDOWN_INSIDE = re.compile(
    r"<(?:iframe|listing|pre|textarea|xmp)\b.*\bmarkdown=", re.IGNORECASE | re.DOTALL
)
_OPEN_IN_EXTENSION = re.compile(
    r"\{::nomarkdown[^}]*\}(?:(?!\{:/).)*<(iframe|listing|pre|textarea|xmp)\b(?:(?!\{:/|</\1>).)*\{:/",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_IN_SCRIPT = re.compile(
    r"<(?:script|style)\b(?:(?!</(?:script|style)>).)*\bmarkdown=", re.IGNORECASE | re.DOTALL
)
_MARKUP_IN_TEXT = re.compile(
    r"<textarea\b(?:(?!</textarea).)*<(?:!--|script|style).*</textarea", re.IGNORECASE | re.DOTALL
)
_ODD_END_OF_SCRIPT = re.compile(r"</(?:script|style)[ \t\n\f/].*<[^<>]*\Z", re.IGNORECASE | re.DOTALL)
_OPEN_SCRIPT = re.compile(r"<!--(?:(?!-->).)*<script", re.IGNORECASE | re.DOTALL)
_SHORT_COMMENT = re.compile(r"<!--(?:-?>|(?:(?!-->).)*?--!>)(?:(?!-->).)*?<", re.DOTALL)

_SUPERSCRIPT_IN_DRAWING = re.compile(
    r"<(?:math|svg)\b(?:(?!</(?:math|svg)>).)*<sup\b", re.IGNORECASE | re.DOTALL
)

_NOT_COMPARABLE = (
    _LEFT_OPEN,
    _OPEN_IN_EXTENSION,
    _MARKDOWN_INSIDE,
    _MARKDOWN_IN_SCRIPT,
    _MARKUP_IN_TEXT,
    _ODD_END_OF_SCRIPT,
    _OPEN_SCRIPT,
    _SHORT_COMMENT,
    _SUPERSCRIPT_IN_DRAWING,
)


def is_comparable(text: str) -> bool:
    """Whether the comparison has an answer for `text`; these are the reasons why not.

    - `<pre/>` and its like look empty to the engine and are open to a browser, which from there on shows the source
      of the page letter by letter: the engine's indentation and line ends, which are nothing that a post says.
      So does `<pre>` around an element that `markdown="1"` makes the engine indent, `<script><!--<script>`, and a
      `<pre>` that is opened in a `{::nomarkdown}` and not closed there.
    - Markdown in a script is the engine's own: it writes the HTML of it, escaped, into the script.
    - `<!--> <b title="-->`: the engine reads a comment up to `-->`, a browser up to the first `>`. What is left over
      can end inside a tag, which then swallows whatever the engine happens to write next. So can a comment or a
      script that is begun in a `<textarea>`: to a browser it is over at `</textarea>`, to the engine it is not; and the
      tag left open behind `</script/>`, which closes a script for a browser alone.
    - `<svg><sup>`: by the HTML standard the `sup` ends the drawing; lexbor, which builds both trees, leaves it inside.
    """
    return not any(pattern.search(text) for pattern in _NOT_COMPARABLE)


_WORDS = (
    "가",
    "나다",
    "라",
    "a",
    "Bc",
    "1",
    "하늘은 맑다.",
    "비가 온다",
    "3.5%",
    "x_y_z",
    "(마)",
    "“바”",
    "👈",
)
_SPACES = (" ", "", "\n", "  ", "\u00a0", "\t", "  \n", "\\\n", " \n ", "\n    ", "\u3000", "\r\n")
_MARKS = (
    "*", "**", "_", "***", "__", "`", "``", "~~", "~", "<", ">", "&", "[", "]", "](", ")", "(", "![", "!", "|", "\\",
    "\"", "'", "--", "---", "...", "<<", ">>", "#", "-", "+", ":", "=", "^", "$", "{", "}", "/", "</", "<!--", "-->",
)  # fmt: skip
_ESCAPES = (
    "\\*",
    "\\_",
    "\\[",
    "\\]",
    "\\|",
    "\\<",
    "\\>",
    "\\\\",
    "\\`",
    "\\#",
    "\\-",
    "\\.",
    "\\&",
    "\\가",
    "\\~",
)
_ENTITIES = (
    "&amp;", "&nbsp;", "&lt;", "&gt;", "&quot;", "&#160;", "&#xAC00;", "&copy;", "&copy", "&x;", "&#;", "& ", "&a=b",
    "&#0;", "&hellip;", "&AMP;",
)  # fmt: skip
_INLINE_NAMES = (
    "b", "span", "a", "i", "strong", "em", "u", "br", "img", "small", "code", "sub", "del", "font", "mark", "input",
    "button", "label", "kbd", "script",
)  # fmt: skip
_BLOCK_NAMES = (
    "p", "h2", "div", "hr", "ul", "li", "table", "tr", "td", "h3", "ol", "th", "tbody", "thead", "blockquote", "pre",
    "figure", "section", "details", "summary", "article", "footer", "caption", "colgroup", "dl", "dt", "style",
    "textarea", "iframe", "body",
)  # fmt: skip
_ODD_NAMES = ("오감도", "자료출처", "K-공감", "unlikely", "b고", "pp", "B", "P", "Div", "x:y", "b_", "h7")
_ATTRIBUTES = (
    "", ' data-ke-size="size16"', ' style="color: #ee2323;"', ' href="/a"', " class='a'", " id=a", " hidden",
    ' alt=""', ' src="/i?a=1&b=2"', ' title="가 &quot;나&quot;"', ' rel="dofollow" href="https://a.b/?x=1&amp;y"',
    ' a="1" a="2"', "  b = 'c'  ", '\nid="a"', ' STYLE="x"', ' data-가="나"', ' x="a>b"', ' x="<b>"', ' title="a\nb"',
    " style=color: red;", ' x="', " x='", ' "', " =", " x=", ' x="1"y="2"', ' markdown="1"', ' markdown="span"',
    ' x="**a**"', " 출처=가", " /", ' x="a | b"',
)  # fmt: skip
_DESTINATIONS = (
    "/a", "https://a.b/c", "", "/가", "/a b", "<a b>", "/a(b)c", "/a(b", "가 나", "/a 'b'", '/a "나"', '/a "b" c', "#a",
    "/a*b*", "/a_b_c_", "/a?b=1&c=2", "/a?b=1&amp;c", "javascript:a", "/a\\b", "/a|b", " /a ", "/a\n", "<b>",
)  # fmt: skip
_GAPS = ("\n\n", "\n", "", " ", "\n\n\n", "  \n", " \n\n", "\n    \n", "\n  ", "\n\n    ", "\n\u00a0\n", "\t")
_RARE_LINES = (
    "[a]: /b", "[가]: <https://a.b> '나'", "[^1]: 각주", "*[가]: 나", "{:.a}", "{: #a .b x='y'}", "{:a: .b}", "^",
    "{::comment}가{:/}", "{::comment}\n가\n{:/comment}", "{::nomarkdown}**가**{:/}", ": 가", "<!-- 가 -->", "<!-- 가",
    "<!--가--> 나", "<?php 가 ?>", "<!DOCTYPE html>", "<![CDATA[가]]>", "===", "|---|", "|===", "+++", "[가][a]", "[a]",
    "[가][]", "가[^1]", "<https://a.b>", "<a@b.c>", "https://a.b", "{:/}", "{:", "* * *", "- - -", "___", "---", "***",
    "-- --", "~~~", "```", "    가", "\t가", "> ", "#", "##가", "#가 #", "1) 가", "1.", "1.가", "-", "-가", "*", "2024. 가",
)  # fmt: skip

_words = st.sampled_from(_WORDS)
_spaces = st.sampled_from(_SPACES)
_marks = st.sampled_from(_MARKS)
_gaps = st.sampled_from(_GAPS)
_names = st.one_of(st.sampled_from(_INLINE_NAMES), st.sampled_from(_BLOCK_NAMES), st.sampled_from(_ODD_NAMES))


def _joined(*parts: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


def _run(part: SearchStrategy[str], least: int = 0, most: int = 4) -> SearchStrategy[str]:
    return st.lists(part, min_size=least, max_size=most).map("".join)


def _start_tags(names: SearchStrategy[str]) -> SearchStrategy[str]:
    attributes = _run(st.sampled_from(_ATTRIBUTES), most=2)
    closing = st.sampled_from((">", "/>", " />", " >", "", "\n>", "/ >", ">>", "＞"))
    return _joined(st.just("<"), names, attributes, closing)


def _end_tags(names: SearchStrategy[str]) -> SearchStrategy[str]:
    return _joined(
        st.sampled_from(("</", "</ ", "< /")),
        names,
        st.sampled_from((">", " >", "", "\n>", "고 ", "＞", "/>")),
    )


def tags() -> SearchStrategy[str]:
    """One tag, alone: a start or an end, of any name, well formed or not."""
    return st.one_of(_start_tags(_names), _end_tags(_names))


def _pair(names: SearchStrategy[str], content: SearchStrategy[str]) -> SearchStrategy[str]:
    """An element that somebody meant to close; now and then the end tag is another's or is missing."""

    def written(parts: tuple[str, str, str, str, int]) -> str:
        name, attributes, inside, other, slip = parts
        end = {8: "", 9: f"</{other}>"}.get(slip, f"</{name}>")
        return f"<{name}{attributes}>{inside}{end}"

    tidy = st.sampled_from(_ATTRIBUTES[:11])
    return st.tuples(names, tidy, content, _names, st.integers(0, 9)).map(written)


def _links(content: SearchStrategy[str]) -> SearchStrategy[str]:
    opening = st.sampled_from(("[", "!["))
    target = st.sampled_from(_DESTINATIONS)
    closing = st.sampled_from((")", ") ", "", "){:.a}"))
    return _joined(opening, content, st.sampled_from(("](", "] (", "]")), target, closing)


def _emphasis(content: SearchStrategy[str]) -> SearchStrategy[str]:
    def written(parts: tuple[str, str]) -> str:
        mark, inside = parts
        return f"{mark}{inside}{mark}"

    return st.tuples(st.sampled_from(("**", "*", "_", "`", "__", "***", "~~", "``")), content).map(written)


def _text_of_depth(depth: int) -> SearchStrategy[str]:
    atoms = [_words, _words, _spaces, st.sampled_from(_ENTITIES), st.sampled_from(_ESCAPES), _marks]
    if not depth:
        return _run(st.one_of(atoms), least=1, most=4)
    inner = _text_of_depth(depth - 1)
    return _run(
        st.one_of(
            *atoms,
            _emphasis(inner),
            _pair(st.sampled_from(_INLINE_NAMES), inner),
            _links(inner),
            tags(),
            st.sampled_from(
                ("<br>", "<br/>", "<https://a.b/c>", "<!-- 가 -->", "[^1]", "{:.a}", "[가][a]", "<가>")
            ),
        ),
        least=1,
        most=4,
    )


_SHALLOW = _text_of_depth(1)
_DEEP = _text_of_depth(3)
# Most texts stay on one line and begin with a word, as in posts.
_LINE = _joined(_words, _SHALLOW).map(lambda text: text.replace("\n", " "))


def inline_texts() -> SearchStrategy[str]:
    """Text of a paragraph: words beside marks, tags, links, entities and escapes, up to three levels deep."""
    return _DEEP.filter(is_comparable)


def _indented(content: SearchStrategy[str]) -> SearchStrategy[str]:
    def written(parts: tuple[str, str]) -> str:
        indent, text = parts
        return "\n".join(indent + line for line in text.split("\n"))

    return st.tuples(st.sampled_from(("    ", "  ", "   ", "      ", "\t", "")), content).map(written)


def _item_lists(content: SearchStrategy[str]) -> SearchStrategy[str]:
    marker = st.sampled_from(
        ("- ", "* ", "1. ", "  * ", "+ ", "  1. ", "-   ", "10. ", "   - ", "-\t", "2) ", "*", "3.   ")
    )
    following = st.one_of(
        st.just(""), st.just(""), _joined(st.sampled_from(("\n", "\n\n")), _indented(content))
    )
    item = _joined(marker, st.one_of(_LINE, content), following, st.sampled_from(("\n", "\n\n", "\n \n")))
    return _run(item, least=1, most=4)


def _quotes(content: SearchStrategy[str]) -> SearchStrategy[str]:
    def written(parts: tuple[str, str]) -> str:
        marker, text = parts
        return "\n".join(marker + line for line in text.split("\n"))

    return st.tuples(st.sampled_from(("> ", ">", " > ", "   >  ")), content).map(written)


def _pipe_tables() -> SearchStrategy[str]:
    cell = st.one_of(
        _words, _SHALLOW.map(lambda text: text.replace("\n", " ")), st.sampled_from(("", "**가**", "`a|b`"))
    )
    ends = st.sampled_from(("", "", "|", "  ", " |", "| "))

    def row(parts: tuple[str, list[str], str, str]) -> str:
        before, cells, between, after = parts
        return before + between.join(cells) + after + "\n"

    rows = st.tuples(st.sampled_from(("", "| ", "|", "  ")), st.lists(cell, min_size=1, max_size=3),
                     st.sampled_from((" | ", "|", " \\| ")), ends).map(row)  # fmt: skip
    rules = st.sampled_from(
        ("---|---\n", "|---|\n", "---|---  \n", ":--|:-:|--:\n", "|===|===\n", "---\n", "|-\n", "| - | \n")
    )
    line = st.one_of(rows, rows, rows, rules)
    return _run(line, least=1, most=5)


def _setext() -> SearchStrategy[str]:
    return _joined(
        _LINE, st.sampled_from(("\n---\n", "\n===\n", "\n-\n", "  \n---  \n", "\n--- a\n", "\n   ---\n"))
    )


def _headings() -> SearchStrategy[str]:
    return _joined(st.sampled_from(("## ", "# ", "#", "###### ", "####### ", " ## ", "##\t", "##  ")), _LINE,
                   st.sampled_from(("\n", " ##\n", "##\n", " #  \n", "")))  # fmt: skip


def _fences() -> SearchStrategy[str]:
    mark = st.sampled_from(("```", "~~~", "````", "  ```", "``"))
    return _joined(mark, st.sampled_from(("\n", "ruby\n", " 가 나\n", "")), _run(st.sampled_from(("a\n", "<b>\n", "\n", "&\n"))), mark,
                   st.sampled_from(("\n", "", "가\n")))  # fmt: skip


def _definition_lists() -> SearchStrategy[str]:
    definition = _joined(st.sampled_from((": ", ":", "  : ", ":   ")), _LINE, st.sampled_from(("\n", "\n\n")))
    return _joined(_LINE, st.sampled_from(("\n", "\n\n")), _run(definition, least=1, most=2))


def _html_blocks(content: SearchStrategy[str]) -> SearchStrategy[str]:
    inside = _joined(
        st.sampled_from(("", "\n", "\n  ", " ", "\n\n")), content, st.sampled_from(("", "\n", "\n\n", " "))
    )
    return _pair(st.one_of(st.sampled_from(_BLOCK_NAMES), st.sampled_from(_INLINE_NAMES)), inside)


def _html_tables(content: SearchStrategy[str]) -> SearchStrategy[str]:
    cell = _pair(st.sampled_from(("td", "th")), content)
    indent = st.sampled_from(("", "\n    ", "\n\n", "\n"))
    row = _pair(st.just("tr"), _run(_joined(indent, cell), most=3))
    return _pair(st.just("table"), _run(_joined(indent, row), most=3))


# The set pieces of the five dialects, in words of our own.
_SET_PIECES = (
    '<p data-ke-size="size16">&nbsp;</p>',
    '<p><img src="/assets/a.jpg" alt="가 나" /></p>',
    '<h2 data-ke-size="size26">1. 가</h2>',
    '<p data-ke-size="size16"><b><span style="color: #ee2323;">가</span></b>는 나.</p>',
    '오늘의 소식은, <a href="https://a.b" rel="dofollow">여기</a>',
    "![가 나](https://a.b/?x=가 나&fname=c)",
    '<p>출처: <a href="https://a.b/c" rel="dofollow">가</a> | 나</p>',
    '<p><a class="button" href="/a">가</a></p><br/>',
    '<figure contenteditable="false"><a href="/a"><img src="/b"/></a></figure>',
    '<hr contenteditable="false" data-ke-style="style5" data-ke-type="horizontalRule"/>',
    (
        '<div itemscope itemtype="https://schema.org/FAQPage">\n<blockquote>\n<h3 itemprop="name" id="a">가?</h3>\n'
        '<span itemprop="text">\n<p>나</p>\n</span></blockquote></div>'
    ),
    "[출처: 가](https://a.b) | 나",
    "가 | 나  \n---|---  \n1 | 2  \n",
    "  * 가\n\n  * 나\n다\n",
    "<자료출처=가나 https://a.b>",
    "가나.<p>다 <b>라</b></p>",
    "<p>가</p></p>",
    "<b>가</b고 나 <b>다</b>",
    "<br>\n<br>",
)  # fmt: skip


def _blocks_of_depth(depth: int) -> SearchStrategy[str]:
    leaves = [
        _LINE,
        _LINE,
        st.sampled_from(_SET_PIECES),
        st.sampled_from(_SET_PIECES),
        _DEEP,
        _html_blocks(_SHALLOW),
        _html_blocks(_DEEP),
        _html_tables(_SHALLOW),
        _pipe_tables(),
        _headings(),
        _setext(),
        _fences(),
        _definition_lists(),
        st.sampled_from(_RARE_LINES),
        tags(),
    ]
    if not depth:
        return st.one_of(leaves)
    inner = _documents(_blocks_of_depth(depth - 1), most=2)
    return st.one_of(
        *leaves, _item_lists(inner), _item_lists(_LINE), _quotes(inner), _indented(inner), _html_blocks(inner)
    )


def _documents(block: SearchStrategy[str], most: int) -> SearchStrategy[str]:
    return _run(_joined(block, _gaps), least=1, most=most)


def blocks() -> SearchStrategy[str]:
    """One block of any dialect, with the blocks in it."""
    return _blocks_of_depth(2)


def soups() -> SearchStrategy[str]:
    """Words, marks, tags, spaces and line starts in any order."""
    token = st.one_of(
        _words,
        _marks,
        _spaces,
        _gaps,
        tags(),
        st.sampled_from(_ESCAPES + _ENTITIES),
        st.sampled_from(_RARE_LINES),
        st.sampled_from(
            (
                "\n- ",
                "\n* ",
                "\n1. ",
                "\n> ",
                "\n## ",
                "\n---\n",
                "\n| ",
                "\n    ",
                "\n: ",
                "\n<p>",
                "</p>",
                "<b>",
                "</b>",
            )
        ),
    )
    return _run(token, least=1, most=12).filter(is_comparable)


def _with_slips(text: SearchStrategy[str]) -> SearchStrategy[str]:
    """The text after a few slips of the hand: a character lost or doubled, a token come in."""

    def slip(text: str, edit: tuple[int, int, str]) -> str:
        at, lost, token = edit
        at = at % (len(text) + 1)
        return text[:at] + token + text[at + lost :]

    def apply(parts: tuple[str, Sequence[tuple[int, int, str]]]) -> str:
        whole, edits = parts
        return reduce(slip, edits, whole)

    token = st.one_of(
        st.just(""), _marks, _spaces, tags(), st.sampled_from(("\n", "\n\n", "<p>", "</p>", "<b>", "</b>"))
    )
    edit = st.tuples(st.integers(0, 400), st.integers(0, 3), token)
    return st.tuples(text, st.lists(edit, min_size=1, max_size=3)).map(apply)


def bodies() -> SearchStrategy[str]:
    """Bodies of posts: what stands behind the front matter."""
    documents = _documents(blocks(), most=4)
    return st.one_of(_DEEP, documents, soups(), _with_slips(documents)).filter(is_comparable)
