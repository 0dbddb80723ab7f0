"""Markdown and HTML inside a paragraph, as kramdown 2.4 with GFM input reads it.

One search for the next character that could mean something, then a handler for it. What does
not turn out to be markup stays text. Emphasis and links are tried and taken back when their end
is missing, as kramdown does it; the work for that is limited to a multiple of the length of the
text, beyond which openers are left as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.problems import Problem, SourceSpan
from newsdao_article.reading.entities import ENTITY, decode_html, decode_markdown
from newsdao_article.reading.names import ALPHABETIC, ALPHANUMERIC, BLOCK_CONTENT, BLOCK_NAMES, SPAN_CONTENT
from newsdao_article.reading.tags import (
    DEPTH_LIMIT,
    END,
    MALFORMED,
    OPAQUE,
    TEXT,
    VOID,
    Tag,
    classify,
    duplicate_attribute,
    malformed_tag,
    opaque_end,
    stray_end_tag,
    too_deep,
    unclosed_element,
)
from newsdao_article.reading.tree import Comment, Element, Node, Text, Verbatim

if TYPE_CHECKING:
    from newsdao_article.reading.references import References

__all__ = ["Closer", "SpanReader", "read_spans"]

SPACE: Final = " \t\n\r\f\v"
_SPECIAL: Final = re.compile(r"[\\*_`<\[!&{$~\n]")
_SPECIAL_IN_LINK: Final = re.compile(r"[\\*_`<\[!&{$~\n\]]")
_ESCAPABLE: Final = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-")
_ESCAPABLE_GFM: Final = _ESCAPABLE | {"~"}
_WORD_BEFORE: Final = re.compile(rf"{ALPHABETIC}-?{ALPHABETIC}*\Z")
_LETTER: Final = re.compile(ALPHABETIC)
_LETTER_OR_DIGIT: Final = re.compile(ALPHANUMERIC)
_AUTOLINK: Final = re.compile(
    r"<((mailto|https?|ftps?):[^\n]+?"
    rf"|(?:{ALPHANUMERIC}|[-._])+@(?:[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]+)*))>"
)
_TICKS: Final = re.compile("`+")
_STRUCK_END: Final = re.compile(r"[^\s~]~~", re.ASCII)

Found = tuple[Node, int]


class Closer:
    """What ends the span that is being read: characters to look at, and the check there."""

    __slots__ = ("characters",)

    def __init__(self, characters: str) -> None:
        self.characters = characters

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        """The length of the end that stands at `position`, 0 if none does."""
        raise NotImplementedError


class _EmphasisCloser(Closer):
    __slots__ = ("_after", "_delimiter", "_strong")

    def __init__(self, delimiter: str, after: int) -> None:
        self.characters = delimiter[0]
        self._delimiter = delimiter
        self._strong = len(delimiter) == 2
        self._after = after

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        text = reader.text
        delimiter = self._delimiter
        if position <= self._after or text[position - 1] in SPACE or not text.startswith(delimiter, position):
            return 0
        end = position + len(delimiter)
        mark = delimiter[0]
        if not self._strong and text.startswith(mark, end) and not text.startswith(mark, end + 1):
            return 0
        if mark == "_" and _LETTER_OR_DIGIT.match(text, end):
            return 0
        return len(delimiter)


class _TagCloser(Closer):
    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self.characters = "<"
        self._name = name

    def length(self, reader: SpanReader, position: int, children: list[Node]) -> int:
        if not reader.text.startswith("/", position + 1):
            return 0
        tag = classify(reader.text, position)
        return tag.length if tag.kind == END and tag.name == self._name else 0


class SpanReader:
    """Reads the spans of one text. Offsets of the nodes are `base` plus those in the text."""

    __slots__ = (
        "_budget",
        "_escapable",
        "_handlers",
        "_no_comment_after",
        "_open",
        "base",
        "depth",
        "references",
        "stop",
        "text",
    )

    def __init__(self, text: str, base: int, references: References, depth: int) -> None:
        self.text = text
        self.base = base
        self.references = references
        self.depth = depth
        self.stop = 0
        self._open: list[str] = []
        self._budget = 20_000 + 8 * len(text)
        self._no_comment_after = len(text)
        self._escapable = _ESCAPABLE_GFM if references.gfm else _ESCAPABLE

    def read(self, children: list[Node], position: int, closer: Closer | None) -> int:
        """Read up to the closer, which may be missing; the offset after it, or -1.

        `stop` is the offset of the closer that was found.
        """
        text = self.text
        base = self.base
        search = (_SPECIAL_IN_LINK if closer is not None and "]" in closer.characters else _SPECIAL).search
        closing = closer.characters if closer is not None else ""
        handlers = _HANDLERS
        pieces: list[str] = []
        first = last = position
        while True:
            match = search(text, position)
            if match is None:
                self._budget -= (len(text) - first) // 16
                if last < len(text) or pieces:
                    pieces.append(text[last:])
                    value = "".join(pieces)
                    if value:
                        children.append(Text(value, base + first, base + len(text)))
                return -1
            at = match.start()
            character = text[at]
            self._budget -= 1
            if character in closing and closer is not None:
                length = closer.length(self, at, children)
                if length:
                    if at > first:
                        pieces.append(text[last:at])
                        children.append(Text("".join(pieces), base + first, base + at))
                    self.stop = at
                    return at + length
            if character == "\n":
                if at - 2 >= position and text[at - 1] == " " and text[at - 2] == " ":
                    at -= 2
                    found: Found | int = self._line_break(at, at + 2)
                else:
                    position = at + 1
                    continue
            elif character == "\\":
                following = text[at + 1 : at + 2]
                if following == "\n" and self.references.gfm:
                    found = self._line_break(at, at + 1)
                elif following == "\\" and text.startswith("\n", at + 2):
                    found = self._line_break(at, at + 2)
                else:
                    if following in self._escapable and following:
                        pieces.append(text[last:at])
                        last = at + 1
                        position = at + 2
                        if following in "<>" and text.startswith(following, at + 2):
                            position += 1
                    else:
                        position = at + 1
                    continue
            elif character == "&":
                entity = ENTITY.match(text, at)
                if entity is None:
                    position = at + 1
                    continue
                pieces.append(text[last:at])
                pieces.append(decode_markdown(entity[0]))
                last = position = entity.end()
                continue
            else:
                handler = handlers.get(character)
                if handler is None:
                    position = at + 1
                    continue
                found = handler(self, at)
            if type(found) is int:
                position = found
                continue
            node, position = found
            if at > first:
                pieces.append(text[last:at])
                value = "".join(pieces)
                if value:
                    children.append(Text(value, base + first, base + at))
                pieces = []
            children.append(node)
            first = last = position
