"""HTML as kramdown 2.4 reads it: strict tags, and raw elements down to their matching end.

A tag that kramdown's syntax does not accept is text. Inside a raw element there is no
Markdown; an end tag that does not match the innermost open element is text as well, and what
is still open at the end of the body is closed there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from newsdao_article.problems import LimitExceeded
from newsdao_article.reading.entities import decode_attribute, decode_html
from newsdao_article.reading.names import (
    BLOCK_CONTENT,
    KNOWN_NAMES,
    NAME,
    SPAN_CONTENT,
    SPAN_NAMES,
    VOID_NAMES,
    WORD,
)
from newsdao_article.reading.tag_problems import (
    MALFORMED,
    duplicate_attribute,
    malformed_tag,
    stray_end_tag,
    unclosed_element,
)
from newsdao_article.reading.tree import Comment, Element, Text, Verbatim

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsdao_article.problems import Problem

__all__ = [
    "ATTRIBUTES",
    "DEPTH_LIMIT",
    "END",
    "END_TAG",
    "MARKED",
    "NEWLINES",
    "OPAQUE",
    "OPAQUE_NAMES",
    "OPEN",
    "RAW_TEXT_NAMES",
    "TEXT",
    "VOID",
    "RawReader",
    "Tag",
    "cached_tag",
    "classify",
    "drop_empty_id",
    "markdown_mode",
    "too_deep",
]

DEPTH_LIMIT: Final = 100

TEXT, OPEN, END, VOID, OPAQUE, MARKED = range(6)

_ATTRIBUTE: Final = rf"{NAME}(?>(?:[ \t\n\f\v]*+=[ \t\n\f\v]*+(?:{WORD}++|\"[^\"]*+\"|'[^']*+'))?)"
START_TAG: Final = re.compile(rf"<({NAME})((?>(?:[ \t\n\f\v]++{_ATTRIBUTE})*))[ \t\n\f\v]*+(/?)>")
END_TAG: Final = re.compile(rf"</({NAME})[ \t\n\f\v]*+>")
ATTRIBUTES: Final = re.compile(
    rf"({NAME})(?>(?:[ \t\n\f\v]*+=[ \t\n\f\v]*+(?:({WORD}++)|\"([^\"]*+)\"|'([^']*+)'))?)"
)
NEWLINES: Final = re.compile(r"\n+")
OPAQUE_NAMES: Final = frozenset(("script", "style"))
# A browser does not decode references in these, so what kramdown writes there is what shows.
RAW_TEXT_NAMES: Final = frozenset("iframe noembed noframes plaintext xmp".split())
_OPAQUE_END: Final = {
    "script": re.compile(r"</script[ \t\n\f\v]*+>", re.IGNORECASE | re.ASCII),
    "style": re.compile(r"</style[ \t\n\f\v]*+>", re.IGNORECASE | re.ASCII),
}
_CACHED_LENGTH: Final = 256
_CACHE_SIZE: Final = 8192


class Tag:
    """What a tag says. Tags with the same spelling share one object: treat it as immutable."""

    __slots__ = (
        "attributes",
        "duplicate",
        "end_tag",
        "is_plain_block",
        "kind",
        "length",
        "markdown",
        "name",
        "self_closing",
    )

    def __init__(self, kind: int, name: str, attributes: dict[str, str], length: int) -> None:
        self.kind = kind
        self.name = name
        self.attributes = attributes
        self.length = length
        self.end_tag = f"</{name}>"
        self.duplicate: str | None = None
        self.markdown: str | None = None
        self.self_closing = False
        # Whether the tag begins a raw element at the beginning of a line, and nothing else.
        self.is_plain_block = False


_NO_TAG: Final = Tag(TEXT, "", {}, 0)
_cache: dict[str, Tag] = {}


def cached_tag(text: str, position: int) -> Tag | None:
    """The tag at `position` if the same one was met before."""
    return _cache.get(text[position : text.find(">", position, position + _CACHED_LENGTH) + 1])


def classify(text: str, position: int, *, in_paragraph: bool = False) -> Tag:
    """The tag that begins with the `<` at `position`, of kind TEXT if it is none.

    A tag with a line end in it is not shared, because its attributes mean something else in
    a paragraph (line ends become spaces there) than in a block.
    """
    end = text.find(">", position, position + _CACHED_LENGTH) + 1
    if end:
        written = text[position:end]
        tag = _cache.get(written)
        if tag is not None:
            return tag
        tag = _parse(written, 0, in_paragraph)
        if tag is not _NO_TAG or ('"' not in written and "'" not in written):
            if "\n" not in written:
                if len(_cache) >= _CACHE_SIZE:
                    _cache.clear()
                _cache[written] = tag
            return tag
    return _parse(text, position, in_paragraph)


def _parse(text: str, position: int, in_paragraph: bool) -> Tag:
    if text.startswith("</", position):
        match = END_TAG.match(text, position)
        if match is None:
            return _NO_TAG
        return Tag(END, _known(match[1]), {}, match.end() - position)
    match = START_TAG.match(text, position)
    if match is None:
        return _NO_TAG
    name = _known(match[1])
    tag = Tag(OPEN, name, {}, match.end() - position)
    if match[2]:
        _read_attributes(tag, match[2], name in KNOWN_NAMES, in_paragraph)
        tag.markdown = tag.attributes.pop("markdown", None)
    if name in _OPAQUE_END:
        tag.kind = OPAQUE
        tag.self_closing = bool(match[3])
    elif match[3] or name in VOID_NAMES:
        tag.kind = VOID
        # An element that could hold Markdown gets an end tag.
        tag.self_closing = name not in VOID_NAMES and markdown_mode(tag) is None
    elif tag.markdown is not None or name in RAW_TEXT_NAMES:
        tag.kind = MARKED
    tag.is_plain_block = tag.kind == OPEN and name not in SPAN_NAMES and tag.duplicate is None
    return tag


def _known(name: str) -> str:
    lowered = name.lower()
    return lowered if lowered in KNOWN_NAMES else name


def _read_attributes(tag: Tag, written: str, known: bool, in_paragraph: bool) -> None:
    for match in ATTRIBUTES.finditer(written):
        name = match[1].lower() if known else match[1]
        value: str = match[2] or match[3] or match[4] or ""
        if in_paragraph and "\n" in value:
            value = NEWLINES.sub(" ", value)
        if name in tag.attributes:
            tag.duplicate = name
        tag.attributes[name] = decode_attribute(value)
    drop_empty_id(tag.attributes)


def drop_empty_id(attributes: dict[str, str]) -> None:
    """Take out an `id` without a value, which kramdown does not write."""
    if "id" in attributes and not attributes["id"].strip(" \t\n\r\f\v\0"):
        del attributes["id"]


def markdown_mode(tag: Tag) -> str | None:
    """What the `markdown` attribute of `tag` makes of its content: "block", "span", or None for raw HTML."""
    mode = tag.markdown
    if mode == "1":
        return "block" if tag.name in BLOCK_CONTENT else "span" if tag.name in SPAN_CONTENT else None
    return mode if mode in {"block", "span"} else None


def too_deep(position: int) -> LimitExceeded:
    """The error for nesting beyond the limit."""
    return LimitExceeded(f"more than {DEPTH_LIMIT} levels of nesting at offset {position}")


class RawReader:
    """Reads the content of raw elements of one buffer; remembers searches that failed in it.

    `marked` reads the content of an element with a `markdown` attribute: it gets the element,
    its tag, the offset after the start tag and the depth, and gives the offset after the end tag.
    """

    __slots__ = (
        "_no_comment_after",
        "_no_instruction_after",
        "_text",
        "marked",
        "no_formula_after",
        "problems",
    )

    def __init__(
        self, text: str, problems: list[Problem], marked: Callable[[Element, Tag, int, int], int]
    ) -> None:
        self._text = text
        self.problems = problems
        self.marked = marked
        self._no_comment_after = len(text)
        self._no_instruction_after = len(text)

    def comment_end(self, position: int) -> int:
        """The offset after the comment that begins at `position`, or -1."""
        if position >= self._no_comment_after:
            return -1
        end = self._text.find("-->", position + 4)
        if end < 0:
            self._no_comment_after = position
            return -1
        return end + 3

    def instruction_end(self, position: int) -> int:
        """The offset after the processing instruction that begins at `position`, or -1."""
        if position >= self._no_instruction_after:
            return -1
        end = self._text.find("?>", position + 2)
        if end < 0:
            self._no_instruction_after = position
            return -1
        return end + 2

    def opaque(self, element: Element, position: int) -> int:
        """Read a script or style element up to its end tag; nothing in it means anything."""
        text = self._text
        match = _OPAQUE_END[element.tag].search(text, position)
        inner_end = match.start() if match else len(text)
        end = match.end() if match else inner_end
        element.inner_start = position
        element.inner_end = inner_end
        element.end = end
        if inner_end > position:
            element.children.append(Text(text[position:inner_end], position, inner_end))
        if match is None:
            element.closed = False
            self.problems.append(unclosed_element(element.tag, element.start, position))
        return end

    def read(self, root: Element, position: int, depth: int) -> int:
        """Fill `root`, whose start tag ends at `position`; the offset after its end tag.

        Linear in the length of the content; raises LimitExceeded when elements nest deeper
        than the limit.
        """
        text = self._text
        find = text.find
        startswith = text.startswith
        cached = _cache.get
        # Calling the class takes twice as long, and there are fifty elements in a post.
        new = Element.__new__
        stack: list[Element] = []
        element = root
        children = root.children
        run = search = position
        while True:
            start = find("<", search)
            if start < 0:
                return self._close_all(root, element, stack, run)
            tag = cached(text[start : find(">", start, start + _CACHED_LENGTH) + 1]) or classify(text, start)
            kind = tag.kind
            search = end = start + tag.length
            if kind == OPEN:
                if start > run:
                    value = text[run:start]
                    children.append(Text(decode_html(value) if "&" in value else value, run, start))
                child = new(Element)
                child.tag = tag.name
                child.attributes = tag.attributes
                child.start = start
                child.inner_start = end
                child.markdown = child.self_closing = False
                child.closed = True
                child.became = None
                children.append(child)
                if tag.duplicate is not None:
                    self.problems.append(duplicate_attribute(tag.duplicate, start, end))
                following = find("<", end)
                end_tag = tag.end_tag
                if startswith(end_tag, following):
                    # An element that holds nothing but text need not go over the stack.
                    if following > end:
                        value = text[end:following]
                        child.children = [Text(decode_html(value) if "&" in value else value, end, following)]
                    else:
                        child.children = []
                    child.inner_end = following
                    child.end = run = search = following + len(end_tag)
                    continue
                stack.append(element)
                if depth + len(stack) > DEPTH_LIMIT:
                    raise too_deep(start)
                # The end is set when it is found.
                child.inner_end = child.end = end
                element = child
                children = child.children = []
                run = end
                continue
            if kind == END:
                if tag.name != element.tag:
                    self.problems.append(stray_end_tag(text[start:end], start))
                    continue
                if start > run:
                    value = text[run:start]
                    children.append(Text(decode_html(value) if "&" in value else value, run, start))
                element.inner_end = start
                element.end = end
                if not stack:
                    return end
                element = stack.pop()
                children = element.children
                run = end
                continue
            if kind == TEXT:
                end, node = self._not_a_tag(start)
                search = end
                if node is None:
                    continue
                if start > run:
                    children.append(Text(decode_html(text[run:start]), run, start))
                children.append(node)
                run = end
                continue
            if start > run:
                value = text[run:start]
                children.append(Text(decode_html(value) if "&" in value else value, run, start))
            child = Element(tag.name, tag.attributes, start, end)
            children.append(child)
            if tag.duplicate is not None:
                self.problems.append(duplicate_attribute(tag.duplicate, start, end))
            if kind == VOID:
                child.self_closing = tag.self_closing
            elif kind == OPAQUE:
                search = self.opaque(child, end)
            else:
                search = self.marked(child, tag, end, depth + len(stack) + 1)
            run = search

    def _not_a_tag(self, start: int) -> tuple[int, Comment | Verbatim | None]:
        text = self._text
        if text.startswith("<!--", start):
            end = self.comment_end(start)
            if end > 0:
                return end, Comment(text[start + 4 : end - 3], start, end)
        elif text.startswith("<?", start):
            end = self.instruction_end(start)
            if end > 0:
                return end, Verbatim(text[start:end], start, end)
        else:
            match = MALFORMED.match(text, start)
            if match is not None:
                self.problems.append(malformed_tag(start, match.end()))
        return start + 1, None

    def _close_all(self, root: Element, element: Element, stack: list[Element], run: int) -> int:
        text = self._text
        end = len(text)
        if end > run:
            element.children.append(Text(decode_html(text[run:end]), run, end))
        for unclosed in [*stack, element]:
            unclosed.inner_end = unclosed.end = end
            unclosed.closed = False
            self.problems.append(unclosed_element(unclosed.tag, unclosed.start, unclosed.inner_start))
        return end
