"""Hostile material in every place that a value can take: default HTML runs nothing and shows the text exactly.

The material is other people's and no part of this project. It is read from the folder that
NEWSDAO_MATERIAL names, else from `shared/material` beside the checkout; without it the tests are skipped.
lexbor, a complete HTML parser, says what a browser would build.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

import newsdao_article as na
from newsdao_article.model.inlines import is_invisible
from newsdao_article.model.url import SAFE_SCHEMES
from newsdao_article.rendering.html_attributes import SAFE_PROPERTIES

ROOT = Path(__file__).resolve().parents[2]
MATERIAL = Path(os.environ.get("NEWSDAO_MATERIAL", ROOT.parent / "shared" / "material"))

#: Whatever default HTML is made of; anything else in the tree is an escape.
INERT_ELEMENTS = frozenset(
    """
    html head body
    h1 h2 h3 h4 h5 h6 p hr figure figcaption ul ol li table caption colgroup col thead tbody tfoot tr th td
    blockquote pre code details summary div section article aside header footer main nav address center dl dt dd
    dir menu hgroup search
    a abbr acronym b bdi bdo big br cite data del dfn em font i img input ins kbd label mark q rb rp rt rtc ruby s
    samp small span strike strong sub sup time tt u var wbr
    """.split()
)
URL_ATTRIBUTES = frozenset(
    "href src action formaction cite data poster background longdesc usemap itemid ping srcset xlink:href".split()
)


def material(name: str) -> list[dict[str, Any]]:
    """The records of a file of the material."""
    path = MATERIAL / name
    if not path.exists():
        pytest.skip(f"no {name}: set NEWSDAO_MATERIAL to the folder of hostile material")
    records: list[dict[str, Any]] = json.loads(path.read_bytes())
    assert records, "a test over no material would pass on nothing"
    return records


@pytest.fixture(scope="module")
def payloads() -> Sequence[str]:
    return sorted({record["payload"] for record in material("xss_vectors.json")})


@pytest.fixture(scope="module")
def urls() -> Sequence[str]:
    return sorted({record["url"] for record in material("url_hostile.json")})


@pytest.fixture(scope="module")
def css() -> Sequence[str]:
    return sorted({record["value"] for record in material("css_hostile.json")})


def dangers(html: str) -> Iterator[str]:
    """What a browser would find in `html` that it should not."""
    parser = LexborHTMLParser(html)
    assert parser.root is not None
    for node in parser.root.traverse(include_text=False):
        tag = node.tag or ""
        if tag.startswith(("-", "!", "_")):
            continue
        if tag not in INERT_ELEMENTS:
            yield f"<{tag}>"
        for name, value in node.attributes.items():
            yield from _dangers_of_attribute(tag, name, value or "")


def _dangers_of_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in {"srcdoc", "srcset", "is", "nonce", "form", "name"}:
        yield f"<{tag} {name}>"
    if name in URL_ATTRIBUTES and (scheme := _scheme(value)) is not None and scheme not in SAFE_SCHEMES:
        yield f"<{tag} {name}={value!r}>"
    if name == "style":
        lowered = value.lower()
        if any(sign in lowered for sign in ("url", "expression", "image-set", "var(", "@", "\\", "/*", "<")):
            yield f"<{tag} style={value!r}>"
        for part in lowered.split(";"):
            name_of_property = part.partition(":")[0].strip(" \t\n\r\f")
            if ":" in part and name_of_property not in SAFE_PROPERTIES:
                yield f"<{tag} style={value!r}>"


def _scheme(url: str) -> str | None:
    """The scheme that the URL standard's parser finds, written without the library's own code."""
    characters = [c for c in url.strip("".join(map(chr, range(0x21)))) if c not in "\t\n\r"]
    found = ""
    for character in characters:
        if character == ":":
            return found.lower() if found else None
        if not (
            character.isascii()
            and (character.isalpha() or (found and (character.isdigit() or character in "+-.")))
        ):
            return None
        found += character
    return None


def as_browsers_show(text: str) -> str:
    """`text` with U+FFFD for what HTML cannot hold, and a line feed for each CR LF and CR."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join("\ufffd" if _is_control(character) else character for character in lines)


