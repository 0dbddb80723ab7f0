"""Markdown: what is written, and that each flavour's own engine reads the same document back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdao_article import parse
from newsdao_article.model.article import Article, Section
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.blocks import (
    Block,
    Cell,
    CodeBlock,
    Details,
    Heading,
    List,
    ListItem,
    Paragraph,
    Quote,
    Row,
    Rule,
    Spacer,
    Table,
)
from newsdao_article.model.front_matter import FrontMatter
from newsdao_article.model.inlines import (
    Code,
    Comment,
    Emphasis,
    Highlight,
    Image,
    Inline,
    InlineContent,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Text,
    Underline,
)
from newsdao_article.model.url import Url
from newsdao_article.problems import LimitExceeded
from newsdao_article.rendering.html import render_html
from newsdao_article.rendering.markdown import Fidelity, MarkdownContext, MarkdownOptions, render_markdown
from newsdao_article.rendering.markdown_flavors import FlavorName
from newsdao_article.rendering.reduction import LossError, reduce
from newsdao_article.testing import strategies
from tests.differential import dom
from tests.differential.engine import KramdownEngine, why_missing
from tests.differential.markdown_engines import Engine, commonmark_engines, difference
from tests.rendering.markdown_articles import signed_articles

FLAVORS: tuple[FlavorName, ...] = ("kramdown", "commonmark", "gfm")
LEVELS: tuple[Fidelity, ...] = ("exact", "reader", "plain")


def markdown(
    node: Article | Section | Block | Inline, flavor: FlavorName = "kramdown", fidelity: Fidelity = "exact"
) -> str:
    return render_markdown(node, MarkdownOptions(flavor=flavor, fidelity=fidelity))


def articles(*, raw: bool = True) -> st.SearchStrategy[Article]:
    """Any articles, and such as Markdown's signs can mostly say."""
    return st.one_of(
        st.lists(strategies.blocks(raw=raw), max_size=4).map(Article.from_blocks), signed_articles()
    )


def line(content: InlineContent, flavor: FlavorName = "kramdown") -> str:
    return markdown(Paragraph(content, size=None), flavor)


@pytest.fixture(scope="module")
def kramdown() -> Iterator[Engine]:
    if (missing := why_missing()) is not None:
        pytest.skip(missing)
    with KramdownEngine() as engine:

        def render(text: str) -> str:
            answer = engine.render(text)
            assert answer.error is None, answer.error
            return answer.html or ""

        yield render


# --- What is written -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Paragraph("가나", size=None), "가나"),
        (Paragraph("가나"), '<p data-ke-size="size16">가나</p>'),
        (Heading(2, "제목", None), "## 제목"),
        (Heading(2, "제목"), '<h2 data-ke-size="size26">제목</h2>'),
        (Spacer(None), "<p>&nbsp;</p>"),
        (Rule(), "***"),
        (Quote([Paragraph("가", size=None), Paragraph("나", size=None)]), "> 가\n>\n> 나"),
        (CodeBlock("a = 1\n", "python"), "```python\na = 1\n```"),
        (CodeBlock("```\n"), "````\n```\n````"),
        (CodeBlock("no line end"), "<pre><code>no line end</code></pre>"),
        (CodeBlock("{{ site }}\n"), "<pre><code>&#123;{ site }}\n</code></pre>"),
        (List(["가", "나"]), "- 가\n- 나"),
        (List(["가", "나"], ordered=True), "1. 가\n2. 나"),
        (List(["가"], ordered=True, start=3), '<ol start="3">\n    <li>가</li>\n</ol>'),
        (List([ListItem(["가", List(["나"])])]), "- 가\n  - 나"),
        (List([[Paragraph("가", size=None)], [Paragraph("나", size=None)]]), "- 가\n\n- 나"),
        (Comment(" x "), "<!-- x -->"),
        (Paragraph("가", bare=True), "<tbody>가</tbody>"),
    ],
)
def test_block_in_kramdown(node: Block, expected: str) -> None:
    assert markdown(node) == expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (Strong("가", "strong"), "**가**"),
        (Strong("가", "b"), "<b>가</b>"),
        (Emphasis("가", "em"), "*가*"),
        (Emphasis("가", "i"), "<i>가</i>"),
        (Strikethrough("가", "del"), "~~가~~"),
        (Strikethrough("가", "s"), "a <s>가</s>"),
        (Underline("가 *나*"), "<u>가 *나*</u>"),
        (Highlight("가 *나*", "#ee2323"), '<span style="color: #ee2323;">가 \\*나\\*</span>'),
        (Code("a*b"), "`a*b`"),
        (Code("a`b"), "``a`b``"),
        (Code("`a"), "`` `a ``"),
        (Code(" a"), "<code> a</code>"),
        (Code("{{ x }}"), "<code>&#123;{ x }}</code>"),
        (Link("가", "/a"), "[가](/a)"),
        (Link("가", "/a", '"t"'), '[가](/a "&quot;t&quot;")'),
        (Link("가[나]", "a(b"), "[가[나]](a&#40;b)"),
        (Link("가[나", "a(b"), "[가\\[나](a&#40;b)"),
        (Link("가", "/a", attributes={"rel": "nofollow"}), '<a href="/a" rel="nofollow">가</a>'),
        (Link("https://a.kr/b", "https://a.kr/b"), "<https://a.kr/b>"),
        (Image("a.png", "그림 [1]"), "![그림 \\[1\\]](a.png)"),
        (Image("a.png", None), '<img src="a.png" />'),
        (Strong(Emphasis("가", "em"), "strong"), "**_가_**"),
        (Emphasis(Strong("가", "strong"), "em"), "_**가**_"),
        (Strong(["가", Strong("나", "strong")], "strong"), "**가<strong>나</strong>**"),
        (Span("가", "kbd"), "<kbd>가</kbd>"),
    ],
)
def test_inline_in_kramdown(node: Inline, expected: str) -> None:
    content: InlineContent = ["a ", node] if expected.startswith("a ") else node
    assert line(content) == expected


