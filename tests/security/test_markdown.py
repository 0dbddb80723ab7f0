"""Hostile text written as Markdown: every flavour's own engine shows the text exactly, and nothing else happens.

The material is that of `test_inert`; the engines take HTML in Markdown as HTML, as sites that publish such posts do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypeAlias

import pytest
from selectolax.lexbor import LexborHTMLParser

import newsdao_article as na
from newsdao_article.model.inlines import is_invisible
from newsdao_article.rendering.markdown_flavors import FlavorName
from tests.differential.engine import KramdownEngine, why_missing
from tests.differential.markdown_engines import commonmark_engines
from tests.security.test_inert import MATERIAL, as_browsers_show, dangers, material

pytestmark = pytest.mark.differential

#: Reads many pieces of Markdown, gives their HTML.
Reader = Callable[[Sequence[str]], list[str]]
Level: TypeAlias = Literal["reader", "plain"]
LEVELS: tuple[Level, ...] = ("reader", "plain")


@pytest.fixture(scope="module")
def payloads() -> Sequence[str]:
    return sorted({record["payload"] for record in material("xss_vectors.json")})


@pytest.fixture(scope="module")
def kramdown() -> Iterator[Reader]:
    if (missing := why_missing()) is not None:
        pytest.skip(missing)
    with KramdownEngine() as engine:

        def read(texts: Sequence[str]) -> list[str]:
            answers = engine.render_all(texts)
            assert not [answer.error for answer in answers if answer.error]
            return [answer.html or "" for answer in answers]

        yield read


@pytest.fixture(scope="module", params=("kramdown", "commonmark", "gfm"))
def flavor(request: pytest.FixtureRequest) -> FlavorName:
    name: FlavorName = request.param
    return name


@pytest.fixture(scope="module")
def readers(flavor: FlavorName, request: pytest.FixtureRequest) -> list[Reader]:
    if flavor == "kramdown":
        return [request.getfixturevalue("kramdown")]
    return [
        lambda texts, engine=engine: [engine(text) for text in texts]  # type: ignore[misc]
        for engine in commonmark_engines(flavor)
    ]


PLACES: dict[str, Callable[[na.Text], na.Block]] = {
    "paragraph": lambda text: na.Paragraph(text, size=None),
    "paragraph of the editor": na.Paragraph,
    "heading": lambda text: na.Heading(2, text, None),
    "bold": lambda text: na.Paragraph(na.Strong(text), size=None),
    "highlight": lambda text: na.Paragraph(na.Highlight(text, "#ee2323"), size=None),
    "link": lambda text: na.Paragraph(na.Link(text, "/a"), size=None),
    "list": lambda text: na.List([text, "나"]),
    "cell": lambda text: na.Table(
        [[text, "나"]], [na.Row([na.Cell("가", header=True), na.Cell("나", header=True)])]
    ),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("place", PLACES)
def test_text_is_shown_exactly_and_nothing_else_happens(
    place: str, level: Level, flavor: FlavorName, readers: list[Reader], payloads: Sequence[str]
) -> None:
    options = na.MarkdownOptions(flavor=flavor, fidelity=level)
    texts = [text for payload in payloads if not is_invisible((text := na.Text(na.AsRead(payload)),))]
    articles = [na.Article.from_blocks([PLACES[place](text)]) for text in texts]
    written = [na.render_markdown(article, options) for article in articles]
    for read in readers:
        for text, article, markdown, html in zip(texts, articles, written, read(written), strict=True):
            assert not list(dangers(html)), markdown
            # A form feed is white space to HTML, whose controls Markdown's levels take for blanks.
            expected = collapsed(as_browsers_show(text.text.replace("\f", " ")))
            reduced = na.reduce(article, level, flavor).article
            assert expected in (shown := visible(html)), markdown
            assert shown == visible(str(na.render_html(reduced))), markdown


def collapsed(text: str) -> str:
    return re.sub("[ \t\n\f]+", " ", text).strip(" ")


def visible(html: str) -> str:
    """The text of a document; cells and items end with a blank."""
    body = LexborHTMLParser(re.sub("</(?:td|th|li|p)>", " ", html)).body
    assert body is not None
    return collapsed(body.text())


@pytest.fixture(scope="module")
def table() -> dict[str, dict[str, dict[str, list[str]]]]:
    """What breaks in which context, by character and way of writing it."""
    path = MATERIAL / "md_escape_table.json"
    if not path.exists():
        pytest.skip(f"no {path.name}: set NEWSDAO_MATERIAL to the folder that holds it")
    found: dict[str, dict[str, dict[str, list[str]]]] = json.loads(path.read_bytes())["breaks_in"]
    return found


CONTEXTS = {
    "mid": "a%sb",
    "start": "%sb",
    "start space": "%s b",
    "dbl": "a%s%sb",
    "pair": "a %sb%s c",
    "start dbl": "%s%s b",
    "end": "b%s",
    "after num": "1%s b",
    "tri": "a%s%s%sb",
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_signs_stay_text_and_those_that_would_anyway_have_no_escape(
    context: str,
    flavor: FlavorName,
    readers: list[Reader],
    table: dict[str, dict[str, dict[str, list[str]]]],
) -> None:
    engine = "kramdown" if flavor == "kramdown" else "commonmark"
    characters = sorted(table)
    assert len(characters) == 32
    texts = [CONTEXTS[context].replace("%s", character) for character in characters]
    options = na.MarkdownOptions(flavor=flavor)
    written = [na.render_markdown(na.Paragraph(text), options) for text in texts]
    for read in readers:
        assert [visible(html) for html in read(written)] == texts
    for character, text, markdown in zip(characters, texts, written, strict=True):
        if context not in table[character]["raw"][engine] and (character, context) not in _BREAKS_ELSEWHERE:
            assert markdown == text


#: What the table's engines leave alone and others do not: comrak strikes out between single tildes. And what becomes
#: a sign by the blocks around it: the definition of a term before it, a formula that ends in what follows, Liquid.
_BREAKS_ELSEWHERE = {
    ("~", "pair"),
    (":", "start space"),
    ("$", "start dbl"),
    ("{", "dbl"),
    ("{", "start dbl"),
    ("{", "tri"),
}
