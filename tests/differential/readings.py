"""The two readings that are compared: what Jekyll hands to its engine, and what this package makes of the file."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import newsdao_article

from .dom import Difference, first_difference
from .engine import Answer

__all__ = ["difference_from", "file_with_body", "jekyll_body", "our_html", "our_problems"]

# Jekyll's own delimiter, in Python's spelling; it decides independently of the package what the body is.
_FRONT_MATTER = re.compile(
    r"\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)", re.ASCII | re.DOTALL | re.MULTILINE
)  # fmt: skip


def jekyll_body(text: str) -> str:
    """What Jekyll gives to its Markdown engine: the text behind the front matter."""
    found = _FRONT_MATTER.match(text)
    return text[found.end() :] if found else text


def file_with_body(body: str) -> str:
    """A post file with an empty front matter, so that text of any shape is read as a body."""
    return f"---\n---\n{body}"


def our_html(text: str) -> str:
    """This package's HTML of a post file, with everything that was authored kept."""
    article = newsdao_article.parse(text).article
    return str(newsdao_article.render_html(article, newsdao_article.HtmlOptions(raw="keep")))


def our_problems(text: str) -> tuple[newsdao_article.Problem, ...]:
    """What this package finds wrong with a post file."""
    return newsdao_article.parse(text).problems


def difference_from(answer: Answer, text: str) -> Difference | None:
    """The first difference between the engine's answer for the body of a post file and our HTML of the file.

    An exception of ours is a difference of its own kind: reading is total.
    """
    assert answer.html is not None
    try:
        ours = our_html(text)
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} in {place.name}"
        return Difference(kind, f"{Path(place.filename).name}:{place.lineno}", "", str(error)[:300])
    return first_difference(answer.html, ours)