def test_spans_open_no_block_where_a_line_begins_with_one() -> None:
    # kramdown takes <s> and <bdi> at the start of a line for blocks of HTML.
    assert line(Strikethrough("가", "s")) == "<p><s>가</s></p>"
    assert line([Comment(" x "), "가"]) == "<p><!-- x -->가</p>"
    # CommonMark takes any tag that is alone on the first line for one.
    assert line(Image("a.png", None), "commonmark") == '<p><img src="a.png" /></p>'


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize(
    "text",
    [
        "가나 다라.",
        "5 * 3 = 15",
        "a_b_c",
        "1.5배",
        "#태그",
        "10~20일",
        "A&B",
        "3 < 5",
        "-3도",
        "값: 1",
        "[서울=기자]",
        "“가”",
    ],
)
def test_text_that_needs_no_escape_gets_none(flavor: FlavorName, text: str) -> None:
    assert line(text, flavor) == text


@pytest.mark.parametrize(
    ("text", "flavor", "expected"),
    [
        ("*가* 나", "kramdown", "\\*가\\* 나"),
        ("2024. 1월", "kramdown", "2024\\. 1월"),
        ("1) 가", "kramdown", "1) 가"),
        ("1) 가", "commonmark", "1\\) 가"),
        ("- 가", "gfm", "\\- 가"),
        ("# 가", "gfm", "\\# 가"),
        ("> 가", "kramdown", "\\> 가"),
        (": 가", "kramdown", "\\: 가"),
        (": 가", "commonmark", ": 가"),
        ("가 | 나", "kramdown", "가 \\| 나"),
        ("가 | 나", "gfm", "가 | 나"),
        ("<b> & &lt;", "commonmark", "\\<b> & &amp;lt;"),
        ("{{ 가 }} {% x %}", "kramdown", "&#123;{ 가 }} &#123;% x %}"),
        ("{{ 가 }}", "commonmark", "{{ 가 }}"),
        ("{: .x}", "kramdown", "\\{: .x}"),
        ("$$x$$", "kramdown", "\\$\\$x\\$\\$"),
        ("^", "kramdown", "&#94;"),
        ("`가` 나", "kramdown", "\\`가\\` 나"),
        ("한 개 ` 뿐", "kramdown", "한 개 ` 뿐"),
        ("[가](나)", "kramdown", "[가\\](나)"),
        ("[가]: 나", "commonmark", "[가]\\: 나"),
        ("https://a.kr", "gfm", "https\\://a.kr"),
        ("https://a.kr", "commonmark", "https://a.kr"),
        ("a@b.kr", "gfm", "a\\@b.kr"),
        ("1~2와 3~4", "gfm", "1\\~2와 3\\~4"),
        ("1~2와 3~4", "kramdown", "1~2와 3~4"),
        ("---", "kramdown", "\\---"),
        ("가\n===", "kramdown", "가\n\\==="),
        ("\N{NO-BREAK SPACE}가", "commonmark", "&nbsp;가"),
        ("가\\\N{NO-BREAK SPACE}", "gfm", "가\\\\&nbsp;"),
        ("가\\\N{NO-BREAK SPACE}", "kramdown", "가\\\N{NO-BREAK SPACE}"),
    ],
)
def test_text_is_escaped_where_the_flavor_would_read_a_sign(
    text: str, flavor: FlavorName, expected: str
) -> None:
    assert line(text, flavor) == expected


