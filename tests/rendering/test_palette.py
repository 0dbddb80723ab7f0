"""Palettes: other colours, classes, and text that stays readable on a dark page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.testing import strategies


def html(node: na.Inline | na.Block, palette: na.Palette) -> str:
    return str(na.render_html(node, na.HtmlOptions(palette=palette)))


def test_listed_colors_are_replaced_by_value_and_others_kept() -> None:
    palette = na.Palette(colors={"#EE2323": "#ff6b6b"}, backgrounds={"rgb(255, 243, 205)": "gold"})
    assert (
        html(na.Highlight("가", "rgb(238, 35, 35)", "#fff3cd"), palette)
        == '<span style="background-color: gold; color: #ff6b6b;">가</span>'
    )
    unlisted = na.Highlight("가", "blue", "#ee2323")
    assert palette.recolor(unlisted) is unlisted, "a text colour is no background"


def test_listed_classes_take_the_place_of_colors() -> None:
    palette = na.Palette(classes={"#ee2323": "warning"}, background_classes={"#fff3cd": "note"})
    assert html(na.Highlight("가", "#ee2323"), palette) == '<span class="warning">가</span>'
    assert (
        html(na.Highlight("가", "blue", "#fff3cd"), palette)
        == '<span style="color: blue;" class="note">가</span>'
    )
    both = na.Highlight(
        "가", "#ee2323", attributes={"class": "a", "style": "color: #ee2323; font-weight: 700;"}
    )
    assert html(both, palette) == '<span class="a warning" style="font-weight: 700;">가</span>'


def test_unlisted_colors_can_become_classes_named_for_them() -> None:
    palette = na.Palette(unlisted="class", colors={"red": "blue"})
    assert html(na.Highlight("가", "#EE2323", "#21538527"), palette) == (
        '<span class="background-21538527 color-ee2323">가</span>'
    )
    assert (
        html(na.Highlight("가", "rgb(1 2 3 / 50%)"), palette) == '<span class="color-rgb-1-2-3-50">가</span>'
    )
    assert html(na.Highlight("가", "red"), palette) == '<span style="color: blue;">가</span>'


def test_colors_of_style_attributes_follow() -> None:
    palette = na.Palette(colors={"red": "green"}, backgrounds={"white": "black"})
    paragraph = na.Paragraph("가", attributes={"style": "text-align: center; color:red; background: #fff"})
    assert 'style="text-align: center; color:green; background: black"' in html(paragraph, palette)
    cell = na.Cell("가", attributes={"style": "background-color: white;"})
    assert "background-color: black;" in html(na.Table([[cell]]), palette)


def test_markdown_is_written_in_the_colors_of_the_palette() -> None:
    options = na.MarkdownOptions(palette=na.Palette(colors={"red": "green"}))
    paragraph = na.Paragraph(na.Highlight("가", "red"), size=None)
    assert na.render_markdown(paragraph, options) == '<span style="color: green;">가</span>'


def test_contrast_changes_only_what_is_too_faint() -> None:
    palette = na.Palette(contrast=4.5)
    assert palette.recolor(na.Highlight("가", "#006dd7")) == na.Highlight("가", "#006dd7")
    white_on_dark = na.Highlight("가", "white", "#222")
    assert palette.recolor(white_on_dark) is white_on_dark
    faint = palette.recolor(na.Highlight("가", "#ee2323"))
    assert faint.color is not None
    assert 4.5 <= faint.color.contrast() < 4.8


def test_dark_turns_a_light_box_into_a_dark_one() -> None:
    box = na.DARK.recolor(na.Highlight("가", "black", "white"))
    assert (box.color, box.background) == (na.Color("white"), na.Color("black"))
    marker = na.DARK.recolor(na.Highlight("가", None, "#fff3cd"))
    assert marker.background is not None
    assert na.Color("#e6e6e6").contrast(marker.background) >= 4.5


def grounds(
    node: na.Node, background: tuple[float, ...], text: na.Color
) -> Iterator[tuple[na.Color, tuple[float, ...]]]:
    """Every text below `node` that a colour was chosen for, with what is behind it."""
    colored = False
    style = getattr(node, "attributes", {}).get("style", "")
    declared = na.Style(style)
    if isinstance(node, na.Highlight):
        behind, color = node.background, node.color
    else:
        behind = declared.color("background-color") or declared.color("background")
        color = declared.color("color")
    if behind is not None:
        background = tuple(
            behind.alpha * t + (1 - behind.alpha) * b for t, b in zip(behind.rgb, background, strict=True)
        )
        colored = True
    if color is not None:
        text, colored = color, True
    if colored:
        yield text, background
    for child in na.children(node):
        yield from grounds(child, background, text)


def luminance(rgb: tuple[float, ...]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


_HEX = st.builds("#{:06x}".format, st.integers(0, 0xFFFFFF))
_COLORS = st.one_of(_HEX, st.builds("#{:08x}".format, st.integers(0, 0xFFFFFFFF)))


@st.composite
def highlights(draw: st.DrawFn, depth: int = 2) -> na.Highlight:
    color, background = draw(st.one_of(st.none(), _COLORS)), draw(st.one_of(st.none(), _COLORS))
    inner: list[str | na.Inline] = ["가"]
    if depth:
        inner.append(draw(highlights(depth - 1)))
    return na.Highlight(inner, color or (None if background else "red"), background)


@pytest.mark.parametrize(
    "palette", [na.DARK, na.Palette(contrast=4.5), na.Palette(contrast=3, page="#777", text="white")]
)
@given(node=highlights())
def test_text_stands_out_from_what_is_behind_it(palette: na.Palette, node: na.Highlight) -> None:
    for text, behind in grounds(palette.recolor(node), palette.page.rgb, palette.text):
        shown = tuple(text.alpha * t + (1 - text.alpha) * b for t, b in zip(text.rgb, behind, strict=True))
        lighter, darker = sorted((luminance(shown), luminance(behind)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= (palette.contrast or 0) - 0.01


@given(strategies.articles(), st.sampled_from([na.DARK, na.Palette(unlisted="class"), na.Palette()]))
def test_words_and_structure_stay(article: na.Article, palette: na.Palette) -> None:
    recolored = palette.recolor(article)
    assert na.plain_text(recolored) == na.plain_text(article)
    assert len(list(na.walk(recolored))) == len(list(na.walk(article)))
    if palette == na.Palette():
        assert recolored is article


@pytest.mark.parametrize(
    "fields",
    [
        {"colors": {"red": "no colour"}},
        {"backgrounds": {"no colour": "red"}},
        {"classes": {"red": "two words"}},
        {"classes": {"red": '"><script>'}},
        {"background_classes": {"red": ""}},
        {"contrast": 7},
        {"page": "#ffffff80"},
    ],
)
def test_what_is_no_color_class_or_contrast_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(na.InvalidValueError):
        na.Palette(**fields)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_nesting_beyond_any_post_is_refused() -> None:
    node: na.Inline = na.Text("가")
    for _ in range(500):
        node = na.Highlight(node, "red")
    with pytest.raises(na.LimitExceeded):
        na.DARK.recolor(node)