def _is_control(character: str) -> bool:
    code = ord(character)
    return (code < 0x20 and character not in "\t\n") or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF


def text(value: str) -> na.Text:
    return na.Text(na.AsRead(value))


TEXT_PLACES: dict[str, Callable[[str], na.Block]] = {
    "paragraph": lambda value: na.Division(text(value)),
    "strong": lambda value: na.Division(na.Strong(text(value))),
    "highlight": lambda value: na.Division(na.Highlight(text(value), "#ee2323")),
    "link": lambda value: na.Division(na.Link(text(value), "/a")),
    "code": lambda value: na.Division(na.Code(na.AsRead(value))),
    "code block": lambda value: na.CodeBlock(na.AsRead(value)),
    "list item": lambda value: na.List([text(value)]),
    "cell": lambda value: na.Table([[text(value)]]),
    "heading": lambda value: na.Heading(2, text(value)),
    "raw inline": lambda value: na.Division(na.RawInline(value)),
    "raw block": lambda value: na.Division(na.RawBlock(value)),
}


@pytest.mark.parametrize("place", TEXT_PLACES)
def test_text_is_shown_exactly_and_nothing_else_happens(place: str, payloads: Sequence[str]) -> None:
    for payload in payloads:
        block = TEXT_PLACES[place](payload)
        html = na.render_html(block)
        assert not list(dangers(html)), payload
        body = LexborHTMLParser(html).body
        assert body is not None
        shown, expected = body.text(), as_browsers_show(payload)
        if place in {"list item", "cell", "raw block"}:
            # Line ends of the layout, and outer blanks that no reader sees, are around the text.
            shown, expected = shown.strip(" \t\n"), expected.strip(" \t\n")
        assert shown == expected, payload


ATTRIBUTE_PLACES: dict[str, tuple[str, str, Callable[[str], na.Inline]]] = {
    "alt": ("img", "alt", lambda value: na.Image("/a", na.AsRead(value))),
    "title": ("a", "title", lambda value: na.Link("x", "/a", na.AsRead(value))),
    "class": (
        "span",
        "class",
        lambda value: na.Span("x", attributes=na.Attributes.as_read({"class": value})),
    ),
    "data": (
        "span",
        "data-x",
        lambda value: na.Span("x", attributes=na.Attributes.as_read({"data-x": value})),
    ),
}


@pytest.mark.parametrize("place", ATTRIBUTE_PLACES)
def test_attribute_values_stay_values(place: str, payloads: Sequence[str]) -> None:
    tag, name, node = ATTRIBUTE_PLACES[place]
    for payload in payloads:
        html = na.render_html(node(payload))
        assert not list(dangers(html)), payload
        element = LexborHTMLParser(html).css_first(tag)
        assert element is not None
        assert (element.attributes[name] or "") == as_browsers_show(payload)


def test_attribute_names_stay_names_or_go(payloads: Sequence[str]) -> None:
    for payload in payloads:
        bag = na.Attributes.as_read({payload: "x", f"data-{payload}": "y"})
        assert not list(dangers(na.render_html(na.Span("x", attributes=bag)))), payload


def test_element_names_stay_names_or_go(payloads: Sequence[str]) -> None:
    for payload in (
        *payloads,
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "template",
        "base",
    ):
        tag = na.AsRead(payload)
        both = na.Division([na.Span("x", tag), na.Division("x", tag)])
        assert not list(dangers(na.render_html(both))), payload


def test_comments_stay_comments_or_go(payloads: Sequence[str]) -> None:
    for payload in payloads:
        node: na.Comment
        try:
            node = na.Comment(payload)
        except na.InvalidValueError:
            node = na.Comment(na.AsRead(payload))
        html = na.render_html(na.Division(["앞", node, "뒤"]))
        assert not list(dangers(html)), payload
        body = LexborHTMLParser(html).body
        assert body is not None
        assert body.text() == "앞뒤", payload