@pytest.mark.parametrize(
    ("content", "kramdown_line", "commonmark_line"),
    [
        ([Strong("경고(위험)", "strong"), "는"], "**경고(위험)**는", "<strong>경고(위험)</strong>는"),
        ([Strong("83%", "strong"), "를"], "**83%**를", "<strong>83%</strong>를"),
        ([Strong("가나", "strong"), "는"], "**가나**는", "**가나**는"),
        (["값은", Strong(Code("x"), "strong")], "값은**`x`**", "값은<strong>`x`</strong>"),
        ([Strong(" 가", "strong"), "는"], "<strong> 가</strong>는", "<strong> 가</strong>는"),
        (
            [Strong("가", "strong"), Strong("나", "strong")],
            "**가**<strong>나</strong>",
            "**가**<strong>나</strong>",
        ),
    ],
)
def test_emphasis_follows_the_rule_of_the_flavor(
    content: InlineContent, kramdown_line: str, commonmark_line: str
) -> None:
    assert line(content, "kramdown") == kramdown_line
    assert line(content, "commonmark") == commonmark_line
    assert line(content, "gfm") == commonmark_line


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (["`", Code("|")], "`<code>&#124;</code>"),
        ([Image("a.png", "$$"), Code("$$")], "![&#36;&#36;](a.png)`$$`"),
        ([Image("a.png", "~~"), "~~"], "![&#126;&#126;](a.png)~~"),
        (["[", Link("가", "/_"), Link("_", "/")], "\\[[가](/_)[_](/)"),
        (["[가] ", Link("나", "/")], "[가] [나](/)"),
        (Emphasis(Link("가", "/", "*[a]:")), '*[가](/ "*[a]&#58;")*'),
        (Link(Image("a.png", "*[a]:"), "/"), "[![\\*\\[a&#93;:](a.png)](/)"),
        (Emphasis([Link("가", "/"), Code("]: 나")]), "*[가](/)<code>]&#58; 나</code>*"),
    ],
)
def test_signs_beside_links_images_and_code_do_not_pair_in_kramdown(
    content: InlineContent, expected: str
) -> None:
    assert line(content) == expected


@pytest.mark.parametrize("flavor", ["commonmark", "gfm"])
def test_code_in_a_link_defines_no_target(flavor: FlavorName) -> None:
    assert line(Link(Code("가]: 나"), "/"), flavor) == "[<code>가\\]\\: 나</code>](/)"
    assert line(["다", Link(Code("가]: 나"), "/")], flavor) == "다[`가]: 나`](/)"


def test_separators_of_lines_are_no_blanks_beside_signs() -> None:
    text = Article(lead=[Paragraph("가\u2028*\u2028나 * 다")])
    assert markdown(text, "commonmark", "plain") == "가\u2028\\*\u2028나 * 다\n"


@pytest.mark.parametrize("text", ["[x]: y", "x | y"])
def test_comment_with_signs_that_no_reference_can_stand_for_makes_its_paragraph_html(text: str) -> None:
    assert line(["가", Comment(text)]) == f"<p>가<!--{text}--></p>"
    assert line(["가", Comment("x y")]) == "가<!--x y-->"


def test_line_break_is_a_backslash_where_it_is_read_as_one() -> None:
    assert line(["가", LineBreak(), "나"], "gfm") == "가\\\n나"
    assert line(["가", LineBreak(), "- 나"], "gfm") == "가\\\n\\- 나"
    assert line(["가", LineBreak()]) == "가<br />"
    assert line(["가", LineBreak(), LineBreak(), "나"], "gfm") == "가\\\n<br />나"
    assert markdown(Heading(1, ["가", LineBreak(), "나"], None)) == "# 가<br />나"


def test_line_break_in_kramdown_is_read_with_the_line_end_of_its_sign() -> None:
    assert line(["가", LineBreak(), "\n나"]) == "가\\\n나"
    assert line(["가", LineBreak(), "나"]) == "가<br />나"
    assert markdown(Paragraph(["가", LineBreak(), "나"]), fidelity="plain") == "가\\\n나"


