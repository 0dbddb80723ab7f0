"""The laws on real posts. They are other people's text and no part of this project: see `corpus` in conftest."""

from __future__ import annotations

import collections
import html
import re
from collections.abc import Iterator, Sequence

import pytest

import newsdao_article as na

Corpus = Sequence[tuple[str, bytes]]

#: The post that the house style was taken from.
SEED = "flaretime/2024-07-19-2391.md"
BLANKS = " \t\n\r\f"


@pytest.fixture(scope="module")
def posts(corpus: Corpus) -> list[tuple[str, str, na.Post]]:
    """Every post as name, text and reading."""
    read: list[tuple[str, str, na.Post]] = []
    for name, data in corpus:
        text = data.decode("utf-8")
        read.append((name, text, na.parse(text)))
    return read


Posts = list[tuple[str, str, na.Post]]


def failures(found: Iterator[str]) -> None:
    names = list(found)
    assert not names, f"{len(names)} posts: {', '.join(names[:20])}"


def test_source_is_the_text(posts: Posts) -> None:
    failures(name for name, text, post in posts if post.source != text or str(post) != text)


def test_pieces_tile_the_text(posts: Posts) -> None:
    def gaps() -> Iterator[str]:
        for name, text, post in posts:
            ends = [0, *(piece.end for piece in post.pieces)]
            starts = [*(piece.start for piece in post.pieces), len(text)]
            if ends != starts:
                yield name

    failures(gaps())


def test_pieces_hold_the_blocks_of_the_article(posts: Posts) -> None:
    failures(
        name
        for name, _, post in posts
        if tuple(block for piece in post.pieces for block in piece.blocks) != post.article.blocks
    )


def test_gaps_between_blocks_hold_nothing_that_shows(posts: Posts) -> None:
    def showing() -> Iterator[str]:
        for name, text, post in posts:
            for piece in post.pieces:
                if (
                    not piece.blocks
                    and piece.start >= post.body_start
                    and piece.span.slice(text).strip(BLANKS)
                ):
                    yield f"{name}@{piece.start}"

    failures(showing())


def test_at_most_one_post_in_a_thousand_needs_raw_markup(posts: Posts) -> None:
    raw = [
        name
        for name, _, post in posts
        if any(isinstance(node, (na.RawBlock, na.RawInline)) for node in na.walk(post.article))
    ]
    assert len(raw) * 1000 <= len(posts), raw


def test_every_visible_character_of_the_body_is_in_the_plain_text(posts: Posts) -> None:
    """Judged on the source alone: the letters that are left of it without what is markup to kramdown or browsers."""

    def losing() -> Iterator[str]:
        for name, text, post in posts:
            body = text[post.body_start :]
            authored = collections.Counter(_visible(_TAG.sub(" ", body)))
            kept = collections.Counter(_visible(na.plain_text(post.article)))
            if lost := authored - kept:
                yield f"{name} {dict(lost)!r}"

    failures(losing())


# Comments, instructions and end tags with names that no browser takes for one; scripts; what HTML and kramdown
# both take for a tag; destinations of Markdown links and images; the numbers of Markdown lists.
_TAG = re.compile(
    r"<!--.*?-->|<\?.*?\?>|</[^\sA-Za-z<>][^<>]*>|<(script|style)\b.*?</\1>"
    r"|</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w:.-]*(?:=(?:\w+|\"[^\"]*\"|'[^']*'))?)*\s*/?>"
    r"|!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)|^ *\d+\.\s",
    re.DOTALL | re.MULTILINE,
)
# Letters and digits of every script: punctuation may be markup.
_LETTERS = re.compile(r"[^\W_]")


def _visible(text: str) -> list[str]:
    return _LETTERS.findall(html.unescape(text))


def test_a_rendered_post_reads_back_as_its_article(posts: Posts) -> None:
    failures(
        name for name, _, post in posts if na.parse(na.render_post(post.article)).article != post.article
    )


def test_rendered_html_reads_back_as_the_body(posts: Posts) -> None:
    options = na.HtmlOptions(raw="keep")
    failures(
        name
        for name, _, post in posts
        if na.parse(f"---\n---\n\n{na.render_html(post.article, options)}").article.blocks
        != post.article.blocks
    )


def test_json_reads_back_as_the_article(posts: Posts) -> None:
    failures(name for name, _, post in posts if na.from_json(na.to_json(post.article)) != post.article)


def test_the_seed_post_is_rendered_as_it_was_written_but_for_its_slip(posts: Posts) -> None:
    """The file has one blank after `</table>`, which its own style does not have."""
    text, article = next((text, post.article) for name, text, post in posts if name == SEED)
    rendered = na.render_post(article)
    slip = text.index("</table> ") + len("</table>")
    assert rendered == text[:slip] + text[slip + 1 :]


def test_front_matter_that_jekyll_cannot_read_has_a_problem_and_a_recovered_title(posts: Posts) -> None:
    broken = [
        (name, post)
        for name, _, post in posts
        if any(p.code == "front-matter-invalid" for p in post.problems)
    ]
    assert broken
    for name, post in broken:
        assert post.article.front_matter == na.FrontMatter(), name
        assert post.recovered_title is not None, name
        assert post.recovered_title.text, name


def test_problems_point_into_the_text(posts: Posts) -> None:
    for name, text, post in posts:
        for problem in post.problems:
            assert 0 <= problem.span.start <= problem.span.end <= len(text), name
            before = text[: problem.span.start]
            assert problem.line == before.count("\n") + 1 or "\r" in before, name
