"""Highlights in Markdown: with their colours, as classes, as marks, as attribute lists."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

import newsdao_article as na
from newsdao_article.rendering.markdown_highlights import Highlights, highlighted
from newsdao_article.rendering.reduction import LossError
from tests.differential.markdown_engines import difference
from tests.rendering.markdown_articles import signed_articles

RED = "#ee2323"


def line(content: na.Inline | list[str | na.Inline], highlights: Highlights, **options: Any) -> str:
    settings = na.MarkdownOptions(highlights=highlights, **options)
    return na.render_markdown(na.Paragraph(content, size=None), settings)


def test_each_way_of_writing_a_highlight() -> None:
    content: list[str | na.Inline] = ["값은 ", na.Highlight(["약 ", na.Emphasis("10"), "cm"], RED), "입니다"]
    assert line(content, "style") == '값은 <span style="color: #ee2323;">약 *10*cm</span>입니다'
    assert line(content, "class") == '값은 <span class="color-ee2323">약 *10*cm</span>입니다'
    assert line(content, "mark") == "값은 <mark>약 <em>10</em>cm</mark>입니다", (
        "kramdown reads no signs in it"
    )
    assert line(content, "mark", flavor="gfm") == "값은 <mark>약 *10*cm</mark>입니다"
    assert line(content, "equals", flavor="gfm") == "값은 ==약 *10*cm==입니다"
    assert line(content, "attributes") == '값은 <span style="color: #ee2323;">약 *10*cm</span>입니다'


def test_classes_are_those_of_the_palette_where_it_has_one() -> None:
    palette = na.Palette(classes={RED: "rise"})
    content: list[str | na.Inline] = [na.Highlight("가", RED), " ", na.Highlight("나", "blue")]
    assert line(content, "class", palette=palette) == (
        '<span class="rise">가</span> <span class="color-blue">나</span>'
    )


@pytest.mark.parametrize(
    "node",
    [na.Strong(na.Highlight("가", RED), "strong"), na.Highlight(na.Strong("가", "strong"), RED)],
)
def test_bold_highlight_is_one_sign_and_an_attribute_list(node: na.Inline) -> None:
    assert line([node, "는"], "attributes") == '**가**{: style="color: #ee2323;"}는'


def test_attribute_list_is_written_only_where_it_would_be_read() -> None:
    quoted = na.Strong("가", "strong", attributes={"title": 'a"b'})
    assert line([quoted], "attributes", fidelity="exact") == '<strong title="a&quot;b">가</strong>'
    styled = na.Strong("나", "strong", attributes={"style": "font-style: italic;"})
    assert line([na.Highlight(styled, RED)], "attributes") == (
        '<span style="color: #ee2323;">**나**{: style="font-style: italic;"}</span>'
    )
    beside = na.Strong(["가", na.Highlight("나", RED)], "strong")
    assert line([beside], "attributes") == '**가<span style="color: #ee2323;">나</span>**'


def test_equals_signs_are_escaped_only_for_readers_that_have_them() -> None:
    assert line(["a == b = c"], "equals", flavor="gfm") == "a \\=\\= b = c"
    assert line(["a == b"], "mark", flavor="gfm") == "a == b"
    assert line(["x=", na.Highlight("가", RED)], "equals", flavor="gfm") == "x\\=<mark>가</mark>"


def test_marks_that_would_not_be_read_are_tags() -> None:
    content: list[str | na.Inline] = [na.Highlight("경고(위험)", RED), "는"]
    assert line(content, "equals", flavor="gfm") == "<mark>경고(위험)</mark>는"
    signs: list[str | na.Inline] = ["앞", na.Highlight("경고(*위험*)", RED), "는"]
    assert line(signs, "equals") == "앞<mark>경고(*위험*)</mark>는", "kramdown reads no signs in it"
    assert (
        line([na.Highlight(na.Highlight("가", "blue"), RED)], "equals", flavor="gfm") == "==<mark>가</mark>=="
    )


def test_lost_colors_are_a_loss() -> None:
    for highlights in ("mark", "equals"):
        with pytest.raises(LossError, match=r"color \(1\)"):
            line([na.Highlight("가", RED)], highlights, on_loss="error")
    assert "color" in line([na.Highlight("가", RED)], "class", on_loss="error")
    assert line(["가"], "mark", on_loss="error") == "가"


def test_attribute_lists_are_refused_where_no_reader_has_them() -> None:
    with pytest.raises(na.InvalidValueError, match="kramdown"):
        na.MarkdownOptions(flavor="gfm", highlights="attributes")
    with pytest.raises(ValueError, match="highlights"):
        na.MarkdownOptions(highlights="bold")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("highlights", ["class", "mark", "attributes"])
@given(article=signed_articles())
def test_our_reading_has_the_highlights_as_they_were_written(
    highlights: Highlights, article: na.Article
) -> None:
    expected = highlighted([article], highlights, None)[0]
    text = na.render_markdown(article, na.MarkdownOptions(highlights=highlights, fidelity="exact"))
    assert na.parse(f"---\n---\n{text}").article.blocks == expected.blocks, text


@given(article=signed_articles())
def test_a_reader_with_marks_reads_them(article: na.Article) -> None:
    comrak = pytest.importorskip("comrak", reason="has marks")
    extensions, options = comrak.ExtensionOptions(), comrak.RenderOptions()
    options.unsafe_ = extensions.highlight = True
    text = na.render_markdown(
        article, na.MarkdownOptions(flavor="commonmark", highlights="equals", fidelity="reader")
    )
    reduced = na.reduce(article, "reader", "commonmark").article
    expected = highlighted([reduced], "equals", None)[0]
    html = comrak.render_markdown(text, extension_options=extensions, render_options=options)
    found = difference(html, str(na.render_html(expected)), "commonmark")
    assert found is None, f"{found}\n\n{text}"