@pytest.mark.parametrize("text", ["가 ", " 가", "가 \n나", "가\n 나", "가\n\n나"])
def test_blanks_that_kramdown_would_not_keep_are_kept_by_html_at_exact_only(text: str) -> None:
    assert line(text) == f"<p>{text}</p>"
    assert markdown(Paragraph(text), fidelity="reader") == " ".join(text.split())
    assert not line(text, "commonmark").startswith("<")


def pipe_table(align: str | None = None) -> Table:
    style = {} if align is None else {"style": f"text-align: {align}"}

    def cell(text: str, *, header: bool = False) -> Cell:
        return Cell(
            text, header=header, align="center" if align else None, attributes=Attributes.as_read(style)
        )

    return Table([[cell("가"), cell("나나나나나")]], [[cell("이름", header=True), cell("값", header=True)]])


def test_table_columns_are_padded_by_display_width() -> None:
    assert markdown(pipe_table()).split("\n") == [
        "| 이름 | 값         |",
        "| ---- | ---------- |",
        "| 가   | 나나나나나 |",
    ]
    assert markdown(pipe_table("center")).split("\n")[1] == "| :--: | :--------: |"


def test_table_is_html_where_the_flavor_has_none_like_it() -> None:
    assert markdown(pipe_table(), "commonmark").startswith("<table>")
    assert markdown(Table([["가", "나"]])) == "| 가  | 나  |"
    assert markdown(Table([["가", "나"]]), "gfm").startswith("<table>")
    assert markdown(Table([[Cell("가", colspan=2)]])).startswith("<table>")
    assert markdown(Table([["가", ""]])).startswith("<table>"), "kramdown shows an empty cell as U+00A0"
    assert markdown(Table([["a|b"]])) == "| a\\|b |"


def test_lists_side_by_side_stay_apart() -> None:
    article = Article.from_blocks([List(["가"]), List(["나"])])
    assert markdown(article, "commonmark") == "- 가\n\n* 나\n"
    assert markdown(article, "kramdown") == "- 가\n\n<ul>\n    <li>나</li>\n</ul>\n"


def test_highlight_keeps_its_color_by_default() -> None:
    paragraph = Paragraph(["가 ", Highlight(Strong("나"), "#ee2323", "#21538527")])
    assert (
        render_markdown(paragraph)
        == '가 <span style="background-color: #21538527; color: #ee2323;">**나**</span>'
    )


def test_document_ends_with_a_line_end_and_can_begin_with_its_title() -> None:
    article = Article(FrontMatter(title="제목 # 1"), [Rule(), Paragraph("가")])
    assert render_markdown(article) == "***\n\n가\n"
    assert render_markdown(article, MarkdownOptions(title=True)) == "# 제목 # 1\n\n---\n\n가\n"
    assert render_markdown(Section("가", [Paragraph("나")])) == "## 가\n\n나\n"
    assert render_markdown(Article()) == ""


def test_override_writes_a_class_and_children_by_default() -> None:
    def shout(node: Block | Inline, context: MarkdownContext) -> str:
        return f"!{context.default(node)}!"

    options = MarkdownOptions(overrides={Strong: shout, Rule: lambda node, context: "* * *"})
    article = Article.from_blocks([Paragraph(["가 ", Strong("나")]), Rule()])
    assert render_markdown(article, options) == "가 !**나**!\n\n* * *\n"


def test_loss_can_be_refused() -> None:
    options = MarkdownOptions(fidelity="plain", on_loss="error")
    with pytest.raises(LossError, match=r"color \(1\)") as raised:
        render_markdown(Paragraph(Highlight("가", "red"), size=None), options)
    assert raised.value.losses[0].count == 1
    assert render_markdown(Paragraph("가", size=None), options) == "가"


