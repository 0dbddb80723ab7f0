"""The tags, texts and comments that a browser sees in kramdown's output.

kramdown's element tree is never written out: `feed_tree` hands its tags to the tree
construction one by one. Only what a browser reads differently from the tree (raw HTML, the
content of `<textarea>`, odd comments) is spelled out and read again by `feed_html`, which
follows the tokenization rules of the HTML standard (section 13.2.5).
"""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import TYPE_CHECKING, Final

from newsdao_article.reading.content_models import VOID
from newsdao_article.reading.tree import Comment, Element, Node, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsdao_article.reading.html_modes import TreeBuilder

__all__ = ["Tag", "feed_html", "feed_tree", "is_odd_comment", "lower"]

_UPPER_TO_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_TAG_NAME: Final = re.compile(r"[A-Za-z][^\t\n\f\r\0 />]*")
_NAME: Final = re.compile(r"[^\t\n\f />]+")
_ATTRIBUTE_NAME: Final = re.compile(r"[^\t\n\f />][^\t\n\f />=]*")
_BETWEEN_ATTRIBUTES: Final = re.compile(r"[\t\n\f /]*")
_EQUALS: Final = re.compile(r"[\t\n\f ]*=[\t\n\f ]*")
_UNQUOTED: Final = re.compile(r"[^\t\n\f >]*")
_COMMENT_END: Final = re.compile(r"--!?>")
_UNFINISHED_COMMENT_END: Final = re.compile(r"(?:--!?|-)\Z")
_REFERENCE: Final = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)")
_SCRIPT_MARK: Final = re.compile(r"<!--|-->|<(/?)script(?=[\t\n\f />])", re.IGNORECASE)


def lower(name: str) -> str:
    """`name` with ASCII capitals lowered, as tokenization does; Hangul and `İ` are left alone."""
    return name.lower() if name.isascii() else name.translate(_UPPER_TO_LOWER)


def is_odd_comment(value: str) -> bool:
    """Whether a browser reads `<!--value-->` as anything but one comment with that value."""
    return (
        value.startswith((">", "->")) or "--!>" in value or "-->" in value or "\0" in value or "\r" in value
    )


class Tag:
    """A start tag: lowered name, decoded attributes, its place, and the element it comes from."""

    __slots__ = ("attributes", "end", "name", "self_closing", "source", "start")

    def __init__(
        self,
        name: str,
        attributes: dict[str, str],
        start: int,
        end: int,
        *,
        self_closing: bool = False,
        source: Element | None = None,
    ) -> None:
        self.name = name
        self.attributes = attributes
        self.start = start
        self.end = end
        self.self_closing = self_closing
        self.source = source


# --- the tree as a stream ----------------------------------------------------------------------


def feed_tree(nodes: Sequence[Node], builder: TreeBuilder) -> None:
    """Hand `nodes` to `builder` as the tokens that kramdown's HTML of them consists of.

    Linear in the number of nodes; nesting costs no recursion.
    """
    open_elements: list[tuple[Element | None, Iterator[Node]]] = [(None, iter(nodes))]
    while open_elements:
        parent, children = open_elements[-1]
        for node in children:
            if isinstance(node, Element):
                if _feed_start(node, builder):
                    open_elements.append((node, iter(node.children)))
                    break
            elif isinstance(node, Text):
                _feed_text(node, parent, builder)
            elif isinstance(node, Comment):
                _feed_comment(node, builder)
            else:
                feed_html(node.html, node.start, node.end, builder)
        else:
            open_elements.pop()
            if parent is not None:
                _feed_end(parent, builder)


def _feed_start(element: Element, builder: TreeBuilder) -> bool:
    """Feed a start tag; whether content and an end tag follow."""
    has_end = bool(element.children) or not (element.self_closing or element.tag in VOID)
    if builder.raw_text is None and _TAG_NAME.fullmatch(element.tag):
        builder.start(
            Tag(
                lower(element.tag),
                element.attributes,
                element.start,
                element.inner_start,
                self_closing=not has_end,
                source=element,
            )
        )
    else:
        feed_html(_start_tag(element, has_end=has_end), element.start, element.inner_start, builder)
    return has_end


def _feed_end(element: Element, builder: TreeBuilder) -> None:
    if builder.raw_text is None and _TAG_NAME.fullmatch(element.tag):
        builder.end(lower(element.tag), element.inner_end, element.end)
    else:
        feed_html(f"</{element.tag}>", element.inner_end, element.end, builder)


