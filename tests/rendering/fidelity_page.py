"""The tables of `docs/fidelity.md`, measured: `python -m tests.rendering.fidelity_page` writes them anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import newsdao_article as na
from newsdao_article.rendering.markdown import Fidelity
from newsdao_article.rendering.markdown_flavors import FlavorName
from newsdao_article.rendering.reduction import LOSSES

__all__ = ["PAGE", "SAMPLES", "page"]

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "fidelity.md"
_MARK: Final = "<!-- Measured by tests/rendering/fidelity_page.py; run it to write this anew. -->"
_FLAVORS: Final[dict[FlavorName, str]] = {
    "kramdown": "kramdown (Jekyll)",
    "commonmark": "CommonMark",
    "gfm": "GitHub (GFM)",
}
_LEVELS: Final[tuple[Fidelity, ...]] = ("exact", "reader", "plain")
_TAG = re.compile(r"<(?!https?:)")


def _line(*content: str | na.Inline) -> na.Block:
    return na.Paragraph(["앞 ", *content, " 뒤"], size=None)


def _row(*cells: str | na.Cell, header: bool = False) -> na.Row:
    return na.Row([cell if isinstance(cell, na.Cell) else na.Cell(cell, header=header) for cell in cells])


def _aligned(text: str, *, header: bool = False) -> na.Cell:
    # As kramdown spells it.
    return na.Cell(text, header=header, align="center", attributes={"style": "text-align: center"})


#: What is measured: in words, and as a block.
SAMPLES: Final[tuple[tuple[str, na.Block], ...]] = (
    ("text", _line("낱말")),
    ("bold (`<strong>`)", _line(na.Strong("낱말", "strong"))),
    ("bold (`<b>`)", _line(na.Strong("낱말", "b"))),
    (
        "bold with a particle: **경고(위험)**는",
        na.Paragraph([na.Strong("경고(위험)", "strong"), "는"], size=None),
    ),
    ("italic (`<em>`)", _line(na.Emphasis("낱말", "em"))),
    ("struck out (`<del>`)", _line(na.Strikethrough("낱말", "del"))),
    ("underlined", _line(na.Underline("낱말"))),
    ("text colour", _line(na.Highlight("낱말", "#ee2323"))),
    ("background colour", _line(na.Highlight("낱말", None, "#fff3cd"))),
    ("small print", _line(na.Small("낱말"))),
    ("raised, lowered", _line(na.Superscript("위"), na.Subscript("아래"))),
    ("marked (`<mark>`)", _line(na.Span("낱말", "mark"))),
    ("code", _line(na.Code("낱말"))),
    ("link", _line(na.Link("낱말", "/a", "제목"))),
    (
        "link with `rel`, `target`",
        _line(na.Link("낱말", "/a", attributes={"rel": "nofollow", "target": "_blank"})),
    ),
    ("image with alternative text", _line(na.Image("/a.png", "그림"))),
    ("image with a size", _line(na.Image("/a.png", "그림", attributes={"width": "80"}))),
    ("line break", _line("하나", na.LineBreak(), "둘")),
    ("comment", na.Comment(" 메모 ")),
    ("raw markup", na.RawBlock("<script>x()</script>")),
    ("heading", na.Heading(2, "제목", None)),
    ("heading with the editor's size", na.Heading(2, "제목")),
    ("heading with an `id`", na.Heading(2, "제목", None, attributes={"id": "a"})),
    ("paragraph with the editor's size", na.Paragraph("글")),
    ("paragraph with a class", na.Paragraph("글", size=None, attributes={"class": "a"})),
    ("paragraph, centred", na.Paragraph("글", size=None, attributes={"style": "text-align: center;"})),
    ("paragraph with another style", na.Paragraph("글", size=None, attributes={"style": "margin: 1em;"})),
    ("empty line (`<p>&nbsp;</p>`)", na.Spacer(None)),
    ("rule", na.Rule()),
    ("quote", na.Quote([na.Paragraph("글", size=None)])),
    ("code block", na.CodeBlock("x = 1\n", "python")),
    ("bullet list", na.List(["하나", "둘"])),
    ("numbered list", na.List(["하나", "둘"], ordered=True)),
    ("numbered list from 3", na.List(["셋", "넷"], ordered=True, start=3)),
    ("list in a list", na.List([na.ListItem(["하나", na.List(["둘"])])])),
    ("list with a table in it", na.List([na.ListItem(["하나", na.Table([_row("가", "나")])])])),
    ("table with a header", na.Table([_row("가", "나")], [_row("이름", "값", header=True)])),
    ("table without a header", na.Table([_row("가", "나")])),
    (
        "table with an aligned column",
        na.Table(
            [_row("가", _aligned("나"))],
            [na.Row([na.Cell("이름", header=True), _aligned("값", header=True)])],
        ),
    ),
    (
        "table with one cell aligned",
        na.Table(
            [_row("가", "나"), na.Row([na.Cell("다"), na.Cell("라", align="right")])],
            [_row("이름", "값", header=True)],
        ),
    ),
    ("table with joined cells", na.Table([_row(na.Cell("가", colspan=2)), _row("나", "다")])),
    (
        "table with coloured cells",
        na.Table([_row(na.Cell("가", attributes={"style": "background-color: #fff3cd;"}))]),
    ),
    ("table with a caption", na.Table([_row("가", "나")], [_row("이름", "값", header=True)], caption="설명")),
    ("table with a list in a cell", na.Table([_row(na.Cell([na.List(["가"])]), "나")])),
    ("figure with a caption", na.Figure([na.Image("/a.png", "그림")], "설명")),
    ("details", na.Details("요약", [na.Paragraph("글", size=None)])),
    ("division", na.Division([na.Paragraph("글", size=None)])),
    ("questions and answers", na.Faq([na.FaqItem("질문", [na.Paragraph("답", size=None)])])),
)


def _in_markdown(block: na.Block, flavor: FlavorName, level: Fidelity) -> str:
    article = na.Article.from_blocks([block])
    text = na.render_markdown(article, na.MarkdownOptions(flavor=flavor, fidelity=level, raw="keep"))
    written = "" if not text.strip() else "HTML" if _TAG.search(text) else "Markdown"
    if level == "exact":
        return written
    lost = [f"`{loss.kind}`" for loss in na.reduce(article, level, flavor).losses]
    if not lost:
        return written
    return f"{written}, less {', '.join(lost)}" if written else f"– {', '.join(lost)}"


def _in_html(block: na.Block) -> str:
    article = na.Article.from_blocks([block])
    if na.parse(f"---\n---\n{na.render_html(article)}").article == article:
        return "kept"
    kept = na.render_html(article, na.HtmlOptions(raw="keep"))
    return "kept with `raw`" if na.parse(f"---\n---\n{kept}").article == article else "–"


def _in_post(block: na.Block) -> str:
    article = na.Article.from_blocks([block])
    return "kept" if na.parse(na.render_post(article)).article == article else "–"


def _in_text(block: na.Block) -> str:
    default = na.render_text(block)
    options = {
        "`links`": na.TextOptions(links="inline"),
        "`highlights`": na.TextOptions(highlights=("[", "]")),
        "`images`": na.TextOptions(images="alt"),
        "`headings`": na.TextOptions(headings="marks"),
    }
    told = [name for name, option in options.items() if na.render_text(block, option) != default]
    words = na.plain_text(block).split()
    shown = "–" if not default else "words" if default.split() == words else "words, drawn"
    if not default and words:
        raise AssertionError(f"words are lost: {block}")
    return f"{shown}; more with {', '.join(told)}" if told else shown


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]
    )


def page(prose: str) -> str:
    """The page: its prose, and the tables measured."""
    parts = [prose, _MARK, "## HTML, post files, text"]
    rows = [[name, _in_html(block), _in_post(block), _in_text(block)] for name, block in SAMPLES]
    parts.append(_table(["", "HTML", "post file", "text"], rows))
    for flavor, title in _FLAVORS.items():
        parts.append(f"## Markdown for {title}")
        measured = [
            [name, *(_in_markdown(block, flavor, level) for level in _LEVELS)] for name, block in SAMPLES
        ]
        parts.append(_table(["", *(f"`{level}`" for level in _LEVELS)], measured))
    parts.append("## What the losses are")
    parts.append(
        _table(
            ["kind", "from", "what is taken out"], [[f"`{k}`", f"`{v[0]}`", v[1]] for k, v in LOSSES.items()]
        )
    )
    return "\n\n".join(parts) + "\n"


def prose_of(text: str) -> str:
    """What people wrote of the page."""
    return text.partition(_MARK)[0].rstrip("\n")


if __name__ == "__main__":
    PAGE.write_text(page(prose_of(PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
