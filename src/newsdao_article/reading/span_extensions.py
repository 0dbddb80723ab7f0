"""kramdown's own notation inside a paragraph: attribute lists, extensions and mathematics."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.references import read_attribute_list
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

if TYPE_CHECKING:
    from newsdao_article.reading.span_closers import Found
    from newsdao_article.reading.spans import SpanReader

__all__ = ["mathematics", "read_extension", "read_math"]

_CHARACTERS: Final = r"(?:\\\}|[^\\}\n]|\\(?!\}))"
ATTRIBUTE_LIST: Final = re.compile(rf"\{{:(?![:/])((?:\\\}}|[^}}])+)\}}")
EXTENSION: Final = re.compile(r"\{::([A-Za-z0-9_][A-Za-z0-9_\-]*)(?:[ \t\n\r\f\v]((?:\\\}|[^}])*?))?(/)?\}")
_EXTENSION_END: Final = re.compile(r"\{:/[A-Za-z0-9_\-]*\}")
_MATHEMATICS: Final = re.compile(r"\$\$(.*?)\$\$", re.DOTALL)


def read_extension(reader: SpanReader, at: int) -> Found | int:
    """A comment or raw HTML between `{::…}` and `{:/}`, if that is what `{` begins."""
    text = reader.text
    if not text.startswith(":", at + 1):
        return at + 1
    match = EXTENSION.match(text, at)
    if match is None:
        stop = _EXTENSION_END.match(text, at)
        return stop.end() if stop is not None else at + 1
    return at + 1


def read_math(reader: SpanReader, at: int) -> Found | int:
    """Mathematics between two `$$`."""
    return at + 1
