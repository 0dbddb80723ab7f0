"""A strategy for source text: posts as sites store them, and everything that goes wrong with them."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from newsdao_article.model.article import Article
from newsdao_article.testing.values import texts, words

__all__ = ["fragments", "source_texts"]

#: How a file may begin: well-formed, odd, broken, or with no front matter at all.
_HEADS: Final = (
    "---\ntitle: 제목\n---\n\n",
    "",
    "---\n---\n",
    "---\ntitle: '가: 나'\ncategories: News\nexcerpt: >\n  한 줄\n  두 줄\nimage: \"a.png\"\n---\n",
    "---\ntitle: [가] 나\n---\n",
    "---\ntitle: 가\ntitle: 나\n---\n",
    "---\n\ttitle: 가\n---\n",
    "---\ntitle: 가\n",
    "---  \ntitle: 가 # 나\n...\n",
    "--- \n- 가\n- 나\n---\n",
    "\ufeff---\ntitle: 가\n---\n",
    " ---\ntitle: 가\n---\n",
    "---\ntitle: &a *a\n---\n",
    "---\r\ntitle: 가\r\n---\r\n",
)
#: Lines of HTML, whole and half.
_HTML: Final = (
    '<p data-ke-size="size16">가</p>',
    "<p>&nbsp;</p>",
    "<p></p>",
    "<p>가<br />나</p>",
    "<p>가<p>나</p></p>",
    "<p>가<hr>나</p>",
    "<p>가<ul><li>나</li></ul>다</p>",
    "<h2>제목</h2>",
    "<h2>제목</h3>",
    "<b>가<i>나</b>다</i>",
    "<b>가",
    "</b>",
    "</p>",
    "</div>",
    "<div>",
    '<div markdown="1">\n*가*\n</div>',
    '<span style="color: #ee2323;">가</span>',
    '<span style="ee2323;">가',
    '<a href="javascript:a()">가</a>',
    '<a href="/a"><a href="/b">가</a></a>',
    '<img src="a.png" alt="가">',
    "<table><tr><td>가<td>나</table>",
    "<table>가</table>",
    "<td>가</td>",
    "<li>가",
    "<blockquote>\n가\n\n나\n</blockquote>",
    "<pre>\n\n  가\n</pre>",
    "<script>if (a < b) { '</p>' }</script>",
    "<style>p { }</style>",
    "<!-- 가 -->",
    "<!-- 가",
    "<!DOCTYPE html>",
    "<![CDATA[가]]>",
    "<?php 가 ?>",
    "<가나다>",
    "<케이팝 스타>",
    "<p",
    '<p class="가',
    "<p onclick=가>",
    "<",
    "&amp;&#0;&#xD800;&#99999999999;&nosuch;&nbsp",
    "<details><summary>가</summary>나</details>",
    "<DIV><BR></DIV>",
    "<br></br>",
    "<svg><p>가</svg>",
)
#: Lines of Markdown, and lines that only look like it.
_MARKDOWN: Final = (
    "가 나",
    "# 제목",
    "## 제목 ##",
    "제목\n---",
    "제목\n===",
    "**가** 나",
    "**가(나)**는",
    "*가**나*다**",
    "_가_나_",
    "`가``",
    "~~~\n가\n~~~",
    "```python\n가\n```",
    "```",
    "    가",
    "\t가",
    "- 가\n- 나\n  - 다",
    "1. 가\n2. 나",
    "* * *",
    "---",
    "> 가\n> > 나",
    "| 가 | 나 |\n|---|:-:|\n| 다 | 라 |",
    "|",
    '[가](/a "나")',
    "[가](",
    "![가](a.png)",
    "[가][1]\n\n[1]: /a",
    "<https://example.com/>",
    "가  \n나",
    "가\\\n나",
    "\\* 가",
    "~~가~~",
    "{: .a}",
    "가\n{: #b}",
    "{::nomarkdown}\n<p>\n{:/}",
    "{::comment}",
    "*[가]: 나",
    "가[^1]\n\n[^1]: 나",
    "$$ a $$",
    "가 -- 나 --- 다 ... \"라\" '마'",
    "^",
    "{{ site.title }}",
    "{% raw %}",
    ": 가",
    "가\n: 나",
)
_CHARACTERS: Final = (
    "\0",
    "\x0b",
    "\x0c",
    "\x1b",
    "\x85",
    "\xa0",
    "\u2028",
    "\ud800",
    "\ufeff",
    "\u200b",
    " ",
    "\t",
    "\r",
)
_LINE_ENDS: Final = ("\n", "\n\n", "", "\r\n", "\r", "\n\n\n", " \n", "\n \n")


def fragments() -> st.SearchStrategy[str]:
    """Pieces of source: lines of HTML and Markdown, whole and half, words, odd characters."""
    return st.one_of(
        words(), st.sampled_from(_HTML), st.sampled_from(_MARKDOWN), texts(), st.sampled_from(_CHARACTERS)
    )


@st.composite
def source_texts(draw: st.DrawFn, articles: st.SearchStrategy[Article]) -> str:
    """Posts out of fragments, and posts of `articles`, some of them cut or spliced with fragments."""
    if draw(st.booleans()):
        return _damaged(draw, _rendered(draw(articles)))
    parts = [draw(st.sampled_from(_HEADS))]
    for fragment in draw(st.lists(fragments(), max_size=6)):
        parts.append(fragment)
        parts.append(draw(st.sampled_from(_LINE_ENDS)))
    return "".join(parts)


def _rendered(article: Article) -> str:
    from newsdao_article.rendering.post_file import render_post

    return render_post(article)


def _damaged(draw: st.DrawFn, source: str) -> str:
    """`source` as it is, with other line ends, with a part cut out, or with something in the wrong place."""
    match draw(st.sampled_from(("whole", "line ends", "cut", "spliced"))):
        case "line ends":
            return source.replace("\n", draw(st.sampled_from(("\r\n", "\r"))))
        case "cut":
            start = draw(st.integers(0, len(source)))
            end = draw(st.integers(start, min(start + 40, len(source))))
            return source[:start] + source[end:]
        case "spliced":
            place = draw(st.integers(0, len(source)))
            return source[:place] + draw(fragments()) + source[place:]
        case _:
            return source
