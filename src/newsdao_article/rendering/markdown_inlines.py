"""Inlines → Markdown: each written in Markdown's own signs only where the flavour reads them back, else as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, assert_never

from newsdao_article.model.as_read import AsRead
from newsdao_article.model.attributes import Attributes
from newsdao_article.model.inlines import (
    INLINE_TAGS,
    Code,
    Comment,
    Emphasis,
    Highlight,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    RawInline,
    Small,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from newsdao_article.rendering.escape import without_controls
from newsdao_article.rendering.html_attributes import Typed
from newsdao_article.rendering.markdown_escape import assemble
from newsdao_article.rendering.markdown_flavors import MARKED
from newsdao_article.rendering.markdown_highlights import MARK_SIGN, attribute_list, is_mark
from newsdao_article.rendering.markdown_pieces import BlanksError, Piece, Place
from newsdao_article.rendering.markdown_targets import escape_alternative, escape_destination, escape_title

if TYPE_CHECKING:
    from newsdao_article.rendering.markdown import MarkdownContext

__all__ = ["write_inlines"]

_BREAK: Final = "\\\n"
_VOID_TAGS: Final = frozenset(("img", "input", "wbr", "col", "br"))
_LINE_TAG = re.compile(r"(?m)^</?[A-Za-z!?]")
# A line that is one tag begins an HTML block in CommonMark (4.6, condition 7) unless it goes on a paragraph.
_LONE_TAG = re.compile(r"</?[A-Za-z][^<>]*>[^\S\n]*(?:\n|\Z)")
_AUTOLINK = re.compile(r"https?://[0-9A-Za-z./%?=#:+\-]+\Z")
_TICKS = re.compile("`+")
_EQUALS = re.compile("(=+)")


class _NoMarkdownError(Exception):
    """The inlines hold something that can stand only in a block written as HTML."""


def write_inlines(content: Inlines, context: MarkdownContext, place: Place) -> str | None:
    """`content` as one stretch of Markdown; None where only HTML can hold it.

    A stretch of which nothing is to be seen is None, too. O(n).
    """
    writer = _InlineWriter(context, place)
    try:
        writer.write(content)
        text, unread = assemble(
            writer.pieces,
            context.flavor,
            place,
            strict=context.keeps_blanks,
            width=context.width,
            measure=context.measure,
        )
    except (BlanksError, _NoMarkdownError):
        return None
    for node in unread:
        context.note_html(node)
    if not text or (place in ("paragraph", "item") and _reads_as_block(text, context)):
        return None
    return text


def _reads_as_block(text: str, context: MarkdownContext) -> bool:
    """Whether a tag at the start of a line would make a block of HTML of what follows."""
    if "<" not in text:
        return False
    for line in _LINE_TAG.finditer(text):
        if context.flavor.begins_block(text[line.start() : line.start() + 40]):
            return True
    return not context.flavor.is_kramdown and _LONE_TAG.match(text) is not None


class _InlineWriter:
    """Collects pieces from left to right; each node knows what stands before it, and is told what follows."""

    def __init__(self, context: MarkdownContext, place: Place) -> None:
        self.pieces: list[Piece] = []
        self._context = context
        self._flavor = context.flavor
        self._place = place
        self._links = 0
        self._html = 0

    def write(self, content: Inlines) -> None:
        self._nodes(content, following="")

    def _nodes(self, content: Inlines, following: str) -> None:
        """Write `content`, after which a character like `following` stands ("" for the end of the block)."""
        nodes = list(self._shown(content))
        for index, node in enumerate(nodes):
            following_here = self._first_character(nodes[index + 1]) if index + 1 < len(nodes) else following
            self._node(node, following_here, is_edge=index in (0, len(nodes) - 1))
            if isinstance(node, LineBreak) and self._context.keeps_blanks:
                self._keep_break(nodes[index + 1 : index + 2])

    def _keep_break(self, following: list[Inline]) -> None:
        """The last break as HTML unless the line end that its sign has is in the text that follows."""
        last = self.pieces[-1] if self.pieces else None
        ends_line = following and isinstance(text := following[0], Text) and text.text.startswith("\n")
        if last is not None and last.break_html and not ends_line:
            self.pieces[-1] = Piece(last.break_html)

    def _shown(self, content: Inlines) -> Iterator[Inline]:
        """The nodes as HTML would show them: nothing of raw or unreadable ones but what the options keep."""
        keeps = self._context.options.raw == "keep"
        for node in content:
            if type(node) in self._context.options.overrides or keeps:
                yield node
            elif isinstance(node, Span) and isinstance(node.tag, AsRead):
                yield from self._shown(node.content)
            elif isinstance(node, RawInline):
                if self._context.options.raw == "escape":
                    yield Text(AsRead(without_controls(node.html)))
            elif isinstance(node, Text):
                yield Text(AsRead(without_controls(node.text))) if isinstance(node.text, AsRead) else node
            elif not (isinstance(node, Comment) and isinstance(node.text, AsRead)):
                yield node

    def _first_character(self, node: Inline) -> str:
        if type(node) in self._context.options.overrides:
            return "a"  # Anything may come; a letter is what emphasis has to fear.
        if isinstance(node, Text):
            # What looks like a sign will be escaped.
            return "\\" if node.text[0] in "*_~" else node.text[0]
        if isinstance(node, Strikethrough) and self._flavor.strikes:
            return "~"
        is_marked = self._context.options.highlights == "equals" and isinstance(node, Span) and is_mark(node)
        return "=" if is_marked else "<"

    def _markup(self, text: str, delimiter: str = "") -> None:
        self.pieces.append(Piece(text, delimiter=delimiter))

    def _text(self, text: str) -> None:
        if "=" in text and self._context.options.highlights == "equals":
            for part in _EQUALS.split(text):
                if part.startswith("=") and (len(part) > 1 or text[0] == "=" or text[-1] == "="):
                    self._markup("\\=" * len(part))
                elif part:
                    self.pieces.append(Piece(part, is_text=True, in_link=self._links > 0))
            return
        self.pieces.append(Piece(text, is_text=True, in_link=self._links > 0))

    def _last_character(self) -> str:
        for piece in reversed(self.pieces):
            if piece.text:
                return piece.text[-1]
        return ""

    def _node(self, node: Inline, following: str, *, is_edge: bool) -> None:
        context = self._context
        override = context.options.overrides.get(type(node))
        if override is not None:
            self._markup(override(node, context))
            return
        match node:
            case Text(text):
                self._text(text)
            case Strong():
                self._emphasis(node, "**" if node.tag == "strong" else "", following)
            case Emphasis():
                self._emphasis(node, "*" if node.tag == "em" else "", following)
            case Strikethrough():
                self._emphasis(node, "~~" if node.tag == "del" and self._flavor.strikes else "", following)
            case Highlight():
                style = "" if "style" in node.attributes else node.own_style
                self._tagged(node, "span", (("style", style or None),))
            case Underline():
                self._tagged(node, node.tag)
            case Small():
                self._tagged(node, "small")
            case Superscript():
                self._tagged(node, "sup")
            case Subscript():
                self._tagged(node, "sub")
            case Span():
                self._span(node, following)
            case Link():
                self._link(node, following)
            case Image():
                self._image(node)
            case Code():
                self._code(node)
            case LineBreak():
                self._line_break(node, is_edge=is_edge)
            case Comment(text):
                # No reference could stand for a sign in a comment.
                has_signs = "\n" in text or text != context.without_signs(text, in_cell=False)
                if has_signs or self._place in ("heading", "cell"):
                    raise _NoMarkdownError
                self._atom(node)
            case RawInline():
                raise _NoMarkdownError
            case _:
                assert_never(node)

    def _emphasis(self, node: Strong | Emphasis | Strikethrough | Span, sign: str, following: str) -> None:
        """Emphasis by the flavour's signs where it will be read as such, by tags elsewhere."""
        listed: str | None = None
        if node.attributes and self._context.options.highlights == "attributes":
            listed = attribute_list(node.attributes)
        if (node.attributes and listed is None) or not sign:
            self._tagged(node, node.tag)
            return
        start = len(self.pieces)
        before = self._last_character()
        # Until the sign is chosen, what stands at the edges of the content sees the one that it must not touch.
        expected = "_" if sign == "*" else sign
        opening = Piece(expected)
        self.pieces.append(opening)
        self._nodes(node.content, expected[0])
        delimiter = self._delimiter(sign, start, before, following)
        if delimiter is None and node.tag in self._flavor.raw_content:
            del self.pieces[start:]
            self._tagged(node, node.tag)
        elif delimiter is None:
            self._context.note_html(node)
            opening.text, closed = self._tags(node.tag, node.attributes, ())
            if not self._flavor.breaks_in_html:
                for piece in self.pieces[start:]:
                    piece.text, piece.break_html = piece.break_html or piece.text, ""
            self._markup(closed)
        else:
            opening.text = opening.delimiter = delimiter
            self._markup(delimiter, delimiter)
            self._markup(listed or "")

    def _delimiter(self, sign: str, start: int, before: str, following: str) -> str | None:
        """The signs around the pieces after `start`, if there are any that will be read as `sign` means them."""
        inside = [piece for piece in self.pieces[start + 1 :] if piece.text]
        candidates = ("*", "_") if sign == "*" else (sign,)
        # kramdown reads no emphasis within its like; in CommonMark the inner end would close the outer.
        if not inside or any(piece.delimiter in candidates for piece in inside if piece.delimiter):
            return None
        if sign == "~~" and (before == "~" or any("~" in piece.text for piece in inside)):
            return None
        if sign == "~~" and not self._flavor.breaks_in_html and any(piece.break_html for piece in inside):
            return None
        first, last = inside[0], inside[-1]
        if sign == "~~" and self._flavor.is_kramdown and first.text[0] == "`":
            return None  # At the start of a line the three would be a fence.
        previous = next((self.pieces[i] for i in range(start - 1, -1, -1) if self.pieces[i].text), None)
        for candidate in candidates:
            mark = candidate[0]
            touched = following == mark or any(
                not piece.is_text and character == mark
                for piece, character in ((first, first.text[0]), (last, last.text[-1]), (previous, before))
                if piece is not None
            )
            if touched:
                continue
            # kramdown has no such sign; the readers that have it go by CommonMark's rules.
            rules = MARKED if candidate == MARK_SIGN else self._flavor
            if rules.opens(candidate, before, first.text[0]) and rules.closes(
                candidate, last.text[-1], following
            ):
                return candidate
        return None

    def _tags(self, tag: str, attributes: Attributes, typed: Typed) -> tuple[str, str]:
        in_cell = self._place == "cell"
        return f"<{tag}{self._context.attributes(typed, attributes, in_cell=in_cell)}>", f"</{tag}>"

    def _tagged(self, node: Inline, tag: str, typed: Typed = ()) -> None:
        """An element by its tags; what it holds goes on in Markdown, unless the flavour reads none there."""
        self._context.note_html(node)
        if tag not in INLINE_TAGS:
            raise _NoMarkdownError
        if tag in self._flavor.raw_content:
            self._atom(node)
            return
        assert not isinstance(node, (Text, LineBreak, Comment, RawInline, Image, Code))
        opened, closed = self._tags(tag, node.attributes, typed)
        self._markup(opened)
        self._html += 1
        self._nodes(node.content, "<")
        self._html -= 1
        self._markup(closed)

    def _span(self, node: Span, following: str) -> None:
        if self._context.options.highlights == "equals" and is_mark(node):
            self._emphasis(node, MARK_SIGN, following)
        elif node.tag in _VOID_TAGS:
            self._context.note_html(node)
            self._atom(node)
        else:
            self._tagged(node, node.tag)

    def _atom(self, node: Inline) -> None:
        """A node as HTML, in one piece and on one line."""
        html = self._context.html(node)
        if "\n" in html:
            html = html.replace("\r\n", "\n").replace("\n", "&#10;")
        self._markup(self._context.without_signs(html, in_cell=self._place == "cell"))

    def _link(self, node: Link, following: str) -> None:
        if (
            node.attributes
            or node.title == ""
            or (node.title is not None and not node.url)
            or not node.url.is_safe
            or self._links
            or self._context.has_controls(node.url, node.title)
        ):
            self._context.note_html(node)
            self._links += 1
            opened, closed = self._tags("a", node.attributes, (("href", node.url), ("title", node.title)))
            self._markup(opened)
            self._html += 1
            self._nodes(node.content, "<")
            self._html -= 1
            self._links -= 1
            self._markup(closed)
            return
        if node.title is None and node.content == (Text(node.url),) and _AUTOLINK.match(node.url):
            self._markup(f"<{node.url}>")
            return
        label = self._context.label(node, before=self._last_character(), following=following)
        self._links += 1
        self._markup("[")
        self._nodes(node.content, "]")
        self._links -= 1
        self._markup(f"]({self._target(node.url, node.title)})" if label is None else f"][{label}]")

    def _target(self, url: str, title: str | None) -> str:
        target = escape_destination(url, self._flavor)
        if title is not None:
            target = f'{target} "{escape_title(title, self._flavor)}"'
        return target

    def _image(self, node: Image) -> None:
        unusual = (
            node.attributes or node.alt is None or node.title == "" or not node.url or not node.url.is_safe
        )
        if unusual or self._context.has_controls(node.url, node.title, node.alt):
            self._context.note_html(node)
            self._atom(node)
            return
        alternative = escape_alternative(node.alt or "", self._flavor)
        self._markup(f"![{alternative}]({self._target(node.url, node.title)})")

    def _code(self, node: Code) -> None:
        text = node.text
        # Two runs of backticks side by side would be one.
        touches = bool(self.pieces) and not self.pieces[-1].is_text and self.pieces[-1].text.endswith("`")
        spaced = text != text.strip(" \t\n\r\f\v") or not text
        if (
            node.attributes
            or spaced
            or touches
            or self._would_open_a_block(text)
            or "\n" in text
            or self._context.has_controls(text)
            or self._opens_liquid(text)
        ):
            self._context.note_html(node)
            if self._flavor.is_kramdown:
                self._atom(node)
                return
            opened, closed = self._tags("code", node.attributes, ())
            self._markup(opened)
            self._text(text)
            self._markup(closed)
            return
        if self._place == "cell" and not self._flavor.is_kramdown:
            text = text.replace("|", "\\|")
        runs = {len(run) for run in _TICKS.findall(text)}
        fence = "`"
        while len(fence) in runs:
            fence += "`"
        pad = " " if text[0] == "`" or text[-1] == "`" else ""
        if self._flavor.is_kramdown:
            fence = "`" * (max(runs, default=0) + 1)
        self._markup(f"{fence}{pad}{text}{pad}{fence}")

    def _would_open_a_block(self, code: str) -> bool:
        """Whether `code` would be read, before any inline is, as part of a definition, fence or table."""
        if "]:" in code and self._place in ("paragraph", "item") and self._may_define():
            return True
        if not self._flavor.is_kramdown:
            return False
        if "|" in code and ("`" in code or any("`" in piece.text for piece in self.pieces if piece.is_text)):
            return True  # It would not see that the pipe is code.
        return "``" in code

    def _may_define(self) -> bool:
        """Whether the stretch begins like the definition of a link or, in kramdown, of an abbreviation."""
        begins_with = next((piece.text[0] for piece in self.pieces if piece.text), "")
        # An underscore may yet become an asterisk.
        return begins_with == "[" or (self._flavor.is_kramdown and begins_with in ("*", "_"))

    def _opens_liquid(self, text: str) -> bool:
        return self._flavor.liquid and ("{{" in text or "{%" in text)

    def _line_break(self, node: LineBreak, *, is_edge: bool) -> None:
        in_html = self._html and not self._flavor.breaks_in_html
        if node.attributes or is_edge or in_html or self._place in ("heading", "cell"):
            self._context.note_html(node)
            self._atom(node)
        else:
            self.pieces.append(Piece(_BREAK, break_html=self._context.html(node), node=node))