def test_titles_are_text(payloads: Sequence[str]) -> None:
    options = na.HtmlOptions(title=True)
    for payload in payloads:
        article = na.Article(na.FrontMatter(title=na.AsRead(payload)))
        assert not list(dangers(na.render_html(article, options))), payload


def test_urls_of_other_schemes_are_left_out(urls: Sequence[str], payloads: Sequence[str]) -> None:
    for url in (*urls, *payloads):
        held = na.Url.as_read(url)
        bag = na.Attributes.as_read(dict.fromkeys(sorted(URL_ATTRIBUTES), url))
        nodes: list[na.Inline] = [
            na.Link("x", held),
            na.Image(held),
            na.Span("x", attributes=bag),
            na.Span("x", "a", attributes=bag),
        ]
        assert not list(dangers(na.render_html(na.Division(nodes)))), url


def test_urls_that_the_constructor_takes_are_of_a_listed_scheme(urls: Sequence[str]) -> None:
    for url in urls:
        try:
            link = na.Link("x", url)
        except na.InvalidValueError:
            continue
        assert not list(dangers(na.render_html(link))), url


def test_declarations_that_load_run_or_escape_are_left_out(
    css: Sequence[str], payloads: Sequence[str]
) -> None:
    for value in (*css, *payloads):
        for style in (value, f"color: {value}", f"background: {value};", f"width: {value}; color: red"):
            bag = na.Attributes.as_read({"style": style})
            nodes = na.Division([na.Span("x", attributes=bag), na.Highlight("x", "red", attributes=bag)])
            assert not list(dangers(na.render_html(nodes))), style


def test_colours_that_the_constructor_takes_are_inert(css: Sequence[str]) -> None:
    for value in css:
        try:
            node = na.Highlight("x", value, value)
        except na.InvalidValueError:
            continue
        assert not list(dangers(na.render_html(node))), value


def test_whole_posts_are_inert(payloads: Sequence[str], urls: Sequence[str], css: Sequence[str]) -> None:
    bodies = [
        *payloads,
        *(f"[x]({url}) ![x]({url}) <{url}>" for url in urls),
        *(f"<a href='{url}'>x</a><img src='{url}'>" for url in urls),
        *(f"<p style='{value}'>x</p>\n\n<b style=\"{value}\">x</b>" for value in css),
    ]
    for body in bodies:
        for source in (body, f"글 {body} 글", f"<p>{body}</p>", f"- {body}", f"| {body} | b |"):
            article = _parsed(source)
            if article is not None:
                assert not list(dangers(na.render_html(article))), source


def _parsed(source: str) -> na.Article | None:
    try:
        return na.parse(f"---\ntitle: x\n---\n\n{source}").article
    except na.LimitExceeded:
        return None


def test_the_same_posts_are_dangerous_when_everything_is_kept(payloads: Sequence[str]) -> None:
    """Without this, a detector that sees nothing would pass for a renderer that lets nothing through."""
    options = na.HtmlOptions(raw="keep")
    seen = 0
    for payload in payloads:
        article = _parsed(payload)
        seen += article is not None and any(True for _ in dangers(na.render_html(article, options)))
    assert seen * 2 > len(payloads)


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        "<svg></svg>",
        "<iframe></iframe>",
        "<math></math>",
        "<p onclick=x>y</p>",
        "<a href=' java\tscript:x'>y</a>",
        "<img src=data:x>",
        "<p style='background: url(x)'>y</p>",
        "<p style='position: fixed'>y</p>",
        "<form name=x></form>",
    ],
)
def test_the_detector_sees(html: str) -> None:
    assert list(dangers(html))


def test_a_paragraph_of_hostile_text_is_still_one_paragraph(payloads: Sequence[str]) -> None:
    for payload in payloads:
        content = (text(payload),) if payload else ()
        if is_invisible(content):
            continue
        body = LexborHTMLParser(na.render_html(na.Paragraph(content))).body
        assert body is not None
        assert [node.tag for node in body.iter()] == ["p"], payload