@pytest.mark.parametrize("options", [{"flavor": "markdown"}, {"fidelity": "most"}, {"on_loss": "hide"}])
def test_unknown_options_are_refused(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        MarkdownOptions(**options)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_nesting_beyond_any_post_is_refused_and_less_is_not() -> None:
    deep: Inline = Text("가")
    for _ in range(90):
        deep = Underline(deep)
    assert "가" in render_markdown(Paragraph(deep))
    for _ in range(2_000):
        deep = Underline(deep)
    with pytest.raises(LimitExceeded):
        render_markdown(Paragraph(deep))


def test_unsafe_values_stay_harmless() -> None:
    unsafe = Link("가", Url.as_read("javascript:alert(1)"))
    for flavor in FLAVORS:
        assert "javascript" not in line(unsafe, flavor)
        assert "<script" not in line("<script>alert(1)</script>", flavor).replace("\\<", "")


def test_long_lines_of_signs_take_linear_time() -> None:
    for text in (
        "*a" * 20_000,
        "`" * 20_000,
        "[" * 20_000,
        "-" * 20_000 + "x",
        "_a_ " * 10_000,
        "|-" * 10_000,
    ):
        for flavor in FLAVORS:
            assert len(line(text, flavor)) <= 3 * len(text)


# --- What the engines read -------------------------------------------------------------------------------------


def check_by_engines(article: Article, flavor: FlavorName, level: Fidelity, engines: list[Engine]) -> None:
    text = markdown(article, flavor, level)
    reduced = article if level == "exact" else reduce(article, level, flavor).article
    expected = str(render_html(reduced))
    for engine in engines:
        found = difference(engine(text), expected, flavor)
        assert found is None, f"{found}\n\n{text}"


@pytest.mark.differential
@pytest.mark.parametrize("level", LEVELS)
def test_kramdown_reads_the_reduced_article(kramdown: Engine, level: Fidelity) -> None:
    @given(articles())
    def check(article: Article) -> None:
        check_by_engines(article, "kramdown", level, [kramdown])

    check()


@pytest.mark.parametrize("flavor", ["commonmark", "gfm"])
@pytest.mark.parametrize("level", LEVELS)
def test_commonmark_engines_read_the_reduced_article(flavor: FlavorName, level: Fidelity) -> None:
    engines = commonmark_engines(flavor)

    @given(articles())
    def check(article: Article) -> None:
        check_by_engines(article, flavor, level, engines)

    check()


@pytest.mark.differential
def test_text_stays_text_in_kramdown(kramdown: Engine) -> None:
    @given(strategies.text_nodes(), strategies.text_nodes())
    def check(first: Text, second: Text) -> None:
        content = (Strong(first, "strong"), second, Emphasis(second, "em"), first)
        for block in (
            Paragraph(("가", *content), size=None),
            Heading(2, content, None),
            List([[first, List([second])]]),
            Table([[first, second], [Cell(content), "가"]]),
        ):
            check_by_engines(Article.from_blocks([block]), "kramdown", "exact", [kramdown])

    check()


# --- What this package reads -----------------------------------------------------------------------------------

_BLANKS = re.compile(r"[ \t\r\n\f]+")


def shown(html: str) -> str:
    """HTML without the blanks that no reader sees, to compare what two articles say."""
    return _BLANKS.sub(" ", html)


@pytest.mark.parametrize("level", LEVELS)
@given(article=articles(raw=False))
def test_our_reading_of_kramdown_is_the_reduced_article(level: Fidelity, article: Article) -> None:
    text = markdown(article, "kramdown", level)
    reduced = article if level == "exact" else reduce(article, level, "kramdown").article
    read = parse(f"---\n---\n{text}").article
    found = dom.first_difference(str(render_html(read)), str(render_html(reduced)))
    assert found is None, f"{found}\n\n{text}"
    assert read.blocks == reduced.blocks, text


@pytest.mark.parametrize("flavor", FLAVORS)
@given(article=articles())
def test_plain_holds_no_html(flavor: FlavorName, article: Article) -> None:
    markdown_it = pytest.importorskip("markdown_it", reason="needs markdown-it-py to find HTML")
    text = markdown(article, flavor, "plain")
    reader = markdown_it.MarkdownIt("commonmark")
    if flavor != "kramdown":  # Which lets a pipe in a cell's code be.
        reader.enable("table")
    found = [
        token.content
        for block in reader.parse(text)
        for token in (block.children or [block])
        if token.type in ("html_inline", "html_block")
    ]
    assert found == [], text


@given(st.one_of(strategies.posts(), st.text()))
def test_whatever_was_read_can_be_written(source: str) -> None:
    article = parse(source).article
    for flavor in FLAVORS:
        for level in LEVELS:
            text = markdown(article, flavor, level)
            assert re.search("[\x00-\x08\x0e-\x1f\x7f-\x9f]", text) is None


def test_options_are_values() -> None:
    assert MarkdownOptions() == MarkdownOptions(flavor="kramdown", fidelity="reader")
    assert attrs.evolve(MarkdownOptions(), flavor="gfm").flavor == "gfm"


def test_details_and_rows_are_html_that_the_flavor_takes_whole() -> None:
    details = Details("가", [Paragraph("나\n\n다", size=None)])
    assert "\n\n" not in markdown(details, "commonmark")
    assert markdown(Table([Row(["가"], attributes={"class": "x"})])).startswith("<table>")
