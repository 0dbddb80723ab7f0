"""What is wrong with tags, said to the author."""

from __future__ import annotations

import re
from typing import Final

from newsdao_article.problems import Problem, SourceSpan

__all__ = [
    "MALFORMED",
    "block_tag_in_paragraph",
    "duplicate_attribute",
    "malformed_tag",
    "stray_end_tag",
    "unclosed_element",
]

MALFORMED: Final = re.compile(r"</?[A-Za-z](?:[^<>\n]{0,200}>|[^ \t\n<>]{0,200})")


def block_tag_in_paragraph(name: str, start: int, end: int) -> Problem:
    """The problem of a block element that begins inside a paragraph."""
    return Problem(
        "block-tag-in-paragraph",
        f"<{name}> cannot stand inside a paragraph; Jekyll shows it as text, begin a new line with it",
        SourceSpan(start, end),
    )


def duplicate_attribute(name: str, start: int, end: int) -> Problem:
    """The problem of an attribute that is written twice in a tag."""
    return Problem(
        "duplicate-attribute",
        f"the attribute {name} is written twice; the last one counts, remove the other",
        SourceSpan(start, end),
    )


def stray_end_tag(written: str, start: int) -> Problem:
    """The problem of an end tag that closes nothing."""
    return Problem(
        "stray-end-tag",
        f"{written} closes nothing that is open here; Jekyll shows it as text, remove it or open its element",
        SourceSpan(start, start + len(written)),
    )


def unclosed_element(name: str, start: int, end: int) -> Problem:
    """The problem of a start tag without its end tag."""
    return Problem(
        "unclosed-element",
        f"<{name}> is never closed; it runs on to the end, so write </{name}> where it should end",
        SourceSpan(start, end),
    )


def malformed_tag(start: int, end: int) -> Problem:
    """The problem of what looks like a tag and is none."""
    return Problem(
        "malformed-tag",
        "this is not a valid tag; Jekyll shows it as text, correct its spelling or write &lt;",
        SourceSpan(start, end),
    )
