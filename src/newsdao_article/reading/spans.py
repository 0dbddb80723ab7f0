"""Markdown and HTML inside a paragraph, as kramdown 2.4 with GFM input reads it.

One search for the next character that could mean something, then a handler for it. What does
not turn out to be markup stays text. Emphasis and links are tried and taken back when their end
is missing, as kramdown does it; the work for that is limited to a multiple of the length of the
text, beyond which openers are left as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.entities import ENTITY, decode_html, decode_markdown
from newsdao_article.reading.mathematics import read_inline_mathematics
from newsdao_article.reading.names import ALPHABETIC
from newsdao_article.reading.span_closers import EmphasisCloser, Found, SpanCloser
from newsdao_article.reading.span_extensions import ends_with_symbol, read_brace
from newsdao_article.reading.span_html import read_angle
from newsdao_article.reading.span_links import read_bracket, read_image
from newsdao_article.reading.tags import DEPTH_LIMIT, too_deep
from newsdao_article.reading.tree import Element, Node, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsdao_article.problems import Problem
    from newsdao_article.reading.references import References

__all__ = ["SpanReader", "read_code"]

SPACE: Final = " \t\n\r\f\v"
_SPECIAL: Final = re.compile(r"[\\*_`<\[!&{$~\n]")
_SPECIAL_IN_LINK: Final = re.compile(r"[\\*_`<\[!&{$~\n\]]")
_ESCAPABLE: Final = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-")
_ESCAPABLE_GFM: Final = _ESCAPABLE | {"~"}
_WORD_BEFORE: Final = re.compile(rf"{ALPHABETIC}-?\Z")
_TICKS: Final = re.compile("`+")
_CLOSING_BRACE: Final = re.compile(r"(?<!\\)\}")
_SYMBOL: Final = Text("", 0, 0)
_STRUCK_END: Final = re.compile(r"[^\s~]~~", re.ASCII)


class SpanReader:
    """Reads the spans of one text. Offsets of the nodes are `base` plus those in the text."""

    __slots__ = (
        "_brace",
        "_breaks",
        "_escapable",
        "base",
        "breaks_at_end",
        "budget",
        "depth",
        "lead",
        "no_comment_after",
        "open",
        "references",
        "stop",
        "symbol_end",
        "text",
    )

    def __init__(
        self, text: str, base: int, references: References, depth: int, *, breaks: bool = False
    ) -> None:
        self.text = text
        self.base = base
        self.references = references
        self.depth = depth
        self.stop = 0
        self.lead: Node | None = None
        # Where the last search for a closing brace began, and what it found.
        self._brace = (0, 0)
        # kramdown makes an element of a reference or symbol, to which an attribute list may belong.
        self.symbol_end = -1
        self.open: list[str] = []
        self.budget = 20_000 + 8 * len(text)
        self.no_comment_after = len(text)
        # A backslash before a line end means nothing inside of elements written in HTML.
        self._breaks = breaks
        self.breaks_at_end = False
        self._escapable = _ESCAPABLE_GFM if references.gfm else _ESCAPABLE

    def read(self, children: list[Node], position: int, closer: SpanCloser | None) -> int:
        """Read up to the closer, which may be missing; the offset after it, or -1.

        `stop` is the offset of the closer that was found.
        """
        text = self.text
        base = self.base
        search = (_SPECIAL_IN_LINK if closer is not None and "]" in closer.characters else _SPECIAL).search
        closing = closer.characters if closer is not None else ""
        handlers = _HANDLERS
        pieces: list[str] = []
        first = last = escaped = position
        while True:
            match = search(text, position)
            if match is None:
                self.budget -= (len(text) - first) // 16
                if last < len(text) or pieces:
                    pieces.append(text[last:])
                    value = "".join(pieces)
                    if value:
                        children.append(Text(value, base + first, base + len(text)))
                return -1
            at = match.start()
            character = text[at]
            self.budget -= 1
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
                if following == "\n" and self._breaks and "" not in self.open:
                    if at + 2 == len(text) and not self.breaks_at_end:
                        pieces.append(text[last:at])
                        last = position = at + 1
                        continue
                    found = self._line_break(at, at + 1)
                elif following == "\\" and text.startswith("\n", at + 2):
                    found = self._line_break(at, at + 2)
                else:
                    if following == "$" and text.startswith("$", at + 2) and text.find("$$", at + 3) > 0:
                        pieces.append(text[last:at])
                        last = at + 1
                        position = at + 3
                    elif following and following in self._escapable:
                        pieces.append(text[last:at])
                        last = at + 1
                        position = escaped = at + 2
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
                decoded = decode_markdown(entity[0])
                last = position = entity.end()
                if decoded != entity[0]:
                    self.symbol_end = position
                    if self.references.abbreviations:
                        # Nothing abbreviates with the help of a reference.
                        first = self._add_symbol(children, pieces, decoded, first, at, position)
                        pieces = []
                        continue
                pieces.append(decoded)
                continue
            elif character == "{":
                before = (children[-1] if children else self.lead) if at == first else None
                if before is None and ends_with_symbol(self, max(first, escaped), at):
                    before = _SYMBOL
                outcome = read_brace(self, at, before)
                if isinstance(outcome, int):
                    position = outcome
                    continue
                node, position = outcome
                if node is None:
                    pieces.append(text[last:at])
                    last = position
                    if at == first:
                        first = position
                    self.symbol_end = position
                    continue
                found = node, position
            else:
                handler = handlers.get(character)
                if handler is None:
                    position = at + 1
                    continue
                found = handler(self, at)
            if isinstance(found, int):
                position = found
                if character == "<" and position > at + 2:
                    escaped = position
                    pieces.append(text[last:at])
                    # The references in a tag that became text are left to the browser.
                    if "\\\n" in text[at:position] and self._breaks and "" not in self.open:
                        first = self._broken_tag(children, pieces, first, at, position)
                        pieces = [decode_html(text[first:position])]
                    else:
                        pieces.append(decode_html(text[at:position]))
                    last = position
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

    def _add_symbol(
        self, children: list[Node], pieces: list[str], symbol: str, first: int, at: int, end: int
    ) -> int:
        """Add the `pieces` from `first` to the symbol at `at`, and that, as texts of their own; `end`."""
        base = self.base
        if value := "".join(pieces):
            children.append(Text(value, base + first, base + at))
        node = Text(symbol, base + at, base + end)
        self.references.symbols[id(node)] = node
        children.append(node)
        return end

    def _broken_tag(self, children: list[Node], pieces: list[str], first: int, at: int, end: int) -> int:
        """Break the lines of a tag from `at` to `end` that became text; where its last line begins.

        `pieces` are the text from `first` to the tag.
        """
        text, base = self.text, self.base
        while (backslash := text.find("\\\n", at, end)) >= 0:
            value = "".join(pieces) + decode_html(text[at:backslash])
            if value:
                children.append(Text(value, base + first, base + backslash))
            children.append(self._line_break(backslash, backslash + 1)[0])
            first = at = backslash + 1
            pieces = []
        return first

    def _line_break(self, start: int, end: int) -> Found:
        base = self.base
        return Element("br", {}, base + start, base + end, markdown=True), end

    def closing_brace(self, position: int) -> int:
        r"""The offset of the brace that closes the list opened at `position`, or -1.

        It is the first one without a backslash before it; if all have one, the last.
        """
        searched_from, brace = self._brace
        if not searched_from <= position < brace:
            match = _CLOSING_BRACE.search(self.text, position)
            brace = match.start() if match is not None else len(self.text)
            self._brace = position, brace
        if brace < len(self.text):
            return brace
        last = self.text.rfind("}")
        return last if last > position else -1

    def report(self, problem: Problem) -> None:
        """Note a problem, whose span has the offsets of nodes."""
        self.references.problems.append(problem)

    def is_deep(self) -> bool:
        """Whether no more elements may be opened."""
        return self.depth + len(self.open) >= DEPTH_LIMIT

    def enter(self, name: str, position: int) -> None:
        """Note that an element is open; raises LimitExceeded if too many are."""
        self.open.append(name)
        if self.depth + len(self.open) > DEPTH_LIMIT:
            raise too_deep(self.base + position)

    def attempt(self, tag: str, start: int, inner: int, closer: SpanCloser) -> Element | None:
        """The Markdown element from `start` whose content begins at `inner`, if it ever ends."""
        element = Element(tag, {}, self.base + start, markdown=True)
        problems = self.references.problems
        known_problems = len(problems)
        self.enter(tag, start)
        end = self.read(element.children, inner, closer)
        self.open.pop()
        if end < 0:
            del problems[known_problems:]
            return None
        element.inner_start = self.base + inner
        element.inner_end = self.base + self.stop
        element.end = self.base + end
        return element


def _emphasis(reader: SpanReader, at: int) -> Found | int:
    text = reader.text
    mark = text[at]
    double = text.startswith(mark, at + 1)
    inner = at + 2 if double else at + 1
    tag = "strong" if double else "em"
    if tag in reader.open or reader.budget < 0 or text[inner : inner + 1] in _SPACES:
        return inner
    if mark == "_" and at > 0 and _WORD_BEFORE.search(text, max(0, at - 2), at):
        return inner
    element = reader.attempt(tag, at, inner, EmphasisCloser(text[at:inner], inner))
    if element is None and double and (not reader.open or reader.open[-1] != "em"):
        element = reader.attempt("em", at, at + 1, EmphasisCloser(mark, at + 1))
    if element is None:
        return inner
    return element, element.end - reader.base


_SPACES: Final = frozenset(SPACE)


def read_code(reader: SpanReader, at: int) -> Found | int:
    """A code span, if the backticks at `at` are ever closed."""
    text = reader.text
    ticks = _TICKS.match(text, at)
    assert ticks is not None
    inner = ticks.end()
    simple = inner - at == 1
    if (
        simple
        and (text[at - 1] in SPACE if at else reader.lead is None)
        and text[inner : inner + 1] in _SPACES
    ):
        return inner
    inner_end = text.find(ticks[0], inner)
    if inner_end < 0:
        return inner
    end = inner_end + len(ticks[0])
    if not simple:
        while inner < inner_end and text[inner] == " ":
            inner += 1
            break
        if inner < inner_end and text[inner_end - 1] == " ":
            inner_end -= 1
    base = reader.base
    element = Element("code", {}, base + at, base + end, markdown=True)
    element.inner_start = base + inner
    element.inner_end = base + inner_end
    if inner < inner_end:
        element.children.append(Text(text[inner:inner_end], base + inner, base + inner_end))
    return element, end


def _struck(reader: SpanReader, at: int) -> Found | int:
    text = reader.text
    if not reader.references.gfm or not text.startswith("~", at + 1):
        return at + 1
    inner = at + 2
    if (
        text[inner : inner + 1] in _SPACES
        or text.startswith("~", inner)
        or inner == len(text)
        or reader.budget < 0
    ):
        return at + 1
    match = _STRUCK_END.search(text, inner)
    if match is None:
        reader.budget -= (len(text) - inner) // 16
        return at + 1
    inner_end = match.end() - 2
    base = reader.base
    element = Element("del", {}, base + at, base + match.end(), markdown=True)
    element.inner_start = base + inner
    element.inner_end = base + inner_end
    inside = SpanReader(
        text[inner:inner_end], base + inner, reader.references, reader.depth + len(reader.open) + 1
    )
    inside.read(element.children, 0, None)
    return element, match.end()


_HANDLERS: Final[dict[str, Callable[[SpanReader, int], Found | int]]] = {
    "*": _emphasis,
    "_": _emphasis,
    "`": read_code,
    "~": _struck,
    "<": read_angle,
    "[": read_bracket,
    "!": read_image,
    "$": read_inline_mathematics,
}
