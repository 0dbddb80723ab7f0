"""The examples do what they say, and stay as short as they promise."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import newsdao_article as na

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def test_built_article_has_the_shape_of_the_house_and_reads_back() -> None:
    article = runpy.run_path(str(EXAMPLES / "build_article.py"))["article"]()
    post = na.parse(na.render_post(article))
    assert post.article == article
    assert post.problems == ()
    kinds = [type(block).__name__ for block in article.blocks]
    section = ["Heading", "Spacer", "Paragraph", "Spacer"]
    assert kinds == ["Paragraph", *section * 3, "Rule", "Table", "Spacer", "Paragraph"]


def test_built_article_is_printed_as_a_post_file() -> None:
    script = EXAMPLES / "build_article.py"
    printed = subprocess.run([sys.executable, script], capture_output=True, check=True).stdout.decode("utf-8")
    assert printed == na.render_post(na.parse(printed).article)
    assert printed.startswith("---\ntitle: ")


def test_build_script_takes_under_forty_lines() -> None:
    assert (EXAMPLES / "build_article.py").read_text(encoding="utf-8").count("\n") < 40


def test_example_post_is_written_in_house_style() -> None:
    post = na.read(EXAMPLES / "night-library.md")
    assert na.render_post(post.article) == post.source
