"""The types that users of the library see."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import markupsafe

import newsdao_article as na


def reading(text: str, path: Path) -> None:
    assert_type(na.parse(text), na.Post)
    assert_type(na.read(path), na.Post)
    assert_type(na.parse(text).source, str)
    assert_type(na.parse(text).article, na.Article)
    assert_type(na.parse(text).problems, tuple[na.Problem, ...])
    na.parse(b"bytes")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def building() -> None:
    assert_type(na.Paragraph("text"), na.Paragraph)
    assert_type(na.Paragraph(["text ", na.Strong("in bold")]), na.Paragraph)
    assert_type(na.Article(lead=[na.Paragraph("text")]), na.Article)
    assert_type(na.Article().blocks, tuple[na.Block, ...])
    na.Paragraph(1)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def rendering(article: na.Article, block: na.Block, inline: na.Inline) -> None:
    assert_type(na.render_html(article), markupsafe.Markup)
    assert_type(na.render_html(block), markupsafe.Markup)
    assert_type(na.render_html(inline, na.HtmlOptions(raw="drop")), markupsafe.Markup)
    assert_type(na.render_markdown(article, na.MarkdownOptions(flavor="gfm")), str)
    assert_type(na.render_text(article, na.TextOptions(width=80)), str)
    assert_type(na.render_post(article), str)
    assert_type(na.render_post(article, na.NEWSDAO), str)
    assert_type(na.render_html(article, na.HtmlOptions(palette=na.DARK)), markupsafe.Markup)
    assert_type(na.Palette(colors={"red": "blue"}, classes={"#fff": "light"}), na.Palette)
    assert_type(na.DARK.recolor(article), na.Article)
    assert_type(article.summary(100), str)
    options = na.MarkdownOptions(wrap=80, links="reference", highlights="mark", front_matter="hugo")
    assert_type(na.render_markdown(article, options), str)
    na.MarkdownOptions(front_matter="typo")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    na.HtmlOptions(raw="perhaps")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def editing(post: na.Post, article: na.Article, path: Path) -> None:
    assert_type(post.with_article(article), na.Post)
    assert_type(post.map(lambda node: node), na.Post)
    assert_type(post.map(lambda node: ()), na.Post)
    assert_type(post.changes(), tuple[na.Change, ...])
    assert_type(post.changes()[0].old, object)
    assert_type(post.diff("name"), str)
    assert_type(post.write(path), None)
    assert_type(article.replace_text("old", "new"), na.Article)
    assert_type(article.replace_colors({"#fff": "#000"}), na.Article)
    assert_type(article.set("blocks[0].level", 3), na.Article)
    post.with_article(post)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