def _feed_text(text: Text, parent: Element | None, builder: TreeBuilder) -> None:
    value = text.value
    if parent is not None and parent.tag in ("script", "style"):
        feed_html(value, text.start, text.end, builder)
    elif builder.raw_text is not None:
        feed_html(_escape(value), text.start, text.end, builder)
    else:
        builder.text(_with_line_feeds(value), text.start, text.end)


def _feed_comment(comment: Comment, builder: TreeBuilder) -> None:
    if builder.raw_text is not None or is_odd_comment(comment.value):
        feed_html(f"<!--{comment.value}-->", comment.start, comment.end, builder)
    else:
        builder.comment(comment.value, comment.start, comment.end)


def _start_tag(element: Element, *, has_end: bool) -> str:
    attributes = "".join(
        f' {name}="{_escape(value).replace(chr(34), "&quot;")}"' for name, value in element.attributes.items()
    )
    return f"<{element.tag}{attributes}{'' if has_end else ' /'}>"


def _escape(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_line_feeds(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value


# --- HTML as a stream --------------------------------------------------------------------------


class _Reading:
    """A piece of HTML under way: the text, the position, and where that is in the source."""

    __slots__ = ("_end", "_exact", "_start", "html", "position")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.html = _with_line_feeds(text)
        self.position = 0
        self._start = start
        self._end = end
        self._exact = len(self.html) == end - start

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where `html[start:end]` stands in the source; the whole piece if that is not known."""
        return (self._start + start, self._start + end) if self._exact else (self._start, self._end)


def feed_html(text: str, start: int, end: int, builder: TreeBuilder) -> None:
    """Read `text` as HTML and hand its tokens to `builder`; `start` and `end` are its place.

    Each piece is read on its own: a tag that is not finished when the piece ends is dropped, as
    it is at the end of a file. Character positions are exact where `text` is a slice of the
    source, else every token gets the range of the piece. Linear in the length of `text`.
    """
    reading = _Reading(text, start, end)
    while reading.position < len(reading.html):
        if builder.raw_text is not None:
            _read_raw_text(reading, builder)
        else:
            _read_markup(reading, builder)


def _emit_text(reading: _Reading, end: int, builder: TreeBuilder, *, decode: bool = True) -> None:
    start = reading.position
    reading.position = end
    if start < end:
        value = reading.html[start:end]
        builder.text(html.unescape(value) if decode and "&" in value else value, *reading.place(start, end))


def _read_markup(reading: _Reading, builder: TreeBuilder) -> None:
    """Read the text up to the next tag or comment, and that."""
    source = reading.html
    opening = source.find("<", reading.position)
    while 0 <= opening < len(source) - 1 and not _opens_markup(source[opening + 1 : opening + 3]):
        opening = source.find("<", opening + 1)
    if opening < 0 or opening == len(source) - 1:
        _emit_text(reading, len(source), builder)
        return
    _emit_text(reading, opening, builder)
    following = source[opening + 1]
    if following == "!":
        _read_declaration(reading, builder)
    elif following == "?":
        _read_bogus_comment(reading, opening + 1, builder)
    elif following != "/":
        _read_tag(reading, opening + 1, builder)
    elif source.startswith("</>", opening):
        reading.position = opening + 3
    elif _is_letter(source[opening + 2]):
        _read_tag(reading, opening + 2, builder)
    else:
        _read_bogus_comment(reading, opening + 2, builder)


def _opens_markup(following: str) -> bool:
    first = following[:1]
    return first in ("!", "?") or _is_letter(first) or (first == "/" and len(following) == 2)


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _read_declaration(reading: _Reading, builder: TreeBuilder) -> None:
    source, start = reading.html, reading.position
    if source.startswith("<!--", start):
        _read_comment(reading, builder)
    elif source[start + 2 : start + 9].lower() == "doctype":
        end = source.find(">", start)
        reading.position = len(source) if end < 0 else end + 1
        builder.doctype(*reading.place(start, reading.position))
    elif source.startswith("<![CDATA[", start) and builder.in_foreign_content():
        end = source.find("]]>", start)
        reading.position = start + 9
        _emit_text(reading, len(source) if end < 0 else end, builder, decode=False)
        reading.position = len(source) if end < 0 else end + 3
    else:
        _read_bogus_comment(reading, start + 2, builder)


def _read_comment(reading: _Reading, builder: TreeBuilder) -> None:
    source, start = reading.html, reading.position
    content = start + 4
    abrupt = 1 if source.startswith(">", content) else 2 if source.startswith("->", content) else 0
    ending = None if abrupt else _COMMENT_END.search(source, content)
    if abrupt:
        value, reading.position = "", content + abrupt
    elif ending:
        value, reading.position = source[content : ending.start()], ending.end()
    else:
        value, reading.position = _UNFINISHED_COMMENT_END.sub("", source[content:]), len(source)
    builder.comment(value.replace("\0", "\ufffd"), *reading.place(start, reading.position))


def _read_bogus_comment(reading: _Reading, content: int, builder: TreeBuilder) -> None:
    source, start = reading.html, reading.position
    end = source.find(">", content)
    reading.position = len(source) if end < 0 else end + 1
    value = source[content:] if end < 0 else source[content:end]
    builder.comment(value.replace("\0", "\ufffd"), *reading.place(start, reading.position))


def _read_tag(reading: _Reading, name_start: int, builder: TreeBuilder) -> None:
    """Read a start or end tag whose name begins at `name_start`; unfinished, it is dropped."""
    source, start = reading.html, reading.position
    position = _end_of(_NAME, source, name_start)
    name = lower(source[name_start:position]).replace("\0", "\ufffd")
    attributes: dict[str, str] = {}
    while True:
        between = position
        position = _end_of(_BETWEEN_ATTRIBUTES, source, position)
        if position >= len(source):
            reading.position = len(source)
            return
        if source[position] == ">":
            break
        position = _read_attribute(source, position, attributes)
    reading.position = position + 1
    place = reading.place(start, reading.position)
    if source[start + 1] == "/":
        builder.end(name, *place)
    else:
        # The slash of an unquoted value (`href=/a/`) is none of the tag's.
        self_closing = source[between:position].endswith("/")
        builder.start(Tag(name, attributes, *place, self_closing=self_closing))


def _read_attribute(source: str, start: int, attributes: dict[str, str]) -> int:
    position = _end_of(_ATTRIBUTE_NAME, source, start)
    name = lower(source[start:position]).replace("\0", "\ufffd")
    value = ""
    equals = _EQUALS.match(source, position)
    if equals:
        position = equals.end()
        quote = source[position : position + 1]
        if quote in ('"', "'"):
            end = source.find(quote, position + 1)
            if end < 0:
                return len(source)
            value, position = source[position + 1 : end], end + 1
        else:
            end = _end_of(_UNQUOTED, source, position)
            value, position = source[position:end], end
    attributes.setdefault(name, _decode_attribute(value).replace("\0", "\ufffd"))
    return position


def _end_of(pattern: re.Pattern[str], source: str, position: int) -> int:
    match = pattern.match(source, position)
    return match.end() if match else position


def _decode_attribute(value: str) -> str:
    """Character references as attributes have them: `&copy=2` and `&copyright` stay as they are."""

    def decode(match: re.Match[str]) -> str:
        reference = match.group()
        if reference[1] != "#":
            before_equals = reference[-1] != ";" and value.startswith("=", match.end())
            if reference[1:] not in html5 or before_equals:
                return reference
        return html.unescape(reference)

    return _REFERENCE.sub(decode, value) if "&" in value else value


def _read_raw_text(reading: _Reading, builder: TreeBuilder) -> None:
    """Read the content of an element without markup, up to its end tag and with it."""
    source, name = reading.html, builder.raw_text
    assert name is not None
    closing = _find_end_tag(source, reading.position, name, builder)
    value = source[reading.position : closing].replace("\0", "\ufffd")
    if value:
        start, end = reading.place(reading.position, closing)
        builder.text(html.unescape(value) if name in ("textarea", "title") else value, start, end)
    reading.position = closing
    if closing < len(source):
        _read_tag(reading, closing + 2, builder)


def _find_end_tag(source: str, position: int, name: str, builder: TreeBuilder) -> int:
    if name == "plaintext":
        return len(source)
    if name == "script":
        return _find_script_end(source, position, builder)
    ending = re.compile(rf"</{re.escape(name)}(?=[\t\n\f />])", re.IGNORECASE).search(source, position)
    return ending.start() if ending else len(source)


def _find_script_end(source: str, position: int, builder: TreeBuilder) -> int:
    """A `</script>` that pairs with a `<script>` inside `<!-- -->` does not end the element."""
    for mark in _SCRIPT_MARK.finditer(source, position):
        text = mark.group()
        if text == "<!--":
            builder.script_depth = max(builder.script_depth, 1)
        elif text == "-->":
            builder.script_depth = 0
        elif mark.group(1):
            if builder.script_depth < 2:
                builder.script_depth = 0
                return mark.start()
            builder.script_depth = 1
        elif builder.script_depth == 1:
            builder.script_depth = 2
    return len(source)
