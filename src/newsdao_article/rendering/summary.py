"""The beginning of an article in a few sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from newsdao_article.model.article import Article
from newsdao_article.model.blocks import Block, Division, Paragraph, Quote
from newsdao_article.model.inlines import Inline
from newsdao_article.model.visibility import HTML_SPACE, is_invisible_text
from newsdao_article.model.walk import plain_text
from newsdao_article.problems import InvalidValueError
from newsdao_article.rendering.escape import without_controls

__all__ = ["summarize"]

_SPACE_RUN = re.compile(f"[{HTML_SPACE}]+")
_ELLIPSIS: Final = "…"
_END = re.compile(r"(?<![.!?…。！？])[.!?…。！？]++[\"'”’」』》〉)\]]*+(?= |\Z)")
# What ends without one is a label, a source, an invitation to click.
_FULL_STOP = re.compile(r"[.!?…。！？][\"'”’」』》〉)\]]*+\Z")
_ABBREVIATION = re.compile(
    r"(?:\A|[^A-Za-z])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|Jr|Sr|Co|Ltd|Inc|Corp|Gen|Sen|Rep|Gov)\Z"
)
_LONGEST_ABBREVIATION: Final = 5
#: How far behind the room for a summary the closing sign of a quotation that begins in it is looked for.
_LONGEST_QUOTATION: Final = 1_000
_DANGLING: Final = ".,;:·-–—~/([{“‘「『《〈\"' "
_PAIRS: Final = {"”": "“", "’": "‘", "」": "「", "』": "『", "》": "《", "〉": "〈", ")": "(", "]": "["}


def summarize(article: Article, max_chars: int) -> str:
    """The first sentences of the text of `article`, at most `max_chars` characters; see `Article.summary`."""
    if type(max_chars) is not int or max_chars < 1:
        raise InvalidValueError(f"max_chars must be a whole number from 1, got {max_chars!r}")
    found = list(_paragraphs(article.blocks))
    text = ""
    sentences = paragraphs = 0
    for paragraph in [part for part in found if _FULL_STOP.search(part)] or found:
        start = len(text) + 1 if text else 0
        text = f"{text} {paragraph}" if text else paragraph
        for end in _sentence_ends(paragraph, max_chars - start):
            sentences = start + end
        if len(text) > max_chars:
            break
        paragraphs = len(text)
    end = sentences or paragraphs
    return text[:end] if end or not text else _cut(text, max_chars)


def _cut(text: str, max_chars: int) -> str:
    """Whole words of a sentence that is too long."""
    end = text.rfind(" ", 0, max_chars)
    return text[: max(end, 0)].rstrip(_DANGLING) + _ELLIPSIS


def _paragraphs(blocks: Iterable[Block | Inline]) -> Iterator[str]:
    """The text of each paragraph, white space as browsers show it; those of quotes and divisions included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            text = _SPACE_RUN.sub(" ", without_controls(plain_text(block))).strip(" ")
            if not is_invisible_text(text):
                yield text
        elif isinstance(block, (Quote, Division)):
            yield from _paragraphs(block.content)


def _sentence_ends(text: str, room: int) -> Iterator[int]:
    """Where a sentence of `text` ends, up to `room`; not in quotations or brackets, nor at dates and abbreviations."""
    inside = _within_pairs(text[: room + _LONGEST_QUOTATION])
    for match in _END.finditer(text):
        end = match.end()
        if end > room:
            break
        at_end = end == len(text)
        before = text[max(0, match.start() - _LONGEST_ABBREVIATION) : match.start()]
        if match[0] == "." and not at_end and (before[-1:].isdigit() or _ABBREVIATION.search(before)):
            continue
        if not inside[match.start()] or at_end:
            yield end


def _within_pairs(text: str) -> list[bool]:
    """For each character whether it stands within quotation marks or brackets that are closed."""
    changes = [0] * (len(text) + 1)
    opened: list[tuple[str, int]] = []
    straight: int | None = None
    for index, character in enumerate(text):
        if character in _PAIRS.values():
            opened.append((character, index))
        elif character in _PAIRS and opened and opened[-1][0] == _PAIRS[character]:
            # The last sign of what is quoted may end the sentence around it, too.
            changes[opened.pop()[1]] += 1
            changes[_content_end(text, index)] -= 1
        elif character == '"':
            if straight is None:
                straight = index
            else:
                changes[straight] += 1
                changes[_content_end(text, index)] -= 1
                straight = None
    depth = 0
    inside: list[bool] = []
    for change in changes[:-1]:
        depth += change
        inside.append(depth > 0)
    return inside


def _content_end(text: str, closing: int) -> int:
    while closing and text[closing - 1] in ".!?…。！？":
        closing -= 1
    return closing
