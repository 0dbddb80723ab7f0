"""Posts in each of the dialects that sites write, beside what they become.

`tests/cases/NAME.md` is a post; the files in `tests/cases/NAME/` are its renderings, compared character for
character. After a change that is meant to alter them, write them anew and look at every difference:

    NEWSDAO_REGENERATE=1 pytest tests/test_cases.py
    git diff tests/cases

Such a run fails for each rendering that it wrote, so that none is taken over unseen.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import newsdao_article as na
from newsdao_article.rendering.markdown import Fidelity
from newsdao_article.rendering.markdown_flavors import FlavorName

CASES = Path(__file__).resolve().parent / "cases"
REGENERATE = "NEWSDAO_REGENERATE"
NAMES = sorted(path.stem for path in CASES.glob("*.md"))


def default_html(post: na.Post) -> str:
    return na.render_html(post.article) + "\n"


def kept_html(post: na.Post) -> str | None:
    """HTML with everything kept, None where that makes no difference."""
    kept = na.render_html(post.article, na.HtmlOptions(raw="keep")) + "\n"
    return None if kept == default_html(post) else kept


def problems(post: na.Post) -> str | None:
    """What is wrong with the post, None if nothing is."""
    return "".join(f"{problem}\n" for problem in post.problems) or None


def markdown(post: na.Post, flavor: FlavorName, fidelity: Fidelity) -> str:
    return na.render_markdown(post.article, na.MarkdownOptions(flavor=flavor, fidelity=fidelity))


RENDERINGS: dict[str, Callable[[na.Post], str | None]] = {
    "default.html": default_html,
    "kept.html": kept_html,
    **{
        f"{flavor}-{fidelity}.md": partial(markdown, flavor=flavor, fidelity=fidelity)
        for flavor in ("kramdown", "commonmark", "gfm")
        for fidelity in ("exact", "reader", "plain")
    },
    "text.txt": lambda post: na.render_text(post.article) + "\n",
    "post.md": lambda post: na.render_post(post.article),
    "article.json": lambda post: na.to_json(post.article, indent=1) + "\n",
    "problems.txt": problems,
}


def test_there_is_a_case_of_each_dialect() -> None:
    assert {name.partition("-")[0] for name in NAMES} >= {"d1", "d2", "d3", "d4", "d5"}


@pytest.mark.parametrize("rendering", RENDERINGS)
@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_rendered_as_it_is_written_down(name: str, rendering: str) -> None:
    expected_file = CASES / name / rendering
    rendered = RENDERINGS[rendering](na.read(CASES / f"{name}.md"))
    expected = expected_file.read_bytes().decode("utf-8") if expected_file.exists() else None
    if rendered != expected and os.environ.get(REGENERATE):
        write(expected_file, rendered)
        pytest.fail(
            f"{expected_file} is written anew: look at it, then run without {REGENERATE}", pytrace=False
        )
    assert rendered == expected, f"set {REGENERATE} to write {expected_file} anew"


def write(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink()
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode("utf-8"))


def test_every_file_beside_a_case_is_compared() -> None:
    beside = {path.relative_to(CASES).as_posix() for path in CASES.rglob("*") if path.is_file()}
    assert beside <= {f"{name}/{rendering}" for name in NAMES for rendering in RENDERINGS} | {
        f"{name}.md" for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_case_keeps_its_text_and_its_renderings_read_back(name: str) -> None:
    post = na.read(CASES / f"{name}.md")
    article = post.article
    assert post.source.encode("utf-8") == (CASES / f"{name}.md").read_bytes()
    assert na.parse(na.render_post(article)).article == article
    assert na.from_json(na.to_json(article)) == article
    html = na.render_html(article, na.HtmlOptions(raw="keep"))
    assert na.parse(f"---\n---\n\n{html}").article.blocks == article.blocks


def test_the_house_case_is_the_post_that_the_house_style_writes() -> None:
    post = na.read(CASES / "d1-house.md")
    assert na.render_post(post.article) == post.source
