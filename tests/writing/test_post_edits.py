"""What a post says of its edits, and what it refuses."""

from __future__ import annotations

import subprocess
from pathlib import Path

import attrs
import pytest

import newsdao_article as na
from newsdao_article.model.walk import Node

SOURCE = """---
title: 첫눈
categories:
  - News
excerpt: >
  첫눈이 왔다.
---

<h2 data-ke-size="size26">날씨</h2>

<p data-ke-size="size16">밤새 <b><span style="color: #ee2323;">10cm</span></b></p>

<p data-ke-size="size16">&nbsp;</p>

끝. [보기](https://example.org)"""


@pytest.fixture
def post() -> na.Post:
    return na.parse(SOURCE)


def test_post_that_was_read_has_no_changes(post: na.Post) -> None:
    assert (post.original, post.changes(), post.diff()) == (None, (), "")


def test_equal_article_gives_the_post_itself(post: na.Post) -> None:
    assert post.with_article(na.parse(SOURCE).article) is post


def test_map_edits_every_node(post: na.Post) -> None:
    def one_level_down(node: Node) -> Node:
        return attrs.evolve(node, level=node.level + 1) if isinstance(node, na.Heading) else node

    assert post.map(one_level_down).source == SOURCE.replace("h2", "h3")


def test_map_can_remove_nodes(post: na.Post) -> None:
    edited = post.map(lambda node: () if isinstance(node, na.Spacer) else node)
    assert edited.source == SOURCE.replace('<p data-ke-size="size16">&nbsp;</p>\n\n', "")


def test_changes_are_typed_values_with_their_paths(post: na.Post) -> None:
    article = (
        post.article.set("title", "큰눈").replace_text("10cm", "20cm").replace_colors({"#ee2323": "#c00"})
    )
    edited = post.with_article(article)
    assert edited.changes() == (
        na.Change("front_matter.title", "첫눈", "큰눈"),
        na.Change("blocks[1].content[1].content[0].content[0].text", "10cm", "20cm"),
        na.Change("blocks[1].content[1].content[0].color", na.Color("#ee2323"), na.Color("#c00")),
    )


def test_changes_name_what_came_and_went(post: na.Post) -> None:
    blocks = post.article.blocks
    new = na.Paragraph("새 문단")
    edited = post.with_article(
        na.Article.from_blocks([*blocks[:2], new, blocks[3]], post.article.front_matter)
    )
    assert {(change.path, change.old, change.new) for change in edited.changes()} == {
        ("blocks[2]", None, new),
        ("blocks[2]", blocks[2], None),
    } or edited.changes() == (na.Change("blocks[2]", blocks[2], new),)


def test_changes_and_diff_reach_back_to_what_was_read(post: na.Post) -> None:
    twice = post.map(lambda node: node if not isinstance(node, na.Spacer) else ())
    twice = twice.with_article(twice.article.set("title", "큰눈"))
    assert twice.original is post
    assert [change.path for change in twice.changes()] == ["front_matter.title", "blocks[2]"]
    back = twice.with_article(post.article)
    assert back.changes() == ()


def test_diff_is_a_patch(post: na.Post, tmp_path: Path) -> None:
    edited = post.with_article(post.article.set("title", "큰눈").replace_text("보기", "사진"))
    patch = edited.diff("_posts/snow.md")
    assert patch.startswith(
        "--- a/_posts/snow.md\n+++ b/_posts/snow.md\n@@ -1,5 +1,5 @@\n ---\n-title: 첫눈\n+title: 큰눈\n"
    )
    assert patch.endswith("\\ No newline at end of file\n")
    (tmp_path / "_posts").mkdir()
    file = tmp_path / "_posts" / "snow.md"
    file.write_bytes(SOURCE.encode())
    subprocess.run(["git", "apply"], input=patch.encode(), cwd=tmp_path, check=True)
    assert file.read_bytes().decode() == edited.source


