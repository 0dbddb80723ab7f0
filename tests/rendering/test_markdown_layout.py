"""The layout of Markdown: lines filled up to a width, addresses at the end."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.rendering.markdown import Fidelity
from newsdao_article.rendering.markdown_flavors import FlavorName
from newsdao_article.rendering.text_wrap import display_width
from newsdao_article.testing import strategies
from tests.differential.engine import KramdownEngine, why_missing
from tests.differential.markdown_engines import Engine, commonmark_engines, difference
from tests.rendering.markdown_articles import signed_articles

FLAVORS: tuple[FlavorName, ...] = ("kramdown", "commonmark", "gfm")
LEVELS: tuple[Fidelity, ...] = ("exact", "reader", "plain")
BLANKS = re.compile(r"[ \t\r\n\f]+")


def wrapped(content: list[str | na.Inline] | str, width: int = 12, flavor: FlavorName = "kramdown") -> str:
    return na.render_markdown(na.Paragraph(content, size=None), na.MarkdownOptions(wrap=width, flavor=flavor))


def referring(*blocks: na.Block, flavor: FlavorName = "kramdown") -> str:
    article = na.Article.from_blocks(blocks)
    return na.render_markdown(article, na.MarkdownOptions(links="reference", flavor=flavor))


def paragraph(*content: str | na.Inline) -> na.Paragraph:
    return na.Paragraph(content, size=None)


# --- Lines -------------------------------------------------------------------------------------------------------


def test_lines_end_at_spaces_and_no_word_is_cut() -> None:
    assert wrapped("밤새 눈이 많이 내렸습니다 그리고") == "밤새 눈이\n많이\n내렸습니다\n그리고"
    assert wrapped("내렸습니다내렸습니다") == "내렸습니다내렸습니다"
    assert wrapped("가나 다라", width=9) == "가나 다라"
    assert wrapped("가나 다라", width=8) == "가나\n다라"


def test_lines_of_the_text_are_filled_and_breaks_kept() -> None:
    assert wrapped("가\n나 다") == "가 나 다"
    assert wrapped(["가나 다라", na.LineBreak(), "\n마바 사아 자차"]) == "가나 다라\\\n마바 사아\n자차"


@pytest.mark.parametrize(
    "sign", ["-", "+ ", "#", "> ", "1.", "2)", ":", "=", "|", "~~~", "<", "&", "{", "^", "—"]
)
def test_no_line_begins_with_what_could_mean_something(sign: str) -> None:
    for flavor in FLAVORS:
        text = wrapped(f"가나다라마바 {sign} 가나다라마바사", flavor=flavor)
        assert text.replace("\\", "").replace("&#94;", "^").startswith(f"가나다라마바 {sign.strip()}")


def test_figures_begin_lines_unless_they_number_items() -> None:
    assert wrapped("내렸습니다 24일 1.5배") == "내렸습니다\n24일 1.5배"
    assert wrapped("내렸습니다 24. 일") == "내렸습니다 24.\n일"


def test_markup_is_kept_whole_and_text_in_it_is_not() -> None:
    assert wrapped([na.Code("a b c d e f g h"), " 가나"]) == "`a b c d e f g h`\n가나"
    link = na.Link("가나 다라 마바", na.Url.as_read("/a b"))
    assert wrapped(["내용은 ", link]) == "내용은 [가나\n다라\n마바](/a&#32;b)"
    highlight = na.Highlight(" 가나 다라", "red")
    assert wrapped([highlight, "마바"]).startswith('<span style="color: red;"> 가나'), (
        "a tag alone is a block"
    )


def test_ambiguous_characters_are_as_wide_as_asked() -> None:
    narrow, wide = na.MarkdownOptions(wrap=8), na.MarkdownOptions(wrap=8, ambiguous_width=2)
    assert na.render_markdown(paragraph("“가” 나다"), narrow) == "“가”\n나다"
    assert na.render_markdown(paragraph("“가” 나"), narrow) == "“가” 나"
    assert na.render_markdown(paragraph("“가” 나"), wide) == "“가”\n나"
    table = na.Table([["“가”"], ["가나다라마"]])
    assert na.render_markdown(table, narrow) == "| “가”       |\n| 가나다라마 |"
    assert na.render_markdown(table, wide) == "| “가”     |\n| 가나다라마 |"


def test_indents_of_lists_and_quotes_count() -> None:
    article = na.Article.from_blocks(
        [
            na.List(["가나다 라마바 사"]),
            na.Quote([paragraph("가나다 라마바")]),
            na.Heading(2, "가나다 라마바 사아", None),
        ]
    )
    assert na.render_markdown(article, na.MarkdownOptions(wrap=14)) == (
        "- 가나다\n  라마바 사\n\n> 가나다\n> 라마바\n\n## 가나다 라마바 사아\n"
    )
    assert na.render_markdown(article, na.MarkdownOptions(wrap=15)).startswith("- 가나다 라마바\n  사")


@pytest.mark.parametrize("wrap", [0, -1, True, 7.5, "80"])
def test_width_that_is_none_is_refused(wrap: object) -> None:
    with pytest.raises(na.InvalidValueError, match="wrap"):
        na.MarkdownOptions(wrap=wrap)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@given(article=signed_articles(), width=st.integers(1, 40))
def test_wrapping_again_changes_nothing(article: na.Article, width: int) -> None:
    options = na.MarkdownOptions(wrap=width, fidelity="plain")
    text = na.render_markdown(article, options)
    assert na.render_markdown(na.parse(f"---\n---\n{text}").article, options) == text


@given(
    words=st.lists(st.sampled_from(["가나", "눈이", "word", "내렸습니다", "24일"]), min_size=1),
    width=st.integers(10, 40),
)
def test_lines_are_as_long_as_they_can_be(words: list[str], width: int) -> None:
    lines = wrapped(" ".join(words), width).split("\n")
    assert " ".join(lines) == " ".join(words)
    assert all(display_width(line) <= width for line in lines)
    for line, following in itertools.pairwise(lines):
        assert display_width(f"{line} {following.split(' ')[0]}") > width


def test_long_lines_take_linear_time() -> None:
    for text in ("- " * 50_000, "가 " * 50_000, "a" * 100_000, "<a> " * 20_000):
        assert len(wrapped(text)) < 4 * len(text)


# --- Addresses ---------------------------------------------------------------------------------------------------


def test_addresses_stand_at_the_end_once_each() -> None:
    one, two = na.Link("하나", "/1"), na.Link("둘", "/2", "제목")
    assert referring(paragraph(one, "과 ", two, "와 ", one), paragraph("끝")) == (
        '[하나][1]과 [둘][2]와 [하나][1]\n\n끝\n\n[1]: /1\n[2]: /2 "제목"\n'
    )


def test_labels_are_numbers_that_the_text_does_not_have_in_brackets() -> None:
    assert referring(paragraph("주[1] ", na.Link("2", "/a"))) == "주[1] [2][3]\n\n[3]: /a\n"
    assert "[2]: /a" in referring(paragraph(na.Link("가", "/a")), na.CodeBlock("x[1]\n"))


def test_links_that_references_would_not_say_stay_as_they_are() -> None:
    assert referring(paragraph("[가]", na.Link("나", "/a"))) == "[가][나](/a)\n"
    assert referring(paragraph(na.Link("나", "/a"), "(가)")) == "[나](/a)(가)\n"
    assert referring(paragraph(na.Link("나", na.Url.as_read("/a b")))) == "[나](/a&#32;b)\n"
    nofollow = na.Link("나", "/a", attributes={"rel": "nofollow"})
    assert referring(paragraph(nofollow)) == '<a href="/a" rel="nofollow">나</a>\n'
    assert na.render_markdown(na.Link("나", "/a"), na.MarkdownOptions(links="reference")) == "[나](/a)"


def test_addresses_that_no_reference_names_have_no_number() -> None:
    # The list is tried in Markdown and written as HTML in the end.
    lost = na.List([[na.Link("가", "/lost")], na.ListItem([na.Rule()])])
    assert referring(lost, paragraph(na.Link("나", "/a"))).endswith("[나][1]\n\n[1]: /a\n")


def test_overrides_share_the_addresses() -> None:
    options = na.MarkdownOptions(
        links="reference", overrides={na.Strong: lambda node, context: context.default(node)}
    )
    block = paragraph(na.Strong(na.Link("가", "/a"), "strong"), na.Link("나", "/b"))
    assert na.render_markdown(block, options) == "**[가][1]**[나][2]\n\n[1]: /a\n[2]: /b"


# --- What is read ------------------------------------------------------------------------------------------------


def options_of(flavor: FlavorName, level: Fidelity, width: int | None) -> na.MarkdownOptions:
    return na.MarkdownOptions(flavor=flavor, fidelity=level, wrap=width, links="reference")


def reduced(article: na.Article, level: Fidelity, flavor: FlavorName) -> na.Article:
    return article if level == "exact" else na.reduce(article, level, flavor).article


def spaced(article: na.Article) -> tuple[na.Block, ...]:
    """The blocks, each run of white space in their texts as one space, as browsers show it."""

    def collapsed(node: na.Node) -> na.Node:
        return na.Text(na.AsRead(BLANKS.sub(" ", node.text))) if isinstance(node, na.Text) else node

    return na.map_nodes(article, collapsed).blocks


def any_articles(*, raw: bool) -> st.SearchStrategy[na.Article]:
    return st.one_of(
        st.lists(strategies.blocks(raw=raw), max_size=4).map(na.Article.from_blocks), signed_articles()
    )


@pytest.mark.parametrize("level", LEVELS)
@given(article=any_articles(raw=False), width=st.one_of(st.none(), st.integers(1, 40)))
def test_our_reading_is_the_reduced_article(level: Fidelity, article: na.Article, width: int | None) -> None:
    text = na.render_markdown(article, options_of("kramdown", level, width))
    read = na.parse(f"---\n---\n{text}").article
    expected = reduced(article, level, "kramdown")
    if width is None:
        assert read.blocks == expected.blocks, text
    else:
        assert spaced(read) == spaced(expected), text


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


def check(article: na.Article, options: na.MarkdownOptions, engines: list[Engine]) -> None:
    text = na.render_markdown(article, options)
    expected = str(na.render_html(reduced(article, options.fidelity, options.flavor)))
    for engine in engines:
        found = difference(engine(text), expected, options.flavor)
        assert found is None, f"{found}\n\n{text}"


WIDTHS = st.one_of(st.none(), st.integers(1, 40))


@pytest.mark.differential
@pytest.mark.parametrize("level", LEVELS)
def test_kramdown_reads_the_reduced_article(kramdown: Engine, level: Fidelity) -> None:
    @given(any_articles(raw=True), WIDTHS)
    def checked(article: na.Article, width: int | None) -> None:
        check(article, options_of("kramdown", level, width), [kramdown])

    checked()


@pytest.mark.parametrize("flavor", ["commonmark", "gfm"])
@pytest.mark.parametrize("level", LEVELS)
def test_commonmark_engines_read_the_reduced_article(flavor: FlavorName, level: Fidelity) -> None:
    engines = commonmark_engines(flavor)

    @given(any_articles(raw=True), WIDTHS)
    def checked(article: na.Article, width: int | None) -> None:
        check(article, options_of(flavor, level, width), engines)

    checked()
