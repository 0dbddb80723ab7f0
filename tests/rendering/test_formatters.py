"""At the level "plain", mdformat finds nothing to change: neither in CommonMark nor, with its plug-in, in GFM."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdao_article as na
from newsdao_article.rendering.markdown_flavors import FlavorName

mdformat = pytest.importorskip("mdformat", reason="has the last word on how Markdown is spelt")

CASES = Path(__file__).resolve().parents[1] / "cases"
NAMES = sorted(path.stem for path in CASES.glob("*.md"))
FLAVORS: tuple[FlavorName, ...] = ("commonmark", "gfm")
#: Real posts are formatted in steps of this: mdformat takes ten times as long as all that comes before.
EVERY = 10


def plain(article: na.Article, flavor: FlavorName) -> str:
    return na.render_markdown(article, na.MarkdownOptions(flavor=flavor, fidelity="plain"))


def formatted(text: str, flavor: FlavorName) -> str:
    extensions = {"gfm"} if flavor == "gfm" else set[str]()
    return str(mdformat.text(text, extensions=extensions, options={"number": True}))


def changes(text: str, flavor: FlavorName) -> list[tuple[str, str]]:
    """The blocks of `text` that mdformat spells otherwise, without those that readers need as they are."""
    excuses = (*_EXCUSES, *(_GFM_EXCUSES if flavor == "gfm" else ()))
    blocks, theirs = text.split("\n\n"), formatted(text, flavor).split("\n\n")
    assert len(blocks) == len(theirs)
    return [
        (block, other)
        for block, other in zip(blocks, theirs, strict=True)
        if block != other and not any(re.search(excuse, block) for excuse in excuses)
    ]


_EXCUSES = (
    # Of two signs before a tag only the first is escaped, which lets the tag through.
    r"\\<\\<",
    # What would open a fence is let stand.
    r"(?m)^(?:- )?\\~\\~\\~",
    # The numbers of a list from ten items on are filled up with zeros.
    r"(?m)^ *10\. ",
)
_GFM_EXCUSES = (
    # The backslashes that keep GitHub from making links of addresses in text are taken away ...
    r"\\[:.@]",
    # ... those that keep it from striking out between single tildes, too, and others are put before two.
    r"\\~|~~",
)


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize(
    ("url", "destination"),
    [
        ("/서울", "/%EC%84%9C%EC%9A%B8"),
        ("예약 링크", "%EC%98%88%EC%95%BD%20%EB%A7%81%ED%81%AC"),
        ("/a%20b?c=100%&d=e", "/a%20b?c=100%25&d=e"),
        ("/a_(b)", "</a_(b)>"),
        ("/a)b", "</a)b>"),
        ("/[a]|`b`\\", "/%5Ba%5D%7C%60b%60%5C"),
    ],
)
def test_addresses_are_percent_encoded(url: str, destination: str, flavor: FlavorName) -> None:
    link = na.Link("글", na.Url.as_read(url))
    text = plain(na.Article.from_blocks([na.Paragraph(["앞 ", link, " 뒤"])]), flavor)
    assert text == f"앞 [글]({destination}) 뒤\n"
    assert formatted(text, flavor) == text


@pytest.mark.parametrize("flavor", FLAVORS)
@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_left_as_it_is(name: str, flavor: FlavorName) -> None:
    assert not changes(plain(na.read(CASES / f"{name}.md").article, flavor), flavor)


@pytest.mark.parametrize("flavor", FLAVORS)
def test_posts_are_left_as_they_are(corpus: Sequence[tuple[str, bytes]], flavor: FlavorName) -> None:
    for name, data in corpus[::EVERY]:
        assert not changes(plain(na.parse(data.decode("utf-8")).article, flavor), flavor), name


#: Signs and what they look at. White space beyond the blank is none to mdformat where it is to readers.
_TEXTS = st.text(st.sampled_from("가나a1 *_`[]()<>&;!\\.-+#:=~|"), min_size=1, max_size=12).filter(str.strip)


@given(
    st.lists(_TEXTS, min_size=1, max_size=3),
    st.sampled_from(["paragraph", "bold", "heading", "list", "link"]),
)
def test_text_is_left_as_it_is(texts: list[str], place: str) -> None:
    blocks: list[na.Block]
    match place:
        case "paragraph":
            blocks = [na.Paragraph(text) for text in texts]
        case "bold":
            blocks = [na.Paragraph(["앞 ", na.Strong(text), " 뒤"]) for text in texts]
        case "heading":
            blocks = [na.Heading(3, text) for text in texts]
        case "link":
            blocks = [na.Paragraph(["앞 ", na.Link(text, "/a"), " 뒤"]) for text in texts]
        case _:
            blocks = [na.List(texts)]
    assert not changes(plain(na.Article.from_blocks(blocks), "commonmark"), "commonmark")