def test_article_that_no_post_can_say_is_refused_with_both_readings(post: na.Post) -> None:
    link = na.Link("나", "https://example.org/a")
    nested = na.Paragraph(attrs.evolve(link, content=(na.Text("가 "), link)))
    article = na.Article.from_blocks([*post.article.blocks, nested], post.article.front_matter)
    with pytest.raises(na.RoundTripError, match=r"blocks\[4\].*nothing was written") as refused:
        post.with_article(article)
    assert refused.value.path.startswith("blocks[4]")
    assert refused.value.requested != refused.value.read


def test_edit_that_needs_the_whole_block_says_so() -> None:
    post = na.parse("|가|나|\n|:-:|---|\n|다|라|\n")
    cell = post.article.blocks[0]
    assert isinstance(cell, na.Table)
    edited = post.with_article(post.article.set("blocks[0].body[0].cells[0].align", "right"))
    (problem,) = edited.problems
    assert problem.code == "edit-rewrote-block"
    assert (problem.line, problem.column) == (1, 1)
    assert edited.article.blocks[0] != cell


@pytest.mark.parametrize(
    ("source", "order", "expected"),
    [
        ("<p>가</p>\n나\n\n<h2>다</h2>\n라\n", (0, 2, 3, 1), "<p>가</p>\n\n<h2>다</h2>\n라\n\n나\n"),
        ("<p>가</p>\n나\n\n<p>다</p>\n라\n", (0, 1, 3), "<p>가</p>\n나\n\n라\n"),
        ("가\n\n<h2>나</h2>\n다\n", (1, 0, 2), "<h2>나</h2>\n\n가\n\n다\n"),
    ],
)
def test_paragraphs_that_come_together_get_an_empty_line_between_them(
    source: str, order: tuple[int, ...], expected: str
) -> None:
    post = na.parse(source)
    blocks = [post.article.blocks[k] for k in order]
    assert post.with_article(na.Article.from_blocks(blocks)).source == expected


@pytest.mark.parametrize(
    ("source", "closed"),
    [
        ("<P Align=center>값 <b>나\n\n* 가\n", "<P Align=center>값 <b>나\n\n* 가\n</b></P>"),
        ("가\n\n<div Class='a'>\n<p>나</p>\n\n다\n", "가\n\n<div Class='a'>\n<p>나</p>\n\n다\n</div>"),
        ("<Blockquote>나\n", "<Blockquote>나\n</Blockquote>"),
    ],
)
def test_block_behind_an_open_tag_adds_the_end_tag_and_says_so(source: str, closed: str) -> None:
    post = na.parse(source)
    edited = post.with_article(na.Article.from_blocks([*post.article.blocks, na.Rule()]))
    assert edited.source.startswith(closed)
    assert "edit-closed-block" in [problem.code for problem in edited.problems]


@pytest.mark.parametrize(
    "source",
    ["<div>나<script>가</script>다</div>\n", "<details><summary>가</summary>나<?php x ?>다</details>\n"],
)
def test_text_beside_raw_markup_changes_alone(source: str) -> None:
    post = na.parse(source)
    edited = post.with_article(post.article.replace_text("나", "라"))
    assert edited.source == source.replace("나", "라")


def test_block_before_an_open_tag_leaves_it_open() -> None:
    source = "<Blockquote>나\n"
    post = na.parse(source)
    edited = post.with_article(na.Article.from_blocks([na.Rule(), *post.article.blocks]))
    assert edited.source.endswith(source)


def test_unreadable_front_matter_is_kept_as_comments_below_the_new_one() -> None:
    post = na.parse("---\ntitle: [속보] 눈\nimage: a\x00b\n---\n\n본문\n")
    assert post.article.front_matter == na.FrontMatter()
    edited = post.with_article(post.article.set("title", "[속보] 눈"))
    assert edited.article.front_matter.title == "[속보] 눈"
    assert "# title: [속보] 눈\n# image: a\\x00b\n" in edited.source
    assert "edit-rewrote-front-matter" in [problem.code for problem in edited.problems]
